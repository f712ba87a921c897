"""Print a paper straight from a dispute file, without an office."""

from pathlib import Path
from uuid import UUID

from mediation_desktop.documents.compose import compose, missing_fields
from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.fonts import missing_characters
from mediation_desktop.documents.pdf import write_archive
from mediation_desktop.domain.checks import Finding, alarms, faults
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.papers import AGREEMENT, kind_of_paper
from mediation_desktop.services.agreements import findings
from mediation_desktop.services.casefiles.office import is_of_office, read_office
from mediation_desktop.services.casefiles.reader import CaseFile, read_case
from mediation_desktop.services.codes import load_codes
from mediation_desktop.services.ownforms import chosen_form
from mediation_desktop.services.papers import faces, matter_of, warnings_before_printing
from mediation_desktop.system.clock import Clock, SystemClock
from mediation_desktop.system.files import problem, write_file
from mediation_desktop.system.ids import new_id


def load_case(path: Path, folder: Path) -> CaseFile:
    """Read a dispute file; an office's own code tables in ``folder`` count.

    Raises:
        UserError: it is not UTF-8 text, or what ``read_case`` refuses.
        EnvironmentProblem: it cannot be read.
    """
    return read_case(read_text(path), load_codes((folder / "codes",)), new_id)


def read_text(path: Path) -> str:
    """Read a file that tells of a dispute or of the office.

    Raises:
        UserError: it is not UTF-8 text.
        EnvironmentProblem: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise problem(error, path) from error
    except UnicodeDecodeError as error:
        raise UserError("纠纷文件不是UTF-8文本。", "请用记事本另存为UTF-8编码后再试。") from error


def print_case(
    form: str, case: Path, out: Path, *, which: int | None = None, clock: Clock | None = None
) -> list[str]:
    """Write one paper of a dispute file and return what to tell: warnings, then the file's path.

    ``which`` counts from 1 the sessions, visits and so on that the form is for; the last one is taken
    when it is left out.

    Raises:
        UserError: the output is neither .pdf nor .docx or the dispute file itself, the dispute file or the
            form is wrong, the dispute has nothing that the form is for, or an agreement has a fault that no
            printed one may carry.
        EnvironmentProblem: a file cannot be read or written; nothing is left half-written.
    """
    if out.suffix.lower() not in {".pdf", ".docx"}:
        raise UserError("输出文件只能是 .pdf 或 .docx。", "请改正输出文件的扩展名。")
    if out.resolve() == case.resolve():
        raise UserError("输出文件就是纠纷文件本身。", "请换一个输出文件的名字。")
    folder = case.parent
    chosen = chosen_form(folder, form)
    shape = chosen.form
    codes = load_codes((folder / "codes",))
    found: list[Finding] = []
    if is_of_office(shape.file.about):
        matter = read_office(read_text(case), shape.file.about, codes, new_id)
    else:
        dossier = load_case(case, folder).dossier
        found = _checked(codes, dossier) if form == AGREEMENT else []
        matter = matter_of(dossier, codes, form, _subject(form, dossier, which))
    paper, fonts = compose(shape, matter), faces(folder)
    now = (clock or SystemClock()).now()
    if out.suffix.lower() == ".pdf":
        write_file(out, write_archive(paper, fonts, now=now).data)
    else:
        write_file(out, write_docx(paper, now=now, fonts=fonts))
    gaps = warnings_before_printing(missing_fields(shape, matter), missing_characters(paper, fonts))
    note = (chosen.note,) if chosen.note else ()
    return [*(f"请注意：{text}" for text in (*note, *(one.text for one in found), *gaps)), str(out)]


def _checked(codes: CodeTables, dossier: Dossier) -> list[Finding]:
    """Return what to look at in the agreement; refuse one with a fault."""
    found = findings(codes, dossier)
    wrong = faults(found)
    if wrong:
        raise UserError(f"文书没有打印：{wrong[0].text}", "请在纠纷文件中改正后再试。")
    return alarms(found)


def _subject(form: str, dossier: Dossier, which: int | None) -> UUID | None:
    """Return the id of the record that is meant, or ``None`` for the newest."""
    kind = kind_of_paper(form)
    if which is None or kind is None:
        return None
    subjects = kind.subjects(dossier)
    if not 1 <= which <= len(subjects):
        raise UserError(
            f"纠纷文件里没有第{which}份{kind.name}。",
            f"这份文件里有{len(subjects)}份；请改正“--which”后的数。",
        )
    return subjects[which - 1].id
