"""Whom the terms name: sides that do not exist, names of nobody, people and bodies who are no party."""

import re
from collections.abc import Iterator

from mediation_desktop.domain.records import PartyKind
from mediation_desktop.domain.soundness.doers import Doer, doers
from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Found, fault, note, warning
from mediation_desktop.domain.soundness.reading import short_side, side_called

_BOUND = (
    "协议只约束签名的当事人；给没有参加的人设定义务，对其不发生效力（民法典第四百六十五、五百二十三条）。"
)
_SIDES = re.compile("甲方|乙方|丙方|丁方|戊方|被申请人|(?<!被)申请人(?!民)")
_KIN = (
    "(?:儿子|女儿|妻子|丈夫|老婆|老公|爱人|配偶|父亲|母亲|父母|爸爸|妈妈|哥哥|弟弟|姐姐|妹妹|兄弟|姐妹|兄长|亲属|亲戚|家人|家属|子女|女婿|儿媳|"
    "叔叔|伯伯|舅舅|姑姑|姨妈|岳父|岳母|舅子|姐夫|妹夫|嫂子|东家|侄子|外甥|朋友|邻居|合伙人|单位|公司|雇主|老板|房东|之[子女妻夫父母])"
)
_EXCUSED = re.compile(
    "见证|验收|监督|主持|在场|凭|依法|配合|协助|联系|处理点|已(?:经)?(?:书面)?(?:同意|支付|赔付)|不(?:影响|涉及)|追偿|可以|有权"
)
_LEADS = re.compile("[由经向与和的]|通过")
_NOT_ITSELF = re.compile("[按扣从在到经将向因据凭与和被对计]|同期")
_PARTY_FIRST = re.compile(rf"(?:[甲乙丙丁]方|被?申请人|双方|各方)(?!的|所|工作|公司|单位|{_KIN})")
_FAMILY = {"marriage_family", "support", "inheritance", "love_marriage"}
"""Kinds of dispute whose parties are kin themselves: 甲方的儿子 may be 乙方."""
_MOST_NAME = 3
_HAN = "[一-鿿]"


def name_findings(draft: Draft) -> Found:
    """Check the names and sides in the terms."""
    known = set(_known_names(draft)) - {""}
    yield from _unknown_sides(draft)
    for at, text in enumerate(draft.terms):
        yield from _misspelt(draft, at, text, known)
        yield from _bound_people(draft, at, text, known)
        yield from _bound_bodies(draft, at, text)
    yield from _left_out(draft)


def _known_names(draft: Draft) -> Iterator[str]:
    """Yield the names of everybody who stands in the dispute's records."""
    for party in draft.dossier.parties:
        yield party.name
        if party.guardian:
            yield party.guardian.name
        if party.representative:
            yield party.representative.name
        yield from (agent.name for agent in party.agents)
    yield from (mediator.name for mediator in draft.dossier.mediators)
    yield from (guest.name for guest in draft.dossier.invited)
    yield draft.dossier.dispute.recorder


def _unknown_sides(draft: Draft) -> Found:
    """The terms call a side that no party stands on."""
    sides = {short_side(party.side) for party in draft.dossier.parties}
    told = "\n".join((draft.agreement.facts, draft.agreement.responsibility))
    for at, text in enumerate(draft.terms):
        called = {match[0] for match in _SIDES.finditer(text)}
        for side in sorted(called - sides):
            if f"称{side}" in told or f"“{side}”" in told:
                continue
            words = f"第{at + 1}条写到“{side}”，本纠纷没有这一方当事人。"
            yield fault("names.side", words, draft.agreement.id, f"terms.{at}", reason=_BOUND)


def _misspelt(draft: Draft, at: int, text: str, known: set[str]) -> Found:
    """A word of a name's length that differs from a party's name in one character."""
    others = "\n".join((*draft.told, draft.agreement.facts, draft.agreement.responsibility, *_in_list(draft)))
    for party in draft.dossier.parties:
        name = party.name
        if len(name) != _MOST_NAME or not re.fullmatch(f"{_HAN}+", name):
            continue
        shapes = (f"{name[0]}{name[1]}{_HAN}", f"{name[0]}{_HAN}{name[2]}")
        for match in (match for shape in shapes for match in re.finditer(f"(?=({shape}))", text)):
            word = match[1]
            if (
                word == name
                or word in known
                or word in others
                or not _stands_alone(text, match.start(), word)
            ):
                continue
            words = f"第{at + 1}条的“{word}”与当事人“{name}”只差一字，请核对。"
            yield warning(
                "names.misspelt",
                words,
                draft.agreement.id,
                f"terms.{at}",
                reason="姓名写错，法院不能确认。",
                words=word,
                offer=name,
            )


def _in_list(draft: Draft) -> Iterator[str]:
    """Yield what the list and the evidence say: a name that stands there too is somebody else's."""
    for item in draft.obligations:
        yield from (item.what, item.method, item.place, item.account)
    yield from (item.name for item in draft.dossier.evidence)


def _stands_alone(text: str, place: int, word: str) -> bool:
    """Tell whether what follows is no part of a longer word that only begins alike."""
    after = text[place + len(word) : place + len(word) + 1]
    return (
        not after
        or not re.match(_HAN, after)
        or after
        in "的于应须在名本人户家借支付赔补承负自将同之和与因系向按各看及至等转给出收到住来从每工货欠租"
    )


