"""A truth and a record become the score of one document: counts from which every measure is a ratio of sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from docpipe.evaluate.charts import points, relaxed, rms_f1
from docpipe.evaluate.compare import Outcome, compare, normal
from docpipe.evaluate.extra import package
from docpipe.evaluate.tables import Matched, adjacency, grids, teds
from docpipe.evaluate.truth import Truth
from docpipe.types import Box, Record

# Two boxes are of the same place when they share this much of what they cover together. Readers draw theirs around
# ink, letters or whole lines, so more would measure the manner of drawing.
OVERLAP = 0.25
# Where the cells stand in the generic table schema.
CELLS = "/tables/*/rows/*/cells/*"


@dataclass(frozen=True)
class Spent:
    """What a document cost: seconds on the clock, and seconds of processors in this process, whoever else uses them.

    Tokens are those of all requests about it, 0 where the model does not count them.
    """

    seconds: float
    processor_s: float
    input_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Spent) -> Spent:
        return Spent(
            self.seconds + other.seconds,
            self.processor_s + other.processor_s,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
        )


@dataclass(frozen=True)
class Score:
    """What came of one document. `ratios` holds (numerator, denominator) for every measure that applies to it."""

    name: str
    groups: Mapping[str, str]
    status: str
    pages: int
    spent: Spent
    outcomes: tuple[Outcome, ...] = field(repr=False)
    ratios: Mapping[str, tuple[float, float]]
    error: str | None = None
    skipped: tuple[str, ...] = ()

    @property
    def f1(self) -> float:
        """Field F1 of this document alone; 1 where nothing was to be read and nothing was."""
        part, whole = self.ratios["field_f1"]
        return part / whole if whole else 1.0


def score(truth: Truth, record: Record, spent: Spent) -> Score:
    """Hold a record against the truth. `spent` is what reading the document took."""
    outcomes = compare(truth, record)
    ratios = dict(fields(outcomes))
    ratios["anls"] = (anls(truth, outcomes), 1.0)
    ratios |= _tables(truth, record, outcomes) if truth.schema.kind == "table" and "tables" in truth.data else {}
    ratios |= _charts(truth, record) if truth.schema.kind == "chart" and "points" in truth.data else {}
    ratios |= _costs(spent, float(max(1, record.pages)))
    return Score(
        name=truth.name,
        groups=truth.groups,
        status=record.status,
        pages=record.pages,
        spent=spent,
        outcomes=outcomes,
        ratios=ratios,
        error=record.error.message if record.error else None,
        skipped=truth.skipped,
    )


def _costs(spent: Spent, pages: float) -> dict[str, tuple[float, float]]:
    costs = {"seconds_a_page": (spent.seconds, pages), "processor_a_page": (spent.processor_s, pages)}
    tokens = {"input_tokens_a_page": spent.input_tokens, "output_tokens_a_page": spent.output_tokens}
    return {**costs, **{name: (float(count), pages) for name, count in tokens.items() if count}}


def fields(outcomes: Sequence[Outcome]) -> dict[str, tuple[float, float]]:
    """The measures that only need outcomes.

    Field F1 counts a wrong value against precision and recall both. The invention rate is over the fields that the
    truth says are absent; rows too many count against precision alone.
    """
    n = Counter(outcome.verdict for outcome in outcomes)
    right, wrong = n["right"], n["wrong"]
    expected, got = right + wrong + n["missed"], right + wrong + n["invented"] + n["extra"]
    placed = [outcome for outcome in outcomes if outcome.verdict == "right" and outcome.true_box is not None]
    boxed = [overlap(outcome) for outcome in placed]
    return {
        "field_f1": (2.0 * right, float(expected + got)),
        "precision": (float(right), float(got)),
        "recall": (float(right), float(expected)),
        "exact": (float(right == expected == got), 1.0),
        "invention": (float(n["invented"]), float(n["invented"] + n["empty"])),
        "grounding": (float(sum(shared >= OVERLAP for shared in boxed)), float(len(boxed))),
    }


def overlap(outcome: Outcome) -> float:
    """Intersection over union of the record's box and the true one; 0 on another page or without a box."""
    if outcome.box is None or outcome.true_box is None or outcome.page != outcome.true_page:
        return 0.0
    one, other = outcome.box, outcome.true_box
    shared = (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))
    common = _area(shared)
    together = _area(one) + _area(other) - common
    return common / together if together > 0 else 0.0


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def anls(truth: Truth, outcomes: Sequence[Outcome]) -> float:
    """ANLS* (Peer et al. 2024) of what counts, rows paired as for field F1: 1 where nothing was to be read.

    ANLS* would pair rows by trying each with each, which takes minutes for a page of transactions.
    Raises MissingDependency without anls-star.
    """
    expected = {str(n): said for n, o in enumerate(outcomes) if (said := _said(truth, o.path, o.expected)) is not None}
    got = {str(n): said for n, o in enumerate(outcomes) if (said := _said(truth, o.path, o.got)) is not None}
    return float(package("anls_star").anls_score(expected, got)) if expected or got else 1.0


def _said(truth: Truth, path: str, data: Any) -> str | None:
    """A value as text; a number without zeros that say nothing."""
    value = normal(truth.schema.leaf(path), data)
    if value is None:
        return None
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(data).strip()


def _tables(truth: Truth, record: Record, outcomes: Sequence[Outcome]) -> dict[str, tuple[float, float]]:
    expected, got = grids(truth.data), grids(record.data)
    found: list[float | None] = [teds(one, other) for one, other in zip(expected, got, strict=False)]
    found += [0.0] * abs(len(expected) - len(got))
    measured = [value for value in found if value is not None]
    shared: Matched = adjacency(expected, got)
    cells = Counter(outcome.verdict for outcome in outcomes if outcome.path == CELLS)
    return {
        "cell_exact": (float(cells["right"]), float(cells["right"] + cells["wrong"] + cells["missed"])),
        "teds": (sum(measured), float(len(measured))),
        "adjacency_f1": (2.0 * shared.right, float(shared.expected + shared.got)),
    }


def _charts(truth: Truth, record: Record) -> dict[str, tuple[float, float]]:
    expected, got = points(truth.data), points(record.data)
    within = relaxed(expected, got)
    return {
        "rms_f1": (rms_f1(expected, got), 1.0),
        "relaxed_accuracy": (float(within.right), float(within.expected)),
    }
