"""Panels of finding out: 调查记录 with questions and answers, and the list of 证据材料."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtWidgets import QVBoxLayout

from mediation_desktop.domain import records
from mediation_desktop.services import inquiries
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.attachments import AttachmentStrip
from mediation_desktop.ui.casework.panel import Panel, lines_of
from mediation_desktop.ui.casework.reason import ReasonRow
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, NumberEdit, TextEdit, TimeEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.rows import RowButton
from mediation_desktop.ui.widgets.sheet import Repeat

_SOMEBODY_ELSE = Option("somebody-else", "其他人")
_MEDIATOR = Option("mediator", "调解员收集")
_ORIGINAL, _COPY = "原件", "复印件（拍照）"
_PHOTO = "photo"
_MOST_PAGES = 9999
_REMOVED = "已移除，“谁改过什么”里仍可查到。"


class InvestigationPanel(Panel):
    """调查记录: who was asked what; or a handwritten record with its sheets and a photo."""

    key: ClassVar[str] = "investigation"
    heading: ClassVar[str] = "调查记录"
    explains: ClassVar[str] = "时间写实际调查的时候。已有手写记录的，填张数、附上照片就行，不用重抄。"

    def build(self) -> None:
        """Ask for when, where, who, and what was said."""
        self.kept = next(
            (one for one in self.dossier.investigations if str(one.id) == str(self.argument)), None
        )
        self._add_frame()
        self.questions = Repeat(self._question_form, noun="问答", least=1, compact=True)
        kept = self.kept.questions if self.kept else ()
        self.questions.set_values([{"question": one.question, "answer": one.answer} for one in kept])
        self.sheet.add("questions", self.questions, "一问一答")
        self.files = self.strip = AttachmentStrip(self.host, self.kept.id if self.kept else None)
        self.sheet.add("attachments", self.strip, "手写记录的照片和其他附件")
        self.main_button("保存调查记录", self.save)
        self.other_button("先不办", self.host.close_panel)
        if self.kept:
            self.other_button("移除这份记录", self._ask_why, icon="delete")
        self.reason = ReasonRow(self)
        self._column.addWidget(self.reason)
        self.frame.edited.connect(self._follow)
        self._follow()

    def save(self) -> None:
        """Keep the record."""
        if not self.sheet.ready():
            return
        made, stored = self._made(), self.strip.collected
        self.host.finish(lambda: inquiries.save_investigation(self.desk, made, stored), "已保存调查记录。")

    def _made(self) -> records.Investigation:
        values = self.frame.values()
        named = {str(party.id): party for party in self.dossier.parties}
        party = named.get(values["party"] or "")
        rows = [form.values() for form in self.questions.forms]
        base = self.kept or records.Investigation(
            id=self.desk.new_id(), dispute_id=self.dossier.dispute.id, at=self.now_minute(), asked=""
        )
        return replace(
            base,
            at=datetime.combine(values["day"], values["time"]),
            place=values["place"],
            asked=party.name if party else values["asked"],
            party_id=party.id if party else None,
            present=lines_of(values["present"].replace("、", "\n")),
            investigator=values["investigator"],
            recorder=values["recorder"],
            sheets=values["sheets"],
            questions=tuple(records.Question(**row) for row in rows if row["question"] or row["answer"]),
        )

    def _add_frame(self) -> None:
        people = [*options.of_parties(self.dossier.parties), _SOMEBODY_ELSE]
        self.frame = Form(columns=3)
        self.frame.add("day", "日期", DateEdit(self.today), required=True)
        self.frame.add("time", "时间", TimeEdit(), required=True)
        self.frame.add("place", "地点", LineEdit(), required=True)
        self.frame.add("party", "被调查人", Choice(people), required=True)
        self.frame.add("asked", "被调查人姓名", LineEdit(), required=True)
        self.frame.add("present", "在场参加人（用顿号隔开）", LineEdit())
        self.frame.add("investigator", "调查人", LineEdit(), required=True)
        self.frame.add("recorder", "记录人", LineEdit())
        self.frame.add("sheets", "手写记录共几张", NumberEdit(least=1, most=_MOST_PAGES))
        self.frame.set_values(self._shown())
        self.sheet.add("frame", self.frame)

    def _shown(self) -> dict[str, object]:
        kept = self.kept
        if kept is None:
            now = self.now_minute()
            return {
                "day": now.date(),
                "time": now.time(),
                "place": self.dossier.dispute.place,
                "investigator": self.desk.actor,
                "recorder": self.dossier.dispute.recorder,
            }
        return {
            "day": kept.at.date(),
            "time": kept.at.time(),
            "place": kept.place,
            "party": str(kept.party_id) if kept.party_id else _SOMEBODY_ELSE.code,
            "asked": kept.asked,
            "present": "、".join(kept.present),
            "investigator": kept.investigator,
            "recorder": kept.recorder,
            "sheets": kept.sheets,
        }

    def _follow(self) -> None:
        """Ask for a name only where it is none of the parties."""
        other = self.frame.values()["party"] == _SOMEBODY_ELSE.code
        self.frame.set_shown(("asked",), shown=other)

    def _question_form(self) -> Form:
        form = Form(columns=2)
        form.add("question", "问", TextEdit(lines=1))
        form.add("answer", "答", TextEdit(lines=2))
        return form

    def _ask_why(self) -> None:
        kept = self.kept
        if kept:
            self.reason.ask(
                "这份调查记录",
                lambda reason: self.host.finish(
                    lambda: inquiries.remove_investigation(self.desk, kept, reason),
                    _REMOVED,
                ),
            )


class EvidencePanel(Panel):
    """证据材料: the list, and one item of it to add or mend; the argument is an item's id."""

    key: ClassVar[str] = "evidence"
    heading: ClassVar[str] = "证据材料"
    explains: ClassVar[str] = "照片可以直接拖到这一页上。原件留在纸质卷宗里，这里存照片就行。"

    def build(self) -> None:
        """Ask for one item, and show the list."""
        self.kept = next((one for one in self.dossier.evidence if str(one.id) == str(self.argument)), None)
        self._add_form()
        self.files = self.strip = AttachmentStrip(self.host, self.kept.id if self.kept else None)
        self.strip.edited.connect(self._follow_files)
        self.sheet.add("attachments", self.strip, "照片、录音和文件")
        self.main_button("保存证据", self.save)
        self.other_button("先不办", self.host.close_panel)
        if self.kept:
            self.other_button("登记另一件", lambda: self.host.open_panel("evidence"), icon="add")
            self.other_button("移除这件证据", self._ask_why, icon="delete")
        self.reason = ReasonRow(self)
        self._column.addWidget(self.reason)
        self._add_list()

    def save(self) -> None:
        """Keep the item."""
        if not self.sheet.ready():
            return
        values, stored = self.form.values(), self.strip.collected
        provider = values["provider"]
        base = self.kept or records.Evidence(
            id=self.desk.new_id(), dispute_id=self.dossier.dispute.id, kind="", name=""
        )
        made = replace(
            base,
            kind=values["kind"],
            name=values["name"],
            party_id=UUID(provider) if provider and provider != _MEDIATOR.code else None,
            original=None if not values["original"] else values["original"] == _ORIGINAL,
            pages=values["pages"],
            note=values["note"],
        )
        self.host.finish(lambda: inquiries.save_evidence(self.desk, made, stored), "已保存证据。")

    def _add_form(self) -> None:
        self.form = Form(columns=3)
        kinds = options.of_table(self.desk.codes.evidence_kinds)
        providers = [*options.of_parties(self.dossier.parties), _MEDIATOR]
        self.form.add("kind", "种类", Choice(kinds), required=True)
        self.form.add("name", "名称", LineEdit(), required=True)
        self.form.add("provider", "提供人", Choice(providers), required=True)
        self.form.add("original", "原件还是复印件", Choice(options.of_words(_ORIGINAL, _COPY)))
        self.form.add("pages", "页数", NumberEdit(least=1, most=_MOST_PAGES))
        self.form.add("note", "备注", LineEdit())
        if self.kept:
            form = {None: "", True: _ORIGINAL, False: _COPY}[self.kept.original]
            self.form.set_values(
                {
                    "kind": self.kept.kind,
                    "name": self.kept.name,
                    "provider": str(self.kept.party_id) if self.kept.party_id else _MEDIATOR.code,
                    "original": form,
                    "pages": self.kept.pages,
                    "note": self.kept.note,
                }
            )
        self.sheet.add("item", self.form, "修改这一件" if self.kept else "登记一件")

    def _add_list(self) -> None:
        """Show what there is, in the order of the list on paper."""
        others = [one for one in self.dossier.evidence if one is not self.kept]
        if not others:
            return
        card = Card("证据清单")
        for one in others:
            card.body.addWidget(self._row(one))
        self._column.addWidget(card)

    def _row(self, item: records.Evidence) -> RowButton:
        told = "　".join(part for part in self._told(item) if part)
        row = RowButton(f"证据：{told}，点开可修改")
        words = QVBoxLayout()
        words.addWidget(label(item.name, "strong"))
        words.addWidget(label(told, "small"))
        row.row.addLayout(words, 1)
        row.clicked.connect(lambda: self.host.open_panel("evidence", item.id))
        return row

    def _told(self, item: records.Evidence) -> tuple[str, ...]:
        files = sum(one.subject_id == item.id for one in self.dossier.attachments)
        return (
            self.desk.codes.evidence_kinds.name(item.kind),
            f"{self.dossier.party(item.party_id).name}提供" if item.party_id else "调解员收集",
            {None: "", True: _ORIGINAL, False: _COPY}[item.original],
            f"{item.pages}页" if item.pages else "",
            f"附件{files}份" if files else "",
            item.note,
        )

    def _follow_files(self) -> None:
        """What is only photos is named so, where nothing was written yet; it can be changed."""
        files, values = self.strip.items, self.form.values()
        photos = bool(files) and all(item.media_type.startswith("image/") for item in files)
        if photos and not (values["kind"] or values["name"]):
            taken = {"kind": _PHOTO, "name": "现场照片", "pages": len(files)}
            self.form.set_values(taken | {"provider": values["provider"] or _MEDIATOR.code})

    def _ask_why(self) -> None:
        kept = self.kept
        if kept:
            self.reason.ask(
                "这件证据",
                lambda reason: self.host.finish(
                    lambda: inquiries.remove_evidence(self.desk, kept, reason), _REMOVED
                ),
            )
