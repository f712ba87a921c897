"""核验文书: whether a PDF is a paper of ours and unchanged, by itself or against what the office kept."""

import hashlib
from datetime import datetime
from pathlib import Path

from mediation_desktop.documents.archive import Told, told_by
from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.papers import name_of_form
from mediation_desktop.domain.times import printed_moment
from mediation_desktop.services.desk import Desk
from mediation_desktop.system.files import problem

_WRITTEN = "D:%Y%m%d%H%M%S"


def read_pdf(path: Path) -> bytes:
    """Return the bytes of a file to be verified.

    Raises:
        EnvironmentProblem: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise problem(error, path) from error


def verify_alone(data: bytes) -> list[str]:
    """Return what a PDF tells of itself, where there is no office to compare it with.

    Raises:
        UserError: it is no paper of ours, or was changed since it was written.
    """
    told = _told(data)
    if not told.whole:
        raise UserError(
            f"这个文件写成以后被改动过，或者被别的程序另存过：{_described(told)}。",
            "请不要用它，向出具文书的调委会要存档的那一份。",
        )
    return [
        f"{_described(told)}。",
        "文件写成以后没有改动。",
        "这只说明文件完整；是不是调委会存档的那一份，要用“--office 数据文件夹”和密码核对。",
    ]


def verify_kept(desk: Desk, data: bytes) -> list[str]:
    """Return which paper of this office a PDF is, byte for byte as it was kept.

    Raises:
        UserError: it is no paper of ours, of another office, or differs from what was kept.
    """
    with desk.office_file.read() as reader:
        same = reader.find(records.IssuedPaper, pdf_sha256=hashlib.sha256(data).hexdigest())
        if same:
            dispute = reader.get(records.Dispute, same[0].dispute_id)
            return _identified(same[0], dispute)
        told = _told(data)
        if told.code and reader.find(records.IssuedPaper, id=told.code.paper_id):
            raise UserError(
                f"本单位存有这份文书，但这个文件与存档的不一样：{_described(told)}。",
                "请以存档的为准：在纠纷页打开那份文书重新打印。",
            )
    raise UserError(
        f"本单位没有存档这份文书：{_described(told)}。",
        "它可能是草稿、别的单位的文书，或者另一个数据文件夹里的。",
    )


def _told(data: bytes) -> Told:
    told = told_by(data)
    if told is None:
        raise UserError("这不是本程序写成的文书 PDF。", "请核对文件；扫描件请在纠纷页作为附件加入。")
    return told


def _described(told: Told) -> str:
    moment = _moment(told.written)
    written = f"{printed_moment(moment)}写成，" if moment else ""
    code = "" if told.code else "，没有文书码（草稿，或由纠纷文件直接打印）"
    about = told.about
    return f"《{about.title}》，{about.author}，{written}共{told.pages}页，版式 {about.subject}{code}"


def _moment(written: str) -> datetime | None:
    """Return when a file says that it was written; somebody may have put anything there."""
    try:
        return datetime.strptime(written[:16], _WRITTEN)  # noqa: DTZ007 - the office's wall time
    except ValueError:
        return None


def _identified(paper: records.IssuedPaper, dispute: records.Dispute) -> list[str]:
    name, printed = name_of_form(paper.form, paper.form), printed_moment(paper.printed_at)
    first = f"与存档的原件一字不差：{name}，{printed}打印，共{paper.pages}页，纠纷编号{dispute.number}。"
    if paper.state is not records.PaperState.REPLACED:
        return [first]
    return [first, "请注意：这一份后来重新打印过，已经被替换，不再使用。"]
