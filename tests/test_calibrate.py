"""A confidence is a promise: of the values that are called 0.9 sure and above, so many are wrong."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

import docpipe
from docpipe import nano
from docpipe.calibrate import Band, Example, expected_error, fit, load
from docpipe.confidence import Confidences
from docpipe.errors import SettingsError, UsageError
from docpipe.judge import judge
from docpipe.schema import load_schema
from docpipe.settings import Settings
from docpipe.types import Value, ValueStatus
from tests.readings import replay_of, sample

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


def test_a_few_lucky_values_are_not_called_sure() -> None:
    """Where the model's surest values are few and as often wrong as others, no band promises more than was kept."""
    chance = random.Random(5)
    examples = []
    for number in range(60):
        for at in range(12):
            own = chance.uniform(0.98, 0.999) if at == 0 else chance.uniform(0.2, 0.9)
            examples.append(Example(str(number), own, "unverified", None, 8, chance.random() < 0.6))
    bands = fit(examples, fitted_on="made up").bands
    assert {band.n for band in bands if band.least < 0.5} == {720}
    assert all(band.n >= 20 and band.wrong <= 1 - band.least + 0.1 for band in bands), bands


def test_it_is_kept_as_json(tmp_path: Path) -> None:
    """A calibration that was written is the same when it is read, and is applied without scikit-learn."""
    calibration = fit(documents(1, 10), fitted_on="made up")
    path = tmp_path / "calibration.json"
    path.write_text(calibration.dumps(), "utf-8")
    assert load(path) == calibration


def test_a_record_has_the_confidence_that_its_values_deserve(tmp_path: Path) -> None:
    """Values of the model that was calibrated get their confidence and its error rate, values of another keep theirs.

    Nothing else in the record changes; without a calibration it says that it is uncalibrated.
    """
    document = sample("invoice-01")
    model = replay_of(document, tmp_path / "r.jsonl")
    plain = docpipe.extract(document, schema="invoice", model=model)
    assert plain.calibration == "uncalibrated"
    assert {value.confidence for value in plain.values} == {0.9}
    made = {name: fit(documents(1, 20), fitted_on="made up", model=name) for name in ("recorded-1", "another-1")}
    found = {}
    for name, calibration in made.items():
        (tmp_path / f"{name}.json").write_text(calibration.dumps(), "utf-8")
        settings = Settings(model=model, calibration=str(tmp_path / f"{name}.json"))
        found[name] = docpipe.extract(document, schema="invoice", settings=settings)
    assert found["another-1"].model_copy(update={"timing": plain.timing}) == plain
    record, mine = found["recorded-1"], made["recorded-1"]
    assert record.calibration == mine.summary()
    assert str(mine.bands[-1]) in record.calibration
    assert [value.model_copy(update={"confidence": 0.9}) for value in record.values] == plain.values
    total = next(value for value in plain.values if value.pointer == "/total")
    assert next(v.confidence for v in record.values if v.pointer == "/total") == mine.confidence(total, kept=True)
    assert f"confidence: {mine.bands[-1]}" in docpipe.dumps([record], "table", width=2000)
    assert "confidence: uncalibrated\n" in docpipe.dumps([plain], "table")


def test_a_broken_rule_costs_confidence(tmp_path: Path) -> None:
    """A value that a rule contradicts is less sure than the same value in a document that adds up."""
    place = tmp_path / "c.json"
    place.write_text(fit(documents(1, 20), fitted_on="made up", model="recorded-1").dumps(), "utf-8")
    scan = sample("receipt-08")

    def of(subtotal: str) -> float | None:
        model = replay_of(scan, tmp_path / f"{subtotal}.jsonl", "receipt", subtotal=subtotal)
        record = docpipe.extract(scan, schema="receipt", settings=Settings(model=model, calibration=str(place)))
        return next(value.confidence for value in record.values if value.pointer == "/tax_amount")

    right, wrong = of("24,16"), of("21,16")
    assert right is not None
    assert wrong is not None
    assert right > wrong


def test_the_calibration_that_ships_is_for_its_weights_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What nano ships with is used for nano; once its weights are others it is not and the record says why.

    When it is turned off it is not used either.
    """
    place = tmp_path / "calibration.json"
    monkeypatch.setattr(nano, "CALIBRATION", place)
    schema = load_schema("receipt")
    draft = judge((Value(pointer="/total", text="1.00", value=1, confidence=0.9, model=nano.NAME),), (), schema)
    said = []
    for checkpoint in (nano.weights_hash(), "0" * 64):
        place.write_text(fit(documents(1, 20), fitted_on="x", model=nano.NAME, checkpoint=checkpoint).dumps(), "utf-8")
        said.append(Confidences(Settings()).of(draft, schema)[1])
    said.append(Confidences(Settings(calibration="none")).of(draft, schema)[1])
    assert said[0].startswith("0.")
    other = f"uncalibrated: {place} is for other weights of {nano.NAME} than are installed"
    assert said[1:] == [other, "uncalibrated"]


def test_the_table_says_how_often_it_is_wrong() -> None:
    """The table names each band's error rate and size, and the documents that it stands on."""
    table = fit(documents(1, 10), fitted_on="made up").table()
    assert str(Band(0.9, 0.0182, 412)) == "0.9 and above: 1.8% wrong, n=412"
    assert table.startswith("calibrated on 300 values of 10 documents (made up)\n0.95 and above: ")


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
