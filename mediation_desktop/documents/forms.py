"""Forms as data: what a ``form.toml`` may say, and reading one."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from mediation_desktop.documents.page import Align, Holds
from mediation_desktop.documents.style import Style
from mediation_desktop.domain.errors import UserError
from mediation_desktop.system.paths import resource

T = TypeVar("T")
_FOLDER = re.compile(r"[a-z0-9_]+")
NAME = re.compile(r"\{([a-z_.]+)\}")
"""A value's name where a text shows it."""


class Spec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Any table in a form file.  An unknown key is an error, for it is a slip of the pen."""


class Repeated(Spec, frozen=True, kw_only=True):
    """Printed once, or for each item of the list ``each``, where all of ``when`` hold."""

    each: str = ""
    when: tuple[str, ...] = ()


ADDED = "added."
"""How the name of a value begins that a form asks for itself."""


class Field(Repeated, frozen=True, kw_only=True):
    """One datum of the form: its label, the value it shows, and whether it must be there.

    A ``source`` that begins with ``added.`` is no value of any record: whoever makes the paper is asked.
    """

    label: str
    source: str
    required: bool = False


class LineSpec(Repeated, frozen=True, kw_only=True, tag_field="kind", tag="line"):
    """One line set apart."""

    text: str
    role: str
    align: Align = "left"
    keep: bool = True


class CellSpec(Spec, frozen=True, kw_only=True):
    """A label with its value on a rule."""

    label: str
    text: str
    share: float = 1


class FieldsSpec(Repeated, frozen=True, kw_only=True, tag_field="kind", tag="fields"):
    """Lines of labels with values."""

    rows: tuple[tuple[CellSpec, ...], ...]


class ParagraphSpec(Repeated, frozen=True, kw_only=True, tag_field="kind", tag="paragraph"):
    """Running text; a value of several lines gives several paragraphs.

    Where all its values are unknown, ``ruled`` empty lines are left to write on.  ``keep`` binds it to what
    follows.
    """

    text: str
    keep: bool = False
    ruled: int = 0
    role: str = "body"
    indent: float = 2


class ColumnSpec(Spec, frozen=True, kw_only=True):
    """A table's column; a table whose columns have no heads has no head.

    ``holds`` is what a spreadsheet takes its texts for.
    """

    head: str = ""
    share: float
    align: Align = "left"
    holds: Holds = "text"


class RowSpec(Repeated, frozen=True, kw_only=True):
    """A row of a table, at least ``lines`` lines high; its last cell reaches to the table's edge."""

    cells: tuple[str, ...]
    lines: int = 1


class TableSpec(Repeated, frozen=True, kw_only=True, tag_field="kind", tag="table"):
    """A table: all its rows are printed in turn for each item of the list ``rows_of``, or once.

    Up to ``together_up_to`` rows of one item stay on the same page; of more, neither the first nor the last
    stands there alone.  Empty rows fill it up to ``at_least``; ``role`` is its text style.  The rows of
    ``foot``, such as a sum, follow once, with the last of the others.
    """

    rows_of: str = ""
    together_up_to: int = 1
    at_least: int = 0
    role: str = "table"
    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]
    foot: tuple[RowSpec, ...] = ()


class FrameSpec(Repeated, frozen=True, kw_only=True, tag_field="kind", tag="frame"):
    """A dashed frame, ``height`` millimetres high, to paste something into."""

    text: str
    height: float
    keep: bool = False


class PlaceLineSpec(Repeated, frozen=True, kw_only=True):
    """A line of a signature place."""

    text: str
    pen: bool = False


class PlaceSpec(Repeated, frozen=True, kw_only=True):
    """Where people sign, in the left or the right column."""

    column: Literal["left", "right"]
    lines: tuple[PlaceLineSpec, ...]


class SignaturesSpec(Repeated, frozen=True, kw_only=True, tag_field="kind", tag="signatures"):
    """All signature places, or the seal alone.

    Up to ``pair_up_to`` places on the left stand beside those on the right, as the ministry's form has
    it; more of them go two abreast, those of the right column after them.  Rows that fill more than
    ``lines_per_page`` lines, of about ``line_length`` characters and one for the room between rows, go
    on to a new page under the words of ``continuation``.
    """

    places: tuple[PlaceSpec, ...] = ()
    seal: tuple[str, ...] = ()
    continuation: str = ""
    pair_up_to: int = 2
    lines_per_page: int = 30
    line_length: int = 17


class GroupSpec(Repeated, frozen=True, kw_only=True, tag_field="kind", tag="group"):
    """Blocks that are printed for the same item, and with ``together`` on the same page."""

    blocks: tuple["BlockSpec", ...]
    together: bool = False


class ByHandSpec(Spec, frozen=True, kw_only=True):
    """How a form is printed to be filled in by hand.

    ``holds`` are the conditions taken to hold, besides those that every form takes so; ``rows`` says how
    many items of a list there is room for, where it is not as many as usual.
    """

    holds: tuple[str, ...] = ()
    rows: dict[str, int] = {}


