"""Who mediates a dispute, who chose each, and what speaks against it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import conflict, people, records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import Mediator, MediatorChoice, Party
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.storage.reader import Reader
from mediation_desktop.storage.unit_of_work import UnitOfWork
from mediation_desktop.system.clock import today


def conflicts_with(desk: Desk, parties: Sequence[Party]) -> tuple[conflict.Conflict, ...]:
    """Return what stands between the office's mediators, those who left too, and these parties."""
    if not parties:
        return ()
    with desk.office_file.read() as reader:
        mediators = reader.find(Mediator)
        known = _known(desk, reader, mediators, parties)
    return tuple(found for one in mediators for found in conflict.conflicts(one, parties, known))


def _known(
    desk: Desk, reader: Reader, mediators: Sequence[Mediator], parties: Sequence[Party]
) -> conflict.Known:
    """Gather what may stand between them: disputes that a party or a mediator was a party of, ties, kin."""
    own = {one.person_id for one in mediators if one.person_id}
    entries = {*own, *(party.person_id for party in parties if party.person_id)}
    standing = [one for party in parties for one in people.standings(party)]
    numbers = {one.number for one in standing if one.number}
    found = reader.people_of(entries) | {one.id: one for one in reader.people_alike((), numbers)}
    return conflict.Known(
        people=tuple(found.values()),
        ties=reader.find(records.Tie),
        earlier=_earlier(reader, parties) if own else (),
        tie_words={entry.code: entry.name for entry in desk.codes.tie_kinds.entries},
    )


def _earlier(reader: Reader, parties: Sequence[Party]) -> tuple[conflict.Earlier, ...]:
    here = {party.dispute_id for party in parties}
    entries = [party.person_id for party in parties if party.person_id]
    numbers = [party.id_number for party in parties if party.id_number]
    ids = {one.dispute_id for one in reader.parties_who_are(entries, numbers)} - here
    rows = reader.dispute_rows_of(ids)
    standings: dict[UUID, list[people.Standing]] = {}
    for party in reader.of_disputes(Party, ids):
        standings.setdefault(party.dispute_id, []).extend(people.standings(party))
    return tuple(
        conflict.Earlier(one, rows[one].number, tuple(standings.get(one, ()))) for one in sorted(ids)
    )


def name_mediators(
    desk: Desk,
    dispute_id: UUID,
    choices: Mapping[UUID, Sequence[UUID]],
    reasons: Mapping[UUID, str],
) -> Change:
    """Name who mediates a dispute (人民调解法 第19条).

    Args:
        desk: the open office.
        dispute_id: the dispute.
        choices: each mediator with the parties who chose him or her; none: the committee appointed.
        reasons: why a mediator near a party stays all the same; a reason kept before is written over.

    Raises:
        UserError: nobody is named.
    """
    if not choices:
        raise UserError("还没有选调解员。", "请至少选一名调解员。")
    with desk.office_file.change(desk.actor, "确定调解员") as work:
        dispute = work.get(records.Dispute, dispute_id)
        chosen = tuple(
            MediatorChoice(mediator_id=one, party_ids=tuple(parties))
            for one, parties in choices.items()
            if parties
        )
        work.update(replace(dispute, mediator_ids=tuple(choices), mediator_choices=chosen))
        for mediator_id, reason in reasons.items():
            _keep_reason(desk, work, dispute_id, mediator_id, reason)
        return changed(work, record_id=dispute_id, dispute_id=dispute_id)


def _keep_reason(desk: Desk, work: UnitOfWork, dispute_id: UUID, mediator_id: UUID, reason: str) -> None:
    about = {"dispute_id": dispute_id, "code": conflict.CONFLICT, "subject_id": mediator_id}
    said = {"reason": reason, "by": desk.actor, "on": today(desk.clock)}
    kept = work.find(records.Override, **about)
    if not kept:
        work.add(records.Override(id=desk.new_id(), field="mediators", **about, **said))
    elif kept[0].reason != reason:
        work.update(replace(kept[0], **said))


def kept_reasons(overrides: Sequence[records.Override]) -> dict[UUID, str]:
    """Return why each mediator stays, by the mediator's id."""
    return {one.subject_id: one.reason for one in overrides if one.code == conflict.CONFLICT}
