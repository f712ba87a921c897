"""Small sound records for tests; every part can be overridden by name."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from mediation_desktop.domain import records
from mediation_desktop.domain.dossier import Dossier


def uid(number: int) -> UUID:
    """Return a readable id."""
    return UUID(int=number)


COMMITTEE = records.Committee(
    id=uid(1), name="龙游县东华街道鸡鸣村人民调解委员会", town="东华街道", number_word="龙东"
)
DISPUTE_ID = uid(100)


def dispute(**changed: Any) -> records.Dispute:
    values: dict[str, Any] = {
        "id": DISPUTE_ID,
        "number": "",
        "type_code": "02",
        "source_code": "active",
        "grade_code": "simple",
        "committee_id": COMMITTEE.id,
        "registered_on": date(2026, 6, 19),
        "occurred_on": date(2026, 6, 18),
        "summary": "树倒在邻居屋上。",
    }
    return records.Dispute(**(values | changed))


def party(number: int, **changed: Any) -> records.Party:
    values: dict[str, Any] = {
        "id": uid(200 + number),
        "dispute_id": DISPUTE_ID,
        "position": number,
        "side": "甲方" if number == 0 else "乙方",
        "name": ("张福根", "李木水", "赖有土")[number],
        "id_number": ("330825196205140010", "330825197003020015", "440524188001010014")[number],
    }
    return records.Party(**(values | changed))


def agreement(**changed: Any) -> records.Agreement:
    values: dict[str, Any] = {
        "id": uid(300),
        "dispute_id": DISPUTE_ID,
        "number": "",
        "facts": "双方因树倒伏发生争议。",
        "responsibility": "乙方担责。",
        "terms": (records.Term(text="乙方补偿甲方人民币800元。"),),
    }
    return records.Agreement(**(values | changed))


def obligation(number: int = 0, **changed: Any) -> records.Obligation:
    values: dict[str, Any] = {
        "id": uid(400 + number),
        "dispute_id": DISPUTE_ID,
        "agreement_id": uid(300),
        "position": number,
        "debtor_id": uid(201),
        "creditor_id": uid(200),
        "amount_fen": 80000,
        "method": "现金",
        "place": "村调解室",
        "due_on": date(2026, 6, 25),
    }
    return records.Obligation(**(values | changed))


def notice() -> records.Notice:
    return records.Notice(
        id=uid(500), dispute_id=DISPUTE_ID, how="口头", told_at=datetime(2026, 6, 19, 15, 30), teller="汪承平"
    )


def dossier(**changed: Any) -> Dossier:
    values: dict[str, Any] = {
        "dispute": dispute(),
        "committee": COMMITTEE,
        "mediators": (records.Mediator(id=uid(30), committee_id=COMMITTEE.id, name="汪承平"),),
        "parties": (party(0), party(1)),
        "notices": (notice(),),
    }
    return Dossier(**(values | changed))
