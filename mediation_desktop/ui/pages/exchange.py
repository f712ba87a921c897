"""数据交换: what waits for whom, one sealed bundle onto a stick, and the log of what left."""

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.domain.records import KINDS
from mediation_desktop.exchange.writing import WritingCancelled
from mediation_desktop.services import transfer
from mediation_desktop.services.desk import Change
from mediation_desktop.services.office import apply_pack, read_pack
from mediation_desktop.services.outbox import OutboxLine, outbox
from mediation_desktop.services.queries import count_disputes, dispute_lines
from mediation_desktop.services.transfer import ExportChoice, Exported
from mediation_desktop.storage.outbox import Export
from mediation_desktop.system.clock import wall_time
from mediation_desktop.system.drives import Drives, system_drives
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.entry.pack import PackButton
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.operations import OperationCancelled, Progress
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.shell import Workspace
from mediation_desktop.ui.transfer.dossiers import DossierPicker
from mediation_desktop.ui.transfer.recipients import RecipientList
from mediation_desktop.ui.transfer.target import TargetPicker
from mediation_desktop.ui.widgets.blocks import Card, EmptyState, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.tables import Column, LazyTableModel, RowList, RowTable

_LOOK_FOR_STICKS_MS = 2000
_LOG_EMS = 16
_KIBIBYTE = 1024


