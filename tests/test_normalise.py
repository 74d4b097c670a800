"""What a print means: every way of writing an amount, a date or a yes becomes the same value, or a notice."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from babel.numbers import format_currency, format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from docpipe.normalise import normalise
from docpipe.printed.amounts import read_amount, read_currency
from docpipe.printed.dates import read_date, read_time
from docpipe.schema import load_schema
from docpipe.types import Page, PageText, Reading, Source, Value, Word

SAMPLES = Path(__file__).resolve().parent.parent / "samples"

AMOUNTS = {
    "1,234.56": "1234.56",
    "1.234,56 €": "1234.56",
    "1 234,56": "1234.56",
    "1\u202f234,56 €": "1234.56",
    "1'234.50": "1234.50",
    "CHF 1’200.00": "1200.00",
    "12,34,567.00": "1234567.00",
    "1.234.567": "1234567",
    "(12.00)": "-12.00",
    "($1,200.00)": "-1200.00",
    "€(12.00)": "-12.00",
    "12.00-": "-12.00",
    "−12,50": "-12.50",
    "- 12.50": "-12.50",
    "12.00 DR": "-12.00",
    "12.00 CR": "12.00",
    "1.234,56 S": "-1234.56",
    "1.234,56 H": "1234.56",
    "12,-": "12",
    "12,-- EUR": "12",
    "19 %": "19",
    ".50": "0.50",
    "0.125": "0.125",
    "3,4 Mio. €": "3400000",
    "$1.2M": "1200000",
    "1.234 EUR": "1234",
    "¥12,000": "12000",
    "12 Stk.": "12",
    "2x": "2",
    "12.5 kg": "12.5",
    "Total: 12.00": "12.00",
    "£1,250 p.a.": "1250",
    "5 US-Dollar": "5",
}

DATES = {
    "2024-03-04": "2024-03-04",
    "04.03.2024": "2024-03-04",
    "4.3.24": "2024-03-04",
    "12. 3. 2024": "2024-03-12",
    "13/03/2024": "2024-03-13",
    "03/13/2024": "2024-03-13",
    "4 March 2024": "2024-03-04",
    "March 4th, 2024": "2024-03-04",
    "the 4th day of March, 2024": "2024-03-04",
    "Monday, 4 March 2024": "2024-03-04",
    "4. März 2024": "2024-03-04",
    "Berlin, den 4. März 2024": "2024-03-04",
    "1er mars 2024": "2024-03-01",
    "12 août 2023": "2023-08-12",
    "4 de marzo de 2024": "2024-03-04",
    "4 maart 2024": "2024-03-04",
    "4 marzo 2024": "2024-03-04",
    "04-MAR-2024": "2024-03-04",
    "Sept. 3, 2024": "2024-09-03",
    "20240304": "2024-03-04",
    "2024年3月4日": "2024-03-04",
    "4 marca 2024": "2024-03-04",
    "04.03.2024 14:30": "2024-03-04",
}

TIMES = {
    "14:32": "14:32",
    "14:32:05": "14:32:05",
    "2:32 PM": "14:32",
    "12:05 am": "00:05",
    "14h32": "14:32",
    "14.32 Uhr": "14:32",
    "9 am": "09:00",
    "2024-03-04T10:00:00": "10:00:00",
}

CURRENCIES = {
    "€": "EUR",
    "eur": "EUR",
    "Euro": "EUR",
    "EUR (€)": "EUR",
    "1.234,56 EUR": "EUR",
    "$": "USD",
    "US$": "USD",
    "US-Dollar": "USD",
    "C$": "CAD",
    "livres sterling": "GBP",
    "Schweizer Franken": "CHF",
    "zł": "PLN",
    "RM": "MYR",
    "Rp": "IDR",
}


def schema(**properties: dict[str, Any]) -> Any:
    """An inline schema of these properties."""
    return load_schema({"title": "Slip", "type": "object", "properties": properties})


def value_of(text: str, **leaf: Any) -> Value:
    """The value that a text becomes for one leaf, alone in its document."""
    (value,), _ = normalise([Reading("/it", text)], schema(it=leaf), "m")
    return value


def invoice(**texts: str | None) -> tuple[dict[str, Value], dict[str, list[str]]]:
    """Values by key and codes of notices by key for these readings of an invoice."""
    readings = [Reading("/" + key.replace("__", "/"), text) for key, text in texts.items()]
    values, notices = normalise(readings, load_schema("invoice"), "m")
    codes: dict[str, list[str]] = {}
    for notice in notices:
        codes.setdefault((notice.pointer or "")[1:], []).append(notice.code)
    return {value.pointer[1:]: value for value in values}, codes


@pytest.mark.parametrize(("printed", "meant"), AMOUNTS.items())
def test_amounts(printed: str, meant: str) -> None:
    """An amount is read whatever its decimal sign, its grouping, its minus and its currency."""
    amount = read_amount(printed)
    assert amount is not None
    assert (amount.value, amount.ambiguous) == (Decimal(meant), False)


@pytest.mark.parametrize("printed", ["1.234.50", "12.50.3", "1,2a4.50", "abc", "10-12", "2 x 5.00", "", "12/2024"])
def test_no_amounts(printed: str) -> None:
    """What is no amount, or two of them, is not read as one."""
    assert read_amount(printed) is None


@settings(max_examples=150, deadline=None)
@given(
    number=st.decimals(min_value=0, max_value=10**9, places=2),
    locale=st.sampled_from(["en_GB", "de_DE", "fr_FR", "es_ES", "nl_NL", "it_IT"]),
    currency=st.sampled_from(["EUR", "USD", "GBP", None]),
)
def test_money_round_trips(number: Decimal, locale: str, currency: str | None) -> None:
    """Money as six countries print it comes back as the number that was printed."""
    if currency is None:
        printed = format_decimal(number, format="#,##0.00", locale=locale)
    else:
        printed = format_currency(number, currency, locale=locale)
    amount = read_amount(printed)
    assert amount is not None, printed
    assert (amount.value, amount.currency) == (number, currency)


@pytest.mark.parametrize(("printed", "meant"), DATES.items())
def test_dates(printed: str, meant: str) -> None:
    """A date is read in numbers and in words of six languages, with what stands around it."""
    found = read_date(printed)
    assert found is not None
    assert str(found.day()) == meant
    assert not found.ambiguous


@pytest.mark.parametrize(
    "printed", ["31.02.2024", "2024-13-04", "March 2024", "12/2024", "yesterday", "25 Zul 24", "12"]
)
def test_no_dates(printed: str) -> None:
    """What is no day is not read as one."""
    assert read_date(printed) is None


@pytest.mark.parametrize(("printed", "meant"), TIMES.items())
def test_times(printed: str, meant: str) -> None:
    """A clock time is read with twelve and with twenty-four hours."""
    assert read_time(printed) == meant


@pytest.mark.parametrize(("printed", "meant"), CURRENCIES.items())
def test_currencies(printed: str, meant: str) -> None:
    """A currency is read from its code, its sign, its name and an amount in it."""
    found = read_currency(printed)
    assert found is not None
    assert found[0] == meant


@pytest.mark.parametrize("printed", ["Ja", "oui", "sí", "X", "[x]", "☒", "✓", "checked", "Yes, weekly"])
def test_yes(printed: str) -> None:
    """A yes in six languages, a cross and a tick are true."""
    assert value_of(printed, type=["boolean", "null"]).value is True


@pytest.mark.parametrize("printed", ["Nein", "non", "nee", "[ ]", "☐", "unchecked", "False"])
def test_no(printed: str) -> None:
    """A no in six languages and an empty box are false."""
    assert value_of(printed, type=["boolean", "null"]).value is False


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("Bar chart", "bar"), ("PIE", "pie"), ("lime", None), ("line", "line"), ("barr", "bar"), ("scatter", None)],
)
def test_choices(printed: str, meant: str | None) -> None:
    """A choice is found by its label, with a misread letter in a long enough word, and never guessed."""
    leaf = {"type": ["string", "null"], "enum": ["bar", "line", "pie", None]}
    assert value_of(printed, **leaf).value == meant


def test_strings_are_cleaned() -> None:
    """Texts lose spaces and line breaks, an IBAN and an e-mail address every space."""
    assert value_of("  Sea\n  View ", type="string").value == "Sea View"
    assert value_of("Zahlungs-\nbedingungen", type="string").value == "Zahlungsbedingungen"
    assert value_of("a. mole@ post.example", type="string", format="email").value == "a.mole@post.example"
    values, _ = invoice(iban="IBAN: de89 3704 0044 0532 0130 00")
    assert values["iban"].value == "DE89370400440532013000"
    values, _ = invoice(iban="DE89 3704 0044 0532 0130 00 COBADEFF")  # the check digits hold without the bank's code
    assert values["iban"].value == "DE89370400440532013000"


def test_an_iban_with_wrong_check_digits_is_doubted() -> None:
    """It stays as it is printed; an account number of another form has no such digits."""
    values, codes = invoice(iban="DE88 3704 0044 0532 0130 00")
    assert (values["iban"].value, codes) == ("DE88370400440532013000", {"iban": ["check_digits"]})
    values, codes = invoice(iban="US1234567890")
    assert (values["iban"].value, codes) == ("US1234567890", {})


def test_integers_are_whole() -> None:
    """A whole number may be printed with zeros behind its sign, and nothing else."""
    assert value_of("3.00", type="integer").value == 3
    assert value_of("3.50", type="integer").value is None


def test_decimal_sign_comes_from_the_document() -> None:
    """1.234 are thousands beside 12,50, one and a bit beside 12.50, and doubtful alone."""
    german, _ = invoice(total="1.234", subtotal="12,50")
    english, _ = invoice(total="1.234", subtotal="12.50")
    alone, codes = invoice(total="1.234")
    assert (german["total"].value, english["total"].value) == (Decimal(1234), Decimal("1.234"))
    assert (alone["total"].value, codes["total"]) == (Decimal(1234), ["ambiguous_value"])


def test_decimal_sign_comes_from_the_language() -> None:
    """Without another amount the language of the document decides."""
    values, codes = invoice(total="1.234", supplier_name="Rechnung der Bäckerei und Mühle für Sie")
    assert values["total"].value == Decimal(1234)
    assert "total" not in codes


def test_day_and_month_come_from_the_document() -> None:
    """03/04/2024 is told by another date of the document, by the schema's order of dates, else it is doubtful."""
    day_first, _ = invoice(invoice_date="03/04/2024", due_date="25/04/2024")
    month_first, _ = invoice(invoice_date="03/04/2024", due_date="04/25/2024")
    by_rule, sure = invoice(invoice_date="03/04/2024", due_date="02/05/2024")
    german, _ = invoice(invoice_date="03/04/2024", supplier_name="Rechnung der Bäckerei für Sie")
    alone, codes = invoice(invoice_date="03/04/2024")
    assert day_first["invoice_date"].value == "2024-04-03"
    assert month_first["invoice_date"].value == "2024-03-04"
    assert (by_rule["invoice_date"].value, sure) == ("2024-04-03", {})
    assert german["invoice_date"].value == "2024-04-03"
    assert (alone["invoice_date"].value, codes["invoice_date"]) == ("2024-04-03", ["ambiguous_value"])


