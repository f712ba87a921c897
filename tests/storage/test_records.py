"""Every save leaves the row, an immutable revision and a line of history, all or none."""

import re
from datetime import UTC, date, datetime

import pytest
from builders import COMMITTEE, DISPUTE_ID, agreement, dispute, obligation, party, uid
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from mediation_desktop.domain.encoding import from_plain, to_plain
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import (
    KINDS,
    SCHEMA_VERSION,
    Committee,
    Dispute,
    DisputeRecord,
    DisputeState,
    FieldChange,
    Landmark,
    Mediator,
    Obligation,
    Party,
)
from mediation_desktop.storage.journal import EPOCH_SETTING, next_clock

NOW = datetime(2026, 6, 19, 1, tzinfo=UTC)


@pytest.fixture
def kept(office):
    """The dispute with two parties, entered at nine o'clock."""
    with office.change("汪承平", "登记纠纷") as work:
        first = work.add(dispute())
        work.add(party(1))
        work.add(party(0))
    return first


def saved(office, record):
    with office.change("汪承平", "修改") as work:
        return work.update(record)


def test_adding_fills_in_revision_and_entry_times(kept):
    assert kept.created_at == kept.updated_at == NOW
    assert kept.revision is not None
    assert replace(kept, revision=None, created_at=None, updated_at=None) == dispute()


def test_a_missing_record_is_our_bug(office):
    with office.read() as reader, pytest.raises(LookupError):
        reader.get(Dispute, uid(9))


def test_finding_compares_fields_and_keeps_the_order_of_entry(office, kept):
    with office.read() as reader:
        assert [found.id for found in reader.find(Party)] == [party(0).id, party(1).id]
        assert [found.name for found in reader.find(Party, side="乙方", dispute_id=kept.id)] == ["李木水"]
        assert reader.find(Dispute, state=DisputeState.REGISTERED, registered_on=date(2026, 6, 19)) == (kept,)
        assert reader.find(Dispute, studio_id=None) == (kept,)
        assert reader.find(Dispute, accepted_on=date(2026, 6, 19)) == ()
        assert reader.count(Party, side="乙方") == 1
        assert reader.count(Mediator) == 0


def test_a_field_that_does_not_exist_is_our_bug(office):
    with office.read() as reader, pytest.raises(KeyError):
        reader.find(Dispute, colour="green")


def test_everything_of_a_dispute_comes_at_once_in_the_order_of_paper(office, kept):
    with office.change("汪承平", "起草协议") as work:
        work.add(dispute(id=uid(101)))
        work.add(party(2, dispute_id=uid(101)))
        work.add(agreement())
        work.add(obligation(0, position=1))
        work.add(obligation(1, position=0))
    with office.read() as reader:
        found = reader.belonging(kept.id)
    assert set(found) == {cls for cls in KINDS.values() if issubclass(cls, DisputeRecord)}
    assert [one.name for one in found[Party]] == ["张福根", "李木水"]
    assert [one.id for one in found[Obligation]] == [obligation(1).id, obligation(0).id]


def test_updating_keeps_the_entry_time_and_moves_the_change_time(office, kept, clock):
    clock.advance(hours=1)
    newer = saved(office, replace(kept, summary="树倒了。", created_at=None))
    assert (newer.created_at, newer.updated_at) == (NOW, clock.now())
    with office.read() as reader:
        assert reader.get(Dispute, kept.id) == newer


def test_a_save_that_changes_nothing_leaves_no_trace(office, kept):
    with office.change("汪承平", "修改") as work:
        assert work.update(replace(kept, summary=kept.summary)) == kept
        assert work.touched == frozenset()
        assert len(work.revisions(kept.id)) == 1


def test_a_stale_record_is_refused_and_nothing_kept(office, kept):
    saved(office, replace(kept, summary="新的经过。"))
    with pytest.raises(UserError, match="这条记录刚被改过"):
        saved(office, replace(kept, summary="旧的经过。"))
    with office.read() as reader:
        assert reader.get(Dispute, kept.id).summary == "新的经过。"


def test_a_removed_record_cannot_be_saved_any_more(office, kept):
    with office.change("汪承平", "删除当事人") as work:
        (found,) = work.find(Party, position=1)
        work.remove(found, "重复登记")
    with pytest.raises(UserError, match="刚被改过或删除"):
        saved(office, replace(found, name="李水木"))
    with office.read() as reader:
        assert reader.count(Party, dispute_id=kept.id) == 1


def test_revisions_chain_and_hold_the_whole_record(office, kept, clock):
    clock.advance(minutes=5)
    newer = saved(
        office, replace(kept, village="鸡鸣村", landmarks=(Landmark(direction="东", mark="老枫树"),))
    )
    with office.read() as reader:
        first, second = reader.revisions(kept.id)
        epoch = reader.setting(EPOCH_SETTING)
    assert (first.id, first.parents, second.id, second.parents) == (
        kept.revision,
        (),
        newer.revision,
        (kept.revision,),
    )
    assert from_plain("dispute", first.snapshot) == kept
    assert from_plain("dispute", second.snapshot) == newer
    assert second.changed_fields == ("village", "landmarks")
    assert (second.kind, second.actor, second.schema_version) == ("dispute", "汪承平", SCHEMA_VERSION)
    assert str(first.epoch) == str(second.epoch) == epoch


