"""A plan that names what was said becomes one that names what is stored: "Acme" as Acme Tools Ltd."""

from __future__ import annotations

from collections.abc import Iterator

from docpipe.ask.vocabulary import Vocabulary, split, stem
from docpipe.plan import Column, Condition, Part, QueryPlan


def settle(plan: QueryPlan, vocabulary: Vocabulary) -> QueryPlan:
    """The plan with the stored texts that its names mean; a name that is stored nowhere stays as it is."""
    return plan.model_copy(update={"parts": [_part(part, vocabulary) for part in plan.parts]})


def _part(part: Part, vocabulary: Vocabulary) -> Part:
    return part.model_copy(update={"conditions": [_condition(one, vocabulary) for one in part.conditions]})


def _condition(condition: Condition, vocabulary: Vocabulary) -> Condition:
    column = vocabulary.catalogue.column(condition.column)
    if column is None or column.kind != "text" or condition.operator not in ("is", "is_not"):
        return condition
    values = [text for said in condition.values for text in _stored(said, column, vocabulary)]
    return condition.model_copy(update={"values": list(dict.fromkeys(values))})


def _stored(said: str, column: Column, vocabulary: Vocabulary) -> Iterator[str]:
    words = [stem(word if vocabulary.knows(word) else vocabulary.nearest(word) or word) for word in split(said)]
    if not words:
        yield said
        return
    places = frozenset.intersection(*(vocabulary.holding.get(word, frozenset()) for word in words))
    found = [vocabulary.stored[place].text for place in sorted(places) if vocabulary.stored[place].column == column]
    yield from [said] if said in found or not found else found
