"""The field for an ID number."""

from collections.abc import Callable
from datetime import date

from mediation_desktop.domain import identity
from mediation_desktop.domain.dates import printed
from mediation_desktop.ui.widgets.editors import LineEdit


class IdNumberEdit(LineEdit):
    """An ID number; below it stands what it tells, or a doubt, and neither ever blocks."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.setPlaceholderText("18位")

    def value(self) -> str:
        """Return the number without blanks, in capitals."""
        return identity.clean_number(self.text())

    def note(self) -> str:
        """Return sex, birth date and age, or what does not fit."""
        number = self.value()
        fault = identity.id_number_fault(number) if number else ""
        if fault:
            return fault + "核对无误的可以照样保存。"
        born = identity.birth_date(number)
        if born is None:
            return ""
        return f"{identity.sex(number)}，{printed(born)}生，{identity.age_on(born, self._today())}岁"
