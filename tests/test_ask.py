"""Questions over what is stored are answered as they were meant, with every row that made the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docpipe.ask import Choice, Refusal, answer, learn, understand
from docpipe.errors import QueryTooLong, StoreError, UsageError
from docpipe.job import Added
from docpipe.pipeline import Pipeline
from docpipe.plan import Condition, Part, QueryPlan
from docpipe.planning import plan_schema
from docpipe.settings import Settings
from docpipe.store import Store, open_store
from docpipe.store.plans import Plans
from docpipe.store.readonly import read_only
from docpipe.types import Answer, Reading, ReadRequest, Reply, View
from tests.readings import sample
from tests.stores import Perfect, dump, sqlite

TODAY = date(2025, 3, 15)
INVOICES = [sample(f"invoice-{number}") for number in ("01", "02", "04", "06", "08", "09", "10", "13")]
OTHERS = {"receipt": sample("receipt-05"), "contract": sample("contract-01"), "purchase_order": sample("order-01")}


def fill(settings: Settings, store: Store) -> list[Added]:
    """Eight invoices, a receipt, a contract and an order, read as they are."""
    with Pipeline(settings, model=Perfect(), store=store) as pipeline:
        added = list(pipeline.add(INVOICES, schema="invoice"))
        for schema, path in OTHERS.items():
            added += pipeline.add([path], schema=schema)
    return added


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Settings, Store]]:
    """A database with documents in three languages and four currencies."""
    settings = sqlite(tmp_path_factory.mktemp("ask"))
    with open_store(settings) as store:
        fill(settings, store)
        yield settings, store


def ask(store: Store, question: str) -> Answer:
    """The answer from the tables, without a page being looked at."""
    vocabulary = learn(store.plans)
    asked = understand(question, store.plans, vocabulary, today=TODAY)
    assert isinstance(asked.outcome, Choice), asked.outcome
    result = store.plans.run(asked.outcome.plan)
    return answer(question, result, vocabulary.catalogue, asked.outcome.understood, asked.outcome.alternatives)


# Question, the answer in words, how many places it cites.
SENTENCES: list[tuple[str, str, int]] = [
    ("How many invoices are there?", "8", 8),
    ("how many invoices from 2024?", "6", 6),
    ("How many invoices were issued before June 2024?", "3", 3),
    ("How many different suppliers sent us invoices?", "8", 8),
    ("What is the sum of all invoices?", "26325.37 EUR\n10720.48 GBP\n5096.27 USD", 8),
    ("How much did we pay Harbour Lane in September 2024?", "2665.20 GBP", 1),
    ("How much VAT did Copper Ridge Electric charge?", "228.77 USD", 1),
    ("What is the average invoice in euros?", "6581.34 EUR", 4),
    ("Which supplier did we pay the most in euros?", "Liffey Data Consulting, 19122.07 EUR", 1),
    (
        "top 2 suppliers by total in GBP",
        "Greenhithe Catering Supplies Ltd, 6641.28 GBP\nHarbour Lane Joinery Ltd, 2665.20 GBP",
        2,
    ),
    (
        "What is the largest invoice in pounds?",
        "G-24/1093, Greenhithe Catering Supplies Ltd, 2024-07-31, 6641.28 GBP",
        1,
    ),
    ("What was the latest invoice?", "10482, Copper Ridge Electric, 2025-02-05, 5096.27 USD", 1),
    ("When did the first invoice come in?", "2023-06-15", 1),
    (
        "Which invoices are over £2,000?",
        (
            "INV-2024-0386, Harbour Lane Joinery Ltd, 2024-09-17, 2665.20 GBP\n"
            "G-24/1093, Greenhithe Catering Supplies Ltd, 2024-07-31, 6641.28 GBP"
        ),
        2,
    ),
    ("List invoices between 1000 and 2000 GBP", "27, Imogen Farrow, 2024-05-14, 1414.00 GBP", 1),
    (
        "Which invoices are not from 2024?",
        (
            "10482, Copper Ridge Electric, 2025-02-05, 5096.27 USD\n"
            "2023/0417, Kühn & Partner Elektrotechnik, 2023-06-15, 2199.30 EUR"
        ),
        2,
    ),
    ("How many invoices are not in euros?", "4", 4),
    ("How many invoices last month?", "1", 1),
    ("How many invoices last year?", "6", 6),
    ("How many invoices per year?", "2023, 1\n2024, 6\n2025, 1", 8),
    ("invoices without a due date", "27, Imogen Farrow, 2024-05-14, 1414.00 GBP", 1),
    ("Who sent invoice 10482?", "Copper Ridge Electric", 1),
    ("When is INV-2024-0386 due?", "2024-10-17", 1),
    ("How many line items are on invoice INV-2024-0386?", "5", 5),
    ("total invioces from Harbor Lane Joinry", "2665.20 GBP", 1),
    ("How many invoices and receipts do we have?", "9", 9),
    ("Wie viele Rechnungen haben wir 2024 erhalten?", "6", 6),
    (
        "Wie hoch ist die Summe der Rechnungen pro Quartal im Jahr 2024?",
        (
            "2024-Q1, 1933.20 EUR\n2024-Q2, 19122.07 EUR\n2024-Q2, 1414.00 GBP\n"
            "2024-Q3, 9306.48 GBP\n2024-Q4, 3070.80 EUR"
        ),
        6,
    ),
    ("Durchschnittlicher Rechnungsbetrag in Euro", "6581.34 EUR", 4),
    ("größte Rechnung in Euro", "2024-0611-A, Liffey Data Consulting, 2024-06-11, 19122.07 EUR", 1),
    ("Welche IBAN hat Bergmann Gartenbau?", "DE67680501010012345678", 1),
    ("Wie viel haben wir Kühn bezahlt?", "2199.30 EUR", 1),
    ("Rechnungen über 5.000 Euro", "2024-0611-A, Liffey Data Consulting, 2024-06-11, 19122.07 EUR", 1),
    ("Combien de factures avons-nous reçues en 2024 ?", "6", 6),
    ("Quel est le montant total des factures de 2024 ?", "24126.07 EUR\n10720.48 GBP", 6),
    ("Quelle est la dernière facture ?", "10482, Copper Ridge Electric, 2025-02-05, 5096.27 USD", 1),
    ("Liste des factures de plus de 5 000 euros", "2024-0611-A, Liffey Data Consulting, 2024-06-11, 19122.07 EUR", 1),
    ("Combien avons-nous payé à Imprimerie Delacourt ?", "1933.20 EUR", 1),
    # Said in passing, spelt out, or asked for without its name.
    ("My accountant keeps asking how many invoices we got in 2024, so could you check?", "6", 6),
    ("Für die Inventur bräuchte ich wieder einmal die Anzahl der Rechnungen aus 2024.", "6", 6),
    ("Pour la clôture, pourriez-vous me dire combien de factures nous avons reçues en 2024 ?", "6", 6),
    ("How many invoices came to more than two thousand pounds?", "2", 2),
    ("When do we have to pay INV-2024-0386 by?", "2024-10-17", 1),
    ("Bis wann muss INV-2024-0386 bezahlt werden?", "2024-10-17", 1),
    ("date of invoice 10482, for the ledger", "2025-02-05", 1),
    ("Combien de TVA sur la facture 10482 ?", "228.77 USD", 1),
    ("highest invioce from Harbur Lane Joinery", "INV-2024-0386, Harbour Lane Joinery Ltd, 2024-09-17, 2665.20 GBP", 1),
]


@pytest.mark.parametrize(("question", "said", "places"), SENTENCES, ids=[question for question, _, _ in SENTENCES])
def test_a_question_is_answered_from_the_tables(
    filled: tuple[Settings, Store], question: str, said: str, places: int
) -> None:
    """Counts, sums, averages, extremes, filters, groups and look-ups in three languages give what the documents say."""
    given = ask(filled[1], question)
    assert given.text == said, given.understood
    assert len(given.citations) == places
    assert all(citation.page is not None for citation in given.citations)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("How many invoices from Zorblax Industries?", "Zorblax"),
        ("Wie viel haben wir an Quarzwerk bezahlt?", "Quarzwerk"),
        ("Factures de Pâtisserie Cassel", "Cassel"),
        ("Which invoices from 2024 are unpaid?", "unpaid"),
        ("Welche Rechnungen aus 2024 wurden storniert?", "storniert"),
        ("Quelles factures de 2024 ont été annulées ?", "annulées"),
        ("How many invoices about gardening did we get in 2024?", "gardening"),
        ("For Siemens, how many invoices were there in 2024?", "Siemens"),
    ],
)
def test_a_name_that_is_in_no_document_is_not_overlooked(
    filled: tuple[Settings, Store], question: str, word: str
) -> None:
    """What was not understood makes no answer of everything else."""
    store = filled[1]
    asked = understand(question, store.plans, learn(store.plans), today=TODAY)
    assert isinstance(asked.outcome, Refusal)
    assert word in asked.outcome.unknown


def test_what_is_doubtful_is_said(filled: tuple[Settings, Store]) -> None:
    """A month without a year is the last one there is, and the answer names the other; a misspelt name is named."""
    given = ask(filled[1], "How many invoices in June?")
    assert "2024-06-01" in given.understood
    assert given.alternatives == ["June 2023"]
    assert 'reading "Joinry" as "joinery"' in ask(filled[1], "invoices from Harbor Lane Joinry").understood


def test_what_was_passed_over_is_said(filled: tuple[Settings, Store]) -> None:
    """Words that ask for nothing are named in how a question was understood."""
    given = ask(filled[1], "My accountant keeps asking how many invoices we got in 2024")
    assert given.understood.endswith('passing over "accountant"')


def test_its_is_of_the_one_before(filled: tuple[Settings, Store]) -> None:
    """A pronoun stands for the document that was spoken of, also two questions later."""
    settings, store = filled
    with Pipeline(settings, model=Perfect(), store=store) as pipeline:
        first = pipeline.ask("Who sent invoice INV-2024-0386?", today=TODAY)
        due = pipeline.ask("and its due date?", goes_on=True, today=TODAY)
        tax = pipeline.ask("OK. What VAT is on it?", goes_on=True, today=TODAY)
    assert [one.text for one in (first, due, tax)] == ["Harbour Lane Joinery Ltd", "2024-10-17", "444.20 GBP"]


def test_a_citation_is_the_place_of_the_value_that_answers(filled: tuple[Settings, Store]) -> None:
    """The total stands at the total's box, with its confidence and the status of its evidence."""
    (place,) = ask(filled[1], "How much did we pay Harbour Lane?").citations
    assert (place.name, place.page, place.pointer, place.text) == (str(INVOICES[0]), 1, "/total", "£2,665.20")
    assert (place.status, place.confidence) == ("verified", 0.9)
    assert place.box == pytest.approx((486.47, 494.01, 538.59, 505.51), abs=0.1)


