"""Phrases of terms become the numbers of the entries that hold them: FTS5 on SQLite, tsvector on PostgreSQL.

Both are reached through three tables that the migrations make: `docpipe_words` with the words of every entry,
`docpipe_words_terms` with every term there is, and `docpipe_words_vectors` with what entries mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, and_, column, literal_column, select, table, text, true

from docpipe.store.tables import documents, entries
from docpipe.store.terms import LONGEST, terms

# Rows that one query may weigh: ten to twenty milliseconds. What stands on more pages tells little about any of them.
BUDGET = 20_000
NAMES = ("docpipe_words", "docpipe_words_terms", "docpipe_words_vectors")
_TERMS = table("docpipe_words_terms", column("term"))
# Of more senders than this each page is looked at.
_MOST_SENDERS = 5_000
_SENDERS = (
    "WITH RECURSIVE found (sender) AS (SELECT min(sender) FROM docpipe_search UNION ALL"
    " SELECT (SELECT min(sender) FROM docpipe_search WHERE docpipe_search.sender > found.sender) FROM found"
    " WHERE found.sender IS NOT NULL) SELECT sender FROM found LIMIT :most"
)
# PostgreSQL counts no further in a text, and keeps no more places of a term.
_LAST_PLACE, _MOST_PLACES = 16383, 255
# A tsvector holds a megabyte, places included; no page that a person would read comes near.
_MOST_TERMS, _ROOM = 50_000, 500_000

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """One thing that was looked for: any of these phrases will do. `weight` is what finding it is worth, `rows` on how
    many entries the phrases stand, all together.
    """

    phrases: tuple[Phrase, ...]
    weight: float
    rows: int


class Fulltext(Protocol):
    """What each database does in its own way."""

    def count(self, phrase: Phrase) -> int:
        """On how many entries a phrase stands, BUDGET at most for one of several terms."""
        ...

    def like(self, start: str, most: int) -> list[str]:
        """Terms that begin so, in their order."""
        ...

    def ranked(
        self, units: Sequence[Unit], *, every: bool, where: Sequence[ColumnElement[bool]], most: int
    ) -> list[int]:
        """Entries with every one of the units, or with any, the best first. `where` is about entries and documents."""
        ...

    def newest(self, units: Sequence[Unit], where: Sequence[ColumnElement[bool]], most: int) -> list[int]:
        """Entries with every one of the units, the latest first."""
        ...

    def sent_by(self, said: Sequence[str]) -> ColumnElement[bool]:
        """The condition on entries that their sender has all of these words in its name."""
        ...

    def put(self, changed: Mapping[int, tuple[str, str]]) -> None:
        """Take in the words of entries that are new or changed: their texts and fields, by their numbers."""
        ...

    def rebuild(self) -> None:
        """Make the index anew from the entries."""
        ...

    def scrub(self) -> None:
        """Leave nothing in the index of entries that are gone."""
        ...


def fulltext(connection: Connection) -> Fulltext:
    """The index of words of the database that `connection` leads to."""
    return Sqlite(connection) if connection.dialect.name == "sqlite" else Postgres(connection)


def wanted_entries(where: Sequence[ColumnElement[bool]]) -> Any:
    """The entries that are wanted, to be joined with those that match."""
    return select(entries.c.id).join(documents, documents.c.id == entries.c.document_id).where(*where)


class Sqlite:
    """FTS5 over the entries, kept up by triggers."""

    _words = table("docpipe_words", column("rowid"))
    _match = text("docpipe_words MATCH :match")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, phrase: Phrase) -> int:
        """See Fulltext."""
        if len(phrase) == 1:
            found = text("SELECT doc FROM docpipe_words_terms WHERE term = :term")
            return int(self._connection.execute(found, {"term": phrase[0]}).scalar() or 0)
        inner = "SELECT 1 FROM docpipe_words WHERE docpipe_words MATCH :match LIMIT :most"
        given = {"match": _quoted(phrase), "most": BUDGET}
        return int(self._connection.execute(text(f"SELECT count(*) FROM ({inner})"), given).scalar_one())

    def like(self, start: str, most: int) -> list[str]:
        """See Fulltext."""
        return _like(self._connection, start, most)

    def ranked(
        self, units: Sequence[Unit], *, every: bool, where: Sequence[ColumnElement[bool]], most: int
    ) -> list[int]:
        """See Fulltext; by BM25."""
        return self._first(text("docpipe_words.rank"), _match(units, every=every), where, most)

    def newest(self, units: Sequence[Unit], where: Sequence[ColumnElement[bool]], most: int) -> list[int]:
        """See Fulltext."""
        return self._first(self._words.c.rowid.desc(), _match(units, every=True), where, most)

    def _first(self, order: Any, match: str, where: Sequence[ColumnElement[bool]], most: int) -> list[int]:
        best, given = select(self._words.c.rowid).where(self._match).order_by(order), {"match": match}
        found = list(self._connection.execute(best.limit(2 * most), given).scalars())
        wanted = wanted_entries(where)
        kept = set(self._connection.execute(wanted.where(entries.c.id.in_(found))).scalars())
        if len(kept) < most and len(found) == 2 * most:
            # The filter is narrow, so it goes first; looking up every match takes longer than ranking them.
            # The plus keeps SQLite from asking FTS5 once for each entry.
            query = best.where(literal_column("+docpipe_words.rowid").in_(wanted)).limit(most)
            return list(self._connection.execute(query, given).scalars())
        return [entry for entry in found if entry in kept][:most]

    def sent_by(self, said: Sequence[str]) -> ColumnElement[bool]:
        """See Fulltext. Each sender is looked at once, from one to the next in the index, and not on each page."""
        found = self._connection.execute(text(_SENDERS), {"most": _MOST_SENDERS + 1}).scalars().all()
        if len(found) > _MOST_SENDERS:
            return _named(said)
        return entries.c.sender.in_([name for name in found if name is not None and all(term in name for term in said)])

    def put(self, changed: Mapping[int, tuple[str, str]]) -> None:
        """Nothing: the triggers did."""

    def rebuild(self) -> None:
        """See Fulltext."""
        self._do("rebuild")

    def scrub(self) -> None:
        """See Fulltext. Merging all there is into one leaves out what was deleted."""
        self._do("optimize")

    def _do(self, command: str) -> None:
        self._connection.exec_driver_sql(f"INSERT INTO docpipe_words (docpipe_words) VALUES ('{command}')")


def _named(said: Sequence[str]) -> ColumnElement[bool]:
    return and_(true(), *(entries.c.sender.contains(term, autoescape=True) for term in said))


def _quoted(phrase: Phrase) -> str:
    """A phrase as FTS5 reads it. Terms hold letters and digits only, so nothing in them is syntax."""
    return '"' + " ".join(phrase) + '"'


def _match(units: Sequence[Unit], *, every: bool) -> str:
    alternatives = ["(" + " OR ".join(map(_quoted, unit.phrases)) + ")" for unit in units]
    return (" AND " if every else " OR ").join(alternatives)


class Postgres:
    """A tsvector for each entry, made here from the same terms as everywhere, and not by PostgreSQL's own parser."""

    _words = table("docpipe_words", column("entry_id"), column("words"))
    _match = text("words @@ CAST(:match AS tsquery)")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, phrase: Phrase) -> int:
        """See Fulltext; BUDGET at most."""
        inner = "SELECT 1 FROM docpipe_words WHERE words @@ CAST(:match AS tsquery) LIMIT :most"
        given = {"match": _followed(phrase), "most": BUDGET}
        return int(self._connection.execute(text(f"SELECT count(*) FROM ({inner}) found"), given).scalar_one())

    def like(self, start: str, most: int) -> list[str]:
        """See Fulltext."""
        return _like(self._connection, start, most)

    def ranked(
        self, units: Sequence[Unit], *, every: bool, where: Sequence[ColumnElement[bool]], most: int
    ) -> list[int]:
        """See Fulltext; by the weights of the units that are there, then by how often and how close."""
        given: dict[str, Any] = {"match": _tsquery(units, every=every)}
        sums = []
        for index, unit in enumerate(units):
            given |= {f"unit{index}": _tsquery([unit], every=True), f"weight{index}": unit.weight}
            sums.append(
                f"CASE WHEN words @@ CAST(:unit{index} AS tsquery) THEN CAST(:weight{index} AS real) ELSE 0 END"
            )
        wanted = self._words.c.entry_id.in_(wanted_entries(where))
        found = select(self._words).where(self._match, wanted).limit(BUDGET).subquery("found")
        rank = text(f"{' + '.join(sums)} + ts_rank(words, CAST(:match AS tsquery)) DESC")
        query = select(found.c.entry_id).order_by(rank, found.c.entry_id).limit(most)
        return list(self._connection.execute(query, given).scalars())

    def newest(self, units: Sequence[Unit], where: Sequence[ColumnElement[bool]], most: int) -> list[int]:
        """See Fulltext."""
        found = select(self._words.c.entry_id).where(self._match, self._words.c.entry_id.in_(wanted_entries(where)))
        query = found.order_by(self._words.c.entry_id.desc()).limit(most)
        return list(self._connection.execute(query, {"match": _tsquery(units, every=True)}).scalars())

    def sent_by(self, said: Sequence[str]) -> ColumnElement[bool]:
        """See Fulltext."""
        return _named(said)

    def put(self, changed: Mapping[int, tuple[str, str]]) -> None:
        """See Fulltext."""
        if not changed:
            return
        found = {entry: _places(page, fields) for entry, (page, fields) in changed.items()}
        rows = [{"entry": entry, "words": _tsvector(places)} for entry, places in found.items()]
        self._connection.execute(
            text(
                "INSERT INTO docpipe_words (entry_id, words) VALUES (:entry, CAST(:words AS tsvector))"
                " ON CONFLICT (entry_id) DO UPDATE SET words = excluded.words"
            ),
            rows,
        )
        known = "INSERT INTO docpipe_words_terms (term) SELECT unnest(CAST(:terms AS text[])) ON CONFLICT DO NOTHING"
        self._connection.execute(text(known), {"terms": sorted({term for places in found.values() for term in places})})

    def rebuild(self) -> None:
        """See Fulltext."""
        self._connection.exec_driver_sql("TRUNCATE docpipe_words, docpipe_words_terms")
        every = select(entries.c.id, entries.c.text, entries.c.fields)
        for rows in self._connection.execute(every).partitions(1000):
            self.put({row.id: (row.text, row.fields) for row in rows})

    def scrub(self) -> None:
        """See Fulltext."""
        self._connection.exec_driver_sql("TRUNCATE docpipe_words_terms")
        self._connection.exec_driver_sql(
            "INSERT INTO docpipe_words_terms (term) SELECT word FROM ts_stat('SELECT words FROM docpipe_words')"
        )


