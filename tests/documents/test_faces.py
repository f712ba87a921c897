"""Faces that an office chooses: found by name, embedded if their makers allow it, equal on every machine."""

import io
import re
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
from archive_rules import broken_clauses
from desks import about
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from helpers import NINE_O_CLOCK
from msgspec.structs import replace

from mediation_desktop.documents.compose import compose
from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.fonts import FontSet, missing_characters
from mediation_desktop.documents.pdf import write_archive, write_pdf
from mediation_desktop.domain.errors import UserError
from mediation_desktop.system.paths import resource

SERIF, SANS = (resource("fonts", f"Noto{name}SC-Regular.ttf") for name in ("Serif", "Sans"))
RARE = resource("fonts", "PingAnRareMing-Regular.ttf")
HANAZONO = [Path("/usr/share/fonts", kind, "hanazono/HanaMinB.ttf") for kind in ("truetype", "opentype")]


@pytest.fixture
def own(tmp_path):
    """Give the folder in which an office keeps its choice of faces, and a way to write it."""

    def choose(**faces):
        lines = (f'{role} = "{face}"' for role, face in faces.items())
        (tmp_path / "faces.toml").write_text("\n".join(lines), encoding="utf-8")
        return tmp_path

    return choose


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Install faces in a user's own folder of a PC; return that folder."""
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    folder = tmp_path / "user/.local/share/fonts"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def paper(case, form):
    return compose(form, about(case(2)))


def small(path, text, units=1000):
    """A face with the characters of a text only, in units of its own."""
    font = TTFont(path)
    cutter = Subsetter(Options(notdef_outline=True, name_IDs=["*"]))
    cutter.populate(text=text + " 0123456789")
    cutter.subset(font)
    if units != font["head"].unitsPerEm:
        scale_upem(font, units)
    return font


def with_rights(tmp_path, rights):
    font = TTFont(RARE)
    font["OS/2"].fsType = rights
    path = tmp_path / f"rights-{rights}.ttf"
    font.save(path)
    return path


def faces_of(outsider, pdf):
    return {row[0].partition("+")[2] for row in outsider.pdf_faces(pdf)}


def words(paper):
    return "".join(text for text, _ in paper.texts())


def test_an_office_chooses_faces_of_its_pc_by_name(own, installed, paper, clock, outsider):
    shutil.copy(SANS, installed / "simfang.ttf")
    shutil.copy(SERIF, installed / "FZXBSJW.TTF")
    fonts = FontSet.bundled(own(body="仿宋", bold="NotoSerifSC-Bold.ttf", title="小标宋"))
    data = write_archive(paper, fonts, now=clock.now()).data
    assert {"NotoSansSC-Regular", "NotoSerifSC-Regular", "NotoSerifSC-Bold"} == faces_of(outsider, data)
    assert broken_clauses(data) == []
    with zipfile.ZipFile(io.BytesIO(write_docx(paper, now=clock.now(), fonts=fonts))) as package:
        styles = package.read("word/styles.xml").decode()
    named = dict(re.findall(r'w:styleId="(\w+)".*?w:eastAsia="([^"]+)"', styles, re.DOTALL))
    assert (named["body"], named["title"], named["heading"]) == ("仿宋", "方正小标宋简体", "宋体")
    assert "<w:b/>" in styles.partition('w:styleId="heading"')[2].partition("</w:style>")[0]
    assert "<w:b/>" not in styles.partition('w:styleId="title"')[2].partition("</w:style>")[0]


def test_a_face_that_is_not_installed_is_named_with_the_remedy(own, installed):
    assert list(installed.iterdir()) == []
    with pytest.raises(UserError, match="没有装文书字体“楷体”") as caught:
        FontSet.bundled(own(body="楷体", bold="楷体"))
    assert "换一种" in caught.value.advice


@pytest.fixture
def collection(installed, paper):
    """Install simsun.ttc, which holds 宋体 and 新宋体 in 256 units to the em."""
    made = TTCollection()
    made.fonts = [small(path, words(paper), units=256) for path in (SERIF, SANS)]
    made.save(installed / "simsun.ttc")


