"""Values become data that fits the schema, whatever the values are."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docpipe.schema import Schema, load_schema
from docpipe.types import Scalar, Value
from docpipe.validate import assemble

ORDER = {
    "title": "Order",
    "type": "object",
    "required": ["number", "note"],
    "properties": {
        "number": {"type": "string", "pattern": "^[A-Z]-\\d+$"},
        "note": {"type": ["string", "null"], "maxLength": 10},
        "kind": {"type": ["string", "null"], "enum": ["a", "b", None]},
        "paid": {"type": "boolean"},
        "pieces": {"type": ["integer", "null"], "minimum": 1, "exclusiveMaximum": 100},
        "rate": {"type": ["number", "null"], "multipleOf": 0.5, "maximum": 50},
        "address": {"type": "object", "properties": {"town": {"type": ["string", "null"]}}},
        "tags": {"type": "array", "items": {"type": "string", "minLength": 2}, "maxItems": 2},
        "lines": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "what": {"type": ["string", "null"]},
                    "cells": {"type": "array", "items": {"type": ["string", "null"]}},
                },
            },
        },
    },
}


def data_of(
    values: dict[str, Scalar], schema: Schema | None = None
) -> tuple[dict[str, Any], list[tuple[str, str | None]]]:
    """The data and the notices' codes and pointers for these values."""
    made = [Value(pointer=pointer, text=str(value), value=value) for pointer, value in values.items()]
    data, notices = assemble(made, schema or load_schema(ORDER))
    return data, [(notice.code, notice.pointer) for notice in notices]


def test_everything_has_its_place() -> None:
    """Values nest as the schema does; what was not read is null, an array without rows is empty."""
    data, notices = data_of(
        {"/number": "A-7", "/address/town": "Ely", "/lines/0/what": "Paper", "/rate": Decimal("2.5")}
    )
    assert data == {
        "number": "A-7",
        "note": None,
        "kind": None,
        "pieces": None,
        "rate": Decimal("2.5"),
        "address": {"town": "Ely"},
        "tags": [],
        "lines": [{"what": "Paper", "cells": []}],
    }
    assert notices == []


def test_rows_close_up_and_cells_stay() -> None:
    """A row of which nothing was read leaves no gap; an empty cell among others keeps its column."""
    values: dict[str, Scalar] = {
        "/number": "A-7",
        "/lines/1/what": None,
        "/lines/3/what": "Ink",
        "/lines/3/cells/1": "x",
        "/lines/3/cells/2": None,
        "/lines/10/what": "Pen",
    }
    data, _ = data_of(values)
    assert data["lines"] == [{"what": "Ink", "cells": [None, "x", None]}, {"what": "Pen", "cells": []}]


def test_what_the_schema_demands() -> None:
    """A value that the schema demands and that is missing is listed, with its place."""
    data, notices = data_of({})
    assert data["number"] is None
    assert notices == [("missing_required", "/number")]


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/number", "7-A", "invalid_value"),
        ("/note", "a long remark", "invalid_value"),
        ("/kind", "c", "invalid_value"),
        ("/pieces", 0, "invalid_value"),
        ("/pieces", 100, "invalid_value"),
        ("/rate", Decimal("2.3"), "invalid_value"),
        ("/rate", Decimal("50.5"), "invalid_value"),
        ("/tags/0", "x", "invalid_value"),
        ("/note", True, "invalid_value"),
    ],
)
def test_what_the_schema_does_not_admit(pointer: str, value: Scalar, code: str) -> None:
    """A value outside of its bounds becomes null and is listed."""
    _, notices = data_of({"/number": "A-7", pointer: value})
    assert (code, pointer) in notices


def test_too_many_rows() -> None:
    """More items than the schema admits are cut off, and that is said."""
    data, notices = data_of({"/number": "A-7", "/tags/0": "aa", "/tags/1": "bb", "/tags/2": "cc"})
    assert (data["tags"], notices) == (["aa", "bb"], [("invalid_value", "/tags")])


_ANY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 200),
    st.decimals(-5, 100, places=1),
    st.sampled_from(["a", "A-7", "x" * 12]),
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "/number", "/note", "/kind", "/paid", "/pieces", "/rate", "/address/town", "/tags/0", "/tags/4",
                "/lines/2/what", "/lines/0/cells/1",
            ]
        ),
        _ANY,
    )
)  # fmt: skip
def test_data_always_validates(values: dict[str, Scalar]) -> None:
    """Whatever the values, the data follows the schema, but for the places that are listed as missing."""
    schema = load_schema(ORDER)
    data, notices = data_of(values, schema)
    written = json.loads(json.dumps(data, default=float))
    errors = jsonschema.Draft202012Validator(schema.document).iter_errors(written)
    wrong = {"/" + "/".join(map(str, error.absolute_path)) for error in errors}
    assert wrong <= {pointer for _, pointer in notices}
