"""The words and tones in which states are shown: one place for lists, chips and timelines."""

from datetime import date

from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.enquiries import EnquiryState
from mediation_desktop.domain.limits import Deadline, Urgency
from mediation_desktop.domain.papers import concerned, sealed_into_effect
from mediation_desktop.domain.records import DisputeState, IssuedPaper, PaperState, SessionState
from mediation_desktop.ui.look import Tone

Word = tuple[str, Tone]

STATE_WORDS: dict[DisputeState, Word] = {
    DisputeState.REGISTERED: ("已登记", "info"),
    DisputeState.ACCEPTED: ("已受理", "info"),
    DisputeState.NOT_ACCEPTED: ("不予受理", "neutral"),
    DisputeState.REFERRED: ("已移送", "neutral"),
    DisputeState.INVESTIGATING: ("调查中", "info"),
    DisputeState.MEDIATING: ("调解中", "info"),
    DisputeState.AGREED: ("已达成协议", "warning"),
    DisputeState.TERMINATED: ("已终止", "neutral"),
    DisputeState.WITHDRAWN: ("已撤回", "neutral"),
    DisputeState.PERFORMING: ("履行中", "info"),
    DisputeState.PERFORMED: ("已履行", "success"),
    DisputeState.IN_DEFAULT: ("未按期履行", "error"),
    DisputeState.CONFIRMED: ("法院已确认", "success"),
    DisputeState.NOT_CONFIRMED: ("法院未确认", "warning"),
    DisputeState.CLOSED: ("已结案", "success"),
    DisputeState.ARCHIVED: ("已归档", "success"),
}

PAPER_WORDS: dict[PaperState, Word] = {
    PaperState.PRINTED: ("已打印", "info"),
    PaperState.SIGNED: ("已签字待盖章", "warning"),
    PaperState.SEALED: ("已盖章生效", "success"),
    PaperState.DELIVERED: ("已交各方", "success"),
    PaperState.REPLACED: ("已被替换", "neutral"),
}


def paper_word(paper: IssuedPaper) -> Word:
    """Return a paper's state; what is only signed, and not sealed into effect, waits for nothing more."""
    if paper.state is PaperState.SIGNED and not sealed_into_effect(paper):
        return "已签字", "success"
    return PAPER_WORDS[paper.state]


def paper_panel(dossier: Dossier, paper: IssuedPaper) -> str:
    """Return the panel in which an issued paper is followed up, or nothing where no party has to act."""
    if sealed_into_effect(paper):
        return "signing"
    return "receipt" if concerned(dossier, paper) else ""


SESSION_WORDS: dict[SessionState, Word] = {
    SessionState.PLANNED: ("已安排", "info"),
    SessionState.HELD: ("已调解", "success"),
    SessionState.CANCELLED: ("已取消", "neutral"),
}

URGENCY_TONES: dict[Urgency, Tone] = {
    Urgency.DONE: "success",
    Urgency.CALM: "info",
    Urgency.SOON: "warning",
    Urgency.TODAY: "error",
    Urgency.OVERDUE: "error",
}


def days_word(left: int, tone: Tone = "info") -> Word:
    """Return the days left until something is due (negative: past); ``tone`` is for while there is time."""
    if left < 0:
        return f"超期 {-left} 天", "error"
    return ("今天到期", "error") if left == 0 else (f"还剩 {left} 天", tone)


def deadline_word(deadline: Deadline) -> Word:
    """Return a running time limit in words."""
    word, tone = days_word(deadline.days_left, URGENCY_TONES[deadline.urgency])
    return (f"已暂停，{word}", "neutral") if deadline.paused_now else (word, tone)


def weekday(day: date) -> str:
    """Return the day of the week: 周一."""
    return f"周{'一二三四五六日'[day.weekday()]}"


def month_day(day: date) -> str:
    """Return a day of this year in short: 6月19日."""
    return f"{day.month}月{day.day}日"


OUTCOME_WORDS: dict[str, str] = {
    "terminated": "终止调解",
    "withdrawn": "撤回申请",
    "referred": "移送",
    "not_accepted": "不予受理",
}
"""How a dispute that ended without an agreement is told."""

ENQUIRY_WORDS: dict[EnquiryState, Word] = {
    EnquiryState.OPEN: ("待答复", "warning"),
    EnquiryState.ANSWERED: ("已答复", "success"),
    EnquiryState.REGISTERED: ("已登记为纠纷", "info"),
}
