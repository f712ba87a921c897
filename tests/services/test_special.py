"""Special records: anybody writes, only personal passwords read, and no trace says who."""

from datetime import UTC, datetime

import pytest
from desks import KEY, sample
from msgspec import json
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.encoding import to_plain
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.special import MandatoryReport, PrivateTalk
from mediation_desktop.services import disputes, queries, special
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.office import save_office
from mediation_desktop.storage.database import Database
from mediation_desktop.storage.office_file import DATABASE_NAME
from mediation_desktop.storage.tables import whole_schema
from mediation_desktop.system.clock import OFFICE_ZONE

MINE, HIS = "自己的密码123", "他的密码456789"
REPORT = MandatoryReport(
    told_at=datetime(2026, 6, 19, 15, 42), unit="东华派出所", what="孩子身上有伤", reporter="邻居吴阿婆"
)


@pytest.fixture
def dispute_id(desk, new_id, clock):
    clock.set(datetime(2026, 6, 19, 15, 47, 33))
    return enter(desk, sample(8, new_id))


@pytest.fixture
def other(desk):
    """Give the desk with the second mediator at it."""
    return replace(desk, actor="周正明")


def kept(desk, dispute_id):
    return queries.dossier(desk, dispute_id).sealed_records


def test_what_was_sealed_is_read_with_the_personal_password_only(desk, dispute_id):
    special.set_personal_password(desk, MINE)
    special.keep_special(desk, dispute_id, REPORT)
    (record,) = kept(desk, dispute_id)
    assert special.open_special(desk, record, MINE) == REPORT
    for wrong in (HIS, "竹海2026abc", ""):
        with pytest.raises(UserError, match="个人密码不对"):
            special.open_special(desk, record, wrong)


def test_nothing_the_office_password_reaches_says_what_was_sealed(desk, dispute_id, tmp_path):
    """The office password opens the database: whatever lies in it is read here, row by row."""
    special.set_personal_password(desk, MINE)
    special.keep_special(desk, dispute_id, REPORT)
    desk.office_file.close()
    database = Database(tmp_path / "office" / DATABASE_NAME, KEY)
    with database.reading() as connection:
        rows = [row for table in whole_schema().sorted_tables for row in connection.execute(table.select())]
    database.close()
    everything = "".join(map(str, rows))
    for secret in ("吴阿婆", "孩子身上有伤", "AGE-SECRET-KEY", MINE):
        assert secret not in everything


def test_anybody_may_write_once_somebody_has_a_personal_password(desk, other, dispute_id):
    with pytest.raises(UserError, match="还没有人设过个人密码"):
        special.keep_special(other, dispute_id, REPORT)
    special.set_personal_password(desk, MINE)
    special.keep_special(other, dispute_id, REPORT)
    (record,) = kept(desk, dispute_id)
    assert special.open_special(desk, record, MINE) == REPORT
    with pytest.raises(UserError, match="还没有设过个人密码"):
        special.open_special(other, record, MINE)


def test_no_trace_names_who_wrote_or_the_hour(desk, other, dispute_id):
    special.set_personal_password(desk, MINE)
    before = {line.id for line in queries.history(desk, dispute_id)}
    special.keep_special(other, dispute_id, REPORT)
    (record,) = kept(desk, dispute_id)
    special.keep_special(other, dispute_id, replace(REPORT, receipt_number="警1"), record)
    (record,) = kept(desk, dispute_id)
    lines = [line for line in queries.history(desk, dispute_id) if line.id not in before]
    with desk.office_file.read() as reader:
        revisions = reader.revisions(record.id)
    midnight = datetime(2026, 6, 19, tzinfo=OFFICE_ZONE)
    assert [line.actor for line in lines] == ["保密", "保密"]
    assert [revision.actor for revision in revisions] == ["保密", "保密"]
    assert {line.at for line in lines} == {record.created_at} == {record.updated_at} == {midnight}
    ids = [record.id, record.revision, *(line.id for line in lines), *(one.id for one in revisions)]
    hours = {_told_by(one).astimezone(OFFICE_ZONE).strftime("%d %H:%M") for one in ids}
    assert hours == {"19 00:00", "19 23:59"}
    assert "周正明" not in json.encode([to_plain(record), *revisions, *lines]).decode()


def _told_by(made):
    """Return the time that an id of version 7 tells."""
    return datetime.fromtimestamp((made.int >> 80) / 1000, UTC)


def test_records_of_one_day_keep_their_order(desk, dispute_id):
    special.set_personal_password(desk, MINE)
    for number in range(3):
        special.keep_special(desk, dispute_id, replace(REPORT, receipt_number=str(number)))
    read = [special.open_special(desk, one, MINE).receipt_number for one in kept(desk, dispute_id)]
    assert read == ["0", "1", "2"]


