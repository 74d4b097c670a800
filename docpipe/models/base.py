"""The model seam: requests go in, replies come out. A backend is one class with these three methods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, runtime_checkable

from docpipe.types import PageText, ReadRequest, Reply, View


@runtime_checkable
class Model(Protocol):
    """A reader of pages. `name` is recorded with every value it reads."""

    name: str

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """One reply for each request, in order; a backend may batch across pages and documents."""
        ...

    def answer(self, views: Sequence[View], question: str) -> Reply:
        """One reading with an empty pointer that answers `question` from `views`; None when not there."""
        ...

    def transcribe(self, view: View) -> PageText | None:
        """The words the model can read in `view`, or None when it cannot give text with places."""
        ...
