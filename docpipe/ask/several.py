"""A question that asks several things becomes what it asks: "how many invoices and what total", "first and last"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from docpipe.ask.following import follow
from docpipe.ask.words import word_set

if TYPE_CHECKING:
    from docpipe.ask.sense import Sense
    from docpipe.ask.sentence import Sentence

_AND = r"(?:and|und|et|sowie|plus|as well as|ainsi que)"
_ASKS = (
    r"(?:how (?:many|much|often)|what(?:['’]s| is| was| were| are| did| do| does| have)|which|when |who |"
    r"wie\s?viele?\b|wie (?:hoch|oft)|was |welche|wann |wer |combien|quel|à combien|a combien|quand )"
)
_FOR = r"(?:for (?:how|what)|pour (?:quel|combien)|à (?:quel|combien)|für (?:wie|welche)|um wie)\b"
_CLAUSE = re.compile(
    rf"(?:[,;.?!]\s*|\s){_AND}\s+(?:(?:then|also|auch|dann|aussi|in total|in all|all in all)\s+)?(?={_ASKS}|{_FOR})|"
    rf"\?\s+(?={_ASKS})",
    re.IGNORECASE,
)
# What a question must want for it to be one of several.
_WANTED = word_set("count much sum average minimum maximum latest first when who which list most least amount money")
# What is asked of the same rows and makes answers of its own, where "and" stands between.
_COMPUTED = ("count", "sum", "much", "amount", "average")
_ENDS = ("minimum", "maximum")
_SIDES = ("latest", "first")
_JOINS = word_set("and und et sowie plus ainsi")
_BETWEEN = word_set(
    "the a an of for der die das dem den des le la les l un une de du d what whats is s are was were their its my our "
    "which how much der wie hoch was ist sind quel quelle est leur leurs son sa nos as well in au que"
)


def clauses(question: str) -> list[str]:
    """The questions that stand in one, one behind the other."""
    return [part.strip() for part in _CLAUSE.split(question) if part.strip()]


def joined(sentence: Sentence, wishes: dict[str, int]) -> tuple[str, ...]:
    """The wishes that ask for an answer of their own each: "number and total of", "the first and the last"."""
    for group in ((*_COMPUTED, *_ENDS), _SIDES):
        places = sorted((at, wish) for wish, at in wishes.items() if wish in group)
        found: list[str] = []
        for (begin, first), (end, second) in pairwise(places):
            if _between(sentence, begin, end, first, second) and not (
                {first, second} & set(_ENDS) and {first, second} & {"much", "amount"}
            ):
                found += [first, second]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _between(sentence: Sentence, begin: int, end: int, first: str, second: str) -> bool:
    """Whether only a conjunction, articles and what the first is of stand between two wishes."""
    inside = [n for n in range(begin + 1, end) if sentence.taken[n] != first]
    listed = first in (*_ENDS, "count", "sum", "average") and second in (*_ENDS, "average")
    comma = listed and "," in sentence.text[sentence.tokens[begin].end : sentence.tokens[end].start]
    joins = comma or any(sentence.words[n] in _JOINS for n in inside)
    return joins and all(
        sentence.words[n] in _JOINS | _BETWEEN or sentence.taken[n] in ("kind", "column", "deed", *_COMPUTED)
        for n in inside
    )


def variants(said: Sense) -> list[Sense]:
    """What was said, once for each thing that is wanted."""
    if not said.joined:
        return [said]
    rest = {wish: at for wish, at in said.wishes.items() if wish not in said.joined}
    made = []
    for wish in said.joined:
        own = "sum" if wish in ("much", "amount") else wish
        others = {k: v for k, v in rest.items() if not (own == "count" and k in ("money", "sum", "much", "amount"))}
        made.append(replace(said, wishes={**others, own: said.wishes[wish]}, joined=()))
    return list({tuple(sorted(one.wishes)): one for one in made}.values())


def in_turn(parts: list[Sense]) -> Iterator[Sense]:
    """Each of several questions with what it leaves to the one before; the first with what it leaves to the last."""
    last = parts[-1]
    before = parts[0]
    if not (before.named or before.periods or before.bounds or before.currency or before.missing):
        before = replace(
            before,
            named=last.named,
            periods=last.periods,
            bounds=last.bounds,
            currency=last.currency,
            not_currency=last.not_currency,
            missing=last.missing,
            groups=before.groups or last.groups,
        )
    if before.periods and last.periods and not before.named:  # how many in 2024 and how many in 2025 from Acme
        before = replace(before, named=last.named)
    if before.named and last.named and not before.periods:
        before = replace(before, periods=last.periods)
    yield before
    for part in parts[1:]:
        before = follow(before, part)
        yield before


def asks(said: Sense) -> bool:
    """Whether a part of a question asks for something by itself."""
    return bool(said.wishes.keys() & _WANTED) and not said.left


def leans(first: Sense, second: Sense) -> bool:
    """Whether the second is asked of the one that the first finds: "when was the last invoice, and how much was it"."""
    chosen = first.wishes.keys() & {"latest", "first", "maximum", "minimum", "most", "least", "top", "who", "which"}
    own = second.named or second.periods or any(k.tables for k in second.kinds)
    ahead = second.wishes.keys() & {"latest", "first", "maximum", "minimum", "count"}
    return bool(chosen) and not own and not ahead
