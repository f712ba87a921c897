"""What the first screen is told."""

from datetime import date, datetime, timedelta

import pytest
from desks import sample
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.domain import records
from mediation_desktop.services import disputes, drafts, papers, queries, sessions
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.home import home


@pytest.fixture
def village(desk):
    return Village(desk)


def ago(days):
    return TODAY - timedelta(days=days)


def titles(lines):
    return [line.title for line in lines]


def test_an_office_without_disputes_is_empty(desk):
    found = home(desk)
    assert found.empty
    assert found.day == TODAY
    assert {found.overdue, found.near, found.sessions, found.due, found.outbox, found.drafts} == {()}


def test_late_and_near_disputes_the_most_pressing_first(desk, village):
    """简易 may take three days."""
    village.dispute("甲", "乙", accepted_on=ago(4))
    village.dispute("丙", "丁", accepted_on=ago(9))
    village.dispute("戊", "己", accepted_on=ago(2))
    village.dispute("庚", "辛", accepted_on=ago(3))
    village.dispute("壬", "癸", accepted_on=ago(1))
    village.dispute("子", "丑")
    found = home(desk)
    assert titles(found.unaccepted) == ["子与丑"]
    assert titles(found.overdue) == ["丙与丁", "甲与乙"]
    assert [line.deadline.days_left for line in found.overdue] == [-6, -1]
    assert titles(found.near) == ["庚与辛", "戊与己"]
    assert not found.empty


def test_an_old_late_dispute_is_found_among_any_number_of_newer_ones(desk, village):
    village.dispute("甲", "乙", accepted_on=ago(300))
    with desk.office_file.change("汪承平", "登记纠纷") as work:
        (old,) = work.find(records.Dispute)
        for number in range(250):
            new = replace(
                old,
                id=desk.new_id(),
                revision=None,
                number=f"新{number}",
                accepted_on=TODAY,
                registered_on=TODAY,
            )
            work.add(new)
    assert titles(home(desk).overdue) == ["甲与乙"]


def test_this_weeks_planned_sessions_and_those_never_recorded(desk, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    for day in (ago(40), ago(10), TODAY, date(2026, 6, 21), date(2026, 6, 22)):
        village.session(dispute_id, datetime.combine(day, datetime.min.time()).replace(hour=10))
    held = village.session(dispute_id, datetime(2026, 6, 19, 15))
    sessions.record_session(desk, replace(held, result="达成协议"))
    called_off = village.session(dispute_id, datetime(2026, 6, 20, 15))
    sessions.cancel_session(desk, called_off)
    days = [line.session.starts_at.date() for line in home(desk).sessions]
    assert days == [ago(10), TODAY, date(2026, 6, 21)]


def test_sessions_name_their_clash(desk, village):
    first = village.session(village.dispute("甲", "乙", accepted_on=TODAY), datetime(2026, 6, 19, 14))
    village.session(
        village.dispute("丙", "丁", accepted_on=TODAY), datetime(2026, 6, 19, 14, 30), mediator="周正明"
    )
    lines = home(desk).sessions
    assert [[clash.other.id for clash in line.clashes] for line in lines] == [
        [lines[1].session.id],
        [first.id],
    ]
    assert [line.mediators for line in lines] == ["汪承平", "周正明"]


def test_papers_wait_for_signature_then_seal_then_receipt(desk, clock, new_id):
    clock.set(datetime(2026, 7, 1, 9))
    case = sample(1, new_id, desk.codes)
    dispute_id = enter(desk, replace(case, signing=None))
    paper = queries.dossier(desk, dispute_id).papers[-1]

    def waiting():
        found = home(desk)
        return tuple(len(lines) for lines in (found.unsigned, found.unsealed, found.undelivered))

    assert waiting() == (1, 0, 0)
    assert titles(home(desk).unsigned) == [queries.dossier(desk, dispute_id).title]
    papers.record_signatures(desk, paper.id, case.signing.signatures, case.signing.party_seals)
    assert waiting() == (0, 1, 0)
    papers.record_seal(desk, paper.id, case.signing.sealed_on)
    assert waiting() == (0, 0, 1)


def test_what_is_owed_within_seven_days_until_it_is_paid(desk, clock, new_id):
    clock.set(datetime(2026, 7, 1, 9))
    case = sample(1, new_id, desk.codes)
    dispute_id = enter(desk, replace(case, dossier=replace(case.dossier, payments=())))
    owed = next(item for item in queries.dossier(desk, dispute_id).obligations if item.amount_fen)
    last = owed.due_on or owed.instalments[-1].due_on
    clock.set(datetime.combine(last - timedelta(days=7), datetime.min.time()))
    lines = [line for line in home(desk).due if line.due.obligation.id == owed.id]
    assert lines
    assert lines[-1].debtor in lines[-1].title
    paid = records.Payment(
        id=new_id(),
        dispute_id=dispute_id,
        debtor_id=owed.debtor_id,
        creditor_id=owed.creditor_id,
        amount_fen=owed.amount_fen,
        on=last,
    )
    disputes.save_records(desk, "登记履行", paid)
    assert not [line for line in home(desk).due if line.due.obligation.id == owed.id]


def test_drafts_are_offered_the_newest_first(desk, clock):
    drafts.keep_draft(desk, "register", {"a": "b"})
    clock.advance(minutes=1)
    drafts.keep_draft(desk, "dispute/x/record", {"a": "b"})
    assert [draft.key for draft in home(desk).drafts] == ["dispute/x/record", "register"]


def test_a_list_keeps_what_it_found_while_others_register(desk, village):
    village.dispute("甲", "乙")
    village.dispute("丙", "丁")
    found = queries.find_disputes(desk)
    village.dispute("戊", "己")
    assert titles(queries.lines_of(desk, found)) == ["丙与丁", "甲与乙"]
    assert titles(queries.lines_of(desk, found[::-1])) == ["甲与乙", "丙与丁"]


def test_a_title_names_one_of_each_side(desk, village):
    village.dispute("甲", "乙", "丙")
    (line,) = queries.dispute_lines(desk)
    assert (line.title, line.parties) == ("甲与乙等", "甲、乙、丙")