BlockSpec = LineSpec | FieldsSpec | ParagraphSpec | TableSpec | FrameSpec | SignaturesSpec | GroupSpec


class FormFile(Spec, frozen=True, kw_only=True):
    """A whole ``form.toml``.

    ``about`` is the kind of record a paper is about; with ``per`` everything is printed anew, on pages of
    its own, for each item of that list.  ``copies`` are printed, and one more for each item of the lists
    ``copies_for``; where it is 0 one, and of an agreement as many as the law asks.
    """

    id: str
    version: str
    title: str
    basis: str
    style: str
    footer: str
    blank: str
    fields: tuple[Field, ...] = ()
    blocks: tuple[BlockSpec, ...]
    switches: dict[str, bool] = {}
    about: str = "dispute"
    per: str = ""
    copies: int = 0
    copies_for: tuple[str, ...] = ()
    by_hand: ByHandSpec = ByHandSpec()


class Form(msgspec.Struct, frozen=True):
    """A form with the style it is set in, and where it was read from.

    ``added`` is what was written for the values that the form asks for itself.
    """

    file: FormFile
    style: Style
    path: Path
    added: Mapping[str, str] = {}

    @property
    def version(self) -> str:
        """The form's version, kept with every paper printed from it."""
        return self.file.version

    @property
    def added_values(self) -> dict[str, str]:
        """Every value that the form asks for itself, empty where nothing was written."""
        return {field.source: self.added.get(field.source, "") for field in added_fields(self.file)}


def added_fields(file: FormFile) -> tuple[Field, ...]:
    """Return the fields of a form that no record has, each name once."""
    return tuple({field.source: field for field in file.fields if field.source.startswith(ADDED)}.values())


def parts_of(spec: Repeated) -> "tuple[Repeated, ...]":
    """Return the specs that stand within another, in printed order."""
    match spec:
        case GroupSpec():
            return spec.blocks
        case TableSpec():
            return spec.rows
        case SignaturesSpec():
            return spec.places
        case PlaceSpec():
            return spec.lines
        case _:
            return ()


def names_in(spec: Repeated) -> set[str]:
    """Return the values that a spec itself shows, not those of its parts."""
    match spec:
        case Field():
            return {spec.source}
        case LineSpec() | ParagraphSpec() | FrameSpec() | PlaceLineSpec():
            texts: tuple[str, ...] = (spec.text,)
        case FieldsSpec():
            texts = tuple(cell.text for row in spec.rows for cell in row)
        case RowSpec():
            texts = spec.cells
        case SignaturesSpec():
            texts = (*spec.seal, spec.continuation)
        case _:
            texts = ()
    return {name for text in texts for name in NAME.findall(text)}


def load_form(name: str, folders: Sequence[Path]) -> Form:
    """Read the form ``name`` from the first of ``folders`` that has it, so that an office's own copy wins.

    A ``style.toml`` beside the ``form.toml`` replaces the shipped style.

    Raises:
        UserError: there is no such form, or one of its files cannot be understood.
    """
    found = [folder / name / "form.toml" for folder in folders if _FOLDER.fullmatch(name)]
    path = next((path for path in found if path.is_file()), None)
    if path is None:
        names = sorted({one.parent.name for folder in folders for one in folder.glob("*/form.toml")})
        raise UserError("没有这种文书的表格。", f"请核对文书代号；现有：{'、'.join(names)}。")
    file = _read(path, FormFile)
    own = path.with_name("style.toml")
    if not own.is_file() and file.style not in shipped_styles():
        raise UserError(
            f"文件“{path}”要用的版面“{file.style}”没有。", f"“style”只能写：{'、'.join(shipped_styles())}。"
        )
    style = _read(own if own.is_file() else resource("styles", f"{file.style}.toml"), Style)
    return Form(file, style, path)


def shipped_styles() -> tuple[str, ...]:
    """Return the names that a form may give for ``style``."""
    return tuple(sorted(path.stem for path in resource("styles").glob("*.toml") if path.stem != "theme"))


def standard_style() -> Style:
    """Return the style of papers that are no form, such as lists."""
    return _read(resource("styles", "standard.toml"), Style)


def _read(path: Path, shape: type[T]) -> T:
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8-sig")), shape)
    except UnicodeDecodeError as error:
        raise UserError(f"文件“{path}”不是UTF-8编码。", "请用UTF-8编码重新保存后再试。") from error
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"文件“{path}”的写法有误（{error}）。", "请改正该处后再试。") from error
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at ")
        key = place.strip("`").removeprefix("$").removeprefix(".") or "最外层"
        raise UserError(
            f"文件“{path}”中“{key}”一处不对（{what}）。", "请对照程序自带的同名文件改正，或删除改过的文件。"
        ) from error
