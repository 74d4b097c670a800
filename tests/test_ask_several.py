"""Several questions in one, numbers in words, abbreviations, parts of numbers: what each is read as, to the letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from docpipe.ask.countries import of_country
from docpipe.ask.figures import in_figures
from docpipe.ask.short import in_full
from docpipe.pipeline import Pipeline
from docpipe.store import Store, open_store
from tests.readings import sample
from tests.stores import Perfect, sqlite
from tests.test_ask import TODAY


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    """Three invoices of 2024 and 2025, in pounds and dollars, an order, a receipt and a contract."""
    settings = sqlite(tmp_path_factory.mktemp("several"))
    with open_store(settings) as opened, Pipeline(settings, model=Perfect(), store=opened) as made:
        list(made.add([sample(f"invoice-{number}") for number in ("01", "02", "04")], schema="invoice"))
        for name, schema in (("order-01", "purchase_order"), ("receipt-05", "receipt"), ("contract-01", "contract")):
            list(made.add([sample(name)], schema=schema))
        yield made


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How many invoices are in pounds and what do they total?", [[None, None, 2], ["GBP", "4079.2", None]]),
        ("number and total of the invoices in pounds", [[None, 2, None], ["GBP", None, "4079.2"]]),
        ("Nombre et montant total des factures en livres sterling", [[None, 2, None], ["GBP", None, "4079.2"]]),
        ("net and gross total of the invoices from Harbour Lane", [["GBP", "2221"], ["GBP", "2665.2"]]),
        ("Compare 2024 and 2025: how many invoices?", [["2024", 2], ["2025", 1]]),
        ("invoice count Harbour Lane vs Imogen Farrow", [["Harbour Lane Joinery Ltd", 1], ["Imogen Farrow", 1]]),
    ],
)  # fmt: skip
def test_several_things_are_answered_one_by_one(
    pipeline: Pipeline, question: str, rows: Sequence[Sequence[object]]
) -> None:
    """Each thing that a question asks for has rows of its own, and all that made them is cited."""
    answer = pipeline.ask(question, today=TODAY)
    assert sorted(map(_cells, answer.rows)) == sorted(map(_cells, rows))
    assert len({c.document for c in answer.citations}) in (1, 2, 3)


def _cells(row: Sequence[object]) -> list[str]:
    """The cells that say something, in any order."""
    return sorted(
        str(cell).rstrip("0").rstrip(".") if "." in str(cell) else str(cell) for cell in row if cell is not None
    )


def test_the_first_and_the_last_are_two_documents(pipeline: Pipeline) -> None:
    """What is picked at both ends is listed from both."""
    answer = pipeline.ask("When were the first and the last invoice?", today=TODAY)
    assert [row[0] for row in answer.rows] == ["2024-05-14", "2025-02-05"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("how many invoices start with INV-2024?", "1"),
        ("Rechnungen, deren Nummer mit INV beginnt: wie viele?", "1"),
        ("How many invoices are over a grand and below five thousand pounds?", "2"),
        ("invoices > 2k in GBP, count", "1"),
        ("How many invoices don't state any due date?", "1"),
        ("How many invoices carry an order reference?", "2"),
        ("Wie viele Rechnungen mit einer IBAN?", "1"),
        ("Combien de factures n'indiquent pas d'échéance ?", "1"),
        ("How many agreements under English law?", "1"),
        ("wie viele Verträge nach englischem Recht", "1"),
        ("invoices w/o an IBAN, number?", "2"),
        ("How many invoices ytd?", "1"),
        ("How many invoices in FY24?", "2"),
        ("number of invoices in Q3/24", "1"),
        ("The auditors want to know how many invoices we got in twenty twenty-four.", "2"),
        ("Give me the gross of all invoices in pounds", "4079.20 GBP"),
        ("What is a normal invoice in pounds?", "2039.60 GBP"),
    ],
)
def test_other_ways_to_say_it(pipeline: Pipeline, question: str, text: str) -> None:
    """Parts of numbers, spelt numbers, signs, refusals, countries, abbreviations and who asks are understood."""
    assert pipeline.ask(question, today=TODAY).text == text


def test_a_value_in_another_language_is_found_where_there_is_none_in_this_one(pipeline: Pipeline) -> None:
    """A card is a Karte: what is paid with one is found whatever language says so."""
    assert pipeline.ask("Wie viele Belege mit Contactless card?", today=TODAY).value == 1


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("in twenty twenty-four", "in 2024"),
        ("at least a grand", "at least 1000"),
        ("deux mille cinq cents euros", "2500 euros"),
        ("plus de cent francs", "plus de 100 francs"),
        ("zweitausendfünfhundert Euro", "2500 Euro"),
        ("between five hundred and a thousand", "between 500 and 1000"),
        ("between ten and twenty thousand", "between 10000 and 20000"),
        ("the three largest, one of them", "the three largest, one of them"),
        ("Hotel le grand", "Hotel le grand"),
    ],
)
def test_numbers_in_words_become_figures(said: str, read: str) -> None:
    """Spelt numbers are read in three languages; small ones and names stay."""
    assert in_figures(said).replace("10 thousand", "10000") == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("invs w/o a PO, pls", "invoices without a PO, please"),
        ("spend ytd", "spend ytd"),
        ("total so far this year", "total ytd"),
        ("Umsatz seit Jahresbeginn", "Umsatz ytd"),
        ("H1 23", "H1 2023"),
        ("more invoices than anybody else", "the most invoices"),
        ("Rechnungen, egal aus welchem Jahr", "Rechnungen, "),
        ("best. of the rest", "best. of the rest"),
    ],
)
def test_what_is_written_short_is_read_in_full(said: str, read: str) -> None:
    """Abbreviations and turns of phrase become words; what only looks like one stays."""
    assert in_full(said) == read


def test_words_of_a_country_are_alike() -> None:
    """English, englisch and anglais are of one country, and a table of none."""
    assert of_country("englischem") == of_country("anglaise") == of_country("wales")
    assert of_country("table") == ()


def test_what_was_picked_is_asked_about(pipeline: Pipeline) -> None:
    """A question behind a largest one is about that one."""
    pipeline.ask("Largest invoice in pounds?", today=TODAY)
    assert pipeline.ask("when was that?", goes_on=True, today=TODAY).value == "2024-09-17"


def test_the_store_is_kept(pipeline: Pipeline) -> None:
    """Every question is kept with its answer, one that asks several things as well."""
    store: Store | None = pipeline._store  # the pipeline hands none out
    assert store is not None
    before = len(store.questions.all())
    pipeline.ask("smallest and largest invoice in pounds", today=TODAY)
    assert len(store.questions.all()) == before + 1
