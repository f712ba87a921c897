"""看样、打印: a paper as it will be printed, and the way to the printer."""

from collections.abc import Callable
from typing import ClassVar, NamedTuple
from uuid import UUID

from msgspec import Struct
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from mediation_desktop.domain.papers import AGREEMENT, name_of_form, told_printings
from mediation_desktop.domain.records import AddedValue, IssuedPaper
from mediation_desktop.services import papers, queries
from mediation_desktop.services.desk import Change, Desk
from mediation_desktop.services.printers import last_printer
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.operations import ExpectedError, Progress
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.papers import PaperPreview, PrintOrder, ask_printer, print_ordered
from mediation_desktop.ui.shell.workspace import Workspace
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.editors import LineEdit
from mediation_desktop.ui.widgets.form import Form

AskPrinter = Callable[[PaperPreview, int, int], PrintOrder | None]


class _About(NamedTuple):
    """Which paper is wanted: as it would be printed now, or the issued one named."""

    dispute_id: UUID
    form: str
    subject_id: UUID | None
    paper_id: UUID | None


class _Shown(Struct, frozen=True):
    """What is on the screen: the bytes, and the issued paper they belong to, if it is one.

    ``added`` is what the form asks for itself, of a paper that is not issued.
    """

    title: str
    data: bytes
    copies: int
    paper: IssuedPaper | None
    warnings: tuple[str, ...]
    added: tuple[AddedValue, ...] = ()


class _Sent(Struct, frozen=True):
    """What went to the printer: how many pages, what was noted of it, and the paper that now tells."""

    pages: int
    change: Change
    paper: IssuedPaper


def _issued(desk: Desk, dispute_id: UUID, paper_id: UUID) -> IssuedPaper:
    return next(paper for paper in queries.dossier(desk, dispute_id).papers if paper.id == paper_id)