def test_the_page_tells_day_from_month() -> None:
    """The text of the pages is part of the document: one unambiguous date there settles those that were read."""
    page = Page(Source("a.pdf", "0", "application/pdf"), 1, 595, 842)
    words = (Word("Printed", (50, 50, 90, 60)), Word("12/25/2024", (95, 50, 150, 60)))
    text = [PageText(page, words, "layer")]
    values, notices = normalise([Reading("/due_date", "03/04/2024")], load_schema("invoice"), "m", text)
    assert (values[0].value, notices) == ("2024-03-04", ())


def test_year_of_a_statement() -> None:
    """A day without a year is of the year in which the statement's period has it, across New Year too."""
    readings = [
        Reading("/period_start", "15.12.2023"),
        Reading("/period_end", "14.01.2024"),
        Reading("/transactions/0/date", "28.12."),
        Reading("/transactions/1/date", "03.01."),
    ]
    values, notices = normalise(readings, load_schema("statement"), "m")
    assert [value.value for value in values[2:]] == ["2023-12-28", "2024-01-03"]
    assert notices == ()


def test_what_cannot_be_converted_keeps_its_text() -> None:
    """A text that is no amount stays, without a value, and says so."""
    values, codes = invoice(total="see overleaf")
    assert (values["total"].text, values["total"].value) == ("see overleaf", None)
    assert codes["total"] == ["not_converted"]