def test_who_comes_later_reads_what_is_sealed_from_then_on(desk, other, dispute_id):
    special.set_personal_password(desk, MINE)
    special.keep_special(desk, dispute_id, REPORT)
    special.set_personal_password(other, HIS)
    special.keep_special(desk, dispute_id, REPORT)
    early, late = kept(desk, dispute_id)
    assert special.open_special(other, late, HIS) == special.open_special(desk, late, MINE) == REPORT
    with pytest.raises(UserError, match="没有封给您"):
        special.open_special(other, early, HIS)


def test_somebody_who_reads_may_let_the_later_one_read_the_earlier(desk, other, dispute_id):
    special.set_personal_password(desk, MINE)
    special.keep_special(desk, dispute_id, REPORT)
    special.set_personal_password(other, HIS)
    with pytest.raises(UserError, match="个人密码不对"):
        special.let_read_earlier(desk, HIS)
    assert special.let_read_earlier(other, HIS).closed == 1
    resealed = special.let_read_earlier(desk, MINE)
    assert (resealed.done, resealed.closed) == (1, 0)
    (record,) = kept(desk, dispute_id)
    assert special.open_special(other, record, HIS) == REPORT
    assert {line.actor for line in queries.history(desk, dispute_id)[-1:]} == {"保密"}


def test_a_changed_password_opens_the_same_records(desk, dispute_id):
    special.set_personal_password(desk, MINE)
    special.keep_special(desk, dispute_id, REPORT)
    with pytest.raises(UserError, match="已经设过"):
        special.set_personal_password(desk, HIS)
    with pytest.raises(UserError, match="太短"):
        special.change_personal_password(desk, MINE, "短")
    special.change_personal_password(desk, MINE, HIS)
    (record,) = kept(desk, dispute_id)
    assert special.open_special(desk, record, HIS) == REPORT
    with pytest.raises(UserError, match="个人密码不对"):
        special.confirm_personal_password(desk, MINE)


def test_a_forgotten_password_is_set_anew_and_earlier_records_stay_closed(desk, dispute_id):
    special.set_personal_password(desk, MINE)
    special.keep_special(desk, dispute_id, REPORT)
    special.set_personal_password(desk, HIS, forgotten=True)
    (record,) = kept(desk, dispute_id)
    with pytest.raises(UserError, match="没有封给您"):
        special.open_special(desk, record, HIS)


def test_who_left_is_no_longer_sealed_to_and_a_new_name_keeps_its_password(desk, other, dispute_id):
    special.set_personal_password(desk, MINE)
    special.set_personal_password(other, HIS)
    with desk.office_file.read() as reader:
        mediators = {one.name: one for one in reader.find(records.Mediator)}
    save_office(desk, replace(mediators["周正明"], active=False), replace(mediators["汪承平"], name="汪平"))
    renamed = replace(desk, actor="汪平")
    assert special.key_holders(renamed) == ("汪平",)
    special.keep_special(renamed, dispute_id, REPORT)
    (record,) = kept(desk, dispute_id)
    assert special.open_special(renamed, record, MINE) == REPORT
    save_office(renamed, replace(_again(desk, "周正明"), active=True))
    with pytest.raises(UserError, match="没有封给您"):
        special.open_special(other, record, HIS)


def _again(desk, name):
    with desk.office_file.read() as reader:
        return next(one for one in reader.find(records.Mediator) if one.name == name)


def test_a_private_talk_is_kept_like_a_report(desk, dispute_id):
    special.set_personal_password(desk, MINE)
    party = queries.dossier(desk, dispute_id).parties[0]
    talk = PrivateTalk(
        party_id=party.id,
        on=datetime(2026, 6, 19).date(),
        by="汪承平",
        answers=(records.Answer(code="afraid", yes=True),),
    )
    special.keep_special(desk, dispute_id, talk)
    (record,) = kept(desk, dispute_id)
    assert record.kind == "private_talk"
    assert special.open_special(desk, record, MINE) == talk


def test_a_special_record_goes_with_an_ordinary_change_of_the_dispute(desk, dispute_id):
    """Saving the dispute afterwards is not disturbed by what was sealed beside it."""
    special.set_personal_password(desk, MINE)
    special.keep_special(desk, dispute_id, REPORT)
    dispute = queries.dossier(desk, dispute_id).dispute
    disputes.save_dispute(desk, replace(dispute, place="村口"))
    assert queries.history(desk, dispute_id)[-1].actor == "汪承平"
