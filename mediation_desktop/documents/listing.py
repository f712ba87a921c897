"""A plain list for the printer: a title, one line about it, and one table across a lying sheet."""

from collections.abc import Sequence

from msgspec.structs import replace

from mediation_desktop.documents.forms import standard_style
from mediation_desktop.documents.page import Block, Column, Line, Paper, Paragraph, Table

_FORM, _VERSION = "list", "1"


def listing(
    title: str, about: str, author: str, columns: Sequence[Column], rows: Sequence[tuple[str, ...]]
) -> Paper:
    """Return a list as a paper; its head returns on every page."""
    style = standard_style()
    sheet = style.page
    lying = replace(style, page=replace(sheet, width=sheet.height, height=sheet.width))
    blocks: list[Block] = [
        Line(author, "committee", "center"),
        Line(title, "title", "center"),
        Paragraph(about, "field", indent=0, keep=True),
        Table(tuple(columns), tuple(rows)),
    ]
    return Paper(
        form=_FORM,
        form_version=_VERSION,
        title=title,
        author=author,
        style=lying,
        footer="第{page}页　共{pages}页",
        parts=(tuple(blocks),),
    )
