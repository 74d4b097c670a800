"""Records become text: JSON, JSON lines, CSV, or a table to read.

What stands in a document is not trusted: CSV cells that a spreadsheet would run as a formula get a leading quote, and
control characters become escapes in JSON and U+FFFD elsewhere.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from docpipe.types import Record, Value, json_numbers

Format = Literal["json", "jsonl", "csv", "table"]
FORMATS: tuple[Format, ...] = ("json", "jsonl", "csv", "table")
Rows = Literal["documents", "items"]

# What makes a spreadsheet take a cell for a formula or a command, full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def dumps(
    records: Sequence[Record],
    format: Format,  # noqa: A002  # named as on the command line
    *,
    rows: Rows = "documents",
    width: int = 100,
    colour: bool = False,
) -> str:
    """The records as text that ends with a line break.

    `json` is one indented object for one record and an array for more; `jsonl` one object a line. `csv` has a row a
    document with lists as JSON in a cell, or with `rows="items"` a row for each element of its lists. `width` (in
    characters) and `colour` (ANSI) are for `table`.
    """
    if format == "json":
        objects = [record.model_dump(mode="json") for record in records]
        return _json(objects[0] if len(objects) == 1 else objects, indent=2)
    if format == "jsonl":
        return "".join(_json(record.model_dump(mode="json")) for record in records)
    if format == "csv":
        return _csv(records, rows)
    return _table(records, width, colour)


def printable(text: str) -> str:
    """`text` with every character that could command a terminal or turn the reading order replaced by U+FFFD."""
    return "".join("\ufffd" if _commands(character) else character for character in text)


def _commands(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _json(node: Any, indent: int | None = None) -> str:
    """JSON whose strings keep what commands a terminal as escapes: the values are the same to every reader."""
    text = json.dumps(node, ensure_ascii=False, indent=indent)
    return "".join(json.dumps(c)[1:-1] if c != "\n" and _commands(c) else c for c in text) + "\n"


def _csv(records: Sequence[Record], rows: Rows) -> str:
    table: list[dict[str, str]] = []
    for record in records:
        about = {"source": record.source, "schema": record.schema_name, "status": record.status}
        wrong = record.error.message if record.error is not None else ""
        lines = _items(record.data) if rows == "items" else [_flat(record.data)]
        table += [{**about, **line, "error": wrong} for line in lines]
    columns = [c for c in dict.fromkeys(column for line in table for column in line) if c != "error"]
    out = io.StringIO()
    writer = csv.DictWriter(out, [*columns, "error"] if table else [], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: _cell(text) for column, text in line.items()} for line in table)
    return out.getvalue()


def _flat(data: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Fields by their dotted names; lists as JSON."""
    flat: dict[str, str] = {}
    for key, value in data.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            flat[f"{prefix}{key}"] = json.dumps(json_numbers(value), ensure_ascii=False) if value else ""
        else:
            flat[f"{prefix}{key}"] = _text(value)
    return flat


def _items(data: Mapping[str, Any], prefix: str = "") -> list[dict[str, str]]:
    """One row for each element of the lists in `data`, however deep, beside what stands once."""
    once = {key: value for key, value in data.items() if not isinstance(value, list)}
    rows: list[dict[str, str]] = []
    for key, value in data.items():
        if not isinstance(value, list):
            continue
        if any(isinstance(element, Mapping) for element in value):
            for element in value:
                rows += _items(element, f"{prefix}{key}.")
        else:
            once |= {f"{key}.{number}": element for number, element in enumerate(value, start=1)}
    beside = _flat(once, prefix)
    return [{**beside, **row} for row in rows] or [beside]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def cell(value: object) -> str:
    """A value as the text of a cell that no spreadsheet runs as a formula and no terminal as a command."""
    return _cell(_text(value))


def clean(text: str) -> str:
    """`text` with what commands a terminal or turns the reading order replaced by U+FFFD, but for breaks and tabs."""
    return "".join("\ufffd" if c not in "\n\t" and _commands(c) else c for c in text)


