"""Panels of the sessions: fix one, write down what was said and how it ended."""

from datetime import datetime
from functools import partial
from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.services import sessions
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, NumberEdit, TextEdit, TimeEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.sheet import Repeat

_MEDIATOR = Option("mediator", "调解员")
_USUAL_MINUTES = 60


class _MeetingPanel(Panel):
    """What planning and recording share: when, where, who leads."""

    minutes_asked: ClassVar[str] = "预计多少分钟"

    def session(self) -> records.Session:
        """Return the session this panel is about: a kept one, or a new one."""
        kept = {str(session.id): session for session in self.dossier.sessions}
        if str(self.argument) in kept:
            return kept[str(self.argument)]
        return records.Session(
            id=self.desk.new_id(),
            dispute_id=self.dossier.dispute.id,
            starts_at=self.now_minute(),
            minutes=_USUAL_MINUTES,
            place=self.dossier.sessions[-1].place if self.dossier.sessions else "",
            mediator_ids=self.dossier.dispute.mediator_ids,
            recorder=self.dossier.dispute.recorder,
        )

    def add_frame(self) -> None:
        """Ask for day, time, place, mediator and recorder."""
        self.kept = self.session()
        self.frame = Form(columns=3)
        self.frame.add("day", "日期", DateEdit(self.today), required=True)
        self.frame.add("time", "时间", TimeEdit(), required=True)
        self.frame.add("minutes", self.minutes_asked, NumberEdit(least=5, most=720))
        self.frame.add("place", "地点", LineEdit(), required=True)
        self.frame.add(
            "mediator", "调解员", Choice(options.of_mediators(self.host.office.mediators)), required=True
        )
        self.frame.add("recorder", "记录人", LineEdit())
        mediators = self.kept.mediator_ids
        self.frame.set_values(
            {
                "day": self.kept.starts_at.date(),
                "time": self.kept.starts_at.time(),
                "minutes": self.kept.minutes,
                "place": self.kept.place,
                "mediator": str(mediators[0]) if mediators else None,
                "recorder": self.kept.recorder,
            }
        )
        self.sheet.add("frame", self.frame)

    def framed(self) -> records.Session:
        """Return the session with what the frame says; further mediators stay."""
        values = self.frame.values()
        first = UUID(values["mediator"])
        others = tuple(one for one in self.kept.mediator_ids[1:] if one != first)
        return replace(
            self.kept,
            starts_at=datetime.combine(values["day"], values["time"]),
            minutes=values["minutes"] or _USUAL_MINUTES,
            place=values["place"],
            mediator_ids=(first, *others),
            recorder=values["recorder"],
        )


class SchedulePanel(_MeetingPanel):
    """安排调解: a day on the calendar."""

    key: ClassVar[str] = "schedule"
    heading: ClassVar[str] = "安排调解"
    explains: ClassVar[str] = "已经在现场说好的，可以直接补记，不必先安排。"

    def build(self) -> None:
        """Ask when and where."""
        self.add_frame()
        self.main_button("安排调解", self.save, icon="calendar")
        self.other_button("直接补记调解", lambda: self.host.open_panel("record"))
        if self.kept.revision:
            self.other_button("取消这次调解", self.call_off, icon="close")

    def save(self) -> None:
        """Put it on the calendar, warning of a clash but never barring it."""
        if not self.sheet.ready():
            return
        session = self.framed()
        clashing = sessions.clashes(self.desk, session)
        done = "已排入日程。"
        if clashing:
            done = f"已排入日程，但与{clashing[0].starts_at:%H:%M}开始的另一次调解撞了地点或调解员，请核对。"
        notices = partial(
            self.host.look_at_paper, session.dispute_id, form="session_notice", subject_id=session.id
        )
        self.host.finish(
            lambda: sessions.schedule_session(self.desk, session), done, offer=("打印各方的通知书", notices)
        )

    def call_off(self) -> None:
        """Call the session off."""
        self.host.finish(lambda: sessions.cancel_session(self.desk, self.kept), "已取消这次调解。")


class RecordPanel(_MeetingPanel):
    """调解记录: who said what, and the result; the argument is a planned session's id, if there is one."""

    key: ClassVar[str] = "record"
    heading: ClassVar[str] = "调解记录"
    explains: ClassVar[str] = "日期、时间写实际发生的时候；什么时候录入，程序会另外记下。"
    minutes_asked: ClassVar[str] = "用了多少分钟"

    def build(self) -> None:
        """Ask for what was said and the result."""
        self.add_frame()
        self.lines = Repeat(self._line_form, noun="发言", least=1, compact=True)
        self.lines.set_values(
            [
                {"speaker": str(line.speaker_id) if line.speaker_id else _MEDIATOR.code, "said": line.said}
                for line in self.kept.lines
            ]
        )
        self.sheet.add("lines", self.lines, "谁说了什么")
        self.result = Form(columns=2)
        results = self.desk.codes.session_results
        self.result.add("result", "调解结果", Choice(options.of_names(results)), required=True)
        self.result.add("next_on", "约定下次调解的日期", DateEdit(self.today))
        self.result.set_values({"result": self.kept.result, "next_on": self.kept.next_on})
        self.sheet.add("result", self.result, "结果")
        self.main_button("保存调解记录", self.save)
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the record."""
        if not self.sheet.ready():
            return
        result = self.result.values()
        session = replace(
            self.framed(), lines=self._said(), result=result["result"], next_on=result["next_on"]
        )
        self.host.finish(lambda: sessions.record_session(self.desk, session), "已保存调解记录。")

    def _line_form(self) -> Form:
        form = Form(columns=4, column_ems=8)
        speakers = [*options.of_parties(self.dossier.parties), _MEDIATOR]
        form.add("speaker", "发言人", Choice(speakers))
        form.add("said", "发言内容", TextEdit(lines=2), rest=True)
        return form

    def _said(self) -> tuple[records.RecordLine, ...]:
        rows = [form.values() for form in self.lines.forms]
        return tuple(
            records.RecordLine(
                speaker_id=UUID(row["speaker"])
                if row["speaker"] and row["speaker"] != _MEDIATOR.code
                else None,
                said=row["said"],
            )
            for row in rows
            if row["said"]
        )
