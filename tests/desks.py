"""A real office on disk for tests of services and pages, opened with a raw key."""

from pathlib import Path

from mediation_desktop.documents.matter import Matter
from mediation_desktop.domain import records
from mediation_desktop.services.casefiles.reader import CaseFile, read_case
from mediation_desktop.services.codes import load_codes
from mediation_desktop.services.desk import Desk
from mediation_desktop.storage.office_file import OfficeFile

KEY = bytes(range(32))
CASES = Path(__file__).parent / "data" / "cases"


def make_desk(folder: Path, clock, new_id) -> Desk:
    """Return an open office with one committee, one studio and two mediators; close its file afterwards."""
    office_file = OfficeFile.create(folder, KEY, clock=clock, new_id=new_id)
    with office_file.change("汪承平", "开通本单位") as work:
        committee = work.add(
            records.Committee(
                id=new_id(),
                name="龙游县东华街道鸡鸣村人民调解委员会",
                town="东华街道",
                village="鸡鸣村",
                number_word="龙东",
            )
        )
        studio = work.add(records.Studio(id=new_id(), committee_id=committee.id, name="舒心调解工作室"))
        for name in ("汪承平", "周正明"):
            work.add(records.Mediator(id=new_id(), committee_id=committee.id, name=name))
        work.add(
            records.Office(
                id=new_id(),
                code="LY0101",
                name="鸡鸣村调委会",
                committee_id=committee.id,
                studio_id=studio.id,
                recorder="余小雯",
            )
        )
    return Desk(office_file, folder, load_codes((folder / "codes",)), clock, new_id, "汪承平")


def sample(number: int, new_id, codes=None) -> CaseFile:
    """Return one of the sample disputes."""
    path = next(CASES.glob(f"case{number}-*.toml"))
    return read_case(path.read_text(encoding="utf-8"), codes or load_codes(), new_id)


def about(dossier, subject=None) -> Matter:
    """Return what a paper tells of, with the shipped code tables."""
    return Matter(dossier, load_codes(), subject)
