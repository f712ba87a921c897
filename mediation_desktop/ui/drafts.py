"""Drafts: what is typed is kept within two seconds, whatever happens to the program."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

SAVE_WITHIN_MS = 1500
"""Wait after the first unsaved change.  It is not put off by further typing, so two seconds hold."""


class Draftable(Protocol):
    """A form as the keeper sees it: texts by field name, and a signal that one of them changed."""

    @property
    def edited(self) -> Any:
        """A signal, emitted on every change the user makes."""
        ...

    def draft(self) -> dict[str, str]:
        """Return every field as typed, finished or not."""
        ...

    def set_draft(self, draft: Mapping[str, str]) -> None:
        """Put typed texts back without emitting ``edited``."""
        ...


class DraftKeeper(QObject):
    """Watches one form and hands its texts to ``save`` at most two seconds after a change.

    Args:
        form: the form to watch.
        save: keeps a draft; called in the UI thread, so it submits an operation.
        drop: forgets the draft, once the record itself is saved.
        parent: usually the page.
    """

    def __init__(
        self,
        form: Draftable,
        save: Callable[[dict[str, str]], None],
        drop: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._save = save
        self._drop = drop
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_WITHIN_MS)
        self._timer.timeout.connect(self.flush)
        self._dirty = False
        form.edited.connect(self._note)

    @property
    def dirty(self) -> bool:
        """Whether a change waits to be kept."""
        return self._dirty

    def restore(self, draft: Mapping[str, str] | None) -> bool:
        """Put a kept draft back into the form; return whether there was one."""
        if not draft:
            return False
        self._form.set_draft(draft)
        return True

    def flush(self) -> None:
        """Keep the draft now: when the page is left, the window closes or the screen locks."""
        self._timer.stop()
        if self._dirty:
            self._dirty = False
            self._save(self._form.draft())

    def drop(self) -> None:
        """Forget the draft: the record is saved or given up."""
        self._timer.stop()
        self._dirty = False
        self._drop()

    def _note(self) -> None:
        self._dirty = True
        if not self._timer.isActive():
            self._timer.start()
