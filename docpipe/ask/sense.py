"""A question and a vocabulary become what the question says: its words by their meaning, before any table is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from docpipe.ask.amounts import Bound, find_bounds, find_currency
from docpipe.ask.periods import Period, find_periods
from docpipe.ask.sentence import Sentence
from docpipe.ask.vocabulary import FORMS, Meant, Stored, Vocabulary
from docpipe.ask.words import NUMBERS, stop_words, word_set
from docpipe.plan import Step

Role = Literal["sender", "receiver"] | None
_ROLES: tuple[Literal["sender", "receiver"], ...] = ("sender", "receiver")
# Words that say what is wanted, in the order in which they are looked for.
_WISHES = (
    "overdue", "review", "again", "count", "much", "average", "minimum", "maximum", "latest", "first", "most", "least",
    "top", "sum", "when", "who", "where", "which", "list", "different", "money",
)  # fmt: skip
_STEPS: dict[str, Step] = {"month": "month", "quarter": "quarter", "year": "year"}


@dataclass(frozen=True)
class Mention:
    """A phrase that names a column; `at` is where in the sentence it stands."""

    meant: tuple[Meant, ...]
    at: int
    said: str


@dataclass(frozen=True)
class Named:
    """A name that stands in the documents: the stored texts it may be. `turned`: it must not be that."""

    stored: tuple[Stored, ...]
    at: int
    said: str
    role: Role = None
    turned: bool = False
    exact: bool = False


@dataclass(frozen=True)
class Kinds:
    """A phrase for a kind of document or list: the tables it may mean, none for anything that is stored."""

    tables: tuple[str, ...]
    at: int
    said: str
    plural: bool


@dataclass(frozen=True)
class Group:
    """What is grouped by: a mentioned column, or a step of time."""

    mention: Mention | None = None
    step: Step = "value"


@dataclass(frozen=True)
class Sense:
    """What a question says. `wishes` are what is wanted (count, sum, latest ...) and where that stands; `left` are the
    words that were not understood, `read_as` those that were read as others.
    """

    language: str
    wishes: dict[str, int] = field(default_factory=dict)
    kinds: tuple[Kinds, ...] = ()
    mentions: tuple[Mention, ...] = ()
    named: tuple[Named, ...] = ()
    periods: tuple[Period, ...] = ()
    bounds: tuple[Bound, ...] = ()
    groups: tuple[Group, ...] = ()
    missing: tuple[Mention, ...] = ()
    currency: str | None = None
    limit: int | None = None
    left: tuple[str, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    words: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing in it is about what is stored."""
        return not (self.kinds or self.mentions or self.named or self.periods or self.bounds)


def sense(text: str, vocabulary: Vocabulary, today: date) -> Sense:
    """What `text` says, as far as it is understood."""
    return _Listener(Sentence(text), vocabulary, today).listen()


def follow(before: Sense, now: Sense) -> Sense:
    """A question that goes on from the one before: what it says takes the place of the like, the rest stays."""
    columns = {(stored.column.ref) for named in now.named for stored in named.stored}
    kept = tuple(n for n in before.named if not columns & {stored.column.ref for stored in n.stored})
    wishes = {k: v for k, v in now.wishes.items() if k != "again"}
    return replace(
        now,
        wishes=wishes if set(wishes) - {"which", "list"} else before.wishes,
        kinds=now.kinds or before.kinds,
        mentions=now.mentions or before.mentions,
        named=(*kept, *now.named),
        periods=now.periods or before.periods,
        bounds=now.bounds or before.bounds,
        groups=now.groups or before.groups,
        missing=now.missing or before.missing,
        currency=now.currency or before.currency,
        limit=now.limit or before.limit,
        words=before.words,
    )


def goes_on(now: Sense) -> bool:
    """Whether a question says too little to stand alone: "and in April?", "what about Acme?"."""
    if now.wishes.get("again") == 0:
        return True
    asks = set(now.wishes) - {"which", "list", "money", "again"}
    return not asks and not now.kinds and not now.mentions and now.words <= 6


