"""Values become nested data that fits the schema, and a notice for everything that does not.

Notices: `missing_required` (the schema demands a value and there is none), `invalid_value` (a value that the schema
does not admit: the data has null there).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from docpipe.schema import Schema
from docpipe.subset import escape, nullable, type_name
from docpipe.types import Notice, Scalar, Value

_INDEX = re.compile(r"\d+")


def assemble(values: Sequence[Value], schema: Schema) -> tuple[dict[str, Any], tuple[Notice, ...]]:
    """The data of a record and what is wrong with it.

    Every property of the schema is there: null where nothing was found, an empty list for an array without rows. Rows
    of which every value is absent are left out, and the rows that stay are numbered without gaps, in the order of
    their pointers. What the schema does not admit becomes null and is listed.
    """
    tree: dict[str, Any] = {}
    for value in values:
        if schema.leaf(value.pointer) is not None:
            _plant(tree, value.pointer.split("/")[1:], value.value)
    builder = _Builder()
    data = builder.build(schema.document, tree, "")
    return data, tuple(builder.notices)


def _plant(tree: dict[str, Any], steps: Sequence[str], value: Scalar) -> None:
    for step in steps[:-1]:
        tree = tree.setdefault(step, {})
    tree[steps[-1]] = value


def _blank(tree: Any) -> bool:
    return tree is None or (isinstance(tree, dict) and all(map(_blank, tree.values())))


class _Builder:
    """One walk along a schema, collecting notices on the way."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []

    def build(self, node: Mapping[str, Any], found: Any, pointer: str) -> Any:
        kind = type_name(node)
        if kind == "object":
            return self.object(node, found, pointer)
        if kind == "array":
            return self.array(node, found, pointer)
        return self.scalar(node, found, pointer)

    def object(self, node: Mapping[str, Any], found: Any, pointer: str) -> Any:
        if found is None and pointer and nullable(node):
            return None
        found = found if isinstance(found, dict) else {}
        data: dict[str, Any] = {}
        required = node.get("required", [])
        for name, inner in node.get("properties", {}).items():
            place = f"{pointer}/{escape(name)}"
            built = self.build(inner, found.get(escape(name)), place)
            if built is None and not nullable(inner):
                if name not in required:
                    continue
                if not any(notice.pointer == place for notice in self.notices):
                    self.note("missing_required", place, f"{place}: the schema demands a value and none was found")
            data[name] = built
        return data

    def array(self, node: Mapping[str, Any], found: Any, pointer: str) -> Any:
        rows = found if isinstance(found, dict) else {}
        # A row without any value was not there; an empty cell among the cells of a row has its place.
        keys = sorted((key for key in rows if _INDEX.fullmatch(key) and not _blank(rows[key])), key=int)
        if type_name(node["items"]) in ("object", "array"):
            built = [self.build(node["items"], rows[key], f"{pointer}/{key}") for key in keys]
        else:
            built = self.scalars(
                node["items"], {int(key): row for key, row in rows.items() if _INDEX.fullmatch(key)}, pointer
            )
        fewest, most = node.get("minItems"), node.get("maxItems")
        if not built and nullable(node):
            return None
        if fewest is not None and len(built) < fewest:
            self.note(
                "missing_required", pointer, f"{pointer}: at least {fewest} are demanded, {len(built)} were found"
            )
        if most is not None and len(built) > most:
            self.note("invalid_value", pointer, f"{pointer}: at most {most} are admitted, {len(built)} were found")
            built = built[:most]
        return built

    def scalars(self, node: Mapping[str, Any], found: Mapping[int, Scalar], pointer: str) -> list[Scalar]:
        """The cells of a row. An empty cell is null where the schema admits that, so that columns stay in line."""
        size = 0 if all(cell is None for cell in found.values()) else max(found) + 1
        cells = [self.scalar(node, found.get(place), f"{pointer}/{place}") for place in range(size)]
        return cells if nullable(node) else [cell for cell in cells if cell is not None]

    def scalar(self, node: Mapping[str, Any], found: Any, pointer: str) -> Scalar:
        if found is None or isinstance(found, dict):
            return None
        for wrong in _faults(node, found):
            self.note("invalid_value", pointer, f"{pointer}: {found} {wrong}")
            return None
        return found  # type: ignore[no-any-return]  # a Scalar, since it is no dict

    def note(self, code: str, pointer: str, message: str) -> None:
        self.notices.append(Notice(code=code, message=message, pointer=pointer))


def _faults(node: Mapping[str, Any], value: Any) -> Iterator[str]:
    """Why the schema `node` of a scalar does not admit `value`, in words that follow the value."""
    kind = type_name(node)
    if not _is(kind, value):
        yield f"is no {kind}"
        return
    if "const" in node and value != node["const"]:
        yield f"is not {node['const']}"
    if "enum" in node and value not in node["enum"]:
        yield f"is not one of {', '.join(str(choice) for choice in node['enum'] if choice is not None)}"
    if isinstance(value, str):
        if "pattern" in node and not re.search(node["pattern"], value):
            yield f"does not match {node['pattern']}"
        if len(value) < node.get("minLength", 0):
            yield f"is shorter than {node['minLength']} characters"
        if len(value) > node.get("maxLength", len(value)):
            yield f"is longer than {node['maxLength']} characters"
    elif not isinstance(value, bool):
        number = Decimal(str(value))
        bounds = {word: Decimal(str(node[word])) for word in _BOUNDS if word in node}
        for word, bound in bounds.items():
            if not _BOUNDS[word][0](number, bound):
                yield f"{_BOUNDS[word][1]} {bound}"


_BOUNDS: Mapping[str, tuple[Callable[[Decimal, Decimal], bool], str]] = {
    "minimum": (lambda number, bound: number >= bound, "is below"),
    "maximum": (lambda number, bound: number <= bound, "is above"),
    "exclusiveMinimum": (lambda number, bound: number > bound, "is not above"),
    "exclusiveMaximum": (lambda number, bound: number < bound, "is not below"),
    "multipleOf": (lambda number, bound: number % bound == 0, "is no multiple of"),
}


def _is(kind: str, value: Any) -> bool:
    if kind == "string":
        return isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
