"""Expected data and a record become outcomes: for each value whether it is right, wrong, missed or invented.

Values are compared normalised: numbers by value, text without regard to spaces, dashes and quotes in one form, case
counting. Rows are paired in their order so that most of their values agree, hence one missing row costs one row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from docpipe.evaluate.truth import Truth
from docpipe.printed.words import compact
from docpipe.schema import Leaf, Schema
from docpipe.subset import escape, type_name
from docpipe.types import Box, Record, Value, ValueStatus

# `extra` is a value in a row that is not on the page, `empty` a field that is absent and was left so.
Verdict = Literal["right", "wrong", "missed", "invented", "extra", "empty"]

# How far a number that is read off an axis may be from the truth (ChartQA, Masry et al. 2022).
RELAXED = Decimal("0.05")
# More pairs of rows than this are compared by equality alone.
MANY_PAIRS = 40_000


@dataclass(frozen=True)
class Outcome:
    """One place of a document: `path` in the schema, `pointer` in the truth, `got_pointer` in the record."""

    path: str
    verdict: Verdict
    expected: Any
    got: Any
    pointer: str | None
    got_pointer: str | None
    text: str | None = None
    confidence: float | None = None
    status: ValueStatus | None = None
    page: int | None = None
    box: Box | None = None
    true_page: int | None = None
    true_box: Box | None = None


def compare(truth: Truth, record: Record) -> tuple[Outcome, ...]:
    """An outcome for every value that counts, in the order of the truth, then what is in the record beside it."""
    walk = _Walk(truth, {value.pointer: value for value in record.values})
    walk.object(truth.schema.document, truth.data, record.data, ("", "", ""))
    return tuple(walk.outcomes)


def normal(leaf: Leaf | None, value: Any) -> Any:
    """A value in the form in which two are compared: a Decimal, a bool, or text without spaces; None stays."""
    if value is None or isinstance(value, bool):
        return value
    if leaf is not None and leaf.type in ("number", "integer") and not isinstance(value, str):
        return Decimal(str(value))
    return _compact(str(value)) or None


_compact = lru_cache(maxsize=65_536)(compact)


def near(expected: Any, got: Any) -> bool:
    """Whether a number is within 5 % of the truth."""
    if not isinstance(expected, Decimal) or not isinstance(got, Decimal):
        return False
    return abs(got - expected) <= abs(expected) * RELAXED


class _Walk:
    """Truth and record gone through together; `outcomes` grows."""

    def __init__(self, truth: Truth, values: Mapping[str, Value]) -> None:
        self.truth = truth
        self.schema: Schema = truth.schema
        self.values = values
        self.outcomes: list[Outcome] = []

    def object(
        self, node: Mapping[str, Any], expected: Mapping[str, Any], got: Any, at: tuple[str, str | None, str | None]
    ) -> None:
        """`at` is the path in the schema, the pointer in the truth and the pointer in the record."""
        path, pointer, got_pointer = at
        for key, value in expected.items():
            inner = node["properties"][key]
            name = f"/{escape(key)}"
            self.any(
                inner,
                value,
                got.get(key) if isinstance(got, Mapping) else None,
                (path + name, _below(pointer, name), _below(got_pointer, name)),
            )

    def any(self, node: Mapping[str, Any], expected: Any, got: Any, at: tuple[str, str | None, str | None]) -> None:
        kind = type_name(node)
        if kind == "object":
            self.object(node, expected or {}, got, at)
        elif kind == "array":
            self.array(node["items"], expected or [], got or [], at)
        else:
            self.leaf(expected, got, at)

    def array(
        self,
        node: Mapping[str, Any],
        expected: Sequence[Any],
        got: Sequence[Any],
        at: tuple[str, str | None, str | None],
    ) -> None:
        path, pointer, got_pointer = at
        asked = _asked(node, expected)
        for i, j in self.pairs(node, expected, got, f"{path}/*"):
            place = (
                f"{path}/*",
                None if i is None else _below(pointer, f"/{i}"),
                None if j is None else _below(got_pointer, f"/{j}"),
            )
            self.any(node, asked if i is None else expected[i], None if j is None else got[j], place)

    def leaf(self, expected: Any, got: Any, at: tuple[str, str | None, str | None]) -> None:
        path, pointer, got_pointer = at
        leaf = self.schema.leaf(path)
        verdict = self.verdict(normal(leaf, expected), normal(leaf, got), pointer)
        value = self.values.get(got_pointer or "")
        true_page, true_box = self.truth.boxes.get(pointer or "", (None, None))
        if verdict == "empty" and pointer is None:
            return
        self.outcomes.append(
            Outcome(
                path=path,
                verdict=verdict,
                expected=expected,
                got=got,
                pointer=pointer,
                got_pointer=got_pointer,
                text=value.text if value else None,
                confidence=value.confidence if value else None,
                status=value.status if value else None,
                page=value.page if value else None,
                box=value.box if value else None,
                true_page=true_page,
                true_box=true_box,
            )
        )

    def verdict(self, expected: Any, got: Any, pointer: str | None) -> Verdict:
        if expected is None:
            return "empty" if got is None else "extra" if pointer is None else "invented"
        if got is None:
            return "missed"
        if expected == got:
            return "right"
        read_off = self.schema.kind == "chart" and pointer not in self.truth.texts
        return "right" if read_off and near(expected, got) else "wrong"

    def pairs(
        self, node: Mapping[str, Any], expected: Sequence[Any], got: Sequence[Any], path: str
    ) -> list[tuple[int | None, int | None]]:
        """Which row of the truth is which row of the record."""
        fuzzy = len(expected) * len(got) <= MANY_PAIRS
        return aligned(len(expected), len(got), lambda i, j: self.likeness(node, expected[i], got[j], path, fuzzy))

    def likeness(self, node: Mapping[str, Any], expected: Any, got: Any, path: str, fuzzy: bool) -> float:
        """How many values agree, and a little for those that are alike."""
        kind = type_name(node)
        if kind == "object":
            if not isinstance(expected, Mapping) or not isinstance(got, Mapping):
                return 0.0
            return sum(
                self.likeness(node["properties"][key], value, got.get(key), f"{path}/{escape(key)}", fuzzy)
                for key, value in expected.items()
            )
        if kind == "array":
            inner = f"{path}/*"
            if type_name(node["items"]) in ("object", "array"):
                pairs = self.pairs(node["items"], expected or [], got or [], inner)
                return sum(
                    self.likeness(node["items"], expected[i], got[j], inner, fuzzy)
                    for i, j in pairs
                    if i is not None and j is not None
                )
            return self.common(self.schema.leaf(inner), expected or [], got or [], fuzzy)
        leaf = self.schema.leaf(path)
        one, other = normal(leaf, expected), normal(leaf, got)
        if one is None or other is None:
            return 0.0
        if one == other:
            return 1.0
        return fuzz.ratio(str(one), str(other)) / 1000 if fuzzy else 0.0

    def common(self, leaf: Leaf | None, expected: Sequence[Any], got: Sequence[Any], fuzzy: bool) -> float:
        """`likeness` of two lists of scalars: how many stand in both in the same order."""
        one = [found for value in expected if (found := normal(leaf, value)) is not None]
        other = [found for value in got if (found := normal(leaf, value)) is not None]
        alike = fuzz.ratio(" ".join(map(str, one)), " ".join(map(str, other))) / 1000 if fuzzy else 0.0
        return LCSseq.similarity(one, other) + alike


def aligned(rows: int, others: int, likeness: Callable[[int, int], float]) -> list[tuple[int | None, int | None]]:
    """Pairs (i, j) in order, with None for what has no partner, whose likeness together is greatest.

    Needleman and Wunsch (1970) without a price for gaps; two lone rows are a pair in any case.
    """
    if rows == others == 1:
        return [(0, 0)]
    likely = [[likeness(i, j) for j in range(others)] for i in range(rows)]
    best = [[0.0] * (others + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        row, after, here = likely[i], best[i + 1], best[i]
        for j in range(others - 1, -1, -1):
            here[j] = max(row[j] + after[j + 1] if row[j] > 0 else 0.0, after[j], here[j + 1])
    pairs: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < rows and j < others:
        if likely[i][j] > 0 and best[i][j] == likely[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return [*pairs, *((n, None) for n in range(i, rows)), *((None, n) for n in range(j, others))]


def _asked(node: Mapping[str, Any], rows: Sequence[Any]) -> Any:
    """What an extra row is held against: every column that the truth gives somewhere, empty."""
    if type_name(node) != "object":
        return None if type_name(node) != "array" else []
    known = {key for row in rows if isinstance(row, Mapping) for key in row}
    return {
        key: _asked(inner, ()) if type_name(inner) == "object" else [] if type_name(inner) == "array" else None
        for key, inner in node["properties"].items()
        if key in known or not rows
    }


def _below(pointer: str | None, name: str) -> str | None:
    return None if pointer is None else pointer + name
