"""Panels of special records: anybody writes one, a personal password opens it, no draft is kept."""

from datetime import datetime, time
from typing import ClassVar, Generic, TypeVar
from uuid import UUID

from mediation_desktop.domain import records
from mediation_desktop.domain.records import Answer
from mediation_desktop.domain.special import Content, FurtherReport, MandatoryReport, PrivateTalk
from mediation_desktop.domain.times import printed_moment
from mediation_desktop.services import special
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.entry.fields import NewPasswordEdit, PasswordEdit, RepeatEdit
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, TextEdit, TimeEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.sheet import Repeat

C = TypeVar("C", bound=Content)

NO_DRAFT = "这张表不留草稿：没有保存就离开、锁屏或者换人，写的内容就没有了。"
_MIDNIGHT = time()


class Opened(Generic[C]):
    """A special record that was just opened: the argument of the panel that shows it."""

    def __init__(self, record: records.SealedRecord, content: C) -> None:
        self.record = record
        self.content = content


class SpecialPanel(Panel, Generic[C]):
    """A special record, new (no argument), to be opened (its id), or opened (``Opened``)."""

    keeps_draft: ClassVar[bool] = False

    def build(self) -> None:
        """Ask for the password of a kept one, for a first personal password, or for the content."""
        self.opened: Opened[C] | None = self.argument if isinstance(self.argument, Opened) else None
        if isinstance(self.argument, UUID):
            self._build_opening(self.argument)
        elif not special.key_holders(self.desk):
            self._build_first_password()
        else:
            self.sheet.say(NO_DRAFT)
            self.build_content(self.opened.content if self.opened else None)
            self.main_button("封存修改" if self.opened else "封存", self.save, icon="lock")
            self.other_button("关上" if self.opened else "先不办", self.host.close_panel)

    def build_content(self, content: C | None) -> None:
        """Ask for the content."""
        raise NotImplementedError

    def content(self) -> C:
        """Return what was written."""
        raise NotImplementedError

    def save(self) -> None:
        """Seal what was written."""
        if not self.sheet.ready():
            return
        dispute_id, content = self.dossier.dispute.id, self.content()
        record = self.opened.record if self.opened else None
        readers = "、".join(special.key_holders(self.desk))
        self.host.finish(
            lambda: special.keep_special(self.desk, dispute_id, content, record),
            f"已封存。能凭个人密码查看的：{readers}。",
        )

    def _build_opening(self, record_id: UUID) -> None:
        record = next(one for one in self.dossier.sealed_records if one.id == record_id)
        self.form = Form(columns=2)
        self.form.add("password", f"{self.desk.actor}的个人密码", PasswordEdit(), required=True)
        self.sheet.say("专门登记，凭个人密码查看；办公密码打不开。")
        self.sheet.add("password", self.form)
        self.main_button("打开", lambda: self._unseal(record), icon="lock")
        self.other_button("先不看", self.host.close_panel)

    def _unseal(self, record: records.SealedRecord) -> None:
        if not self.sheet.ready():
            return
        password = self.form.values()["password"]
        self.form.set_values({"password": ""})
        self.host.fetch(
            lambda: special.open_special(self.desk, record, password),
            lambda content: self.host.open_panel(self.key, Opened(record, content)),
        )

    def _build_first_password(self) -> None:
        first = NewPasswordEdit()
        self.form = Form(columns=2)
        self.form.add("new", f"{self.desk.actor}的个人密码", first, required=True)
        self.form.add("again", "再输一次", RepeatEdit(first), required=True)
        self.sheet.say(
            "还没有人设过个人密码。先设一个，再登记：登记的内容只有设了个人密码的人打得开，"
            "忘了这个密码，办公密码和恢复单都打不开。"
        )
        self.sheet.add("password", self.form)
        self.main_button("设个人密码", self._set_password, icon="lock")
        self.other_button("先不办", self.host.close_panel)

    def _set_password(self) -> None:
        if self.sheet.ready():
            password = self.form.values()["new"]
            self.host.finish(
                lambda: special.set_personal_password(self.desk, password),
                "已设个人密码。",
                lambda: self.host.open_panel(self.key),
            )


