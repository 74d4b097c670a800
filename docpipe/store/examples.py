"""What people reviewed becomes examples for a model: right replies for other documents, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from docpipe.schema import Schema
from docpipe.store.coding import value_text
from docpipe.store.entries import Filter, Reviewed
from docpipe.subset import escape

# A person sets a day as 2024-09-17 and a truth as true: not as it is printed, which is what a model is asked for.
_NOT_AS_PRINTED = frozenset({"date", "date-time", "time"})
_UNKNOWN = object()


class Examples:
    """Up to `most` documents of each schema, the ones added last, as they are when they are first asked for.

    `reviewed` gives the truths that a filter admits, in the order in which their documents came.
    """

    def __init__(self, reviewed: Callable[[Filter], Iterator[Reviewed]], most: int) -> None:
        self._reviewed = reviewed
        self._most = most
        self._known: dict[str, list[tuple[str, str]]] = {}

    def of(self, schema: Schema, sha256: str) -> tuple[str, ...]:
        """The examples for reading the document with this hash, which is none of them."""
        if schema.hash not in self._known:
            found = list(self._reviewed(Filter(schema=schema.name)))[-self._most - 1 :]
            self._known[schema.hash] = [(t.sha256, said) for t in found if (said := _said(t, schema)) != "{}"]
        return tuple(said for other, said in self._known[schema.hash] if other != sha256)[-self._most :]


def _said(truth: Reviewed, schema: Schema) -> str:
    """A truth as the reply that would have been right, in the words of the page as far as they are known."""
    found = _printed(truth.data, "", truth, schema)
    return json.dumps({} if found is _UNKNOWN else found, ensure_ascii=False)


def _printed(node: Any, pointer: str, truth: Reviewed, schema: Schema) -> Any:
    if isinstance(node, Mapping):
        inside = {name: _printed(inner, f"{pointer}/{escape(name)}", truth, schema) for name, inner in node.items()}
        return {name: said for name, said in inside.items() if said is not _UNKNOWN} or _UNKNOWN
    if isinstance(node, list):
        rows = [_printed(inner, f"{pointer}/{row}", truth, schema) for row, inner in enumerate(node)]
        known = [row for row in rows if row is not _UNKNOWN]
        return known if known or not node else _UNKNOWN
    leaf = schema.leaf(pointer)
    if leaf is None:
        return _UNKNOWN  # of another version of the schema
    if node is None or pointer in truth.texts:
        return truth.texts.get(pointer)
    return _UNKNOWN if leaf.type == "boolean" or leaf.format in _NOT_AS_PRINTED else value_text(node)
