"""One party: a person or an organisation, with guardian, agents or representative where they apply."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from mediation_desktop.domain import identity, people
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.people import Match, Sought
from mediation_desktop.domain.records import Capacity, Guardian, Party, PartyKind, Person, Representative
from mediation_desktop.services.people import Taken, likely, suggestions, take
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.agents import AgentsEdit
from mediation_desktop.ui.casework.id_number import IdNumberEdit
from mediation_desktop.ui.casework.known import Ask, KnownEdit, told
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import LineEdit, Tick
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.search import PAUSE_MS
from mediation_desktop.ui.widgets.suggest import Answer, Suggester, Suggestion

_PERSON = ("id_number", "sex", "nation", "occupation", "household", "has_guardian")
_ORGANISATION = ("uscc", "representative_name", "representative_title")
_GUARDIAN = (
    *("guardian_name", "guardian_relation", "guardian_id_number", "guardian_phone"),
    *("guardian_proof", "guardian_other_parent"),
)
SIDES = ("申请人", "被申请人", "甲方", "乙方", "第三人")
CAPACITIES = (
    Option(Capacity.FULL, "完全民事行为能力"),
    Option(Capacity.LIMITED, "限制民事行为能力"),
    Option(Capacity.NONE, "无民事行为能力"),
)
_LEAST_NAME = 2


class PartyForm(Form):
    """The fields of one party; what does not apply is not shown.

    With ``ask`` the register of people is looked into while a name or ID number is typed.
    ``dispute_wanted(id)`` is emitted when another dispute of the party is to be opened.
    """

    dispute_wanted = Signal(object)

    def __init__(
        self,
        codes: CodeTables,
        today: Callable[[], date],
        *,
        ask: Ask | None = None,
        dispute_id: UUID | None = None,
        village: str = "",
    ) -> None:
        super().__init__(columns=4)
        self._today = today
        self._ask = ask
        self._dispute_id = dispute_id
        self._village = village
        self._taken: Person | None = None
        self._filled = False
        self._sought = self._other = Sought()
        self.known = KnownEdit()
        self.agents = AgentsEdit(codes, today)
        self._add_fields(codes)
        self.set_values({"kind": PartyKind.PERSON, "nation": "汉族"})
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look_up)
        self.edited.connect(self._follow)
        self.edited.connect(self._pause.start)
        self._connect()
        self._follow()

    def party(self, party_id: UUID, dispute_id: UUID, position: int, old: Party | None = None) -> Party:
        """Return the party as the form says; what the form does not show is kept from ``old``."""
        values = self.values()
        number = values["id_number"]
        base = old or Party(id=party_id, dispute_id=dispute_id, position=position, side="", name="")
        person = values["kind"] != PartyKind.ORGANISATION
        known = self._taken.birth_date if self._taken else base.birth_date
        return replace(
            base,
            position=position,
            person_id=values["person_id"],
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
            birth_date=(identity.birth_date(number) if number else known) if person else None,
            id_warning_accepted=person and bool(number and identity.id_number_fault(number)),
            uscc="" if person else identity.clean_number(values["uscc"]),
            representative=None if person else self._representative(values, base.representative),
            capacity=self._capacity(values) if person else Capacity.FULL,
            guardian=self._guardian(values, base.guardian) if person else None,
            agents=values["agents"] if values["has_agent"] else (),
        )

    def show_party(self, party: Party) -> None:
        """Show a kept party."""
        self._show(party)
        self.set_values({"agents": party.agents, "has_agent": bool(party.agents)})
        self._follow()
        self._read_known()

    def set_draft(self, draft: Any) -> None:
        """Put typed texts back and show what applies to them."""
        self._taken = None
        super().set_draft(draft)
        self._follow()
        self._read_known()

    def ready(self) -> bool:
        """Show what is wrong, in the agents too."""
        agents = not self.values()["has_agent"] or self.agents.ready()
        return super().ready() and agents

    def take(self, person_id: UUID) -> None:
        """Fill everything in from the register."""
        self._read(person_id, self._fill)

    # Inside: fields.

    def _add_fields(self, codes: CodeTables) -> None:
        kinds = [Option(PartyKind.PERSON, "个人"), Option(PartyKind.ORGANISATION, "单位")]
        self.add("side", "地位", Choice(options.of_words(*SIDES)), required=True)
        self.add("kind", "个人或单位", Choice(kinds), required=True)
        self.add("name", "姓名或名称", LineEdit(), required=True)
        self.add("id_number", "身份证号", IdNumberEdit(self._today))
        self.add("uscc", "统一社会信用代码", LineEdit())
        self.add("person_id", "人员库", self.known, wide=True)
        self.add("phone", "联系电话", LineEdit())
        self.add("sex", "性别", Choice(options.of_words("男", "女")))
        self.add("nation", "民族", Choice(options.of_names(codes.nations)))
        self.add("occupation", "职业或职务", LineEdit())
        self.add("address", "单位或住址", LineEdit(), wide=True)
        self.add("representative_name", "法定代表人或负责人", LineEdit())
        self.add("representative_title", "职务", LineEdit())
        self.add("household", "户", Tick("代表全户"))
        self.add("has_guardian", "法定代理人", Tick("未成年或行为能力不完全，有法定代理人"))
        self._add_guardian(codes)
        self.add("has_agent", "委托代理人", Tick("有委托代理人"))
        self.add("agents", "委托代理人名单", self.agents, wide=True)

    def _add_guardian(self, codes: CodeTables) -> None:
        self.add("capacity", "民事行为能力", Choice(CAPACITIES))
        self.add("guardian_name", "法定代理人姓名", LineEdit())
        self.add("guardian_relation", "与当事人关系", Choice(options.of_names(codes.relations)))
        self.add("guardian_id_number", "法定代理人身份证号", IdNumberEdit(self._today))
        self.add("guardian_phone", "法定代理人电话", LineEdit())
        self.add("guardian_proof", "监护关系证明（如户口簿、出生证）", LineEdit())
        self.add("guardian_other_parent", "另一监护人的姓名和意见", LineEdit())

    def _connect(self) -> None:
        self.agents.completed.connect(lambda: self._move_on(self.agents))
        self.known.turned.connect(self._show_known)
        self.known.chosen.connect(self.take)
        self.known.decided.connect(self._decide)
        self.known.dispute_wanted.connect(self.dispute_wanted)
        for key in ("name", "id_number"):
            edit: Any = self.fields[key].editor
            suggester = Suggester(edit, self._suggest)
            suggester.chosen.connect(self.take)
            suggester.passed.connect(lambda edit=edit: self._move_on(edit))
        self._show_known()

    def _follow(self) -> None:
        """Fill in what the ID number tells, and show the fields that apply."""
        values = self.values()
        person = values["kind"] != PartyKind.ORGANISATION
        number = values["id_number"]
        minor = identity.is_minor(identity.birth_date(number), self._today()) if number else False
        if person and number and not identity.id_number_fault(number):
            told: dict[str, Any] = {"sex": identity.sex(number)}
            if minor:
                told["has_guardian"] = True
            self.set_values(told)
        guarded = person and self.values()["has_guardian"]
        self.set_shown(_PERSON, shown=person)
        self.set_shown(_ORGANISATION, shown=not person)
        self.set_shown(_GUARDIAN, shown=guarded)
        self.set_shown(("capacity",), shown=guarded and not minor)
        if values["has_agent"] and not self.agents.forms:
            self.agents.begin()
        self.set_shown(("agents",), shown=values["has_agent"])
        if self._taken and (self.known.value() is None or self._is_another(self._taken)):
            self._taken = None
            self.known.set_value(None)

    def _is_another(self, person: Person) -> bool:
        """Tell whether somebody else was typed over the one taken from the register."""
        sought = self._seeking()
        return not people.is_called(person, sought.name) and sought.number != people.number_of(person)

    def _show(self, party: Party, *, over: bool = True) -> None:
        """Show a party; without ``over`` what was typed stays where the party says nothing."""
        values: dict[str, Any] = {name: getattr(party, name) for name in self.fields if hasattr(party, name)}
        for name, beside in (("representative", party.representative), ("guardian", party.guardian)):
            values |= {
                key: getattr(beside, key.removeprefix(f"{name}_"), None)
                for key in self.fields
                if key.startswith(f"{name}_")
            }
        values["has_guardian"] = party.guardian is not None or party.capacity is not Capacity.FULL
        del values["agents"]
        self.set_values({key: value for key, value in values.items() if over or value})

    def _capacity(self, values: dict[str, Any]) -> Capacity:
        apply = values["has_guardian"] and "capacity" in self._shown()
        return Capacity(values["capacity"] or Capacity.FULL) if apply else Capacity.FULL

    def _representative(self, values: dict[str, Any], old: Representative | None) -> Representative | None:
        if not values["representative_name"]:
            return None
        base = old or Representative(name="")
        return replace(base, name=values["representative_name"], title=values["representative_title"])

    def _guardian(self, values: dict[str, Any], old: Guardian | None) -> Guardian | None:
        if not values["has_guardian"] or not values["guardian_name"]:
            return None
        said = {name: values[name] or "" for name in _GUARDIAN}
        named = {name.removeprefix("guardian_"): word for name, word in said.items()}
        return replace(old or Guardian(name=""), **named)

    # Inside: the register of people.

    def _seeking(self) -> Sought:
        values = self.values()
        organisation = values["kind"] == PartyKind.ORGANISATION
        number = identity.clean_number(values["uscc"]) if organisation else values["id_number"]
        village = people.place_of(values["address"]).village or self._village
        return Sought(values["name"], number, village)

    def _suggest(self, text: str, answer: Answer) -> None:
        if self._ask and self.known.value() is None:
            self._ask(
                self,
                lambda desk: suggestions(desk, text),
                lambda found: answer([Suggestion(line.id, told(line)) for line in found]),
            )

    def _look_up(self) -> None:
        """Ask who this may be, once typing pauses."""
        sought = self._seeking()
        if self._ask is None or self.known.value() or sought in (self._sought, self._other):
            return
        self._sought = sought
        if len(sought.name) < _LEAST_NAME and not sought.number:
            self.known.show_matches(())
            return
        self._ask(self, lambda desk: likely(desk, sought), lambda found: self._offer(sought, found))

    def _offer(self, sought: Sought, found: Sequence[Match]) -> None:
        if sought == self._seeking() and self.known.value() is None:
            self.known.show_matches(found)

    def _decide(self) -> None:
        """Remember that it is another person, and go on."""
        self._other = self._seeking()
        self._move_on(self.known)

    def _read(self, person_id: UUID, answer: Callable[[Taken], None]) -> None:
        if self._ask:
            but = self._dispute_id
            self._ask(
                self, lambda desk: take(desk, person_id, but=but), lambda taken: taken and answer(taken)
            )

    def _read_known(self) -> None:
        if person_id := self.known.value():
            self._read(person_id, self._show_taken)
        elif self.values()["name"]:
            self._pause.start()

    def _fill(self, taken: Taken) -> None:
        """Show everything the register knows; side and agents belong to this dispute."""
        blank = Party(id=taken.person.id, dispute_id=taken.person.id, position=0, side="", name="")
        party = replace(blank, **people.as_party(taken.person), side=self.values()["side"] or "")
        self._show(replace(party, household=taken.household), over=self._filled)
        self._filled = True
        self._show_taken(taken)
        self._follow()
        self.edited.emit()

    def _show_taken(self, taken: Taken) -> None:
        self._taken = taken.person
        self.known.show_taken(taken)

    def _show_known(self) -> None:
        self.set_shown(("person_id",), shown=self.known.says_something)


def party_forms(forms: Sequence[QWidget]) -> list[PartyForm]:
    """Return the parties' forms among others."""
    return [form for form in forms if isinstance(form, PartyForm)]
