"""名册: the committee's people, their term and training, and what each of them has in hand."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.committee import committee_findings, require_people, term_end
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.handover import OPEN
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import save
from mediation_desktop.services.handover import require_may_leave
from mediation_desktop.services.listing import Listing
from mediation_desktop.services.queries import DisputeLine, SessionLine, line_of, session_lines
from mediation_desktop.system.clock import today

_WEEK = timedelta(days=7)
_FINISHED = (records.DisputeState.CLOSED, records.DisputeState.ARCHIVED)
_HEADINGS = ("姓名", "职务", "性别", "民族", "文化程度", "任职日期", "联系电话")


class CommitteeView(Struct, frozen=True):
    """The committee, the day its term ends, and what of its composition is to be looked at."""

    committee: records.Committee
    term_ends_on: date | None
    findings: tuple[str, ...]


class MediatorView(Struct, frozen=True):
    """One mediator and what he or she has in hand.

    Attributes:
        mediator: who.
        open: disputes neither closed nor archived, oldest first.
        sessions: this week's sessions, planned or held.
        closed: how many disputes are closed or archived.
        trainings: in order of the day.
        subsidies: each month with a subsidy and its sum in fen, newest first.
    """

    mediator: records.Mediator
    open: tuple[DisputeLine, ...]
    sessions: tuple[SessionLine, ...]
    closed: int
    trainings: tuple[records.Training, ...]
    subsidies: tuple[tuple[str, int], ...]


def committee_view(desk: Desk) -> CommitteeView:
    """Return the committee as the Act looks at it."""
    with desk.office_file.read() as reader:
        committee = reader.find(records.Committee)[0]
        people = reader.find(records.Mediator, committee_id=committee.id)
    return CommitteeView(
        committee, term_end(committee), committee_findings(committee, people, desk.codes.roles)
    )


def save_term(desk: Desk, committee: records.Committee) -> Change:
    """Keep election, end of term and whether several nations live here.

    Raises:
        UserError: the term would end before it begins.
    """
    if committee.elected_on and committee.term_ends_on and committee.term_ends_on <= committee.elected_on:
        raise UserError("任期届满的日期早于推选的日期。", "请核对两个日期；任期一般是三年。")
    with desk.office_file.change(desk.actor, "登记任期") as work:
        work.update(replace(committee, term_ends_on=term_end(committee)))
        return changed(work, record_id=committee.id)


def mediator_view(desk: Desk, mediator_id: UUID) -> MediatorView:
    """Return one mediator with everything in his or her hands."""
    day = today(desk.clock)
    monday = datetime.combine(day - timedelta(days=day.weekday()), time.min)
    states = (records.SessionState.PLANNED, records.SessionState.HELD)
    with desk.office_file.read() as reader:
        ids = reader.disputes_of(mediator_id, OPEN)
        sessions = tuple(
            one
            for one in reader.sessions_between(monday, monday + _WEEK, states=states)
            if mediator_id in one.mediator_ids
        )
        rows = reader.dispute_rows_of({*ids, *(session.dispute_id for session in sessions)})
        trainings = reader.find(records.Training, mediator_id=mediator_id)
        return MediatorView(
            mediator=reader.get(records.Mediator, mediator_id),
            open=tuple(line_of(desk, rows[one]) for one in ids),
            sessions=session_lines(reader, sessions, rows),
            closed=len(reader.disputes_of(mediator_id, _FINISHED)),
            trainings=tuple(sorted(trainings, key=lambda training: training.on)),
            subsidies=_by_month(reader.find(records.Subsidy, mediator_id=mediator_id)),
        )


def save_mediator(desk: Desk, mediator: records.Mediator, trainings: Sequence[records.Training]) -> Change:
    """Keep a mediator's entry in the roster and exactly these trainings.

    Raises:
        UserError: the name is missing or somebody in office has it already.
    """
    if mediator.since_on and mediator.until_on and mediator.until_on < mediator.since_on:
        raise UserError("离任日期早于任职日期。", "请核对两个日期。")
    with desk.office_file.change(desk.actor, "修改名册") as work:
        save(work, mediator)
        kept = {training.id for training in trainings}
        for old in work.find(records.Training, mediator_id=mediator.id):
            if old.id not in kept:
                work.remove(old, "修改名册时删去")
        for training in trainings:
            save(work, training)
        require_people(work.find(records.Mediator, active=True))
        return changed(work, record_id=mediator.id)


def set_in_office(desk: Desk, mediator: records.Mediator, *, active: bool) -> Change:
    """离任 or 复任: note the day; who has open disputes hands over first.

    Raises:
        UserError: there is something to hand over, or nobody else is in office.
    """
    until = None if active else today(desk.clock)
    with desk.office_file.change(desk.actor, "复任" if active else "离任") as work:
        edited = replace(mediator, active=active, until_on=until)
        require_may_leave(work, edited)
        work.update(edited)
        require_people(work.find(records.Mediator, active=True))
        return changed(work, record_id=mediator.id)


def roster(desk: Desk) -> Listing:
    """Return the roster of those in office, in order of their roles, as the office hands it in (第10条)."""
    view = committee_view(desk)
    order = [role.name for role in desk.codes.roles.entries]
    with desk.office_file.read() as reader:
        people = reader.find(records.Mediator, committee_id=view.committee.id, active=True)
    people = sorted(people, key=lambda one: order.index(one.role) if one.role in order else len(order))
    term = f"，任期至{printed(view.term_ends_on)}" if view.term_ends_on else ""
    return Listing(
        f"{view.committee.name}人民调解员名册（{printed(today(desk.clock))}{term}）",
        _HEADINGS,
        tuple(_row(one) for one in people),
    )


def _row(one: records.Mediator) -> tuple[str, ...]:
    since = printed(one.since_on) if one.since_on else ""
    return (one.name, one.role, one.sex, one.nation, one.education, since, one.phone)


def _by_month(subsidies: Sequence[records.Subsidy]) -> tuple[tuple[str, int], ...]:
    sums: dict[str, int] = {}
    for one in subsidies:
        sums[one.month] = sums.get(one.month, 0) + one.amount_fen
    return tuple(sorted(sums.items(), reverse=True))
