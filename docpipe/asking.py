"""A question about what is stored becomes an answer that cites its places, and both are kept.

understand -> plan of the tables -> run -> answer
           -> no plan: find the pages -> look them up with a model -> answer
           -> neither: not in the documents
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from docpipe.ask import (
    Asked,
    Choice,
    Refusal,
    Sense,
    Vocabulary,
    describe,
    labels,
    learn,
    other_labels,
    together,
    understand,
)
from docpipe.ask import answer as answered
from docpipe.errors import DocpipeError, QueryTooLong, UsageError
from docpipe.index import search, sentence_model
from docpipe.ingest import open_source
from docpipe.look_up import Look, look_up
from docpipe.plan import QueryPlan
from docpipe.planning import plan_by, plans
from docpipe.remember import Remembering
from docpipe.store.entries import SearchQuery
from docpipe.types import Answer, Citation, Hit, Value

if TYPE_CHECKING:
    from PIL.Image import Image

    from docpipe.pipeline import Pipeline
    from docpipe.store import Store

# How many pages are looked at for one answer, and in how many documents they are looked for.
PAGES = 3
MOST_DOCUMENTS = 500


class Asking:
    """Answers questions, one after the other: each may go on from the one before it."""

    def __init__(self, pipeline: Pipeline, store: Store) -> None:
        self._pipeline = pipeline
        self._store = store
        self._before: Sense | None = None
        self._number: int | None = None
        self._learnt: tuple[object, Vocabulary] | None = None

    def ask(self, question: str, *, schema: str | None, goes_on: bool, today: date | None) -> Answer:
        """The answer to a question; see `Pipeline.ask`."""
        question = question.encode("utf-8", "replace").decode()  # a shell hands on bytes that are no text as surrogates
        if not question.strip():
            raise UsageError("there is no question", hint='docpipe ask "How many invoices are there?"')
        day = today or date.today()  # noqa: DTZ011  # "last month" is that of whoever asks
        vocabulary = self._vocabulary(schema)
        before = self._before if goes_on else None
        asked = understand(question, self._store.plans, vocabulary, today=day, before=before)
        plan, answer = self._answered(question, self._by_model(question, asked, vocabulary, day), schema)
        follows = self._number if goes_on else None
        self._before = asked.sense
        self._number = self._store.questions.keep(answer, plan, follows=follows)
        return answer

    def _vocabulary(self, schema: str | None) -> Vocabulary:
        """What can be asked about, learnt anew when something was stored since."""
        key = (schema, self._store.plans.state())
        if self._learnt is None or self._learnt[0] != key:
            self._learnt = (key, learn(self._store.plans, schema))
        return self._learnt[1]

    def _by_model(self, question: str, asked: Asked, vocabulary: Vocabulary, today: date) -> Asked:
        """What was asked, with the plan of a large model where there is one and its plan can be run."""
        model = self._pipeline.model
        if model.name.startswith("nano") or asked.goes_on:
            return asked
        inner = model.model if isinstance(model, Remembering) else model  # a plan is no reading to be kept
        plan = plan_by(inner, question, vocabulary, today) if plans(inner) else None
        try:
            self._store.plans.check(plan)
        except UsageError:
            return asked
        others = asked.outcome.alternatives if isinstance(asked.outcome, Choice) else ()
        return replace(asked, outcome=Choice(plan, describe(plan, vocabulary.catalogue), others)) if plan else asked

    def _answered(self, question: str, asked: Asked, schema: str | None) -> tuple[QueryPlan | None, Answer]:
        if isinstance(asked.outcome, Choice):
            return asked.outcome.plan, self._computed(question, asked.outcome)
        found = self._looked_up(question, asked.outcome, schema)
        if found is not None:
            return asked.outcome.within, found
        why = f"Not in your documents: {asked.outcome.why}."
        return None, Answer(question=question, found=False, text=why, how="none")

    # From the tables.

    def _computed(self, question: str, chosen: Choice) -> Answer:
        catalogue = self._store.plans.catalogue()
        try:
            if chosen.otherwise is not None and not self._store.plans.run(chosen.plan).rows:
                chosen = Choice(chosen.otherwise, describe(chosen.otherwise, catalogue), chosen.alternatives)
            plans = (chosen.plan, *chosen.more)
            results = [self._store.plans.run(plan) for plan in plans]
        except QueryTooLong as error:
            said = f"No answer: {error}"
            return Answer(question=question, found=False, text=said, how="none", understood=chosen.understood)
        answers = [answered(question, one, catalogue, chosen.understood, chosen.alternatives) for one in results]
        return together(answers, [describe(plan, catalogue) for plan in plans])

    # From a page.

    def _looked_up(self, question: str, refused: Refusal, schema: str | None) -> Answer | None:
        """What stands on the pages that the question is about, read by the model."""
        called = labels(question, refused.unknown)
        if not called:
            return None
        for hit in self._pages(called, refused, schema):
            value = self._look(hit, question, called)
            if value is not None:
                return _from_page(question, hit, value, called[0])
        return None

    def _pages(self, called: Sequence[str], refused: Refusal, schema: str | None) -> list[Hit]:
        """The pages that may hold the answer, the likeliest first: of the documents that were named, or of all."""
        documents: tuple[int, ...] | None = None
        cited: list[Citation] = []
        if refused.within is not None:
            cited = [row.citation for row in self._store.plans.run(refused.within).rows]
            documents = tuple(dict.fromkeys(c.document for c in cited))[:MOST_DOCUMENTS]
            if not documents:
                return []
        query = SearchQuery(text=" ".join(called[:4]), schema=schema, documents=documents, limit=PAGES)
        hits = search(self._store, query, sentence_model(self._pipeline.settings))
        places = [Hit(document=c.document, name=c.name, page=c.page or 1, score=0.0) for c in cited[-PAGES:]]
        return list({(hit.document, hit.page): hit for hit in [*hits, *places]}.values())[: PAGES + len(places)]

    def _look(self, hit: Hit, question: str, called: Sequence[str]) -> Value | None:
        pipeline = self._pipeline
        kept = next((kept for kept in self._store.history(hit.document) if kept.current), None)
        try:
            limits = pipeline.settings
            file = self._store.file(hit.document)
            source = open_source(file, max_file_mb=limits.max_file_mb, convert_timeout_s=limits.convert_timeout_s)
            (page,) = pipeline.renderer.pages(source, str(hit.page))
            view = pipeline.renderer.view(page, dpi=pipeline.settings.dpi)
            text = pipeline.renderer.text(page)
        except DocpipeError:
            return None  # a page that cannot be shown says nothing
        if text is None or not any(word.visible for word in text.words):
            text = pipeline.model.transcribe(view)
        schema = None if kept is None else self._store.schema(kept)
        believed = plans(pipeline.model)
        return look_up(
            Look(view, text, schema, other_labels(called)), question, called, pipeline.model, believed=believed
        )


def _from_page(question: str, hit: Hit, value: Value, called: str) -> Answer:
    citation = Citation(
        document=hit.document,
        name=hit.name,
        page=value.page or hit.page,
        box=value.box,
        text=value.text,
        value=value.value,
        confidence=value.confidence,
        status=value.status,
    )
    return Answer(
        question=question,
        found=True,
        text=value.text or "",
        how="page",
        value=value.value,
        columns=[called],
        rows=[[value.value]],
        understood=f"{called} as printed in {hit.name}, page {citation.page}",
        citations=[citation],
        model=value.model,
    )


def cited_pictures(pipeline: Pipeline, store: Store, answer: Answer) -> Iterator[Image]:
    """Each page that an answer cites, with the values drawn that it cites there, in the order of the citations."""
    places = dict.fromkeys((c.document, c.page) for c in answer.citations if c.box is not None)
    for document, page in places:
        kept = next(kept for kept in store.history(document) if kept.current)
        values = [
            Value(pointer=c.pointer or "/answer", text=c.text, page=c.page, box=c.box, status=c.status or "unverified")
            for c in answer.citations
            if (c.document, c.page) == (document, page)
        ]
        record = kept.record.model_copy(update={"values": values})
        for _, picture in pipeline.pictures(record, store.file(document), pages=str(page)):
            yield picture
