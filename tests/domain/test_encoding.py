"""Every record survives being written down as plain JSON values."""

import json
from datetime import date, datetime
from typing import get_args, get_type_hints
from uuid import UUID

import pytest
from msgspec import Struct

from mediation_desktop.domain.encoding import from_plain, to_plain
from mediation_desktop.domain.records import KINDS, Guardian, Party, RecordLine, Session

ID = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
PARTY = Party(
    id=ID,
    dispute_id=ID,
    position=0,
    side="甲",
    name="𬎆三",
    birth_date=date(1970, 1, 2),
    guardian=Guardian(name="乙"),
)
SESSION = Session(
    id=ID, dispute_id=ID, starts_at=datetime(2026, 3, 2, 9, 30), lines=(RecordLine(speaker_id=ID, said="好"),)
)


@pytest.mark.parametrize(("kind", "record"), [("party", PARTY), ("session", SESSION)])
def test_a_record_comes_back_as_it_was(kind, record):
    plain = to_plain(record)
    assert json.loads(json.dumps(plain)) == plain
    assert from_plain(kind, plain) == record


def test_a_field_that_an_older_snapshot_lacks_takes_its_default():
    plain = to_plain(PARTY)
    del plain["note"]
    assert from_plain("party", plain) == PARTY


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"more": 1}, r"\$"),
        ({"乙1970": 1}, r"\$"),
        ({"乙 - at `$.1970": 1}, r"\$"),
        ({"guardian": {"name": "乙", "more": 1}}, r"\$\.guardian"),
        ({"position": "first"}, r"\$\.position"),
        ({"birth_date": "19700102"}, r"\$\.birth_date"),
    ],
)
def test_what_does_not_fit_is_an_error_that_names_the_place_and_no_value(change, place):
    with pytest.raises(ValueError, match=f"party: .* at {place}$") as error:
        from_plain("party", to_plain(PARTY) | change)
    assert "乙" not in str(error.value)
    assert "1970" not in str(error.value)


@pytest.mark.parametrize("kind", KINDS)
def test_no_part_of_a_record_drops_a_field_unseen(kind):
    for part in _parts(KINDS[kind]):
        assert part.__struct_config__.forbid_unknown_fields, part


def _parts(cls):
    """Yield a record's class and those of everything inside it."""
    yield cls
    for hint in get_type_hints(cls).values():
        for each in (hint, *get_args(hint)):
            if isinstance(each, type) and issubclass(each, Struct):
                yield from _parts(each)


def test_an_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="kind"):
        from_plain("nonsense", {})
