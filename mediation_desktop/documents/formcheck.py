"""Find everything that is wrong with one form at once: its writing, its shape, and what it names."""

import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.documents import forms, formshape
from mediation_desktop.documents.formnames import NameCheck
from mediation_desktop.documents.formplace import Lines, spoken
from mediation_desktop.documents.formplace import Path as Place
from mediation_desktop.documents.formshape import GONE, nearest
from mediation_desktop.documents.layout import MM
from mediation_desktop.documents.style import Style
from mediation_desktop.domain.errors import UserError
from mediation_desktop.system.paths import resource

FORM, STYLE = "form.toml", "style.toml"
_FOLDER = re.compile(r"[a-z0-9_]+")
_VERSION = re.compile(r"\d{1,9}(?:\.\d{1,9})*")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_MOST = 2000
_ENGINE_ROLES = ("body", "field", "table", "table_head", "sign", "footer")
_SLIPS = {
    "Cannot overwrite": "同一项写了两次",
    "Cannot declare": "同一个标题写了两次",
    "Expected '='": "名称后面缺少等号",
    "Expected ']": "方括号没有成对",
    "Unclosed": "括号没有成对",
    "Unterminated string": "引号没有成对",
    "Illegal character '\\n'": "引号没有成对",
    "Invalid value": "等号后面的写法不对",
    "Invalid statement": "这一行的写法不对",
    "Expected newline": "一行里写了两样东西",
}


class Gravity(StrEnum):
    """How much a problem matters: nothing can be printed; it has to be put right; it is worth a look."""

    BROKEN = "不能用"
    WRONG = "须改正"
    REMINDER = "提醒"


class Problem(Struct, frozen=True):
    """One thing wrong with a form; ``line`` is 0 where none can be named."""

    gravity: Gravity
    file: str
    line: int
    place: str
    text: str
    advice: str

    def __str__(self) -> str:
        line = f"第{self.line}行" if self.line else ""
        where = "，".join(part for part in (line, self.place) if part)
        return f"【{self.gravity}】{self.file}{where and f' {where}'}：{self.text}{self.advice}"


def problems_of(folder: Path, shipped: Path) -> list[Problem]:
    """Return everything wrong with the form in ``folder``, compared with that of its name in ``shipped``.

    What stands first is what makes the form useless (``Gravity.BROKEN``).
    """
    check = _Check(folder, shipped / folder.name)
    found = sorted(check.run(), key=lambda one: (list(Gravity).index(one.gravity), one.file, one.line))
    if not any(one.gravity is Gravity.BROKEN for one in found):
        try:
            forms.load_form(folder.name, [folder.parent])
        except UserError as error:
            return [Problem(Gravity.BROKEN, FORM, 0, "", error.text, error.advice), *found]
    return found


def is_older(version: str, than: str) -> bool:
    """Tell whether the figures at the start of one version come before those of another."""
    return _figures(version) < _figures(than)


