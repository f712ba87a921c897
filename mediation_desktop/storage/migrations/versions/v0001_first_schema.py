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
    _record("committee", *_texts("name", "town", "village", "number_word"))
    _record("studio", *_texts("committee_id", "name"))
    _record("mediator", *_texts("committee_id", "name", "phone"), *_flags("active"))


def _dispute_tables() -> None:
    """Make the tables of disputes, parties and sessions."""
    _record(
        "dispute",
        *_texts("number", "state", "type_code", "source_code", "source_note", "referral_number"),
        *_optional_texts("referred_on"),
        *_texts("grade_code", "committee_id"),
        *_optional_texts("studio_id"),
        *_texts("mediator_ids", "recorder"),
        *_optional_texts("occurred_on", "applied_on"),
        *_texts("registered_on"),
        *_optional_texts("accepted_on", "finished_on"),
        *_texts("town", "village", "place", "landmarks", "summary", "requests"),
        *_optional_numbers("amount_claimed_fen", "people_involved"),
        *_texts("special_groups", "document_numbers"),
    )
    _dispute_record(
        "party",
        *_numbers("position"),
        *_texts("side", "kind", "name", "sex"),
        *_optional_texts("birth_date"),
        *_texts("nation", "occupation", "phone", "address"),
        *_flags("household"),
        *_texts("id_number"),
        *_flags("id_warning_accepted"),
        *_texts("document_missing", "uscc"),
        *_optional_texts("representative", "guardian"),
        *_texts("agents", "note"),
    )
    _dispute_record("invited", *_texts("name", "role"), *_flags("consent"))
    _dispute_record("refusal", *_texts("party_id", "on", "how"), *_optional_texts("consented_again_on"))
    _dispute_record("notice", *_texts("how", "told_at", "teller"))
    _dispute_record(
        "session",
        *_texts("starts_at"),
        *_numbers("minutes"),
        *_texts("place", "mediator_ids", "recorder", "state", "lines", "result"),
        *_optional_texts("next_on"),
    )
    _dispute_record("proposal", *_numbers("position"), *_optional_texts("party_id"), *_texts("text", "state"))
    _dispute_record(
        "evidence",
        *_texts("kind", "name"),
        *_optional_texts("party_id"),
        *_optional_flags("original"),
        *_optional_numbers("pages"),
    )


def _safety_tables() -> None:
    """Make the tables of risks and of checks on minors."""
    _dispute_record("minor_check", *_texts("on", "by", "result"))
    _dispute_record("risk", *_texts("level", "reason", "measures"))
    _dispute_record("risk_report", *_texts("told", "officer", "told_at", "how", "reply"))


def _agreement_tables() -> None:
    """Make the tables of what a dispute ends in."""
    _dispute_record("outcome", *_texts("kind", "on", "reason", "to", "routes_told"))
    _dispute_record(
        "agreement",
        *_texts("number", "form", "facts", "responsibility", "terms", "amounts", "extra_copies"),
        *_optional_texts("agreed_on"),
    )
    _dispute_record(
        "obligation",
        *_texts("agreement_id"),
        *_numbers("position"),
        *_texts("debtor_id", "creditor_id", "what"),
        *_optional_numbers("amount_fen"),
        *_texts("method", "place", "account"),
        *_optional_texts("due_on"),
        *_texts("instalments"),
    )
    _dispute_record(
        "payment", *_texts("debtor_id", "creditor_id"), *_numbers("amount_fen"), *_texts("on", "proof")
    )
    _dispute_record("followup", *_texts("on", "how", "by", "result"))
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
        *_texts("deliveries"),
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
        *_texts("id", "at", "actor", "action", "kind", "record_id"),
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
        ("dispute", "number"),
        ("dispute", "state", "id"),
        ("party", "dispute_id", "position", "name", "phone", "id_number"),
        ("invited", "dispute_id"),
        ("refusal", "dispute_id"),
        ("notice", "dispute_id"),
        ("session", "dispute_id"),
        ("session", "starts_at"),
        ("proposal", "dispute_id"),
        ("evidence", "dispute_id"),
        ("minor_check", "dispute_id"),
        ("risk", "dispute_id"),
        ("risk_report", "dispute_id"),
        ("outcome", "dispute_id"),
        ("agreement", "dispute_id"),
        ("obligation", "agreement_id"),
        ("obligation", "dispute_id"),
        ("payment", "dispute_id"),
        ("followup", "dispute_id"),
        ("confirmation", "dispute_id"),
        ("paper", "dispute_id"),
        ("paper", "state"),
        ("paper", "subject_id"),
        ("revision", "clock"),
        ("revision", "record_id"),
        ("history", "dispute_id"),
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
