"""`docpipe show`: a document or the number of a stored one in, what was read and pictures of its pages out."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import docpipe
from docpipe.cli import options, terminal
from docpipe.cli.extract import exit_code, write_whole

if TYPE_CHECKING:
    from docpipe.settings import Settings
    from docpipe.types import Record


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE|ID", help="The document, or its number in docpipe list.")],
    image: Annotated[
        Path | None,
        typer.Option("--image", "-i", metavar="PNG", help="Where the picture goes; several pages: NAME-1.png, ..."),
    ] = None,
    pages: Annotated[
        str | None, typer.Option("--page", "--pages", metavar="N", help="Which pages, like 1-4,8. All by default.")
    ] = None,
    kept: Annotated[
        Path | None,
        typer.Option("--from", metavar="RECORD.json", help="Draw this record of the document instead of reading it."),
    ] = None,
    number: Annotated[
        int | None, typer.Option("--record", metavar="N", help="Of a stored document: an earlier record of it.")
    ] = None,
    schema: options.Schema = "auto",
    database: options.Database = None,
    password: options.Password = None,
    model: options.Model = None,
    renderer: options.Rendered = None,
    device: options.Device = None,
    dtype: options.Number = None,
    dpi: options.Dpi = None,
    verify: options.Verify = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> None:
    """Show what was read and where: a table, and a picture of each page with boxes coloured by their evidence.

    [bold]Read and draw[/bold]      docpipe show invoice.pdf --schema invoice --image invoice.png

    [bold]What is stored[/bold]     docpipe show 12 --image invoice.png

    [bold]Draw a record[/bold]      docpipe extract a.pdf > a.json, then docpipe show a.pdf --from a.json --image a.png
    """
    from docpipe.pipeline import Pipeline

    settings = options.settings_of(
        model=model, renderer=renderer, device=device, dtype=dtype, dpi=dpi, verify=verify, database=database
    )
    stored = _stored(settings, file, schema, number)
    if stored is not None:
        file = stored[1]
    with (
        terminal.Meter(1, verbose=verbose, quiet=quiet) as meter,
        Pipeline(settings, progress=meter.show) as pipeline,
    ):
        if stored is not None:
            record = stored[0]
        elif kept is not None:
            record = _read(kept)
        else:
            record = pipeline.extract(file, schema=schema, pages=pages, password=password)
        terminal.write(docpipe.dumps([record], "table", width=terminal.width(), colour=terminal.coloured()))
        if image is not None and record.status != "failed":
            pictures = pipeline.pictures(record, file, pages=pages, password=password)
            several = record.pages > 1 and not (pages or "").isdecimal()
            for number, picture in pictures:
                place = image.with_stem(f"{image.stem}-{number}") if several else image
                png = io.BytesIO()
                picture.save(png, "PNG")
                write_whole(place, png.getvalue())
                if not quiet:
                    meter.say(f"wrote {place}")
    raise typer.Exit(exit_code([record]))


def _stored(settings: Settings, file: Path, schema: str, number: int | None) -> tuple[Record, Path] | None:
    """The record of the stored document that `file` is the number of, and where its bytes lie; None for a file."""
    if file.exists() or not str(file).isdecimal():
        return None
    from docpipe.store import open_store

    with open_store(settings, create=False) as store:
        kept = store.get(int(str(file)), schema=None if schema == "auto" else schema, number=number)
        return kept.record, store.file(kept.document)


def _read(path: Path) -> Record:
    """The record in a file that `docpipe extract` wrote."""
    from pydantic import ValidationError

    from docpipe.errors import UsageError
    from docpipe.types import Record

    try:
        return Record.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}", hint="docpipe extract FILE > RECORD.json"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = "".join(f"/{part}" for part in first["loc"]) or "/"
        raise UsageError(
            f"{path} is not one record: {place}: {first['msg']}", hint="docpipe extract FILE > RECORD.json writes one"
        ) from error
