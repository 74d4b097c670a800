"""Schemas: what is supported becomes leaves, what is not is refused with its place and a suggestion."""

from __future__ import annotations

import enum
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from docpipe.errors import SchemaError
from docpipe.schema import Leaf, RuleText, infer_schema, list_schemas, load_schema, schema_folder

SHIPPED = ["chart", "contract", "form", "invoice", "purchase_order", "receipt", "statement", "table"]


class Currency(enum.Enum):
    EUR = "EUR"
    USD = "USD"


class Line(BaseModel):
    """A line of an order."""

    amount: Decimal = Field(ge=0, decimal_places=2)
    note: str | None = None


class WorkOrder(BaseModel):
    total: Decimal | None = Field(None, json_schema_extra={"x-labels": ["Total", "Gesamt"]})
    due: date | None = None
    currency: Currency | None = None
    kind: Literal["repair"] = "repair"
    lines: list[Line]
    tags: list[str] = []
    main: Line | None = None


def leaf_of(node: dict[str, Any]) -> Leaf:
    (leaf,) = load_schema({"type": "object", "properties": {"it": node}}).leaves
    return leaf


def refusal(document: object) -> str:
    with pytest.raises(SchemaError) as caught:
        load_schema(json.dumps(document))
    return caught.value.message.removeprefix("inline schema: ")


def field_refusal(node: object) -> str:
    return refusal({"type": "object", "properties": {"total": node}})


