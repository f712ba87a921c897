"""委托代理人: any number of them, each with the powers that were given."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.records import Agent, AgentPower
from mediation_desktop.domain.soundness.people import may_settle
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.id_number import IdNumberEdit
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import LineEdit, Tick
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.sheet import Repeat
from mediation_desktop.ui.widgets.ticks import TickList

_POWERS = (
    Option(AgentPower.GENERAL, "一般代理"),
    Option(AgentPower.SPECIAL, "特别授权（可承认、变更、放弃请求，可签协议）"),
)
_PROOF = "授权委托书"


class PowersEdit(TickList):
    """The powers given; below them stands when they are too few for a special power."""

    special = False

    def note(self) -> str:
        """Return what a special power still needs."""
        if self.special and not any(may_settle(power) for power in self.value()):
            return "特别授权要勾上“承认、变更、放弃请求”或者“参加调解并签署文书”。"
        return ""


class AgentForm(Form):
    """The fields of one agent."""

    def __init__(self, codes: CodeTables, today: Callable[[], date]) -> None:
        super().__init__(columns=4)
        self._old = Agent(name="")
        self.add("name", "委托代理人姓名", LineEdit(), required=True)
        self.add("relation", "与委托人关系", Choice(options.of_names(codes.relations)))
        self.add("power", "代理权限", Choice(_POWERS))
        self.add("id_number", "代理人身份证号", IdNumberEdit(today))
        self.add("phone", "代理人电话", LineEdit())
        self.powers = PowersEdit(options.of_names(codes.agent_powers))
        self.add("scope", "授权事项", self.powers, wide=True)
        self.add("proof", "委托手续", Tick("已见授权委托书"))
        self.set_values({"power": AgentPower.GENERAL})
        self.edited.connect(self._follow)

    def agent(self) -> Agent:
        """Return the agent as the form says."""
        values = self.values()
        seen = values["proof"]
        return replace(
            self._old,
            name=values["name"],
            relation=values["relation"] or "",
            power=AgentPower(values["power"] or AgentPower.GENERAL),
            id_number=values["id_number"],
            phone=values["phone"],
            scope=values["scope"],
            proof=(self._old.proof or _PROOF) if seen else "",
        )

    def show_agent(self, agent: Agent) -> None:
        """Show a kept agent."""
        self._old = agent
        self.set_values({name: getattr(agent, name) for name in self.fields} | {"proof": bool(agent.proof)})
        self._follow()

    def set_draft(self, draft: Any) -> None:
        """Put typed texts back and show what applies to them."""
        super().set_draft(draft)
        self._follow()

    def _follow(self) -> None:
        special = self.values()["power"] == AgentPower.SPECIAL
        if special != self.powers.special:
            self.powers.special = special
            self.fields["scope"].show_finding(None)


class AgentsEdit(QWidget):
    """All agents of one party, as one field of the party's form; ``completed`` when the last is done."""

    edited = Signal()
    left = Signal()
    completed = Signal()

    def __init__(self, codes: CodeTables, today: Callable[[], date]) -> None:
        super().__init__()
        self.list = Repeat(lambda: AgentForm(codes, today), noun="委托代理人", more_likely=False)
        self.list.edited.connect(self.edited)
        self.list.completed.connect(self.completed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)

    @property
    def forms(self) -> list[AgentForm]:
        """The forms, one for each agent."""
        return [form for form in self.list.forms if isinstance(form, AgentForm)]

    def begin(self) -> None:
        """Have a place for at least one agent."""
        self.list.set_count(max(1, len(self.forms)))
        self.setFocusProxy(self.forms[0].fields["name"].editor)  # pyright: ignore[reportArgumentType] - an editor is a widget

    def ready(self) -> bool:
        """Show what is wrong in any of the forms; return whether all is right."""
        return self.list.ready()

    def value(self) -> tuple[Agent, ...]:
        """Return the agents that have a name."""
        return tuple(agent for form in self.forms if (agent := form.agent()).name)

    def set_value(self, value: Sequence[Agent] | None) -> None:
        """Show kept agents."""
        self.list.set_count(len(value or ()))
        for form, agent in zip(self.forms, value or (), strict=True):
            form.show_agent(agent)
        if value:
            self.begin()

    def draft(self) -> str:
        """Return every form as typed, as JSON."""
        return json.dumps(self.list.draft(), ensure_ascii=False) if self.forms else ""

    def set_draft(self, text: str) -> None:
        """Put typed texts back."""
        self.list.set_draft(json.loads(text) if text else {})
        if self.forms:
            self.begin()

    def fault(self) -> str:
        """Return an empty text: each form says what is wrong in it."""
        return ""

    def note(self) -> str:
        """Return an empty text."""
        return ""
