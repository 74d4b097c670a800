"""What is read becomes rows that stay: once, exactly, and as a person left them. On SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import docpipe
from docpipe.errors import DocpipeError, RecordNotFound, StoreError, UsageError
from docpipe.ingest import open_source
from docpipe.job import Added
from docpipe.pipeline import Pipeline
from docpipe.reviewing import review
from docpipe.schema import Schema, load_schema
from docpipe.settings import Settings
from docpipe.store import SearchQuery, Store, differences, open_store
from docpipe.store.tables import VERSION, metadata
from tests.handmade import one_page, text_at
from tests.readings import sample
from tests.stores import Perfect, dump, query, sha, sqlite

INVOICE = sample("invoice-01")
ONE_OF_EACH = [
    sample(f"{kind}-01") for kind in ("invoice", "receipt", "order", "statement", "contract", "table", "chart")
]


@pytest.fixture
def store(database: Settings) -> Iterator[Store]:
    """A new store."""
    with open_store(database) as opened:
        yield opened


Add = Callable[..., list[Added]]


@pytest.fixture
def add(store: Store, database: Settings) -> Add:
    """Documents into the store, read by a model."""

    def into(*refs: Path | bytes, model: Perfect | None = None, schema: Any = "invoice", **more: Any) -> list[Added]:
        with Pipeline(database, model=model or Perfect(), store=store) as pipeline:
            return list(pipeline.add(refs, schema=schema, **more))

    return into


def with_field(name: str, node: dict[str, Any], *, of: str = "invoice") -> dict[str, Any]:
    """A shipped schema with one more field."""
    document: dict[str, Any] = json.loads(json.dumps(load_schema(of).document, default=str))
    document["properties"][name] = node
    return document


def version(document: dict[str, Any], folder: Path) -> Schema:
    """A version of the invoice schema, from a file of that name."""
    path = folder / "invoice.json"
    path.write_text(json.dumps(document), "utf-8")
    return load_schema(path)


def test_documents_added_twice_are_read_once(add: Add, store: Store) -> None:
    """The second time nothing is read and nothing in the database changes, for every shipped schema."""
    model = Perfect()
    first = add(*ONE_OF_EACH, model=model, schema="auto")
    assert [added.record.status for added in first] == ["ok"] * len(ONE_OF_EACH), [a.record.warnings for a in first]
    assert len(model.asked) == 2 * len(ONE_OF_EACH)  # which schema, and the schema
    before = dump(store)
    again = Perfect()
    second = add(*ONE_OF_EACH, model=again, schema="auto")
    assert again.asked == []
    assert dump(store) == before
    assert [(a.record, a.kept and a.kept.change) for a in second] == [(a.record, "unchanged") for a in first]
    assert store.problems() == []


def test_records_come_out_as_they_went_in(add: Add, store: Store) -> None:
    """Money keeps its digits, dates are dates, and the stored record is the one that was read."""
    (added,) = add(INVOICE)
    assert store.get(1).record == added.record
    assert added.record.data["total"] == Decimal("2665.20")
    ((total, day, page),) = query(store, "SELECT total, invoice_date, page FROM invoice")
    assert Decimal(str(total)) == Decimal("2665.20")
    assert str(day) == "2024-09-17"
    assert page == 1
    assert query(store, "SELECT description, amount, position FROM invoice_line_items ORDER BY position")[1][0] == (
        "Window seat with storage"
    )
    ((exact,),) = query(store, "SELECT value FROM docpipe_values WHERE pointer = '/total'")
    assert exact == "2665.20"


def test_a_view_joins_rows_with_their_document(add: Add, store: Store) -> None:
    """Each table has a view with the document's name, the status and the page."""
    add(INVOICE)
    ((document, status, page, total),) = query(store, "SELECT document, status, page, total FROM invoice_view")
    assert (document, status, page, Decimal(str(total))) == (str(INVOICE), "ok", 1, Decimal("2665.2"))
    assert len(query(store, "SELECT document FROM invoice_line_items_view")) == 5


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_columns_say_what_they_hold(add: Add, store: Store) -> None:
    """On PostgreSQL a column has a comment: what its field is, and the words it is printed under."""
    add(INVOICE)
    sql = """
        SELECT a.attname, col_description(a.attrelid, a.attnum) FROM pg_attribute a
        WHERE a.attrelid = 'invoice'::regclass AND a.attname IN ('total', 'document_id') ORDER BY 1
    """
    ((_, ours), (_, total)) = query(store, sql)
    assert ours is None
    assert total.startswith("Amount to pay")
    assert "printed as: Total" in total


