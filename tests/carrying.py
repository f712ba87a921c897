"""An office, its county and what they send, made small."""

import hashlib
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec.structs import replace

from mediation_desktop.domain.encoding import to_plain
from mediation_desktop.domain.records import (
    SCHEMA_VERSION,
    Party,
    Record,
    RecordLine,
    Revision,
    Session,
    kind_of,
)
from mediation_desktop.exchange.bundle import (
    BundleContent,
    BundleHeader,
    BundleItem,
    BundleKind,
    write_bundle,
)
from mediation_desktop.exchange.keys import DeviceKeys, new_device_keys
from mediation_desktop.exchange.schema import revision_line
from mediation_desktop.exchange.trust import Trust
from mediation_desktop.system.ids import new_id

DAY = date(2026, 3, 6)
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8
PNG = b"\x89PNG\r\n\x1a\n" + b"pixels" * 50


def item(data: bytes, extension: str) -> BundleItem:
    return BundleItem(hashlib.sha256(data).hexdigest(), extension, len(data), lambda: io.BytesIO(data))


def line(record: Record, sequence: int) -> dict[str, object]:
    revision = Revision(
        id=new_id(),
        kind=kind_of(record),
        record_id=record.id,
        parents=(),
        epoch=new_id(),
        sequence=sequence,
        clock="1-0",
        actor="李调解",
        schema_version=SCHEMA_VERSION,
        snapshot=to_plain(record),
        changed_fields=("name",),
    )
    return revision_line(revision, sequence)


def some_lines() -> list[dict[str, object]]:
    dispute = new_id()
    party = Party(
        id=new_id(), dispute_id=dispute, position=0, side="甲", name="𬎆三", created_at=datetime.now(UTC)
    )
    session = Session(
        id=new_id(),
        dispute_id=dispute,
        starts_at=datetime(2026, 3, 2, 9, 30),
        lines=(RecordLine(speaker_id=party.id, said="树挡了采光。"),),
    )
    return [line(party, 1), line(session, 2)]


@dataclass(frozen=True)
class Ends:
    """The office's keys, the county's keys and the county's trust in the office."""

    office: DeviceKeys
    county: DeviceKeys
    trust: Trust

    def content(self, **changes: object) -> BundleContent:
        header = BundleHeader(
            kind=BundleKind.SUBMISSION,
            office_code="XT-0101",
            device_epoch=new_id(),
            bundle_id=new_id(),
            serial=7,
            made_on=DAY,
        )
        content = BundleContent(
            header=header,
            office_name="溪头村人民调解委员会",
            have={str(new_id()): 3},
            records=some_lines(),
            documents=(item(PDF, "pdf"),),
            attachments=(item(PNG, "png"),),
        )
        return replace(content, **changes)

    def write(self, target: Path, **changes: object) -> Path:
        write_bundle(target, self.content(**changes), self.office, [self.county.sealing_public])
        return target


def new_ends() -> Ends:
    office, county = new_device_keys(), new_device_keys()
    trust = Trust().admitting(
        office_code="XT-0101", office_name="溪头村人民调解委员会", public_key=office.signing_public, on=DAY
    )
    return Ends(office, county, trust)
