"""Which papers tell of the office and not of one dispute, and which of them may be kept as files."""

from msgspec import Struct


class OfficePaperKind(Struct, frozen=True):
    """One kind of paper: its form and its everyday name.

    ``files`` says whether it may be written as a file, for Word or for a spreadsheet.
    """

    form: str
    name: str
    files: bool = True


MINOR_REPORT_SHEET = "minor_report"

OFFICE_PAPERS: tuple[OfficePaperKind, ...] = (
    OfficePaperKind("handover", "工作交接清单"),
    OfficePaperKind("destruction", "档案销毁清册"),
    OfficePaperKind("subsidy_month", "以案定补汇总表"),
    OfficePaperKind("subsidy_people", "调解员补贴表"),
    OfficePaperKind("ledger", "案件汇总登记簿"),
    OfficePaperKind(MINOR_REPORT_SHEET, "强制报告登记表", files=False),
)
"""Every shipped form of the office."""


def kind_of_office_paper(form: str) -> OfficePaperKind:
    """Return what is known of a form of the office.

    Raises:
        LookupError: there is no such form, which is our bug.
    """
    found = next((kind for kind in OFFICE_PAPERS if kind.form == form), None)
    if found is None:
        raise LookupError("no such paper of the office")
    return found
