"""A question and a vocabulary become what the question says: its words by their meaning, before any table is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from docpipe.ask.amounts import Bound, find_bounds, find_currency
from docpipe.ask.called import NUMBERS, printed
from docpipe.ask.compounds import part_compounds
from docpipe.ask.days import Period
from docpipe.ask.following import refers
from docpipe.ask.names import Named, Names
from docpipe.ask.passing import Unknown
from docpipe.ask.periods import find_periods
from docpipe.ask.sentence import Sentence
from docpipe.ask.vocabulary import Meant, Vocabulary, stem, stems
from docpipe.ask.words import STATES, stop_words, word_set
from docpipe.plan import Step
from docpipe.printed.words import fold

# Words that say what is wanted, in the order in which they are looked for.
_WISHES = (
    "overdue", "review", "again", "count", "much", "average", "minimum", "maximum", "latest", "first", "most", "least",
    "next", "top", "incoming", "outgoing", "sum", "when", "whom", "who", "where", "which", "list", "different", "money",
    "amount",
)  # fmt: skip
_STEPS: dict[str, Step] = {"month": "month", "quarter": "quarter", "year": "year"}


@dataclass(frozen=True)
class Mention:
    """A phrase that names a column; `at` is where in the sentence it stands."""

    meant: tuple[Meant, ...]
    at: int
    said: str


@dataclass(frozen=True)
class Kinds:
    """A phrase for a kind of document or list: the tables it may mean, none for anything that is stored.

    `weak`: it says what was done ("ordered"), and counts where no kind is named. `of`: a French "de" leads it.
    """

    tables: tuple[str, ...]
    at: int
    said: str
    plural: bool
    weak: bool = False
    of: bool = False


@dataclass(frozen=True)
class Group:
    """What is grouped by: a mentioned column, or a step of time."""

    mention: Mention | None = None
    step: Step = "value"


@dataclass(frozen=True)
class Sense:
    """What a question says. `wishes` are what is wanted (count, sum, latest ...) and where that stands; `left` are the
    words that were not understood, `passed` those of them that ask for nothing, `read_as` those read as others.
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
    not_currency: bool = False
    limit: int | None = None
    left: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    words: int = 0
    at_end: bool = False
    refers: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing in it is about what is stored."""
        return not (self.kinds or self.mentions or self.named or self.periods or self.bounds)


def sense(text: str, vocabulary: Vocabulary, today: date) -> Sense:
    """What `text` says, as far as it is understood."""
    return _Listener(Sentence(text), vocabulary, today).listen()


def _without_verbs(kinds: Sequence[Kinds]) -> list[Kinds]:
    """The kinds without a French "reçu" that says of others how they came."""
    others = [kind for kind in kinds if fold(kind.said) not in _CAME]
    return [kind for kind in kinds if kind in others or (not others and fold(kind.said) in ("recu", "recus"))]


class _Listener:
    """One pass over a sentence, most telling words first."""

    def __init__(self, sentence: Sentence, vocabulary: Vocabulary, today: date) -> None:
        self._s = sentence
        self._v = vocabulary
        self._today = today
        self._read_as: list[tuple[str, str]] = []
        self._at_end = False

    def listen(self) -> Sense:
        s = self._s
        names = Names(s, self._v)
        numbers = names.numbers()
        often = self._often()
        part_compounds(s, self._v)
        self._correct()
        named = [*numbers, *names.whole(least=2), *names.begun()]
        periods = find_periods(s, self._today)
        bounds = find_bounds(s)
        named += names.whole()
        limit = self._limit()
        again = s.at("again", 0) or s.at("and", 0)
        if again:
            s.take(0, again, "again")
        kinds, mentions, groups, missing = self._kinds_and_columns()
        kinds = [*_without_verbs(kinds), *self._deeds()]
        currency, not_currency = find_currency(s)
        wishes = {**self._wishes(), **often}
        if any(s.words[kind.at - 1 : kind.at] == ["what"] for kind in kinds):
            wishes.setdefault("which", 0)
        mentions += self._implied(wishes, mentions, periods)
        if again:
            wishes["again"] = 0
        currency = currency or next((b.currency for b in bounds if b.currency), None)
        named += names.parts()
        pinned = bool(numbers) or (bool(named) and any(p.day_only for p in periods))
        unknown = Unknown(s, pinned=pinned and bool(mentions or wishes.keys() & _OF_ONE))
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
            not_currency=not_currency,
            limit=limit,
            left=unknown.left,
            passed=unknown.passed,
            read_as=tuple(self._read_as),
            words=len(s),
            at_end=self._at_end,
            refers=refers(s),
        )

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
            beside = self._printed(start)
            if beside > length:  # "customer number" is not the customer
                start += beside
                continue
            step = next((made for name, made in _STEPS.items() if s.at(name, start)), None)
            by = s.before("by", start, over=1)
            asked = s.before("which", start, over=1)
            if step is not None and s.words[start] in _EVERY:  # an average is not grouped by what it is the average of
                s.take(start, 1, "group")
                if not s.said_any("average"):
                    groups.append(Group(step=step))
                start += 1
                continue
            if step is not None and length <= 1 and (by is not None or asked is not None):
                if by is not None:
                    s.take(by[0], start + 1 - by[0], "group")
                s.take(start, 1, "group")
                groups.append(Group(step=step))
                start += 1
                continue
            if s.words[start] in _EDGES and s.free(start) and self._edge(start):
                self._at_end = s.words[start] in _ENDS
                s.take(start, 1, "edge")
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
                    if by is not None:
                        s.take(by[0], start - by[0], "each")
            start += length
        return kinds, mentions, groups, missing

    def _printed(self, start: int) -> int:
        """How many words from here on are the name of something that only the page holds, two at least."""
        s = self._s
        return next((n for n in (4, 3, 2) if s.free(start, n) and tuple(s.words[start : start + n]) in printed()), 0)

    def _edge(self, start: int) -> bool:
        """At the end of October, Ende Oktober: no field, but a part of a period."""
        s = self._s
        after = s.words[start + 1] if start + 1 < len(s) else ""
        return after in _OF or (bool(after) and s.language != "en" and s.taken[start + 1] == "period")

    def _longest(self, start: int) -> tuple[int, Mention | None, Kinds | None]:
        """The longest phrase from here that names a column or a kind of document; of equals the kind."""
        s = self._s
        for length in range(min(6, len(s) - start), 0, -1):
            if not s.free(start, length):
                continue
            last = s.words[start + length - 1]
            words = stems(s.words[start : start + length])
            if tuple(s.words[start - 1 : start + length]) in self._v.deeds:
                continue  # "we order" is no order
            if words in self._v.tables:
                plural = last.endswith(("s", "n", "e", "x")) and last != "po"
                return (
                    length,
                    None,
                    Kinds(
                        self._v.tables[words],
                        start,
                        s.said(start, length),
                        plural,
                        of=s.words[start - 1 : start] in (["de"], ["d"]),
                    ),
                )
            meant = self._v.columns.get(words)
            if meant is not None and (length > 1 or last not in _NO_COLUMN):
                return length, Mention(meant, start, s.said(start, length)), None
        return 0, None, None

    def _deeds(self) -> list[Kinds]:
        """What was done: ordered, invoiced."""
        s = self._s
        found = []
        for start in range(len(s)):
            for length in (3, 2, 1):
                words = tuple(s.words[start : start + length])
                if s.free(start, length) and words in self._v.deeds:
                    s.take(start, length, "deed")
                    found.append(Kinds(self._v.deeds[words], start, s.said(start, length), plural=True, weak=True))
        return found

    def _wishes(self) -> dict[str, int]:
        """What is wanted, the longest phrase at each place."""
        s = self._s
        found: dict[str, int] = {}
        for start in range(len(s)):
            length, wish = max(((s.at(wish, start), wish) for wish in _WISHES), key=lambda one: one[0])
            if length:
                found.setdefault(wish, start)
                s.take(start, length, wish)
        return found

    def _often(self) -> dict[str, int]:
        """ "How many times" is no time of the day."""
        s = self._s
        found = [(start, length) for start, length in s.find("count") if length > 2]
        for start, length in found:
            s.take(start, length, "count")
        return {"count": found[0][0], "times": found[0][0]} if found else {}

    def _implied(self, wishes: dict[str, int], mentions: Sequence[Mention], periods: Sequence[Period]) -> list[Mention]:
        """Fields that are asked for without their name: by when something is to be paid, how it was paid."""
        s = self._s
        if "money" not in wishes or mentions:
            return []
        if s.said_any("must") and ("when" in wishes or (periods and not wishes.keys() & {"much", "count", "sum"})):
            at = wishes.get("when", wishes.pop("money"))
            return self._mention("due date", at)
        how = next((n for n, word in enumerate(s.words) if word in _HOW and s.free(n)), None)
        if how is not None and not wishes.keys() & {"count", "much", "when"}:
            s.take(how, 1, "column")
            del wishes["money"]
            return self._mention("payment method", how)
        return []

    def _mention(self, said: str, at: int) -> list[Mention]:
        meant = self._v.columns.get(stems(said.split()), ())
        return [Mention(meant, at, said)] if meant else []

    # What was written wrongly.

    def _correct(self) -> None:
        s = self._s
        quiet = stop_words(s.language)
        start = 0
        while start < len(s):
            word = s.words[start]
            if not s.free(start) or word.isdecimal() or len(word) < 3 or word in quiet or word in STATES:
                start += 1
                continue
            beside = (
                s.words[n] for n in (start + 1, start - 1) if 0 <= n < len(s) and s.free(n) and s.words[n] not in quiet
            )
            other = next((found for near in beside if (found := self._v.misspelt(word, near))), None)
            if other is not None:
                self._note(s.said(start, 1), other)
                s.replace(start, other)
            if self._v.knows(s.words[start]):
                start += 1
                continue
            joined = word + s.words[start + 1] if start + 1 < len(s) and s.free(start + 1) else ""
            back = s.words[start - 1] + word if start and s.free(start - 1) else ""
            if stem(joined) in self._v.holding:
                self._note(s.said(start, 2), joined)
                s.replace(start, joined, 2)
            elif stem(back) in self._v.holding:
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


_EVERY = word_set(
    "monthly quarterly yearly annual annually monatlich monatliche monatlichen quartalsweise jahrlich jahrliche "
    "jahrlichen mensuel mensuelle mensuels mensuelles trimestriel trimestrielle annuel annuelle annuels annuelles"
)
_ARTICLES = word_set("a an one ein eine un une")
# Words of columns that are said in most questions without meaning the column.
_NO_COLUMN = word_set("time name number numero nummer in")
# What is asked of one document.
_HOW = word_set("how wie womit comment")
_OF_ONE = frozenset({"when", "who", "whom", "where", "much"})
# What these and a period make is no field: at the end of October.
_EDGES = word_set("end ende fin start anfang debut beginning beginn")
_ENDS = word_set("end ende fin")
_CAME = word_set("recu recus recue recues")
_OF = word_set("of des der du de d von the")
