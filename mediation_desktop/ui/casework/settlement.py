"""Panels of the agreement: draft it, and follow the printed paper through signing, sealing, handing over."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.checks import Finding
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.meeting import accepted
from mediation_desktop.domain.phrases import known_words, phrases_for, sentence_of
from mediation_desktop.domain.records import PaperState, PartyKind
from mediation_desktop.services import agreements, papers
from mediation_desktop.ui.casework.attachments import AttachmentStrip
from mediation_desktop.ui.casework.obligations import Obligations
from mediation_desktop.ui.casework.panel import Panel, lines_of
from mediation_desktop.ui.casework.terms import Terms
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, TextEdit
from mediation_desktop.ui.widgets.form import Form

_MEDIATOR = "mediator"


class AgreementPanel(Panel):
    """调解协议: facts, responsibility, terms, and who owes what to whom by when."""

    key: ClassVar[str] = "agreement"
    heading: ClassVar[str] = "起草调解协议"
    explains: ClassVar[str] = (
        "写清谁、做什么或付多少、什么时候、怎样付、在哪里。写好后先看样，再打印签字。"
        "写完一条按回车写下一条；Alt+↑、Alt+↓ 调整顺序。"
    )

    def build(self) -> None:
        """Show the draft, or start one from the dispute's own words."""
        self.kept = self.dossier.agreement or records.Agreement(
            id=self.desk.new_id(),
            dispute_id=self.dossier.dispute.id,
            number="",
            facts=self.dossier.dispute.summary,
            terms=(),
        )
        self._build_text()
        kept_owed = self.dossier.obligations_of(self.kept)
        self.owed = Obligations(self.desk, self.dossier, kept_owed, self.today)
        phrases = phrases_for(self.desk.codes.phrases, self.dossier.dispute.type_code)
        states = self.desk.codes.proposal_states
        agreed = [offer for offer in self.dossier.proposals if accepted(states, offer)]
        self.terms = Terms(phrases, self._known, agreed)
        self.terms.set_terms(self.kept.terms)
        self.sheet.add("terms", self.terms, "协议内容")
        self.sheet.add("owed", self.owed, "履行清单")
        self._build_beside()
        self.main_button("保存并看样", self.save_and_look, icon="paper")
        self.other_button("只保存", self.save)
        self.other_button("把清单写成条款", self.write_terms)
        if self.kept.earlier_id and self.kept != self.dossier.standing:
            self.other_button("不变更了", self.drop)
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the draft."""
        self._save("已保存协议草稿。", None)

    def save_and_look(self) -> None:
        """Keep the draft and show the paper as it would be printed."""
        dispute_id = self.dossier.dispute.id
        self._save("已保存协议草稿。", lambda: self.host.look_at_paper(dispute_id))

    def write_terms(self) -> None:
        """Write a term for everything listed that no term says yet in these words."""
        if not self.owed.ready():
            return
        said = {term.text for term in self.terms.terms()}
        listed = self.owed.obligations(self.kept.id)
        sentences = [sentence_of(item, self.dossier.parties) for item in listed]
        self.terms.add_terms(records.Term(text=text) for text in sentences if text not in said)

    def drop(self) -> None:
        """Give up the change; the agreement in force stays."""
        dispute_id = self.dossier.dispute.id
        self.host.finish(lambda: agreements.drop_change(self.desk, dispute_id), "已放弃变更，原协议照旧。")

    def use_offer(self, finding: Finding) -> bool:
        """Put the lawful wording of a finding in its place; return whether that was possible."""
        name, _, place = finding.field.partition(".")
        return name == "terms" and self.terms.replace_words(int(place or 0), finding.words, finding.offer)

    def _save(self, done: str, then: Callable[[], object] | None) -> None:
        if not self.sheet.ready():
            return
        values = self.text.values() | self.beside.values()
        agreement = replace(
            self.kept,
            agreed_on=values["agreed_on"],
            facts=values["facts"],
            responsibility=values["responsibility"],
            terms=self.terms.terms(),
            extra_copies=lines_of(values["extra_copies"]),
            co_owners=values["co_owners"],
        )
        owed = self.owed.obligations(self.kept.id)
        self.host.finish(lambda: agreements.save_agreement(self.desk, agreement, owed), done, then)

    def _build_text(self) -> None:
        self.text = Form(columns=3)
        self.text.add("agreed_on", "达成协议日期", DateEdit(self.today), required=True)
        self.text.add("facts", "纠纷主要事实、争议事项", TextEdit(lines=4), required=True, wide=True)
        self.text.add("responsibility", "各方当事人的责任", TextEdit(lines=2), wide=True)
        self.text.set_values(
            {
                "agreed_on": self.kept.agreed_on or self._last_session_day(),
                "facts": self.kept.facts,
                "responsibility": self.kept.responsibility,
            }
        )
        self.sheet.add("text", self.text)

    def _build_beside(self) -> None:
        self.beside = Form(columns=1)
        self.beside.add("co_owners", "房屋、土地有没有共有人，是否都同意（不涉及就空着）", LineEdit())
        self.beside.add(
            "extra_copies", "另外要给谁（如法院、派出所；一行一个，没有就空着）", TextEdit(lines=1)
        )
        self.beside.set_values(
            {"co_owners": self.kept.co_owners, "extra_copies": "\n".join(self.kept.extra_copies)}
        )
        self.sheet.add("beside", self.beside)

    def _known(self) -> dict[str, str]:
        """Return what a phrase's variables stand for, as parties and list say it now."""
        ready = all(form.values()["debtor"] and form.values()["creditor"] for form in self.owed.forms)
        listed = self.owed.obligations(self.kept.id) if ready else ()
        return known_words(self.dossier.parties, listed)

    def _last_session_day(self) -> date:
        held = [one for one in self.dossier.sessions if one.state is records.SessionState.HELD]
        return held[-1].starts_at.date() if held else self.today()


