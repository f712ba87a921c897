"""What is missing or doubtful in a dispute, each finding pointing at the field to mend."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.identity import id_number_fault, is_minor, uscc_fault
from mediation_desktop.domain.money import figures
from mediation_desktop.domain.records import (
    AgentPower,
    Agreement,
    AgreementForm,
    Capacity,
    Obligation,
    Party,
    PartyKind,
)


class Weight(StrEnum):
    """A fault keeps a paper from being issued as it stands; a hint only asks for a second look."""

    FAULT = "fault"
    HINT = "hint"


class Finding(Struct, frozen=True):
    """One thing to look at. ``record_id`` and ``field`` say where to jump."""

    weight: Weight
    text: str
    record_id: UUID
    field: str


def _fault(text: str, record_id: UUID, field: str) -> Finding:
    return Finding(Weight.FAULT, text, record_id, field)


def _hint(text: str, record_id: UUID, field: str) -> Finding:
    return Finding(Weight.HINT, text, record_id, field)


def party_findings(party: Party, day: date) -> list[Finding]:
    """Check one party's identity as it stood on ``day``."""
    if not party.name.strip():
        return [_fault("当事人没有姓名或名称。", party.id, "name")]
    if party.kind is PartyKind.ORGANISATION:
        return _organisation_findings(party)
    found = []
    fault = id_number_fault(party.id_number) if party.id_number else ""
    if fault and not party.id_warning_accepted:
        found.append(_hint(f"{party.name}：{fault}", party.id, "id_number"))
    if not party.id_number and not party.document_missing:
        found.append(_hint(f"{party.name}：没有身份证号，法院确认时会要求。", party.id, "id_number"))
    if is_minor(party.birth_date, day):
        if party.guardian is None:
            found.append(_fault(f"{party.name}未满18周岁，须填写法定代理人。", party.id, "guardian"))
    elif party.capacity is not Capacity.FULL and party.guardian is None:
        word = _CAPACITY_WORDS[party.capacity]
        found.append(_fault(f"{party.name}是{word}人，须填写法定代理人。", party.id, "guardian"))
    return [*found, *_agent_findings(party)]


_CAPACITY_WORDS = {Capacity.LIMITED: "限制民事行为能力", Capacity.NONE: "无民事行为能力"}
_SETTLING = ("承认", "变更", "放弃", "和解", "签")
"""A power that lets an agent settle says one of these (民事诉讼法 第62条)."""


def may_settle(power: str) -> bool:
    """Tell whether a power, in its words, lets an agent admit, change, waive or settle."""
    return any(word in power for word in _SETTLING)


def _agent_findings(party: Party) -> list[Finding]:
    found = []
    for agent in party.agents:
        who = f"{party.name}的委托代理人{agent.name}"
        if agent.power is AgentPower.SPECIAL and not any(may_settle(power) for power in agent.scope):
            text = f"{who}：特别授权要写明可以承认、变更、放弃请求或者签署文书。"
            found.append(_fault(text, party.id, "agents"))
        if not agent.proof:
            found.append(_hint(f"{who}：没有记下授权委托书。", party.id, "agents"))
    return found


def _organisation_findings(party: Party) -> list[Finding]:
    found = []
    fault = uscc_fault(party.uscc) if party.uscc else ""
    if fault:
        found.append(_hint(f"{party.name}：{fault}", party.id, "uscc"))
    if party.representative is None:
        found.append(_fault(f"{party.name}：没有填写法定代表人或负责人。", party.id, "representative"))
    return [*found, *_agent_findings(party)]


def obligation_findings(obligation: Obligation) -> list[Finding]:
    """Check that one obligation says what, how much, how and by when, and that its parts add up."""
    where = f"第{obligation.position + 1}项履行义务"
    if not obligation.what.strip() and obligation.amount_fen is None:
        return [_fault(f"{where}没有写明做什么或付多少钱。", obligation.id, "what")]
    found = []
    if obligation.due_on is None and not obligation.instalments:
        found.append(_fault(f"{where}没有写明履行期限。", obligation.id, "due_on"))
    if obligation.debtor_id == obligation.creditor_id:
        found.append(_fault(f"{where}的义务人和权利人是同一人。", obligation.id, "creditor_id"))
    if obligation.amount_fen is not None:
        found += _payment_findings(obligation, where)
    return found


