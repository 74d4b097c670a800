"""`docpipe worker`: jobs in, records out, on this machine or on another that reaches the same database."""

from __future__ import annotations

from typing import Annotated

import typer

from docpipe.cli import options
from docpipe.cli.watch import Log, LogFormat


@options.stores
def command(
    *,
    once: Annotated[bool, typer.Option("--once", help="End when every job has.")] = False,
    log_format: Log = LogFormat.text,
    storing: options.Storing,
    quiet: options.Quiet = False,
    parent: Annotated[int | None, typer.Option("--parent", hidden=True)] = None,
) -> None:
    """Read the documents that [bold]docpipe watch[/bold] takes. As many workers as you like, each a process.

    [bold]On another machine[/bold]  docpipe worker --database postgresql://USER@HOST/NAME

    The documents' bytes lie in the files folder, which every worker must reach: `files` in docpipe.toml.
    """
    from docpipe.journal import Journal
    from docpipe.stopping import when_asked
    from docpipe.store import open_store
    from docpipe.work import Worker

    settings = storing.settings()
    journal = Journal(log_format.value, quiet=quiet)
    with open_store(settings) as store:
        worker = Worker(settings, store, journal, parent=parent)
        when_asked(worker.stop)
        worker.run(once=once)
    raise typer.Exit(worker.code)
