"""空号: numbers that stand for nothing, each explained, so that no gap is a riddle."""

from mediation_desktop.domain.dates import printed
from mediation_desktop.services.numbers import void_numbers
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.widgets.blocks import Card, label


class NumbersCard(Card):
    """Shown only where there is a gap to explain."""

    def __init__(self, at_desk: AtDesk) -> None:
        super().__init__("空号")
        self._at_desk = at_desk
        self._said = label("", "soft")
        self.body.addWidget(label("这些编号给出去以后又撤销了，已经作废，不再使用。"))
        self.body.addWidget(self._said)
        self.hide()

    def show_numbers(self) -> None:
        """Show what is kept."""
        found = void_numbers(self._at_desk.desk)
        self._said.setText(
            "\n".join(f"{one.number}　{printed(one.on)}　{one.by}　{one.because}" for one in found)
        )
        self.setVisible(bool(found))
