"""Panels of the sessions: fix one, write down what was said and how it ended."""

from datetime import datetime
from functools import partial
from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import meeting, records
from mediation_desktop.domain.dates import printed
from mediation_desktop.services import sessions
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.attachments import AttachmentStrip
from mediation_desktop.ui.casework.offers import Offers, speaker_code, speaker_id, speakers
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, NumberEdit, TextEdit, TimeEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.sheet import Repeat
from mediation_desktop.ui.widgets.ticks import TickList

_USUAL_MINUTES = 60
_OPEN, _CLOSED = "open", "closed"
_UNKNOWN = "不明"


class _MeetingPanel(Panel):
    """What planning and recording share: when, where, who leads, who is asked to help, who may listen."""

    minutes_asked: ClassVar[str] = "预计多少分钟"
    looks_ahead: ClassVar[bool] = False

    def session(self) -> records.Session:
        """Return the session this panel is about: a kept one, or a new one that goes on from the last."""
        kept = {str(session.id): session for session in self.dossier.sessions}
        if str(self.argument) in kept:
            return kept[str(self.argument)]
        dispute = self.dossier.dispute
        fresh = records.Session(
            id=self.desk.new_id(),
            dispute_id=dispute.id,
            starts_at=self._begins(),
            minutes=_USUAL_MINUTES,
            mediator_ids=dispute.mediator_ids,
            recorder=dispute.recorder,
            invited_ids=tuple(guest.id for guest in self.dossier.invited if guest.consent),
        )
        if not self.dossier.sessions:
            return fresh
        last = self.dossier.sessions[-1]
        names = ("place", "mediator_ids", "recorder", "invited_ids", "public", "closed_because")
        return replace(fresh, **{name: getattr(last, name) for name in names})

    def _begins(self) -> datetime:
        """Return when a new session begins: as was agreed at the end of the last one, else now."""
        last = meeting.appointed(self.dossier)
        if last and last.next_on and (self.looks_ahead or last.next_on <= self.today()):
            return datetime.combine(last.next_on, last.starts_at.time())
        return self.now_minute()

    def add_frame(self) -> None:
        """Ask for day, time, place, mediators, recorder, who helps and who may listen."""
        self.kept = self.session()
        self.frame = Form(columns=3)
        self.frame.add("day", "日期", DateEdit(self.today), required=True)
        self.frame.add("time", "时间", TimeEdit(), required=True)
        self.frame.add("minutes", self.minutes_asked, NumberEdit(least=5, most=720))
        self.frame.add("place", "地点", LineEdit(), required=True)
        self.frame.add("recorder", "记录人", LineEdit())
        self.frame.add("public", "是否公开", Choice(self._publicities()))
        mediators = TickList(options.of_mediators(self.host.office.mediators), needed="请勾选调解员。")
        self.frame.add("mediators", "调解员", mediators, required=True, wide=True)
        if self.dossier.invited:
            guests = TickList(options.of_invited(self.dossier.invited))
            self.frame.add("invited", "请谁参加（经各方同意）", guests, wide=True)
        self.frame.set_values(
            {
                "day": self.kept.starts_at.date(),
                "time": self.kept.starts_at.time(),
                "minutes": self.kept.minutes,
                "place": self.kept.place,
                "recorder": self.kept.recorder,
                "public": _publicity(self.kept),
                "mediators": [str(one) for one in self.kept.mediator_ids],
                "invited": [str(one) for one in self.kept.invited_ids],
            }
        )
        self.sheet.add("frame", self.frame)

    def framed(self) -> records.Session:
        """Return the session with what the frame says."""
        values = self.frame.values()
        publicity = values["public"]
        return replace(
            self.kept,
            starts_at=datetime.combine(values["day"], values["time"]),
            minutes=values["minutes"] or _USUAL_MINUTES,
            place=values["place"],
            recorder=values["recorder"],
            mediator_ids=tuple(UUID(one) for one in values["mediators"]),
            invited_ids=tuple(UUID(one) for one in values.get("invited", ())),
            public=None if publicity is None else publicity == _OPEN,
            closed_because="" if publicity in {None, _OPEN, _CLOSED} else publicity,
        )

    def keep_looking(self) -> None:
        """Show below the form what is to be looked at twice, as it stands there; nothing of it bars."""
        self.warned = label("", "small")
        self.warned.setProperty("tone", "warning")
        self._column.addWidget(self.warned)
        for field in self.frame.fields.values():
            field.editor.left.connect(self._look)
        self._look()

    def _look(self) -> None:
        values = self.frame.values()
        if values["day"] is None or values["time"] is None:
            return
        found = sessions.warnings(self.desk, self.dossier, self.framed())
        self.warned.setText("\n".join(f"请注意：{text}" for text in found))
        self.warned.setVisible(bool(found))

    def _publicities(self) -> list[Option]:
        """Return 公开, and 不公开 with each reason that the office knows."""
        reasons = self.desk.codes.closed_reasons.entries
        closed = [Option(entry.name, f"不公开：{entry.name}", " ".join(entry.aliases)) for entry in reasons]
        return [Option(_OPEN, "公开"), *closed, Option(_CLOSED, "不公开（原因以后补）")]


