"""`docpipe db`: where the database lies, whether it is whole, and how it gets to this version."""

from __future__ import annotations

import json
from typing import Annotated

import typer

import docpipe
from docpipe.cli import options, terminal

PARTIAL = 4

app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich", help="Look after the database.")


@app.command()
def info(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False, database: options.Database = None
) -> None:
    """Where the database and its files lie, and how much is in them."""
    from dataclasses import asdict

    from docpipe.store import Store

    with Store.at(options.settings_of(database=database)) as store:
        found = store.info()
    if as_json:
        terminal.write(json.dumps(asdict(found)) + "\n")
        return
    size = "" if found.size_bytes is None else f", {found.size_bytes / 1e6:.1f} MB"
    state = "not made yet" if found.version is None else f"migration {found.version}"
    if found.version not in (None, found.wanted_version):
        state += f", this docpipe wants {found.wanted_version}: docpipe db migrate"
    lines = [
        f"database   {found.database} ({state}{size})",
        f"files      {found.files}",
        f"documents  {found.documents}",
        f"records    {found.records}",
        f"readings   {found.readings}",
        f"tables     {', '.join(found.tables) or '-'}",
    ]
    terminal.write("".join(f"{docpipe.printable(line)}\n" for line in lines))


@app.command()
def check(database: options.Database = None) -> None:
    """Whether the database, its typed tables and its files are whole. Exit code 1 when they are not."""
    from docpipe.store import open_store

    with open_store(options.settings_of(database=database), create=False) as store:
        found = store.problems()
    for problem in found:
        terminal.write(docpipe.printable(problem) + "\n")
    if not found:
        terminal.write("all is well\n")
    raise typer.Exit(1 if found else 0)


@app.command()
def migrate(database: options.Database = None) -> None:
    """Bring a database that an older docpipe made to this version."""
    from docpipe.errors import RecordNotFound
    from docpipe.store import Store

    with Store.at(options.settings_of(database=database)) as store:
        before = store.info()
        if before.version is None:
            raise RecordNotFound(f"{before.database}: there is no database yet", hint="docpipe add FILE makes one")
        store.database.migrate()
        terminal.write(f"migration {before.version} -> {store.info().version}\n")


@app.command()
def reindex(
    database: options.Database = None,
    model: options.Model = None,
    meaning: options.Meaning = None,
    quiet: options.Quiet = False,
) -> None:
    """Make everything that is stored searchable anew. Pages whose text nobody read are read; that takes a while."""
    from docpipe.pipeline import Pipeline
    from docpipe.reindexing import reindex
    from docpipe.store import open_store

    settings = options.settings_of(database=database, model=model, meaning=meaning)
    documents = pages = failed = 0
    with (
        open_store(settings, create=False) as store,
        terminal.Meter(0, verbose=False, quiet=quiet) as meter,
        Pipeline(settings, store=store, progress=meter.show) as pipeline,
    ):
        for found in reindex(pipeline, store):
            documents += 1
            pages += found.pages
            failed += found.error is not None
            if found.error is not None:
                meter.say(f"{found.name}: {found.error.message}")
    terminal.write(f"{documents} documents, {pages} pages\n")
    raise typer.Exit(PARTIAL if failed else 0)


@app.command()
def compact(database: options.Database = None) -> None:
    """Rewrite the database without the room, and the bytes, of what was deleted from it."""
    from docpipe.store import open_store

    with open_store(options.settings_of(database=database), create=False) as store:
        store.compact()
