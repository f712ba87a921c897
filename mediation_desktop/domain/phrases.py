"""Sentences for terms: from the phrase library, and from an obligation of the list."""

import re
from collections.abc import Iterable, Mapping

from mediation_desktop.domain.codes import Phrase, Table
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.money import capitals, figures, number_capitals
from mediation_desktop.domain.records import Instalment, Obligation, Party

BLANK = "＿＿"
_NAME = re.compile(r"\{([^{}]+)\}")


def phrases_for(table: Table[Phrase], type_code: str) -> tuple[Phrase, ...]:
    """Return the phrases of a dispute type first, then those for all types; others are left out."""
    own = [phrase for phrase in table.entries if type_code in phrase.types]
    return (*own, *(phrase for phrase in table.entries if not phrase.types))


def filled(phrase: Phrase, known: Mapping[str, str]) -> str:
    """Return the sentence with what is known put in; the rest stays blank for the mediator."""
    return _NAME.sub(lambda match: known.get(match[1], "") or BLANK, phrase.text)


def known_words(parties: Iterable[Party], obligations: Iterable[Obligation]) -> dict[str, str]:
    """Return what parties and the first obligation tell: the sides, and 金额 日期 方式 地点 账户 and so on.

    甲方 is whoever stands first, 乙方 the first of another side; both are called as the papers call them.
    """
    parties = tuple(parties)
    words = _sides(parties)
    listed = tuple(obligations)
    paid = next((item for item in listed if item.amount_fen), None)
    first = paid or next(iter(listed), None)
    if first is None:
        return words
    names = {party.id: called(party, parties) for party in parties}
    words |= {
        "甲方": names.get(first.creditor_id, words.get("甲方", "")),
        "乙方": names.get(first.debtor_id, words.get("乙方", "")),
        "方式": first.method,
        "地点": first.place,
        "账户": first.account,
        "标准": first.standard,
        "日期": printed(first.due_on) if first.due_on else "",
    }
    act = next((item for item in listed if item.what), None)
    words["事项"] = act.what if act else ""
    if paid and paid.amount_fen:
        words |= {"金额": amount_words(paid.amount_fen), "期数": str(len(paid.instalments) or "")}
        words["各期"] = parts_words(paid.instalments)
    return words


def _sides(parties: tuple[Party, ...]) -> dict[str, str]:
    words: dict[str, str] = {}
    if parties:
        words["甲方"] = called(parties[0], parties)
        other = next((party for party in parties if party.side != parties[0].side), None)
        words["乙方"] = called(other, parties) if other else ""
    return words


def called(party: Party, parties: Iterable[Party]) -> str:
    """Return how terms call a party: by its side where it is alone on it, else by its name."""
    alone = sum(other.side == party.side for other in parties) == 1
    return party.side if alone and party.side else party.name


def amount_words(fen: int) -> str:
    """Return an amount as terms write it, in figures and capitals."""
    return f"人民币{figures(fen)}元（大写：人民币{capitals(fen)}）"


def parts_words(parts: Iterable[Instalment]) -> str:
    """Return instalments as terms write them."""
    return "，".join(f"{printed(part.due_on)}前付{figures(part.amount_fen)}元" for part in parts)


def sentence_of(obligation: Obligation, parties: Iterable[Party]) -> str:
    """Return the term that says what one obligation lists; what it leaves open stays blank."""
    parties = tuple(parties)
    names = {party.id: called(party, parties) for party in parties}
    debtor, creditor = names.get(obligation.debtor_id, BLANK), names.get(obligation.creditor_id, BLANK)
    due = f"于{printed(obligation.due_on)}前" if obligation.due_on else f"于{BLANK}前"
    place = f"在{obligation.place}" if obligation.place else ""
    if obligation.amount_fen is None:
        standard = f"，做到{obligation.standard}" if obligation.standard else ""
        return f"{debtor}{due}{place}{_acts(obligation.what)}{standard}。"
    how = f"以{obligation.method or BLANK}方式"
    account = f"，收款账户：{obligation.account}" if obligation.account else ""
    money = amount_words(obligation.amount_fen)
    about = f"{obligation.what}" if obligation.what else ""
    if obligation.instalments:
        count = number_words(len(obligation.instalments))
        parts = parts_words(obligation.instalments)
        return f"{debtor}{place}{how}支付{creditor}{about}{money}，分{count}期：{parts}{account}。"
    return f"{debtor}{due}{place}{how}支付{creditor}{about}{money}{account}。"


def _acts(what: str) -> str:
    return what.strip().rstrip("。") or BLANK


_PLAIN = str.maketrans("零壹贰叁肆伍陆柒捌玖拾佰仟", "〇一二三四五六七八九十百千")


def number_words(number: int) -> str:
    """Return a small number as terms write it: 4 → ``四``, 12 → ``十二``."""
    text = number_capitals(number).translate(_PLAIN)
    return text.removeprefix("一") if text.startswith("一十") else text