class SchedulePanel(_MeetingPanel):
    """安排调解: a day on the calendar."""

    key: ClassVar[str] = "schedule"
    heading: ClassVar[str] = "安排调解"
    explains: ClassVar[str] = "已经在现场说好的，可以直接补记，不必先安排。"
    looks_ahead: ClassVar[bool] = True

    def build(self) -> None:
        """Ask when and where; what was agreed at the end of the last session stands there already."""
        last = meeting.appointed(self.dossier)
        if last and last.next_on and self.argument is None:
            self.sheet.say(f"上次约定{printed(last.next_on)}再调解，已经照上次填好，核对后安排。")
        self.add_frame()
        self.keep_looking()
        self.main_button("安排调解", self.save, icon="calendar")
        self.other_button("直接补记调解", lambda: self.host.open_panel("record"))
        if self.kept.revision:
            self.other_button("取消这次调解", self.call_off, icon="close")

    def save(self) -> None:
        """Put it on the calendar, warning of a clash but never barring it."""
        if not self.sheet.ready():
            return
        session = self.framed()
        done = _told("已排入日程。", sessions.warnings(self.desk, self.dossier, session))
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
    """调解记录: who said and offered what, and the result; the argument is a planned session's id, if any."""

    key: ClassVar[str] = "record"
    heading: ClassVar[str] = "调解记录"
    explains: ClassVar[str] = "日期、时间写实际发生的时候；什么时候录入，程序会另外记下。"
    minutes_asked: ClassVar[str] = "用了多少分钟"

    def build(self) -> None:
        """Ask for what was said, offered and agreed; a handwritten record need not be typed again."""
        self.add_frame()
        self.frame.add(
            "sheets",
            "手写记录共几页",
            NumberEdit(least=1, most=999),
            hint="有手写记录的填上页数，原件入卷，下面不必重写。",
        )
        self.frame.set_values({"sheets": self.kept.sheets})
        self.lines = Repeat(self._line_form, noun="发言", least=1, compact=True)
        self.lines.set_values(
            [{"speaker": speaker_code(line.speaker_id), "said": line.said} for line in self.kept.lines]
        )
        self.sheet.add("lines", self.lines, "谁说了什么")
        self.offers = Offers(self, self.kept)
        self._ask_result()
        self._ask_absences()
        self.files = self.strip = AttachmentStrip(self.host, self.kept.id if self.kept.revision else None)
        self.sheet.add("attachments", self.strip, "手写记录的照片和其他附件")
        self.keep_looking()
        self.main_button("保存调解记录", self.save)
        if self.kept.revision and self.kept.state is records.SessionState.PLANNED:
            self.other_button("改时间或取消", lambda: self.host.open_panel("schedule", self.kept.id))
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the record."""
        if not self.sheet.ready():
            return
        result = self.result.values()
        session = replace(
            self.framed(),
            sheets=self.frame.values()["sheets"],
            lines=self._said(),
            absences=self._absences(),
            result=result["result"],
            next_on=result["next_on"],
        )
        proposals = self.offers.proposals()
        held = replace(session, state=records.SessionState.HELD)
        done = _told("已保存调解记录。", meeting.session_warnings(self.dossier, held))
        stored = self.strip.collected
        self.host.finish(lambda: sessions.record_session(self.desk, session, proposals, stored), done)

    def _ask_result(self) -> None:
        self.result = Form(columns=2)
        results = self.desk.codes.session_results
        self.result.add("result", "调解结果", Choice(options.of_names(results)), required=True)
        self.result.add("next_on", "约定下次调解的日期", DateEdit(self.today))
        self.result.set_values({"result": self.kept.result, "next_on": self.kept.next_on})
        self.sheet.add("result", self.result, "结果")

    def _ask_absences(self) -> None:
        self.absent = Form(columns=3)
        reasons = {item.party_id: item.reason or _UNKNOWN for item in self.kept.absences}
        for party in self.dossier.parties:
            edit = LineEdit()
            edit.setPlaceholderText("来了的空着")
            self.absent.add(str(party.id), f"{party.name}没有来的原因", edit)
            self.absent.set_values({str(party.id): reasons.get(party.id)})
        if self.dossier.parties:
            self.sheet.add("absent", self.absent, "谁没有来（不知道原因写“不明”；没有来不等于拒绝调解）")

    def _absences(self) -> tuple[records.Absence, ...]:
        return tuple(
            records.Absence(party_id=UUID(who), reason=reason)
            for who, reason in self.absent.values().items()
            if reason
        )

    def _line_form(self) -> Form:
        form = Form(columns=4, column_ems=8)
        form.add("speaker", "发言人", Choice(speakers(self.dossier.parties)))
        form.add("said", "发言内容", TextEdit(lines=2), rest=True)
        return form

    def _said(self) -> tuple[records.RecordLine, ...]:
        rows = [form.values() for form in self.lines.forms]
        return tuple(
            records.RecordLine(speaker_id=speaker_id(row["speaker"]), said=row["said"])
            for row in rows
            if row["said"]
        )


def _publicity(session: records.Session) -> str | None:
    """Return the option that says who may listen to a session."""
    if session.public is None:
        return None
    return _OPEN if session.public else session.closed_because or _CLOSED


def _told(done: str, warnings: tuple[str, ...]) -> str:
    """Return what the banner says: that it is done, and what to look at."""
    return "".join((done, *(f"请注意：{text}" for text in warnings)))
