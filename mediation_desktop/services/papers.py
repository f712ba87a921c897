"""Make papers: look at them, issue them, and follow them through signing, sealing and handing over."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.documents.compose import MissingField, compose, copies_of, missing_fields
from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.fonts import FontSet, MissingCharacter, missing_characters
from mediation_desktop.documents.forms import Form, added_fields
from mediation_desktop.documents.matter import Matter
from mediation_desktop.documents.pdf import PdfPaper, write_archive, write_pdf
from mediation_desktop.domain import records
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.effect import effective_on
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import IN_MEDIATION, Action
from mediation_desktop.domain.papers import (
    AGREEMENT,
    concerned,
    kind_of_paper,
    name_of_form,
    sealed_into_effect,
    subject_of,
)
from mediation_desktop.services.agreements import keep_reasons, open_faults
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import move
from mediation_desktop.services.ownforms import chosen_form
from mediation_desktop.services.queries import gather
from mediation_desktop.storage.reader import Reader
from mediation_desktop.storage.unit_of_work import UnitOfWork
from mediation_desktop.system.clock import today, wall_time

_REPLACEABLE = (records.PaperState.PRINTED, records.PaperState.REPLACED)
_PDF, _DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Added = Mapping[str, str]
"""What was written for the values that a form asks for itself, by their names."""


class Preview(Struct, frozen=True):
    """A paper as it would be printed now, what is still blank on it, and what no face can print.

    ``added`` is what the form asks for itself, with what was written; ``note`` tells why the office's own
    form is not used.
    """

    title: str
    pdf: PdfPaper
    copies: int
    blank: tuple[MissingField, ...]
    missing: tuple[MissingCharacter, ...]
    added: tuple[records.AddedValue, ...] = ()
    note: str = ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to look at before printing, one sentence each."""
        note = (self.note,) if self.note else ()
        return (*note, *warnings_before_printing(self.blank, self.missing))


def warnings_before_printing(
    blank: tuple[MissingField, ...], missing: tuple[MissingCharacter, ...]
) -> tuple[str, ...]:
    """Say which required fields are blank and which characters no face has."""
    labels = "、".join(dict.fromkeys(field.label for field in blank))
    gaps = (f"还空着：{labels}；可以补填，也可以打印后手写。",) if blank else ()
    return (*gaps, *(character.advice for character in missing))


def faces(folder: Path) -> FontSet:
    """Return the faces of papers: the office's choice in ``fonts`` beside its data, else the shipped."""
    return FontSet.bundled(folder / "fonts")


def matter_of(
    dossier: Dossier,
    codes: CodeTables,
    form_name: str,
    subject_id: UUID | None = None,
    mediators: tuple[records.Mediator, ...] = (),
) -> Matter:
    """Return what a paper tells of: the record ``subject_id``, else the newest that the form is for.

    Raises:
        UserError: the dispute has nothing of which there is such a paper now.
    """
    subject = subject_of(dossier, form_name, subject_id)
    kind = kind_of_paper(form_name)
    if kind and subject is None:
        raise UserError(
            f"这件纠纷现在没有可以打印的{kind.name}。", "请先在纠纷页登记这份文书要写的事，再来打印。"
        )
    return Matter(dossier, codes, subject, mediators)


def _gathered(
    desk: Desk, reader: Reader, dispute_id: UUID, form_name: str, subject_id: UUID | None
) -> Matter:
    dossier = gather(reader, dispute_id)
    return matter_of(dossier, desk.codes, form_name, subject_id, reader.find(records.Mediator))


def preview(
    desk: Desk,
    dispute_id: UUID,
    form_name: str = AGREEMENT,
    subject_id: UUID | None = None,
    *,
    added: Added | None = None,
) -> Preview:
    """Return a paper as it would be printed now; nothing is issued.

    ``added`` is what was written for the values that the form asks for itself; where it is left out, what
    stands on the newest paper of the kind.

    Raises:
        UserError: there is no such form, or nothing in the dispute that it is for.
    """
    chosen = chosen_form(desk.folder, form_name)
    with desk.office_file.read() as reader:
        matter = _gathered(desk, reader, dispute_id, form_name, subject_id)
    form = completed(chosen.form, matter, added)
    paper, fonts = compose(form, matter), faces(desk.folder)
    pdf = write_pdf(paper, fonts, now=desk.clock.now())
    gaps, missing = missing_fields(form, matter), missing_characters(paper, fonts)
    title = name_of_form(form_name, form.file.title)
    return Preview(title, pdf, copies_of(form, matter), gaps, missing, _added_values(form), chosen.note)


def completed(form: Form, matter: Matter, added: Added | None = None) -> Form:
    """Return a form with what was written for it, else with what its newest paper says."""
    if added is None:
        subject = matter.subject or matter.dossier.dispute
        kept = [
            one for one in matter.dossier.papers if (one.form, one.subject_id) == (form.file.id, subject.id)
        ]
        added = {value.name: value.text for paper in kept[-1:] for value in paper.added}
    return replace(form, added=added)


