"""Records come out as JSON, CSV and tables, and nothing in them can do harm there."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from docpipe.export import dumps, printable
from docpipe.types import ErrorInfo, Notice, Record, Scalar, Timing, Value, ValueStatus


def value(pointer: str, text: str | None, typed: Scalar = None, status: ValueStatus = "verified") -> Value:
    return Value(
        pointer=pointer,
        text=text,
        value=typed,
        page=None if text is None else 1,
        box=None if text is None else (10.0, 20.5, 30.0, 40.0),
        confidence=0.875,
        status=status,
        model="recorded-1",
    )


INVOICE = Record(
    source="inbox/a.pdf",
    sha256="ab" * 32,
    schema_name="invoice",
    schema_hash="cd" * 32,
    status="needs_review",
    pages=1,
    page_sizes=[(595.0, 842.0)],
    data={
        "supplier_name": "Müller & Söhne",
        "total": Decimal("1234.50"),
        "due_date": None,
        "line_items": [
            {"description": "Schrauben, M6", "amount": Decimal(1200)},
            {"description": "Rabatt", "amount": Decimal("-34.50")},
        ],
    },
    values=[
        value("/supplier_name", "Müller & Söhne", "Müller & Söhne"),
        value("/total", "1.234,50 €", Decimal("1234.50"), "conflict"),
        value("/due_date", None, None, "absent"),
        value("/line_items/0/description", "Schrauben, M6", "Schrauben, M6"),
        value("/line_items/0/amount", "1.200", Decimal(1200)),
        value("/line_items/1/description", "Rabatt", "Rabatt", "unverified"),
        value("/line_items/1/amount", "-34,50", Decimal("-34.50")),
    ],
    warnings=[Notice(code="rule_broken", message="the lines do not add up", pointer="/total")],
    timing=Timing(render_s=0.05, read_s=1.9, total_s=2.1),
)
FAILED = Record(
    source="b.pdf",
    sha256="",
    schema_name="invoice",
    schema_hash="cd" * 32,
    status="failed",
    pages=0,
    page_sizes=[],
    data={"supplier_name": None, "total": None, "due_date": None, "line_items": []},
    values=[],
    error=ErrorInfo(code="source_empty", message="b.pdf: has no bytes", hint="was it copied to the end?"),
)
TABLE = INVOICE.model_copy(
    update={
        "schema_name": "table",
        "data": {"tables": [{"title": "Sales", "rows": [{"cells": ["Q1", "7"]}, {"cells": ["Q2", None, "x"]}]}]},
        "values": [
            value("/tables/0/title", "Sales", "Sales"),
            value("/tables/0/rows/0/cells/0", "Q1", "Q1"),
            value("/tables/0/rows/0/cells/1", "7", "7"),
            value("/tables/0/rows/1/cells/0", "Q2", "Q2"),
            value("/tables/0/rows/1/cells/2", "x", "x"),
        ],
    }
)


def test_one_record_is_the_object_that_is_documented() -> None:
    """Keys, order and number types of the JSON are those that readers of it rely on."""
    text = dumps([INVOICE], "json")
    found = json.loads(text, parse_float=Decimal)
    assert list(found) == [
        "source", "sha256", "schema", "schema_hash", "status", "pages", "page_sizes", "turned", "data", "values",
        "warnings",
        "error", "calibration", "timing",
    ]  # fmt: skip
    assert found["data"] == {
        "supplier_name": "Müller & Söhne",
        "total": Decimal("1234.5"),
        "due_date": None,
        "line_items": [
            {"description": "Schrauben, M6", "amount": 1200},
            {"description": "Rabatt", "amount": Decimal("-34.5")},
        ],
    }
    assert found["values"][1] == {
        "pointer": "/total",
        "text": "1.234,50 €",
        "value": Decimal("1234.5"),
        "page": 1,
        "box": [10, Decimal("20.5"), 30, 40],
        "confidence": Decimal("0.875"),
        "status": "conflict",
        "model": "recorded-1",
    }
    assert text.startswith('{\n  "source": "inbox/a.pdf",\n')
    assert text.endswith("}\n")


def test_json_lines_hold_one_record_each() -> None:
    """Each line of JSONL is a whole record, and reading it back gives the record."""
    lines = dumps([INVOICE, FAILED], "jsonl").splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["inbox/a.pdf", "b.pdf"]
    assert Record.model_validate_json(lines[1]) == FAILED
    assert Record.model_validate_json(lines[0]).model_dump_json() == INVOICE.model_dump_json()


def test_a_model_dump_is_the_json_that_is_written() -> None:
    """Python users get the object that the command line prints."""
    assert INVOICE.model_dump(mode="json") == json.loads(dumps([INVOICE], "json"))
    assert INVOICE.model_dump()["data"]["total"] == Decimal("1234.50")


def test_csv_has_a_row_a_document() -> None:
    """A total stands once, so that a column can be summed; money keeps its digits; a failed document keeps its row."""
    assert dumps([INVOICE, FAILED], "csv") == (
        "source,schema,status,supplier_name,total,due_date,line_items,error\n"
        'inbox/a.pdf,invoice,needs_review,Müller & Söhne,1234.50,,"[{""description"": ""Schrauben, M6"", '
        '""amount"": 1200}, {""description"": ""Rabatt"", ""amount"": -34.5}]",\n'
        "b.pdf,invoice,failed,,,,,b.pdf: has no bytes\n"
    )


def test_csv_has_a_row_an_item_when_asked() -> None:
    """Line items become rows that repeat the fields of their document."""
    assert dumps([INVOICE], "csv", rows="items") == (
        "source,schema,status,supplier_name,total,due_date,line_items.description,line_items.amount,error\n"
        'inbox/a.pdf,invoice,needs_review,Müller & Söhne,1234.50,,"Schrauben, M6",1200,\n'
        "inbox/a.pdf,invoice,needs_review,Müller & Söhne,1234.50,,Rabatt,-34.50,\n"
    )


def test_csv_of_a_table_is_the_table() -> None:
    """Cells stand in columns, rows in rows."""
    rows = list(csv.reader(io.StringIO(dumps([TABLE], "csv", rows="items"))))
    assert [row[3:] for row in rows] == [
        ["tables.title", "tables.rows.cells.1", "tables.rows.cells.2", "tables.rows.cells.3", "error"],
        ["Sales", "Q1", "7", "", ""],
        ["Sales", "Q2", "", "x", ""],
    ]


@pytest.mark.parametrize(
    ("printed", "cell"),
    [
        ('=HYPERLINK("http://evil","x")', '\'=HYPERLINK("http://evil","x")'),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("@SUM(1)", "'@SUM(1)"),
        ("-1+1", "'-1+1"),
        ("＝1+1", "'＝1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("-12.50", "-12.50"),
        ("a=1", "a=1"),
        ("two\nlines", "two\nlines"),
        ("\x1b]0;owned\x07", "\ufffd]0;owned\ufffd"),
    ],
)
def test_no_csv_cell_is_a_formula(printed: str, cell: str) -> None:
    """What a spreadsheet would run is text there; negative amounts stay numbers."""
    hostile = INVOICE.model_copy(update={"data": {"note": printed}})
    _, row = csv.reader(io.StringIO(dumps([hostile], "csv"), newline=""))
    assert row[3] == cell


def test_no_text_commands_the_terminal() -> None:
    """Escape sequences and turned reading order are neutral in every form, and JSON keeps the value."""
    printed = "\x1b[2J\x9b31m\u202egpj.exe\x7f"
    hostile = INVOICE.model_copy(
        update={"source": printed, "data": {"note": printed}, "values": [value("/note", printed, printed)]}
    )
    for form in ("json", "jsonl", "csv", "table"):
        text = dumps([hostile], form, colour=False)
        assert not set(text) & set("\x1b\x9b\u202e\x7f"), form
    assert json.loads(dumps([hostile], "json"))["data"]["note"] == printed
    assert printable("Größe\u202e 5\x1b[0m") == "Größe\ufffd 5\ufffd[0m"


def test_a_table_shows_fields_rows_and_what_is_wrong() -> None:
    """A person sees each value beside its print and its evidence, then line items, then the warnings."""
    assert dumps([INVOICE, FAILED], "table") == (
        "inbox/a.pdf  invoice, 1 page, needs review\n"
        "field           value            as printed       page   confidence   status\n"
        "──────────────────────────────────────────────────────────────────────────────\n"
        "supplier_name   Müller & Söhne   Müller & Söhne      1         0.88   verified\n"
        "total           1234.50          1.234,50 €          1         0.88   conflict\n"
        "due_date                                                       0.88   absent\n"
        "line_items\n"
        "#   description     amount   status\n"
        "───────────────────────────────────────\n"
        "1   Schrauben, M6   1200     verified\n"
        "2   Rabatt          -34.50   unverified\n"
        "confidence: uncalibrated\n"
        "warning: total: the lines do not add up\n"
        "\n"
        "b.pdf  invoice, 0 pages, failed\n"
        "error: b.pdf: has no bytes\n"
        "next: was it copied to the end?\n"
    )


def test_a_table_of_cells_has_its_columns() -> None:
    """Free tables are shown as tables, a missing cell as a gap."""
    assert dumps([TABLE], "table") == (
        "inbox/a.pdf  table, 1 page, needs review\n"
        "tables\n"
        "#   title   status\n"
        "────────────────────\n"
        "1   Sales   verified\n"
        "tables/0/rows\n"
        "#   cells.0   cells.1   cells.2   status\n"
        "──────────────────────────────────────────\n"
        "1   Q1        7                   verified\n"
        "2   Q2                  x         verified\n"
        "confidence: uncalibrated\n"
        "warning: total: the lines do not add up\n"
    )
