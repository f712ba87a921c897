"""What papers of the office tell of, made up with as few words as a test needs."""

from datetime import date
from uuid import UUID

from mediation_desktop.documents.forms import load_form
from mediation_desktop.documents.matter import OfficeMatter
from mediation_desktop.domain import records
from mediation_desktop.domain.ledger import Account, Ledger, LedgerLine
from mediation_desktop.domain.subsidy import Due, MonthSheet, SubsidyLine, shares
from mediation_desktop.services.codes import load_codes
from mediation_desktop.system.paths import forms_folder

TODAY = date(2026, 6, 19)
LONG = "阿卜杜热依木·买买提·阿不都克里木·托合提"
CODES = load_codes()
PEOPLE = [UUID(int=number) for number in range(1, 6)]


def shipped(name):
    return load_form(name, [forms_folder()])


def told(subject):
    committee = records.Committee(id=UUID(int=9), name="鸡鸣村人民调解委员会")
    return OfficeMatter(committee, CODES, subject, TODAY, "余小雯")


def line(number, **changed):
    values = {
        "number": f"（2026）龙东人调字第{number:03d}号",
        "accepted_on": TODAY,
        "parties": f"甲{number}、{LONG}",
        "type_name": "邻里",
        "summary": "排水沟被堵，雨水倒灌进院内，要求疏通并赔偿墙面修补费用。",
        "mediators": "汪承平",
        "mediated_on": TODAY,
        "result": "成功",
        "form": "书面",
        "agreement_number": f"（2026）龙东调协字第{number:03d}号",
        "performance": "已履行",
        "amount_fen": number * 100 + 1,
    }
    return LedgerLine(**(values | changed))


def ledger(count):
    lines = tuple(line(number) for number in range(1, count + 1))
    return Ledger(date(2026, 1, 1), date(2026, 12, 31), Account.ACCEPTED, lines)


def month(disputes):
    """Return a month in which each dispute's amount is shared by the house's own rule."""
    lines = []
    for place, (fen, people, equal, confirmed) in enumerate(disputes):
        split = shares(fen, PEOPLE[:people], "equal" if equal else "first")
        due = tuple(Due(one.mediator_id, f"调解员{one.mediator_id.int}", one.amount_fen) for one in split)
        lines.append(
            SubsidyLine(
                UUID(int=place),
                f"第{place}号",
                "甲与乙",
                "邻里",
                "简易",
                TODAY,
                "r",
                "标准",
                (),
                due,
                confirmed,
            )
        )
    return MonthSheet("2026-06", tuple(lines))
