"""A query becomes the entries that hold its words, or mean something like it, and entries become hits.

Each word is looked for as it was typed; where it stands nowhere so, words that begin with it, and where there are none,
words that are spelled nearly so. Pages with every word come first, then those with most of them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from docpipe.store.database import Database
from docpipe.store.entries import PageWords, SearchQuery
from docpipe.store.fulltext import BUDGET, Fulltext, Unit, fulltext
from docpipe.store.indexing import field_name
from docpipe.store.tables import documents, entries, pages, records, values
from docpipe.store.terms import Word, fold, held, snippet, terms, words
from docpipe.store.vectors import Vector, Vectors
from docpipe.types import Hit

# So many entries are ranked, more than anybody reads, so that what a filter leaves is still enough.
CANDIDATES = 200
# Other words that a word may stand for.
_ALIKE = 12
_LIKE = 2000
# Letters from which on a word may begin another, and may be spelled with one wrong letter, or two.
_BEGINS, _ONE_WRONG, _TWO_WRONG = 3, 4, 8
# A page that holds less than this share of what the best page holds is no hit, nor one that holds less of the query.
_LEAST, _LEAST_AT_ALL = 0.5, 0.25


@dataclass(frozen=True)
class Matches:
    """What the words of a query found: entries, the best first, and what was looked for. `units` lacks what stands
    nowhere; `weight` is that of the whole query.
    """

    entries: tuple[int, ...] = ()
    units: tuple[Unit, ...] = ()
    weight: float = 0.0

    def weights(self) -> dict[str, float]:
        """What each term is worth."""
        found: dict[str, float] = {}
        for unit in self.units:
            for phrase in unit.phrases:
                for term in phrase:
                    found[term] = max(found.get(term, 0.0), unit.weight / len(phrase))
        return found

    def coverage(self, text: str) -> float:
        """The share of the query that stands in a text (0..1)."""
        there = held(text, self.weights())
        found = sum(unit.weight for unit in self.units if any(there.issuperset(phrase) for phrase in unit.phrases))
        return found / self.weight if self.weight else 0.0


class Finder:
    """Looks through the entries of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._vectors = Vectors()

    def search(self, wanted: SearchQuery) -> list[Hit]:
        """The pages that hold the words of a query, the best first."""
        found = self.by_words(wanted)
        ranked = [(entry, 1 / (1 + place)) for place, entry in enumerate(found.entries)]
        return self.hits(wanted, found, ranked)

    def pages_read(self, sha256: str) -> frozenset[int]:
        """The pages of a document whose text somebody read, be it that there is none."""
        query = select(entries.c.page).join(documents)
        with self._database.read() as connection:
            here = (documents.c.sha256 == sha256, entries.c.origin.is_not(None))
            return frozenset(connection.execute(query.where(*here)).scalars())

    def texts(self, document: int) -> list[PageWords]:
        """The text that is kept of a document's pages, without what it means."""
        query = select(entries.c.page, entries.c.text, entries.c.origin).where(entries.c.document_id == document)
        with self._database.read() as connection:
            found = connection.execute(query.order_by(entries.c.page))
            return [PageWords(row.page, row.text, row.origin) for row in found]

    def pages_shown(self, document: int) -> frozenset[int]:
        """The pages of a document that a model was shown."""
        with self._database.read() as connection:
            query = select(pages.c.number).where(pages.c.document_id == document)
            return frozenset(connection.execute(query).scalars())

    def by_words(self, wanted: SearchQuery) -> Matches:
        """The entries that hold a query's words."""
        with self._database.read() as connection:
            index = fulltext(connection)
            # Numbers are given in their order, so the last is near enough to how many there are.
            total = connection.execute(select(func.max(entries.c.id))).scalar() or 0
            units, missed = _units(index, words(wanted.text), total)
            told = sum(unit.weight for unit in units)
            # A word that stands nowhere may be anything; it counts like the others.
            weight = told * (1 + missed / len(units)) if units else 0.0
            found = _ranked(index, units, _conditions(index, wanted))
        return Matches(tuple(found), tuple(units), weight)

    def by_meaning(self, wanted: SearchQuery, vector: Vector, model: str) -> list[tuple[int, float]]:
        """The entries that mean most nearly what `vector` does, with the cosine between (-1..1)."""
        with self._database.read() as connection:
            return self._vectors.near(connection, vector, model, _conditions(fulltext(connection), wanted), CANDIDATES)

    def hits(self, wanted: SearchQuery, matches: Matches, ranked: Sequence[tuple[int, float]]) -> list[Hit]:
        """Entries with their scores as hits, in this order, at most as many as are wanted."""
        chosen = dict(ranked[: max(0, wanted.limit) * 2])
        query = select(entries, documents.c.name).join(documents).where(entries.c.id.in_(chosen))
        with self._database.read() as connection:
            rows = {row.id: row for row in connection.execute(query)}
            covered = {number: matches.coverage(f"{row.text}\n{row.fields}") for number, row in rows.items()}
            least = max(_LEAST * max(covered.values(), default=0.0), _LEAST_AT_ALL)
            by_words = set(matches.entries)
            kept = [n for n in chosen if n in rows and (n not in by_words or covered[n] >= least)][: wanted.limit]
            said = _values(connection, wanted, [rows[number] for number in kept])
            named = _schemas(connection, wanted, {rows[number].document_id for number in kept})
        weights = matches.weights()
        hits = []
        for number in kept:
            row = rows[number]
            hit = Hit(
                document=row.document_id,
                name=row.name,
                page=row.page,
                score=min(1.0, chosen[number]),
                coverage=covered[number],
                schema_name=named.get(row.document_id),
            )
            hits.append(_shown(hit, row, said.get((row.document_id, row.page), []), weights))
        return hits


