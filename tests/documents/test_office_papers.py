"""Papers of the office: their sums are those of their parts, their tables stand where they should."""

import io
import re
from datetime import date, datetime
from types import SimpleNamespace
from uuid import UUID

import docx
import pytest
from desks import about
from helpers import NINE_O_CLOCK
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from office_papers import LONG, TODAY, ledger, line, month, shipped, told

from mediation_desktop.documents import office
from mediation_desktop.documents.compose import compose, copies_of
from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.fonts import FontSet
from mediation_desktop.documents.forms import load_form
from mediation_desktop.documents.layout import MM, Setter
from mediation_desktop.documents.page import Table
from mediation_desktop.documents.pdf import write_pdf
from mediation_desktop.domain import money, records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.handover import HandoverSheet
from mediation_desktop.domain.ledger import Account, Ledger, brief
from mediation_desktop.domain.officepapers import OFFICE_PAPERS
from mediation_desktop.domain.special import FurtherReport, MandatoryReport, ReportSheet, tells_of_reporter
from mediation_desktop.domain.subsidy import mediator_sheets
from mediation_desktop.system.paths import forms_folder


def words(paper):
    return "\n".join(text for text, _ in paper.texts() if text)


def tables(paper):
    return [block for block in paper.blocks if isinstance(block, Table)]


# The register.


def test_the_register_repeats_its_head_and_counts_its_pages(fonts, outsider):
    paper = compose(shipped("ledger"), told(ledger(70)))
    pages = outsider.pages(write_pdf(paper, fonts, now=NINE_O_CLOCK).data)
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert all(head in page for head in ("受理时间", "纠纷类型", "协议编号"))
        assert page.split()[-2:] == [f"第{number}页", f"共{len(pages)}页"]
    bare = re.sub(r"\s", "", "".join(pages))
    assert all(f"龙东人调字第{number:03d}号" in bare for number in range(1, 71))
    assert "合计70件：成功70件，不成0件" in bare
    assert "登记人（签名）" in pages[-1]
    assert "（以下空白）" in pages[-1]


@pytest.mark.parametrize("count", range(1, 16))
def test_the_registers_signatures_never_stand_without_its_last_line(count, fonts, outsider):
    paper = compose(shipped("ledger"), told(ledger(count)))
    pages = outsider.pages(write_pdf(paper, fonts, now=NINE_O_CLOCK).data)
    assert f"第{count:03d}号" in re.sub(r"\s", "", pages[-1])


def test_the_register_lies_on_a4_and_its_columns_are_as_wide_as_the_form_says(fonts, clock):
    form = shipped("ledger")
    paper = compose(form, told(ledger(2)))
    setter = Setter(paper, fonts)
    (part,) = setter.parts()
    table = next(box for _, box in part.pages[0].boxes if any(ink.text == "序号" for ink in box.ink))
    edges = sorted({rule.x1 / MM for rule in table.rules if rule.x1 == rule.x2})
    (spec,) = [block for block in form.file.blocks if getattr(block, "kind", "") or hasattr(block, "columns")]
    expected = [0.0]
    for column in spec.columns:
        expected.append(expected[-1] + column.share)
    assert edges == pytest.approx(expected, abs=0.05)
    assert edges[-1] == pytest.approx(297 - 25 - 12)
    section = docx.Document(io.BytesIO(write_docx(paper, now=clock.now()))).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert section.orientation == docx.enum.section.WD_ORIENT.LANDSCAPE


def test_long_names_wrap_inside_their_column(fonts):
    setter = Setter(compose(shipped("ledger"), told(ledger(3))), fonts)
    (part,) = setter.parts()
    for page in part.pages:
        for _, box in page.boxes:
            edges = sorted({rule.x1 for rule in box.rules if rule.x1 == rule.x2})
            for ink in box.ink if edges else []:
                right = next(edge for edge in edges if edge > ink.x)
                assert ink.x + fonts.face(ink.style.face).width(ink.text) * ink.style.size <= right + 0.1


AMOUNTS = st.one_of(st.none(), st.integers(0, 10**12))


