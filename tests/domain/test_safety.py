"""Whom to tell, when to look again, and when the nine situations are to be asked about."""

from datetime import date, datetime

import pytest
from builders import DISPUTE_ID, dispute, dossier, party, uid

from mediation_desktop.domain import safety
from mediation_desktop.domain.records import MinorCheck, Risk, RiskReport, SealedRecord, SessionState

CRIME, OFFENCE = "可能引发刑事案件", "可能引发治安案件"


def risk(day, signal="", **more):
    return Risk(
        id=uid(800), dispute_id=DISPUTE_ID, on=date(2026, 6, day), level="二级", signal=signal, **more
    )


def report(day, told="东华派出所"):
    return RiskReport(id=uid(801), dispute_id=DISPUTE_ID, told=told, told_at=datetime(2026, 6, day, 10))


def check(*hits):
    return MinorCheck(id=uid(802), dispute_id=DISPUTE_ID, on=date(2026, 6, 19), by="", result="", hits=hits)


@pytest.mark.parametrize(
    ("risks", "reports", "owed"),
    [
        ([], [], ""),
        ([risk(19)], [], ""),
        ([risk(19, OFFENCE)], [], OFFENCE),
        ([risk(19, OFFENCE)], [report(19)], ""),
        ([risk(19, OFFENCE)], [report(19, "东华街道综治办")], OFFENCE),
        ([risk(19, OFFENCE)], [report(19, "东华街道综治办"), report(20, "110")], ""),
        ([risk(19, OFFENCE), risk(25)], [], OFFENCE),
        ([risk(19, OFFENCE), risk(25, OFFENCE)], [report(19)], ""),
        ([risk(19, OFFENCE), risk(25, CRIME)], [report(19)], CRIME),
        ([risk(19, OFFENCE), risk(25, CRIME)], [report(19), report(25)], ""),
    ],
)
def test_a_signal_is_owed_to_the_police_until_they_were_told(risks, reports, owed):
    assert safety.report_owed(risks, reports) == owed


def test_a_minor_party_or_a_tick_asks_for_the_nine_situations():
    assert not safety.minor_check_due(dossier())
    child = dossier(parties=(party(0, birth_date=date(2013, 4, 5)), party(1)))
    ticked = dossier(dispute=dispute(special_groups=("minor",)))
    for involved in (child, ticked):
        assert safety.minor_check_due(involved)
    assert not safety.minor_check_due(dossier(parties=child.parties, minor_checks=(check(),)))


def test_who_turned_eighteen_on_the_day_is_no_minor():
    grown = party(0, birth_date=date(2008, 6, 18))
    assert not safety.minor_involved(dossier(parties=(grown, party(1))))
    younger = party(0, birth_date=date(2008, 6, 19))
    assert safety.minor_involved(dossier(parties=(younger, party(1))))


def test_the_newest_check_decides():
    assert not safety.harm_suspected(())
    assert safety.harm_suspected((check(), check("wounds")))
    assert not safety.harm_suspected((check("wounds"), check()))


def test_a_hit_or_a_sign_of_violence_at_home_asks_for_the_sealed_report():
    sign = "有家庭暴力迹象"
    violent = risk(19, reason=f"酗酒后闹事；{sign}")
    sealed = SealedRecord(id=uid(803), dispute_id=DISPUTE_ID, kind=safety.MINOR_REPORT, sealed="")
    for found in (dossier(risks=(violent,)), dossier(minor_checks=(check("other"),))):
        assert safety.special_report_due(found, (sign,))
    assert not safety.special_report_due(dossier(risks=(violent,), sealed_records=(sealed,)), (sign,))
    assert not safety.special_report_due(dossier(risks=(risk(19, reason="没有家庭暴力"),)), (sign,))


def test_the_risk_is_looked_at_again_after_every_session_and_when_it_was_fixed():
    held = [(SessionState.HELD, date(2026, 6, 20)), (SessionState.PLANNED, date(2026, 6, 25))]
    assert safety.rejudge_on(held, ()) == date(2026, 6, 20)
    assert safety.rejudge_on(held, (risk(19),)) == date(2026, 6, 20)
    assert safety.rejudge_on(held, (risk(20),)) is None
    assert safety.rejudge_on(held, (risk(21, next_on=date(2026, 6, 28)),)) == date(2026, 6, 28)
    assert safety.rejudge_on((), ()) is None
