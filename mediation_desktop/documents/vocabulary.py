"""All that a form may name: what it can be about, the lists for ``each``, and where which is known."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from mediation_desktop.documents import filed, forms, office, subjects, values
from mediation_desktop.documents.kinds import About, Listed
from mediation_desktop.documents.matter import Matter
from mediation_desktop.domain import filing
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.papers import (
    applicants,
    organisations,
    papers_for,
    present,
    represented,
    respondents,
)
from mediation_desktop.domain.records import (
    Closing,
    FollowUp,
    Investigation,
    Obligation,
    Outcome,
    Party,
    Payment,
    Session,
)

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
    "payment": About(
        lambda matter: matter.about(Payment),
        filed.PAYMENT,
        "这件纠纷还没有这笔付款。",
        "请先登记付款，再打印这份文书。",
    ),
    "closing": About(
        lambda matter: matter.about(Closing),
        filed.CLOSING,
        "这件纠纷还没有结案报告。",
        "请先办理结案，再打印这份文书。",
    ),
    **office.ABOUT,
}
"""What a form may say in ``about``."""


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


def _confirming(matter: Matter, _: object) -> Sequence[Party]:
    """Return the parties who apply to the court together, all of them while nobody said."""
    named = {one for asked in matter.dossier.confirmations[-1:] for one in asked.applicant_ids}
    return tuple(party for party in matter.dossier.parties if party.id in named or not named)


def _done(matter: Matter, _: object) -> Sequence[Obligation]:
    return tuple(item for item in matter.dossier.obligations if item.performed_on)


def _contents(matter: Matter, _: object) -> Sequence[filing.ContentsLine]:
    return filing.contents(matter.dossier, matter.codes.dossier_parts)


def _remarks(matter: Matter, _: object) -> Sequence[str]:
    return filing.remarks(matter.dossier, matter.codes.dossier_parts)


def _of_dossier(pick: Callable[[Dossier], Sequence[Any]]) -> Callable[[Matter, Any], Sequence[Any]]:
    return lambda matter, _: pick(matter.dossier)


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
    "respondents": Listed("party", _of_dossier(respondents), values.PARTY),
    "represented": Listed("party", _of_dossier(represented), values.PARTY),
    "organisations": Listed("party", _of_dossier(organisations), values.PARTY),
    "confirming": Listed("party", _confirming, values.PARTY),
    "papers": Listed(
        "paper",
        lambda matter, party: [(paper, party) for paper in papers_for(matter.dossier, party)],
        filed.SERVED,
        "parties",
    ),
    "evidence": Listed("evidence", _of_dossier(lambda dossier: dossier.evidence), filed.EVIDENCE),
    "payments": Listed("payment", _of_dossier(lambda dossier: dossier.payments), filed.PAYMENT),
    "done": Listed("done", _done, filed.DONE),
    "contents": Listed("item", _contents, filed.CONTENTS),
    "remarks": Listed("remark", _remarks, filed.REMARK),
    **office.LISTS,
}
"""What ``each`` and ``per`` may name."""


EVERYWHERE = ("form.title", "form.by_hand")
"""What every form may name."""


def unknown_name(file: forms.FormFile) -> str:
    """Return the first name in a form that nothing stands for at its place, or nothing."""
    if file.about not in ABOUT:
        return file.about
    place = outermost(file)
    counted = next((name for name in file.copies_for if place.within(name) is None), "")
    by_hand = next((name for name in file.by_hand.rows if name not in LISTS), "")
    if counted or by_hand:
        return counted or by_hand
    inner = place.within(file.per)
    if inner is None:
        return file.per
    return next((name for spec in (*file.fields, *file.blocks) for name in inner.unknown(spec)), "")


def outermost(file: forms.FormFile) -> "Place":
    """Return the place that is in no list; ``about`` has to be known."""
    about = ABOUT[file.about]
    added = {field.source for field in forms.added_fields(file)}
    known = frozenset({*about.realm.table, *about.table, *EVERYWHERE, *_switches(file), *added})
    return Place(known, frozenset({file.about, about.realm.name}))


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
            yield from (name for row in spec.foot for name in inner.unknown(row))
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
        if found is None or found.within not in self.around:
            return None
        return Place(self.known | found.names, self.around | {name} | _SAME.get(name, frozenset()))


_SAME: dict[str, frozenset[str]] = dict.fromkeys(
    ("applicants", "respondents", "present", "represented", "organisations", "confirming"),
    frozenset({"parties"}),
)
"""Lists whose items are those of another."""
