"""The points of two charts become a likeness: RMS-F1 (Liu et al. 2023), relaxed accuracy (Masry et al. 2022)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein

from docpipe.evaluate.compare import near
from docpipe.evaluate.extra import package
from docpipe.evaluate.tables import Matched
from docpipe.printed.words import fold

# DePlot's: names that differ by half their letters and numbers that are off by a tenth have nothing in common.
TEXT_TOLERANCE, NUMBER_TOLERANCE = 0.5, 0.1


@dataclass(frozen=True)
class Point:
    """One value of a chart; `key` is its series and its category."""

    key: str
    value: Decimal | None


def points(data: Mapping[str, Any]) -> list[Point]:
    """The points in data of the generic chart schema."""
    return [
        Point(
            " ".join(str(part) for part in (point.get("series"), point.get("label")) if part is not None),
            None if point.get("value") is None else Decimal(str(point["value"])),
        )
        for point in data.get("points") or []
    ]


def rms_f1(expected: Sequence[Point], got: Sequence[Point]) -> float:
    """Relative mapping similarity, 0 to 1, of two unordered sets of points (DePlot, Liu et al. 2023, section 3).

    Points are matched so that their keys are alike, whatever their order; each pair gives the likeness of the keys
    times that of the values; precision divides the sum by the points of the answer, recall by those of the truth.
    Raises MissingDependency without SciPy.
    """
    if not expected or not got:
        return float(not expected and not got)
    keys = np.array([[key_likeness(one.key, other.key) for other in got] for one in expected])
    rows, columns = package("scipy.optimize").linear_sum_assignment(-keys)
    total = sum(
        keys[i, j] * value_likeness(expected[i].value, got[j].value) for i, j in zip(rows, columns, strict=True)
    )
    precision, recall = total / len(got), total / len(expected)
    return float(2 * precision * recall / (precision + recall)) if total else 0.0


def key_likeness(expected: str, got: str) -> float:
    """One minus the normalised Levenshtein distance, 0 from the tolerance on."""
    distance = float(Levenshtein.normalized_distance(expected, got))
    return 1 - distance if distance < TEXT_TOLERANCE else 0.0


def value_likeness(expected: Decimal | None, got: Decimal | None) -> float:
    """One minus the distance relative to the truth, 0 from the tolerance on."""
    if expected is None or got is None or not expected:
        return float(expected == got)
    distance = float(abs((got - expected) / expected))
    return 1 - distance if distance < NUMBER_TOLERANCE else 0.0


def relaxed(expected: Sequence[Point], got: Sequence[Point]) -> Matched:
    """Points of the truth whose value, under the same name, is within 5 %."""
    said = {fold(point.key): point.value for point in got}
    right = sum(near(point.value, said.get(fold(point.key))) for point in expected)
    return Matched(right, len(expected), len(got))