def test_a_conversation_goes_on(filled: tuple[Settings, Store]) -> None:
    """ "And in 2023?" keeps what was asked; a whole question begins anew. Each is kept with its answer."""
    settings, store = filled
    before = len(store.questions.all())
    with Pipeline(settings, model=Perfect(), store=store) as pipeline:
        first = pipeline.ask("How many invoices in 2024?", today=TODAY)
        second = pipeline.ask("and in 2023?", goes_on=True, today=TODAY)
        third = pipeline.ask("und 2025?", goes_on=True, today=TODAY)
        fresh = pipeline.ask("How many contracts are there?", goes_on=True, today=TODAY)
    assert [one.value for one in (first, second, third, fresh)] == [6, 1, 1, 1]
    kept = store.questions.all()[before:]
    assert [one.answer for one in kept] == [first, second, third, fresh]
    assert [one.follows for one in kept] == [None, kept[0].number, kept[1].number, kept[2].number]
    assert kept[0].plan is not None


PLANS: dict[str, tuple[QueryPlan, list[Any]]] = {
    "sum by currency": (
        QueryPlan(aggregate="sum", parts=[Part(table="invoice", value="invoice.total")]),
        [((), "GBP", Decimal("4079.20")), ((), "USD", Decimal("5096.27"))],
    ),
    "count by year": (
        QueryPlan(aggregate="count", parts=[Part(table="invoice", group=["invoice.invoice_date"])], by=["year"]),
        [(("2024",), None, 2), (("2025",), None, 1)],
    ),
    "average of a list by its document's month": (
        QueryPlan(
            aggregate="average",
            parts=[
                Part(
                    table="invoice_line_items",
                    value="invoice_line_items.amount",
                    group=["invoice.invoice_date"],
                    conditions=[Condition(column="invoice.currency", operator="is", values=["USD"])],
                )
            ],
            by=["month"],
        ),
        [(("2025-02",), "USD", Decimal("811.25"))],
    ),
    "several conditions": (
        QueryPlan(
            aggregate="distinct",
            parts=[
                Part(
                    table="invoice",
                    value="invoice.supplier_name",
                    conditions=[
                        Condition(column="invoice.supplier_name", operator="lacks", values=["ridge"]),
                        Condition(column="invoice.total", operator="more", values=["1000.5"]),
                        Condition(
                            column="invoice.invoice_date",
                            operator="within",
                            values=["2024-01-01", "2024-06-01", "2024-09-01", "2024-10-01"],
                        ),
                        Condition(column="invoice.iban", operator="empty"),
                    ],
                )
            ],
        ),
        [],
    ),
}


