"""Fields that only the way in and the settings need."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from mediation_desktop.services.passwords import password_fault, password_hint
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import LineEdit


class TownEdit(Choice):
    """A township of the region table, or any other typed in full; its value is the name."""

    def value(self) -> str:
        """Return the name as typed."""
        return self.currentText().strip()

    def set_value(self, value: str | None) -> None:
        """Show a name."""
        self.set_draft(value or "")

    def fault(self) -> str:
        """Return an empty text: places outside the table are right too."""
        return ""


class NumberWordEdit(LineEdit):
    """编号用字; below it stands the number that the next dispute would get."""

    def __init__(self, example: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._example = example
        self.setMaxLength(8)

    def note(self) -> str:
        """Return a number made with the word."""
        return f"编号写成：{self._example(self.value())}" if self.value() else ""


class PasswordEdit(LineEdit):
    """A password: hidden, never tidied, never kept as a draft."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_text(shown=False)

    def show_text(self, *, shown: bool) -> None:
        """Show what is typed, or dots."""
        mode = QLineEdit.EchoMode
        self.setEchoMode(mode.Normal if shown else mode.Password)

    def value(self) -> str:
        """Return exactly what was typed."""
        return self.text()

    def draft(self) -> str:
        """Return an empty text."""
        return ""


class NewPasswordEdit(PasswordEdit):
    """A password being chosen; below it stands how good it is."""

    def fault(self) -> str:
        """Return why the password cannot be taken."""
        return password_fault(self.value()) if self.value() else ""

    def note(self) -> str:
        """Return how good the password is."""
        return password_hint(self.value())


class RepeatEdit(PasswordEdit):
    """The same password once more."""

    def __init__(self, first: PasswordEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = first

    def fault(self) -> str:
        """Return what to do when the two differ."""
        if not self.value() or self.value() == self._first.value():
            return ""
        return "两次输入的密码不一样。请再输一次。"