class SigningPanel(Panel):
    """The way of a printed agreement: who signed when, when it was sealed, who has a copy.

    The argument is the paper's id.
    """

    key: ClassVar[str] = "signing"
    heading: ClassVar[str] = "签字、盖章、交付"
    explains: ClassVar[str] = "照纸上的日期填。各方和调解员都签字、调委会盖章后，协议自最后一个日期起生效。"

    def build(self) -> None:
        """Ask for the dates that the paper's state leaves open."""
        self.paper = next(one for one in self.dossier.papers if str(one.id) == str(self.argument))
        if self.paper.state is PaperState.SIGNED:
            self._build_seal()
        if self.paper.state in {PaperState.PRINTED, PaperState.SIGNED}:
            self._build_signatures()
        if self.paper.state in {PaperState.SEALED, PaperState.DELIVERED}:
            self._build_deliveries()
        self.files = self.strip = AttachmentStrip(self.host, self.paper.id)
        self.sheet.add("scans", self.strip, "签好的纸（扫描或拍照存入，不存也行）")
        self.other_button("看这份文书", lambda: self.host.look_at_paper(self.paper.dispute_id, self.paper.id))
        self.other_button("先不办", self.host.close_panel)

    def save_signatures(self) -> None:
        """Keep who signed when."""
        if not self.sheet.ready():
            return
        days, seals = self.signatures.values(), self.party_seals.values()
        self.host.finish(
            lambda: papers.record_signatures(self.desk, self.paper.id, _signatures(days), _signatures(seals)),
            "已登记签字日期。",
        )

    def save_seal(self) -> None:
        """Keep the day of the committee's seal."""
        if self.sheet.ready():
            on = self.seal.values()["sealed_on"]
            self.host.finish(
                lambda: papers.record_seal(self.desk, self.paper.id, on), "已登记盖章，协议书生效。"
            )

    def save_deliveries(self) -> None:
        """Keep who received a copy."""
        if not self.sheet.ready():
            return
        days = self.handed.values()
        deliveries = tuple(
            records.Delivery(party_id=UUID(who), on=on) for who, on in days.items() if on is not None
        )
        self.host.finish(
            lambda: papers.record_deliveries(self.desk, self.paper.id, deliveries), "已登记领取。"
        )

    def _build_signatures(self) -> None:
        signed = {item.party_id: item.on for item in self.paper.signatures}
        sealed = {item.party_id: item.on for item in self.paper.party_seals}
        self.signatures = Form(columns=3)
        for party in self.dossier.parties:
            self._add_day(self.signatures, str(party.id), f"{party.name}签字日期", signed.get(party.id))
        self._add_day(self.signatures, _MEDIATOR, "调解员签字日期", signed.get(None))
        self.sheet.add("signatures", self.signatures, "签字（按指印）")
        self.party_seals = Form(columns=3)
        organisations = [one for one in self.dossier.parties if one.kind is PartyKind.ORGANISATION]
        for party in organisations:
            self._add_day(self.party_seals, str(party.id), f"{party.name}盖章日期", sealed.get(party.id))
        if organisations:
            self.sheet.add("party_seals", self.party_seals, "单位公章")
        if self.paper.state is PaperState.SIGNED:
            self.other_button("改签字日期", self.save_signatures, icon="sign")
        else:
            self.main_button("登记签字", self.save_signatures, icon="sign")
            self.other_button("都是今天签的", lambda: self._all_today(self.signatures, self.party_seals))

    def _build_seal(self) -> None:
        self.seal = Form(columns=3)
        self.seal.add("sealed_on", "调解委员会盖章日期", DateEdit(self.today), required=True)
        self.sheet.add("seal", self.seal, "调解委员会印章")
        self.main_button("登记盖章", self.save_seal, icon="seal")

    def _build_deliveries(self) -> None:
        if self.paper.effective_on:
            self.sheet.say(f"协议自{printed(self.paper.effective_on)}起生效。")
        handed = {item.party_id: item.on for item in self.paper.deliveries}
        self.handed = Form(columns=3)
        for party in self.dossier.parties:
            self._add_day(self.handed, str(party.id), f"{party.name}领取日期", handed.get(party.id))
        self.sheet.add("handed", self.handed, "各方领取")
        self.main_button("登记领取", self.save_deliveries, icon="done")
        self.other_button("都是今天领的", lambda: self._all_today(self.handed))

    def _add_day(self, form: Form, key: str, words: str, day: date | None) -> None:
        form.add(key, words, DateEdit(self.today))
        form.set_values({key: day})

    def _all_today(self, *forms: Form) -> None:
        for form in forms:
            blank = [key for key, value in form.values().items() if value is None]
            form.set_values(dict.fromkeys(blank, self.today()))
        self.sheet.edited.emit()
        self._focus_main()


def _signatures(days: dict[str, date | None]) -> tuple[records.Signature, ...]:
    return tuple(
        records.Signature(party_id=None if who == _MEDIATOR else UUID(who), on=on)
        for who, on in days.items()
        if on is not None
    )
