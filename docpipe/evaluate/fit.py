"""A run becomes a calibration: what the confidences of its values were worth, for the values of other documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from docpipe.calibrate import Calibration, Example, fit
from docpipe.evaluate.runner import Run
from docpipe.models import weights_of
from docpipe.rules import kept


def calibrated(run: Run, folder: str) -> Calibration:
    """The calibration that fits the values of `run`, and its error on documents that it was not fitted on.

    Raises what `docpipe.calibrate.fit` raises: too few documents or values, or no scikit-learn.
    """
    shown = ", pages as pictures" if run.pixels_only else ""
    signed = Counter(value.model for record in run.records for value in record.values)
    model = next(iter(signed.most_common(1)), (run.model, 0))[0]
    return fit(
        tuple(examples(run)), fitted_on=f"{folder}{shown}, read by {model}", model=model, checkpoint=weights_of(model)
    )


def examples(run: Run) -> Iterator[Example]:
    """Every value of the run that the truth says something about, those among them that were said to be absent."""
    for truth, record, score in zip(run.truths, run.records, run.scores, strict=True):
        rules = kept(record.data, truth.schema)
        for outcome in score.outcomes:
            if outcome.status is not None:
                yield Example(
                    document=score.name,
                    confidence=outcome.confidence,
                    status=outcome.status,
                    kept=rules.get(outcome.got_pointer or ""),
                    length=len(outcome.text or ""),
                    right=outcome.verdict in ("right", "empty"),
                )
