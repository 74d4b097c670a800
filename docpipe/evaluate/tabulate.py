"""Runs become a table to read on a terminal, and plain data for JSON."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from docpipe.evaluate.earlier import Contest
from docpipe.evaluate.questions import Searched
from docpipe.evaluate.runner import Run
from docpipe.evaluate.summary import MEASURES, Comparison, Measure
from docpipe.types import json_numbers

if TYPE_CHECKING:
    from rich.table import Table

# What a row of groups has room for.
BRIEF = {"field_f1": "F1", "exact": "exact", "anls": "ANLS*", "invention": "invented", "grounding": "box"}
SPECIAL = {"teds": "TEDS", "adjacency_f1": "adj. F1", "rms_f1": "RMS-F1"}
# Errors of documents that are listed; --json has all of them.
MOST_ERRORS = 10
VERDICTS = ("right", "wrong", "missed", "invented", "extra", "empty")


def as_data(folder: str, runs: Sequence[Run], against: Sequence[Contest] = ()) -> dict[str, Any]:
    """Everything that is known of the runs but the pictures, ready for JSON; and for `--against`."""
    data: dict[str, Any] = {"folder": folder, "documents": len(runs[0].truths), "runs": [_run(run) for run in runs]}
    if against:
        data["comparisons"] = [
            {"model": one.other, "against": one.one, "warning": one.warning, **asdict(one.comparison)}
            for one in against
        ]
    found: dict[str, Any] = json_numbers(data)
    return found


def _run(run: Run) -> dict[str, Any]:
    return {
        "model": run.model,
        "pixels_only": run.pixels_only,
        "dpi": run.dpi,
        "load_s": round(run.load_s, 3),
        "peak_mb": None if run.peak_mb is None else round(run.peak_mb),
        "threads": run.threads,
        "resumed": run.resumed,
        **asdict(run.summary),
        "by_document": [
            {
                "document": score.name,
                "status": score.status,
                "error": score.error,
                "pages": score.pages,
                "seconds": round(score.spent.seconds, 3),
                "processor_s": round(score.spent.processor_s, 3),
                "input_tokens": score.spent.input_tokens,
                "output_tokens": score.spent.output_tokens,
                "field_f1": score.f1,
                "ratios": {name: list(ratio) for name, ratio in score.ratios.items()},
                "not_counted": list(score.skipped),
                "misses": [
                    {
                        "verdict": outcome.verdict,
                        "pointer": outcome.pointer or outcome.got_pointer,
                        "expected": outcome.expected,
                        "got": outcome.got,
                        "text": outcome.text,
                        "confidence": outcome.confidence,
                        "status": outcome.status,
                    }
                    for outcome in score.outcomes
                    if outcome.verdict not in ("right", "empty")
                ],
            }
            for score in run.scores
        ],
    }


def as_table(
    folder: str,
    runs: Sequence[Run],
    against: Sequence[Contest] = (),
    *,
    fields: int = 12,
    width: int = 100,
    colour: bool = False,
) -> str:
    """The figures of every run for people, and what is different where one is held against another.

    `fields` is how many of the fields with the most misses are listed.
    """
    from rich.console import Console

    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False)
    for run in runs:
        pages = sum(score.pages for score in run.scores)
        shown = "pictures of the pages" if run.pixels_only else "the documents as they are"
        console.print(
            f"[bold]{_safe(run.model)}[/bold] on {_safe(folder)}: {len(run.scores)} documents, {pages} pages, {shown}"
        )
        console.print(_measures(run.summary.measures))
        for name, groups in run.summary.groups.items():
            console.print(_groups(name, groups))
        console.print(_fields(run, fields))
        for line in _asides(run):
            console.print(line)
        console.print()
    for contest in against:
        console.print(f"[bold]{_safe(contest.other)}[/bold] (second) against {_safe(contest.one)} (first)")
        if contest.warning is not None:
            console.print(_safe(contest.warning))
        console.print(_differences(contest.comparison))
        for line in _changes(contest.comparison):
            console.print(line)
    return out.getvalue()


def searched_data(questions: str, found: Searched) -> dict[str, Any]:
    """What a search did with a file of questions, ready for JSON."""
    data = {
        "questions": questions,
        "measures": {name: asdict(measure) for name, measure in found.measures.items()},
        "by_question": [
            {
                "question": one.question.text,
                "wanted": [list(place) for place in one.question.places],
                "ranks": list(one.ranks),
                "found": [[hit.document, hit.name, hit.page] for hit in one.hits],
            }
            for one in found.found
        ],
    }
    plain: dict[str, Any] = json_numbers(data)
    return plain


def searched_table(questions: str, found: Searched, *, most: int = 12, width: int = 100, colour: bool = False) -> str:
    """The figures of a search for people, and up to `most` of the questions whose first hit is wrong."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False)
    console.print(f"[bold]search[/bold] with {_safe(questions)}: {len(found.found)} questions")
    console.print(_measures(found.measures, "questions"))
    missed = [one for one in found.found if 1 not in one.ranks]
    table = _table("questions whose first hit is wrong", "right hit at", "first hit")
    for one in missed[:most]:
        first = f"{one.hits[0].name}, page {one.hits[0].page}" if one.hits else "nothing found"
        table.add_row(_safe(one.question.text), str(one.ranks[0]) if one.ranks else "none", _safe(first))
    console.print(table if missed else "Every question's first hit is right")
    if len(missed) > most:
        console.print(f"and {len(missed) - most} more; --json has all")
    return out.getvalue()


