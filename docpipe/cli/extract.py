"""`docpipe extract`: documents in, one record each out, on standard output or as files."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import docpipe
from docpipe.cli import options, terminal
from docpipe.cli.password import asks_for_password, typed_password

if TYPE_CHECKING:
    from docpipe.export import Format as ExportFormat
    from docpipe.job import Named
    from docpipe.types import Record

WELL, REVIEW, PARTIAL, BAD_INPUT, BAD_USAGE, INTERRUPTED = 0, 3, 4, 5, 2, 130
_USAGE_ERRORS = {"usage_error", "settings_error", "schema_error", "unknown_model"}


class Format(StrEnum):
    """How records are written."""

    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    table = "table"


class Rows(StrEnum):
    """What a row of a CSV file is."""

    documents = "documents"
    items = "items"


def command(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE", help="Files, folders, or - for standard input.")],
    schema: options.Schema = "auto",
    pages: options.Pages = None,
    split: options.Split = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write DIR/NAME.EXT.json for each document.")
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="Default: a table on a terminal, else JSON; JSONL for several."),
    ] = None,
    rows: Annotated[
        Rows | None, typer.Option("--rows", help="CSV: a row a document, or a row for each item of its lists.")
    ] = None,
    password: options.Password = None,
    record: options.Record = None,
    model: options.Model = None,
    renderer: options.Rendered = None,
    device: options.Device = None,
    dtype: options.Number = None,
    dpi: options.Dpi = None,
    verify: options.Verify = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> None:
    """Read documents into JSON: every value with its page, its box, its confidence and its evidence.

    [bold]One invoice[/bold]        docpipe extract invoice.pdf --schema invoice

    [bold]Only some pages[/bold]    docpipe extract report.pdf --schema table --pages 3-5

    [bold]A folder, to files[/bold] docpipe extract inbox/ --output results/

    [bold]From a pipe[/bold]        docpipe extract - -s invoice < a.pdf | jq .data.total

    [bold]Your own fields[/bold]    docpipe extract a.pdf --schema mine.json (docpipe schemas infer --help)

    [bold]Keep the replies[/bold]   docpipe extract a.pdf --record a.jsonl

    [bold]Again, no model[/bold]    docpipe extract a.pdf --model replay:a.jsonl
    """
    from docpipe.errors import SourceNotFound
    from docpipe.pipeline import Pipeline

    settings = options.settings_of(model=model, renderer=renderer, device=device, dtype=dtype, dpi=dpi, verify=verify)
    named: list[tuple[str | Path | Named, str]]
    named = [(ref, _name_below(ref, source)) for source in sources for ref in docpipe.expand([source])]
    if not named:
        raise SourceNotFound(f"{', '.join(sources)}: no documents in there", hint="docpipe extract --help")
    if split is not None:
        given = [ref for source in sources for ref in docpipe.expand([source])]
        parts = options.parts(settings, given, split, pages, password)
        named = [(part, Path(part.name).name) for part in parts]
    refs = [ref for ref, _ in named]
    sink: _Files | _Stream
    if output is not None:
        sink = _Files(output, form or Format.json, rows)
    else:
        form = form or (Format.table if sys.stdout.isatty() else Format.json)
        sink = _Stream(form, rows, several=len(refs) > 1)
    records: list[Record] = []
    with (
        terminal.Meter(len(refs), verbose=verbose, quiet=quiet) as meter,
        Pipeline(settings, record=record, progress=meter.show) as pipeline,
    ):
        interrupted = False
        stream = pipeline.stream(refs, schema=schema, pages=pages, password=password)
        try:
            for (ref, name), found in zip(named, stream, strict=True):
                if password is None and asks_for_password(found, ref):
                    typed = typed_password(meter, ref)
                    found = pipeline.extract(ref, schema=schema, pages=pages, password=typed) if typed else found
                place = sink.put(found, name)
                records.append(found)
                if place is not None and not quiet:
                    meter.say(f"{found.source}: {found.status.replace('_', ' ')}, {place}")
                if form is not Format.table or output is not None:
                    _tell(found, meter, verbose=verbose)
        except KeyboardInterrupt:
            interrupted = True
        finally:
            sink.close()  # an error of the model too leaves what was read before it
        if len(refs) > 1 and not quiet:
            meter.say(_summary(records, len(refs)))
    raise typer.Exit(INTERRUPTED if interrupted else exit_code(records))


def exit_code(records: Sequence[Record]) -> int:
    """What the shell is told: the worst of the records, where one bad document of several is a partial failure."""
    errors = [record.error.code for record in records if record.status == "failed" and record.error is not None]
    if records and len(errors) == len(records):
        if all(code.startswith("source_") for code in errors):
            return BAD_INPUT
        if all(code in _USAGE_ERRORS for code in errors):
            return BAD_USAGE
    if any(record.status in ("failed", "partial") for record in records):
        return PARTIAL
    return REVIEW if any(record.status == "needs_review" for record in records) else WELL


class _Stream:
    """Records on standard output, each as soon as it is there; CSV at the end, when its columns are known."""

    def __init__(self, form: Format, rows: Rows | None, *, several: bool) -> None:
        self._form = Format.jsonl if form is Format.json and several else form
        self._rows = rows
        self._kept: list[Record] = []

    def put(self, record: Record, name: str) -> None:
        del name
        if self._form is Format.csv:
            self._kept.append(record)
            return
        gap = "\n" if self._kept and self._form is Format.table else ""
        self._kept = [record]
        terminal.write(gap + _written([record], self._form, self._rows))

    def close(self) -> None:
        if self._form is Format.csv and self._kept:
            terminal.write(_written(self._kept, self._form, self._rows))


class _Files:
    """One file for each record, whole or not at all."""

    def __init__(self, folder: Path, form: Format, rows: Rows | None) -> None:
        self._folder = folder
        self._form = form
        self._rows = rows
        self._taken: set[str] = set()

    def put(self, record: Record, name: str) -> Path:
        ending = "txt" if self._form is Format.table else self._form.value
        place, number = self._folder / f"{name}.{ending}", 1
        while str(place).casefold() in self._taken:
            number += 1
            place = self._folder / f"{name}.{number}.{ending}"
        self._taken.add(str(place).casefold())
        write_whole(place, _written([record], self._form, self._rows).encode())
        return place

    def close(self) -> None:
        """Every file is closed already."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one, never half of it.

    Raises UsageError naming the file when it cannot be written.
    """
    from docpipe.errors import UsageError

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            umask = os.umask(0)
            os.umask(umask)
            Path(temporary).chmod(0o666 & ~umask)  # mkstemp makes files that only their owner may read
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}", hint="give another place") from error


def _written(records: Sequence[Record], form: Format, rows: Rows | None) -> str:
    kind: ExportFormat = form.value
    return docpipe.dumps(
        records,
        kind,
        rows=rows.value if rows is not None else _natural_rows(records),
        width=terminal.width(),
        colour=terminal.coloured(),
    )


def _natural_rows(records: Sequence[Record]) -> Literal["documents", "items"]:
    """The shipped schemas for any table, chart or form are one list each: a row is an element of it."""
    generic = {schema.name for schema in docpipe.list_schemas() if schema.kind is not None}
    return "items" if records and all(record.schema_name in generic for record in records) else "documents"


def _name_below(ref: str | Path, source: str) -> str:
    """What a document's file is called: its own name, or its path below the folder that was given."""
    if str(ref) == "-":
        return "stdin"
    path = Path(ref)
    return str(path.relative_to(source)) if Path(source).is_dir() else path.name


def _tell(record: Record, meter: terminal.Meter, *, verbose: bool) -> None:
    """What is wrong with a record, for whoever does not read the record itself."""
    if record.error is not None:
        said = record.error.message
        meter.say(said if said.startswith(record.source) else f"{record.source}: {said}")
        if record.error.hint:
            meter.say(f"  next: {record.error.hint}")
    if verbose:
        for notice in record.warnings:
            meter.say(f"{record.source}: {notice.pointer or ''} {notice.message}")
        took = record.timing
        meter.say(f"{record.source}: {took.total_s:.2f} s, rendering {took.render_s:.2f}, reading {took.read_s:.2f}")


def _summary(records: Sequence[Record], asked: int) -> str:
    counts = [
        f"{number} {status.replace('_', ' ')}"
        for status in ("ok", "needs_review", "partial", "failed")
        if (number := sum(record.status == status for record in records))
    ]
    missing = [f"{asked - len(records)} not reached"] if asked > len(records) else []
    return f"{asked} documents: {', '.join([*counts, *missing])}"
