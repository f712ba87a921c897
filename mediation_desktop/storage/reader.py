"""Reading records, their traces and the small things beside them, inside one transaction."""

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, Table, Text, func, select, type_coerce
from sqlalchemy import cast as cast_column

from mediation_desktop.domain.encoding import from_plain
from mediation_desktop.domain.enquiries import EnquiryState
from mediation_desktop.domain.ledger import Account
from mediation_desktop.domain.limits import CaseClock
from mediation_desktop.domain.records import (
    KINDS,
    Attachment,
    Dispute,
    DisputeRecord,
    DisputeState,
    HistoryLine,
    InvitedParticipant,
    IssuedPaper,
    MinorCheck,
    Obligation,
    PaperState,
    Party,
    Person,
    PersonKind,
    Record,
    Revision,
    Risk,
    Session,
    SessionState,
    kind_of,
)
from mediation_desktop.storage import clocks, lists, outbox, people
from mediation_desktop.storage.idlist import IdList, ids_found
from mediation_desktop.storage.lists import ArchivedDispute, DisputeRow
from mediation_desktop.storage.outbox import Export, Recipient, Sending
from mediation_desktop.storage.statements import OF_ID, read_one
from mediation_desktop.storage.tables import BLOB, DRAFT, HISTORY, RECORDS, REVISION, SETTING, plain_rows

R = TypeVar("R", bound=Record)
D = TypeVar("D", bound=DisputeRecord)
T = TypeVar("T")

_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


class Draft(Struct, frozen=True):
    """What was typed into a form and not saved yet; ``value`` is what the form put in, as JSON values."""

    key: str
    value: object
    saved_at: datetime


def plain(value: object) -> object:
    """Return one field's value as it stands in its column."""
    return msgspec.to_builtins(value)


