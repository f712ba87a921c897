"""Every path through the lifecycle, taken at random: none reaches a state that the law forbids."""

from datetime import date, datetime

from builders import DISPUTE_ID, agreement, dispute, dossier, uid
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.lifecycle import (
    IN_MEDIATION,
    STEPS,
    UNSETTLED,
    Action,
    after,
    closed_to_mediation,
    in_force,
    offers,
)
from mediation_desktop.domain.records import DisputeState as State
from mediation_desktop.domain.records import PaperState, SessionState

DAY = date(2026, 8, 13)
MOMENT = datetime(2026, 8, 13, 9)
TOWARDS_AGREEMENT = {Action.ACCEPT, Action.INVESTIGATE, Action.MEDIATE, Action.AGREE}


def test_every_state_can_be_reached_and_every_dispute_can_be_closed():
    reached = {State.REGISTERED} | {step.after for step in STEPS}
    assert reached == set(State)
    ends = {State.CLOSED, State.ARCHIVED}
    while more := {step.before for step in STEPS if step.after in ends} - ends:
        ends |= more
    assert ends == set(State)


def test_nothing_is_mediated_before_it_is_accepted():
    from_the_door = {step.after for step in STEPS if step.before is State.REGISTERED}
    assert from_the_door == {State.ACCEPTED, State.NOT_ACCEPTED, State.WITHDRAWN, State.REFERRED}
    assert {State.REGISTERED} == UNSETTLED - IN_MEDIATION


class Life(RuleBasedStateMachine):
    """A dispute to which anything may happen, and every step that is offered may be taken."""

    def __init__(self):
        super().__init__()
        self.case = dossier(dispute=dispute())
        self.next_id = 1000
        self.last = None

    def _id(self):
        self.next_id += 1
        return uid(self.next_id)

    def _add(self, field, record):
        self.case = replace(self.case, **{field: (*getattr(self.case, field), record)})

    @rule(side=st.sampled_from([200, 201]))
    def refuses(self, side):
        self._add(
            "refusals", records.Refusal(id=self._id(), dispute_id=DISPUTE_ID, party_id=uid(side), on=DAY)
        )

    @precondition(lambda self: self.case.barred_since())
    @rule()
    def consents_anew(self):
        consented = tuple(replace(one, consented_again_on=DAY) for one in self.case.refusals)
        self.case = replace(self.case, refusals=consented)

    @rule(hits=st.sampled_from([(), ("abandoned",)]))
    def minor_is_checked(self, hits):
        check = records.MinorCheck(
            id=self._id(), dispute_id=DISPUTE_ID, on=DAY, by="汪", result="", hits=hits
        )
        self._add("minor_checks", check)

    @rule(yes=st.booleans())
    def acceptance_is_checked(self, yes):
        answers = (records.Answer(code="pending", yes=yes),)
        self._add(
            "acceptance_checks",
            records.AcceptanceCheck(id=self._id(), dispute_id=DISPUTE_ID, on=DAY, by="汪", answers=answers),
        )

    @rule(state=st.sampled_from(list(SessionState)))
    def session(self, state):
        self._add(
            "sessions", records.Session(id=self._id(), dispute_id=DISPUTE_ID, starts_at=MOMENT, state=state)
        )

    @rule()
    def sessions_are_recorded(self):
        held = tuple(replace(one, state=SessionState.HELD) for one in self.case.sessions)
        self.case = replace(self.case, sessions=held)

    @rule(form=st.sampled_from(list(records.AgreementForm)), on=st.sampled_from([None, DAY]))
    def agreement_is_drafted(self, form, on):
        self._add("agreements", agreement(id=self._id(), form=form, agreed_on=on))

    @precondition(lambda self: self.case.agreement)
    @rule(state=st.sampled_from(list(PaperState)))
    def agreement_is_printed(self, state):
        self._add(
            "papers",
            records.IssuedPaper(
                id=self._id(),
                dispute_id=DISPUTE_ID,
                subject_id=self.case.agreement.id,
                form="agreement",
                form_version="1",
                printed_at=MOMENT,
                copies=3,
                pages=1,
                pdf_sha256="",
                docx_sha256="",
                state=state,
            ),
        )

    @rule(applicants=st.sets(st.sampled_from([200, 201])), ruled=st.booleans())
    def court_is_asked(self, applicants, ruled):
        self._add(
            "confirmations",
            records.Confirmation(
                id=self._id(),
                dispute_id=DISPUTE_ID,
                court="龙游县人民法院",
                applicant_ids=tuple(uid(one) for one in applicants),
                ruled_on=DAY if ruled else None,
            ),
        )

    @rule(data=st.data())
    def takes_a_step(self, data):
        open_now = [offer.action for offer in offers(self.case) if not offer.closed_because]
        if not open_now:
            return
        action = data.draw(st.sampled_from(open_now))
        state = after(self.case, action)
        self.last = (self.case, action, state)
        self.case = replace(self.case, dispute=replace(self.case.dispute, state=state))

    @invariant()
    def no_step_was_unlawful(self):
        if self.last is None:
            return
        before, action, state = self.last
        if action in TOWARDS_AGREEMENT:
            assert not closed_to_mediation(before)
            assert before.barred_since() is None
            assert not (before.minor_checks and before.minor_checks[-1].hits)
        if action is Action.ACCEPT:
            assert not any(one.yes for check in before.acceptance_checks[-1:] for one in check.answers)
        if state is State.AGREED:
            assert before.agreements or any(one.state is SessionState.HELD for one in before.sessions)
        if state is State.PERFORMING and before.dispute.state is not State.PERFORMED:
            assert in_force(before)
        if state in {State.CONFIRMED, State.NOT_CONFIRMED}:
            assert set(before.confirmations[-1].applicant_ids) == {uid(200), uid(201)}
            assert before.confirmations[-1].ruled_on
        if state is State.TERMINATED and before.dispute.state is State.AGREED:
            assert not in_force(before)
        if state is State.CLOSED:
            assert not any(one.state is SessionState.PLANNED for one in before.sessions)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
