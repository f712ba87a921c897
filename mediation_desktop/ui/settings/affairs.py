"""单位事务: the way to what the office does now and then."""

from mediation_desktop.ui.shell import Page
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.rows import RowButton

_ROWS = (
    ("handover", "移交", "换届、离任或者请假时，把未结纠纷、工作、档案和钥匙交给接手的人，双方签字。"),
    ("destruction", "到期卷宗", "保管期限已满的卷宗；逐件核对，两人确认以后登记销毁。"),
    ("subsidy", "补贴", "按月核对哪些纠纷计入以案定补，确认以后复制清单。"),
)


class AffairsCard(Card):
    """Whole rows, each leading to its page."""

    def __init__(self, page: Page) -> None:
        super().__init__("单位事务")
        self.rows: dict[str, RowButton] = {}
        for place, name, explained in _ROWS:
            row = RowButton(f"{name}，{explained}")
            row.row.addWidget(label(name, "strong", wrap=False))
            row.row.addWidget(label(explained, "soft"), 1)
            row.clicked.connect(lambda _checked=False, place=place: page.workspace.go(place))
            self.rows[place] = row
            self.body.addWidget(row)
