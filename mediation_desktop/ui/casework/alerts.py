"""What must be seen at once at the top of a dispute: somebody is in danger, or the police were not told."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mediation_desktop.domain import safety
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.records import DisputeState
from mediation_desktop.services.aftercare import NOT_TOLD_POLICE, NOT_TOLD_SPECIAL
from mediation_desktop.ui.look import Tone, theme
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button, restyle


class Alert(Struct, frozen=True):
    """One sentence that stays until it is dealt with, and the panel that does it."""

    tone: Tone
    text: str
    do: str
    panel: str


def alerts(dossier: Dossier, signs: Collection[str]) -> list[Alert]:
    """Return what stands at the top of a dispute, the most pressing first.

    ``signs`` are the reasons of a risk for which a mandatory report is to be recorded.
    """
    found = []
    harm = safety.harm_suspected(dossier.minor_checks)
    reported = any(record.kind == safety.MINOR_REPORT for record in dossier.sealed_records)
    if harm:
        text = "存在或者疑似存在侵害未成年人的情形，这件事不能调解。"
        text += "已有强制报告登记。" if reported else f"{NOT_TOLD_SPECIAL}。"
        found.append(Alert("error", text, "登记报告", "minor_report"))
    elif safety.special_report_due(dossier, signs):
        found.append(Alert("error", f"有家庭暴力迹象。{NOT_TOLD_SPECIAL}。", "登记报告", "minor_report"))
    signal = safety.report_owed(dossier.risks, dossier.risk_reports)
    if signal:
        found.append(Alert("error", f"{NOT_TOLD_POLICE}（{signal}）。", "登记报告", "risk_report"))
    if safety.minor_check_due(dossier) and dossier.dispute.state not in _OVER:
        text = "有未成年人牵涉在内，九项核对还没有做。"
        found.append(Alert("warning", text, "现在核对", "minor_check"))
    return found


_OVER = frozenset({DisputeState.CLOSED, DisputeState.ARCHIVED})


class Alerts(QWidget):
    """The alerts below each other; ``wanted(panel key, None)`` when one is to be dealt with."""

    wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().space("s"))
        self._shown: list[Alert] = []
        self.hide()

    def show_alerts(self, found: Sequence[Alert]) -> None:
        """Show these and no others."""
        if list(found) == self._shown:
            return
        self._shown = list(found)
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for alert in found:
            self._column.addWidget(self._row(alert))
        self.setVisible(bool(found))

    def _row(self, alert: Alert) -> QFrame:
        do = button(alert.do, lambda: self.wanted.emit(alert.panel, None))
        do.setAccessibleName(f"{alert.do}：{alert.text}")
        return toned(alert.text, alert.tone, do)


def toned(text: str, tone: Tone, do: QPushButton | None = None) -> QFrame:
    """Return a sentence on the ground of its tone, with the button that deals with it."""
    frame = QFrame()
    frame.setObjectName("banner")
    frame.setAccessibleName(text)
    row = QHBoxLayout(frame)
    edge, gap = theme().space("m"), theme().space("s")
    row.setContentsMargins(edge, gap, edge, gap)
    row.addWidget(label(text, "strong"), 1)
    if do:
        row.addWidget(do)
    restyle(frame, tone)
    return frame
