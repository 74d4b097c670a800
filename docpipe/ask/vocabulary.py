"""The tables that can be asked become a vocabulary: what kinds of documents, fields and stored names are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from docpipe.ask.periods import month_words
from docpipe.ask.words import ANY_KIND, FIELDS, KINDS, known_words, word_set
from docpipe.plan import Catalogue, Column, Table
from docpipe.printed.words import fold

# Words of company names that people leave out.
FORMS = word_set(
    "gmbh ag ltd limited inc llc corp corporation co company kg kgaa sarl sa sas sasu eurl bv nv plc ohg ug gbr se srl "
    "spa oy ab as ek ev llp pty pvt & und and et the"
)
# Keys that are words of many fields' names: they name a field only when they are all of its key.
_GENERAL = frozenset({"amount", "total", "currency", "time", "description", "quantity", "account", "effective", "end"})
# Columns of more text than a name has.
_LONGEST_NAME = 200

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Meant:
    """A column that a phrase may mean, and how well the phrase says so."""

    column: Column
    weight: int


@dataclass(frozen=True)
class Stored:
    """A text that stands in a column."""

    column: Column
    text: str
    words: Phrase


class Vocabulary:
    """What can be asked about. `names` gives the different texts of a column."""

    def __init__(self, catalogue: Catalogue, names: Callable[[Column], Iterable[str]]) -> None:
        self.catalogue = catalogue
        self._names = names

    @cached_property
    def tables(self) -> Mapping[Phrase, tuple[str, ...]]:
        """The tables that each phrase means; no table for one that means anything that is stored."""
        found: dict[Phrase, tuple[str, ...]] = {tuple(said.split()): () for said in ANY_KIND.split("|")}
        for table in self.catalogue.tables:
            for said in _called(table):
                for phrase in _inflected(said):
                    if table.name not in found.get(phrase, ()):
                        found[phrase] = (*found.get(phrase, ()), table.name)
        return found

    @cached_property
    def columns(self) -> Mapping[Phrase, tuple[Meant, ...]]:
        """The columns that each phrase may mean."""
        found: dict[Phrase, dict[str, Meant]] = {}
        for table in self.catalogue.tables:
            for column in table.columns:
                for said, weight in _said(column):
                    for phrase in _inflected(said):
                        before = found.setdefault(phrase, {}).get(column.ref)
                        if before is None or before.weight < weight:
                            found[phrase][column.ref] = Meant(column, weight)
        return {phrase: tuple(meant.values()) for phrase, meant in found.items()}

    @cached_property
    def stored(self) -> tuple[Stored, ...]:
        """Every text of every column that holds names, numbers and short descriptions."""
        return tuple(
            Stored(column, text, words)
            for table in self.catalogue.tables
            for column in table.columns
            if column.kind == "text" and column.key != "currency"
            for text in self._names(column)
            if len(text) <= _LONGEST_NAME and (words := split(text))
        )

    @cached_property
    def whole(self) -> Mapping[Phrase, tuple[Stored, ...]]:
        """The stored texts by all their words, and by those that are no company's form."""
        found: dict[Phrase, list[Stored]] = {}
        for stored in self.stored:
            found.setdefault(stored.words, []).append(stored)
            short = tuple(word for word in stored.words if word not in FORMS)
            if short and short != stored.words:
                found.setdefault(short, []).append(stored)
            if len(stored.words) > 1 and any(c.isdigit() for c in stored.text):
                found.setdefault(("".join(stored.words),), []).append(stored)
        return {words: tuple(texts) for words, texts in found.items()}

    @cached_property
    def holding(self) -> Mapping[str, frozenset[int]]:
        """The places in `stored` of the texts that hold a word."""
        found: dict[str, set[int]] = {}
        for place, stored in enumerate(self.stored):
            for word in stored.words:
                found.setdefault(word, set()).add(place)
        return {word: frozenset(places) for word, places in found.items()}

    @cached_property
    def words(self) -> list[str]:
        """Every word that means something here, for finding what was written wrongly."""
        told = {word for phrase in self.tables for word in phrase} | {word for p in self.columns for word in p}
        return sorted(told | known_words() | month_words() | set(self.holding))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.words)

    def knows(self, word: str) -> bool:
        """Whether a word is written as one that means something."""
        return word in self._known

    def nearest(self, word: str) -> str | None:
        """The word that was meant by one with a typing error, None when none is near enough."""
        most = 0 if len(word) < 4 else 1 if len(word) < 7 else 2 if len(word) < 12 else 3
        if not most or any(c.isdigit() for c in word):
            return None
        near = [w for w in self.words if abs(len(w) - len(word)) <= most and len(w) > 3 and not w.isdigit()]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=most, limit=12)
        # Short words are like many others: the same letters, or the same beginning.
        alike = [
            (distance, said not in self.holding, said)
            for said, distance, _ in found
            if len(word) > 4 or sorted(said) == sorted(word) or said[:2] == word[:2]
        ]
        return min(alike)[2] if alike else None


