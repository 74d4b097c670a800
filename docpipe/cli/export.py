"""`docpipe export`: stored records in, files for other programs out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import docpipe
from docpipe.cli import list_, options, terminal
from docpipe.cli.extract import write_whole

if TYPE_CHECKING:
    from docpipe.store import Kept, Reviewed, Store


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
        chosen = {k.document for k in kept}
        missing = sorted(set(documents or ()) - chosen)
        if missing:
            raise RecordNotFound(f"no such record of document {', '.join(map(str, missing))}", hint="docpipe list")
        if form is Format.truth and output is not None:
            written = _truth((t for t in store.reviewed_truth(wanted) if t.document in chosen), output)
            if not written:
                raise RecordNotFound("nobody reviewed a value of them", hint="docpipe review ID --confirm")
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


def _truth(found: Iterable[Reviewed], folder: Path) -> list[Path]:
    """Each reviewed document and its truth as a pair of files, 1-a.pdf and 1-a.expected.json; and its schema."""
    shipped = {schema.name: schema.hash for schema in docpipe.list_schemas()}
    written: list[Path] = []
    for truth in found:
        name, own = Path(truth.name).name, shipped.get(truth.schema.name) != truth.schema.hash
        place = folder / f"{truth.document}-{name}"
        if place in written:  # it was read with another schema too
            place = folder / f"{truth.document}-{truth.schema.name}-{name}"
        schema = place.with_name(f"{place.stem}.schema.json")
        told = {
            "schema": schema.name if own else truth.schema.name,
            "data": truth.data,
            "texts": truth.texts,
            "boxes": {pointer: [page, *box] for pointer, (page, box) in truth.boxes.items()},
        }
        if own:
            write_whole(schema, _json(truth.schema.document))
        write_whole(place, truth.file.read_bytes())
        write_whole(place.with_name(f"{place.stem}.expected.json"), _json(told))
        written.append(place)
    return written


def _json(told: Mapping[str, Any]) -> bytes:
    from docpipe.types import json_numbers

    return (json.dumps(json_numbers(told), indent=2, ensure_ascii=False) + "\n").encode()
