"""The list of obligations: who owes what to whom, by when, how, where, and when it counts as done."""

import re
from datetime import date

from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.money import figures
from mediation_desktop.domain.records import Obligation
from mediation_desktop.domain.soundness.draft import Draft, due_days
from mediation_desktop.domain.soundness.finding import Found, fault, note, warning
from mediation_desktop.domain.soundness.reading import NUMERAL, amounts

_LAW = "内容不明确的协议，法院不予确认，也无法执行。"
_OPEN_RESULT = re.compile("修复|修好|修缮|整修|加固|整改|改造|处理好|妥善处理|弄好|整治")
_BANK = re.compile("转账|汇款|银行")
_IN_HAND = re.compile("现金|当面|现场")
_DONE = re.compile(
    "已[^，。；]{0,8}(?:履行|付|还|交|收|道歉|拆|清)|当场[^，。；]{0,6}(?:付|交|履行|道歉)|收讫"
)
_DATED = re.compile(
    "月\\d{1,2}[日号]|月(?:[底初]|[上中下]旬|[之以]?前|内)|\\d{4}([-./])\\d{1,2}\\1\\d|[月年]底"
)
_NAME = re.compile("[一-鿿]{2,4}(?=[ 　（(]|$)")
_SHARED = re.compile("共同|代收|代为|代领|户主|夫妻|指定|同意转入|委托")
_SIDES_OF_A_PAIR = 2
_LEAST_LIKENESS = 0.12


def obligation_findings(draft: Draft) -> Found:
    """Check every obligation by itself, and that the list is one."""
    if not draft.obligations:
        told = "还没有列出履行义务：谁、对谁、做什么、什么时候，法院确认和到期提醒都要靠它。"
        yield warning("obligations.none", told, draft.agreement.id, "obligations", reason=_LAW)
    for obligation in draft.obligations:
        yield from one_obligation(obligation, draft)
    if draft.obligations and all(_done_at_once(item, draft) for item in draft.obligations):
        told = "各项都在签协议当日履行完，没有需要法院确认执行的内容。"
        yield note("obligations.performed", told, draft.agreement.id, "obligations")


def one_obligation(obligation: Obligation, draft: Draft) -> Found:
    """Check that one obligation says what, how much, how, where and by when, and that its parts add up."""
    where = draft.owed_as(obligation)
    yield from _people(obligation, draft, where)
    if not obligation.what.strip() and obligation.amount_fen is None:
        told = f"{where}没有写明做什么或付多少钱。"
        yield fault("obligation.what", told, obligation.id, "what", reason=_LAW)
        return
    if not due_days(obligation):
        make = fault if _no_time_is_said(obligation, draft) else note
        yield make("obligation.due", f"{where}没有写明履行期限。", obligation.id, "due_on", reason=_LAW)
    yield from _timely(obligation, draft, where)
    if obligation.amount_fen is None:
        yield from _act(obligation, draft, where)
    else:
        yield from _payment(obligation, draft, where)


_BY_ITSELF = re.compile(
    rf"(?:后|之日起|起)[^，。；]{{0,2}}(?:\d+|{NUMERAL}{{1,3}})个?(?:工作)?(?:日|天|周|个?月)(?:之?内|以内)|每(?:年|月|季|周|日|天|次)|当[日天场]|同[日时]|"
    r"自(?:本协议|签订|签字)[^，。；]{0,8}起|不得|不再|不(?!少|低|超)[阻妨影堵乱占拦]|今后|以后|长期|轮流"
)


def _no_time_is_said(obligation: Obligation, draft: Draft) -> bool:
    """Tell whether the terms that are about it say nothing of when, and it is not to go on for good."""
    if obligation.amount_fen is None:
        term = like(obligation, draft)
        texts = [] if term is None else [draft.terms[term]]
    else:
        texts = [text for text in draft.terms if obligation.amount_fen in {one.fen for one in amounts(text)}]
    said = (obligation.what, obligation.standard, *texts)
    return bool(texts) and not any(_DATED.search(text) or _BY_ITSELF.search(text) for text in said)


def _people(obligation: Obligation, draft: Draft, where: str) -> Found:
    if obligation.debtor_id == obligation.creditor_id:
        yield fault("obligation.same", f"{where}的义务人和权利人是同一人。", obligation.id, "creditor")
    for field, who, one in (
        ("debtor", "义务人", obligation.debtor_id),
        ("creditor", "权利人", obligation.creditor_id),
    ):
        if one not in draft.parties:
            yield fault(
                f"obligation.{field}",
                f"{where}的{who}不是本纠纷的当事人。",
                obligation.id,
                field,
                reason=_LAW,
            )


