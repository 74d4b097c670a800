"""A question over stored documents as a plan: which rows of which tables, and what is made of them. And what came out.

A plan names tables and columns as the catalogue does (`invoice`, `invoice.total`) and holds no SQL: the store compiles
it, and refuses one with a name that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from docpipe.types import Citation, Scalar

Aggregate = Literal["rows", "count", "distinct", "sum", "average", "minimum", "maximum"]
Operator = Literal[
    "is", "is_not", "contains", "lacks", "begins", "ends", "less", "at_most", "at_least", "more", "empty", "filled",
    "outside", "within"
]  # fmt: skip
Step = Literal["value", "month", "quarter", "year"]
Kind = Literal["text", "number", "integer", "boolean", "date", "datetime", "time"]

# Numbers that are no money, by the words of their field's name.
_COUNTED = {
    "quantity", "qty", "count", "number", "hours", "units", "percent", "percentage", "rate", "share", "weight", "size",
    "age", "year", "days", "pages", "points", "menge", "anzahl", "prozent", "satz", "stunden", "quantite", "nombre",
    "taux", "heures",
}  # fmt: skip


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(_Frozen):
    """What must hold of a column. Several `values` mean any of them; dates are 2024-03-31, numbers 1234.5.

    `within` has pairs of values: it must be from the first of a pair on and less than the second; `outside` the reverse
    of one such pair."""

    column: str = Field(description="table.column")
    operator: Operator
    values: list[str] = Field(default=[], description="empty for empty and filled")


class Part(_Frozen):
    """Rows of one table that all conditions hold of. A list's table may use the columns of its document's table."""

    table: str
    value: str | None = Field(default=None, description="table.column that is summed, compared, counted or sorted by")
    show: list[str] = Field(default=[], description="table.column of what to show of each row")
    conditions: list[Condition] = []
    group: list[str] = Field(default=[], description="table.column to group by")


class QueryPlan(_Frozen):
    """What is asked of the tables. Sums, averages and extremes of money are made for each currency."""

    aggregate: Aggregate = "rows"
    parts: list[Part] = Field(description="one for each table, usually one")
    by: list[Step] = Field(default=[], description="one for each column to group by: its value, or its month, ...")
    order: Literal["none", "value", "group"] = Field(default="none", description="by what the rows are sorted")
    descending: bool = False
    limit: int | None = Field(default=None, ge=1, le=1000, description="how many rows or groups, from the top")


@dataclass(frozen=True)
class Column:
    """A column of a typed table and its field: `path` is the field's pointer, with * for every array."""

    table: str
    name: str
    path: str
    kind: Kind
    key: str
    title: str = ""
    description: str = ""
    labels: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """How plans name it."""
        return f"{self.table}.{self.name}"

    @cached_property
    def words(self) -> str:
        """Its name as words."""
        return re.sub(r"[\W_]+", " ", self.key).strip().lower()

    @property
    def money(self) -> bool:
        """Whether it holds amounts of money, where its document has a currency."""
        return self.kind == "number" and not _COUNTED & set(self.words.split())


@dataclass(frozen=True)
class Table:
    """A typed table: `path` is the pointer of its array, empty for what stands once in a document.

    `root` is the name of its schema's outermost table, `counts` the columns with the numbers of the arrays around its
    rows, `identity` the names of those that tell its documents apart.
    """

    name: str
    schema: str
    title: str
    description: str
    path: str
    root: str
    columns: tuple[Column, ...]
    counts: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All tables that can be asked, the outermost of a schema before its arrays."""

    tables: tuple[Table, ...]

    @cached_property
    def _by_name(self) -> Mapping[str, Table]:
        return {table.name: table for table in self.tables}

    @cached_property
    def _by_ref(self) -> Mapping[str, Column]:
        return {column.ref: column for table in self.tables for column in table.columns}

    def table(self, name: str) -> Table | None:
        """The table of this name."""
        return self._by_name.get(name)

    def column(self, ref: str) -> Column | None:
        """The column of this table.column."""
        return self._by_ref.get(ref)

    def root(self, table: Table) -> Table:
        """The outermost table of a table's schema."""
        return self._by_name[table.root]

    def reach(self, table: Table) -> tuple[Column, ...]:
        """The columns that a part on `table` may use: its own and its document's."""
        return table.columns if table.name == table.root else (*table.columns, *self.root(table).columns)

    def currency(self, table: Table) -> Column | None:
        """The column with the currency of a table's amounts."""
        return next((c for c in self.reach(table) if c.key == "currency" and c.kind == "text"), None)


@dataclass(frozen=True)
class Summary:
    """One line of a computed answer: the keys of its group, its currency, the result and how many rows made it."""

    keys: tuple[Scalar, ...]
    currency: str | None
    result: Decimal | int | None
    rows: int


@dataclass(frozen=True)
class Found:
    """One row that made an answer: its document, its value in `Part.value`, and what is shown of it."""

    part: int
    document: int
    name: str
    keys: tuple[Scalar, ...]
    currency: str | None
    value: Scalar
    shown: tuple[Scalar, ...]
    citation: Citation


@dataclass(frozen=True)
class Result:
    """What a plan came to: `summaries` for what is computed, else empty; the rows that made it; the SQL that ran.

    `cut` says that there were more rows than may be listed.
    """

    plan: QueryPlan
    summaries: tuple[Summary, ...]
    rows: tuple[Found, ...]
    sql: tuple[str, ...] = field(default=(), repr=False)
    cut: bool = False


def refs(part: Part) -> Sequence[str]:
    """Every column that a part names."""
    named = [part.value] if part.value else []
    return [*named, *part.show, *part.group, *(condition.column for condition in part.conditions)]
