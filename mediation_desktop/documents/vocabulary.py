"""All that a form may name: what it can be about, the lists for ``each``, and where which is known."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from mediation_desktop.documents import forms, subjects, values
from mediation_desktop.documents.matter import Matter
from mediation_desktop.documents.values import GENERAL, Table
from mediation_desktop.domain.papers import applicants, present
from mediation_desktop.domain.records import (
    FollowUp,
    Investigation,
    Obligation,
    Outcome,
    Party,
    Record,
    Session,
)


class About(Struct, frozen=True):
    """What a paper can be about: how to find it, its values, and what to say when it is not there."""

    find: Callable[[Matter], Record | None]
    table: Table[Any]
    absent: str
    advice: str


_DISPUTE = About(lambda matter: matter.dossier.dispute, {}, "", "")

ABOUT: dict[str, About] = {
    "dispute": _DISPUTE,
    "agreement": About(
        lambda matter: matter.agreement, {}, "这件纠纷还没有调解协议。", "请先起草调解协议，再打印协议书。"
    ),
    "session": About(
        lambda matter: matter.about(Session),
        subjects.SESSION,
        "这件纠纷还没有这次调解。",
        "请先安排或补记调解，再打印这份文书。",
    ),
    "outcome": About(
        lambda matter: matter.about(Outcome),
        subjects.OUTCOME,
        "这件纠纷没有终止调解或者不予受理。",
        "请先登记，并写明原因和告知的途径，再打印这份文书。",
    ),
    "investigation": About(
        lambda matter: matter.about(Investigation),
        subjects.INVESTIGATION,
        "这件纠纷还没有这次调查。",
        "请先登记调查，再打印这份文书。",
    ),
    "followup": About(
        lambda matter: matter.about(FollowUp),
        subjects.FOLLOWUP,
        "这件纠纷还没有这次回访。",
        "请先登记回访，再打印这份文书。",
    ),
}
"""What a form may say in ``about``."""


class Listed(Struct, frozen=True):
    """A list for ``each``: its items in a matter (``outer`` is the item it stands within) and their values.

    ``noun`` makes the value ``noun.number``, which counts from 1.  ``within`` names the list or the
    ``about`` without which it is not known.
    """

    noun: str
    items: Callable[[Matter, Any], Sequence[Any]]
    table: Table[Any]
    within: str = ""

    def scopes(self, matter: Matter, outer: object) -> Iterator[tuple[values.Values, object]]:
        """Return every item with its values."""
        for place, item in enumerate(self.items(matter, outer), 1):
            yield {f"{self.noun}.number": str(place), **values.values_of(self.table, item, matter)}, item

    @property
    def names(self) -> frozenset[str]:
        """The values that every item adds."""
        return frozenset({f"{self.noun}.number", *self.table})


def _of(cls: type[Any], attribute: str) -> Callable[[Matter, Any], Sequence[Any]]:
    """Return the list that is an attribute of what the paper is about."""
    return lambda matter, _: getattr(matter.about(cls), attribute)


def _obligations(matter: Matter, _: object) -> tuple[Obligation, ...]:
    return matter.dossier.obligations_of(matter.agreement) if matter.agreement else ()


def _present(matter: Matter, _: object) -> tuple[Party, ...]:
    session = matter.about(Session)
    return present(matter.dossier, session) if session else ()


def _led_by(matter: Matter, _: object) -> Sequence[Any]:
    session = matter.about(Session)
    return matter.mediators_of(session.mediator_ids) if session else ()


LISTS: dict[str, Listed] = {
    "parties": Listed("party", lambda matter, _: matter.dossier.parties, values.PARTY),
    "applicants": Listed("party", lambda matter, _: applicants(matter.dossier), values.PARTY),
    "present": Listed("party", _present, values.PARTY, "session"),
    "agents": Listed("agent", lambda _, party: party.agents, values.AGENT, "parties"),
    "mediators": Listed("mediator", lambda matter, _: matter.dossier.mediators, values.MEDIATOR),
    "session_mediators": Listed("mediator", _led_by, values.MEDIATOR, "session"),
    "requests": Listed("request", lambda matter, _: matter.dossier.dispute.requests, values.REQUEST),
    "lines": Listed("line", _of(Session, "lines"), subjects.LINE, "session"),
    "routes": Listed("route", _of(Outcome, "routes_told"), subjects.ROUTE, "outcome"),
    "questions": Listed("question", _of(Investigation, "questions"), subjects.QUESTION, "investigation"),
    "terms": Listed(
        "term", lambda matter, _: matter.agreement.terms if matter.agreement else (), values.TERM
    ),
    "obligations": Listed("obligation", _obligations, values.OBLIGATION),
    "instalments": Listed("instalment", lambda _, owed: owed.instalments, values.INSTALMENT, "obligations"),
}
"""What ``each`` and ``per`` may name."""


def unknown_name(file: forms.FormFile) -> str:
    """Return the first name in a form that nothing stands for at its place, or nothing."""
    if file.about not in ABOUT:
        return file.about
    place = outermost(file)
    copied = next((name for name in file.copies_for if place.within(name) is None), "")
    if copied:
        return copied
    whole = forms.GroupSpec(each=file.per, blocks=file.blocks)
    return next((name for spec in (*file.fields, whole) for name in place.unknown(spec)), "")


def outermost(file: forms.FormFile) -> "Place":
    """Return the place that is in no list; ``about`` has to be known."""
    added = {field.source for field in forms.added_fields(file)}
    known = frozenset({*GENERAL, *ABOUT[file.about].table, "form.title", *_switches(file), *added})
    return Place(known, frozenset({file.about}))


def _switches(file: forms.FormFile) -> set[str]:
    return {f"switch.{name}" for name in file.switches}


class Place(Struct, frozen=True):
    """One place of a form: the names known there and the lists open around it."""

    known: frozenset[str]
    around: frozenset[str]

    def unknown(self, spec: forms.Repeated) -> Iterator[str]:
        """Yield the names used in ``spec`` that are not known there."""
        inner = self.within(spec.each)
        if inner is None:
            yield spec.each
            return
        used = {*(name.removeprefix("!") for name in spec.when), *forms.names_in(spec)}
        yield from sorted(used - inner.known)
        if isinstance(spec, forms.TableSpec):
            inner = inner.within(spec.rows_of)
            if inner is None:
                yield spec.rows_of
                return
        for part in forms.parts_of(spec):
            yield from inner.unknown(part)

    def within(self, name: str) -> "Place | None":
        """Return the place inside the list ``name``, or ``None`` where there is no such list here."""
        if not name:
            return self
        found = LISTS.get(name)
        if found is None or (found.within and found.within not in self.around):
            return None
        return Place(self.known | found.names, self.around | {name} | _SAME.get(name, frozenset()))


_SAME = {"applicants": frozenset({"parties"}), "present": frozenset({"parties"})}
"""Lists whose items are those of another."""
