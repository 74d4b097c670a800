"""Rules over the data of a record: what they say, what they leave open, and what is no rule."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from docpipe.errors import SchemaError
from docpipe.rule_language import parse
from docpipe.rules import Broken, check, checkable
from docpipe.schema import Schema, list_schemas, load_schema

ROWS = {"type": "array", "items": {"type": "object", "properties": {n: {"type": ["number", "null"]} for n in "qpa"}}}
FIELDS = {name: {"type": ["number", "null"]} for name in ("net", "tax", "total")}
DAYS = {name: {"type": ["string", "null"], "format": "date"} for name in ("start", "end")}


def slip(rule: str, tolerance: float = 0.0) -> Schema:
    """A schema with rows of quantity, price and amount, three sums, two dates, and one rule."""
    return load_schema(
        {
            "title": "Slip",
            "type": "object",
            "properties": {"rows": ROWS, **FIELDS, **DAYS},
            "x-rules": [{"rule": rule, "tolerance": tolerance, "message": "broken"}],
        }
    )


def data(**values: Any) -> dict[str, Any]:
    """A slip's data; numbers as the pipeline has them."""
    empty: dict[str, Any] = {"rows": [], "net": None, "tax": None, "total": None, "start": None, "end": None}
    made: dict[str, Any] = json.loads(json.dumps(empty | values, default=str), parse_float=Decimal, parse_int=Decimal)
    return made


HOLDS: list[tuple[str, dict[str, Any]]] = [
    ("net + tax == total", {"net": 10.1, "tax": 2.02, "total": 12.12}),
    ("total - net == tax and tax > 0", {"net": 10, "tax": 2, "total": 12}),
    ("total == 0 or tax / net <= 0.25", {"net": 10, "tax": 2, "total": 12}),
    ("not total < net", {"net": 10, "total": 12}),
    ("abs(net - total) == 2", {"net": 10, "total": 12}),
    ("-net + total == tax * 1 * (3 - 2)", {"net": 10, "tax": 2, "total": 12}),
    ("max(net, tax) <= total and min(net, tax) >= 0", {"net": 10, "tax": 2, "total": 12}),
    ("round(net * 0.19, 2) == tax", {"net": 9.99, "tax": 1.9}),
    ("sum(rows.a) == net", {"rows": [{"a": 1.5}, {"a": 2.25}], "net": 3.75}),
    ("count(rows.a) == 2", {"rows": [{"a": 1}, {"a": 2}, {"a": None}]}),
    ("rows.q * rows.p == rows.a", {"rows": [{"q": 2, "p": 3, "a": 6}, {"q": 1, "p": 4, "a": 4}]}),
    ("start <= end", {"start": "2024-02-29", "end": "2024-03-01"}),
    ("end - start <= 30", {"start": "2024-02-29", "end": "2024-03-01"}),
    ("start + 1 == end", {"start": "2024-02-29", "end": "2024-03-01"}),
    ("start >= date('2024-01-01')", {"start": "2024-02-29"}),
]


@pytest.mark.parametrize(("rule", "values"), HOLDS)
def test_rules_that_hold(rule: str, values: dict[str, Any]) -> None:
    """A rule that the data keeps is not reported, and says which values it has looked at."""
    assert check(data(**values), slip(rule)) == ()
    assert checkable(data(**values), slip(rule))


@pytest.mark.parametrize(
    ("rule", "values", "pointers"),
    [
        ("net + tax == total", {"net": 10, "tax": 2, "total": 13}, ("/net", "/tax", "/total")),
        ("sum(rows.a) == net", {"rows": [{"a": 1}, {"a": 2}], "net": 4}, ("/rows/0/a", "/rows/1/a", "/net")),
        ("start <= end", {"start": "2024-03-02", "end": "2024-03-01"}, ("/start", "/end")),
        ("net == total and tax == total", {"net": 1, "tax": 2, "total": 1}, ("/net", "/total", "/tax")),
    ],
)
def test_rules_that_are_broken(rule: str, values: dict[str, Any], pointers: tuple[str, ...]) -> None:
    """A broken rule names every value it was about, so that they can be asked again."""
    assert check(data(**values), slip(rule)) == (Broken(rule, "broken", pointers),)


def test_rows_are_reported_one_by_one() -> None:
    """A rule for every row names the values of the rows that break it and of no other."""
    rows = [{"q": 2, "p": 3, "a": 6}, {"q": 1, "p": 4, "a": 5}, {"q": 1, "p": None, "a": 5}]
    broken = check(data(rows=rows), slip("rows.q * rows.p == rows.a"))
    assert [one.pointers for one in broken] == [("/rows/1/q", "/rows/1/p", "/rows/1/a")]


