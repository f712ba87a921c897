"""Which of a dispute's agreements is in force: an amendment counts from its own effect, not before.

An amendment (变更) and a replacement (替代) both list all that is owed from then on, so that the obligations
in force are those of one agreement.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import (
    Agreement,
    AgreementChange,
    AgreementForm,
    IssuedPaper,
    Obligation,
    PaperState,
    Term,
)

_SEALED = (PaperState.SEALED, PaperState.DELIVERED)


def is_effective(agreement: Agreement, papers: Iterable[IssuedPaper]) -> bool:
    """Tell whether an agreement took effect (人民调解法 第29、30条)."""
    if agreement.form is AgreementForm.ORAL:
        return agreement.agreed_on is not None
    return any(paper.subject_id == agreement.id and paper.state in _SEALED for paper in papers)


def standing(agreements: Sequence[Agreement], papers: Sequence[IssuedPaper]) -> Agreement | None:
    """Return the newest agreement that took effect, else the newest one."""
    effective = [agreement for agreement in agreements if is_effective(agreement, papers)]
    return (effective or list(agreements) or [None])[-1]


def owed(
    obligations: Iterable[Obligation], agreements: Sequence[Agreement], papers: Sequence[IssuedPaper]
) -> tuple[Obligation, ...]:
    """Return the obligations, of one dispute or of several, that the agreements in force created."""
    of_dispute: dict[object, list[Agreement]] = {}
    for agreement in agreements:
        of_dispute.setdefault(agreement.dispute_id, []).append(agreement)
    in_force = {one.id for each in of_dispute.values() if (one := standing(each, papers))}
    return tuple(item for item in obligations if item.agreement_id in in_force)


def begun(earlier: Agreement, change: AgreementChange, agreement: Agreement) -> Agreement:
    """Return the draft of an agreement that changes ``earlier``; ``agreement`` brings id and form.

    Raises:
        UserError: the earlier one has no number, so that nothing can refer to it.
    """
    if not earlier.number:
        raise UserError("原协议还没有编号。", "请先保存原协议。")
    if change is AgreementChange.AMENDS:
        terms = (
            Term(text=f"原协议（编号{earlier.number}）第＿＿条变更为：＿＿"),
            Term(text="原协议其余各条不变，各方继续履行。"),
        )
    else:
        ends = f"自本协议生效之日起，原协议（编号{earlier.number}）不再履行，以本协议为准。"
        terms = (*(Term(text=term.text) for term in earlier.terms), Term(text=ends))
    return replace(
        agreement,
        facts=earlier.facts,
        responsibility=earlier.responsibility,
        terms=terms,
        extra_copies=earlier.extra_copies,
        co_owners=earlier.co_owners,
        earlier_id=earlier.id,
        change=change,
    )
