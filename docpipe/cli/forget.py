"""`docpipe forget`: the number of a stored document in, nothing left of it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import docpipe
from docpipe.cli import options, terminal


def command(
    documents: Annotated[list[int], typer.Argument(metavar="ID", help="Numbers in docpipe list.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    database: options.Database = None,
) -> None:
    """Erase documents for good: their bytes, rows, readings and history. The file they were read from stays.

    Files that you exported, --record files and backups are yours to delete.
    """
    from docpipe.errors import UsageError
    from docpipe.store import open_store

    with open_store(options.settings_of(database=database), create=False) as store:
        for document in documents:
            name = docpipe.printable(store.name_of(document))
            if not yes:
                if not sys.stdin.isatty():
                    raise UsageError("nobody is there to ask", hint=f"docpipe forget {document} --yes")
                typer.confirm(f"erase document {document}, {name}?", abort=True, err=True)
            store.forget(document)
            terminal.say(f"forgot {document}, {name}")
