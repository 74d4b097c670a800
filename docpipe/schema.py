"""A name, a path, inline JSON, a mapping or a pydantic class becomes a Schema: a checked document and its leaves."""

from __future__ import annotations

import difflib
import hashlib
import importlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from docpipe.errors import SchemaError
from docpipe.infer import infer_schema
from docpipe.subset import escape, nullable, plain, type_name

__all__ = ["Leaf", "RuleText", "Schema", "infer_schema", "list_schemas", "load_schema", "schema_folder"]

LeafType = Literal["string", "number", "integer", "boolean"]
Kind = Literal["fields", "table", "chart"]


@dataclass(frozen=True)
class RuleText:
    """A cross-field rule as it stands in x-rules. `tolerance` is how far apart two numbers may be and still agree."""

    rule: str
    tolerance: Decimal
    message: str


@dataclass(frozen=True)
class Leaf:
    """One value of a schema. `path` is a JSON pointer with * for every array: /line_items/*/amount.

    `array` is the path of the nearest array it lies in: /line_items; None for a value that stands once. `key` is the
    name of the field; an array of scalars gives its own. `enum` has no null; `nullable` says whether null is allowed.
    `described` fields (`x-described`) are in a model's own words, as a caption, and stand nowhere in print.
    `options` are for each of `enum` the words by which a page says so in a line of their own (`x-options`), and
    `option_labels` the labels of each field that pages of this option have (`x-option-labels`).
    """

    path: str
    key: str
    type: LeafType
    format: str | None = None
    labels: tuple[str, ...] = ()
    title: str | None = None
    description: str | None = None
    enum: tuple[Any, ...] | None = None
    pattern: str | None = None
    nullable: bool = False
    required: bool = False
    examples: tuple[Any, ...] = ()
    array: str | None = None
    described: bool = False
    options: tuple[tuple[str, ...], ...] = ()
    option_labels: tuple[tuple[tuple[str, ...], ...], ...] = ()


@dataclass(frozen=True)
class Schema:
    """A checked schema. `document` is its plain form: no $ref, no unions but with null, as a list of two types.

    `hash` is the SHA-256 of the plain form as canonical JSON: two schemas that ask the same in the same words have
    the same hash, however they are laid out.
    """

    name: str
    title: str
    description: str
    document: Mapping[str, Any] = field(repr=False, compare=False)
    hash: str

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every value the schema asks for, in its order."""
        return tuple(_leaves(self.document, path="", key="", array=None, required=False, outer={}))

    @cached_property
    def rules(self) -> tuple[RuleText, ...]:
        """The cross-field rules, in their order."""
        return tuple(
            RuleText(rule=rule["rule"], tolerance=Decimal(str(rule.get("tolerance", 0))), message=rule["message"])
            for rule in self.document.get("x-rules", [])
        )

    @property
    def headings(self) -> tuple[str, ...]:
        """What such a document calls itself at its head, in print: the labels of the document as a whole."""
        return tuple(self.document.get("x-labels", ()))

    @property
    def kind(self) -> Kind | None:
        """What the generic schemas read: any fields, any table, any chart."""
        kind: Kind | None = self.document.get("x-kind")
        return kind

    def leaf(self, pointer: str) -> Leaf | None:
        """The leaf that a value's pointer (/line_items/3/amount) belongs to, or None."""
        return self._by_path.get(pointer) or self._by_path.get(re.sub(r"/\d+(?=/|$)", "/*", pointer))

    @cached_property
    def _by_path(self) -> dict[str, Leaf]:
        return {leaf.path: leaf for leaf in self.leaves}


def load_schema(ref: str | Path | Mapping[str, Any] | type[BaseModel] | Schema) -> Schema:
    """The schema that `ref` means: a shipped name, a path, inline JSON, a mapping, module:Class or a pydantic class.

    Raises SchemaError, which names the schema, the JSON pointer, what is wrong and what may have been meant.
    """
    if isinstance(ref, Schema):
        return ref
    if isinstance(ref, Path):
        return _from_file(ref)
    if isinstance(ref, Mapping):
        return _build(ref, origin=str(ref.get("title") or "schema"), name=None)
    if not isinstance(ref, str):
        return _from_class(ref, origin=getattr(ref, "__name__", repr(ref)))
    if ref.lstrip().startswith("{"):
        return _build(_parse(ref, "inline schema"), origin="inline schema", name=None)
    if ref in _shipped():
        return _load_shipped(ref)
    if re.fullmatch(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*", ref):
        return _from_class(_import(ref), origin=ref)
    if Path(ref).is_file() or ref.endswith(".json") or "/" in ref or "\\" in ref:
        return _from_file(Path(ref))
    near = difflib.get_close_matches(ref, _shipped(), n=1)
    raise SchemaError(
        f'no schema "{ref}"' + (f' (did you mean "{near[0]}"?)' if near else ""), hint="docpipe schemas list"
    )


def list_schemas() -> tuple[Schema, ...]:
    """The shipped schemas, by name."""
    return tuple(_load_shipped(name) for name in _shipped())


def schema_folder() -> Path:
    """Where the shipped schemas lie: inside the installed package, or beside it in the source tree."""
    package = Path(__file__).resolve().parent
    installed = package / "_schemas"
    return installed if installed.is_dir() else package.parent / "schemas"


@cache
def _shipped() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in schema_folder().glob("*.json")))


