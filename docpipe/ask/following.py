"""A question that goes on from the one before it and what that one said become one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from docpipe.ask.days import Period, months_later
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


def points(sentence: Sentence) -> bool:
    """Whether a question ends with what it asks about, or picks of it: "how many was that", "which of those"."""
    said = " ".join(sentence.words)
    return sentence.words[-1:] in (["that"], ["those"], ["these"], ["das"], ["davon"]) or said.startswith(
        ("which of those", "which of these", "which of them", "which one", "welche davon", "welcher davon", "lequel",
         "laquelle", "lesquels", "lesquelles")
    )  # fmt: skip


def follow(before: Sense, now: Sense) -> Sense:
    """A question that goes on from the one before: what it says takes the place of the like, the rest stays."""
    columns = {(stored.column.ref) for named in now.named for stored in named.stored}
    kept = tuple(n for n in before.named if not columns & {stored.column.ref for stored in n.stored})
    wishes = {k: v for k, v in now.wishes.items() if k != "again"}
    # Another field is asked for: when and who were asked of the one before.
    kept_wishes = {k: v for k, v in before.wishes.items() if not (now.mentions and k in _ASKS_FOR)}
    picked = {k: v for k, v in before.wishes.items() if k in _PICKS}
    if picked and not wishes.keys() & (_PICKS | _COMPUTES) and not (now.named or now.periods or now.kinds):
        wishes = {**picked, **wishes}  # when was that?
    return replace(
        now,
        wishes=wishes if set(wishes) - {"which", "list"} or (now.mentions and "which" in wishes) else kept_wishes,
        kinds=now.kinds or tuple(replace(kind, of=False) for kind in before.kinds),
        mentions=now.mentions if now.mentions or wishes.keys() & _ASKS_FOR else before.mentions,
        named=(*kept, *now.named),
        periods=tuple(_back(p, now.earlier) for p in before.periods)
        if now.earlier and before.periods
        else _of_year(now.periods, before.periods) or before.periods,
        bounds=now.bounds or before.bounds,
        groups=now.groups or before.groups,
        missing=now.missing or before.missing,
        filled=now.filled or before.filled,
        currency=now.currency or before.currency,
        not_currency=now.not_currency if now.currency else before.not_currency,
        limit=now.limit or before.limit,
        words=before.words,
    )


def _of_year(now: tuple[Period, ...], before: tuple[Period, ...]) -> tuple[Period, ...]:
    """Months without a year are of the year that was spoken of."""
    years = {p.first.year for p in before if p.first is not None and p.month is None and p.first.year > 1}
    return tuple(p.of(*years) for p in now) if len(years) == 1 else now


# What picks one of several, and what is made of all.
_PICKS = {"latest", "first", "maximum", "minimum", "most", "least", "top"}
_COMPUTES = {"count", "sum", "average"}
_ASKS_FOR = {"amount", "when", "who", "whom", "where"}


_SHIFTS = {
    "year": ("year before", "year earlier", "previous year", "jahr davor", "jahr zuvor", "vorjahr", "annee d avant",
             "annee precedente", "an d avant"),
    "month": ("month before", "month earlier", "previous month", "monat davor", "monat zuvor", "vormonat",
              "mois d avant", "mois precedent"),
    "same": ("one before", "davor", "zuvor", "celui d avant", "celle d avant"),
}  # fmt: skip


def earlier(sentence: Sentence) -> str:
    """How far a question goes back from the one before it: a year, a month, as long as that; "" when not."""
    said = f" {' '.join(sentence.words)} "
    return next((step for step, phrases in _SHIFTS.items() if any(f" {p} " in said for p in phrases)), "")


def _back(period: Period, step: str) -> Period:
    """The period before this one."""
    if period.first is None or period.until is None or date.max in (period.first, period.until):
        return period
    size = {"year": 12, "month": 1}.get(
        step, (period.until.year - period.first.year) * 12 + period.until.month - period.first.month
    )
    if not size or period.first.day != 1 or period.until.day != 1:
        return period
    return replace(
        period, first=months_later(period.first, -size), until=months_later(period.until, -size), said="", month=None
    )


def goes_on(now: Sense, before: Sense) -> bool:
    """Whether a question says too little to stand alone: "and in April?", "what about Acme?"."""
    bare = not (now.named or now.periods or now.bounds or now.currency or now.groups or now.missing or now.left)
    same = {kind.tables for kind in now.kinds} == {kind.tables for kind in before.kinds}
    if bare and (same or not before.kinds) and now.kinds and now.words <= 4:
        return True  # average invoice?
    if (now.empty and not now.left) or now.points:
        return True
    if now.wishes.get("again") == 0 or (now.refers and not now.named and not any(k.plural for k in now.kinds)):
        return True
    if now.mentions and "which" in now.wishes and not (now.kinds or now.named or now.periods) and now.words <= 5:
        return True  # from which suppliers?
    asks = set(now.wishes) - {"which", "list", "money", "amount", "again"}
    return not asks and not now.kinds and not now.mentions and now.words <= 6
