"""附图: drawings of a place, kept as marks, and made into pictures for paper."""

from msgspec.structs import replace

from mediation_desktop.documents import sketches
from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services.attachments import read
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import save
from mediation_desktop.services.papers import faces


def save_sketch(desk: Desk, sketch: records.Sketch) -> Change:
    """保存附图: keep a drawing; a new one stands after those there are.

    Raises:
        UserError: nothing is drawn, or it has no title.
    """
    if not sketch.marks:
        raise UserError("附图上还什么都没有。", "请画上线、箭头、界桩或文字，或者按“照四至画”。")
    if not sketch.title.strip():
        raise UserError("附图还没有名称。", "请写上名称，例如“附图一　坎外竹林四至”。")
    with desk.office_file.change(desk.actor, "保存附图") as work:
        if sketch.revision is None:
            others = work.find(records.Sketch, dispute_id=sketch.dispute_id)
            last = max((one.position for one in others), default=-1)
            sketch = replace(sketch, position=last + 1)
        save(work, sketch)
        return changed(work, record_id=sketch.id, dispute_id=sketch.dispute_id)


def remove_sketch(desk: Desk, sketch: records.Sketch, reason: str) -> Change:
    """移除附图: take it out of the lists; the history stays.

    Raises:
        UserError: no reason is given.
    """
    if not reason.strip():
        raise UserError("还没有写移除的原因。", "请写明原因；移除后在“谁改过什么”里仍能查到。")
    with desk.office_file.change(desk.actor, "移除附图") as work:
        work.remove(sketch, reason.strip())
        return changed(work, record_id=sketch.id, dispute_id=sketch.dispute_id)


def picture(desk: Desk, sketch: records.Sketch) -> bytes:
    """Return a sketch as a PNG for paper, with its title and the remark about title below it.

    Raises:
        UserError: the photo it is drawn over is missing or damaged.
    """
    photo = background(desk, sketch)
    return sketches.render(sketch, faces(desk.folder), photo)


def background(desk: Desk, sketch: records.Sketch) -> bytes | None:
    """Return the photo that a sketch is drawn over, or ``None`` for a white sheet; errors as ``picture``."""
    if sketch.background_id is None:
        return None
    with desk.office_file.read() as reader:
        attachment = reader.get(records.Attachment, sketch.background_id)
    return read(desk, attachment.sha256)
