"""`docpipe diff`: two records of a stored document in, what is different between them out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

import docpipe
from docpipe.cli import options, terminal
from docpipe.cli.review import Number, SchemaName

if TYPE_CHECKING:
    from docpipe.store import Kept
    from docpipe.types import Value


def command(
    document: Number,
    old: Annotated[
        int | None, typer.Option("--from", metavar="RECORD", help="The earlier record; the one before, by default.")
    ] = None,
    new: Annotated[
        int | None, typer.Option("--to", metavar="RECORD", help="The later record; the current one, by default.")
    ] = None,
    schema: SchemaName = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    database: options.Database = None,
) -> None:
    """What another model, another version of a schema or a review changed.

    [bold]The last change[/bold]  docpipe diff 12

    [bold]Any two[/bold]          docpipe diff 12 --from 3 --to 15
    """
    from docpipe.errors import RecordNotFound
    from docpipe.store import differences, open_store

    with open_store(options.settings_of(database=database), create=False) as store:
        after = store.get(document, schema=schema, number=new)
        history = [k for k in store.history(document, schema=after.record.schema_name) if k.number != after.number]
        earlier = [k for k in history if k.number < after.number] or history
        if old is not None:
            before = store.get(document, number=old)
        elif earlier:
            before = earlier[-1]
        else:
            raise RecordNotFound(
                f"document {document} has one record of {after.record.schema_name}, and nothing to compare it with",
                hint="docpipe add FILE --model OTHER makes another",
            )
    found = differences(before.record, after.record)
    if as_json:
        for line in found:
            fields = {"pointer": line.pointer, "before": _fields(line.before), "after": _fields(line.after)}
            terminal.write(json.dumps(fields) + "\n")
        return
    terminal.write(f"- {_head(before)}\n+ {_head(after)}\n")
    for line in found:
        terminal.write(docpipe.printable(f"{line.pointer}: {_text(line.before)} -> {_text(line.after)}") + "\n")


def _head(kept: Kept) -> str:
    record = kept.record
    schema = f"{record.schema_name} {record.schema_hash[:8]}"
    return docpipe.printable(f"record {kept.number}, {kept.stored_at:%Y-%m-%d %H:%M}, {schema}, {kept.origin.model}")


def _text(value: Value | None) -> str:
    if value is None:
        return "(nothing)"
    return f"{'(nothing)' if value.value is None else value.value} [{value.status}]"


def _fields(value: Value | None) -> dict[str, Any] | None:
    return None if value is None else value.model_dump(mode="json")
