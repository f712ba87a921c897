"""Records as plain JSON values and back: the one form in which they are kept and carried."""

from typing import cast

import msgspec

from mediation_desktop.domain.records import KINDS, Record


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
        record = msgspec.convert(data, cls)
    except msgspec.ValidationError as error:
        _, _, place = str(error).rpartition(" - at ")
        raise ValueError(f"{kind}: bad value at {place.strip('`') or '$'}") from None
    if unknown := _first_unknown(data, to_plain(record), "$"):
        raise ValueError(f"{kind}: unknown field at {unknown}")
    return record


def _first_unknown(given: object, kept: object, place: str) -> str | None:
    """Return the path of the first object in ``given`` that has more names than ``kept``, if any."""
    if isinstance(given, dict):
        known = cast("dict[str, object]", kept)
        if given.keys() - known.keys():
            return place
        found = (_first_unknown(value, known[name], f"{place}.{name}") for name, value in given.items())
    elif isinstance(given, list):
        pairs = zip(given, cast("list[object]", kept), strict=True)
        found = (_first_unknown(*pair, f"{place}[{index}]") for index, pair in enumerate(pairs))
    else:
        return None
    return next((where for where in found if where), None)
