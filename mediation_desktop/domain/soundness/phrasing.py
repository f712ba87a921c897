"""Vague words and forbidden wordings, as the wording table lists them."""

import re
from collections.abc import Iterable

from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Finding, Found, fault
from mediation_desktop.domain.soundness.reading import clause_to, sentence_at
from mediation_desktop.domain.soundness.wording import PLACES, Pattern

_GAP = re.compile(r"＿+|_{2,}|[{｛][^{}｛｝]*[}｝]|〔待填〕")


def phrasing_findings(draft: Draft) -> Found:
    """Look for every pattern in the texts it holds for."""
    for pattern in draft.wording.patterns:
        if _concerns(pattern, draft):
            for place in sorted(pattern.where & PLACES):
                yield from _found_in(pattern, draft, place)


def gap_findings(draft: Draft) -> Found:
    """Report what a phrase of the library left to be filled in."""
    for at, text in enumerate(draft.terms):
        if gap := _GAP.search(text):
            where = _short(sentence_at(text, gap.start()).words.strip())
            yield fault(
                "gap",
                f"第{at + 1}条还有没填的地方：{where}",
                draft.agreement.id,
                f"terms.{at}",
                reason="空着的地方日后容易被添写，履行时也说不清。",
            )


def _concerns(pattern: Pattern, draft: Draft) -> bool:
    if pattern.types and draft.dossier.dispute.type_code not in pattern.types:
        return False
    if pattern.near and not _any(pattern.near, draft.whole):
        return False
    return not _any(pattern.not_near, draft.whole)


def _found_in(pattern: Pattern, draft: Draft, place: str) -> Found:
    """Yield one finding for each sentence that the pattern is found in."""
    for record_id, field, text in draft.texts(place):
        told: set[int] = set()
        for sought, match in ((each, one) for each in pattern.find for one in each.anchor.finditer(text)):
            sentence = sentence_at(text, match.start())
            if sentence.start in told or _any(pattern.unless, sentence.words):
                continue
            if not sought.is_borne_out(sentence.words):
                continue
            if _any(pattern.denied, clause_to(text, match.start())) or _any(pattern.denied, match[0][1:]):
                continue
            told.add(sentence.start)
            words = match[0] if pattern.swap == "words" else sentence.words.strip()
            yield Finding(
                weight=pattern.weight,
                text=f"{_called(field)}“{_short(match[0])}”：{pattern.name}",
                record_id=record_id,
                field=field,
                code=pattern.code,
                reason=pattern.reason,
                words=words,
                offer=pattern.offer,
            )


_NAMES = {"facts": "纠纷事实", "responsibility": "责任", "summary": "纠纷情况或调解记录"}
_SHORT = 24


def _called(field: str) -> str:
    name, _, at = field.partition(".")
    return f"第{int(at) + 1}条" if name == "terms" else _NAMES.get(name, "履行清单")


def _short(words: str) -> str:
    return words if len(words) <= _SHORT else f"{words[:_SHORT]}…"


def _any(patterns: Iterable[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)
