"""The tables that can be asked become a vocabulary: what kinds of documents, fields and stored names are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from docpipe.ask.around import AROUND
from docpipe.ask.called import ANY_KIND, DONE, FIELDS, KINDS
from docpipe.ask.days import month_words
from docpipe.ask.phrases import common_phrases, wanted
from docpipe.ask.words import known_words, silent_words, word_set
from docpipe.plan import Catalogue, Column, Table
from docpipe.printed.words import fold

# Words of company names that people leave out.
FORMS = word_set(
    "gmbh ag ltd limited inc llc corp corporation co company kg kgaa sarl sa sas sasu eurl bv nv plc ohg ug gbr se srl "
    "spa oy ab as ek ev llp pty pvt & und and et the"
)
# Keys that are words of many fields' names: they name a field only when they are all of its key.
_GENERAL = frozenset({"amount", "total", "currency", "time", "description", "quantity", "account", "effective", "end"})
# What the number of any document is called.
_NUMBERS = ("number", "nummer", "numero")
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
        """The tables that each phrase, in stems, means; no table for one that means anything that is stored."""
        found: dict[Phrase, tuple[str, ...]] = {stems(split(said)): () for said in ANY_KIND.split("|")}
        for table in self.catalogue.tables:
            for said in _called(table):
                phrase = stems(split(said))
                if phrase and table.name not in found.get(phrase, ()):
                    found[phrase] = (*found.get(phrase, ()), table.name)
        return found

    @cached_property
    def deeds(self) -> Mapping[Phrase, tuple[str, ...]]:
        """The tables that tell of what was done, by the words for it, which are looked for as they are."""
        found: dict[Phrase, tuple[str, ...]] = {}
        for table in self.catalogue.tables:
            for said in done(table):
                found[split(said)] = (*found.get(split(said), ()), table.name)
        return found

    @cached_property
    def columns(self) -> Mapping[Phrase, tuple[Meant, ...]]:
        """The columns that each phrase, in stems, may mean."""
        found: dict[Phrase, dict[str, Meant]] = {}
        for table in self.catalogue.tables:
            for column in table.columns:
                number = column.name in table.identity and column.key.endswith("number")
                own = [(said, 1) for said in _NUMBERS] if number else []
                for said, weight in (*_said(column), *own):
                    phrase = stems(split(said))
                    before = found.setdefault(phrase, {}).get(column.ref)
                    if before is None or before.weight < weight:
                        found[phrase][column.ref] = Meant(column, weight)
        found.pop((), None)
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
            if len(text) <= _LONGEST_NAME
            for words in _spellings(text)
        )

    @cached_property
    def whole(self) -> Mapping[Phrase, tuple[Stored, ...]]:
        """The stored texts by all their words, and by those that are no company's form, in stems."""
        found: dict[Phrase, list[Stored]] = {}
        for stored in self.stored:
            found.setdefault(stems(stored.words), []).append(stored)
            short = _without_form(stored.words)
            if short and short != stored.words:
                found.setdefault(stems(short), []).append(stored)
            if stored.column.key == "title" and len(stored.words) > 2:  # the NDA, of a non-disclosure agreement
                found.setdefault(("".join(word[0] for word in stored.words),), []).append(stored)
            if len(stored.words) > 1 and any(c.isdigit() for c in stored.text):
                found.setdefault(("".join(stored.words),), []).append(stored)
        return {words: tuple(texts) for words, texts in found.items()}

    @cached_property
    def begun(self) -> Mapping[Phrase, tuple[Stored, ...]]:
        """The stored texts by their first words, two at least."""
        found: dict[Phrase, list[Stored]] = {}
        for stored in self.stored:
            for length in range(2, min(len(stored.words), 6)):
                found.setdefault(stems(stored.words[:length]), []).append(stored)
        return {words: tuple(texts) for words, texts in found.items()}

    @cached_property
    def holding(self) -> Mapping[str, frozenset[int]]:
        """The places in `stored` of the texts that hold a word, by its stem."""
        found: dict[str, set[int]] = {}
        for place, stored in enumerate(self.stored):
            for word in stored.words:
                found.setdefault(stem(word), set()).add(place)
        return {word: frozenset(places) for word, places in found.items()}

    @cached_property
    def words(self) -> list[str]:
        """Every word that means something here, for finding what was written wrongly."""
        told = {word for table in self.catalogue.tables for said in _called(table) for word in split(said)}
        told |= {
            word
            for table in self.catalogue.tables
            for column in table.columns
            for said, _ in _said(column)
            for word in split(said)
        }
        told |= {word for stored in self.stored for word in stored.words}
        return sorted(told | known_words() | month_words())

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.words) | frozenset(map(stem, self.words))

    @cached_property
    def _meant(self) -> list[str]:
        """The words that one with a typing error may be: none that says nothing."""
        return sorted(word for word in set(self.words) - silent_words() | self._named)

    @cached_property
    def _named(self) -> frozenset[str]:
        """The words around a question that are words of stored names, too: office."""
        around = {word for language in AROUND for word in AROUND[language].split()}
        return frozenset(word for word in around if len(word) > 4 and stem(word) in self.holding)

    def knows(self, word: str) -> bool:
        """Whether a word is written as one that means something."""
        return word in self._known or stem(word) in self._known

    def means(self, word: str, language: str) -> bool:
        """Whether a word alone says what is wanted, or names a kind of document or a field."""
        phrase = (stem(word),)
        return wanted(word, language) or phrase in self.columns or phrase in self.tables or (word,) in self.deeds

    def misspelt(self, word: str, beside: str) -> str | None:
        """The word of a stored text that was meant by one next to it, be it a word of its own: frist for first."""
        if len(word) < 4 or stem(word) in self.holding:
            return None
        near = (
            other
            for place in sorted(self.holding.get(stem(beside), ()))
            for pair in pairwise(self.stored[place].words)
            if stem(beside) in stems(pair)
            for other in pair
            if len(other) > 3 and other[0] == word[0] and OSA.distance(word, other, score_cutoff=1) == 1
        )
        return next(near, None)

    def nearest(self, word: str) -> str | None:
        """The word that was meant by one with a typing error, None when none is near enough."""
        most = 0 if len(word) < 4 else 1 if len(word) < 7 else 2 if len(word) < 12 else 3
        if not most or any(c.isdigit() for c in word):
            return None
        spelt = {w: w for w in self._meant if abs(len(w) - len(word)) <= most + 2 and len(w) > 3 and not w.isdigit()}
        spelt |= {stem(w): w for w in spelt.values() if len(stem(w)) > 3}
        near = list(spelt)
        found = [
            (distance, not _shortened(asked, said), stem(said) not in self.holding, spelt[said])
            for asked in dict.fromkeys((word, stem(word)))
            for said, distance, _ in process.extract(asked, near, scorer=OSA.distance, score_cutoff=most, limit=12)
            # Short words are like many others: the same letters, or the same beginning.
            if (
                (
                    len(asked) > (4 if stem(said) in self.holding else 5)
                    and ((distance < 2 and len(asked) > 5) or said[0] == asked[0])
                )
                or sorted(said) == sorted(asked)
                or said[:2] == asked[:2]
            )
            and not self._inflected(asked, spelt[said])
        ]
        return min(found)[-1] if found else None

    def _inflected(self, word: str, other: str) -> bool:
        """Whether a word is no other one misspelt but has another ending: meant is not mean; names have no endings."""
        return stem(other) not in self.holding and len(word) > len(other) and word.startswith(other[: len(other) - 1])