@pytest.mark.parametrize(("total", "broken"), [(12.02, 0), (12.03, 1), (11.98, 0), (11.97, 1)])
def test_tolerance(total: float, broken: int) -> None:
    """Two numbers that are no further apart than the tolerance agree."""
    assert len(check(data(net=10, tax=2, total=total), slip("net + tax == total", 0.02))) == broken


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("net + tax == total", {"net": 10, "total": 13}),
        ("sum(rows.a) == net", {"net": 4}),
        ("sum(rows.a) == net", {"rows": [{"a": 1}, {"a": None}], "net": 4}),
        ("net / tax == total", {"net": 4, "tax": 0, "total": 1}),
        ("start <= end", {"start": "2024-03-01"}),
        ("start == net", {"start": "2024-03-01", "net": 1}),
        ("not net == total", {"net": 1}),
    ],
)
def test_what_cannot_be_checked_is_not_broken(rule: str, values: dict[str, Any]) -> None:
    """A rule with a missing operand says nothing, nor does a sum with gaps that does not come out right."""
    assert check(data(**values), slip(rule)) == ()
    assert checkable(data(**values), slip(rule)) == ()


def test_a_known_part_decides() -> None:
    """One half of an `or` that holds is enough, and one half of an `and` that does not."""
    assert checkable(data(net=1), slip("net == 1 or tax == 2"))
    assert len(check(data(net=2), slip("net == 1 and tax == 2"))) == 1


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("net +", "character 6: expected a value, the rule ends"),
        ("net total", 'character 5: nothing was expected after the rule, got "total"'),
        ("exec(net)", "character 1: there is no function exec; there are sum, count, abs, min, max, round, date"),
        ("sum(net", 'character 8: expected ")"'),
        ("net == 'x", "character 8: expected a name, a number or a sign"),
        ("net..tax", "character 5: expected a name after the dot"),
        ("net ** 2", 'character 6: expected a value, got "*"'),
        ("abs(net, tax)", "character 1: abs takes one argument, got 2"),
        ("(" * 60 + "1" + ")" * 60, "nested more than 40 levels deep"),
        ("1+" * 300 + "1", "a rule of 601 characters; the longest has 400"),
        ("__import__('os').system('x')", "there is no function __import__"),
    ],
)
def test_what_is_no_rule(rule: str, message: str) -> None:
    """What does not follow the grammar is refused with the place, and nothing of it is run."""
    with pytest.raises(SchemaError) as caught:
        parse(rule)
    assert message in str(caught.value)


def test_a_long_chain_is_evaluated() -> None:
    """The longest rule there may be is no deeper than Python can go."""
    assert check(data(net=1), slip("+".join(["net"] * 98) + " == 98")) == ()


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            "net + tax = total",
            '/x-rules/0/rule: rule "net + tax = total", character 11: expected a name, a number or a sign',
        ),
        ("net + tax == totl", '/x-rules/0/rule: there is no value "totl" (did you mean "total"?)'),
        ("count(rows) == 2", '/x-rules/0/rule: there is no value "rows"'),
        ("sum(rows.b) == net", '/x-rules/0/rule: there is no value "rows.b"'),
    ],
)
def test_a_schema_with_a_wrong_rule_is_refused(rule: str, message: str) -> None:
    """A rule that is none, or names what the schema does not have, is found before any document is read."""
    with pytest.raises(SchemaError) as caught:
        slip(rule)
    assert str(caught.value).startswith(f"Slip: {message}")


def test_shipped_schemas_have_the_rules_that_hold_on_paper() -> None:
    """Lines add up to the subtotal, subtotal and tax to the total, movements to the balance; dates are in order."""
    rules = {schema.name: [rule.rule for rule in schema.rules] for schema in list_schemas()}
    assert {name: said for name, said in rules.items() if said} == {
        "contract": ["effective_date <= end_date"],
        "invoice": [
            "sum(line_items.amount) == subtotal",
            "subtotal + tax_amount == total",
            "invoice_date <= due_date",
        ],
        "purchase_order": ["order_date <= delivery_date"],
        "receipt": ["subtotal + tax_amount == total"],
        "statement": [
            "opening_balance + sum(transactions.amount) == closing_balance",
            "period_start <= period_end",
        ],
    }
