"""What waits to be sent, and to whom; sending it is ``transfer``'s work."""

from datetime import datetime

from msgspec import Struct

from mediation_desktop.services.desk import Desk
from mediation_desktop.storage.outbox import Export, Recipient


class OutboxLine(Struct, frozen=True):
    """One recipient and how much waits for it.

    ``pending`` counts the records that no receipt has acknowledged, ``fresh`` those of them that were
    in no bundle yet.
    """

    recipient_id: str
    name: str
    pending: int
    fresh: int
    last_export: Export | None
    acknowledged_at: datetime | None


def outbox(desk: Desk) -> tuple[OutboxLine, ...]:
    """Return every recipient with the records that no receipt has acknowledged yet."""
    with desk.office_file.read() as reader:
        last: dict[str, Export] = {}
        for export in reader.export_log():
            last.setdefault(export.recipient_id, export)
        return tuple(_outbox_line(one, last.get(one.id)) for one in reader.recipients())


def _outbox_line(recipient: Recipient, last: Export | None) -> OutboxLine:
    sent = max(recipient.acknowledged, last.last_number if last else 0)
    return OutboxLine(
        recipient_id=recipient.id,
        name=recipient.name,
        pending=recipient.streamed - recipient.acknowledged,
        fresh=recipient.streamed - sent,
        last_export=last,
        acknowledged_at=recipient.acknowledged_at,
    )
