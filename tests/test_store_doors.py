"""The commands of the store, the files it exports, and what other programs make of its database."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PIL import Image

from docpipe import sheets
from docpipe.cli import main
from docpipe.evaluate.truth import load_truths
from docpipe.export import dumps
from docpipe.pipeline import Pipeline
from docpipe.schema import load_schema
from docpipe.store import open_store
from docpipe.store.tables import VERSION
from docpipe.types import Reading, Record
from tests.readings import entry, perfect, sample, truth, write_replay
from tests.stores import Perfect, sqlite

ROOT = Path(__file__).parent.parent
SAMPLES = [sample(f"invoice-0{number}") for number in (1, 2, 4)]
# Formulas and commands of a terminal, as a document could print them.
HOSTILE = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\x1b[31mred\x1b]0;title\x07", "a\x00b", "\u202egnp.exe"]


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    """The command `docpipe`, in this process, in a folder with settings of its own.

    A test that uses `database` has it run on SQLite and on PostgreSQL.
    """
    told = ""
    if "database" in request.fixturenames:
        settings = request.getfixturevalue("database")
        told = "".join(
            f"{name} = {json.dumps(said)}\n" for name in ("database", "files") if (said := getattr(settings, name))
        )
    (tmp_path / "docpipe.toml").write_text(told, "utf-8")
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str | Path | int) -> Ran:
        monkeypatch.setattr(sys, "argv", ["docpipe", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        code = left.value.code
        out, err = capfd.readouterr()
        return Ran(code if isinstance(code, int) else 0, out, err)

    return command


@pytest.fixture
def replies(tmp_path: Path) -> str:
    """A model that has read the samples."""
    schema = load_schema("invoice")
    lines = [
        entry(path, schema, perfect(path, schema), pages=range(1, 1 + max(b[0] for b in truth(path)["boxes"].values())))
        for path in SAMPLES
    ]
    return write_replay(tmp_path / "replies.jsonl", lines)


@pytest.fixture
def added(run: Run, replies: str) -> Ran:
    """A database with three invoices."""
    ran = run("add", *SAMPLES, "--schema", "invoice", "--model", replies)
    assert ran.code == 0, ran.err
    return ran


@pytest.mark.usefixtures("database", "added")
def test_a_document_on_its_way_through_every_command(run: Run, replies: str, tmp_path: Path) -> None:
    """Added, listed, shown, reviewed, compared, exported, forgotten."""
    listed = [json.loads(line) for line in run("list", "--json").out.splitlines()]
    assert [(line["document"], line["schema"], line["status"]) for line in listed] == [
        (1, "invoice", "ok"),
        (2, "invoice", "ok"),
        (3, "invoice", "ok"),
    ]
    assert run("list", "--text", "harbour lane").out.split()[:2] == ["1", "invoice"]
    assert run("list", "--status", "failed").out == ""
    assert run("list", "--since", "2000-01-01", "--until", "2000-12-31").out == ""
    shown = run("show", 1, "--image", "one.png")
    assert "Harbour Lane Joinery Ltd" in shown.out
    with Image.open(tmp_path / "one.png") as picture:
        assert picture.size[0] > 500
    assert "nothing to compare" in run("diff", 1).err
    reviewed = run("review", 1, "--set", "/order_reference=WD-1175")
    assert reviewed.code == 0, reviewed.err
    assert "WD-1175" in reviewed.out
    assert "/order_reference: WD-1174 [verified] -> WD-1175 [reviewed]" in run("diff", 1).out
    again = run("add", SAMPLES[0], "--schema", "invoice", "--model", replies)
    assert again.out.split()[:4] == ["1", "invoice", "ok", "unchanged"]
    exported = [json.loads(line) for line in run("export", 1).out.splitlines()]
    assert [record["data"]["order_reference"] for record in exported] == ["WD-1175"]
    assert run("export", 1, "--format", "truth", "--output", "reviewed").code == 0
    kept = json.loads((tmp_path / "reviewed" / "1-invoice-01.expected.json").read_text("utf-8"))
    assert kept == {"schema": "invoice", "data": {"order_reference": "WD-1175"}, "texts": {}, "boxes": {}}
    assert (tmp_path / "reviewed" / "1-invoice-01.pdf").read_bytes() == SAMPLES[0].read_bytes()
    assert run("db", "check") == Ran(0, "all is well\n", "")
    assert "documents  3" in run("db", "info").out
    assert run("forget", 1).code == 2
    assert run("forget", 1, "--yes").code == 0
    assert run("show", 1).code == 5
    assert run("db", "migrate").out == f"migration {VERSION} -> {VERSION}\n"


def test_without_a_database_the_way_out_is_said(run: Run) -> None:
    """Commands that ask an empty place say how to fill it, and make nothing."""
    for command in (["list"], ["show", 1], ["forget", 1, "--yes"], ["db", "check"], ["db", "migrate"], ["export"]):
        ran = run(*command)
        assert (ran.code, "docpipe add FILE" in ran.err) == (5, True), ran.err
    assert not Path("docpipe.db").exists()


@pytest.mark.usefixtures("database", "added")
def test_exported_truth_is_what_eval_reads(run: Run, tmp_path: Path) -> None:
    """A pair of files for each of two schemas of one document, and the schema where it is not one that ships."""
    own = {"title": "Buyer", "type": "object", "properties": {"customer_name": {"type": ["string", "null"]}}}
    (tmp_path / "buyer.json").write_text(json.dumps(own), "utf-8")
    asked = [entry(SAMPLES[0], load_schema(own), [Reading("/customer_name", "Somebody", 1)])]
    run("add", SAMPLES[0], "--schema", "buyer.json", "--model", write_replay(tmp_path / "buyer.jsonl", asked))
    assert run("export", "-f", "truth", "-o", "pairs").code == 5
    assert run("review", 1, "--schema", "buyer", "--confirm").code == 0
    assert run("review", 1, "--schema", "invoice", "--set", "/due_date=").code == 0
    assert run("export", "-f", "truth", "-o", "pairs").code == 0
    assert sorted(path.name for path in (tmp_path / "pairs").iterdir()) == [
        "1-invoice-01.expected.json",
        "1-invoice-01.pdf",
        "1-invoice-01.schema.json",
        "1-invoice-invoice-01.expected.json",
        "1-invoice-invoice-01.pdf",
    ]
    found = [dict(told.data) for told in load_truths(tmp_path / "pairs")]
    assert found == [{"customer_name": "Somebody"}, {"due_date": None}]


@pytest.mark.usefixtures("added")
def test_what_was_read_is_a_replay(run: Run) -> None:
    """The kept readings are a file that `--model replay:FILE` reads."""
    assert run("export", "--format", "replay", "--output", "again.jsonl").code == 0
    ran = run("extract", SAMPLES[0], "--schema", "invoice", "--model", "replay:again.jsonl")
    assert json.loads(ran.out)["data"]["total"] == 2665.2


@pytest.mark.usefixtures("database", "added")
def test_the_readings_in_the_database_are_a_model(run: Run) -> None:
    """`--model replay:` reads what was read, and says what nobody read; with it, nothing new goes into the database."""
    ran = run("extract", SAMPLES[0], "--schema", "invoice", "--model", "replay:")
    (total,) = [value for value in json.loads(ran.out)["values"] if value["pointer"] == "/total"]
    assert (total["value"], total["model"]) == (2665.2, "recorded-1")
    missing = run("extract", sample("invoice-05"), "--schema", "invoice", "--model", "replay:")
    assert missing.code == 4
    assert "nobody read the schema invoice there" in missing.err
    assert f"next: docpipe add {sample('invoice-05')} --schema invoice" in missing.err
    before = json.loads(run("db", "info", "--json").out)
    assert run("add", SAMPLES[0], "--schema", "invoice", "--model", "replay:").code == 0
    assert json.loads(run("db", "info", "--json").out)["readings"] == before["readings"]


QUESTION = """
    SELECT supplier_name, strftime('%Y-%m', invoice_date) AS month, currency, sum(total) AS total
    FROM invoice GROUP BY supplier_name, month, currency ORDER BY supplier_name, month
