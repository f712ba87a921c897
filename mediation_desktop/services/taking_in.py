"""Take files in as attachments: look at what they are, make photos fit for paper, seal them."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

from mediation_desktop.documents import pictures
from mediation_desktop.domain.codes import AttachmentKind, Table
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services.attachments import Stored, read, store
from mediation_desktop.services.desk import Desk
from mediation_desktop.storage.attachments import AttachmentStore
from mediation_desktop.system.files import problem
from mediation_desktop.system.filetypes import MEDIA_TYPES, is_allowed

_MEGABYTE = 1024**2
_PARTS = 1000
"""Progress within one file is told in so many parts."""
_MOST_FOUND = 2000
"""So many of the newest files of a folder are offered."""

_PHONE_PHOTOS = {"heic", "heif"}


class Incoming(Struct, frozen=True):
    """Something to take in: a file at ``path``, or bytes from the clipboard."""

    name: str
    path: Path | None = None
    data: bytes = b""


class TakenIn(Struct, frozen=True):
    """What was taken in, and one sentence for each file that was not."""

    stored: tuple[Stored, ...]
    refused: tuple[str, ...]


class Found(Struct, frozen=True):
    """A file in a folder that might be taken in. ``modified_at`` is in UTC."""

    path: Path
    modified_at: datetime
    picture: bool


class Progress(Protocol):
    """Hears how far it is; what it raises stops the work."""

    def __call__(self, done: int, total: int, text: str = "", /) -> None:
        """Take note."""
        ...


def take_in(
    desk: Desk, incoming: Sequence[Incoming], progress: Progress = lambda _done, _total, _text="": None
) -> TakenIn:
    """Seal every file that may be taken in; no record names them yet.

    Photos are made upright and scaled to print size, and lose all metadata.

    Raises:
        EnvironmentProblem: a medium is gone or full; what was sealed so far is nobody's, and cleared later.
    """
    shelf, table = store(desk), desk.codes.attachment_kinds
    stored: list[Stored] = []
    refused: list[str] = []
    for at, item in enumerate(incoming):
        try:
            stored.append(_take_one(shelf, table, item, _within(progress, at, len(incoming), item.name)))
        except UserError as error:
            refused.append(f"“{item.name}”没有加入：{error.text}{error.advice}")
    return TakenIn(tuple(stored), tuple(refused))


def _within(progress: Progress, at: int, count: int, name: str) -> Callable[[int, int], None]:
    """Return the progress of the file ``at`` as part of the whole."""

    def report(done: int, total: int) -> None:
        share = _PARTS * done // total if total else _PARTS
        progress(at * _PARTS + share, count * _PARTS, name)

    return report


def _take_one(
    shelf: AttachmentStore,
    table: Table[AttachmentKind],
    item: Incoming,
    report: Callable[[int, int], None],
) -> Stored:
    report(0, 1)
    kind = _kind_of(table, item)
    with _opened(item) as stream:
        _require_allowed(kind, stream)
        if not kind.dots_per_inch:
            kept, extension = shelf.put(stream, item.name, report), kind.code
        else:
            picture = pictures.fit_for_paper(stream.read(), kind.dots_per_inch)
            kept, extension = shelf.put(BytesIO(picture.data), item.name, report), picture.extension
    return Stored(name=item.name, media_type=MEDIA_TYPES[extension], sha256=kept.sha256, size=kept.size)


def _kind_of(table: Table[AttachmentKind], item: Incoming) -> AttachmentKind:
    if item.path and item.path.is_dir():
        raise UserError("它是文件夹。", "请用“从文件夹导入”，勾选里面的文件。")
    extension = Path(item.name).suffix.lower().removeprefix(".")
    for kind in table.entries:
        if extension in {kind.code, *kind.aliases} and kind.code in MEDIA_TYPES:
            return kind
    if extension in _PHONE_PHOTOS:
        raise UserError(
            "这种照片格式（HEIC）电脑打不开。", "请在手机相机设置里改用JPG（“兼容性最佳”），或截屏后再加入。"
        )
    raise UserError(
        "这种文件不能加入。", "可以加入照片（JPG、PNG）、PDF、不带宏的DOCX和录音（MP3、M4A、WAV）。"
    )


@contextmanager
def _opened(item: Incoming) -> Iterator[BinaryIO]:
    """Yield what is to be read; a medium that is gone is named."""
    if item.path is None:
        yield BytesIO(item.data)
        return
    try:
        with item.path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise problem(error, item.path) from error


def _require_allowed(kind: AttachmentKind, stream: BinaryIO) -> None:
    """Refuse what is too large, and what is not what its name says."""
    if stream.seek(0, os.SEEK_END) > kind.megabytes * _MEGABYTE:
        raise UserError(f"文件超过{kind.megabytes}兆。", "请缩小、分成几份，或者把原件留在卷内只作登记。")
    stream.seek(0)
    if not is_allowed(kind.code, stream):
        raise UserError(
            f"内容不是{kind.name}，或者带有宏等不安全的内容。", "请核对文件，或者打印、拍照后再加入。"
        )
    stream.seek(0)


def files_in(desk: Desk, folder: Path) -> tuple[Found, ...]:
    """Return the files below a folder whose names say that they may be taken in, newest first.

    Hidden folders (a phone's own thumbnails) are passed over.

    Raises:
        EnvironmentProblem: the folder cannot be read.
    """
    pictured = {
        extension: kind.dots_per_inch > 0
        for kind in desk.codes.attachment_kinds.entries
        for extension in (kind.code, *kind.aliases)
    }
    try:
        found = [
            Found(path, datetime.fromtimestamp(path.stat().st_mtime, UTC), pictured[extension])
            for path, extension in _walked(folder)
            if extension in pictured
        ]
    except OSError as error:
        raise problem(error, folder) from error
    return tuple(sorted(found, key=lambda one: one.modified_at, reverse=True)[:_MOST_FOUND])


def _walked(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file that is not hidden and its extension; folders that nobody may read are passed over."""
    os.scandir(folder).close()  # the folder itself has to be readable
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith("."):
                yield Path(place, name), Path(name).suffix.lower().removeprefix(".")


def thumbnail_of_file(path: Path, longest: int) -> bytes:
    """Return a small picture of an image file that was not taken in yet.

    Raises:
        UserError: it is no sound image.
    """
    return pictures.thumbnail(path, longest).data


def thumbnail(desk: Desk, sha256: str, longest: int) -> bytes:
    """Return a small picture of an image that was taken in; errors as ``services.attachments.read``."""
    return pictures.thumbnail(read(desk, sha256), longest).data
