"""Papers of the office on a real office file: what they tell is what is kept, and what is secret stays so."""

import io
import zipfile
from datetime import date, datetime

import pytest
from desks import KEY, sample
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.ledger import Account
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.domain.special import MandatoryReport
from mediation_desktop.services import disputes, officepapers, queries, retention, special
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.codes import load_codes
from mediation_desktop.services.handover import handover_sheet
from mediation_desktop.services.ledger import ledger
from mediation_desktop.services.papers import preview
from mediation_desktop.services.subsidy import confirm_month, month_sheet
from mediation_desktop.storage.database import Database
from mediation_desktop.storage.office_file import DATABASE_NAME
from mediation_desktop.storage.tables import whole_schema
from mediation_desktop.system.clock import OFFICE_ZONE
from mediation_desktop.system.paths import resource

OWN = "自己的密码123"
REPORT = MandatoryReport(
    told_at=datetime(2026, 6, 19, 15, 42), unit="东华派出所", what="孩子身上有伤", reporter="吴阿婆"
)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def village(desk):
    return Village(desk)


def settled(desk, village, *names):
    """Enter a dispute settled by word of mouth, performed and closed."""
    dispute_id = village.dispute(*names, accepted_on=TODAY)
    village.agree_by_word(dispute_id)
    for step in (Action.AGREE, Action.TAKE_EFFECT, Action.PERFORM, Action.CLOSE):
        disputes.take_step(desk, dispute_id, step, TODAY)
    return dispute_id


# The register.


@pytest.fixture
def year(desk, new_id, clock):
    """Enter all samples, as they happened."""
    clock.set(datetime(2026, 12, 1, 9))
    for number in range(1, 9):
        enter(desk, sample(number, new_id))


@pytest.mark.usefixtures("year")
def test_the_register_has_a_line_for_every_dispute_of_the_period_in_order(desk):
    made = ledger(desk, *YEAR, Account.ACCEPTED)
    accepted = [line.accepted_on for line in made.lines]
    assert accepted == sorted(accepted)
    assert len(accepted) == 7  # of eight samples one was not accepted
    assert {"成功", "不成"} <= {line.result for line in made.lines}
    by_number = {line.number: line for line in made.lines}
    for line in made.lines:
        dossier = next(queries.dossier(desk, one) for one in queries.find_disputes(desk, text=line.number))
        assert line.parties == "、".join(party.name for party in dossier.parties)
        assert by_number[line.number].mediated_on == max(
            (one.starts_at.date() for one in dossier.sessions if one.state is records.SessionState.HELD),
            default=None,
        )


@pytest.mark.usefixtures("year")
def test_what_a_line_says_of_money_is_what_the_agreement_in_force_says(desk):
    for line in ledger(desk, *YEAR, Account.ACCEPTED).lines:
        dossier = queries.dossier(desk, queries.find_disputes(desk, text=line.number)[0])
        agreement = dossier.standing
        owed = [item.amount_fen or 0 for item in dossier.obligations if agreement and line.form]
        assert (line.amount_fen or 0) == sum(owed)


@pytest.mark.usefixtures("year")
def test_the_two_accounts_are_two_registers(desk):
    accepted = {line.number for line in ledger(desk, *YEAR, Account.ACCEPTED).lines}
    finished = {line.number for line in ledger(desk, *YEAR, Account.FINISHED).lines}
    assert finished != accepted
    assert any(line.result == "不予受理" for line in ledger(desk, *YEAR, Account.FINISHED).lines)


def test_a_period_is_its_first_and_its_last_day(desk, village):
    village.dispute("甲", "乙", accepted_on=TODAY)
    assert len(ledger(desk, TODAY, TODAY, Account.ACCEPTED).lines) == 1
    assert ledger(desk, date(2026, 6, 20), date(2026, 6, 30), Account.ACCEPTED).lines == ()
    with pytest.raises(UserError, match="之前"):
        ledger(desk, TODAY, date(2026, 6, 18), Account.ACCEPTED)


