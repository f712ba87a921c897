"""One reading of the terms: who gives or does something, to whom, how much, until when."""

import re
from collections.abc import Iterator
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain.records import Party
from mediation_desktop.domain.soundness.doers import PAYS, WORKS
from mediation_desktop.domain.soundness.reading import (
    Day,
    Money,
    Span,
    amounts,
    clauses,
    days,
    sentences,
    side_called,
    without_asides,
)

_OWES = "尚?欠|应付|应还"
_GETS = "收取|收到|领取|分得|应得|可得|得到|继续收|享有|取得|收(?=款|回)|得(?=\\d)"
_GIVES = f"{PAYS}|{_OWES}|转入|转账|汇入|汇给|汇至|存入|打入|转给|转到|付至|交付|交给|退"
_THEN = (
    "(?:于|应|须|需|必须|自愿|同意|承诺|保证|确认|负责|将|把|在|自|从|按|以|一次|分[\\d一二三四五六七八九十两]|各(?!\\d|人民币)|均|都|共|共同|每|向|给|对|当场|当日|同日|先|再|另|还|尚|则|也|仍|即|立即|不|可|有权|同时|同日|一并|随即|随后|配合|协助|自行|自费|自理|继续|"
    f"{_GIVES}|{WORKS}|{_GETS})"
)
_SELLS = re.compile("作价|折价|卖[给与]|[售租让]给|转让|出[卖售租让]|转租|过户")
"""Who sells or lets something is paid the sum, and who buys may not be told in the clause."""
_MAY = re.compile("可|有权")
"""Who may do something does not owe it."""
_CARRIES_ON = re.compile(
    f"^\\s*(?:并|且|同时|其中|余款|其余|余下|剩余|尾款|首期|第|上述|该款|款项|现金|\\d|通过|做到|费用由其|{_THEN})"
)
_SUPPOSED = re.compile("^\\s*(?:如|若|倘|一旦|逾期|违反|因|由于|鉴于|否则)|(?:的|时)$")
_BEFORE_SUBJECT = (
    "^\\s*(?:(?:此外|另外|同时|并|其中|余款|尾款|上述款项|该款|今后|以后|签字后|签订本协议时)[，]?)*"
    "(?:(?:于|在|自|从)?[^，。；]{0,4}\\d[^，。；\\u4e00-\\u9fff]*年[^，。；]{0,12}(?:前|内|起|日)[，]?)??"
)


_NEXT = re.compile("　*[、和及]")
_SHARES = re.compile("由|承担|负担|分摊|出资|各付|各出|分别支付")
"""What heads a list of those who pay, not of those who are paid."""


class Deed(Struct, frozen=True):
    """What one clause says; ``None`` where it does not say who, empty where it names no sum or day."""

    at: int
    clause: Span
    sentence: Span
    givers: frozenset[UUID] | None
    takers: frozenset[UUID] | None
    money: tuple[Money, ...]
    days: tuple[Day, ...]

    def fits(self, debtor: UUID, creditor: UUID) -> bool | None:
        """Tell whether it is this one who gives to that one; ``None`` when it does not say."""
        gives = None if self.givers is None else debtor in self.givers
        takes = None if self.takers is None else creditor in self.takers
        if gives is None and takes is None:
            return None
        return gives is not False and takes is not False


