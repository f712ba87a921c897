"""States as a word on a coloured ground: the word says it, the colour only helps."""

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

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