class PaperPage(DeskPage):
    """Shows a PDF; what the printer gets is the very same bytes."""

    title: ClassVar[str] = "文书"
    scrolls: ClassVar[bool] = False
    help_text: ClassVar[str] = (
        "这里看到的就是打印出来的样子。\n"
        "“定稿打印”会把这一份固定下来存档，以后再印都是这一份；签字前发现写错，可以改了再定稿一次。\n"
        "内容改过以后，按“按现在的内容重排”再定稿一次；已经签字的不能换。\n"
        "县里的格式另有要填的，填在下面；点“看填好的样子”就印在上面，不填的留空手写。\n"
        "份数已经算好：协议书是每个当事人一份、调委会存一份，另有法院等要的也算在内。"
    )

    def __init__(self, workspace: Workspace, at_desk: AtDesk, ask: AskPrinter | None = None) -> None:
        super().__init__(workspace, at_desk)
        self.printer_chooser: AskPrinter = ask or self._ask_printer
        self._about: _About | None = None
        self._shown: _Shown | None = None
        self.preview = PaperPreview()
        self.reason = LineEdit()
        self.reason.setPlaceholderText("仍要打印的理由")
        self.reason.setAccessibleName("仍要打印的理由")
        self.reason.hide()
        self.added: Form | None = None
        self._added_room = QVBoxLayout()
        self.fill_button = button("看填好的样子", self.fill, icon="edit")
        self.fill_button.hide()
        self.printed = label("", "soft")
        self.print_button = button("定稿打印", self.print, kind="primary", icon="print")
        self.keep_button = button("只定稿，以后再印", self.keep, icon="save")
        self.anew_button = button("按现在的内容重排", self.set_anew, icon="edit")
        row = QHBoxLayout()
        row.addWidget(button("返回纠纷", self._go_back, icon="back"))
        row.addWidget(button("空白表", self.show_blank, icon="paper", hint="这种文书的空白表，手写用"))
        row.addStretch(1)
        row.addWidget(self.reason, 1)
        row.addWidget(self.fill_button)
        row.addWidget(self.anew_button)
        row.addWidget(self.keep_button)
        row.addWidget(self.print_button)
        self.body.addWidget(self.preview, 1)
        self.body.addLayout(self._added_room)
        self.body.addWidget(self.printed)
        self.body.addLayout(row)

    def enter(self, argument: object) -> None:
        """Show the paper of ``(dispute id, form, subject's id or None, issued paper's id or None)``."""
        if isinstance(argument, tuple):
            self._about = _About(*argument)
            self._ask_for(())
            self._load()

    @property
    def dispute_id(self) -> UUID | None:
        """The dispute whose paper is shown."""
        return self._about[0] if self._about else None

    def leave(self) -> None:
        """Let go of the paper."""
        self.preview.clear()
        self._shown = None

    def keep(self) -> None:
        """Freeze the paper without printing it now."""
        self._issue(print_it=False)

    def set_anew(self) -> None:
        """Show the paper as it would be printed now, to be issued in place of the one that was."""
        if self._about and self._shown and self._shown.paper:
            paper = self._shown.paper
            self._about = _About(paper.dispute_id, paper.form, paper.subject_id, None)
            self._load()

    def fill(self) -> None:
        """Show the paper with what was written for the values that its form asks for."""
        self._load()

    def show_blank(self) -> None:
        """Go to the same form with nothing in it."""
        if self._about:
            self.workspace.go("blanks", self._about.form)

    def print(self) -> None:
        """Freeze the paper where it is not frozen yet, then hand it to the printer."""
        if self._shown and self._shown.paper:
            self._send_to_printer(self._shown)
        else:
            self._issue(print_it=True)

    # Inside.

    def _load(self, then: Callable[[_Shown], None] | None = None) -> None:
        self.print_button.setEnabled(False)
        added = self._written()

        def show(shown: _Shown) -> None:
            self._show(shown)
            if then:
                then(shown)

        self.work(lambda _progress: self._read(added), title="正在排版", on_success=show)

    def _written(self) -> dict[str, str] | None:
        """Return what was written for the form's own values, ``None`` where it was not asked for yet."""
        return self.added.values() if self.added else None

    def _ask_for(self, added: tuple[AddedValue, ...]) -> None:
        """Offer a line for each value that the form asks for itself; lines that are there stay."""
        if self.added and list(self.added.fields) == [value.name for value in added]:
            return
        if self.added:
            self.added.hide()
            self.added.deleteLater()
        self.added = Form() if added else None
        self.fill_button.setVisible(bool(added))
        if self.added:
            for value in added:
                self.added.add(value.name, value.label, LineEdit(), hint="不填的，打印后手写")
            self.added.set_values({value.name: value.text for value in added})
            self.added.completed.connect(self.fill)
            self._added_room.addWidget(self.added)

    def _read(self, added: dict[str, str] | None) -> _Shown:
        """Read in the worker what is to be shown."""
        if self._about is None:
            raise LookupError("no paper was asked for")
        dispute_id, form, subject_id, paper_id = self._about
        if paper_id:
            paper = _issued(self.desk, dispute_id, paper_id)
            name = name_of_form(paper.form, self.title)
            return _Shown(name, papers.paper_bytes(self.desk, paper), paper.copies, paper, ())
        preview = papers.preview(self.desk, dispute_id, form, subject_id, added=added)
        return _Shown(preview.title, preview.pdf.data, preview.copies, None, preview.warnings, preview.added)

    def _show(self, shown: _Shown) -> None:
        self._shown = shown
        self.set_title(shown.title)
        self.preview.show_pdf(shown.data)
        self.print_button.setEnabled(True)
        self.print_button.setText("打印" if shown.paper else "定稿打印")
        self.print_button.setAccessibleName(self.print_button.text())
        self.keep_button.setVisible(shown.paper is None)
        self.anew_button.setVisible(shown.paper is not None and papers.may_be_replaced(shown.paper))
        self.reason.hide()
        self._ask_for(shown.added)
        self._say_printed(shown.paper)
        if shown.warnings:
            self.banner.warning("打印前请看一看。", "".join(shown.warnings))

    def _issue(self, *, print_it: bool) -> None:
        if self._about is None:
            return
        about, despite, added = self._about, self.reason.value(), self._written()

        def issued(change: Change) -> None:
            self.reason.clear()
            self.workspace.broadcast(change)
            self.banner.success("已定稿存档。", "签字或送达后，到纠纷页登记日期。")
            self._about = about._replace(paper_id=change.record_id)
            self._load(self._send_to_printer if print_it else None)

        self.work(
            lambda _progress: papers.issue(
                self.desk, about.dispute_id, about.form, about.subject_id, despite=despite, added=added
            ),
            title="正在定稿",
            on_success=issued,
            on_failure=self._refused,
        )

    def _refused(self, error: ExpectedError) -> None:
        """Say what is wrong; offer the place for a reason, because nothing the law allows is barred."""
        self.banner.problem(error)
        self.reason.setVisible(self._about is not None and self._about.form == AGREEMENT)

    def _ask_printer(self, parent: PaperPreview, pages: int, copies: int) -> PrintOrder | None:
        return ask_printer(parent, pages, copies, last_printer(self.desk))

    def _send_to_printer(self, shown: _Shown) -> None:
        """Print the issued paper and note on it what was printed; what was stopped half-way is not noted."""
        order, paper, desk = None, shown.paper, self.desk
        if paper:
            order = self.printer_chooser(self.preview, self.preview.page_count, shown.copies)
        if paper is None or order is None:
            return

        def run(progress: Progress) -> _Sent:
            pages = print_ordered(desk, order, shown.data, progress, name=shown.title)
            change = papers.record_printing(
                desk, paper.id, order.copies, tuple(page + 1 for page in order.pages)
            )
            return _Sent(pages, change, _issued(desk, paper.dispute_id, paper.id))

        self.work(run, title="正在打印", on_success=self._sent, cancellable=True)

    def _sent(self, sent: _Sent) -> None:
        self.banner.success(f"已送往打印机，共{sent.pages}页。")
        self.workspace.broadcast(sent.change)
        if self._about and self._about.paper_id == sent.paper.id:
            self._say_printed(sent.paper)

    def _say_printed(self, paper: IssuedPaper | None) -> None:
        told = told_printings(paper) if paper else ""
        self.printed.setText(f"打印过：{told}。")
        self.printed.setVisible(bool(told))

    def _go_back(self) -> None:
        if self._about:
            self.workspace.go("dispute", self._about.dispute_id)
