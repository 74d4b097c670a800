"""Whole documents, read by a model that is shown their pages: sums that do not add up, tables across page breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from docpipe.pipeline import Pipeline
from docpipe.schema import load_schema
from docpipe.settings import Settings
from docpipe.types import Box, PageText, Reading, ReadRequest, Record, Reply, View
from tests.readings import expected, perfect, sample

INVOICE = load_schema("invoice")
SCAN = sample("invoice-12")


class Misreader:
    """A model that reads an invoice well but for one misread field: at the first look, or at every look."""

    name = "misreader-1"

    def __init__(self, pointer: str, misread: str, *, always: bool) -> None:
        self.wrong = {pointer: misread}
        self.always = always
        self.requests: list[ReadRequest] = []

    def extract(self, requests: Any) -> Iterator[Reply]:
        for request in requests:
            self.requests.append(request)
            changes = self.wrong if self.always or request.only is None else {}
            said = perfect(SCAN, INVOICE, changes)
            yield Reply(tuple(r for r in said if request.only is None or r.pointer in request.only), self.name)

    def answer(self, views: Any, question: str, earlier: Any = ()) -> Reply:
        raise NotImplementedError

    def transcribe(self, view: View) -> PageText | None:
        del view
        return None


SUMS = [
    ("/tax_amount", "12.40", "subtotal and tax do not add up to the total"),
    ("/line_items/0/amount", "1.00", "the lines do not add up to the subtotal"),
]


def read(model: Misreader) -> Record:
    with Pipeline(Settings(), model=model) as pipeline:
        return pipeline.extract(SCAN, schema="invoice")


@pytest.mark.parametrize(("pointer", "misread", "message"), SUMS)
def test_a_broken_sum_is_mended_by_a_second_look(pointer: str, misread: str, message: str) -> None:
    """The fields of the broken rule, and no others, are read again on a sharper view of their part of the page."""
    model = Misreader(pointer, misread, always=False)
    record = read(model)
    assert record.model_dump(mode="json")["data"] == expected(SCAN, INVOICE)
    assert (record.status, record.warnings) == ("ok", [])
    _, again = model.requests
    (view,) = again.views
    assert again.problems == (message,)
    assert again.only is not None
    assert pointer in again.only
    assert {p.split("/")[1] for p in again.only} <= {"subtotal", "tax_amount", "total", "line_items"}
    assert view.dpi == 2 * Settings().dpi
    boxes = {r.pointer: r.box for r in perfect(SCAN, INVOICE)}
    assert view.clip is not None
    assert view.clip[3] - view.clip[1] < 0.6 * view.page.height_pt
    for box in (boxes[p] for p in again.only):
        assert box is not None
        assert view.clip[1] < box[1] < box[3] < view.clip[3]


@pytest.mark.parametrize(("pointer", "misread", "message"), SUMS)
def test_a_sum_that_stays_broken_is_flagged(pointer: str, misread: str, message: str) -> None:
    """A model that errs again is not asked a third time: the record needs review, with the rule's message."""
    model = Misreader(pointer, misread, always=True)
    record = read(model)
    assert len(model.requests) == 2
    assert record.status == "needs_review"
    assert [(w.code, w.message) for w in record.warnings] == [("rule_broken", message)]
    assert next(value.text for value in record.values if value.pointer == pointer) == misread


IBAN, MISREAD = "CH7000700110000387254", "CH70 0070 0110 0003 8125 4"


def test_an_iban_with_wrong_check_digits_is_read_again() -> None:
    """A misread digit breaks the check digits: the field is asked for again, and nothing else."""
    model = Misreader("/iban", MISREAD, always=False)
    record = read(model)
    assert (record.data["iban"], record.status, record.warnings) == (IBAN, "ok", [])
    assert [request.only for request in model.requests] == [None, ("/iban",)]


def test_an_iban_whose_check_digits_stay_wrong_is_flagged() -> None:
    """It may be printed so: the value stays, and a person is asked."""
    record = read(Misreader("/iban", MISREAD, always=True))
    assert (record.data["iban"], record.status) == (MISREAD.replace(" ", ""), "needs_review")
    assert [(w.code, w.pointer) for w in record.warnings] == [("check_digits", "/iban")]


# A table of sixty rows on three pages.

COLUMNS = {"description": 50.0, "quantity": 330.0, "unit_price": 400.0, "amount": 480.0}
HEADER = {"description": "Description", "quantity": "Quantity", "unit_price": "Unit price", "amount": "Amount"}
CARRIED = "carried forward"