def test_currency_from_the_amounts() -> None:
    """A currency that was not read is that of the amounts, in the place of the first of them."""
    readings = [
        Reading("/subtotal", "12.00"),
        Reading("/total", "€ 14.28", page=2, box=(1, 2, 3, 4), confidence=0.9),
        Reading("/currency", None),
    ]
    values, notices = normalise(readings, load_schema("invoice"), "m")
    currency = values[2]
    assert (currency.text, currency.value, currency.page, currency.box) == ("€", "EUR", 2, (1, 2, 3, 4))
    assert notices == ()


def test_currency_of_two_kinds_is_not_guessed() -> None:
    """Amounts in two currencies say nothing about the document's."""
    values, _ = invoice(subtotal="€ 12.00", total="£ 14.28", currency=None)
    assert (values["currency"].value, values["currency"].status) == (None, "absent")


def test_dollars() -> None:
    """A bare $ is the US dollar, unless the document names another, and doubtful when it names both."""
    plain, _ = invoice(currency="$", total="$12.00")
    canadian, codes = invoice(currency="$", supplier_name="Maple Ltd, all prices in CAD")
    both, doubtful = invoice(currency="$", supplier_name="Maple Ltd, CAD or USD")
    assert (plain["currency"].value, canadian["currency"].value, both["currency"].value) == ("USD", "CAD", "USD")
    assert "currency" not in codes
    assert doubtful["currency"] == ["ambiguous_value"]


