"""Parties and who acts for them: identity, guardians, agents, representatives (民法典 第18至24条)."""

import re
from datetime import date

from mediation_desktop.domain.identity import age_on, id_number_fault, is_minor, sex, uscc_fault
from mediation_desktop.domain.records import Agent, AgentPower, Capacity, Party, PartyKind
from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Found, fault, note, warning
from mediation_desktop.domain.soundness.reading import sentence_at, side_called

_SIDES = 2
_EARNING_AGE = 16
_EARNS = re.compile("主要生活来源|视为完全民事行为能力")
_FIRM_NAME = re.compile("(公司|合作社|工厂|加工厂|商店|超市|饭店|农场|工作室|事务所|卫生院|委员会)$")
_OUGHT_TO_HAVE_CODE = re.compile("公司|厂$|店|超市|合伙|事务所|农场|学校|医院")
_UNABLE = re.compile(
    "(?<!完全)(?<!非)(?<!不是)(?<!不属于)(?:无|限制)民事行为能力|阿尔茨海默|老年痴呆|痴呆|智力残疾|智力障碍|精神分裂|精神残疾|(?<![骂说是发])精神病(?!院)|植物人|"
    "(?:至今|仍|目前|一直|长期)[^，。；]{0,6}(?:神志|神智|意识)不清|脑子不清|不能辨认自己"
)
_DEAD = (
    "(?:已经?|不幸|突发)*(?:于[0-9年月日]+)?(?:因(?:病|故|交通事故|车祸|事故|伤|意外|工伤|溺水)[^，。；]{0,4})?"
    "(?:经?[抢医救]救?治?无效|当场)?(?:死亡(?!赔偿|证明)|去世|病故|过世|身故|身亡|病逝)(?!之?[前后]|以[前后]|时)"
)
_SOME_DAY = re.compile("(?:[至到]|直至|直到|如|若|如果|一旦|倘|待|等|万一|在)$")
"""What tells before a name that a death is yet to come."""
_ABSENT = (
    "(?:本人)?(?:因故|因病|因事|一直|始终|均|都|当日|当天|经通知|今天)*"
    "(?:未到场|未到会|没有?到场|没有?到会|没有?来(?=[，。；、！了]|到?调解|现场|$)|来不了|未出席|"
    "(?:未|没有?)参加(?=[，。；]|本次|这次|调解|协商|会议|$))(?!的|验收|视为)"
)
_EARLIER = re.compile("第一次|首次|上次|前次|当时|起初")
_INSULT = re.compile("骂|侮辱|造谣|散布|谣言|污蔑")
_CHILD_OF = re.compile("之[子女父母夫妻]|儿子|女儿|孙子|孙女|父亲|母亲|丈夫|妻子|哥哥|弟弟|姐姐|妹妹")
_IN_PERSON = re.compile(
    "本人(?:已|均|也|亦)?(?:到场|在场|参加|同意)|亲自(?:到场|参加|签)|本人确认|本人签(?:名|字)|自己签字|自己作主|自己做主|由其本人|本人亲自"
)
SIGNS_FOR = re.compile("代[^，。；：收]{0,8}签(?:名|字|署)|代签|替[^，。；]{0,4}签|字我?(?:来|代)签|代按手印")


_SETTLING = ("承认", "变更", "放弃", "和解", "调解协议", "签")


def people_findings(draft: Draft) -> Found:
    """Check every party and whoever acts for one."""
    if len({party.side for party in draft.dossier.parties}) < _SIDES:
        yield fault("sides", "还缺少一方当事人。", draft.dossier.dispute.id, "parties")
    for party in draft.dossier.parties:
        yield from party_findings(party, draft.day, _plain(draft))
        yield from _capacity(draft, party)
        yield from _absence(draft, party)
        yield from _stand_ins(draft, party)
        for agent in party.agents:
            yield from _agent(draft, party, agent)


def party_findings(party: Party, day: date, told: str = "") -> Found:
    """Check one party's identity and guardian as they stand on ``day``.

    ``told`` is what is written about the dispute: someone over 16 who lives on own work is of full capacity
    (民法典 第18条第2款).
    """
    if not party.name.strip():
        yield fault("party.name", "当事人没有姓名或名称。", party.id, "name")
    elif party.kind is PartyKind.ORGANISATION:
        yield from _organisation(party)
    else:
        yield from _person(party)
        if is_minor(party.birth_date, day) and party.guardian is None:
            yield from _minor(party, day, told)


