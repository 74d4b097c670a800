"""What the page says about a value: found where it belongs, mended from the page, contradicted, or left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from docpipe.ground import ground
from docpipe.normalise import normalise
from docpipe.schema import Schema, load_schema
from docpipe.types import Box, Notice, PageText, Reading, Value
from tests.paper import box, paper

INVOICE = [
    {50: "Nordwind Logistik GmbH"},
    {50: "Hafenstr. 12, 20457 Hamburg"},
    {},
    {50: "Rechnungsnummer:", 200: "R-2024-0117"},
    {50: "Rechnungsdatum:", 200: "4. März 2024"},
    {50: "Fällig am:", 200: "18.03.2024"},
    {},
    {50: "Beschreibung", 300: "Menge", 380: "Einzelpreis", 480: "Betrag"},
    {50: "Lagerung Palette A", 300: "3", 380: "40,00", 480: "120,00"},
    {50: "Transport Bremen", 300: "1", 380: "95,50", 480: "95,50"},
    {50: "Zollabwicklung und", 300: "2", 380: "12,00", 480: "24,00"},
    {50: "Begleitpapiere"},
    {},
    {300: "Zwischensumme", 480: "239,50"},
    {300: "zzgl. 19% MwSt.", 480: "45,51"},
    {300: "Gesamtbetrag", 480: "285,01 EUR"},
]

TEXTS = {
    "/supplier_name": "Nordwind Logistik GmbH",
    "/invoice_number": "R-2024-0117",
    "/invoice_date": "4. März 2024",
    "/due_date": "18.03.2024",
    "/line_items/0/description": "Lagerung Palette A",
    "/line_items/0/quantity": "3",
    "/line_items/0/unit_price": "40,00",
    "/line_items/0/amount": "120,00",
    "/line_items/1/description": "Transport Bremen",
    "/line_items/1/quantity": "1",
    "/line_items/1/unit_price": "95,50",
    "/line_items/1/amount": "95,50",
    "/line_items/2/description": "Zollabwicklung und Begleitpapiere",
    "/line_items/2/quantity": "2",
    "/line_items/2/unit_price": "12,00",
    "/line_items/2/amount": "24,00",
    "/subtotal": "239,50",
    "/tax_amount": "45,51",
    "/total": "285,01 EUR",
}


CODE = load_schema(
    {"title": "Code", "type": "object", "properties": {"a": {"type": ["string", "null"], "x-labels": ["Tax number"]}}}
)


def grounded(
    texts: Mapping[str, str | None],
    pages: Sequence[PageText],
    *,
    of: Schema | str = "invoice",
    boxes: dict[str, Box] | None = None,
    second: Sequence[PageText] = (),
    model: str = "m",
) -> tuple[dict[str, Value], list[Notice]]:
    """The values by pointer and the notices, for readings without boxes but those given."""
    schema = load_schema(of) if isinstance(of, str) else of
    boxes = boxes or {}
    readings = [Reading(p, text, 1 if p in boxes else None, boxes.get(p), 0.9) for p, text in texts.items()]
    values, _ = normalise(readings, schema, model, pages)
    stand, notices = ground(values, pages, schema, second=second)
    return {value.pointer: value for value in stand}, list(notices)


def status(pointer: str, text: str, page: Sequence[Mapping[int, str]] = INVOICE, **more: Any) -> str:
    """The status of one value of the invoice when it is read as `text` and all others are right."""
    values, _ = grounded({**TEXTS, pointer: text}, [paper(page)], **more)
    return values[pointer].status


def test_a_right_invoice_is_verified_where_it_stands() -> None:
    """Every value of a right reading without boxes is verified, each in its own place."""
    values, notices = grounded(TEXTS, [paper(INVOICE)])
    assert {p: v.status for p, v in values.items() if v.status != "verified"} == {}
    assert notices == []
    assert values["/total"].box == box(15, 480, "285,01 EUR")
    assert values["/line_items/1/unit_price"].box == box(9, 380, "95,50")
    assert values["/line_items/1/amount"].box == box(9, 480, "95,50")
    assert values["/line_items/2/quantity"].box == box(10, 300, "2")
    wrapped = (50, box(10, 50, "x")[1], box(10, 50, "Zollabwicklung und")[2], box(11, 50, "x")[3])
    assert {value.page for value in values.values()} == {1}
    assert values["/line_items/2/description"].box == wrapped


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ("/total", "285.01"),
        ("/total", "EUR 285,01"),
        ("/invoice_date", "2024-03-04"),
        ("/due_date", "18 March 2024"),
        ("/supplier_name", "NORDWIND LOGISTIK GMBH"),
        ("/line_items/2/description", "Zollabwicklung und\nBegleitpapiere"),
        ("/line_items/0/quantity", "3.00"),
    ],
)
def test_the_same_in_another_form_is_verified(pointer: str, text: str) -> None:
    """An amount, a date or a name that the model wrote in another way than the page is the same value."""
    assert status(pointer, text) == "verified"


@pytest.mark.parametrize(
    ("pointer", "text", "mended"),
    [
        ("/total", "285,07 EUR", "285,01 EUR"),
        ("/invoice_number", "R-2O24-0117", "R-2024-0117"),
        ("/due_date", "13.03.2024", "18.03.2024"),
        ("/line_items/0/description", "Lagerung Palette H", "Lagerung Palette A"),
        ("/line_items/1/amount", "95,80", "95,50"),
        ("/line_items/2/description", "Zollabwicklung und Begleitpaplere", "Zollabwicklung und Begleitpapiere"),
        ("/supplier_name", "Nordwind Logistlk GmbH", "Nordwind Logistik GmbH"),
    ],
)
def test_a_misread_character_is_mended_from_the_page(pointer: str, text: str, mended: str) -> None:
    """Where the page differs by a character, its text is taken, and a notice keeps what was read."""
    values, notices = grounded({**TEXTS, pointer: text}, [paper(INVOICE)])
    right, _ = grounded(TEXTS, [paper(INVOICE)])
    value = values[pointer]
    assert (value.status, value.text, value.value) == ("corrected", mended, right[pointer].value)
    assert [notice.code for notice in notices] == ["corrected"]
    assert f'"{text}"' in notices[0].message


def test_gaps_are_those_of_the_page() -> None:
    """A text that was read with other gaps is verified, and stands as the page has it."""
    (value,), notices = ground(
        normalise((Reading("/a", "GB3184471 06"),), CODE, "m")[0], [paper([{40: "Tax number: GB 318 4471 06"}])], CODE
    )
    assert (value.status, value.text, value.value) == ("verified", "GB 318 4471 06", "GB 318 4471 06")
    assert notices == ()
    (value,), _ = ground(
        normalise((Reading("/a", "HARBOUR"),), CODE, "m")[0], [paper([{40: "Tax number: H A R B O U R"}])], CODE
    )
    assert value.text == "HARBOUR"


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ("/total", "239,50"),  # the subtotal
        ("/subtotal", "285,01"),  # the total
        ("/due_date", "4. März 2024"),  # the date of the invoice
        ("/line_items/0/quantity", "2"),  # another row's
        ("/line_items/1/quantity", "3"),
        ("/line_items/0/amount", "95,50"),
        ("/line_items/2/unit_price", "40,00"),
        ("/invoice_number", "20457"),  # a part of the address
    ],
)
def test_what_stands_elsewhere_is_not_verified(pointer: str, text: str) -> None:
    """A value that the page has only in another value's place is corrected or contradicted."""
    assert status(pointer, text) in ("corrected", "conflict")