def _added_values(form: Form) -> tuple[records.AddedValue, ...]:
    texts = form.added_values
    return tuple(
        records.AddedValue(name=field.source, label=field.label, text=texts[field.source])
        for field in added_fields(form.file)
    )


def issue(
    desk: Desk,
    dispute_id: UUID,
    form_name: str,
    subject_id: UUID | None = None,
    *,
    despite: str = "",
    added: Added | None = None,
) -> Change:
    """Freeze a paper as it is printed: both files, their digests, the form's version (已打印).

    The agreement has rules of its own (``issue_agreement``), to which ``despite`` belongs.  ``added`` is
    as in ``preview``.

    Raises:
        UserError: as ``preview``; or the paper is signed already.
    """
    if form_name == AGREEMENT:
        return issue_agreement(desk, dispute_id, despite=despite, added=added)
    form = chosen_form(desk.folder, form_name).form
    with desk.office_file.change(desk.actor, f"打印{form.file.title}") as work:
        paper = issue_within(desk, work, dispute_id, form_name, subject_id, added=added)
        return changed(work, record_id=paper.id, dispute_id=dispute_id)


def issue_within(
    desk: Desk,
    work: UnitOfWork,
    dispute_id: UUID,
    form_name: str,
    subject_id: UUID | None,
    *,
    added: Added | None = None,
) -> records.IssuedPaper:
    """Issue a paper that is no agreement as part of a larger action; ``added`` and errors as ``issue``."""
    form = chosen_form(desk.folder, form_name).form
    matter = _gathered(desk, work, dispute_id, form_name, subject_id)
    return _issued(desk, work, completed(form, matter, added), matter)


def issue_agreement(desk: Desk, dispute_id: UUID, *, despite: str = "", added: Added | None = None) -> Change:
    """Freeze the agreement as it is printed: both files, their digests, the form's version (已打印).

    ``despite`` is the mediator's reason for printing although the check found faults; it is kept as the
    reason of each of them.  The dispute counts as settled on the day the agreement was reached.

    Raises:
        UserError: there is no agreement, or faults are found and no reason is given.
    """
    form = chosen_form(desk.folder, AGREEMENT).form
    with desk.office_file.change(desk.actor, "打印协议书") as work:
        matter = _gathered(desk, work, dispute_id, AGREEMENT, None)
        agreement = _issuable(desk, work, matter.dossier, despite)
        paper = _issued(desk, work, completed(form, matter, added), matter)
        if matter.dossier.dispute.state in IN_MEDIATION:
            move(desk, work, dispute_id, Action.AGREE, agreement.agreed_on or today(desk.clock))
        return changed(work, record_id=paper.id, dispute_id=dispute_id)


def _issuable(desk: Desk, work: UnitOfWork, dossier: Dossier, despite: str) -> records.Agreement:
    agreement = dossier.agreement
    if agreement is None:
        raise UserError("这件纠纷还没有协议。", "请先起草调解协议。")
    found = open_faults(desk.codes, dossier)
    if found and not despite.strip():
        raise UserError(f"协议书还不能打印：{found[0].text}", "请改正；确需照此打印的，请写明理由。")
    keep_reasons(desk, work, dossier.dispute.id, found, despite)
    return agreement


def _issued(desk: Desk, work: UnitOfWork, form: Form, matter: Matter) -> records.IssuedPaper:
    paper = _freeze(desk, work, form, matter)
    _replace_unsigned(work, paper)
    work.add(paper)
    return paper


def _replace_unsigned(work: UnitOfWork, paper: records.IssuedPaper) -> None:
    """Printing anew replaces what was printed before and signed by nobody; what was handed over stays."""
    for old in work.find(records.IssuedPaper, subject_id=paper.subject_id, form=paper.form):
        if old.state is records.PaperState.REPLACED:
            continue
        if not may_be_replaced(old):
            raise UserError("这份文书已经有人签字，不能重新打印。", "需要多印的，请打印已存的原件。")
        if not old.deliveries:
            work.update(replace(old, state=records.PaperState.REPLACED))


def may_be_replaced(paper: records.IssuedPaper) -> bool:
    """Tell whether a paper may be printed anew: nobody signed it; a notice may be given once more."""
    if paper.deliveries and not sealed_into_effect(paper):
        return True
    return paper.state in _REPLACEABLE and not paper.signatures


def _freeze(desk: Desk, work: UnitOfWork, form: Form, matter: Matter) -> records.IssuedPaper:
    now = desk.clock.now()
    paper, paper_id, fonts = compose(form, matter), desk.new_id(), faces(desk.folder)
    pdf = write_archive(paper, fonts, now=now, paper_id=paper_id)
    dispute = matter.dossier.dispute
    return records.IssuedPaper(
        id=paper_id,
        dispute_id=dispute.id,
        subject_id=(matter.subject or dispute).id,
        form=form.file.id,
        form_version=form.version,
        printed_at=wall_time(now),
        copies=copies_of(form, matter),
        pages=pdf.pages,
        pdf_sha256=work.put_blob(pdf.data, _PDF),
        docx_sha256=work.put_blob(write_docx(paper, now=now, fonts=fonts), _DOCX),
        added=_added_values(form),
    )