def _without_form(words: Phrase) -> Phrase:
    """A name without what says what kind of company it is of: GmbH, e.K."""
    named = tuple(word for word in words if word not in FORMS)
    while len(named) > 1 and len(named[-1]) == 1 and named[-1].isalpha():
        named = named[:-1]
    return named


def _shortened(word: str, other: str) -> bool:
    """Whether a word is another one with letters left out of its middle: totl."""
    letters = iter(other)
    return word[0] == other[0] and word[-1] == other[-1] and all(letter in letters for letter in word)


def _spellings(text: str) -> Iterator[Phrase]:
    """A text's words, with an apostrophe as a gap and left out: O'Connell as o connell and oconnell."""
    words = split(text)
    if words:
        yield words
    joined = split(re.sub(r"(?<=\w)['’](?=\w)", "", text))
    if joined and joined != words:
        yield joined


def split(text: str) -> Phrase:
    """The folded words of a text."""
    return tuple(fold(text).replace("%", " ").replace("#", " ").split())


def done(table: Table) -> Iterator[str]:
    """What was done when there is a document of a table's kind."""
    words = set(fold(f"{table.schema.replace('_', ' ')} {table.title}").split())
    for kind, said in DONE.items():
        if set(kind.split()) <= words and not table.path:
            yield from said.split("|")


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
    if key not in _PLAIN:
        yield key, 4
    if key.endswith(" number"):
        yield f"{key.removesuffix('number')}no", 4
    if column.title:
        yield fold(column.title), 3
    for said in _synonyms(key):
        yield said, 3
        if said.endswith("nummer"):
            yield f"{said.removesuffix('ummer')}r", 3
    for label in column.labels:
        said = fold(label)
        short = said.removesuffix(" no").removesuffix(" nr").removesuffix(" n").removesuffix(" #")
        # One short word such as "from", "to", "date" says too little.
        if short and (" " in short or len(short) > 3) and _says(short) and not _of_kind(short, column):
            yield short, 2


def _says(said: str) -> bool:
    """Whether a label says more than a word of most questions: not "from", "number of", "sum"."""
    return said not in _SAY_NOTHING and said not in common_phrases()


def _of_kind(said: str, column: Column) -> bool:
    """ "Invoice total" says of which kind of document, and that the total is meant: two things."""
    return column.kind == "number" and split(said)[0] in _KIND_WORDS


_KIND_WORDS = frozenset(word for said in KINDS.values() for word in said.replace("|", " ").split())
# Keys that are said in most questions without meaning the field before another.
_PLAIN = frozenset({"total", "amount", "date"})


_SAY_NOTHING = word_set(
    "from date datum invoice bill to vendor item items service services details units hours rate tax rechnung facture "
    "until till bis von data fecha order contract agreement vertrag contrat title statement transaction reference "
    "total summe gesamt betrag montant amount importe bedrag importo preis prix umsatz gesamtbetrag amounts prijs "
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


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its ending of plural and case, the same for all of them; not what a grammar would call it."""
    if word[-1:].isdigit():
        return word
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith(("s", "x")) and not word.endswith("ss"):
        word = word[:-1]
    for ending, least in (("en", 6), ("e", 5), ("n", 6)):
        if len(word) >= least and word.endswith(ending):
            return word[: -len(ending)]
    return word


def stems(words: Iterable[str]) -> Phrase:
    """The stems of some words."""
    return tuple(map(stem, words))
