"""Where an enquiry stands follows from what is written in it."""

from datetime import datetime

from builders import uid
from msgspec.structs import replace

from mediation_desktop.domain.enquiries import EnquiryState, state_of
from mediation_desktop.domain.records import Enquiry

ASKED = Enquiry(id=uid(1), at=datetime(2026, 6, 19, 9), name="张福根", said="问界址。")


def test_an_enquiry_is_open_until_answered_or_registered():
    assert state_of(ASKED) is EnquiryState.OPEN
    assert state_of(replace(ASKED, answer=" ")) is EnquiryState.OPEN
    answered = replace(ASKED, answer="请先找组长看老界桩。")
    assert state_of(answered) is EnquiryState.ANSWERED
    assert state_of(replace(answered, became_id=uid(2))) is EnquiryState.REGISTERED
