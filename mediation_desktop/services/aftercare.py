"""What the first screen is told of what comes after the agreement, and of whom to protect."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain import records, safety
from mediation_desktop.domain.confirmation import ConfirmationWindow, confirmation_window
from mediation_desktop.domain.lifecycle import IN_MEDIATION
from mediation_desktop.domain.performance import over_on
from mediation_desktop.domain.visits import VisitDue, visit_due
from mediation_desktop.services.desk import Desk
from mediation_desktop.storage.reader import Reader

D = TypeVar("D", bound=records.DisputeRecord)

_SOON = timedelta(days=7)
_FOLLOWED = timedelta(days=730)
"""So long after its end a dispute that nobody closed is still followed."""

NOT_TOLD_POLICE = "尚未报告公安机关"
NOT_TOLD_SPECIAL = "先打110报警，再补登记"


class AfterLine(Struct, frozen=True):
    """One dispute to be visited, confirmed, judged anew or reported: by which day, and what for."""

    dispute_id: UUID
    on: date
    what: str


class Aftercare(Struct, frozen=True):
    """What is to be done after the agreement, or because somebody is in danger; the most pressing first.

    Attributes:
        unreported: what the police were not told yet; ``on`` is the day it was seen.
        rejudge: risks to be judged anew, since when.
        visits: visits due within seven days or late.
        confirmations: agreements whose last day for judicial confirmation is within seven days.
    """

    unreported: tuple[AfterLine, ...]
    rejudge: tuple[AfterLine, ...]
    visits: tuple[AfterLine, ...]
    confirmations: tuple[AfterLine, ...]

    @property
    def dispute_ids(self) -> frozenset[UUID]:
        """Every dispute named."""
        lines = (*self.unreported, *self.rejudge, *self.visits, *self.confirmations)
        return frozenset(line.dispute_id for line in lines)


def special_signs(desk: Desk) -> tuple[str, ...]:
    """Return the reasons of a risk for which a mandatory report is to be recorded."""
    return tuple(entry.name for entry in desk.codes.risk_reasons.entries if entry.special)


def aftercare(desk: Desk, reader: Reader, day: date) -> Aftercare:
    """Return what is due on ``day`` and in the week after it."""
    settled = reader.settled_disputes(day - _FOLLOWED)
    effective = _effective(reader, settled)
    return Aftercare(
        unreported=_unreported(desk, reader),
        rejudge=_rejudge(reader, day),
        visits=_in_order(
            AfterLine(dispute.id, due.on, due.why)
            for dispute, due in _visits(desk, reader, settled, effective)
            if due.on <= day + _SOON
        ),
        confirmations=_in_order(
            AfterLine(dispute_id, window.last_day, "共同申请司法确认")
            for dispute_id, window in _windows(desk, reader, settled, effective)
            if day <= window.last_day <= day + _SOON
        ),
    )


def _unreported(desk: Desk, reader: Reader) -> tuple[AfterLine, ...]:
    signs = special_signs(desk)
    risks = reader.risks_to_report(signs)
    checks = _by_dispute(reader.checks_to_report())
    owing = {*(risk.dispute_id for risk in risks), *checks}
    reports = _by_dispute(reader.of_disputes(records.RiskReport, owing))
    sealed = {
        record.dispute_id
        for record in reader.of_disputes(records.SealedRecord, owing)
        if record.kind == safety.MINOR_REPORT
    }
    lines = []
    for dispute_id, kept in _by_dispute(risks).items():
        on = min((risk.on for risk in kept if risk.on), default=date.min)
        if signal := safety.report_owed(kept, reports.get(dispute_id, ())):
            lines.append(AfterLine(dispute_id, on, f"{NOT_TOLD_POLICE}：{signal}"))
        if dispute_id not in sealed and safety.special_signs(kept, signs):
            lines.append(AfterLine(dispute_id, on, NOT_TOLD_SPECIAL))
    for dispute_id, made in checks.items():
        if dispute_id not in sealed and safety.harm_suspected(made):
            lines.append(AfterLine(dispute_id, made[-1].on, NOT_TOLD_SPECIAL))
    return _in_order(lines)


def _rejudge(reader: Reader, day: date) -> tuple[AfterLine, ...]:
    running = reader.dispute_ids(states=IN_MEDIATION)
    risks = _by_dispute(reader.of_disputes(records.Risk, running))
    sessions = _by_dispute(reader.of_disputes(records.Session, running))
    lines = []
    for dispute_id in running:
        held = ((one.state, one.starts_at.date()) for one in sessions.get(dispute_id, ()))
        judged = risks.get(dispute_id, ())
        on = safety.rejudge_on(held, judged)
        if on and on <= day:
            newest = safety.newest_risk(judged)
            lines.append(AfterLine(dispute_id, on, f"上次判为{newest.level}" if newest else "还没有判过"))
    return _in_order(lines)


def _effective(reader: Reader, settled: Iterable[records.Dispute]) -> Mapping[UUID, date]:
    """Return the day on which the newest agreement of each of these disputes took effect."""
    ids = [dispute.id for dispute in settled]
    newest = {each.dispute_id: each for each in reader.of_disputes(records.Agreement, ids)}
    days = {
        each.dispute_id: each.agreed_on
        for each in newest.values()
        if each.form is records.AgreementForm.ORAL and each.agreed_on
    }
    for paper in reader.of_disputes(records.IssuedPaper, ids):
        agreement = newest.get(paper.dispute_id)
        if agreement and paper.subject_id == agreement.id and paper.effective_on:
            days[paper.dispute_id] = paper.effective_on
    return days


def _visits(
    desk: Desk, reader: Reader, settled: tuple[records.Dispute, ...], effective: Mapping[UUID, date]
) -> Iterable[tuple[records.Dispute, VisitDue]]:
    ids = [dispute.id for dispute in settled]
    visits = _by_dispute(reader.of_disputes(records.FollowUp, ids))
    owed = _by_dispute(reader.of_disputes(records.Obligation, ids))
    paid = _by_dispute(reader.of_disputes(records.Payment, ids))
    for dispute in settled:
        due = visit_due(
            dispute,
            effective_on=effective.get(dispute.id),
            over_on=over_on(owed.get(dispute.id, ()), paid.get(dispute.id, ())),
            visits=visits.get(dispute.id, ()),
            rules=desk.codes.visit_rules.entries,
        )
        if due:
            yield dispute, due


def _windows(
    desk: Desk, reader: Reader, settled: tuple[records.Dispute, ...], effective: Mapping[UUID, date]
) -> Iterable[tuple[UUID, ConfirmationWindow]]:
    open_states = (records.DisputeState.PERFORMING, records.DisputeState.IN_DEFAULT)
    ids = [each.id for each in settled if each.state in open_states and each.id in effective]
    asked = {
        each.dispute_id
        for each in reader.of_disputes(records.Confirmation, ids)
        if each.applied_on is not None
    }
    for dispute_id in ids:
        if dispute_id not in asked:
            yield dispute_id, confirmation_window(effective[dispute_id], desk.codes.holidays)


def _by_dispute(items: Iterable[D]) -> dict[UUID, tuple[D, ...]]:
    found: dict[UUID, list[D]] = {}
    for item in items:
        found.setdefault(item.dispute_id, []).append(item)
    return {one: tuple(kept) for one, kept in found.items()}


def _in_order(lines: Iterable[AfterLine]) -> tuple[AfterLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.on, line.dispute_id)))
