"""来访来电: keep who came or called, what they said and what they were told."""

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.enquiries import EnquiryState
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.times import printed_moment
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import save


def save_enquiry(desk: Desk, enquiry: records.Enquiry) -> Change:
    """Keep somebody who came or called; a new one was received by the person at the desk.

    Raises:
        UserError: the name or what was said is missing, or the way is in no list.
    """
    if not enquiry.name.strip():
        raise UserError("还没有写来的人的姓名。", "不愿留名的，写“不愿留名”。")
    if not enquiry.said.strip():
        raise UserError("还没有写来人说了什么。", "写一句话就够，例如：问宅基地的界怎么算。")
    if enquiry.how:
        desk.codes.enquiry_ways.name(enquiry.how)
    new = enquiry.revision is None
    with desk.office_file.change(desk.actor, "登记来访来电" if new else "修改来访来电") as work:
        save(work, replace(enquiry, taken_by=desk.actor) if new else enquiry)
        return changed(work, record_id=enquiry.id)


def enquiry_ids(desk: Desk, *, text: str = "", state: EnquiryState | None = None) -> tuple[UUID, ...]:
    """Return the enquiries that hold every word of ``text`` and stand in ``state``, who came last first."""
    with desk.office_file.read() as reader:
        return reader.enquiry_ids(text=text, state=state)


def enquiries(desk: Desk, ids: Sequence[UUID]) -> tuple[records.Enquiry, ...]:
    """Return these enquiries in the order given, at most a few thousand; one that is gone is left out."""
    with desk.office_file.read() as reader:
        found = {enquiry.id: enquiry for enquiry in reader.of_ids(records.Enquiry, ids)}
    return tuple(found[one] for one in ids if one in found)


def way_of(desk: Desk, enquiry: records.Enquiry) -> str:
    """Return how somebody came, in words; a code that is no longer on the list stays as it is."""
    names = {entry.code: entry.name for entry in desk.codes.enquiry_ways.entries}
    return names.get(enquiry.how, enquiry.how)


def source_note(desk: Desk, enquiry: records.Enquiry) -> str:
    """Return what a dispute's 来源说明 says of the enquiry it came from."""
    way = way_of(desk, enquiry) or "来访来电"
    return f"{printed_moment(enquiry.at)} {way}（{enquiry.name}），{enquiry.taken_by}接待"