def test_every_shipped_schema_loads_and_is_listed() -> None:
    """The shipped schemas are the eight the documentation names, and each loads by its name."""
    assert [schema.name for schema in list_schemas()] == SHIPPED
    assert [load_schema(name).name for name in SHIPPED] == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_schemas_are_json_schema(name: str) -> None:
    """Any JSON Schema tool can read a shipped schema, and its plain form too."""
    document = json.loads((schema_folder() / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(document)
    jsonschema.Draft202012Validator.check_schema(load_schema(name).document)
    assert document["title"]
    assert document["description"]


def test_the_invoice_says_what_is_read() -> None:
    """The leaves of the invoice are its fields in order, the lines of its table under one array."""
    invoice = load_schema("invoice")
    assert [leaf.path for leaf in invoice.leaves if leaf.array] == [
        "/line_items/*/description",
        "/line_items/*/quantity",
        "/line_items/*/unit_price",
        "/line_items/*/amount",
    ]
    due = invoice.leaf("/due_date")
    assert due is not None
    assert (due.type, due.format, due.nullable, due.required, due.array) == ("string", "date", True, False, None)
    assert "Fällig am" in due.labels
    assert invoice.leaf("/line_items/12/amount") == next(x for x in invoice.leaves if x.path == "/line_items/*/amount")
    assert invoice.leaf("/line_items/amount") is None
    assert invoice.rules[0] == RuleText(
        rule="sum(line_items.amount) == subtotal",
        tolerance=Decimal("0.02"),
        message="the lines do not add up to the subtotal",
    )


def test_nested_arrays_have_a_star_each() -> None:
    """A table of tables, rows and cells is one path, and its array is the innermost."""
    cells = load_schema("table").leaves[1]
    assert (cells.path, cells.key, cells.array) == (
        "/tables/*/rows/*/cells/*",
        "cells",
        "/tables/*/rows/*/cells",
    )
    assert load_schema("table").leaf("/tables/0/rows/11/cells/3") == cells
    assert load_schema("table").kind == "table"
    assert load_schema("invoice").kind is None


def test_an_array_of_scalars_lends_its_words_to_its_items() -> None:
    """Labels and descriptions stand on the array, and its items are what is looked for."""
    leaf = leaf_of({"type": "array", "description": "All tags", "x-labels": ["Tags"], "items": {"type": "string"}})
    assert (leaf.path, leaf.key, leaf.labels, leaf.description) == ("/it/*", "it", ("Tags",), "All tags")


def test_a_pydantic_class_is_a_schema() -> None:
    """Decimals are numbers, optional fields nullable, enums and literals choices, nested classes objects."""
    schema = load_schema(WorkOrder)
    assert schema.name == "work_order"
    assert [(leaf.path, leaf.type, leaf.format, leaf.enum, leaf.nullable) for leaf in schema.leaves] == [
        ("/total", "number", None, None, True),
        ("/due", "string", "date", None, True),
        ("/currency", "string", None, ("EUR", "USD"), True),
        ("/kind", "string", None, ("repair",), False),
        ("/lines/*/amount", "number", None, None, False),
        ("/lines/*/note", "string", None, None, True),
        ("/tags/*", "string", None, None, False),
        ("/main/amount", "number", None, None, False),
        ("/main/note", "string", None, None, True),
    ]
    assert schema.leaves[0].labels == ("Total", "Gesamt")
    assert schema.document["properties"]["lines"]["items"]["properties"]["amount"]["minimum"] == 0


def test_a_class_can_be_named_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """module:Class finds a module of the working folder, and says what is wrong with a name that is not there."""
    (tmp_path / "my_forms.py").write_text(
        "from pydantic import BaseModel\nclass Visit(BaseModel):\n    day: str\n", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    assert [leaf.path for leaf in load_schema("my_forms:Visit").leaves] == ["/day"]
    with pytest.raises(SchemaError, match=r'my_forms:Visitt: there is no "Visitt" \(did you mean "Visit"\?\)'):
        load_schema("my_forms:Visitt")
    with pytest.raises(SchemaError, match="No module named 'my_formz'"):
        load_schema("my_formz:Visit")
    with pytest.raises(SchemaError, match="expected a schema or a pydantic class, got function"):
        load_schema("json:dumps")


def test_references_and_null_unions_become_plain() -> None:
    """A definition used twice is inlined with the words beside the reference on top; null is a second type."""
    document = load_schema(
        {
            "type": "object",
            "properties": {
                "net": {"$ref": "#/$defs/money", "title": "Net"},
                "paid": {"anyOf": [{"$ref": "#/$defs/money"}, {"type": "null"}]},
                "way": {"oneOf": [{"const": "cash", "type": "string"}, {"type": "null"}]},
            },
            "$defs": {"money": {"type": "number", "title": "Money", "minimum": 0}},
        }
    ).document
    assert document == {
        "type": "object",
        "properties": {
            "net": {"type": "number", "title": "Net", "minimum": 0},
            "paid": {"type": ["number", "null"], "title": "Money", "minimum": 0},
            "way": {"type": ["string", "null"], "enum": ["cash", None]},
        },
    }


def test_the_hash_is_of_what_is_asked_not_of_its_layout(tmp_path: Path) -> None:
    """Two files that ask the same have one hash; another description is another question."""
    one = {"type": "object", "properties": {"a": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"type": "string"}}}
    two = {"properties": {"a": {"type": "string"}}, "type": "object", "$schema": "https://json-schema.org/x"}
    (tmp_path / "one.json").write_text(json.dumps(one), "utf-8")
    (tmp_path / "two.json").write_text(json.dumps(two, indent=8), "utf-8")
    assert load_schema(tmp_path / "one.json").hash == load_schema(str(tmp_path / "two.json")).hash
    other = {"type": "object", "properties": {"a": {"type": "string", "description": "b"}}}
    assert load_schema(other).hash != load_schema(one).hash


def test_a_schema_is_named_by_where_it_comes_from(tmp_path: Path) -> None:
    """A file gives its stem, a mapping its title, as a word that can name a table."""
    path = tmp_path / "Müller Bestellung-2.json"
    path.write_text('{"type": "object", "properties": {"a": {"type": "string"}}}', "utf-8")
    assert load_schema(path).name == "müller_bestellung_2"
    assert load_schema({"title": "Delivery note", "properties": {"a": {"type": "string"}}}).name == "delivery_note"
    assert load_schema('{"properties": {"a": {"type": "string"}}}').name == "inline"


def test_a_fault_in_a_file_is_said_with_file_pointer_and_suggestion(tmp_path: Path) -> None:
    """The message can be acted on without opening any documentation."""
    path = tmp_path / "x.json"
    path.write_text('{"type": "object", "properties": {"total": {"type": "number", "titel": "T"}}}', "utf-8")
    with pytest.raises(SchemaError) as caught:
        load_schema(path)
    assert caught.value.message == f'{path}: /properties/total: unknown keyword "titel" (did you mean "title"?)'
    path.write_text('{"type": "object",\n "properties" {}}', "utf-8")
    with pytest.raises(SchemaError, match=r"x\.json: line 2 column 15: Expecting ':' delimiter"):
        load_schema(path)


def test_an_unknown_name_suggests_the_nearest() -> None:
    """A typing error in a schema's name ends with the name that was meant and the command that lists them."""
    with pytest.raises(SchemaError) as caught:
        load_schema("invoise")
    assert str(caught.value) == 'no schema "invoise" (did you mean "invoice"?) (docpipe schemas list)'
    with pytest.raises(SchemaError, match="forms/visit: no such schema file"):
        load_schema("forms/visit")


@pytest.mark.parametrize(
    ("node", "message"),
    [
        ({}, '/properties/total: "type" is missing; types: object, array, string, number, integer, boolean'),
        ({"type": "money"}, "/properties/total/type: unknown type 'money'"),
        ({"type": "strin"}, "/properties/total/type: unknown type 'strin' (did you mean \"string\"?)"),
        (
            {"type": ["string", "number"]},
            "/properties/total/type: expected one type, or one type and \"null\", got ['string', 'number']",
        ),
        (
            {"anyOf": [{"type": "string"}, {"type": "number"}]},
            '/properties/total/anyOf: only a union with {"type": "null"} is supported; give one type',
        ),
        ({"type": "number", "minLength": 2}, '/properties/total: "minLength" says nothing about type "number"'),
        (
            {"type": "string", "format": "dat"},
            (
                "/properties/total/format: unknown format 'dat' (did you mean \"date\"?); "
                "formats: date, date-time, time, email, uri"
            ),
        ),
        ({"type": "string", "enum": []}, "/properties/total/enum: expected at least one choice, got []"),
        ({"type": "integer", "enum": [1, 2.5]}, '/properties/total/enum: 2.5 is not of type "integer"'),
        ({"type": "number", "enum": [True]}, '/properties/total/enum: True is not of type "number"'),
        (
            {"type": "string", "pattern": "["},
            "/properties/total/pattern: not a regular expression: unterminated character set at position 0",
        ),
        ({"type": "number", "minimum": 3, "maximum": 2}, '/properties/total/minimum: 3 is more than "maximum" 2'),
        ({"type": "array"}, '/properties/total: an array needs "items"'),
        (
            {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
            "/properties/total/items: an array of arrays is not supported; make its items objects",
        ),
        ({"type": "object"}, '/properties/total: an object needs "properties" with at least one field'),
        (
            {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "string"}},
            "/properties/total/additionalProperties: fields without a name are not supported; list them as properties",
        ),
        (
            {"type": "string", "x-labels": "Total"},
            "/properties/total/x-labels: expected a list of printed labels, got 'Total'",
        ),
        ({"type": "string", "uniqueItems": True}, '/properties/total: unknown keyword "uniqueItems"'),
        (
            {"$ref": "other.json"},
            '/properties/total: "$ref" must name a definition of this schema as "#/$defs/NAME", got ' + "'other.json'",
        ),
        ({"$ref": "#/$defs/money"}, '/properties/total: there is no "#/$defs/money"'),
        (True, "/properties/total: expected a schema (a JSON object), got True"),
        ({"type": "string", "x-rules": []}, '/properties/total: "x-rules" belongs at the top of the schema'),
    ],
)
def test_what_is_outside_the_subset_is_refused(node: object, message: str) -> None:
    """Each thing that docpipe cannot promise to read is refused with its place and what is supported."""
    assert field_refusal(node) == message


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"type": "string"}, "/type: the top must be \"object\", a document is one, got 'string'"),
        (
            {"properties": {"total": {"type": "string"}}, "required": ["totl"]},
            '/required: there is no field "totl" (did you mean "total"?)',
        ),
        (
            {"properties": {"a": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"properties": {"n": {"$ref": "#/$defs/n"}}}}},
            '/properties/a/properties/n: "#/$defs/n" contains itself; a schema for documents has a fixed depth',
        ),
        (
            {"properties": {"a": {"type": "string"}}, "x-kind": "tabel"},
            "/x-kind: unknown kind 'tabel' (did you mean \"table\"?); kinds: fields, table, chart",
        ),
        (
            {"properties": {"a": {"type": "number"}}, "x-rules": [{"rule": "a > 0", "mesage": "x"}]},
            '/x-rules/0: unknown keyword "mesage" (did you mean "message"?)',
        ),
        (
            {"properties": {"a": {"type": "number"}}, "x-rules": [{"rule": "a > 0"}]},
            '/x-rules/0: "message" is missing or not a string',
        ),
        (
            {"properties": {"a": {"type": "number"}}, "x-rules": ["a > 0"]},
            '/x-rules/0: expected {"rule": ..., "message": ...}, got \'a > 0\'',
        ),
        (
            {"properties": {"a": {"type": "number"}}, "x-rules": [{"rule": "a", "message": "m", "tolerance": -1}]},
            "/x-rules/0/tolerance: expected a number from 0, got -1",
        ),
        ({"properties": {"*": {"type": "string"}}}, "/properties/*: '*' cannot be the name of a field"),
    ],
)
def test_faults_of_the_whole_schema_are_refused(document: object, message: str) -> None:
    """Rules, kinds, required names and references are checked before any document is read."""
    assert refusal(document) == message


