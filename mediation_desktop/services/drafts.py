"""Keep what is being typed, so that a crash or a power cut loses at most the last two seconds."""

from mediation_desktop.services.desk import Desk
from mediation_desktop.storage.reader import Draft


def keep_draft(desk: Desk, key: str, value: object) -> None:
    """Keep the state of a form under ``key``; ``value`` is made of JSON values."""
    with desk.office_file.change(desk.actor, "草稿") as work:
        work.put_draft(key, value)


def drop_draft(desk: Desk, key: str) -> None:
    """Forget a draft: its form was saved or given up."""
    with desk.office_file.change(desk.actor, "草稿") as work:
        work.drop_draft(key)


def draft(desk: Desk, key: str) -> Draft | None:
    """Return the draft kept under ``key``, if there is one."""
    with desk.office_file.read() as reader:
        return reader.draft(key)
