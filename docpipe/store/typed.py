"""A schema's tables are made and grown, and hold the rows of the current record of each document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, column, delete, insert, select, table, text, types
from sqlalchemy.sql.expression import TableClause

from docpipe.schema import Schema
from docpipe.store import tables as fixed
from docpipe.store.shape import OWN, Field, Kind, Part, Row, identifier, rows, shape
from docpipe.types import Record

# SQLite has no decimals: a number is kept as a whole number of millionths in a column beside it, and the column
# with the field's name is computed from that. Exact to the millionth, up to nine million millions.
SCALE = 1_000_000
SCALED = "_e6"
_LARGEST = 2**63 - 1
_SQLITE: Mapping[Kind, str] = {
    "text": "TEXT",
    "number": "INTEGER",
    "integer": "INTEGER",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "DATETIME",
    "time": "TIME",
}
_POSTGRES: Mapping[Kind, str] = {
    "text": "TEXT",
    "number": "NUMERIC",
    "integer": "NUMERIC(38, 0)",  # what is printed as a number may be longer than any integer type
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "time": "TIME",
}
_TYPES: Mapping[Kind, types.TypeEngine[Any]] = {
    "text": types.Text(),
    "boolean": types.Boolean(),
    "date": types.Date(),
    "datetime": types.DateTime(),
    "time": types.Time(),
}


@dataclass(frozen=True)
class _Table:
    """A part's table in the database and the columns of the part's fields, by path."""

    name: str
    columns: Mapping[str, str]


class TypedTables:
    """The typed tables, seen through one connection of a write transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sqlite = connection.dialect.name == "sqlite"
        self._quote = connection.dialect.identifier_preparer.quote_identifier

    def put(self, document: int, number: int, record: Record, schema: Schema) -> None:
        """Make `record` the row of its document, and its arrays the rows of theirs, in place of what was there."""
        whole = shape(schema)
        known = self._prepared(whole, schema.name)
        self._clear(known[whole.path].name, document)
        self._insert(known, rows(record, whole), {"document_id": document, "record_id": number}, None)

    def clear(self, document: int, schema_name: str) -> None:
        """Take a document's rows out of the tables of a schema, if they are there."""
        name = self._registered(schema_name).get("")
        if name is not None:
            self._clear(name, document)

    def _clear(self, name: str, document: int) -> None:
        root = table(name, column("document_id"))
        self._connection.execute(delete(root).where(root.c.document_id == document))

    def _insert(self, known: Mapping[str, _Table], row: Row, own: Mapping[str, Any], parent: int | None) -> None:
        place = known[row.part.path]
        target = self._target(place, row.part)
        found = self._connection.execute(
            insert(target).values(self._values(place, row, own, parent)).returning(target.c.id)
        )
        number = found.scalar_one()
        for part in row.part.parts:
            below = [inner for inner in row.below if inner.part.path == part.path]
            if part.parts:
                for inner in below:
                    self._insert(known, inner, own, number)
            elif below:  # many rows with nothing below them go in together
                deep = known[part.path]
                lines = [self._values(deep, inner, own, number) for inner in below]
                self._connection.execute(insert(self._target(deep, part)), lines)

    def _values(self, place: _Table, row: Row, own: Mapping[str, Any], parent: int | None) -> dict[str, Any]:
        line: dict[str, Any] = {**own, "page": row.page}
        if parent is not None:
            line |= {"parent_id": parent, "position": row.position}
            line |= {_count(name): count for name, count in zip(row.part.counts, row.counts, strict=True)}
        for field in row.part.fields:
            value = row.values[field.path]
            if field.kind == "number" and self._sqlite:
                line[place.columns[field.path] + SCALED] = _scaled(value)
            elif field.kind == "integer" and self._sqlite and value is not None and abs(value) > _LARGEST:
                line[place.columns[field.path]] = float(value)
            else:
                line[place.columns[field.path]] = value
        return line

    def _target(self, place: _Table, part: Part) -> TableClause:
        own = ["id", "document_id", "record_id", "page"]
        own += ["parent_id", "position", *map(_count, part.counts)] if part.path else []
        fields = []
        for field in part.fields:
            scaled = field.kind == "number" and self._sqlite
            kind = _TYPES.get(field.kind)
            fields.append(column(place.columns[field.path] + (SCALED if scaled else ""), kind))
        return table(place.name, *(column(name) for name in own), *fields)

    # Tables and columns, made when a schema first needs them.

    def _prepared(self, part: Part, schema_name: str, parent: str | None = None) -> dict[str, _Table]:
        """Every part's table, made or grown where it lacks something."""
        name = self._registered(schema_name).get(part.path)
        grown = name is None
        if name is None:
            name = self._make(part, schema_name, parent)
        known = fixed.typed_columns
        found = self._connection.execute(
            select(known.c.path, known.c.kind, known.c.name).where(known.c.table_name == name)
        ).all()
        columns = {(path, kind): called for path, kind, called in found}
        taken = {called for _, _, called in found} | {*OWN, *map(_count, part.counts)}
        for field in part.fields:
            if (field.path, field.kind) not in columns:
                columns[field.path, field.kind] = self._grow(name, field, taken)
                grown = True
        if grown:
            self._view(name, part)
        prepared = {part.path: _Table(name, {f.path: columns[f.path, f.kind] for f in part.fields})}
        for inner in part.parts:
            prepared |= self._prepared(inner, schema_name, name)
        return prepared

    def _registered(self, schema_name: str) -> dict[str, str]:
        known = fixed.typed_tables
        found = self._connection.execute(select(known.c.path, known.c.name).where(known.c.schema_name == schema_name))
        return {row.path: row.name for row in found}

    def _make(self, part: Part, schema_name: str, parent: str | None) -> str:
        taken = set(self._connection.execute(select(fixed.typed_tables.c.name)).scalars())
        taken |= {f"{name}_view" for name in taken}
        wished = f"{part.name}_table" if part.name.startswith(fixed.PREFIX) else part.name
        name = _free(wished, taken)
        self._connection.execute(insert(fixed.typed_tables).values(name=name, schema_name=schema_name, path=part.path))
        number = "INTEGER PRIMARY KEY" if self._sqlite else "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"
        once = "" if parent else "UNIQUE "
        lines = [
            f"id {number}",
            f"document_id INTEGER NOT NULL {once}REFERENCES {fixed.documents.name} (id) ON DELETE CASCADE",
            f"record_id INTEGER NOT NULL REFERENCES {fixed.records.name} (id) ON DELETE CASCADE",
            "page INTEGER",
        ]
        if parent:
            whole = "INTEGER" if self._sqlite else "BIGINT"
            lines += [f"parent_id {whole} NOT NULL REFERENCES {self._quote(parent)} (id) ON DELETE CASCADE"]
            lines += ["position INTEGER NOT NULL", *(f"{self._quote(_count(c))} INTEGER NOT NULL" for c in part.counts)]
        self._do(f"CREATE TABLE {self._quote(name)} ({', '.join(lines)})")
        for key in ("record_id", *(("document_id", "parent_id") if parent else ())):
            self._do(f"CREATE INDEX {self._quote(f'{name}_{key}')} ON {self._quote(name)} ({key})")
        return name

    def _grow(self, name: str, field: Field, taken: set[str]) -> str:
        """A new column; where the field had one of another kind, that one stays with what is in it."""
        wished = f"{field.name}_field" if field.name in OWN else field.name
        scaled = self._sqlite and field.kind == "number"
        if wished in taken:
            wished = f"{wished}_{field.kind}"
        called = _free(wished, taken)
        while scaled and called + SCALED in taken:
            called = _free(f"{called}_{field.kind}", taken)
        taken |= {called, called + SCALED} if scaled else {called}
        whole, kinds = self._quote(name), _SQLITE if self._sqlite else _POSTGRES
        own = self._quote(called + SCALED if scaled else called)
        self._do(f"ALTER TABLE {whole} ADD COLUMN {own} {kinds[field.kind]}")
        if scaled:
            computed = f"REAL GENERATED ALWAYS AS ({own} / {SCALE}.0) VIRTUAL"
            self._do(f"ALTER TABLE {whole} ADD COLUMN {self._quote(called)} {computed}")
        elif not self._sqlite and field.comment:
            said = text("SELECT quote_literal(:comment)")
            comment = self._connection.execute(said, {"comment": field.comment}).scalar_one()
            self._do(f"COMMENT ON COLUMN {whole}.{own} IS {comment}")
        known = fixed.typed_columns
        self._connection.execute(insert(known).values(table_name=name, name=called, path=field.path, kind=field.kind))
        return called

    def _view(self, name: str, part: Part) -> None:
        """`NAME_view`: the rows with the name of their document, its status, and no column but what one would read."""
        known = fixed.typed_columns
        fields = self._connection.execute(select(known.c.name).where(known.c.table_name == name)).scalars().all()
        own = ["document_id", "page", *(("position", *map(_count, part.counts)) if part.path else ())]
        columns = ["d.name AS document", "r.status AS status", *(f"t.{self._quote(c)}" for c in (*own, *fields))]
        view = self._quote(f"{name}_view")
        self._do(f"DROP VIEW IF EXISTS {view}")
        self._do(
            f"CREATE VIEW {view} AS SELECT {', '.join(columns)} FROM {self._quote(name)} t"
            f" JOIN {fixed.documents.name} d ON d.id = t.document_id"
            f" JOIN {fixed.records.name} r ON r.id = t.record_id"
        )

    def _do(self, statement: str) -> None:
        self._connection.exec_driver_sql(statement.replace("%", "%%") if not self._sqlite else statement)


def _count(array: str) -> str:
    return f"{identifier(array)}_position"


def _scaled(value: Decimal | None) -> int | float | None:
    """Millionths; what has more digits than that, or is larger than SQLite's whole numbers, as the nearest float."""
    if value is None:
        return None
    scaled = value * SCALE
    if scaled == scaled.to_integral_value() and abs(scaled) <= _LARGEST:
        return int(scaled)
    return float(scaled)


def _free(wished: str, taken: Iterable[str]) -> str:
    """`wished`, or with a number behind it where that name is taken."""
    used = set(taken)
    number, name = 1, wished
    while name in used:
        number += 1
        name = f"{wished}_{number}"
    return name
