"""Each recipient's stream: numbered without gaps, cumulative until a receipt says so."""

import pytest
from builders import COMMITTEE, dispute, party, uid
from msgspec.structs import replace

from mediation_desktop.domain.encoding import from_plain
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import MinorCheck, Party
from mediation_desktop.storage.outbox import Export, Recipient

DIGEST = "ab" * 32


@pytest.fixture
def county(office):
    with office.change("王", "设置") as work:
        work.add_recipient("county", "县社会治理中心", "age1county")


def enter(office, *records):
    with office.change("王", "登记") as work:
        return [work.add(record) for record in records]


def pending(office, recipient="county"):
    with office.read() as reader:
        return [(number, revision.kind) for number, revision in reader.pending(recipient)]


def minor_check():
    return MinorCheck(id=uid(600), dispute_id=dispute().id, on=dispute().registered_on, by="王", result="无")


@pytest.mark.usefixtures("county")
def test_every_save_is_pending_in_order(office):
    (kept, _) = enter(office, dispute(), party(0))
    with office.change("王", "修改") as work:
        work.update(replace(kept, summary="树倒了。"))
        work.remove(work.find(Party)[0], "重复")
    assert pending(office) == [(1, "dispute"), (2, "party"), (3, "dispute"), (4, "party")]


@pytest.mark.usefixtures("county")
def test_pending_revisions_hold_the_records(office):
    (kept,) = enter(office, dispute())
    with office.read() as reader:
        ((number, revision),) = reader.pending("county")
    assert (number, revision.id) == (1, kept.revision)
    assert from_plain(revision.kind, revision.snapshot) == kept


@pytest.mark.usefixtures("county")
def test_special_records_stay_here_and_leave_no_gap(office):
    enter(office, dispute(), minor_check(), party(0))
    assert pending(office) == [(1, "dispute"), (2, "party")]


def test_a_late_recipient_gets_everything_from_the_start(office):
    enter(office, COMMITTEE, dispute(), minor_check(), party(0))
    with office.change("王", "设置") as work:
        work.add_recipient("town", "司法所", "age1town")
    enter(office, party(1))
    assert pending(office, "town") == [(1, "committee"), (2, "dispute"), (3, "party"), (4, "party")]


@pytest.mark.usefixtures("county")
def test_each_recipient_has_its_own_numbers(office):
    enter(office, dispute())
    with office.change("王", "收到回执") as work:
        work.acknowledge("county", 1)
        work.add_recipient("town", "司法所", "age1town")
    enter(office, party(0))
    assert pending(office, "county") == [(2, "party")]
    assert pending(office, "town") == [(1, "dispute"), (2, "party")]


@pytest.mark.usefixtures("county")
def test_a_change_that_fails_leaves_no_gap(office):
    def fail():
        with office.change("王", "登记") as work:
            work.add(dispute())
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail()
    enter(office, dispute())
    assert pending(office) == [(1, "dispute")]


@pytest.mark.usefixtures("county")
def test_what_left_on_a_stick_leaves_again_until_acknowledged(office, clock):
    enter(office, dispute(), party(0))
    with office.change("王", "导出") as work:
        assert work.next_serial() == 1
        export = work.mark_exported(
            "county", 2, bundle_id=uid(70), file_name="a.tjb", digest=DIGEST, purpose="司法确认"
        )
    assert export == Export(
        serial=1,
        bundle_id=uid(70),
        recipient_id="county",
        first_number=1,
        last_number=2,
        file_name="a.tjb",
        digest=DIGEST,
        actor="王",
        purpose="司法确认",
        exported_at=clock.now(),
    )
    assert [number for number, _ in pending(office)] == [1, 2]
    with office.change("王", "收到回执") as work:
        work.acknowledge("county", 1)
    assert [number for number, _ in pending(office)] == [2]
    with office.change("王", "导出") as work:
        again = work.mark_exported("county", 2, bundle_id=uid(71), file_name="b.tjb", digest=DIGEST)
    assert (again.serial, again.first_number, again.last_number) == (2, 2, 2)
    with office.read() as reader:
        assert reader.export_log() == (again, export)
        assert reader.next_serial() == 3


@pytest.mark.usefixtures("county")
def test_the_newest_receipt_counts_even_when_it_says_less(office, clock):
    enter(office, dispute(), party(0), party(1))
    for number in (3, 1):
        with office.change("王", "收到回执") as work:
            work.acknowledge("county", number)
    assert [number for number, _ in pending(office)] == [2, 3]
    with office.read() as reader:
        assert reader.recipients() == (
            Recipient(
                id="county",
                name="县社会治理中心",
                public_key="age1county",
                streamed=3,
                acknowledged=1,
                acknowledged_at=clock.now(),
            ),
        )


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("number", [2, -1])
def test_a_receipt_for_what_was_never_sent_is_refused(office, number):
    enter(office, dispute())
    with pytest.raises(UserError, match="对不上"), office.change("王", "收到回执") as work:
        work.acknowledge("county", number)


def test_a_receipt_from_a_stranger_is_our_bug(office):
    with pytest.raises(LookupError), office.change("王", "收到回执") as work:
        work.acknowledge("nobody", 0)


@pytest.mark.usefixtures("county")
def test_a_long_stream_is_read_piece_by_piece(office):
    with office.change("王", "登记") as work:
        kept = work.add(dispute())
        for number in range(500):
            kept = work.update(replace(kept, summary=str(number)))
    with office.read() as reader:
        stream = reader.pending("county")
        assert next(stream)[0] == 1
        assert [number for number, _ in stream] == list(range(2, 502))


@pytest.mark.usefixtures("county")
def test_records_show_what_became_of_them(office):
    first, second, third = enter(office, dispute(), party(0), party(1))
    with office.change("王", "导出") as work:
        work.mark_exported("county", 2, bundle_id=uid(70), file_name="a.tjb", digest=DIGEST)
        work.acknowledge("county", 3)
        work.acknowledge("county", 1)
    with office.read() as reader:
        states = {
            record.id: [
                (step.number, step.exported_at is not None, step.acknowledged_at is not None)
                for step in steps
            ]
            for record in (first, second, third)
            for steps in [reader.sendings(record.id)]
        }
    assert states == {
        first.id: [(1, True, True)],
        second.id: [(2, True, False)],
        third.id: [(3, False, False)],
    }
