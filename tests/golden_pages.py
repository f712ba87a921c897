"""Pages as pictures, small and grey, to be compared with those that were looked at and found good.

When a change of look is meant, ``python tests/golden_pages.py`` draws them anew; then look at each.
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from form_samples import sample_paper
from helpers import NINE_O_CLOCK, IdCounter
from PIL import Image, ImageChops, ImageFilter, ImageStat
from scanner import page_picture

from mediation_desktop.documents.fonts import FontSet
from mediation_desktop.documents.pdf import write_archive

FOLDER = Path(__file__).parent / "golden"
FORMS = ("agreement", "mediation_record", "session_notice", "termination")
DOTS_PER_INCH = 40
LEVELS = 16
"""Shades of grey that a golden page is kept in."""
MOST_MEAN, MOST_ANYWHERE = 2.0, 70
"""What may differ, of 255, on the whole and at any one place: another version of poppler draws edges
otherwise, a shift by a line or a word that is gone is several times as much."""


def first_page(paper, folder):
    """The first page of a paper as it is issued, as a small picture."""
    data = write_archive(paper, FontSet.bundled(), now=NINE_O_CLOCK, paper_id=IdCounter()()).data
    return page_picture(data, folder, dots_per_inch=DOTS_PER_INCH)


def alike(picture, golden):
    """Tell whether two pictures of a page show the same but for how edges are drawn."""
    if picture.size != golden.size:
        return False
    soft = [each.convert("L").filter(ImageFilter.GaussianBlur(2)) for each in (picture, golden)]
    apart = ImageChops.difference(*soft)
    return ImageStat.Stat(apart).mean[0] <= MOST_MEAN and apart.getextrema()[1] <= MOST_ANYWHERE


def golden(name):
    """The page that was found good."""
    return Image.open(FOLDER / f"{name}.png")


def main():
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - only by hand

    with TemporaryDirectory() as folder:
        for name in FORMS:
            picture = first_page(sample_paper(name, IdCounter()), Path(folder))
            picture.quantize(LEVELS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
