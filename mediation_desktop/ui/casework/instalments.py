"""Instalments as people write them: one a line, a day and an amount in yuan."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from mediation_desktop.domain.dates import parse_date
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.money import capitals, figures, parse_fen
from mediation_desktop.domain.records import Instalment
from mediation_desktop.ui.widgets.editors import TextEdit

_PARTS = 2


class InstalmentsEdit(TextEdit):
    """``7.15 6000`` on each line; its value is a tuple of instalments, empty where nothing can be read."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(lines=1)
        self._today = today

    def value(self) -> Any:
        """Return the instalments."""
        return self._read()[0]

    def set_value(self, value: Sequence[Instalment] | None) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] - its own kind of value
        """Show instalments."""
        self.set_draft("\n".join(f"{part.due_on} {figures(part.amount_fen)}" for part in value or ()))

    def fault(self) -> str:
        """Return what cannot be read."""
        return self._read()[1]

    def note(self) -> str:
        """Return how many instalments make which sum."""
        parts = self.value()
        total = sum(part.amount_fen for part in parts)
        return f"共{len(parts)}期，合计{figures(total)}元（{capitals(total)}）" if parts else ""

    def _read(self) -> tuple[tuple[Instalment, ...], str]:
        parts = []
        for place, line in enumerate(self.toPlainText().splitlines(), start=1):
            words = line.split()
            if not words:
                continue
            if len(words) != _PARTS:
                return (), f"第{place}行没有读懂。请写日期和金额，中间空一格，如 7.15 6000。"
            try:
                parts.append(
                    Instalment(due_on=parse_date(words[0], self._today()), amount_fen=parse_fen(words[1]))
                )
            except UserError as error:
                return (), f"第{place}行：{error}"
        return tuple(parts), ""