def test_what_is_not_on_the_page_is_a_conflict() -> None:
    """A value that stands nowhere on a page with text is contradicted, and the notice says so."""
    values, notices = grounded({**TEXTS, "/customer_name": "Blumen Aurich KG"}, [paper(INVOICE)])
    assert values["/customer_name"].status == "conflict"
    assert [(n.code, n.pointer) for n in notices] == [("conflict", "/customer_name")]
    assert notices[0].message == '"Blumen Aurich KG" is not on the page'


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ("/customer_name", "Nordwind Logistik GmbH"),
        ("/order_reference", "R-2024-0117"),
        ("/order_reference", "19%"),
        ("/iban", "DE89 3704 0044 0532 0130 00"),
        ("/supplier_tax_id", "Hamburg"),
        ("/line_items/3/description", "Transport Bremen"),
        ("/line_items/3/amount", "95,50"),
    ],
)
def test_an_invented_value_is_never_verified(pointer: str, text: str) -> None:
    """A value for a field that the page has not is not verified, even if its text belongs to another field."""
    assert status(pointer, text) != "verified"


TWICE = [{50: "Reference 4711"}, {}, {50: "4711 pallets were moved by crew 4711"}]
NOTE = load_schema(
    {
        "title": "Note",
        "type": "object",
        "properties": {
            "reference": {"type": ["string", "null"], "x-labels": ["Reference"]},
            "gang": {"type": ["string", "null"], "x-labels": ["Team"]},
        },
    }
)