def _plain(draft: Draft) -> str:
    return "\n".join((draft.agreement.facts, draft.agreement.responsibility, draft.all_terms))


def _person(party: Party) -> Found:
    number = party.id_number
    wrong = id_number_fault(number) if number else ""
    if wrong and not party.id_warning_accepted:
        yield warning("party.id_number", f"{party.name}：{wrong}", party.id, "id_number")
    if not number and not party.document_missing:
        told = f"{party.name}：没有身份证号，法院确认时会要求。"
        make = note if party.household else warning
        yield make("party.id_missing", told, party.id, "id_number")
    if number and not wrong and party.sex and sex(number) not in {"", party.sex}:
        told = f"{party.name}：性别与身份证号不符，请核对号码是不是本人的。"
        yield warning("party.sex", told, party.id, "id_number")
    if _FIRM_NAME.search(party.name):
        told = (
            f"“{party.name}”像是单位名称，却登记为个人；个体户应写经营者，单位应写代表人和统一社会信用代码。"
        )
        yield warning("party.kind", told, party.id, "name")


def _minor(party: Party, day: date, told: str) -> Found:
    earning = party.birth_date and age_on(party.birth_date, day) >= _EARNING_AGE and _EARNS.search(told)
    if earning:
        text = f"{party.name}未满18周岁，按以自己劳动收入为主要生活来源处理，请留存证明。"
        yield note("party.earning_minor", text, party.id, "guardian")
    else:
        yield fault(
            "party.guardian",
            f"{party.name}未满18周岁，须填写法定代理人。",
            party.id,
            "guardian",
            reason="未成年人由父母或者其他监护人代理，自己订立的协议效力不稳（民法典第十九、二十、二十三条）。",
        )


def _organisation(party: Party) -> Found:
    wrong = uscc_fault(party.uscc) if party.uscc else ""
    if wrong:
        yield warning("party.uscc", f"{party.name}：{wrong}", party.id, "uscc")
    if not party.uscc:
        make = warning if _OUGHT_TO_HAVE_CODE.search(party.name) else note
        yield make("party.uscc_missing", f"{party.name}：没有统一社会信用代码。", party.id, "uscc")
    if party.representative is None or not party.representative.name.strip():
        told = f"{party.name}：没有填写法定代表人或负责人。"
        yield fault("party.representative", told, party.id, "representative")


def _capacity(draft: Draft, party: Party) -> Found:
    """An adult without capacity acts through a guardian; what is told may show that somebody lacks it."""
    if party.guardian is not None or party.kind is PartyKind.ORGANISATION:
        return
    reason = "不能辨认自己行为的成年人由监护人代理（民法典第二十一至二十三条）。"
    if party.capacity is not Capacity.FULL:
        yield fault("party.guardian", f"{party.name}须由监护人代理。", party.id, "guardian", reason=reason)
    elif _unable(draft, party):
        told = f"材料里说到{party.name}的神志或行为能力，却没有监护人代理，请核对。"
        yield warning("party.capacity", told, party.id, "guardian", reason=reason)


def _unable(draft: Draft, party: Party) -> bool:
    """Tell whether some sentence names this party, and no other after it, before it tells of incapacity."""
    for match in _UNABLE.finditer(draft.whole):
        before = draft.whole[max(0, match.start() - 60) : match.start()]
        if _INSULT.search(sentence_at(draft.whole, match.start()).words) or _CHILD_OF.search(before[-14:]):
            continue
        named = {other.id: _last(before, other, draft) for other in draft.dossier.parties}
        nearest = max(named, key=lambda one: named[one])
        if nearest == party.id and named[nearest] >= 0:
            return True
    return False


def _last(text: str, party: Party, draft: Draft) -> int:
    """Return where a party is last called by its name or, where it is alone on it, by its side."""
    places = [text.rfind(party.name)]
    if sum(other.side == party.side for other in draft.dossier.parties) == 1:
        places += [match.start() for match in re.finditer(side_called(party.side), text)]
    return max(places)


