"""One entry of the register: a person, an organisation or a household."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from mediation_desktop.domain import identity
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.records import Capacity, Guardian, Person, PersonKind, Representative
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.id_number import IdNumberEdit
from mediation_desktop.ui.casework.party_form import CAPACITIES
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import LineEdit, TextEdit, Tick
from mediation_desktop.ui.widgets.form import Form

KIND_WORDS = {PersonKind.PERSON: "个人", PersonKind.ORGANISATION: "单位", PersonKind.HOUSEHOLD: "户"}
_PERSON = ("id_number", "other_names", "sex", "nation", "occupation", "has_guardian")
_ORGANISATION = ("uscc", "representative_name", "representative_title")
_GUARDIAN = (
    *("guardian_name", "guardian_relation", "guardian_id_number", "guardian_phone"),
    *("guardian_proof", "guardian_other_parent"),
)
_PLAIN = ("name", "phone", "village", "address", "note", "sex", "nation", "occupation")


class PersonForm(Form):
    """The fields of one entry; what does not apply to its kind is not shown."""

    def __init__(self, codes: CodeTables, today: Callable[[], date]) -> None:
        super().__init__(columns=3)
        self._today = today
        kinds = [Option(kind, word) for kind, word in KIND_WORDS.items()]
        self.add("kind", "个人、单位或户", Choice(kinds), required=True)
        self.add("name", "姓名或名称", LineEdit(), required=True)
        self.add("id_number", "身份证号", IdNumberEdit(today))
        self.add("uscc", "统一社会信用代码", LineEdit())
        self.add("phone", "联系电话", LineEdit())
        self.add("village", "村（社区）", LineEdit())
        self.add("other_names", "曾用名、小名（用顿号隔开）", LineEdit())
        self.add("address", "单位或住址", LineEdit(), wide=True)
        self.add("sex", "性别", Choice(options.of_words("男", "女")))
        self.add("nation", "民族", Choice(options.of_names(codes.nations)))
        self.add("occupation", "职业或职务", LineEdit())
        self.add("representative_name", "法定代表人或负责人", LineEdit())
        self.add("representative_title", "职务", LineEdit())
        self.add("has_guardian", "法定代理人", Tick("未成年或行为能力不完全，有法定代理人"))
        self.add("capacity", "民事行为能力", Choice(CAPACITIES))
        self.add("guardian_name", "法定代理人姓名", LineEdit())
        self.add("guardian_relation", "与本人关系", Choice(options.of_names(codes.relations)))
        self.add("guardian_id_number", "法定代理人身份证号", IdNumberEdit(today))
        self.add("guardian_phone", "法定代理人电话", LineEdit())
        self.add("guardian_proof", "监护关系证明", LineEdit())
        self.add("guardian_other_parent", "另一监护人的姓名和意见", LineEdit())
        self.add("note", "备注", TextEdit(lines=2), wide=True)
        self.edited.connect(self._follow)
        self._follow()

    def person(self, base: Person) -> Person:
        """Return ``base`` with what the form says."""
        values = self.values()
        kind = PersonKind(values["kind"] or base.kind)
        human, number = kind is PersonKind.PERSON, values["id_number"]
        names = [name for name in re.split(r"[、，,\s]+", values["other_names"]) if name]
        return replace(
            base,
            **{name: values[name] or "" for name in _PLAIN},
            kind=kind,
            other_names=tuple(names) if human else (),
            id_number=number if human else "",
            id_warning_accepted=human and bool(number and identity.id_number_fault(number)),
            birth_date=(identity.birth_date(number) if number else base.birth_date) if human else None,
            uscc=identity.clean_number(values["uscc"]) if kind is PersonKind.ORGANISATION else "",
            representative=self._representative(kind, values, base.representative),
            capacity=self._capacity(values) if human else Capacity.FULL,
            guardian=self._guardian(values, base.guardian) if human else None,
        )

    def show_person(self, person: Person) -> None:
        """Show a kept entry."""
        values: dict[str, Any] = {name: getattr(person, name, None) for name in self.fields}
        values["other_names"] = "、".join(person.other_names)
        for name, beside in (("representative", person.representative), ("guardian", person.guardian)):
            values |= {
                key: getattr(beside, key.removeprefix(f"{name}_"), None)
                for key in self.fields
                if key.startswith(f"{name}_")
            }
        values["has_guardian"] = person.guardian is not None or person.capacity is not Capacity.FULL
        self.set_values(values)
        self._follow()

    def set_draft(self, draft: Mapping[str, str]) -> None:
        """Put typed texts back and show what applies to them."""
        super().set_draft(draft)
        self._follow()

    def _follow(self) -> None:
        values = self.values()
        kind, number = values["kind"] or PersonKind.PERSON, values["id_number"]
        human = kind == PersonKind.PERSON
        if human and number and not identity.id_number_fault(number):
            self.set_values({"sex": identity.sex(number)})
        guarded = human and values["has_guardian"]
        self.set_shown(_PERSON, shown=human)
        self.set_shown(_ORGANISATION, shown=kind == PersonKind.ORGANISATION)
        self.set_shown((*_GUARDIAN, "capacity"), shown=guarded)

    def _representative(
        self, kind: PersonKind, values: dict[str, Any], old: Representative | None
    ) -> Representative | None:
        if kind is PersonKind.HOUSEHOLD:
            return old  # its head, who is chosen among the members
        if kind is PersonKind.PERSON or not values["representative_name"]:
            return None
        base = old or Representative(name="")
        return replace(base, name=values["representative_name"], title=values["representative_title"])

    def _capacity(self, values: dict[str, Any]) -> Capacity:
        return Capacity(values["capacity"] or Capacity.FULL) if values["has_guardian"] else Capacity.FULL

    def _guardian(self, values: dict[str, Any], old: Guardian | None) -> Guardian | None:
        if not values["has_guardian"] or not values["guardian_name"]:
            return None
        said = {name.removeprefix("guardian_"): values[name] or "" for name in _GUARDIAN}
        return replace(old or Guardian(name=""), **said)
