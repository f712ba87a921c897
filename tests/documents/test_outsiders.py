"""Programs that know nothing of ours look at every form: poppler at the PDF, LibreOffice at the DOCX."""

import os
import re
import shutil
import subprocess
from collections import Counter

import golden_pages
import pytest
from desks import about
from form_samples import FORMS, sample_paper
from helpers import IdCounter
from msgspec.structs import replace

from mediation_desktop.documents.compose import compose
from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.forms import load_form
from mediation_desktop.documents.page import Table
from mediation_desktop.documents.pdf import write_archive
from mediation_desktop.system.paths import forms_folder, resource

FOOTER = re.compile(r"^第 ?\d+ ?页\s+共 ?\d+ ?页$", re.MULTILINE)
FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""


@pytest.mark.parametrize("name", FORMS)
def test_every_face_in_every_form_is_embedded_as_a_subset_with_its_meaning(name, fonts, clock, outsider):
    faces = outsider.pdf_faces(write_archive(sample_paper(name, IdCounter()), fonts, now=clock.now()).data)
    assert faces
    for face in faces:
        assert re.match(r"[A-Z]{6}\+", face[0])
        assert face[-5:-2] == ["yes", "yes", "yes"]


def test_names_amounts_and_dates_are_taken_out_exactly(case, form, fonts, clock, outsider):
    dossier = case(2)
    first, *others = dossier.parties
    paper = compose(form, about(replace(dossier, parties=(replace(first, name="蓝𬭎娥𡌴䶮"), *others))))
    text = "".join(outsider.pages(write_archive(paper, fonts, now=clock.now()).data))
    for exact in ("蓝𬭎娥𡌴䶮", "杨小英", "46,850.50", "肆仟元整", "2026年7月15日", "91330825MA28F0000W"):
        assert exact in text


def characters(pages, paper):
    """How often each character stands on the pages, apart from footers and heads that return."""
    text = FOOTER.sub("", "\n".join(pages))
    counted = Counter(re.sub(r"\s", "", text))
    for block in paper.blocks:
        if isinstance(block, Table):
            for char in "".join(column.head for column in block.columns):
                counted.pop(char, None)
    return counted


@pytest.fixture
def office_pdfs(tmp_path):
    """Have LibreOffice make PDFs of many DOCX in one call, with our faces for 宋体."""

    def convert(files):
        if shutil.which("soffice") is None:
            pytest.skip("LibreOffice is not installed")
        for name, data in files.items():
            (tmp_path / f"{name}.docx").write_bytes(data)
        config = tmp_path / "fonts.conf"
        config.write_text(
            FONTCONFIG.format(fonts=resource("fonts"), cache=tmp_path / "cache"), encoding="utf-8"
        )
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", "made", *(f"{name}.docx" for name in files)]
        environment = os.environ | {"FONTCONFIG_FILE": str(config)}
        subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True, timeout=300)
        return {name: (tmp_path / "made" / f"{name}.pdf").read_bytes() for name in files}

    return convert


@pytest.mark.slow
def test_libreoffice_opens_every_docx_and_its_pdf_says_the_same(office_pdfs, fonts, clock, outsider):
    papers = {name: sample_paper(name, IdCounter()) for name in FORMS}
    made = office_pdfs({name: write_docx(paper, now=clock.now()) for name, paper in papers.items()})
    for name, paper in papers.items():
        ours = outsider.pages(write_archive(paper, fonts, now=clock.now()).data)
        theirs = outsider.pages(made[name])
        assert characters(theirs, paper) == characters(ours, paper), name
        # A page that is full to its last line may run over where another program breaks the lines.
        assert len(theirs) - len(ours) in {0, 1}, name


@pytest.mark.parametrize("name", golden_pages.FORMS)
def test_a_page_looks_as_it_did_when_it_was_found_good(name, tmp_path):
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed")
    picture = golden_pages.first_page(sample_paper(name, IdCounter()), tmp_path)
    golden = golden_pages.golden(name)
    assert golden_pages.alike(picture, golden)
    moved = picture.copy()
    moved.paste(picture.crop((0, 100, picture.width, 200)), (0, 104))
    assert not golden_pages.alike(moved, golden)


def test_the_shipped_forms_are_all_looked_at():
    assert {load_form(name, [forms_folder()]).file.id for name in FORMS} == set(FORMS)
    assert set(golden_pages.FORMS) <= set(FORMS)