def _units(index: Fulltext, asked: Sequence[Word], total: int) -> tuple[list[Unit], int]:
    """What to look for, with what each is worth, and how many words stand nowhere."""
    units, missed = [], 0
    for word in asked:
        phrases = _alternatives(index, word)
        if phrases:
            units.append(Unit(tuple(phrases), _weight(max(phrases.values()), total), sum(phrases.values())))
        elif len(word.terms) > 1 and not word.quoted and not all(term.isdigit() for term in word.terms):
            apart, lost = _units(index, [Word((term,), (term,)) for term in word.terms], total)
            units += [] if lost else apart
            missed += bool(lost)
        else:
            missed += 1
    return units, missed


def _alternatives(index: Fulltext, word: Word) -> dict[tuple[str, ...], int]:
    """The phrases that stand for a word, each with on how many entries it is; none when it stands nowhere."""
    if not word.spellings:
        count = index.count(word.terms)
        return {word.terms: count} if count else {}
    for ways in (_typed,) if word.quoted else (_typed, _longer, _near):
        found = {(term,): index.count((term,)) for term in ways(index, word)}
        found = {phrase: count for phrase, count in found.items() if count}
        if found:
            return dict(sorted(found.items(), key=lambda item: -item[1])[:_ALIKE])
    return {}


def _typed(index: Fulltext, word: Word) -> list[str]:
    """The ways in which a word may be written."""
    del index
    return list(word.spellings)


def _longer(index: Fulltext, word: Word) -> list[str]:
    """Terms that begin with a word, the shortest first."""
    starts = [way for way in word.spellings if len(way) >= _BEGINS]
    return sorted({term for start in starts for term in index.like(start, _LIKE)}, key=len)[: 4 * _ALIKE]


def _near(index: Fulltext, word: Word) -> list[str]:
    """Terms that are spelled like a word but for a letter or two; none for numbers, where each digit counts.

    Of the first two letters one may be too many, one may be missing, or they may have changed places.
    """
    (term,) = word.terms
    if len(term) < _ONE_WRONG or any(letter.isdigit() for letter in term):
        return []
    most = 1 if len(term) < _TWO_WRONG else 2
    # Most errors are further on, where few words are like it; of two letters there are thousands.
    for starts in ({term[:3]}, {term[:2], term[1::-1], term[0] + term[2], term[1:3]}):
        known = {like for start in starts for like in index.like(start, _LIKE) if abs(len(like) - len(term)) <= most}
        apart = {like: OSA.distance(term, like, score_cutoff=most) for like in known}
        nearest = min(apart.values(), default=most + 1)
        if nearest == 1:
            break
    return [] if nearest > most else sorted(like for like, distance in apart.items() if distance == nearest)


def _weight(count: int, total: int) -> float:
    """How much it tells that a page has something that `count` of all have: inverse document frequency."""
    return math.log(1 + (max(0, total - count) + 0.5) / (count + 0.5))


