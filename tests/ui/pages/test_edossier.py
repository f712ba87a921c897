"""电子卷宗 in the window: what is missing, one button, one file."""

import pytest
from desks import sample
from pictures import photo
from PySide6.QtWidgets import QApplication, QLabel
from ui.access import cut_off, unnamed_controls

from mediation_desktop.services import attachments, queries, taking_in
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.taking_in import Incoming
from mediation_desktop.ui.widgets.rows import RowButton


@pytest.fixture
def tree(desk, new_id, clock):
    """Give a settled dispute with a printed agreement and a photo of the evidence."""
    clock.advance(days=150)
    dispute_id = enter(desk, sample(1, new_id))
    evidence = queries.dossier(desk, dispute_id).evidence[0]
    stored = taking_in.take_in(desk, [Incoming("照片.jpg", data=photo())]).stored
    attachments.attach(desk, dispute_id, evidence.id, stored)
    return dispute_id


@pytest.fixture
def panel(page, operations, tree):
    """Open the panel as people do: by the row beside the papers."""
    page.come(tree)
    operations.drain()
    (row,) = (one for one in page.findChildren(RowButton) if one.accessibleName().startswith("电子卷宗："))
    row.click()
    operations.drain()
    QApplication.processEvents()
    assert page.panel.key == "electronic"
    return page.panel


def told(widget):
    return "".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def test_it_says_how_whole_it_is_what_is_missing_and_what_goes_in(panel, page):
    said = told(panel)
    assert "完整度 " in said
    assert "没有当事人身份证明。" in said
    assert "调解协议书" in said
    assert unnamed_controls(page) == []
    assert cut_off(page) == []


def test_one_button_makes_the_file_and_the_history_shows_it(panel, page, operations, tmp_path):
    offered = []

    def chosen(_parent, name):
        offered.append(name)
        return str(tmp_path / "卷宗.pdf")

    panel.file_chooser = chosen
    began = []
    operations.began.connect(began.append)
    panel.main.click()
    operations.drain()
    (work,) = (one for one in began if one.title)
    assert (work.title, work.cancellable) == ("正在制作电子卷宗", True)
    assert (tmp_path / "卷宗.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert offered[0].endswith("电子卷宗.pdf")
    assert "电子卷宗已存为“卷宗.pdf”" in page.banner.message
    assert queries.history(page.desk, page.dossier.dispute.id)[-1].action == "导出电子卷宗"


def test_turning_back_at_the_file_makes_nothing(panel, operations, desk, tree):
    panel.file_chooser = lambda _parent, _name: ""
    lines = len(queries.history(desk, tree))
    panel.main.click()
    operations.drain()
    assert len(queries.history(desk, tree)) == lines
