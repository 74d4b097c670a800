"""A draft's values become values with an honest confidence, and the error rate that such values had elsewhere."""

from __future__ import annotations

from pathlib import Path

from docpipe.calibrate import Calibration, load
from docpipe.judge import Draft
from docpipe.models import shipped_calibration, weights_of
from docpipe.rules import kept
from docpipe.schema import Schema
from docpipe.settings import Settings, settings_file
from docpipe.types import Value

UNCALIBRATED = "uncalibrated"
OFF = "none"


class Confidences:
    """The calibration that the settings name, else the one that ships with the model that read.

    Raises SettingsError for a file that is no calibration.
    """

    def __init__(self, settings: Settings) -> None:
        self._off = settings.calibration == OFF
        named = None if self._off or settings.calibration is None else load(_place(settings.calibration))
        self._known: dict[str, Calibration | None] = {} if named is None else {named.model: named}
        self._unfit: dict[str, str] = {}

    def of(self, draft: Draft, schema: Schema) -> tuple[tuple[Value, ...], str]:
        """The values, and the error rates in words.

        A value of a model that no calibration is known of keeps the model's own probability, and one that a person
        reviewed is as sure as it was.
        """
        known = {model: self._for(model) for model in dict.fromkeys(value.model for value in draft.values)}
        rules = kept(draft.data, schema)
        values = tuple(_calibrated(value, known[value.model], rules.get(value.pointer)) for value in draft.values)
        said = [found.summary() for found in known.values() if found is not None]
        return values, "; ".join(said) or next(
            (self._unfit[model] for model in known if model in self._unfit), UNCALIBRATED
        )

    def _for(self, model: str) -> Calibration | None:
        if model not in self._known and not self._off:
            file = shipped_calibration(model)
            found = None if file is None else load(file)
            if found is not None and found.checkpoint != weights_of(model):
                # Other weights have other probabilities.
                self._unfit[model] = f"{UNCALIBRATED}: {file} is for other weights of {model} than are installed"
                found = None
            self._known[model] = found
        return self._known.get(model)


def _calibrated(value: Value, calibration: Calibration | None, holds: bool | None) -> Value:
    if calibration is None or value.status == "reviewed":
        return value
    return value.model_copy(update={"confidence": calibration.confidence(value, holds)})


def _place(named: str) -> Path:
    """A path in docpipe.toml is one from that file's folder."""
    beside = settings_file()
    return Path(named) if beside is None else beside.parent / named
