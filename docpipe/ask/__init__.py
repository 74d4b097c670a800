"""A question becomes an answer from the tables, or the reason why they have none; rules of language, no model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from docpipe.ask.answering import answer as answer
from docpipe.ask.describing import describe
from docpipe.ask.following import follow, goes_on
from docpipe.ask.labels import labels as labels
from docpipe.ask.labels import other_labels as other_labels
from docpipe.ask.planner import Choice, Planner, Refusal
from docpipe.ask.sense import Sense, sense
from docpipe.ask.settling import settle as settle
from docpipe.ask.vocabulary import Vocabulary
from docpipe.plan import Catalogue, Column, QueryPlan, Result

__all__ = [
    "Asked", "Choice", "Library", "Refusal", "Sense", "Vocabulary", "answer", "describe", "labels", "learn",
    "other_labels", "settle", "understand",
]  # fmt: skip


class Library(Protocol):
    """What is stored, as far as questions need it. The store's `plans` are one."""

    def catalogue(self, schema: str | None = None) -> Catalogue:
        """The tables that can be asked."""
        ...

    def run(self, plan: QueryPlan) -> Result:
        """What a plan comes to."""
        ...

    def names(self, wanted: Column) -> Iterable[str]:
        """The different texts in a column."""
        ...

    def months(self, wanted: Column) -> Sequence[tuple[int, int]]:
        """The months that a column of days has."""
        ...


@dataclass(frozen=True)
class Asked:
    """A question as it was understood: what it says, and the plan for it or the reason why there is none.

    `goes_on` says that it could only be understood together with the one before it.
    """

    sense: Sense
    outcome: Choice | Refusal
    goes_on: bool = False


def learn(library: Library, schema: str | None = None) -> Vocabulary:
    """What can be asked about: all that is stored, or what was read with one schema. To be kept for more questions."""
    return Vocabulary(library.catalogue(schema), library.names)


def understand(
    question: str, library: Library, vocabulary: Vocabulary, *, today: date, before: Sense | None = None
) -> Asked:
    """The plan for a question. `before` is what the question before it said, which this one may go on from."""
    said = sense(question, vocabulary, today)
    on = before is not None and goes_on(said)
    if before is not None and on:
        said = follow(before, said)
    return Asked(said, Planner(vocabulary, library.months, today).plan(said), on)
