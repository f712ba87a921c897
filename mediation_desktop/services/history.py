"""谁改过什么: the history of a dispute in plain sentences."""

from collections.abc import Iterable
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain import records
from mediation_desktop.domain.codes import TABLES
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.fieldwords import CODE_WORDS, KIND_WORDS
from mediation_desktop.domain.telling import SECRET, Lookup, ids_in, name_and_subject, phrases
from mediation_desktop.domain.times import short_moment
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.disputes import ACTION_NAMES
from mediation_desktop.services.ownforms import chosen_form
from mediation_desktop.system.clock import today, wall_time

_TABLE_OF = {
    "type_code": "dispute_types",
    "source_code": "sources",
    "grade_code": "grades",
    "before_code": "grades",
    "after_code": "grades",
    "special_groups": "special_groups",
}
"""The code table of a field; the code of any other is looked for in all of them."""


class ToldChange(Struct, frozen=True):
    """What one change did: when, who, under which name, and every part of it as a phrase."""

    when: str
    actor: str
    action: str
    phrases: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every part as a whole sentence: when, who, what."""
        return tuple(f"{self.when} {self.actor} {phrase}" for phrase in self.phrases or (self.action,))


class ToldHistory(Struct, frozen=True):
    """The changes of a dispute, newest first; ``hidden`` says whether there are others nobody is told of."""

    changes: tuple[ToldChange, ...]
    hidden: bool

    @property
    def actors(self) -> tuple[str, ...]:
        """Everyone who changed something, who did so last first."""
        return tuple(dict.fromkeys(change.actor for change in self.changes))


def told_history(desk: Desk, dispute_id: UUID) -> ToldHistory:
    """Return who changed what from what to what in a dispute and all that belongs to it.

    Of special records (专门记录) nothing is told: no content, no time, no name.
    """
    with desk.office_file.read() as reader:
        lines = reader.history(dispute_id)
        open_lines = [line for line in lines if line.kind not in SECRET]
        ids = {UUID(found) for line in open_lines for found in ids_in(line)}
        seen = reader.last_seen(ids)
    lookup = _lookup(desk, seen.values())
    changes: dict[UUID, list[records.HistoryLine]] = {}
    for line in open_lines:
        changes.setdefault(line.change_id, []).append(line)
    told = [_told(desk, one, lookup) for one in changes.values()]
    return ToldHistory(tuple(reversed(told)), hidden=len(open_lines) < len(lines))


def _told(desk: Desk, lines: list[records.HistoryLine], lookup: Lookup) -> ToldChange:
    first, at = lines[0], wall_time(lines[0].at)
    said = tuple(phrase for line in lines for phrase in phrases(line, lookup))
    return ToldChange(short_moment(at, today(desk.clock)), first.actor, first.action, said)


def _lookup(desk: Desk, seen: Iterable[records.Revision]) -> Lookup:
    """Return names for what history speaks of: records as they were seen last, codes by the tables."""
    versions = {str(revision.record_id): revision for revision in seen}
    nobody = Lookup(lambda _id: "", lambda _id: "", lambda field, code: code_name(desk, field, code))

    def named(record_id: str, *, full: bool) -> str:
        revision = versions.get(record_id)
        if revision is None:
            return ""
        if revision.kind in SECRET:
            return KIND_WORDS[revision.kind]
        name, subject = name_and_subject(revision.kind, revision.snapshot, nobody)
        return subject if full else name

    return Lookup(lambda one: named(one, full=False), lambda one: named(one, full=True), nobody.name_of_code)


def code_name(desk: Desk, field: str, code: str) -> str:
    """Return the name of a code; one that no list has is returned as it is."""
    if field == "form":
        return _form_title(desk, code)
    fixed = {"action": ACTION_NAMES, "kind": CODE_WORDS}.get(field, {})
    if code in fixed:
        return fixed[code]
    named = [_TABLE_OF[field]] if field in _TABLE_OF else list(TABLES)
    entries = (entry for name in named for entry in getattr(desk.codes, name).entries)
    return next((entry.name for entry in entries if entry.code == code), code)


def _form_title(desk: Desk, name: str) -> str:
    try:
        return chosen_form(desk.folder, name).form.file.title
    except UserError:
        return name  # the county took the form away; what it was called is no longer known