class Callers:
    """How the parties are called: by name, by side, all together."""

    def __init__(self, parties: tuple[Party, ...]) -> None:
        self._meant: dict[str, frozenset[UUID]] = {}
        for party in parties:
            side = frozenset(other.id for other in parties if other.side == party.side)
            self._meant[re.escape(party.name)] = frozenset({party.id})
            self._meant[f"[二两三四五六各]?{side_called(party.side)}[二两三四五六]?[人方]?"] = side
        everybody = frozenset(party.id for party in parties)
        self._meant |= dict.fromkeys(("双方", "各方", "三方", "四方", "全体当事人"), everybody)
        longest = sorted(self._meant, key=len, reverse=True)
        self.one = f"(?:{'|'.join(longest)})"
        self._several = f"{self.one}(?:[、和与及]{self.one})*"
        self._one = re.compile(self.one)
        self._subject = re.compile(f"{_BEFORE_SUBJECT}(?P<who>{self._several})(?P<then>{_THEN})")
        self._by = re.compile(f"由(?P<who>{self._several})(?!的|之|名下|[院家屋处])")
        self._as_well = re.compile(f"、(?P<who>{self._several})(?={_THEN})")
        self._entry = re.compile(
            f"\\s*(?P<who>{self._several})[^，。；、\\d付赔还退交得欠拿领收出计]{{0,10}}\\d[\\d,.]*元"
        )
        self._to = re.compile(
            f"(?:{_GIVES}|给予|[给向])给?(?P<who>{self._several})(?!代|垫付|的(?!损失|[^，。；]{{0,8}}(?:款|费|工资|金)))"
        )

    def of(self, words: str) -> frozenset[UUID]:
        """Return everybody whom the words call."""
        found = [self._meaning(match[0]) for match in self._one.finditer(words)]
        return frozenset().union(*found)

    def _meaning(self, word: str) -> frozenset[UUID]:
        return next((ids for each, ids in self._meant.items() if re.fullmatch(each, word)), frozenset())

    def subject(self, clause: str) -> tuple[frozenset[UUID] | None, str]:
        """Return who is said to do what the clause tells, and the word that tells it, nothing for 由."""
        by = self._by.search(clause)
        if by:
            others = (match["who"] for match in self._as_well.finditer(clause, by.end()))
            return self.of(by["who"]).union(*map(self.of, others)), ""
        if "由" in clause and "理由" not in clause:
            return None, ""
        match = self._subject.match(clause)
        return (self.of(match["who"]), match["then"]) if match else (None, "")

    def entry(self, clause: str) -> frozenset[UUID] | None:
        """Return whom a line of a list is about: 某某（工资）1,200元."""
        match = self._entry.match(clause)
        return self.of(match["who"]) if match else None

    def taker(self, clause: str) -> frozenset[UUID] | None:
        """Return who is said to get what the clause tells."""
        match = self._to.search(clause)
        return self.of(match["who"]) if match else None


def deeds_of(at: int, text: str, callers: Callers) -> Iterator[Deed]:
    """Yield what every clause of a term says; the subject holds on to the end of the sentence."""
    plain = without_asides(text)
    money, named = amounts(plain), days(plain)
    for sentence in sentences(plain):
        givers: frozenset[UUID] | None = None
        for clause in _clauses(plain, sentence, money):
            own, verb = callers.subject(clause.words)
            taker = callers.taker(clause.words)
            if own is not None:
                gets = re.match(_GETS, verb) is not None
                supposed = _SUPPOSED.search(clause.words) or _MAY.match(verb)
                says_who = not gets and not supposed and not _SELLS.search(clause.words)
                givers = own if says_who and "欠" not in clause.words else None
                taker = own if gets else None if _SELLS.search(clause.words) else taker
            elif entry := callers.entry(clause.words):
                head = sentence.words[: clause.start - sentence.start]
                if _SHARES.search(head) and (givers is None or entry <= givers):
                    givers = entry
                else:
                    taker = entry if re.search(_GIVES, head) else None
            elif not _CARRIES_ON.match(clause.words) or "由" in clause.words:
                givers = None
            yield Deed(
                at,
                clause,
                sentence,
                givers,
                taker,
                tuple(one for one in money if clause.start <= one.at.start < clause.end),
                tuple(day for day in named if clause.start <= day.at.start < clause.end),
            )


def _clauses(text: str, sentence: Span, money: tuple[Money, ...]) -> Iterator[Span]:
    """Yield the clauses of a sentence; a list of sums (甲60元、乙40元) is one clause each."""
    for clause in clauses(text):
        if not sentence.start <= clause.start < sentence.end:
            continue
        start = clause.start
        for one in money:
            after = _NEXT.match(text, one.at.end, clause.end)
            if start < one.at.end and after:
                yield Span(start, one.at.end, text[start : one.at.end])
                start = after.end()
        yield Span(start, clause.end, text[start : clause.end])
