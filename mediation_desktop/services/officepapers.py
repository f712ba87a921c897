"""Papers of the office: looked at and printed as they would be now, saved for Word or as a spreadsheet."""

from collections.abc import Callable
from pathlib import Path

from mediation_desktop.documents.compose import compose, copies_of, missing_fields
from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.fonts import missing_characters
from mediation_desktop.documents.forms import Form
from mediation_desktop.documents.matter import OfficeMatter
from mediation_desktop.documents.page import Paper
from mediation_desktop.documents.pdf import write_pdf
from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.officepapers import kind_of_office_paper
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.ownforms import chosen_form
from mediation_desktop.services.papers import Preview, faces
from mediation_desktop.system.clock import today
from mediation_desktop.system.files import write_file


def office_preview(desk: Desk, form_name: str, subject: object) -> Preview:
    """Return a paper of the office about ``subject`` as it would be printed now; nothing is kept.

    Raises:
        UserError: there is nothing to print, or an office's own form is wrong.
    """
    chosen, matter = chosen_form(desk.folder, form_name), _matter(desk, subject)
    form = chosen.form
    paper, fonts = compose(form, matter), faces(desk.folder)
    return Preview(
        kind_of_office_paper(form_name).name,
        write_pdf(paper, fonts, now=desk.clock.now()),
        copies_of(form, matter),
        missing_fields(form, matter),
        missing_characters(paper, fonts),
        note=chosen.note,
    )


def save_office_paper(desk: Desk, form_name: str, subject: object, target: Path) -> Path:
    """Write a paper of the office as the file that the ending of ``target`` asks for; return the file.

    Raises:
        UserError: the ending is none of .pdf, .docx and .xlsx, or this paper is never to be a file.
        EnvironmentProblem: it cannot be written; an older file of that name is as it was.
    """
    kind = kind_of_office_paper(form_name)
    write = _WRITERS.get(target.suffix.lower())
    if not kind.files:
        raise UserError(f"{kind.name}只能打印，不存为文件。", "请直接打印，纸质件由专人保管。")
    if write is None:
        raise UserError("只能存为 .pdf、.docx 或者 .xlsx 文件。", "请改正文件名的结尾后再存。")
    write_file(target, write(desk, compose(_form(desk, form_name), _matter(desk, subject))))
    return target


def _pdf(desk: Desk, paper: Paper) -> bytes:
    return write_pdf(paper, faces(desk.folder), now=desk.clock.now()).data


def _docx(desk: Desk, paper: Paper) -> bytes:
    return write_docx(paper, now=desk.clock.now(), fonts=faces(desk.folder))


def _xlsx(desk: Desk, paper: Paper) -> bytes:
    from mediation_desktop.documents.xlsx import write_xlsx  # noqa: PLC0415 - few ever save a spreadsheet

    return write_xlsx(paper, faces(desk.folder), now=desk.clock.now())


_WRITERS: dict[str, Callable[[Desk, Paper], bytes]] = {".pdf": _pdf, ".docx": _docx, ".xlsx": _xlsx}


def _form(desk: Desk, form_name: str) -> Form:
    return chosen_form(desk.folder, form_name).form


def _matter(desk: Desk, subject: object) -> OfficeMatter:
    with desk.office_file.read() as reader:
        committee = reader.find(records.Committee)[0]
    return OfficeMatter(committee, desk.codes, subject, today(desk.clock), desk.actor)
