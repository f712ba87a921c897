"""Offers and counter-offers inside the record of a session: whose, what, and what became of them."""

from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.meeting import open_proposals
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import TextEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.sheet import Repeat

MEDIATOR = Option("mediator", "调解员")
"""Who speaks or offers without being a party."""


def speakers(parties: tuple[records.Party, ...]) -> list[Option]:
    """Return who may speak or offer."""
    return [*options.of_parties(parties), MEDIATOR]


def speaker_code(party_id: UUID | None) -> str:
    """Return the option of a party, or of the mediator."""
    return str(party_id) if party_id else MEDIATOR.code


def speaker_id(code: str | None) -> UUID | None:
    """Return the party of an option, ``None`` for the mediator."""
    return UUID(code) if code and code != MEDIATOR.code else None


class Offers:
    """Two parts of a panel's sheet: earlier proposals still open, and those of this session."""

    def __init__(self, panel: Panel, session: records.Session) -> None:
        self._desk, self._dossier, self._session = panel.desk, panel.dossier, session
        self._states = self._desk.codes.proposal_states
        self._open = {str(item.id): item for item in open_proposals(self._dossier, self._states, session.id)}
        self.earlier = Form(columns=1)
        for key, item in self._open.items():
            self.earlier.add(key, self._heading(item), self._state_choice(), hint=item.text)
            self.earlier.set_values({key: item.state})
        if self._open:
            panel.sheet.add("open_offers", self.earlier, "以前提出、还没有谈定的方案")
        self.made = Repeat(self._form, noun="方案", compact=True)
        mine = [item for item in self._dossier.proposals if item.session_id == session.id]
        self.made.set_values(
            [{"by": speaker_code(item.party_id), "state": item.state, "text": item.text} for item in mine]
        )
        self._kept = dict(zip(self.made.forms, mine, strict=True))
        panel.sheet.add("offers", self.made, "谁提出了什么方案")

    def proposals(self) -> tuple[records.Proposal, ...]:
        """Return the proposals of this session, after the earlier ones whose state changed in it."""
        states = self.earlier.values()
        changed = [
            replace(item, state=states[key] or "")
            for key, item in self._open.items()
            if (states[key] or "") != item.state
        ]
        return (*changed, *self._of_this_session())

    def _of_this_session(self) -> list[records.Proposal]:
        after = max((item.position for item in self._dossier.proposals), default=-1) + 1
        found = []
        for form in self.made.forms:
            values = form.values()
            if not values["text"]:
                continue
            base = self._kept.get(form)
            if base is None:
                base = records.Proposal(
                    id=self._desk.new_id(),
                    dispute_id=self._dossier.dispute.id,
                    session_id=self._session.id,
                    position=after,
                    party_id=None,
                    text="",
                )
                after += 1
            by = speaker_id(values["by"])
            found.append(replace(base, party_id=by, text=values["text"], state=values["state"] or ""))
        return found

    def _form(self) -> Form:
        form = Form(columns=4, column_ems=8)
        form.add("by", "提出人", Choice(speakers(self._dossier.parties)))
        form.add("state", "结果", self._state_choice())
        form.add("text", "方案内容", TextEdit(lines=2), rest=True)
        form.set_values({"state": self._states.entries[0].name})
        return form

    def _state_choice(self) -> Choice:
        return Choice(options.of_names(self._states))

    def _heading(self, item: records.Proposal) -> str:
        who = self._dossier.party(item.party_id).name if item.party_id else MEDIATOR.name
        days = [one.starts_at.date() for one in self._dossier.sessions if one.id == item.session_id]
        return f"{who}在{printed(days[0])}的调解中提出" if days else f"{who}提出"