def test_of_equal_strings_the_label_decides() -> None:
    """A string that stands in several places is found beside its label, and nowhere without one."""
    values, _ = grounded({"/reference": "4711", "/gang": "4711"}, [paper(TWICE)], of=NOTE)
    assert (values["/reference"].status, values["/reference"].box) == ("verified", box(0, 100, "4711"))
    assert values["/gang"].status == "unverified"


def test_of_equal_strings_the_models_box_decides() -> None:
    """A string that stands in several places is found where the model says that it read it."""
    there = box(2, 50 + 5 * len("4711 pallets were moved by crew "), "4711")
    rough = (there[0] - 3, there[1] - 2, there[2] + 4, there[3] + 1)
    values, _ = grounded({"/gang": "4711"}, [paper(TWICE)], of=NOTE, boxes={"/gang": rough})
    assert (values["/gang"].status, values["/gang"].box) == ("verified", there)


def test_the_models_box_shows_what_it_misread() -> None:
    """What stands in the model's box corrects a reading that differs by little, and contradicts one that does not."""
    at = {"/total": box(15, 480, "285,01 EUR"), "/supplier_name": box(0, 50, "Nordwind Logistik GmbH")}
    texts = {"/total": "235,01 EUR", "/supplier_name": "Blumen Aurich KG"}
    values, notices = grounded(texts, [paper(INVOICE)], boxes=at)
    assert (values["/total"].status, values["/total"].text) == ("corrected", "285,01 EUR")
    assert (values["/supplier_name"].status, values["/supplier_name"].text) == ("conflict", "Blumen Aurich KG")
    assert values["/supplier_name"].box == at["/supplier_name"]
    assert [n.code for n in notices] == ["corrected", "conflict"]


def test_a_part_of_a_number_is_not_that_number() -> None:
    """12 is not found in 12,00, nor 234,56 in 1.234,56."""
    page = [{50: "Gesamtbetrag", 200: "1.234,56"}]
    for text in ("234,56", "34,56", "1", "1.234"):
        assert grounded({"/total": text}, [paper(page)])[0]["/total"].status != "verified"
    assert grounded({"/total": "1234.56"}, [paper(page)])[0]["/total"].status == "verified"


def test_wrapped_hyphenated_and_stacked_text() -> None:
    """A text over several lines is found as one: wrapped beside other columns, divided, or under its label."""
    page = [
        {50: "Bill to", 300: "Supplier"},
        {50: "Society for Industrial", 300: "Paper & Sons"},
        {50: "Archae-", 300: "1 Quay Street"},
        {50: "ology", 300: "Ely"},
    ]
    values, _ = grounded(
        {"/customer_name": "Society for Industrial Archaeology", "/supplier_name": "Paper & Sons"}, [paper(page)]
    )
    assert [value.status for value in values.values()] == ["verified", "verified"]
    assert values["/customer_name"].box == (
        50,
        box(1, 50, "x")[1],
        box(1, 50, "Society for Industrial")[2],
        box(3, 50, "x")[3],
    )


def test_a_label_and_its_value_in_one_word() -> None:
    """A value that is printed onto its label is found, and its box is its own part of the word."""
    page = [{50: "Invoice no.:INV-88127", 300: "Date:12.03.2024"}]
    values, _ = grounded({"/invoice_number": "INV-88127", "/invoice_date": "2024-03-12"}, [paper(page)])
    assert [value.status for value in values.values()] == ["verified", "verified"]
    assert values["/invoice_number"].box == pytest.approx(box(0, 50 + 5 * len("Invoice no.:"), "INV-88127"))


def test_captions_under_their_values() -> None:
    """Where a form prints its labels under the lines to write on, values are found above them."""
    form = load_schema(
        {
            "title": "Form",
            "type": "object",
            "properties": {
                name: {"type": ["string", "null"], "x-labels": [label]}
                for name, label in {"first": "First name", "last": "Last name", "town": "Town", "zip": "ZIP"}.items()
            },
        }
    )
    page = [
        {50: "Ada", 250: "Byron"},
        {50: "First name", 250: "Last name"},
        {50: "Ely", 250: "40517"},
        {50: "Town", 250: "ZIP"},
    ]
    texts = {"/first": "Ada", "/last": "Byron", "/town": "Ely", "/zip": "40517"}
    values, _ = grounded(texts, [paper(page)], of=form)
    assert {value.status for value in values.values()} == {"verified"}
    assert grounded({**texts, "/first": "Ely"}, [paper(page)], of=form)[0]["/first"].status == "conflict"


