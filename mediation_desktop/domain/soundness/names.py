"""Whom the terms name: sides that do not exist, names of nobody, people and bodies who are no party."""

import re
from collections.abc import Iterator

from mediation_desktop.domain.records import PartyKind
from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Found, fault, note, warning
from mediation_desktop.domain.soundness.reading import clauses, side_called

_BOUND = (
    "协议只约束签名的当事人；给没有参加的人设定义务，对其不发生效力（民法典第四百六十五、五百二十三条）。"
)
_SIDES = re.compile("甲方|乙方|丙方|丁方|戊方|被申请人|(?<!被)申请人(?!民)")
_DUTY = (
    "(?:于|应|须|需|必须|自愿|负责|承担|支付|赔偿|补偿|补助|出资|保证|担保|同意|承诺|提供|归还|偿还|拆除|修建|修复|免除|免收|"
    "(?:在|自|从)(?:\\d{4}年|本协议|签订)|将(?!由)|一次性|另行支付|按)"
)
_CARRIES = "(?:承担|支付|赔偿|补偿|偿还|归还|负责|提供担保|担保|代为|垫付|出资|补助|赔付|修复|拆除|负担|保证)"
_KIN = (
    "(?:儿子|女儿|妻子|丈夫|父亲|母亲|父母|配偶|哥哥|弟弟|姐姐|妹妹|兄弟|姐妹|兄长|亲属|家人|家属|子女|女婿|儿媳|叔叔|舅舅|岳父|岳母|"
    "单位|公司|雇主|老板|房东|之子|之女|之妻|之夫|之父|之母)"
)
_EXCUSED = re.compile(
    "依法|配合|协助|联系|处理点|已(?:经)?(?:书面)?(?:同意|支付|赔付)|不(?:影响|涉及)|追偿|可以|有权"
)
_LEADS = re.compile("[由经向与和]|通过")
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
    sides = {party.side for party in draft.dossier.parties}
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
    named = rf"由(?:{_HAN}{{0,6}}?{_KIN})?({_HAN}{{2,3}}?)(?={_CARRIES})"
    leading = rf"(?:^|[。；，\n])({_HAN}{{2,3}}?)(?={_DUTY})"
    for pattern in (named, leading):
        for match in re.finditer(pattern, text):
            word = match[1]
            if word in known or word in seen or not draft.is_name(word):
                continue
            seen.add(word)
            words = f"第{at + 1}条给“{word}”设定义务，他（她）不是当事人，应作为当事人参加并签名。"
            yield warning(
                "names.stranger", words, draft.agreement.id, f"terms.{at}", reason=_BOUND, words=word
            )
    for match in re.finditer(
        rf"(?:由|(?:^|[。；，\n]))([甲乙丙]方|被?申请人|{_names_of(draft)})的?({_KIN})({_HAN}{{0,3}}?)(?={_DUTY})",
        text,
    ):
        if (
            _stands_for(match[1], match[2], draft)
            or match[3] in known
            or any(name and name in match[0] for name in known - {match[1]})
        ):
            continue
        words = f"第{at + 1}条给{match[1]}的{match[2]}设定义务，他（她）不是当事人，应参加并签名。"
        yield warning("names.kin", words, draft.agreement.id, f"terms.{at}", reason=_BOUND, words=match[0])


_OF_A_FIRM = re.compile("单位|公司|雇主|老板|房东")


def _stands_for(called: str, kin: str, draft: Draft) -> bool:
    """Tell whether 甲方公司 is the party itself, or a parent its guardian."""
    meant = [party for party in draft.dossier.parties if called in (party.side, party.name)]
    if _OF_A_FIRM.search(kin):
        return any(party.kind is PartyKind.ORGANISATION for party in meant)
    return any(party.guardian is not None for party in meant)


def _names_of(draft: Draft) -> str:
    return "|".join(re.escape(party.name) for party in draft.dossier.parties)


def _bound_bodies(draft: Draft, at: int, text: str) -> Found:
    """An organisation that is no party is to pay or to do something."""
    bodies = "|".join(re.escape(body) for body in draft.wording.bodies)
    body = rf"({_HAN}{{0,16}}?(?:{bodies}))"
    leading = re.compile(rf"^\s*{body}(?!的)[^，。；]{{0,4}}?{_DUTY}")
    named = re.compile(rf"由{body}[^，。；]{{0,6}}?{_CARRIES}")
    for clause in clauses(text):
        subject = leading.search(clause.words) or named.search(clause.words)
        called = _LEADS.split(subject[1])[-1] if subject else ""
        if not called or _EXCUSED.search(clause.words) or _party_called(called, draft):
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
