"""Slips that make a sound agreement faulty, one at a time; see ``rewordings`` for what a case is.

Every slip changes the case it is given, with the dice; ``False`` means that there is nothing it could spoil.
"""

import re
from datetime import date, timedelta

from rewordings import called

from mediation_desktop.domain.money import capitals
from mediation_desktop.domain.soundness.reading import amounts, days


def _terms(case):
    return case["agreement"]["terms"]


def _listed(case, money):
    items = case["agreement"].get("obligation", [])
    return [item for item in items if bool(item.get("amount_fen")) is money]


def payer_and_payee_swapped(case, dice):
    """In the list, where these two owe each other one sum only."""
    paid = _listed(case, money=True)
    once = [item for item in paid if _named_once(case, item)]
    if not once:
        return False
    item = dice.choice(once)
    item["debtor"], item["creditor"] = item["creditor"], item["debtor"]
    return True


def _named_once(case, item):
    """Tell whether one clause says of this sum who pays it to whom."""
    names = {one["id"]: called(case, one) for one in case["party"]}
    debtor, creditor = names[item["debtor"]], names[item["creditor"]]
    for text in _terms(case):
        for money in amounts(text):
            head = re.split("[。；]", text[: money.at.start])[-1]
            if money.fen == item["amount_fen"] and re.search(
                f"{debtor}[^，。；]*?[付赔还退补][^，。；]{{0,3}}{creditor}", head
            ):
                return True
    return False


def both_days_dropped(case, _dice):
    """A payment's day is in neither the list nor the wording."""
    for item in _listed(case, money=True):
        due = item.get("due")
        if due is None:
            continue
        day = f"{due.year}年{due.month}月{due.day}日"
        naming = [
            at
            for at, text in enumerate(_terms(case))
            if item["amount_fen"] in {one.fen for one in amounts(text)}
        ]
        if len(naming) != 1 or len(days(_terms(case)[naming[0]])) != 1 or day not in _terms(case)[naming[0]]:
            continue
        text = re.sub(f"[于在]?{day}(?:之?前|以前)?", "", _terms(case)[naming[0]])
        if re.search("当场|当日|当天|[个\\d十一二三四五六七]日内|同时|每[月年天日季]", text):
            continue
        _terms(case)[naming[0]] = text
        del item["due"]
        return True
    return False


def a_digit_changed_in_a_term(case, _dice):
    """A payment's sum, which the wording names once."""
    every = [one.fen for text in _terms(case) for one in amounts(text)]
    for item in _listed(case, money=True):
        for at, text in enumerate(_terms(case)):
            for money in amounts(text):
                if (
                    money.fen == item["amount_fen"]
                    and every.count(money.fen) == 1
                    and money.at.words[0].isdecimal()
                ):
                    digit = str(int(money.at.words[0]) % 9 + 1)
                    start = money.at.start
                    _terms(case)[at] = text[:start] + digit + text[start + 1 :]
                    return True
    return False


def a_digit_changed_in_the_list(case, dice):
    paid = [item for item in _listed(case, money=True) if "instalments" not in item]
    if not paid or not any(amounts(text) for text in _terms(case)):
        return False
    item = dice.choice(paid)
    digits = str(item["amount_fen"])
    item["amount_fen"] = int(str(int(digits[0]) % 9 + 1) + digits[1:])
    return True


def a_name_misspelt(case, _dice):
    """One character of a name of three, in a term, where the next word is a verb or a comma."""
    for one in case["party"]:
        name = one["name"]
        for at, text in enumerate(_terms(case)):
            found = (
                re.search(rf"{name}(?=于|应|支付|赔偿|自愿|[，。；]|本人|农商|名下)", text)
                if len(name) == 3
                else None
            )
            if found:
                wrong = name[:2] + ("锋" if name[2] != "锋" else "峰")
                _terms(case)[at] = text[: found.start()] + wrong + text[found.end() :]
                return True
    return False


_NO_SUIT = (
    "今后任何一方不得再向法院起诉。",
    "双方保证以后不再提起诉讼或者信访。",
    "甲方收款后无权再起诉。",
    "签字后谁也不许再打官司。",
    "任何一方均放弃起诉和申诉的权利。",
    "一次了断，不得再到法院告状。",
)


def the_right_to_sue_waived(case, dice):
    _terms(case).append(dice.choice(_NO_SUIT))
    return True


def capitals_that_differ(case, dice):
    for at, text in enumerate(_terms(case)):
        for money in amounts(text):
            plain = re.fullmatch(r"[\d,]+(?:\.\d\d)?元", money.at.words)
            if plain and money.fen >= 10000 and not re.match("[（(/／整]", text[money.at.end :]):
                wrong = capitals(money.fen + dice.choice((10000, 1000000)))
                _terms(case)[at] = f"{text[: money.at.end]}（大写：{wrong}）{text[money.at.end :]}"
                return True
    return False


