"""Make papers: look at them, issue them, and follow them through signing, sealing and handing over."""

from datetime import date
from pathlib import Path
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.documents.compose import MissingField, compose, missing_fields
from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.fonts import FontSet, MissingCharacter, missing_characters
from mediation_desktop.documents.forms import load_form
from mediation_desktop.documents.pdf import PdfPaper, write_pdf
from mediation_desktop.domain import records
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.effect import effective_on
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import IN_MEDIATION, Action
from mediation_desktop.services.agreements import keep_reasons, open_faults
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import move
from mediation_desktop.services.queries import gather
from mediation_desktop.storage.unit_of_work import UnitOfWork
from mediation_desktop.system.clock import today, wall_time
from mediation_desktop.system.paths import forms_folder

AGREEMENT_FORM = "agreement"
_PDF, _DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Preview(Struct, frozen=True):
    """A paper as it would be printed now, what is still blank on it, and what no face can print."""

    pdf: PdfPaper
    blank: tuple[MissingField, ...]
    missing: tuple[MissingCharacter, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to look at before printing, one sentence each."""
        return warnings_before_printing(self.blank, self.missing)


def warnings_before_printing(
    blank: tuple[MissingField, ...], missing: tuple[MissingCharacter, ...]
) -> tuple[str, ...]:
    """Say which required fields are blank and which characters no face has."""
    labels = "、".join(dict.fromkeys(field.label for field in blank))
    gaps = (f"还空着：{labels}；可以补填，也可以打印后手写。",) if blank else ()
    return (*gaps, *(character.advice for character in missing))


def form_folders(folder: Path) -> tuple[Path, ...]:
    """Return where forms are looked for: the office's own beside its data, then the shipped ones."""
    return (folder / "forms", forms_folder())


def faces(folder: Path) -> FontSet:
    """Return the faces of papers: the office's choice in ``fonts`` beside its data, else the shipped."""
    return FontSet.bundled(folder / "fonts")


def preview(desk: Desk, dispute_id: UUID, form_name: str = AGREEMENT_FORM) -> Preview:
    """Return a paper as it would be printed now; nothing is issued."""
    with desk.office_file.read() as reader:
        dossier = gather(reader, dispute_id)
    form = load_form(form_name, form_folders(desk.folder))
    paper, fonts = compose(form, dossier), faces(desk.folder)
    pdf = write_pdf(paper, fonts, now=desk.clock.now())
    return Preview(pdf, missing_fields(form, dossier), missing_characters(paper, fonts))


def issue_agreement(desk: Desk, dispute_id: UUID, *, despite: str = "") -> Change:
    """Freeze the agreement as it is printed: both files, their digests, the form's version (已打印).

    ``despite`` is the mediator's reason for printing although the check found faults; it is kept as the
    reason of each of them.  The dispute counts as settled on the day the agreement was reached.

    Raises:
        UserError: there is no agreement, or faults are found and no reason is given.
    """
    with desk.office_file.change(desk.actor, "打印协议书") as work:
        dossier = gather(work, dispute_id)
        agreement = _issuable(desk, work, dossier, despite)
        paper = _freeze(desk, work, dossier, agreement)
        _replace_unsigned(work, agreement)
        work.add(paper)
        if dossier.dispute.state in IN_MEDIATION:
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


def _replace_unsigned(work: UnitOfWork, agreement: records.Agreement) -> None:
    """Printing anew replaces what was printed before and signed by nobody."""
    for old in work.find(records.IssuedPaper, subject_id=agreement.id):
        if old.state is records.PaperState.REPLACED:
            continue
        if old.state is not records.PaperState.PRINTED or old.signatures:
            raise UserError("这份协议书已经有人签字，不能重新打印。", "需要多印的，请打印已存的原件。")
        work.update(replace(old, state=records.PaperState.REPLACED))


def _freeze(
    desk: Desk, work: UnitOfWork, dossier: Dossier, agreement: records.Agreement
) -> records.IssuedPaper:
    now = desk.clock.now()
    paper = compose(load_form(AGREEMENT_FORM, form_folders(desk.folder)), dossier)
    pdf = write_pdf(paper, faces(desk.folder), now=now)
    return records.IssuedPaper(
        id=desk.new_id(),
        dispute_id=dossier.dispute.id,
        subject_id=agreement.id,
        form=AGREEMENT_FORM,
        form_version=paper.form_version,
        printed_at=wall_time(now),
        copies=dossier.copies_of(agreement),
        pages=pdf.pages,
        pdf_sha256=work.put_blob(pdf.data, _PDF),
        docx_sha256=work.put_blob(write_docx(paper, now=now), _DOCX),
    )


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
    """登记签字: note who signed when; with everybody's signature the paper is 已签字待盖章.

    Raises:
        UserError: a signature is dated after today.
    """
    with desk.office_file.change(desk.actor, "登记签字") as work:
        paper = work.get(records.IssuedPaper, paper_id)
        _not_in_future(desk, *(item.on for item in (*signatures, *party_seals)))
        signed = replace(paper, signatures=signatures, party_seals=party_seals)
        complete = _signers(gather(work, paper.dispute_id)) <= {item.party_id for item in signatures}
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
    """登记领取: note which party received its copy; with all of them the paper is 已交各方."""
    with desk.office_file.change(desk.actor, "登记领取") as work:
        paper = work.get(records.IssuedPaper, paper_id)
        if paper.sealed_on is None:
            raise UserError("协议书还没有盖章，不能交给当事人。", "请先登记盖章日期。")
        parties = {party.id for party in gather(work, paper.dispute_id).parties}
        complete = parties <= {item.party_id for item in deliveries}
        state = records.PaperState.DELIVERED if complete else records.PaperState.SEALED
        work.update(replace(paper, deliveries=deliveries, state=state))
        return changed(work, record_id=paper_id, dispute_id=paper.dispute_id)


def _signers(dossier: Dossier) -> set[UUID | None]:
    """Everyone whose signature the agreement needs: all parties, and the mediator (``None``)."""
    return {party.id for party in dossier.parties} | {None}


def _require_party_seals(paper: records.IssuedPaper, dossier: Dossier) -> None:
    sealed = {seal.party_id for seal in paper.party_seals}
    for party in dossier.parties:
        if party.kind is records.PartyKind.ORGANISATION and party.id not in sealed:
            raise UserError(f"{party.name}还没有盖公章。", "请先登记该单位盖章的日期。")


def _not_in_future(desk: Desk, *days: date) -> None:
    if any(day > today(desk.clock) for day in days):
        raise UserError("日期在今天之后。", "请填写实际签字、盖章的日期。")