def test_sequences_of_an_epoch_have_no_gaps(office, kept):
    for number in range(3):
        kept = saved(office, replace(kept, summary=f"经过{number}"))
        with pytest.raises(UserError):
            saved(office, replace(kept, revision=uid(1), summary="旧"))
    with office.read() as reader:
        numbers = [
            revision.sequence
            for record in (kept, *reader.find(Party))
            for revision in reader.revisions(record.id)
        ]
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]


def test_a_tombstone_says_why_and_keeps_the_chain(office, kept):
    with office.change("汪承平", "删除当事人") as work:
        (found,) = work.find(Party, position=1)
        work.remove(found, "重复登记")
    with office.read() as reader:
        *_, last = reader.revisions(found.id)
        line = reader.history(kept.id)[-1]
    assert (last.parents, last.snapshot, last.removed_because) == ((found.revision,), {}, "重复登记")
    assert (line.action, line.kind, line.dispute_id) == ("删除当事人", "party", kept.id)
    assert line.changes == (FieldChange(field="removed_because", old=None, new="重复登记"),)


def test_history_says_who_did_what_when_from_what_to_what(office, kept, clock):
    clock.advance(minutes=5)
    saved(office, replace(kept, summary="树倒了。", accepted_on=date(2026, 6, 20)))
    with office.read() as reader:
        lines = reader.history(kept.id)
    assert [(line.action, line.kind) for line in lines] == [
        ("登记纠纷", "dispute"),
        ("登记纠纷", "party"),
        ("登记纠纷", "party"),
        ("修改", "dispute"),
    ]
    last = lines[-1]
    assert (last.at, last.actor, last.record_id) == (clock.now(), "汪承平", kept.id)
    assert last.changes == (
        FieldChange(field="accepted_on", old=None, new="2026-06-20"),
        FieldChange(field="summary", old="树倒在邻居屋上。", new="树倒了。"),
    )


def test_history_of_a_new_record_names_only_what_was_filled_in(office, kept):
    with office.read() as reader:
        named = {change.field: change.new for change in reader.history(kept.id)[0].changes}
    assert named["summary"] == "树倒在邻居屋上。"
    assert not {"village", "accepted_on", "landmarks", "id", "revision", "created_at"} & set(named)


def test_the_office_itself_is_in_no_disputes_history(office, kept):
    with office.change("汪承平", "设置") as work:
        work.add(COMMITTEE)
        assert work.get(Committee, COMMITTEE.id).name == COMMITTEE.name
    with office.read() as reader:
        assert all(line.kind != "committee" for line in reader.history(kept.id))


def test_a_change_says_which_kinds_it_touched(office):
    with office.change("汪承平", "登记纠纷") as work:
        assert work.touched == frozenset()
        work.add(dispute())
        work.add(party(0))
        work.put_setting("colour", "green")
        assert work.touched == {"dispute", "party"}


def test_what_is_written_is_seen_inside_the_change(office):
    with office.change("汪承平", "登记纠纷") as work:
        kept = work.add(dispute())
        assert work.get(Dispute, kept.id) == kept


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n" + bytes(range(256)) * 100])
def test_bytes_are_kept_once_under_their_digest(office, data):
    with office.change("汪承平", "打印") as work:
        digest = work.put_blob(data, "application/pdf")
        assert work.put_blob(data, "application/pdf") == digest
    assert re.fullmatch("[0-9a-f]{64}", digest)
    with office.read() as reader:
        assert reader.blob(digest) == data
        with pytest.raises(LookupError):
            reader.blob("0" * 64)


@pytest.mark.parametrize("value", [None, 0, False, "汉字", [1, "a"], {"a": {"b": []}}])
def test_settings_and_drafts_hold_any_json_value(office, clock, value):
    with office.change("", "") as work:
        work.put_setting("key", "earlier")
        work.put_setting("key", value)
        work.put_draft("form", "earlier")
        work.put_draft("form", value)
    with office.read() as reader:
        assert reader.setting("key", "default") == value
        draft = reader.draft("form")
    assert (draft.key, draft.value, draft.saved_at) == ("form", value, clock.now())


def test_what_was_never_set_is_the_default(office):
    with office.read() as reader:
        assert reader.setting("never") is None
        assert reader.setting("never", 7) == 7
        assert reader.draft("never") is None


def test_drafts_come_last_saved_first_until_dropped(office, clock):
    for key in ("a", "b", "c", "a"):
        clock.advance(seconds=2)
        with office.change("", "") as work:
            work.put_draft(key, key)
    with office.change("", "") as work:
        work.drop_draft("c")
        work.drop_draft("never")
    with office.read() as reader:
        assert [draft.key for draft in reader.drafts()] == ["a", "b"]


@given(
    st.lists(
        st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)), min_size=1, max_size=20
    )
)
def test_the_hybrid_clock_never_goes_back(moments):
    last = None
    for moment in moments:
        following = next_clock(last, moment.replace(tzinfo=UTC))
        assert last is None or following > last
        last = following


def test_the_hybrid_clock_counts_on_where_time_stands_still():
    assert next_clock(None, NOW) == "20260619T010000.000Z-00000"
    assert next_clock("20260619T010000.000Z-00000", NOW) == "20260619T010000.000Z-00001"
    assert next_clock("20270101T000000.000Z-00041", NOW) == "20270101T000000.000Z-00042"


def test_snapshots_are_the_records_plain_values(office, kept):
    with office.read() as reader:
        assert reader.revisions(kept.id)[0].snapshot == to_plain(kept)
    assert kept.id == DISPUTE_ID
