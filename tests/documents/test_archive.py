"""Papers for the archive: PDF/A-2u by every clause, the same each time, and able to tell a change."""

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from archive_rules import RULES, broken_clauses
from desks import about
from form_samples import FORMS, sample_paper
from msgspec.structs import replace

from mediation_desktop.documents.archive import told_by
from mediation_desktop.documents.compose import compose
from mediation_desktop.documents.pdf import content_of, write_archive, write_pdf
from mediation_desktop.domain.papercode import paper_code
from mediation_desktop.system.paths import resource

JARS = [
    Path("/usr/share/java", f"{name}.jar")
    for name in (
        "pdfbox2",
        "preflight",
        "xmpbox",
        "fontbox2",
        "commons-logging",
        "javax.activation",
        "jaxb-api",
    )
]


@pytest.fixture
def agreement(case, form):
    """The agreement of the second sample dispute, with a rare name in it."""
    dossier = case(2)
    first, *others = dossier.parties
    parties = (replace(first, name="蓝𬭎娥𡌴"), *others)
    return compose(form, about(replace(dossier, parties=parties)))


@pytest.fixture
def kept(agreement, fonts, clock, new_id):
    """That agreement as it is kept."""
    return write_archive(agreement, fonts, now=clock.now(), paper_id=new_id())


@pytest.mark.parametrize("name", FORMS)
def test_every_form_keeps_every_clause_of_pdf_a(name, fonts, clock, new_id):
    paper = sample_paper(name, new_id)
    assert broken_clauses(write_archive(paper, fonts, now=clock.now(), paper_id=new_id()).data) == []
    assert broken_clauses(write_archive(paper, fonts, now=clock.now()).data) == []


def test_an_agreement_with_rare_characters_keeps_every_clause(kept):
    assert broken_clauses(kept.data) == []


