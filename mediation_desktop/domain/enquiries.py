"""来访来电: what became of somebody who came or called. None of it counts as a dispute."""

from enum import StrEnum

from mediation_desktop.domain.records import Enquiry


class EnquiryState(StrEnum):
    """待答复, 已答复, or 已登记为纠纷."""

    OPEN = "open"
    ANSWERED = "answered"
    REGISTERED = "registered"


def state_of(enquiry: Enquiry) -> EnquiryState:
    """Return where an enquiry stands; one that became a dispute is nothing else any more."""
    if enquiry.became_id is not None:
        return EnquiryState.REGISTERED
    return EnquiryState.ANSWERED if enquiry.answer.strip() else EnquiryState.OPEN