def _cell(text: str) -> str:
    """A cell that no spreadsheet and no terminal runs. A negative number stays a number, a line break a line break."""
    text = clean(text)
    if text.startswith(_FORMULA) and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    return text.isascii() and text.removeprefix("-").replace(".", "", 1).isdigit()


def _table(records: Iterable[Record], width: int, colour: bool) -> str:
    # Rich takes as long to import as the rest of this module.
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False, legacy_windows=False
    )
    for number, record in enumerate(records):
        if number:
            console.print()
        for part in _parts(record):
            console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


_STYLES = {
    "ok": "green",
    "verified": "green",
    "reviewed": "blue",
    "corrected": "cyan",
    "needs_review": "yellow",
    "unverified": "yellow",
    "partial": "red",
    "failed": "red",
    "conflict": "red",
    "absent": "dim",
}


def _parts(record: Record) -> Iterator[Any]:
    """What a table of one record is made of: a heading, the fields, a table for each list, what is wrong."""
    from rich.text import Text

    heading = Text()
    heading.append(printable(record.source), style="bold")
    pages = f"{record.pages} page" + ("" if record.pages == 1 else "s")
    heading.append(f"  {record.schema_name}, {pages}, ")
    heading.append(record.status.replace("_", " "), style=_STYLES[record.status])
    yield heading
    single = [value for value in record.values if not any(part.isdigit() for part in value.pointer.split("/"))]
    if single:
        yield _fields(single)
    lists: dict[str, dict[str, dict[str, Value]]] = {}
    for value in record.values:
        array, row, column = _place(value.pointer)
        if row:
            lists.setdefault(array, {}).setdefault(row, {})[column] = value
    for array, lines in lists.items():
        yield _rows(array, lines)
    if any(value.confidence is not None for value in record.values):
        yield Text(f"confidence: {printable(record.calibration)}", style="dim")
    if record.error is not None:
        yield Text(f"error: {printable(record.error.message)}", style="red")
        if record.error.hint:
            yield Text(f"next: {printable(record.error.hint)}")
    for notice in record.warnings:
        place = f"{notice.pointer.lstrip('/')}: " if notice.pointer else ""
        yield Text(f"warning: {printable(place + notice.message)}", style="yellow")


def _fields(values: Sequence[Value]) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for name in ("field", "value", "as printed", "page", "confidence", "status"):
        table.add_column(name, justify="right" if name in ("page", "confidence") else "left", overflow="fold")
    for value in values:
        table.add_row(
            Text(printable(value.pointer.lstrip("/").replace("/", "."))),
            Text(printable(_text(value.value))),
            Text(printable(value.text or "")),
            "" if value.page is None else str(value.page),
            "" if value.confidence is None else f"{value.confidence:.2f}",
            Text(value.status, style=_STYLES[value.status]),
        )
    return table


def _rows(array: str, lines: Mapping[str, Mapping[str, Value]]) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=array.lstrip("/"), title_justify="left", box=box.SIMPLE, show_edge=False, pad_edge=False)
    columns = list(dict.fromkeys(column for line in lines.values() for column in line))
    table.add_column("#", justify="right")
    for column in columns:
        table.add_column(column.lstrip("/").replace("/", "."), overflow="fold")
    table.add_column("status")
    for number, line in enumerate(lines.values(), start=1):
        cells = [Text(printable(_text(line[c].value))) if c in line else Text() for c in columns]
        worst = max((value.status for value in line.values()), key=list(_STYLES).index)
        table.add_row(str(number), *cells, Text(worst, style=_STYLES[worst]))
    return table


def _place(pointer: str) -> tuple[str, str, str]:
    """/tables/0/rows/3/cells/1 is in the array /tables/0/rows, in its row 3, in the column /cells/1."""
    parts = pointer.split("/")
    numbers = [index for index, part in enumerate(parts) if part.isdigit()]
    if not numbers:
        return pointer, "", ""
    # A list of scalars has its number last: its columns are numbers, and the row is one level further out.
    row = numbers[-2] if numbers[-1] == len(parts) - 1 and len(numbers) > 1 else numbers[-1]
    return "/".join(parts[:row]), parts[row], "/" + "/".join(parts[row + 1 :])
