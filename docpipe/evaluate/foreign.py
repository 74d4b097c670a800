"""Truth in the forms that others keep it in becomes truth in ours: XML of invoices and of tables, and CSV.

a.pdf       with the XML of an electronic invoice inside it: Factur-X, ZUGFeRD
a.xml       the XML of an electronic invoice beside it: those, and XRechnung (see electronic.py)
a-str.xml   the tables of the ICDAR 2013 competition (Göbel et al. 2013)
a.csv       the rows of the one table in the document
a.txt       JSON in it, as SROIE keeps its keys
list.csv    a row a document, its path in the first column, a field in each other
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from docpipe.errors import UsageError
from docpipe.evaluate import electronic


def beside(document: Path, where: Path) -> dict[str, Any] | None:
    """The truth in a foreign file of the folder `where` that is called like the document, None where there is none."""
    for name in (f"{document.stem}-str.xml", f"{document.stem}.xml"):
        if (where / name).is_file():
            return _xml(where / name)
    keys = where / f"{document.stem}.txt"
    if keys.is_file() and (told := _keys(keys)) is not None:
        return told
    table = where / f"{document.stem}.csv"
    return _table(table) if table.is_file() and table != document else None


def listed(path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The documents of a CSV list, with their fields. Raises UsageError for a list without columns."""
    first, *others = _rows_of(path) or [[]]
    if len(first) < 2:
        raise UsageError(f"{path}: expected a column with the documents and a column for each field")
    for row in others:
        if any(row):
            cells = [*row, *[""] * len(first)]
            yield path.parent / row[0], dict(zip(first[1:], cells[1:], strict=False))


def _table(path: Path) -> dict[str, Any]:
    """The rows of a CSV file as the generic table schema has them; an empty cell is null."""
    rows = [{"cells": [cell.strip() or None for cell in row]} for row in _rows_of(path) if any(row)]
    return {"schema": "table", "kind": "table", "data": {"tables": [{"rows": rows}]}}


def _rows_of(path: Path) -> list[list[str]]:
    """The rows of a CSV file, whose cells lie between commas, semicolons or tabs: what the first line has most of."""
    try:
        text = path.read_text("utf-8-sig")
    except ValueError as error:
        raise UsageError(f"{path} is not UTF-8: {error}", hint="save it as CSV UTF-8") from error
    head = text.partition("\n")[0]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count)))


def _keys(path: Path) -> dict[str, Any] | None:
    """The JSON object in a text file, which may as well be any other text."""
    try:
        told = json.loads(path.read_text("utf-8-sig"))
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _xml(path: Path) -> dict[str, Any]:
    try:
        root = electronic.parsed(path.read_bytes())
    except ValueError as error:
        raise UsageError(f"{path} {error}") from error
    if electronic.is_invoice(root):
        return {"schema": "invoice", "kind": "invoice", "data": electronic.invoice(root)}
    if root.tag == "document" and root.find("table") is not None:
        return {"schema": "table", "kind": "table", "data": {"tables": [_rows(table) for table in root.iter("table")]}}
    raise UsageError(f"{path}: <{root.tag}> is neither a Cross Industry Invoice nor a list of ICDAR 2013 tables")


def _rows(table: ElementTree.Element) -> dict[str, Any]:
    """The regions of a table in one grid; a cell that spans several places stands in the first of them.

    A region says by how much its cells are moved, as in the competition's own evaluation; where none says so, regions
    stand one below the other.
    """
    cells: dict[tuple[int, int], str] = {}
    below = 0
    for region in table.iter("region"):
        down, right = region.get("row-increment"), region.get("col-increment")
        moved = int(down) if down is not None else below, int(right or 0)
        for cell in region.iter("cell"):
            row, column = int(cell.get("start-row", 0)), int(cell.get("start-col", 0))
            cells[row + moved[0], column + moved[1]] = " ".join((cell.findtext("content") or "").split())
        below = max((row for row, _ in cells), default=-1) + 1
    rows = range(min((row for row, _ in cells), default=0), below)
    columns = range(min((c for _, c in cells), default=0), max((c for _, c in cells), default=-1) + 1)
    return {"rows": [{"cells": [cells.get((row, column)) or None for column in columns]} for row in rows]}
