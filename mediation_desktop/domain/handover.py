"""移交: what of an office goes from one mediator to the next."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lines import DisputeLine
from mediation_desktop.domain.records import Dispute, DisputeState, Handover, Mediator, Session

OPEN = frozenset(DisputeState) - {DisputeState.CLOSED, DisputeState.ARCHIVED}
"""Whatever is neither closed nor archived still wants somebody's hand."""


class HandoverSheet(Struct, frozen=True):
    """Everything that the paper of a hand-over says, two signatures below it."""

    committee: str
    handover: Handover
    disputes: tuple[DisputeLine, ...]

    @property
    def signed(self) -> bool:
        """Whether both signed."""
        return signed(self.handover)


def dispute_handed_over(dispute: Dispute, leaving: Mediator, coming: Mediator) -> Dispute:
    """Return a dispute as the next mediator has it.

    That parties had chosen the one who leaves (人民调解法 第19条) says nothing of the next.
    """
    return replace(
        dispute,
        mediator_ids=_instead(dispute.mediator_ids, leaving.id, coming.id),
        mediator_choices=tuple(
            choice for choice in dispute.mediator_choices if choice.mediator_id != leaving.id
        ),
        recorder=coming.name if dispute.recorder == leaving.name else dispute.recorder,
    )


def session_handed_over(session: Session, leaving: Mediator, coming: Mediator) -> Session:
    """Return a planned session as the next mediator has it."""
    return replace(
        session,
        mediator_ids=_instead(session.mediator_ids, leaving.id, coming.id),
        recorder=coming.name if session.recorder == leaving.name else session.recorder,
    )


def signed(handover: Handover) -> bool:
    """Tell whether both signed."""
    return handover.from_signed_on is not None and handover.to_signed_on is not None


def require_two(leaving: Mediator, coming: Mediator) -> None:
    """Refuse a hand-over to oneself or to somebody who is not in office.

    Raises:
        UserError: which of the two.
    """
    if leaving.id == coming.id:
        raise UserError("移出人和接收人是同一个人。", "请选择另一名调解员接收。")
    if not coming.active:
        raise UserError("接收人已经离任。", "请选择一名在任的调解员接收。")


def _instead(mediator_ids: Sequence[UUID], old: UUID, new: UUID) -> tuple[UUID, ...]:
    """Put the new one in the old one's place, nobody twice."""
    return tuple(dict.fromkeys(new if one == old else one for one in mediator_ids))