def _bound_people(draft: Draft, at: int, text: str, known: set[str]) -> Found:
    """Somebody who is no party is to pay or to do something."""
    seen = set()
    for doer in doers(text):
        if _EXCUSED.search(doer.clause.words):
            continue
        stranger = _stranger(doer, draft, known)
        if stranger and stranger not in seen:
            seen.add(stranger)
            words = f"第{at + 1}条给“{stranger}”设定义务，他（她）不是当事人，应作为当事人参加并签名。"
            where = (draft.agreement.id, f"terms.{at}")
            yield warning("names.stranger", words, *where, reason=_BOUND, words=stranger)


_ROLE = re.compile(
    rf"(?:{_KIN}|的|人|者|主|头|师傅|司机|驾驶员|会计|村民|邻居|隔壁|同村|职工|业主|中介|介绍人|经理|书记|主任|甲方|乙方)$"
)


_TITLE = re.compile(f"(?:{_KIN}|中介|介绍人|包工头|承包人|经营者|邻居|隔壁|司机|驾驶员|师傅)$")


def _stranger(doer: Doer, draft: Draft, known: set[str]) -> str:
    """Return the name of somebody who is no party, or whose kin he is; nothing for anybody else."""
    called = re.sub("(?:自己|本人|个人)$", "", doer.called)
    if not any(name in called for name in known) and not _SIDES.search(called[-4:]):
        for length in (3, 2):
            name, before = called[-length:], called[:-length]
            if draft.is_name(name) and (not before or (_ROLE if doer.named_by else _TITLE).search(before)):
                return name
    return _kin_of_party(called, draft, known)


def _kin_of_party(called: str, draft: Draft, known: set[str]) -> str:
    """Return who is called the kin of a party: 乙方的妻子, 其舅舅."""
    match = re.search(
        rf"(甲方|乙方|丙方|被?申请人|[其他她]|{_names_of(draft)})的?({_KIN})(?:{_HAN}{{2,3}})?$", called
    )
    if not match or draft.dossier.dispute.type_code in _FAMILY or _stands_for(match[1], match[2], draft):
        return ""
    return "" if any(name in called for name in known - {match[1]}) else match[0]


_OF_A_FIRM = re.compile("单位|公司|雇主|老板|房东")


def _stands_for(called: str, kin: str, draft: Draft) -> bool:
    """Tell whether 甲方公司 is the party itself, or a parent its guardian."""
    parties = draft.dossier.parties
    meant = [party for party in parties if called in (party.side, party.name)] or parties
    if _OF_A_FIRM.search(kin):
        return any(party.kind is PartyKind.ORGANISATION for party in meant)
    return any(party.guardian is not None for party in meant)


def _names_of(draft: Draft) -> str:
    return "|".join(re.escape(party.name) for party in draft.dossier.parties)


def _bound_bodies(draft: Draft, at: int, text: str) -> Found:
    """An organisation that is no party is to pay or to do something."""
    bodies = "|".join(re.escape(body) for body in draft.wording.bodies)
    for doer in doers(text):
        match = re.search(rf"({_HAN}{{0,20}}?(?:{bodies}))(?:{_HAN}{{0,3}})$", doer.called)
        if _PARTY_FIRST.match(doer.called) or (not doer.named_by and _NOT_ITSELF.search(doer.called)):
            continue
        called = _LEADS.split(match[1])[-1] if match else ""
        if not called or _EXCUSED.search(doer.clause.words) or _party_called(called, draft):
            continue
        words = f"第{at + 1}条给“{called}”设定义务，它不是当事人，应作为当事人参加并盖章。"
        yield warning("names.body", words, draft.agreement.id, f"terms.{at}", reason=_BOUND, words=called)


def _party_called(body: str, draft: Draft) -> bool:
    """Tell whether a short name is that of a party: its characters stand in the full name in this order."""
    short = re.sub("^(?:由|本|该|两|各|二|三|与|和|向)+", "", body)
    for party in draft.dossier.parties:
        if re.sub("^(?:甲方|乙方|丙方|被?申请人|第三人)", "", short) in {"", party.name} or short.endswith(
            party.name
        ):
            return True
        letters = iter(party.name)
        if all(letter in letters for letter in short):
            return True
    generic = len(body) <= _MOST_NAME or body in draft.wording.bodies
    return any(party.side in body or (generic and party.representative) for party in draft.dossier.parties)


def _left_out(draft: Draft) -> Found:
    """A party that owes nothing, gets nothing and is not spoken of."""
    busy = {one for item in draft.obligations for one in (item.debtor_id, item.creditor_id)}
    together = any(pattern.search(draft.all_terms) for pattern in draft.wording.collective)
    for party in draft.dossier.parties if draft.obligations else ():
        if party.id in busy:
            continue
        told = f"{party.name}在履行清单里既不是义务人也不是权利人。"
        side = re.search(side_called(party.side), draft.all_terms)
        if party.name in draft.all_terms or side or together or _shortened(party.name, draft.all_terms):
            yield note("party.idle", told, party.id, "name")
        else:
            yield warning(
                "party.idle", told, party.id, "name", reason="没有权利义务的人不必作当事人；漏写的要补上。"
            )


def _shortened(name: str, text: str) -> bool:
    tail = 4
    return len(name) > tail and name[-tail:] in text