def test_a_document_whose_bytes_cannot_be_kept_has_no_row(database: Settings, tmp_path: Path) -> None:
    """The bytes are on the disk before the row is in the database."""
    (tmp_path / "taken").write_text("a file where the folder should be", "utf-8")
    settings = database.model_copy(update={"files": str(tmp_path / "taken")})
    with open_store(settings) as store:
        with pytest.raises(StoreError, match="cannot be kept"):
            store.arrive(open_source(INVOICE))
        assert query(store, "SELECT count(*) FROM docpipe_documents") == [(0,)]


def test_workers_that_bring_the_same_document_share_it(database: Settings, tmp_path: Path) -> None:
    """Eight at once: one row, one file, and nothing half-written beside it."""
    source = open_source(INVOICE)
    with open_store(database) as store, ThreadPoolExecutor(8) as workers:
        numbers = list(workers.map(store.arrive, [source] * 8))
        assert len(set(numbers)) == 1
        assert query(store, "SELECT count(*) FROM docpipe_documents") == [(1,)]
    assert [path.name for path in (tmp_path / "files").iterdir()] == [source.sha256]


def test_rows_belong_to_their_documents(add: Add, store: Store) -> None:
    """The database itself refuses a row of a document that is not there, and takes the rows of one that goes."""
    add(INVOICE)
    with pytest.raises(StoreError, match=r"(?i)foreign key"), store.database.write() as connection:
        connection.exec_driver_sql("INSERT INTO invoice (document_id, record_id) VALUES (99, 1)")
    with store.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM docpipe_documents")
    for table in ("invoice", "invoice_line_items", "docpipe_records", "docpipe_values", "docpipe_readings"):
        assert query(store, f"SELECT count(*) FROM {table}") == [(0,)], table


def test_generic_tables_are_stored_long(add: Add, store: Store) -> None:
    """A cell is a row, with the numbers of its table, its row and itself."""
    add(sample("table-01"), schema="table")
    sql = "SELECT value FROM table_tables_rows_cells WHERE tables_position = 1 AND rows_position = 2 ORDER BY position"
    assert [cell for (cell,) in query(store, sql)] == ["Revenue", "418.6", "391.2", "7.0%"]


def test_one_field_more_is_read_alone(add: Add, store: Store, tmp_path: Path) -> None:
    """A new field in the schema asks for that field and nothing else, and its column appears."""
    add(INVOICE)
    schema = version(with_field("vat_rate", {"type": ["string", "null"]}), tmp_path)
    model = Perfect(changes={"/vat_rate": "20%"})
    (added,) = add(INVOICE, model=model, schema=tmp_path / "invoice.json")
    assert [request.only for request in model.asked] == [("/vat_rate",)]
    assert added.record.schema_hash == schema.hash
    assert added.record.data["vat_rate"] == "20%"
    assert added.record.data["total"] == Decimal("2665.20")
    assert query(store, "SELECT vat_rate, count(*) FROM invoice GROUP BY vat_rate") == [("20%", 1)]


def test_words_about_a_field_are_part_of_it(add: Add, tmp_path: Path) -> None:
    """A field that is described anew is read anew, alone."""
    add(INVOICE)
    document = with_field("total", {"type": ["number", "null"], "description": "What the customer owes in the end"})
    version(document, tmp_path)
    model = Perfect()
    add(INVOICE, model=model, schema=tmp_path / "invoice.json")
    assert [request.only for request in model.asked] == [("/total",)]


def test_a_changed_type_is_a_new_column(add: Add, store: Store, tmp_path: Path) -> None:
    """What was a number and is a text now goes into another column; the old one is not cast."""
    add(INVOICE)
    version(with_field("total", {"type": ["string", "null"]}), tmp_path)
    add(INVOICE, schema=tmp_path / "invoice.json")
    assert query(store, "SELECT total, total_text FROM invoice") == [(None, "£2,665.20")]


