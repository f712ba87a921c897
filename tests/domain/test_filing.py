from datetime import date, datetime

import pytest
from builders import DISPUTE_ID, agreement, dispute, dossier, uid

from mediation_desktop.domain import filing, records
from mediation_desktop.domain.records import FiledItem, PaperState, SessionState
from mediation_desktop.services.codes import load_codes

WHEN = datetime(2026, 6, 19, 15, 30)


@pytest.fixture(scope="module")
def order():
    return load_codes().dossier_parts


def paper(number, form, subject_id=DISPUTE_ID, pages=1, state=PaperState.PRINTED):
    return records.IssuedPaper(
        id=uid(800 + number),
        dispute_id=DISPUTE_ID,
        subject_id=subject_id,
        form=form,
        form_version="1",
        printed_at=WHEN,
        copies=1,
        pages=pages,
        pdf_sha256="",
        docx_sha256="",
        state=state,
    )


def session(number, **changed):
    values = {
        "id": uid(600 + number),
        "dispute_id": DISPUTE_ID,
        "starts_at": WHEN.replace(day=19 + number),
        "state": SessionState.HELD,
    }
    return records.Session(**(values | changed))


def evidence(number, pages, kind="document"):
    return records.Evidence(
        id=uid(650 + number), dispute_id=DISPUTE_ID, kind=kind, name=f"证据{number}", pages=pages
    )


def told(order, **changed):
    lines = filing.contents(dossier(**changed), order)
    return [(line.name, line.page, line.sheets) for line in lines]


def item(form, sheets, subject_id=None, name="汇款单"):
    return FiledItem(
        id=uid(900), dispute_id=DISPUTE_ID, form=form, subject_id=subject_id, name=name, sheets=sheets
    )


def test_papers_stand_in_the_order_of_a_dossier_and_are_numbered_through(order):
    accord = agreement()
    papers = (
        paper(1, "followup", uid(700), pages=1),
        paper(2, "agreement", accord.id, pages=3),
        paper(3, "rights_notice"),
        paper(4, "registration", pages=2),
        paper(5, "cover"),
    )
    assert told(order, papers=papers, agreements=(accord,)) == [
        ("受理登记表", "1", 2),
        ("权利义务告知书", "3", 1),
        ("调解协议书", "4", 3),
        ("回访记录", "7", 1),
    ]


def test_the_last_item_tells_from_and_to(order):
    assert told(order, papers=(paper(1, "registration"), paper(2, "rights_notice", pages=3))) == [
        ("受理登记表", "1", 1),
        ("权利义务告知书", "2—4", 3),
    ]


def test_what_was_replaced_is_not_in_the_dossier(order):
    old = paper(1, "registration", pages=5, state=PaperState.REPLACED)
    assert told(order, papers=(old, paper(2, "registration"))) == [("受理登记表", "1", 1)]


def test_sheets_written_by_hand_are_counted_beside_the_printed_ones(order):
    sessions = (session(0, sheets=3), session(1, sheets=2))
    printed = paper(1, "mediation_record", sessions[1].id)
    assert told(order, sessions=sessions, papers=(printed,)) == [
        ("调解记录（2026年6月19日）", "1", 3),
        ("调解记录（2026年6月20日）", "4—6", 3),
    ]


def test_evidence_counts_its_pages_and_nobody_guesses_what_was_not_counted(order):
    accord = paper(2, "agreement", uid(300))
    assert told(order, evidence=(evidence(1, 2), evidence(2, None, "audio_video")), papers=(accord,)) == [
        ("证据材料", "1", 2),
        ("调解协议书", "3", 1),
    ]
    uncounted = {"evidence": (evidence(1, None),), "papers": (accord,)}
    assert told(order, **uncounted) == [("证据材料", "1", None), ("调解协议书", "", 1)]
    assert filing.sheets_of(filing.contents(dossier(**uncounted), order)) is None


def test_people_mend_a_count_leave_an_item_out_and_add_one(order):
    papers = (paper(1, "registration"), paper(2, "rights_notice"))
    said = (
        item("registration", 4, DISPUTE_ID, "受理登记表"),
        item("rights_notice", 0, DISPUTE_ID, "权利义务告知书"),
        item("performance", 2),
    )
    assert told(order, papers=papers, filed_items=said) == [
        ("受理登记表", "1", 4),
        ("汇款单", "5—6", 2),
    ]


def test_what_a_dossier_must_have_and_lacks_is_named(order):
    lacking = filing.absent(dossier(papers=(paper(1, "registration"),)), order)
    assert "权利义务告知书" in lacking
    assert "申请书或者受理登记表" not in lacking
    added = filing.absent(dossier(filed_items=(item("rights", 1, name="告知书原件"),)), order)
    assert "权利义务告知书" not in added


def test_the_statement_tells_what_is_missing_handwritten_and_kept_elsewhere(order):
    accepted = dispute(accepted_on=date(2026, 6, 19))
    remarks = filing.remarks(
        dossier(
            dispute=accepted, sessions=(session(0, sheets=3),), evidence=(evidence(1, None, "audio_video"),)
        ),
        order,
    )
    assert "本卷没有权利义务告知书。" in remarks
    assert "2026年6月19日的调解记录为手写，共3张，原件在卷。" in remarks
    assert "另行保存的录音、录像和电子数据：证据1。" in remarks
