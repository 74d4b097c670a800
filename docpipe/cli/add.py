"""`docpipe add`: documents in, rows of the database out; what was read before is not read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import docpipe
from docpipe.cli import options, terminal
from docpipe.cli.extract import INTERRUPTED, exit_code
from docpipe.cli.password import asks_for_password, typed_password

if TYPE_CHECKING:
    from docpipe.job import Added
    from docpipe.types import Record


@options.stores
def command(
    *,
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE", help="Files, folders, or - for standard input.")],
    schema: options.Schema = "auto",
    pages: options.Pages = None,
    split: options.Split = None,
    password: options.Password = None,
    again: Annotated[
        bool, typer.Option("--again", help="Make the records anew from what the model said when it read them.")
    ] = False,
    storing: options.Storing,
    record: options.Record = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> None:
    """Read documents and store what they say, as rows that any tool can query.

    [bold]A folder[/bold]         docpipe add inbox/ --schema invoice

    [bold]What is there[/bold]    docpipe list, docpipe show ID

    [bold]Query it[/bold]         sqlite3 docpipe.db 'SELECT supplier_name, sum(total) FROM invoice GROUP BY 1'

    The same file twice is read once. A killed run goes on where it was. With a field more in the schema only that
    field is read. A file that was replaced takes the place of what it held before.
    """
    from docpipe.errors import SourceNotFound
    from docpipe.pipeline import Pipeline
    from docpipe.store import open_store

    settings = storing.settings()
    given = list(docpipe.expand(sources))
    if not given:
        raise SourceNotFound(f"{', '.join(sources)}: no documents in there", hint="docpipe add --help")
    refs = given if split is None else options.parts(settings, given, split, pages, password)
    records: list[Record] = []
    interrupted = False
    with (
        open_store(settings) as store,
        terminal.Meter(len(refs), verbose=verbose, quiet=quiet) as meter,
        Pipeline(settings, record=record, store=store, progress=meter.show) as pipeline,
    ):
        try:
            stream = pipeline.add(refs, schema=schema, pages=pages, password=password, known=not again)
            for ref, added in zip(refs, stream, strict=True):
                if password is None and asks_for_password(added.record, ref):
                    typed = typed_password(meter, ref)
                    if typed is not None:
                        (added,) = pipeline.add([ref], schema=schema, pages=pages, password=typed)
                records.append(added.record)
                if added.kept is not None and not quiet:
                    terminal.write(docpipe.printable(_line(added)) + "\n")
                if added.record.error is not None:
                    meter.say(f"{added.record.source}: {added.record.error.message}")
                    if added.record.error.hint:
                        meter.say(f"  next: {added.record.error.hint}")
        except KeyboardInterrupt:
            interrupted = True
            meter.say("interrupted: what was read is kept, and the next run goes on from there")
    raise typer.Exit(INTERRUPTED if interrupted else exit_code(records))


def _line(added: Added) -> str:
    kept, record = added.kept, added.record
    if kept is None:
        return record.source
    status = record.status.replace("_", " ")
    replaced = f", takes the place of {kept.replaced}" if kept.replaced is not None else ""
    return f"{kept.document:>5}  {record.schema_name:<16} {status:<13} {kept.change:<10} {record.source}{replaced}"
