"""Several disputes at once: all get another mediator or none does, and a list names nobody's numbers."""

import csv
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services import disputes, queries
from mediation_desktop.services.bulk import LIST_COLUMNS, list_pdf, list_rows, reassign, save_list
from mediation_desktop.services.undo import undo
from mediation_desktop.system.problems import EnvironmentProblem

ID_NUMBER, PHONE = "330825197001010018", "13800001234"


@pytest.fixture
def village(desk):
    """Give the office people who quarrel."""
    return Village(desk)


@pytest.fixture
def three(village):
    return [
        village.dispute("张福根", "李木水", accepted_on=TODAY, id_number=ID_NUMBER, phone=PHONE),
        village.dispute("王大山", "王小河", accepted_on=TODAY - timedelta(days=5)),
        village.dispute("赵铁柱", "钱有财"),
    ]


def mediators(desk, dispute_id):
    return [one.name for one in queries.dossier(desk, dispute_id).mediators]


def close(desk, dispute_id):
    outcome = records.Outcome(
        id=desk.new_id(), dispute_id=dispute_id, kind="withdrawn", on=TODAY, reason="和好了"
    )
    disputes.take_step(desk, dispute_id, Action.WITHDRAW, TODAY, outcome=outcome)
    disputes.take_step(desk, dispute_id, Action.CLOSE, TODAY)


def test_several_disputes_get_another_mediator_with_a_line_in_each_history(desk, village, three):
    reassign(desk, three[:2], village.mediators["周正明"])
    assert [mediators(desk, one) for one in three] == [["周正明"], ["周正明"], ["汪承平"]]
    for one in three[:2]:
        assert queries.history(desk, one)[-1].action == "换调解员"
    assert queries.history(desk, three[2])[-1].action == "登记纠纷"


def test_one_undoing_takes_all_of_it_back(desk, village, three):
    change = reassign(desk, three, village.mediators["周正明"])
    undo(desk, change.change_id)
    assert [mediators(desk, one) for one in three] == [["汪承平"]] * 3


def test_planned_sessions_go_along_and_held_ones_stay(desk, village, three):
    planned = village.session(three[0], datetime(2026, 6, 20, 9))
    elsewhere = village.session(three[0], datetime(2026, 6, 21, 9), mediator="周正明")
    held = village.session(three[1], datetime(2026, 6, 18, 9))
    disputes.save_records(desk, "记录", replace(held, state=records.SessionState.HELD, result="adjourned"))
    third = village.mediators["周正明"]
    reassign(desk, three, third)
    with desk.office_file.read() as reader:
        by_whom = {one.id: one.mediator_ids for one in reader.find(records.Session)}
    assert by_whom[planned.id] == (third,)
    assert by_whom[elsewhere.id] == (third,)
    assert by_whom[held.id] == (village.mediators["汪承平"],)


def test_where_one_is_closed_none_is_changed(desk, village, three):
    close(desk, three[2])
    with pytest.raises(UserError, match=r"003号已经结案.*一件也没有换"):
        reassign(desk, three, village.mediators["周正明"])
    assert mediators(desk, three[0]) == ["汪承平"]


def test_a_mediator_whom_parties_chose_is_not_changed_over_their_heads(desk, village, three):
    dossier = queries.dossier(desk, three[1])
    chosen = records.MediatorChoice(
        mediator_id=village.mediators["汪承平"], party_ids=(dossier.parties[0].id,)
    )
    disputes.save_dispute(desk, replace(dossier.dispute, mediator_choices=(chosen,)))
    with pytest.raises(UserError, match="当事人自己选的"):
        reassign(desk, three, village.mediators["周正明"])
    assert mediators(desk, three[0]) == ["汪承平"]


def test_nothing_chosen_is_said(desk, village):
    with pytest.raises(UserError, match="还没有选纠纷"):
        reassign(desk, (), village.mediators["周正明"])


def test_the_list_keeps_the_order_and_says_until_when(desk, three):
    close(desk, three[1])
    assert list_rows(desk, [three[2], three[0], three[1]]) == [
        ("（2026）龙东人调字第003号", "赵铁柱、钱有财", "邻里", "简易", "已登记", "", "汪承平"),
        ("（2026）龙东人调字第001号", "张福根、李木水", "邻里", "简易", "已受理", "2026年6月22日", "汪承平"),
        ("（2026）龙东人调字第002号", "王大山、王小河", "邻里", "简易", "已结案", "", "汪承平"),
    ]


def test_excel_opens_the_file_and_finds_no_number_of_a_person_in_it(desk, three, tmp_path):
    file = save_list(desk, three, tmp_path / "清单")
    assert file.name == "清单.csv"
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    assert head == [column.head for column in LIST_COLUMNS]
    assert [tuple(row) for row in rows] == list_rows(desk, three)
    assert not any(secret in data.decode("utf-8-sig") for secret in (ID_NUMBER, PHONE))


def test_a_name_that_looks_like_a_formula_stays_a_name(desk, village, tmp_path):
    dispute_id = village.dispute("=HYPERLINK(1)", "李木水")
    text = save_list(desk, [dispute_id], tmp_path / "a.csv").read_text("utf-8-sig")
    assert "'=HYPERLINK" in text


def test_a_folder_that_is_gone_is_named(desk, three, tmp_path):
    with pytest.raises(EnvironmentProblem):
        save_list(desk, three, tmp_path / "nowhere" / "a.csv")


def test_the_list_is_a_pdf_with_as_many_pages_as_it_needs(desk, village, three):
    assert list_pdf(desk, three).data.startswith(b"%PDF")
    ids = [village.dispute(f"甲{number}", f"乙{number}") for number in range(40)]
    assert list_pdf(desk, ids).pages > 1
