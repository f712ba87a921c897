"""What can be done with several disputes of the list at once."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mediation_desktop.domain.records import Mediator
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.choice import Choice


class BulkBar(Card):
    """Says how many are ticked and offers what can be done with them.

    Signals: ``all_wanted`` and ``none_wanted`` (ticks); ``over``; ``mediator_wanted(id as text, name)``;
    ``print_wanted``; ``save_wanted``.
    """

    all_wanted = Signal()
    none_wanted = Signal()
    over = Signal()
    mediator_wanted = Signal(str, str)
    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("多选", parent)
        self.mediator = Choice()
        self.mediator.setAccessibleName("换成哪名调解员")
        self.all_button = button("全选", self.all_wanted.emit, hint="选中现在列出的每一件，快捷键 Ctrl+A")
        self.none_button = button("全不选", self.none_wanted.emit)
        self.over_button = button("结束多选", self.over.emit, icon="close", hint="快捷键 Esc")
        self.give_button = button("换调解员", self._give, icon="person")
        self.print_button = button("打印清单", self.print_wanted.emit, icon="print")
        self.save_button = button("存为表格", self.save_wanted.emit, icon="save", hint="用 Excel、WPS 打开")
        for each in (self.all_button, self.none_button, self.over_button):
            self.tools.addWidget(each)
        row = QHBoxLayout()
        row.setSpacing(theme().space("s"))
        row.addWidget(label("换成", wrap=False))
        row.addWidget(self.mediator)
        for each in (self.give_button, self.print_button, self.save_button):
            row.addWidget(each)
        row.addStretch(1)
        self.body.addLayout(row)
        self.say(0)

    def say(self, count: int) -> None:
        """Say how many are ticked."""
        words = f"已选 {count} 件" if count else "点一行选一件，按住 Shift 点可连选"
        self.heading.setText(words)
        self.setAccessibleName(f"多选，{words}")
        for each in (self.give_button, self.print_button, self.save_button, self.none_button):
            each.setEnabled(count > 0)

    def offer(self, mediators: Iterable[Mediator]) -> None:
        """Offer these mediators."""
        self.mediator.set_options(options.of_mediators(mediators))

    def _give(self) -> None:
        chosen = self.mediator.value()
        if chosen is None:
            self.mediator.setFocus()
            self.mediator.showPopup()
        else:
            self.mediator_wanted.emit(chosen, self.mediator.currentText())
