"""A JSON Schema document becomes its checked, plain form; what lies outside the supported subset is refused.

The plain form has no $ref, no $defs and no anyOf: references are inlined, a union with null is a list of two types.
Every step that walks a schema relies on this form.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from docpipe.errors import SchemaError
from docpipe.rule_language import named

JsonObject = dict[str, Any]

TYPES = ("object", "array", "string", "number", "integer", "boolean")
FORMATS = ("date", "date-time", "time", "email", "uri")
KINDS = ("fields", "table", "chart")

_ABOUT = ("title", "description", "$comment", "default", "examples", "type", "x-labels")
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_OF_TEXT = ("enum", "const", "format", "pattern", "minLength", "maxLength")
_KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "object": (*_ABOUT, "properties", "required", "additionalProperties"),
    "array": (*_ABOUT, "items", "minItems", "maxItems"),
    "string": (*_ABOUT, *_OF_TEXT, "x-described", "x-options", "x-option-labels"),
    "number": (*_ABOUT, "enum", "const", *_BOUNDS),
    "integer": (*_ABOUT, "enum", "const", *_BOUNDS),
    "boolean": (*_ABOUT, "enum", "const"),
}
_ROOT_ONLY = ("$schema", "$id", "$defs", "x-rules", "x-kind", "x-identity")
_KNOWN = {word for words in _KEYWORDS.values() for word in words} | {*_ROOT_ONLY, "$ref", "anyOf", "oneOf"}
_DROPPED = ("$schema", "$id", "$defs", "$comment")
_PYTHON_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float, Decimal),
    "integer": (int,),
    "boolean": (bool,),
}
_DEEPEST = 16


def plain(document: Mapping[str, Any], origin: str) -> JsonObject:
    """`document` in plain form.

    `origin` names the schema in messages. Raises SchemaError with `origin`, the JSON pointer and what is wrong.
    """
    return _Reader(document, origin).root()


class _Reader:
    """One pass over one schema document."""

    def __init__(self, document: Mapping[str, Any], origin: str) -> None:
        self.document = document
        self.origin = origin

    def refuse(self, pointer: str, message: str) -> SchemaError:
        return SchemaError(f"{self.origin}: {pointer or '/'}: {message}")

    def root(self) -> JsonObject:
        node = self.node(self.document, "", ())
        if node["type"] != "object":
            raise self.refuse("/type", f'the top must be "object", a document is one, got {node["type"]!r}')
        self.rules(node)
        kind = node.get("x-kind")
        if kind is not None and kind not in KINDS:
            raise self.refuse("/x-kind", f"unknown kind {kind!r}{_near(kind, KINDS)}; kinds: {', '.join(KINDS)}")
        self.identity(node)
        return node

    def identity(self, node: JsonObject) -> None:
        """x-identity names values that stand once, by their pointers."""
        pointers = node.get("x-identity", [])
        if not isinstance(pointers, list) or not all(isinstance(pointer, str) for pointer in pointers):
            raise self.refuse("/x-identity", f"expected a list of pointers such as /number, got {pointers!r}")
        for index, pointer in enumerate(pointers):
            inner: Any = node
            for step in pointer.split("/")[1:]:
                inner = inner.get("properties", {}).get(step.replace("~1", "/").replace("~0", "~"), {})
            if not pointer.startswith("/") or type_name(inner or {"type": "object"}) in ("object", "array"):
                raise self.refuse(f"/x-identity/{index}", f"there is no value {pointer!r} that stands once")

    def node(self, raw: Any, pointer: str, through: tuple[str, ...]) -> JsonObject:
        """The plain form of the schema at `pointer`; `through` are the references that led here."""
        if not isinstance(raw, Mapping):
            raise self.refuse(pointer, f"expected a schema (a JSON object), got {raw!r}")
        if pointer.count("/") > 2 * _DEEPEST:
            raise self.refuse(pointer, f"nested more than {_DEEPEST} levels deep")
        for word in raw:
            if word not in _KNOWN:
                raise self.refuse(pointer, f'unknown keyword "{word}"{_near(word, _KNOWN)}')
            if word in _ROOT_ONLY and pointer:
                raise self.refuse(pointer, f'"{word}" belongs at the top of the schema')
        if "$ref" in raw:
            return self.reference(raw, pointer, through)
        for union in ("anyOf", "oneOf"):
            if union in raw:
                return self.union(raw, union, pointer, through)
        return self.typed(raw, pointer, through)

    def reference(self, raw: Mapping[str, Any], pointer: str, through: tuple[str, ...]) -> JsonObject:
        """What "$ref" names, with the keywords beside it on top."""
        name = raw["$ref"]
        match = re.fullmatch(r"#/\$defs/([^/]+)", name) if isinstance(name, str) else None
        if not match:
            raise self.refuse(pointer, f'"$ref" must name a definition of this schema as "#/$defs/NAME", got {name!r}')
        if name in through:
            raise self.refuse(pointer, f'"{name}" contains itself; a schema for documents has a fixed depth')
        definitions = self.document.get("$defs", {})
        key = match.group(1).replace("~1", "/").replace("~0", "~")
        if not isinstance(definitions, Mapping) or key not in definitions:
            raise self.refuse(pointer, f'there is no "{name}"{_near(key, definitions)}')
        beside = {word: value for word, value in raw.items() if word not in ("$ref", *_DROPPED)}
        target = definitions[key]
        if not isinstance(target, Mapping):
            raise self.refuse(f"/$defs/{key}", f"expected a schema (a JSON object), got {target!r}")
        return self.node({**target, **beside}, pointer, (*through, name))

    def union(self, raw: Mapping[str, Any], union: str, pointer: str, through: tuple[str, ...]) -> JsonObject:
        """A schema or null; any other union has no one type to convert printed text to."""
        branches = raw[union]
        if not isinstance(branches, list) or not branches:
            raise self.refuse(f"{pointer}/{union}", "expected a list of schemas")
        real = [branch for branch in branches if branch != {"type": "null"}]
        if len(real) != 1 or not isinstance(real[0], Mapping):
            raise self.refuse(f"{pointer}/{union}", 'only a union with {"type": "null"} is supported; give one type')
        beside = {word: value for word, value in raw.items() if word not in (union, *_DROPPED)}
        node = self.node({**real[0], **beside}, pointer, through)
        return _nullable(node) if len(real) < len(branches) else node

    def typed(self, raw: Mapping[str, Any], pointer: str, through: tuple[str, ...]) -> JsonObject:
        """A schema with a type of its own."""
        kind, null = self.type_of(raw, pointer)
        for word in raw:
            if word not in (*_KEYWORDS[kind], *_ROOT_ONLY):
                raise self.refuse(pointer, f'"{word}" says nothing about type "{kind}"')
        node = {word: value for word, value in raw.items() if word not in _DROPPED}
        node["type"] = kind
        self.words(node, pointer)
        if kind == "object":
            self.properties(node, pointer, through)
        elif kind == "array":
            self.items(node, pointer, through)
        else:
            self.scalar(node, kind, null, pointer)
        return _nullable(node) if null else node

    def type_of(self, raw: Mapping[str, Any], pointer: str) -> tuple[str, bool]:
        """The one type besides null, and whether null is allowed."""
        given = raw.get("type")
        if given is None:
            if "properties" in raw:
                return "object", False
            if "items" in raw:
                return "array", False
            raise self.refuse(pointer, f'"type" is missing; types: {", ".join(TYPES)}')
        names = given if isinstance(given, list) else [given]
        for name in names:
            if name not in (*TYPES, "null"):
                raise self.refuse(f"{pointer}/type", f"unknown type {name!r}{_near(name, TYPES)}")
        real = [name for name in names if name != "null"]
        if len(real) != 1:
            raise self.refuse(f"{pointer}/type", f'expected one type, or one type and "null", got {given!r}')
        return str(real[0]), "null" in names

    def words(self, node: JsonObject, pointer: str) -> None:
        """Title, description, labels and examples are text for people and models."""
        for word in ("title", "description"):
            if not isinstance(node.get(word, ""), str):
                raise self.refuse(f"{pointer}/{word}", f"expected a string, got {node[word]!r}")
        labels = node.get("x-labels", [])
        if not isinstance(labels, list) or not all(isinstance(label, str) and label.strip() for label in labels):
            raise self.refuse(f"{pointer}/x-labels", f"expected a list of printed labels, got {labels!r}")
        self.choices(node, pointer, "x-options", str, "a list of printed words")
        self.choices(node, pointer, "x-option-labels", list, "a list of fields' lists of labels")
        if not isinstance(node.get("examples", []), list):
            raise self.refuse(f"{pointer}/examples", f"expected a list, got {node['examples']!r}")

    def choices(self, node: JsonObject, pointer: str, word: str, each: type, what: str) -> None:
        """What `word` says of choices of the enum is a list of `each`."""
        said = node.get(word, {})
        if not isinstance(said, Mapping) or not all(
            choice in node.get("enum", ()) and isinstance(own, list) and all(isinstance(one, each) for one in own)
            for choice, own in said.items()
        ):
            raise self.refuse(f"{pointer}/{word}", f"expected choices of the enum, each with {what}, got {said!r}")

    def properties(self, node: JsonObject, pointer: str, through: tuple[str, ...]) -> None:
        properties = node.get("properties")
        if not isinstance(properties, Mapping) or not properties:
            raise self.refuse(pointer, 'an object needs "properties" with at least one field')
        if not isinstance(node.get("additionalProperties", False), bool):
            raise self.refuse(
                f"{pointer}/additionalProperties", "fields without a name are not supported; list them as properties"
            )
        checked: JsonObject = {}
        for name, raw in properties.items():
            here = f"{pointer}/properties/{escape(name)}"
            if not name.strip() or name == "*" or not name.isprintable():
                raise self.refuse(here, f"{name!r} cannot be the name of a field")
            checked[name] = self.node(raw, here, through)
        node["properties"] = checked
        required = node.get("required", [])
        if not isinstance(required, list) or not all(isinstance(name, str) for name in required):
            raise self.refuse(f"{pointer}/required", f"expected a list of field names, got {required!r}")
        for name in required:
            if name not in checked:
                raise self.refuse(f"{pointer}/required", f'there is no field "{name}"{_near(name, checked)}')

    def items(self, node: JsonObject, pointer: str, through: tuple[str, ...]) -> None:
        if "items" not in node:
            raise self.refuse(pointer, 'an array needs "items"')
        inner = self.node(node["items"], f"{pointer}/items", through)
        if type_name(inner) == "array":
            raise self.refuse(f"{pointer}/items", "an array of arrays is not supported; make its items objects")
        node["items"] = inner
        self.order(node, pointer, "minItems", "maxItems")

    def scalar(self, node: JsonObject, kind: str, null: bool, pointer: str) -> None:
        for word in ("enum", "const"):
            if word not in node:
                continue
            choices = node["enum"] if word == "enum" else [node["const"]]
            if not isinstance(choices, list) or not [choice for choice in choices if choice is not None]:
                raise self.refuse(f"{pointer}/{word}", f"expected at least one choice, got {choices!r}")
            for choice in choices:
                if not (_is(choice, kind) or (choice is None and null)):
                    raise self.refuse(f"{pointer}/{word}", f'{choice!r} is not of type "{kind}"')
        if "format" in node and node["format"] not in FORMATS:
            found = node["format"]
            raise self.refuse(
                f"{pointer}/format", f"unknown format {found!r}{_near(found, FORMATS)}; formats: {', '.join(FORMATS)}"
            )
        if "pattern" in node:
            try:
                re.compile(node["pattern"])
            except (re.error, TypeError) as error:
                raise self.refuse(f"{pointer}/pattern", f"not a regular expression: {error}") from error
        if not isinstance(node.get("x-described", False), bool):
            raise self.refuse(f"{pointer}/x-described", f"expected true or false, got {node['x-described']!r}")
        self.order(node, pointer, "minLength", "maxLength")
        self.order(node, pointer, "minimum", "maximum")
        self.order(node, pointer, "exclusiveMinimum", "exclusiveMaximum")
        if not _is(node.get("multipleOf", 1), "number") or node.get("multipleOf", 1) <= 0:
            raise self.refuse(f"{pointer}/multipleOf", f"expected a number above 0, got {node['multipleOf']!r}")

    def order(self, node: JsonObject, pointer: str, low: str, high: str) -> None:
        """`low` and `high` are numbers (counts for lengths and items), and in order."""
        counts = low in ("minLength", "minItems")
        for word in (low, high):
            bound = node.get(word, 0)
            if not _is(bound, "integer" if counts else "number") or (counts and bound < 0):
                raise self.refuse(f"{pointer}/{word}", f"expected a {'count' if counts else 'number'}, got {bound!r}")
        if low in node and high in node and node[low] > node[high]:
            raise self.refuse(f"{pointer}/{low}", f'{node[low]} is more than "{high}" {node[high]}')

    def rules(self, node: JsonObject) -> None:
        """x-rules are rules, and name values that the schema has."""
        rules = node.get("x-rules", [])
        if not isinstance(rules, list):
            raise self.refuse("/x-rules", f'expected a list of {{"rule", "message", "tolerance"}}, got {rules!r}')
        for index, rule in enumerate(rules):
            here = f"/x-rules/{index}"
            if not isinstance(rule, Mapping):
                raise self.refuse(here, f'expected {{"rule": ..., "message": ...}}, got {rule!r}')
            allowed = ("rule", "message", "tolerance")
            for word in rule:
                if word not in allowed:
                    raise self.refuse(here, f'unknown keyword "{word}"{_near(word, allowed)}')
            for word in ("rule", "message"):
                if not isinstance(rule.get(word), str) or not rule[word].strip():
                    raise self.refuse(here, f'"{word}" is missing or not a string')
            if not _is(rule.get("tolerance", 0), "number") or rule.get("tolerance", 0) < 0:
                raise self.refuse(f"{here}/tolerance", f"expected a number from 0, got {rule['tolerance']!r}")
            try:
                names = named(rule["rule"])
            except SchemaError as error:
                raise self.refuse(f"{here}/rule", error.message) from error
            known = [".".join(path) for path in _values(node)]
            for name in map(".".join, names):
                if name not in known:
                    raise self.refuse(f"{here}/rule", f'there is no value "{name}"{_near(name, known)}')


def _values(node: JsonObject) -> Iterator[tuple[str, ...]]:
    """The names from the top of every scalar under a plain node, as rules have them: without rows."""
    kind = type_name(node)
    if kind == "array":
        yield from _values(node["items"])
    elif kind == "object":
        for name, inner in node["properties"].items():
            yield from ((name, *rest) for rest in _values(inner))
    else:
        yield ()


def type_name(node: Mapping[str, Any]) -> str:
    """The type of a plain node, without null."""
    given = node["type"]
    return given if isinstance(given, str) else next(name for name in given if name != "null")


def nullable(node: Mapping[str, Any]) -> bool:
    """Whether a plain node may be null."""
    return not isinstance(node["type"], str) and "null" in node["type"]


def escape(name: str) -> str:
    """A property name as one step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _nullable(node: JsonObject) -> JsonObject:
    node = {**node, "type": [type_name(node), "null"]}
    if "const" in node:
        node["enum"] = [node.pop("const")]
    if "enum" in node and None not in node["enum"]:
        node["enum"] = [*node["enum"], None]
    return node


def _is(value: object, kind: str) -> bool:
    """Whether `value` is of the scalar JSON type `kind`; true is no number."""
    return isinstance(value, _PYTHON_TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _near(word: object, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.7)
    return f' (did you mean "{found[0]}"?)' if found else ""
