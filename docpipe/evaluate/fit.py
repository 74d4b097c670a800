"""A run becomes a calibration: what the confidences of its values were worth, for the values of other documents."""

from __future__ import annotations

from collections.abc import Iterator

from docpipe.calibrate import Calibration, Example, fit
from docpipe.evaluate.runner import Run
from docpipe.rules import check, checkable


def calibrated(run: Run, folder: str) -> Calibration:
    """The calibration that fits the values of `run`, and its error on documents that it was not fitted on.

    Raises what `docpipe.calibrate.fit` raises: too few documents or values, or no scikit-learn.
    """
    shown = ", pages as pictures" if run.pixels_only else ""
    return fit(tuple(examples(run)), fitted_on=f"{folder}{shown}, read by {run.model}")


def examples(run: Run) -> Iterator[Example]:
    """Every value of the run that the truth says something about, those among them that were said to be absent."""
    for truth, record, score in zip(run.truths, run.records, run.scores, strict=True):
        broken = {pointer for rule in check(record.data, truth.schema) for pointer in rule.pointers}
        looked_at = set(checkable(record.data, truth.schema))
        for outcome in score.outcomes:
            if outcome.status is not None:
                place = outcome.got_pointer or ""
                yield Example(
                    document=score.name,
                    confidence=outcome.confidence,
                    status=outcome.status,
                    kept=place not in broken if place in looked_at | broken else None,
                    length=len(outcome.text or ""),
                    right=outcome.verdict in ("right", "empty"),
                )