def sums(store: Store) -> tuple[Decimal, Decimal, int]:
    """What would be doubled if anything were."""
    ((total, number),) = query(store, "SELECT sum(total), count(*) FROM invoice")
    ((items,),) = query(store, "SELECT sum(amount) FROM invoice_line_items")
    return Decimal(str(total)).quantize(Decimal("0.01")), Decimal(str(items)).quantize(Decimal("0.01")), number


def test_nothing_that_is_read_again_counts_twice(add: Add, store: Store, tmp_path: Path) -> None:
    """A second model, a second version of the schema, and a replaced file leave one row a document."""
    place = tmp_path / "in.pdf"
    shutil.copy(INVOICE, place)
    add(place)
    once = sums(store)
    assert once == (Decimal("2665.20"), Decimal("2221.00"), 1)
    add(place, model=Perfect("perfect-2"))
    assert sums(store) == once
    version(with_field("vat_rate", {"type": ["string", "null"]}), tmp_path)
    add(place, schema=tmp_path / "invoice.json")
    assert sums(store) == once
    assert len(store.history(1)) == 3
    # The file is replaced by a corrected one.
    place.write_bytes(INVOICE.read_bytes() + b"\n% corrected")
    (added,) = add(place, model=Perfect(copies={sha(place): INVOICE}, changes={"/total": "2,665.21"}))
    assert added.kept is not None
    assert added.kept.replaced == str(place)
    assert sums(store)[2] == 1
    assert query(store, "SELECT document_id FROM invoice") == [(2,)]
    assert [entry.document for entry in store.entries()] == [2]
    # And put back.
    shutil.copy(INVOICE, place)
    add(place)
    assert sums(store) == once
    assert store.problems() == []


def test_the_same_content_in_two_places_is_one_document(add: Add, store: Store, tmp_path: Path) -> None:
    """A copy adds no row, and the document stays while one of the files is there."""
    for name in ("a.pdf", "b.pdf"):
        shutil.copy(INVOICE, tmp_path / name)
        add(tmp_path / name)
    assert sums(store)[2] == 1
    other = tmp_path / "a.pdf"
    other.write_bytes(sample("invoice-02").read_bytes())
    add(other)
    assert sums(store)[2] == 2


def test_diff_shows_what_another_model_changed(add: Add, store: Store) -> None:
    """Two records of a document are compared value by value."""
    add(INVOICE)
    add(INVOICE, model=Perfect("perfect-2", changes={"/order_reference": "WD-9999"}))
    before, after = store.history(1)
    (found,) = differences(before.record, after.record)
    assert found.pointer == "/order_reference"
    assert found.before is not None
    assert found.before.value == "WD-1174"
    assert (before.current, after.current) == (False, True)


def test_a_record_that_failed_does_not_take_a_good_ones_place(add: Add, store: Store) -> None:
    """A model that fails leaves the rows of the one that did not."""

    class Broken(Perfect):
        def extract(self, requests: Any) -> Iterator[Any]:
            raise docpipe.ModelError(f"the wires are crossed, {len(list(requests))} requests are lost")

    add(INVOICE)
    (added,) = add(INVOICE, model=Broken("broken-1"))
    assert added.record.status == "failed"
    assert sums(store)[2] == 1
    assert store.get(1).record.status == "ok"


def test_reviewed_values_are_never_overwritten(add: Add, store: Store, tmp_path: Path) -> None:
    """What a person set stays through another model, another version of the schema, and a fresh look."""
    add(INVOICE)
    kept = store.get(1)
    changes = {"/order_reference": "WD-1175", "/line_items/4/amount": "35.00"}
    store.review(kept, review(kept.record, store.schema(kept), changes))
    version(with_field("vat_rate", {"type": ["string", "null"]}), tmp_path)
    add(INVOICE, model=Perfect("perfect-2", changes={"/line_items/4/amount": "1.00"}))
    add(INVOICE, schema=tmp_path / "invoice.json")
    add(INVOICE, known=False)
    record = store.get(1).record
    values = {value.pointer: value for value in record.values}
    assert record.data["order_reference"] == "WD-1175"
    assert values["/order_reference"].status == "reviewed"
    assert record.data["line_items"][4]["amount"] == Decimal("35.00")
    assert query(store, "SELECT order_reference FROM invoice") == [("WD-1175",)]
    reviews = query(store, "SELECT pointer, before, after FROM docpipe_reviews ORDER BY pointer")
    assert reviews == [("/line_items/4/amount", "35.00", "35.00"), ("/order_reference", "WD-1174", "WD-1175")]


