"""The agreement that is looked at, with everything a check needs to know about it."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from uuid import UUID

from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.records import (
    Agreement,
    IssuedPaper,
    Obligation,
    PaperState,
    Party,
    Session,
    SessionState,
)
from mediation_desktop.domain.soundness.deeds import Callers, Deed, deeds_of
from mediation_desktop.domain.soundness.wording import Wording

_LEAST_NAME, _MOST_NAME = 2, 3


class Draft:
    """One agreement of a dossier, and the wording table it is held against."""

    def __init__(self, dossier: Dossier, agreement: Agreement, wording: Wording) -> None:
        self.dossier = dossier
        self.agreement = agreement
        self.wording = wording
        self.obligations = dossier.obligations_of(agreement)

    @cached_property
    def parties(self) -> dict[UUID, Party]:
        """The parties by id."""
        return {party.id: party for party in self.dossier.parties}

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """What the terms say, empty ones too: their places count."""
        return tuple(term.text for term in self.agreement.terms)

    @cached_property
    def all_terms(self) -> str:
        """All terms, one a line."""
        return "\n".join(self.terms)

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """What every clause of the terms says: who, to whom, how much, until when."""
        callers = Callers(self.dossier.parties)
        return tuple(deed for at, text in enumerate(self.terms) for deed in deeds_of(at, text, callers))

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The summary and what was said in the sessions, which is no part of the agreement."""
        lines = [line.said for session in self.held for line in session.lines]
        return (self.dossier.dispute.summary, *lines)

    @cached_property
    def whole(self) -> str:
        """Everything that is written about the dispute."""
        evidence = [item.name for item in self.dossier.evidence]
        acts = [item.what for item in self.obligations]
        source = (self.dossier.dispute.source_note, self.dossier.dispute.referral_number)
        return "\n".join(
            (
                *source,
                *self.told,
                *evidence,
                self.agreement.facts,
                self.agreement.responsibility,
                *self.terms,
                *acts,
            )
        )

    @cached_property
    def held(self) -> tuple[Session, ...]:
        """The sessions that were held, in order."""
        return tuple(one for one in self.dossier.sessions if one.state is SessionState.HELD)

    @cached_property
    def paper(self) -> IssuedPaper | None:
        """The paper of this agreement that counts, the newest."""
        mine = [paper for paper in self.dossier.papers if paper.subject_id == self.agreement.id]
        live = [paper for paper in mine if paper.state is not PaperState.REPLACED]
        return live[-1] if live else None

    @cached_property
    def day(self) -> date:
        """The day of the agreement, else of the last session, else of registration."""
        if self.agreement.agreed_on:
            return self.agreement.agreed_on
        return self.held[-1].starts_at.date() if self.held else self.dossier.dispute.registered_on

    @cached_property
    def dues(self) -> frozenset[date]:
        """Every day on which something listed falls due."""
        return frozenset(day for item in self.obligations for day in due_days(item))

    def owed_as(self, obligation: Obligation) -> str:
        """Return how an obligation is called on the screen."""
        return f"第{obligation.position + 1}项履行义务"

    def is_name(self, word: str) -> bool:
        """Tell whether a word looks like a person's name, by the surname and by what is known to be none."""
        if not _LEAST_NAME <= len(word) <= _MOST_NAME or word[0] not in self.wording.surnames:
            return False
        return not any(pattern.search(word) for pattern in self.wording.no_names)

    def texts(self, place: str) -> Iterator[tuple[UUID, str, str]]:
        """Yield record, field and text of everything a pattern may be looked for in (``wording.PLACES``)."""
        agreement = self.agreement
        if place == "terms":
            yield from ((agreement.id, f"terms.{at}", text) for at, text in enumerate(self.terms))
        elif place == "obligations":
            for item in self.obligations:
                for field in ("what", "standard", "method", "place"):
                    yield item.id, field, getattr(item, field)
        elif place == "told":
            yield from ((self.dossier.dispute.id, "summary", text) for text in self.told)
        else:
            yield agreement.id, place, getattr(agreement, place)


def due_days(obligation: Obligation) -> tuple[date, ...]:
    """Return the days on which an obligation falls due."""
    if obligation.instalments:
        return tuple(part.due_on for part in obligation.instalments)
    return (obligation.due_on,) if obligation.due_on else ()
