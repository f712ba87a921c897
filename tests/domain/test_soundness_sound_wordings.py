"""Short agreements in many voices: what is sound gives no alarm, one fault is told for what it is."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from builders import agreement, dispute, dossier, obligation, party, uid

from mediation_desktop.domain import records
from mediation_desktop.domain.checks import agreement_findings, alarms
from mediation_desktop.services.codes import load_codes

DATA = Path(__file__).parents[1] / "data"
CASES = tomllib.loads((DATA / "sound_wordings.toml").read_text(encoding="utf-8"))["case"]
FAULTY = tomllib.loads((DATA / "faulty_wordings.toml").read_text(encoding="utf-8"))["case"]
WORDING = load_codes().wording


def _party(number, told):
    """Read 甲方 张福根, with * for an organisation and ~ before a guardian's name."""
    side, name, *guardian = told.rstrip("*").replace(" ~", " ").split(" ")
    more = {"document_missing": True, "id_number": ""}
    if told.endswith("*"):
        head = records.Representative(name="章学文")
        more |= {"kind": records.PartyKind.ORGANISATION, "uscc": "91330825MA2CH0012X", "representative": head}
    if guardian:
        more |= {"guardian": records.Guardian(name=guardian[0])}
    return party(0, id=uid(200 + number), position=number, side=side, name=name, **more)


def _fen(words):
    return round(float(words.removesuffix("元")) * 100)


def _obligation(number, told, ids):
    """Read who>whom | sum or act | day or day=sum … | how or where."""
    people, what, when, how = (part.strip() for part in told.split(" | "))
    debtor, creditor = people.split(">")
    method, _, rest = how.partition("，")
    more = {"debtor_id": ids[debtor], "creditor_id": ids[creditor], "method": method}
    money = re.fullmatch(r"[\d.]+元", what)
    more |= {"amount_fen": _fen(what)} if money else {"amount_fen": None, "what": what, "place": how}
    if money:
        more |= {"place": rest} if method == "现金" else {"place": "", "account": rest}
    days = [day.partition("=") for day in when.split(" ")]
    if days[0][1]:
        parts = tuple(
            records.Instalment(due_on=date.fromisoformat(day), amount_fen=_fen(fen)) for day, _, fen in days
        )
        more |= {"instalments": parts, "due_on": None}
    else:
        more |= {"due_on": date.fromisoformat(days[0][0])}
    return obligation(number, **more)


def _amounts(case):
    """Read total, borne, paid and due (yuan), the percent borne, and the items."""
    fens = {f"{name}_fen": case.get(name) for name in ("total", "borne", "paid_before", "due")}
    return records.Amounts(
        **{name: None if yuan is None else round(yuan * 100) for name, yuan in fens.items()},
        borne_percent=case.get("percent"),
        items=tuple(
            records.AmountItem(name=name, amount_fen=round(yuan * 100))
            for name, yuan in case.get("items", {}).items()
        ),
    )


def _found(case):
    parties = tuple(_party(number, told) for number, told in enumerate(case["parties"]))
    ids = {one.name: one.id for one in parties}
    text = agreement(
        facts=case["facts"],
        responsibility=case.get("responsibility", "双方按下列约定分担。"),
        terms=tuple(records.Term(text=term) for term in case["terms"]),
        agreed_on=date(2026, 5, 10),
        amounts=_amounts(case),
    )
    whole = dossier(
        dispute=dispute(
            type_code=case["type"], summary=case["facts"], occurred_on=None, registered_on=date(2026, 5, 6)
        ),
        parties=parties,
        notices=(),
        agreements=(text,),
        obligations=tuple(_obligation(number, told, ids) for number, told in enumerate(case["owes"])),
    )
    return alarms(agreement_findings(whole, text, WORDING))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['type']}-{case['parties'][0]}")
def test_a_sound_agreement_gives_no_alarm_however_it_is_worded(case):
    assert [finding.text for finding in _found(case)] == []


@pytest.mark.parametrize("case", FAULTY, ids=lambda case: case["tells"])
def test_a_fault_between_wording_and_list_is_told_with_its_reason(case):
    found = {finding.code: finding for finding in _found(case)}
    assert case["tells"] in found, sorted(found)
    assert found[case["tells"]].reason
