"""What the passages of entries mean goes in as vectors, and the entries that mean something like a question come out.

PostgreSQL compares them itself where it has pgvector. Otherwise they are kept as bytes, and only their signs in memory,
64 bytes for a vector of 512: numpy finds the passages whose signs agree most, and compares those in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    column,
    delete,
    insert,
    select,
    table,
    text,
)

from docpipe.store.fulltext import wanted_entries
from docpipe.store.tables import entries

_VECTORS = table("docpipe_words_vectors", column("id"), column("entry_id"), column("model"), column("vector"))
# A number between -1 and 1 is kept as a byte.
_STEPS = 127
# How many passages are compared in full.
_CLOSER_LOOK = 256
# No page has more than this.
_PASSAGES = 8

Vector = NDArray[np.float32]


def keep_vectors(connection: Connection, meant: Mapping[int, Vector], model: str) -> None:
    """Keep what the passages of entries mean (a unit vector each), in place of what was kept before."""
    connection.execute(delete(_VECTORS).where(_VECTORS.c.entry_id.in_(meant)))
    if _has_pgvector(connection):
        said = "INSERT INTO docpipe_words_vectors (entry_id, model, vector)"
        written = [
            {"entry": entry, "model": model, "vector": _written(vector)}
            for entry, vectors in meant.items()
            for vector in vectors
        ]
        connection.execute(text(f"{said} VALUES (:entry, :model, CAST(:vector AS halfvec))"), written)
        return
    rows = [
        {"entry_id": entry, "model": model, "vector": vector.tobytes()}
        for entry, vectors in meant.items()
        for vector in np.rint(vectors * _STEPS).astype(np.int8)
    ]
    connection.execute(insert(_VECTORS), rows)


def drop_vectors(connection: Connection, numbers: Sequence[int]) -> None:
    """Forget what entries meant: they say something else now."""
    if numbers:
        connection.execute(delete(_VECTORS).where(_VECTORS.c.entry_id.in_(numbers)))


class Vectors:
    """The vectors of one database. The signs of what was read of it once stay in memory."""

    def __init__(self) -> None:
        self._model = ""
        self._last = 0
        self._numbers: NDArray[np.int64] = np.zeros(0, np.int64)
        self._signs: NDArray[np.uint64] = np.zeros((0, 0), np.uint64)

    def near(
        self, connection: Connection, vector: Vector, model: str, where: Sequence[ColumnElement[bool]], most: int
    ) -> list[tuple[int, float]]:
        """The entries with the passages that mean most nearly what `vector` does, with the cosine (-1..1).

        `where` is about entries and documents.
        """
        if _has_pgvector(connection):
            return _compared(connection, vector, model, where, most)
        self._refresh(connection, model)
        asked = _signs(vector[None])
        if not len(self._numbers) or len(self._signs) != len(asked):
            return []
        differ = np.zeros(len(self._numbers), np.uint16)
        for known, given in zip(self._signs, asked[:, 0], strict=True):
            differ += np.bitwise_count(known ^ given)
        found = self._compared(connection, vector, differ, np.arange(len(differ)), where)
        if len(found) < min(most, _CLOSER_LOOK // _PASSAGES) and len(differ) > _CLOSER_LOOK:
            # Nothing but a narrow filter leaves so few, so it goes first.
            wanted = select(_VECTORS.c.id).where(_VECTORS.c.entry_id.in_(wanted_entries(where)))
            allowed = np.fromiter(connection.execute(wanted).scalars(), np.int64)
            inside = np.flatnonzero(np.isin(self._numbers, allowed))
            found = self._compared(connection, vector, differ, inside, where)
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]

    def _compared(
        self,
        connection: Connection,
        vector: Vector,
        differ: NDArray[np.uint16],
        rows: NDArray[np.intp],
        where: Sequence[ColumnElement[bool]],
    ) -> dict[int, float]:
        """The cosine of each wanted entry's nearest passage, of the passages among `rows` whose signs differ least."""
        best = rows
        if len(rows) > _CLOSER_LOOK:
            best = rows[np.argpartition(differ[rows], _CLOSER_LOOK)[:_CLOSER_LOOK]]
        here = _VECTORS.c.id.in_(self._numbers[best].tolist())
        passages = connection.execute(select(_VECTORS.c.entry_id, _VECTORS.c.vector).where(here)).all()
        if not passages:
            return {}
        numbers = {row.entry_id for row in passages}
        wanted = set(connection.execute(wanted_entries([entries.c.id.in_(numbers), *where])).scalars())
        whole = np.frombuffer(b"".join(row.vector for row in passages), np.int8).reshape(len(passages), -1)
        cosines = whole.astype(np.float32) @ vector / np.maximum(np.linalg.norm(whole.astype(np.float32), axis=1), 1)
        found: dict[int, float] = {}
        for row, cosine in zip(passages, cosines.tolist(), strict=True):
            if row.entry_id in wanted:
                found[row.entry_id] = max(cosine, found.get(row.entry_id, -1.0))
        return found

    def _refresh(self, connection: Connection, model: str) -> None:
        """Read the vectors that came since the last time. Those that are gone are not found when looked up."""
        if model != self._model:
            # Vectors of two models do not compare.
            self._model, self._last = model, 0
            self._numbers, self._signs = np.zeros(0, np.int64), np.zeros((0, 0), np.uint64)
        here = and_(_VECTORS.c.model == model, _VECTORS.c.id > self._last)
        query: Select[tuple[int, bytes]] = select(_VECTORS.c.id, _VECTORS.c.vector).where(here).order_by(_VECTORS.c.id)
        numbers, signs = [self._numbers], [self._signs] if len(self._numbers) else []
        for rows in connection.execute(query).partitions(10_000):
            whole = np.frombuffer(b"".join(row.vector for row in rows), np.int8).reshape(len(rows), -1)
            signs.append(_signs(whole))
            numbers.append(np.fromiter((row.id for row in rows), np.int64, len(rows)))
        if len(numbers) > 1:
            self._numbers, self._signs = np.concatenate(numbers), np.concatenate(signs, axis=1)
            self._last = int(self._numbers[-1])


