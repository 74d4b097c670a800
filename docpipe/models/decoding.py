"""A request's fields become the JSON Schema that a model's reply has to follow.

It is not the document's schema: every property is required, every leaf may be null and is text as printed (enums and
booleans keep their type), and texts and arrays are bounded, so that a reply that follows it comes to an end.

Fields of one row that are asked again stand beside the rest under their JSON pointer (`"/line_items/3/amount"`), so
that a row keeps its number whatever else is in the reply.

Where several pages are shown, a reply says on which of them each value stands: `"total (page)"` beside `"total"`, and
`"(page)"` first in a row, for all that is in the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docpipe.models.continued import Cut
from docpipe.schema import Leaf, Schema
from docpipe.subset import escape, type_name
from docpipe.types import ReadRequest, View

JsonSchema = dict[str, Any]

# What a row is followed by its page under; a field outside of rows has its name before it.
PAGE = "(page)"
# Printed text: words with one blank between them. No run of blanks can be written, and no line breaks.
PRINTED = r"^[^\s\x00-\x1f\x7f]+( [^\s\x00-\x1f\x7f]+)*$"


@dataclass(frozen=True)
class Bounds:
    """How much a reply may say: `text` and `described` in characters, the rest in rows for each page that is shown.

    `groups` are rows that hold rows, `cells` rows of one value.
    """

    text: int = 240
    described: int = 2000
    rows: int = 200
    groups: int = 20
    cells: int = 40


@dataclass(frozen=True)
class Wanted:
    """The fields that are asked for.

    `paths` are leaves wherever they stand (/line_items/*/amount), `pointers` are single values of rows whose number is
    known (/line_items/3/amount). `begun` are the rows of an array that are known already, by its path. `pages` are the
    numbers that a value's page is chosen from, none where there is but one. `cut` is a text of which only the beginning
    is known, and the rest is asked for.
    """

    schema: Schema
    paths: frozenset[str]
    pointers: tuple[str, ...] = ()
    begun: Mapping[str, int] = field(default_factory=dict)
    pages: tuple[int, ...] = ()
    cut: Cut | None = None

    @classmethod
    def by(cls, request: ReadRequest) -> Wanted:
        """What a request asks for; pointers that the schema does not know are left out."""
        pages = several(request.views)
        if request.only is None:
            return cls(request.schema, frozenset(leaf.path for leaf in request.schema.leaves), pages=pages)
        known = [(pointer, leaf) for pointer in request.only if (leaf := request.schema.leaf(pointer)) is not None]
        paths = frozenset(pointer for pointer, leaf in known if pointer == leaf.path)
        return cls(request.schema, paths, tuple(dict.fromkeys(p for p, leaf in known if p != leaf.path)), pages=pages)

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return not self.paths and not self.pointers

    def properties(self, node: Mapping[str, Any], path: str) -> Iterator[tuple[str, Mapping[str, Any], str]]:
        """The properties of an object that hold something wanted: name, schema, path."""
        for name, inner in node["properties"].items():
            place = f"{path}/{escape(name)}"
            if self.under(place):
                yield name, inner, place

    def under(self, place: str) -> bool:
        """Whether something at or under the path `place` is wanted."""
        return any(path == place or path.startswith(f"{place}/") for path in self.paths)


def several(views: Sequence[View]) -> tuple[int, ...]:
    """The numbers of the pages that are shown, where there are several."""
    numbers = tuple(sorted({view.page.number for view in views}))
    return numbers if len(numbers) > 1 else ()


def page_of(name: str) -> str:
    """Under which name a reply says on which page the field `name` stands."""
    return f"{name} {PAGE}"


def decoding_schema(wanted: Wanted, bounds: Bounds, *, exact: bool = True) -> JsonSchema:
    """The schema of a reply. `exact` bounds the characters of texts too, which not every server's decoder knows."""
    builder = _Builder(wanted, bounds, exact)
    properties: dict[str, JsonSchema] = {}
    for pointer in wanted.pointers:
        if (leaf := wanted.schema.leaf(pointer)) is not None:
            properties |= {pointer: builder.leaf(leaf, pointer), **builder.page(page_of(pointer))}
    properties |= builder.properties(wanted.schema.document, "")
    return _object(properties)


def text_schema(most: int, *, exact: bool = True) -> JsonSchema:
    """Printed text of at most `most` characters, or null."""
    return {"type": ["string", "null"], "minLength": 1, "maxLength": most, **({"pattern": PRINTED} if exact else {})}


def page_schema(pages: Sequence[int]) -> JsonSchema:
    """The number of one of `pages`, or null."""
    return {"enum": [*pages, None]}


def most_items(node: Mapping[str, Any], path: str, wanted: Wanted, bounds: Bounds) -> int:
    """How many items the array at `path` may have in a reply: the schema's own bound, or ours for each page."""
    items = node["items"]
    kind = type_name(items)
    if kind == "object":
        nested = any(type_name(inner) in ("array", "object") for inner in items["properties"].values())
        most = bounds.groups if nested else bounds.rows
    else:
        most = bounds.groups if kind == "array" else bounds.cells
    most *= 1 if "*" in path else len(wanted.pages) or 1
    return min(most, int(node.get("maxItems", most)))


def most_text(schema: Schema, leaf: Leaf, bounds: Bounds) -> int:
    """How long a text of `leaf` may be: the schema's own bound where it has one, for captions and descriptions."""
    node: Mapping[str, Any] = schema.document
    for step in leaf.path.split("/")[1:]:
        node = node["items"] if step == "*" else node["properties"][step.replace("~1", "/").replace("~0", "~")]
    usual = bounds.described if leaf.described else bounds.text
    return int(node.get("maxLength", usual)) if leaf.format is None and leaf.type == "string" else bounds.text


class _Builder:
    """One walk along a schema."""

    def __init__(self, wanted: Wanted, bounds: Bounds, exact: bool) -> None:
        self.wanted = wanted
        self.bounds = bounds
        self.exact = exact

    def build(self, node: Mapping[str, Any], path: str) -> JsonSchema:
        kind = type_name(node)
        if kind == "object":
            return _object(self.properties(node, path))
        if kind == "array":
            most = max(0, most_items(node, path, self.wanted, self.bounds) - self.wanted.begun.get(path, 0))
            return {"type": "array", "maxItems": most, "items": self.build(node["items"], f"{path}/*")}
        leaf = self.wanted.schema.leaf(path)
        if leaf is None:
            raise LookupError(f"{self.wanted.schema.name} has no leaf {path}")
        return self.leaf(leaf, path)

    def properties(self, node: Mapping[str, Any], path: str) -> dict[str, JsonSchema]:
        row = path.endswith("/*")
        found: dict[str, JsonSchema] = self.page(PAGE) if row else {}
        for name, inner, place in self.wanted.properties(node, path):
            found[name] = self.build(inner, place)
            if "/*" not in path and self.wanted.schema.leaf(place) is not None:
                found |= self.page(page_of(name))
        return found

    def page(self, name: str) -> dict[str, JsonSchema]:
        return {name: page_schema(self.wanted.pages)} if self.wanted.pages else {}

    def leaf(self, leaf: Leaf, pointer: str) -> JsonSchema:
        if leaf.enum is not None:
            return {"enum": [*leaf.enum, None]}
        if leaf.type == "boolean":
            return {"type": ["boolean", "null"]}
        most = most_text(self.wanted.schema, leaf, self.bounds)
        if self.wanted.cut is not None and self.wanted.cut.pointer == pointer:
            most = max(1, most - len(self.wanted.cut.text) - 1)
        return text_schema(most, exact=self.exact)


def _object(properties: Mapping[str, JsonSchema]) -> JsonSchema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