def test_plans_are_compiled_for_either_database(database: Settings) -> None:
    """The same plans give the same figures in SQLite and in PostgreSQL, and the rows that made them."""
    with open_store(database) as store, Pipeline(database, model=Perfect(), store=store) as pipeline:
        list(pipeline.add(INVOICES[:3], schema="invoice"))
        for name, (plan, expected) in PLANS.items():
            result = store.plans.run(plan)
            if expected:
                assert [(s.keys, s.currency, s.result) for s in result.summaries] == expected, name
            assert sum(summary.rows for summary in result.summaries) == len(result.rows), name
        largest = QueryPlan(aggregate="maximum", parts=[Part(table="invoice", value="invoice.total")])
        assert [row.value for row in store.plans.run(largest).rows] == [Decimal("5096.27"), Decimal("2665.2")]
        assert ask(store, "How many invoices from Harbour Lane?").value == 1
        assert ask(store, "Which invoice is from May 2024?").citations[0].name == str(INVOICES[2])


@pytest.mark.parametrize(
    "plan",
    [
        QueryPlan(parts=[Part(table="docpipe_documents")]),
        QueryPlan(parts=[Part(table="invoice", show=["docpipe_values.text"])]),
        QueryPlan(parts=[Part(table="invoice", show=["invoice.total) FROM docpipe_values --"])]),
        QueryPlan(parts=[Part(table="invoice; DROP TABLE invoice")]),
        QueryPlan(aggregate="sum", parts=[Part(table="invoice", value="invoice.supplier_name")]),
        QueryPlan(
            parts=[
                Part(
                    table="invoice",
                    conditions=[Condition(column="invoice.total", operator="more", values=["0 OR 1=1"])],
                )
            ]
        ),
    ],
    ids=["another table", "another column", "SQL as a column", "SQL as a table", "a sum of names", "SQL as a number"],
)
def test_a_plan_of_what_is_not_there_is_not_run(filled: tuple[Settings, Store], plan: QueryPlan) -> None:
    """Whoever made it, a plan names what the catalogue has, and compares it with what can be compared."""
    with pytest.raises(UsageError):
        filled[1].plans.run(plan)


