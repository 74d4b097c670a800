"""What people reviewed is truth: where they said so, and no further. On SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from docpipe.pipeline import Pipeline
from docpipe.reviewing import review
from docpipe.settings import Settings
from docpipe.store import Filter, Reviewed, Store, open_store
from tests.fault_server import serving
from tests.readings import sample, truth
from tests.stores import Perfect

INVOICE = sample("invoice-01")


@pytest.fixture
def store(database: Settings) -> Iterator[Store]:
    """A store with one invoice that nobody has looked at."""
    with open_store(database) as opened:
        read(opened, database)
        yield opened


def read(store: Store, settings: Settings, *, model: Perfect | None = None, schema: Any = "invoice") -> None:
    """Read the invoice into the store."""
    with Pipeline(settings, model=model or Perfect(), store=store) as pipeline:
        list(pipeline.add([INVOICE], schema=schema))


def reviewed(store: Store, changes: dict[str, str] | None = None, *, confirm: bool = False) -> list[Reviewed]:
    """What is known after a person said something of the invoice."""
    kept = store.get(1)
    store.review(kept, review(kept.record, store.schema(kept), changes or {}, confirm=confirm))
    return list(store.reviewed_truth())


def test_what_nobody_looked_at_is_no_truth(store: Store) -> None:
    """A record that is as it was read teaches nothing."""
    assert list(store.reviewed_truth()) == []


def test_a_corrected_value_counts_alone(store: Store) -> None:
    """A value that was set is truth, its neighbours are not, and where it stands on the page nobody said."""
    (found,) = reviewed(store, {"/order_reference": "WD-1175"})
    assert (found.document, found.name, found.schema.name) == (1, str(INVOICE), "invoice")
    assert found.data == {"order_reference": "WD-1175"}
    assert (found.texts, found.boxes) == ({}, {})
    assert found.file.read_bytes() == INVOICE.read_bytes()


def test_a_column_counts_when_every_cell_was_reviewed(store: Store) -> None:
    """One cell of five says nothing about how many rows there are."""
    assert reviewed(store, {"/line_items/4/amount": "36.00"}) == []
    (found,) = reviewed(store, {f"/line_items/{row}/amount": f"{row + 1}.00" for row in range(5)})
    assert found.data == {"line_items": [{"amount": Decimal(row + 1)} for row in range(5)]}


def test_a_confirmed_record_counts_whole(store: Store) -> None:
    """Every value with its text and its place, and null for what a person saw is not there."""
    (found,) = reviewed(store, confirm=True)
    known = truth(INVOICE)
    assert found.data["total"] == Decimal("2665.20")
    assert found.data["customer_name"] == known["data"]["customer_name"]
    assert len(found.data["line_items"]) == len(known["data"]["line_items"])
    assert found.texts["/total"] == known["texts"]["/total"]
    page, box = found.boxes["/total"]
    assert (page, [round(side) for side in box]) == (1, [round(side) for side in known["boxes"]["/total"][1:]])
    assert found.texts.keys() == known["texts"].keys()


def test_rows_are_numbered_as_in_the_data(store: Store, database: Settings) -> None:
    """A row that was found empty is not in the data, so the texts of the rows below it move up."""
    empty = {f"/line_items/1/{name}": None for name in ("description", "quantity", "unit_price", "amount")}
    read(store, database, model=Perfect("perfect-2", changes=empty))
    (found,) = reviewed(store, confirm=True)
    assert len(found.data["line_items"]) == 4
    assert found.texts["/line_items/1/description"] == found.data["line_items"][1]["description"]
    assert found.texts["/line_items/1/description"] == truth(INVOICE)["texts"]["/line_items/2/description"]


def test_truth_can_be_filtered(store: Store) -> None:
    """Only documents that are asked for."""
    reviewed(store, confirm=True)
    assert list(store.reviewed_truth(Filter(schema="receipt"))) == []
    assert len(list(store.reviewed_truth(Filter(schema="invoice", text="harbour lane")))) == 1


def test_a_list_without_rows_is_known_to_be_empty_when_all_was_confirmed(store: Store, database: Settings) -> None:
    """No line items is something that a person can say too."""
    gone = {pointer: None for pointer in truth(INVOICE)["texts"] if pointer.startswith("/line_items")}
    model = Perfect("perfect-2", changes=gone)
    read(store, database, model=model)
    (found,) = reviewed(store, {"/total": "0.00"}, confirm=True)
    assert found.data["line_items"] == []


def test_truth_forgets_with_its_document(store: Store) -> None:
    """What was erased is no truth any more."""
    reviewed(store, confirm=True)
    store.forget(1)
    assert list(store.reviewed_truth()) == []


LETTER = {
    "title": "Letter",
    "type": "object",
    "properties": {
        "sender": {"type": ["string", "null"]},
        "sent": {"type": ["string", "null"], "format": "date"},
        "total": {"type": ["number", "null"]},
        "goods": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": ["string", "null"]}}}},
    },
}


def test_what_was_reviewed_is_told_to_a_larger_model(database: Settings) -> None:
    """The next document is read with the right reply for the last one in the prompt, in the words of its page."""
    reply = {"sender": "Harbour", "sent": "17 September 2024", "total": "£2,665.20", "goods": []}
    with serving(lambda handler, _: handler.complete(json.dumps(reply))) as server:
        settings = database.model_copy(update={"model": f"{server.address}#tiny", "examples": 2})

        def add(document: str, settings: Settings) -> str:
            before = len(server.asked)
            with open_store(settings) as store, Pipeline(settings, store=store) as pipeline:
                list(pipeline.add([sample(document)], schema=LETTER))
            said = [part for body in server.asked[before:] for part in body["messages"][-1]["content"]]
            return "".join(part.get("text", "") for part in said)

        assert "other documents" not in add("invoice-01", settings)
        with open_store(settings) as store:
            kept = store.get(1)
            changes = {"/sender": "Harbour Lane Joinery Ltd", "/goods/0/name": "Window seat", "/sent": "2024-09-18"}
            store.review(kept, review(kept.record, store.schema(kept), changes, confirm=True))
        told = add("invoice-02", settings)
        assert "What is right for other documents of this kind, as far as it is known:" in told
        right = {"sender": "Harbour Lane Joinery Ltd", "total": "£2,665.20", "goods": [{"name": "Window seat"}]}
        assert json.dumps(right, ensure_ascii=False) in told
        assert add("invoice-02", settings) == ""
        assert "other documents" not in add("invoice-03", settings.model_copy(update={"examples": 0}))