def test_absent_and_unknown() -> None:
    """A reading of nothing is absent; one of a place that the schema has not is left out and said."""
    values, notices = normalise([Reading("/total", None), Reading("/colour", "red")], load_schema("receipt"), "m")
    assert [(value.pointer, value.status, value.value) for value in values] == [("/total", "absent", None)]
    assert [(notice.code, notice.pointer) for notice in notices] == [("unknown_field", "/colour")]


def _truth(data: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data


def test_every_sample_is_read_as_it_is_meant() -> None:
    """The texts that the samples print become the data that they mean.

    A statement's amount that only its column makes negative is compared without its sign. One form is printed with an
    IBAN that is none.
    """
    wrong = []
    for path in sorted(SAMPLES.glob("*.json")):
        if path.name.endswith(".schema.json"):
            continue
        truth = json.loads(path.read_text("utf-8"))
        name = truth["schema"]
        of = load_schema(SAMPLES / name if name.endswith(".json") else name)
        values, notices = normalise([Reading(p, text) for p, text in truth["texts"].items()], of, "truth")
        wrong += [(path.stem, notice.pointer, notice.message) for notice in notices]
        for value in values:
            meant = _truth(truth["data"], value.pointer)
            if isinstance(meant, float | int) and not isinstance(meant, bool):
                right = isinstance(value.value, Decimal | int) and abs(value.value) == abs(Decimal(str(meant)))
            else:
                right = str(value.value).replace(" ", "") == str(meant).replace(" ", "")
            wrong += [] if right else [(path.stem, value.pointer, f"{value.text}: {value.value}, not {meant}")]
    assert wrong == [("form-10", "/iban", '"DE41 2545 0001 0007 7218 63": its check digits do not hold')]
