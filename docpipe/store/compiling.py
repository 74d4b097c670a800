"""A plan and the catalogue of tables become SELECT statements: the rows that make an answer, and what is computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    FromClause,
    Numeric,
    Select,
    Text,
    Time,
    and_,
    cast,
    column,
    desc,
    func,
    literal,
    not_,
    or_,
    select,
    table,
    types,
    union_all,
)
from sqlalchemy.sql.elements import ColumnElement

from docpipe.errors import UsageError
from docpipe.plan import Catalogue, Column, Condition, Kind, Part, QueryPlan, Step, Table, refs
from docpipe.store.typed import SCALE, SCALED

_TYPES: dict[Kind, types.TypeEngine[Any]] = {
    "text": Text(),
    "integer": Numeric(38, 0),
    "number": Numeric(),
    "boolean": Boolean(),
    "date": Date(),
    "datetime": DateTime(),
    "time": Time(),
}
_DAYS = ("date", "datetime")
_COMPARED = {"less", "at_most", "at_least", "more"}
# What is computed by the database from all rows; what is not, is a choice of rows.
COMPUTED = {"count", "distinct", "sum", "average"}


@dataclass(frozen=True)
class Shape:
    """What stands in a row of a part's statement, after document, record and page: how many of each."""

    positions: int
    keys: int
    shown: int


