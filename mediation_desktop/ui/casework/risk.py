"""Panels of safety: judge the risk, report to the police, ask about minors."""

from datetime import datetime, time
from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.safety import BETWEEN, newest_risk
from mediation_desktop.services import safety
from mediation_desktop.services.aftercare import NOT_TOLD_SPECIAL, special_signs
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.alerts import toned
from mediation_desktop.ui.casework.panel import Panel, lines_of
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, TextEdit, TimeEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.ticks import TickList

_MIDNIGHT = time()


class RiskPanel(Panel):
    """风险研判: how dangerous, why, what is done, what it may turn into, and when to look again.

    The argument is the id of a judgement to be mended, or nothing for a new one.
    """

    key: ClassVar[str] = "risk"
    heading: ClassVar[str] = "风险研判"
    explains: ClassVar[str] = "每次调解都看一看会不会激化。可能引发治安、刑事案件的，要及时报告公安机关。"

    def build(self) -> None:
        """Show the newest judgement as a beginning."""
        kept = {str(risk.id): risk for risk in self.dossier.risks}
        self.old = kept.get(str(self.argument))
        codes = self.desk.codes
        self.form = Form(columns=3)
        self.form.add("on", "研判日期", DateEdit(self.today), required=True)
        self.form.add("level", "风险等级", Choice(options.of_names(codes.risk_levels)), required=True)
        signals = [*options.of_words(_NO_SIGNAL), *options.of_names(codes.risk_signals)]
        self.form.add("signal", "可能转化成什么", Choice(signals), required=True)
        self.reasons = TickList(options.of_names(codes.risk_reasons))
        self.form.add("reasons", "理由", self.reasons, wide=True)
        self.form.add("more", "其他理由（一行一项）", TextEdit(lines=1), wide=True)
        measures = [entry.name for entry in codes.risk_measures.entries]
        self.form.add("measures", "疏导防范措施", TickList(options.of_words(*measures)), wide=True)
        self.form.add("own", "其他措施（一行一项）", TextEdit(lines=1), wide=True)
        self.form.add("by", "研判人", LineEdit(), required=True)
        self.form.add("next_on", "下次再看的日期", DateEdit(self.today))
        self._show(self.old or newest_risk(self.dossier.risks))
        self.sheet.add("risk", self.form)
        self.main_button("保存研判", self.save, icon="warning")
        self.other_button("登记报告公安", lambda: self.host.open_panel("risk_report"))
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the judgement; a sign of violence at home opens the sheet of the mandatory report."""
        if not self.sheet.ready():
            return
        values = self.form.values()
        reasons = (*values["reasons"], *lines_of(values["more"]))
        base = self.old or records.Risk(
            id=self.desk.new_id(), dispute_id=self.dossier.dispute.id, level="", session_id=self._session()
        )
        risk = replace(
            base,
            on=values["on"],
            by=values["by"],
            level=values["level"],
            signal="" if values["signal"] == _NO_SIGNAL else values["signal"],
            reason=BETWEEN.join(reasons),
            measures=(*values["measures"], *lines_of(values["own"])),
            next_on=values["next_on"],
        )
        special = set(special_signs(self.desk)) & set(reasons)
        then = "minor_report" if special else "risk_report" if risk.signal else ""
        self.host.finish(
            lambda: safety.judge_risk(self.desk, risk),
            "已保存研判。",
            (lambda: self.host.open_panel(then)) if then else None,
        )

    def _show(self, risk: records.Risk | None) -> None:
        values: dict[str, object] = {"on": self.today(), "by": self.desk.actor, "signal": _NO_SIGNAL}
        if risk:
            reasons = [part for part in risk.reason.split(BETWEEN) if part]
            known = {entry.name for entry in self.desk.codes.risk_measures.entries}
            values |= {
                "level": risk.level,
                "signal": risk.signal or _NO_SIGNAL,
                "reasons": [part for part in reasons if part in self.reasons.boxes],
                "more": "\n".join(part for part in reasons if part not in self.reasons.boxes),
                "measures": [part for part in risk.measures if part in known],
                "own": "\n".join(part for part in risk.measures if part not in known),
            }
        if self.old:
            values |= {"on": self.old.on, "by": self.old.by, "next_on": self.old.next_on}
        self.form.set_values(values)

    def _session(self) -> UUID | None:
        """Return the last session that was held, which this judgement goes with."""
        held = [one for one in self.dossier.sessions if one.state is records.SessionState.HELD]
        return held[-1].id if held else None


_NO_SIGNAL = "无"


class RiskReportPanel(Panel):
    """报告公安机关: to whom, when, how, by whom, and what the answer was (人民调解法 第25条).

    The argument is the id of a report to be completed, or nothing for a new one.
    """

    key: ClassVar[str] = "risk_report"
    heading: ClassVar[str] = "报告公安机关"
    explains: ClassVar[str] = "先打电话，再来登记。报送到县里的数据不算报告。"

    def build(self) -> None:
        """Ask for the report."""
        kept = {str(report.id): report for report in self.dossier.risk_reports}
        self.old = kept.get(str(self.argument))
        self.form = Form(columns=3)
        self.form.add("told", "报告给哪个单位（如：东华派出所）", LineEdit(), required=True)
        self.form.add("day", "报告日期", DateEdit(self.today), required=True)
        self.form.add("time", "时间", TimeEdit(), required=True)
        self.form.add("officer", "接报民警", LineEdit())
        self.form.add(
            "how", "方式", Choice(options.of_words("110电话", "电话", "当面", "书面")), required=True
        )
        self.form.add("by", "报告人", LineEdit(), required=True)
        self.form.add("receipt_number", "回执号、警情编号", LineEdit())
        self.form.add("reply", "怎么答复的", TextEdit(lines=2), wide=True)
        now = self.now_minute()
        values: dict[str, object] = {"day": now.date(), "time": now.time(), "by": self.desk.actor}
        if self.old:
            values = {name: getattr(self.old, name) for name in _REPORT_FIELDS}
            values |= {"day": self.old.told_at.date(), "time": self.old.told_at.time()}
        self.form.set_values(values)
        self.sheet.add("report", self.form)
        self.main_button("保存报告", self.save, icon="phone")
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the report."""
        if not self.sheet.ready():
            return
        values = self.form.values()
        told_at = datetime.combine(values["day"], values["time"] or _MIDNIGHT)
        base = self.old or records.RiskReport(
            id=self.desk.new_id(), dispute_id=self.dossier.dispute.id, told="", told_at=told_at
        )
        words = {name: values[name] or "" for name in _REPORT_FIELDS}
        report = replace(base, told_at=told_at, **words)
        self.host.finish(lambda: safety.report_to_police(self.desk, report), "已登记报告。")


