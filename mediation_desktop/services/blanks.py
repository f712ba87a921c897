"""空白表: forms of the office to be filled in by hand, one at a time or all together."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.documents.blanks import compose_blank
from mediation_desktop.documents.page import Paper
from mediation_desktop.documents.pdf import PdfPaper, write_together
from mediation_desktop.domain.papers import PAPERS, kind_of_paper
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.office import office_view
from mediation_desktop.services.ownforms import chosen_form, own_forms
from mediation_desktop.services.papers import faces
from mediation_desktop.system.files import with_ending, write_file

ALL = ""
"""In place of a form's name: all forms, in the order in which a dispute needs them."""


class BlankForm(Struct, frozen=True):
    """One form that can be printed blank: the folder it lies in, and its everyday name."""

    form: str
    name: str


def blank_forms(desk: Desk) -> tuple[BlankForm, ...]:
    """Return every form: those of the program in their order, then those the office added itself."""
    shipped = [BlankForm(kind.form, kind.name) for kind in PAPERS]
    added = (one for one in own_forms(desk.folder) if not kind_of_paper(one))
    return (*shipped, *(BlankForm(one, chosen_form(desk.folder, one).form.file.title) for one in added))


def blank_pdf(desk: Desk, form: str = ALL) -> PdfPaper:
    """Return a form as it is printed for handwriting, or all of them as one file.

    Raises:
        UserError: there is no such form, or it cannot be understood.
    """
    names = [form] if form else [one.form for one in blank_forms(desk)]
    committee = office_view(desk).committee.name
    papers = [_blank(desk, name, committee) for name in names]
    first = papers[0] if form else replace(papers[0], title="空白表")
    return write_together([first, *papers[1:]], faces(desk.folder), now=desk.clock.now())


def save_blanks(desk: Desk, target: Path, form: str = ALL) -> Path:
    """Write the same into a PDF file and return it.

    Raises:
        EnvironmentProblem: it cannot be written; an older file of that name is as it was.
    """
    file = with_ending(target, ".pdf")
    write_file(file, blank_pdf(desk, form).data)
    return file


def _blank(desk: Desk, form: str, committee: str) -> Paper:
    return compose_blank(chosen_form(desk.folder, form).form, committee)