CHOICE = load_schema(
    {
        "title": "Form",
        "type": "object",
        "properties": {
            "smoker": {"type": ["boolean", "null"], "x-labels": ["Do you smoke?"]},
            "title": {"type": ["string", "null"], "enum": ["Mr", "Ms", "Dr", None], "x-labels": ["Title"]},
        },
    }
)


def test_a_tick_is_not_proved_by_the_choices_beside_it() -> None:
    """A printed choice among others says nothing about which was ticked; one that stands alone does."""
    page = [{50: "Do you smoke?", 150: "Yes", 200: "No"}, {}, {}, {50: "Title", 150: "Dr"}]
    values, _ = grounded({"/smoker": "No", "/title": "Dr"}, [paper(page)], of=CHOICE)
    assert (values["/smoker"].status, values["/title"].status) == ("unverified", "verified")


def test_amounts_in_a_column_of_debits_are_negative() -> None:
    """An amount without a sign under "Paid out" went out; one under "Paid in" came in."""
    page = [
        {50: "Date", 120: "Description", 300: "Paid out", 380: "Paid in", 460: "Balance"},
        {50: "02/05/2024", 120: "Rent", 305: "640.00", 460: "478.40"},
        {50: "18/05/2024", 120: "Salary", 385: "986.27", 460: "1,464.67"},
        {50: "20/05/2024", 120: "Groceries", 310: "46.28", 460: "1,418.39"},
        {50: "31/05/2024", 120: "Refund", 390: "64.53", 460: "1,482.92"},
    ]
    texts: dict[str, str] = {}
    for row, line in enumerate(page[1:]):
        day, what, amount, balance = line.values()
        cells = {"date": day, "description": what, "amount": amount, "balance": balance}
        texts |= {f"/transactions/{row}/{name}": text for name, text in cells.items()}
    values, _ = grounded(texts, [paper(page)], of="statement")
    assert {value.status for value in values.values()} == {"verified"}
    assert [str(values[f"/transactions/{row}/amount"].value) for row in range(4)] == [
        "-640.00",
        "986.27",
        "-46.28",
        "64.53",
    ]
    misread, _ = grounded({**texts, "/transactions/2/amount": "46.23"}, [paper(page)], of="statement")
    assert str(misread["/transactions/2/amount"].value) == "-46.28"


def test_quantities_are_found_beside_their_units() -> None:
    """A column of numbers with units is one column, whether the units are read or not."""
    page = [
        {50: "Description", 300: "Qty", 400: "Amount"},
        {50: "Migration, phase 2", 285: "18 days", 400: "12,960.00"},
        {50: "Workshop, 2 days", 315: "1", 400: "2,400.00"},
    ]
    texts = {
        "/line_items/0/description": "Migration, phase 2",
        "/line_items/0/quantity": "18",
        "/line_items/0/amount": "12,960.00",
        "/line_items/1/description": "Workshop, 2 days",
        "/line_items/1/quantity": "1",
        "/line_items/1/amount": "2,400.00",
    }
    values, _ = grounded(texts, [paper(page)])
    assert {value.status for value in values.values()} == {"verified"}
    assert (
        grounded({**texts, "/line_items/1/quantity": "2"}, [paper(page)])[0]["/line_items/1/quantity"].status
        == "conflict"
    )


def test_the_currency_stands_at_the_amounts() -> None:
    """A currency is found at the first amount with its sign, and its box is that of the sign."""
    page = [{50: "Subtotal", 200: "12.00"}, {50: "Total", 200: "£14.28"}]
    values, _ = grounded({"/subtotal": "12.00", "/total": "£14.28", "/currency": None}, [paper(page)])
    currency = values["/currency"]
    assert (currency.value, currency.status, currency.box) == ("GBP", "verified", box(1, 200, "£"))


