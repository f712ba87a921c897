"""J3: reminders of instalments, payments with receipts, a visit, and the dossier closed and put away."""

from datetime import date, datetime

import pytest
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from mediation_desktop.domain.papers import AGREEMENT, Pack
from mediation_desktop.domain.records import DisputeState
from mediation_desktop.services import packs, queries
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.casefiles.reader import read_case
from mediation_desktop.services.home import home
from mediation_desktop.ui.casework import pack
from mediation_desktop.ui.papers import PrintOrder

AGREED = """
[committee]
name = "龙游县东华街道鸡鸣村人民调解委员会"
mediators = ["汪承平"]
recorder = "余小雯"

[dispute]
type = "邻里"
source = "依申请调解"
grade = "简易"
occurred_on = 2026-06-10
accepted_on = 2026-06-15
town = "东华街道"
village = "鸡鸣村"
place = "石塔巷"
people_involved = 2
summary = "李木水家的香樟树倒在张福根屋上，砸坏窗和瓦。"
requests = ["赔偿修缮费1,800元"]

[[party]]
id = "a1"
side = "申请人"
name = "张福根"
sex = "男"
id_number = "330825196205140010"
phone = "13900000001"
address = "鸡鸣村石塔巷三号"
[[party]]
id = "b1"
side = "被申请人"
name = "李木水"
sex = "男"
id_number = "330825197003020015"
phone = "13900000002"
address = "鸡鸣村石塔巷四号"

[[notice]]
kind = "权利义务告知"
how = "书面"
at = 2026-06-15T09:00:00
by = "汪承平"

[[session]]
at = 2026-06-16T09:00:00
place = "村委会调解室"
result = "达成协议"
[[session.record]]
who = "a1"
said = "窗和瓦修好花了一千八百元。"
[[session.record]]
who = "b1"
said = "我赔，分两次给。"

[agreement]
facts = "乙方院内香樟树倒伏，砸坏甲方房屋窗户和瓦片，修缮花费1,800.00元。"
responsibility = "被申请人对自有树木疏于管理，应承担赔偿责任。"
terms = [
  "被申请人赔偿申请人人民币1,800.00元。",
  "2026年7月15日前支付1,000.00元，2026年8月15日前支付800.00元。",
]
total_fen = 180000
[[agreement.obligation]]
debtor = "b1"
creditor = "a1"
amount_fen = 180000
method = "现金"
place = "村调解室"
instalments = [{ due = 2026-07-15, amount_fen = 100000 }, { due = 2026-08-15, amount_fen = 80000 }]
[agreement.signing]
signed = { a1 = 2026-06-17, b1 = 2026-06-17, mediator = 2026-06-17 }
sealed_on = 2026-06-18
"""
FILED = ("cover", "contents", "closing_report", "dossier_statement", "back")


@pytest.fixture
def agreed(program):
    """Give a dispute settled in two instalments; nobody fetched his copy yet."""
    desk = program.at_desk.desk
    dispute_id = enter(desk, read_case(AGREED, desk.codes, desk.new_id))
    program.window.go("home")
    program.operations.drain()
    return dispute_id


@pytest.fixture
def printed(hand, tmp_path, monkeypatch):
    """Have the printer write files, and return them in order."""
    made = []

    def order(_parent, page_count, copies=1, last=None):
        del last
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.append(tmp_path / f"printed{len(made)}.pdf")
        printer.setOutputFileName(str(made[-1]))
        return PrintOrder(printer, tuple(range(page_count)), copies)

    hand.window.page("paper").printer_chooser = order
    monkeypatch.setattr(pack, "ask_printer", order)
    return made


def test_from_the_first_reminder_to_the_archive(agreed, hand, printed, clock):
    desk = hand.program.at_desk.desk

    clock.set(datetime(2026, 7, 13, 9))
    _pay(hand, "付款 1,000.00 元", "昨天")
    assert [due.due.due_on for due in home(desk).due] == []
    _hand_out_copies(hand)

    clock.set(datetime(2026, 8, 17, 9))
    _pay(hand, "付款 800.00 元", "8.16")
    assert home(desk).due == ()

    hand.go("工作台")
    hand.open_row("张福根与李木水，协议生效后回访（简易）")
    _visit(hand)
    assert home(desk).after.visits == ()

    _close(hand, agreed)
    _holds(desk, agreed)
    _printed(desk, agreed, printed)
    hand.heart.held_its_beat()


def _pay(hand, reminder, on):
    """Go from the reminder to the payment, print the receipt."""
    hand.go("纠纷")
    hand.go("工作台")
    hand.open_row(reminder)
    hand.fill("付款日期", on)
    hand.fill("收条、转账凭证（如：收条一张、转账截图）", "收条一张")
    hand.press("登记付款")
    assert "已登记付款" in hand.says()
    hand.press("打印收条")
    hand.press("定稿打印")
    assert "打印机" in hand.says()
    hand.press("返回纠纷")


def _hand_out_copies(hand):
    """The parties fetch the copies that lay here since the seal; their panel stands open."""
    hand.fill("张福根领取日期", "今天")
    hand.fill("李木水领取日期", "今天")
    hand.press("登记领取")


def _visit(hand):
    hand.fill("回访了谁", "张福根")
    hand.fill("方式", "上门")
    hand.fill("是否满意", "满意")
    hand.fill("会不会反复", "没有反复迹象")
    hand.fill("回访情况", "两期都付清了，两家已和好。")
    hand.press("保存回访")
    assert "已保存回访" in hand.says()
    hand.press("打印回访记录")
    hand.press("定稿打印")
    assert "打印机" in hand.says()
    hand.press("返回纠纷")


def _close(hand, dispute_id):
    hand.press("履行完毕")
    hand.press("结案")
    hand.press("打印封面、目录和封底")
    hand.press("全部定稿并打印")
    filed = packs.papers_of(hand.program.at_desk.desk, dispute_id, Pack.FILING)
    assert hand.says() == f"完成：已送往打印机，共{sum(paper.pages for paper in filed)}页。"
    hand.press("归档")
    assert hand.says() == "完成：已归档。"


def _holds(desk, dispute_id):
    """Look into the office file."""
    dossier = queries.dossier(desk, dispute_id)
    assert dossier.dispute.state is DisputeState.ARCHIVED
    assert [(paid.amount_fen, paid.on, paid.proof) for paid in dossier.payments] == [
        (100000, date(2026, 7, 12), "收条一张"),
        (80000, date(2026, 8, 16), "收条一张"),
    ]
    (visit,) = dossier.followups
    assert (visit.on, visit.how, visit.performance) == (date(2026, 8, 17), "上门", "已履行")
    (closing,) = dossier.closings
    assert closing.result == "调解成功，协议已履行"
    assert "两期都付清了" in closing.summary
    steps = [step.after for step in dossier.steps[-3:]]
    assert steps == [DisputeState.PERFORMED, DisputeState.CLOSED, DisputeState.ARCHIVED]


def _printed(desk, dispute_id, printed):
    """Every paper went to the printer with all its pages, the papers on top of the dossier as one pack."""
    issued = [paper for paper in queries.dossier(desk, dispute_id).papers if paper.form != AGREEMENT]
    assert [paper.form for paper in issued[:3]] == ["payment_receipt", "payment_receipt", "followup"]
    assert sorted(paper.form for paper in issued[3:]) == sorted(FILED)
    *alone, _pack = printed
    assert [_pages(path) for path in alone] == [paper.pages * paper.copies for paper in issued[:3]]


def _pages(path):
    document = QPdfDocument()
    document.load(str(path))
    return document.pageCount()
