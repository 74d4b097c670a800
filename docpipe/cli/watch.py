"""`docpipe watch`: folders in, rows of the database out, for as long as it runs."""

from __future__ import annotations

import json
import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docpipe.cli import options, terminal

if TYPE_CHECKING:
    from docpipe.settings import Settings
    from docpipe.store import Standing


# Seconds after which the process ends that was asked to, whatever it waits for.
LAST_S = 9.0


class LogFormat(StrEnum):
    """How events are written."""

    text = "text"
    json = "json"


Log = Annotated[LogFormat, typer.Option("--log-format", help="Events as text, or as JSON lines, on standard error.")]


@options.stores
def command(
    *,
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="FOLDER", help="By default those of \\[\\[folders]] in docpipe.toml.")
    ] = None,
    schema: options.Schema = "auto",
    include: Annotated[
        list[str] | None, typer.Option("--include", metavar="PATTERN", help="Only these: '*.pdf', 'scans/*'.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="PATTERN", help="None of these.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Read what is there, then end.")] = False,
    poll: Annotated[
        bool,
        typer.Option("--poll", help="Look every rescan_s seconds: for network folders, which report nothing."),
    ] = False,
    move_done: Annotated[
        Path | None,
        typer.Option("--move-done", metavar="DIR", help="Move files here once they are done.", file_okay=False),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=0, help="Processes that read; 0: others do it.")] = 1,
    log_format: Log = LogFormat.text,
    storing: options.Storing,
    quiet: options.Quiet = False,
) -> None:
    """Read what comes into a folder, and store what it says. Nothing is lost, and nothing read twice.

    [bold]A folder[/bold]         docpipe watch inbox/ --schema invoice

    [bold]From cron[/bold]        docpipe watch inbox/ --schema invoice --once

    [bold]How far is it[/bold]    docpipe status, docpipe jobs list

    It can be stopped, killed or unplugged at any time, and goes on where it was. Originals stay as and where they are.
    """
    from docpipe.crew import Crew
    from docpipe.errors import UsageError
    from docpipe.intake import Filter, Intake
    from docpipe.journal import Journal
    from docpipe.stopping import leave_within, when_asked
    from docpipe.store import open_store
    from docpipe.watch import Watcher, below

    settings = storing.settings()
    journal = Journal(log_format.value, quiet=quiet)
    with open_store(settings) as store:
        intake = Intake(settings, store, schema)
        chosen = folders or intake.folders
        if not chosen:
            raise UsageError("no folder was given, and docpipe.toml has no [[folders]]", hint="docpipe watch FOLDER")
        wanted = Filter(tuple(include or ()), tuple(ignore or ()))
        watcher = Watcher(chosen, settings, store, intake, journal, wanted=wanted, done=move_done)
        crew = Crew(workers, worker_command(log_format, quiet=quiet), inherited(settings), store, journal)
        failed: list[int] = []
        asked: list[int] = []

        def tick() -> bool:
            code = crew.tend()
            if code is not None:
                failed.append(code)
            return code is None

        def stop(code: int) -> None:
            asked.append(code)
            watcher.stop()
            crew.ask()
            leave_within(LAST_S, code)

        when_asked(stop)
        store.files.sweep()
        journal.say("watching", folders=", ".join(map(str, chosen)))
        try:
            watcher.run(tick, poll=poll, once=once)
        finally:
            crew.stop()
        journal.say("stopped")
        if failed:
            raise typer.Exit(failed[0])
        standing = store.jobs.standing([below(folder) for folder in chosen])
    if once and not asked:
        terminal.write(summary(standing) + "\n")
        raise typer.Exit(exit_code(standing))
    raise typer.Exit(asked[0] if asked else 0)


def worker_command(log_format: LogFormat, *, quiet: bool) -> list[str]:
    """The arguments of a worker that ends with this process."""
    return ["worker", "--log-format", log_format.value, "--parent", str(os.getpid()), *(["--quiet"] if quiet else [])]


def inherited(settings: Settings) -> dict[str, str]:
    """What was given as flags, as the variables that a process of ours reads."""
    said = settings.model_dump(mode="json", exclude={"folders", "api_key"}, exclude_none=True, exclude_defaults=True)
    return {
        f"DOCPIPE_{name.upper()}": value if isinstance(value, str) else json.dumps(value)
        for name, value in said.items()
    }


def summary(standing: Standing) -> str:
    """How far the work is, in a line."""
    counts = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in standing.states.items() if count)
    return f"{standing.inputs} inputs: {counts or 'none'}"


def exit_code(standing: Standing) -> int:
    """What the command says of documents that were read."""
    if standing.states["failed"]:
        return 5 if standing.states["failed"] == standing.inputs else 4
    return 3 if standing.states["needs_review"] else 0
