"""J2: two neighbours come in; they are heard, agree, sign, and each goes home with a sealed copy."""

from datetime import date

from PySide6.QtPrintSupport import QPrinter

from mediation_desktop.domain.records import DisputeState, PaperState
from mediation_desktop.services import queries
from mediation_desktop.ui.papers import PrintOrder


def _dossier(hand):
    desk = hand.program.at_desk.desk
    line = queries.dispute_lines(desk)[0]
    return queries.dossier(desk, line.id)


def test_from_the_door_to_the_sealed_agreement(hand, tmp_path):
    printed = tmp_path / "printed.pdf"
    _let_the_printer_be_a_file(hand, printed)

    _register(hand)
    dossier = _dossier(hand)
    assert dossier.dispute.state is DisputeState.ACCEPTED
    assert [party.name for party in dossier.parties] == ["张福根", "李木水"]
    assert [party.sex for party in dossier.parties] == ["男", "男"]

    hand.press("保存告知记录")
    assert "告知" in hand.says()

    hand.fill("时间", "15:30")
    hand.fill("地点", "石塔巷张福根家中")
    hand.press("安排调解")
    assert "日程" in hand.says()

    _write_record(hand)
    assert _dossier(hand).dispute.state is DisputeState.MEDIATING

    _write_agreement(hand)
    assert _dossier(hand).agreement.number == "（2026）龙东人调协字第001号"

    hand.press("定稿打印")
    dossier = _dossier(hand)
    assert dossier.dispute.state is DisputeState.AGREED
    assert dossier.papers[0].copies == 3
    assert printed.stat().st_size > 0
    assert "打印机" in hand.says()

    hand.press("返回纠纷")
    hand.press("都是今天签的")
    hand.press("登记签字")
    assert _dossier(hand).papers[0].state is PaperState.SIGNED

    hand.fill("调解委员会盖章日期", "6.19")
    hand.press("登记盖章")
    paper = _dossier(hand).papers[0]
    assert (paper.state, paper.effective_on) == (PaperState.SEALED, date(2026, 6, 19))

    hand.fill("张福根领取日期", "今天")
    hand.fill("李木水领取日期", "今天")
    hand.press("登记领取")
    dossier = _dossier(hand)
    assert dossier.papers[0].state is PaperState.DELIVERED
    assert dossier.dispute.state is DisputeState.PERFORMING
    hand.heart.held_its_beat()


def _register(hand):
    hand.register()
    hand.fill("纠纷类型", "邻里")
    hand.fill("案件来源", "主动调解")
    hand.fill("纠纷简要情况", "连续暴雨后，李木水家的香樟树倒在张福根屋上。")
    hand.fill("发生日期", "6.18")
    hand.fill("发生地点", "石塔巷")
    hand.fill("地位", "甲方")
    hand.fill("姓名或名称", "张福根")
    hand.fill("身份证号", "330825196205140010")
    hand.fill("地位", "乙方", nth=1)
    hand.fill("姓名或名称", "李木水", nth=1)
    hand.fill("身份证号", "330825197003020015", nth=1)
    hand.press("保存登记")


def _write_record(hand):
    hand.fill("发言人", "张福根")
    hand.fill("发言内容", "窗、墙、瓦三处坏了，要三千二百元。")
    hand.press("增加发言")
    hand.fill("发言人", "李木水", nth=1)
    hand.fill("发言内容", "我自己会木工，修墙补瓦我来做。", nth=1)
    hand.fill("调解结果", "达成协议")
    hand.press("保存调解记录")


def _write_agreement(hand):
    hand.fill("各方当事人的责任", "乙方对自有树木疏于管理，应承担修复和补偿责任。")
    hand.fill("条款内容", "乙方负责修复窗户、墙体、屋面。")
    hand.press("增加条款")
    hand.fill("条款内容", "乙方补偿甲方人民币800元。", nth=1)
    hand.press("增加履行义务")
    hand.fill("期限", "6.25")
    hand.fill("付多少（元）", "800")
    hand.fill("方式", "现金")
    hand.fill("地点", "村调解室")
    hand.press("保存并看样")


def _let_the_printer_be_a_file(hand, path):
    def order(_parent, page_count, copies):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return PrintOrder(printer, tuple(range(page_count)), copies)

    hand.window.page("paper").printer_chooser = order
