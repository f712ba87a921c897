"""The first schema.

A row holds a record's JSON values: ids, dates and times are text, and so is what is nested, as JSON.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    _office_tables()
    _dispute_tables()
    _mediation_tables()
    _safety_tables()
    _agreement_tables()
    _trace_tables()
    _sending_tables()
    _side_tables()
    _indexes()


def _office_tables() -> None:
    """Make the tables of the office and its people."""
    _record(
        "office",
        *_texts("code", "name", "committee_id"),
        *_optional_texts("studio_id"),
        *_texts("recorder", "number_block"),
    )
    _record(
        "committee",
        *_texts("name", "town", "village", "number_word"),
        *_optional_texts("elected_on", "term_ends_on"),
        *_flags("mixed_area"),
    )
    _record("studio", *_texts("committee_id", "name"))
    _record(
        "mediator",
        *_texts("committee_id", "name", "phone"),
        *_flags("active"),
        *_texts("role", "sex", "nation", "education"),
        *_optional_texts("since_on", "until_on", "person_id"),
    )
    _record(
        "training",
        *_texts("mediator_id", "on", "topic"),
        *_optional_numbers("hours"),
        *_texts("organiser"),
    )
    _record(
        "handover",
        *_texts("on", "from_name", "to_name", "reason", "dispute_ids", "duties", "files", "keys", "note"),
        *_optional_texts("from_signed_on", "to_signed_on"),
    )
    _record("destruction", *_texts("on", "dispute_ids", "first_name", "second_name", "note"))
    _record(
        "enquiry",
        *_texts("at", "name", "phone", "how", "village", "said", "taken_by", "answer"),
        *_optional_texts("became_id"),
    )
    _record(
        "person",
        *_texts("kind", "name", "other_names", "sex"),
        *_optional_texts("birth_date"),
        *_texts("nation", "occupation", "phone", "village", "address", "id_number"),
        *_flags("id_warning_accepted"),
        *_texts("document_missing", "uscc"),
        *_optional_texts("representative"),
        *_texts("capacity"),
        *_optional_texts("guardian", "household_id"),
        *_texts("note"),
    )
    _record("tie", *_texts("mediator_id", "person_id", "kind", "note"))


def _dispute_tables() -> None:
    """Make the tables of disputes, their clock and their parties."""
    _record(
        "dispute",
        *_texts("number", "state", "type_code", "source_code", "source_note", "reporter", "referral_number"),
        *_optional_texts("referred_on"),
        *_texts("grade_code", "committee_id"),
        *_optional_texts("studio_id"),
        *_texts("mediator_ids", "mediator_choices", "recorder"),
        *_optional_texts("occurred_on", "applied_on"),
        *_texts("registered_on"),
        *_optional_texts(
            "accepted_on", "finished_on", "reopened_on", "closed_on", "archived_on", "deadline_above"
        ),
        *_texts(
            "deadline_above_by", "town", "village", "place", "landmarks", "land_use", "summary", "requests"
        ),
        *_optional_numbers("amount_claimed_fen", "people_involved"),
        *_texts("scale_code", "special_groups", "document_numbers", "linked_ids", "retention_code"),
    )
    _dispute_record("step_taken", *_texts("action", "before", "after", "on", "by", "reason"))
    _dispute_record("acceptance_check", *_texts("on", "by", "answers"))
    _dispute_record(
        "pause",
        *_texts("from_on"),
        *_optional_texts("until_on"),
        *_texts("reason_code", "note"),
    )
    _dispute_record("extension", *_texts("agreed_on", "until_on", "note"))
    _dispute_record("regrading", *_texts("on", "before_code", "after_code", "reason", "by"))
    _dispute_record("override", *_texts("code", "subject_id", "field", "reason", "by", "on"))
    _dispute_record("outcome", *_texts("kind", "on", "reason_code", "reason", "to", "routes_told"))
    _dispute_record(
        "party",
        *_numbers("position"),
        *_optional_texts("person_id"),
        *_texts("side", "kind", "name", "sex"),
        *_optional_texts("birth_date"),
        *_texts("nation", "occupation", "phone", "address"),
        *_flags("household"),
        *_texts("id_number"),
        *_flags("id_warning_accepted"),
        *_texts("document_missing", "uscc"),
        *_optional_texts("representative"),
        *_texts("capacity"),
        *_optional_texts("guardian"),
        *_texts("agents", "note"),
    )
    _dispute_record(
        "invited",
        *_texts("name", "role"),
        *_flags("consent"),
    )
    _dispute_record(
        "refusal",
        *_texts("party_id", "on", "how"),
        *_optional_texts("consented_again_on"),
    )


def _mediation_tables() -> None:
    """Make the tables of what happens on the way."""
    _dispute_record("attempt", *_texts("party_id", "at", "how", "by", "result"))
    _dispute_record("notice", *_texts("how", "told_at", "teller", "party_ids"))
    _dispute_record(
        "session",
        *_texts("starts_at"),
        *_numbers("minutes"),
        *_texts("place", "mediator_ids", "recorder", "invited_ids"),
        *_optional_flags("public"),
        *_texts("closed_because", "state", "absences", "lines", "result"),
        *_optional_texts("next_on"),
        *_optional_numbers("sheets"),
    )
    _dispute_record(
        "private_note",
        *_optional_texts("session_id"),
        *_texts("on", "by", "text"),
    )
    _dispute_record(
        "proposal",
        *_numbers("position"),
        *_optional_texts("session_id", "party_id"),
        *_texts("text", "state"),
    )
    _dispute_record(
        "investigation",
        *_texts("at", "place", "asked"),
        *_optional_texts("party_id"),
        *_texts("present", "questions", "investigator", "recorder"),
        *_optional_numbers("sheets"),
    )
    _dispute_record(
        "evidence",
        *_texts("kind", "name"),
        *_optional_texts("party_id"),
        *_optional_flags("original"),
        *_optional_numbers("pages"),
        *_texts("note"),
    )
    _dispute_record(
        "attachment",
        *_texts("subject_id", "name", "media_type", "sha256"),
        *_numbers("size"),
        *_texts("caption"),
        *_optional_numbers("sheets"),
    )
    _dispute_record(
        "sketch",
        *_numbers("position"),
        *_texts("title"),
        *_optional_texts("background_id"),
        *_texts("marks"),
    )


def _safety_tables() -> None:
    """Make the tables of risks and of checks on minors."""
    _dispute_record("minor_check", *_texts("on", "by", "result", "hits"))
    _dispute_record(
        "risk",
        *_optional_texts("on"),
        *_texts("by"),
        *_optional_texts("session_id"),
        *_texts("level", "signal", "reason", "measures"),
        *_optional_texts("next_on"),
    )
    _dispute_record(
        "risk_report", *_texts("told", "officer", "told_at", "how", "by", "receipt_number", "reply")
    )
    _dispute_record("sealed_record", *_texts("kind", "sealed"))


def _agreement_tables() -> None:
    """Make the tables of what a dispute ends in."""
    _dispute_record(
        "agreement",
        *_texts("number", "form", "facts", "responsibility", "terms", "amounts", "extra_copies"),
        *_optional_texts("agreed_on"),
        *_texts("co_owners"),
        *_optional_texts("earlier_id", "change"),
    )
    _dispute_record(
        "obligation",
        *_texts("agreement_id"),
        *_numbers("position"),
        *_texts("debtor_id", "creditor_id", "what", "standard"),
        *_optional_numbers("amount_fen"),
        *_texts("method", "place", "account"),
        *_optional_texts("due_on"),
        *_texts("instalments"),
        *_optional_texts("performed_on"),
        *_texts("performed_note"),
    )
    _dispute_record(
        "payment",
        *_texts("debtor_id", "creditor_id"),
        *_numbers("amount_fen"),
        *_texts("on", "proof"),
    )
    _dispute_record(
        "urging",
        *_texts("on", "party_id"),
        *_optional_texts("obligation_id"),
        *_texts("how", "by", "reply"),
    )
    _dispute_record(
        "followup",
        *_texts("on", "how", "by"),
        *_optional_texts("party_id"),
        *_texts("performance", "satisfaction", "relapse", "result"),
        *_optional_texts("next_on"),
    )
    _dispute_record("closing", *_texts("on", "by", "result", "summary"))
    _dispute_record(
        "subsidy",
        *_texts("mediator_id", "month", "rule"),
        *_numbers("amount_fen"),
        *_texts("on", "note"),
    )
    _dispute_record(
        "confirmation",
        *_texts("court", "applicant_ids"),
        *_optional_texts("applied_on"),
        *_texts("materials", "note", "result", "ruling_number"),
        *_optional_texts("ruled_on"),
    )
    _dispute_record(
        "paper",
        *_texts("subject_id", "form", "form_version", "printed_at"),
        *_numbers("copies", "pages"),
        *_texts("pdf_sha256", "docx_sha256", "state", "signatures", "party_seals"),
        *_optional_texts("sealed_on", "effective_on"),
        *_texts("deliveries", "added", "printings"),
    )
    _dispute_record(
        "filed_item",
        *_texts("form"),
        *_optional_texts("subject_id"),
        *_texts("name"),
        *_optional_numbers("sheets"),
        *_texts("note"),
    )


def _trace_tables() -> None:
    """Make the tables of revisions and history."""
    op.create_table(
        "revision",
        *_numbers("position"),
        *_texts("id", "kind", "record_id", "parents", "epoch"),
        *_numbers("sequence"),
        *_texts("clock", "actor"),
        *_numbers("schema_version"),
        *_texts("snapshot", "changed_fields"),
        *_optional_texts("removed_because"),
        sa.PrimaryKeyConstraint("position", name="pk_revision"),
        sa.UniqueConstraint("epoch", "sequence", name="uq_revision_epoch_sequence"),
        sa.UniqueConstraint("id", name="uq_revision_id"),
    )
    op.create_table(
        "history",
        *_numbers("position"),
        *_texts("id", "change_id", "at", "actor", "action", "kind", "record_id"),
        *_optional_texts("dispute_id"),
        *_texts("changes"),
        sa.PrimaryKeyConstraint("position", name="pk_history"),
        sa.UniqueConstraint("id", name="uq_history_id"),
    )


def _sending_tables() -> None:
    """Make the tables of what is sent to whom."""
    op.create_table(
        "recipient",
        *_texts("id", "name", "public_key"),
        *_numbers("acknowledged"),
        *_optional_texts("acknowledged_at"),
        sa.PrimaryKeyConstraint("id", name="pk_recipient"),
    )
    op.create_table(
        "stream_entry",
        *_texts("recipient_id"),
        *_numbers("number"),
        *_texts("revision_id"),
        *_optional_texts("bundle_id", "exported_at", "acknowledged_at"),
        sa.PrimaryKeyConstraint("recipient_id", "number", name="pk_stream_entry"),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipient.id"], name="fk_stream_entry_recipient_id_recipient"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name="fk_stream_entry_revision_id_revision"
        ),
    )
    op.create_table(
        "export_log",
        *_numbers("serial"),
        *_texts("bundle_id", "recipient_id"),
        *_numbers("first_number", "last_number"),
        *_texts("file_name", "digest", "actor", "purpose", "exported_at"),
        sa.PrimaryKeyConstraint("serial", name="pk_export_log"),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipient.id"], name="fk_export_log_recipient_id_recipient"
        ),
        sa.UniqueConstraint("bundle_id", name="uq_export_log_bundle_id"),
    )


def _side_tables() -> None:
    """Make the tables of what stands beside the records."""
    op.create_table(
        "blob",
        *_texts("sha256", "media_type"),
        *_numbers("size"),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob"),
    )
    op.create_table(
        "setting",
        *_texts("key"),
        *_optional_texts("value"),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )
    op.create_table(
        "draft",
        *_texts("key"),
        *_optional_texts("value"),
        *_texts("saved_at"),
        sa.PrimaryKeyConstraint("key", name="pk_draft"),
    )


def _indexes() -> None:
    """Make what lists filter and sort by."""
    for table, *columns in (
        ("enquiry", "at"),
        ("person", "household_id"),
        ("person", "id_number"),
        ("person", "name"),
        ("dispute", "number"),
        ("dispute", "state", "id"),
        ("dispute", "village", "occurred_on", "id"),
        ("step_taken", "dispute_id"),
        ("acceptance_check", "dispute_id"),
        ("pause", "dispute_id"),
        ("extension", "dispute_id"),
        ("regrading", "dispute_id"),
        ("override", "dispute_id"),
        ("outcome", "dispute_id"),
        ("party", "dispute_id", "position", "name", "phone", "id_number"),
        ("party", "id_number", "dispute_id"),
        ("party", "name", "dispute_id"),
        ("party", "person_id"),
        ("invited", "dispute_id"),
        ("refusal", "dispute_id"),
        ("attempt", "dispute_id"),
        ("notice", "dispute_id"),
        ("session", "dispute_id"),
        ("session", "starts_at"),
        ("private_note", "dispute_id"),
        ("proposal", "dispute_id"),
        ("investigation", "dispute_id"),
        ("evidence", "dispute_id"),
        ("attachment", "dispute_id"),
        ("attachment", "subject_id"),
        ("sketch", "dispute_id"),
        ("minor_check", "dispute_id"),
        ("risk", "dispute_id"),
        ("risk_report", "dispute_id"),
        ("sealed_record", "dispute_id"),
        ("agreement", "dispute_id"),
        ("obligation", "agreement_id"),
        ("obligation", "dispute_id"),
        ("payment", "dispute_id"),
        ("urging", "dispute_id"),
        ("followup", "dispute_id"),
        ("closing", "dispute_id"),
        ("subsidy", "dispute_id"),
        ("subsidy", "month"),
        ("confirmation", "dispute_id"),
        ("paper", "dispute_id"),
        ("paper", "state"),
        ("paper", "subject_id"),
        ("filed_item", "dispute_id"),
        ("revision", "clock"),
        ("revision", "record_id"),
        ("history", "dispute_id"),
        ("history", "change_id"),
        ("stream_entry", "revision_id"),
        ("export_log", "recipient_id"),
    ):
        op.create_index("_".join(("ix", table, *columns)), table, columns)


def _record(kind: str, *columns: sa.schema.SchemaItem) -> None:
    """Make the table of one kind of record."""
    op.create_table(
        kind,
        *_texts("id"),
        *_optional_texts("revision", "created_at", "updated_at"),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{kind}"),
    )


def _dispute_record(kind: str, *columns: sa.schema.SchemaItem) -> None:
    """Make the table of one kind of record that belongs to a dispute."""
    key = sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=f"fk_{kind}_dispute_id_dispute")
    _record(kind, *_texts("dispute_id"), *columns, key)


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _optional_texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=True) for name in names]


def _numbers(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _optional_numbers(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=True) for name in names]


def _flags(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _optional_flags(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Boolean(), nullable=True) for name in names]
