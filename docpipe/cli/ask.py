"""`docpipe ask`: a question in, an answer with where it stands out."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import docpipe
from docpipe.cli import options, terminal
from docpipe.cli.extract import write_whole

if TYPE_CHECKING:
    from PIL.Image import Image

    from docpipe.types import Answer

NOT_FOUND = 3
# How many places are listed on a terminal, and how many pages are drawn.
MOST_SHOWN = 10
MOST_DRAWN = 20


def command(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="In English, German or French.")] = None,
    schema: Annotated[
        str | None, typer.Option("--schema", "-s", metavar="NAME", help="Only what was read with this schema.")
    ] = None,
    sql: Annotated[bool, typer.Option("--sql", help="Show the SQL that ran.")] = False,
    image: Annotated[
        Path | None,
        typer.Option("--image", metavar="PNG", help="Draw where the answer stands; several pages: NAME-1.png, ..."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The answer as one JSON object.")] = False,
    on: Annotated[bool, typer.Option("--interactive", "-i", help="Ask on: 'and in April?'")] = False,
    database: options.Database = None,
    model: options.Model = None,
    device: options.Device = None,
    dtype: options.Number = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> None:
    """Answer a question over what is stored, with the page and the place of everything that made the answer.

    [bold]How much[/bold]   docpipe ask "How much did we pay Harbour Lane in September 2024?"

    [bold]How many[/bold]   docpipe ask "Wie viele Rechnungen pro Lieferant?"

    [bold]Look up[/bold]    docpipe ask "What is the IBAN on invoice 2024-17?" --image iban.png
    """
    from docpipe.asking import cited_pictures
    from docpipe.errors import UsageError
    from docpipe.pipeline import Pipeline
    from docpipe.store import open_store

    if question is None and not on:
        raise UsageError("there is no question", hint='docpipe ask "How many invoices are there?", or docpipe ask -i')
    settings = options.settings_of(model=model, device=device, dtype=dtype, database=database)
    found = True
    with (
        open_store(settings, create=False) as store,
        terminal.Meter(1, verbose=verbose, quiet=quiet) as meter,
        Pipeline(settings, store=store, progress=meter.show) as pipeline,
    ):
        meter.pause()
        for number, asked in enumerate(_questions(question, on=on)):
            answer = pipeline.ask(asked, schema=schema, goes_on=number > 0)
            # Names are stored as they were printed; as escapes, what is in them commands no terminal.
            terminal.write(json.dumps(answer.model_dump(mode="json")) + "\n" if as_json else _text(answer, sql=sql))
            found = answer.found
            if image is not None and answer.found:
                for place in _draw(cited_pictures(pipeline, store, answer), answer, image):
                    if not quiet:
                        meter.say(f"wrote {place}")
    raise typer.Exit(0 if found or on else NOT_FOUND)


def _questions(first: str | None, *, on: bool) -> Iterator[str]:
    """The question that was given, and with `on` those that are typed, until there are no more."""
    if first is not None:
        yield first
    while on:
        if sys.stdin.isatty():
            terminal.write("? ")
        line = sys.stdin.readline()
        if not line or line.strip().lower() in ("exit", "quit"):
            return
        if line.strip():
            yield line.strip()


def _text(answer: Answer, *, sql: bool) -> str:
    """An answer for people: what it is, how the question was understood, where it stands."""
    lines = [docpipe.printable(line) for line in answer.text.splitlines()]
    if answer.found:
        lines.append(docpipe.printable(f"  understood as: {answer.understood}"))
    lines += [docpipe.printable(f"  or did you mean: {other}?") for other in answer.alternatives[:MOST_SHOWN]]
    for citation in answer.citations[:MOST_SHOWN]:
        place = f"page {citation.page}" if citation.page is not None else "no page"
        sure = f", confidence {citation.confidence:.2f}" if citation.confidence is not None else ""
        status = f", {citation.status}" if citation.status else ""
        box = f" at {', '.join(f'{side:.0f}' for side in citation.box)}" if citation.box else ""
        text = f": {json.dumps(citation.text, ensure_ascii=False)}" if citation.text else ""
        line = f"  [{citation.document}] {citation.name}, {place}{box}{text}{sure}{status}"
        lines.append(docpipe.printable(line))
    if len(answer.citations) > MOST_SHOWN:
        lines.append(f"  ... {len(answer.citations)} places in all; --json lists them")
    if sql:
        lines += [docpipe.printable(f"  {line}") for statement in answer.sql for line in statement.splitlines()]
    return "".join(f"{line}\n" for line in lines)


def _draw(pictures: Iterator[Image], answer: Answer, image: Path) -> Iterator[Path]:
    """Write a picture of each page that is cited, at most twenty."""
    pages = len({(citation.document, citation.page) for citation in answer.citations if citation.box})
    for number, picture in enumerate(pictures, start=1):
        if number > MOST_DRAWN:
            return
        place = image if pages == 1 else image.with_stem(f"{image.stem}-{number}")
        png = io.BytesIO()
        picture.save(png, "PNG")
        write_whole(place, png.getvalue())
        yield place