@pytest.mark.usefixtures("collection")
@pytest.mark.parametrize(("name", "expected"), [("宋体", "NotoSerifSC"), ("新宋体", "NotoSansSC")])
def test_one_face_of_a_collection_is_embedded_with_its_own_widths(name, expected, own, paper, outsider):
    data = write_archive(paper, FontSet.bundled(own(body=name, bold=name)), now=NINE_O_CLOCK).data
    assert any(face.startswith(expected) for face in faces_of(outsider, data))
    assert broken_clauses(data) == []
    text = "".join(outsider.pages(data))
    assert "石光贵" in text
    assert "46,850.50" in text


@pytest.mark.parametrize("rights", [0x0002, 0x0100, 0x0200, 0x0108])
def test_a_face_that_may_not_be_embedded_is_refused_in_plain_words(rights, own, tmp_path):
    path = with_rights(tmp_path, rights).as_posix()
    with pytest.raises(UserError, match="不许嵌入") as caught:
        FontSet.bundled(own(body=path, bold=path))
    assert "faces.toml" in caught.value.advice


@pytest.mark.parametrize("rights", [0, 0x0004, 0x0008, 0x000C, 0x0006])
def test_a_face_that_may_be_embedded_for_printing_or_editing_is_taken(rights, own, tmp_path):
    path = with_rights(tmp_path, rights).as_posix()
    assert FontSet.bundled(own(body=path, bold=path)).body.path.name == f"rights-{rights}.ttf"


def test_what_a_chosen_face_lacks_comes_from_the_bundled_ones(own, installed, case, form, outsider):
    small(SANS, "龙游县人民调解协议书当事人").save(installed / "simfang.ttf")
    dossier = case(2)
    first, *others = dossier.parties
    paper = compose(form, about(replace(dossier, parties=(replace(first, name="蓝𬭎娥𡌴"), *others))))
    fonts = FontSet.bundled(own(body="仿宋", bold="仿宋"))
    assert missing_characters(paper, fonts) == ()
    data = write_archive(paper, fonts, now=NINE_O_CLOCK).data
    assert "蓝𬭎娥𡌴" in "".join(outsider.pages(data))
    assert faces_of(outsider, data) >= {"NotoSerifSC-Regular", "PingAnRareMing-Regular"}
    assert broken_clauses(data) == []


def places(pdf):
    """Where every text and rule of every page stands."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            re.findall(rb"^1 0 0 1 (\S+ \S+) Tm|^(.* l)$", page.Contents.read_bytes(), re.MULTILINE)
            for page in opened.pages
        ]


def test_lines_stand_where_the_style_says_whatever_a_face_says_of_its_height(own, tmp_path, paper, fonts):
    font = TTFont(SERIF)
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = 1700, -900, 400
    font["OS/2"].sTypoAscender, font["OS/2"].usWinAscent = 1700, 1900
    font.save(tmp_path / "tall.ttf")
    tall = FontSet.bundled(own(body="tall.ttf", bold="NotoSerifSC-Bold.ttf"))
    assert tall.body.font.face.ascent != fonts.body.font.face.ascent
    first, second = (write_pdf(paper, each, now=NINE_O_CLOCK).data for each in (tall, fonts))
    assert places(first) == places(second)


def test_signs_that_nobody_sees_leave_no_slot_and_no_box(case, form, fonts, clock, outsider):
    """Zero-width spaces and the like come along when names are pasted from a phone."""
    dossier = case(2)
    first, *others = dossier.parties
    pasted = replace(first, name="石\u200b光\u2060贵\U000e0100")
    paper = compose(form, about(replace(dossier, parties=(pasted, *others))))
    assert missing_characters(paper, fonts) == ()
    data = write_archive(paper, fonts, now=clock.now()).data
    assert "石光贵" in "".join(outsider.pages(data)).replace("\u200b", "")
    assert broken_clauses(data) == []


@pytest.mark.skipif(not any(path.exists() for path in HANAZONO), reason="fonts-hanazono is not installed")
@pytest.mark.parametrize("char", ["𠀋", "𪜀", "𫝀", "𫠠", "𬺰"])
def test_a_character_of_extensions_b_to_f_comes_from_a_face_of_the_system(char, case, form, clock, outsider):
    fonts = FontSet.bundled()
    dossier = case(2)
    first, *others = dossier.parties
    paper = compose(form, about(replace(dossier, parties=(replace(first, name=f"石{char}贵"), *others))))
    assert missing_characters(paper, fonts) == ()
    assert f"石{char}贵" in "".join(outsider.pages(write_pdf(paper, fonts, now=clock.now()).data))