"""


def by_hand() -> list[tuple[str, str, str, float]]:
    """The totals of the samples, added up from their truth."""
    found = [truth(path)["data"] for path in SAMPLES]
    return sorted((d["supplier_name"], d["invoice_date"][:7], d["currency"], float(d["total"])) for d in found)


@pytest.mark.usefixtures("added")
def test_sqlite_alone_answers_a_question(tmp_path: Path) -> None:
    """Total per supplier per month, with nothing but Python's own sqlite3."""
    with sqlite3.connect(tmp_path / "docpipe.db") as database:
        assert database.execute(QUESTION).fetchall() == by_hand()
    database.close()


@pytest.mark.usefixtures("added")
def test_pandas_and_duckdb_answer_it_too(tmp_path: Path, run: Run) -> None:
    """The same from a data frame, and from the exported Parquet file with DuckDB."""
    pandas, duckdb = pytest.importorskip("pandas"), pytest.importorskip("duckdb")
    with sqlite3.connect(tmp_path / "docpipe.db") as database:
        frame = pandas.read_sql("SELECT * FROM invoice", database, parse_dates=["invoice_date"])
    database.close()
    frame["month"] = frame.invoice_date.dt.strftime("%Y-%m")
    totals = frame.groupby(["supplier_name", "month", "currency"]).total.sum()
    assert [(*key, value) for key, value in totals.items()] == by_hand()
    assert run("export", "--format", "parquet", "--output", "invoices.parquet").code == 0
    sql = QUESTION.replace("strftime('%Y-%m', invoice_date)", "strftime(invoice_date, '%Y-%m')")
    found = duckdb.sql(sql.replace("FROM invoice", f"FROM '{tmp_path}/invoices.parquet'")).fetchall()
    assert [(*row[:3], float(row[3])) for row in found] == by_hand()
    items = duckdb.sql(f"SELECT sum(amount) FROM '{tmp_path}/invoices.line_items.parquet' WHERE document = 1")
    assert items.fetchall() == [(Decimal("2221.00"),)]


