"""What is known of a value becomes one number, how sure it is, with the error rate that values of that number had.

The model's own probability, the status of the evidence and the rules go into a logistic regression. Values of about
the same score make a group, and an isotonic fit goes through the groups' shares of right values: through single values
it would follow a few lucky ones at its upper end, and call sure what is not. All is kept as plain numbers in JSON and
applied with numpy alone. Every figure there is out of fold: no value's confidence was computed by a fit that had seen
its document.

Fitting needs scikit-learn: `pip install "docpipe[eval]"`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from docpipe.errors import MissingDependency, SettingsError, UsageError
from docpipe.types import Value, ValueStatus

FORMAT = 1
_EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)
_TOLD = (0.0, 0.7, 0.9, 0.95)  # with every record
_FOLDS = 5
_BINS = 10
# Values in a group that the fit goes through, and the most groups; a band of fewer values than _TELLING says nothing.
_GROUP, _GROUPS, _TELLING = 50, 20, 20
_STATUSES: tuple[ValueStatus, ...] = ("verified", "corrected", "conflict", "absent")
FEATURES = ("logit", "no_probability", *_STATUSES, "kept_rule", "broken_rule", "length")


@dataclass(frozen=True)
class Example:
    """One value that was compared with the truth. `document` keeps values of one document in one fold.

    `kept` is True where a rule that looked at the value holds, False where one is broken, None where none looked.
    """

    document: str
    confidence: float | None
    status: ValueStatus
    kept: bool | None
    length: int
    right: bool


@dataclass(frozen=True)
class Band:
    """Values of a confidence from `least` up to the next band: how many, and the share of them that was wrong."""

    least: float
    wrong: float
    n: int

    def __str__(self) -> str:
        return f"{self.least:g} and above: {100 * self.wrong:.1f}% wrong, n={self.n}"


@dataclass(frozen=True)
class Calibration:
    """A fit, and what it was worth on documents that it had not seen.

    `weights` go with FEATURES; `scores` and `confidences` are the breakpoints of the isotonic fit. `bands` count the
    values of that confidence and above, where there are enough to say something. `error` is the expected calibration
    error over ten bins, from 0 to 1, and `uncalibrated_error` that of the model's own probabilities. `model` is whose
    values it is for, as it signs them, `checkpoint` the hash of its weights where they ship with docpipe.
    """

    weights: tuple[float, ...]
    bias: float
    scores: tuple[float, ...]
    confidences: tuple[float, ...]
    bands: tuple[Band, ...]
    error: float
    uncalibrated_error: float
    n: int
    documents: int
    fitted_on: str
    model: str = ""
    checkpoint: str | None = None

    def confidence(self, value: Value, kept: bool | None = None) -> float:
        """How sure the value is, from 0 to 1. `kept` as in Example."""
        row = np.array([_features(value.confidence, value.status, kept, len(value.text or ""))])
        return float(_apply(row, self.weights, self.bias, self.scores, self.confidences)[0])

    def summary(self) -> str:
        """Some of the error rates in one line, the surest first, and what they were counted on."""
        rates = "; ".join(str(band) for band in reversed(self.bands) if band.least in _TOLD)
        error = f"expected calibration error {self.error:.3f}"
        return f"{rates} (out of fold, {self.n} values of {self.documents} documents, {self.fitted_on}; {error})"

    def table(self) -> str:
        """The error rates in words, one line a band: "0.9 and above: 1.8% wrong, n=412"."""
        lines = [str(band) for band in reversed(self.bands)]
        about = f"calibrated on {self.n} values of {self.documents} documents ({self.fitted_on})"
        error = f"expected calibration error {self.error:.3f}, the model's own {self.uncalibrated_error:.3f}"
        return "\n".join([about, *lines, error])

    def dumps(self) -> str:
        """The JSON form, which `load` reads."""
        return json.dumps({"format": FORMAT, "features": FEATURES, **asdict(self)}, indent=1) + "\n"


def load(path: Path) -> Calibration:
    """The calibration in a file that `dumps` wrote. Raises SettingsError for any other."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        if raw.pop("format") != FORMAT or tuple(raw.pop("features")) != FEATURES:
            raise ValueError("it is of another version")
        bands = tuple(Band(**band) for band in raw.pop("bands"))
        lists = {name: tuple(map(float, raw.pop(name))) for name in ("weights", "scores", "confidences")}
        made = Calibration(bands=bands, **lists, **raw)  # type: ignore[arg-type]  # what is wrong raises TypeError below
        if len(made.weights) != len(FEATURES) or not 0 < len(made.scores) == len(made.confidences):
            raise ValueError("numbers are missing")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"{path}: no calibration: {error}", hint="docpipe eval FOLDER --calibrate") from error
    return made


