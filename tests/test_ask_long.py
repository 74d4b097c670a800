"""Long questions, parts of months and comparisons with an average: what each is read as, to the letter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from docpipe.ask import Choice, learn, understand
from docpipe.ask.asides import without_asides
from docpipe.ask.nested import nested
from docpipe.pipeline import Pipeline
from docpipe.store import Store, open_store
from tests.readings import sample
from tests.stores import Perfect, sqlite
from tests.test_ask import TODAY, ask


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database with three invoices of 2024 and 2025, two of them in pounds."""
    settings = sqlite(tmp_path_factory.mktemp("long"))
    with open_store(settings) as opened:
        with Pipeline(settings, model=Perfect(), store=opened) as pipeline:
            list(pipeline.add([sample(f"invoice-{number}") for number in ("01", "02", "04")], schema="invoice"))
        yield opened


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("How many invoices in mid-May 2024?", "invoice date >= 2024-05-11 and invoice date < 2024-05-21"),
        ("Wie viele Rechnungen Anfang Mai 2024?", "invoice date >= 2024-05-01 and invoice date < 2024-05-11"),
        ("Combien de factures fin mai 2024 ?", "invoice date >= 2024-05-21 and invoice date < 2024-06-01"),
        ("invoices before the first of March 2025", "invoice date < 2025-03-01"),
        (
            "invoices with neither a due date nor an order reference",
            "due date is missing and order reference is missing",
        ),
        ("invoices without a due date or an order reference", "due date is missing and order reference is missing"),
        ("Which invoices came to 1,000 pounds or more?", "total >= 1000 and currency is GBP"),
        ("Welche Rechnungen sind in einer anderen Währung als Euro?", "currency is not EUR"),
        ("Which invoices from Harbour Lane, excluding anything from 2023?", "is not from 2023-01-01 until 2023-12-31"),
        ("Someone said we never had one above 5,000 pounds; how many invoices did?", "total > 5000"),
        ("invoices that amount to at least ten pounds", "total >= 10 and currency is GBP"),
    ],
)
def test_conditions_are_those_that_are_said(store: Store, question: str, held: str) -> None:
    """Each condition of a question is a condition of its plan."""
    asked = understand(question, store.plans, learn(store.plans), today=TODAY)
    assert isinstance(asked.outcome, Choice)
    assert held in asked.outcome.understood


@pytest.mark.parametrize(
    "question",
    [
        "Before I call them tomorrow, how many invoices did we get from Harbour Lane?",
        "Bevor ich sie morgen anrufe: wie viele Rechnungen haben wir von Harbour Lane?",
        "My name is Dave from accounting. How many invoices did we get from Harbour Lane?",
        "I am seeing the auditor next week. How many invoices are from Harbour Lane?",
        "How many invoices are from Harbour Lane, because I have lost track?",
        "For the budget meeting on Monday I need the number of invoices from Harbour Lane",
        "How many invoices, no matter who signed them off, are from Harbour Lane?",
    ],
)
def test_what_is_told_is_no_condition(store: Store, question: str) -> None:
    """Who asks, why and when they meet leaves the answer as it is."""
    assert ask(store, question).text == "1"


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("Which invoices in pounds are higher than the average invoice in pounds?", 1),
        ("Welche Rechnungen in Pfund liegen unter dem Durchschnitt?", 1),
        ("Quelles factures en livres sterling sont supérieures à la moyenne ?", 1),
        ("Which invoices in pounds are larger than Harbour Lane's largest?", 0),
    ],
)
def test_a_number_may_be_compared_with_what_others_come_to(store: Store, question: str, cited: int) -> None:
    """The average or the extreme is worked out first; only what is asked for is cited."""
    answer = ask(store, question)
    assert len({citation.document for citation in answer.citations}) == cited
    assert "which is the" in answer.understood


def test_an_average_over_a_year_compares_nothing() -> None:
    """ "Over" with a year, or an average that is asked for itself, is no comparison."""
    assert nested("How much did we spend over 2024 on average?") is None
    assert nested("What is the average invoice?") is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Add up the orders from Acme Tools, no wait, I mean Acme Tooling", "Add up the orders from Acme Tooling"),
        ("Im März, ach nein, im April 2025", "im April 2025"),
        ("paid in cash rather than by card", "paid in cash "),
        ("invoices of 2024", "invoices of 2024"),
    ],
)
def test_asides_are_left_out(text: str, left: str) -> None:
    """What is put right or does not matter is gone, the rest stays as it was."""
    assert without_asides(text) == left
