"""The 500 documents become a store, through the pipeline, read by a model that makes no mistakes.

Ten of them were replaced by another version, fifteen were read by a second model too, and five came in twice.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from docpipe.errors import DocpipeError
from docpipe.pipeline import Pipeline
from docpipe.schema import Schema
from docpipe.settings import Settings
from docpipe.store import Store, open_store
from docpipe.types import PageText, Reading, ReadRequest, Reply, View
from tests.benchmarks.questions.papers import Paper, papers, replaced

_MARK = "built.json"


class Truthful:
    """A model that reads each of `known`, by the hash of its content, just as it is."""

    def __init__(self, name: str, known: Mapping[str, Paper]) -> None:
        self.name = name
        self.known = known

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """What is printed on the pages of each request."""
        for request in requests:
            paper = self.known[request.views[0].page.source.sha256]
            pages = {view.page.number for view in request.views}
            yield Reply(
                tuple(r for r in readings(paper, request.schema) if r.page in pages or r.page is None), self.name
            )

    def answer(self, views: Sequence[View], question: str, earlier: Sequence[tuple[str, str | None]] = ()) -> Reply:
        """Nothing: the documents of the store are only read."""
        del views, question, earlier
        return Reply((), self.name)

    def transcribe(self, view: View) -> PageText | None:
        """Nothing: the pages have their text."""
        del view
        return None


def readings(paper: Paper, schema: Schema) -> list[Reading]:
    """A reading of every value of `paper` that `schema` asks for, and one without text for every field it lacks."""
    found = [
        Reading(pointer, text, paper.places[pointer].page, paper.places[pointer].box, 0.97)
        for pointer, text in paper.texts.items()
        if pointer.startswith("/")
    ]
    lacking = [leaf.path for leaf in schema.leaves if leaf.array is None and leaf.path not in paper.texts]
    return found + [Reading(path, None, confidence=0.97) for path in lacking]


def settings_in(folder: Path, model: str = "nano") -> Settings:
    """Settings whose store lies in `folder`."""
    return Settings(database=str(folder / "docpipe.db"), model=model)


def build(folder: Path) -> None:
    """Make the store in `folder`, unless it is there already and made of the same documents."""
    now = {paper.name: hashlib.sha256(paper.content).hexdigest() for paper in papers()}
    mark = folder / _MARK
    if mark.is_file():
        if json.loads(mark.read_text("utf-8")) == now:
            return
        shutil.rmtree(folder)  # the mark says that it was made here
    (folder / "inbox").mkdir(parents=True, exist_ok=True)
    with open_store(settings_in(folder)) as store:
        if store.entries():
            raise DocpipeError(f"{folder} holds another store", hint="name another folder")
        _add(store, folder, replaced(), "reader-1")
        _add(store, folder, papers(), "reader-1")
        _add(store, folder, [p for p in papers() if p.truth.schema == "invoice"][::16], "reader-2")
        copies = [Paper(f"copy-of-{p.name}", p.truth, p.texts, p.places, p.content) for p in papers()[40::100]]
        _add(store, folder, copies, "reader-1")
    mark.write_text(json.dumps(now), "utf-8")


def _add(store: Store, folder: Path, some: Sequence[Paper], model: str) -> None:
    known = {hashlib.sha256(paper.content).hexdigest(): paper for paper in some}
    for paper in some:
        (folder / "inbox" / paper.name).write_bytes(paper.content)
    with Pipeline(settings_in(folder), model=Truthful(model, known), store=store) as pipeline:
        for schema in sorted({paper.truth.schema for paper in some}):
            paths = [folder / "inbox" / paper.name for paper in some if paper.truth.schema == schema]
            for added in pipeline.add(paths, schema=schema):
                if added.record.status not in ("ok", "needs_review"):
                    raise DocpipeError(f"{added.record.source}: {added.record.error}")
