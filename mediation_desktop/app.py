"""Puts the pieces together: the one file that knows the window, its pages, the office and the log."""

import gc
import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple, cast

from mediation_desktop.services import attachments, passwords
from mediation_desktop.services.desk import Change, Desk
from mediation_desktop.services.office import (
    OfficeSetup,
    create_office,
    office_exists,
    office_view,
    open_office,
)
from mediation_desktop.system import log
from mediation_desktop.system.clock import NotBefore, SystemClock
from mediation_desktop.system.files import clear_stale, problem
from mediation_desktop.system.paths import samples_folder
from mediation_desktop.system.problems import EnvironmentProblem

# Qt reads the source of every module that is loaded after it: the floors below come first.
# isort: split
from PySide6.QtCore import QMessageLogContext, QObject, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from mediation_desktop.ui.agenda.reminder import Reminder
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.crash import CrashReporter
from mediation_desktop.ui.entry.person import PersonButton
from mediation_desktop.ui.look import Theme, dress
from mediation_desktop.ui.memory import FILE_NAME, FileMemory
from mediation_desktop.ui.operations import Operation, Operations
from mediation_desktop.ui.shell import MainWindow, Page, Place, Workspace
from mediation_desktop.ui.undoing import Undoing

if TYPE_CHECKING:
    from mediation_desktop.ui.entry.screen import EntryScreen
    from mediation_desktop.ui.entry.unlock import UnlockScreen


class _Spot(NamedTuple):
    """A place of the window: ``module`` and ``page`` name its page, ``under`` is what the rail marks."""

    key: str
    word: str
    icon: str
    module: str
    page: str
    under: str = ""


_SPOTS = (
    _Spot("home", "工作台", "home", "home", "HomePage"),
    _Spot("disputes", "纠纷", "dispute", "disputes", "DisputesPage"),
    _Spot("calendar", "日程", "calendar", "calendar", "CalendarPage"),
    _Spot("people", "人员", "people", "people", "PeoplePage"),
    _Spot("exchange", "数据交换", "exchange", "exchange", "ExchangePage"),
    _Spot("settings", "设置", "settings", "settings", "SettingsPage"),
    _Spot("enquiries", "来访来电", "phone", "enquiries", "EnquiriesPage", under="disputes"),
    _Spot("register", "登记纠纷", "add", "register", "RegisterPage", under="disputes"),
    _Spot("dispute", "纠纷", "dispute", "dispute", "DisputePage", under="disputes"),
    _Spot("person", "人员", "people", "person", "PersonPage", under="people"),
    _Spot("mediator", "调解员", "person", "mediator", "MediatorPage", under="settings"),
    _Spot("handover", "移交", "people", "handover", "HandoverPage", under="settings"),
    _Spot("destruction", "到期卷宗", "archive", "destruction", "DestructionPage", under="settings"),
    _Spot("subsidy", "补贴", "money", "subsidy", "SubsidyPage", under="settings"),
    _Spot("paper", "看样打印", "paper", "paper", "PaperPage", under="disputes"),
    _Spot("blanks", "空白表", "paper", "blanks", "BlanksPage", under="disputes"),
    _Spot("ledger", "登记簿", "paper", "ledger", "LedgerPage", under="disputes"),
    _Spot("officepaper", "看样打印", "paper", "officepaper", "OfficePaperPage", under="settings"),
)
_LOG_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_qt_log = logging.getLogger(f"{__package__}.qt")
_SOON_MS = 1000
_SOON = ("register", "dispute", "paper")
"""The places that are made ready a while after the first page is up: the way of a first morning."""
_GONE_WRONG = 70
"""Exit code when the smoke test heard of anything amiss."""


def run_window(folder: Path, *, smoke_test: bool = False) -> int:
    """Open the window on the office in ``folder`` and return when it is closed.

    Args:
        folder: where the office's data lies; without an office there, the first-start questions come.
        smoke_test: open every page of a throw-away office instead, and close.

    Returns:
        The exit code: 0, or 70 when a smoke test met a warning or an error.
    """
    if smoke_test:
        return _smoke_test()
    program = Program(folder)
    return _until_closed(program, program.come_in)


def run_demo_window(folder: Path, desk: Desk) -> int:
    """Open the window on an office that is open already, without asking for a password.

    The office file is closed when the window is.
    """
    program = Program(folder)
    return _until_closed(program, lambda: program.open(desk))


def _until_closed(program: "Program", begin: Callable[[], None]) -> int:
    try:
        begin()
        program.window.show()
        gc.freeze()  # what a start makes stays
        gc.enable()
        return QApplication.exec()
    finally:
        program.end()


