"""What the tests of services share: an open desk, and one that can send."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from desks import make_desk, sample

from mediation_desktop.county.demo import DemoCounty, make_demo_county
from mediation_desktop.exchange.keys import DeviceKeys, new_device_keys
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.office import DEVICE_KEYS, apply_pack, office_view, read_pack


@pytest.fixture
def desk(tmp_path, clock, new_id):
    """Give an open office without disputes."""
    made = make_desk(tmp_path / "office", clock, new_id)
    yield made
    made.office_file.close()


@dataclass
class Sender:
    """An office that can send to a county."""

    desk: Desk
    county: DemoCounty
    keys: DeviceKeys
    stick: Path
    dispute_id: object


@pytest.fixture
def sender(desk, tmp_path, clock, new_id):
    """Give an office with one settled dispute, the keys to send it, and an empty stick."""
    clock.advance(days=30)
    dispute_id = enter(desk, sample(3, new_id))
    office = office_view(desk).office
    county_folder = tmp_path / "county"
    county_folder.mkdir()
    county = make_demo_county(
        county_folder, office_code=office.code, office_name=office.name, now=clock.now()
    )
    keys = new_device_keys()
    with desk.office_file.change("汪承平", "开通") as work:
        work.put_setting(DEVICE_KEYS, keys.to_text())
    apply_pack(desk, read_pack(county.activation, clock))
    stick = tmp_path / "stick"
    stick.mkdir()
    return Sender(desk, county, keys, stick, dispute_id)
