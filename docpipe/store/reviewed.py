"""A reviewed record becomes the truth about its document: what a person confirmed or set, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, and_, select

from docpipe.schema import Schema
from docpipe.store.entries import Kept, Reviewed
from docpipe.store.tables import records, reviews, values
from docpipe.subset import escape, type_name
from docpipe.types import Value

_UNKNOWN = object()


def reviewed_records(connection: Connection) -> set[int]:
    """The numbers of the current records in which a person reviewed something."""
    found = select(values.c.record_id).join(records, records.c.id == values.c.record_id)
    return set(connection.execute(found.where(records.c.current, values.c.status == "reviewed").distinct()).scalars())


def corrected(connection: Connection, kept: Kept) -> set[str]:
    """The pointers of values that a person ever changed, in any record of this document and schema."""
    same = and_(records.c.document_id == kept.document, records.c.schema_name == kept.record.schema_name)
    other = reviews.c.before.is_distinct_from(reviews.c.after)
    return set(connection.execute(select(reviews.c.pointer).join(records).where(same, other)).scalars())


def truth_of(kept: Kept, name: str, file: Path, schema: Schema, changed: Iterable[str]) -> Reviewed:
    """The truth in a record. `changed` are the pointers of values that were read otherwise: where such a value stands,
    and how it is printed there, nobody said.

    A field counts when every value of it was reviewed: of a column, that is each of its cells. A list without values
    is known to be empty when the whole record was reviewed. What the schema did not admit does not count.
    """
    record = kept.record
    refused = {n.pointer for n in record.warnings if n.code == "invalid_value"}
    paths: dict[str, bool] = {}
    for value in record.values:
        leaf = schema.leaf(value.pointer)
        if leaf is not None:
            told = value.status == "reviewed" and value.pointer not in refused
            paths[leaf.path] = paths.get(leaf.path, True) and told
    data = _known(schema.document, record.data, "", paths)
    places = _places(record.values, schema)
    right = places.keys() - set(changed)
    as_read = [(places[v.pointer], v) for v in record.values if v.pointer in right and paths[_path(v, schema)]]
    return Reviewed(
        document=kept.document,
        name=name,
        sha256=kept.record.sha256,
        file=file,
        schema=schema,
        data={} if data is _UNKNOWN else data,
        texts={place: value.text for place, value in as_read if value.text is not None},
        boxes={place: (v.page, v.box) for place, v in as_read if v.page is not None and v.box is not None},
    )


def _known(node: Mapping[str, Any], data: Any, path: str, paths: Mapping[str, bool]) -> Any:
    """The part of `data` that counts. `paths` are those of all fields that have values, and whether they count."""
    kind = type_name(node)
    if kind == "object":
        found = data if isinstance(data, Mapping) else {}
        inside = {
            name: _known(inner, found.get(name), f"{path}/{escape(name)}", paths)
            for name, inner in node["properties"].items()
        }
        return {name: value for name, value in inside.items() if value is not _UNKNOWN} or _UNKNOWN
    if kind == "array":
        below = [counts for field, counts in paths.items() if field.startswith(f"{path}/*")]
        if not below:
            return [] if all(paths.values()) else _UNKNOWN
        rows = [_known(node["items"], row, f"{path}/*", paths) for row in data or ()]
        return [{} if row is _UNKNOWN else row for row in rows] if any(below) else _UNKNOWN
    return data if paths.get(path) else _UNKNOWN


def _places(found: Sequence[Value], schema: Schema) -> dict[str, str]:
    """The pointers of values that are there, as they are in the data: rows without values are left out of it, and the
    rest is numbered anew. The cells of a list of scalars keep their numbers.
    """
    rows: dict[str, set[int]] = {}
    there = [value for value in found if value.value is not None and schema.leaf(value.pointer) is not None]
    for value in there:
        for above, number in _rows(value, schema):
            rows.setdefault(above, set()).add(number)
    ranks = {above: {n: rank for rank, n in enumerate(sorted(numbers))} for above, numbers in rows.items()}
    places = {}
    for value in there:
        steps = value.pointer.split("/")
        for above, number in _rows(value, schema):
            steps[above.count("/") + 1] = str(ranks[above][number])
        places[value.pointer] = "/".join(steps)
    return places


def _rows(value: Value, schema: Schema) -> Iterator[tuple[str, int]]:
    """The rows that a value lies in: the pointer of each list, and the number in it."""
    steps = value.pointer.split("/")
    for depth, star in enumerate(_path(value, schema).split("/")[:-1]):
        if star == "*":
            yield "/".join(steps[:depth]), int(steps[depth])


def _path(value: Value, schema: Schema) -> str:
    leaf = schema.leaf(value.pointer)
    return "" if leaf is None else leaf.path
