"""Whole agreements said in other words: rewordings that keep one sound, and slips that each make a fault.

A case is the parsed content of a dispute file.  Every function changes a copy that it may keep, with the
dice it is given; one that finds nothing to change says so by returning ``False``.
"""

import re
import tomllib
from copy import deepcopy

from helpers import IdCounter
from soundness_score import CODES, as_kept

from mediation_desktop.domain.checks import agreement_findings, alarms
from mediation_desktop.domain.money import capitals
from mediation_desktop.domain.soundness.reading import amounts
from mediation_desktop.services.casefiles.reader import read_case


def written(value):
    """Write a value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{written(key)} = {written(one)}' for key, one in value.items())}}}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def told(case):
    """Return the alarms that a case gives."""
    text = "\n".join(f"{key} = {written(value)}" for key, value in case.items())
    new_id = IdCounter()
    dossier = as_kept(read_case(text, CODES, new_id), new_id)
    assert dossier.agreement is not None
    return alarms(agreement_findings(dossier, dossier.agreement, CODES.wording))


def read(path):
    """Return a dispute file as a case."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def reworded(case, dice, times=3):
    """Return a copy in other words, and the names of what was done to it."""
    changed, done = deepcopy(case), []
    for way in dice.sample(WAYS, len(WAYS)):
        if len(done) < times and way(changed, dice) is not False:
            done.append(way.__name__)
    return changed, done


def _terms(case):
    return case["agreement"]["terms"]


def _each_term(case, change):
    """Change every term; tell whether any of them is another now."""
    before = list(_terms(case))
    case["agreement"]["terms"] = [change(text) for text in before]
    return before != _terms(case)


_SUM = r"(?=[^，。；：]{0,14}\d[\d,.]*元)"
_PAY = {
    f"(?<![每各])支付{_SUM}(?!宝)": ("给付", "付给", "交付", "偿付", "付"),
    f"归还{_SUM}": ("偿还", "返还", "还给", "清偿"),
    f"赔偿(?!款|金|费|责任){_SUM}": ("赔付", "赔给", "补偿"),
    f"付清(?={_SUM[3:-1]})": ("结清",),
    "以现金(?:方式)?付清": ("以现金结清", "用现金付清", "现金付讫"),
    f"补偿(?!款|金|费){_SUM}": ("补偿给", "补给"),
}


def other_verbs_of_paying(case, dice):
    def change(text):
        for pattern, others in _PAY.items():
            text = re.sub(pattern, lambda _match, words=others: dice.choice(words), text)
        return text

    return _each_term(case, change)


_BEFORE = re.compile(
    r"(?<![、和及至到])(?P<at>于|在)?(?P<day>(\d{4})年(\d{1,2})月(\d{1,2})日)(?:之|以)?前(?=[^，。；的]{0,8}[付交拆修清搬还支退赔补，])"
)


def dates_written_otherwise(case, dice):
    def one(match):
        day, at = match["day"], match["at"] or ""
        year, month, number = match[3], int(match[4]), int(match[5])
        shapes = (
            f"{at}{day}以前",
            f"{at}{day}之前",
            f"最迟{day}",
            f"不迟于{day}",
            f"最迟于{day}前",
            f"{at}{year}年{month:02d}月{number:02d}日前",
            f"{at}{day}（含当日）前",
            f"{at}{year}年{month}月{number}号前",
            f"{at}{year}.{month}.{number}前",
            f"至迟在{day}前",
            f"截至{day}",
            f"{at}{day}前（含）",
        )
        return dice.choice(shapes)

    return _each_term(case, lambda text: _BEFORE.sub(one, text))


_DIGITS = "零一二三四五六七八九"