class Program(QObject):
    """The running program: one window, one worker, and the open office once somebody came in."""

    def __init__(self, folder: Path) -> None:
        require_screen()
        self._app = cast("QApplication", QApplication.instance() or QApplication(sys.argv[:1]))
        super().__init__()
        self._folder = folder
        self._clock = SystemClock()
        self.at_desk: AtDesk | None = None
        self.reminder: Reminder | None = None
        self._trouble = _begin_log(folder)
        self.memory = FileMemory(folder / FILE_NAME)
        if not self._app.findChild(Theme):
            dress(self._app, dark=bool(self.memory.load("dark")), large=bool(self.memory.load("large")))
        self.operations = Operations()
        self.workspace = Workspace(self.operations)
        self.window = MainWindow(self.workspace, [self._place(spot) for spot in _SPOTS], self.memory)
        self._crash = CrashReporter(self._clock, self.window)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._make_ready)
        self._listen()

    # Coming in and going.

    def come_in(self) -> None:
        """Cover the window with the first-start questions, or with the lock."""
        trouble = self._trouble
        if not trouble and office_exists(self._folder):
            try:
                passwords.ensure_free(self._folder)
                clear_stale(self._folder)
                attachments.clear_working_copies(self._folder)
            except EnvironmentProblem as error:
                trouble = error
        screen = self._way_in() if office_exists(self._folder) else self._first_start()
        self.window.cover(screen)
        if trouble:
            screen.banner.problem(trouble)

    def open(self, desk: Desk) -> None:
        """Show an open office; what a crash left of attachments goes once the first page is there."""
        self._seat(desk)
        self._show_desk()
        if attachments.any_kept(desk.folder):
            self.operations.submit(
                Operation(lambda _progress: attachments.clear_orphans(desk), owner=self, cancellable=True)
            )

    def lock(self) -> None:
        """Cover the window until the password is given again."""
        if not self.at_desk or self.window.covered:
            return
        if not passwords.has_password(self._folder):
            self.workspace.say("这个单位没有设密码，不能锁屏。")
            return
        screen = self._unlock_screen(
            f"屏幕已锁。当前：{self.at_desk.desk.actor}。忘记密码的，请关上程序再打开。",
            lambda password: passwords.confirm_password(self._folder, password),
        )
        screen.passed.connect(lambda _right: self.window.uncover())
        self.window.cover(screen)

    def end(self) -> None:
        """Close the office and give back everything that was taken from the process."""
        self._soon.stop()
        if self.reminder:
            self.reminder.stop()
        self.operations.close()
        if self.at_desk:
            self.at_desk.desk.office_file.close()
        attachments.clear_working_copies(self._folder)
        self._crash.remove()
        threading.excepthook = self._thread_hook
        qInstallMessageHandler(self._qt_handler)
        self.window.deleteLater()
        log.close()

    # Inside.

    def _way_in(self) -> "EntryScreen":
        screen = self._unlock_screen(
            "办公数据已锁好。",
            lambda password: open_office(self._folder, password, clock=self._clock),
            lambda code, password: passwords.recover(self._folder, code, password, clock=self._clock),
        )
        screen.passed.connect(self.open)
        return screen

    def _unlock_screen(
        self,
        lead: str,
        enter: Callable[[str], object],
        recover: Callable[[str, str], object] | None = None,
    ) -> "UnlockScreen":
        from mediation_desktop.ui.entry.unlock import UnlockScreen  # noqa: PLC0415 - an open office needs none

        return UnlockScreen(self.operations, lead, enter, recover)

    def _first_start(self) -> "EntryScreen":
        from mediation_desktop.ui.entry.firststart import FirstStart  # noqa: PLC0415 - once in a PC's life

        screen = FirstStart(self.operations, self._folder, self._clock)
        screen.made.connect(self._seat)
        screen.finished.connect(self._show_desk)
        return screen

    def _seat(self, desk: Desk) -> None:
        """Hold the open office, so that it is closed whatever comes."""
        self.at_desk = AtDesk(desk, self)
        self.undoing = Undoing(self.workspace, self.at_desk, lambda: self.window.current, self)
        self.window.undo_wanted.connect(self.undoing.undo_last)
        self.window.rail.seat(PersonButton(self.operations, self.at_desk))
        self.reminder = Reminder(self.workspace, self.at_desk, self.window.notice)

    def _show_desk(self) -> None:
        self._name_office()
        self.window.uncover()
        self.window.go("home")
        if self.reminder:
            self.reminder.begin()
        self._soon.start()

    def _make_ready(self) -> None:
        """Load the pages that come next in the worker and make each: nobody waits for them."""

        def made(key: str) -> Iterator[None]:
            self.window.make(key)
            yield
            self.window.page(key)

        for spot in (spot for spot in _SPOTS if spot.key in _SOON):
            self.operations.submit(
                Operation(
                    lambda _progress, spot=spot: import_module(_module(spot)),
                    owner=self,
                    on_success=lambda _loaded, spot=spot: made(spot.key),
                    cancellable=True,
                )
            )

    def _name_office(self) -> None:
        if self.at_desk:
            self.window.set_office(office_view(self.at_desk.desk).office.name)

    def _hear(self, change: Change) -> None:
        if "office" in change.kinds:
            self._name_office()

    def _listen(self) -> None:
        self._crash.install()
        self._thread_hook = threading.excepthook
        self._qt_handler = qInstallMessageHandler(_hear_qt)
        threading.excepthook = lambda args: sys.excepthook(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )
        self.operations.crashed.connect(self._crash.show)
        self.workspace.changed.connect(self._hear)
        self.window.register_wanted.connect(lambda: self.window.go("register"))
        self.window.lock_wanted.connect(self.lock)

    def _place(self, spot: _Spot) -> Place:
        """Return a place whose page is imported and made on the first visit, to have the window up fast."""

        def make() -> Page:
            page = getattr(import_module(_module(spot)), spot.page)
            more = (self.memory,) if spot.key == "settings" else ()
            return page(self.workspace, self.at_desk, *more)

        return Place(spot.key, spot.word, spot.icon, make, spot.under)


