"""The fields of a request become the words that a model is asked with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from docpipe.models.continued import Cut
from docpipe.models.decoding import (
    PAGE,
    Bounds,
    JsonSchema,
    Wanted,
    decoding_schema,
    page_of,
    page_schema,
    several,
    text_schema,
)
from docpipe.schema import Leaf, load_schema
from docpipe.subset import type_name
from docpipe.types import View

Role = Literal["user", "assistant"]

MOST_LABELS = 12
ANSWER_MOST = 400  # characters
_TYPES = {"string": "text", "number": "number", "integer": "whole number", "boolean": "true or false"}
_RULES = (
    "Write every value exactly as it is printed, with its signs, units and currency. "
    "Do not compute, translate, reformat or guess. "
    "Write null for what is not printed."
)


@dataclass(frozen=True)
class Ask:
    """What a model is shown and told. The views belong to the first turn; `schema` is what its reply has to follow.

    `question` stands alone too, for models that were trained on bare ones; None when fields are asked for.
    `most_tokens` bounds the reply.
    """

    views: tuple[View, ...]
    turns: tuple[tuple[Role, str], ...]
    schema: JsonSchema
    most_tokens: int
    question: str | None = None


def field_prompt(
    wanted: Wanted,
    views: Sequence[View],
    problems: Sequence[str] = (),
    last_row: str | None = None,
    examples: Sequence[str] = (),
) -> str:
    """What to ask for the fields in `wanted`. `last_row` is the last one known of an array that is being continued,
    `examples` are right replies for other documents.
    """
    schema = wanted.schema
    lines = [f"Read this document{_shown(views)}: {schema.title}. {schema.description}".rstrip(), _RULES, "", "Fields:"]
    lines += [
        f"- {json.dumps(pointer, ensure_ascii=False)}{_row(pointer)}: {_told(leaf)}"
        for pointer in wanted.pointers
        if (leaf := schema.leaf(pointer)) is not None
    ]
    lines += _fields(wanted, schema.document, "", 0)
    for path, rows in wanted.begun.items():
        lines += ["", f'The first {rows} rows of "{path[1:]}" are read already. Begin with row {rows + 1}.']
        lines += [f"The row before it is {last_row}"] if last_row else []
    if wanted.cut is not None:
        name = wanted.cut.pointer if wanted.cut.pointer in wanted.pointers else wanted.cut.pointer[1:]
        lines += ["", _go_on(name, wanted.cut.text)]
    if wanted.pages:
        lines += ["", _pages(wanted)]
    if examples:
        lines += ["", "What is right for other documents of this kind, as far as it is known:", *examples]
    if problems:
        lines += ["", "What was wrong when these fields were read before:", *(f"- {problem}" for problem in problems)]
    lines += ["", "Reply with one JSON object of this shape and nothing else:", _shape(wanted)]
    return "\n".join(lines)


def prompt_hash() -> str:
    """Changes with the words and the form of what models are asked, so that replies to other words are told apart."""
    row = {"type": "object", "properties": {"text": {"type": ["string", "null"], "description": "text"}}}
    rows = {"type": "array", "description": "rows", "items": row}
    one = {"type": ["string", "null"], "title": "one", "examples": ["1"], "x-labels": ["One"], "enum": ["1", None]}
    schema = load_schema({"title": "all", "type": "object", "properties": {"one": one, "rows": rows}})
    paths = frozenset(leaf.path for leaf in schema.leaves)
    wanted = Wanted(schema, paths, ("/rows/1/text",), {"/rows": 2}, (1, 2), Cut("/rows/1/text", "The"))
    said = [field_prompt(wanted, (), ("problem",), "{}"), answer_prompt("why?", (), "For")]
    return hashlib.sha256(json.dumps([*said, decoding_schema(wanted, Bounds())]).encode()).hexdigest()[:16]


def page_labels(views: Sequence[View]) -> tuple[str, ...]:
    """What stands before each picture, so that its page can be named; nothing where all show one page."""
    return tuple(f"Page {view.page.number}:" for view in views) if several(views) else ()


def answer_prompt(question: str, views: Sequence[View], so_far: str = "") -> str:
    """What to ask for an answer to `question`, or for the rest of one that was cut after `so_far`."""
    page = ', "page": the number of the page where it is printed' if several(views) else ""
    return "\n".join(
        [
            f"Answer a question about this document{_shown(views)}, with the words that are printed in it.",
            "Write null when the answer is not there.",
            "",
            f"Question: {question}",
            "",
            *([_go_on("answer", so_far), ""] if so_far else []),
            f'Reply with one JSON object and nothing else: {{"answer": "..."{page}}}',
        ]
    )


def answer_schema(views: Sequence[View], so_far: str = "", *, exact: bool = True) -> JsonSchema:
    """What the reply to `answer_prompt` has to follow."""
    pages = several(views)
    most = max(1, ANSWER_MOST - len(so_far))
    properties = {"answer": text_schema(most, exact=exact), **({"page": page_schema(pages)} if pages else {})}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _go_on(name: str, text: str) -> str:
    """How to ask for the rest of a text that was cut."""
    return (
        f'"{name}" was cut off. What stands of it already is {json.dumps(text, ensure_ascii=False)}. Write under '
        f'"{name}" only what follows, from the next word on; null where nothing does.'
    )


def _pages(wanted: Wanted) -> str:
    """Where to say on which page a value stands."""
    numbers = ", ".join(map(str, wanted.pages))
    return (
        f'After each value write the number of the page that it is printed on, one of {numbers}: "total {PAGE}" after '
        f'"total". In a list "{PAGE}" is the page of the whole entry. Write null where the value is null.'
    )


def _shown(views: Sequence[View]) -> str:
    """How many pictures there are, and what they show."""
    numbers = [view.page.number for view in views]
    if any(view.clip is not None for view in views):
        return f" (part of page {', '.join(map(str, numbers))}, enlarged)"
    if len(numbers) > 1:
        return f" ({len(numbers)} pages in order: {', '.join(map(str, numbers))})"
    return ""


def _fields(wanted: Wanted, node: Mapping[str, Any], path: str, depth: int) -> Iterator[str]:
    for name, inner, place in wanted.properties(node, path):
        lead = f"{'  ' * depth}- {json.dumps(name, ensure_ascii=False)}"
        kind = type_name(inner)
        if kind == "array":
            yield f"{lead}: list, one entry for each, in the order of the page{_about(inner)}"
            if type_name(inner["items"]) == "object":
                yield from _fields(wanted, inner["items"], f"{place}/*", depth + 1)
        elif kind == "object":
            yield f"{lead}: object{_about(inner)}"
            yield from _fields(wanted, inner, place, depth + 1)
        elif (leaf := wanted.schema.leaf(place)) is not None:
            yield f"{lead}: {_told(leaf)}"


def _told(leaf: Leaf) -> str:
    """Everything a schema says about one field, in one line."""
    kind = leaf.format or _TYPES[leaf.type]
    if leaf.enum is not None:
        kind = f"one of {_listed(leaf.enum, len(leaf.enum))}"
    parts = ["in your own words, for what is shown need not be printed" if leaf.described else kind]
    parts += [leaf.title] if leaf.title else []
    parts += [leaf.description] if leaf.description else []
    if leaf.labels:
        parts.append(f"printed beside {_listed(leaf.labels)}")
    if leaf.examples:
        parts.append(f"for example {_listed(leaf.examples[:3])}")
    return ". ".join(part.rstrip(".") for part in parts)


def _about(node: Mapping[str, Any]) -> str:
    said = [str(node[word]) for word in ("title", "description") if node.get(word)]
    said += [f"headed {_listed(node['x-labels'])}"] if node.get("x-labels") else []
    return "".join(f". {part.rstrip('.')}" for part in said)


def _listed(words: Sequence[Any], most: int = MOST_LABELS) -> str:
    return ", ".join(json.dumps(word, ensure_ascii=False, default=str) for word in words[:most])


def _row(pointer: str) -> str:
    """Which row a pointer means, counted as people count."""
    rows = [f"entry {int(step) + 1} of {before}" for before, step in _pairs(pointer) if step.isdigit()]
    return f" ({', '.join(rows)}, counted from the start of the document)" if rows else ""


def _pairs(pointer: str) -> Iterator[tuple[str, str]]:
    steps = pointer.split("/")[1:]
    return pairwise(steps)


def _shape(wanted: Wanted) -> str:
    """An empty reply, to show the names and how they are nested."""
    shape: dict[str, Any] = {}
    for pointer in wanted.pointers:
        shape |= {pointer: "...", **({page_of(pointer): wanted.pages[0]} if wanted.pages else {})}
    return json.dumps(shape | _empty(wanted, wanted.schema.document, ""), ensure_ascii=False)


def _empty(wanted: Wanted, node: Mapping[str, Any], path: str) -> Any:
    kind = type_name(node)
    if kind == "object":
        page = wanted.pages[0] if wanted.pages else None
        shape: dict[str, Any] = {PAGE: page} if page and path.endswith("/*") else {}
        for name, inner, place in wanted.properties(node, path):
            shape[name] = _empty(wanted, inner, place)
            if page and "/*" not in path and wanted.schema.leaf(place) is not None:
                shape[page_of(name)] = page
        return shape
    if kind == "array":
        return [_empty(wanted, node["items"], f"{path}/*")]
    return "..."