CHANGES = (
    "DELETE FROM invoice",
    "UPDATE invoice SET currency = 'X'",
    "DROP TABLE invoice",
    "INSERT INTO docpipe_questions (question, answer, asked_at) VALUES ('', '', '2025-01-01')",
    "CREATE TABLE mine (x INTEGER)",
)
ENDLESS = "SELECT count(*) FROM " + ", ".join(f"invoice_line_items a{n}" for n in range(12))


def test_the_connection_of_plans_cannot_write_and_ends_in_time(database: Settings) -> None:
    """The database itself refuses every change, in SQLite and in PostgreSQL, and ends what takes too long."""
    with open_store(database) as store, Pipeline(database, model=Perfect(), store=store) as pipeline:
        list(pipeline.add(INVOICES[:1], schema="invoice"))
        before = dump(store)
        for statement in CHANGES:
            with pytest.raises(StoreError), read_only(store.database, ["invoice"], seconds=5) as connection:
                connection.exec_driver_sql(statement)
        assert dump(store) == before
        with pytest.raises(QueryTooLong), read_only(store.database, ["invoice_line_items"], seconds=0.3) as connection:
            connection.exec_driver_sql(ENDLESS)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM docpipe_values",
        "SELECT name FROM sqlite_master",
        "ATTACH DATABASE 'other.db' AS other",
        "PRAGMA query_only = OFF",
        "SELECT load_extension('x')",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    ],
)
def test_on_sqlite_nothing_but_the_typed_tables_is_read(filled: tuple[Settings, Store], statement: str) -> None:
    """A statement that touches anything else is not even compiled."""
    with pytest.raises(StoreError), read_only(filled[1].database, ["invoice"], seconds=5) as connection:
        connection.exec_driver_sql(statement)


def test_more_rows_than_may_be_listed_are_said_to_be_more(filled: tuple[Settings, Store]) -> None:
    """The sum is that of all rows; of the rows as many are cited as may be."""
    plans = Plans(filled[1].database, most=3)
    result = plans.run(QueryPlan(aggregate="count", parts=[Part(table="invoice")]))
    assert (result.summaries[0].result, len(result.rows), result.cut) == (8, 3, True)
    given = answer("How many?", result, plans.catalogue(), "number of invoices", ())
    assert given.text.endswith("There are more rows than can be listed, so not all of them are here.")


