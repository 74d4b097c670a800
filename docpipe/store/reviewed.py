"""A reviewed record becomes the truth about its document: what a person confirmed or set, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    is known to be empty when the whole record was reviewed.
    """
    found = kept.record.values
    paths: dict[str, bool] = {}
    for value in found:
        leaf = schema.leaf(value.pointer)
        if leaf is not None:
            paths[leaf.path] = paths.get(leaf.path, True) and value.status == "reviewed"
    sure = {path for path, reviewed in paths.items() if reviewed}
    data = _known(schema.document, kept.record.data, "", sure, set(paths), all(paths.values()))
    # What stands in the record and not in its data was not admitted by the schema.
    pointers = _numbered([value for value in found if value.value is not None], schema)
    asis = [v for v in found if v.pointer in pointers and v.pointer not in set(changed) and v.text is not None]
    asis = [v for v in asis if (leaf := schema.leaf(v.pointer)) is not None and leaf.path in sure]
    return Reviewed(
        document=kept.document,
        name=name,
        file=file,
        schema=schema,
        data={} if data is _UNKNOWN else data,
        texts={pointers[v.pointer]: v.text for v in asis if v.text is not None},
        boxes={pointers[v.pointer]: (v.page, v.box) for v in asis if v.page is not None and v.box is not None},
    )


def _known(node: Mapping[str, Any], data: Any, path: str, sure: set[str], read: set[str], whole: bool) -> Any:
    """The part of `data` that is sure. `read` are the paths of all values, `whole` whether all of them were reviewed."""
    kind = type_name(node)
    if kind == "object":
        inside = {
            name: _known(
                inner,
                data.get(name) if isinstance(data, Mapping) else None,
                f"{path}/{escape(name)}",
                sure,
                read,
                whole,
            )
            for name, inner in node["properties"].items()
        }
        known = {name: value for name, value in inside.items() if value is not _UNKNOWN}
        return known or _UNKNOWN
    if kind == "array":
        if not any(p.startswith(f"{path}/*") for p in read):
            return [] if whole else _UNKNOWN
        if not any(p.startswith(f"{path}/*") for p in sure):
            return _UNKNOWN
        rows = [_known(node["items"], row, f"{path}/*", sure, read, whole) for row in data or ()]
        return [row for row in rows if row is not _UNKNOWN]
    return data if path in sure else _UNKNOWN


def _numbered(found: Iterable[Value], schema: Schema) -> dict[str, str]:
    """The pointers of values as they are in the data, where rows without values are left out and the rest numbered."""
    steps: dict[str, list[tuple[str, bool]]] = {}
    rows: dict[str, set[int]] = {}
    for value in found:
        leaf = schema.leaf(value.pointer)
        if leaf is None:
            continue
        places = value.pointer.split("/")[1:]
        stars = [star == "*" for star in leaf.path.split("/")[1:]]
        # The last step of a list of scalars is a cell, which keeps its number.
        stars[-1] = False
        steps[value.pointer] = list(zip(places, stars, strict=True))
        for depth, (place, star) in enumerate(steps[value.pointer]):
            if star:
                rows.setdefault("/".join(places[:depth]), set()).add(int(place))
    ranks = {above: {number: rank for rank, number in enumerate(sorted(found))} for above, found in rows.items()}
    return {
        pointer: "".join(
            f"/{ranks['/'.join(p for p, _ in taken[:depth])][int(place)] if star else place}"
            for depth, (place, star) in enumerate(taken)
        )
        for pointer, taken in steps.items()
    }
