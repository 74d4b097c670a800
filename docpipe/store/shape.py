"""A schema becomes the shape of its tables, and a record the rows that go into them.

The values that stand once are one table. Every array is a table of its own, with a row for each element: those of a
generic table come out long, one row a cell, with the number of the table, of the row and of the cell beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from docpipe.schema import Schema
from docpipe.store.coding import storable
from docpipe.subset import escape, type_name
from docpipe.types import Record, Value

Kind = Literal["text", "number", "integer", "boolean", "date", "datetime", "time"]
_FORMATS: Mapping[str, Kind] = {"date": "date", "date-time": "datetime", "time": "time"}
# The table's own columns: a field of such a name gets another one.
OWN = ("id", "document_id", "record_id", "parent_id", "position", "page", "document", "status")
# PostgreSQL cuts names at 63 bytes.
LONGEST = 50


@dataclass(frozen=True)
class Field:
    """A column: the pointer of its field below its table's element, the name it would like, its kind, and a comment."""

    path: str
    name: str
    kind: Kind
    comment: str


@dataclass(frozen=True)
class Part:
    """A table: the path of its array (/line_items, /tables/*/rows; empty for what stands once) and what is in it.

    `name` is what it would like to be called. `counts` are the names of the arrays around it, for their numbers.
    """

    path: str
    name: str
    counts: tuple[str, ...]
    fields: tuple[Field, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Row:
    """A row of a part: its number in its array from 1 (0 for what stands once), those of the arrays around it,
    the page it stands on, its values by the path of their field, and the rows of the parts below it.
    """

    part: Part
    position: int
    counts: tuple[int, ...]
    page: int | None
    values: Mapping[str, Any]
    below: tuple[Row, ...]


def shape(schema: Schema) -> Part:
    """The tables of a schema, the outermost first."""
    return _part(schema.document, "", identifier(schema.name), ())


def rows(record: Record, part: Part) -> Row:
    """The row of a record and all rows below it."""
    return _row(part, record.data, "", 0, (), [value for value in record.values if value.value is not None])


def identifier(text: str) -> str:
    """A name that needs no quotes in most databases, and is not too long for any."""
    name = re.sub(r"\W+", "_", text.lower()).strip("_") or "field"
    return name.encode()[:LONGEST].decode("utf-8", "ignore")


def _part(node: Mapping[str, Any], path: str, name: str, counts: tuple[str, ...]) -> Part:
    fields, parts = [], []
    for place, key, inner in _inside(node, ""):
        if type_name(inner) == "array":
            around = (*counts, path.rsplit("/", 1)[-1]) if path else ()
            below = f"{path}/*{place}" if path else place
            parts.append(_part(inner["items"], below, identifier(f"{name}_{key}"), around))
        else:
            fields.append(Field(place, identifier(key or "value"), _kind(inner), _comment(inner)))
    return Part(path, name, counts, tuple(fields), tuple(parts))


def _inside(node: Mapping[str, Any], place: str, key: str = "") -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The scalars and arrays of an element, those of objects inside it too, with the names that lead there."""
    if type_name(node) != "object":
        yield place, key, node
        return
    for name, inner in node.get("properties", {}).items():
        yield from _inside(inner, f"{place}/{escape(name)}", f"{key}_{name}" if key else name)


def _kind(node: Mapping[str, Any]) -> Kind:
    kind = type_name(node)
    if kind == "string":
        return _FORMATS.get(node.get("format", ""), "text")
    if kind == "integer":
        return "integer"
    return "number" if kind == "number" else "boolean"


def _comment(node: Mapping[str, Any]) -> str:
    labels = ", ".join(node.get("x-labels", [])[:3])
    about = node.get("description") or node.get("title") or ""
    return f"{about} (printed as: {labels})" if labels and about else about or labels


def _row(part: Part, node: Any, pointer: str, position: int, counts: tuple[int, ...], values: Sequence[Value]) -> Row:
    around = (*counts, position) if position else ()
    below = []
    for inner in part.parts:
        relative = inner.path.removeprefix(f"{part.path}/*") if part.path else inner.path
        for number, element, place, inside in _elements(node, pointer, relative, values):
            below.append(_row(inner, element, place, number, around, inside))
    kept = {field.path: _typed(_at(node, field.path), field.kind) for field in part.fields}
    page = next((value.page for value in values if value.page is not None), None)
    return Row(part, position, counts, page, kept, tuple(below))


def _elements(
    node: Any, pointer: str, relative: str, values: Sequence[Value]
) -> Iterator[tuple[int, Any, str, list[Value]]]:
    """Each element of an array with its number, the pointer its values have, and those values.

    Rows that were empty are in the values' numbers but not in the data, so the n-th row of the data is the n-th with
    a value. The cells of a row keep their numbers.
    """
    elements = _at(node, relative) or []
    prefix = f"{pointer}{relative}/"
    inside: dict[int, list[Value]] = {}
    for value in values:
        step = value.pointer.removeprefix(prefix).split("/", 1)[0]
        if value.pointer.startswith(prefix) and step.isdigit():
            inside.setdefault(int(step), []).append(value)
    numbers = (
        sorted(inside) if any(isinstance(element, Mapping) for element in elements) else list(range(len(elements)))
    )
    for index, element in enumerate(elements):
        number = numbers[index] if index < len(numbers) else index
        yield index + 1, element, f"{prefix}{number}", inside.get(number, [])


def _at(node: Any, path: str) -> Any:
    for step in path.split("/")[1:]:
        if not isinstance(node, Mapping):
            return None
        node = node.get(step.replace("~1", "/").replace("~0", "~"))
    return node


def _typed(value: Any, kind: Kind) -> Any:
    """The value as its column takes it. What validation let through always fits its kind."""
    if value is None:
        return None
    if kind == "text":
        return storable(str(value))
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "time":
        return time.fromisoformat(value).replace(tzinfo=None)
    if kind == "datetime":
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
    if kind == "number":
        return Decimal(str(value))
    return bool(value) if kind == "boolean" else int(value)
