"""A plan becomes the rows that it asks for and what is computed from them, each row with its place in its document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, column, func, select, table

from docpipe.errors import UsageError
from docpipe.plan import Catalogue, Column, Kind, QueryPlan, Result, Summary, Table
from docpipe.schema import Leaf, Schema
from docpipe.store import coding
from docpipe.store.citing import Line, cite
from docpipe.store.compiling import COMPUTED, Compiler, Shape, shown_sql
from docpipe.store.database import Database
from docpipe.store.readonly import read_only
from docpipe.store.shape import Part, identifier, shape
from docpipe.store.tables import documents, records, schemas, typed_columns, typed_tables
from docpipe.store.typed import SCALE
from docpipe.types import Scalar

# A plan's statements together may take this long, and give so many rows and groups.
SECONDS = 1.0
MOST_ROWS = 10_000
MOST_GROUPS = 1_000
MOST_NAMES = 50_000

State = tuple[int | None, ...]


class Plans:
    """What can be asked of a database, and the answers. The tables are read on a connection that cannot write."""

    def __init__(self, database: Database, *, seconds: float = SECONDS, most: int = MOST_ROWS) -> None:
        self._database = database
        self._seconds = seconds
        self._most = most
        self._known: tuple[State, Catalogue] | None = None

    def state(self) -> State:
        """What changes whenever there is something else to be asked."""
        with self._database.read() as connection:
            return _state(connection)

    def catalogue(self, schema: str | None = None) -> Catalogue:
        """The typed tables, of one schema or of all, with what their schemas say about their columns."""
        with self._database.read() as connection:
            state = _state(connection)
            if self._known is None or self._known[0] != state:
                self._known = (state, _catalogue(connection))
        found = self._known[1]
        return Catalogue(tuple(whole for whole in found.tables if schema in (None, whole.schema)))

    def check(self, plan: QueryPlan | None) -> None:
        """Whether a plan can be asked. Raises UsageError, also for none."""
        if plan is None:
            raise UsageError("there is no plan")
        compiler = Compiler(self.catalogue(), sqlite=self._database.is_sqlite)
        compiler.check(plan)
        for part in plan.parts:
            compiler.rows(plan, part, self._most)

    def run(self, plan: QueryPlan) -> Result:
        """What the plan comes to. Raises UsageError for a plan that cannot be asked, QueryTooLong for one too large."""
        catalogue = self.catalogue()
        compiler = Compiler(catalogue, sqlite=self._database.is_sqlite)
        compiler.check(plan)
        asked = [compiler.rows(plan, part, self._most) for part in plan.parts]
        summary = compiler.summary(plan, MOST_GROUPS) if plan.aggregate in COMPUTED else None
        with self._reading(catalogue) as connection:
            computed = [] if summary is None else connection.execute(summary).all()
            found = [connection.execute(statement).all() for statement, _ in asked]
        summaries = tuple(self._summary(plan, catalogue, row) for row in computed)
        lines = [
            self._line(plan, catalogue, number, row, asked[number][1])
            for number, rows in enumerate(found)
            for row in rows[: self._most]
        ]
        if summaries and plan.limit:  # rows of a group that is not among the first made no answer
            kept = {(*map(str, s.keys), s.currency) for s in summaries}
            lines = [line for line in lines if (*map(str, line.keys), line.currency) in kept]
        with self._database.read() as connection:
            rows = tuple(cite(connection, catalogue, plan, lines))
        dialect = self._database.engine.dialect
        shown = [summary] if summary is not None else [statement for statement, _ in asked]
        cut = any(len(rows) > self._most for rows in found)
        return Result(plan, summaries, rows, tuple(shown_sql(one, dialect) for one in shown), cut)

    def names(self, wanted: Column) -> tuple[str, ...]:
        """The different texts in a column, at most 50,000."""
        own: Any = column(wanted.name)
        query = select(own).select_from(table(wanted.table)).where(own.is_not(None)).distinct().limit(MOST_NAMES)
        with self._reading(self.catalogue()) as connection:
            return tuple(str(name) for name in connection.execute(query).scalars())

    def months(self, wanted: Column) -> tuple[tuple[int, int], ...]:
        """The months that a column of days has, as (year, month), the latest first."""
        if wanted.kind not in ("date", "datetime"):
            raise UsageError(f"{wanted.ref} has no days")
        own: Any = column(wanted.name)
        sqlite = self._database.is_sqlite
        month: Any = func.strftime("%Y-%m", own) if sqlite else func.to_char(own, "YYYY-MM")
        query = select(month).select_from(table(wanted.table)).where(own.is_not(None)).distinct().limit(MOST_GROUPS)
        with self._reading(self.catalogue()) as connection:
            found = [str(said) for said in connection.execute(query).scalars() if said]
        return tuple(sorted(((int(said[:4]), int(said[5:])) for said in found), reverse=True))

    def _reading(self, catalogue: Catalogue) -> Any:
        return read_only(self._database, [whole.name for whole in catalogue.tables], seconds=self._seconds)

    def _summary(self, plan: QueryPlan, catalogue: Catalogue, row: Sequence[Any]) -> Summary:
        part = plan.parts[0]
        *keys, currency, result, rows = tuple(row)
        kinds = [_kind(catalogue, ref, step) for ref, step in _groups(plan)]
        if result is not None and plan.aggregate in ("sum", "average"):
            result = self._number(result, None if part.value is None else catalogue.column(part.value))
            result = result / rows if plan.aggregate == "average" else result
        typed = tuple(self._scalar(key, kind) for key, kind in zip(keys, kinds, strict=True))
        return Summary(typed, currency, result, rows)

    def _line(self, plan: QueryPlan, catalogue: Catalogue, number: int, row: Sequence[Any], shape: Shape) -> Line:
        part = plan.parts[number]
        document, record, page, *rest = tuple(row)
        positions, rest = rest[: shape.positions], rest[shape.positions :]
        keys, (currency, value, *shown) = rest[: shape.keys], rest[shape.keys :]
        kinds = [_kind(catalogue, ref, step) for ref, step in _groups(plan, number)]
        own = None if part.value is None else _kind(catalogue, part.value)
        return Line(
            part=number,
            document=document,
            record=record,
            page=page,
            positions=tuple(positions),
            keys=tuple(self._scalar(key, kind) for key, kind in zip(keys, kinds, strict=True)),
            currency=currency,
            value=self._scalar(value, own),
            shown=tuple(self._scalar(one, _kind(catalogue, ref)) for one, ref in zip(shown, part.show, strict=True)),
        )

    def _number(self, value: Any, of: Column | None) -> Decimal:
        exact = Decimal(str(value))
        return exact / SCALE if self._database.is_sqlite and of is not None and of.kind == "number" else exact

    def _scalar(self, value: Any, kind: Kind | None) -> Scalar:
        """A value as the database gives it, as docpipe's values are: days and times as text, money as Decimal."""
        if value is None or isinstance(value, str | bool):
            return value
        if isinstance(value, date | datetime | time):
            return value.isoformat()
        if kind == "number":
            exact = Decimal(str(value))
            return exact / SCALE if self._database.is_sqlite else exact
        return int(value)


