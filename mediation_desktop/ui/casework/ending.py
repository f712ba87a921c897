"""Panels of the end: visits, the closing report, and what a court said of the agreement."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import closing, records
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.papers import Pack
from mediation_desktop.domain.performance import parts_of
from mediation_desktop.services import performance, queries
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.panel import Panel, paper_offer
from mediation_desktop.ui.casework.words import confirmation_told
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, TextEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.ticks import TickList


class VisitPanel(Panel):
    """回访 (form J): who was visited, does it hold, is everybody content, and when to look again.

    The argument is the id of a visit to be mended, or nothing for a new one.
    """

    key: ClassVar[str] = "visit"
    heading: ClassVar[str] = "回访"
    explains: ClassVar[str] = "看协议有没有履行、双方是否满意、会不会反复；没有达成协议的，看后来怎么解决的。"

    def build(self) -> None:
        """Ask what was found."""
        kept = {str(visit.id): visit for visit in self.dossier.followups}
        self.old = kept.get(str(self.argument))
        codes = self.desk.codes
        self.form = Form(columns=3)
        self.form.add("on", "回访日期", DateEdit(self.today), required=True)
        self.form.add("party", "回访了谁", Choice(options.of_parties(self.dossier.parties)))
        self.form.add("how", "方式", Choice(options.of_names(codes.visit_ways)), required=True)
        self.form.add("by", "回访人", LineEdit(), required=True)
        self.form.add("performance", "履行情况", Choice(options.of_names(codes.performance_states)))
        self.form.add("satisfaction", "是否满意", Choice(options.of_names(codes.satisfaction)))
        self.form.add("relapse", "会不会反复", Choice(options.of_names(codes.relapse_risks)))
        self.form.add("next_on", "下次回访日期（不用再访就空着）", DateEdit(self.today), rest=True)
        self.form.add("result", "回访情况", TextEdit(lines=3), required=True, wide=True)
        self.form.set_values(self._values())
        self.sheet.add("visit", self.form)
        self.main_button("保存回访", self.save, icon="people")
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the visit."""
        if not self.sheet.ready():
            return
        values = self.form.values()
        party = values.pop("party")
        words = {name: values.pop(name) or "" for name in ("how", "performance", "satisfaction", "relapse")}
        base = self.old or records.FollowUp(
            id=self.desk.new_id(), dispute_id=self.dossier.dispute.id, on=values["on"]
        )
        visit = replace(base, party_id=UUID(party) if party else None, **words, **values)
        self.host.finish(
            lambda: performance.record_visit(self.desk, visit),
            "已保存回访。",
            offer=paper_offer(self.host, "followup", visit.id),
        )

    def _values(self) -> dict[str, Any]:
        if self.old:
            values = {name: getattr(self.old, name) for name in self.form.fields if name != "party"}
            return values | {"party": str(self.old.party_id) if self.old.party_id else None}
        return {"on": self.today(), "by": self.desk.actor, "performance": self._performance()}

    def _performance(self) -> str | None:
        """Return the word that the records point to."""
        told = parts_of(self.dossier)
        if not told:
            return None
        done = sum(part.done for part in told)
        begun = done or any(part.paid_fen for part in told)
        code = "performed" if done == len(told) else "partly" if begun else "performing"
        known = {entry.code: entry.name for entry in self.desk.codes.performance_states.entries}
        return known.get(code)


