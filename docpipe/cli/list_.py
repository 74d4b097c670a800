"""`docpipe list`: a filter in, the stored documents out."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

import docpipe
from docpipe.cli import options, terminal

if TYPE_CHECKING:
    from docpipe.store import Entry, Filter


class Status(StrEnum):
    """The status of a record."""

    ok = "ok"
    needs_review = "needs_review"
    partial = "partial"
    failed = "failed"


OfSchema = Annotated[str | None, typer.Option("--schema", "-s", metavar="NAME", help="Only records of this schema.")]
OfStatus = Annotated[Status | None, typer.Option("--status", help="Only records with this status.")]
Since = Annotated[
    datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="Only records stored on this day or later.")
]
Until = Annotated[
    datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Only records stored on this day or before.")
]
Words = Annotated[
    str | None, typer.Option("--text", "-t", metavar="TEXT", help="Only records with this in a name or a value.")
]


def command(
    schema: OfSchema = None,
    status: OfStatus = None,
    since: Since = None,
    until: Until = None,
    text: Words = None,
    superseded: Annotated[
        bool, typer.Option("--superseded", help="Also documents whose file holds something else now.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    database: options.Database = None,
) -> None:
    """List what is stored: the number of each document, its schema, its status and its name.

    [bold]What to look at[/bold]  docpipe list --status needs_review

    [bold]Where is it[/bold]      docpipe list --schema invoice --text "Harbour Lane"
    """
    from docpipe.store import open_store

    with open_store(options.settings_of(database=database), create=False) as store:
        entries = store.entries(filter_of(schema, status, since, until, text, superseded=superseded))
    lines = map(_json, entries) if as_json else map(_line, entries)
    terminal.write("".join(f"{line}\n" for line in lines))


def filter_of(
    schema: str | None,
    status: Status | None,
    since: datetime | None,
    until: datetime | None,
    text: str | None,
    *,
    superseded: bool = False,
) -> Filter:
    """The filter that these options are."""
    from docpipe.store import Filter

    return Filter(
        schema=schema,
        status=None if status is None else status.value,
        since=None if since is None else since.date(),
        until=None if until is None else until.date(),
        text=text,
        superseded=superseded,
    )


def _line(entry: Entry) -> str:
    day = entry.stored_at or entry.added_at
    status = (entry.status or "not read").replace("_", " ")
    name = f"{entry.name} (superseded)" if entry.superseded else entry.name
    return docpipe.printable(f"{entry.document:>5}  {entry.schema or '-':<16} {status:<13} {day:%Y-%m-%d}  {name}")


def _json(entry: Entry) -> str:
    fields = {
        "document": entry.document,
        "source": entry.name,
        "sha256": entry.sha256,
        "pages": entry.pages,
        "schema": entry.schema,
        "status": entry.status,
        "model": entry.model,
        "added_at": entry.added_at.isoformat(),
        "stored_at": None if entry.stored_at is None else entry.stored_at.isoformat(),
        "superseded": entry.superseded,
    }
    return json.dumps(fields)
