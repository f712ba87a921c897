"""J4, its first half: on Friday everything new goes onto a stick, and the county's end opens it."""

from pathlib import Path

import pytest
from desks import sample

from mediation_desktop.county.demo import admit, make_demo_county
from mediation_desktop.county.reader import open_to
from mediation_desktop.exchange.keys import new_device_keys
from mediation_desktop.services import queries
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.office import DEVICE_KEYS, apply_pack, device_keys, office_view, read_pack
from mediation_desktop.system.clock import today
from mediation_desktop.system.drives import Drive


class OneStick:
    """A stick in the first port."""

    def __init__(self, path):
        self._path = path

    def removable(self):
        return (Drive(self._path, "调委会U盘", 8 * 10**9, 16 * 10**9),)


@pytest.fixture
def county(program, tmp_path, clock, new_id):
    """Enrol the office with a county, and enter one settled dispute."""
    clock.advance(days=30)
    desk = program.at_desk.desk
    enter(desk, sample(1, new_id))
    office = office_view(desk).office
    (tmp_path / "county").mkdir()
    made = make_demo_county(
        tmp_path / "county", office_code=office.code, office_name=office.name, now=clock.now()
    )
    with desk.office_file.change(desk.actor, "开通") as work:
        work.put_setting(DEVICE_KEYS, new_device_keys().to_text())
    apply_pack(desk, read_pack(made.activation, clock))
    return made


def test_from_the_exchange_page_to_the_countys_end(hand, county, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    desk = hand.program.at_desk.desk
    page = hand.window.page("exchange")
    page.drives = OneStick(stick)
    hand.go("数据交换")
    hand.press("导出")
    assert "可以拔出" in hand.says()

    bundles = list(stick.iterdir())
    assert [path.suffix for path in bundles] == [".tjb"]
    office = office_view(desk).office
    admit(
        county.trust,
        office_code=office.code,
        office_name=office.name,
        public_key=device_keys(desk).signing_public,
        on=today(desk.clock),
    )
    report = open_to(bundles[0], county.trust, county.identity, tmp_path / "received")
    assert report.revisions
    records = (tmp_path / "received" / "bag" / "data" / "records.ndjson").read_text(encoding="utf-8")
    assert "张福根" in records
    assert _nothing_readable(Path(desk.folder), "张福根".encode())
    assert queries.count_disputes(desk) == 1


def _nothing_readable(folder, word):
    """Whether no file of the office shows the word to somebody without the key."""
    return all(word not in path.read_bytes() for path in folder.rglob("*") if path.is_file())