def test_a_name_twice_in_one_object_is_refused() -> None:
    """JSON would keep the second of two fields with one name in silence."""
    with pytest.raises(SchemaError, match='inline schema: "a" stands twice in one object'):
        load_schema('{"properties": {"a": {"type": "string"}, "a": {"type": "number"}}}')


def test_pointers_escape_what_pointers_need() -> None:
    """A slash in a field's name is not a step (RFC 6901)."""
    schema = load_schema({"properties": {"net/gross": {"type": "string"}, "a~b": {"type": "string"}}})
    assert [leaf.path for leaf in schema.leaves] == ["/net~1gross", "/a~0b"]


def test_a_schema_is_inferred_from_the_json_that_is_wanted() -> None:
    """Fields of all examples are joined; dates are dates; round amounts stay numbers; nothing is required."""
    found = infer_schema(
        [
            {"number": "A-1", "day": "2024-02-29", "total": 12, "lines": [{"text": "x", "amount": 1}], "paid": None},
            {"number": "A-2", "total": 12.5, "lines": [], "paid": True, "mail": "a@b.example", "tags": ["x", "y"]},
        ]
    )
    assert [(leaf.path, leaf.type, leaf.format, leaf.nullable) for leaf in load_schema(found).leaves] == [
        ("/number", "string", None, True),
        ("/day", "string", "date", True),
        ("/total", "number", None, True),
        ("/lines/*/text", "string", None, True),
        ("/lines/*/amount", "number", None, True),
        ("/paid", "boolean", None, True),
        ("/mail", "string", "email", True),
        ("/tags/*", "string", None, True),
    ]