def fit(examples: Sequence[Example], *, fitted_on: str, model: str = "", checkpoint: str | None = None) -> Calibration:
    """The calibration that these values give. `fitted_on` says in words what they are; the rest as in Calibration.

    Raises UsageError for too few documents, or where nothing is wrong or nothing right; MissingDependency without
    scikit-learn.
    """
    right = np.array([example.right for example in examples], dtype=float)
    documents = np.array([example.document for example in examples])
    folds = min(_FOLDS, len(set(documents.tolist())))
    if folds < 2 or len(set(right.tolist())) < 2:
        raise UsageError(
            f"{len(examples)} values of {folds} documents, {int(right.sum())} of them right, cannot be calibrated on",
            hint="docpipe eval FOLDER --calibrate with at least two documents and both right and wrong values",
        )
    try:
        from sklearn.model_selection import GroupKFold
    except ImportError as error:
        raise MissingDependency("calibrating needs scikit-learn", hint='pip install "docpipe[eval]"') from error
    rows = np.array([_features(e.confidence, e.status, e.kept, e.length) for e in examples])
    unseen = np.zeros(len(examples))
    for train, test in GroupKFold(folds).split(rows, right, documents):
        unseen[test] = _apply(rows[test], *_fitted(rows[train], right[train]))
    weights, bias, scores, confidences = _fitted(rows, right)
    own = np.array([0.5 if example.confidence is None else example.confidence for example in examples])
    return Calibration(
        weights=weights,
        bias=bias,
        scores=scores,
        confidences=confidences,
        bands=_bands(unseen, right),
        error=expected_error(unseen, right),
        uncalibrated_error=expected_error(own, right),
        n=len(examples),
        documents=len(set(documents.tolist())),
        fitted_on=fitted_on,
        model=model,
        checkpoint=checkpoint,
    )


def expected_error(confidence: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Expected calibration error over ten bins of equal width (Naeini et al. 2015), from 0 to 1."""
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    apart = [
        abs(confidence[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())
    ]
    return float(sum(apart))


_Fitted = tuple[tuple[float, ...], float, tuple[float, ...], tuple[float, ...]]


def _fitted(rows: NDArray[np.float64], right: NDArray[np.float64]) -> _Fitted:
    """Weights, bias, and the breakpoints from score to confidence."""
    from sklearn.isotonic import IsotonicRegression
    from sklearn.linear_model import LogisticRegression

    if len(set(right.tolist())) < 2:
        share = float(right.mean())
        return (0.0,) * rows.shape[1], 0.0, (0.5,), (share,)
    model = LogisticRegression(C=1.0, max_iter=2000).fit(rows, right)
    weights, bias = tuple(float(w) for w in model.coef_[0]), float(model.intercept_[0])
    scores = _scores(rows, weights, bias)
    groups = np.array_split(np.argsort(scores, kind="stable"), max(2, min(_GROUPS, len(scores) // _GROUP)))
    sizes = [len(group) for group in groups]
    # One further right and one further wrong value in each: a run of right ones is no proof of certainty.
    shares = np.array([(right[group].sum() + 1) / (len(group) + 2) for group in groups])
    middles = np.array([scores[group].mean() for group in groups])
    levels = IsotonicRegression().fit(middles, shares, sample_weight=sizes).predict(middles)
    return weights, bias, tuple(map(float, middles)), tuple(map(float, levels))


def _apply(
    rows: NDArray[np.float64], weights: Sequence[float], bias: float, scores: Sequence[float], levels: Sequence[float]
) -> NDArray[np.float64]:
    return np.interp(_scores(rows, weights, bias), scores, levels)


def _scores(rows: NDArray[np.float64], weights: Sequence[float], bias: float) -> NDArray[np.float64]:
    scores: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(rows @ np.asarray(weights) + bias, -50, 50)))
    return scores


def _features(confidence: float | None, status: ValueStatus, kept: bool | None, length: int) -> tuple[float, ...]:
    probability = 0.5 if confidence is None else min(max(confidence, 1e-4), 1 - 1e-4)
    known: Mapping[str, float] = {
        "logit": math.log(probability / (1 - probability)),
        "no_probability": float(confidence is None),
        **{name: float(status == name) for name in _STATUSES},
        "kept_rule": float(kept is True),
        "broken_rule": float(kept is False),
        "length": math.log1p(length),
    }
    return tuple(known[name] for name in FEATURES)


def _bands(confidence: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[Band, ...]:
    bands = []
    for least in _EDGES:
        inside = confidence >= least
        if inside.sum() >= min(_TELLING, len(right)):
            bands.append(Band(least, float(1 - right[inside].mean()), int(inside.sum())))
    return tuple(bands)


__all__ = ["FEATURES", "Band", "Calibration", "Example", "expected_error", "fit", "load"]
