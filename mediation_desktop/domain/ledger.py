"""登记簿: every dispute of a period on one line, and what the lines add up to (司发通〔2010〕239号)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct

from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.fieldwords import ENUM_WORDS
from mediation_desktop.domain.lifecycle import IN_MEDIATION, Action, in_force
from mediation_desktop.domain.performance import Part, parts
from mediation_desktop.domain.records import AgreementForm, DisputeState, SessionState

SETTLED, FAILED, PENDING = "成功", "不成", "未结"
_ENDS = {
    DisputeState.TERMINATED: FAILED,
    DisputeState.WITHDRAWN: "撤回",
    DisputeState.REFERRED: "移送",
    DisputeState.NOT_ACCEPTED: "不予受理",
}
_OVER = (DisputeState.CLOSED, DisputeState.ARCHIVED)
_LONGEST_SUMMARY = 60
_SENTENCE_ENDS = "。；！？"


class Account(StrEnum):
    """Which disputes belong to a period: those accepted in it, or those finished in it; never mixed."""

    ACCEPTED = "accepted"
    FINISHED = "finished"


ACCOUNT_WORDS = {Account.ACCEPTED: "受理口径", Account.FINISHED: "办结口径"}


class LedgerLine(Struct, frozen=True, kw_only=True):
    """One dispute in the register; ``amount_fen`` is what was agreed to be paid, ``None`` where nothing was.

    ``mediated_on`` is the day of the last session held.  ``result`` is one of a few words, ``performance``
    empty where an agreement owes nothing.
    """

    number: str
    accepted_on: date | None = None
    parties: str
    type_name: str
    summary: str
    mediators: str
    mediated_on: date | None = None
    result: str
    form: str
    agreement_number: str
    performance: str
    amount_fen: int | None = None


class Ledger(Struct, frozen=True):
    """The lines of a period by one account, and their sums."""

    first: date
    last: date
    account: Account
    lines: tuple[LedgerLine, ...]

    @property
    def amount_fen(self) -> int:
        """What was agreed to be paid in all lines together."""
        return sum(line.amount_fen or 0 for line in self.lines)

    @property
    def results(self) -> dict[str, int]:
        """How many lines have which result, the settled ones first; together they are all lines."""
        found = {SETTLED: 0, FAILED: 0}
        for line in self.lines:
            found[line.result] = found.get(line.result, 0) + 1
        return found


def ledger_line(dossier: Dossier, codes: CodeTables) -> LedgerLine:
    """Return a dispute's line; of the dossier only what such a line tells of has to be there."""
    dispute, agreement = dossier.dispute, dossier.standing
    effective = agreement is not None and in_force(dossier)
    owed = parts(dossier.obligations_of(agreement), dossier.payments) if agreement and effective else ()
    amounts = [part.agreed_fen for part in owed if part.agreed_fen is not None]
    held = [one.starts_at.date() for one in dossier.sessions if one.state is SessionState.HELD]
    return LedgerLine(
        number=dispute.number,
        accepted_on=dispute.accepted_on,
        parties="、".join(party.name for party in dossier.parties),
        type_name=codes.dispute_types.name(dispute.type_code),
        summary=brief(dispute.summary),
        mediators="、".join(one.name for one in dossier.mediators),
        mediated_on=max(held, default=None),
        result=_result(dossier, effective=effective),
        form=ENUM_WORDS[AgreementForm][agreement.form] if agreement and effective else "",
        agreement_number=agreement.number if agreement and effective else "",
        performance=_performance(owed),
        amount_fen=sum(amounts) if amounts else None,
    )


def brief(text: str) -> str:
    """Return a summary short enough for a register: whole sentences where they fit, else cut with ……."""
    plain = " ".join(text.split())
    if len(plain) <= _LONGEST_SUMMARY:
        return plain
    end = max(plain.rfind(mark, 0, _LONGEST_SUMMARY) for mark in _SENTENCE_ENDS)
    return plain[: end + 1] if end > _LONGEST_SUMMARY // 2 else f"{plain[: _LONGEST_SUMMARY - 2]}……"


def _result(dossier: Dossier, *, effective: bool) -> str:
    """Return how mediation came out: what held before the dossier was closed counts."""
    state = dossier.dispute.state
    if state in _OVER:
        closings = [step.before for step in dossier.steps if step.action == Action.CLOSE]
        state = closings[-1] if closings else state
    if state in _ENDS:
        return _ENDS[state]
    return SETTLED if effective and state not in IN_MEDIATION else PENDING


def _performance(owed: Iterable[Part]) -> str:
    told = tuple(owed)
    if not told:
        return ""
    if all(part.done for part in told):
        return "已履行"
    return "部分履行" if any(part.done or part.paid_fen for part in told) else "未履行"
