"""结案: how a dispute ended, in a few sentences made of its records, and what its dossier still lacks."""

from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.lifecycle import in_force
from mediation_desktop.domain.money import figures
from mediation_desktop.domain.papers import sealed_into_effect
from mediation_desktop.domain.performance import Part, open_parts, parts_of
from mediation_desktop.domain.records import DisputeState, PaperState, SessionState
from mediation_desktop.domain.safety import report_owed

TERMINATION_FORM = "termination"
"""How the forms are called that tell of the end without an agreement (终止告知)."""

_FEW = 3
"""So many things left open are named one by one."""

_SIGNED = frozenset({PaperState.SIGNED, PaperState.SEALED, PaperState.DELIVERED})

_ENDS = {
    DisputeState.TERMINATED: "failed",
    DisputeState.WITHDRAWN: "withdrawn",
    DisputeState.REFERRED: "referred",
    DisputeState.NOT_ACCEPTED: "not_accepted",
}


def result_code(dossier: Dossier) -> str:
    """Return the entry of the table of results that the records point to."""
    ended = _ENDS.get(dossier.dispute.state)
    if ended:
        return ended
    return "performed" if dossier.dispute.state is DisputeState.PERFORMED else "agreed"


def summary(dossier: Dossier) -> str:
    """Return what happened from acceptance to the end, to be mended by the mediator."""
    dispute, told = dossier.dispute, []
    if dispute.accepted_on:
        told.append(f"{printed(dispute.accepted_on)}受理。")
    held = [one for one in dossier.sessions if one.state is SessionState.HELD]
    if held:
        told.append(f"调解{len(held)}次，最后一次在{printed(held[-1].starts_at.date())}，{held[-1].result}。")
    if in_force(dossier) and dossier.agreement:
        terms = "".join(term.text for term in dossier.agreement.terms)
        told.append(f"达成调解协议（{dossier.agreement.number}）：{terms}")
        told.append(_performance(dossier))
    told += [f"{outcome.reason}（{printed(outcome.on)}）。" for outcome in dossier.outcomes[-1:]]
    told += [f"司法确认：{item.result}。" for item in dossier.confirmations[-1:] if item.result]
    told += [
        f"{printed(item.on)}回访：{item.result or item.performance}。" for item in dossier.followups[-1:]
    ]
    return "\n".join(part.replace("。。", "。") for part in told if part)


def _performance(dossier: Dossier) -> str:
    everything = parts_of(dossier)
    if not everything:
        return ""
    agreed = sum(part.agreed_fen or 0 for part in everything)
    paid = sum(part.paid_fen for part in everything)
    money = f"应付{figures(agreed)}元，已付{figures(paid)}元。" if agreed else ""
    left = len([part for part in everything if not part.done])
    return money + (f"还有{left}项没有登记履行。" if left else "各项义务均已履行。")


def warnings(dossier: Dossier) -> list[str]:
    """Return what a reviewer of the dossier would miss; each is a reason to look, none bars closing."""
    state, found = dossier.dispute.state, []
    held = any(session.state is SessionState.HELD for session in dossier.sessions)
    if dossier.dispute.accepted_on and not held and state is not DisputeState.WITHDRAWN:
        found.append("没有一次调解记录。")
    if not dossier.followups:
        found.append("没有回访记录。" if dossier.agreement else "还没有跟踪结果（回访）。")
    left = open_parts(dossier)
    found += [f"{named(dossier, part)}，还没有登记履行。" for part in left[:_FEW]]
    if len(left) > _FEW:
        found.append(f"另有{len(left) - _FEW}项没有登记履行。")
    without = [payment for payment in dossier.payments if not payment.proof.strip()]
    if without:
        found.append(f"有{len(without)}笔付款没有写收条或者转账凭证。")
    if state is DisputeState.TERMINATED and not _told_of_end(dossier):
        found.append("终止告知还没有打印交给当事人。")
    if _unscanned(dossier):
        found.append("签好的协议书还没有扫描或拍照存入；纸质原件在卷内的，不存也行。")
    if report_owed(dossier.risks, dossier.risk_reports):
        found.append("有可能引发治安、刑事案件的情形，还没有报告公安机关。")
    return found


def named(dossier: Dossier, part: Part) -> str:
    """Return one part of what is owed in words: who is to do or pay what for whom, and by when."""
    owed = part.obligation
    debtor, creditor = dossier.party(owed.debtor_id).name, dossier.party(owed.creditor_id).name
    place = f"第{part.place}期" if part.place else ""
    by = f"（{printed(part.due_on)}前）" if part.due_on else ""
    if part.agreed_fen is None:
        return f"{debtor}：{owed.what or '未写明的事项'}{by}"
    return f"{debtor}付{creditor}{place}{figures(part.agreed_fen)}元{by}"


def _unscanned(dossier: Dossier) -> bool:
    """Tell whether an agreement was signed of whose paper there is no scan; a scan is never required."""
    signed = [paper for paper in dossier.papers if sealed_into_effect(paper) and paper.state in _SIGNED]
    scanned = {attachment.subject_id for attachment in dossier.attachments}
    return bool(signed) and signed[-1].id not in scanned


def _told_of_end(dossier: Dossier) -> bool:
    return any(paper.form.startswith(TERMINATION_FORM) for paper in dossier.papers)
