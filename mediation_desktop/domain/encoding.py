"""Records as plain JSON values and back: the one form in which they are kept and carried."""

import re

import msgspec

from mediation_desktop.domain.records import KINDS, Record

_PLACE = re.compile(r" - at `(\$[a-z_.\[\]]*)`\Z")
"""Where msgspec found fault: names of our fields only, for a name that was given may be anything."""


def to_plain(record: Record) -> dict[str, object]:
    """Return every field of ``record`` as JSON values.

    Ids, dates and times become ISO 8601 text, enumerations their value, tuples lists.
    """
    return msgspec.json.decode(msgspec.json.encode(record))


def from_plain(kind: str, data: dict[str, object]) -> Record:
    """Return the record of ``kind`` (a name in ``KINDS``) that ``data`` describes.

    A field left out takes its default, so that older snapshots stay readable; a field that the record
    does not know is an error, so that nothing is dropped unseen.

    Raises:
        ValueError: the values do not fit the record.  The message names the place, never a value.
    """
    cls = KINDS.get(kind)
    if cls is None:
        raise ValueError("unknown kind of record")
    try:
        return msgspec.convert(data, cls)
    except msgspec.ValidationError as error:
        fault, found = str(error), _PLACE.search(str(error))
        what = "unknown field" if fault.startswith("Object contains unknown field") else "bad value"
        raise ValueError(f"{kind}: {what} at {found[1] if found else '$'}") from None
