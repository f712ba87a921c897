"""来访来电: a light list of its own that becomes a dispute only when somebody registers it."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.domain import records
from mediation_desktop.domain.enquiries import EnquiryState
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import disputes, queries
from mediation_desktop.services.enquiries import enquiries, enquiry_ids, save_enquiry, source_note
from mediation_desktop.services.home import home
from mediation_desktop.services.office import switch_actor
from mediation_desktop.services.undo import undo

NINE = datetime(2026, 6, 19, 9)


@pytest.fixture
def village(desk):
    """Give the office people who quarrel."""
    return Village(desk)


@pytest.fixture
def ask(desk):
    """Keep an enquiry and return it as kept."""

    def keep(name="张福根", **values):
        values = {"at": NINE, "how": "visit", "said": "邻居的树倒在我屋上。"} | values
        made = records.Enquiry(id=desk.new_id(), name=name, **values)
        save_enquiry(desk, made)
        return enquiries(desk, [made.id])[0]

    return keep


def names(desk, **wanted):
    return [enquiry.name for enquiry in enquiries(desk, enquiry_ids(desk, **wanted))]


def register(desk, village, enquiry):
    dispute = records.Dispute(
        id=desk.new_id(),
        number="",
        type_code="neighbour",
        source_code="application",
        grade_code="simple",
        committee_id=village.view.committee.id,
        registered_on=TODAY,
        summary=enquiry.said,
    )
    return disputes.register_dispute(desk, dispute, enquiry=enquiry)


def test_who_sits_at_the_desk_received_it(desk, ask):
    assert ask().taken_by == "汪承平"
    other = records.Enquiry(id=desk.new_id(), at=NINE, name="李木水", said="问补贴。")
    save_enquiry(switch_actor(desk, "周正明"), other)
    kept = enquiries(desk, [other.id])[0]
    assert kept.taken_by == "周正明"
    save_enquiry(desk, replace(kept, answer="到镇里问。"))
    assert enquiries(desk, [other.id])[0].taken_by == "周正明"


@pytest.mark.parametrize(("missing", "sentence"), [("name", "姓名"), ("said", "说了什么")])
def test_what_is_missing_is_said(desk, missing, sentence):
    enquiry = records.Enquiry(id=desk.new_id(), at=NINE, name="张福根", said="问界址。")
    with pytest.raises(UserError, match=sentence):
        save_enquiry(desk, replace(enquiry, **{missing: " "}))


def test_newest_first_found_by_any_word_and_by_state(desk, ask, village):
    ask("张福根", at=NINE - timedelta(hours=1), phone="13800001234")
    ask("李木水", at=NINE, village="石塔村", answer="告诉他先量地。")
    registered = ask("王大山", at=NINE - timedelta(days=1), said="排水沟被堵。")
    register(desk, village, registered)
    assert names(desk) == ["李木水", "张福根", "王大山"]
    assert names(desk, text="1380000") == ["张福根"]
    assert names(desk, text="石塔 量地") == ["李木水"]
    assert names(desk, text="100%") == []
    assert names(desk, state=EnquiryState.OPEN) == ["张福根"]
    assert names(desk, state=EnquiryState.ANSWERED) == ["李木水"]
    assert names(desk, state=EnquiryState.REGISTERED) == ["王大山"]


def test_nothing_is_counted_as_a_dispute_before_it_is_registered(desk, ask):
    for number in range(3):
        ask(f"来人{number}")
    assert queries.count_disputes(desk) == 0
    assert len(queries.find_disputes(desk, text="来人")) == 0
    assert queries.dispute_lines(desk) == ()
    first = home(desk)
    assert first.empty
    assert (first.unaccepted, first.overdue, first.near) == ((), (), ())


def test_an_enquiry_becomes_a_dispute_in_the_same_step_or_not_at_all(desk, ask, village):
    enquiry = ask()
    change = register(desk, village, enquiry)
    assert enquiries(desk, [enquiry.id])[0].became_id == change.dispute_id
    assert {"enquiry", "dispute"} <= change.kinds
    again = ask("李木水")
    with pytest.raises(UserError):
        disputes.register_dispute(
            desk,
            replace(queries.dossier(desk, change.dispute_id).dispute, id=desk.new_id(), grade_code="simple"),
            accept=True,
            enquiry=again,
        )
    assert enquiries(desk, [again.id])[0].became_id is None
    assert queries.count_disputes(desk) == 1


def test_an_enquiry_becomes_one_dispute_only(desk, ask, village):
    enquiry = ask()
    register(desk, village, enquiry)
    with pytest.raises(UserError, match="已经登记为纠纷"):
        register(desk, village, enquiries(desk, [enquiry.id])[0])
    assert queries.count_disputes(desk) == 1


def test_undoing_the_registration_gives_the_enquiry_back(desk, ask, village):
    enquiry = ask()
    change = register(desk, village, enquiry)
    undo(desk, change.change_id)
    assert names(desk, state=EnquiryState.OPEN) == ["张福根"]
    assert queries.count_disputes(desk) == 0


def test_the_dispute_says_where_it_came_from(desk, ask):
    assert source_note(desk, ask()) == "2026年6月19日 09:00 来访（张福根），汪承平接待"
    assert "来访来电" in source_note(desk, ask(how=""))


def test_enquiries_leave_in_no_bundle(sender):
    desk = sender.desk
    with desk.office_file.read() as reader:
        before = reader.recipients()
    save_enquiry(desk, records.Enquiry(id=desk.new_id(), at=NINE, name="张福根", said="问界址。"))
    with desk.office_file.read() as reader:
        assert reader.recipients() == before
