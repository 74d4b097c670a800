"""The fields of a request become the words that a model is asked with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from docpipe.models.decoding import JsonSchema, Wanted, text_schema
from docpipe.schema import Leaf
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
    wanted: Wanted, views: Sequence[View], problems: Sequence[str] = (), last_row: str | None = None
) -> str:
    """What to ask for the fields in `wanted`. `last_row` is the last one known of an array that is being continued."""
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
    if problems:
        lines += ["", "What was wrong when these fields were read before:", *(f"- {problem}" for problem in problems)]
    lines += ["", "Reply with one JSON object of this shape and nothing else:", _shape(wanted)]
    return "\n".join(lines)


def answer_prompt(question: str, views: Sequence[View]) -> str:
    """What to ask for an answer to `question`."""
    return "\n".join(
        [
            f"Answer a question about this document{_shown(views)}, with the words that are printed in it.",
            "Write null when the answer is not there.",
            "",
            f"Question: {question}",
            "",
            'Reply with one JSON object and nothing else: {"answer": "..."}',
        ]
    )


def answer_schema(*, exact: bool = True) -> JsonSchema:
    """What the reply to `answer_prompt` has to follow."""
    return {
        "type": "object",
        "properties": {"answer": text_schema(ANSWER_MOST, exact=exact)},
        "required": ["answer"],
        "additionalProperties": False,
    }


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
    parts = [kind]
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
    shape: dict[str, Any] = dict.fromkeys(wanted.pointers, "...")
    return json.dumps(shape | _empty(wanted, wanted.schema.document, ""), ensure_ascii=False)


def _empty(wanted: Wanted, node: Mapping[str, Any], path: str) -> Any:
    kind = type_name(node)
    if kind == "object":
        return {name: _empty(wanted, inner, place) for name, inner, place in wanted.properties(node, path)}
    if kind == "array":
        return [_empty(wanted, node["items"], f"{path}/*")]
    return "..."