def test_review_is_the_way_out_of_needs_review(add: Add, store: Store) -> None:
    """A broken rule is mended by the right value, or confirmed as it is."""
    (added,) = add(INVOICE, model=Perfect(changes={"/tax_amount": "445.00"}))
    assert added.record.status == "needs_review"
    kept = store.get(1)
    schema = store.schema(kept)
    mended = review(kept.record, schema, {"/tax_amount": "444.20"})
    assert (mended.status, mended.data["tax_amount"]) == ("ok", Decimal("444.20")), mended.warnings
    confirmed = review(kept.record, schema, {}, confirm=True)
    assert confirmed.status == "ok", confirmed.warnings
    made = store.review(kept, confirmed)
    assert made.change == "reviewed"
    assert [entry.status for entry in store.entries()] == ["ok"]
    (again,) = add(INVOICE, model=Perfect(changes={"/tax_amount": "445.00"}), known=False)
    assert again.record.status == "ok", again.record.warnings


@pytest.mark.parametrize(
    ("pointer", "value", "said"),
    [
        ("/total", "a lot", "is not a number"),
        ("/totl", "1", "did you mean /total?"),
        ("/currency", "pounds", "/currency"),
    ],
)
def test_a_review_fits_the_schema(pointer: str, value: str, said: str, tmp_path: Path) -> None:
    """What a person types is checked as everything else is."""
    with open_store(sqlite(tmp_path)) as store, Pipeline(sqlite(tmp_path), model=Perfect(), store=store) as pipeline:
        (added,) = pipeline.add([INVOICE], schema="invoice")
    with pytest.raises(UsageError, match=said.replace("?", r"\?")):
        review(added.record, load_schema("invoice"), {pointer: value})


def test_the_same_invoice_in_other_bytes_is_a_possible_duplicate(add: Add, store: Store, tmp_path: Path) -> None:
    """The same number and supplier under another hash asks for a person, who can say that it is none."""
    add(INVOICE)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(INVOICE.read_bytes() + b"\n% another copy")
    (added,) = add(scan, model=Perfect(copies={sha(scan): INVOICE}))
    assert added.record.status == "needs_review"
    assert [notice.code for notice in added.record.warnings] == ["possible_duplicate"]
    assert str(INVOICE) in added.record.warnings[0].message
    kept = store.get(2)
    assert store.review(kept, review(kept.record, store.schema(kept), {}, confirm=True)).record.status == "ok"


def test_after_forget_nothing_is_left(add: Add, store: Store, tmp_path: Path) -> None:
    """No byte of the document's text or pixels is in the database, its log or the files folder."""
    secret = "Zanzibar-Quartz-77"
    pdf = one_page(text_at(72, 700, "Invoice No. ZQ-77-ZQ") + text_at(72, 680, secret))
    place = tmp_path / f"{secret}.pdf"
    place.write_bytes(pdf)
    add(INVOICE)
    kept_before = sums(store)
    readings = Perfect(
        copies={sha(place): INVOICE}, changes={"/supplier_name": secret, "/line_items/0/description": secret}
    )
    (added,) = add(place, model=readings)
    assert added.kept is not None
    folder = tmp_path / "files"
    # The index of words has them in small letters, and leaves out how a word begins like the one before it.
    indexed = b"nzibar"
    assert [hit.document for hit in store.search(SearchQuery(secret))] == [added.kept.document]
    assert holders(tmp_path, [secret.encode(), pdf[200:400]], but=place)
    if not store.database.is_sqlite:
        assert holders(written_out(store, analyse=True), [secret.encode()], but=place)
    store.forget(added.kept.document)
    assert store.search(SearchQuery(secret)) == []
    assert secret.casefold() not in dump(store).casefold()
    if not store.database.is_sqlite:
        assert holders(written_out(store), [secret.encode(), indexed, b"ZQ-77-ZQ"], but=place) == []
    assert holders(tmp_path, [secret.encode(), indexed, pdf[200:400], b"ZQ-77-ZQ"], but=place) == []
    assert [path.name for path in folder.iterdir()] == [sha(INVOICE)]
    assert sums(store) == kept_before
    assert store.problems() == []
    with pytest.raises(RecordNotFound):
        store.get(added.kept.document)


