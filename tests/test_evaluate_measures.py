"""Measures equal the reference packages where there are any, and numbers worked by hand where there are none."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import anls_star
import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import f1_score, precision_score, recall_score

from docpipe.calibrate import expected_error
from docpipe.errors import MissingDependency
from docpipe.evaluate.charts import Point, relaxed, rms_f1
from docpipe.evaluate.compare import Outcome, Verdict, aligned, compare
from docpipe.evaluate.extra import require
from docpipe.evaluate.score import Score, Spent, anls, fields, overlap
from docpipe.evaluate.summary import calibration, measures
from docpipe.evaluate.tables import Grid, adjacency, relations, teds
from docpipe.evaluate.truth import Truth
from docpipe.schema import load_schema
from docpipe.types import Box, Record

INVOICE = load_schema("invoice")


def held_against(expected: dict[str, Any], got: dict[str, Any]) -> tuple[Truth, tuple[Outcome, ...]]:
    """Data of an invoice compared with data of an invoice."""
    truth = Truth(name="a", document=__file__, ref="invoice", schema=INVOICE, data=expected)  # type: ignore[arg-type]  # nobody opens it
    record = Record(
        source="a",
        sha256="",
        schema_name="invoice",
        schema_hash="",
        status="ok",
        pages=1,
        page_sizes=[],
        data=got,
        values=[],
    )
    return truth, compare(truth, record)


ANLS_CASES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"supplier_name": "Acme Ltd"}, {"supplier_name": "Acme Ltd"}),
    ({"supplier_name": "Acme Ltd"}, {"supplier_name": "Acne Ltd."}),
    ({"supplier_name": "Acme Ltd"}, {"supplier_name": "Somebody else"}),
    ({"supplier_name": "Acme", "customer_name": "Bolt & Co"}, {"supplier_name": "Acme"}),
    ({"customer_name": None, "supplier_name": "Acme"}, {"customer_name": "Bolt", "supplier_name": "Acme"}),
    (
        {"line_items": [{"description": "Oil"}, {"description": "Salt, coarse"}, {"description": "Pepper"}]},
        {"line_items": [{"description": "Oil"}, {"description": "Salt coarse"}]},
    ),
    (
        {"line_items": [{"description": "Salt, coarse"}, {"description": "Pepper"}]},
        {"line_items": [{"description": "Oil"}, {"description": "Salt coarse"}, {"description": "Pepper"}]},
    ),
]


@pytest.mark.parametrize(("expected", "got"), ANLS_CASES)
def test_anls_is_that_of_its_authors(expected: dict[str, Any], got: dict[str, Any]) -> None:
    """The same number as their package gives for the nested data, where the order of rows is the same."""
    truth, outcomes = held_against(expected, got)
    assert anls(truth, outcomes) == pytest.approx(anls_star.anls_score(expected, got))


def test_field_f1_is_that_of_scikit_learn() -> None:
    """Each place is a class of its own values: precision, recall and F1 over what is not empty are the same numbers."""
    expected = ["Acme", "17", None, "3", "x", None, "9"]
    got = ["Acme", "18", "5", None, "x", None, "9"]
    verdicts: list[Verdict] = ["right", "wrong", "invented", "missed", "right", "empty", "right"]
    outcomes = [Outcome("/f", v, e, g, "/f", "/f") for v, e, g in zip(verdicts, expected, got, strict=True)]
    found = {name: part / whole for name, (part, whole) in fields(outcomes).items() if whole}
    labels = sorted({f"{n}:{v}" for side in (expected, got) for n, v in enumerate(side) if v is not None})
    true, said = ([f"{n}:{v}" for n, v in enumerate(side)] for side in (expected, got))
    options: dict[str, Any] = {"labels": labels, "average": "micro", "zero_division": 0}
    assert found["precision"] == pytest.approx(precision_score(true, said, **options))
    assert found["recall"] == pytest.approx(recall_score(true, said, **options))
    assert found["field_f1"] == pytest.approx(f1_score(true, said, **options))
    assert found["invention"] == 1 / 2


TEDS_CASES: list[tuple[Grid, Grid, float]] = [
    # A table of 2 x 2 is a tree of 7 nodes: the table, two rows, four cells.
    ([["a", "b"], ["c", "d"]], [["a", "b"], ["c", "d"]], 1.0),
    ([["a", "b"], ["c", "d"]], [["a", "b"], ["c", "x"]], 1 - 1 / 7),
    ([["a", "b"], ["c", "four"]], [["a", "b"], ["c", "fxur"]], 1 - 0.25 / 7),
    ([["a", "b"], ["c", "d"]], [["a", "b"]], 1 - 3 / 7),
    ([["a", "b"], ["c", "d"]], [], 0.0),
    ([], [], 1.0),
]


@pytest.mark.parametrize(("expected", "got", "score"), TEDS_CASES)
def test_teds_of_small_tables(expected: Grid, got: Grid, score: float) -> None:
    """One for each cell or row to insert, the share of changed letters for a cell to rename, over the larger tree."""
    assert teds(expected, got) == pytest.approx(score)


def test_a_cell_cannot_break_out_of_its_table() -> None:
    """Text that looks like markup is text."""
    wild = [["</td></tr></table>", "<td>b"], ["&amp;", "d"]]
    assert teds(wild, wild) == 1
    assert teds(wild, [["1", "2"], ["3", "4"]]) == pytest.approx(1 - 4 / 7)


def test_a_table_that_is_too_large_has_no_teds() -> None:
    """Comparing trees takes time with the square of their size."""
    assert teds([["1"] * 6] * 100, [["1"] * 6] * 100) is None


def test_relations_of_a_table_with_a_blank_cell() -> None:
    """Right and below, over blank cells, with how many of them there are between; letters and digits alone count."""
    grid: Grid = [["Name", "Age"], ["Ann", None], ["Bo-b", "7"]]
    assert sorted(relations(grid)) == [
        ("AGE", "7", "below", 1),
        ("ANN", "BO_B", "below", 0),
        ("BO_B", "7", "right", 0),
        ("NAME", "AGE", "right", 0),
        ("NAME", "ANN", "below", 0),
    ]


def test_adjacency_f1_of_a_table_with_two_columns_swapped() -> None:
    """Of twelve relations of 3 x 3 cells the six below stay, and of the six to the right none: F1 is a half."""
    expected: Grid = [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]
    swapped: Grid = [["b", "a", "c"], ["e", "d", "f"], ["h", "g", "i"]]
    found = adjacency([expected], [swapped])
    assert (found.right, found.expected, found.got) == (6, 12, 12)
    assert found.f1 == 0.5


def test_adjacency_of_a_split_table() -> None:
    """Two halves of a table lose the relations across the split, and no others: 5 of 7 are found, none is false."""
    whole: Grid = [["a", "b"], ["c", "d"], ["e", "f"]]
    found = adjacency([whole], [whole[:1], whole[1:]])
    assert (found.right, found.expected, found.got) == (5, 7, 5)
    assert found.f1 == pytest.approx(2 * 5 / 12)


def points(*pairs: tuple[str, float | None]) -> list[Point]:
    """Points of a chart."""
    return [Point(key, None if value is None else Decimal(str(value))) for key, value in pairs]


RMS_CASES: dict[str, tuple[list[Point], list[Point], float]] = {
    "the order does not matter": (points(("2020", 10), ("2021", 20)), points(("2021", 20), ("2020", 10)), 1.0),
    # (1 + (1 - 0.05)) / 2 for precision and recall both
    "a value that is off by 5 %": (points(("2020", 10), ("2021", 20)), points(("2020", 10), ("2021", 21)), 0.975),
    "a value that is off by 10 %": (points(("2020", 10), ("2021", 20)), points(("2020", 10), ("2021", 22)), 0.5),
    # precision 1, recall 1/2
    "a point that is missing": (points(("2020", 10), ("2021", 20)), points(("2020", 10)), 2 / 3),
    # precision 1/2, recall 1
    "a point too many": (points(("2020", 10)), points(("2020", 10), ("2021", 20)), 2 / 3),
    # one letter of six: (1 + 5/6) / 2
    "a name with a misread letter": (
        points(("Apples", 3), ("Pears", 4)),
        points(("Applcs", 3), ("Pears", 4)),
        11 / 12,
    ),
    # three letters of five: nothing in common
    "a name that is another": (points(("Pears", 4)), points(("Plums", 4)), 0.0),
    # 5/6 of the name times 0.95 of the value
    "a misread name and a value that is off": (points(("Apples", 20)), points(("Applcs", 21)), 5 / 6 * 0.95),
    "nothing was read": (points(("a", 1)), [], 0.0),
    "no points and none read": ([], [], 1.0),
    "zero is zero": (points(("a", 0), ("b", 0)), points(("a", 0), ("b", 0.01)), 0.5),
    "a value that is not there": (points(("a", 5)), points(("a", None)), 0.0),
}


@pytest.mark.parametrize(("expected", "got", "score"), RMS_CASES.values(), ids=RMS_CASES)
def test_rms_f1_worked_by_hand(expected: list[Point], got: list[Point], score: float) -> None:
    """Likeness of names times likeness of values, over the points of each side (Liu et al. 2023, section 3.2)."""
    assert rms_f1(expected, got) == pytest.approx(score)


def test_relaxed_accuracy_admits_five_per_cent() -> None:
    """21 is within 5 % of 20, 21.1 is not; names are compared without case; a name that is not there is wrong."""
    expected = points(("North 2020", 20), ("North 2021", 20), ("South 2020", -20), ("South 2021", 20))
    got = points(("NORTH 2020", 21), ("North 2021", 21.1), ("South 2020", -19))
    found = relaxed(expected, got)
    assert (found.right, found.expected) == (2, 4)


def confident(pairs: Sequence[tuple[float, bool]]) -> list[Outcome]:
    """Values with these confidences, right or wrong."""
    return [Outcome("/f", "right" if right else "wrong", "a", "a", "/f", "/f", confidence=c) for c, right in pairs]


def test_calibration_is_that_of_scikit_learn() -> None:
    """The same points as calibration_curve, and the same error as the one that calibrating reports."""
    chance = np.random.default_rng(4)
    sure = chance.uniform(0.001, 0.999, 400)
    right = chance.uniform(size=400) < sure**2
    found = calibration(confident(list(zip(sure.tolist(), right.tolist(), strict=True))))
    assert found is not None
    share, mean = calibration_curve(right, sure, n_bins=10)
    assert [b.right for b in found.bins] == pytest.approx(share.tolist())
    assert [b.confidence for b in found.bins] == pytest.approx(mean.tolist())
    assert found.error == pytest.approx(expected_error(sure, right.astype(float)))


def test_calibration_error_worked_by_hand() -> None:
    """Four values of 0.9 with one wrong are off by 0.15, one of 0.2 that is right by 0.8: weighted, 0.28."""
    found = calibration(confident([(0.95, True), (0.95, True), (0.9, True), (0.9, False), (0.2, True)]))
    assert found is not None
    assert found.error == pytest.approx(0.8 * abs(0.925 - 0.75) + 0.2 * 0.8)
    assert calibration([Outcome("/f", "right", "a", "a", "/f", "/f")]) is None


@pytest.mark.parametrize(
    ("box", "page", "share"),
    [
        ((0, 0, 10, 10), 1, 1.0),
        ((0, 0, 5, 10), 1, 0.5),
        ((5, 0, 15, 10), 1, 1 / 3),
        ((20, 0, 30, 10), 1, 0.0),
        ((0, 0, 10, 10), 2, 0.0),
        (None, 1, 0.0),
    ],
)
def test_overlap_is_intersection_over_union(box: Box | None, page: int, share: float) -> None:
    """On the same page; nothing without a box."""
    outcome = Outcome("/f", "right", "a", "a", "/f", "/f", page=page, box=box, true_page=1, true_box=(0, 0, 10, 10))
    assert overlap(outcome) == pytest.approx(share)


def test_an_interval_holds_the_value_and_narrows_with_documents() -> None:
    """Documents that are half right: of 10 the interval is wide, of 1000 it is narrow; drawn twice it is the same."""

    def half(documents: int) -> list[Score]:
        return [Score(str(n), {}, "ok", 1, Spent(1, 1), (), {"exact": (float(n % 2), 1.0)}) for n in range(documents)]

    few, many = measures(half(10))["exact"], measures(half(1000))["exact"]
    assert few.value == many.value == 0.5
    assert 0.1 <= few.low < 0.3
    assert 0.7 < few.high <= 0.9
    # Two standard errors of a share of a half over 1000 are 0.031.
    assert (many.low, many.high) == pytest.approx((0.469, 0.531), abs=0.006)
    assert measures(half(10)) == measures(half(10))


def test_rows_are_paired_in_order() -> None:
    """A row without a partner stays alone on either side, and pairs never cross."""
    one, other = "abcd", "xbdc"
    assert aligned(4, 4, lambda i, j: float(one[i] == other[j])) in (
        [(0, None), (None, 0), (1, 1), (2, None), (3, 2), (None, 3)],
        [(None, 0), (0, None), (1, 1), (2, None), (3, 2), (None, 3)],
        [(0, None), (None, 0), (1, 1), (None, 2), (2, 3), (3, None)],
    )
    assert aligned(2, 0, max) == [(0, None), (1, None)]
    assert aligned(1, 1, max) == [(0, 0)]


VALUES: list[tuple[str, Any, Any, Verdict]] = [
    ("supplier_name", "Müller & Co. KG", "Mu\u0308ller  &\u00a0Co. KG", "right"),
    ("supplier_name", "Acme Ltd", "ACME Ltd", "wrong"),
    ("supplier_name", "A – B", "A-B", "right"),
    ("total", Decimal("12.50"), Decimal("12.5"), "right"),
    ("total", Decimal("12.50"), Decimal("12.51"), "wrong"),
    ("total", Decimal(0), None, "missed"),
    ("total", None, Decimal(0), "invented"),
    ("iban", None, None, "empty"),
]


@pytest.mark.parametrize(("key", "expected", "got", "verdict"), VALUES)
def test_values_are_compared_normalised(key: str, expected: Any, got: Any, verdict: Verdict) -> None:
    """Spaces, dashes and trailing zeros say nothing; case, digits and zero itself do."""
    _, (outcome,) = held_against({key: expected}, {key: got})
    assert outcome.verdict == verdict


def test_rows_too_many_count_in_the_columns_that_the_truth_knows() -> None:
    """A truth without unit prices does not hold them against a row too many; one without rows holds everything."""
    _, outcomes = held_against(
        {"line_items": [{"description": "Oil"}]},
        {"line_items": [{"description": "Oil", "unit_price": 2}, {"description": "Salt", "unit_price": 3}]},
    )
    assert [(o.path, o.verdict) for o in outcomes] == [
        ("/line_items/*/description", "right"),
        ("/line_items/*/description", "extra"),
    ]
    _, outcomes = held_against({"line_items": []}, {"line_items": [{"description": "Salt", "amount": 3}]})
    assert sorted(o.path for o in outcomes) == ["/line_items/*/amount", "/line_items/*/description"]


def test_a_package_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is read, with the command that gets it."""
    monkeypatch.setitem(sys.modules, "anls_star", None)
    with pytest.raises(MissingDependency, match="anls-star") as caught:
        require()
    assert caught.value.hint == "pip install 'docpipe[eval]'"
