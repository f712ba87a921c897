import tomllib
from pathlib import Path

import pytest

from mediation_desktop.domain.codes import TABLES, DisputeType, Entry, Grade, read_numbering, read_table
from mediation_desktop.domain.errors import UserError

SHIPPED = Path(__file__).parents[2] / "resources" / "codes"


def shipped(name):
    return tomllib.loads((SHIPPED / f"{name}.toml").read_text("utf-8"))


def table(*entries, kind=Entry):
    return read_table({"title": "样表", "status": "默认值", "entry": list(entries)}, kind, "sample.toml")


@pytest.mark.parametrize("name", TABLES)
def test_every_shipped_table_reads_and_says_how_sure_it_is(name):
    read = read_table(shipped(name), TABLES[name], name)
    assert any(word in read.status for word in ("确定", "默认值", "未核实"))


def test_the_ministrys_eighteen_types_stand_first_in_order():
    types = read_table(shipped("dispute_types"), DisputeType, "").entries
    assert [item.ministry for item in types[:18]] == list(range(1, 19))
    assert types[1].name == "邻里"
    assert types[17].name == "其他"


def test_every_local_type_counts_as_one_of_the_eighteen():
    types = read_table(shipped("dispute_types"), DisputeType, "").entries
    assert all(1 <= item.ministry <= 18 for item in types)
    village = next(item for item in types if item.name == "村务管理")
    assert village.ministry == 18
    assert village.note


def test_every_source_prints_as_one_of_the_two_that_the_form_knows():
    sources = read_table(shipped("sources"), TABLES["sources"], "")
    assert {item.printed for item in sources.entries} == {"当事人申请", "人民调解委员会主动调解"}
    parts = [item.part for item in sources.entries if item.column == "接受委托移送调解"]
    assert parts == ["法院", "检察院", "公安机关", "信访部门", "其他部门"]


def test_grades_give_calendar_days():
    grades = read_table(shipped("grades"), Grade, "")
    assert {item.name: item.days for item in grades.entries} == {"简易": 3, "一般": 7, "复杂": 30}


def test_regions_are_the_fifteen_townships_with_their_right_names():
    names = [item.name for item in read_table(shipped("regions"), Entry, "").entries]
    assert len(names) == 15
    assert {"龙洲街道", "沐尘畲族乡", "詹家镇"} <= set(names)


def test_nations_are_numbered_by_the_standard():
    nations = read_table(shipped("nations"), Entry, "")
    assert [item.code for item in nations.entries] == [f"{place:02d}" for place in range(1, 57)]
    assert [nations.name(code) for code in ("01", "06", "07", "08", "11", "12", "13", "15", "22")] == [
        *("汉族", "苗族", "彝族", "壮族", "满族", "侗族", "瑶族", "土家族", "畲族")
    ]


def test_the_words_of_the_sample_disputes_are_all_known():
    tables = {name: read_table(shipped(name), kind, name) for name, kind in TABLES.items()}
    cases = sorted((Path(__file__).parents[1] / "data" / "cases").glob("*.toml"))
    assert len(cases) == 8
    for case in (tomllib.loads(path.read_text("utf-8")) for path in cases):
        dispute = case["dispute"]
        tables["dispute_types"].code_named(dispute["type"])
        tables["sources"].code_named(dispute["source"])
        tables["grades"].code_named(dispute["grade"])
        for word in dispute.get("special_groups", []):
            tables["special_groups"].code_named(word)
        for item in case.get("session", []):
            tables["session_results"].code_named(item["result"])
        for item in case.get("proposal", []):
            tables["proposal_states"].code_named(item["state"])
        for item in case.get("evidence", []):
            tables["evidence_kinds"].code_named(item["kind"])


def test_proposals_are_open_accepted_or_done_with():
    states = read_table(shipped("proposal_states"), TABLES["proposal_states"], "").entries
    assert {item.name: (item.open, item.accepted) for item in states} == {
        "未接受": (True, False),
        "双方接受": (False, True),
        "部分接受": (True, False),
        "撤回": (False, False),
    }


def test_an_office_is_reminded_a_quarter_of_an_hour_before_and_at_the_start():
    entries = read_table(shipped("reminders"), TABLES["reminders"], "").entries
    assert [item.minutes for item in entries] == [15, 0]


def test_an_entry_is_found_by_code_name_and_alias():
    read = table({"code": "c", "name": "现金"}, {"code": "b", "name": "银行转账", "aliases": ["转账"]})
    assert read.entry("b").name == "银行转账"
    assert read.name("c") == "现金"
    assert read.code_named("银行转账") == read.code_named("转账") == "b"


@pytest.mark.parametrize("find", ["entry", "name", "code_named"])
def test_an_unknown_value_is_named_with_what_to_do(find):
    with pytest.raises(UserError) as raised:
        getattr(table({"code": "c", "name": "现金"}), find)("比特币")
    assert "比特币" in raised.value.text
    assert "样表" in raised.value.text
    assert "现金" in raised.value.advice


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ({"code": "a", "name": "简易"}, "第 2 项的“days”"),
        ({"code": "a", "name": "简易", "days": "三"}, "第 2 项的“days”"),
        ({"code": "a", "name": "简易", "days": 3, "dayz": 4}, "第 2 项的“dayz”"),
        ({"code": 1, "name": "简易", "days": 3}, "第 2 项的“code”"),
        ("简易", "第 2 项"),
        ({"code": "first", "name": "简易", "days": 3}, "“first”出现了两次"),
        ({"code": "a", "name": "一", "days": 3}, "“一”出现了两次"),
    ],
)
def test_a_broken_entry_is_named_with_its_place(entry, named):
    with pytest.raises(UserError) as raised:
        table({"code": "first", "name": "一", "days": 1}, entry, kind=Grade)
    assert named in raised.value.text
    assert "sample.toml" in raised.value.text


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({}, "title"),
        ({"title": "样表"}, "status"),
        ({"title": "样表", "status": "默认值"}, "entry"),
        ({"title": "样表", "status": "默认值", "entry": []}, "空的"),
        ({"title": "样表", "status": "默认值", "entry": {"code": "a"}}, "entry"),
    ],
)
def test_a_broken_table_is_named(data, named):
    with pytest.raises(UserError, match=named):
        read_table(data, Entry, "sample.toml")


@pytest.mark.parametrize(
    "pattern",
    [None, 3, "", "（{year}）人调字", "人调字第{serial}号", "（{year}）{serial}{town}", "{year}{serial"],
)
def test_a_number_pattern_that_would_fail_or_repeat_itself_is_refused(pattern):
    with pytest.raises(UserError):
        read_numbering({"dispute": pattern, "agreement": "{year}{serial}"}, "numbering.toml")


def test_the_shipped_numbers_of_disputes_and_agreements_differ():
    patterns = read_numbering(shipped("numbering"), "numbering.toml")
    assert patterns["dispute"] != patterns["agreement"]
