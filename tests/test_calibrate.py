"""A confidence is a promise: of the values that are called 0.9 sure and above, so many are wrong."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from docpipe.calibrate import Band, Example, expected_error, fit, load
from docpipe.errors import SettingsError, UsageError
from docpipe.types import Value, ValueStatus

pytest.importorskip("sklearn", reason="the extra `eval` is not installed")

# How often values of a status are right in the made-up documents below.
RIGHT: dict[ValueStatus, float] = {"verified": 0.99, "corrected": 0.92, "unverified": 0.8, "conflict": 0.3}


def documents(seed: int, count: int) -> list[Example]:
    """Values of a model whose own probability is always too high."""
    chance = random.Random(seed)
    examples = []
    for number in range(count):
        for _ in range(30):
            status = chance.choices(list(RIGHT), [6, 1, 2, 1])[0]
            right = chance.random() < RIGHT[status]
            own = min(0.999, chance.gauss(0.97 if right else 0.9, 0.03))
            examples.append(Example(f"{seed}-{number}", own, status, chance.choice([None, right]), 8, right))
    return examples


def test_confidences_keep_their_promise_on_unseen_documents() -> None:
    """On documents of another seed the error is that of the table, and smaller than the model's own."""
    calibration = fit(documents(1, 40), fitted_on="made up")
    unseen = documents(2, 40)
    sure = np.array([_confidence(calibration.confidence, example) for example in unseen])
    right = np.array([float(example.right) for example in unseen])
    own = np.array([example.confidence or 0.0 for example in unseen])
    assert expected_error(sure, right) < 0.03 < expected_error(own, right)
    band = next(band for band in calibration.bands if band.least == 0.9)
    assert 1 - right[sure >= 0.9].mean() == pytest.approx(band.wrong, abs=0.01)


def _confidence(of: object, example: Example) -> float:
    value = Value(pointer="/a", text="x" * example.length, confidence=example.confidence, status=example.status)
    return float(of(value, example.kept))  # type: ignore[operator]  # Calibration.confidence


def test_evidence_and_rules_move_the_confidence() -> None:
    """A verified value is surer than one in conflict, one that a rule keeps surer than one that a rule breaks."""
    calibration = fit(documents(1, 40), fitted_on="made up")
    by_status = [calibration.confidence(Value(pointer="/a", text="12.00", confidence=0.95, status=s)) for s in RIGHT]
    assert by_status == sorted(by_status, reverse=True)
    value = Value(pointer="/a", text="12.00", confidence=0.95, status="unverified")
    assert calibration.confidence(value, kept=True) > calibration.confidence(value, kept=False)
    assert 0 < calibration.confidence(value.model_copy(update={"confidence": None})) < 1


def test_it_is_kept_as_json(tmp_path: Path) -> None:
    """A calibration that was written is the same when it is read, and is applied without scikit-learn."""
    calibration = fit(documents(1, 10), fitted_on="made up")
    path = tmp_path / "calibration.json"
    path.write_text(calibration.dumps(), "utf-8")
    assert load(path) == calibration


def test_the_table_says_how_often_it_is_wrong() -> None:
    """The table names each band's error rate and size, and the documents that it stands on."""
    table = fit(documents(1, 10), fitted_on="made up").table()
    assert str(Band(0.9, 0.0182, 412)) == "0.9 and above: 1.8% wrong, n=412"
    assert table.startswith("calibrated on 300 values of 10 documents (made up)\n0.99 and above: ")


@pytest.mark.parametrize("content", ["", "{}", '{"format": 0, "features": []}', "[1]"])
def test_another_file_is_refused(tmp_path: Path, content: str) -> None:
    """A file that holds no calibration is named."""
    path = tmp_path / "other.json"
    path.write_text(content, "utf-8")
    with pytest.raises(SettingsError, match=r"other\.json: no calibration"):
        load(path)


def test_too_little_to_calibrate_on() -> None:
    """One document, or values of which none is wrong, are no ground for a promise."""
    right = [Example(str(n), 0.9, "verified", None, 3, True) for n in range(9)]
    with pytest.raises(UsageError, match="cannot be calibrated on"):
        fit(right, fitted_on="made up")
    with pytest.raises(UsageError, match="cannot be calibrated on"):
        fit([Example("a", 0.9, "verified", None, 3, n > 3) for n in range(9)], fitted_on="made up")