@given(st.lists(st.tuples(AMOUNTS, st.sampled_from(["成功", "不成", "撤回", "移送", "未结"])), max_size=30))
@settings(deadline=None, max_examples=30)
def test_the_registers_sums_are_those_of_its_lines(rows):
    lines = tuple(line(at, amount_fen=fen, result=result) for at, (fen, result) in enumerate(rows, 1))
    made = Ledger(TODAY, TODAY, Account.FINISHED, lines)
    (table,) = tables(compose(shipped("ledger"), told(made)))
    body, foot = table.rows[: -table.foot], table.rows[-1]
    assert money.parse_fen(foot[11]) == sum(money.parse_fen(row[11]) for row in body if row[11])
    assert sum(made.results.values()) == len(rows)


def test_a_long_summary_ends_with_a_sentence_or_says_that_it_goes_on():
    short = "甲家排水沟被堵。"
    assert brief(f" {short}\n") == short
    told_twice = (
        "甲家排水沟被堵，雨水倒灌进乙家院内，双方多次争执不下，村民小组长劝过。"
        "乙家要求疏通并赔偿墙面修补费用，甲家说沟是公家的，不归自己管。"
    )
    assert brief(told_twice) == told_twice.split("。", maxsplit=1)[0] + "。"
    assert brief("长" * 99) == "长" * 58 + "……"


# Subsidies.

DISPUTES = st.lists(
    st.tuples(st.integers(0, 10**9), st.integers(1, 5), st.booleans(), st.booleans()), min_size=1, max_size=12
)


@given(DISPUTES)
@settings(deadline=None, max_examples=40)
def test_what_a_month_pays_is_the_sum_of_its_disputes_and_of_its_mediators(disputes):
    sheet = month(disputes)
    confirmed = sum(fen for fen, _, _, there in disputes if there)
    assert sheet.total_fen == confirmed == sum(one.total_fen for one in mediator_sheets(sheet))
    people, cases = tables(compose(shipped("subsidy_month"), told(sheet)))
    for table, column in ((people, 3), (cases, 6)):
        *body, foot = [money.parse_fen(row[column]) for row in table.rows]
        assert sum(body) == foot == confirmed
    assert people.rows[-1][4] == money.capitals(confirmed)


@given(DISPUTES)
@settings(deadline=None, max_examples=30)
def test_every_mediators_sheet_adds_up_and_all_of_them_are_the_month(disputes):
    sheet = month(disputes)
    if not mediator_sheets(sheet):
        return
    paper = compose(shipped("subsidy_people"), told(sheet))
    sums = []
    for table in tables(paper):
        *body, foot = [money.parse_fen(row[6]) for row in table.rows]
        assert sum(body) == foot
        sums.append(foot)
    assert sum(sums) == sheet.total_fen
    assert len(paper.parts) == len(sums) == len(mediator_sheets(sheet))


def test_a_month_without_anything_confirmed_has_no_mediators_sheet():
    with pytest.raises(UserError, match="没有可以打印"):
        compose(shipped("subsidy_people"), told(month([(100, 1, True, False)])))


def test_a_sheet_names_one_mediator_and_nobody_elses_money():
    paper = compose(shipped("subsidy_people"), told(month([(3001, 2, True, True)])))
    first, second = ("\n".join(t for t, _ in replace(paper, parts=(part,)).texts()) for part in paper.parts)
    assert "15.01" in first
    assert "调解员2" not in first
    assert "15.00" in second


# Hand-over.


def test_of_a_hand_over_everybody_gets_a_copy_and_empty_lists_say_so():
    handover = records.Handover(id=UUID(int=1), on=TODAY, from_name="汪承平", to_name=LONG, reason="离任")
    matter = told(HandoverSheet("鸡鸣村人民调解委员会", handover, ()))
    text = words(compose(shipped("handover"), matter))
    assert text.count("无。") == 4
    assert "监交人（签名）：" in text
    assert "一式叁份" in text
    assert copies_of(shipped("handover"), matter) == 3
    signed = replace(handover, to_signed_on=date(2026, 6, 20))
    text = words(compose(shipped("handover"), told(HandoverSheet("", signed, ()))))
    assert "签字日期：2026年6月20日" in text