class Reader:
    """One unchanging state of the office file."""

    def __init__(self, connection: Connection) -> None:
        """Read through ``connection``, which is inside a transaction."""
        self._connection = connection

    # Records

    def get(self, cls: type[R], record_id: UUID) -> R:
        """Return one record.

        Raises:
            LookupError: there is none; whoever asks has the id from a record, so this is our bug.
        """
        found = self._look_up(kind_of(cls), record_id)
        if found is None:
            raise LookupError(f"no {kind_of(cls)} with this id")
        return cast("R", found)

    def find(self, cls: type[R], **equal: object) -> tuple[R, ...]:
        """Return every record of a kind whose fields equal the given values, in order of entry."""
        table = RECORDS[kind_of(cls)]
        statement = select(table).where(*_conditions(table, equal)).order_by(table.c.id)
        return self._records(cls, statement)

    def count(self, cls: type[Record], **equal: object) -> int:
        """Return how many records ``find`` would return."""
        table = RECORDS[kind_of(cls)]
        statement = select(func.count()).select_from(table).where(*_conditions(table, equal))
        return self._connection.execute(statement).scalar_one()

    def belonging(self, dispute_id: UUID) -> dict[type[Record], tuple[Record, ...]]:
        """Return every record that belongs to one dispute, by kind, each kind in its order on paper."""
        found: dict[type[Record], tuple[Record, ...]] = {}
        for kind, cls in KINDS.items():
            if issubclass(cls, DisputeRecord):
                table = RECORDS[kind]
                order = (table.c.position, table.c.id) if "position" in table.c else (table.c.id,)
                statement = select(table).where(table.c.dispute_id == plain(dispute_id)).order_by(*order)
                found[cls] = self._records(cls, statement)
        return found

    # Lists

    def dispute_rows(
        self, *, text: str = "", states: Collection[DisputeState] = (), offset: int = 0, limit: int = 50
    ) -> tuple[DisputeRow, ...]:
        """Return one page of the list of disputes, newest first.

        Args:
            text: words that must all occur in the number, the summary, or a party's name, ID number or
                phone number.
            states: the states to show; none means all.
            offset: how many rows to pass over.
            limit: the most rows to return.
        """
        return lists.dispute_rows(self._connection, text, states, offset, limit)

    def count_disputes(self, *, text: str = "", states: Collection[DisputeState] = ()) -> int:
        """Return how many rows ``dispute_rows`` has in all pages together."""
        return lists.count_disputes(self._connection, text, states)

    def dispute_ids(self, *, text: str = "", states: Collection[DisputeState] = ()) -> IdList:
        """Return the ids of everything that ``dispute_rows`` has in all pages together, newest first."""
        return lists.dispute_ids(self._connection, text, states)

    def dispute_rows_of(self, dispute_ids: Collection[UUID]) -> dict[UUID, DisputeRow]:
        """Return the rows of these disputes by id; at most a few thousand at a time."""
        return {row.id: row for row in lists.rows_of(self._connection, dispute_ids)}

    def running_clocks(self) -> dict[UUID, CaseClock]:
        """Return the clock of every dispute that is accepted and neither settled nor ended."""
        return clocks.running_clocks(self._connection)

    def disputes_near(
        self,
        *,
        names: Collection[str],
        id_numbers: Collection[str],
        village: str,
        first: date,
        last: date,
    ) -> tuple[UUID, ...]:
        """Return the disputes with a party of one of these names or ID numbers, or of this village and days.

        At most the newest hundred.
        """
        statement = lists.disputes_near(names, id_numbers, village, first, last)
        return tuple(UUID(found) for found in self._connection.execute(statement).scalars())

    def archived_disputes(self) -> tuple[ArchivedDispute, ...]:
        """Return every archived dispute, the one archived first first."""
        return lists.archived_disputes(self._connection)

    def disputes_of(self, mediator_id: UUID, states: Collection[DisputeState]) -> tuple[UUID, ...]:
        """Return the disputes in ``states`` that a mediator has alone or with others, oldest first."""
        return lists.disputes_of_mediator(self._connection, mediator_id, states)

    def disputes_closed(self, first: date, last: date) -> tuple[UUID, ...]:
        """Return the disputes closed (结案) from ``first`` to ``last``, in order of that day."""
        return lists.disputes_closed(self._connection, first, last)

    def disputes_between(self, account: Account, first: date, last: date) -> tuple[UUID, ...]:
        """Return the disputes accepted, or finished, from ``first`` to ``last``, in order of that day."""
        return lists.disputes_between(self._connection, account, first, last)

    def enquiry_ids(self, *, text: str = "", state: EnquiryState | None = None) -> tuple[UUID, ...]:
        """Return the ids of the enquiries, who came last first.

        Args:
            text: words that must all occur in name, phone number, village, what was said or answered.
            state: where they stand; ``None`` means anywhere.
        """
        return lists.enquiry_ids(self._connection, text, state)

    def of_ids(self, cls: type[R], record_ids: Collection[UUID]) -> tuple[R, ...]:
        """Return the records of these ids (at most some thousand) in order of entry; one gone is left out."""
        table = RECORDS[kind_of(cls)]
        wanted = table.c.id.in_([plain(one) for one in record_ids])
        return self._records(cls, select(table).where(wanted).order_by(table.c.id))

    def sessions_between(
        self, start: datetime, end: datetime, *, states: Collection[SessionState] = ()
    ) -> tuple[Session, ...]:
        """Return the sessions that start from ``start`` to before ``end``, local wall time, in order.

        ``states`` are the states wanted; none means all.
        """
        return self._records(Session, lists.sessions_between(start, end, states))

    def of_disputes(self, cls: type[D], dispute_ids: Collection[UUID]) -> tuple[D, ...]:
        """Return the records of one kind of several disputes, each dispute's in order of entry."""
        if not dispute_ids:
            return ()
        return self._records(cls, lists.of_disputes(RECORDS[kind_of(cls)], dispute_ids))

    def parties_of(self, dispute_ids: Collection[UUID]) -> dict[UUID, tuple[Party, ...]]:
        """Return the parties of each of these disputes, in printed order; at most a few thousand disputes."""
        found: dict[UUID, list[Party]] = {one: [] for one in dispute_ids}
        for party in sorted(self.of_disputes(Party, dispute_ids), key=lambda party: party.position):
            found[party.dispute_id].append(party)
        return {one: tuple(parties) for one, parties in found.items()}

    def papers_in_state(self, *states: PaperState) -> tuple[IssuedPaper, ...]:
        """Return the issued papers that stand in one of ``states``, in order of entry."""
        return self._records(IssuedPaper, lists.papers_in_state(states))

    def open_obligations(self, until: date) -> tuple[Obligation, ...]:
        """Return what is due, itself or an instalment, up to and on ``until`` and not known to be performed.

        These are obligations of disputes that are agreed, being performed or in default; which
        instalments were paid is for ``domain`` to say.
        """
        return self._records(Obligation, lists.open_obligations(until))

    def settled_disputes(self, since: date) -> tuple[Dispute, ...]:
        """Return the disputes that are settled or ended and not closed, in order of entry.

        Of those with nothing more to be performed only those that ended on ``since`` or later.
        """
        return self._records(Dispute, lists.settled_disputes(since))

    def risks_to_report(self, signs: Collection[str]) -> tuple[Risk, ...]:
        """Return the risks of all disputes that carry a signal, or one of ``signs`` among their reasons."""
        return self._records(Risk, lists.risks_to_report(signs))

    def checks_to_report(self) -> tuple[MinorCheck, ...]:
        """Return every check of the disputes where harm to a minor was ever found or suspected."""
        return self._records(MinorCheck, lists.checks_to_report())

    # People

    def people_ids(self, *, text: str = "", kinds: Collection[PersonKind] = ()) -> IdList:
        """Return the ids of the register's entries, newest first.

        Args:
            text: words that must all occur in a name, an ID number or credit code, the phone or the village.
            kinds: the kinds to show; none means all.
        """
        return ids_found(self._connection, people.ids(text, kinds))

    def people_of(self, person_ids: Collection[UUID]) -> dict[UUID, Person]:
        """Return these entries by id; one that is gone is left out."""
        return {one.id: one for one in self._records(Person, people.of_ids(person_ids))}

    def people_beginning(self, text: str, limit: int) -> tuple[Person, ...]:
        """Return the newest entries whose name or ID number begins with ``text``."""
        return self._records(Person, people.beginning(text, limit))

    def people_alike(self, names: Collection[str], numbers: Collection[str]) -> tuple[Person, ...]:
        """Return the entries of one of these names or ID numbers."""
        return self._records(Person, people.alike(names, numbers))

    def parties_who_are(self, person_ids: Collection[UUID], numbers: Collection[str]) -> tuple[Party, ...]:
        """Return the parties that were taken from these entries or bear one of these ID numbers."""
        return self._records(Party, people.parties_who_are(person_ids, numbers))

    def parties_naming(self, person_id: UUID, words: Collection[str]) -> tuple[Party, ...]:
        """Return the parties that are an entry, or name one of ``words`` for themselves or beside them."""
        return self._records(Party, people.parties_naming(person_id, words))

    def guests_named(self, names: Collection[str]) -> tuple[InvitedParticipant, ...]:
        """Return the invited participants of one of these names."""
        return self._records(InvitedParticipant, people.guests_named(names))

    # Traces

    def history(self, dispute_id: UUID) -> tuple[HistoryLine, ...]:
        """Return what was done to a dispute and everything that belongs to it, oldest first."""
        return self._traces(HistoryLine, HISTORY, HISTORY.c.dispute_id == plain(dispute_id))

    def revisions(self, record_id: UUID) -> tuple[Revision, ...]:
        """Return every version of one record, oldest first."""
        return self._traces(Revision, REVISION, REVISION.c.record_id == plain(record_id))

    def lines_of_change(self, change_id: UUID) -> tuple[HistoryLine, ...]:
        """Return everything that one change did, in the order it was done."""
        return self._traces(HistoryLine, HISTORY, HISTORY.c.change_id == plain(change_id))

    def last_seen(self, record_ids: Collection[UUID]) -> dict[UUID, Revision]:
        """Return the newest version of each of these records that says something, removed ones too.

        An id that is no record's is left out.
        """
        newest = (
            select(func.max(REVISION.c.position))
            .where(
                REVISION.c.record_id.in_([plain(one) for one in record_ids]),
                REVISION.c.removed_because.is_(None),
            )
            .group_by(REVISION.c.record_id)
        )
        found = self._traces(Revision, REVISION, REVISION.c.position.in_(newest))
        return {revision.record_id: revision for revision in found}

    def naming(self, record_id: UUID) -> tuple[Revision, ...]:
        """Return the present version of every other record that names this one."""
        later = REVISION.alias()
        first = select(func.min(REVISION.c.position)).where(REVISION.c.record_id == plain(record_id))
        replaced = select(later.c.position).where(
            later.c.record_id == REVISION.c.record_id, later.c.position > REVISION.c.position
        )
        return self._traces(
            Revision,
            REVISION,
            REVISION.c.position > first.scalar_subquery(),
            REVISION.c.record_id != plain(record_id),
            type_coerce(REVISION.c.snapshot, Text).contains(str(record_id)),
            ~replaced.exists(),
        )

    # What stands beside the records

    def blob(self, sha256: str) -> bytes:
        """Return the bytes kept under their lower-case hexadecimal SHA-256.

        Raises:
            LookupError: there are none.
        """
        found = self._connection.execute(select(BLOB.c.bytes).where(BLOB.c.sha256 == sha256)).scalar()
        if found is None:
            raise LookupError("no blob with this digest")
        return found

    def attachment_digests(self) -> frozenset[str]:
        """Return the digest of every file that any version of an attachment, or a draft, ever named.

        Every revision is looked at: what was removed stays in the history, and its file with it.
        """
        of_attachments = select(REVISION.c.snapshot).where(REVISION.c.kind == kind_of(Attachment))
        named = {row.snapshot.get("sha256", "") for row in self._connection.execute(of_attachments)}
        typed = self._connection.execute(select(cast_column(DRAFT.c.value, Text))).scalars()
        return frozenset(named).union(*(_DIGEST.findall(text or "") for text in typed))

    def setting(self, key: str, default: object = None) -> object:
        """Return a setting's JSON value, or ``default`` when it was never set."""
        row = self._connection.execute(select(SETTING.c.value).where(SETTING.c.key == key)).first()
        return default if row is None else row.value

    def draft(self, key: str) -> Draft | None:
        """Return the draft kept under ``key``, if there is one."""
        return next(iter(self._drafts(select(DRAFT).where(DRAFT.c.key == key))), None)

    def drafts(self) -> tuple[Draft, ...]:
        """Return every draft, the one saved last first."""
        return self._drafts(select(DRAFT).order_by(DRAFT.c.saved_at.desc(), DRAFT.c.key))

    # Recipients

    def recipients(self) -> tuple[Recipient, ...]:
        """Return everyone who is sent records."""
        return outbox.recipients(self._connection)

    def sendings(self, record_id: UUID) -> tuple[Sending, ...]:
        """Return how far every revision of a record has come to every recipient, in stream order.

        A record without any was never sent and never will be, or there is no recipient yet.
        """
        return outbox.sendings(self._connection, record_id)

    def pending(self, recipient_id: str) -> Iterator[tuple[int, Revision]]:
        """Yield number and revision of everything above what a recipient acknowledged, in stream order.

        The rows are streamed: use them up before the reader ends.
        """
        rows = self._connection.execute(outbox.pending(recipient_id).execution_options(yield_per=200))
        for row in plain_rows(rows):
            yield row.pop("number"), _trace(Revision, row)

    def export_log(self) -> tuple[Export, ...]:
        """Return every bundle that was written, newest first."""
        return outbox.exports(self._connection)

    def next_serial(self) -> int:
        """Return the serial number of the next bundle, from 1."""
        return outbox.next_serial(self._connection)

    def _look_up(self, kind: str, record_id: UUID) -> Record | None:
        """Return the record of a kind with this id, if there is one."""
        found = self._connection.execute(read_one(kind), {OF_ID: str(record_id)})
        return next((from_plain(kind, row) for row in plain_rows(found)), None)

    def _records(self, cls: type[R], statement: Select[Any]) -> tuple[R, ...]:
        kind = kind_of(cls)
        rows = plain_rows(self._connection.execute(statement))
        return tuple(cast("R", from_plain(kind, row)) for row in rows)

    def _traces(self, cls: type[T], table: Table, *conditions: ColumnElement[bool]) -> tuple[T, ...]:
        statement = select(table).where(*conditions).order_by(table.c.position)
        return tuple(_trace(cls, row) for row in plain_rows(self._connection.execute(statement)))

    def _drafts(self, statement: Select[Any]) -> tuple[Draft, ...]:
        return tuple(
            Draft(row.key, row.value, datetime.fromisoformat(row.saved_at))
            for row in self._connection.execute(statement)
        )


def _trace(cls: type[T], row: dict[str, Any]) -> T:
    del row["position"]
    return msgspec.convert(row, cls)


def _conditions(table: Table, equal: dict[str, object]) -> list[ColumnElement[bool]]:
    return [table.c[name].is_not_distinct_from(plain(value)) for name, value in equal.items()]
