"""The facts of a dispute itself: type, source, grade, place, what happened, what is asked for."""

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec.structs import replace

from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.records import Dispute
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, MoneyEdit, NumberEdit, TextEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.ticks import TickList

_REFERRED = ("referral_number", "referred_on")


class DisputeForm(Form):
    """The first entry needs type and a few words; everything else may follow later.

    The grade of an accepted dispute is not shown: another one needs a reason, and has a panel of its own.
    """

    def __init__(self, codes: CodeTables, today: Callable[[], date]) -> None:
        super().__init__(columns=4)
        self._codes = codes
        self.add("type_code", "纠纷类型", Choice(options.of_table(codes.dispute_types)), required=True)
        self.add("source_code", "案件来源", Choice(options.of_table(codes.sources)), required=True)
        self.add("grade_code", "案件等级", Choice(options.of_table(codes.grades)), required=True)
        self.add(
            "summary",
            "纠纷简要情况",
            TextEdit(lines=4),
            required=True,
            wide=True,
            hint="写清时间、地点、什么事、各方怎么说，例如：6月18日暴雨后，李家的树倒在张家屋上。",
        )
        reporter = LineEdit()
        reporter.setPlaceholderText("当事人自己来的不填")
        self.add("reporter", "谁来反映的", reporter)
        self.add("referral_number", "移送文号", LineEdit())
        self.add("referred_on", "移送日期", DateEdit(today))
        self.add("occurred_on", "发生日期", DateEdit(today))
        self.add("registered_on", "登记日期", DateEdit(today), required=True)
        self.add("town", "乡镇街道", Choice(options.of_names(codes.regions)))
        self.add("village", "村（社区）", LineEdit())
        self.add("place", "发生地点", LineEdit())
        self.add("people_involved", "涉及人数", NumberEdit(least=1))
        self.add("scale_code", "规模", Choice(options.of_table(codes.scales)))
        self.add("amount_claimed_fen", "请求金额（元）", MoneyEdit())
        groups = TickList(options.of_names(codes.special_groups))
        self.add("special_groups", "涉及的特殊人群", groups, wide=True)
        self.add("requests", "当事人请求事项（一行一项）", TextEdit(lines=2), wide=True)
        self.edited.connect(self._follow)
        self._follow()

    def dispute(self, base: Dispute) -> Dispute:
        """Return ``base`` with what the form says."""
        values = self.values()
        values["requests"] = tuple(line.strip() for line in values["requests"].splitlines() if line.strip())
        values |= {name: values[name] or "" for name in ("town", "scale_code")}
        return replace(base, **values)

    def show_dispute(self, dispute: Dispute) -> None:
        """Show a kept dispute."""
        values: dict[str, Any] = {name: getattr(dispute, name) for name in self.fields}
        self.set_values(values | {"requests": "\n".join(dispute.requests)})
        self.set_shown(("grade_code",), shown=dispute.accepted_on is None)
        self._follow()

    def set_draft(self, draft: Any) -> None:
        """Put typed texts back and show what applies to them."""
        super().set_draft(draft)
        self._follow()

    def _follow(self) -> None:
        """Ask for the referral only where another organ sent the dispute."""
        source = self.values()["source_code"]
        referred = bool(source and self._codes.sources.entry(source).part)
        self.set_shown(_REFERRED, shown=referred)
