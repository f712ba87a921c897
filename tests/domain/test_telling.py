"""History says in words people use what was changed from what to what."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import get_args, get_type_hints

import pytest
from builders import DISPUTE_ID, agreement, dispute, obligation, party, uid
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields, replace

from mediation_desktop.domain import records
from mediation_desktop.domain.encoding import to_plain
from mediation_desktop.domain.fieldwords import ENUM_WORDS, KIND_WORDS, field_word
from mediation_desktop.domain.records import KINDS, FieldChange, HistoryLine, kind_of
from mediation_desktop.domain.telling import SECRET, Lookup, masked, name_and_subject, phrases, shortened

NAMES = {str(uid(200)): "张福根", str(uid(201)): "李木水"}
LOOKUP = Lookup(
    name_of=lambda one: NAMES.get(one, ""),
    subject_of=lambda one: f"当事人{NAMES[one]}" if one in NAMES else "",
    name_of_code=lambda field, code: f"{field}={code}",
)


def structs():
    """Return every kind of record and every kind of value inside one."""
    found, waiting = set(), list(KINDS.values())
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, Struct):
            if kind in found:
                continue
            found.add(kind)
            waiting += get_type_hints(kind).values()
        waiting += get_args(kind)
    return sorted(found, key=lambda kind: kind.__name__)


def enums():
    hints = [hint for kind in structs() for hint in get_type_hints(kind).values()]
    parts = [part for hint in hints for part in (hint, *get_args(hint))]
    return {part for part in parts if isinstance(part, type) and issubclass(part, StrEnum)}


def line(record, *changes, action="修改", record_id=None):
    return HistoryLine(
        id=uid(1),
        change_id=uid(1),
        at=datetime(2026, 6, 19, tzinfo=UTC),
        actor="汪承平",
        action=action,
        kind=kind_of(record),
        record_id=record_id or record.id,
        dispute_id=DISPUTE_ID,
        changes=changes,
    )


def changed(record, **new):
    """Return what history says of a change to a record."""
    before, after = to_plain(record), to_plain(replace(record, **new))
    return phrases(
        line(record, *(FieldChange(field=name, old=before[name], new=after[name]) for name in new)), LOOKUP
    )


def test_every_kind_has_a_word():
    assert KIND_WORDS.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", structs())
def test_every_field_of_every_record_and_of_what_is_inside_has_a_word(kind):
    assert all(field_word(kind, field.name) for field in fields(kind))


def test_a_field_nobody_knows_is_our_bug():
    with pytest.raises(LookupError):
        field_word(records.Party, "colour")


def test_every_fixed_value_has_a_word():
    assert {kind: set(words) for kind, words in ENUM_WORDS.items()} == {
        kind: {str(member) for member in kind} for kind in enums()
    }


def test_a_change_says_from_what_to_what_and_of_whom():
    assert changed(party(0), address="石塔巷1号") == ("填写“单位或住址”：“石塔巷1号”（当事人张福根）",)
    there = party(0, address="石塔巷1号")
    assert changed(there, address="石塔巷2号") == (
        "把“单位或住址”从“石塔巷1号”改为“石塔巷2号”（当事人张福根）",
    )
    assert changed(there, address="") == ("清空“单位或住址”，原来是“石塔巷1号”（当事人张福根）",)


def test_a_number_of_a_person_shows_only_where_it_differs():
    phrase = changed(party(0, phone="13900001234"), phone="13800001234")[0]
    assert phrase == "把“联系电话”从“139********”改为“138********”（当事人张福根）"
    wrong = changed(party(0, id_number="330825196205140010"), id_number="330825196205140029")[0]
    assert "330*************10”改为“330*************29" in wrong
    assert masked("13900001234", "") == ("139********", "")


def test_money_days_times_ticks_and_names_are_told_as_people_say_them():
    owed = obligation(amount_fen=80000, due_on=date(2026, 6, 25))
    assert changed(owed, amount_fen=90050)[0].startswith("把“金额”从“800.00元”改为“900.50元”")
    assert "“2026年6月25日”改为“2026年7月1日”" in changed(owed, due_on=date(2026, 7, 1))[0]
    assert "从“李木水”改为“张福根”" in changed(owed, debtor_id=uid(200))[0]
    session = records.Session(id=uid(7), dispute_id=DISPUTE_ID, starts_at=datetime(2026, 6, 19, 15))
    assert "“2026年6月19日 15:00”改为" in changed(session, starts_at=datetime(2026, 6, 20, 9, 30))[0]
    assert changed(party(0), household=True)[0].startswith("把“代表全户”从“否”改为“是”")


def test_fixed_values_and_codes_are_told_by_their_names():
    assert changed(dispute(), state=records.DisputeState.ACCEPTED) == ("把“办理状态”从“已登记”改为“已受理”",)
    assert changed(dispute(), grade_code="complex") == (
        "把“案件等级”从“grade_code=simple”改为“grade_code=complex”",
    )


def test_what_is_inside_is_told_with_its_own_words_and_numbers_hidden():
    guardian = records.Guardian(name="祝彩芬", relation="母亲", phone="13900001234")
    phrase = changed(party(0), guardian=guardian)[0]
    assert phrase == ("填写“法定代理人”：“姓名：祝彩芬，关系：母亲，联系电话：139********”（当事人张福根）")
    moved = changed(party(0, guardian=guardian), guardian=replace(guardian, phone="13900005678"))
    assert moved == ("修改“法定代理人”（当事人张福根）",)


def test_what_was_said_names_the_speaker():
    session = records.Session(id=uid(7), dispute_id=DISPUTE_ID, starts_at=datetime(2026, 6, 19, 15))
    said = (
        records.RecordLine(speaker_id=uid(200), said="窗坏了。"),
        records.RecordLine(speaker_id=None, said="都坐下说。"),
    )
    assert (
        "发言人：张福根，发言：窗坏了。；发言人：调解员，发言：都坐下说。" in changed(session, lines=said)[0]
    )


def test_a_new_a_removed_and_a_restored_record_are_told_in_one_phrase():
    values = to_plain(party(0))
    filled = [FieldChange(field=name, old=None, new=value) for name, value in values.items() if value]
    assert phrases(line(party(0), *filled), LOOKUP) == ("新增当事人张福根",)
    assert phrases(line(party(0), *filled, action="撤销：移除当事人"), LOOKUP) == ("恢复当事人张福根",)
    gone = FieldChange(field="removed_because", old=None, new="登记有误")
    assert phrases(line(party(0), gone), LOOKUP) == ("删除当事人张福根，原因：登记有误",)


@pytest.mark.parametrize("kind", sorted(SECRET))
def test_a_special_record_is_told_by_nothing_at_all(kind):
    told = line(party(0), FieldChange(field="by", old="", new="举报人"))
    assert phrases(replace(told, kind=kind), LOOKUP) == ()


def test_a_record_is_called_by_its_name_else_by_its_day():
    def called(record):
        return name_and_subject(kind_of(record), to_plain(record), LOOKUP)

    assert called(party(0)) == ("张福根", "当事人张福根")
    assert called(agreement(number="001")) == ("001", "调解协议001")
    assert called(obligation(amount_fen=80000)) == ("800.00元", "履行义务800.00元")
    session = records.Session(id=uid(7), dispute_id=DISPUTE_ID, starts_at=datetime(2026, 6, 19, 15))
    assert called(session) == ("6月19日的调解", "6月19日的调解")
    assert name_and_subject("paper", {"form": "agreement"}, LOOKUP)[1] == "文书《form=agreement》"
    assert name_and_subject("subsidy", {}, LOOKUP) == ("补贴", "补贴")


def test_a_long_text_is_cut_down_to_what_changed():
    before = "六月十八日连续暴雨之后，" * 5 + "李木水家的香樟树倒在张福根屋上。" + "双方各执一词，" * 5
    old, new = shortened(before, before.replace("香樟树", "老樟树"))
    assert old == "…之后，李木水家的香樟树倒在张福根屋…"
    assert new == "…之后，李木水家的老樟树倒在张福根屋…"


@given(st.text(alphabet="甲乙丙", max_size=120), st.text(alphabet="甲乙丙", max_size=120))
def test_cutting_never_hides_that_two_texts_differ(one, other):
    old, new = shortened(one, other)
    assert (one == other) == (old == new) or max(len(one), len(other)) > 100
    assert max(len(old), len(new)) <= 102


@given(st.text(alphabet="0123456789X", max_size=18), st.text(alphabet="0123456789X", max_size=18))
def test_no_digit_is_shown_beyond_the_first_three_unless_it_differs(one, other):
    for text, hidden in zip((one, other), masked(one, other), strict=True):
        assert len(hidden) == len(text)
        for at, (digit, shown) in enumerate(zip(text, hidden, strict=True)):
            differs = len(one) == len(other) and one[at] != other[at]
            assert shown == (digit if at < 3 or differs else "*")
