"""Before a dispute is registered: was it entered already?"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain import records
from mediation_desktop.domain.duplicates import Matter, likeness
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.queries import DisputeLine, line_of
from mediation_desktop.storage.reader import Reader

_DAYS_AROUND = timedelta(days=3)
_MOST_SHOWN = 5


class Twin(Struct, frozen=True):
    """A kept dispute that may be the same quarrel, and what the two have in common."""

    line: DisputeLine
    reasons: tuple[str, ...]


def likely_twins(desk: Desk, dispute: records.Dispute, parties: Sequence[records.Party]) -> tuple[Twin, ...]:
    """Return the disputes that ``dispute`` may be a second registration of, the likeliest first."""
    new = Matter(dispute, tuple(parties))
    with desk.office_file.read() as reader:
        found = [(alike, old.dispute) for old in _near(reader, new) if (alike := likeness(new, old)).twin]
        found.sort(key=lambda one: (len(one[0].same_people), one[0].words), reverse=True)
        found = found[:_MOST_SHOWN]
        rows = reader.dispute_rows_of([old.id for _alike, old in found])
    return tuple(Twin(line_of(desk, rows[old.id]), alike.reasons) for alike, old in found)


def _near(reader: Reader, new: Matter) -> list[Matter]:
    """Return the kept disputes that share a party with ``new``, or its village and days."""
    day = new.dispute.occurred_on or new.dispute.registered_on
    ids = reader.disputes_near(
        names={party.name for party in new.parties},
        id_numbers={party.id_number for party in new.parties if party.id_number},
        village=new.dispute.village,
        first=day - _DAYS_AROUND,
        last=day + _DAYS_AROUND,
    )
    parties: dict[UUID, list[records.Party]] = {}
    for party in reader.of_disputes(records.Party, ids):
        parties.setdefault(party.dispute_id, []).append(party)
    return [
        Matter(dispute, tuple(parties.get(dispute.id, ())))
        for dispute in reader.of_ids(records.Dispute, ids)
        if dispute.id != new.dispute.id
    ]
