"""Example documents, as the JSON wanted for them, become a schema to start from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from docpipe.errors import SchemaError


def infer_schema(examples: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A schema that every one of `examples` follows, every field nullable and none required.

    Raises SchemaError when there is no example, or when two examples disagree about what is an object, an array or
    a value; the message has the JSON pointer.
    """
    documents = list(examples)
    if not documents:
        raise SchemaError("no example to infer a schema from", hint="docpipe schemas infer EXAMPLE.json...")
    for document in documents:
        if not isinstance(document, Mapping):
            raise SchemaError(f"an example must be a JSON object, got {type(document).__name__}")
    node = _object(documents, "")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Document", **node}


def _object(found: Sequence[Mapping[str, Any]], pointer: str) -> dict[str, Any]:
    names = dict.fromkeys(name for document in found for name in document)
    if not names:
        raise SchemaError(f"examples: {pointer or '/'}: an object without fields says nothing about its fields")
    properties = {}
    for name in names:
        node = _node([document[name] for document in found if name in document], f"{pointer}/{name}")
        properties[name] = {"title": _title(name), **node}
    return {"type": "object", "properties": properties}


def _node(values: Sequence[Any], pointer: str) -> dict[str, Any]:
    seen = [value for value in values if value is not None]
    kinds = {
        "object" if isinstance(value, Mapping) else "array" if isinstance(value, list) else "value" for value in seen
    }
    if len(kinds) > 1:
        raise SchemaError(f"examples: {pointer}: is {' in one example and '.join(sorted(kinds))} in another")
    if kinds == {"object"}:
        return _object(seen, pointer)
    if kinds == {"array"}:
        return {"type": "array", "items": _node([item for value in seen for item in value], f"{pointer}/*")}
    return _scalar(seen)


def _scalar(seen: Sequence[Any]) -> dict[str, Any]:
    if seen and all(isinstance(value, bool) for value in seen):
        return {"type": ["boolean", "null"]}
    # Whole numbers become "number" too: an amount that happens to be round must not refuse cents elsewhere.
    if seen and all(isinstance(value, int | float | Decimal) and not isinstance(value, bool) for value in seen):
        return {"type": ["number", "null"]}
    for name, reads in _FORMATS:
        if seen and all(isinstance(value, str) and reads(value) for value in seen):
            return {"type": ["string", "null"], "format": name}
    return {"type": ["string", "null"]}


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None and _parses(date, text)


def _is_datetime(text: str) -> bool:
    return re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text) is not None and _parses(datetime, text)


def _is_time(text: str) -> bool:
    return re.match(r"\d\d:\d\d(:\d\d)?", text) is not None and _parses(time, text)


def _parses(kind: type[date | time], text: str) -> bool:
    try:
        kind.fromisoformat(text)
    except ValueError:
        return False
    return True


_FORMATS = (
    ("date", _is_date),
    ("date-time", _is_datetime),
    ("time", _is_time),
    ("email", lambda text: re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) is not None),
    ("uri", lambda text: re.match(r"https?://\S+$", text) is not None),
)


def _title(name: str) -> str:
    """`invoice_number` and `invoiceNumber` as a label: Invoice number."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").replace("-", " ").split()
    return " ".join(words).capitalize() if words else name
