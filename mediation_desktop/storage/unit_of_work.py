"""Writing records: each save leaves the row, a revision, a line of history and a place in every stream."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar, cast
from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import Connection, delete
from sqlalchemy.dialects.sqlite import insert as upsert

from mediation_desktop.domain.encoding import to_plain
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import EXPORTED, Dispute, DisputeRecord, FieldChange, Record, kind_of
from mediation_desktop.storage import outbox
from mediation_desktop.storage.journal import Journal, field_changes
from mediation_desktop.storage.outbox import Export
from mediation_desktop.storage.reader import Reader
from mediation_desktop.storage.statements import OF_ID, add_one, drop_one, mend_one
from mediation_desktop.storage.tables import BLOB, DRAFT, SETTING
from mediation_desktop.system.clock import Clock

R = TypeVar("R", bound=Record)


class UnitOfWork(Reader):
    """One change to the office file: everything in it is kept together or not at all."""

    def __init__(
        self, connection: Connection, *, actor: str, action: str, clock: Clock, new_id: Callable[[], UUID]
    ) -> None:
        """Write through ``connection``, which is inside a write transaction."""
        super().__init__(connection)
        self._now = clock.now()
        self._actor = actor
        self.action = action
        self._new_id = new_id
        self._journal = Journal(connection, actor=actor, action=action, now=self._now)
        self._touched: set[str] = set()
        self._looked_up: dict[tuple[str, UUID], Record | None] = {}

    @property
    def touched(self) -> frozenset[str]:
        """The kinds of record written so far."""
        return frozenset(self._touched)

    @property
    def change_id(self) -> UUID | None:
        """What history calls this change; ``None`` while no record was written."""
        return self._journal.change_id

    # Records

    def add(self, record: R) -> R:
        """Keep a new record and return it as kept, with revision and entry times."""
        kept = replace(record, revision=self._new_id(), created_at=self._now, updated_at=self._now)
        values = self._insert(kept)
        self._trace(kept, values, (), field_changes({}, values))
        return kept

    def update(self, record: R) -> R:
        """Keep the new version of a record and return it as kept; where nothing changed nothing is written.

        Raises:
            UserError: the record was changed or removed since ``record`` was read.
        """
        head = self._head(record)
        changes = field_changes(to_plain(head), to_plain(record))
        if not changes:
            return head
        kept = replace(record, revision=self._new_id(), created_at=head.created_at, updated_at=self._now)
        values = to_plain(kept)
        mended = {name: value for name, value in values.items() if name != "id"}
        self._connection.execute(mend_one(kind_of(kept)), {OF_ID: str(kept.id), **mended})
        self._trace(kept, values, _parents(head), changes)
        return kept

    def remove(self, record: Record, reason: str) -> None:
        """Take a record out of the lists; its revisions stay and a tombstone says why.

        Raises:
            UserError: the record was changed or removed since ``record`` was read.
        """
        head = self._head(record)
        self._connection.execute(drop_one(kind_of(head)), {OF_ID: str(head.id)})
        because = (FieldChange(field="removed_because", old=None, new=reason),)
        tombstone = replace(head, revision=self._new_id())
        self._trace(tombstone, {}, _parents(head), because, removed_because=reason)

    def restore(self, record: R) -> R:
        """Put a removed record back as it was and return it as kept; its revisions go on.

        Raises:
            LookupError: the record was never removed, which is our bug.
        """
        *_, last = self.revisions(record.id)
        if last.removed_because is None:
            raise LookupError("this record was not removed")
        kept = replace(record, revision=self._new_id(), updated_at=self._now)
        values = self._insert(kept)
        self._trace(kept, values, (last.id,), field_changes({}, values))
        return kept

    # What stands beside the records

    def put_blob(self, data: bytes, media_type: str) -> str:
        """Keep bytes once and return their lower-case hexadecimal SHA-256, which ``blob`` finds them by."""
        digest = sha256(data).hexdigest()
        self._connection.execute(
            upsert(BLOB)
            .values(sha256=digest, media_type=media_type, size=len(data), bytes=data)
            .on_conflict_do_nothing()
        )
        return digest

    def put_setting(self, key: str, value: object) -> None:
        """Keep a setting, any value that JSON can say; settings have no history."""
        statement = upsert(SETTING).values(key=key, value=value)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[SETTING.c.key], set_={"value": statement.excluded.value}
            )
        )

    def put_draft(self, key: str, value: object) -> None:
        """Keep what was typed so far under ``key``, in place of what was kept before."""
        statement = upsert(DRAFT).values(key=key, value=value, saved_at=self._now.isoformat())
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[DRAFT.c.key],
                set_={"value": statement.excluded.value, "saved_at": statement.excluded.saved_at},
            )
        )

    def drop_draft(self, key: str) -> None:
        """Forget a draft, if there is one."""
        self._connection.execute(delete(DRAFT).where(DRAFT.c.key == key))

    def note_export(self, dispute: Dispute, what: str) -> None:
        """Let the history of a dispute say that a readable copy left this program; no record changes."""
        change = FieldChange(field=EXPORTED, old=None, new=what)
        self._journal.note(self._new_id(), kind_of(dispute), dispute.id, dispute.id, change)

    # Recipients

    def add_recipient(self, recipient_id: str, name: str, public_key: str) -> None:
        """Begin to send to someone, starting with everything kept so far."""
        outbox.add_recipient(self._connection, recipient_id, name, public_key)

    def mark_exported(
        self,
        recipient_id: str,
        up_to: int,
        *,
        bundle_id: UUID,
        file_name: str,
        digest: str,
        purpose: str = "",
    ) -> Export:
        """Note that what is pending for a recipient, up to the number ``up_to``, left in a bundle.

        Args:
            recipient_id: whose stream.
            up_to: the highest number that the bundle holds.
            bundle_id: the bundle's id.
            file_name: the bundle file's name without its folder.
            digest: the SHA-256 of the bundle file, hexadecimal.
            purpose: why papers went along, if any did.
        """
        return outbox.mark_exported(
            self._connection,
            recipient_id,
            up_to,
            bundle_id=bundle_id,
            file_name=file_name,
            digest=digest,
            actor=self._actor,
            purpose=purpose,
            now=self._now,
        )

    def acknowledge(self, recipient_id: str, number: int) -> None:
        """Note that a recipient's newest receipt says it has everything up to ``number``.

        Raises:
            UserError: that number was never given.
        """
        outbox.acknowledge(self._connection, recipient_id, number, self._now)

    def _insert(self, kept: Record) -> dict[str, object]:
        """Write the row of a record that has none, and return it."""
        values = to_plain(kept)
        self._connection.execute(add_one(kind_of(kept)), values)
        return values

    def _look_up(self, kind: str, record_id: UUID) -> Record | None:
        """Read a record once: until this unit of work itself writes it, nobody can."""
        place = kind, record_id
        if place not in self._looked_up:
            self._looked_up[place] = super()._look_up(kind, record_id)
        return self._looked_up[place]

    def _head(self, record: R) -> R:
        """Return the stored version of ``record`` after making sure that it is the one that was read."""
        head = self._look_up(kind_of(record), record.id)
        if head is None or head.revision != record.revision:
            raise UserError("这条记录刚被改过或删除，这次修改没有保存。", "请重新打开它，核对后再改一次。")
        return cast("R", head)

    def _trace(
        self,
        kept: Record,
        snapshot: dict[str, object],
        parents: tuple[UUID, ...],
        changes: tuple[FieldChange, ...],
        removed_because: str | None = None,
    ) -> None:
        kind = kind_of(kept)
        self._looked_up.pop((kind, kept.id), None)
        self._journal.write(
            revision_id=cast("UUID", kept.revision),
            kind=kind,
            record_id=kept.id,
            parents=parents,
            snapshot=snapshot,
            changes=changes,
            dispute_id=_dispute_of(kept),
            removed_because=removed_because,
        )
        self._touched.add(kind)


def _parents(head: Record) -> tuple[UUID, ...]:
    return (cast("UUID", head.revision),)


def _dispute_of(record: Record) -> UUID | None:
    if isinstance(record, DisputeRecord):
        return record.dispute_id
    return record.id if isinstance(record, Dispute) else None