def test_examples_that_contradict_each_other_are_refused() -> None:
    """A field cannot be a table in one example and a text in the next."""
    with pytest.raises(SchemaError, match="examples: /a/b: is array in one example and value in another"):
        infer_schema([{"a": {"b": []}}, {"a": {"b": 1}}])
    with pytest.raises(SchemaError, match="no example"):
        infer_schema([])


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
NAMES = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=8)


@given(st.dictionaries(NAMES, SCALARS | st.lists(SCALARS) | st.dictionaries(NAMES, SCALARS, min_size=1), min_size=1))
def test_an_inferred_schema_is_supported_and_accepts_its_example(example: dict[str, Any]) -> None:
    """Whatever JSON is wanted, its inferred schema loads, and the example follows it unless its types were mixed."""
    schema = load_schema(infer_schema([example]))
    mixed = any(isinstance(value, list) and len({type(item) for item in value}) > 1 for value in example.values())
    if not mixed:
        jsonschema.validate(example, dict(schema.document))


def test_options_have_the_words_by_which_a_page_says_them() -> None:
    """`x-options` gives printed words for choices of the enum, in the enum's order; anything else is refused."""
    kind = {
        "type": ["string", "null"],
        "enum": ["bill", "order", None],
        "x-options": {"order": ["Order", "Bestellung"]},
    }
    schema = load_schema({"title": "Kinds", "type": "object", "properties": {"kind": kind}})
    assert schema.leaves[0].options == ((), ("Order", "Bestellung"))
    kind["x-options"] = {"offer": ["Offer"]}
    with pytest.raises(SchemaError, match=r"/properties/kind/x-options: expected choices of the enum"):
        load_schema({"title": "Kinds", "type": "object", "properties": {"kind": kind}})


def test_options_have_the_labels_of_their_fields() -> None:
    """`x-option-labels` gives lists of labels for choices of the enum, in its order; anything else is refused."""
    kind: dict[str, Any] = {
        "type": ["string", "null"],
        "enum": ["bill", "order", None],
        "x-option-labels": {"order": [["Order no.", "PO"], ["Ship to"]]},
    }
    schema = load_schema({"title": "Kinds", "type": "object", "properties": {"kind": kind}})
    assert schema.leaves[0].option_labels == ((), (("Order no.", "PO"), ("Ship to",)))
    kind["x-option-labels"] = {"order": ["Ship to"]}
    with pytest.raises(SchemaError, match=r"/properties/kind/x-option-labels: expected choices of the enum"):
        load_schema({"title": "Kinds", "type": "object", "properties": {"kind": kind}})


def test_a_schema_says_what_such_a_document_calls_itself() -> None:
    """The labels of a schema as a whole are the headings of its documents."""
    assert "Rechnung" in load_schema("invoice").headings
    assert load_schema("form").headings == ()
