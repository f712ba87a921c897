"""以案定补 on a real office file; the amounts are the office's own."""

from datetime import date, datetime

import pytest
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.domain.dates import printed_month
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services import disputes, queries, sessions, subsidy
from mediation_desktop.services.codes import load_codes
from mediation_desktop.services.home import home
from mediation_desktop.services.roster import mediator_view
from mediation_desktop.system.paths import resource

MONTH = "2026-06"


@pytest.fixture
def desk(desk):
    """Give an office whose own table sets 30 yuan for each rate, to be shared."""
    own = desk.folder / "codes"
    own.mkdir()
    shipped = resource("codes", "subsidy.toml").read_text(encoding="utf-8")
    lines = 'amount_fen = 3001\nsplit = "equal"\nrequires = ['
    (own / "subsidy.toml").write_text(shipped.replace("\nrequires = [", f"\n{lines}"), "utf-8")
    return replace(desk, codes=load_codes((own,)))


@pytest.fixture
def village(desk):
    return Village(desk)


def settle(desk, village, *names, on=TODAY, performed=True):
    """Enter a dispute with an oral agreement, performed and closed."""
    dispute_id = village.dispute(*names, accepted_on=TODAY)
    session = village.session(dispute_id, datetime(2026, 6, 19, 15))
    sessions.record_session(desk, replace(session, result="达成协议"))
    village.agree_by_word(dispute_id)
    steps = [Action.AGREE, Action.TAKE_EFFECT, Action.PERFORM if performed else Action.DEFAULT, Action.CLOSE]
    for step in steps:
        disputes.take_step(desk, dispute_id, step, on, reason="到期未付")
    return dispute_id


def test_a_month_says_of_every_closed_dispute_whether_it_counts_and_why(desk, village):
    counts = settle(desk, village, "甲", "乙")
    unperformed = settle(desk, village, "丙", "丁", performed=False)
    withdrawn = village.dispute("戊", "己", accepted_on=TODAY)
    disputes.take_step(desk, withdrawn, Action.WITHDRAW, TODAY, reason="自行和好")
    disputes.take_step(desk, withdrawn, Action.CLOSE, TODAY)
    village.dispute("庚", "辛", accepted_on=TODAY)
    settle(desk, village, "壬", "癸", on=date(2026, 7, 1))
    lines = {line.dispute_id: line for line in subsidy.month_sheet(desk, MONTH).lines}
    assert lines.keys() == {counts, unperformed, withdrawn}
    assert lines[counts].proposed
    assert lines[counts].amount_fen == 3001
    assert lines[unperformed].lacks == ("没有履行完毕",)
    assert lines[withdrawn].lacks == ("没有生效的协议",)


def test_the_same_dispute_is_never_paid_twice_even_after_reopening(desk, village, clock):
    dispute_id = settle(desk, village, "甲", "乙")
    subsidy.confirm_month(desk, MONTH, [dispute_id, dispute_id])
    with pytest.raises(UserError, match="已经计入"):
        subsidy.confirm_month(desk, MONTH, [dispute_id])
    clock.set(datetime(2026, 7, 20, 9))
    day = date(2026, 7, 20)
    disputes.take_step(desk, dispute_id, Action.REOPEN, day, reason="又起争执")
    for step in (Action.PERFORM, Action.CLOSE):
        disputes.take_step(desk, dispute_id, step, day)
    (line,) = subsidy.month_sheet(desk, "2026-07").lines
    assert line.lacks == ("已计入2026-06的补贴",)
    with pytest.raises(UserError):
        subsidy.confirm_month(desk, "2026-07", [dispute_id])
    (kept,) = queries.dossier(desk, dispute_id).subsidies
    assert (kept.amount_fen, kept.month, kept.rule) == (3001, MONTH, "simple_oral")
    assert subsidy.month_sheet(desk, MONTH).confirmed


def test_several_mediators_share_to_the_fen_and_the_sheet_adds_up(desk, village):
    shared, single = settle(desk, village, "甲", "乙"), settle(desk, village, "丙", "丁")
    both = tuple(village.mediators.values())
    disputes.save_dispute(desk, replace(queries.dossier(desk, shared).dispute, mediator_ids=both))
    subsidy.confirm_month(desk, MONTH, [shared, single])
    sheet = subsidy.month_sheet(desk, MONTH)
    people = subsidy.mediator_sheets(sheet)
    assert [(one.name, len(one.rows), one.total_fen) for one in people] == [
        ("汪承平", 2, 1501 + 3001),
        ("周正明", 1, 1500),
    ]
    last = subsidy.subsidy_listing(desk, sheet).text.split("\n")[-1]
    assert last == "合计\t\t2件\t\t\t60.02"
    assert mediator_view(desk, both[0]).subsidies == ((MONTH, 4502),)


def test_what_was_confirmed_by_mistake_is_taken_back_and_counts_anew(desk, village):
    dispute_id = settle(desk, village, "甲", "乙")
    subsidy.confirm_month(desk, MONTH, [dispute_id])
    subsidy.take_back(desk, dispute_id, "登记有误")
    assert subsidy.month_sheet(desk, MONTH).lines[0].proposed
    assert "撤回补贴" in {line.action for line in queries.history(desk, dispute_id)}


def test_nothing_chosen_and_what_does_not_count_are_refused(desk, village):
    counts, other = settle(desk, village, "甲", "乙"), settle(desk, village, "丙", "丁", performed=False)
    for chosen in ((), (counts, other)):
        with pytest.raises(UserError):
            subsidy.confirm_month(desk, MONTH, chosen)
    assert subsidy.month_sheet(desk, MONTH).confirmed == ()


def test_last_months_subsidy_is_on_the_first_screen_until_it_is_confirmed(desk, village, clock):
    dispute_id = settle(desk, village, "甲", "乙")
    assert home(desk).office == ()
    clock.set(datetime(2026, 7, 1, 9))
    assert [one.text for one in home(desk).office] == ["2026年6月的补贴还没有确认"]
    shipped = replace(desk, codes=load_codes())
    assert home(shipped).office == ()
    subsidy.confirm_month(desk, MONTH, [dispute_id])
    assert home(desk).office == ()


def test_months_are_counted_back_over_the_new_year():
    assert subsidy.month_before("2026-01") == "2025-12"
    assert subsidy.month_before("2026-12") == "2026-11"
    assert subsidy.month_of(date(2026, 3, 5)) == "2026-03"
    assert printed_month("2026-03") == "2026年3月"
