"""Cut the small face for rare name characters out of HanaMinB.

Run by hand when the list changes, never at build time:

    python installer/build_rare_face.py HanaMinB.ttf Unihan_IRGSources.txt.bz2 NotoSerifSC-Regular.ttf OUT.ttf

HanaMinB comes from Debian's fonts-hanazono, the Unihan table from Debian's unicode-data.  The result
takes a name of its own, because the OFL reserves Hanazono's.  It needs fontTools.
"""

import bz2
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

NAME = "PingAn Rare Ming"
SOURCES = ("GIDC", "GXC", "GXH", "GXHZ", "GZH", "GFC", "GDZ", "GRM", "GU", "GOCD", "G3", "GGH", "GHF", "GZYS")
"""Sources of the Ministry of Public Security's identity system and of current dictionaries (UAX #38)."""
ALSO = (0x21334,)
"""Known from names, but in none of those sources."""
COPYRIGHT = "Copyright (c) 2011 GlyphWiki Project. Subset under another name; SIL Open Font License 1.1."
NAME_IDS = {
    0: COPYRIGHT,
    1: NAME,
    2: "Regular",
    3: NAME,
    4: NAME,
    5: "Version 1.000",
    6: "PingAnRareMing-Regular",
}
EARLIEST = 2082844800
"""1970 in the TrueType epoch, so that the same input gives the same file."""


def wanted(unihan: Path) -> set[int]:
    """Return the code points that Unihan ascribes to one of ``SOURCES``, and ``ALSO``."""
    chosen: set[int] = set(ALSO)
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        for line in lines:
            code, _, rest = line.partition("\t")
            field, _, value = rest.strip().partition("\t")
            if field == "kIRG_GSource" and value.split("-")[0] in SOURCES:
                chosen.add(int(code.removeprefix("U+"), 16))
    return chosen


def characters_of(face: TTFont) -> set[int]:
    """Return the code points a face can draw."""
    return set(face.getBestCmap() or ())


def main(source: Path, unihan: Path, common: Path, target: Path) -> None:
    """Write the face that has what ``common`` lacks."""
    face = TTFont(source, recalcTimestamp=False)
    lacking = (wanted(unihan) - characters_of(TTFont(common, lazy=True))) & characters_of(face)
    options = Options(hinting=False, glyph_names=False, notdef_outline=False)
    options.drop_tables += ["FFTM", "GSUB", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=lacking)
    subsetter.subset(face)
    for stamp in ("created", "modified"):
        setattr(face["head"], stamp, EARLIEST)
    face["name"].names = []
    for name_id, text in NAME_IDS.items():
        face["name"].setName(text, name_id, 3, 1, 0x409)
        face["name"].setName(text, name_id, 1, 0, 0)
    face.save(target)
    sys.stdout.write(f"{len(lacking)} characters, {target.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:5]))
