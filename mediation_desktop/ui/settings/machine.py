"""开通包, 本机 and 许可: whom this PC sends to, what it is known by, and whose work it uses."""

import platform
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFormLayout, QLabel, QTextBrowser

from mediation_desktop import __version__
from mediation_desktop.services.office import apply_pack, device_keys, read_pack, recipients
from mediation_desktop.services.ownforms import own_forms_told
from mediation_desktop.system.paths import resource
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.entry.pack import PackButton
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.shell import Page
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button

_NOTICES_EMS = 20


class PackCard(Card):
    """Whom this office sends to, and a way to read another pack."""

    def __init__(self, page: Page, at_desk: AtDesk) -> None:
        super().__init__("开通包")
        self._page = page
        self._at_desk = at_desk
        self.names = label()
        self.pack = PackButton("读入开通包，可以把文件拖到这里")
        self.pack.chosen.connect(self._read)
        self.body.addWidget(self.names)
        self.body.addWidget(self.pack)

    def show_recipients(self) -> None:
        """Show who is kept."""
        names = "、".join(one.name for one in recipients(self._at_desk.desk))
        self.names.setText(f"收件单位：{names}" if names else "还没有收件单位。请读入县里发的开通包。")

    def _read(self, path: Path) -> None:
        desk = self._at_desk.desk
        self._page.act(lambda: apply_pack(desk, read_pack(path, desk.clock)), done="开通包已读入。")


class MachineCard(Card):
    """What a clerk or a maintainer asks about this PC."""

    def __init__(self, at_desk: AtDesk) -> None:
        super().__init__("本机")
        self._folder = at_desk.desk.folder
        self.fingerprint = _copyable(label(device_keys(at_desk.desk).fingerprint, "heading"))
        self.fingerprint.setAccessibleName(f"本机指纹：{self.fingerprint.text()}")
        rows = QFormLayout()
        rows.addRow("本机指纹", self.fingerprint)
        rows.addRow("", label("第一次报送时抄在交接单上，收件人员核对后登记。", "small"))
        for word, value in (
            ("电脑名称", platform.node()),
            ("程序版本", __version__),
            ("数据位置", str(self._folder)),
        ):
            rows.addRow(word, _copyable(label(value)))
        told = own_forms_told(self._folder)
        if told:
            rows.addRow("自己的文书格式", _copyable(label("\n".join(told))))
        self.body.addLayout(rows)
        self.tools.addWidget(button("打开数据文件夹", self._open, icon="archive"))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


class LicenceCard(Card):
    """Third-party notices, read from the file when they are asked for."""

    def __init__(self) -> None:
        super().__init__("许可")
        self.text = QTextBrowser()
        self.text.setAccessibleName("第三方软件声明")
        self.text.setOpenExternalLinks(True)
        self.text.setMinimumHeight(theme().ems(_NOTICES_EMS))
        self.text.hide()
        self.show_button = button("查看第三方软件声明", self._toggle)
        self.tools.addWidget(self.show_button)
        self.body.addWidget(label("本程序按 Apache License 2.0 许可使用，并用到其他人的软件和字体。", "soft"))
        self.body.addWidget(self.text)

    def _toggle(self) -> None:
        if not self.text.toPlainText():
            notices = resource("licences", "THIRD-PARTY.md").read_text(encoding="utf-8")
            self.text.setMarkdown(notices)
        self.text.setVisible(self.text.isHidden())


def _copyable(text: QLabel) -> QLabel:
    """Let a text be marked with the mouse, to be copied."""
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return text
