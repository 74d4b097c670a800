"""`docpipe review`: what a person says of a stored record in, the record as it stands then out."""

from __future__ import annotations

from typing import Annotated

import typer

import docpipe
from docpipe.cli import options, terminal
from docpipe.cli.extract import exit_code

Number = Annotated[int, typer.Argument(metavar="ID", help="The document's number in docpipe list.")]
SchemaName = Annotated[
    str | None, typer.Option("--schema", "-s", metavar="NAME", help="Where a document was read with several schemas.")
]


def command(
    document: Number,
    confirm: Annotated[bool, typer.Option("--confirm", help="All values are right as they are.")] = False,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="/POINTER=VALUE", help="This value is right: /total=12.50; /due_date= for none."),
    ] = None,
    schema: SchemaName = None,
    database: options.Database = None,
) -> None:
    """Confirm or correct what was read. Reviewed values stay, whatever is read later.

    [bold]All is right[/bold]   docpipe review 12 --confirm

    [bold]One is wrong[/bold]   docpipe review 12 --set /total=12.50 --set /invoice_date=2024-09-17

    [bold]Rest is right[/bold]  docpipe review 12 --set /line_items/0/amount=3.20 --confirm
    """
    from docpipe.errors import UsageError
    from docpipe.reviewing import review
    from docpipe.store import open_store

    if not confirm and not changes:
        raise UsageError("nothing to review", hint=f"docpipe review {document} --confirm, or --set /total=12.50")
    wanted = dict(_change(change) for change in changes or ())
    with open_store(options.settings_of(database=database), create=False) as store:
        kept = store.get(document, schema=schema)
        made = store.review(kept, review(kept.record, store.schema(kept), wanted, confirm=confirm))
    terminal.write(docpipe.dumps([made.record], "table", width=terminal.width(), colour=terminal.coloured()))
    raise typer.Exit(exit_code([made.record]))


def _change(text: str) -> tuple[str, str]:
    from docpipe.errors import UsageError

    pointer, sign, value = text.partition("=")
    if not sign or not pointer.startswith("/"):
        raise UsageError(f"--set {text}: expected /POINTER=VALUE", hint="docpipe review ID --set /total=12.50")
    return pointer, value