class Compiler:
    """Turns plans into statements for one kind of database. Raises UsageError for a plan that names what is not there
    or compares what cannot be compared.
    """

    def __init__(self, catalogue: Catalogue, *, sqlite: bool) -> None:
        self._catalogue = catalogue
        self._sqlite = sqlite
        self._clauses: dict[str, Any] = {}  # one object a table, or it stands in a statement twice

    def check(self, plan: QueryPlan) -> None:
        """Whether every name in the plan is one of the catalogue, where it may be used."""
        if not plan.parts:
            raise UsageError("the plan asks no table")
        if len({len(part.group) for part in plan.parts}) > 1 or len(plan.by) > len(plan.parts[0].group):
            raise UsageError("the plan's tables are not grouped alike")
        for part in plan.parts:
            inside = {column.ref for column in self._catalogue.reach(self._table(part))}
            for ref in refs(part):
                if ref not in inside:
                    raise UsageError(f'the plan names "{ref}", which {part.table} does not have')
            if part.value is None and plan.aggregate not in ("rows", "count"):
                raise UsageError(f"the plan does not say what {plan.aggregate} is made of")
            chosen = self._column(part.value) if part.value else None
            if plan.aggregate in ("sum", "average") and chosen is not None and chosen.kind not in ("number", "integer"):
                raise UsageError(f"{part.value} has no numbers")

    def rows(self, plan: QueryPlan, part: Part, most: int) -> tuple[Select[Any], Shape]:
        """The rows of a part that make the answer, at most one more than `most`; and what stands in them."""
        whole = self._table(part)
        source = self._source(whole)
        keys = self._keys(plan, part)
        value = None if part.value is None else self._expression(self._column(part.value))
        currency = self._currency(plan, part)
        own = source.own.c
        positions = [own[name] for name in (*whole.counts, *(("position",) if whole.path else ()))]
        shown = [self._expression(self._column(ref)) for ref in part.show]
        chosen = [own.document_id, own.record_id, own.page, *positions, *keys, currency, self._or_null(value), *shown]
        query = select(*(c.label(f"c{n}") for n, c in enumerate(chosen))).select_from(source.joined)
        query = query.where(*self._where(plan, part))
        number = len(chosen)
        if value is not None and (plan.aggregate in ("minimum", "maximum") or (plan.limit and plan.order == "value")):
            down = plan.aggregate == "maximum" or (plan.aggregate == "rows" and plan.descending)
            within = [*keys] if plan.aggregate != "rows" else []
            within += [currency] if self._mixed(part) else []
            rank = func.rank().over(partition_by=within or None, order_by=desc(value) if down else value)
            inner = query.add_columns(rank.label("place")).where(value.is_not(None)).subquery()
            query = select(*(inner.c[f"c{n}"] for n in range(number))).where(inner.c.place <= (plan.limit or 1))
            sort = inner.c[f"c{number - len(shown) - 1}"]
            query = query.order_by(desc(sort) if down else sort, inner.c.c0)
        elif value is not None and plan.order == "value":
            query = query.order_by(desc(value) if plan.descending else value, own.document_id)
        else:
            query = query.order_by(own.document_id, *positions)
        return query.limit(most + 1), Shape(len(positions), len(keys), len(shown))

    def summary(self, plan: QueryPlan, most: int) -> Select[Any]:
        """One line a group: its keys, its currency, count or sum, and how many rows made it."""
        width = len(plan.parts[0].group)
        several = len(plan.parts) > 1
        inside = []
        for part in plan.parts:
            keys = [cast(key, Text) if several else key for key in self._keys(plan, part)]
            value = literal(1) if part.value is None else self._expression(self._column(part.value))
            if several and plan.aggregate == "distinct":
                value = cast(value, Text)
            chosen = [*keys, self._currency(plan, part), value]
            query = select(*(c.label(f"c{n}") for n, c in enumerate(chosen)))
            inside.append(query.select_from(self._source(self._table(part)).joined).where(*self._where(plan, part)))
        whole = union_all(*inside).subquery() if several else inside[0].subquery()
        keys, currency, value = [whole.c[f"c{n}"] for n in range(width)], whole.c[f"c{width}"], whole.c[f"c{width + 1}"]
        made: dict[str, ColumnElement[Any]] = {
            "count": func.count(),
            "distinct": func.count(value.distinct()),
            "sum": func.sum(value),
            "average": func.sum(value),
        }
        result, rows = made[plan.aggregate], func.count()
        query = select(*keys, currency, result.label("result"), rows.label("made_of")).group_by(*keys, currency)
        ordering = result / rows if plan.aggregate == "average" else result
        if plan.order == "value" and plan.limit:
            rank = func.rank().over(partition_by=currency, order_by=desc(ordering) if plan.descending else ordering)
            inner = query.add_columns(rank.label("place")).subquery()
            columns = list(inner.c)[:-1]
            return select(*columns).where(inner.c.place <= plan.limit).order_by(inner.c.place).limit(most)
        if plan.order == "value":
            query = query.order_by(desc(ordering) if plan.descending else ordering)
        else:
            query = query.order_by(*(desc(key) if plan.descending else key for key in keys), currency)
        return query.limit(plan.limit or most)

    # Pieces of statements.

    def _table(self, part: Part) -> Table:
        found = self._catalogue.table(part.table)
        if found is None:
            raise UsageError(f'the plan names the table "{part.table}", which is not there')
        return found

    def _column(self, ref: str) -> Column:
        found = self._catalogue.column(ref)
        if found is None:
            raise UsageError(f'the plan names "{ref}", which is not there')
        return found

    def _source(self, whole: Table) -> _Source:
        own = self._clause(whole)
        if whole.name == whole.root:
            return _Source(own, own)
        above = self._clause(self._catalogue.root(whole))
        return _Source(own, own.join(above, own.c.document_id == above.c.document_id))

    def _clause(self, whole: Table) -> Any:
        if whole.name not in self._clauses:
            self._clauses[whole.name] = self._made(whole)
        return self._clauses[whole.name]

    def _made(self, whole: Table) -> Any:
        own = ["document_id", "record_id", "page", *whole.counts, *(("position",) if whole.path else ())]
        fields = [self._own(inner) for inner in whole.columns]
        return table(whole.name, *(column(name, BigInteger) for name in own), *fields)

    def _own(self, inner: Column) -> Any:
        if self._sqlite and inner.kind == "number":
            return column(inner.name + SCALED, BigInteger)
        return column(inner.name, _TYPES[inner.kind] if not self._scaled(inner) else BigInteger)

    def _scaled(self, inner: Column) -> bool:
        return self._sqlite and inner.kind in ("number", "integer")

    def _expression(self, inner: Column) -> Any:
        found = self._catalogue.table(inner.table)
        name = inner.name + SCALED if self._sqlite and inner.kind == "number" else inner.name
        return self._clause(found).c[name] if found is not None else None

    def _keys(self, plan: QueryPlan, part: Part) -> list[Any]:
        steps = [*plan.by, *["value"] * (len(part.group) - len(plan.by))]
        return [self._stepped(self._column(ref), step) for ref, step in zip(part.group, steps, strict=True)]  # type: ignore[arg-type]  # "value" is a step

    def _stepped(self, inner: Column, step: Step) -> Any:
        value = self._expression(inner)
        if step == "value":
            return value
        if inner.kind not in _DAYS:
            raise UsageError(f"{inner.ref} has no {step}")
        year, month = self._part_of(value, "%Y", "YYYY"), self._part_of(value, "%m", "MM")
        if step == "year":
            return year
        if step == "month":
            return year + "-" + month
        quarter = (cast(month, BigInteger) + 2) // 3
        return year + "-Q" + cast(quarter, Text)

    def _part_of(self, value: Any, here: str, there: str) -> Any:
        return cast(func.strftime(here, value), Text) if self._sqlite else cast(func.to_char(value, there), Text)

    def _mixed(self, part: Part) -> bool:
        return part.value is not None and self._column(part.value).money

    def _currency(self, plan: QueryPlan, part: Part) -> Any:
        """The currency of a part's amounts; of counts there is none."""
        found = self._catalogue.currency(self._table(part))
        listed = plan.aggregate == "rows" and any(self._column(ref).money for ref in part.show)
        if found is None or not (listed or self._mixed(part)) or plan.aggregate in ("count", "distinct"):
            return cast(literal(None), Text)
        return self._expression(found)

    def _or_null(self, value: Any) -> Any:
        return cast(literal(None), Text) if value is None else value

    def _where(self, plan: QueryPlan, part: Part) -> list[ColumnElement[bool]]:
        conditions = [self._condition(condition) for condition in part.conditions]
        if part.value is not None and plan.aggregate != "rows":
            conditions.append(self._expression(self._column(part.value)).is_not(None))
        return conditions

    def _condition(self, condition: Condition) -> ColumnElement[bool]:
        inner = self._column(condition.column)
        value = self._expression(inner)
        operator = condition.operator
        if operator in ("empty", "filled"):
            nothing = value.is_(None)
            if inner.kind == "text":
                nothing = or_(nothing, value == "")
            lacking: ColumnElement[bool] = nothing if operator == "empty" else not_(nothing)
            return lacking
        if not condition.values:
            raise UsageError(f"the plan compares {inner.ref} with nothing")
        if operator in ("contains", "lacks", "begins", "ends"):
            if inner.kind != "text":
                raise UsageError(f"{inner.ref} is no text")
            if operator in ("begins", "ends"):
                at = value.istartswith if operator == "begins" else value.iendswith
                return or_(*(at(said, autoescape=True) for said in condition.values))
            inside = or_(*(value.icontains(said, autoescape=True) for said in condition.values))
            return inside if operator == "contains" else or_(value.is_(None), not_(inside))
        given = [self._literal(inner, said) for said in condition.values]
        if operator == "is":
            return value.in_(given)  # type: ignore[no-any-return]  # columns of any type
        if operator == "is_not":
            return or_(value.is_(None), value.notin_(given))
        if operator in (*_COMPARED, "outside", "within") and inner.kind in ("text", "boolean"):
            raise UsageError(f"{inner.ref} cannot be larger or smaller")
        if operator == "within":
            pairs = list(zip(given[::2], given[1::2], strict=False))
            if not pairs:
                raise UsageError(f"the plan does not say within what {inner.ref} is")
            return or_(*(and_(value >= first, value < until) for first, until in pairs))
        if operator == "outside":
            if len(given) != 2:
                raise UsageError(f"the plan does not say outside of what {inner.ref} is")
            beyond: ColumnElement[bool] = or_(value.is_(None), value < given[0], value >= given[1])
            return beyond
        compared = {"less": value.__lt__, "at_most": value.__le__, "at_least": value.__ge__, "more": value.__gt__}
        together: ColumnElement[bool] = and_(*(compared[operator](one) for one in given))
        return together

    def _literal(self, inner: Column, said: str) -> Any:
        """What a plan says, as a value of its column."""
        try:
            if inner.kind == "text":
                return said.replace("\0", "\ufffd")
            if inner.kind == "boolean":
                return {"true": True, "false": False}[said.strip().lower()]
            if inner.kind == "date":
                return date.fromisoformat(said.strip())
            if inner.kind == "datetime":
                return datetime.fromisoformat(said.strip()).replace(tzinfo=None)
            if inner.kind == "time":
                return time.fromisoformat(said.strip()).replace(tzinfo=None)
            number = Decimal(said.strip())
            if not number.is_finite() or abs(number) > 10**12:
                raise ValueError(said)
            if self._sqlite:
                return int(number * SCALE) if inner.kind == "number" else float(number)
            return number
        except (ValueError, KeyError, InvalidOperation) as error:
            raise UsageError(f'"{said[:80]}" is no {inner.kind}, which {inner.ref} is compared with') from error


@dataclass(frozen=True)
class _Source:
    """A part's table, and with its document's joined to it."""

    own: Any
    joined: FromClause


def shown_sql(statement: Select[Any], dialect: Any) -> str:
    """A statement as text that can be run as it is."""
    return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
