"""The panel of papers that belong together: what is in hand, what is missing, and all of them at once."""

from collections import Counter
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from PySide6.QtCore import Qt

from mediation_desktop.domain.papers import Pack, Shelf, concerned, day_of
from mediation_desktop.domain.records import IssuedPaper
from mediation_desktop.services import packs
from mediation_desktop.services.papers import paper_bytes
from mediation_desktop.services.printers import last_printer
from mediation_desktop.ui.casework.panel import Host, Panel
from mediation_desktop.ui.operations import Progress
from mediation_desktop.ui.pages.words import Word, month_day, paper_word
from mediation_desktop.ui.papers import ask_printer, print_ordered, send
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.chips import Chip
from mediation_desktop.ui.widgets.rows import RowButton

_EXPLAINS = {
    Pack.BESIDE: "要用哪一份就点哪一份，看样后打印。",
    Pack.CONFIRMATION: "按法院要的次序排好，一次全部定稿、打印；缺什么，下面写着。",
    Pack.FILING: "封面、目录、情况说明和封底一次打印；目录按入卷原件的张数编页号，打在原件上。",
}


class PackPanel(Panel):
    """成套文书.  The argument is the pack."""

    key: ClassVar[str] = "pack"

    def build(self) -> None:
        """Show the papers once they are read."""
        self.pack = Pack(str(self.argument))
        self.put(label(_EXPLAINS[self.pack], "soft"))
        self.list = Card()
        self.put(self.list)
        self.view: packs.PackView | None = None
        if self.pack in packs.ISSUED_TOGETHER:
            self.main_button("全部定稿并打印", self.issue_all, icon="print").setEnabled(False)
        if self.pack is Pack.FILING:
            self.other_button("核对张数", lambda: self.host.open_panel("contents"), icon="edit")
        self.other_button("先不办", self.host.close_panel)
        desk, dispute_id, pack = self.desk, self.dossier.dispute.id, self.pack
        self.host.ask(self, lambda _desk: packs.view(desk, dispute_id, pack), self.show_view)

    def show_view(self, view: packs.PackView) -> None:
        """Show what is in the pack and what it lacks."""
        self.view = view
        times = Counter(shelf.kind.name for shelf in view.shelves)
        for shelf in view.shelves:
            self._add(shelf, several=times[shelf.kind.name] > 1)
        if view.missing:
            told = "\n".join(f"· {each}" for each in view.missing)
            self.list.body.addWidget(label(f"还缺的（缺了也能先打印）：\n{told}", "soft"))
        if self.main:
            self.main.setEnabled(bool(view.shelves))

    def issue_all(self) -> None:
        """Issue every paper in one action, then hand all of them to the printer."""
        desk, dispute_id, pack, host = self.desk, self.dossier.dispute.id, self.pack, self.host
        self.host.finish(
            lambda: packs.issue_pack(desk, dispute_id, pack),
            f"{packs.PACK_NAMES[pack]}已全部定稿存档。",
            then=lambda: host.work(
                lambda _progress: packs.papers_of(desk, dispute_id, pack),
                on_success=partial(print_together, host),
            ),
        )

    def _add(self, shelf: Shelf, *, several: bool) -> None:
        """Show a paper; several of a kind are told apart by their day."""
        paper, name = shelf.newest, shelf.kind.name
        on = day_of(shelf.subject) if several and shelf.subject else None
        if on:
            name = f"{name}　{month_day(on)}"
        row = RowButton(f"{name}，{paper_word(paper)[0] if paper else '还没有打印'}，点开看样、打印")
        row.row.addWidget(label(name, "strong"), 1)
        state: Word = paper_word(paper) if paper else ("未打印", "neutral")
        row.row.addWidget(Chip(*state), 0, Qt.AlignmentFlag.AlignTop)
        row.clicked.connect(partial(self._look, shelf))
        self.list.body.addWidget(row)
        if paper and concerned(self.dossier, paper):
            register = partial(self.host.open_panel, "receipt", paper.id)
            sign = button("登记签字", register, kind="quiet", icon="sign")
            sign.setAccessibleName(f"登记{name}的签字")
            self.list.body.addWidget(sign, 0, Qt.AlignmentFlag.AlignLeft)

    def _look(self, shelf: Shelf, _checked: object = None) -> None:
        self.host.look_at_paper(
            self.dossier.dispute.id,
            shelf.newest.id if shelf.newest else None,
            form=shelf.kind.form,
            subject_id=shelf.subject_id,
        )


def print_together(host: Host, papers: tuple[IssuedPaper, ...]) -> None:
    """Ask for the printer once and print all papers, each as often as it takes."""
    desk = host.desk
    order = ask_printer(host.banner, sum(paper.pages for paper in papers), last=last_printer(desk))
    if order is None:
        return

    def run(progress: Progress) -> int:
        return sum(
            print_ordered(
                desk,
                replace(order, copies=order.copies * paper.copies, pages=tuple(range(paper.pages))),
                paper_bytes(desk, paper),
                progress,
            )
            for paper in papers
        )

    send(host, run)
