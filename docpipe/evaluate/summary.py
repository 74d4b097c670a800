"""Scores of documents become measures with intervals, by group and by field, and the difference between two runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from docpipe.evaluate.compare import Outcome
from docpipe.evaluate.score import Score, fields

# What a measure is called, and whether more of it is better.
MEASURES: Mapping[str, tuple[str, bool]] = {
    "field_f1": ("Field F1", True),
    "precision": ("Precision", True),
    "recall": ("Recall", True),
    "exact": ("Whole documents right", True),
    "anls": ("ANLS*", True),
    "teds": ("TEDS (tables)", True),
    "adjacency_f1": ("Adjacency F1 (tables)", True),
    "cell_exact": ("Cells exact (tables)", True),
    "rms_f1": ("RMS-F1 (charts)", True),
    "relaxed_accuracy": ("Relaxed accuracy (charts)", True),
    "grounding": ("Right values with the right box", True),
    "invention": ("Absent fields that were given a value", False),
    "recall_at_1": ("Recall@1 (search)", True),
    "recall_at_5": ("Recall@5 (search)", True),
    "recall_at_10": ("Recall@10 (search)", True),
    "ndcg_at_5": ("nDCG@5 (search)", True),
    "seconds_a_page": ("Seconds a page", False),
    "processor_a_page": ("Processor seconds a page", False),
    "input_tokens_a_page": ("Tokens asked with a page", False),
    "output_tokens_a_page": ("Tokens answered a page", False),
}
# Numerator and denominator of each measure that applies to one thing.
Ratios = Mapping[str, tuple[float, float]]
DRAWS = 1000
LEVEL = 0.95
BINS = 10


@dataclass(frozen=True)
class Measure:
    """A figure, the interval that 95 of 100 draws of documents lie in, and of how many documents it is."""

    value: float
    low: float
    high: float
    documents: int


@dataclass(frozen=True)
class Bin:
    """Values whose confidence lies between `low` and `high`: how many, how confident on average, how often right."""

    low: float
    high: float
    values: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """How far confidences are from the truth. `error` is the expected calibration error, over equal bins."""

    error: float
    values: int
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class Summary:
    """All figures of one set of scores; `groups` by kind, look and language; `fields` by path in the schema."""

    measures: Mapping[str, Measure]
    groups: Mapping[str, Mapping[str, Mapping[str, Measure]]]
    fields: Mapping[str, Mapping[str, float]]
    calibration: Calibration | None
    failed: int


@dataclass(frozen=True)
class Comparison:
    """The second run against the first on the same documents: differences with intervals, and who gained or lost.

    `values` are both runs' figures on the documents that they share.
    """

    documents: int
    values: Mapping[str, tuple[float, float]]
    differences: Mapping[str, Measure]
    better: tuple[tuple[str, float, float], ...]
    worse: tuple[tuple[str, float, float], ...]


def summarise(scores: Sequence[Score], schemas: Mapping[str, str]) -> Summary:
    """`schemas` names the schema of each document, for the figures by field."""
    names = sorted({name for score in scores for name in score.groups})
    groups = {
        name: {
            group: measures([score for score in scores if score.groups.get(name) == group])
            for group in sorted({score.groups[name] for score in scores if name in score.groups})
        }
        for name in names
    }
    return Summary(
        measures=measures(scores),
        groups=groups,
        fields=_by_field(scores, schemas),
        calibration=calibration([outcome for score in scores for outcome in score.outcomes]),
        failed=sum(score.status == "failed" for score in scores),
    )


def measures(scores: Sequence[Score]) -> dict[str, Measure]:
    """Every measure that applies to one of the scores, with its bootstrap interval."""
    return drawn_measures([score.ratios for score in scores])


def drawn_measures(ratios: Sequence[Ratios]) -> dict[str, Measure]:
    """Every measure of MEASURES that applies to one of the things that were measured: documents, or questions."""
    weights = _weights(len(ratios))
    found = {}
    for name in MEASURES:
        parts, wholes = _columns(ratios, name)
        if wholes.sum() > 0:
            drawn = _ratios(weights, parts, wholes)
            low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
            value = float(parts.sum() / wholes.sum())
            found[name] = Measure(value, float(low), float(high), int((wholes > 0).sum()))
    return found


def compared(first: Sequence[Score], second: Sequence[Score]) -> Comparison:
    """Two runs over the documents that are in both, drawn in pairs, so that a hard document is hard for both."""
    later = {score.name: score for score in second}
    pairs = [(score, later[score.name]) for score in first if score.name in later]
    weights = _weights(len(pairs))
    one, other = [score.ratios for score, _ in pairs], [score.ratios for _, score in pairs]
    values, differences = {}, {}
    for name in MEASURES:
        (parts, wholes), (others, other_wholes) = _columns(one, name), _columns(other, name)
        if wholes.sum() > 0 and other_wholes.sum() > 0:
            drawn = _ratios(weights, others, other_wholes) - _ratios(weights, parts, wholes)
            low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
            values[name] = (float(parts.sum() / wholes.sum()), float(others.sum() / other_wholes.sum()))
            value = values[name][1] - values[name][0]
            differences[name] = Measure(value, float(low), float(high), int((wholes > 0).sum()))
    changes = [(before.name, before.f1, after.f1) for before, after in pairs]
    ranked = sorted(changes, key=lambda change: change[1] - change[2])
    return Comparison(
        len(pairs),
        values,
        differences,
        better=tuple(change for change in ranked if change[2] > change[1]),
        worse=tuple(change for change in reversed(ranked) if change[2] < change[1]),
    )


def calibration(outcomes: Sequence[Outcome]) -> Calibration | None:
    """How often values of a confidence are right (Naeini et al. 2015); None where no value has a confidence."""
    known = [o for o in outcomes if o.confidence is not None and o.got is not None]
    if not known:
        return None
    confidence = np.array([o.confidence for o in known], dtype=float)
    right = np.array([o.verdict == "right" for o in known], dtype=float)
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    bins = tuple(
        Bin(n / BINS, (n + 1) / BINS, int(here.sum()), float(confidence[here].mean()), float(right[here].mean()))
        for n in range(BINS)
        if (here := place == n).any()
    )
    error = sum(b.values * abs(b.confidence - b.right) for b in bins) / len(known)
    return Calibration(error, len(known), bins)


def _by_field(scores: Sequence[Score], schemas: Mapping[str, str]) -> dict[str, dict[str, float]]:
    outcomes: dict[str, list[Outcome]] = {}
    for score in scores:
        for outcome in score.outcomes:
            outcomes.setdefault(f"{schemas[score.name]}{outcome.path}", []).append(outcome)
    return {path: _counts(outcomes[path]) for path in sorted(outcomes)}


def _counts(outcomes: Sequence[Outcome]) -> dict[str, float]:
    verdicts = [outcome.verdict for outcome in outcomes]
    part, whole = fields(outcomes)["field_f1"]
    counts: dict[str, float] = {
        name: verdicts.count(name) for name in ("right", "wrong", "missed", "invented", "extra", "empty")
    }
    return {"field_f1": part / whole if whole else 1.0, **counts}


def _weights(documents: int) -> NDArray[np.float64]:
    """How often each document is in each draw; the same draws every time."""
    chance = np.random.default_rng(0)
    drawn = chance.multinomial(documents, np.full(documents, 1 / max(1, documents)), size=DRAWS)
    return drawn.astype(np.float64)


def _columns(ratios: Sequence[Ratios], name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    pairs = [one.get(name, (0.0, 0.0)) for one in ratios]
    return np.array([part for part, _ in pairs]), np.array([whole for _, whole in pairs])


def _ratios(
    weights: NDArray[np.float64], parts: NDArray[np.float64], wholes: NDArray[np.float64]
) -> NDArray[np.float64]:
    below = weights @ wholes
    # A draw without any document that the measure applies to says nothing; it counts as the whole set.
    drawn: NDArray[np.float64] = (weights @ parts) / np.where(below > 0, below, 1.0)
    return np.where(below > 0, drawn, parts.sum() / wholes.sum())
