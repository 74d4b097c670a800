"""A question's truth, written as an expression over what the documents say, becomes the answer that is expected.

An expression names a schema (`invoice`) or one of its arrays (`invoice.line_items`), a condition in Python on the
fields of a row (`day` makes a date), and what is taken of the rows that meet it. A condition on a field that is not on
the document holds for no row. It is worked out in plain Python from the generated documents: no database, no plan, no
code of docpipe.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from tests.benchmarks.questions.papers import papers

TODAY = date(2025, 11, 29)
CENT = Decimal("0.01")
Take = Literal[
    "count", "sum", "average", "max", "min", "latest", "first", "list", "names", "distinct", "look-up"
]  # fmt: skip
# All of the first set is for development since the misses of its held-out half were read.
Half = Literal["dev", "heldout"]
HALVES: Mapping[Half, tuple[str, ...]] = {
    "dev": ("first.jsonl", "second-dev.jsonl", "third-dev.jsonl", "fourth-dev.jsonl", "fifth-dev.jsonl"),
    "heldout": ("second-heldout.jsonl",),
}
_MONEY = frozenset(
    ("total", "subtotal", "tax_amount", "amount", "unit_price", "opening_balance", "closing_balance", "balance")
)


class Expression(BaseModel):
    """What is taken of which rows.

    `names` are the different values of `field`, `distinct` is their number. `by` is an expression that groups. `n` is
    how many of the largest, smallest, latest or first are asked for. `says` are words of which one must stand in how
    an ambiguous question was understood.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: str
    take: Take
    field: str | None = None
    where: str = "True"
    by: str | None = None
    n: int = 1
    says: tuple[str, ...] = ()


class AllOf(BaseModel):
    """A question that asks for several things."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    all_of: tuple[Expression, ...]


class AnyOf(BaseModel):
    """A question that can be understood in several ways."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    any_of: tuple[Expression | AllOf, ...]


class Absent(BaseModel):
    """A question about what is not in the documents."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    absent: Literal[True]


class Turn(BaseModel):
    """What somebody says, and the truth about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    truth: Expression | AnyOf | AllOf | Absent