_REPORT_FIELDS = ("told", "officer", "how", "by", "receipt_number", "reply")


class MinorCheckPanel(Panel):
    """未成年人九项核对 (强制报告意见 第四条): a suspicion is enough."""

    key: ClassVar[str] = "minor_check"
    heading: ClassVar[str] = "未成年人九项核对"
    explains: ClassVar[str] = (
        "有未满18周岁的人牵涉在内，就逐项核对。有一项存在或者疑似存在，就勾上：疑似即算。这张表不留草稿。"
    )
    keeps_draft: ClassVar[bool] = False

    def build(self) -> None:
        """Ask about the nine situations."""
        situations = self.desk.codes.minor_situations.entries
        self.codes = {entry.name: entry.code for entry in situations}
        self.form = Form(columns=1)
        self.form.add("hits", "有没有这些情形", TickList(options.of_words(*self.codes)), wide=True)
        self.form.edited.connect(self._follow)
        self.sheet.add("check", self.form)
        self.stop = toned(f"{NOT_TOLD_SPECIAL}。这件事不能调解。", "error")
        self.stop.hide()
        self.put(self.stop)
        self.main_button("保存核对结果", self.save)
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the answers; with a hit the sheet of the mandatory report opens."""
        ticked = self.form.values()["hits"]
        hits = tuple(self.codes[name] for name in ticked)
        dispute_id, by = self.dossier.dispute.id, self.desk.actor
        self.host.finish(
            lambda: safety.check_minors(self.desk, dispute_id, hits, by),
            "已保存核对结果，请照上面的红色提示办。" if hits else "已核对，没有发现这些情形。",
            (lambda: self.host.open_panel("minor_report")) if hits else None,
        )

    def _follow(self) -> None:
        self.stop.setVisible(bool(self.form.values()["hits"]))
