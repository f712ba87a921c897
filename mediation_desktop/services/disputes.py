"""What a mediator does with a dispute as a whole: register it, mend it, move it on."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import lifecycle, meeting, records, terms
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.numbers import next_number
from mediation_desktop.services.queries import gather
from mediation_desktop.services.register import with_entry
from mediation_desktop.storage.unit_of_work import UnitOfWork
from mediation_desktop.system.clock import today

_CLOCK_STOPS = frozenset(
    {
        records.DisputeState.AGREED,
        records.DisputeState.TERMINATED,
        records.DisputeState.WITHDRAWN,
        records.DisputeState.REFERRED,
        records.DisputeState.NOT_ACCEPTED,
    }
)
"""The day one of these is reached is the day of settling (办结)."""


def register_dispute(
    desk: Desk,
    dispute: records.Dispute,
    parties: tuple[records.Party, ...] = (),
    invited: tuple[records.InvitedParticipant, ...] = (),
    *,
    check: records.AcceptanceCheck | None = None,
    accept: bool = False,
    enquiry: records.Enquiry | None = None,
) -> Change:
    """登记纠纷: keep a new dispute with its people and give it its number for life.

    ``check`` answers what would bar acceptance.  With ``accept`` the dispute is accepted (受理) on the day of
    registration in the same step.  ``enquiry`` is the 来访来电 that becomes this dispute.

    Raises:
        UserError: the summary is empty, a code is in no table, it cannot be accepted as it stands, or the
            enquiry became a dispute before.
    """
    _require_complete(desk, dispute)
    with desk.office_file.change(desk.actor, "登记纠纷") as work:
        committee = work.get(records.Committee, dispute.committee_id)
        number = next_number(desk, work, "dispute", committee, dispute.registered_on.year)
        work.add(replace(dispute, number=number, state=records.DisputeState.REGISTERED))
        for record in (
            *(with_entry(desk, work, party) for party in parties),
            *invited,
            *([check] if check else []),
        ):
            work.add(record)
        if enquiry:
            _take_over_enquiry(work, enquiry, dispute.id)
        if accept:
            move(desk, work, dispute.id, lifecycle.Action.ACCEPT, dispute.registered_on)
        return changed(work, record_id=dispute.id, dispute_id=dispute.id)


def acceptance_check(desk: Desk, dispute_id: UUID, yes: Collection[str]) -> records.AcceptanceCheck:
    """Return the answers to everything that bars acceptance; ``yes`` are the codes answered with yes."""
    asked = (reason.code for reason in desk.codes.end_reasons.entries if reason.question)
    return records.AcceptanceCheck(
        id=desk.new_id(),
        dispute_id=dispute_id,
        on=today(desk.clock),
        by=desk.actor,
        answers=tuple(records.Answer(code=code, yes=code in yes) for code in asked),
    )


def accept(desk: Desk, check: records.AcceptanceCheck, on: date) -> Change:
    """受理 on the day ``on``, with the answers to what would bar it.

    Raises:
        UserError: an answer bars it, a party is missing or refused, or it is past that stage.
    """
    with desk.office_file.change(desk.actor, ACTION_NAMES[lifecycle.Action.ACCEPT]) as work:
        work.add(check)
        move(desk, work, check.dispute_id, lifecycle.Action.ACCEPT, on)
        return changed(work, record_id=check.dispute_id, dispute_id=check.dispute_id)


def _take_over_enquiry(work: UnitOfWork, enquiry: records.Enquiry, dispute_id: UUID) -> None:
    if work.get(records.Enquiry, enquiry.id).became_id is not None:
        raise UserError("这条来访来电已经登记为纠纷。", "请在来访来电里点开它，看那件纠纷。")
    work.update(replace(enquiry, became_id=dispute_id))


def save_dispute(desk: Desk, dispute: records.Dispute) -> Change:
    """Keep an edited dispute; its number and state are not touched by editing.

    Raises:
        UserError: what ``register_dispute`` refuses, or another grade after acceptance, which needs a reason.
    """
    _require_complete(desk, dispute)
    with desk.office_file.change(desk.actor, "修改纠纷") as work:
        kept = work.get(records.Dispute, dispute.id)
        if kept.accepted_on and dispute.grade_code != kept.grade_code:
            raise UserError("受理以后调整等级要写明原因。", "请用“调整等级”办理。")
        work.update(replace(dispute, number=kept.number, state=kept.state))
        return changed(work, record_id=dispute.id, dispute_id=dispute.id)


def _require_complete(desk: Desk, dispute: records.Dispute) -> None:
    desk.codes.dispute_types.name(dispute.type_code)
    desk.codes.sources.name(dispute.source_code)
    desk.codes.grades.name(dispute.grade_code)
    if not dispute.summary.strip():
        raise UserError("还没有写纠纷简要情况。", "请写一两句话再保存。")


def save_party(desk: Desk, party: records.Party) -> Change:
    """Add a party or keep an edited one; the register of people keeps up (``Change.kinds`` says so)."""
    if not party.name.strip():
        raise UserError("当事人没有姓名或名称。", "请填写后再保存。")
    with desk.office_file.change(desk.actor, "保存当事人") as work:
        before = work.get(records.Party, party.id) if party.revision else None
        save(work, with_entry(desk, work, party, before))
        return changed(work, record_id=party.id, dispute_id=party.dispute_id)


def remove_party(desk: Desk, party: records.Party, reason: str) -> Change:
    """Take a party out of its dispute; it stays in the history.

    Raises:
        UserError: a record names this party: what was said, owed, paid or signed would be nobody's.
    """
    with desk.office_file.change(desk.actor, "移除当事人") as work:
        if gather(work, party.dispute_id).speaks_of(party.id):
            raise UserError(
                "这名当事人在调解记录、协议或其他记录中出现过，不能移除。",
                "请先在那些记录里改掉，再移除；只是写错了的，直接修改就好。",
            )
        work.remove(party, reason)
        return changed(work, record_id=party.id, dispute_id=party.dispute_id)


def save_records(desk: Desk, action: str, *items: records.DisputeRecord) -> Change:
    """Keep records of one dispute, each added when new and updated when known."""
    with desk.office_file.change(desk.actor, action) as work:
        for item in items:
            save(work, item)
            if isinstance(item, records.Proposal):
                let_terms_follow(desk, work, item)
        return changed(work, record_id=items[0].id, dispute_id=items[0].dispute_id)


def save(work: UnitOfWork, record: records.Record) -> None:
    """Add a record that was never saved, update one that was."""
    if record.revision is None:
        work.add(record)
    else:
        work.update(record)


def let_terms_follow(desk: Desk, work: UnitOfWork, proposal: records.Proposal) -> None:
    """Change the terms that came from a proposal as it changed, in every agreement nobody signed yet."""
    accepted = meeting.accepted(desk.codes.proposal_states, proposal)
    for agreement in work.find(records.Agreement, dispute_id=proposal.dispute_id):
        papers = work.find(records.IssuedPaper, subject_id=agreement.id)
        if not terms.frozen(agreement, papers):
            work.update(terms.following(agreement, proposal, accepted=accepted))


def give_notice(desk: Desk, notice: records.Notice) -> Change:
    """Record that the parties were told their rights and duties (司法部令第75号 第30条)."""
    return save_records(desk, "权利义务告知", notice)


def take_step(
    desk: Desk,
    dispute_id: UUID,
    action: lifecycle.Action,
    on: date,
    *,
    reason: str = "",
    outcome: records.Outcome | None = None,
) -> Change:
    """Move a dispute on by one allowed step on the day ``on``.

    ``outcome`` records reason and routes told where the step ends the dispute without an agreement; its
    reason is then the step's.

    Raises:
        UserError: the step is not in the table from here, its guard is closed, or a step that needs a
            reason has none.
    """
    reason = (outcome.reason if outcome else reason).strip()
    if action in lifecycle.NEEDS_REASON and not reason:
        raise UserError("还没有写原因。", "请写明原因；终止、不予受理和移送的，还要告知当事人其他解决途径。")
    with desk.office_file.change(desk.actor, ACTION_NAMES[action]) as work:
        if outcome is not None:
            work.add(outcome)
        move(desk, work, dispute_id, action, on, reason=reason)
        return changed(work, record_id=dispute_id, dispute_id=dispute_id)


def move(
    desk: Desk, work: UnitOfWork, dispute_id: UUID, action: lifecycle.Action, on: date, *, reason: str = ""
) -> None:
    """Take one step of the table inside a running change, and note who took it, when and why."""
    dossier = gather(work, dispute_id)
    dispute, state = dossier.dispute, lifecycle.after(dossier, action)
    work.add(
        records.StepTaken(
            id=desk.new_id(),
            dispute_id=dispute_id,
            action=action,
            before=dispute.state,
            after=state,
            on=on,
            by=desk.actor,
            reason=reason,
        )
    )
    work.update(replace(dispute, state=state, **_dates(dispute, action, state, on)))


def _dates(
    dispute: records.Dispute, action: lifecycle.Action, state: records.DisputeState, on: date
) -> dict[str, date | None]:
    """Return the days of the dispute that a step on ``on`` sets or takes back."""
    dates: dict[str, date | None] = {}
    if action is lifecycle.Action.ACCEPT:
        dates["accepted_on"] = on
    if action is lifecycle.Action.REOPEN:
        dates |= {"closed_on": None, "archived_on": None}
        if state in lifecycle.UNSETTLED:
            dates |= {"reopened_on": on, "finished_on": None}
    if dispute.state is records.DisputeState.AGREED and state is records.DisputeState.MEDIATING:
        dates["finished_on"] = None  # nobody signed: it was not settled after all
    if state in _CLOCK_STOPS and dispute.finished_on is None:
        dates["finished_on"] = on
    if state is records.DisputeState.CLOSED:
        dates["closed_on"] = on
    if state is records.DisputeState.ARCHIVED:
        dates["archived_on"] = on
    return dates


ACTION_NAMES: dict[lifecycle.Action, str] = {
    lifecycle.Action.ACCEPT: "受理",
    lifecycle.Action.DECLINE: "不予受理",
    lifecycle.Action.REFER: "移送",
    lifecycle.Action.INVESTIGATE: "开始调查",
    lifecycle.Action.MEDIATE: "开始调解",
    lifecycle.Action.AGREE: "达成协议",
    lifecycle.Action.TERMINATE: "终止调解",
    lifecycle.Action.WITHDRAW: "撤回申请",
    lifecycle.Action.TAKE_EFFECT: "协议生效",
    lifecycle.Action.PERFORM: "履行完毕",
    lifecycle.Action.DEFAULT: "未按期履行",
    lifecycle.Action.CONFIRM: "法院确认有效",
    lifecycle.Action.NOT_CONFIRM: "法院未予确认",
    lifecycle.Action.CLOSE: "结案",
    lifecycle.Action.ARCHIVE: "归档",
    lifecycle.Action.REOPEN: "重新启动",
}
"""The word for each action on buttons and in history."""