def resaved(data, change, **options):
    """The file after somebody changed something in it."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        options = {"preserve_pdfa": True, "object_stream_mode": pikepdf.ObjectStreamMode.disable} | options
        pdf.save(target, **options)
    return target.getvalue()


def first_font(pdf):
    return next(iter(pdf.pages[0].Resources.Font.values()))


def no_embedding(pdf):
    del first_font(pdf).FontDescriptor.FontFile2


def other_widths(pdf):
    font = first_font(pdf)
    font.Widths = pikepdf.Array([float(width) + 40 for width in font.Widths])


def no_meaning(pdf):
    del first_font(pdf).ToUnicode


def an_encoding(pdf):
    first_font(pdf).Encoding = pikepdf.Name.WinAnsiEncoding


def coloured(pdf):
    pdf.pages[0].contents_add(b"1 0 0 rg", prepend=True)


def no_intent(pdf):
    del pdf.Root.OutputIntents


def an_action(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))


def no_xmp(pdf):
    del pdf.Root.Metadata


def other_title(pdf):
    pdf.trailer.Info.Title = pikepdf.String("另一份")


def other_level(pdf):
    data = pdf.Root.Metadata.read_bytes().replace(b">2<", b">1<")
    pdf.Root.Metadata.write(data)


def missing_sign(pdf):
    """Show code 0, which is the sign for a missing character."""
    data = pdf.pages[0].Contents.read_bytes()
    pdf.pages[0].Contents = pdf.make_stream(re.sub(rb"<[0-9a-f]{2}", b"<00", data, count=1))


SABOTAGE = {
    no_embedding: "6.2.11.4",
    other_widths: "6.2.11.5",
    an_encoding: "6.2.11.6",
    no_meaning: "6.2.11.7",
    missing_sign: "6.2.11.8",
    coloured: "6.2.4",
    no_intent: "6.2.3",
    an_action: "6.3",
    no_xmp: "6.6.2 ",
    other_title: "6.6.2.3",
    other_level: "6.6.4",
}


@pytest.mark.parametrize("change", SABOTAGE, ids=lambda change: change.__name__)
def test_the_rules_see_what_is_wrong(kept, change):
    with pikepdf.open(io.BytesIO(resaved(kept.data, change))) as pdf:
        target = io.BytesIO()
        pdf.save(target, preserve_pdfa=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        (clause,) = [one for one in RULES if one.startswith(SABOTAGE[change])]
        try:
            seen = not RULES[clause](target.getvalue(), pdf)
        except (AttributeError, KeyError):
            seen = True
        assert seen


def test_reportlabs_own_file_does_not_do(agreement, fonts, clock):
    clauses = broken_clauses_of_plain(write_pdf(agreement, fonts, now=clock.now()).data)
    assert {clause.split()[0] for clause in clauses} >= {"6.1.7.1", "6.2.3", "6.6.2", "6.6.4"}


def broken_clauses_of_plain(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        chosen = [one for one in RULES if not one.startswith("6.6.2.3")]
        return [clause for clause in chosen if not RULES[clause](data, pdf)]


def as_part_one(data):
    """The same file claiming PDF/A-1b, whose demands on a file like ours are the stricter ones."""
    wanted = (
        (b"<pdfaid:part>2</pdfaid:part>", b"<pdfaid:part>1</pdfaid:part>"),
        (b"<pdfaid:conformance>U<", b"<pdfaid:conformance>B<"),
        (b"%PDF-1.7", b"%PDF-1.4"),
    )
    for old, new in wanted:
        assert old in data
        data = data.replace(old, new)
    return data


@pytest.fixture
def preflight(tmp_path):
    """Apache PDFBox Preflight, which knows nothing of ours (it knows part 1, level B only)."""
    if not shutil.which("java") or not all(jar.exists() for jar in JARS):
        pytest.skip(
            "PDFBox Preflight is not installed (libpdfbox2-java, libactivation-java, libjaxb-api-java)"
        )

    def said(files):
        for name, data in files.items():
            (tmp_path / f"{name}.pdf").write_bytes(data)
        command = ["java", "-cp", ":".join(map(str, JARS)), "org.apache.pdfbox.preflight.Validator_A1b"]
        answers = {}
        for name in files:
            done = subprocess.run(
                [*command, tmp_path / f"{name}.pdf"], capture_output=True, check=False, text=True
            )
            answers[name] = done.stdout
        return answers

    return said


@pytest.mark.slow
def test_an_independent_validator_finds_every_form_valid(preflight, fonts, clock, new_id, kept):
    files = {
        name: as_part_one(
            write_archive(sample_paper(name, new_id), fonts, now=clock.now(), paper_id=new_id()).data
        )
        for name in FORMS
    } | {"rare": as_part_one(kept.data)}
    wrong = as_part_one(kept.data).replace(b"/OutputIntents", b"/OutputIntentz")
    answers = preflight(files | {"wrong": wrong})
    assert "is not a valid" in answers.pop("wrong")
    assert all("is a valid PDF/A-1b file" in answer for answer in answers.values()), answers


def test_the_same_paper_is_kept_as_the_same_bytes(agreement, fonts, clock, new_id):
    paper_id = new_id()
    first, second = (write_archive(agreement, fonts, now=clock.now(), paper_id=paper_id) for _ in range(2))
    assert first == second
    assert write_archive(agreement, fonts, now=clock.now(), paper_id=new_id()) != first


def test_the_kept_paper_looks_and_reads_as_the_one_that_was_shown(agreement, kept, fonts, clock, outsider):
    shown = write_pdf(agreement, fonts, now=clock.now())
    assert outsider.pages(kept.data) == outsider.pages(shown.data)
    with pikepdf.open(io.BytesIO(kept.data)) as ours, pikepdf.open(io.BytesIO(shown.data)) as plain:
        for issued, preview in zip(ours.pages, plain.pages, strict=True):
            assert issued.Contents.read_bytes().startswith(preview.Contents.read_bytes().rstrip())


def test_the_kept_paper_says_what_it_is(kept, outsider):
    outsider.pages(kept.data)
    said = outsider.run("pdfinfo", "paper.pdf")
    assert "人民调解协议书" in said
    assert "湖镇镇人民调解委员会" in said
    with pikepdf.open(io.BytesIO(kept.data)) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_a_file_tells_its_code_and_that_nobody_changed_it(agreement, fonts, clock, new_id):
    paper_id = new_id()
    told = told_by(write_archive(agreement, fonts, now=clock.now(), paper_id=paper_id).data)
    assert told.whole
    assert told.code == paper_code(paper_id, content_of(agreement))
    assert (told.about.title, told.pages) == ("人民调解协议书", 3)


def test_a_change_of_any_byte_is_seen(kept):
    for place in range(200, len(kept.data), 997):
        changed = bytearray(kept.data)
        changed[place] ^= 1
        told = told_by(bytes(changed))
        assert told is None or not told.whole


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", b"PK\x03\x04", bytes(4000)])
def test_what_is_no_paper_of_ours_tells_nothing(data):
    assert told_by(data) is None


def test_the_colour_profile_is_what_its_script_makes(tmp_path):
    script = Path(__file__).parents[2] / "installer" / "build_srgb.py"
    subprocess.run([sys.executable, script, tmp_path / "sRGB.icc"], check=True)
    assert (tmp_path / "sRGB.icc").read_bytes() == resource("icc", "sRGB.icc").read_bytes()
