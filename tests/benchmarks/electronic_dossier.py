"""Assemble a dossier of 60 pages with 20 photos once; print seconds, megabytes at the peak, pages, size."""

import hashlib
import multiprocessing
import resource
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from mediation_desktop.documents.dossier import Entry, Heading, Leaf, assemble
from mediation_desktop.documents.fonts import FontSet
from mediation_desktop.documents.forms import standard_style
from mediation_desktop.documents.page import Line, Paper, Paragraph
from mediation_desktop.documents.pdf import write_archive
from mediation_desktop.system.files import replacing
from mediation_desktop.system.ids import new_id

NOW = datetime(2026, 6, 19, tzinfo=UTC)
_PHOTOS, _PAPERS, _PAGES = 20, 20, 2


def photo(number: int) -> bytes:
    """A photo with as much in it as one of a field: noise at half its size, 3 to 4 MB as a JPEG."""
    seed = hashlib.sha256(bytes([number])).digest()
    noise = Image.frombytes("RGB", (1000, 750), hashlib.shake_128(seed).digest(1000 * 750 * 3))
    stream = BytesIO()
    noise.resize((4000, 3000), Image.Resampling.BILINEAR).save(stream, "JPEG", quality=85)
    return stream.getvalue()


def paper(number: int, fonts: FontSet) -> bytes:
    """An issued paper of two pages."""
    text = f"第{number}次调解记录。双方就排水沟一事说明了各自的意见，调解员释明了有关规定。" * 20
    blocks = (Line("调解记录", "title", "center"), Paragraph(text), Paragraph(text, new_page=True))
    made = Paper("record", "1", "调解记录", "鸡鸣村调委会", standard_style(), "第{page}页", (blocks,))
    pdf = write_archive(made, fonts, now=NOW, paper_id=new_id())
    if pdf.pages != _PAGES:
        raise ValueError(pdf.pages)
    return pdf.data


def make(folder: Path) -> None:
    """Lay the files down, so that the measured process reads them as it would."""
    fonts = FontSet.bundled()
    for number in range(_PHOTOS):
        (folder / f"{number}.jpg").write_bytes(photo(number))
    for number in range(_PAPERS):
        (folder / f"{number}.pdf").write_bytes(paper(number, fonts))


def measured(folder: Path) -> tuple[float, int]:
    """Assemble everything in the folder; return the seconds and the pages."""
    begun = time.perf_counter()
    papers = [Leaf("", "application/pdf", path.read_bytes) for path in sorted(folder.glob("*.pdf"))]
    photos = [Leaf("", "image/jpeg", path.read_bytes) for path in sorted(folder.glob("*.jpg"))]
    entries = [Entry(f"材料{at}", (leaf,)) for at, leaf in enumerate(papers, 1)]
    entries.append(Entry("证据材料", tuple(photos)))
    heading = Heading("张福根与李木水", "龙东2026001", "鸡鸣村调委会", "2026年6月19日")
    with replacing(folder / "out") as sink:
        made = assemble(heading, entries, sink, FontSet.bundled(), now=NOW)
    return time.perf_counter() - begun, made.pages


def main() -> None:
    """Prepare in a child, so that the peak is that of assembling alone."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        child = multiprocessing.get_context("spawn").Process(target=make, args=(folder,))
        child.start()
        child.join()
        seconds, pages = measured(folder)
        size = (folder / "out").stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.3f} {peak:.1f} {pages} {size:.1f}")


if __name__ == "__main__":
    main()
