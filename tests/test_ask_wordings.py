"""Questions in other words than those that are known mean the same, and what only sounds alike stays unanswered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from docpipe.ask import Choice, Refusal, learn, understand
from docpipe.pipeline import Pipeline
from docpipe.store import Store, open_store
from tests.readings import sample
from tests.stores import Perfect, sqlite
from tests.test_ask import TODAY, ask


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database with three invoices, in pounds and euros."""
    settings = sqlite(tmp_path_factory.mktemp("wordings"))
    with open_store(settings) as opened:
        with Pipeline(settings, model=Perfect(), store=opened) as pipeline:
            list(pipeline.add([sample(f"invoice-{number}") for number in ("01", "02", "04")], schema="invoice"))
        yield opened


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Roughly how many invoices landed here?", "3"),
        ("How much have we shelled out to Harbour Lane in 2024?", "2665.20 GBP"),
        ("Rechne mir bitte alle Rechnungen von Harbour Lane zusammen", "2665.20 GBP"),
        ("Combien de factures nous sont parvenues de Harbour Lane ?", "1"),
        ("Add up everything Liffey... no, everything Harbour Lane invoiced", "2665.20 GBP"),
        ("How many pounds did we pay Harbour Lane?", "2665.20 GBP"),
    ],
)
def test_other_words_mean_the_same(store: Store, question: str, text: str) -> None:
    """Forms of verbs, verbs in two parts, adverbs and what is taken back do not keep a question from its answer."""
    assert ask(store, question).text == text


@pytest.mark.parametrize(
    "question",
    [
        "How many invoices did zenith send?",
        "Which invoices mention asbestos?",
        "How much did we pay for insurance in 2024?",
        "Welche Rechnungen hat uns die Firma Brombeer gestellt?",
        "Combien avons-nous versé à Carrefour en 2024 ?",
    ],
)
def test_an_unknown_noun_is_not_passed_over(store: Store, question: str) -> None:
    """What may be a name or a thing that is in no document leaves a question without a plan."""
    asked = understand(question, store.plans, learn(store.plans), today=TODAY)
    assert isinstance(asked.outcome, Refusal)


def test_the_year_before_is_that_before_the_last_question(store: Store) -> None:
    """A question that goes back goes on from the period of the one before it."""
    vocabulary = learn(store.plans)
    first = understand("How many invoices in 2025?", store.plans, vocabulary, today=TODAY)
    again = understand("and the year before?", store.plans, vocabulary, today=TODAY, before=first.sense)
    assert isinstance(again.outcome, Choice)
    assert "invoice date >= 2024-01-01 and invoice date < 2025-01-01" in again.outcome.understood
