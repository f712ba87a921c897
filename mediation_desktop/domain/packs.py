"""成套文书: papers that are issued together, in which order, and what is missing to make the set whole."""

from collections.abc import Iterator, Sequence

from mediation_desktop.domain import filing
from mediation_desktop.domain.codes import CodeTables, Material
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.papers import AGREEMENT, PAPERS, Pack, PaperKind, kind_of_paper, on_property
from mediation_desktop.domain.standing import is_effective

_SIDES = 2
_LEADS = ("closing_report", "dossier_statement")
"""Papers that the contents count and that are issued before them."""


def kinds_of(pack: Pack, codes: CodeTables) -> tuple[PaperKind, ...]:
    """Return the papers of a pack in the order in which they are put together.

    The court's pack is in the order of the table of materials, the others in that of ``PAPERS``.
    """
    if pack is not Pack.CONFIRMATION:
        return tuple(kind for kind in PAPERS if kind.pack is pack)
    named = (kind_of_paper(material.form) for material in codes.confirmation_materials.entries)
    return tuple(kind for kind in named if kind and kind.form != AGREEMENT)


def issuing_order(kinds: Sequence[PaperKind]) -> list[PaperKind]:
    """Return the order of issuing: what the contents count comes before them."""
    return sorted(kinds, key=lambda kind: kind.form not in _LEADS)


def missing(pack: Pack, dossier: Dossier, codes: CodeTables) -> tuple[str, ...]:
    """Return what a pack still lacks, one sentence each."""
    if pack is Pack.CONFIRMATION:
        return tuple(_for_court(dossier, codes))
    return tuple(_for_filing(dossier, codes)) if pack is Pack.FILING else ()


def _for_court(dossier: Dossier, codes: CodeTables) -> Iterator[str]:
    agreement = dossier.standing
    if agreement is None or not is_effective(agreement, dossier.papers):
        yield "调解协议还没有签字盖章生效，生效以后才能申请。"
    sides = {party.id: party.side for party in dossier.parties}
    asked = {sides[one] for item in dossier.confirmations[-1:] for one in item.applicant_ids if one in sides}
    if len(asked) < _SIDES:
        yield "还没有登记双方都申请：司法确认须由双方共同申请（人民调解法第三十三条）。"
    if not any(item.court for item in dossier.confirmations[-1:]):
        yield "还没有登记向哪个法院申请。"
    for material in codes.confirmation_materials.entries:
        yield from _brought(material, dossier)


def _brought(material: Material, dossier: Dossier) -> Iterator[str]:
    """Say what people have to bring of one material, because no printer makes it."""
    if material.form == AGREEMENT:
        yield f"{material.name}：请附各方签字、调委会盖章的原件。"
    elif material.code == "identity":
        yield f"{material.name}：请收取各申请人的复印件，贴在粘贴页上。"
    elif material.code == "guardian":
        for party in dossier.parties:
            if party.guardian:
                proof = f"（登记的是{party.guardian.proof}）" if party.guardian.proof else "（还没有登记）"
                yield f"{material.name}：请附{party.name}的监护关系证明{proof}。"
    elif material.code == "property" and on_property(dossier):
        yield f"{material.name}：请附复印件，放在清单后面。"


def _for_filing(dossier: Dossier, codes: CodeTables) -> Iterator[str]:
    for name in filing.absent(dossier, codes.dossier_parts):
        yield f"卷内还没有：{name}。"
    for line in filing.contents(dossier, codes.dossier_parts):
        if line.sheets is None:
            yield f"{line.name}还没有数张数。"