def _state(connection: Connection) -> State:
    """The number of current records and the latest of all; that of the documents that were superseded."""
    current = select(func.count(), func.max(records.c.id)).where(records.c.current)
    count, latest = connection.execute(current).one()
    old = connection.execute(select(func.count()).where(documents.c.superseded)).scalar_one()
    every = connection.execute(select(func.max(records.c.id), func.count(records.c.id))).one()
    return count, latest, old, *every


def _groups(plan: QueryPlan, number: int = 0) -> list[tuple[str, str]]:
    group = plan.parts[number].group
    return list(zip(group, [*plan.by, *["value"] * (len(group) - len(plan.by))], strict=True))


def _kind(catalogue: Catalogue, ref: str, step: str = "value") -> Kind | None:
    found = catalogue.column(ref)
    return "text" if step != "value" or found is None else found.kind


def _catalogue(connection: Connection) -> Catalogue:
    named = connection.execute(select(typed_tables).order_by(typed_tables.c.schema_name, typed_tables.c.path)).all()
    made = connection.execute(select(typed_columns)).all()
    tables = []
    for schema in dict.fromkeys(row.schema_name for row in named):
        known = _schema(connection, schema)
        if known is None:
            continue
        own = [row for row in named if row.schema_name == schema]
        root = next((row.name for row in own if row.path == ""), None)
        if root is None:
            continue
        for row in own:
            columns = [c for c in made if c.table_name == row.name]
            tables.append(_table(known, row.name, row.path, root, columns))
    return Catalogue(tuple(tables))


def _schema(connection: Connection, name: str) -> Schema | None:
    """A schema as it was when something was last read with it."""
    latest = select(records.c.schema_hash).where(records.c.schema_name == name).order_by(records.c.id.desc()).limit(1)
    row = connection.execute(select(schemas).where(schemas.c.hash == latest.scalar_subquery())).first()
    return None if row is None else coding.schema_from(row.document, row.name)


def _table(schema: Schema, name: str, path: str, root: str, made: Sequence[Any]) -> Table:
    part = next((part for part in _parts(shape(schema)) if part.path == path), None)
    kinds = {} if part is None else {field.path: field.kind for field in part.fields}
    prefix = f"{path}/*" if path else ""
    leaves = {leaf.path: leaf for leaf in schema.leaves}
    # A field whose type changed has another column, which new rows are in; the old one keeps what was before.
    fit = {row.path: row for row in made if kinds.get(row.path) == row.kind}
    columns = tuple(_column(name, fit[place], leaves[prefix + place]) for place in kinds if place in fit)
    identity = set(schema.document.get("x-identity", []))
    return Table(
        name=name,
        schema=schema.name,
        title=schema.title,
        description=schema.description,
        path=path,
        root=root,
        columns=columns,
        counts=() if part is None else tuple(f"{identifier(array)}_position" for array in part.counts),
        identity=tuple(column.name for column in columns if column.path in identity),
    )


def _parts(part: Part) -> Iterator[Part]:
    yield part
    for inner in part.parts:
        yield from _parts(inner)


def _column(table_name: str, row: Any, leaf: Leaf) -> Column:
    return Column(
        table=table_name,
        name=row.name,
        path=leaf.path,
        kind=row.kind,
        key=leaf.key,
        title=leaf.title or "",
        description=leaf.description or "",
        labels=leaf.labels,
        choices=tuple(str(choice) for choice in leaf.enum or ()),
    )
