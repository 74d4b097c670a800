"""Pages that were shown to a model become the words that a search finds them by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docpipe.errors import DocpipeError, StoreError
from docpipe.index import words_of
from docpipe.models import Model
from docpipe.store.entries import PageWords
from docpipe.types import PageText, View
from docpipe.underway import Underway


def keep_layer(document: Underway, text: Sequence[PageText]) -> None:
    """Keep the words of the text layer that a person can see."""
    for found in text:
        words = words_of(found)
        if words.text:
            document.words[words.page] = words


def transcribe(document: Underway, views: Sequence[View], model: Model, known: Callable[[str], frozenset[int]]) -> None:
    """Have pages without a text layer read as text: by the second reader where it did, else by the model.

    `known` tells, by the hash of a document, which of its pages were read so before. A page that cannot be read is
    found by its values alone.
    """
    left = [view for view in views if view.page.number not in document.words]
    before = known(left[0].page.source.sha256) if left else frozenset()
    for view in left:
        number = view.page.number
        if number in before:
            continue
        try:
            found = document.second.get(number) or model.transcribe(view)
        except StoreError:
            raise
        except DocpipeError:
            continue
        # An empty page was read too.
        document.words[number] = PageWords(number, "") if found is None else words_of(found)
