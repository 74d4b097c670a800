"""Rows that made an answer become citations: the value that answers, with its page, its box and its confidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from docpipe.plan import Catalogue, Column, Found, Part, QueryPlan, Table
from docpipe.store.tables import documents, values
from docpipe.types import Citation, Scalar

# Records that are looked up with one statement.
_AT_ONCE = 500


@dataclass(frozen=True)
class Line:
    """A row as a plan's statement gives it. `positions` are its numbers in the arrays around it, from 1."""

    part: int
    document: int
    record: int
    page: int | None
    positions: tuple[int, ...]
    keys: tuple[Scalar, ...]
    currency: str | None
    value: Scalar
    shown: tuple[Scalar, ...]


def cite(connection: Connection, catalogue: Catalogue, plan: QueryPlan, lines: Sequence[Line]) -> Iterator[Found]:
    """Each row with its citation, in order."""
    for start in range(0, len(lines), _AT_ONCE):
        some = lines[start : start + _AT_ONCE]
        names = _names(connection, {line.document for line in some})
        kept = _values(connection, catalogue, plan, {line.record for line in some})
        for line in some:
            part = plan.parts[line.part]
            whole = catalogue.table(part.table)
            row = None if whole is None else _best(kept.get(line.record, {}), catalogue, part, whole, line)
            name = names.get(line.document, "")
            yield Found(
                part=line.part,
                document=line.document,
                name=name,
                keys=line.keys,
                currency=line.currency,
                value=line.value,
                shown=line.shown,
                citation=Citation(document=line.document, name=name, page=line.page)
                if row is None
                else _citation(row, line, name),
            )


def _names(connection: Connection, numbers: set[int]) -> dict[int, str]:
    query = select(documents.c.id, documents.c.name).where(documents.c.id.in_(numbers))
    return {row.id: row.name for row in connection.execute(query)}


def _values(
    connection: Connection, catalogue: Catalogue, plan: QueryPlan, numbers: set[int]
) -> dict[int, dict[str, Any]]:
    """The values of records by their pointers: those that stand once, and those of the arrays that the plan asks."""
    arrays = {whole.path for part in plan.parts if (whole := catalogue.table(part.table)) is not None and whole.path}
    inside = [values.c.pointer.startswith(f"{path.split('/*')[0]}/", autoescape=True) for path in arrays]
    once = values.c.pointer.not_like("%/%/%")
    deeper = [
        values.c.pointer == column.path
        for part in plan.parts
        if (whole := catalogue.table(part.table)) is not None
        for column in catalogue.root(whole).columns
        if column.path.count("/") > 1
    ]
    query = select(values).where(values.c.record_id.in_(numbers), values.c.value.is_not(None))
    found: dict[int, dict[str, Any]] = {}
    for row in connection.execute(query.where(or_(once, *inside, *deeper))):
        found.setdefault(row.record_id, {})[row.pointer] = row
    return found


def _best(kept: Mapping[str, Any], catalogue: Catalogue, part: Part, whole: Table, line: Line) -> Any:
    """The value to cite: the one that is computed with or shown, else one that the row was chosen by, else any."""
    asked = [part.value, *part.show, *(c.column for c in part.conditions if c.operator != "empty"), *part.group]
    named = [found for ref in asked if ref is not None and (found := catalogue.column(ref)) is not None]
    root = catalogue.root(whole)
    # A row of a list is cited by a value of its own, where it has one.
    columns = [c for c in named if c.table == whole.name] + (list(whole.columns) if whole.path else []) + named
    columns += [*(c for c in root.columns if c.name in root.identity), *root.columns]
    prefix = _element(kept, whole.path, line.positions) if whole.path else ""
    for column in columns:
        pointer = _pointer(column, whole, prefix)
        if pointer is not None and pointer in kept:
            return kept[pointer]
    return None


def _pointer(column: Column, whole: Table, prefix: str | None) -> str | None:
    """Where a column's value stands in this row."""
    if column.table != whole.name or not whole.path:
        return column.path
    return None if prefix is None else prefix + column.path.removeprefix(f"{whole.path}/*")


def _element(kept: Mapping[str, Any], path: str, positions: Sequence[int]) -> str | None:
    """The pointer of an array's element by its position.

    Rows that were empty are in the values' numbers but not among the positions: the n-th is the n-th with a value.
    """
    pointer = ""
    for array, position in zip(path.split("/*"), positions, strict=False):
        prefix = f"{pointer}{array}/"
        numbers = sorted(
            {
                int(step)
                for name in kept
                if name.startswith(prefix) and (step := name.removeprefix(prefix).split("/", 1)[0]).isdigit()
            }
        )
        if not 1 <= position <= len(numbers):
            return None
        pointer = f"{prefix}{numbers[position - 1]}"
    return pointer


def _citation(row: Any, line: Line, name: str) -> Citation:
    box = None if row.x0 is None else (row.x0, row.y0, row.x1, row.y1)
    return Citation(
        document=line.document,
        name=name,
        page=row.page or line.page,
        box=box,
        pointer=row.pointer,
        text=row.text,
        value=row.value,
        confidence=row.confidence,
        status=row.status,
    )
