"""A few disputes of a real office, entered through the actions that the window uses."""

from datetime import date

from mediation_desktop.domain import records
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services import agreements, disputes, sessions
from mediation_desktop.services.office import office_view

TODAY = date(2026, 6, 19)  # a Friday; the tests' clock stands at nine in the morning


class Village:
    """Enters disputes, sessions and agreements with as few words as a test needs."""

    def __init__(self, desk):
        self.desk = desk
        self.view = office_view(desk)
        self.mediators = {mediator.name: mediator.id for mediator in self.view.mediators}

    def dispute(self, *names, accepted_on=None, grade="simple", summary="排水沟被堵。", **fields):
        """Register a dispute between people and accept it, if a day is named; return its id."""
        dispute = records.Dispute(
            id=self.desk.new_id(),
            number="",
            type_code="neighbour",
            source_code="application",
            grade_code=grade,
            committee_id=self.view.committee.id,
            mediator_ids=(self.mediators["汪承平"],),
            registered_on=accepted_on or TODAY,
            summary=summary,
            village="鸡鸣村",
        )
        parties = tuple(
            records.Party(
                id=self.desk.new_id(),
                dispute_id=dispute.id,
                position=place,
                side="申请人" if place == 0 else "被申请人",
                name=name,
                **fields,
            )
            for place, name in enumerate(names)
        )
        disputes.register_dispute(self.desk, dispute, parties)
        if accepted_on:
            disputes.take_step(self.desk, dispute.id, Action.ACCEPT, accepted_on)
        return dispute.id

    def agree_by_word(self, dispute_id):
        """Write down an oral agreement of today; the dispute does not move."""
        agreement = records.Agreement(
            id=self.desk.new_id(),
            dispute_id=dispute_id,
            number="",
            form=records.AgreementForm.ORAL,
            agreed_on=TODAY,
        )
        agreements.save_agreement(self.desk, agreement, ())

    def session(self, dispute_id, starts_at, *, place="村委会调解室", mediator="汪承平"):
        """Put a session on the calendar and return it as kept."""
        session = records.Session(
            id=self.desk.new_id(),
            dispute_id=dispute_id,
            starts_at=starts_at,
            place=place,
            mediator_ids=(self.mediators[mediator],),
        )
        sessions.schedule_session(self.desk, session)
        with self.desk.office_file.read() as reader:
            return reader.get(records.Session, session.id)