def _ranked(index: Fulltext, units: Sequence[Unit], where: Sequence[ColumnElement[bool]]) -> list[int]:
    """The entries with every unit, then those with some, the best first.

    Only as many entries are weighed as the budget allows, those of the rarest words first: what stands everywhere
    tells nothing about where to look.
    """
    telling: list[Unit] = []
    left = BUDGET
    for unit in sorted(units, key=lambda unit: -unit.weight):
        left -= unit.rows
        if left >= 0:
            telling.append(unit)
    if units and not telling:
        return index.newest(units, where, CANDIDATES)
    if not telling:
        return []
    found = index.ranked(telling, every=True, where=where, most=CANDIDATES)
    if len(telling) > 1 and len(found) < CANDIDATES:
        found += index.ranked(telling, every=False, where=where, most=CANDIDATES)
    return list(dict.fromkeys(found))[:CANDIDATES]


def _conditions(index: Fulltext, wanted: SearchQuery) -> list[ColumnElement[bool]]:
    """What entries and documents must be like."""
    found: list[ColumnElement[bool]] = [documents.c.superseded.is_(False)]
    if wanted.documents is not None:
        found.append(documents.c.id.in_(wanted.documents))
    read = [records.c.document_id == documents.c.id, records.c.current]
    if wanted.schema is not None or wanted.status is not None:
        if wanted.schema is not None:
            read.append(records.c.schema_name == wanted.schema)
        if wanted.status is not None:
            read.append(records.c.status == wanted.status)
        found.append(exists().where(and_(*read)))
    if wanted.since is not None:
        found.append(entries.c.day >= wanted.since)
    if wanted.until is not None:
        found.append(entries.c.day <= wanted.until)
    if wanted.sender is not None:
        found.append(index.sent_by([fold(term) for term in terms(wanted.sender)]))
    return found


def _schemas(connection: Connection, wanted: SearchQuery, found: Collection[int]) -> dict[int, str]:
    """The schema of each document's current record, the first of several."""
    query = select(records.c.document_id, records.c.schema_name).where(records.c.document_id.in_(found))
    query = query.where(records.c.current).order_by(records.c.id.desc())
    if wanted.schema is not None:
        query = query.where(records.c.schema_name == wanted.schema)
    return {row.document_id: row.schema_name for row in connection.execute(query)}


def _values(connection: Connection, wanted: SearchQuery, pages: Sequence[Any]) -> Mapping[tuple[int, int], list[Any]]:
    """The values that current records give on these pages, by document and page."""
    if not pages:
        return {}
    places = [
        and_(records.c.document_id == row.document_id, or_(values.c.page == row.page, values.c.page.is_(None)))
        for row in pages
    ]
    query = (
        select(values, records.c.document_id, records.c.schema_name)
        .join(records, records.c.id == values.c.record_id)
        # The documents alone are looked up by an index; of a condition for each place a database may make a scan.
        .where(records.c.document_id.in_({row.document_id for row in pages}))
        .where(records.c.current, values.c.status != "absent", or_(*places))
        .order_by(values.c.record_id, values.c.number)
    )
    if wanted.schema is not None:
        query = query.where(records.c.schema_name == wanted.schema)
    found: dict[tuple[int, int], list[Any]] = {}
    first = {row.document_id: row.page for row in reversed(pages)}
    for row in connection.execute(query):
        found.setdefault((row.document_id, row.page or first[row.document_id]), []).append(row)
    return found


def _shown(hit: Hit, row: Any, said: Sequence[Any], weights: Mapping[str, float]) -> Hit:
    """The hit with the line of the page that matched, or with the value that did."""
    page = sum(weights[term] for term in held(f"{row.text}\n{row.fields}", weights))
    best, most = None, 0.0
    for value in said:
        own = held(f"{value.text or ''} {value.value or ''}", weights)
        named = held(field_name(value.pointer), weights) - own
        worth = sum(weights[term] for term in own) + 0.5 * sum(weights[term] for term in named)
        if worth > most:
            best, most = value, worth
    if best is None or most < _LEAST * page:
        # A page that was not read as text still has what was read as values.
        text = row.fields if not held(row.text, weights) and held(row.fields, weights) else row.text or row.fields
        line, marks = snippet(text, weights)
        return hit.model_copy(update={"snippet": line, "marks": marks})
    printed = best.text or best.value or ""
    said_so = printed if held(printed, weights) or not best.value else f"{printed} = {best.value}"
    line, marks = snippet(f"{field_name(best.pointer)}: {said_so}", weights)
    box = None if best.x0 is None else (best.x0, best.y0, best.x1, best.y1)
    told = {"schema_name": best.schema_name, "pointer": best.pointer, "text": printed, "box": box}
    return hit.model_copy(update={"snippet": line, "marks": marks, **told})
