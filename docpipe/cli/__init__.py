"""The command line: arguments go in, text, files and an exit code come out.

Typer and the standard library are all that `docpipe --help` imports; each command imports what it needs when it runs.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Annotated

import typer

import docpipe
from docpipe.cli import (
    add,
    ask,
    db,
    diff,
    doctor,
    eval,  # noqa: A004  # the command is called so
    export,
    extract,
    forget,
    jobs,
    list_,
    models,
    review,
    schemas,
    search,
    show,
    status,
    terminal,
    watch,
    worker,
)
from docpipe.errors import DocpipeError

INTERNAL = 1

EPILOG = """
[bold]Exit codes[/bold]

0 all well

3 needs review: a rule is broken, or a value is doubtful

4 partial failure: some pages or documents could not be read

5 bad input: no document could be used

2 bad usage: a flag, a setting, a schema or a model's name

130 interrupted: what was finished is kept

1 internal error
"""

app = typer.Typer(
    name="docpipe",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EPILOG,
)
app.command("extract", epilog=EPILOG)(extract.command)
app.command("add", epilog=EPILOG)(add.command)
app.command("watch", epilog=EPILOG)(watch.command)
app.command("status")(status.command)
app.add_typer(jobs.app, name="jobs")
app.command("worker")(worker.command)
app.command("list")(list_.command)
app.command("search")(search.command)
app.command("ask", epilog=EPILOG)(ask.command)
app.command("show", epilog=EPILOG)(show.command)
app.command("review", epilog=EPILOG)(review.command)
app.command("diff")(diff.command)
app.command("export")(export.command)
app.command("forget")(forget.command)
app.add_typer(db.app, name="db")
app.add_typer(schemas.app, name="schemas")
app.command("eval")(eval.command)
app.add_typer(models.app, name="models")
app.command("doctor")(doctor.command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"docpipe {docpipe.__version__}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Documents become validated, typed values, each with its page, its box, its confidence and its evidence.

    [bold]Read an invoice[/bold]   docpipe extract invoice.pdf --schema invoice

    [bold]See what was read[/bold] docpipe show invoice.pdf --image invoice.png

    [bold]Read a folder[/bold]     docpipe extract inbox/ --output results/

    [bold]Into a database[/bold]   docpipe add inbox/ --schema invoice, then docpipe list

    [bold]As they come in[/bold]   docpipe watch inbox/ --schema invoice, then docpipe status

    [bold]As a spreadsheet[/bold]  docpipe extract inbox/ -s invoice -f csv > invoices.csv

    [bold]Your own fields[/bold]   docpipe schemas infer example.json > mine.json
    """


def main() -> None:
    """Run the command line and leave with its exit code."""
    debug = "--debug" in sys.argv[1:]
    try:
        app()  # leaves by itself, with the code of the command, 2 for bad usage or 130 when interrupted
    except DocpipeError as error:
        if debug:
            traceback.print_exc()
        terminal.say(f"docpipe: {error.message}")
        if error.hint:
            terminal.say(f"  next: {error.hint}")
        sys.exit(error.exit_code)
    except Exception as error:  # a bug: the user gets a line and a log, not a screen of frames
        if debug:
            raise
        terminal.say(f"docpipe: internal error: {type(error).__name__}: {error}")
        terminal.say(f"  next: run it again as docpipe --debug ..., or report it with {_logged()}")
        sys.exit(INTERNAL)


def _logged() -> Path:
    """A file with the traceback of the exception being handled."""
    handle, name = tempfile.mkstemp(prefix="docpipe-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as log:
        log.write(f"docpipe {docpipe.__version__}\n{sys.argv!r}\n\n{traceback.format_exc()}")
    return Path(name)
