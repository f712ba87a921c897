"""Terms of an agreement and the accepted proposals they come from."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from mediation_desktop.domain.records import Agreement, IssuedPaper, Proposal, Term


def frozen(agreement: Agreement, papers: Iterable[IssuedPaper]) -> bool:
    """Tell whether somebody signed it: from then on not a word of it changes."""
    return any(paper.subject_id == agreement.id and paper.signatures for paper in papers)


def with_accepted(terms: Sequence[Term], accepted: Iterable[Proposal]) -> tuple[Term, ...]:
    """Return the terms with every proposal that both sides accepted among them, linked, no point twice.

    A proposal whose words already stand there is linked to that term.
    """
    made = list(terms)
    for proposal in accepted:
        if any(term.proposal_id == proposal.id for term in made):
            continue
        linked = Term(text=proposal.text.strip(), proposal_id=proposal.id)
        alike = [
            at for at, term in enumerate(made) if _same(term.text, proposal.text) and not term.proposal_id
        ]
        if alike:
            made[alike[0]] = linked
        else:
            made.append(linked)
    return tuple(made)


def following(agreement: Agreement, proposal: Proposal, *, accepted: bool) -> Agreement:
    """Return the draft as it stands after ``proposal`` was changed, now ``accepted`` by both sides or not.

    A term that came from it says what it says now; where it is accepted no longer, the term goes.
    """
    text = proposal.text.strip()
    terms = tuple(
        replace(term, text=text) if term.proposal_id == proposal.id else term
        for term in agreement.terms
        if accepted or term.proposal_id != proposal.id
    )
    return replace(agreement, terms=terms)


def reworded(agreement: Agreement, proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Return the proposals that a draft's terms now word otherwise, as they are to be kept."""
    texts = {term.proposal_id: term.text.strip() for term in agreement.terms if term.proposal_id}
    return tuple(
        replace(proposal, text=texts[proposal.id])
        for proposal in proposals
        if texts.get(proposal.id, proposal.text) != proposal.text
    )


def _same(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
