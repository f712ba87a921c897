"""An office's own forms: used, told when broken or overtaken, never in the way of printing."""

import shutil
import subprocess

import pytest
from desks import sample
from msgspec.structs import replace

from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import ownforms, papers, queries
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.ownforms import chosen_form, own_forms_told
from mediation_desktop.system.paths import forms_folder


@pytest.fixture
def own(desk):
    """Change the office's own copy of a form; call it with what to replace."""

    def change(*pairs, name="agreement"):
        folder = desk.folder / "forms" / name
        if not folder.exists():
            shutil.copytree(forms_folder() / name, folder)
        text = (folder / "form.toml").read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        (folder / "form.toml").write_text(text, encoding="utf-8")

    return change


@pytest.fixture
def wages(desk, clock, new_id):
    clock.advance(days=30)
    return enter(desk, replace(sample(2, new_id), signing=None))


FIELDS, FACTS = "# ---- 抬头 ----\n", "# ---- 事实 ----\n"
WITNESS = '[[fields]]\nlabel = "见证人"\nsource = "added.witness"\nrequired = true\n'
LINE = '[[blocks]]\nkind = "line"\nrole = "field"\ntext = "见证人：{added.witness}"\n'


def words_of(pdf):
    reading = ["pdftotext", "-raw", "-", "-"]
    return subprocess.run(reading, input=pdf, capture_output=True, check=True).stdout.decode("utf-8")


@pytest.fixture
def witnessed(own):
    """Give the office a form that asks for a witness."""
    own((FIELDS, WITNESS + FIELDS), (FACTS, LINE + FACTS))


def test_an_offices_own_form_is_used(desk, own, wages):
    own(("经调解，自愿达成如下协议：", "经调解，各方自愿达成如下协议："), ('"1.1.0"', '"1.1.0-ly"'))
    shown = papers.preview(desk, wages)
    assert "各方自愿达成" in words_of(shown.pdf.data)
    assert shown.note == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('title = "人民调解协议书"', 'title = "人民调解协议书'), "第6行：引号没有成对"),
        (("{agreement.facts}", "{agreement.what}"), "agreement.what"),
        (('role = "title"', 'role = "titel"'), "titel"),
        (('style = "standard"', 'style = "old"'), "old"),
        (('id = "agreement"', 'id = "other"'), "other"),
    ],
)
def test_a_broken_form_never_keeps_from_printing_and_is_told(desk, own, wages, change, words):
    """A name that an older program knew is told like any other that is unknown."""
    own(change, ("经调解，自愿达成如下协议：", "经调解，各方自愿达成如下协议："))
    shown = papers.preview(desk, wages)
    for part in ("《人民调解协议书》", words, "程序自带的"):
        assert part in shown.warnings[0]
    assert "各方自愿达成" not in words_of(shown.pdf.data)
    papers.issue_agreement(desk, wages)
    paper = queries.dossier(desk, wages).papers[-1]
    assert paper.form_version == chosen_form(desk.folder / "nowhere", "agreement").form.version
    assert paper.form == "agreement"


def test_a_broken_form_that_the_program_does_not_have_is_told(desk, own):
    own(('id = "followup"', 'id = "visit"'), name="followup")
    (desk.folder / "forms" / "followup").rename(desk.folder / "forms" / "visit")
    own_form = desk.folder / "forms" / "visit" / "form.toml"
    assert chosen_form(desk.folder, "visit").form.path == own_form
    own_form.write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match="visit"):
        chosen_form(desk.folder, "visit")
    assert "visit" in own_forms_told(desk.folder)[0]


@pytest.fixture
def updated(tmp_path, monkeypatch):
    """Install a newer program: its agreement has another version and other words."""
    shipped = tmp_path / "program" / "forms"
    shutil.copytree(forms_folder(), shipped)
    path = shipped / "agreement" / "form.toml"
    text = path.read_text(encoding="utf-8")
    newer = text.replace('version = "1.1.0"', 'version = "1.10.0"').replace("履行方式、时限：", "怎样履行：")
    path.write_text(newer, encoding="utf-8")
    monkeypatch.setattr(ownforms, "forms_folder", lambda: shipped)


@pytest.mark.usefixtures("updated")
def test_an_offices_own_form_survives_an_update_and_the_newer_one_is_told(desk, own, wages):
    own()
    path = desk.folder / "forms" / "agreement" / "form.toml"
    before = path.read_bytes()
    shown = papers.preview(desk, wages)
    assert "怎样履行：" not in words_of(shown.pdf.data)
    assert shown.note == ""
    (told,) = own_forms_told(desk.folder)
    assert "《人民调解协议书》用本单位自己的1.1.0版；程序自带的1.10.0版更新" in told
    assert path.read_bytes() == before
    shutil.rmtree(path.parent)
    assert "怎样履行：" in words_of(papers.preview(desk, wages).pdf.data)


def test_nothing_is_told_where_an_office_has_no_form_of_its_own(desk):
    assert own_forms_told(desk.folder) == ()


def test_an_own_form_is_told_with_its_version(desk, own):
    own(('"1.1.0"', '"1.1.0-ly"'))
    assert own_forms_told(desk.folder) == ("《人民调解协议书》用本单位自己的格式，版本1.1.0-ly。",)


@pytest.mark.usefixtures("witnessed")
def test_a_value_that_the_form_adds_is_asked_for_printed_and_kept(desk, wages):
    shown = papers.preview(desk, wages)
    assert [(one.name, one.label, one.text) for one in shown.added] == [("added.witness", "见证人", "")]
    assert "见证人：＿＿＿＿" in words_of(shown.pdf.data)
    assert "还空着：见证人" in "".join(shown.warnings)
    papers.issue(desk, wages, "agreement", added={"added.witness": "雷水根"})
    paper = queries.dossier(desk, wages).papers[-1]
    assert "见证人：雷水根" in words_of(papers.paper_bytes(desk, paper))
    assert [(one.label, one.text) for one in paper.added] == [("见证人", "雷水根")]


@pytest.mark.usefixtures("witnessed")
def test_what_was_written_is_there_again_when_the_paper_is_set_anew(desk, wages):
    papers.issue(desk, wages, "agreement", added={"added.witness": "雷水根"})
    assert [one.text for one in papers.preview(desk, wages).added] == ["雷水根"]
    assert [one.text for one in papers.preview(desk, wages, added={}).added] == [""]
