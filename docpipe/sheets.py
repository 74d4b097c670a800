"""Records become tables of typed columns, and those CSV, Parquet or XLSX files: one table a schema and one an array.

Nothing in a cell is run: see `docpipe.export` for what happens to text that a spreadsheet would take for a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any, Literal

from docpipe.errors import MissingDependency
from docpipe.export import cell, clean
from docpipe.schema import Schema
from docpipe.types import Record

SheetFormat = Literal["csv", "parquet", "xlsx"]
# Excel refuses longer names, and these signs in them.
_LONGEST_NAME, _NOT_IN_NAMES = 31, re.compile(r"[\[\]:*?/\\]")
_LONGEST_CELL = 32_767


@dataclass(frozen=True)
class Sheet:
    """A table: its name, the kind of each column by the column's name, and its rows."""

    name: str
    columns: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]


def sheets(records: Sequence[tuple[int, Record]], schemas: Sequence[Schema]) -> list[Sheet]:
    """The tables of some records, each with the number of its document. `schemas` are those the records were read with.

    A table has a row for each record; its arrays have a table each, with a row for each element, whose `document` is
    that of the row it belongs to and whose `row` counts from 1.
    """
    kinds = {(schema.name, leaf.path): leaf.format or leaf.type for schema in schemas for leaf in schema.leaves}
    tables: dict[str, list[dict[str, Any]]] = {}
    columns: dict[str, dict[str, str]] = {}
    for number, record in records:
        about = {"document": number, "source": record.source, "status": record.status}
        for name, path, row in _rows(record.schema_name, record.data, "", about):
            known = columns.setdefault(name, {})
            for key, (place, value) in row.items():
                own = "string" if isinstance(value, str) else "integer"
                kind = own if place is None else kinds.get((record.schema_name, f"{path}{place}"), "string")
                known.setdefault(key, kind)
            tables.setdefault(name, []).append({key: value for key, (_, value) in row.items()})
    return [Sheet(name, columns[name], rows) for name, rows in tables.items()]


def dump_csv(sheet: Sheet) -> str:
    """A sheet as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(sheet.columns)
    writer.writerows([cell(row.get(name)) for name in sheet.columns] for row in sheet.rows)
    return out.getvalue()


def dump_parquet(sheet: Sheet) -> bytes:
    """A sheet as Parquet: numbers as decimals, days as dates. Raises MissingDependency without pyarrow."""
    arrow, parquet = _needed("pyarrow"), _needed("pyarrow.parquet")
    arrays = [arrow.array(*_column(arrow, sheet, name, kind)) for name, kind in sheet.columns.items()]
    out = io.BytesIO()
    parquet.write_table(arrow.Table.from_arrays(arrays, names=list(sheet.columns)), out)
    return out.getvalue()


def dump_xlsx(tables: Sequence[Sheet]) -> bytes:
    """All sheets as one workbook. Raises MissingDependency without XlsxWriter."""
    writer = _needed("xlsxwriter")
    out = io.BytesIO()
    with writer.Workbook(out, {"in_memory": True}) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        taken: set[str] = set()
        for sheet in tables:
            page = book.add_worksheet(_name(sheet.name, taken))
            page.freeze_panes(1, 0)
            for at, name in enumerate(sheet.columns):
                page.write_string(0, at, clean(name), bold)
            for line, row in enumerate(sheet.rows, start=1):
                for at, (name, kind) in enumerate(sheet.columns.items()):
                    _write(page, line, at, row.get(name), kind, day)
    return out.getvalue()


def _rows(
    name: str, node: Mapping[str, Any], path: str, about: Mapping[str, Any]
) -> Iterator[tuple[str, str, dict[str, tuple[str | None, Any]]]]:
    """Each row of a record: its table, the schema path of its element, and (path below it, value) by column."""
    row: dict[str, tuple[str | None, Any]] = {key: (None, value) for key, value in about.items()}
    arrays: list[tuple[str, str, list[Any]]] = []
    for place, key, value in _flat(node, "", ""):
        if isinstance(value, list):
            arrays.append((place, key, value))
        else:
            row[f"{key}_field" if key in about else key] = (place, value)
    yield name, path, row
    for place, key, elements in arrays:
        counted = {k: v for k, v in about.items() if k not in ("source", "status")}
        around = {f"{name.rsplit('.', 1)[-1]}_{k}" if k == "row" else k: v for k, v in counted.items()}
        for number, element in enumerate(elements, start=1):
            inside = element if isinstance(element, Mapping) else {"": element}
            yield from _rows(f"{name}.{key}", inside, f"{path}{place}/*", {**around, "row": number})


def _flat(node: Mapping[str, Any], place: str, key: str) -> Iterator[tuple[str, str, Any]]:
    for name, value in node.items():
        below = f"{place}/{name}" if name else place
        called = f"{key}_{name}" if key else name or "value"
        if isinstance(value, Mapping):
            yield from _flat(value, below, called)
        else:
            yield below, called, value


def _column(arrow: Any, sheet: Sheet, name: str, kind: str) -> tuple[list[Any], Any]:
    values = [row.get(name) for row in sheet.rows]
    if kind == "number":
        numbers = [None if value is None else Decimal(str(value)) for value in values]
        places = max((-int(number.as_tuple().exponent) for number in numbers if number is not None), default=0)
        return numbers, arrow.decimal128(38, max(2, places))
    if kind == "date":
        return [None if value is None else date.fromisoformat(value) for value in values], arrow.date32()
    if kind in ("integer", "boolean"):
        return values, arrow.int64() if kind == "integer" else arrow.bool_()
    return [None if value is None else clean(str(value)) for value in values], arrow.string()


def _write(page: Any, line: int, at: int, value: Any, kind: str, day: Any) -> None:
    if value is None:
        return
    if kind == "boolean":
        page.write_boolean(line, at, value)
    elif kind in ("number", "integer") and abs(value) < 10**15:  # Excel's numbers have fifteen digits
        page.write_number(line, at, value)
    elif kind == "date" and value >= "1900-03-01":  # before, Excel counts a day that never was
        page.write_datetime(line, at, date.fromisoformat(value), day)
    else:
        page.write_string(line, at, cell(value)[:_LONGEST_CELL])


def _name(wished: str, taken: set[str]) -> str:
    name, number = _NOT_IN_NAMES.sub("_", wished)[:_LONGEST_NAME], 1
    while name.casefold() in taken:
        number += 1
        name = f"{name[: _LONGEST_NAME - 4]}_{number}"
    taken.add(name.casefold())
    return name


def _needed(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        package = module.split(".")[0]
        raise MissingDependency(
            f"the package {package} is not installed", hint="pip install 'docpipe[export]'"
        ) from error
