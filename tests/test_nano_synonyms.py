"""What fields are called becomes labels to look for, on paper in any of the languages."""

from __future__ import annotations

import pytest

from docpipe.nano.labels import Printed, everywhere
from docpipe.nano.reading import Ask
from docpipe.nano.synonyms import sought
from docpipe.nano.transcribing import Character


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
    assert label in sought(Ask((), (asked,)))


def test_a_name_that_is_not_known_is_looked_for_itself() -> None:
    """Any short name may be a label; a question or a description is none."""
    assert sought(Ask((), ("patient blood group",))) == ("patient blood group",)
    assert sought(Ask((), ("Which bees live longest?",))) == ()
    assert sought(Ask((), ("the colour that the second of the walls had before",))) == ()


def test_a_name_of_several_things_has_the_labels_that_all_of_them_have() -> None:
    """ "vendor" is the supplier of an invoice and the one an order goes to, whose label may be "To"."""
    labels = sought(Ask((), ("vendor",)))
    assert "Supplier" in labels
    assert "To" not in labels


def test_labels_of_the_schema_stand_alone() -> None:
    """Who names labels means those; kinds of documents and starts of rows have none."""
    assert sought(Ask(("Our vendor",), ("vendor",))) == ("Our vendor",)
    assert sought(Ask((), ("vendor",), "fits")) == ()
    assert sought(Ask((), ("line items",), "starts")) == ()


def test_a_column_is_called_other_things_than_a_field() -> None:
    """ "amount" heads a column as "Betrag" and no rent."""
    assert "Betrag" in sought(Ask((), ("amount",), "amount", anchor=3))
    assert "Miete" not in sought(Ask((), ("amount",), "amount", anchor=3))


def test_a_question_is_asked_beside_the_label_it_means() -> None:
    """The question goes to the place of the printed label."""
    line = [[Character("Fällig"[i], 10.0 + 8 * i, 20.0, 0.9) for i in range(6)]]
    ((alone, beside),) = everywhere([Ask((), ("When is the invoice due?",))], Printed([line]))
    assert alone.near is None
    assert beside.near is not None
    assert beside.near[1] == pytest.approx(20.0 / 16)