def written_out(store: Store, *, analyse: bool = False) -> Path:
    """The folder of a PostgreSQL database, all of it on the disk; `analyse` adds samples of values for its planner."""
    with store.database.outside() as connection:
        if analyse:
            connection.exec_driver_sql("ANALYZE")
        connection.exec_driver_sql("CHECKPOINT")
    ((place,),) = query(store, "SHOW data_directory")
    ((number,),) = query(store, "SELECT oid FROM pg_database WHERE datname = current_database()")
    return Path(place) / "base" / str(number)


def holders(folder: Path, needles: list[bytes], *, but: Path) -> list[str]:
    """The files below a folder in which one of the needles is found."""
    files = [path for path in folder.rglob("*") if path.is_file() and path != but]
    return [str(path) for path in files if any(needle in path.read_bytes() for needle in needles)]


def test_a_damaged_document_is_kept_and_tried_again(add: Add, store: Store, tmp_path: Path) -> None:
    """It is on the list as failed, has no row, and adding it again changes nothing."""
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\nnot much of a document\n")
    (added,) = add(bad)
    assert added.record.status == "failed"
    before = dump(store)
    add(bad)
    assert dump(store) == before
    assert [entry.status for entry in store.entries()] == ["failed"]


def test_a_name_that_needs_quotes_or_is_taken_still_gets_its_column(store: Store, add: Add) -> None:
    """Reserved words, names of our own columns, names that differ in case, and very long names."""
    long = "x" * 90
    names = ["order", "page", "Total", "total", "status", long, f"{long}y"]
    schema = {"title": "select", "type": "object", "properties": {n: {"type": ["string", "null"]} for n in names}}
    model = Perfect(changes={f"/{name}": f"value {index}" for index, name in enumerate(names)})
    add(INVOICE, schema=schema, model=model)
    columns = dict(query(store, "SELECT path, name FROM docpipe_columns WHERE table_name = 'select'"))
    assert len(set(columns.values())) == len(names)
    for index, name in enumerate(names):
        assert query(store, f'SELECT "{columns["/" + name]}" FROM "select"') == [(f"value {index}",)]


def test_migrations_lead_from_the_first_database_to_this_one(database: Settings) -> None:
    """A database of the first version keeps its rows, and ends with just the tables that are used today."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    store = Store.at(database)
    store.database.migrate("0001")
    with store.database.write() as connection:
        row = "('aa', 'aa', 'old.pdf', 'application/pdf', 3, '2024-01-01 00:00:00')"
        columns = "(sha256, file_sha256, name, media_type, size_bytes, added_at)"
        connection.exec_driver_sql(f"INSERT INTO docpipe_documents {columns} VALUES {row}")
    with pytest.raises(DocpipeError, match="older docpipe"):
        open_store(database)
    store.database.migrate()
    with open_store(database) as opened:
        assert [entry.name for entry in opened.entries()] == ["old.pdf"]
        assert opened.database.version() == VERSION
        with opened.database.read() as connection:
            # The databases' own indexes of words are beyond what SQLAlchemy describes.
            known = {"include_name": lambda name, *_: not str(name).startswith("docpipe_words")}
            options = {"version_table": "docpipe_version", **known}
            assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    store.close()


def test_a_password_in_the_address_is_never_shown() -> None:
    """A database that cannot be reached is named without its password."""
    address = "postgresql://someone:hunter2@127.0.0.1:1/none"
    with pytest.raises(DocpipeError) as raised:
        open_store(Settings(database=address))
    assert "someone" in str(raised.value)
    assert "hunter2" not in str(raised.value)