def _module(spot: _Spot) -> str:
    return f"mediation_desktop.ui.pages.{spot.module}"


def require_screen() -> None:
    """Refuse in words where Qt would end the process without one: on Linux without a desktop."""
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in wanted):
        raise EnvironmentProblem(
            "这里没有屏幕，打不开窗口。", "请在图形桌面里启动；只做演示可以用 demo --headless。"
        )


def _begin_log(folder: Path) -> EnvironmentProblem | None:
    """Log into the folder; return what a person is to be told when it cannot be written."""
    try:
        log.install(folder)
    except OSError as error:
        return problem(error, folder)
    return None


def _hear_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Pass Qt's messages on; that a stand-in for a screen cannot do everything is no warning."""
    level = logging.DEBUG if message.startswith("This plugin does not support") else _LOG_LEVELS[kind]
    _qt_log.log(level, "%s", message)


# The smoke test.

_SMOKE_OFFICE = OfficeSetup(code="SMOKE", name="试开", committee="试开人民调解委员会", mediators=("试开",))


class _Listener(logging.Handler):
    """Writes every warning and error to the terminal and counts them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.heard += 1
        sys.stderr.write(log.redact(f"{record.levelname} {record.name}: {self.format(record)}\n"))


def _smoke_test() -> int:
    """Open every page of a throw-away office; Python's and Qt's warnings arrive as log records."""
    listener = _Listener()
    logging.getLogger().addHandler(listener)
    logging.captureWarnings(capture=True)
    qt_handler = qInstallMessageHandler(_hear_qt)  # hears Qt even before there is a program
    try:
        with TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("default")
            _visit_everything(Path(folder))
    finally:
        qInstallMessageHandler(qt_handler)
        logging.captureWarnings(capture=False)
        logging.getLogger().removeHandler(listener)
    return _GONE_WRONG if listener.heard else 0


def _visit_everything(folder: Path) -> None:
    from mediation_desktop.services.casefiles import entering  # noqa: PLC0415 - not for the window

    program = Program(folder)
    try:
        program.window.show()
        program.come_in()
        QApplication.processEvents()
        clock = NotBefore(entering.AFTER_THE_SAMPLES)
        desk = create_office(folder, _SMOKE_OFFICE, "smoke-test", clock=clock).desk
        program.open(desk)
        about = _enter_sample(desk)
        for spot in _SPOTS:
            program.window.go(spot.key, about.get(spot.key))
            program.operations.drain()
            QApplication.processEvents()
        program.lock()
        QApplication.processEvents()
        program.window.close()
    finally:
        program.end()


def _enter_sample(desk: Desk) -> dict[str, object]:
    """Enter one sample dispute; return what the pages about one record are handed."""
    from mediation_desktop.services import queries  # noqa: PLC0415 - not for the window
    from mediation_desktop.services.casefiles import entering, reader  # noqa: PLC0415 - as above

    sample = min(samples_folder().glob("*.toml"))
    case = reader.read_case(sample.read_text(encoding="utf-8"), desk.codes, desk.new_id)
    dispute_id = entering.enter(desk, case)
    paper = queries.dossier(desk, dispute_id).papers[0]
    return {"dispute": dispute_id, "paper": (dispute_id, paper.form, paper.subject_id, paper.id)}
