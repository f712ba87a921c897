"""The closing report is made of the records, and says what the dossier lacks."""

from datetime import date, datetime

from builders import DISPUTE_ID, agreement, dispute, dossier, obligation, uid
from msgspec.structs import replace

from mediation_desktop.domain import closing, records
from mediation_desktop.domain.records import DisputeState

HELD = records.Session(
    id=uid(610),
    dispute_id=DISPUTE_ID,
    starts_at=datetime(2026, 6, 19, 15, 30),
    state=records.SessionState.HELD,
    result="达成协议",
)
VISIT = records.FollowUp(id=uid(700), dispute_id=DISPUTE_ID, on=date(2026, 7, 2), result="双方满意。")
PAID = records.Payment(
    id=uid(900),
    dispute_id=DISPUTE_ID,
    debtor_id=uid(201),
    creditor_id=uid(200),
    amount_fen=80000,
    on=date(2026, 6, 24),
    proof="收条一张",
)
ORAL = agreement(number="口1", form=records.AgreementForm.ORAL, agreed_on=date(2026, 6, 19))


def settled(state=DisputeState.PERFORMED, **parts):
    whole = {
        "dispute": dispute(state=state, accepted_on=date(2026, 6, 19)),
        "sessions": (HELD,),
        "agreements": (ORAL,),
        "obligations": (obligation(),),
        "payments": (PAID,),
        "followups": (VISIT,),
    }
    return dossier(**(whole | parts))


def test_a_whole_dossier_lacks_nothing():
    assert closing.warnings(settled()) == []
    assert closing.result_code(settled()) == "performed"


def test_everything_missing_is_named():
    lacking = settled(sessions=(), followups=(), payments=(replace(PAID, amount_fen=1, proof=""),))
    told = "".join(closing.warnings(lacking))
    for words in ("没有一次调解记录", "没有回访记录", "李木水付张福根800.00元", "1笔付款没有写收条"):
        assert words in told


def test_an_end_without_agreement_wants_its_notice_printed():
    ended = settled(DisputeState.TERMINATED, agreements=(), obligations=(), payments=())
    assert closing.warnings(ended) == ["终止告知还没有打印交给当事人。"]
    paper = records.IssuedPaper(
        id=uid(950),
        dispute_id=DISPUTE_ID,
        subject_id=DISPUTE_ID,
        form="termination",
        form_version="1",
        printed_at=datetime(2026, 6, 30, 9),
        copies=3,
        pages=1,
        pdf_sha256="",
        docx_sha256="",
    )
    assert closing.warnings(replace(ended, papers=(paper,))) == []
    assert closing.result_code(ended) == "failed"


def test_what_the_police_were_not_told_is_named():
    risk = records.Risk(id=uid(800), dispute_id=DISPUTE_ID, level="一级", signal="可能引发刑事案件")
    assert "还没有报告公安机关" in closing.warnings(settled(risks=(risk,)))[0]


def test_a_long_list_of_open_things_is_cut():
    many = tuple(obligation(place, amount_fen=100000) for place in range(6))
    told = closing.warnings(settled(obligations=many, payments=()))
    assert len(told) == 4
    assert told[-1] == "另有3项没有登记履行。"


def test_the_report_says_what_happened_and_what_was_paid():
    told = closing.summary(settled())
    assert told.splitlines() == [
        "2026年6月19日受理。",
        "调解1次，最后一次在2026年6月19日，达成协议。",
        "达成调解协议（口1）：乙方补偿甲方人民币800元。",
        "应付800.00元，已付800.00元。各项义务均已履行。",
        "2026年7月2日回访：双方满意。",
    ]
