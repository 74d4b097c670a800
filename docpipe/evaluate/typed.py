"""Expected data as somebody wrote it down becomes typed values of a schema, and what of it cannot be used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from docpipe.printed.conventions import Conventions
from docpipe.printed.convert import convert, role
from docpipe.schema import Leaf, Schema
from docpipe.subset import type_name


def typed(data: Mapping[str, Any], schema: Schema, prints: Conventions) -> tuple[dict[str, Any], tuple[str, ...]]:
    """`data` with every value as its leaf has it: numbers as Decimal, dates in ISO 8601; and what was left out, why.

    Text is understood by the conventions of the whole data set, as 03/04/2018 says nothing by itself.
    """
    skipped: list[str] = []
    kept = _object(data, schema.document, "", schema, prints, skipped)
    return kept, tuple(skipped)


def _object(
    data: Mapping[str, Any],
    node: Mapping[str, Any],
    pointer: str,
    schema: Schema,
    prints: Conventions,
    skipped: list[str],
) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in data.items():
        place = f"{pointer}/{key}"
        inner = node["properties"].get(key)
        if inner is None:
            skipped.append(f"{place}: the schema has no such field")
        elif value != "":
            found = _any(value, inner, place, schema, prints, skipped)
            if found is not _UNUSABLE:
                kept[key] = found
    return kept


_UNUSABLE = object()
# A person who wrote down `RM3.00` meant a number, whether the mark before it is known or not.
_UNKNOWN_MARK = re.compile(r"^\s*[^\W\d_]{1,4}\.?\s*(?=\d)")


def _any(
    value: Any, node: Mapping[str, Any], place: str, schema: Schema, prints: Conventions, skipped: list[str]
) -> Any:
    kind = type_name(node)
    if kind == "object":
        if isinstance(value, Mapping):
            return _object(value, node, place, schema, prints, skipped)
    elif kind == "array":
        if value is None:
            return []
        if isinstance(value, list):
            rows = [_any(row, node["items"], f"{place}/{n}", schema, prints, skipped) for n, row in enumerate(value)]
            return [None if row is _UNUSABLE else row for row in rows]
    elif value is None:
        return None
    elif not isinstance(value, Mapping | list):
        leaf = schema.leaf(place)
        found = None if leaf is None else _scalar(value, leaf, prints)
        if found is not None:
            return found
    skipped.append(f"{place}: {value!r} cannot be read as {kind}")
    return _UNUSABLE


def _scalar(value: Any, leaf: Leaf, prints: Conventions) -> Any:
    """The typed value, None when it is none for this leaf."""
    if leaf.type in ("number", "integer") and not isinstance(value, str | bool):
        return Decimal(str(value))
    if leaf.type == "boolean" and isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return str(value) if leaf.type == "string" else None
    if leaf.type == "number":
        try:
            return Decimal(value)
        except InvalidOperation:
            pass
    if role(leaf) == "string":
        return value
    found = convert(value, leaf, prints).value
    if found is None and leaf.type in ("number", "integer"):
        found = convert(_UNKNOWN_MARK.sub("", value), leaf, prints).value
    return Decimal(found) if isinstance(found, int) and not isinstance(found, bool) else found
