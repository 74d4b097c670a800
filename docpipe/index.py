"""A query and an open store become hits: by words, by meaning where a sentence model is installed, fused by rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docpipe.types import Hit

if TYPE_CHECKING:
    from docpipe.store import SearchQuery, Store


def search(store: Store, wanted: SearchQuery) -> list[Hit]:
    """The pages that answer `wanted` best, the best first, at most as many as it wants.

    Whatever a person types is a valid query; nothing that can be looked for gives no hits.
    """
    return store.search(wanted)