def split(text: str) -> Phrase:
    """The folded words of a text."""
    return tuple(fold(text).replace("%", " ").replace("#", " ").split())


def _called(table: Table) -> Iterator[str]:
    """What the rows of a table are called: its schema's name and title, or its array's, and the words for such."""
    if table.path:
        own = fold(table.path.rsplit("/", 1)[-1])
        yield own
        yield own.removesuffix("s")
    else:
        own = fold(f"{table.schema.replace('_', ' ')} {table.title}")
        yield fold(table.schema.replace("_", " "))
        yield fold(table.title)
    words = {word.removesuffix("s") for word in own.split()} | set(own.split())
    for kind, said in KINDS.items():
        if set(kind.split()) <= words and (kind in ("items", "transactions")) == bool(table.path):
            yield from said.split("|")


def _said(column: Column) -> Iterator[tuple[str, int]]:
    """What a column is called, with how well each phrase says so."""
    key = fold(column.words)
    yield key, 4
    if column.title:
        yield fold(column.title), 3
    for said in _synonyms(key):
        yield said, 3
    for label in column.labels:
        said = fold(label)
        short = said.removesuffix(" no").removesuffix(" nr").removesuffix(" n").removesuffix(" #")
        # One short word such as "from", "to", "date" says too little.
        if short and (" " in short or len(short) > 3) and short not in _SAY_NOTHING:
            yield short, 2


_SAY_NOTHING = word_set(
    "from date datum invoice bill to vendor item items service services details units hours rate tax rechnung facture "
    "until till bis von data fecha order contract agreement vertrag contrat title statement transaction reference "
    "payment receipt ticket name article artikel product price concepto totale totaal leistung position gst"
)


def _synonyms(key: str) -> Iterator[str]:
    """The phrases for a key's most telling word: the longest entry whose words it has, of equals the later one."""
    words = key.split()
    fitting = [
        entry
        for entry in FIELDS
        if entry == key
        or (set(entry.split()) <= set(words) and (entry not in _GENERAL or len(words) == 1))
        or (entry in ("end", "effective", "account") and entry in words)
    ]
    if fitting:
        best = max(fitting, key=lambda entry: (len(entry.split()), words.index(entry.split()[-1])))
        yield from FIELDS[best].split("|")


def _inflected(said: str) -> Iterator[Phrase]:
    """A phrase and its plural and genitive forms, in its last word, its first, or both."""
    words = said.replace("%", " ").replace("#", " ").split()
    if not words:
        return
    yield tuple(words)
    for last in _forms(words[-1]):
        yield (*words[:-1], last)
    if len(words) > 1:
        for first in _forms(words[0]):
            yield (first, *words[1:])
            for last in _forms(words[-1]):
                yield (first, *words[1:-1], last)


def _forms(word: str) -> Iterator[str]:
    if len(word) > 2 and not word[-1].isdigit():
        yield from (word + ending for ending in ("s", "es", "n", "en", "e", "er", "ern", "x"))
        if word.endswith("y"):
            yield word[:-1] + "ies"
        if word.endswith("al"):
            yield word[:-2] + "aux"
