"""One party: a person or an organisation, with guardian, agent or representative where they apply."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import identity
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.records import Agent, AgentPower, Guardian, Party, PartyKind, Representative
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import LineEdit, Tick
from mediation_desktop.ui.widgets.form import Form

_PERSON = ("id_number", "sex", "nation", "occupation", "household", "has_guardian")
_ORGANISATION = ("uscc", "representative_name", "representative_title")
_GUARDIAN = ("guardian_name", "guardian_relation", "guardian_id_number", "guardian_phone")
_AGENT = ("agent_name", "agent_relation", "agent_power", "agent_id_number", "agent_phone")
_POWERS = (
    Option(AgentPower.GENERAL, "一般代理"),
    Option(AgentPower.SPECIAL, "特别授权（可承认、变更、放弃请求，可签协议）"),
)
SIDES = ("申请人", "被申请人", "甲方", "乙方", "第三人")


class IdNumberEdit(LineEdit):
    """An ID number; below it stands what it tells, or a doubt, and neither ever blocks."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.setPlaceholderText("18位")

    def value(self) -> str:
        """Return the number without blanks, in capitals."""
        return identity.clean_number(self.text())

    def note(self) -> str:
        """Return sex, birth date and age, or what does not fit."""
        number = self.value()
        fault = identity.id_number_fault(number) if number else ""
        if fault:
            return fault + "核对无误的可以照样保存。"
        born = identity.birth_date(number)
        if born is None:
            return ""
        return f"{identity.sex(number)}，{printed(born)}生，{identity.age_on(born, self._today())}岁"