class ClosingPanel(Panel):
    """结案: the report and the step; what the dossier lacks is said before."""

    key: ClassVar[str] = "closing"
    heading: ClassVar[str] = "结案"

    def build(self) -> None:
        """Say what is missing and ask for the report, made of the records."""
        missing = closing.warnings(self.dossier)
        if missing:
            told = "\n".join(f"· {each}" for each in missing)
            self.sheet.say(f"结案前请看一下，补得上的先补（不补也能结案）：\n{told}")
        table = self.desk.codes.closing_results
        known = {entry.code: entry.name for entry in table.entries}
        self.form = Form(columns=3)
        self.form.add("on", "结案日期", DateEdit(self.today), required=True)
        self.form.add("by", "承办人", LineEdit(), required=True)
        self.form.add("result", "结果", Choice(options.of_names(table)), required=True)
        self.form.add("summary", "结案报告", TextEdit(lines=6), required=True, wide=True)
        mediators = "、".join(mediator.name for mediator in self.dossier.mediators)
        self.form.set_values(
            {
                "on": self.today(),
                "by": mediators or self.desk.actor,
                "result": known.get(closing.result_code(self.dossier)),
                "summary": closing.summary(self.dossier),
            }
        )
        self.sheet.add("closing", self.form)
        self.main_button("结案", self.save, icon="done")
        self.other_button("补记回访", lambda: self.host.open_panel("visit"))
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the report and close the dispute."""
        if not self.sheet.ready():
            return
        report = records.Closing(
            id=self.desk.new_id(), dispute_id=self.dossier.dispute.id, **self.form.values()
        )
        self.host.finish(
            lambda: performance.close_dispute(self.desk, report),
            "已结案。",
            offer=("打印封面、目录和封底", lambda: self.host.open_panel("pack", Pack.FILING.value)),
        )


class ConfirmationPanel(Panel):
    """司法确认: who asks which court with what, and its answer (人民调解法 第33条)."""

    key: ClassVar[str] = "confirmation"
    heading: ClassVar[str] = "司法确认"
    explains: ClassVar[str] = "须由双方共同申请，一方想确认不算申请；材料齐了再去法院。"

    def build(self) -> None:
        """Show the newest application, or begin one."""
        made = self.dossier.confirmations
        self.old = made[-1] if made else None
        window = queries.confirmation_of(self.desk, self.dossier)
        if window:
            self.sheet.say(confirmation_told(window, self.today()))
        self._build_application()
        self._build_answer()
        self.main_button("保存", self.save, icon="organisation")
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the application and the answer; with an answer the dispute moves on."""
        if not self.sheet.ready():
            return
        asked, answer = self.application.values(), self.answer.values()
        ids = {words: one for one, words in _applicants(self.dossier).items()}
        reasons = "；".join(answer["reasons"])
        base = self.old or records.Confirmation(
            id=self.desk.new_id(), dispute_id=self.dossier.dispute.id, court=""
        )
        note = asked["note"]
        if reasons and reasons not in note:
            note = "\n".join(part for part in (note, f"原因：{reasons}") if part)
        confirmation = replace(
            base,
            court=asked["court"],
            applicant_ids=tuple(ids[name] for name in asked["applicants"] if name in ids),
            applied_on=asked["applied_on"],
            materials=asked["materials"],
            note=note,
            result=answer["result"] or "",
            ruling_number=answer["ruling_number"],
            ruled_on=answer["ruled_on"],
        )
        reason = reasons or note
        done = f"已登记：{confirmation.result}。" if confirmation.result else "已保存司法确认。"
        self.host.finish(lambda: performance.save_confirmation(self.desk, confirmation, reason), done)

    def _build_application(self) -> None:
        old = self.old
        names = _applicants(self.dossier)
        materials = [entry.name for entry in self.desk.codes.confirmation_materials.entries]
        self.application = Form(columns=3)
        self.application.add("court", "法院", LineEdit(), required=True)
        self.application.add("applied_on", "申请日期", DateEdit(self.today))
        self.application.add(
            "applicants", "共同申请人", TickList(options.of_words(*names.values())), wide=True
        )
        self.application.add("materials", "已备齐的材料", TickList(options.of_words(*materials)), wide=True)
        self.application.add("note", "备注", TextEdit(lines=1), wide=True)
        if old:
            self.application.set_values(
                {
                    "court": old.court,
                    "applied_on": old.applied_on,
                    "applicants": [names[one] for one in old.applicant_ids if one in names],
                    "materials": old.materials,
                    "note": old.note,
                }
            )
        self.sheet.add("application", self.application, "共同申请")

    def _build_answer(self) -> None:
        codes = self.desk.codes
        self.answer = Form(columns=3)
        field = self.answer.add("result", "法院结果", Choice(options.of_names(codes.confirmation_results)))
        self.answer.add("ruling_number", "案号，如（2026）浙0825民特12号", LineEdit())
        self.answer.add("ruled_on", "裁定日期", DateEdit(self.today))
        self.reasons = TickList(options.of_words(*self._reasons(self.old.result if self.old else "")))
        self.answer.add("reasons", "没有确认的原因", self.reasons, wide=True)
        if self.old:
            values: dict[str, str | date | None] = {
                name: getattr(self.old, name) for name in ("result", "ruling_number", "ruled_on")
            }
            self.answer.set_values(values)
        self.sheet.add("answer", self.answer, "法院的答复")
        field.editor.edited.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """Ask for reasons only where the court did not confirm, and only for those of that answer."""
        result = self.answer.values()["result"] or ""
        wanted = self._reasons(result)
        self.answer.set_shown(("reasons",), shown=bool(wanted))
        if wanted:
            self.reasons.set_options(options.of_words(*wanted))

    def _reasons(self, result: str) -> list[str]:
        codes = self.desk.codes
        entry = next((one for one in codes.confirmation_results.entries if one.name == result), None)
        if entry is None or entry.step == "confirm":
            return []
        return [one.name for one in codes.confirmation_reasons.entries if one.result in {"", entry.code}]


def _applicants(dossier: Dossier) -> dict[UUID, str]:
    """Return what each party is called where several are ticked."""
    return {party.id: f"{party.side}{party.name}" for party in dossier.parties}
