"""The agreement as a whole: what the law wants in it, who presides, who else has a say."""

import re

from mediation_desktop.domain.records import AgreementForm
from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Found, fault, note, warning

_CONTENT = "协议书载明当事人、事实与责任、内容和履行方式、期限（人民调解法第二十九条）。"
_THIRD = "协议不得损害案外人合法权益，损害的法院驳回（法释〔2011〕5号第七条）。"
_SHARED = re.compile(
    "共有|共同所有|夫妻|妻子|丈夫|老婆|配偶|爱人|兄弟|姐妹|父母|母亲|父亲|继承|遗产|祖屋|祖宅|老屋|共同财产|合建|名下"
)
_ESTATE = re.compile(
    "房屋|房产|商品房|住房|宅基地|老屋|祖屋|承包地|林地|山林|竹山|茶山|店面|铺面|门面|厂房|土地"
)
_DISPOSES = re.compile(
    "(?:出卖|卖给|卖出|出售|转让|过户|抵押|抵债|抵偿|抵付|折抵|赠与|赠给|分给|归|让给|变卖)"
)
_SHARED_OUT = re.compile(
    "(?:遗留|遗产|存款|抚恤金|赔偿金)[^。；]{0,30}(?:分得|平分|均分|各得|分割|继承|不再分配)"
)
_KIN = (
    "(?:妻子|丈夫|老婆|老公|配偶|爱人|儿子|女儿|长子|次子|哥哥|弟弟|姐姐|妹妹|大哥|二哥|三哥|大姐|二姐|"
    "兄弟|姐妹|子女|继承人|共有人|母亲|父亲|弟媳|嫂子)"
)
_LEFT_ASIDE = re.compile(
    _KIN + "[^。；，！？\n]{0,14}?(?:，?(?:人)?(?:在外地?|在外打工)，?[^。；，\n]{0,6})?"
    "(?:没有?联系上|未能?联系上|联系不到|未到场|没有?到场|没有?来|未参加|没有?参加|不知情|不知道|未签字|没有?签字|未表态|联系不上|下落不明|失踪|未通知|没有?通知|瞒着)"
    "|瞒着[^。；，\n]{0,6}"
    + _KIN
    + "|[一-鿿]{2,3}在[^。；，\n]{1,8}，[^。；，\n]{0,6}(?:没有?联系上|未能?联系上|联系不[上到])"
)
_TAKES = re.compile(_ESTATE.pattern + "|遗产|遗留|继承|赔偿金|抚恤金|共有|存款")
_AGREED_BY_ALL = re.compile(
    "(?:无|没有|不存在)(?:其他|别的)?(?:第一顺序|法定)?(?:共有人|继承人)|(?:共有人|继承人|妻子|丈夫|配偶|子女)[^，。；]{0,10}同意|"
    "(?:全体|各|全部|所有)(?:法定)?(?:共有人|继承人)|夫妻(?:双方|二人|两人)(?:共同|均|都)"
)
_AGREED = re.compile("已[^。；，]{0,8}同意|书面同意|委托|授权|征得|声明放弃")


def whole_findings(draft: Draft) -> Found:
    """Check content, notice, mediators, refusal, co-owners and people left aside."""
    yield from _content(draft)
    yield from _presiding(draft)
    yield from _told(draft)
    yield from _co_owners(draft)
    yield from _left_aside(draft)
    others = [name for name in draft.agreement.extra_copies if not name.strip()]
    if others:
        yield warning("copies", "另外要给谁的名单里有空行，份数会算错。", draft.agreement.id, "extra_copies")


def _content(draft: Draft) -> Found:
    agreement = draft.agreement
    if not any(text.strip() for text in draft.terms):
        yield fault("terms.none", "还没有写协议内容。", agreement.id, "terms", reason=_CONTENT)
    if agreement.form is AgreementForm.ORAL:
        told = "这是口头协议，不要求制作协议书；打印的只作对照。"
        yield note("form.oral", told, agreement.id, "form")
        if agreement.agreed_on is None:
            told = "没有写口头协议达成的日期，从这一天起生效（人民调解法第三十条）。"
            yield fault("agreed_on.none", told, agreement.id, "agreed_on")
        return
    if not agreement.facts.strip():
        yield fault("facts.none", "还没有写纠纷主要事实、争议事项。", agreement.id, "facts", reason=_CONTENT)
    if not agreement.responsibility.strip():
        told = "还没有写各方当事人的责任。"
        yield warning("responsibility.none", told, agreement.id, "responsibility", reason=_CONTENT)
    texts = [text.strip() for text in draft.terms if text.strip()]
    for text in {text for text in texts if texts.count(text) > 1}:
        at = draft.terms.index(text)
        yield warning("terms.twice", f"第{at + 1}条写了两遍。", agreement.id, f"terms.{at}")


