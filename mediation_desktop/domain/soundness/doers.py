"""Who is to do what: the subjects of a term, as far as its wording gives them."""

import re
from collections.abc import Iterator

from msgspec import Struct

from mediation_desktop.domain.soundness.reading import Span, clauses

PAYS = (
    "转入|转到|转给|转账|汇入|汇给|存入|打入|交给|支付|赔偿|补偿|补助|补贴|归还|偿还|返还|退还|退回|给付|赔付|付清|还清|结清|垫付|垫支|代付|代还|代偿|先行|出资|出钱|出面|"
    "承担|负担|负责|担保|保证|负[^，。；]{0,6}责任|替[^，。；]{1,4}[还付赔]|代[^，。；]{1,4}[还付赔]|[付赔补还退][给出]?(?=[^，。；]{0,10}\\d)|[付还赔补退]给|"
    "出(?=\\d|[。，；]|$)|贴(?=\\d)"
)
WORKS = (
    "修(?=好|复|补|缮|建|理|通|砌|整|筑|平|路|渠|墙|\\d)|补(?:好|平|齐|足)|解决|拆|搬|移(?=走|开|到|至|出|装|除|位|栽)|清(?=理|除|空|走|扫|运|掉|洗|出|通|干)|砌|挖|填|铺|砍|锯|(?:安|拆|加)装|装(?=好|上|设|\\d|[一二两])|疏通|让出|让[^，。；]{0,4}路|建(?=造|好|起|房|墙|渠|沟|池|\\d|[一二两])|恢复|整改|停止|迁(?=移|走|出|到|坟)|重做|更换|提供(?!的)|交付|交给|交还|"
    "打通|加固|浇|平整|粉刷|接通"
)
_MANNER = (
    "(?:于|在|自|从|到)[^，。；]{0,20}?(?:前|内|起|日|后|时)|应当?|须|需|必须|要|来|去|也|均|都|各|先|另|再|将|把[^，。；]{1,8}|一并|一起|一次性?|全额|全部|共同|自愿|自行|自费|"
    "[给为向对][^，。；]{0,6}|同意|承诺|答应|每[月年季天日]|按[^，。；]{0,6}|以[^，。；]{0,8}|出面|继续|另行|直接|帮|替|代为|代"
)
_BY = re.compile(rf"[由叫](?P<who>[^，。；由叫]{{1,18}}?)(?:{_MANNER})*(?P<verb>{PAYS}|{WORKS})")
_LEADING = re.compile(rf"^\s*(?P<who>[^，。；由\d]{{1,18}}?)(?:{_MANNER})*(?P<verb>{PAYS}|{WORKS})")
_SUPPOSED = re.compile("^(?:如|若|因|待|凭|经|对|未|不|当|除|为|该|上述|前述|逾期)")


class Doer(Struct, frozen=True):
    """Whom a clause makes do something, in its own words, and the verb."""

    called: str
    verb: str
    clause: Span
    named_by: bool
    """Whether it says 由 of him, which leaves no doubt that he is the one to do it."""


def doers(text: str) -> Iterator[Doer]:
    """Yield whom the clauses of a text make do something, as 由某某支付 or 某某于某日前支付."""
    for clause in clauses(text):
        found = list(_BY.finditer(clause.words))
        for match in found:
            yield Doer(match["who"], match["verb"], clause, named_by=True)
        match = None if found or _SUPPOSED.search(clause.words) else _LEADING.search(clause.words)
        if match:
            yield Doer(match["who"], match["verb"], clause, named_by=False)