@dataclass
class Order:
    """A long invoice: its PDF, its truth, and what a model reads that takes every line of the table for a row."""

    pdf: Any = field(default_factory=pymupdf.open)
    truth: list[dict[str, Any]] = field(default_factory=list)
    readings: dict[int, list[list[Reading]]] = field(default_factory=dict)
    single: list[Reading] = field(default_factory=list)
    y: float = 0.0

    @property
    def page(self) -> Any:
        return self.pdf[-1]

    def turn(self) -> None:
        self.pdf.new_page(width=595, height=842)
        self.readings[len(self.pdf)] = []
        self.y = 80.0

    def row(self, cells: dict[str, str]) -> None:
        """Print a line of the table, and take it for a row."""
        read = [Reading(name, text, len(self.pdf), self.write(COLUMNS[name], text)) for name, text in cells.items()]
        self.readings[len(self.pdf)].append(read)
        self.y += 26.0

    def write(self, x: float, text: str) -> Box:
        self.page.insert_text((x, self.y), text, fontsize=9)
        return (x, self.y - 8, x + pymupdf.get_text_length(text, fontsize=9), self.y + 2)

    def say(self, pointer: str, label: str, text: str) -> None:
        self.write(330, label)
        self.single.append(Reading(pointer, text, len(self.pdf), self.write(480, text)))
        self.y += 26.0


def long_order() -> Order:
    order = Order()
    order.turn()
    order.say("/invoice_number", "Invoice no.", "RE-60431")
    total = Decimal(0)
    for number in range(60):
        if number in (0, 21, 42):
            if number:
                order.row({"description": CARRIED, "amount": f"{total:.2f}"})
                order.turn()
            order.row(HEADER)
            if number:
                order.row({"description": "brought forward", "amount": f"{total:.2f}"})
            if number == 42:
                order.row({"description": "drilled to drawing 7"})  # the rest of the row that the break cut
        price = Decimal(number * 37 % 50 + 3) + Decimal("0.25")
        amount = price * (number % 4 + 1)
        name = f"Bracket no. {number + 100}" + (", galvanised and" if number == 41 else "")
        cells = {"description": name, "quantity": f"{number % 4 + 1}", "unit_price": f"{price}", "amount": f"{amount}"}
        order.row(cells)
        order.truth.append({**cells, "quantity": number % 4 + 1, "unit_price": price, "amount": amount})
        total += amount
    order.truth[41]["description"] += " drilled to drawing 7"
    order.say("/subtotal", "Subtotal", f"{total:.2f}")
    return order


class Rows:
    """A model that reads every line of the table on the pages that it is shown, headers and running totals too."""

    name = "rows-1"

    def __init__(self, order: Order, *, boxes: bool) -> None:
        self.order = order
        self.boxes = boxes

    def extract(self, requests: Any) -> Iterator[Reply]:
        for request in requests:
            pages = [view.page.number for view in request.views]
            rows = [row for page in pages for row in self.order.readings[page]]
            said = [r for r in self.order.single if r.page in pages]
            said += [replace(r, pointer=f"/line_items/{n}/{r.pointer}") for n, row in enumerate(rows) for r in row]
            told = {r.pointer for r in said}
            said += [Reading(leaf.path, None) for leaf in INVOICE.leaves if not leaf.array and leaf.path not in told]
            yield Reply(tuple(r if self.boxes else replace(r, box=None) for r in said), self.name)

    answer = Misreader.answer
    transcribe = Misreader.transcribe


@pytest.mark.parametrize("boxes", [True, False], ids=["with boxes", "without boxes"])
@pytest.mark.parametrize("window", [1, 4])
def test_sixty_rows_over_three_pages(window: int, boxes: bool, tmp_path: Path) -> None:
    """Headers that repeat and running totals are no rows, the row that a break cut is one: the rows are the truth."""
    order = long_order()
    order.pdf.save(tmp_path / "order.pdf")
    assert len(order.pdf) == 3
    with Pipeline(Settings(window_pages=window), model=Rows(order, boxes=boxes)) as pipeline:
        record = pipeline.extract(tmp_path / "order.pdf", schema="invoice")
    assert [{k: v for k, v in row.items() if v is not None} for row in record.data["line_items"]] == order.truth
    assert len(record.data["line_items"]) == 60
    assert (record.status, record.warnings) == ("ok", [])
    # Where the model gives no boxes, nothing but its words says where the lower half of the cut row belongs.
    cut = set() if boxes else {"/line_items/41/description"}
    assert {v.pointer for v in record.values if v.text is not None and v.status != "verified"} == cut
