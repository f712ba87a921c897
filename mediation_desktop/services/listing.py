"""A plain list that an office hands in: a title, headings and rows of text."""

from msgspec import Struct


class Listing(Struct, frozen=True):
    """A table of texts; ``text`` is what a spreadsheet or a letter takes over when it is pasted."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """The title, then headings and rows with a tab between cells, a line each."""
        lines = ((self.title,), self.headings, *self.rows)
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
