"""The side of the dispute page: parties, papers, checks, and whatever else can be done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from mediation_desktop.domain.checks import Finding
from mediation_desktop.domain.confirmation import ConfirmationWindow
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.records import Agreement, AgreementChange, AgreementForm, Party, PartyKind
from mediation_desktop.domain.standing import is_effective
from mediation_desktop.ui.casework.checkcard import CheckCard
from mediation_desktop.ui.casework.choices import Choice, choices
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.pages.words import PAPER_WORDS
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.chips import Chip
from mediation_desktop.ui.widgets.rows import RowButton


class Aside(QWidget):
    """Four cards.

    Signals: ``wanted(panel key, argument)``; ``paper_wanted(issued paper's id or None)``;
    ``finding_chosen(Finding)``; ``offer_wanted(Finding)``.
    """

    wanted = Signal(str, object)
    paper_wanted = Signal(object)
    finding_chosen = Signal(object)
    offer_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._parties, self._papers = Card("当事人"), Card("文书")
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
        for card in (self._parties, self._papers, self._checks, self._actions):
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
        if not dossier.agreements:
            words = label("还没有文书。达成协议后在这里起草和打印协议书。", "soft")
            self._papers.body.addWidget(words)
            return
        for agreement in dossier.agreements:
            self._show_agreement(dossier, agreement)

    def _show_agreement(self, dossier: Dossier, agreement: Agreement) -> None:
        """Show one agreement with its papers; of an earlier one say what became of it."""
        became = _became(dossier, agreement)
        self._papers.body.addWidget(label(f"调解协议书　{agreement.number}{became}", "strong"))
        issued = [paper for paper in dossier.papers if paper.subject_id == agreement.id]
        if agreement.form is AgreementForm.ORAL and not issued:
            self._papers.body.addWidget(Chip("口头协议", "info"))
        elif not issued:
            self._papers.body.addWidget(Chip("草稿", "neutral"))
        for paper in issued:
            word, tone = PAPER_WORDS[paper.state]
            row = RowButton(f"{paper.printed_at:%m-%d %H:%M}打印的协议书，{word}，点开办理签字盖章")
            row.row.addWidget(label(f"{paper.printed_at:%m-%d %H:%M} 打印", "small"), 1)
            row.row.addWidget(Chip(word, tone))
            row.clicked.connect(self._open("signing", paper.id))
            self._papers.body.addWidget(row)
        newest = issued[-1].id if issued else None
        if newest or agreement == dossier.agreement:
            look = button("看样、打印", lambda: self.paper_wanted.emit(newest), icon="print")
            self._papers.body.addWidget(look)

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


def confirmation_told(window: ConfirmationWindow, day: date) -> str:
    """Say until when both parties may jointly ask a court to confirm the agreement."""
    last = printed(window.last_day)
    doubt = "" if window.certain else "（那一年的放假安排还没有录入，请核对）"
    if day > window.last_day:
        return f"共同申请司法确认的期限已于{last}届满{doubt}。"
    left = (window.last_day - day).days
    return f"双方可以共同申请司法确认，最后一日：{last}，还有{left}天{doubt}。"


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
