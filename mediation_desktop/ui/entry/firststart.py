"""The first-start questions: office, people, password; then the recovery sheet.  Two minutes in all."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.exchange.activation import ActivationPack
from mediation_desktop.services.codes import load_codes
from mediation_desktop.services.office import NewOffice, OfficeSetup, create_office, example_number, read_pack
from mediation_desktop.services.passwords import note_recovery_sheet
from mediation_desktop.system.clock import Clock, today
from mediation_desktop.ui.entry.fields import NewPasswordEdit, NumberWordEdit, RepeatEdit, TownEdit
from mediation_desktop.ui.entry.pack import PackButton
from mediation_desktop.ui.entry.recovery import RecoveryPanel, RecoverySheet
from mediation_desktop.ui.entry.screen import EntryScreen, OneOf
from mediation_desktop.ui.operations import Operations
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.choice import Option
from mediation_desktop.ui.widgets.editors import LineEdit, TextEdit, Tick
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.stagebar import Stage, StageBar

_STEPS = ("单位", "人员", "密码", "恢复单")
_WIDTH_EMS = 48


class FirstStart(EntryScreen):
    """Makes the office.

    Signals: ``made(desk)`` as soon as it exists; ``finished`` when the recovery sheet is dealt with.
    """

    made = Signal(object)
    finished = Signal()

    def __init__(self, operations: Operations, folder: Path, clock: Clock) -> None:
        lead = "回答几个问题，两分钟就好。以后都可以在“设置”里改。"
        super().__init__(operations, "开始使用", lead, width_ems=_WIDTH_EMS)
        self._folder = folder
        self._clock = clock
        self._pack: ActivationPack | None = None
        self.office = _OfficeStep(load_codes((folder / "codes",)), today(clock).year)
        self.people = _PeopleStep()
        self.secret = _PasswordStep()
        self.recovery: RecoveryPanel | None = None
        self._forms = (self.office.form, self.people.form, self.secret.form)
        self._stages = StageBar()
        self._steps = OneOf(self.office, self.people, self.secret)
        self.back_button = button("上一步", self._back)
        self.next_button = button("下一步", self._next, kind="primary")
        self._buttons = QWidget()
        self._fill()
        self.office.pack.chosen.connect(self._read_pack)
        for form in self._forms:
            form.completed.connect(self._next)
        self._go(0)

    def _fill(self) -> None:
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.next_button)
        for part in (self._stages, self._steps, self._buttons):
            self.body.addWidget(part)

    def _go(self, at: int) -> None:
        step = self._steps.show_only(at)
        self._stages.set_stages(
            [Stage(word, "done" if i < at else "now" if i == at else "todo") for i, word in enumerate(_STEPS)]
        )
        self.back_button.setVisible(at > 0)
        self.next_button.setText("开通" if at == len(self._forms) - 1 else "下一步")
        self.next_button.setAccessibleName(self.next_button.text())
        self.setFocusProxy(step)
        self.setFocus()

    def _back(self) -> None:
        self.banner.clear()
        self._go(self._steps.at - 1)

    def _next(self) -> None:
        at = self._steps.at
        if not self._forms[at].ready():
            return
        self.banner.clear()
        if at < len(self._forms) - 1:
            self._go(at + 1)
        else:
            self._create()

    def _read_pack(self, path: Path) -> None:
        self.work(lambda: read_pack(path, self._clock), self._take_pack)

    def _take_pack(self, pack: ActivationPack) -> None:
        self._pack = pack
        self.office.show_pack(pack)

    def _create(self) -> None:
        setup, password, pack = self._answers(), self.secret.form.values()["password"], self._pack
        self.work(
            lambda: create_office(self._folder, setup, password, pack=pack, clock=self._clock),
            self._show_recovery,
        )

    def _answers(self) -> OfficeSetup:
        office, people = self.office.form.values(), self.people.form.values()
        return OfficeSetup(
            **{**office, "name": office["name"] or office["committee"]},
            mediators=tuple(people["mediators"].splitlines()),
            recorder=people["recorder"],
        )

    def _show_recovery(self, new: NewOffice) -> None:
        self.made.emit(new.desk)
        committee = self.office.form.values()["committee"]
        self.recovery = RecoveryPanel(RecoverySheet(committee, today(self._clock), new.recovery_code))
        self.recovery.failed.connect(self.banner.problem)
        self.recovery.later.connect(self.finished)
        self.recovery.printed.connect(
            lambda: self.work(lambda: note_recovery_sheet(new.desk), lambda _none: self.finished.emit())
        )
        self.title.setText("已经开通")
        self.lead.setText("最后一件事：把恢复码留在纸上。")
        self._steps.add(self.recovery)
        self._buttons.hide()
        self._go(len(_STEPS) - 1)
        self.next_button.hide()


class _OfficeStep(Card):
    """The activation pack or the office by hand, and the committee."""

    def __init__(self, codes: CodeTables, year: int) -> None:
        super().__init__("您的单位")
        self.pack = PackButton()
        self._said = label(
            "有县里发的开通包就先选它，单位代码和收件单位会自动填好；没有也可以手工填写，以后再读入。",
            "small",
        )
        towns = [Option(entry.code, entry.name) for entry in codes.regions.entries]
        self.form = Form()
        add = self.form.add
        add("town", "乡镇街道", TownEdit(towns))
        village = LineEdit()
        add("village", "村（社区）", village)
        add("committee", "调解委员会全称", LineEdit(), required=True, wide=True, hint="与印章上的名称一致")
        add("code", "单位代码", LineEdit(), required=True, hint="由县里统一编定，见开通包或通知")
        add("name", "单位简称", LineEdit(), hint="显示在窗口左上角；不填就用全称")
        add(
            "number_word",
            "编号用字",
            NumberWordEdit(_example(codes, year)),
            hint="由司法所规定，可以以后再填",
        )
        add("studio", "调解工作室", LineEdit(), hint="没有就不填")
        village.left.connect(self._suggest_committee)
        for part in (self.pack, self._said, self.form):
            self.body.addWidget(part)
        self.setFocusProxy(self.pack)

    def show_pack(self, pack: ActivationPack) -> None:
        """Fill in what the pack says."""
        self.form.set_values({"code": pack.office_code, "name": pack.office_name})
        names = "、".join(recipient.name for recipient in pack.recipients)
        self._said.setText(f"已读入“{pack.county}”发的开通包。收件单位：{names}。")
        self.form.jump("town")

    def _suggest_committee(self) -> None:
        values = self.form.values()
        if values["village"] and not values["committee"]:
            self.form.set_values({"committee": f"{values['town']}{values['village']}人民调解委员会"})


def _example(codes: CodeTables, year: int) -> Callable[[str], str]:
    return lambda word: example_number(codes, year, word)


class _PeopleStep(Card):
    """Who mediates and who writes the records."""

    def __init__(self) -> None:
        super().__init__("谁在这里工作")
        self.form = Form(columns=1)
        names = TextEdit(5)
        self.form.add(
            "mediators", "调解员姓名", names, required=True, hint="每行写一个人；写完按 Ctrl+回车到下一项"
        )
        self.form.add("recorder", "记录人", LineEdit(), hint="由调解员自己记录的，可以不填")
        self.body.addWidget(self.form)
        self.setFocusProxy(names)


class _PasswordStep(Card):
    """The one password of the office."""

    def __init__(self) -> None:
        super().__init__("办公密码")
        first = NewPasswordEdit()
        again = RepeatEdit(first)
        show = Tick("显示密码")
        self.form = Form(columns=1)
        self.form.add("password", "办公密码", first, required=True, hint="至少 8 个字，大家合用这一个")
        self.form.add("again", "确认密码", again, required=True)
        show.edited.connect(lambda: [each.show_text(shown=show.value()) for each in (first, again)])
        why = "打开程序和解锁屏幕都用它。数据用它加密：没有密码也没有恢复单，谁也打不开。"
        self.body.addWidget(label(why, "soft"))
        self.body.addWidget(self.form)
        self.body.addWidget(show)
        self.setFocusProxy(first)