class _Listener:
    """One pass over a sentence, most telling words first."""

    def __init__(self, sentence: Sentence, vocabulary: Vocabulary, today: date) -> None:
        self._s = sentence
        self._v = vocabulary
        self._today = today
        self._read_as: list[tuple[str, str]] = []

    def listen(self) -> Sense:
        s = self._s
        numbers = self._whole_names(numbers=True)
        self._correct()
        periods = find_periods(s, self._today)
        bounds = find_bounds(s)
        named = numbers + self._whole_names(numbers=False)
        limit = self._limit()
        again = s.at("again", 0) or s.at("and", 0)
        if again:
            s.take(0, again, "again")
        kinds, mentions, groups, missing = self._kinds_and_columns()
        wishes = self._wishes()
        if again:
            wishes["again"] = 0
        currency = find_currency(s) or next((b.currency for b in bounds if b.currency), None)
        named += self._part_names()
        return Sense(
            language=s.language,
            wishes=wishes,
            kinds=tuple(kinds),
            mentions=tuple(mentions),
            named=tuple(named),
            periods=tuple(periods),
            bounds=tuple(bounds),
            groups=tuple(groups),
            missing=tuple(missing),
            currency=currency,
            limit=limit,
            left=tuple(s.left()),
            read_as=tuple(self._read_as),
            words=len(s),
        )

    # Names that stand in the documents.

    def _whole_names(self, *, numbers: bool) -> list[Named]:
        """Stored texts that stand in the sentence with all their words; with `numbers`, those with figures."""
        found = []
        start = 0
        while start < len(self._s):
            length = next(
                (n for n in range(min(10, len(self._s) - start), 0, -1) if self._is_name(start, n, numbers)), 0
            )
            if length:
                stored = self._v.whole[tuple(self._s.words[start : start + length])]
                found.append(self._named(start, length, stored, exact=True))
            start += length or 1
        return found

    def _is_name(self, start: int, length: int, numbers: bool) -> bool:
        words = tuple(self._s.words[start : start + length])
        if not self._s.free(start, length) or words not in self._v.whole:
            return False
        figures = any(c.isdigit() for word in words for c in word)
        if numbers:
            # A year, a day or a small number is said for its own sake more often than as part of a name.
            return (
                figures
                and (length > 1 or len(words[0]) > 4 or not words[0].isdecimal())
                and not self._is_day(start, length)
            )
        quiet = stop_words(self._s.language)
        if length == 1:
            own = self._s.tokens[start].text[:1].isupper() and start > 0
            return (
                words[0] not in quiet
                and words not in self._v.tables
                and (words not in self._v.columns or own)
                and not words[0].isdecimal()
            )
        return not all(word in quiet or (word,) in self._v.tables for word in words)

    def _is_day(self, start: int, length: int) -> bool:
        words = self._s.words[start : start + length]
        return all(word.isdecimal() for word in words) and length == 3 and len(max(words, key=len)) == 4

    def _part_names(self) -> list[Named]:
        """Stored texts of which some words stand in the sentence, the most words first."""
        found = []
        start = 0
        while start < len(self._s):
            places, length = self._run(start)
            if places:
                stored = tuple(self._v.stored[place] for place in sorted(places))
                found.append(self._named(start, length, stored, exact=False))
            start += length or 1
        return found

    def _run(self, start: int) -> tuple[frozenset[int], int]:
        """The stored texts with the words from here on, as many words as go together."""
        quiet = stop_words(self._s.language)
        word = self._s.words[start]
        if not self._s.free(start) or word in quiet or word in FORMS or len(word) < 2:
            return frozenset(), 0
        places = self._v.holding.get(word, frozenset())
        length, end = 1, start + 1
        while places and end < len(self._s) and self._s.free(end):
            more = places & self._v.holding.get(self._s.words[end], frozenset())
            end += 1
            if more:
                places, length = more, end - start
            elif self._s.words[end - 1] not in quiet and self._s.words[end - 1] not in FORMS:
                break
        return places, length if places else 0

    def _named(self, start: int, length: int, stored: Sequence[Stored], *, exact: bool) -> Named:
        s = self._s
        role: Role = None
        for wanted in _ROLES:
            if s.before(wanted, start, over=1) is not None:
                role = wanted
                break
        negated = s.before("not", start, over=1)
        if negated is None:
            link = s.before("sender", start) or s.before("receiver", start)
            negated = None if link is None else s.before("not", link[0])
        if negated is not None:
            s.take(negated[0], start - negated[0], "not")
        said = s.said(start, length)
        s.take(start, length, "name")
        return Named(tuple(stored), start, said, role, negated is not None, exact)

    # What is wanted of them.

    def _limit(self) -> int | None:
        """top 5, the 3 largest, die letzten drei."""
        s = self._s
        for start in range(len(s)):
            word = s.words[start]
            number = (
                int(word)
                if word.isdecimal() and len(word) < 4
                else NUMBERS.get(word)
                if word not in _ARTICLES
                else None
            )
            if not number or not s.free(start):
                continue
            led = any(s.before(lead, start) for lead in ("top", "latest", "first", "maximum", "minimum"))
            behind = any(s.at(lead, start + 1) for lead in ("latest", "first", "maximum", "minimum", "most", "least"))
            if led or behind:
                s.take(start, 1, "limit")
                return number
        return None

    def _kinds_and_columns(self) -> tuple[list[Kinds], list[Mention], list[Group], list[Mention]]:
        s = self._s
        kinds: list[Kinds] = []
        mentions: list[Mention] = []
        groups: list[Group] = []
        missing: list[Mention] = []
        start = 0
        while start < len(s):
            length, mention, kind = self._longest(start)
            step = next((made for name, made in _STEPS.items() if s.at(name, start)), None)
            by = s.before("by", start, over=1)
            asked = s.before("which", start, over=1)
            if step is not None and length <= 1 and (by is not None or asked is not None):
                if by is not None:
                    s.take(by[0], start + 1 - by[0], "group")
                s.take(start, 1, "group")
                groups.append(Group(step=step))
                start += 1
                continue
            if not length:
                start += 1
                continue
            lacking = s.before("missing", start, over=1) if mention is not None else None
            if mention is not None and by is not None:
                s.take(by[0], start + length - by[0], "group")
                groups.append(Group(mention=mention))
            elif mention is not None and lacking is not None:
                s.take(lacking[0], start + length - lacking[0], "missing")
                missing.append(mention)
            else:
                s.take(start, length, "column" if mention is not None else "kind")
                if mention is not None:
                    mentions.append(mention)
                elif kind is not None:
                    kinds.append(kind)
            start += length
        return kinds, mentions, groups, missing

    def _longest(self, start: int) -> tuple[int, Mention | None, Kinds | None]:
        """The longest phrase from here that names a column or a kind of document; of equals the kind."""
        s = self._s
        for length in range(min(6, len(s) - start), 0, -1):
            if not s.free(start, length):
                continue
            words = tuple(s.words[start : start + length])
            if words in self._v.tables:
                plural = words[-1].endswith(("s", "n", "e", "x")) and words[-1] != "po"
                return length, None, Kinds(self._v.tables[words], start, s.said(start, length), plural)
            meant = self._v.columns.get(words)
            if meant is not None and (length > 1 or words[0] not in _NO_COLUMN):
                return length, Mention(meant, start, s.said(start, length)), None
        return 0, None, None

    def _wishes(self) -> dict[str, int]:
        s = self._s
        found: dict[str, int] = {}
        for wish in _WISHES:
            for start, length in list(s.find(wish)):
                found.setdefault(wish, start)
                s.take(start, length, wish)
        return found

    # What was written wrongly.

    def _correct(self) -> None:
        s = self._s
        start = 0
        while start < len(s):
            word = s.words[start]
            if not s.free(start) or word.isdecimal() or len(word) < 3 or self._v.knows(word):
                start += 1
                continue
            joined = word + s.words[start + 1] if start + 1 < len(s) and s.free(start + 1) else ""
            back = s.words[start - 1] + word if start and s.free(start - 1) else ""
            if joined in self._v.holding:
                self._note(s.said(start, 2), joined)
                s.replace(start, joined, 2)
            elif back in self._v.holding:
                self._note(s.said(start - 1, 2), back)
                s.replace(start - 1, back, 2)
            else:
                umlaut = word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
                meant = umlaut if umlaut != word and self._v.knows(umlaut) else self._v.nearest(word)
                if meant is not None:
                    if meant != umlaut:
                        self._note(s.said(start, 1), meant)
                    s.replace(start, meant)
            start += 1

    def _note(self, said: str, meant: str) -> None:
        self._read_as.append((said, meant))


_ARTICLES = word_set("a an one ein eine un une")
# Words of columns that are said in most questions without meaning the column.
_NO_COLUMN = word_set("time name number numero nummer end start ends starts price in")