def _figures(version: str) -> tuple[int, ...]:
    found = _VERSION.match(version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()


class _Read(Struct, frozen=True):
    """A file as it was read, its lines, and what was told of it."""

    name: str
    raw: Any
    lines: Lines
    told: list[Problem]

    def tell(self, path: Place, text: str, advice: str, *, hint: str = "") -> None:
        self._note(Gravity.BROKEN, path, text, advice, hint)

    def wrong(self, path: Place, text: str, advice: str, *, hint: str = "") -> None:
        self._note(Gravity.WRONG, path, text, advice, hint)

    def remind(self, path: Place, text: str, advice: str) -> None:
        self._note(Gravity.REMINDER, path, text, advice, "")

    def _note(self, gravity: Gravity, path: Place, text: str, advice: str, hint: str) -> None:
        line = self.lines.number(path, hint)
        self.told.append(Problem(gravity, self.name, line, spoken(path, self.raw), text, advice))


class _Check:
    """One run over one form."""

    def __init__(self, folder: Path, shipped: Path) -> None:
        self.folder = folder
        self.shipped = shipped
        self.told: list[Problem] = []

    def run(self) -> list[Problem]:
        read = self._read(FORM)
        if read is None:
            return self.told
        file = self._mended(read, forms.FormFile)
        roles = self._roles(read, file)
        self._head(read, file)
        NameCheck(file, roles, read).run()
        self._against_shipped(read, file)
        return self.told

    def _read(self, name: str) -> _Read | None:
        """Read one file of the folder; what cannot be read at all is told."""
        empty = _Read(name, {}, Lines(""), self.told)
        try:
            text = (self.folder / name).read_text(encoding="utf-8-sig")
            return _Read(name, tomllib.loads(text), Lines(text), self.told)
        except OSError:
            empty.tell((), "文件读不出来。", "请检查这个文件在不在、有没有被别的程序占用。")
        except UnicodeDecodeError:
            empty.tell((), "文件不是UTF-8编码。", "请用记事本打开，另存时把编码选成UTF-8。")
        except (ValueError, RecursionError) as error:
            self.told.append(_slip(name, str(error)))
        return None

    def _mended(self, read: _Read, shape: type[Any]) -> Any:
        mended = formshape.mend(read.raw, msgspec.inspect.type_info(shape), read.tell)
        return msgspec.convert(mended, shape)

    def _roles(self, form: _Read, file: forms.FormFile) -> set[str]:
        """Return the text styles there are; tell what is wrong with the style."""
        shipped = _read_style("standard")
        if (self.folder / STYLE).is_file():
            read = self._read(STYLE)
            if read is None:
                return set(shipped.text)
            style = self._mended(read, Style)
            _check_style(read, style, set(shipped.text))
            return set(style.text)
        if file.style not in {GONE, *forms.shipped_styles()}:
            advice = nearest(file.style, forms.shipped_styles())
            names = "、".join(forms.shipped_styles())
            form.tell(("style",), f"没有叫“{file.style}”的版面。", f"{advice}现有：{names}。")
            return set(shipped.text)
        return set((shipped if file.style == GONE else _read_style(file.style)).text)

    def _head(self, read: _Read, file: forms.FormFile) -> None:
        if not _FOLDER.fullmatch(self.folder.name):
            read.tell(
                (), f"文件夹名“{self.folder.name}”不能用。", "只能用小写字母、数字和下划线，不能有空格。"
            )
        elif file.id not in {GONE, self.folder.name}:
            advice = f'请改成 id = "{self.folder.name}"，或者把文件夹改名。'
            read.tell(("id",), f"编号“{file.id}”和文件夹名“{self.folder.name}”不一样。", advice)
        rest = file.footer.replace("{page}", "").replace("{pages}", "")
        if set("{}") & set(rest):
            read.tell(("footer",), "页脚里只能写 {page} 和 {pages}。", "请对照程序自带的同名文件改正。")
        for key in ("title", "version", "id"):
            if not getattr(file, key).strip():
                read.tell((key,), f"“{key}”是空的。", "请填上。")

    def _against_shipped(self, read: _Read, file: forms.FormFile) -> None:
        path = self.shipped / FORM
        if not path.is_file() or path.resolve() == (self.folder / FORM).resolve():
            return
        other = forms.load_form(self.shipped.name, [self.shipped.parent]).file
        if file.version != GONE and is_older(file.version, other.version):
            read.remind(
                ("version",),
                f"程序自带的是{other.version}版，比这一份（{file.version}版）新。",
                "请看看自带的改了什么，需要的抄过来，再把版本号提高。",
            )
        elif file.version == other.version and replace(file, version="") != replace(other, version=""):
            read.remind(
                ("version",),
                f"内容和程序自带的不同，版本号却一样（{file.version}）。",
                f"请改一改版本号，如“{file.version}-本县名”，存档的文书才分得清。",
            )
        if _signed(other.blocks) and not _signed(file.blocks):
            read.remind(("blocks",), "没有签名处，程序自带的有。", "确实不要签名的可以不管；不是的请补上。")


def _signed(blocks: tuple[forms.BlockSpec, ...]) -> bool:
    return any(
        isinstance(one, forms.SignaturesSpec) or (isinstance(one, forms.GroupSpec) and _signed(one.blocks))
        for one in blocks
    )


def _read_style(name: str) -> Style:
    text = resource("styles", f"{name}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Style)


def _check_style(read: _Read, style: Style, roles: set[str]) -> None:
    for role in style.text.keys() - roles:
        advice = nearest(role, roles) or f"现有：{'、'.join(sorted(roles))}。"
        read.tell(("text", role), f"不认识的字样“{role}”。", advice)
    for role in [role for role in _ENGINE_ROLES if role not in style.text]:
        read.tell(("text",), f"缺少字样“{role}”。", f"请补上 [text.{role}] 一节。")
    for path, number in _numbers(style, ()):
        sized = path[-1] in {"size", "pitch", "width", "height", "pen"} or path[0] == "tighten"
        if not (number > 0 if sized else number >= 0) or not number <= _MOST:
            read.tell(path, f"数字{number:g}不能用。", "要大于0、不过大；边距和间距可以是0。")
    page = style.page
    if page.left + page.right >= page.width - 20 or page.top + page.bottom >= page.height - 20:
        read.tell(("page",), "纸边比纸还宽，没有地方写字。", "请把四边改小，单位是毫米。")
    footer = style.text.get("footer")
    if footer and footer.pitch > page.bottom / 2 * MM:
        read.tell(("page", "bottom"), "下边太窄，放不下页脚。", "请把 bottom 改大，或者把页脚的 pitch 改小。")
    if not style.tighten:
        read.tell(("tighten",), "“tighten”是空的。", "请写 tighten = [1.0]。")
    if set('<>&"') & set(style.docx_face):
        read.tell(("docx_face",), "字体名里不能有尖括号、引号和“&”。", "请只写字体的名字，如“宋体”。")


def _numbers(value: Any, path: Place) -> Iterator[tuple[Place, float]]:
    """Yield every number in a style with its place."""
    if isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _numbers(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _numbers(item, (*path, name))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _numbers(item, (*path, place))
    elif isinstance(value, int | float):
        yield path, value


def _slip(name: str, error: str) -> Problem:
    """Tell a slip of TOML in Chinese; the reader's own words name the line."""
    at = _AT.search(error)
    text = next((word for start, word in _SLIPS.items() if error.startswith(start)), "写法不对，读不懂")
    place = f"第{at[2]}个字附近" if at else ""
    advice = "请对照程序自带的同名文件改正；引号、等号、方括号都要用英文半角。"
    return Problem(Gravity.BROKEN, name, int(at[1]) if at else 0, place, f"{text}。", advice)