def _signs(vectors: NDArray[np.float32] | NDArray[np.int8]) -> NDArray[np.uint64]:
    """One bit a number: whether it is positive. (n, d) to (d / 64, n), rounded up: what is compared lies together."""
    bits = np.packbits(vectors > 0, axis=1)
    padded = np.zeros((len(bits), -(-bits.shape[1] // 8) * 8), np.uint8)
    padded[:, : bits.shape[1]] = bits
    return np.ascontiguousarray(padded.view(np.uint64).T)


def _has_pgvector(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        return False
    kind = "SELECT udt_name FROM information_schema.columns WHERE table_name = :name AND column_name = 'vector'"
    return bool(connection.execute(text(kind), {"name": _VECTORS.name}).scalar() == "halfvec")


def _compared(
    connection: Connection, vector: Vector, model: str, where: Sequence[ColumnElement[bool]], most: int
) -> list[tuple[int, float]]:
    cosine: Any = text("max(1 - (vector <=> CAST(:wanted AS halfvec))) AS cosine")
    query = select(_VECTORS.c.entry_id, cosine).where(
        _VECTORS.c.model == model, _VECTORS.c.entry_id.in_(wanted_entries(where))
    )
    query = query.group_by(_VECTORS.c.entry_id).order_by(text("cosine DESC"), _VECTORS.c.entry_id).limit(most)
    return [(row.entry_id, float(row.cosine)) for row in connection.execute(query, {"wanted": _written(vector)})]


def _written(vector: Vector) -> str:
    return "[" + ",".join(f"{number:.5g}" for number in vector.tolist()) + "]"