def test_more_disputes_than_are_read_at_once_are_all_there(desk, village, monkeypatch):
    monkeypatch.setattr("mediation_desktop.services.ledger._AT_ONCE", 2)
    for number in range(5):
        village.dispute(f"甲{number}", "乙", accepted_on=TODAY)
    made = ledger(desk, TODAY, TODAY, Account.ACCEPTED)
    assert [line.parties for line in made.lines] == [f"甲{number}、乙" for number in range(5)]


def test_the_register_names_no_number_phone_or_address(desk, village):
    village.dispute("甲", "乙", accepted_on=TODAY, phone="13900000099", id_number="330825196602020011")
    data = officepapers.office_preview(desk, "ledger", ledger(desk, *YEAR, Account.ACCEPTED))
    assert data.pdf.pages == 1
    sheet = zipfile.ZipFile(io.BytesIO(_saved(desk, "ledger", ledger(desk, *YEAR, Account.ACCEPTED))))
    everything = sheet.read("xl/sharedStrings.xml").decode()
    assert "甲、乙" in everything
    assert "13900000099" not in everything
    assert "330825196602020011" not in everything


def _saved(desk, form, subject, ending=".xlsx"):
    return officepapers.save_office_paper(
        desk, form, subject, desk.folder.parent / f"纸{ending}"
    ).read_bytes()


# Saving.


def test_a_paper_is_saved_as_what_its_name_ends_with(desk):
    made = ledger(desk, *YEAR, Account.ACCEPTED)
    assert _saved(desk, "ledger", made, ".pdf").startswith(b"%PDF")
    assert (
        "word/document.xml" in zipfile.ZipFile(io.BytesIO(_saved(desk, "ledger", made, ".docx"))).namelist()
    )
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(_saved(desk, "ledger", made))).namelist()
    with pytest.raises(UserError, match="只能存为"):
        officepapers.save_office_paper(desk, "ledger", made, desk.folder / "x.odt")