class MandatoryReportPanel(SpecialPanel[MandatoryReport]):
    """强制报告登记: the call, the officer, the receipt, what and whom it is about, and who told of it."""

    key: ClassVar[str] = "minor_report"
    heading: ClassVar[str] = "强制报告登记（专门登记）"
    explains: ClassVar[str] = "先打110报警，再补登记。举报人保密：历史记录和报送数据里都没有。"

    def build(self) -> None:
        """Offer the sheet of a report that is open, besides."""
        super().build()
        if self.opened:
            self.other_button("看样打印登记表", self._look, icon="print")

    def build_content(self, content: MandatoryReport | None) -> None:
        """Ask for the report."""
        self.form = Form(columns=3)
        self.form.add("day", "报警日期", DateEdit(self.today), required=True)
        self.form.add("time", "报警时间", TimeEdit(), required=True)
        self.form.add("unit", "接报单位", LineEdit(), required=True)
        self.form.add("officer", "接报民警", LineEdit())
        self.form.add("receipt_number", "回执号、警情编号", LineEdit())
        self.form.add("about", "涉及谁", LineEdit())
        self.form.add("what", "发生了什么", TextEdit(lines=3), required=True, wide=True)
        self.form.add("reporter", "谁发现、谁告诉的（保密）", LineEdit())
        self.form.add("caller", "谁打的电话", LineEdit())
        self.further = Repeat(self._further_form, noun="后续报告", compact=True, more_likely=False)
        now = self.now_minute()
        self.form.set_values({"day": now.date(), "time": now.time(), "unit": "110"})
        if content:
            self.form.set_values({name: getattr(content, name) for name in _REPORT_FIELDS})
            self.form.set_values({"day": content.told_at.date(), "time": content.told_at.time()})
            self.further.set_values(
                [{"to": one.to, "on": one.on, "note": one.note} for one in content.further]
            )
            for one in content.printings:
                self.sheet.say(f"{printed_moment(one.at)} {one.by}打印过登记表，{one.copies}份。")
        self.sheet.add("report", self.form)
        self.sheet.add("further", self.further, "又报告了民政、教育等部门")

    def content(self) -> MandatoryReport:
        """Return the report as written."""
        values = self.form.values()
        rows = [form.values() for form in self.further.forms]
        return MandatoryReport(
            told_at=datetime.combine(values["day"], values["time"] or _MIDNIGHT),
            further=tuple(FurtherReport(**row) for row in rows if row["to"]),
            printings=self.opened.content.printings if self.opened else (),
            **{name: values[name] for name in _REPORT_FIELDS},
        )

    def _look(self) -> None:
        """Show the sheet of what is sealed; what was typed since is sealed first."""
        if self.opened and self.content() != self.opened.content:
            self.host.banner.info("有改动还没有封存。", "请先按“封存修改”，再打开打印。")
        elif self.opened:
            self.host.open_panel("minor_report_sheet", self.opened)

    def _further_form(self) -> Form:
        form = Form(columns=3, column_ems=9)
        form.add("to", "部门", LineEdit())
        form.add("on", "日期", DateEdit(self.today))
        form.add("note", "接报人、答复", LineEdit())
        return form


_REPORT_FIELDS = ("unit", "officer", "receipt_number", "about", "what", "reporter", "caller")


class PrivateTalkPanel(SpecialPanel[PrivateTalk]):
    """单独询问: one party alone is asked about violence and pressure; seen by few, never printed."""

    key: ClassVar[str] = "private_talk"
    heading: ClassVar[str] = "单独询问（专门登记）"
    explains: ClassVar[str] = "只问一方，另一方不在场。不印在任何文书上，只有凭个人密码看得到。"

    def build_content(self, content: PrivateTalk | None) -> None:
        """Ask the questions."""
        self.asked = Form(columns=3)
        self.asked.add("party", "问的是谁", Choice(options.of_parties(self.dossier.parties)), required=True)
        self.asked.add("on", "日期", DateEdit(self.today), required=True)
        self.asked.add("by", "谁问的", LineEdit(), required=True)
        self.questions = Form(columns=2, column_ems=22)
        for entry in self.desk.codes.private_questions.entries:
            self.questions.add(entry.code, entry.name, Choice(options.of_words(_YES, _NO)))
        self.more = Form(columns=1)
        self.more.add("note", "还说了什么", TextEdit(lines=2), wide=True)
        self.asked.set_values({"on": self.today(), "by": self.desk.actor})
        if content:
            self.asked.set_values({"party": str(content.party_id), "on": content.on, "by": content.by})
            self.questions.set_values({one.code: _YES if one.yes else _NO for one in content.answers})
            self.more.set_values({"note": content.note})
        self.sheet.add("asked", self.asked)
        self.sheet.add("questions", self.questions)
        self.sheet.add("more", self.more)

    def content(self) -> PrivateTalk:
        """Return the talk as written; a question that was not asked is left out."""
        asked, said = self.asked.values(), self.questions.values()
        return PrivateTalk(
            party_id=UUID(asked["party"]),
            on=asked["on"],
            by=asked["by"],
            answers=tuple(
                Answer(code=code, yes=answer == _YES) for code, answer in said.items() if answer is not None
            ),
            note=self.more.values()["note"],
        )


_YES, _NO = "是", "否"
