"""A question that goes on from the one before it and what that one said become one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docpipe.ask.words import word_set

if TYPE_CHECKING:
    from docpipe.ask.sense import Sense
    from docpipe.ask.sentence import Sentence

# What stands for what was spoken of before.
_BEFORE = {
    "en": word_set("it its them those they ones then"),
    "de": word_set("er sie es davon darauf darin dafur deren dessen dazu diese dieser dieses dieselbe seine ihre"),
    "fr": word_set("dessus dedans celle celles ceux son sa ses leur leurs y en"),
}


def refers(sentence: Sentence) -> bool:
    """Whether a word stands for what was spoken of before: its, davon, dessus."""
    return bool(_BEFORE[sentence.language] & set(sentence.words))


def follow(before: Sense, now: Sense) -> Sense:
    """A question that goes on from the one before: what it says takes the place of the like, the rest stays."""
    columns = {(stored.column.ref) for named in now.named for stored in named.stored}
    kept = tuple(n for n in before.named if not columns & {stored.column.ref for stored in n.stored})
    wishes = {k: v for k, v in now.wishes.items() if k != "again"}
    # Another field is asked for: when and who were asked of the one before.
    kept_wishes = {k: v for k, v in before.wishes.items() if not (now.mentions and k in _ASKS_FOR)}
    return replace(
        now,
        wishes=wishes if set(wishes) - {"which", "list"} else kept_wishes,
        kinds=now.kinds or before.kinds,
        mentions=now.mentions if now.mentions or wishes.keys() & _ASKS_FOR else before.mentions,
        named=(*kept, *now.named),
        periods=now.periods or before.periods,
        bounds=now.bounds or before.bounds,
        groups=now.groups or before.groups,
        missing=now.missing or before.missing,
        currency=now.currency or before.currency,
        not_currency=now.not_currency if now.currency else before.not_currency,
        limit=now.limit or before.limit,
        words=before.words,
    )


_ASKS_FOR = {"amount", "when", "who", "whom", "where"}


def goes_on(now: Sense) -> bool:
    """Whether a question says too little to stand alone: "and in April?", "what about Acme?"."""
    if now.wishes.get("again") == 0 or (now.refers and not now.named and not any(k.plural for k in now.kinds)):
        return True
    asks = set(now.wishes) - {"which", "list", "money", "amount", "again"}
    return not asks and not now.kinds and not now.mentions and now.words <= 6
