"""A value that stands on the page as it was read, but is another field's there, is not confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from docpipe.ground import ground
from docpipe.normalise import normalise
from docpipe.schema import Schema, load_schema
from docpipe.types import Box, Notice, Reading, Value
from tests.paper import Line, box, paper

INVOICE = [
    {50: "Invoice no.", 200: "2024-117"},
    {50: "Invoice date", 200: "4 March 2024"},
    {50: "Customer", 200: "Harbour Lane Joinery Ltd"},
    {},
    {50: "Description", 300: "Qty", 380: "Price", 480: "Amount"},
    {50: "Storage, pallet A", 300: "3", 380: "40.00", 480: "120.00"},
    {50: "Transport", 300: "1", 380: "95.50", 480: "95.50"},
    {},
    {380: "Total", 480: "215.50"},
]
RIGHT = {
    "/invoice_number": "2024-117",
    "/invoice_date": "4 March 2024",
    "/customer_name": "Harbour Lane Joinery Ltd",
    "/line_items/0/description": "Storage, pallet A",
    "/line_items/0/quantity": "3",
    "/line_items/0/unit_price": "40.00",
    "/line_items/0/amount": "120.00",
    "/line_items/1/description": "Transport",
    "/line_items/1/quantity": "1",
    "/line_items/1/unit_price": "95.50",
    "/line_items/1/amount": "95.50",
    "/total": "215.50",
}
STATEMENT = [
    {50: "Date", 120: "Description", 280: "Paid out", 380: "Paid in", 460: "Balance"},
    {120: "Balance brought forward", 460: "1,118.40"},
    {50: "02/05/2024", 120: "Rent", 285: "640.00"},
    {50: "03/05/2024", 120: "Shop", 290: "20.00", 460: "458.40"},
    {50: "18/05/2024", 120: "Salary", 385: "986.27"},
    {50: "19/05/2024", 120: "Cinema", 290: "9.00", 460: "1,435.67"},
]
MOVEMENTS = [("02/05/2024", "Rent", "640.00", None), ("03/05/2024", "Shop", "20.00", "458.40"),
             ("18/05/2024", "Salary", "986.27", None), ("19/05/2024", "Cinema", "9.00", "1,435.67")]  # fmt: skip


def read(
    texts: Mapping[str, str],
    page: Sequence[Line],
    boxes: Mapping[str, Box],
    of: str | Schema = "invoice",
    *,
    scanned: bool = False,
) -> tuple[dict[str, Value], list[Notice]]:
    """The grounded values by pointer, and the notices, of readings with the boxes that are given."""
    schema = load_schema(of) if isinstance(of, str) else of
    pages = [paper(page)]
    readings = [Reading(p, text, 1 if p in boxes else None, boxes.get(p), 0.9) for p, text in texts.items()]
    values, _ = normalise(readings, schema, "m", pages)
    seen = [paper(page, origin="ocr")] if scanned else []
    stand, notices = ground(values, [] if scanned else pages, schema, second=seen)
    return {value.pointer: value for value in stand}, list(notices)


def unconfirmed(values: Mapping[str, Value]) -> dict[str, str]:
    """The status of those that are not verified."""
    return {pointer: value.status for pointer, value in values.items() if value.status != "verified"}


def movements(rows: Sequence[tuple[str, str, str, str | None]]) -> dict[str, str]:
    """A statement's movements as texts by pointer."""
    names = ("date", "description", "amount", "balance")
    return {
        f"/transactions/{at}/{name}": text
        for at, row in enumerate(rows)
        for name, text in zip(names, row, strict=True)
        if text is not None
    }


@pytest.mark.parametrize(
    ("pointer", "text", "there"),
    [
        ("/due_date", "4 March 2024", box(1, 200, "4 March 2024")),
        ("/subtotal", "215.50", box(8, 480, "215.50")),
        ("/supplier_name", "Harbour Lane Joinery Ltd", box(2, 200, "Harbour Lane Joinery Ltd")),
        ("/supplier_name", "Description", box(4, 50, "Description")),
    ],
    ids=["another date", "the only amount", "a name beside its label", "a label"],
)
def test_what_stands_beside_another_label_is_contradicted(pointer: str, text: str, there: Box) -> None:
    """A field that is not on the page and was read from another's place is in conflict; the other stays verified."""
    assert unconfirmed(read(RIGHT, INVOICE, {})[0]) == {}
    values, notices = read({**RIGHT, pointer: text}, INVOICE, {pointer: there})
    assert unconfirmed(values) == {pointer: "conflict"}
    assert [(notice.code, notice.pointer) for notice in notices] == [("conflict", pointer)]
    assert notices[0].message == f'"{text}" does not belong where it stands on the page'


def test_what_a_second_reader_sees_beside_another_label_is_left_open() -> None:
    """On a scan the label that a second reader saw takes the confirmation, and contradicts nothing."""
    there = {"/due_date": box(1, 200, "4 March 2024")}
    values, _ = read({**RIGHT, "/due_date": "4 March 2024"}, INVOICE, there, scanned=True)
    assert unconfirmed(values) == {"/due_date": "unverified"}


