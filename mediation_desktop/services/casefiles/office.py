"""Read a file about the office, such as the sample beside a form of the office."""

import tomllib
from collections.abc import Callable
from datetime import date
from uuid import UUID

import msgspec

from mediation_desktop.documents.matter import OfficeMatter
from mediation_desktop.documents.office import SUBJECTS
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import Committee


class _Committee(msgspec.Struct, forbid_unknown_fields=True):
    name: str


class _File(msgspec.Struct, forbid_unknown_fields=True):
    on: date
    committee: _Committee
    subject: dict[str, object]
    by: str = ""


def is_of_office(about: str) -> bool:
    """Tell whether a form's ``about`` is something that the office did."""
    return about in SUBJECTS


def read_office(text: str, about: str, codes: CodeTables, new_id: Callable[[], UUID]) -> OfficeMatter:
    """Read what a paper of the office tells of.

    Raises:
        UserError: broken TOML, or a key of the wrong name or kind.
    """
    try:
        file = msgspec.convert(tomllib.loads(text), _File)
        subject = msgspec.convert(file.subject, SUBJECTS[about])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UserError("文件的内容写得不对。", "请对照表格旁的 sample.toml 改正后再试。") from error
    committee = Committee(id=new_id(), name=file.committee.name)
    return OfficeMatter(committee, codes, subject, file.on, file.by)