def _absence(draft: Draft, party: Party) -> Found:
    """A party that is dead, or was not there and sent nobody who may settle."""
    name = re.escape(party.name)
    deaths = re.finditer(name + _DEAD, draft.whole)
    if any(not _SOME_DAY.search(draft.whole, max(0, match.start() - 4), match.start()) for match in deaths):
        told = f"材料里说{party.name}已经去世，不能再作当事人，应由继承人参加。"
        yield fault("party.dead", told, party.id, "name", reason="死者没有民事权利能力（民法典第十三条）。")
    sent = party.guardian or any(agent.power is AgentPower.SPECIAL for agent in party.agents)
    if sent or party.kind is PartyKind.ORGANISATION:
        return
    alone = sum(other.side == party.side for other in draft.dossier.parties) == 1
    called = f"(?:{name}|{side_called(party.side)})" if alone else name
    last = [line.said for line in draft.held[-1].lines] if draft.held else []
    told = "\n".join((draft.agreement.facts, draft.agreement.responsibility, *draft.terms, *last))
    match = re.search(called + _ABSENT, told)
    if match and not _EARLIER.search(sentence_at(told, match.start()).words):
        yield fault(
            "party.absent",
            f"{party.name}没有到场（“{match[0]}”），也没有特别授权的代理人，协议对其没有约束力。",
            party.id,
            "agent_name",
            reason="协议要各方当事人自愿达成并签名（人民调解法第二十九条）。",
        )


def _stand_ins(draft: Draft, party: Party) -> Found:
    """Guardians must not stand on the other side."""
    guardian = party.guardian
    if guardian is None:
        return
    others = [other for other in draft.dossier.parties if other.side != party.side]
    if any(_is(guardian.name, guardian.id_number, other) for other in others):
        yield fault(
            "guardian.opposes",
            f"{party.name}的法定代理人{guardian.name}是对方当事人，不能代理。",
            party.id,
            "guardian",
            reason="代理人不得代理被代理人与自己订立协议（民法典第一百六十八条）。",
        )
    elif any(other.guardian and other.guardian.name == guardian.name for other in others):
        told = f"{guardian.name}同时是双方的法定代理人。"
        yield fault(
            "guardian.both", told, party.id, "guardian", reason="不得双方代理（民法典第一百六十八条）。"
        )


def _agent(draft: Draft, party: Party, agent: Agent) -> Found:
    others = [other for other in draft.dossier.parties if other.side != party.side]
    if any(_is(agent.name, agent.id_number, other) for other in others):
        told = f"{party.name}的代理人{agent.name}是对方当事人，不能代理。"
        yield fault("agent.opposes", told, party.id, "agent_name", reason="民法典第一百六十八条。")
    if any(agent.name == one.name for other in others for one in other.agents):
        told = f"{agent.name}同时代理双方。"
        yield fault(
            "agent.both", told, party.id, "agent_name", reason="不得双方代理（民法典第一百六十八条）。"
        )
    if agent.power is AgentPower.SPECIAL and agent.scope and not any(map(may_settle, agent.scope)):
        told = f"{agent.name}的特别授权没有写明可以承认、变更、放弃请求或者签署文书。"
        yield fault(
            "agent.scope", told, party.id, "agent_name", reason="特别授权要写明事项（民事诉讼法第六十二条）。"
        )
    if agent.power is AgentPower.GENERAL:
        yield from _general_agent(draft, party, agent)
    elif not agent.proof.strip() and "委托" not in "".join(item.name for item in draft.dossier.evidence):
        told = f"{agent.name}代{party.name}签协议，还没有登记授权委托书。"
        yield warning(
            "agent.proof", told, party.id, "agent_name", reason="代理要有授权委托书（民法典第一百六十五条）。"
        )


def may_settle(power: str) -> bool:
    """Tell whether a power, in its words, lets an agent admit, change, waive or settle (民诉法 第62条)."""
    return any(word in power for word in _SETTLING)


def _general_agent(draft: Draft, party: Party, agent: Agent) -> Found:
    """An agent with general power may speak, not settle; where the party signs in person that is enough."""
    texts = (*draft.told, draft.agreement.facts, draft.agreement.responsibility, draft.all_terms)
    told = "\n".join(texts)
    if _IN_PERSON.search(told) and not SIGNS_FOR.search(told):
        text = f"{agent.name}只有一般代理权限，协议须由{party.name}本人确认、签名。"
        yield note("agent.general", text, party.id, "agent_power")
        return
    yield fault(
        "agent.power",
        f"{party.name}的代理人{agent.name}只有一般代理权限，不能代为达成协议；请办特别授权，或由本人到场签名。",
        party.id,
        "agent_power",
        reason="承认、放弃、变更请求和达成协议要有特别授权（民法典第一百六十五、一百七十一条）。",
    )


def _is(name: str, id_number: str, party: Party) -> bool:
    if id_number and party.id_number:
        return id_number == party.id_number
    return name == party.name
