"""Risk, reports and minors, kept and followed up."""

from datetime import date, datetime, timedelta

import pytest
from desks import sample
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.domain.special import MandatoryReport
from mediation_desktop.services import disputes, queries, safety, sessions, special, transfer
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.home import home


@pytest.fixture
def village(desk):
    return Village(desk)


def risk(desk, dispute_id, **more):
    return records.Risk(id=desk.new_id(), dispute_id=dispute_id, on=TODAY, level="二级", **more)


def report(desk, dispute_id, told="东华派出所"):
    return records.RiskReport(
        id=desk.new_id(), dispute_id=dispute_id, told=told, told_at=datetime(2026, 6, 19, 8)
    )


def unreported(desk):
    return [line.what for line in home(desk).after.unreported]


def test_a_signal_stands_on_the_first_screen_until_the_police_were_told(desk, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    safety.judge_risk(desk, risk(desk, dispute_id, signal="可能引发刑事案件"))
    assert unreported(desk) == ["尚未报告公安机关：可能引发刑事案件"]
    safety.report_to_police(desk, report(desk, dispute_id, told="东华街道办事处"))
    assert len(unreported(desk)) == 1
    safety.report_to_police(desk, report(desk, dispute_id))
    assert unreported(desk) == []


def test_an_export_to_the_county_is_no_report(sender):
    safety.judge_risk(sender.desk, risk(sender.desk, sender.dispute_id, signal="可能引发治安案件"))
    transfer.export_bundle(sender.desk, transfer.ExportChoice("county", sender.stick, ()))
    assert unreported(sender.desk) == ["尚未报告公安机关：可能引发治安案件"]


def test_a_report_is_not_entered_before_it_was_made(desk, village):
    dispute_id = village.dispute("甲", "乙")
    early = replace(report(desk, dispute_id), told_at=datetime(2026, 6, 19, 9, 1))
    with pytest.raises(UserError, match="还没有到"):
        safety.report_to_police(desk, early)
    with pytest.raises(UserError, match="今天之后"):
        safety.judge_risk(desk, replace(risk(desk, dispute_id), on=TODAY + timedelta(days=1)))
    with pytest.raises(UserError, match="不在这次之后"):
        safety.judge_risk(desk, risk(desk, dispute_id, next_on=TODAY))


def test_a_hit_is_a_stop_for_every_way_into_mediation(desk, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    planned = village.session(dispute_id, datetime(2026, 6, 19, 14))
    safety.check_minors(desk, dispute_id, ("wounds",), "汪承平")
    with pytest.raises(UserError, match="不能调解"):
        village.session(dispute_id, datetime(2026, 6, 20, 14))
    with pytest.raises(UserError, match="不能调解"):
        sessions.record_session(desk, replace(planned, result="达成协议"))
    with pytest.raises(UserError, match="110"):
        disputes.take_step(desk, dispute_id, Action.INVESTIGATE, TODAY)
    assert unreported(desk) == ["先打110报警，再补登记"]
    special.set_personal_password(desk, "自己的密码123")
    content = MandatoryReport(told_at=datetime(2026, 6, 19, 8), unit="110", what="有伤")
    special.keep_special(desk, dispute_id, content)
    assert unreported(desk) == []
    with pytest.raises(UserError, match="不能调解"):
        village.session(dispute_id, datetime(2026, 6, 20, 14))


def test_a_later_check_without_hits_opens_the_way_again_even_on_the_same_day(desk, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    for hits in ((), ("wounds",), ()):
        safety.check_minors(desk, dispute_id, hits, "汪承平")
        stopped = bool(queries.dossier(desk, dispute_id).minor_checks[-1].hits)
        assert stopped is bool(hits)
    village.session(dispute_id, datetime(2026, 6, 20, 14))


def test_who_found_a_hit_is_named_nowhere(desk, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    safety.check_minors(desk, dispute_id, ("wounds",), "汪承平")
    (check,) = queries.dossier(desk, dispute_id).minor_checks
    line = queries.history(desk, dispute_id)[-1]
    assert (check.by, line.actor, line.kind) == ("", "保密", "minor_check")
    assert line.at == check.created_at
    assert (check.created_at.hour, check.created_at.minute) == (16, 0)  # midnight in China


def test_whoever_asks_about_the_nine_situations_says_that_a_minor_is_involved(desk, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    safety.check_minors(desk, dispute_id, (), "汪承平")
    found = queries.dossier(desk, dispute_id)
    assert found.dispute.special_groups == ("minor",)
    assert found.minor_checks[0].by == "汪承平"


def test_a_sign_of_violence_at_home_asks_for_the_sealed_report(desk, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    safety.judge_risk(desk, risk(desk, dispute_id, reason="有家庭暴力迹象"))
    assert unreported(desk) == ["先打110报警，再补登记"]


def test_the_risk_is_to_be_looked_at_again_after_a_session(desk, village, clock):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    held = village.session(dispute_id, datetime(2026, 6, 19, 8))
    assert home(desk).after.rejudge == ()
    sessions.record_session(desk, replace(held, result="未达成"))
    (line,) = home(desk).after.rejudge
    assert (line.dispute_id, line.on, line.what) == (dispute_id, TODAY, "还没有判过")
    safety.judge_risk(desk, risk(desk, dispute_id, next_on=date(2026, 6, 22)))
    assert home(desk).after.rejudge == ()
    clock.set(datetime(2026, 6, 22, 9))
    (line,) = home(desk).after.rejudge
    assert line.what == "上次判为二级"


def test_the_sample_with_a_child_needs_no_report(desk, new_id, clock):
    clock.advance(days=150)
    enter(desk, sample(3, new_id))
    assert unreported(desk) == []