def due_before_signing(case, dice):
    due = [item for item in case["agreement"].get("obligation", []) if "due" in item]
    signed = (
        min(case["agreement"]["signing"]["signed"].values(), default=None)
        if "signing" in case["agreement"]
        else None
    )
    if not due or signed is None:
        return False
    dice.choice(due)["due"] = signed - timedelta(days=dice.randrange(20, 90))
    return True


def a_party_is_a_child(case, dice):
    people = [
        one
        for one in case["party"]
        if one.get("kind") != "organisation" and "guardian" not in one and one.get("id_number")
    ]
    if not people:
        return False
    one = dice.choice(people)
    number = one["id_number"][:6] + f"{dice.randrange(2011, 2019)}0512" + one["id_number"][14:17]
    one["id_number"] = number + _check_digit(number)
    return True


def _check_digit(number):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % 11]


def an_agent_without_power(case, dice):
    people = [
        one
        for one in case["party"]
        if one.get("kind") != "organisation" and "guardian" not in one and "agent" not in one
    ]
    text = "\n".join((case["agreement"]["facts"], case["agreement"]["responsibility"], *_terms(case)))
    if not people or re.search("本人|亲自|自己", text):
        return False
    dice.choice(people)["agent"] = {
        "name": "郑小龙",
        "relation": "侄子",
        "power": "一般代理",
        "scope": ["代为陈述意见"],
        "proof": "授权委托书",
    }
    return True


def a_day_that_does_not_exist(case, dice):
    for at, text in enumerate(_terms(case)):
        found = re.search(r"\d{4}年\d{1,2}月\d{1,2}日", text)
        if found:
            _terms(case)[at] = text.replace(
                found[0], f"{found[0][:4]}年{dice.choice(('2月30', '4月31', '6月31', '9月31'))}日", 1
            )
            return True
    return False


def another_day_in_the_list(case, dice):
    for item in case["agreement"].get("obligation", []):
        due = item.get("due")
        day = due and f"{due.year}年{due.month}月{due.day}日"
        about = [text for text in _terms(case) if day and day in text and _is_about(item, text)]
        if about and all(len(days(text)) == 1 for text in about):
            item["due"] = due + timedelta(days=dice.randrange(20, 60))
            return True
    return False


def _is_about(item, text):
    if item.get("amount_fen"):
        return item["amount_fen"] in {one.fen for one in amounts(text)}
    return item["what"][:6] in text


def a_signature_lacking(case, dice):
    signing = case["agreement"].get("signing")
    if not signing or "sealed_on" not in signing:
        return False
    signing["signed"].pop(dice.choice([one["id"] for one in case["party"]]))
    return True


def signed_before_the_session(case, _dice):
    signing = case["agreement"].get("signing")
    if not signing:
        return False
    signing["signed"] = {who: date(2026, 1, 1) for who in signing["signed"]}
    return True


_FORBIDDEN = (
    "争议的宅基地归{one}所有。",
    "{one}与{other}自愿离婚，孩子由{one}抚养。",
    "{other}逾期不付的，{one}可以自行到{other}家搬走财物抵债。",
    "{one}保证不向公安机关报案，也不作证。",
    "{other}逾期的，按每日百分之五支付违约金。",
    "{one}不再承担赡养父母的义务。",
    "{one}放弃一切工伤保险待遇。",
    "{other}向调解委员会交纳调解费500元。",
    "{other}若再犯，罚款2,000元交村委会。",
    "{other}在承包的水田里浇水泥、搭建厂房。",
)


def something_forbidden_added(case, dice):
    one, other = case["party"][0]["name"], case["party"][-1]["name"]
    _terms(case).append(dice.choice(_FORBIDDEN).format(one=one, other=other))
    return True


_VAGUE = (
    "{other}另外尽快把{one}的院墙修好。",
    "{other}另补偿{one}适当的营养费。",
    "{other}手头宽裕时再付{one}利息。",
    "{other}过段时间再给{one}几百元辛苦钱。",
    "其余损失以后再商量。",
    "{other}待猪卖掉后再付{one}补贴。",
)


def something_vague_added(case, dice):
    one, other = case["party"][0]["name"], case["party"][-1]["name"]
    _terms(case).append(dice.choice(_VAGUE).format(one=one, other=other))
    return True


SLIPS = (
    payer_and_payee_swapped,
    both_days_dropped,
    a_digit_changed_in_a_term,
    a_digit_changed_in_the_list,
    a_name_misspelt,
    the_right_to_sue_waived,
    capitals_that_differ,
    due_before_signing,
    a_party_is_a_child,
    an_agent_without_power,
    a_day_that_does_not_exist,
    another_day_in_the_list,
    a_signature_lacking,
    signed_before_the_session,
    something_forbidden_added,
    something_vague_added,
)
