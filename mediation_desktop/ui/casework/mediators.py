"""调解员: who mediates, who chose each, and why one near a party stays all the same."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from mediation_desktop.domain.conflict import Conflict
from mediation_desktop.domain.records import Mediator
from mediation_desktop.services.mediators import kept_reasons, name_mediators
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.widgets.choice import Option
from mediation_desktop.ui.widgets.editors import LineEdit, Tick
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.ticks import TickList


class MediatorForm(Form):
    """One mediator: does he or she mediate, chosen by whom, and what speaks against it.

    ``against`` is told whether the mediator is named or not; why one stays all the same has to be said
    where it is certain.
    """

    def __init__(self, mediator: Mediator, against: Sequence[Conflict], parties: Sequence[Option]) -> None:
        super().__init__(columns=3)
        self.mediator = mediator
        self.against = against
        words = "；".join(one.reason for one in against)
        certain = any(one.certain for one in against)
        self.add("mediates", mediator.name, Tick("调解本纠纷"), hint=_doubt(mediator, words))
        self.add("chosen_by", f"由谁选定{mediator.name}（都不勾是调委会指定）", TickList(parties), rest=True)
        self.add("reason", f"仍由{mediator.name}调解的理由", LineEdit(), required=certain, wide=True)
        self.edited.connect(self._follow)
        self._follow()

    def set_draft(self, draft: Mapping[str, str]) -> None:
        """Put typed texts back and show what applies to them."""
        super().set_draft(draft)
        self._follow()

    def follow(self) -> None:
        """Show what applies to what was put in."""
        self._follow()

    def _follow(self) -> None:
        mediates = self.values()["mediates"]
        self.set_shown(("chosen_by",), shown=mediates)
        self.set_shown(("reason",), shown=mediates and bool(self.against))


def _doubt(mediator: Mediator, against: str) -> str:
    if against:
        return f"请核对：{against}。"
    if mediator.person_id is None:
        return "还没有对上人员库里的本人，亲属和旧案查不出来；可在“人员”中本人的页面上对上。"
    return ""


class MediatorsPanel(Panel):
    """Who mediates (人民调解法 第19条): appointed by the committee or chosen by parties, one or several."""

    key: ClassVar[str] = "mediators"
    heading: ClassVar[str] = "调解员"
    explains: ClassVar[str] = (
        "调解员由调委会指定，也可以由当事人选择，可以是一名或者几名。"
        "与当事人有关系的，请换人；各方同意仍由其调解的，写明理由。"
    )

    def build(self) -> None:
        """Show every mediator in office, and who is named already."""
        dossier = self.dossier
        here = {mediator.id: mediator for mediator in (*self.host.office.mediators, *dossier.mediators)}
        chosen = {one.mediator_id: one.party_ids for one in dossier.dispute.mediator_choices}
        reasons = kept_reasons(dossier.overrides)
        parties = options.of_parties(dossier.parties)
        self.forms: list[MediatorForm] = []
        for mediator in here.values():
            against = [one for one in self.host.conflicts if one.mediator_id == mediator.id]
            form = MediatorForm(mediator, against, parties)
            form.set_values(
                {
                    "mediates": mediator.id in dossier.dispute.mediator_ids,
                    "chosen_by": [str(one) for one in chosen.get(mediator.id, ())],
                    "reason": reasons.get(mediator.id, ""),
                }
            )
            form.follow()
            self.forms.append(form)
            self.sheet.add(str(mediator.id), form)
        self.main_button("保存调解员", self.save)
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep who mediates."""
        if not self.sheet.ready():
            return
        named = [(form.mediator.id, form.values(), form.against) for form in self.forms]
        ids = {str(party.id): party.id for party in self.dossier.parties}
        choices = {
            one: [ids[text] for text in values["chosen_by"]]
            for one, values, _against in named
            if values["mediates"]
        }
        reasons = {one: values["reason"] for one, values, against in named if values["mediates"] and against}
        dispute_id = self.dossier.dispute.id
        self.host.finish(lambda: name_mediators(self.desk, dispute_id, choices, reasons), "已保存调解员。")