def record_printing(desk: Desk, paper_id: UUID, copies: int, pages: tuple[int, ...]) -> Change:
    """记下打印: note on an issued paper what went to the printer just now; ``pages`` count from 1."""
    with desk.office_file.change(desk.actor, "送往打印机") as work:
        paper = work.get(records.IssuedPaper, paper_id)
        whole = pages == tuple(range(1, paper.pages + 1))
        now = wall_time(desk.clock.now())
        printing = records.Printing(at=now, copies=copies, pages=() if whole else pages)
        work.update(replace(paper, printings=(*paper.printings, printing)))
        return changed(work, record_id=paper_id, dispute_id=paper.dispute_id)


def paper_bytes(desk: Desk, paper: records.IssuedPaper) -> bytes:
    """Return the frozen PDF of an issued paper; a reprint is always this."""
    with desk.office_file.read() as reader:
        return reader.blob(paper.pdf_sha256)


def record_signatures(
    desk: Desk,
    paper_id: UUID,
    signatures: tuple[records.Signature, ...],
    party_seals: tuple[records.Signature, ...] = (),
) -> Change:
    """登记签字: note who signed when; with everybody's signature the paper is signed, the agreement 待盖章.

    Raises:
        UserError: a signature is dated after today.
    """
    with desk.office_file.change(desk.actor, "登记签字") as work:
        paper = work.get(records.IssuedPaper, paper_id)
        _not_in_future(desk, *(item.on for item in (*signatures, *party_seals)))
        signed = replace(paper, signatures=signatures, party_seals=party_seals)
        complete = _signers(gather(work, paper.dispute_id), paper) <= {item.party_id for item in signatures}
        state = records.PaperState.SIGNED if complete else records.PaperState.PRINTED
        work.update(replace(signed, state=state))
        return changed(work, record_id=paper_id, dispute_id=paper.dispute_id)


def record_seal(desk: Desk, paper_id: UUID, on: date) -> Change:
    """登记盖章: the committee's seal is on; the agreement is effective from the latest of all dates.

    Raises:
        UserError: a signature or an organisation's own seal is missing, or the date lies in the future.
    """
    with desk.office_file.change(desk.actor, "登记盖章") as work:
        paper = work.get(records.IssuedPaper, paper_id)
        if not sealed_into_effect(paper):
            raise UserError("这份文书不靠盖章生效。", "只有调解协议书要登记盖章日期。")
        if paper.state is not records.PaperState.SIGNED:
            raise UserError("还有人没有签字，现在不能登记盖章。", "请先登记各方和调解员的签字日期。")
        _not_in_future(desk, on)
        dossier = gather(work, paper.dispute_id)
        _require_party_seals(paper, dossier)
        sealed = replace(paper, state=records.PaperState.SEALED, sealed_on=on)
        work.update(replace(sealed, effective_on=effective_on(sealed, dossier.parties)))
        if dossier.dispute.state is records.DisputeState.AGREED:
            move(desk, work, paper.dispute_id, Action.TAKE_EFFECT, on)
        return changed(work, record_id=paper_id, dispute_id=paper.dispute_id)


def record_deliveries(desk: Desk, paper_id: UUID, deliveries: tuple[records.Delivery, ...]) -> Change:
    """登记领取: note which party received its copy; with all of them the paper is 已交各方.

    Raises:
        UserError: it is an agreement without its seal, or a delivery is dated after today.
    """
    with desk.office_file.change(desk.actor, "登记领取") as work:
        paper = work.get(records.IssuedPaper, paper_id)
        sealed = sealed_into_effect(paper)
        if sealed and paper.sealed_on is None:
            raise UserError("协议书还没有盖章，不能交给当事人。", "请先登记盖章日期。")
        _not_in_future(desk, *(item.on for item in deliveries))
        parties = {party.id for party in concerned(gather(work, paper.dispute_id), paper)}
        waiting = records.PaperState.SEALED if sealed else records.PaperState.PRINTED
        complete = parties <= {item.party_id for item in deliveries}
        state = records.PaperState.DELIVERED if complete else waiting
        work.update(replace(paper, deliveries=deliveries, state=state))
        return changed(work, record_id=paper_id, dispute_id=paper.dispute_id)


def _signers(dossier: Dossier, paper: records.IssuedPaper) -> set[UUID | None]:
    """Everyone whose signature a paper needs: its parties, on an agreement the mediator (``None``) too."""
    mediator: set[UUID | None] = {None} if sealed_into_effect(paper) else set()
    return {party.id for party in concerned(dossier, paper)} | mediator


def _require_party_seals(paper: records.IssuedPaper, dossier: Dossier) -> None:
    sealed = {seal.party_id for seal in paper.party_seals}
    for party in dossier.parties:
        if party.kind is records.PartyKind.ORGANISATION and party.id not in sealed:
            raise UserError(f"{party.name}还没有盖公章。", "请先登记该单位盖章的日期。")


def _not_in_future(desk: Desk, *days: date) -> None:
    if any(day > today(desk.clock) for day in days):
        raise UserError("日期在今天之后。", "请填写实际签字、盖章的日期。")