class PartyForm(Form):
    """The fields of one party; what does not apply is not shown."""

    def __init__(self, codes: CodeTables, today: Callable[[], date], side: str = "") -> None:
        super().__init__(columns=4)
        self._today = today
        kinds = [Option(PartyKind.PERSON, "个人"), Option(PartyKind.ORGANISATION, "单位")]
        self.add("side", "地位", Choice(options.of_words(*SIDES)), required=True)
        self.add("kind", "个人或单位", Choice(kinds), required=True)
        self.add("name", "姓名或名称", LineEdit(), required=True)
        self.add("id_number", "身份证号", IdNumberEdit(today))
        self.add("uscc", "统一社会信用代码", LineEdit())
        self.add("phone", "联系电话", LineEdit())
        self.add("sex", "性别", Choice(options.of_words("男", "女")))
        self.add("nation", "民族", Choice(options.of_names(codes.nations)))
        self.add("occupation", "职业或职务", LineEdit())
        self.add("address", "单位或住址", LineEdit(), wide=True)
        self.add("representative_name", "法定代表人或负责人", LineEdit())
        self.add("representative_title", "职务", LineEdit())
        self.add("household", "户", Tick("代表全户"))
        self.add("has_guardian", "法定代理人", Tick("有法定代理人（未成年等）"))
        self._add_guardian(codes)
        self.add("has_agent", "委托代理人", Tick("有委托代理人"))
        self._add_agent(codes)
        self.set_values({"side": side, "kind": PartyKind.PERSON, "nation": "汉族", "agent_power": "general"})
        self.edited.connect(self._follow)
        self._follow()

    def party(self, party_id: UUID, dispute_id: UUID, position: int, old: Party | None = None) -> Party:
        """Return the party as the form says; what the form does not show is kept from ``old``."""
        values = self.values()
        number = values["id_number"]
        base = old or Party(id=party_id, dispute_id=dispute_id, position=position, side="", name="")
        person = values["kind"] != PartyKind.ORGANISATION
        return replace(
            base,
            position=position,
            side=values["side"] or "",
            kind=PartyKind.PERSON if person else PartyKind.ORGANISATION,
            name=values["name"],
            phone=values["phone"],
            address=values["address"],
            occupation=values["occupation"] if person else "",
            sex=(values["sex"] or "") if person else "",
            nation=(values["nation"] or "") if person else "",
            household=person and values["household"],
            id_number=number if person else "",
            birth_date=identity.birth_date(number) if person else None,
            id_warning_accepted=person and bool(number and identity.id_number_fault(number)),
            uscc="" if person else identity.clean_number(values["uscc"]),
            representative=None if person else self._representative(values, base.representative),
            guardian=self._guardian(values, base.guardian) if person else None,
            agents=self._agents(values, base.agents),
        )

    def show_party(self, party: Party) -> None:
        """Show a kept party."""
        values: dict[str, Any] = {name: getattr(party, name) for name in self.fields if hasattr(party, name)}
        for name, beside in (
            ("representative", party.representative),
            ("guardian", party.guardian),
            ("agent", party.agents[0] if party.agents else None),
        ):
            values |= {
                key: getattr(beside, key.removeprefix(f"{name}_"), None)
                for key in self.fields
                if key.startswith(f"{name}_")
            }
        values |= {"has_guardian": party.guardian is not None, "has_agent": bool(party.agents)}
        self.set_values(values)
        self._follow()

    def set_draft(self, draft: Any) -> None:
        """Put typed texts back and show what applies to them."""
        super().set_draft(draft)
        self._follow()

    def _add_guardian(self, codes: CodeTables) -> None:
        self.add("guardian_name", "法定代理人姓名", LineEdit())
        self.add("guardian_relation", "与当事人关系", Choice(options.of_names(codes.relations)))
        self.add("guardian_id_number", "法定代理人身份证号", IdNumberEdit(self._today))
        self.add("guardian_phone", "法定代理人电话", LineEdit())

    def _add_agent(self, codes: CodeTables) -> None:
        self.add("agent_name", "委托代理人姓名", LineEdit())
        self.add("agent_relation", "与委托人关系", Choice(options.of_names(codes.relations)))
        self.add("agent_power", "代理权限", Choice(_POWERS))
        self.add("agent_id_number", "代理人身份证号", IdNumberEdit(self._today))
        self.add("agent_phone", "代理人电话", LineEdit())

    def _follow(self) -> None:
        """Fill in what the ID number tells, and show the fields that apply."""
        values = self.values()
        person = values["kind"] != PartyKind.ORGANISATION
        number = values["id_number"]
        if person and number and not identity.id_number_fault(number):
            told: dict[str, Any] = {"sex": identity.sex(number)}
            if identity.is_minor(identity.birth_date(number), self._today()):
                told["has_guardian"] = True
            self.set_values(told)
        self.set_shown(_PERSON, shown=person)
        self.set_shown(_ORGANISATION, shown=not person)
        self.set_shown(_GUARDIAN, shown=person and self.values()["has_guardian"])
        self.set_shown(_AGENT, shown=values["has_agent"])

    def _representative(self, values: dict[str, Any], old: Representative | None) -> Representative | None:
        if not values["representative_name"]:
            return None
        base = old or Representative(name="")
        return replace(base, name=values["representative_name"], title=values["representative_title"])

    def _guardian(self, values: dict[str, Any], old: Guardian | None) -> Guardian | None:
        if not values["has_guardian"] or not values["guardian_name"]:
            return None
        return replace(
            old or Guardian(name=""),
            name=values["guardian_name"],
            relation=values["guardian_relation"] or "",
            id_number=values["guardian_id_number"],
            phone=values["guardian_phone"],
        )

    def _agents(self, values: dict[str, Any], old: tuple[Agent, ...]) -> tuple[Agent, ...]:
        if not values["has_agent"] or not values["agent_name"]:
            return ()
        first = replace(
            old[0] if old else Agent(name=""),
            name=values["agent_name"],
            relation=values["agent_relation"] or "",
            power=AgentPower(values["agent_power"] or AgentPower.GENERAL),
            id_number=values["agent_id_number"],
            phone=values["agent_phone"],
        )
        return (first, *old[1:])
