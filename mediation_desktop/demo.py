"""The demonstration: an office with the sample disputes, and the main job from register to receipt.

Stands on the top floor, because it knows both ends of the exchange; it needs no window.
"""

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID

from msgspec import Struct

from mediation_desktop.county.demo import DemoCounty, admit, make_demo_county
from mediation_desktop.county.reader import open_to, verify
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import queries, transfer
from mediation_desktop.services.casefiles.entering import AFTER_THE_SAMPLES, enter
from mediation_desktop.services.casefiles.reader import read_case
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.office import (
    OfficeSetup,
    create_office,
    device_keys,
    office_exists,
    read_pack,
)
from mediation_desktop.services.outbox import outbox
from mediation_desktop.system.clock import NotBefore, today
from mediation_desktop.system.files import make_folder, write_file
from mediation_desktop.system.paths import samples_folder

PASSWORD = "longyou-2026"  # noqa: S105 - everybody may open the demonstration
_SETUP = OfficeSetup(
    code="LY330825-DEMO",
    name="鸡鸣村调委会（演示）",
    committee="龙游县东华街道鸡鸣村人民调解委员会",
    town="东华街道",
    village="鸡鸣村",
    number_word="龙东",
    studio="舒心调解工作室",
    mediators=("汪承平",),
    recorder="余小雯",
)


class Demonstration(Struct, frozen=True):
    """A demonstration office, open, with its county and its disputes in the order of the samples."""

    folder: Path
    desk: Desk
    county: DemoCounty
    disputes: tuple[UUID, ...]


def build(data_dir: Path | None = None) -> Demonstration:
    """Make the demonstration office and county in ``data_dir``, or in a fresh temporary folder.

    Raises:
        UserError: there is an office in the folder already.
        EnvironmentProblem: the machine refused.
    """
    folder = data_dir or Path(mkdtemp(prefix="mediation-demo-"))
    if office_exists(folder / "office"):
        raise UserError("这个文件夹里已经有办公数据。", "请换一个空文件夹做演示。")
    clock = NotBefore(AFTER_THE_SAMPLES)
    make_folder(folder / "county")
    county = make_demo_county(
        folder / "county", office_code=_SETUP.code, office_name=_SETUP.name, now=clock.now()
    )
    pack = read_pack(county.activation, clock)
    desk = create_office(folder / "office", _SETUP, PASSWORD, pack=pack, clock=clock).desk
    try:
        samples = sorted(samples_folder().glob("*.toml"))
        disputes = tuple(
            enter(desk, read_case(path.read_text(encoding="utf-8"), desk.codes, desk.new_id))
            for path in samples
        )
    except BaseException:
        desk.office_file.close()
        raise
    return Demonstration(folder, desk, county, disputes)


def run_headless(data_dir: Path | None, say: Callable[[str], None]) -> None:
    """Do the main job without a window and say the path of each file made, and the time it took."""
    begun = time.perf_counter()
    shown = build(data_dir)
    try:
        say(f"办公数据：{shown.desk.folder / 'office.db'}（密码 {PASSWORD}）")
        for path in _write_papers(shown):
            say(f"文书：{path}")
        bundle = _send(shown)
        say(f"数据包：{bundle}")
        for path in _receive(shown, bundle):
            say(path)
    finally:
        shown.desk.office_file.close()
    say(f"用时：{time.perf_counter() - begun:.1f} 秒")


def _write_papers(shown: Demonstration) -> list[Path]:
    """Write both files of every issued paper, under the dispute's place in the samples."""
    folder = shown.folder / "papers"
    make_folder(folder)
    written = []
    for place, dispute_id in enumerate(shown.disputes, start=1):
        for paper in queries.dossier(shown.desk, dispute_id).papers:
            for digest, extension in ((paper.pdf_sha256, "pdf"), (paper.docx_sha256, "docx")):
                with shown.desk.office_file.read() as reader:
                    data = reader.blob(digest)
                path = folder / f"case{place}-{paper.form}.{extension}"
                write_file(path, data)
                written.append(path)
    return written


def _send(shown: Demonstration) -> Path:
    stick = shown.folder / "stick"
    make_folder(stick)
    recipient = outbox(shown.desk)[0]
    choice = transfer.ExportChoice(
        recipient.recipient_id, stick, (transfer.DossierRequest(shown.disputes[0], "演示：县里调阅卷宗"),)
    )
    return transfer.export_bundle(shown.desk, choice).path


def _receive(shown: Demonstration, bundle: Path) -> list[str]:
    """Admit the office as a clerk does, verify and open its bundle; return what to tell."""
    county = shown.county
    admit(
        county.trust,
        office_code=_SETUP.code,
        office_name=_SETUP.name,
        public_key=device_keys(shown.desk).signing_public,
        on=today(shown.desk.clock),
    )
    verify(bundle, county.trust)
    opened = open_to(bundle, county.trust, county.identity, shown.folder / "received")
    return [
        f"示范县信任名单：{county.trust}",
        f"示范县密钥文件：{county.identity}",
        f"开通包：{county.activation}",
        *opened.lines(),
    ]
