"""A question becomes an answer from the tables, or the reason why they have none; rules of language, no model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from docpipe.ask.answering import answer as answer
from docpipe.ask.answering import together as together
from docpipe.ask.describing import describe
from docpipe.ask.equivalent import widened
from docpipe.ask.following import follow, goes_on
from docpipe.ask.labels import labels as labels
from docpipe.ask.labels import other_labels as other_labels
from docpipe.ask.nested import against, nested
from docpipe.ask.planner import Choice, Planner, Refusal
from docpipe.ask.sense import Sense, sense
from docpipe.ask.settling import settle as settle
from docpipe.ask.several import asks, clauses, in_turn, leans, variants
from docpipe.ask.vocabulary import Vocabulary
from docpipe.plan import Catalogue, Column, QueryPlan, Result

__all__ = [
    "Asked", "Choice", "Library", "Refusal", "Sense", "Vocabulary", "answer", "describe", "labels", "learn",
    "other_labels", "settle", "together", "understand",
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
    planner = Planner(vocabulary, library.months, today)
    parts = nested(question)
    compared = against(parts, library, planner, vocabulary, today) if parts is not None else None
    if compared is not None:
        return Asked(*compared)
    said = sense(question, vocabulary, today)
    on = before is not None and goes_on(said, before)
    if before is not None and on:
        said = follow(before, said)
    if not on and (several := _several(question, planner, vocabulary, today)):
        return several
    outcome = _together([planner.plan(one) for one in variants(said)])
    if isinstance(outcome, Choice) and not outcome.more:
        outcome = replace(outcome, otherwise=widened(outcome.plan, vocabulary))
    return Asked(said, outcome, on)


def _several(question: str, planner: Planner, vocabulary: Vocabulary, today: date) -> Asked | None:
    """The plans for the questions that stand in one, where each can be answered for itself."""
    parts = [sense(part, vocabulary, today) for part in split] if len(split := clauses(question)) > 1 else []
    if not parts or not all(map(asks, parts)) or any(leans(parts[0], part) for part in parts[1:]):
        return None
    turns = list(in_turn(parts))
    outcomes = [planner.plan(one) for turn in turns for one in variants(turn)]
    chosen = [one for one in outcomes if isinstance(one, Choice)]
    if len(chosen) < len(outcomes) or len({one.plan.model_dump_json() for one in chosen}) < len(chosen):
        return None
    return Asked(turns[-1], _together(outcomes))


def _together(outcomes: Sequence[Choice | Refusal]) -> Choice | Refusal:
    """One choice of all plans; the first refusal where there is one."""
    chosen = [one for one in outcomes if isinstance(one, Choice)]
    if len(chosen) < len(outcomes):
        return next(one for one in outcomes if isinstance(one, Refusal))
    first, *others = chosen
    plans = [first.plan, *(plan for one in others for plan in (one.plan, *one.more))]
    return Choice(
        plan=plans[0],
        understood="; ".join(dict.fromkeys(one.understood for one in chosen)),
        alternatives=tuple(dict.fromkeys(other for one in chosen for other in one.alternatives)),
        more=(*first.more, *plans[1:]),
    )