def figure(name: str, value: float, *, signed: bool = False) -> str:
    """A measure as it is printed: a share as per cent with one decimal, seconds with two, tokens whole."""
    sign = "+" if signed else ""
    if "tokens" in name:
        return f"{value:{sign}.0f}"
    return f"{value:{sign}.2f} s" if name.endswith("_a_page") else f"{100 * value:{sign}.1f}"


def between(name: str, measure: Measure, *, signed: bool = False) -> str:
    """The interval of a measure."""
    return f"{figure(name, measure.low, signed=signed)} to {figure(name, measure.high, signed=signed)}"


def _measures(measures: Mapping[str, Measure], counted: str = "documents") -> Table:
    table = _table("measure", "value", "95 % of draws", counted)
    for name, measure in measures.items():
        table.add_row(MEASURES[name][0], figure(name, measure.value), between(name, measure), str(measure.documents))
    return table


def _differences(comparison: Comparison) -> Table:
    table = _table("measure", "first", "second", "change", "95 % of draws", "documents")
    for name, measure in comparison.differences.items():
        both = (figure(name, value) for value in comparison.values[name])
        change = figure(name, measure.value, signed=True)
        table.add_row(MEASURES[name][0], *both, change, between(name, measure, signed=True), str(measure.documents))
    return table


def _groups(name: str, groups: Mapping[str, Mapping[str, Measure]]) -> Table:
    special = [key for key in SPECIAL if any(key in group for group in groups.values())]
    columns = {**BRIEF, **{key: SPECIAL[key] for key in special}, "seconds_a_page": "s/page"}
    table = _table(name, "docs", *columns.values())
    for group, measures in groups.items():
        cells = [figure(key, measures[key].value).removesuffix(" s") if key in measures else "" for key in columns]
        table.add_row(_safe(group), str(measures["exact"].documents), *cells)
    return table


def _fields(run: Run, most: int) -> Table:
    missed = {
        path: sum(counts[name] for name in ("wrong", "missed", "invented", "extra"))
        for path, counts in run.summary.fields.items()
    }
    ranked = sorted((path for path in missed if missed[path]), key=lambda path: -missed[path])[:most]
    table = _table("fields with most misses", "F1", *VERDICTS)
    for path in ranked:
        counts = run.summary.fields[path]
        numbers = (str(int(counts[name])) for name in VERDICTS)
        table.add_row(_safe(path), figure("field_f1", counts["field_f1"]), *numbers)
    return table


def _asides(run: Run) -> list[str]:
    lines: list[str] = []
    known = run.summary.calibration
    if known is not None:
        lines.append(f"Calibration: expected error {100 * known.error:.1f} points over {known.values} values")
        lines += [
            f"  confidence {part.low:.1f} to {part.high:.1f}: {part.values} values, on average {part.confidence:.2f}, "
            f"right {part.right:.2f}"
            for part in known.bins
        ]
    else:
        lines.append("Calibration: no value has a confidence")
    peak = "" if run.peak_mb is None else f", peak memory {run.peak_mb:.0f} MB"
    lines.append(f"Loading the model: {run.load_s:.1f} s{peak}, threads: {run.threads}")
    if run.resumed:
        lines.append(f"Taken from an earlier run: what was said of {run.resumed} documents")
    failed = [score for score in run.scores if score.error is not None]
    lines += [f"{_safe(score.name)}: {score.status}: {_safe(score.error or '')}" for score in failed[:MOST_ERRORS]]
    lines += [f"and {len(failed) - MOST_ERRORS} more"] if len(failed) > MOST_ERRORS else []
    return lines


def _changes(comparison: Comparison) -> list[str]:
    lines: list[str] = []
    for word, changes in (("better", comparison.better), ("worse", comparison.worse)):
        lines.append(f"{word} documents: {len(changes)}")
        lines += [
            f"  {_safe(name)}: field F1 {100 * one:.1f}, now {100 * other:.1f}" for name, one, other in changes[:10]
        ]
    return lines


def _table(*columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(columns[0], overflow="fold", min_width=14)
    for column in columns[1:]:
        table.add_column(column, justify="right")
    return table


def _safe(text: str) -> str:
    """Text of a file or a user, without commands to the terminal or to rich."""
    from rich.markup import escape

    from docpipe import printable

    return escape(printable(text))
