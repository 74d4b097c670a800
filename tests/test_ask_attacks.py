"""Whatever is asked, and whatever stands in the documents, asking changes nothing but the list of questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import MetaData, select

from docpipe.errors import DocpipeError
from docpipe.pipeline import Pipeline
from docpipe.settings import Settings
from docpipe.store import Store, open_store
from docpipe.types import PageText, Reading, ReadRequest, Reply, View
from tests import attacks
from tests.handmade import one_page, text_at

MAY_CHANGE = "docpipe_questions"


class Obedient:
    """A model that does what it is told, by whoever: it answers with the orders that it was given.

    Of an invoice it reads the name and the amount that `invoices` says, of anything else an order.
    """

    def __init__(self, invoices: dict[str, tuple[str, str]]) -> None:
        self.name = "obedient-1"
        self._invoices = invoices

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        for request in requests:
            name, total = self._invoices[Path(request.views[0].page.source.name).name]
            said = {"/supplier_name": name, "/total": total, "/invoice_date": "14 March 2025"}
            order = attacks.SQL[0]
            yield Reply(
                tuple(
                    Reading(leaf.path, said.get(leaf.path) if request.schema.name == "invoice" else order, 1)
                    for leaf in request.schema.leaves
                    if leaf.array is None
                ),
                self.name,
            )

    def answer(self, views: Sequence[View], question: str, earlier: Sequence[tuple[str, str | None]] = ()) -> Reply:
        del question, earlier
        return Reply((Reading("", attacks.ORDERS[0], views[0].page.number, (0, 0, 10, 10), 0.9),), self.name)

    def transcribe(self, view: View) -> PageText | None:
        return PageText(view.page, (), "nano")


class Planning(Obedient):
    """A large model that makes plans of questions, and puts into them whatever the question says."""

    plans = True
    plan_asked = 0

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        for request in requests:
            if request.schema.name != "query_plan":
                yield from super().extract([request])
                continue
            order = (*attacks.SQL, *attacks.NAMES)[self.plan_asked % (len(attacks.SQL) + len(attacks.NAMES))]
            self.plan_asked += 1
            # What must be one of some words is, each time another; a table is one that is there, every second time.
            said = [
                (leaf, leaf.enum[self.plan_asked % len(leaf.enum)] if leaf.enum else order)
                for leaf in request.schema.leaves
            ]
            table = "invoice" if self.plan_asked % 2 else "docpipe_readings"
            yield Reply(
                tuple(
                    Reading(leaf.path.replace("*", "0"), table if leaf.key == "table" else str(text))
                    for leaf, text in said
                ),
                self.name,
            )


def dump(store: Store) -> str:
    """Every row of every table but the questions and what they cite."""
    metadata = MetaData()
    with store.database.read() as connection:
        metadata.reflect(connection)
        rows = {
            table.name: sorted(json.dumps(list(row), default=str) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
            if not table.name.startswith(MAY_CHANGE)
        }
    return json.dumps(rows, indent=1, sort_keys=True)


def tables(store: Store) -> set[str]:
    """The typed tables, which questions may be answered from."""
    with store.database.read() as connection:
        return set(connection.exec_driver_sql("SELECT name FROM docpipe_tables").scalars())


@pytest.fixture(params=[Obedient, Planning])
def hostile(
    database: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[Store, Pipeline, Obedient]]:
    """A store of invoices whose names and print are attacks, and a pipeline whose model would obey them."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    invoices = {}
    for number, name in enumerate(attacks.NAMES):
        shown = re.sub(r"[()\\\x00-\x1f]", " ", name)[:90].encode("cp1252", "replace").decode("cp1252")
        lines = (shown, "Invoice date: 14 March 2025", f"Total: EUR {100 + number}.00", *attacks.PRINTED)
        content = b"".join(text_at(56, 780 - 20 * row, re.sub(r"[()\\]", " ", line)) for row, line in enumerate(lines))
        (inbox / f"attack-{number}.pdf").write_bytes(one_page(content))
        invoices[f"attack-{number}.pdf"] = (name, f"EUR {100 + number}.00")
    model: Obedient = request.param(invoices)
    with open_store(database) as store, Pipeline(database, model=model, store=store) as pipeline:
        added = list(pipeline.add(sorted(inbox.iterdir()), schema="invoice"))
        assert {one.record.status for one in added} <= {"ok", "needs_review"}
        yield store, pipeline, model


def asked(folder: Path) -> list[str]:
    """Every question: the attacks, and each hostile name in a plain question."""
    plain = [f"How much did we pay {name}?" for name in attacks.NAMES]
    plain += [f"What is the phone number on the invoice of {name}?" for name in attacks.NAMES[:8]]
    typed = (*attacks.SQL, *attacks.ORDERS, *attacks.SEARCH, *attacks.NONSENSE)
    return [*(question.replace("{folder}", str(folder)) for question in typed), *plain]


def test_no_question_and_no_document_changes_what_is_stored(
    hostile: tuple[Store, Pipeline, Obedient], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred attacks are asked; every table but the questions is as it was, no file was made, and what ran were
    single SELECTs on the typed tables."""
    store, pipeline, model = hostile
    watched = tmp_path / "watched"
    watched.mkdir()
    monkeypatch.chdir(watched)
    before = dump(store)
    questions = asked(watched)
    assert len(questions) >= 100
    readable = tables(store) | {f"{name}_view" for name in tables(store)} | {"docpipe_documents", "docpipe_records"}
    for question in questions:
        try:
            answer = pipeline.ask(question)
        except DocpipeError:
            continue  # refused
        assert not answer.found or answer.citations, question
        for statement in answer.sql:
            assert re.match(r"\s*(?:SELECT|WITH)\b", statement, re.IGNORECASE), statement
            bare = re.sub(r"'(?:[^']|'')*'", "''", statement)
            assert ";" not in bare.rstrip().rstrip(";"), statement
            named = set(re.findall(r"\b(?:FROM|JOIN)\s+\"?(\w+)\"?", bare, re.IGNORECASE))
            assert named <= readable | set(re.findall(r"\b(\w+)\"? AS\s*\(", bare, re.IGNORECASE)), statement
    assert dump(store) == before
    assert not isinstance(model, Planning) or model.plan_asked > 20
    assert list(watched.iterdir()) == []


@pytest.mark.parametrize("hostile", [Obedient], indirect=True)
def test_a_hostile_name_is_a_name(hostile: tuple[Store, Pipeline, Obedient]) -> None:
    """A supplier whose name is SQL is found by it, and only its own invoice is cited."""
    _, pipeline, _ = hostile
    answer = pipeline.ask("How much did we pay Robert'); DROP TABLE invoice;--?")
    assert answer.found
    assert {Path(citation.name).name for citation in answer.citations} == {"attack-0.pdf"}
    assert "100" in str(answer.value if answer.value is not None else answer.rows)
