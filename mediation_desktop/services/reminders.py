"""What the office itself is to see to, beside its disputes."""

from datetime import date

from msgspec import Struct

from mediation_desktop.domain import records
from mediation_desktop.domain.committee import term_end
from mediation_desktop.domain.dates import printed, printed_month
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.retention import count_past
from mediation_desktop.services.subsidy import month_before, month_of, month_waiting
from mediation_desktop.storage.reader import Reader


class OfficeReminder(Struct, frozen=True):
    """One thing to see to: where, a sentence, what stands smaller below it, the days left if they count."""

    place: str
    text: str
    detail: str
    days_left: int | None = None


def office_reminders(desk: Desk, reader: Reader, day: date) -> tuple[OfficeReminder, ...]:
    """Return what is to be seen to: the end of term, dossiers past their time, last month's subsidy."""
    return (*_term(desk, reader, day), *_destroy(desk, reader, day), *_subsidy(desk, reader, day))


def _term(desk: Desk, reader: Reader, day: date) -> tuple[OfficeReminder, ...]:
    ends_on = term_end(reader.find(records.Committee)[0])
    ahead = {one.code: one.days for one in desk.codes.office_reminders.entries}
    if ends_on is None or "term_end" not in ahead or (ends_on - day).days > ahead["term_end"]:
        return ()
    left = (ends_on - day).days
    word = "届满" if left >= 0 else "已经届满"
    return (
        OfficeReminder(
            "settings",
            f"委员会任期{printed(ends_on)}{word}",
            "请筹备换届；不再连任的先办移交。换届以后在“设置”里登记推选日期。",
            left,
        ),
    )


def _destroy(desk: Desk, reader: Reader, day: date) -> tuple[OfficeReminder, ...]:
    count = count_past(desk, reader, day)
    if not count:
        return ()
    detail = "只作提醒；逐件核对、两人确认以后才可以销毁。"
    return (OfficeReminder("destruction", f"{count}份卷宗的保管期限已满", detail),)


def _subsidy(desk: Desk, reader: Reader, day: date) -> tuple[OfficeReminder, ...]:
    month = month_before(month_of(day))
    if not month_waiting(desk, reader, month):
        return ()
    detail = "核对哪些纠纷计入，确认以后打印或复制清单。"
    return (OfficeReminder("subsidy", f"{printed_month(month)}的补贴还没有确认", detail),)
