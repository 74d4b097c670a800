"""`docpipe export`: stored records in, files for other programs out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import docpipe
from docpipe.cli import list_, options, terminal
from docpipe.cli.extract import write_whole

if TYPE_CHECKING:
    from docpipe.store import Kept, Store


class Format(StrEnum):
    """What is written."""

    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    xlsx = "xlsx"
    replay = "replay"
    truth = "truth"


def command(
    documents: Annotated[
        list[int] | None, typer.Argument(metavar="[ID]...", help="Numbers in docpipe list. All by default.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="What is written.")] = Format.jsonl,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where. Text goes to standard output without.")
    ] = None,
    schema: list_.OfSchema = None,
    status: list_.OfStatus = None,
    since: list_.Since = None,
    until: list_.Until = None,
    text: list_.Words = None,
    database: options.Database = None,
) -> None:
    """Write the current records for other programs.

    [bold]A spreadsheet[/bold]  docpipe export --schema invoice --format xlsx --output invoices.xlsx

    [bold]CSV[/bold]            docpipe export -s invoice -f csv -o invoices.csv (and invoices.line_items.csv)

    [bold]Replies[/bold]        docpipe export -f replay -o replies.jsonl, then --model replay:replies.jsonl

    [bold]Truth[/bold]          docpipe export -f truth -o reviewed/ (what people reviewed, for docpipe eval)
    """
    from docpipe.errors import RecordNotFound, UsageError
    from docpipe.store import open_store

    if output is None and form not in (Format.json, Format.jsonl, Format.replay):
        raise UsageError(f"--format {form.value} needs a place to write to", hint=f"--output out.{form.value}")
    wanted = list_.filter_of(schema, status, since, until, text)
    with open_store(options.settings_of(database=database), create=False) as store:
        kept = [k for k in store.records(wanted) if not documents or k.document in documents]
        missing = sorted(set(documents or ()) - {k.document for k in kept})
        if missing:
            raise RecordNotFound(f"no such record of document {', '.join(map(str, missing))}", hint="docpipe list")
        if form is Format.truth and output is not None:
            written = _truth(store, kept, output)
        else:
            written = _write(_contents(store, kept, form), output)
    for place in written:
        terminal.say(f"wrote {place}")


def _contents(store: Store, kept: Sequence[Kept], form: Format) -> dict[str, str | bytes]:
    """What each file holds, by what comes between its stem and its ending."""
    from docpipe import sheets

    records = [k.record for k in kept]
    if form is Format.json or form is Format.jsonl:
        return {"": docpipe.dumps(records, "json" if form is Format.json else "jsonl")}
    if form is Format.replay:
        lines = store.readings.replay([k.document for k in kept])
        return {"": "".join(f"{json.dumps(line)}\n" for line in lines)}
    tables = sheets.sheets([(k.document, k.record) for k in kept if k.record.status != "failed"], _schemas(store, kept))
    if form is Format.xlsx:
        return {"": sheets.dump_xlsx(tables)}
    several = len({table.name.split(".")[0] for table in tables}) > 1
    dump = sheets.dump_csv if form is Format.csv else sheets.dump_parquet
    # One schema: invoices.csv and invoices.line_items.csv; several: out.invoice.csv, out.invoice.line_items.csv.
    return {table.name if several else ".".join(table.name.split(".")[1:]): dump(table) for table in tables}


def _schemas(store: Store, kept: Sequence[Kept]) -> list[docpipe.Schema]:
    """The schemas of the records, the latest last, so that a field is what it is now."""
    latest = {k.record.schema_hash: k for k in sorted(kept, key=lambda k: k.number) if k.record.schema_hash}
    return [store.schema(k) for k in latest.values()]


def _write(contents: dict[str, str | bytes], output: Path | None) -> list[Path]:
    written = []
    for middle, content in contents.items():
        if output is None:
            terminal.write(content if isinstance(content, str) else "")
        else:
            place = output.with_name(f"{output.stem}.{middle}{output.suffix}") if middle else output
            write_whole(place, content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content)
            written.append(place)
    return written


def _truth(store: Store, kept: Sequence[Kept], folder: Path) -> list[Path]:
    """Each reviewed document with what a person says stands in it, as a pair of files of one name."""
    written = []
    for k in kept:
        record = k.record
        if any(value.status == "reviewed" for value in record.values):
            place = folder / f"{k.document}-{Path(record.source).name}"
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(store.file(k.document), place)
            write_whole(place.with_name(f"{place.stem}.json"), (json.dumps(_expected(k), indent=2) + "\n").encode())
            written.append(place)
    return written


def _expected(kept: Kept) -> dict[str, Any]:
    dumped = kept.record.model_dump(mode="json")
    printed = [value for value in kept.record.values if value.text is not None]
    return {
        "schema": kept.record.schema_name,
        "data": dumped["data"],
        "texts": {value.pointer: value.text for value in printed},
        "boxes": {v.pointer: [v.page, *v.box] for v in printed if v.page is not None and v.box is not None},
        "reviewed": [value.pointer for value in kept.record.values if value.status == "reviewed"],
    }
