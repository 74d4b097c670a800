"""A question about what is stored becomes an answer that cites its places, and both are kept.

understand -> plan of the tables -> run -> answer
           -> no plan: find the pages -> a model reads them -> what it says is held against the page
           -> neither: not in the documents
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from docpipe.ask import Asked, Refusal, Sense, Vocabulary, learn, understand
from docpipe.ask import answer as answered
from docpipe.errors import QueryTooLong, UsageError
from docpipe.plan import QueryPlan
from docpipe.types import Answer

if TYPE_CHECKING:
    from PIL.Image import Image

    from docpipe.pipeline import Pipeline
    from docpipe.store import Store


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
        if not question.strip():
            raise UsageError("there is no question", hint='docpipe ask "How many invoices are there?"')
        asked = understand(
            question,
            self._store.plans,
            self._vocabulary(schema),
            today=today or date.today(),  # noqa: DTZ011  # "last month" is that of whoever asks
            before=self._before if goes_on else None,
        )
        plan, answer = self._answered(question, asked)
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

    def _answered(self, question: str, asked: Asked) -> tuple[QueryPlan | None, Answer]:
        if isinstance(asked.outcome, Refusal):
            return None, self._nothing(question, asked.outcome)
        chosen = asked.outcome
        try:
            result = self._store.plans.run(chosen.plan)
        except QueryTooLong as error:
            return chosen.plan, Answer(
                question=question, found=False, text=f"No answer: {error}", how="none", understood=chosen.understood
            )
        catalogue = self._store.plans.catalogue()
        return chosen.plan, answered(question, result, catalogue, chosen.understood, chosen.alternatives)

    def _nothing(self, question: str, refusal: Refusal) -> Answer:
        return Answer(question=question, found=False, text=f"Not in your documents: {refusal.why}.", how="none")


def cited_pictures(pipeline: Pipeline, store: Store, answer: Answer) -> Iterator[Image]:
    """Each page that an answer cites, with the values drawn that it cites there, in the order of the citations."""
    places = dict.fromkeys((c.document, c.page) for c in answer.citations if c.box is not None)
    for document, page in places:
        kept = next(kept for kept in store.history(document) if kept.current)
        cited = {c.pointer for c in answer.citations if (c.document, c.page) == (document, page)}
        values = [value for value in kept.record.values if value.pointer in cited]
        record = kept.record.model_copy(update={"values": values})
        for _, picture in pipeline.pictures(record, store.file(document), pages=str(page)):
            yield picture
