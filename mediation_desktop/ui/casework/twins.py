"""The warning that a dispute may be registered already."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from mediation_desktop.services.intake import Twin
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.pages.words import STATE_WORDS
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.worklist import WorkList, WorkRow


class TwinCard(Card):
    """The possible twins, each to be opened, and two ways to go on all the same.

    Signals: ``opened(dispute id)``; ``another`` where it is none of them; ``linked`` where it follows them.
    """

    opened = Signal(object)
    another = Signal()
    linked = Signal()

    def __init__(self) -> None:
        super().__init__("可能已经登记过")
        said = "下面的纠纷和正在登记的很像。点开看看；已填的内容会留存。"
        self.body.addWidget(label(said, "soft"))
        self.list = WorkList("相似的纠纷", "warning")
        self.list.opened.connect(self.opened)
        self.body.addWidget(self.list)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme().space("s"))
        self.anyway = button("不是同一件，照样登记", self.another.emit, icon="save")
        buttons.addWidget(self.anyway)
        buttons.addWidget(button("是新的一件，登记并注明有关联", self.linked.emit, icon="save"))
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.hide()

    def show_twins(self, twins: Sequence[Twin]) -> None:
        """Show these, and begin at the first; without any the card is put away."""
        self.list.show_rows([_row(twin) for twin in twins])
        self.setVisible(bool(twins))


def _row(twin: Twin) -> WorkRow:
    line = twin.line
    detail = f"{line.number}　{'，'.join(twin.reasons)}"
    return WorkRow(line.id, f"{line.title}　{line.type_name}", detail, *STATE_WORDS[line.state])
