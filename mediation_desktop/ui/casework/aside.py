"""The side of the dispute page: parties, papers, checks, and whatever else can be done."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mediation_desktop.domain.checks import Finding
from mediation_desktop.domain.confirmation import ConfirmationWindow
from mediation_desktop.domain.conflict import Conflict
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.papers import Pack, Shelf, day_of, shelves
from mediation_desktop.domain.records import (
    Agreement,
    AgreementChange,
    AgreementForm,
    IssuedPaper,
    Party,
    PartyKind,
)
from mediation_desktop.domain.standing import is_effective
from mediation_desktop.services.mediators import kept_reasons
from mediation_desktop.services.packs import PACK_NAMES
from mediation_desktop.ui.casework.checkcard import CheckCard
from mediation_desktop.ui.casework.choices import Choice, choices
from mediation_desktop.ui.casework.words import confirmation_told
from mediation_desktop.ui.look import Tone, theme
from mediation_desktop.ui.pages.words import month_day, paper_panel, paper_word
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.chips import Chip
from mediation_desktop.ui.widgets.rows import RowButton


class Aside(QWidget):
    """Five cards.

    Signals: ``wanted(panel key, argument)``; ``paper_wanted(Shelf)``; ``finding_chosen(Finding)``;
    ``offer_wanted(Finding)``.
    """

    wanted = Signal(str, object)
    paper_wanted = Signal(object)
    finding_chosen = Signal(object)
    offer_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._parties, self._papers = Card("当事人"), Card("文书")
        self._mediators = Card("调解员")
        self._checks, self._actions = CheckCard(), Card("其他办理")
        self._checks.chosen.connect(self.finding_chosen)
        self._checks.offer_wanted.connect(self.offer_wanted)
        self._checks.explain_wanted.connect(lambda finding: self.wanted.emit("explain", finding))
        self._action_grid = QGridLayout()
        self._action_grid.setSpacing(theme().space("s"))
        self._actions.body.addLayout(self._action_grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space("m"))
        for card in (self._parties, self._mediators, self._papers, self._checks, self._actions):
            layout.addWidget(card)
        layout.addStretch(1)

    def show_dossier(
        self,
        dossier: Dossier,
        window: ConfirmationWindow | None,
        day: date,
        found: Sequence[Finding] = (),
    ) -> None:
        """Show the dispute as it is on ``day``.

        ``window`` is that of judicial confirmation, if any; ``found`` is what the agreement's check found.
        """
        self._show_parties(dossier)
        self._show_papers(dossier)
        if window:
            self._papers.body.addWidget(label(confirmation_told(window, day), "small"))
        self._checks.setVisible(dossier.agreement is not None)
        self._checks.show_findings(found, dossier.overrides)
        self._show_actions(dossier)

    def show_mediators(self, dossier: Dossier, conflicts: Sequence[Conflict]) -> None:
        """Show who mediates, who chose each, and what speaks against it."""
        _clear(self._mediators.body)
        reasons = kept_reasons(dossier.overrides)
        for mediator in dossier.mediators:
            against = [one.reason for one in conflicts if one.mediator_id == mediator.id]
            row = RowButton(f"调解员{mediator.name}，点开可改；{'；'.join(against)}")
            words = QVBoxLayout()
            words.addWidget(label(f"{mediator.name}　{chosen_by(dossier, mediator.id)}", "strong"))
            for reason in against:
                words.addWidget(label(reason, "small"))
            if kept := reasons.get(mediator.id):
                words.addWidget(label(f"仍由其调解：{kept}", "small"))
            row.row.addLayout(words, 1)
            if against:
                state: tuple[str, Tone] = ("已说明", "neutral") if kept else ("请核对", "warning")
                row.row.addWidget(Chip(*state), 0, Qt.AlignmentFlag.AlignTop)
            row.clicked.connect(self._open("mediators", None))
            self._mediators.body.addWidget(row)
        if not dossier.mediators:
            self._mediators.body.addWidget(button("选调解员", self._open("mediators", None), icon="people"))

    def _open(self, key: str, argument: object) -> Any:
        """Return what a click does: ask for a panel."""
        return lambda _checked=False: self.wanted.emit(key, argument)

    def _show_parties(self, dossier: Dossier) -> None:
        _clear(self._parties.body)
        for party in dossier.parties:
            row = RowButton(f"{party.side}{party.name}，点开可修改")
            words = QVBoxLayout()
            words.addWidget(label(f"{party.side}　{party.name}", "strong"))
            beside = _beside(party)
            if beside:
                words.addWidget(label(beside, "small"))
            row.row.addLayout(words, 1)
            row.clicked.connect(self._open("party", party.id))
            self._parties.body.addWidget(row)
        for guest in dossier.invited:
            row = RowButton(f"参加人{guest.name}，点开可修改")
            role = f"（{guest.role}）" if guest.role else ""
            row.row.addWidget(label(f"参加人　{guest.name}{role}", "small"), 1)
            row.clicked.connect(self._open("invited", guest.id))
            self._parties.body.addWidget(row)

    def _show_papers(self, dossier: Dossier) -> None:
        _clear(self._papers.body)
        found = shelves(dossier)
        if not found:
            self._papers.body.addWidget(label("还没有文书。受理以后，要用的文书都列在这里。", "soft"))
        for shelf in found:
            if shelf.kind.pack is Pack.CASE:
                self._papers.body.addWidget(self._shelf(shelf, dossier))
        for pack, name in PACK_NAMES.items():
            held = [shelf for shelf in found if shelf.kind.pack is pack]
            if held:
                kinds = "、".join(dict.fromkeys(shelf.kind.name for shelf in held))
                self._papers.body.addWidget(self._pack(name, kinds, "pack", pack.value))
        if dossier.papers or dossier.attachments:
            about = "扫描件、照片和文书合成一个PDF"
            self._papers.body.addWidget(self._pack("电子卷宗", about, "electronic", None))

    def _pack(self, name: str, kinds: str, panel: str, argument: object) -> RowButton:
        """Return the way to papers that are looked for together; what they are stands below."""
        row = RowButton(f"{name}：{kinds}")
        words = QVBoxLayout()
        words.addWidget(label(name, "strong"))
        words.addWidget(label(kinds, "small"))
        row.row.addLayout(words, 1)
        row.clicked.connect(self._open(panel, argument))
        return row

    def _shelf(self, shelf: Shelf, dossier: Dossier) -> QWidget:
        """Return a paper's name, its issued copies, and the way to look at it and print it."""
        name = f"{shelf.kind.name}{_told_apart(shelf, dossier)}"
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space("xs"))
        head = QHBoxLayout()
        head.addWidget(label(name, "strong"), 1)
        look = button("看样、打印", lambda: self.paper_wanted.emit(shelf), icon="print")
        look.setAccessibleName(f"看样、打印{name}")
        head.addWidget(look)
        layout.addLayout(head)
        for paper in shelf.issued:
            layout.addWidget(self._issued(paper, shelf, dossier))
        return made

    def _issued(self, paper: IssuedPaper, shelf: Shelf, dossier: Dossier) -> RowButton:
        word, tone = paper_word(paper)
        panel = paper_panel(dossier, paper)
        row = RowButton(
            f"{paper.printed_at:%m-%d %H:%M}打印的{shelf.kind.name}，{word}"
            + ("，点开登记签字和领取" if panel else "")
        )
        row.setEnabled(bool(panel))
        row.row.addWidget(label(f"{paper.printed_at:%m-%d %H:%M} 打印", "small"), 1)
        row.row.addWidget(Chip(word, tone))
        row.clicked.connect(self._open(panel, paper.id))
        return row

    def _show_actions(self, dossier: Dossier) -> None:
        """Offer everything; what is closed now is grey and says why, what never applies is left out."""
        _clear(self._action_grid)
        row = 0
        for name, group in choices(dossier):
            self._action_grid.addWidget(label(name, "small"), row, 0, 1, 2)
            for at, choice in enumerate(group):
                self._action_grid.addWidget(self._action(choice), row + 1 + at // 2, at % 2)
            row += 1 + (len(group) + 1) // 2

    def _action(self, choice: Choice) -> QPushButton:
        made = button(choice.words, self._open(choice.panel, choice.argument), hint=choice.closed)
        made.setEnabled(not choice.closed)
        return made


def chosen_by(dossier: Dossier, mediator_id: UUID) -> str:
    """Say who chose a mediator (人民调解法 第19条)."""
    chosen = [one for one in dossier.dispute.mediator_choices if one.mediator_id == mediator_id]
    names = [dossier.party(one).name for choice in chosen for one in choice.party_ids]
    return f"{'、'.join(names)}选定" if names else "调委会指定"


def _told_apart(shelf: Shelf, dossier: Dossier) -> str:
    """Return the agreement's number, or the day where there may be several papers of a kind."""
    for agreement in dossier.agreements:
        if agreement.id == shelf.subject_id:
            oral = "　口头协议" if agreement.form is AgreementForm.ORAL else ""
            return f"　{agreement.number}{oral}{_became(dossier, agreement)}"
    on = day_of(shelf.subject) if shelf.subject else None
    return "" if on is None or shelf.subject is dossier.dispute else f"　{month_day(on)}"


def _became(dossier: Dossier, agreement: Agreement) -> str:
    """Say whether a later agreement that took effect changed this one."""
    for later in dossier.agreements:
        if later.earlier_id == agreement.id and is_effective(later, dossier.papers):
            return "（已被替代）" if later.change is AgreementChange.REPLACES else "（已变更）"
    return ""


def _beside(party: Party) -> str:
    """Return who stands beside a party."""
    parts = [f"法定代理人：{party.guardian.name}" if party.guardian else ""]
    if party.kind is PartyKind.ORGANISATION and party.representative:
        parts.append(f"{party.representative.title or '负责人'}：{party.representative.name}")
    parts += [f"委托代理人：{agent.name}" for agent in party.agents]
    return "　".join(part for part in parts if part)


def _clear(layout: Any) -> None:
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
