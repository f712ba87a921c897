"""外观: 大字 and dark, at once and remembered on this PC."""

from mediation_desktop.ui.look import theme
from mediation_desktop.ui.shell.window import Memory
from mediation_desktop.ui.widgets.blocks import Card
from mediation_desktop.ui.widgets.editors import Tick


class LookCard(Card):
    """Two ticks."""

    def __init__(self, memory: Memory) -> None:
        super().__init__("外观")
        self._memory = memory
        self.large = Tick("大字")
        self.dark = Tick("深色")
        self.large.set_value(theme().large)
        self.dark.set_value(theme().dark)
        for tick, name in ((self.large, "大字"), (self.dark, "深色")):
            tick.setAccessibleName(name)
            tick.edited.connect(self._apply)
            self.body.addWidget(tick)

    def _apply(self) -> None:
        theme().apply(dark=self.dark.value(), large=self.large.value())
        self._memory.save("large", self.large.draft())
        self._memory.save("dark", self.dark.draft())
