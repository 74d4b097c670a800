"""What a model is asked, what may come back, and when a reply has begun to run in circles."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from docpipe.models.decoding import Bounds, Wanted, decoding_schema
from docpipe.models.loops import find_loop
from docpipe.models.prompt import field_prompt
from docpipe.models.written import read_sheet
from docpipe.schema import list_schemas, load_schema
from docpipe.types import ReadRequest
from tests.views import view

ROW = '{"item": "Bolt", "price": "1.50"}, '


def prompt(only: tuple[str, ...] | None = None, problems: tuple[str, ...] = ()) -> str:
    """What is asked about an invoice."""
    wanted = Wanted.by(ReadRequest((view(),), load_schema("invoice"), only, problems))
    return field_prompt(wanted, [view()], problems)


def test_a_prompt_says_what_the_schema_says() -> None:
    """Title, description, labels in several languages, format, examples and the names of the rows are there."""
    said = prompt()
    for words in (
        "Invoice. A bill from a supplier",
        '"invoice_number": text. Number of the invoice, as the supplier printed it',
        '"Rechnungsnummer"',
        'for example "2024-0117"',
        '"invoice_date": date',
        '"line_items": list',
    ):
        assert words in said


def test_a_second_look_asks_for_its_fields_and_says_what_was_wrong() -> None:
    """Only the fields in trouble are named, under their pointers, with the problems in words."""
    said = prompt(("/line_items/3/amount", "/total"), ("the lines add up to 9.00, the total is 8.00",))
    assert '"/line_items/3/amount" (entry 4 of line_items' in said
    assert "- the lines add up to 9.00, the total is 8.00" in said
    assert said.endswith('{"/line_items/3/amount": "...", "total": "..."}')
    assert "invoice_number" not in said


def test_a_caption_may_be_as_long_as_its_schema_says() -> None:
    """A description of a figure is a field with a length of its own, and its description is the instruction."""
    about = {"type": ["string", "null"], "description": "What the figure shows, in a sentence", "maxLength": 900}
    schema = load_schema({"title": "Figure", "type": "object", "properties": {"caption": about}})
    wanted = Wanted.by(ReadRequest((view(),), schema))
    assert decoding_schema(wanted, Bounds())["properties"]["caption"]["maxLength"] == 900
    assert "What the figure shows, in a sentence" in field_prompt(wanted, [view()])
    del about["maxLength"]
    described = {"properties": {"caption": {**about, "x-described": True}, "title": about}}
    wanted = Wanted.by(ReadRequest((view(),), load_schema({"title": "Figure", "type": "object", **described})))
    found = decoding_schema(wanted, Bounds())["properties"]
    assert [found[name]["maxLength"] for name in ("caption", "title")] == [2000, 240]
    assert '"caption": in your own words' in field_prompt(wanted, [view()])


@pytest.mark.parametrize("schema", list_schemas(), ids=lambda schema: schema.name)
def test_every_place_of_a_reply_schema_is_bounded(schema: object) -> None:
    """Each text has a length, each array a size, each object its names: what keeps to it comes to an end."""
    wanted = Wanted.by(ReadRequest((view(),), schema))  # type: ignore[arg-type]  # a Schema, as list_schemas gives them
    found = decoding_schema(wanted, Bounds())
    Draft202012Validator.check_schema(found)
    nodes = [found]
    while nodes:
        node = nodes.pop()
        nodes += [*node.get("properties", {}).values(), *([node["items"]] if "items" in node else [])]
        kinds = node.get("type", "enum")
        assert "maxItems" in node or "maxLength" in node or kinds in ("object", "enum", ["boolean", "null"])
        assert kinds != "object" or (node["required"] == list(node["properties"]) and not node["additionalProperties"])


@pytest.mark.parametrize(
    ("text", "kind", "sound"),
    [
        ('{"a": "x",' + "\n" * 80, "whitespace", '{"a": "x",'),
        ('{"a": "x' + r"\n" * 50, "whitespace", '{"a": "x'),
        ('{"a": "tel' + "ephone" * 40, "text", '{"a": "tel'),
        ('{"rows": [' + ROW * 70, "rows", '{"rows": ['),
    ],
    ids=["blanks", "escaped blanks", "a word", "a row"],
)
def test_a_loop_is_found_where_it_begins(text: str, kind: str, sound: str) -> None:
    """White space, a word and a row that go on for ever are told apart, and what stood before is known."""
    loop = find_loop(text)
    assert loop is not None
    assert loop.kind == kind
    assert abs(loop.start - len(sound)) < len(loop.unit) + 1


@pytest.mark.parametrize(
    "text",
    [
        '{"rows": [' + ROW * 40,
        '{"a": "Chapter one ' + "." * 90,
        json.dumps({"rows": [{"n": str(n), "price": "1.50"} for n in range(300)]}, indent=8)[:-9],
        '{"cells": [' + "null, " * 50,
    ],
    ids=["forty equal rows", "dots", "numbered rows", "empty cells"],
)
def test_what_only_looks_like_a_loop_is_none(text: str) -> None:
    """Equal rows, leaders, numbered rows and empty cells are read to their end."""
    assert all(find_loop(text[:end]) is None for end in range(1, len(text) + 1, 7))


def test_every_beginning_of_a_reply_gives_the_values_that_are_whole_in_it() -> None:
    """Wherever a reply is cut, the values read are a beginning of all values, and none is read in part."""
    data = {"a": 'x"y', "b": None, "rows": [{"n": 12.5, "t": True}, {"n": "é", "t": False}], "c": ""}
    text = json.dumps(data)
    whole = {steps: scrap.value for steps, scrap in read_sheet(text).scraps.items()}
    assert whole[("rows", 0, "n")] == "12.5"
    assert len(whole) == 7
    for end in range(len(text)):
        sheet = read_sheet(text[:end], cut=True)
        assert not sheet.repaired
        assert {steps: scrap.value for steps, scrap in sheet.scraps.items()}.items() <= whole.items()
        assert list(sheet.scraps) == list(whole)[: len(sheet.scraps)]