@cache
def _load_shipped(name: str) -> Schema:
    path = schema_folder() / f"{name}.json"
    return _build(_parse(path.read_text("utf-8"), f"schemas/{name}.json"), origin=f"schemas/{name}.json", name=name)


def _from_file(path: Path) -> Schema:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise SchemaError(f"{path}: no such schema file", hint="docpipe schemas list") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SchemaError(f"{path}: cannot be read: {error}") from error
    return _build(_parse(text, str(path)), origin=str(path), name=_slug(path.stem))


def _parse(text: str, origin: str) -> Mapping[str, Any]:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        for name in names:
            if names.count(name) > 1:
                raise SchemaError(f'{origin}: "{name}" stands twice in one object')
        return dict(pairs)

    try:
        document = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise SchemaError(f"{origin}: line {error.lineno} column {error.colno}: {error.msg}") from error
    if not isinstance(document, dict):
        raise SchemaError(f"{origin}: a schema is a JSON object, got {type(document).__name__}")
    return document


def _import(ref: str) -> object:
    """The object that module:Class names; modules of the working folder are found too."""
    module_name, _, qualname = ref.partition(":")
    sys.path.insert(0, "")
    try:
        found: object = importlib.import_module(module_name)
    except ImportError as error:
        raise SchemaError(f"{ref}: {error}", hint="run where the module can be imported, or set PYTHONPATH") from error
    finally:
        sys.path.remove("")
    for part in qualname.split("."):
        if not hasattr(found, part):
            near = difflib.get_close_matches(part, dir(found), n=1)
            raise SchemaError(f'{ref}: there is no "{part}"' + (f' (did you mean "{near[0]}"?)' if near else ""))
        found = getattr(found, part)
    return found


class _ForDocuments(GenerateJsonSchema):
    """A Decimal is a number on paper; pydantic's own form is a union of a number and a string."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        bounds = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
        limits = {bounds[word]: float(schema[word]) for word in bounds if word in schema}  # type: ignore[literal-required]  # keys of one TypedDict
        return {"type": "number", **limits}


def _from_class(found: object, origin: str) -> Schema:
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        raise SchemaError(f"{origin}: expected a schema or a pydantic class, got {type(found).__name__}")
    document = found.model_json_schema(schema_generator=_ForDocuments)
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", found.__name__)
    return _build(document, origin=origin, name=_slug(name))


def _build(raw: Mapping[str, Any], origin: str, name: str | None) -> Schema:
    document = plain(raw, origin)
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    name = name or _slug(document.get("title", "")) or "inline"
    return Schema(
        name=name,
        title=document.get("title") or name.replace("_", " ").capitalize(),
        description=document.get("description", ""),
        document=document,
        hash=hashlib.sha256(canonical.encode()).hexdigest(),
    )


def _slug(text: str) -> str:
    """A name that can stand in a table's name, a file's name and a flag."""
    return re.sub(r"\W+", "_", text.lower()).strip("_")


def _leaves(
    node: Mapping[str, Any], *, path: str, key: str, array: str | None, required: bool, outer: Mapping[str, Any]
) -> Iterator[Leaf]:
    """The leaves under `node`. `outer` is the array that a scalar stands in, whose words are the scalar's too."""
    kind = type_name(node)
    if kind == "object":
        names = node.get("required", [])
        for name, inner in node["properties"].items():
            yield from _leaves(
                inner, path=f"{path}/{escape(name)}", key=name, array=array, required=name in names, outer={}
            )
    elif kind == "array":
        yield from _leaves(node["items"], path=f"{path}/*", key=key, array=path, required=required, outer=node)
    else:
        choices = [node["const"]] if "const" in node else node.get("enum")
        said, beside = node.get("x-options", {}), node.get("x-option-labels", {})
        named = [choice for choice in choices or () if choice is not None]
        yield Leaf(
            path=path,
            key=key,
            type=kind,  # type: ignore[arg-type]  # plain() admits these four scalars only
            format=node.get("format"),
            labels=tuple(node.get("x-labels") or outer.get("x-labels", ())),
            title=node.get("title") or outer.get("title"),
            description=node.get("description") or outer.get("description"),
            enum=None if choices is None else tuple(named),
            pattern=node.get("pattern"),
            nullable=nullable(node),
            required=required,
            examples=tuple(node.get("examples", ())),
            array=array,
            described=bool(node.get("x-described")),
            options=tuple(tuple(said.get(c, ())) for c in named) if said else (),
            option_labels=tuple(tuple(map(tuple, beside.get(c, ()))) for c in named) if beside else (),
        )