class Question(BaseModel):
    """One question, or a conversation. `today` is the day on which it is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    language: Literal["en", "de", "fr"]
    kind: str
    turns: tuple[Turn, ...]
    today: date = TODAY


@dataclass(frozen=True)
class Figure:
    """One value of an answer: of which group, in which currency, and how it is printed, where it was looked up."""

    value: Any
    group: str | None = None
    currency: str | None = None
    printed: str | None = None


@dataclass(frozen=True)
class Pages:
    """The pages of one document that a right citation names: all of `must`, and no other than `may`."""

    must: frozenset[int]
    may: frozenset[int]


@dataclass(frozen=True)
class Expected:
    """The right answer: its values, and the documents and pages that make it, by the document's name."""

    take: Take
    figures: tuple[Figure, ...]
    pages: Mapping[str, Pages]
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row of a schema or of one of its arrays, with the page of each cell."""

    paper: str
    cells: Mapping[str, Any]
    pages: Mapping[str, int] = field(repr=False)
    texts: Mapping[str, str] = field(repr=False)
    first: int = 1


def load(half: Half) -> list[Question]:
    """The questions of a half."""
    files = [Path(__file__).with_name(name) for name in HALVES[half]]
    return [Question.model_validate_json(line) for file in files for line in file.read_text("utf-8").splitlines()]


def expected(turn: Turn) -> tuple[Expected, ...]:
    """The right answers of a turn, any of which will do; none at all when the answer is not in the documents.

    Raises ValueError when the truth is not one: no row, or two that are equally the latest or the largest.
    """
    truth = turn.truth
    if isinstance(truth, Absent):
        return ()
    ways = truth.any_of if isinstance(truth, AnyOf) else (truth,)
    return tuple(
        _together([evaluate(one) for one in way.all_of]) if isinstance(way, AllOf) else evaluate(way) for way in ways
    )


def evaluate(asked: Expression) -> Expected:
    """Work an expression out."""
    found = [row for row in rows(asked.of) if _holds(asked.where, row)]
    if asked.take not in ("count", "list"):
        found = [row for row in found if row.cells.get(str(asked.field)) is not None]
    if not found:
        raise ValueError(f"no row: {asked}")
    if asked.take in ("max", "min", "latest", "first"):
        found = _best(found, asked)
    if asked.take == "look-up":
        return Expected(asked.take, (_looked_up(asked, found),), _cited(asked, found), asked.says)
    groups: dict[tuple[str | None, str | None], list[Row]] = {}
    for row in found:
        groups.setdefault((_group(asked, row), _currency(asked, row)), []).append(row)
    figures = tuple(
        Figure(value, group, currency)
        for (group, currency), inside in sorted(groups.items(), key=str)
        for value in _values(asked, inside)
    )
    return Expected(asked.take, figures, _cited(asked, found), asked.says)


@cache
def rows(of: str) -> tuple[Row, ...]:
    """The rows of a schema, or of one of its arrays with the fields of its document beside its own."""
    schema, _, array = of.partition(".")
    made = []
    for paper in papers():
        if paper.truth.schema != schema:
            continue
        pages = {name.removeprefix("/"): place.page for name, place in paper.places.items()}
        texts = {name.removeprefix("/"): text for name, text in paper.texts.items()}
        cells = {**paper.truth.fields, **paper.truth.facts}
        if not array:
            made.append(Row(paper.name, cells, pages, texts))
            continue
        for number, line in enumerate(paper.truth.lines):
            own = {name: pages[f"{array}/{number}/{name}"] for name in line}
            made.append(Row(paper.name, {**cells, **line}, {**pages, **own}, texts, min(own.values())))
    return tuple(made)


def _holds(where: str, row: Row) -> bool:
    try:
        return bool(_python(where, row))
    except (TypeError, AttributeError):
        if any(row.cells[name] is None for name in _names(where) if name in row.cells):
            return False  # a field that is not on this document
        raise


def _names(expression: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(expression)) if isinstance(node, ast.Name)}


def _python(expression: str, row: Row) -> Any:
    # The expressions are this package's own files, so that evaluating them is no risk.
    return eval(expression, {"__builtins__": {}, "day": date, **row.cells})


def _group(asked: Expression, row: Row) -> str | None:
    return None if asked.by is None else str(_python(asked.by, row))


def _currency(asked: Expression, row: Row) -> str | None:
    return str(row.cells["currency"]) if asked.field in _MONEY else None


def _looked_up(asked: Expression, found: list[Row]) -> Figure:
    """What the field holds: the same in all documents that have it, of which each will do."""
    first, name = found[0], str(asked.field)
    if any(row.cells[name] != first.cells[name] for row in found):
        raise ValueError(f"several values: {asked}")
    return Figure(first.cells[name], printed=first.texts[name])


def _best(found: list[Row], asked: Expression) -> list[Row]:
    """The `n` largest, smallest, latest or first of each group and currency."""
    groups: dict[tuple[str | None, str | None], list[Row]] = {}
    for row in found:
        groups.setdefault((_group(asked, row), _currency(asked, row)), []).append(row)
    best = []
    for inside in groups.values():
        inside.sort(key=lambda row: row.cells[str(asked.field)], reverse=asked.take in ("max", "latest"))
        last = inside[: asked.n][-1].cells[str(asked.field)]
        if any(row.cells[str(asked.field)] == last for row in inside[asked.n :]):
            raise ValueError(f"two are equally the best: {asked}")
        best += inside[: asked.n]
    return best


def _values(asked: Expression, inside: list[Row]) -> list[Any]:
    cells: list[Any] = [row.cells.get(str(asked.field)) for row in inside]
    if asked.take == "count":
        return [len(inside)]
    if asked.take == "list":
        return []
    if asked.take == "sum":
        return [sum(cells, Decimal(0))]
    if asked.take == "average":
        return [(Decimal(sum(cells)) / len(cells)).quantize(CENT)]
    if asked.take == "distinct":
        return [len(set(cells))]
    return list(dict.fromkeys(cells))


def _cited(asked: Expression, found: Iterable[Row]) -> dict[str, Pages]:
    """What is computed with must be cited where it stands; what the rows were found by may be cited too."""
    looked_at = _names(asked.where) | _names(asked.by or "None")
    cited: dict[str, Pages] = {}
    for row in found:
        must: set[int] = set()
        if asked.take in ("sum", "average", "max", "min", "look-up"):
            must = {row.pages[str(asked.field)]}
        may = set(must)
        if asked.take != "look-up":
            may |= {row.first, *(row.pages[name] for name in (*looked_at, str(asked.field)) if name in row.pages)}
        before = cited.get(row.paper, Pages(frozenset(), frozenset()))
        cited[row.paper] = Pages(before.must | must, before.may | may)
    return cited


def _together(parts: list[Expected]) -> Expected:
    pages: dict[str, Pages] = {}
    for part in parts:
        for name, here in part.pages.items():
            before = pages.get(name, Pages(frozenset(), frozenset()))
            pages[name] = Pages(before.must | here.must, before.may | here.may)
    figures = tuple(figure for part in parts for figure in part.figures)
    return Expected(parts[0].take, figures, pages)
