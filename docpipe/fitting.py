"""A first page becomes the schema that fits it: the kind of document is itself a field, with an enum."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from docpipe.normalise import normalise
from docpipe.schema import Schema, list_schemas, load_schema
from docpipe.types import Notice, Reading

# What is read when the model cannot tell: the schema that fits any page.
ANY_DOCUMENT = "form"


@cache
def which_schema() -> Schema:
    """The question which of the shipped schemas fits."""
    kinds = list_schemas()
    return load_schema(
        {
            "title": "Kind of document",
            "type": "object",
            "properties": {
                "schema": {
                    "type": ["string", "null"],
                    "description": " ".join(f"{kind.name}: {kind.description}" for kind in kinds),
                    "enum": [*(kind.name for kind in kinds), None],
                    "x-options": {kind.name: list(kind.headings) for kind in kinds},
                    "x-option-labels": {
                        kind.name: [list(leaf.labels) for leaf in kind.leaves if leaf.labels] for kind in kinds
                    },
                }
            },
        }
    )


def fitting_schema(readings: Sequence[Reading], model: str) -> tuple[Schema, tuple[Notice, ...]]:
    """The schema that the readings of `which_schema` name, with a notice where they name none."""
    kinds = {kind.name: kind for kind in list_schemas()}
    values, _ = normalise(readings, which_schema(), model)
    named = next((str(value.value) for value in values if value.value is not None), None)
    if named in kinds:
        return kinds[named], ()
    said = f"the model could not tell which schema fits; it was read as {ANY_DOCUMENT}"
    return kinds[ANY_DOCUMENT], (Notice(code="schema_unclear", message=said),)
