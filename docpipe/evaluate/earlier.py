"""What `docpipe eval --json` wrote becomes an earlier run, and runs become comparisons with it and with each other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docpipe.errors import UsageError
from docpipe.evaluate.runner import Run
from docpipe.evaluate.score import Score, Spent
from docpipe.evaluate.summary import Comparison, compared


@dataclass(frozen=True)
class Earlier:
    """One model's scores of an earlier run; `shown` is how its pages were shown."""

    name: str
    model: str
    shown: str
    scores: tuple[Score, ...] = field(repr=False)


@dataclass(frozen=True)
class Contest:
    """Who is held against whom, and what came of it. `warning` says what else than the model is different."""

    one: str
    other: str
    comparison: Comparison
    warning: str | None = None


def load_earlier(path: Path) -> tuple[Earlier, ...]:
    """The runs in a file that `docpipe eval --json` wrote. Raises UsageError when it is none."""
    try:
        runs = json.loads(path.read_text("utf-8"))["runs"]
        return tuple(
            Earlier(
                name=f"{run['model']} in {path.name}",
                model=run["model"],
                shown=_shown(run["pixels_only"], run["dpi"]),
                scores=tuple(_score(document) for document in run["by_document"]),
            )
            for run in runs
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise UsageError(
            f"{path} is not what docpipe eval --json wrote: {type(error).__name__}: {error}",
            hint=f"docpipe eval FOLDER --json > {path.name}",
        ) from error


def contests(runs: Sequence[Run], earlier: Sequence[Earlier] = ()) -> tuple[Contest, ...]:
    """Every run but the first against the first, and each against the earlier one of its model, or the first earlier.

    Raises UsageError when an earlier run is of other documents.
    """
    among = [Contest(runs[0].model, run.model, compared(runs[0].scores, run.scores)) for run in runs[1:]]
    if not earlier:
        return tuple(among)
    before = [next((e for e in earlier if e.model == run.model), earlier[0]) for run in runs]
    return (*among, *(_since(run, one) for run, one in zip(runs, before, strict=True)))


def _since(run: Run, one: Earlier) -> Contest:
    shared = {score.name for score in one.scores} & {score.name for score in run.scores}
    if not shared:
        raise UsageError(f"{one.name}: none of its documents is among those that were read now")
    shown = _shown(run.pixels_only, run.dpi)
    warnings = [] if shown == one.shown else [f"pages were shown otherwise: then {one.shown}, now {shown}"]
    if len(shared) < len(run.scores) or len(shared) < len(one.scores):
        warnings.append(f"{len(shared)} documents are in both; {len(one.scores)} were read then, {len(run.scores)} now")
    return Contest(one.name, run.model, compared(one.scores, run.scores), "; ".join(warnings) or None)


def _shown(pixels_only: bool, dpi: float) -> str:
    return f"{'pictures' if pixels_only else 'documents as they are'}, {dpi:g} dpi"


def _score(document: Mapping[str, Any]) -> Score:
    return Score(
        name=document["document"],
        groups={},
        status=document["status"],
        pages=document["pages"],
        spent=Spent(document["seconds"], document["processor_s"]),
        outcomes=(),
        ratios={name: (float(part), float(whole)) for name, (part, whole) in document["ratios"].items()},
    )
