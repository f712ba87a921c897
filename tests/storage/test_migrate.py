"""An older file is migrated on a copy; until the last moment the old one is untouched."""

from pathlib import Path

import pytest
from builders import dispute, party
from helpers import FakeClock, IdCounter

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import Party
from mediation_desktop.storage import migrate, tables
from mediation_desktop.storage.database import connect, stored_schema
from mediation_desktop.storage.office_file import DATABASE_NAME, OfficeFile
from mediation_desktop.system.problems import EnvironmentProblem

HEAD = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
"""
REBUILD = """
    with op.batch_alter_table("dispute", recreate="always") as table:
        table.add_column(sa.Column("mood", sa.Text(), nullable=False, server_default="calm"))
"""
FAIL = f"{REBUILD}    op.drop_table('nowhere')\n"
LOSE = f"{REBUILD}    op.execute(sa.delete(sa.table('setting')))\n"
ORPHAN = (
    f"{REBUILD}    op.execute(sa.update(sa.table('party', sa.column('dispute_id'))).values(dispute_id='1'))\n"
)
STATIC = (f"{DATABASE_NAME}", f"{DATABASE_NAME}.before-0001")


@pytest.fixture
def old(office, folder):
    """A file of the first schema with a dispute and two parties."""
    with office.change("王", "登记") as work:
        for record in (dispute(), party(0), party(1)):
            work.add(record)
    office.close()
    return folder / DATABASE_NAME


@pytest.fixture
def upgrade(old, key, tmp_path):
    """Upgrade with one more migration, whose steps are the given lines."""

    def run(steps):
        extra = tmp_path / "versions"
        extra.mkdir(exist_ok=True)
        (extra / "v0002_more.py").write_text(HEAD + steps)
        migrate.upgrade(old, key, target="0002", versions=[migrate.MIGRATIONS / "versions", extra])

    return run


def state(path):
    return {other.name: other.read_bytes() for other in path.parent.iterdir() if other.name != "office.lock"}


def rows(path, key, sql):
    connection = connect(path, key)
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


def test_rebuilding_a_parent_table_keeps_its_children(old, key, upgrade):
    before = old.read_bytes()
    upgrade(REBUILD)
    assert stored_schema(old, key) == "0002"
    assert rows(old, key, "SELECT number, mood FROM dispute") == [("", "calm")]
    assert rows(old, key, "SELECT name FROM party ORDER BY name") == [("张福根",), ("李木水",)]
    assert state(old).keys() == {*STATIC}
    assert (old.parent / STATIC[1]).read_bytes() == before


def test_the_old_file_kept_aside_still_opens(old, key, upgrade, tmp_path):
    upgrade(REBUILD)
    place = tmp_path / "back"
    place.mkdir()
    (place / DATABASE_NAME).write_bytes((old.parent / STATIC[1]).read_bytes())
    with (
        OfficeFile.open(place, key, clock=FakeClock(), new_id=IdCounter()) as office,
        office.read() as reader,
    ):
        assert reader.count(Party) == 2


def test_what_lay_in_the_write_ahead_log_comes_along(old, key, upgrade):
    """As after a power cut: a second copy of file and log, taken while a connection held them open."""
    connection = connect(old, key)
    connection.execute("INSERT INTO setting VALUES ('colour', '\"green\"')")
    crashed = state(old)
    connection.close()
    for name, data in crashed.items():
        (old.parent / name).write_bytes(data)
    assert (old.parent / f"{DATABASE_NAME}-wal").stat().st_size > 0
    upgrade(REBUILD)
    assert rows(old, key, "SELECT value FROM setting WHERE key = 'colour'") == [('"green"',)]
    assert rows(old.parent / STATIC[1], key, "SELECT value FROM setting WHERE key = 'colour'") == [
        ('"green"',)
    ]


@pytest.mark.parametrize(
    ("steps", "sentence"), [(FAIL, "no such table"), (LOSE, "没有通过检查"), (ORPHAN, "没有通过检查")]
)
def test_a_migration_that_goes_wrong_leaves_the_old_file(old, key, upgrade, steps, sentence):
    before = state(old)
    with pytest.raises(Exception, match=sentence):
        upgrade(steps)
    assert state(old) == before
    assert stored_schema(old, key) == "0001"


@pytest.mark.parametrize(
    "step", ["_copy", "_row_counts", "_migrate", "_check", "_keep_aside", "replace_file"]
)
def test_a_disk_that_fails_at_any_step_leaves_the_old_file(old, upgrade, monkeypatch, step):
    real = getattr(migrate, step)

    def late(*arguments):
        if step != "replace_file":
            real(*arguments)
        raise OSError(28, "full")

    before = state(old)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, step, late)
        with pytest.raises(EnvironmentProblem, match="磁盘已满"):
            upgrade(REBUILD)
    after = state(old)
    after.pop(STATIC[1], None)
    assert after == before
    upgrade(REBUILD)


def test_a_file_that_another_program_holds_is_left_alone(old, key, upgrade):
    other = connect(old, key)
    other.execute("SELECT * FROM setting")
    before = old.read_bytes()
    with pytest.raises(EnvironmentProblem, match="正被其他程序占用"):
        upgrade(REBUILD)
    other.close()
    assert old.read_bytes() == before
    assert state(old).keys() == {DATABASE_NAME}


def test_a_damaged_copy_is_noticed(old, upgrade, monkeypatch):
    real = migrate._migrate

    def damage(copy: Path, *arguments):
        real(copy, *arguments)
        data = bytearray(copy.read_bytes())
        data[-2000] ^= 1
        copy.write_bytes(data)

    before = state(old)
    monkeypatch.setattr(migrate, "_migrate", damage)
    with pytest.raises(UserError):
        upgrade(REBUILD)
    assert state(old) == before


def test_litter_of_an_upgrade_cut_off_before_does_not_hinder(old, key, upgrade):
    old.with_name(f"{DATABASE_NAME}.migrating").write_bytes(b"half")
    upgrade(REBUILD)
    assert stored_schema(old, key) == "0002"
    assert state(old).keys() == {*STATIC}


def test_opening_an_older_file_brings_it_up_to_date(folder, key, clock, new_id):
    """A file that has not even the first schema's tables stands for an older one."""
    folder.mkdir()
    older = connect(folder / DATABASE_NAME, key, options="mode=rwc")
    older.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    older.execute("INSERT INTO alembic_version VALUES ('0000')")
    older.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "_migrate", first_schema)
        OfficeFile.open(folder, key, clock=clock, new_id=new_id).close()
    assert stored_schema(folder / DATABASE_NAME, key) == tables.SCHEMA_HEAD
    assert (folder / f"{DATABASE_NAME}.before-0000").exists()


def first_schema(copy, key, target, versions):
    """Alembic knows no migration before the first one: forget the number and begin."""
    connection = connect(copy, key)
    connection.execute("DELETE FROM alembic_version")
    connection.close()
    MIGRATE(copy, key, target, versions)


MIGRATE = migrate._migrate


def test_the_newest_migration_is_the_one_the_program_expects():
    names = sorted(path.name for path in (migrate.MIGRATIONS / "versions").glob("v*.py"))
    assert names[-1].startswith(f"v{tables.SCHEMA_HEAD}_")
