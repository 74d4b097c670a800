"""`docpipe jobs`: what is to be read, what was, and what could not be and why."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

import docpipe
from docpipe.cli import options, terminal

if TYPE_CHECKING:
    from docpipe.store import JobEntry

app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich", help="What is to be read, what was, what failed.")


class State(StrEnum):
    """The state of a job."""

    waiting = "waiting"
    running = "running"
    done = "done"
    needs_review = "needs_review"
    failed = "failed"


# What helps in a watched folder where the record's own hint is about one file.
_NEXT = {
    "source_encrypted": "docpipe.toml: password in its folder's rule; start docpipe watch anew; docpipe jobs retry"
}

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.command("list")
def list_(
    state: Annotated[State | None, typer.Option("--state", help="Only jobs in this state.")] = None,
    as_json: Json = False,
    database: options.Database = None,
) -> None:
    """List the jobs: number, state, schema, file, and why one failed, waits or wants a look.

    [bold]What failed[/bold]  docpipe jobs list --state failed
    """
    from docpipe.store import open_store

    with open_store(options.settings_of(database=database), create=False) as store:
        entries = store.jobs.entries(state=None if state is None else state.value)
    lines = (json.dumps(asdict(entry)) if as_json else docpipe.printable(_line(entry)) for entry in entries)
    terminal.write("".join(f"{line}\n" for line in lines))


@app.command()
def show(
    number: Annotated[int, typer.Argument(metavar="JOB", help="Its number in docpipe jobs list.")],
    as_json: Json = False,
    database: options.Database = None,
) -> None:
    """Everything about one job: where its content lies and lay, how often it was tried, and why it is where it is."""
    from docpipe.store import open_store

    with open_store(options.settings_of(database=database), create=False) as store:
        entry = store.jobs.get(number)
    if as_json:
        terminal.write(json.dumps(asdict(entry)) + "\n")
        return
    facts = {
        "job": entry.number,
        "state": entry.state.replace("_", " "),
        "why": entry.reason and f"{entry.code}: {entry.reason}",
        "next": _NEXT.get(entry.code or "", entry.hint),
        "schema": entry.schema,
        "document": entry.document,
        "files": entry.paths or None,
        "earlier": entry.earlier or None,
        "attempts": entry.attempts,
        "worker": entry.worker,
        "due in": f"{entry.waits_s:.0f} s" if entry.waits_s else None,
        "taken": _moment(entry.taken_at),
        "started": _moment(entry.started_at),
        "ended": _moment(entry.ended_at),
    }
    for name, fact in facts.items():
        several = fact if isinstance(fact, tuple) else () if fact is None else (fact,)
        for line, one in enumerate(several):
            terminal.write(docpipe.printable(f"{'' if line else name:<9}  {one}") + "\n")


@app.command()
def retry(
    numbers: Annotated[
        list[int] | None, typer.Argument(metavar="JOB", help="Which. Without numbers: all that failed.")
    ] = None,
    database: options.Database = None,
) -> None:
    """Try jobs again, with all their attempts."""
    from docpipe.store import open_store

    with open_store(options.settings_of(database=database), create=False) as store:
        count = store.jobs.retry(numbers or ())
    terminal.write(f"{count} {'job waits' if count == 1 else 'jobs wait'} to be read\n")


def _line(entry: JobEntry) -> str:
    why = "" if entry.reason is None else f": {entry.reason.removeprefix(f'{entry.name}: ')}"
    more = f" and {len(entry.paths) - 1} more" if len(entry.paths) > 1 else "" if entry.paths else " (replaced since)"
    return f"{entry.number:>5}  {entry.state.replace('_', ' '):<13} {entry.schema:<16} {entry.name}{more}{why}"


def _moment(seconds: float | None) -> str | None:
    return None if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
