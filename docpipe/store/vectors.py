"""What entries mean goes in as vectors, and the entries that mean something like a question come out.

PostgreSQL compares them itself where it has pgvector. Otherwise they are half-precision bytes that numpy compares in
memory, where they are kept between searches: 200 MB for 100,000 pages of 512 numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, and_, column, delete, insert, select, table, text

from docpipe.store.fulltext import wanted_entries
from docpipe.store.tables import entries

_VECTORS = table("docpipe_words_vectors", column("id"), column("entry_id"), column("model"), column("vector"))
_STORED = np.float16
# How many times as many entries as are wanted are looked at first, before filters.
_FIRST = 4
# SQLite takes 32,766 parameters of a statement at most.
_PARAMETERS = 10_000


def keep_vector(connection: Connection, entry: int, vector: NDArray[np.float32], model: str) -> None:
    """Keep what an entry means, in place of what it meant before."""
    connection.execute(delete(_VECTORS).where(_VECTORS.c.entry_id == entry))
    if _has_pgvector(connection):
        given = {"entry": entry, "model": model, "vector": _written(vector)}
        said = "INSERT INTO docpipe_words_vectors (entry_id, model, vector)"
        connection.execute(text(f"{said} VALUES (:entry, :model, CAST(:vector AS halfvec))"), given)
        return
    content = vector.astype(_STORED).tobytes()
    connection.execute(insert(_VECTORS).values(entry_id=entry, model=model, vector=content))


class Vectors:
    """The vectors of one database. What was read of it once stays in memory."""

    def __init__(self) -> None:
        self._model = ""
        self._last = 0
        self._numbers: NDArray[np.int64] = np.zeros(0, np.int64)
        self._matrix: NDArray[np.float32] = np.zeros((0, 0), np.float32)

    def near(
        self,
        connection: Connection,
        vector: NDArray[np.float32],
        model: str,
        where: Sequence[ColumnElement[bool]],
        most: int,
    ) -> list[tuple[int, float]]:
        """The entries that mean most nearly the same as `vector`, with the cosine of the angle between (-1..1).

        `where` is about entries and documents.
        """
        if _has_pgvector(connection):
            return _compared(connection, vector, model, where, most)
        self._refresh(connection, model)
        if not len(self._numbers) or self._matrix.shape[1] != len(vector):
            return []
        cosines = self._matrix @ vector
        best = np.argsort(-cosines, kind="stable")
        found = self._wanted(connection, best[: _FIRST * most], where)
        if len(found) < most and len(best) > _FIRST * most:
            found = self._wanted(connection, best, where)
        return [(int(self._numbers[index]), float(cosines[index])) for index in found[:most]]

    def _wanted(
        self, connection: Connection, rows: NDArray[np.intp], where: Sequence[ColumnElement[bool]]
    ) -> NDArray[np.intp]:
        """Those rows whose entries are wanted, in the same order."""
        numbers = self._numbers[rows]
        some = [entries.c.id.in_(numbers.tolist())] if len(numbers) <= _PARAMETERS else []
        allowed = np.fromiter(connection.execute(wanted_entries([*some, *where])).scalars(), np.int64)
        return rows[np.isin(numbers, allowed)]

    def _refresh(self, connection: Connection, model: str) -> None:
        """Read the vectors that came since the last time. Those of entries that are gone match no entry."""
        if model != self._model:
            # Vectors of two models do not compare.
            self._model, self._last = model, 0
            self._numbers, self._matrix = np.zeros(0, np.int64), np.zeros((0, 0), np.float32)
        here = and_(_VECTORS.c.model == model, _VECTORS.c.id > self._last)
        query = select(_VECTORS.c.id, _VECTORS.c.entry_id, _VECTORS.c.vector).where(here).order_by(_VECTORS.c.id)
        rows = connection.execute(query).all()
        if not rows:
            return
        fresh = np.frombuffer(b"".join(row.vector for row in rows), _STORED).reshape(len(rows), -1)
        numbers = np.fromiter((row.entry_id for row in rows), np.int64, len(rows))
        stay = ~np.isin(self._numbers, numbers)
        old = self._matrix[stay] if len(self._numbers) else np.zeros((0, fresh.shape[1]), np.float32)
        self._matrix = np.concatenate([old, fresh.astype(np.float32)])
        self._numbers = np.concatenate([self._numbers[stay], numbers])
        self._last = rows[-1].id


def _has_pgvector(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        return False
    kind = "SELECT udt_name FROM information_schema.columns WHERE table_name = :name AND column_name = 'vector'"
    return bool(connection.execute(text(kind), {"name": _VECTORS.name}).scalar() == "halfvec")


def _compared(
    connection: Connection, vector: NDArray[np.float32], model: str, where: Sequence[ColumnElement[bool]], most: int
) -> list[tuple[int, float]]:
    cosine: Any = text("1 - (vector <=> CAST(:wanted AS halfvec)) AS cosine")
    query = select(_VECTORS.c.entry_id, cosine).where(
        _VECTORS.c.model == model, _VECTORS.c.entry_id.in_(wanted_entries(where))
    )
    found = connection.execute(query.order_by(text("cosine DESC")).limit(most), {"wanted": _written(vector)})
    return [(row.entry_id, float(row.cosine)) for row in found]


def _written(vector: NDArray[np.float32]) -> str:
    return "[" + ",".join(f"{number:.5g}" for number in vector.tolist()) + "]"