def test_the_readme_prints_what_it_says(run: Run, replies: str, tmp_path: Path) -> None:
    """Each program under "Total per supplier per month" runs as it stands there, and prints what stands below it."""
    pytest.importorskip("pandas")
    pytest.importorskip("duckdb")
    assert run("add", *SAMPLES[:2], "--schema", "invoice", "--model", replies).code == 0
    exported = run("export", "--schema", "invoice", "--format", "parquet", "--output", "invoices.parquet")
    assert exported.code == 0, exported.err
    readme = (ROOT / "README.md").read_text("utf-8")
    section = readme.split("**Total per supplier per month**")[1].split("SQLite has no decimals")[0]
    examples = re.findall(r"```python\n(.*?)```\n+```\n(.*?)```", section, re.DOTALL)
    assert len(examples) == 3
    for program, printed in examples:
        ran = subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
        assert ran.stdout.rstrip() == printed.rstrip(), ran.stderr


@pytest.fixture
def hostile(tmp_path: Path) -> Record:
    """A stored record whose texts would like to be run."""
    changes = {f"/line_items/{row}/description": HOSTILE[row] for row in range(5)}
    model = Perfect(changes={**changes, "/supplier_name": HOSTILE[5], "/customer_name": HOSTILE[6]})
    settings = sqlite(tmp_path)
    with open_store(settings) as store, Pipeline(settings, model=model, store=store) as pipeline:
        list(pipeline.add([SAMPLES[0]], schema="invoice"))
        return store.get(1).record


def harmless(text: str) -> bool:
    """Whether a cell is neither a formula nor has anything in it that commands a terminal."""
    number = text.lstrip("-").replace(".", "", 1).isdigit()
    return (number or not text.startswith(("=", "+", "-", "@", "\t"))) and not set(text) & {
        "\x1b",
        "\x00",
        "\x07",
        "\u202e",
    }


def test_hostile_text_is_harmless_in_csv(hostile: Record) -> None:
    """No cell is a formula, and nothing in the file commands a terminal."""
    tables = sheets.sheets([(1, hostile)], [load_schema("invoice")])
    assert [table.name for table in tables] == ["invoice", "invoice.line_items"]
    for table in tables:
        lines = list(csv.reader(io.StringIO(sheets.dump_csv(table))))
        assert all(harmless(cell) for line in lines for cell in line), lines
    assert dict(zip(lines[0], lines[1], strict=True))["description"] == "'=cmd|' /C calc'!A0"
    assert lines[0] == ["document", "row", "description", "quantity", "unit_price", "amount"]


def test_hostile_text_is_harmless_in_a_workbook(hostile: Record) -> None:
    """No cell is a formula; numbers are numbers and days are days."""
    openpyxl: Any = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    tables = sheets.sheets([(1, hostile)], [load_schema("invoice")])
    book = openpyxl.load_workbook(io.BytesIO(sheets.dump_xlsx(tables)))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert all(harmless(cell.value) for cell in cells if isinstance(cell.value, str))
    values = {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in book.worksheets}
    named = dict(zip(*values["invoice"], strict=True))
    assert named["total"] == 2665.2
    assert str(named["invoice_date"])[:10] == "2024-09-17"


def test_hostile_text_is_harmless_on_the_terminal(hostile: Record, run: Run, tmp_path: Path) -> None:
    """What is listed, shown and exported as text has no escape sequence in it."""
    for command in (["show", 1], ["list", "--json"], ["export"], ["export", "--format", "json"]):
        ran = run(*command, "--database", tmp_path / "docpipe.db")
        assert ran.out
        assert not set(ran.out) & {"\x1b", "\x00", "\x07", "\u202e"}, command
    assert "\x1b" not in dumps([hostile], "table")
