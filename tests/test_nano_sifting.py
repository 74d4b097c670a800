"""Of what is found beside a field's labels, what cannot be its value goes, and of a sum's amounts the largest stays."""

from __future__ import annotations

import pytest

from docpipe.models.nano_sifting import announcing, parted, sifted, totals
from docpipe.nano.reading import Answer, Ask
from docpipe.schema import load_schema

INVOICE = load_schema("invoice")


def _sifted(path: str, *found: tuple[str | None, float], total: bool = False) -> list[str | None]:
    """The texts that are left of a field's answers."""
    leaf = INVOICE.leaf(path)
    assert leaf is not None
    return [a.text for a in sifted(leaf, [Answer(text, None, sure, token=3) for text, sure in found], total=total)]


def test_a_sum_is_what_a_rule_says_to_be_one() -> None:
    """`subtotal + tax_amount == total` makes a sum of the total; sums over rows, which may be negative, make none."""
    assert totals(INVOICE) == {"/total": ("/subtotal", "/tax_amount")}
    assert totals(load_schema("statement")) == {}


@pytest.mark.parametrize(
    ("path", "wrong", "right"),
    [
        ("/due_date", "on receipt of goods", "03/25/2024"),
        ("/tax_amount", "GST 867 CASH", "£12.40"),
        ("/customer_name", "K-10432", "Hausverwaltung Sommerfeld"),
    ],
)
def test_what_is_not_of_the_type_goes_before_what_is(path: str, wrong: str, right: str) -> None:
    """A surer answer of another type does not win; alone it stays, so that it is looked at again."""
    assert _sifted(path, (None, 0.9), (wrong, 0.95), (right, 0.4)) == [None, None, right]
    assert _sifted(path, (None, 0.9), (wrong, 0.95)) == [None, wrong]
    assert _sifted(path, (wrong, 0.9), (right, 0.4)) == [wrong, right]


def test_what_is_no_currency_is_not_even_looked_at_again() -> None:
    """The currency seldom has a label: asked from anywhere, a name is answered, and lost to whom it belongs."""
    assert _sifted("/currency", ("Frischmarkt Hellweg", 0.97)) == [None]
    assert _sifted("/currency", ("Total amount", 0.95), ("EUR", 0.4), ("€", 0.3)) == [None, "EUR", "€"]


def test_an_amount_without_any_of_its_labels_is_not_the_fields() -> None:
    """Amounts have labels; a name may have none."""
    assert _sifted("/subtotal", ("99.00", 0.9)) == [None]
    assert _sifted("/subtotal", ("99.00", 0.9), (None, 0.6)) == ["99.00", None]
    assert _sifted("/supplier_name", ("Acme Ltd", 0.9)) == ["Acme Ltd"]


def test_what_announces_another_value_is_no_text() -> None:
    """Labels, also in words that the schema does not list, are no names; what a document or an amount is called may be.

    A "Service agreement" is the title of a contract, and "Cash" a way to pay.
    """
    asks = {leaf.path: Ask(leaf.labels, (leaf.key.replace("_", " "),)) for leaf in INVOICE.leaves if not leaf.array}
    announced = announcing(INVOICE, asks)
    leaf = INVOICE.leaf("/supplier_name")
    assert leaf is not None
    found = [Answer(text, None, 0.9, token=3) for text in ("Sold to", "RECHNUNGSEMPFÄNGER:", "Acme Ltd")]
    assert [a.text for a in sifted(leaf, found, total=False, announced=announced)] == [None, None, "Acme Ltd"]
    assert not announced & {"invoice", "tax invoice", "total", "subtotal", "cash"}


@pytest.mark.parametrize(
    ("path", "wrong", "right"),
    [
        ("/supplier_name", "Total TTC 151,61 CHF", "Atelier 12"),
        ("/customer_name", "RM 3.61", "3M Ltd. 2.0"),
        ("/invoice_number", "FACTUUR", "A-7"),
    ],
)
def test_an_amount_is_no_name_and_a_number_has_figures(path: str, wrong: str, right: str) -> None:
    """Also where nothing else was found; what is called a reference may be words."""
    assert _sifted(path, (right, 0.9)) == [right]
    assert _sifted(path, (wrong, 0.9)) == [None]
    assert _sifted("/order_reference", ("by telephone", 0.9)) == ["by telephone"]


def test_of_a_sum_the_largest_amount_counts() -> None:
    """The sum holds the others; amounts that are hardly sure and counts of things do not compete."""
    assert _sifted("/total", (None, 0.5), ("37.50", 0.98), ("39.75", 0.79), total=True) == [None, None, "39.75"]
    assert _sifted("/total", (None, 0.5), ("37.50", 0.98), ("89.75", 0.3), total=True) == [None, "37.50", None]
    assert _sifted("/total", (None, 0.5), ("37.50", 0.98), ("250", 0.9), total=True) == [None, "37.50", None]
    assert _sifted("/total", ("99.00", 0.9), ("37.50", 0.2), total=True) == ["99.00", "37.50"]
    assert _sifted("/subtotal", (None, 0.5), ("37.50", 0.98), ("39.75", 0.7)) == [None, "37.50", "39.75"]


def test_no_part_is_more_than_its_total() -> None:
    """A part without a label that is more than the total goes; one beside its label stays for the rules to judge."""

    def found(text: str) -> Answer:
        return Answer(text, None, 0.8, token=3)

    absent = Answer(None, None, 0.7)
    answers = {"/subtotal": [absent, found("99.00")], "/tax_amount": [found("61414.00"), absent]}
    kept = parted(totals(INVOICE), answers | {"/total": [absent, found("£1,414.00")]})
    assert [[a.text for a in own] for own in kept.values()] == [[None, "99.00"], [None, None], [None, "£1,414.00"]]
    assert parted(totals(INVOICE), answers) == answers


def test_the_print_that_is_the_total_is_none_of_its_parts() -> None:
    """Also beside a label that both may have, and where another look tells its place a few pixels off."""

    def found(text: str, x: float, y: float) -> Answer:
        return Answer(text, None, 0.8, token=3, first=(x, y))

    absent = Answer(None, None, 0.7)
    answers = {
        "/subtotal": [absent, found("12.00", 203.0, 95.0)],
        "/tax_amount": [absent, found("12.00", 200.0, 60.0)],
        "/total": [absent, found("12.00", 200.0, 98.0)],
    }
    kept = parted(totals(INVOICE), answers)
    assert [[a.text for a in own] for own in kept.values()] == [[None, None], [None, "12.00"], [None, "12.00"]]


def test_what_goes_is_said_to_be_absent() -> None:
    """Nothing is left of it but how likely it is that there is nothing."""
    leaf = INVOICE.leaf("/total")
    assert leaf is not None
    found = [Answer(None, None, 0.5), Answer("1.00", (1, 2, 3, 4), 0.75, token=3), Answer("2.00", None, 0.75, token=4)]
    _, gone, kept = sifted(leaf, found, total=True)
    assert gone == Answer(None, None, 0.25)
    assert kept == found[2]


def test_what_documents_are_called_is_no_name() -> None:
    """No bank is called "Bank statement"; a field that is no name may say it."""
    bank, title = load_schema("statement").leaf("/bank_name"), load_schema("contract").leaf("/title")
    assert bank is not None
    assert title is not None
    found = [Answer("Bank Statement", None, 0.9, token=3)]
    assert [a.text for a in sifted(bank, found, total=False, titles={"bank statement"})] == [None]
    assert [a.text for a in sifted(title, found, total=False, titles={"bank statement"})] == ["Bank Statement"]
