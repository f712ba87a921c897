"""Panels of reaching people: rights and duties told, tries to reach a party, a mediator's own notes."""

from datetime import datetime, time
from typing import Any, ClassVar
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import meeting, records
from mediation_desktop.domain.dates import printed
from mediation_desktop.services import disputes, notes
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, TextEdit, TimeEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.rows import RowButton
from mediation_desktop.ui.widgets.ticks import TickList

_MIDNIGHT = time()


class NoticePanel(Panel):
    """权利义务告知: to whom, how, when, by whom."""

    key: ClassVar[str] = "notice"
    heading: ClassVar[str] = "权利义务告知"
    explains: ClassVar[str] = "口头告知也算数，请记下时间和告知人；事后补记的，写实际告知的时间。"

    def build(self) -> None:
        """Ask for manner, time, teller and who was told: those who were not yet stand ticked."""
        now = self.now_minute()
        waiting = meeting.untold(self.dossier) or self.dossier.parties
        self.form = Form(columns=4)
        self.form.add("how", "方式", Choice(options.of_words("口头", "书面")), required=True)
        self.form.add("day", "日期", DateEdit(self.today), required=True)
        self.form.add("time", "时间", TimeEdit())
        self.form.add("teller", "告知人", LineEdit(), required=True)
        parties = TickList(options.of_parties(self.dossier.parties), needed="请勾选告知了谁。")
        self.form.add("parties", "告知了谁", parties, required=True, wide=True)
        self.form.set_values(
            {
                "how": "口头",
                "day": now.date(),
                "time": now.time(),
                "teller": self.desk.actor,
                "parties": [str(party.id) for party in waiting],
            }
        )
        self.sheet.add("notice", self.form)
        self.main_button("保存告知记录", self.save)
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the notice; one given to everybody names nobody."""
        if not self.sheet.ready():
            return
        values = self.form.values()
        chosen = tuple(UUID(one) for one in values["parties"])
        notice = records.Notice(
            id=self.desk.new_id(),
            dispute_id=self.dossier.dispute.id,
            how=values["how"],
            told_at=datetime.combine(values["day"], values["time"] or _MIDNIGHT),
            teller=values["teller"],
            party_ids=() if len(chosen) == len(self.dossier.parties) else chosen,
        )
        self.host.finish(lambda: disputes.give_notice(self.desk, notice), "已记下权利义务告知。")


class AttemptPanel(Panel):
    """A try to reach a party; whoever does not answer has not refused."""

    key: ClassVar[str] = "attempt"
    heading: ClassVar[str] = "登记联系当事人"
    explains: ClassVar[str] = (
        "上门、打电话、送通知，每联系一次记一次。没有回应不等于拒绝；当事人明确拒绝的，另按“登记拒绝调解”。"
    )

    def build(self) -> None:
        """Ask for whom, how, when, by whom and with what result; say how it stands so far."""
        ways, results = self.desk.codes.reach_ways, self.desk.codes.reach_results
        for party in self.dossier.parties:
            if told := meeting.contact(self.dossier, party, results):
                self.sheet.say(told)
        now = self.now_minute()
        self.form = Form(columns=3)
        self.form.add("party", "联系谁", Choice(options.of_parties(self.dossier.parties)), required=True)
        self.form.add("how", "怎样联系的", Choice(options.of_names(ways)), required=True)
        self.form.add("result", "结果", Choice(options.of_names(results)), required=True)
        self.form.add("day", "日期", DateEdit(self.today), required=True)
        self.form.add("time", "时间", TimeEdit())
        self.form.add("by", "联系人", LineEdit(), required=True)
        self.form.set_values({"day": now.date(), "time": now.time(), "by": self.desk.actor})
        self.sheet.add("attempt", self.form)
        self.main_button("保存联系记录", self.save)
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the try."""
        if not self.sheet.ready():
            return
        values = self.form.values()
        attempt = records.Attempt(
            id=self.desk.new_id(),
            dispute_id=self.dossier.dispute.id,
            party_id=UUID(values["party"]),
            at=datetime.combine(values["day"], values["time"] or _MIDNIGHT),
            how=values["how"],
            by=values["by"],
            result=values["result"],
        )
        self.host.finish(
            lambda: disputes.save_records(self.desk, "登记联系当事人", attempt), "已记下这次联系。"
        )


class PrivateNotePanel(Panel):
    """A note for nobody but the writer; earlier ones show after a click.  The argument is a note's id."""

    key: ClassVar[str] = "private_note"
    heading: ClassVar[str] = "私人笔记"
    explains: ClassVar[str] = "只给自己看，不打印、不报送。换别的人坐在这台电脑前，看不到您写的。"

    def build(self) -> None:
        """Ask for the text; offer to show what was written before."""
        mine = notes.own_notes(self.desk, self.dossier)
        self.old = next((note for note in mine if str(note.id) == str(self.argument)), None)
        self.form = Form(columns=1)
        self.form.add("text", "笔记", TextEdit(lines=4), required=True)
        if self.old:
            self.form.set_values({"text": self.old.text})
        self.sheet.add("note", self.form)
        self.main_button("保存笔记", self.save)
        if self.old:
            self.other_button("删去这条笔记", self.remove, icon="delete")
        elif mine:
            self.show_button = self.other_button(f"看我以前写的（{len(mine)} 条）", lambda: self._show(mine))
        self.other_button("先不办", self.host.close_panel)

    @property
    def draft_key(self) -> str:
        """The name of the draft, which is the writer's alone as the note is."""
        return f"{super().draft_key}/{self.desk.actor}"

    def save(self) -> None:
        """Keep the note."""
        if not self.sheet.ready():
            return
        base = self.old or records.PrivateNote(
            id=self.desk.new_id(),
            dispute_id=self.dossier.dispute.id,
            session_id=self._session_id(),
            on=self.today(),
            by=self.desk.actor,
            text="",
        )
        note = replace(base, text=self.form.values()["text"])
        self.host.finish(lambda: notes.keep_note(self.desk, note), "已保存，只有您自己看得到。")

    def remove(self) -> None:
        """Throw the note away."""
        if note := self.old:
            self.host.finish(lambda: notes.remove_note(self.desk, note), "已删去这条笔记。")

    def _session_id(self) -> UUID | None:
        """Return the session last held, which the note is most likely about."""
        held = [one for one in self.dossier.sessions if one.state is records.SessionState.HELD]
        return held[-1].id if held else None

    def _show(self, mine: tuple[records.PrivateNote, ...]) -> None:
        """Show the writer's earlier notes, the newest first, each leading to itself."""
        rows = []
        for note in reversed(mine):
            row = RowButton(f"{printed(note.on)}的私人笔记，点开可修改")
            row.row.addWidget(label(f"{printed(note.on)}　{note.text}"), 1)
            row.clicked.connect(self._opener(note))
            self._column.addWidget(row)
            row.show()  # at once, or it could not take the focus yet
            rows.append(row)
        rows[0].setFocus()
        self.show_button.hide()

    def _opener(self, note: records.PrivateNote) -> Any:
        return lambda: self.host.open_panel("private_note", note.id)