@pytest.mark.parametrize("count", [0, 3, 9, 14, 20, 33])
def test_a_hand_overs_signatures_stand_together_below_its_words(count, outsider):
    handover = records.Handover(
        id=UUID(int=1),
        on=TODAY,
        from_name="汪承平",
        to_name="周正明",
        files=tuple(f"（2025）龙东人调字第{number:03d}号" for number in range(count)),
    )
    paper = compose(shipped("handover"), told(HandoverSheet("", handover, ())))
    pages = outsider.pages(write_pdf(paper, FontSet.bundled(), now=NINE_O_CLOCK).data)
    assert all(mark in pages[-1] for mark in ("当面交接清楚", "移交人（签名）", "接收人（签名）", "监交人"))


# Mandatory reports.

SECRET, CALLER = "邻居吴阿婆", "周正明打的"
REPORT = MandatoryReport(
    told_at=datetime(2026, 6, 19, 15, 42),
    unit="东华派出所",
    about="小学三年级学生",
    what="孩子身上有伤",
    reporter=SECRET,
    caller=CALLER,
    further=(FurtherReport(to="民政办", on=TODAY, note="电话"),),
)


def test_the_report_sheet_says_everything_but_who_told_of_it(fonts, clock, outsider):
    paper = compose(shipped("minor_report"), told(ReportSheet("第1号", REPORT)))
    printed = outsider.pages(write_pdf(paper, fonts, now=clock.now()).data)[0]
    assert "孩子身上有伤" in printed
    assert "民政办" in printed
    assert "依法保密，不在本表记载" in printed
    for hidden in (SECRET, CALLER, "吴阿婆", "周正明"):
        assert hidden not in printed
        assert hidden not in words(paper)


def test_no_value_that_any_form_can_name_tells_the_reporter():
    sheet = ReportSheet("第1号", REPORT)
    values = [say(sheet, told(sheet)) for say in office.REPORT.values()]
    values += [say(one, told(sheet)) for one in REPORT.further for say in office.FURTHER.values()]
    assert not any(name in value for value in values for name in ("吴阿婆", "周正明"))


@pytest.mark.parametrize("name", ["report.reporter", "report.caller", "report.printings"])
def test_a_form_of_the_office_that_asks_for_the_reporter_is_refused(name, tmp_path):
    text = (forms_folder() / "minor_report" / "form.toml").read_text(encoding="utf-8")
    (tmp_path / "minor_report").mkdir()
    mended = text.replace("依法保密，不在本表记载", f"{{{name}}}")
    (tmp_path / "minor_report" / "form.toml").write_text(mended, encoding="utf-8")
    with pytest.raises(UserError, match="不认识"):
        compose(load_form("minor_report", [tmp_path]), told(ReportSheet("", REPORT)))


def test_words_of_the_reporter_in_the_text_are_pointed_out():
    assert tells_of_reporter(REPORT) == ()
    assert tells_of_reporter(replace(REPORT, what="吴阿婆说孩子身上有伤")) == ("吴阿", "阿婆")
    assert tells_of_reporter(replace(REPORT, further=(FurtherReport(to="邻居"),))) == ("邻居",)


# Both kinds of paper.


def test_a_form_of_a_dispute_is_refused_for_the_office_and_the_other_way_round(case):
    with pytest.raises(UserError):
        compose(shipped("registration"), told(ledger(1)))
    for kind in OFFICE_PAPERS:
        with pytest.raises(UserError):
            compose(shipped(kind.form), about(case(1)))


def test_a_paper_of_the_office_knows_no_list_of_a_dispute(tmp_path):
    text = (forms_folder() / "ledger" / "form.toml").read_text(encoding="utf-8")
    (tmp_path / "ledger").mkdir()
    mended = text.replace('rows_of = "entries"', 'rows_of = "parties"')
    (tmp_path / "ledger" / "form.toml").write_text(mended, encoding="utf-8")
    with pytest.raises(UserError, match="parties"):
        compose(load_form("ledger", [tmp_path]), told(ledger(1)))


def test_a_name_unknown_in_a_sum_is_refused(tmp_path):
    text = (forms_folder() / "ledger" / "form.toml").read_text(encoding="utf-8")
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "form.toml").write_text(
        text.replace('"{ledger.total}", "共', '"{entry.amount}", "共'), encoding="utf-8"
    )
    with pytest.raises(UserError, match=r"entry\.amount"):
        compose(load_form("ledger", [tmp_path]), told(SimpleNamespace()))
