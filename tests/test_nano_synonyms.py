"""What fields are called becomes labels to look for, on paper in any of the languages."""

from __future__ import annotations

import pytest

from docpipe.nano.labels import Printed, everywhere, sought, surest
from docpipe.nano.reading import Answer, Ask
from docpipe.nano.synonyms import of_issuer, synonyms
from docpipe.nano.transcribing import Character, Line


def line(text: str, y: float) -> Line:
    """A printed line of one word a word, eight pixels a character."""
    words, x = [], 10.0
    for word in text.split():
        words.append([Character(c, x + 8 * n, y, 0.9) for n, c in enumerate(word)])
        x += 8 * (len(word) + 2)
    return words


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ("vendor", "Lieferant"),
        ("due date", "Fällig am"),
        ("Entro quando bisogna pagare?", "Scadenza"),
        ("What is the due date of this bill, please?", "Échéance"),
        ("iban", "Bankverbindung"),
    ],
)
def test_a_name_is_looked_for_as_it_is_printed_in_any_language(asked: str, label: str) -> None:
    """Names, questions and words inside of longer questions stand for all labels of what they mean."""
    assert label in synonyms(Ask((), (asked,)))


def test_a_name_that_is_not_known_is_looked_for_itself() -> None:
    """Any short name may be a label; a question or a description is none."""
    assert synonyms(Ask((), ("patient blood group",))) == ("patient blood group",)
    assert synonyms(Ask((), ("Which bees live longest?",))) == ()
    assert synonyms(Ask((), ("the colour that the second of the walls had before",))) == ()


def test_a_name_of_several_things_has_the_labels_that_all_of_them_have() -> None:
    """ "vendor" is the supplier of an invoice and the one an order goes to, whose label may be "To"."""
    labels = synonyms(Ask((), ("vendor",)))
    assert "Supplier" in labels
    assert "To" not in labels


def test_kinds_of_documents_and_starts_of_rows_are_not_looked_up() -> None:
    """They have no labels."""
    assert synonyms(Ask((), ("vendor",), "fits")) == ()
    assert synonyms(Ask((), ("line items",), "starts")) == ()


def test_labels_of_the_schema_come_first() -> None:
    """Who names labels means those; what else a field may be called counts where little stands beside them."""
    page = Printed([line("Vendor", 20.0), line("Sold by", 60.0)])
    (both,) = sought([Ask(("Sold by",), ("vendor",))], page)
    ((known,),) = sought([Ask(("Our shop",), ("vendor",))], page)
    assert {place.label: place.y for place in both} == {"Sold by": 60.0 / 16, "Vendor": 20.0 / 16}
    assert (known.label, known.y) == ("Vendor", 20.0 / 16)
    nothing, own = Answer(None, None, 0.9), Answer("Own", None, 0.6)
    other = Answer("Acme", None, 0.9, by_synonym=True)
    assert surest([nothing, own, other]) is own
    assert surest([nothing, nothing, other]) is other


def test_a_column_is_called_other_things_than_a_field() -> None:
    """ "amount" heads a column as "Betrag" and no rent."""
    assert "Betrag" in synonyms(Ask((), ("amount",), "amount", anchor=3))
    assert "Miete" not in synonyms(Ask((), ("amount",), "amount", anchor=3))


def test_a_question_is_asked_beside_the_label_it_means() -> None:
    """The question goes to the place of the printed label."""
    ((alone, beside),) = everywhere([Ask((), ("When is the invoice due?",))], Printed([line("Fällig am", 20.0)]))
    assert alone.near is None
    assert beside.near is not None
    assert beside.near[1] == pytest.approx(20.0 / 16)


@pytest.mark.parametrize(
    ("named", "issues"),
    [("supplier name", True), ("vendor", True), ("Which shop is it?", True), ("customer name", False), ("iban", False)],
)
def test_who_issued_a_document_is_told_from_others(named: str, issues: bool) -> None:
    """The supplier, the shop, the bank; not who is written to, and no number."""
    assert of_issuer((named,)) is issues
