"""撤销 in the window: what was done at this desk since the program was opened, the newest first."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject

from mediation_desktop.services.desk import Change
from mediation_desktop.services.undo import can_be_undone, undo
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.operations import Operation
from mediation_desktop.ui.shell.page import Page, undo_words
from mediation_desktop.ui.shell.workspace import Workspace

_KEPT = 50


class Undoing(QObject):
    """Hears of every change and takes back what it is asked to.

    Args:
        workspace: tells of changes and of wishes to undo one.
        at_desk: who sits here; nobody undoes what another did.
        current: returns the page that is shown, whose banner tells what happened.
        parent: usually the program.
    """

    def __init__(
        self,
        workspace: Workspace,
        at_desk: AtDesk,
        current: Callable[[], Page | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._at_desk = at_desk
        self._current = current
        self._done: deque[tuple[str, Change]] = deque(maxlen=_KEPT)
        workspace.changed.connect(self._note)
        workspace.undo_wanted.connect(self.undo)

    @property
    def last(self) -> Change | None:
        """The newest change of the person at the desk."""
        actor = self._at_desk.desk.actor
        return next((change for who, change in reversed(self._done) if who == actor), None)

    def undo_last(self) -> None:
        """Take back the newest change if the page offers just that, else offer it (Ctrl+Z).

        A key pressed by mistake does nothing that was not read before.  What cannot be undone says why.
        """
        page, last = self._current(), self.last
        if page is None:
            return
        if last is None:
            page.banner.info("没有可以撤销的操作。", "打开程序以后你自己保存的，才能撤销。")
        elif page.banner.offer == undo_words(last) or not can_be_undone(last):
            self.undo(last)
        else:
            page.banner.info(
                f"最近一步是“{last.action}”。", "再按一次 Ctrl+Z，就撤销这一步。", page.undo_action(last)
            )

    def undo(self, change: Change) -> None:
        """Take back one change and tell so, offering the one before it."""
        desk, change_id = self._at_desk.desk, change.change_id
        if change_id is None:
            raise LookupError("this change has no place in history")
        self._workspace.operations.submit(
            Operation(
                lambda _progress: undo(desk, change_id),
                owner=self._current(),
                on_success=lambda undone: self._undone(change, undone),
            )
        )

    # Inside.

    def _note(self, change: Change) -> None:
        if change.change_id:
            self._done.append((self._at_desk.desk.actor, change))

    def _undone(self, change: Change, undone: Change) -> None:
        self._done = deque([pair for pair in self._done if pair[1] is not change], maxlen=_KEPT)
        page = self._current()
        if page and change.dispute_id and page.dispute_id == change.dispute_id and not undone.dispute_id:
            self._workspace.go("disputes")
        self._workspace.broadcast(undone)
        page, before = self._current(), self.last
        if page:
            action = page.undo_action(before) if before and can_be_undone(before) else None
            page.banner.success(f"已撤销：{change.action}。", "历史记录里查得到。", action)
