"""What tests of the store share: a model that reads samples perfectly and counts, and a dump of a database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pgvector.sqlalchemy  # noqa: F401  # SQLAlchemy learns of its types
from sqlalchemy import MetaData, select

from docpipe.models import Turns
from docpipe.settings import Settings
from docpipe.store import Store
from docpipe.types import PageText, Reading, ReadRequest, Reply, View
from tests.readings import SAMPLES, perfect, truth


@cache
def by_hash() -> dict[str, Path]:
    """The samples by their content."""
    paths = [path for path in SAMPLES.iterdir() if path.with_suffix(".json").is_file() and path.suffix != ".json"]
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}


class Perfect:
    """A model that reads samples as they are, and keeps what it was asked.

    `copies` are other documents that are read like a sample, by their hash. `changes` are texts to read instead.
    """

    def __init__(
        self,
        name: str = "perfect-1",
        *,
        copies: Mapping[str, Path] | None = None,
        changes: Mapping[str, str | None] | None = None,
    ) -> None:
        self.name = name
        self.asked: list[ReadRequest] = []
        self._known = {**by_hash(), **(copies or {})}
        self._changes = changes or {}

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        for request in requests:
            self.asked.append(request)
            yield Reply(tuple(self._read(request)), self.name)

    def answer(self, views: Sequence[View], question: str, earlier: Turns = ()) -> Reply:
        del earlier
        return Reply((Reading("", question, views[0].page.number),), self.name)

    def transcribe(self, view: View) -> PageText | None:
        return PageText(view.page, (), "nano")

    def _read(self, request: ReadRequest) -> list[Reading]:
        document = self._known[request.views[0].page.source.sha256]
        if request.schema.title == "Kind of document":
            return [Reading("/schema", truth(document)["schema"])]
        pages = {view.page.number for view in request.views}
        wanted = None if request.only is None else {*request.only}
        return [
            reading
            for reading in perfect(document, request.schema, self._changes)
            if (reading.page is None or reading.page in pages)
            and request.schema.leaf(reading.pointer) is not None
            and (wanted is None or {reading.pointer, starred(reading.pointer)} & wanted)
        ]


def starred(pointer: str) -> str:
    """A value's pointer as the path of its field."""
    return "/".join("*" if step.isdigit() else step for step in pointer.split("/"))


def sha(path: Path) -> str:
    """The hash of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sqlite(folder: Path, **more: Any) -> Settings:
    """Settings with a database in a folder."""
    return Settings(database=str(folder / "docpipe.db"), **more)


def dump(store: Store) -> str:
    """All rows of all tables as text, the same for two databases that hold the same."""
    metadata = MetaData()
    with store.database.read() as connection:
        metadata.reflect(connection)
        rows = {
            table.name: sorted(json.dumps(list(row), default=str) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
        }
    return json.dumps(rows, indent=1, sort_keys=True)


def query(store: Store, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with store.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]
