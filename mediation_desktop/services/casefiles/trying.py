"""Try forms: tell everything wrong with them, and print their samples."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from mediation_desktop.documents.compose import compose, missing_fields
from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.fonts import FontSet, missing_characters
from mediation_desktop.documents.formcheck import FORM, Gravity, problems_of
from mediation_desktop.documents.forms import Form, load_form
from mediation_desktop.documents.matter import Matter, OfficeMatter
from mediation_desktop.documents.pdf import write_archive
from mediation_desktop.documents.vocabulary import ABOUT
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.papers import kind_of_paper, subject_of
from mediation_desktop.services.casefiles.office import is_of_office, read_office
from mediation_desktop.services.casefiles.printing import load_case, read_text
from mediation_desktop.services.codes import load_codes
from mediation_desktop.services.papers import matter_of, warnings_before_printing
from mediation_desktop.system.clock import SystemClock
from mediation_desktop.system.files import write_file
from mediation_desktop.system.ids import new_id
from mediation_desktop.system.paths import forms_folder

_SAMPLE = "sample.toml"


class Tried(Struct, frozen=True):
    """What was found: one line each, and whether something has to be put right."""

    lines: tuple[str, ...]
    wrong: bool


def try_forms(folder: Path | None = None) -> Tried:
    """Check the form in ``folder``, or every form in it, the shipped ones by default; print the samples.

    The samples stay in a temporary folder, to be looked at.

    Raises:
        UserError: there is no form.
        EnvironmentProblem: the temporary files cannot be written.
    """
    folder = (folder or forms_folder()).resolve()
    alone = (folder / FORM).is_file()
    found = [folder] if alone else sorted(path.parent for path in folder.glob(f"*/{FORM}"))
    if not found:
        raise UserError(
            f"“{folder}”里没有文书格式。", f"请指明放着“{FORM}”的文件夹，或者放着这些文件夹的文件夹。"
        )
    out = Path(tempfile.mkdtemp(prefix="mediation-forms-"))
    results = [_tried(one, out) for one in found]
    return Tried(
        tuple(line for result in results for line in result.lines), any(result.wrong for result in results)
    )


def _tried(folder: Path, out: Path) -> Tried:
    problems = problems_of(folder, forms_folder())
    grave = {one.gravity for one in problems}
    lines = [f"{folder.name}/{one}" for one in problems]
    wrong = bool(grave & {Gravity.BROKEN, Gravity.WRONG})
    if Gravity.BROKEN in grave:
        return Tried((*lines, f"{folder.name}：改正以后才能试印样例。"), wrong=True)
    try:
        lines += _printed(load_form(folder.name, [folder.parent]), folder, out)
    except UserError as error:
        return Tried((*lines, f"{folder.name}/{_SAMPLE}：样例没有印成：{error}"), wrong=True)
    return Tried(tuple(lines), wrong=wrong)


def _printed(form: Form, folder: Path, out: Path) -> Iterator[str]:
    """Print the sample beside the form, else the shipped one, in both files."""
    places = (folder / _SAMPLE, forms_folder() / folder.name / _SAMPLE)
    sample = next((path for path in places if path.is_file()), None)
    if sample is None:
        yield f"{folder.name}：没有样例（{_SAMPLE}），没有试印。可以抄一份别的文书的样例来改。"
        return
    codes = load_codes()
    matter = _told(form, sample, codes)
    paper, fonts, now = compose(form, matter), FontSet.bundled(), SystemClock().now()
    pdf = write_archive(paper, fonts, now=now)
    to = out / f"{folder.name}.pdf"
    write_file(to, pdf.data)
    write_file(to.with_suffix(".docx"), write_docx(paper, now=now, fonts=fonts))
    gaps = warnings_before_printing(missing_fields(form, matter), missing_characters(paper, fonts))
    yield from (f"{folder.name}：样例{text}" for text in gaps)
    yield f"{folder.name}：样例印成{pdf.pages}页，见 {to} 和同名的 .docx。"


def _told(form: Form, sample: Path, codes: CodeTables) -> Matter | OfficeMatter:
    about = form.file.about
    if is_of_office(about):
        return read_office(read_text(sample), about, codes, new_id)
    return _matter(form, load_case(sample, sample.parent).dossier, codes)


def _matter(form: Form, dossier: Dossier, codes: CodeTables) -> Matter:
    """Return what the sample tells of, else the newest record that the form can be about."""
    name = form.path.parent.name
    if kind_of_paper(name) and subject_of(dossier, name):
        return matter_of(dossier, codes, name)
    early = (*dossier.sessions, *dossier.investigations, *dossier.outcomes, *dossier.agreements)
    late = (*dossier.followups, *dossier.payments, *dossier.closings)
    subjects = (*reversed((*early, *late)), None)
    matters = [Matter(dossier, codes, subject) for subject in subjects]
    found = (matter for matter in matters if ABOUT[form.file.about].find(matter))
    return next(found, matters[-1])