def _in_small(yuan):
    """Write a number as 三千二百; only up to 万."""
    big = capitals(yuan * 100).removesuffix("整").removesuffix("元")
    return big.translate(str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千"))


def amounts_written_otherwise(case, dice):
    def change(text):
        for money in reversed(amounts(text)):
            words, fen = money.at.words, money.fen
            plain = re.fullmatch(r"[\d,]+(?:\.\d\d)?元", words)
            around = text[max(0, money.at.start - 4) : money.at.start], text[money.at.end : money.at.end + 4]
            if (
                not plain
                or "大写" in around[1]
                or re.match("[（(/／]", around[1])
                or re.search("[×xX/／每￥¥]", "".join(around))
            ):
                continue
            shapes = [
                f"人民币{fen / 100:.2f}元",
                f"{fen / 100:,.2f}元",
                f"￥{fen / 100:.2f}元",
                f"人民币{words}",
            ]
            if around[0].endswith("民币"):
                shapes = [f"{fen / 100:.2f}元", f"{fen / 100:,.2f}元"]
            if fen % 100 == 0:
                shapes += [
                    f"{fen // 100}元",
                    f"{fen // 100}块",
                    f"{_in_small(fen // 100)}元",
                    f"{fen // 100}元整",
                ]
                shapes += [f"{words}（大写：{capitals(fen)}）", f"{capitals(fen)}（{words}）", capitals(fen)]
            if fen % 10**5 == 0 and fen >= 10**6:
                shapes.append(f"{fen / 10**6:g}万元")
            text = text[: money.at.start] + dice.choice(shapes) + text[money.at.end :]
        return text

    return _each_term(case, change)


def _alone(case):
    """Yield name and side of every person who is alone on a side."""
    sides = [one["side"] for one in case["party"]]
    return [(one["name"], one["side"]) for one in case["party"] if sides.count(one["side"]) == 1]


def called(case, party):
    """Return the expression that finds a party by its name or, where it is alone on it, by its side."""
    alone = dict(_alone(case)).get(party["name"])
    words = [party["name"], *([re.sub("（.*", "", alone)] if alone else [])]
    return f"(?:{'|'.join(f'(?<!被){re.escape(word)}' for word in words)})"


_FOLLOWS = (
    "(?=于|在|应|须|自愿|同意|支付|给付|赔偿|补偿|归还|分|将|把|一次|负责|承担|向|从|不得|不再|$|[，。；])"
)


def names_for_sides(case, dice):
    def change(text):
        for name, side in _alone(case):
            text = re.sub(
                rf"(?<![被一-鿿]){side}{_FOLLOWS}",
                lambda match, name=name: dice.choice((name, match[0], f"{match[0]}{name}")),
                text,
            )
        return text

    return _each_term(case, change)


def sides_for_names(case, dice):
    def change(text):
        for name, side in _alone(case):
            text = re.sub(
                rf"(?<![一-鿿]){name}{_FOLLOWS}", lambda match, side=side: dice.choice((side, match[0])), text
            )
        return text

    return _each_term(case, change)


_NEW_SIDES = (
    {"甲方": "申请人", "乙方": "被申请人"},
    {"被申请人": "乙方", "申请人": "甲方"},
    {"甲方": "甲方（受偿人）", "乙方": "乙方（付款人）"},
)


def sides_called_otherwise(case, dice):
    sides = {one["side"] for one in case["party"]}
    fitting = [one for one in _NEW_SIDES if sides == set(one)]
    if not fitting:
        return False
    new = dice.choice(fitting)
    for one in case["party"]:
        one["side"] = new[one["side"]]
    words = {old: re.sub("（.*", "", one) for old, one in new.items()}
    pattern = re.compile(f"{'|'.join(words)}(?!民)")
    swap = lambda value: _everywhere(value, lambda text: pattern.sub(lambda match: words[match[0]], text))  # noqa: E731
    for key in ("agreement", "session", "dispute", "evidence"):
        if key in case:
            case[key] = swap(case[key])
    return True


def _everywhere(value, change):
    if isinstance(value, dict):
        return {key: _everywhere(one, change) for key, one in value.items()}
    if isinstance(value, list):
        return [_everywhere(one, change) for one in value]
    return change(value) if isinstance(value, str) else value


_LEANS = re.compile(
    "上[述款条]|前[述款条]|该|第[一二三四五六七八九十\\d]+[条款项]|以上|其|此|余款|也|否则|违约"
)


def two_terms_made_one(case, dice):
    terms = _terms(case)
    if len(terms) < 2:
        return False
    at = dice.randrange(len(terms) - 1)
    terms[at : at + 2] = [terms[at].rstrip("。；") + dice.choice("。；") + terms[at + 1]]
    return True


def one_term_made_two(case, _dice):
    names = "|".join(re.escape(word) for one in case["party"] for word in (one["name"], one["side"]))
    for at, text in enumerate(_terms(case)):
        cut = re.search(rf"(?<=。)(?={names})", text)
        if cut and not _LEANS.search(text[cut.start() :]):
            _terms(case)[at : at + 1] = [text[: cut.start()], text[cut.start() :]]
            return True
    return False


def terms_in_another_order(case, dice):
    if any(_LEANS.search(text) for text in _terms(case)):
        return False
    dice.shuffle(_terms(case))
    return True


def full_stops_made_semicolons(case, _dice):
    return _each_term(case, lambda text: re.sub("。(?=.)", "；", text))


HARMLESS = (
    "双方今后和睦相处，互谅互让。",
    "本协议一式三份，双方当事人、人民调解委员会各执一份。",
    "本协议自各方当事人签名、人民调解员签名并加盖人民调解委员会印章之日起生效。",
    "本协议自双方签名、捺印之日起生效，具有法律约束力。",
    "付款时凭收条结算，收款人应当出具收条。",
    "本协议的履行由村委会见证，村干部负责督促。",
    "若一方不履行本协议，另一方可以依法向人民法院起诉。",
    "双方可以自本协议生效之日起三十日内共同向有管辖权的人民法院申请司法确认。",
    "如遇不可抗力不能按期履行的，应当提前三日告知对方，另行协商。",
    "双方就本次纠纷再无其他争议。",
    "以上内容经调解员宣读，双方听清，没有异议。",
    "因履行本协议发生争议的，双方先到人民调解委员会协商，协商不成的，依法起诉。",
    "双方以后遇事好好说，不吵不闹，不打不骂。",
    "上述款项付清后，双方就本次纠纷的权利义务即告终结。",
    "本协议未尽事宜，由双方友好协商解决。",
    "当事人已知晓本协议的内容和法律后果，系自愿签订。",
    "调解员将在履行期限届满后回访。",
    "双方都退一步，互相赔个不是，往后照样做好邻居。",
)


def harmless_words_added(case, dice):
    for sentence in dice.sample(HARMLESS, 3):
        terms = _terms(case)
        at = dice.randrange(len(terms))
        if dice.random() < 0.5:
            terms.insert(at + 1, sentence) if not any(map(_LEANS.search, terms[at + 1 :])) else terms.append(
                sentence
            )
        else:
            terms[-1] += sentence
    return True


_TOLD = (
    "经人民调解委员会主持调解，双方自愿达成如下协议。",
    "事发后双方曾自行协商，没有谈拢。",
    "村干部到场查看了情况，并做了记录。",
    "双方原是多年的邻居，此前没有矛盾。",
    "双方对以上事实均无异议。",
    "调解员讲明了有关法律规定，双方都表示听清楚了。",
    "双方都愿意把事情说开，早日了结。",
)


def more_is_told(case, dice):
    agreement = case["agreement"]
    agreement["facts"] += dice.choice(_TOLD)
    agreement["responsibility"] += dice.choice(
        ("双方均表示接受。", "双方自愿协商解决。", "各方对责任的划分没有异议。")
    )
    return True


def a_late_fee_is_added(case, dice):
    paid = any(item.get("amount_fen") for item in case["agreement"].get("obligation", ()))
    if not paid or any("逾期" in text or "违约" in text for text in _terms(case)):
        return False
    _terms(case).append(
        dice.choice(
            (
                "逾期付款的，自逾期之日起按未付金额每日万分之二支付违约金。",
                "未按期付款的，自逾期之日起以未付款项为基数，按年利率4%计算逾期利息，付至付清之日。",
                "若付款方到期不付，收款方可以就未付部分向人民法院申请强制执行。",
                "若任何一期逾期未付，则剩余款项一并到期，收款人可以就全部未付款项主张权利。",
                "逾期不付的，按全国银行间同业拆借中心公布的一年期贷款市场报价利率计付逾期利息。",
            )
        )
    )
    return True


def polite_openings(case, dice):
    words = ("经协商，", "双方同意，", "经调解，双方一致同意：", "双方确认：")
    at = dice.randrange(len(_terms(case)))
    _terms(case)[at] = dice.choice(words) + _terms(case)[at]
    return True


def payers_put_after_you(case, dice):
    names = "|".join(re.escape(word) for one in case["party"] for word in (one["name"], one["side"]))
    pattern = (
        rf"^(?={names})(?=[^，。；、和]{{2,24}}[于支赔补归付])(?![^，。；]*(?:由|收|得|同意|自愿|不|可))"
    )
    return _each_term(case, lambda text: re.sub(pattern, lambda _match: dice.choice(("由", "")), text))


WAYS = (
    other_verbs_of_paying,
    dates_written_otherwise,
    amounts_written_otherwise,
    names_for_sides,
    sides_for_names,
    sides_called_otherwise,
    two_terms_made_one,
    one_term_made_two,
    terms_in_another_order,
    full_stops_made_semicolons,
    harmless_words_added,
    more_is_told,
    a_late_fee_is_added,
    polite_openings,
    payers_put_after_you,
)