def test_a_hand_over_is_printed_in_three_copies_with_what_was_handed_over(desk, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    handed = records.Handover(
        id=desk.new_id(), on=TODAY, from_name="汪承平", to_name="周正明", dispute_ids=(dispute_id,)
    )
    with desk.office_file.change("汪承平", "移交") as work:
        work.add(handed)
    shown = officepapers.office_preview(desk, "handover", handover_sheet(desk, handed.id))
    assert (shown.title, shown.copies) == ("工作交接清单", 3)


def test_a_destroy_list_waits_for_approval_without_a_day_and_then_has_one(desk, village, clock):
    dispute_id = settled(desk, village, "甲", "乙")
    retention.archive(desk, dispute_id, TODAY, "short")
    clock.set(datetime(2037, 1, 5, 9))
    wanted = records.Destruction(
        id=desk.new_id(),
        on=date(2037, 1, 5),
        dispute_ids=(dispute_id,),
        first_name="汪承平",
        second_name="周正明",
    )
    proposed = retention.proposed_list(desk, wanted)
    assert proposed.on is None
    (one,) = proposed.dossiers
    assert (one.title, one.archived_on) == ("甲与乙", TODAY)
    assert one.kept_until is not None
    assert one.kept_until < wanted.on
    retention.destroy(desk, wanted)
    done = retention.destroy_list(desk, wanted)
    assert (done.on, done.dossiers) == (wanted.on, proposed.dossiers)
    with pytest.raises(UserError, match="还没有选"):
        retention.proposed_list(desk, replace(wanted, dispute_ids=()))


# Subsidies.


@pytest.fixture
def paying(desk):
    """Give an office whose own table sets amounts."""
    own = desk.folder / "codes"
    own.mkdir()
    shipped = resource("codes", "subsidy.toml").read_text(encoding="utf-8")
    shipped = shipped.replace('requires = ["session", "agreement"]', 'requires = ["agreement"]')
    (own / "subsidy.toml").write_text(shipped.replace("\nrequires", "\namount_fen = 3001\nrequires"), "utf-8")
    return replace(desk, codes=load_codes((own,)))


def test_the_assessment_says_the_same_before_and_after_it_is_confirmed(paying, village):
    dispute_id = settled(paying, village, "甲", "乙")
    before = preview(paying, dispute_id, "subsidy_case")
    assert before.blank == ()
    confirm_month(paying, "2026-06", [dispute_id])
    after = preview(paying, dispute_id, "subsidy_case")
    assert after.blank == ()
    (line,) = month_sheet(paying, "2026-06").confirmed
    assert line.amount_fen == 3001
    assert after.pdf.pages == before.pdf.pages == 1


def test_only_a_dispute_closed_with_an_agreement_has_an_assessment(desk, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    with pytest.raises(UserError, match="补贴认定表"):
        preview(desk, dispute_id, "subsidy_case")
    with pytest.raises(UserError, match="案件登记单"):
        preview(desk, dispute_id, "case_slip")
    over = settled(desk, village, "丙", "丁")
    assert preview(desk, over, "case_slip").pdf.pages == 1


# Mandatory reports.


@pytest.fixture
def opened(desk, new_id, clock):
    """Give a dispute with a report, and the report as somebody opened it."""
    clock.set(datetime(2026, 6, 19, 15, 47, 33))
    dispute_id = enter(desk, sample(8, new_id))
    special.set_personal_password(desk, OWN)
    special.keep_special(desk, dispute_id, REPORT)
    (record,) = queries.dossier(desk, dispute_id).sealed_records
    return dispute_id, record, special.open_special(desk, record, OWN)


def shown(desk, opened):
    dispute_id, _record, report = opened
    return special.report_sheet(desk, dispute_id, report)


def test_the_report_sheet_is_never_a_file(desk, opened):
    sheet = shown(desk, opened)
    assert officepapers.office_preview(desk, "minor_report", sheet).pdf.pages == 1
    for ending in (".pdf", ".docx", ".xlsx"):
        target = desk.folder.parent / f"表{ending}"
        with pytest.raises(UserError, match="只能打印"):
            officepapers.save_office_paper(desk, "minor_report", sheet, target)
        assert not target.exists()


def test_looking_at_and_printing_the_report_leaves_no_word_of_it_anywhere(desk, opened, tmp_path):
    """The office password opens the database: whatever lies in it is read here, row by row."""
    dispute_id, record, report = opened
    before = queries.dossier(desk, dispute_id).papers
    officepapers.office_preview(desk, "minor_report", shown(desk, opened))
    special.note_printing(desk, record, report, 2)
    assert queries.dossier(desk, dispute_id).papers == before
    desk.office_file.close()
    database = Database(tmp_path / "office" / DATABASE_NAME, KEY)
    with database.reading() as connection:
        rows = [row for table in whole_schema().sorted_tables for row in connection.execute(table.select())]
    database.close()
    everything = "".join(map(str, rows))
    for secret in ("吴阿婆", "孩子身上有伤", "东华派出所"):
        assert secret not in everything
    for file in (one for one in tmp_path.rglob("*") if one.is_file()):
        data = file.read_bytes()
        assert "孩子身上有伤".encode() not in data
        assert not data.startswith(b"%PDF")


def test_a_printing_is_told_by_its_day_and_by_nobodys_name(desk, opened):
    dispute_id, record, report = opened
    before = {line.id for line in queries.history(desk, dispute_id)}
    special.note_printing(replace(desk, actor="周正明"), record, report, 2)
    lines = [line for line in queries.history(desk, dispute_id) if line.id not in before]
    assert {(line.actor, line.action) for line in lines} == {("保密", "打印专门登记")}
    assert {line.at for line in lines} == {datetime(2026, 6, 19, tzinfo=OFFICE_ZONE)}
    assert "周正明" not in str(lines)


def test_who_printed_it_is_sealed_with_the_report(desk, opened):
    dispute_id, record, report = opened
    special.note_printing(desk, record, report, 2)
    (record,) = queries.dossier(desk, dispute_id).sealed_records
    again = special.open_special(desk, record, OWN)
    (printing,) = again.printings
    assert (printing.by, printing.copies, printing.at) == ("汪承平", 2, datetime(2026, 6, 19, 15, 47, 33))
    assert replace(again, printings=()) == report
