"""The soundness check of an agreement, in one call; each finding points at the field to mend."""

from collections.abc import Callable, Iterable

from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.records import Agreement, Override
from mediation_desktop.domain.soundness.arithmetic import arithmetic_findings
from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Finding, Found, Weight
from mediation_desktop.domain.soundness.interest import interest_findings
from mediation_desktop.domain.soundness.listed import obligation_findings
from mediation_desktop.domain.soundness.lonely import lonely_findings
from mediation_desktop.domain.soundness.matched import matched_findings
from mediation_desktop.domain.soundness.names import name_findings
from mediation_desktop.domain.soundness.people import people_findings
from mediation_desktop.domain.soundness.phrasing import gap_findings, phrasing_findings
from mediation_desktop.domain.soundness.promised import promise_findings
from mediation_desktop.domain.soundness.signing import signing_findings
from mediation_desktop.domain.soundness.sums import sum_findings
from mediation_desktop.domain.soundness.timing import timing_findings
from mediation_desktop.domain.soundness.wards import ward_findings
from mediation_desktop.domain.soundness.whole import whole_findings
from mediation_desktop.domain.soundness.wording import Wording

__all__ = [
    "CLEAN",
    "Finding",
    "Weight",
    "agreement_findings",
    "alarms",
    "faults",
    "overridden",
    "unexplained",
]

CLEAN = "未发现常见问题，不代表法院审查结论"
"""What a check that found nothing says: never 通过 or 合法."""

CHECKS: tuple[Callable[[Draft], Found], ...] = (
    people_findings,
    ward_findings,
    whole_findings,
    gap_findings,
    obligation_findings,
    sum_findings,
    arithmetic_findings,
    promise_findings,
    matched_findings,
    lonely_findings,
    timing_findings,
    name_findings,
    phrasing_findings,
    interest_findings,
    signing_findings,
)

_ORDER = tuple(Weight)


def agreement_findings(dossier: Dossier, agreement: Agreement, wording: Wording) -> list[Finding]:
    """Check everything that an agreement of this dispute must hold, the gravest first."""
    draft = Draft(dossier, agreement, wording)
    found = dict.fromkeys(finding for check in CHECKS for finding in check(draft))
    return sorted(found, key=lambda finding: _ORDER.index(finding.weight))


def faults(findings: Iterable[Finding]) -> list[Finding]:
    """Return only the findings that ask for a reason before a paper is issued."""
    return [finding for finding in findings if finding.weight is Weight.FAULT]


def alarms(findings: Iterable[Finding]) -> list[Finding]:
    """Return faults and warnings: what a clean result must not have."""
    return [finding for finding in findings if finding.weight is not Weight.NOTE]


def overridden(finding: Finding, overrides: Iterable[Override]) -> Override | None:
    """Return the reason with which a finding was left as it is, the newest; ``None`` when there is none."""
    for override in sorted(overrides, key=lambda one: (one.on, one.id), reverse=True):
        if (override.code, override.subject_id, override.field) == (
            finding.code,
            finding.record_id,
            finding.mark,
        ):
            return override
    return None


def unexplained(findings: Iterable[Finding], overrides: Iterable[Override]) -> list[Finding]:
    """Return the findings that nobody gave a reason for."""
    overrides = tuple(overrides)
    return [finding for finding in findings if overridden(finding, overrides) is None]
