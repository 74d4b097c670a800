"""A model that reads samples as it is told: what a reading with known faults looks like to everything after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from docpipe.evaluate.truth import flat
from docpipe.models.base import Turns
from docpipe.types import Reading, ReadRequest, Reply, View
from tests.readings import perfect, sample, truth


class Answering:
    """A model that reads each sample as `read` says, given its document, its schema's leaves and the true readings."""

    def __init__(self, read: Callable[[Path, Sequence[Reading]], Iterable[Reading]], name: str = "answering-1") -> None:
        self.name = name
        self.shown: list[View] = []
        self._read = read

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """What `read` says of the pages that are shown."""
        for request in requests:
            self.shown += request.views
            document = sample(Path(request.views[0].page.source.name).stem)
            pages = {view.page.number for view in request.views}
            readings = self._read(document, true_readings(document, request))
            yield Reply(tuple(r for r in readings if r.page is None or r.page in pages), self.name)

    def answer(self, views: Sequence[View], question: str, earlier: Turns = ()) -> Reply:
        """Nothing: nobody asks."""
        del views, question, earlier
        return Reply((), self.name)

    def transcribe(self, view: View) -> None:
        """Nothing."""
        del view
        return


def true_readings(document: Path, request: ReadRequest) -> tuple[Reading, ...]:
    """What a perfect model says: everything printed, and what the page shows without printing it."""
    known = truth(document)
    unprinted = {
        pointer: {True: "yes", False: "no"}.get(value, str(value))
        for pointer, value in flat(known["data"])
        if value is not None and pointer not in known["texts"]
    }
    return perfect(document, request.schema, unprinted)


def the_truth(document: Path, readings: Sequence[Reading]) -> Sequence[Reading]:
    """Reads without a fault."""
    del document
    return readings


def nothing(document: Path, readings: Sequence[Reading]) -> Sequence[Reading]:
    """Says that every field is absent."""
    del document
    return [replace(r, printed=None, page=None, box=None) for r in readings if not any(c.isdigit() for c in r.pointer)]
