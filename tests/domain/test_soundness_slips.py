"""One slip in a sound agreement, in its list or in its wording, is told: who, how much, until when."""

import tomllib
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest
from rewordings import told

SOUND = sorted((Path(__file__).parents[1] / "data" / "agreements" / "first").glob("sound-*.toml"))


def _listed(case, money=None):
    items = case["agreement"].get("obligation", [])
    return [item for item in items if money is None or bool(item.get("amount_fen")) is money]


def more_money(case):
    for at, item in enumerate(_listed(case, money=True)):
        if "instalments" not in item:
            changed = deepcopy(case)
            _listed(changed, money=True)[at]["amount_fen"] += 10000
            yield changed


def parts_that_do_not_add_up(case):
    for at, item in enumerate(_listed(case)):
        if "instalments" in item:
            changed = deepcopy(case)
            _listed(changed)[at]["instalments"][-1]["amount_fen"] += 10000
            yield changed


def payer_and_payee_turned_round(case):
    for at, item in enumerate(_listed(case, money=True)):
        changed = deepcopy(case)
        _listed(changed, money=True)[at] |= {"debtor": item["creditor"], "creditor": item["debtor"]}
        yield changed


def a_sum_written_wrongly(case):
    for item in _listed(case, money=True):
        right, wrong = (f"{fen // 100:,}元" for fen in (item["amount_fen"], item["amount_fen"] + 70000))
        for at, term in enumerate(case["agreement"]["terms"]):
            if right in term:
                changed = deepcopy(case)
                changed["agreement"]["terms"][at] = term.replace(right, wrong, 1)
                yield changed


def a_day_written_wrongly(case):
    for item in _listed(case):
        due = item.get("due")
        for at, term in enumerate(case["agreement"]["terms"] if due else ()):
            right, wrong = (
                f"{day.year}年{day.month}月{day.day}日前" for day in (due, due + timedelta(days=40))
            )
            if right in term:
                changed = deepcopy(case)
                changed["agreement"]["terms"][at] = term.replace(right, wrong, 1)
                yield changed


@pytest.mark.parametrize(
    ("slip", "share"),
    [
        (more_money, 0.95),
        (parts_that_do_not_add_up, 1),
        (payer_and_payee_turned_round, 0.85),
        (a_sum_written_wrongly, 0.85),
        (a_day_written_wrongly, 0.85),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_single_slip_in_a_sound_agreement_is_told(slip, share):
    changed = [one for path in SOUND for one in slip(tomllib.loads(path.read_text("utf-8")))]
    found = [one for one in changed if told(one)]
    assert len(changed) > 5
    assert len(found) >= share * len(changed), f"{len(found)} of {len(changed)}"
