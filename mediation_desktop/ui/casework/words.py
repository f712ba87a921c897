"""Sentences that more than one part of the dispute page says."""

from datetime import date

from mediation_desktop.domain.confirmation import ConfirmationWindow
from mediation_desktop.domain.dates import printed


def confirmation_told(window: ConfirmationWindow, day: date) -> str:
    """Say until when both parties may jointly ask a court to confirm the agreement."""
    last = printed(window.last_day)
    doubt = "" if window.certain else "（那一年的放假安排还没有录入，请核对）"
    if day > window.last_day:
        return f"共同申请司法确认的期限已于{last}届满{doubt}。"
    left = (window.last_day - day).days
    return f"双方可以共同申请司法确认，最后一日：{last}，还有{left}天{doubt}。"
