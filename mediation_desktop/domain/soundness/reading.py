"""What a Chinese wording says: sentences, clauses, amounts, dates, rates."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
_CLAUSE_END = re.compile(r"(?<!\d)[，,]|[，,](?!\d{3})|[。；;！!？?：:\n]")
_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")
_DIGITS = {
    character: value
    for digits in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖")
    for value, character in enumerate(digits)
}
_DIGITS |= {"两": 2, "０": 0}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
NUMERAL = "[零〇一二三四五六七八九两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬]"
_CAPITAL = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟]")


class Span(Struct, frozen=True):
    """Where in the text something stands, and how it is written there."""

    start: int
    end: int
    words: str


class Money(Struct, frozen=True):
    """An amount named in a text (fen); ``capital`` when it is written in Chinese numerals."""

    fen: int
    at: Span
    capital: bool


class Day(Struct, frozen=True):
    """A date named in a text; ``day`` is ``None`` where there is no such day.

    ``year`` is ``None`` where none is written.  ``limit`` tells that something is to be done by then.
    """

    day: date | None
    year: int | None
    month: int
    number: int
    limit: bool
    at: Span

    def is_of(self, day: date) -> bool:
        """Tell whether it is this day, as far as it is written."""
        return (self.month, self.number) == (day.month, day.day) and self.year in {None, day.year}


def side_called(side: str) -> str:
    """Return the expression that finds a side: 申请人 is found neither in 被申请人 nor in 申请人民法院."""
    return f"(?<!被){re.escape(short_side(side))}(?!民)"


def short_side(side: str) -> str:
    """Return what the wording calls a side: 甲方 for 甲方（出租人）."""
    return _ASIDE.sub("", side).strip() or side


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences; a semicolon ends one too."""
    yield from _parts(text, _SENTENCE_END)


def clauses(text: str) -> Iterator[Span]:
    """Yield the clauses, which commas part."""
    yield from _parts(text, _CLAUSE_END)


def sentence_at(text: str, place: int) -> Span:
    """Return the sentence that the character at ``place`` stands in."""
    return next(
        (one for one in sentences(text) if one.start <= place < one.end + 1), Span(0, len(text), text)
    )


def clause_to(text: str, place: int) -> str:
    """Return the clause up to ``place``."""
    begin = max((match.end() for match in _CLAUSE_END.finditer(text, 0, place)), default=0)
    return text[begin:place]


def without_asides(text: str) -> str:
    """Return the text without what stands in brackets, brackets in brackets too, at the same length."""
    plain = _ASIDE.sub(lambda match: "　" * len(match[0]), text)
    return plain if plain == text else without_asides(plain)


def _parts(text: str, end: re.Pattern[str]) -> Iterator[Span]:
    start = 0
    for stop in (*(match.start() for match in end.finditer(text)), len(text)):
        if text[start:stop].strip():
            yield Span(start, stop, text[start:stop])
        start = stop + 1


def numeral(text: str) -> int | None:
    """Read a Chinese numeral (三万八千, 叁万捌仟, 二〇二六) or plain digits; ``None`` when it is none."""
    if text.isascii() and text.isdecimal():
        return int(text)
    if not text or any(c not in _DIGITS and c not in _UNITS and c not in "万萬亿" for c in text):
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total = group = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            group += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            part = group + digit
            total = total + part * 10**4 if character in "万萬" else (total + part) * 10**8
            group = digit = 0
    return total + group + digit


_FIGURES = re.compile(r"(\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.(\d{1,2}))?\s*(万|千|百)?\s*(?:元|块钱?|圆)")
_ONE = "[一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_WRITTEN = re.compile(
    rf"(?<![\d.,，{NUMERAL[1:-1]}])({NUMERAL}+)\s*(?:元|圆|块钱?)(?:零?({_ONE})角)?(?:零?({_ONE})分)?"
)
_SCALE = {"万": 10**4, "千": 1000, "百": 100, None: 1}


def amounts(text: str) -> tuple[Money, ...]:
    """Return the amounts named in a text, in order."""
    found = []
    for match in _FIGURES.finditer(text):
        whole = int(re.sub("[,，]", "", match[1])) * 100 + int((match[2] or "0").ljust(2, "0"))
        found.append(Money(whole * _SCALE[match[3]], _span(match), capital=False))
    for match in _WRITTEN.finditer(text):
        yuan = numeral(match[1])
        if yuan is not None:
            fen = yuan * 100 + _DIGITS.get(match[2] or "零", 0) * 10 + _DIGITS.get(match[3] or "零", 0)
            found.append(Money(fen, _span(match), capital=bool(_CAPITAL.search(match[1]))))
    return tuple(sorted(found, key=lambda money: money.at.start))


_YEAR = r"(\d{4}|[二两][零〇一二三四五六七八九]{3})\s*年\s*"
_DATE = re.compile(
    rf"(?:{_YEAR}(度)?)?(\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月\s*(\d{{1,2}}|{NUMERAL}{{1,3}})\s*[日号]"
    r"|(\d{4})[-./](\d{1,2})[-./](\d{1,2})"
)
_LIMIT = re.compile(r"(?:[、和及]|（[^（）]*）)*(?:之?前|以前|以内|内|止|届满|到期|至少|前后)")
_LIST_JOIN = re.compile(r"[、和及]\s*$")


