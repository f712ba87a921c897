"""Keep and destroy by rule, on a real office file."""

from datetime import date, datetime

import pytest
from village import TODAY, Village

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services import disputes, queries, retention
from mediation_desktop.services.home import home

LATER = date(2037, 1, 5)


@pytest.fixture
def village(desk):
    return Village(desk)


@pytest.fixture
def archived(desk, village):
    """Give one dossier of each 保管期限, archived on the tests' day, and one without."""
    found = {}
    for code in ("permanent", "long", "short", ""):
        dispute_id = village.dispute(f"甲{code}", "乙", accepted_on=TODAY)
        disputes.take_step(desk, dispute_id, Action.WITHDRAW, TODAY, reason="自行和好")
        disputes.take_step(desk, dispute_id, Action.CLOSE, TODAY)
        if code:
            retention.archive(desk, dispute_id, TODAY, code)
        else:
            disputes.take_step(desk, dispute_id, Action.ARCHIVE, TODAY)
        found[code] = dispute_id
    return found


def destruction(desk, *dispute_ids, **changed):
    values = {"on": LATER, "first_name": "汪承平", "second_name": "周正明"}
    return records.Destruction(id=desk.new_id(), dispute_ids=dispute_ids, **(values | changed))


def past(desk):
    return [one.line.id for one in retention.shelf(desk).past]


def test_archiving_sets_the_class_and_it_can_be_changed(desk, archived):
    kept = queries.dossier(desk, archived["short"]).dispute
    assert (kept.state, kept.retention_code, kept.archived_on) == ("archived", "short", TODAY)
    retention.set_retention(desk, archived["short"], "long")
    assert queries.dossier(desk, archived["short"]).dispute.retention_code == "long"
    with pytest.raises(UserError, match="代码表"):
        retention.set_retention(desk, archived["short"], "nonsense")


def test_only_what_is_past_its_time_is_listed_and_only_reminded_of(desk, archived, clock):
    clock.set(datetime(2036, 6, 19, 9))
    assert past(desk) == []
    assert home(desk).office == ()
    clock.advance(days=1)
    assert past(desk) == [archived["short"]]
    assert [one.place for one in home(desk).office] == ["destruction"]
    clock.set(datetime(2126, 1, 1, 9))
    assert past(desk) == [archived["long"], archived["short"]]
    assert [one.line.id for one in retention.shelf(desk).unset] == [archived[""]]
    assert queries.dossier(desk, archived["permanent"]).destructions == ()


def test_two_people_destroy_and_the_dispute_says_so(desk, archived, clock):
    clock.set(datetime(2037, 1, 5, 9))
    done = destruction(desk, archived["short"], note="送县造纸厂")
    retention.destroy(desk, done)
    assert past(desk) == []
    dossier = queries.dossier(desk, archived["short"])
    assert [one.on for one in dossier.destructions] == [LATER]
    assert dossier.parties
    (sheet,) = retention.destruction_sheets(desk)
    assert [line.id for line in sheet.disputes] == [archived["short"]]
    assert (sheet.destruction.first_name, sheet.destruction.second_name) == ("汪承平", "周正明")
    with pytest.raises(UserError, match="没有到期"):
        retention.destroy(desk, destruction(desk, archived["short"]))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"second_name": "汪承平"}, "同一个人"),
        ({"second_name": ""}, "两个人"),
        ({"on": date(2037, 1, 6)}, "还没有到"),
        ({"on": date(2036, 6, 19)}, "没有到期"),
    ],
)
def test_one_person_or_a_wrong_day_destroys_nothing(desk, archived, clock, changed, sentence):
    clock.set(datetime(2037, 1, 5, 9))
    with pytest.raises(UserError, match=sentence):
        retention.destroy(desk, destruction(desk, archived["short"], **changed))
    assert past(desk) == [archived["short"]]


@pytest.mark.parametrize("code", ["permanent", "long", ""])
def test_a_dossier_that_is_to_be_kept_cannot_be_destroyed(desk, archived, clock, code):
    clock.set(datetime(2037, 1, 5, 9))
    with pytest.raises(UserError, match="没有到期"):
        retention.destroy(desk, destruction(desk, archived["short"], archived[code]))
    with pytest.raises(UserError, match="还没有选"):
        retention.destroy(desk, destruction(desk))
    assert retention.destruction_sheets(desk) == ()
