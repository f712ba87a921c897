"""Risk of escalation and who has to be told of it; an export never settles what is owed to the police."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.identity import is_minor
from mediation_desktop.domain.records import MinorCheck, Risk, RiskReport, SessionState

MINOR_GROUP = "minor"
"""The special group that says somebody under 18 is involved."""

MINOR_REPORT = "minor_report"
PRIVATE_TALK = "private_talk"
"""The kinds of sealed record."""

CONFIDENTIAL = "保密"
"""Stands in the history for whoever wrote a special record."""

BETWEEN = "；"
"""Stands between the reasons of a risk."""

_POLICE = ("公安", "派出所", "110", "警")


def is_police(told: str) -> bool:
    """Tell whether these are words for the police (公安机关)."""
    return any(word in told for word in _POLICE)


def report_owed(risks: Iterable[Risk], reports: Iterable[RiskReport]) -> str:
    """Return the signal for which the police were not told yet, or nothing (人民调解法 第25条).

    A report answers every signal that was known on its day or before; one that comes up later asks anew.
    Judging the risk lower afterwards takes back nothing.
    """
    first: dict[str, date] = {}
    for risk in risks:
        if risk.signal:
            on = risk.on or date.min
            first[risk.signal] = min(on, first.get(risk.signal, on))
    last = max((report.told_at.date() for report in reports if is_police(report.told)), default=None)
    return next((signal for signal, on in first.items() if last is None or on > last), "")


def newest_risk(risks: Iterable[Risk]) -> Risk | None:
    """Return the judgement that holds now."""
    return max(risks, key=lambda risk: (risk.on or date.min, risk.id), default=None)


def minor_involved(dossier: Dossier) -> bool:
    """Tell whether anyone under 18 is a party or is said to be involved."""
    day = dossier.dispute.occurred_on or dossier.dispute.registered_on
    return MINOR_GROUP in dossier.dispute.special_groups or any(
        is_minor(party.birth_date, day) for party in dossier.parties
    )


def minor_check_due(dossier: Dossier) -> bool:
    """Tell whether the nine situations are still to be asked about (强制报告意见 第四条)."""
    return minor_involved(dossier) and not dossier.minor_checks


def harm_suspected(checks: Sequence[MinorCheck]) -> bool:
    """Tell whether the newest check found or suspected one of the nine situations."""
    return any(check.hits for check in checks[-1:])


def special_signs(risks: Iterable[Risk], signs: Collection[str]) -> bool:
    """Tell whether a risk names one of the reasons for which a mandatory report is to be recorded."""
    return any(sign in risk.reason.split(BETWEEN) for risk in risks for sign in signs)


def special_report_due(dossier: Dossier, signs: Collection[str]) -> bool:
    """Tell whether a mandatory report has to be recorded and was not.

    ``signs`` are the reasons of a risk that ask for it (反家庭暴力法 第14条).
    """
    reported = any(record.kind == MINOR_REPORT for record in dossier.sealed_records)
    wanted = harm_suspected(dossier.minor_checks) or special_signs(dossier.risks, signs)
    return wanted and not reported


def rejudge_on(dossier_sessions: Iterable[tuple[SessionState, date]], risks: Sequence[Risk]) -> date | None:
    """Return the day since which the risk is to be judged anew, or ``None``.

    That is the day of the last session held after the newest judgement, or the next look that was fixed.
    """
    newest = newest_risk(risks)
    judged = newest.on if newest else None
    held = [day for state, day in dossier_sessions if state is SessionState.HELD]
    days = [day for day in held if judged is None or day > judged]
    if newest and newest.next_on:
        days.append(newest.next_on)
    return min(days, default=None)
