"""Record revisions as lines of canonical JSON (RFC 8785), and the JSON Schema (2020-12) each must meet.

The schema is derived from the record definitions and travels in every bundle, so that a county's own
programs can check the same.  Special records (``STAYS_HERE``) are no part of it: they can neither leave
nor enter.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import cast

import jsonschema_rs
import msgspec
import msgspec.inspect as shape
import rfc8785

from mediation_desktop.domain.encoding import from_plain
from mediation_desktop.domain.records import KINDS, SCHEMA_VERSION, STAYS_HERE, Revision
from mediation_desktop.exchange import limits
from mediation_desktop.exchange.refusal import BundleRefused, Reason

Json = dict[str, object]

_LOCAL_TIME = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?$"
_ENTRY_TIMES = frozenset({"created_at", "updated_at"})
"""The two times of every record that are UTC; all others are local wall time."""


def revision_line(revision: Revision, number: int) -> Json:
    """Return the values of one line: the revision and its gap-free ``number`` in the recipient's stream."""
    return {"number": number, **msgspec.json.decode(msgspec.json.encode(revision))}


def encode_line(values: Json) -> bytes:
    """Return a record line with its line end, checked as the reader will check it.

    Raises:
        ValueError: the values do not meet the schema; the message names the field.
    """
    try:
        line = _canonical(values)
        check_line(line)
    except BundleRefused as refused:
        raise ValueError(f"record line: {refused.reason} {refused.detail}") from None
    return line + b"\n"


def check_lines(chunks: Iterable[bytes]) -> Iterator[Json]:
    """Yield the values of every line in a stream of bytes.

    Raises:
        BundleRefused: a line is too long, not canonical or does not meet the schema; its number is said.
    """
    for number, line in enumerate(_lines(chunks), 1):
        try:
            yield check_line(line)
        except BundleRefused as refused:
            place = f"第{number}行{'，' if refused.detail else ''}{refused.detail}"
            raise BundleRefused(refused.reason, place) from None


def check_line(line: bytes) -> Json:
    """Return the values of one line without its line end; ``BundleRefused`` names a field, never a value."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise BundleRefused(Reason.BAD_RECORD) from None
    version = values.get("schema_version") if isinstance(values, dict) else None
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise BundleRefused(Reason.NEWER_FORMAT)
    error = next(_validator().iter_errors(values), None)
    if error is not None:
        raise BundleRefused(Reason.BAD_RECORD, "/".join(map(str, error.instance_path)))
    if _canonical(values) != line:
        raise BundleRefused(Reason.BAD_RECORD, "RFC 8785")
    _check_record(values)
    return values


def schema_bytes() -> bytes:
    """Return the schema of a line as it is shipped in a bag."""
    return _canonical(revision_schema()) + b"\n"


@cache
def revision_schema() -> Json:
    """Return the JSON Schema of a record line."""
    defs: dict[str, Json] = {}
    kinds = {name: cls for name, cls in KINDS.items() if name not in STAYS_HERE}
    refs = {name: _schema(shape.type_info(cls), defs) for name, cls in kinds.items()}
    line = _object(cast("shape.StructType", shape.type_info(Revision)), defs)
    properties = cast("dict[str, Json]", line["properties"])
    properties |= {"number": {"type": "integer", "minimum": 1}, "kind": {"enum": sorted(kinds)}}
    properties["sequence"] = {"type": "integer", "minimum": 1}
    cast("list[str]", line["required"]).append("number")
    chosen = [
        {"if": {"properties": {"kind": {"const": name}}}, "then": {"properties": {"snapshot": ref}}}
        for name, ref in refs.items()
    ]
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {
        "$schema": draft,
        "title": f"record revision {SCHEMA_VERSION}",
        **line,
        "allOf": chosen,
        "$defs": defs,
    }


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(revision_schema(), validate_formats=True)


def _schema(kind: shape.Type, defs: dict[str, Json]) -> Json:
    """Return the schema of one type; records and enumerations go to ``defs`` and are referred to."""
    match kind:
        case shape.StructType():
            return _referred(kind.cls.__name__, lambda: _object(kind, defs), defs)
        case shape.EnumType():
            return _referred(kind.cls.__name__, lambda: {"enum": [member.value for member in kind.cls]}, defs)
        case shape.UnionType():
            return {"anyOf": [_schema(each, defs) for each in kind.types]}
        case shape.VarTupleType():
            return {"type": "array", "items": _schema(kind.item_type, defs)}
        case shape.DateTimeType():
            return {"type": "string", "pattern": _LOCAL_TIME}
        case _:
            return dict(_PLAIN[type(kind)])


_PLAIN: dict[type[shape.Type], Json] = {
    shape.StrType: {"type": "string"},
    shape.IntType: {"type": "integer"},
    shape.BoolType: {"type": "boolean"},
    shape.NoneType: {"type": "null"},
    shape.DateType: {"type": "string", "format": "date"},
    shape.UUIDType: {"type": "string", "format": "uuid"},
    shape.DictType: {"type": "object"},
}


def _object(kind: shape.StructType, defs: dict[str, Json]) -> Json:
    properties = {field.name: _field(field, defs) for field in kind.fields}
    required = [field.name for field in kind.fields if field.required]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _field(field: shape.Field, defs: dict[str, Json]) -> Json:
    if field.name in _ENTRY_TIMES:
        return {"anyOf": [{"type": "string", "format": "date-time", "pattern": "Z$"}, {"type": "null"}]}
    return _schema(field.type, defs)


def _referred(name: str, make: Callable[[], Json], defs: dict[str, Json]) -> Json:
    if name not in defs:
        defs[name] = make()
    return {"$ref": f"#/$defs/{name}"}


def _canonical(values: object) -> bytes:
    try:
        return rfc8785.dumps(cast("dict[str, None]", values))
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError):
        raise BundleRefused(Reason.BAD_RECORD, "RFC 8785") from None


def _check_record(values: Json) -> None:
    """Check what a schema cannot say: the snapshot is a readable record and the one the line names."""
    snapshot = cast("Json", values["snapshot"])
    try:
        from_plain(cast("str", values["kind"]), snapshot)
    except ValueError as error:
        raise BundleRefused(Reason.BAD_RECORD, str(error)) from None
    if snapshot["id"] != values["record_id"]:
        raise BundleRefused(Reason.BAD_RECORD, "record_id")


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Split at line feeds only; the last line has one too."""
    held = b""
    for chunk in chunks:
        *whole, held = (held + chunk).split(b"\n")
        yield from whole
        if len(held) > limits.MAX_LINE_BYTES:
            raise BundleRefused(Reason.TOO_LARGE, "records.ndjson")
    if held:
        raise BundleRefused(Reason.BAD_RECORD, "records.ndjson")