def _timely(obligation: Obligation, draft: Draft, where: str) -> Found:
    days = due_days(obligation)
    early = [day for day in days if draft.agreement.agreed_on and day < draft.agreement.agreed_on]
    early = [day for day in early if not _done_before(day, draft)]
    if early:
        told = f"{where}的期限{printed(early[0])}早于协议日期{printed(draft.day)}。"
        field = "instalments" if obligation.instalments else "due_on"
        yield fault("obligation.past", told, obligation.id, field, reason="期限须在协议之后，否则无从履行。")
    if list(days) != sorted(set(days)):
        told = f"{where}各期的日期有重复或没有按先后排列。"
        yield warning("obligation.order", told, obligation.id, "instalments")


def _done_before(day: date, draft: Draft) -> bool:
    """Tell whether it was done in a session, and the terms say so; the paper was signed later."""
    return day in {one.starts_at.date() for one in draft.held} and bool(_DONE.search(draft.all_terms))


def _payment(obligation: Obligation, draft: Draft, where: str) -> Found:
    amount = obligation.amount_fen or 0
    if amount == 0:
        yield fault("obligation.zero", f"{where}的金额为零。", obligation.id, "amount_fen", reason=_LAW)
    if obligation.instalments:
        total = sum(part.amount_fen for part in obligation.instalments)
        if total != amount:
            told = f"{where}各期合计{figures(total)}元，与总额{figures(amount)}元不符。"
            yield fault(
                "obligation.parts", told, obligation.id, "instalments", reason="数额不一致，无法执行。"
            )
        if any(part.amount_fen == 0 for part in obligation.instalments):
            yield fault(
                "obligation.zero", f"{where}有一期金额为零。", obligation.id, "instalments", reason=_LAW
            )
    method, place, account = (
        text.strip() for text in (obligation.method, obligation.place, obligation.account)
    )
    if not method and not account:
        told = f"{where}没有写明付款方式。"
        yield note("obligation.method", told, obligation.id, "method", reason=_LAW)
    if _IN_HAND.search(method) and not place:
        told = f"{where}是当面付款，没有写明在哪里付。"
        yield note("obligation.place", told, obligation.id, "place", reason=_LAW)
    if _BANK.search(method) and not account:
        told = f"{where}是转账，没有写收款账户；写上户名、开户行，履行和举证都方便。"
        yield note("obligation.account", told, obligation.id, "account")
    yield from _account(obligation, draft, where)


def _account(obligation: Obligation, draft: Draft, where: str) -> Found:
    """The account should be the creditor's, or that of somebody who stands for the creditor's side."""
    holder = _NAME.match(obligation.account.strip())
    creditor = draft.parties.get(obligation.creditor_id)
    if holder is None or creditor is None or not draft.is_name(holder[0]):
        return
    head = creditor.representative.name if creditor.representative else ""
    stands = {creditor.name, head, *(agent.name for agent in creditor.agents)}
    stands |= {party.guardian.name for party in draft.dossier.parties if party.guardian}
    named = [text for text in draft.terms if holder[0] in text]
    agreed = any(_SHARED.search(text) for text in (obligation.account, obligation.method, *named))
    if holder[0] in stands or holder[0] in creditor.name or agreed:
        return
    told = f"{where}的收款账户户名“{holder[0]}”不是权利人{creditor.name}，请核对或写明代收的依据。"
    yield warning("obligation.holder", told, obligation.id, "account", reason="付错人不算履行。")


def _act(obligation: Obligation, draft: Draft, where: str) -> Found:
    if not any(text.strip() for text in (obligation.place, obligation.method, obligation.account)):
        told = f"{where}没有写明在哪里履行。"
        yield note(
            "obligation.place",
            told,
            obligation.id,
            "place",
            reason="履行地点是协议应有的内容（司法部令第75号第三十五条）。",
        )
    if draft.all_terms.strip() and like(obligation, draft) is None:
        told = f"{where}“{obligation.what}”在条款里没有写到。"
        yield warning("obligation.unmentioned", told, obligation.id, "what", reason=_LAW)
    if obligation.standard.strip():
        return
    text = "\n".join(
        (obligation.what, draft.terms[term])
        if (term := like(obligation, draft)) is not None
        else (obligation.what,)
    )
    if _OPEN_RESULT.search(obligation.what) and not any(each.search(text) for each in draft.wording.measures):
        told = f"{where}没有写明做到什么样算完成。"
        yield warning("obligation.standard", told, obligation.id, "standard", reason=_LAW)


def _done_at_once(obligation: Obligation, draft: Draft) -> bool:
    return set(due_days(obligation)) == {draft.agreement.agreed_on}


def like(obligation: Obligation, draft: Draft) -> int | None:
    """Return the place of the term that likeliest speaks of an act, by the pairs of characters they share."""
    sought = pairs(obligation.what)
    likeness = [len(sought & pairs(text)) / len(sought) if sought else 0.0 for text in draft.terms]
    best = max(likeness, default=0.0)
    return likeness.index(best) if best >= _LEAST_LIKENESS else None


def pairs(text: str) -> set[str]:
    """Return all pairs of neighbouring characters, punctuation left out."""
    letters = "".join(character for character in text if character.isalnum())
    return {letters[at : at + _SIDES_OF_A_PAIR] for at in range(len(letters) - 1)}