def test_forget_takes_the_answers_along(tmp_path: Path) -> None:
    """An answer that cites a document leaves with it."""
    settings = sqlite(tmp_path)
    with open_store(settings) as store, Pipeline(settings, model=Perfect(), store=store) as pipeline:
        list(pipeline.add(INVOICES[:2], schema="invoice"))
        pipeline.ask("How much did we pay Harbour Lane?")
        kept = pipeline.ask("How much did we pay Copper Ridge?")
        store.forget(1)
        assert [one.answer.text for one in store.questions.all()] == [kept.text] == ["5096.27 USD"]


class Reader(Perfect):
    """A model that answers a question with a text, and plans with a plan."""

    plans = True

    def __init__(self, said: str, plan: dict[str, str] | None = None) -> None:
        super().__init__("reader-1")
        self._said = said
        self._plan = plan or {}

    def extract(self, requests: Any) -> Iterator[Reply]:
        asked: Sequence[ReadRequest] = list(requests)
        if asked[0].schema.name == "query_plan":
            yield Reply(tuple(Reading(pointer, text) for pointer, text in self._plan.items()), self.name)
        else:
            yield from super().extract(asked)

    def answer(self, views: Sequence[View], question: str, earlier: Sequence[tuple[str, str | None]] = ()) -> Reply:
        del question, earlier
        return Reply((Reading("", self._said, views[0].page.number, None, 0.8),), self.name)


@pytest.mark.parametrize(
    ("question", "said", "stands", "status"),
    [
        ("Wie lautet die Kundennummer bei Bergmann Gartenbau?", "10432", "10432", "verified"),
        ("What is our customer number with Bergmann Gartenbau?", "nothing", "10432", "corrected"),
        ("What is the BIC of Liffey Data Consulting?", "AIBKIE2D", "AIBKIE2D", "verified"),
    ],
)
def test_what_no_field_holds_is_read_on_its_page(
    filled: tuple[Settings, Store], question: str, said: str, stands: str, status: str
) -> None:
    """The page with the label is found; what the model reads there is held against the page, which is cited."""
    settings, store = filled
    with Pipeline(settings, model=Reader(said), store=store) as pipeline:
        given = pipeline.ask(question, today=TODAY)
    assert (given.text, given.how) == (stands, "page")
    (place,) = given.citations
    assert (place.page, place.text, place.status) == (1, stands, status)
    assert place.box is not None


def test_what_is_nowhere_is_said_to_be_nowhere(filled: tuple[Settings, Store]) -> None:
    """A model that makes something up is not believed."""
    settings, store = filled
    with Pipeline(settings, model=Reader("London"), store=store) as pipeline:
        for question in ("Who won the world cup in 2022?", "What is the blood type of Imogen Farrow?"):
            given = pipeline.ask(question, today=TODAY)
            assert not given.found, given
            assert given.text.startswith("Not in your documents")
            assert given.citations == []


def test_a_large_model_makes_the_plan(filled: tuple[Settings, Store]) -> None:
    """Its plan is checked, its names are those that are stored, and it runs as any plan; nothing of it is kept."""
    settings, store = filled
    plan = {
        "/aggregate": "sum",
        "/parts/0/table": "invoice",
        "/parts/0/value": "invoice.tax_amount",
        "/parts/0/conditions/0/column": "invoice.supplier_name",
        "/parts/0/conditions/0/operator": "is",
        "/parts/0/conditions/0/values/0": "Coper Ridge",
    }
    with Pipeline(settings, model=Reader("", plan), store=store) as pipeline:
        given = pipeline.ask("What went to the taxman by way of those electricians?", today=TODAY)
    assert (given.text, given.how) == ("228.77 USD", "plan")
    assert "Copper Ridge Electric" in given.understood


def test_a_plan_that_does_not_hold_together_is_not_run(filled: tuple[Settings, Store]) -> None:
    """The rules of language answer where a large model names tables that are not there."""
    settings, store = filled
    plan = {"/aggregate": "count", "/parts/0/table": "sqlite_master"}
    with Pipeline(settings, model=Reader("", plan), store=store) as pipeline:
        assert pipeline.ask("How many invoices are there?", today=TODAY).value == 8


def test_a_plan_is_a_schema_like_any_other(filled: tuple[Settings, Store]) -> None:
    """The question and the tables are told in the schema of the plan, within what schemas may hold."""
    schema = plan_schema("How many?", filled[1].plans.catalogue(), TODAY)
    assert schema.name == "query_plan"
    assert "invoice.total (number)" in schema.description
    assert "/parts/*/conditions/*/operator" in [leaf.path for leaf in schema.leaves]
