from datetime import date

import pytest
from desks import CASES, sample
from helpers import IdCounter
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain import records
from mediation_desktop.domain.checks import agreement_findings, faults
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import queries
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.casefiles.reader import read_case
from mediation_desktop.services.codes import load_codes
from mediation_desktop.system.paths import forms_folder

CODES = load_codes()
FIRST = (CASES / "case1-tree-on-roof.toml").read_text(encoding="utf-8")


def _read(text):
    return read_case(text, CODES, IdCounter())


@pytest.mark.parametrize("path", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_sample_dispute_is_read(path):
    dossier = _read(path.read_text(encoding="utf-8")).dossier
    assert dossier.parties
    assert dossier.dispute.summary
    agreement = dossier.agreement
    if agreement and agreement.form is records.AgreementForm.WRITTEN:
        assert faults(agreement_findings(dossier, agreement, CODES.wording)) == []


def test_nothing_of_a_dispute_file_is_lost(new_id):
    case = sample(3, new_id)
    dossier = case.dossier
    child, driver = dossier.parties
    assert (child.name, child.birth_date, child.guardian.name) == ("方子睿", date(2013, 4, 5), "祝彩芬")
    assert driver.agents[0].power is records.AgentPower.SPECIAL
    assert len(driver.agents[0].scope) == 4
    assert dossier.agreement.amounts.due_fen == 1748435
    assert dossier.agreement.amounts.items[0].amount_fen == 1532050
    assert dossier.sessions[0].next_on == date(2026, 6, 2)
    assert dossier.sessions[0].lines[0].speaker_id == child.id
    assert dossier.invited[0].role == "詹家镇交警中队民警"
    assert dossier.minor_checks[0].by == "祝国良"
    assert case.signing.sealed_on == date(2026, 6, 2)
    assert {item.party_id for item in case.signing.signatures} == {child.id, driver.id, None}


def test_instalments_seals_and_referral_are_kept(new_id):
    case = sample(2, new_id)
    assert [len(item.instalments) for item in case.dossier.obligations] == [4, 4, 4]
    assert case.signing.party_seals[0].on == date(2026, 6, 30)
    assert case.dossier.dispute.referral_number == "警调转〔2026〕27号"
    assert CODES.sources.entry(case.dossier.dispute.source_code).part == "公安机关"


def test_sessions_to_come_investigations_phones_and_visits_are_read():
    read = {
        name: _read((forms_folder() / name / "sample.toml").read_text(encoding="utf-8")).dossier
        for name in ("session_notice", "investigation_record", "followup")
    }
    (session,) = read["session_notice"].sessions
    assert (session.state, session.public) == (records.SessionState.PLANNED, False)
    assert [guest.id for guest in read["session_notice"].invited] == list(session.invited_ids)
    assert read["session_notice"].mediators[0].phone == "13900000088"
    (asked,) = read["investigation_record"].investigations
    assert (asked.asked, len(asked.questions)) == ("童有才", 2)
    (visit,) = read["followup"].followups
    assert visit.party_id == read["followup"].parties[0].id
    assert visit.performance == "全部履行"


def test_a_session_still_to_come_is_entered_as_planned(desk, new_id):
    text = (forms_folder() / "session_notice" / "sample.toml").read_text(encoding="utf-8")
    dispute_id = enter(desk, read_case(text, desk.codes, new_id))
    (session,) = queries.dossier(desk, dispute_id).sessions
    assert session.state is records.SessionState.PLANNED


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('type = "邻里"', 'type = "邻里', "第8行"),
        ('type = "邻里"', 'type = "打架"', "打架"),
        ('grade = "简易"', "grade = 3", "dispute.grade"),
        ('place = "石塔巷"', 'plaze = "石塔巷"', "plaze"),
        ('name = "张福根"', "", "party"),
        ('debtor = "b1"', 'debtor = "b9"', "b9"),
        ("accepted_on = 2026-06-19", "", "受理日期"),
        ("amount_fen = 80000", "amount_fen = -80000", "amount_fen"),
        ("amount_fen = 80000", "amount_fen = 99999999999999999999999", "amount_fen"),
        ("at = 2026-06-19T15:30:00", "at = 2026-06-19T15:30:00+08:00", "at"),
        ('id = "b1"', 'id = "a1"', "都是“a1”"),
        ("amount_fen = 80000", "amount_fen = " + "9" * 5000, "数太长"),
        ("requests = [", "requests = " + "[" * 3000, "括号"),
    ],
)
def test_a_wrong_dispute_file_says_where_and_what(old, new, words):
    assert old in FIRST
    with pytest.raises(UserError, match=words) as caught:
        _read(FIRST.replace(old, new, 1))
    assert caught.value.advice


@given(st.integers(0, len(FIRST)))
def test_a_cut_off_file_is_refused_or_read_and_never_crashes(length):
    try:
        _read(FIRST[:length])
    except UserError as error:
        assert error.advice  # noqa: PT017 - some prefixes are whole files