def _places(page: str, fields: str) -> dict[str, list[str]]:
    """Where each term of an entry stands; what was read as a value counts for more than what merely stands there."""
    found: dict[str, list[str]] = {}
    said = [*((term, "A") for term in terms(fields)), *((term, "") for term in terms(page))]
    room = _ROOM
    for place, (whole, weight) in enumerate(said[:_MOST_TERMS], start=1):
        term = whole[:LONGEST]
        room -= 0 if term in found else len(term.encode())
        if room < 0:
            break
        found.setdefault(term, []).append(f"{min(place, _LAST_PLACE)}{weight}")
    return found


def _tsvector(places: Mapping[str, Sequence[str]]) -> str:
    return " ".join(f"'{term}':{','.join(found[:_MOST_PLACES])}" for term, found in places.items())


def _followed(phrase: Phrase) -> str:
    """A phrase as PostgreSQL reads it. Terms hold letters and digits only, so nothing in them is syntax."""
    return " <-> ".join(f"'{term}'" for term in phrase)


def _tsquery(units: Sequence[Unit], *, every: bool) -> str:
    alternatives = ["(" + " | ".join(f"({_followed(p)})" for p in unit.phrases) + ")" for unit in units]
    return (" & " if every else " | ").join(alternatives)


def _like(connection: Connection, start: str, most: int) -> list[str]:
    after = start[:-1] + chr(ord(start[-1]) + 1)
    found = select(_TERMS.c.term).where(_TERMS.c.term >= start, _TERMS.c.term < after)
    return list(connection.execute(found.order_by(_TERMS.c.term).limit(most)).scalars())
