"""The panel of the electronic dossier: how whole it is, what is missing, and one file of all of it."""

from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QFileDialog, QWidget

from mediation_desktop.services import edossier
from mediation_desktop.services.edossier import ElectronicView, Saved
from mediation_desktop.ui.casework.panel import Host, Panel
from mediation_desktop.ui.widgets.blocks import Card, label


class ElectronicPanel(Panel):
    """电子卷宗."""

    key: ClassVar[str] = "electronic"
    heading: ClassVar[str] = "电子卷宗"
    explains: ClassVar[str] = (
        "按卷内次序合成一个PDF，每页标明“电子副本”：有签字原件扫描件的放扫描件，没有的放打印稿。"
        "私人笔记和专门记录不会放进去。"
    )

    def build(self) -> None:
        """Show what there is once it is read."""
        self.file_chooser = _ask_file
        self.view: ElectronicView | None = None
        self.list = Card()
        self.put(self.list)
        self.main_button("制作电子卷宗", self.make, icon="archive").setEnabled(False)
        self.other_button("先不办", self.host.close_panel)
        desk, dispute_id = self.desk, self.dossier.dispute.id
        self.host.ask(self, lambda _desk: edossier.view(desk, dispute_id), self.show_view)

    def show_view(self, view: ElectronicView) -> None:
        """Show the score, what is missing, and what would be put in."""
        self.view = view
        score = view.score
        told = f"完整度 {score.percent}%（{score.possible}分得{score.reached}分，分值见代码表“卷宗完整度”）"
        self.list.body.addWidget(label(told, "strong"))
        if view.lacking:
            missing = "\n".join(f"· {each}" for each in view.lacking)
            self.list.body.addWidget(label(f"还缺的（缺了也能先制作）：\n{missing}", "soft"))
        names = "\n".join(f"{at}　{item.name}" for at, item in enumerate(view.items, 1))
        self.list.body.addWidget(label(f"放进去的，按次序：\n{names}" if names else "还没有可以放进去的。"))
        if self.main:
            self.main.setEnabled(any(item.numbered for item in view.items))

    def make(self) -> None:
        """Ask where the file goes, and make it with progress and 取消."""
        name = self.file_chooser(self, self.view.file_name) if self.view else ""
        if not name:
            return
        desk, dispute_id, host = self.desk, self.dossier.dispute.id, self.host
        host.work(
            lambda progress: edossier.save(desk, dispute_id, Path(name), progress.report),
            title="正在制作电子卷宗",
            on_success=lambda saved: _say(host, saved),
            cancellable=True,
        )


def _say(host: Host, saved: Saved) -> None:
    host.workspace.broadcast(saved.change)
    done = f"电子卷宗已存为“{saved.path.name}”，共{saved.pages}页。"
    if saved.unreadable:
        left_out = "、".join(saved.unreadable)
        host.banner.warning(
            f"{done}下列文件打不开，没有放进去：{left_out}。", "请重新扫描、加入后再制作一次。"
        )
        return
    kept = "" if saved.archival else "里面有别处来的PDF，这份文件不符合长期保存格式（PDF/A）。"
    host.banner.success(done, f"{kept}文件没有加密，请妥善保管。")


def _ask_file(parent: QWidget, name: str) -> str:
    """Ask where the file is to be written; empty when the user turns back."""
    return QFileDialog.getSaveFileName(parent, "保存电子卷宗", name, "PDF文件 (*.pdf)")[0]