def days(text: str) -> tuple[Day, ...]:
    """Return the dates named in a text, in order; one in a list (3月5日、4月5日前) is by then as its last."""
    found = list(_days(text))
    for place in range(len(found) - 2, -1, -1):
        here, after = found[place], found[place + 1]
        between = text[here.at.end : after.at.start]
        if after.limit and not here.limit and re.fullmatch(r"\s*[、和及]\s*", between):
            found[place] = Day(here.day, here.year, here.month, here.number, limit=True, at=here.at)
    return tuple(found)


def _days(text: str) -> Iterator[Day]:
    for match in _DATE.finditer(text):
        year = numeral(match[1] or match[5] or "")
        month = numeral(match[3] or match[6] or "")
        number = numeral(match[4] or match[7] or "")
        if month is None or number is None:
            continue
        limit = bool(_LIMIT.match(text, match.end()))
        yield Day(_day(year, month, number), year, month, number, limit, _span(match))


_LEAP_YEAR = 2024


def _day(year: int | None, month: int, number: int) -> date | None:
    """Return the day, in a leap year where none is written."""
    try:
        return date(year or _LEAP_YEAR, month, number)
    except ValueError:
        return None


class Rate(Struct, frozen=True):
    """A rate of interest or penalty, in percent a year."""

    percent: float
    at: Span


_PER_YEAR = {"年": 1, "月": 12, "日": 365, "天": 365}
_FRACTION = {"百": 1.0, "千": 0.1, "万": 0.01}
_SIGN = {"%": 1.0, "％": 1.0, "‰": 0.1}
_SHARE = (
    r"(?:(?P<figure>\d+(?:\.\d+)?)\s*(?P<sign>[%％‰])"
    rf"|(?P<kind>[百千万])分之(?P<parts>{NUMERAL}+(?:点{NUMERAL}+)?|\d+(?:\.\d+)?))"
)
_FEN = (
    rf"(?P<fen>{NUMERAL}+|\d+(?:\.\d+)?)\s*(?P<unit>[分厘])"
    r"(?!之|期|别|钟|批|次|摊|担|给|歧|配|付|开)(?P<more>[一二三四五六七八九半]?)(?=厘|[^一-鿿]|$|[计算的利息给付支按为])"
)
_GAP = r"(?:[利率息化按以为是计加收支付算应逾期未欠款总额金的还本部分所])*"
_LATE = "(?:逾期|迟延|拖延|延误|延迟|拖欠|拖|迟|晚|超过|满|过)"
EVERY = rf"(?:每{_LATE}?|{_LATE})(?:一|1)?个?(?P<period>[年月日天])"
"""For every so long: 每月, 每逾期一日, 逾期一天."""
_RATES = (
    re.compile(rf"(?P<period>[年月日天]){_GAP}(?:{_SHARE}|{_FEN})"),
    re.compile(rf"{EVERY}[^。；\d%％]{{0,20}}?{_SHARE}"),
    re.compile(rf"{_SHARE}\s*(?:[/／每一]|一个)?(?P<period>[年月日天])(?!前|内|以|底|后|初|度|\d)"),
    re.compile(rf"(?:利息|息|利率)[^，。；\d]{{0,6}}?(?P<period>){_FEN}|(?P<fen2>{NUMERAL})分(?:利|息)"),
)
"""How a rate is written: 年利率6%, 每逾期一日按5%, 24%一年; by the month without a time: 三分利."""


def rates(text: str) -> tuple[Rate, ...]:
    """Return the rates named with their period: 年利率6%, 月息2分, 每日万分之五."""
    found: list[Rate] = []
    for match in (match for each in _RATES for match in each.finditer(text)):
        span = _span(match)
        if any(one.at.start < span.end and span.start < one.at.end for one in found):
            continue
        found.append(Rate(round(_share(match.groupdict()) * _PER_YEAR[match["period"] or "月"], 4), span))
    return tuple(sorted(found, key=lambda rate: rate.at.start))


def _share(said: Mapping[str, str | None]) -> float:
    """Return the percent of one period; 月息2分 is two in a hundred, 年息1分 one in ten, 厘 a tenth of 分."""
    if figure := said.get("figure"):
        return float(figure) * _SIGN[said["sign"] or "%"]
    if kind := said.get("kind"):
        return _number(said["parts"] or "") * _FRACTION[kind]
    more = 0.5 if said.get("more") == "半" else _DIGITS.get(said.get("more") or "零", 0) / 10
    fen = _number(said.get("fen") or said.get("fen2") or "") + more
    return fen * (10 if said["period"] == "年" else 1) * (0.1 if said.get("unit") == "厘" else 1)


def _number(text: str) -> float:
    whole, point, part = text.partition("点")
    if point:
        return float(f"{numeral(whole)}.{''.join(str(_DIGITS[character]) for character in part)}")
    written = numeral(text)
    return float(text) if written is None else float(written)


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end(), match[0])