def test_a_total_is_no_row() -> None:
    """The line of the total, read as a row of its own, is confirmed neither as text nor as amount."""
    texts = {**RIGHT, "/line_items/2/description": "Total", "/line_items/2/amount": "215.50"}
    boxes = {"/line_items/2/description": box(8, 380, "Total"), "/line_items/2/amount": box(8, 480, "215.50")}
    values, _ = read(texts, INVOICE, boxes)
    assert unconfirmed(values) == {"/line_items/2/description": "conflict", "/line_items/2/amount": "conflict"}


def test_a_balance_of_another_row_is_contradicted() -> None:
    """A row without a balance does not take that of the row before it or after it, nor an amount for one."""
    assert unconfirmed(read(movements(MOVEMENTS), STATEMENT, {}, "statement")[0]) == {}
    for balance, line, left in (("1,118.40", 1, 460), ("458.40", 3, 460), ("1,435.67", 5, 460), ("640.00", 2, 285)):
        there = {"/transactions/0/balance": box(line, left, balance)}
        texts = {**movements(MOVEMENTS), "/transactions/0/balance": balance}
        values, _ = read(texts, STATEMENT, there, "statement")
        assert set(unconfirmed(values)) == {"/transactions/0/balance"}, balance


def test_two_days_are_not_one() -> None:
    """The days of two rows that were read as one are not verified for either."""
    rows = [("02/05/2024 03/05/2024", *MOVEMENTS[0][1:]), *MOVEMENTS[1:]]
    x0, y0, x1, _ = box(2, 50, "02/05/2024")
    there = {"/transactions/0/date": (x0, y0, x1, box(3, 50, "03/05/2024")[3])}
    values, _ = read(movements(rows), STATEMENT, there, "statement")
    assert values["/transactions/0/date"].status != "verified"


def test_a_header_says_which_of_two_cells_a_print_is() -> None:
    """A balance that was read as the amount too is the balance; without headers both are left open."""
    page = [
        {50: "Date", 120: "Description", 300: "Amount", 460: "Balance"},
        {50: "02/05/2024", 120: "Rent", 305: "-640.00", 460: "478.40"},
        {50: "18/05/2024", 120: "Salary", 305: "986.27", 460: "1,464.67"},
    ]
    texts = movements([tuple(line.values()) for line in page[1:]])  # type: ignore[misc]  # four cells each
    assert unconfirmed(read(texts, page, {}, "statement")[0]) == {}
    there = box(2, 460, "1,464.67")
    both = {"/transactions/1/amount": there, "/transactions/1/balance": there}
    wrong = {**texts, "/transactions/1/amount": "1,464.67"}
    assert unconfirmed(read(wrong, page, both, "statement")[0]) == {"/transactions/1/amount": "conflict"}
    bare = [{}, *page[1:]]
    assert set(both) <= set(unconfirmed(read(wrong, bare, both, "statement")[0]))


def test_two_fields_of_one_print_without_a_label_are_left_open() -> None:
    """A name at the head of a letter that was read as the supplier's and the customer's confirms neither."""
    page = [{50: "Harbour Lane Joinery Ltd"}, {}, {50: "Invoice no.", 200: "2024-117"}]
    there = box(0, 50, "Harbour Lane Joinery Ltd")
    texts = {"/supplier_name": "Harbour Lane Joinery Ltd", "/invoice_number": "2024-117"}
    assert unconfirmed(read(texts, page, {"/supplier_name": there})[0]) == {}
    both = {"/supplier_name": there, "/customer_name": there}
    values, notices = read({**texts, "/customer_name": "Harbour Lane Joinery Ltd"}, page, both)
    assert unconfirmed(values) == dict.fromkeys(both, "unverified")
    assert {(n.code, n.pointer) for n in notices} == {("shared_print", pointer) for pointer in both}
    assert notices[0].message == '"Harbour Lane Joinery Ltd" was read as /supplier_name and as /customer_name'


def test_a_label_over_a_print_and_one_under_it_leave_a_form_as_it_is() -> None:
    """Where every value has a label over it and the next one's under it, right values stay verified."""
    schema = load_schema(
        {
            "title": "Form",
            "type": "object",
            "properties": {
                name: {"type": ["string", "null"], "x-labels": [label]}
                for name, label in (("street", "Street"), ("town", "Town"), ("country", "Country"))
            },
        }
    )
    page = [{50: "Street"}, {50: "9 Market Place"}, {50: "Town"}, {50: "Ludlow"}, {50: "Country"}, {50: "England"}]
    values, _ = read({"/street": "9 Market Place", "/town": "Ludlow", "/country": "England"}, page, {}, schema)
    assert unconfirmed(values) == {}


def test_a_print_of_a_series_is_itself() -> None:
    """Of forty lines that differ in a digit each is verified where it stands, and one that is not there is not."""
    schema = load_schema(
        {
            "title": "Lines",
            "type": "object",
            "properties": {"lines": {"type": "array", "items": {"type": "string"}}},
        }
    )
    page = [{50: f"Page 1 line {number}"} for number in range(40)]
    for number in (0, 7, 10, 39):
        values, _ = read({"/lines/0": f"Page 1 line {number}"}, page, {}, schema)
        value = values["/lines/0"]
        assert (value.status, value.box) == ("verified", box(number, 50, f"Page 1 line {number}"))
    assert unconfirmed(read({"/lines/0": "Page 1 line 40"}, page, {}, schema)[0])