def _payment_findings(obligation: Obligation, where: str) -> list[Finding]:
    found = []
    if obligation.amount_fen == 0:
        found.append(_fault(f"{where}的金额为零。", obligation.id, "amount_fen"))
    if not obligation.method.strip():
        found.append(_hint(f"{where}没有写明付款方式。", obligation.id, "method"))
    if obligation.instalments:
        total = sum(part.amount_fen for part in obligation.instalments)
        if total != obligation.amount_fen:
            text = f"{where}各期合计{figures(total)}元，与总额{figures(obligation.amount_fen or 0)}元不符。"
            found.append(_fault(text, obligation.id, "instalments"))
    return found


def amount_findings(agreement: Agreement, obligations: tuple[Obligation, ...]) -> list[Finding]:
    """Check the agreement's sums: items, share borne, paid before, still due, obligations (fen)."""
    amounts = agreement.amounts
    found = []
    total, due = amounts.total_fen, amounts.due_fen
    if amounts.items and total is not None and sum(item.amount_fen for item in amounts.items) != total:
        found.append(_fault("各项金额之和与合计不符。", agreement.id, "amounts"))
    if total is not None and amounts.borne_percent is not None and amounts.borne_fen is not None:
        exact = total * amounts.borne_percent
        if abs(exact - amounts.borne_fen * 100) >= 100:  # noqa: PLR2004 - a share may be rounded to a fen
            found.append(_fault("承担金额与合计乘以承担比例不符。", agreement.id, "amounts"))
    borne = amounts.borne_fen if amounts.borne_fen is not None else total
    if borne is not None and due is not None and borne - (amounts.paid_before_fen or 0) != due:
        found.append(_fault("承担金额减去已付金额，与尚应支付的金额不符。", agreement.id, "amounts"))
    promised = sum(item.amount_fen or 0 for item in obligations)
    expected = due if due is not None else total
    if expected is not None and promised != expected:
        text = f"履行义务合计{figures(promised)}元，与协议金额{figures(expected)}元不符。"
        found.append(_fault(text, agreement.id, "amounts"))
    return found


def agreement_findings(dossier: Dossier, agreement: Agreement) -> list[Finding]:
    """Check everything that an agreement of this dispute must hold before it is printed."""
    obligations = dossier.obligations_of(agreement)
    day = dossier.dispute.occurred_on or dossier.dispute.registered_on
    found = []
    if len({party.side for party in dossier.parties}) < 2:  # noqa: PLR2004 - a dispute has two sides
        found.append(_fault("还缺少一方当事人。", dossier.dispute.id, "parties"))
    for party in dossier.parties:
        found += party_findings(party, day)
    if not dossier.mediators:
        text = "还没有写人民调解员，协议书要由调解员签名。"  # 人民调解法 第29条
        found.append(_fault(text, dossier.dispute.id, "mediators"))
    if not any(term.text.strip() for term in agreement.terms):
        found.append(_fault("还没有写协议内容。", agreement.id, "terms"))
    if agreement.form is AgreementForm.WRITTEN and not agreement.facts.strip():
        found.append(_fault("还没有写纠纷主要事实、争议事项。", agreement.id, "facts"))
    if agreement.form is AgreementForm.ORAL:
        found.append(_hint("这是口头协议，不要求制作协议书；打印的只作对照。", agreement.id, "form"))
    if not obligations:
        found.append(_hint("还没有列出履行义务，无法提醒到期。", agreement.id, "obligations"))
    for obligation in obligations:
        found += obligation_findings(obligation)
    found += amount_findings(agreement, obligations)
    if not dossier.notices:
        found.append(_hint("没有权利义务告知的记录，口头告知也请补记。", dossier.dispute.id, "notices"))
    return found


def faults(findings: list[Finding]) -> list[Finding]:
    """Return only the findings that keep a paper from being issued."""
    return [finding for finding in findings if finding.weight is Weight.FAULT]
