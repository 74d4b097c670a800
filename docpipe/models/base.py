"""The model seam: requests go in, replies come out. A backend is one class with these three methods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, runtime_checkable

from docpipe.types import PageText, ReadRequest, Reply, View

# The turns of a conversation before: a question, and the answer to it, None where it was not there.
Turns = Sequence[tuple[str, str | None]]


@runtime_checkable
class Model(Protocol):
    """A reader of pages. `name` is recorded with every value it reads."""

    name: str

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """One reply for each request, in order; a backend may batch across pages and documents."""
        ...

    def answer(self, views: Sequence[View], question: str, earlier: Turns = ()) -> Reply:
        """One reading with an empty pointer that answers `question` from `views`; None when not there.

        `earlier` are the turns about the same views before this question. A model that cannot use them ignores them.
        """
        ...

    def transcribe(self, view: View) -> PageText | None:
        """The words the model can read in `view`, or None when it cannot give text with places."""
        ...