class ExchangePage(DeskPage):
    """Send records out; what comes back is for the receipts."""

    title: ClassVar[str] = "数据交换"
    help_text: ClassVar[str] = (
        "插上U盘，选好收件单位，按“导出”。程序把还没有收到回执的内容全部加密装进一个数据包，写完会自动核对。\n"
        "看到“可以拔出U盘了”再拔。U盘丢了不要紧：没有收件单位的钥匙谁也打不开，下次导出会自动补上。\n"
        "默认只送登记内容和处理结果，不附文书。对方按规定调取卷宗时，再点“附送文书”并写明用途。\n"
        "每次导出都记在下面的导出记录里。"
    )
    shows: ClassVar[frozenset[str]] = frozenset({*KINDS, "recipient"})

    def __init__(self, workspace: Workspace, at_desk: AtDesk, drives: Drives | None = None) -> None:
        super().__init__(workspace, at_desk)
        self.drives = drives or system_drives()
        self._looking = False
        self._exporting = False
        self._names: dict[str, str] = {}
        self.pack = PackButton()
        self.recipients = RecipientList()
        self.target = TargetPicker()
        self.dossiers = DossierPicker(
            lambda text, offset, limit: dispute_lines(self.desk, text=text, offset=offset, limit=limit),
            lambda text: count_disputes(self.desk, text=text),
        )
        self.preview = label("", "strong")
        self.export_button = button("导出", self._export, kind="primary", icon="exchange")
        self.log = LazyTableModel(self._log_columns())
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_FOR_STICKS_MS)
        self._fill()
        self._timer.timeout.connect(self._look_for_sticks)
        self.pack.chosen.connect(self._read_pack)
        for signal in (self.recipients.chosen, self.target.changed, self.dossiers.changed):
            signal.connect(self._describe)

    # What a page says.

    def enter(self, argument: object) -> None:  # noqa: ARG002 - nothing is handed over
        """Begin to look for sticks."""
        self._timer.start()
        self._look_for_sticks()

    def leave(self) -> None:
        """Look no more."""
        self._timer.stop()

    def refresh(self, change: Change | None) -> None:  # noqa: ARG002 - anything changes what waits
        """Show what waits and what left."""
        desk = self.desk
        self.work(lambda _progress: (outbox(desk), transfer.log(desk)), on_success=self._show)

    # Inside.

    def _show(self, found: tuple[tuple[OutboxLine, ...], tuple[Export, ...]]) -> None:
        lines, log = found
        self._names = {line.recipient_id: line.name for line in lines}
        self._nobody.setVisible(not lines)
        self._sending.setVisible(bool(lines))
        self.recipients.show_lines(lines)
        self.log.show_rows(lambda offset, limit: log[offset : offset + limit], len(log))
        self._describe()

    def _look_for_sticks(self) -> None:
        if self._looking or not self.isVisible():
            return
        self._looking = True
        self.work(
            lambda _progress: self.drives.removable(),
            on_success=self.target.show_drives,
            on_end=lambda: setattr(self, "_looking", False),
        )

    def _read_pack(self, path: Path) -> None:
        desk = self.desk
        self.act(
            lambda: apply_pack(desk, read_pack(path, desk.clock)),
            done="开通包已读入，以后导出的数据包只有其中的收件单位能打开。",
        )

    def _choice(self) -> ExportChoice | None:
        line = self.recipients.current
        if line is None:
            return None
        return ExportChoice(line.recipient_id, self.target.folder or Path(), self.dossiers.requests())

    def _describe(self) -> None:
        """Say what would leave, and let 导出 be pressed when it can be."""
        choice, line = self._choice(), self.recipients.current
        waiting = bool(line and line.pending)
        self.export_button.setEnabled(waiting and self.target.folder is not None and not self._exporting)
        if choice is None or not waiting:
            self.preview.setText("没有需要报送的新内容；有新的登记或修改后再导出。")
            return
        desk = self.desk
        self.work(lambda _progress: transfer.describe_export(desk, choice), on_success=self.preview.setText)

    def _export(self) -> None:
        choice, desk = self._choice(), self.desk
        if choice is None or not self.dossiers.check():
            return
        on_stick = self.target.is_stick

        def run(progress: Progress) -> Exported:
            try:
                return transfer.export_bundle(
                    desk,
                    choice,
                    progress=lambda done, total: progress.report(done // _KIBIBYTE, total // _KIBIBYTE),
                    cancelled=lambda: progress.cancelled,
                )
            except WritingCancelled:
                raise OperationCancelled from None

        self.banner.clear()
        self._exporting = True
        self._describe()
        self.work(
            run,
            title="正在导出",
            on_success=lambda exported: self._exported(exported, on_stick=on_stick),
            on_end=self._export_ended,
            cancellable=True,
        )

    def _exported(self, exported: Exported, *, on_stick: bool) -> None:
        self.dossiers.clear()
        self.banner.success(
            "可以拔出U盘了。" if on_stick else "数据包写好了，已经核对。",
            f"共 {exported.disputes} 个纠纷、{exported.records} 条记录，在 {exported.path}",
        )
        self.workspace.broadcast(Change(frozenset({"export"})))

    def _export_ended(self) -> None:
        self._exporting = False
        self.refresh(None)

    def _name_of(self, export: Export) -> str:
        return self._names.get(export.recipient_id, export.recipient_id)

    def _log_columns(self) -> tuple[Column, ...]:
        return (
            Column("时间", lambda one: f"{wall_time(one.exported_at):%Y-%m-%d %H:%M}", 11),
            Column("导出人", lambda one: one.actor, 6),
            Column("收件单位", self._name_of, 11),
            Column("条数", lambda one: str(one.last_number - one.first_number + 1), 4, right=True),
            Column("附卷宗的用途", _purpose, 9),
            Column("文件", lambda one: one.file_name),
        )

    def _fill(self) -> None:
        self._nobody = Card()
        self._nobody.body.addWidget(
            EmptyState(
                "exchange",
                "还没有收件单位",
                "收件单位写在县里发的开通包里。读入一次，以后就可以导出了。",
                self.pack,
            )
        )
        self._nobody.hide()
        self._sending = QWidget()
        column = QVBoxLayout(self._sending)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space("m"))
        for card in (self._whom_card(), self._what_card(), self._log_card()):
            column.addWidget(card)
        self._sending.hide()
        self.body.addWidget(self._nobody)
        self.body.addWidget(self._sending)
        self.body.addStretch(1)

    def _whom_card(self) -> Card:
        card = Card("收件单位")
        card.body.addWidget(self.recipients)
        return card

    def _what_card(self) -> Card:
        card = Card("导出")
        row = QHBoxLayout()
        row.addWidget(self.preview, 1)
        row.addWidget(self.export_button)
        card.body.addWidget(self.target)
        card.body.addWidget(self.dossiers)
        card.body.addLayout(row)
        return card

    def _log_card(self) -> Card:
        card = Card("导出记录")
        rows = RowList(
            RowTable(self.log, "导出记录"),
            EmptyState("archive", "还没有导出过", "第一次导出以后，这里记下每一次。"),
        )
        rows.setMinimumHeight(theme().ems(_LOG_EMS))
        card.body.addWidget(rows)
        return card


def _purpose(export: Export) -> str:
    return export.purpose or "未附"
