"""States as a word on a coloured ground: the word says it, the colour only helps."""

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mediation_desktop.domain.limits import SOON_DAYS
from mediation_desktop.ui.look import Tone
from mediation_desktop.ui.widgets.buttons import restyle


class Chip(QLabel):
    """A state."""

    def __init__(self, text: str = "", tone: Tone = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.say(text, tone)

    def say(self, text: str, tone: Tone = "neutral") -> None:
        """Show another state."""
        self.setText(text)
        self.setAccessibleName(text)
        restyle(self, tone)


class Countdown(Chip):
    """Days left until something is due; the days are counted elsewhere."""

    def show_days(self, left: int | None, what: str = "办结") -> None:
        """Show ``left`` days (negative: overdue) until ``what``; ``None`` hides the chip."""
        self.setVisible(left is not None)
        if left is None:
            return
        if left < 0:
            self.say(f"{what}已超期 {-left} 天", "error")
        elif left == 0:
            self.say(f"{what}今天到期", "error")
        else:
            self.say(f"{what}还剩 {left} 天", "warning" if left <= SOON_DAYS else "info")