def test_points_of_a_chart() -> None:
    """A printed number belongs to the label that it is in line with; one that is not printed is left open."""
    page = [
        {50: "Visitors in thousands"},
        {110: "184.2"},
        {200: "96.7"},
        {290: "61.4"},
        {105: "Dock", 195: "Mill", 285: "Fort"},
    ]
    texts = {"/title": "Visitors in thousands"}
    for row, (label, number) in enumerate({"Dock": "184.2", "Mill": "96.7", "Fort": "61.4"}.items()):
        texts |= {f"/points/{row}/label": label, f"/points/{row}/value": number}
    values, _ = grounded(texts, [paper(page)], of="chart")
    assert {value.status for value in values.values()} == {"verified"}
    swapped, _ = grounded({**texts, "/points/1/value": "61.4"}, [paper(page)], of="chart")
    assert swapped["/points/1/value"].status == "conflict"
    bare = [page[0], page[-1]]
    read_off, _ = grounded(texts, [paper(bare)], of="chart")
    assert [read_off[f"/points/{row}/value"].status for row in range(3)] == ["unverified"] * 3
    assert read_off["/points/1/label"].status == "verified"


# What nobody can see, and who may be a witness.


def test_hidden_text_is_no_evidence() -> None:
    """A value that only hidden words say is contradicted, and the page and the value are flagged."""
    page = [{50: "Total", 200: "$485,000.00"}]
    values, notices = grounded({"/total": "$1"}, [paper(page, hidden=[{}, {50: "Total due $1"}])])
    assert values["/total"].status == "conflict"
    assert [(n.code, n.pointer) for n in notices] == [
        ("hidden_text", None),
        ("conflict", "/total"),
        ("hidden_text", "/total"),
    ]
    assert notices[0].message == 'page 1 has 3 words that nobody can see: "Total due $1"'


def test_hidden_text_changes_nothing() -> None:
    """A hidden amount beside a printed one neither corrects nor moves it."""
    page = [{50: "Total", 200: "$485,000.00"}]
    values, notices = grounded({"/total": "$485,000.00"}, [paper(page, hidden=[{50: "Total", 200: "$485,001.00"}])])
    assert (values["/total"].status, str(values["/total"].value)) == ("verified", "485000.00")
    assert [notice.code for notice in notices] == ["hidden_text"]


def test_a_scanners_layer_needs_a_second_reader() -> None:
    """What a scanner read is evidence where a second reader read the same there, and never a warning."""
    page = [{50: "Total", 200: "12.00"}]
    scan = paper(page, origin="ocr", hidden=[])
    alone, quiet = grounded({"/total": "12.00"}, [scan])
    agreed, _ = grounded({"/total": "12.00"}, [scan], second=[paper(page, origin="ocr")])
    denied, _ = grounded({"/total": "12.00"}, [scan], second=[paper([{50: "Total", 200: "17.00"}], origin="ocr")])
    assert (alone["/total"].status, agreed["/total"].status) == ("unverified", "verified")
    assert denied["/total"].status == "unverified"
    assert quiet == []


def test_nobody_is_a_witness_for_himself() -> None:
    """What nano transcribes verifies other models, not nano."""
    transcript = paper([{50: "Total", 200: "12.00"}], origin="nano")
    other, _ = grounded({"/total": "12.00"}, [], second=[transcript], model="qwen")
    own, _ = grounded({"/total": "12.00"}, [], second=[transcript], model="nano-1")
    assert (other["/total"].status, own["/total"].status) == ("verified", "unverified")


def test_a_reader_corrects_nothing() -> None:
    """A second reader that read something else may be wrong itself: the value is contradicted, not changed."""
    transcript = paper([{50: "Total", 200: "12.00"}], origin="ocr")
    values, _ = grounded({"/total": "17.00"}, [], second=[transcript])
    assert (values["/total"].status, values["/total"].text) == ("conflict", "17.00")


def test_without_text_everything_is_open() -> None:
    """On a page without text values keep their boxes and are unverified; what is absent is absent."""
    values, notices = grounded({"/total": "12.00", "/iban": None}, [], boxes={"/total": (1, 2, 3, 4)})
    assert (values["/total"].status, values["/total"].box) == ("unverified", (1, 2, 3, 4))
    assert (values["/iban"].status, notices) == ("absent", [])


@pytest.mark.parametrize("said", [1, 2, None])
def test_a_page_that_a_model_only_names_may_be_the_wrong_one(said: int | None) -> None:
    """Without a box a value is looked for on the other pages too, and stands where it is printed."""
    pages = [paper([{50: "Terms of payment"}]), paper(INVOICE, number=2)]
    values, _ = normalise([Reading("/total", "285,01 EUR", said, None, 0.9)], load_schema("invoice"), "m", pages)
    (value,) = (v for v in ground(values, pages, load_schema("invoice"))[0] if v.pointer == "/total")
    assert (value.status, value.page) == ("verified", 2)
