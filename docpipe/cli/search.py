"""`docpipe search`: words in, the pages that hold them out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

import docpipe
from docpipe.cli import list_, options, terminal

if TYPE_CHECKING:
    from docpipe.types import Hit

NOT_FOUND = 3
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def command(
    text: Annotated[str, typer.Argument(metavar="TEXT", help='Any words; "in quotes" they stand side by side.')],
    schema: list_.OfSchema = None,
    status: list_.OfStatus = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--since",
            formats=["%Y-%m-%d"],
            help="Only documents of this day or later: by the first date among their fields, else by when they came.",
        ),
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Only documents of this day or before.")
    ] = None,
    sender: Annotated[
        str | None, typer.Option("--sender", metavar="NAME", help="Only documents whose sender has this in its name.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="Pages to show at most.")] = 10,
    words: Annotated[
        bool, typer.Option("--words", help="By words alone, also where the extra embed is installed.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    database: options.Database = None,
) -> None:
    """Find pages by what stands on them and by what was read from them, the best first.

    Capitals, accents and umlauts make no difference. A word that stands nowhere is looked for as the beginning of
    others, then with a letter or two wrong. Exit code 3 when nothing is found.

    [bold]Where is it[/bold]     docpipe search "harbour lane oak"

    [bold]This number[/bold]     docpipe search INV-2024-0386 --json

    [bold]Of one sender[/bold]   docpipe search delivery --sender "Harbour Lane" --since 2024-01-01
    """
    from docpipe.index import search, sentence_model
    from docpipe.store import SearchQuery, open_store

    wanted = SearchQuery(
        text,
        schema=schema,
        status=None if status is None else status.value,
        since=None if since is None else since.date(),
        until=None if until is None else until.date(),
        sender=sender,
        limit=limit,
    )
    settings = options.settings_of(database=database, meaning=False if words else None)
    with open_store(settings, create=False) as store:
        hits = search(store, wanted, sentence_model(settings))
    if as_json:
        terminal.write("".join(json.dumps(hit.model_dump(mode="json")) + "\n" for hit in hits))
    else:
        terminal.write("".join(f"{line}\n" for hit in hits for line in _lines(hit)))
    if not hits:
        terminal.say(f"nothing found for {text!r}")
        narrowed = any(value is not None for value in (schema, status, since, until, sender))
        terminal.say(f"  next: {'leave a filter out, or ' if narrowed else ''}docpipe list")
        raise typer.Exit(NOT_FOUND)


def _lines(hit: Hit) -> Iterator[str]:
    """A hit as people read it: where it is, and what stands there."""
    field = "" if hit.pointer is None else f"  {hit.pointer}"
    place = f"{hit.name}, page {hit.page}{field}"
    yield docpipe.printable(f"{hit.score:.2f} {hit.document:>5}  {place}")
    yield f"            {_marked(hit)}"


def _marked(hit: Hit) -> str:
    """The snippet with what matched in bold, or in brackets where nothing is bold."""
    before, after = (_BOLD, _PLAIN) if terminal.coloured() else ("[", "]")
    parts, left = [], 0
    for start, end in hit.marks:
        parts += [docpipe.printable(hit.snippet[left:start]), before, docpipe.printable(hit.snippet[start:end]), after]
        left = end
    return "".join([*parts, docpipe.printable(hit.snippet[left:])])
