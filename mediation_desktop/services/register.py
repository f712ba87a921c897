"""What the register of people takes from a dispute when its parties are kept."""

from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain.people import as_person, renewed
from mediation_desktop.domain.records import Party, Person
from mediation_desktop.services.desk import Desk
from mediation_desktop.storage.unit_of_work import UnitOfWork


def with_entry(desk: Desk, work: UnitOfWork, party: Party, before: Party | None = None) -> Party:
    """Return the party with its entry in the register, made or brought up to date inside a running change.

    A party without one gets a new entry: that it is somebody known already, only the user can say.  A phone
    number or address changed in the party goes into the entry too; parties of other disputes stay.
    """
    person = _entry(work, party.person_id)
    if person is None:
        person = work.add(as_person(desk.new_id(), party))
        return replace(party, person_id=person.id)
    known = before if before and before.person_id == person.id else None
    work.update(renewed(person, party, known))
    return party


def _entry(work: UnitOfWork, person_id: UUID | None) -> Person | None:
    """Return an entry, or ``None`` where there is none, or none any more since two were merged."""
    return work.people_of([person_id]).get(person_id) if person_id else None
