"""Records, schemas and replies become text that a database keeps exactly, and come back as they were."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from docpipe.schema import Schema, load_schema
from docpipe.types import Reading, Record, Reply, Scalar

# JSON has no exact decimals: they stand as {"$decimal": "1234.50"}.
_DECIMAL = "$decimal"


def encode(record: Record) -> str:
    """A record as JSON that keeps every Decimal to its last digit."""
    return json.dumps(record.model_dump(mode="python"), default=_plain)


def decode(content: str) -> Record:
    """The record that `encode` made the text from."""
    return Record.model_validate(json.loads(content, object_hook=_exact))


def digest(record: Record) -> str:
    """A hash of what a record says; where the file lay and how long it took are left out."""
    said = record.model_dump(mode="python", exclude={"timing", "source"})
    return hashlib.sha256(json.dumps(said, default=_plain, sort_keys=True).encode()).hexdigest()


def schema_text(schema: Schema) -> str:
    """A schema's document as JSON; Decimals in it are bounds and constants, for which JSON's numbers do."""
    return json.dumps(schema.document, ensure_ascii=False, default=_number)


def schema_from(text: str, name: str) -> Schema:
    """The schema that `schema_text` made the text from."""
    loaded = load_schema(json.loads(text))
    return Schema(name, loaded.title, loaded.description, loaded.document, loaded.hash)


def encode_reply(reply: Reply) -> str:
    """A reply as JSON."""
    return json.dumps(asdict(reply))


def decode_reply(content: str) -> Reply:
    """The reply that `encode_reply` made the text from. It takes no time now, whatever it took then."""
    kept = json.loads(content)
    readings = tuple(
        Reading(**{**reading, "box": None if reading["box"] is None else tuple(reading["box"])})
        for reading in kept["readings"]
    )
    return Reply(**{**kept, "readings": readings, "read_s": 0.0})


def storable(text: str | None) -> str | None:
    """Text that every database takes: PostgreSQL has no NUL, and half a surrogate pair is no UTF-8."""
    if text is None:
        return None
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def value_text(value: Scalar) -> str | None:
    """A typed value as text: 1234.50, true, 2024-09-17."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else storable(str(value))


def _plain(node: object) -> Any:
    if isinstance(node, Decimal):
        return {_DECIMAL: str(node)}
    raise TypeError(f"{type(node).__name__} cannot be kept")


def _number(node: object) -> Any:
    if isinstance(node, Decimal):
        return int(node) if node == node.to_integral_value() else float(node)
    raise TypeError(f"{type(node).__name__} cannot be kept")


def _exact(node: Mapping[str, Any]) -> Any:
    return Decimal(node[_DECIMAL]) if node.keys() == {_DECIMAL} else node