def _presiding(draft: Draft) -> Found:
    dispute = draft.dossier.dispute
    if not draft.dossier.mediators:
        told = "还没有写人民调解员，协议书要由调解员签名。"
        yield fault("mediators.none", told, dispute.id, "mediators", reason="人民调解法第二十九条。")
    stands = {}
    for party in draft.dossier.parties:
        stands[party.name] = "当事人"
        stands |= {agent.name: f"{party.name}的代理人" for agent in party.agents}
        if party.guardian:
            stands[party.guardian.name] = f"{party.name}的法定代理人"
        if party.representative:
            stands[party.representative.name] = f"{party.name}的负责人"
    for mediator in draft.dossier.mediators:
        if mediator.name in stands:
            told = f"调解员{mediator.name}与{stands[mediator.name]}同名；本案有利害关系的不应主持，请核对。"
            yield warning(
                "mediators.party",
                told,
                dispute.id,
                "mediators",
                reason="调解应当公正（人民调解法第十三、十五条）。",
            )


def _told(draft: Draft) -> Found:
    dossier = draft.dossier
    if not dossier.notices:
        told = "没有权利义务告知的记录，口头告知也请补记。"
        make = warning if draft.held else note
        yield make(
            "notice.none",
            told,
            dossier.dispute.id,
            "notices",
            reason="调解前应当告知（司法部令第75号第三十条）。",
        )
    if not draft.held:
        yield note(
            "session.none", "还没有调解记录，法院会要调解组织主持调解的证明。", dossier.dispute.id, "sessions"
        )
    since = dossier.barred_since()
    if since is not None and draft.agreement.form is AgreementForm.WRITTEN:
        told = "有当事人明确拒绝调解，没有重新同意的记录。"
        yield fault(
            "refusal",
            told,
            dossier.dispute.id,
            "refusals",
            reason="一方明确拒绝的，不得调解（人民调解法第十七条）。",
        )


def _co_owners(draft: Draft) -> Found:
    """Who disposes of land or a house does so with everybody it belongs to."""
    if draft.agreement.co_owners.strip():
        return
    for at, text in enumerate(draft.terms):
        estate, disposes = _ESTATE.search(text), _DISPOSES.search(text)
        if not estate or not disposes or "不确认" in text:
            continue
        told = f"第{at + 1}条处分“{estate[0]}”，请写明还有没有共有人、是否都同意。"
        owned = _SHARED.search(draft.whole) and not _AGREED_BY_ALL.search(draft.whole)
        make = warning if owned and _sells(text) else note
        yield make("co_owners", told, draft.agreement.id, "co_owners", reason=_THIRD)
        return
    if _ESTATE.search(draft.all_terms):
        told = "协议涉及房屋或土地，请写明有没有共有人、是否同意。"
        yield note("co_owners", told, draft.agreement.id, "co_owners")


def _sells(text: str) -> bool:
    return bool(re.search("出卖|卖给|出售|转让|过户|抵押|抵债|抵偿|赠与|分给|变卖", text))


def _left_aside(draft: Draft) -> Found:
    """Somebody whose say is needed was not there, or does not know."""
    given = _DISPOSES.search(draft.all_terms) or _SHARED_OUT.search(draft.all_terms)
    if not given or not _TAKES.search(draft.all_terms):
        return
    names = [party.name for party in draft.dossier.parties]
    for field, text in (("facts", draft.agreement.facts), *(("summary", text) for text in draft.told)):
        match = _LEFT_ASIDE.search(text)
        if (
            match
            and not _AGREED.search(text)
            and not any(name in match[0] for name in names)
            and not _AGREED_BY_ALL.search(draft.whole)
        ):
            record_id = draft.agreement.id if field == "facts" else draft.dossier.dispute.id
            told = f"材料里说“{match[0]}”，涉及其权利的，应当参加或书面同意。"
            yield warning("third.left_aside", told, record_id, field, reason=_THIRD, words=match[0])
            return
