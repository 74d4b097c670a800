"""The data of a record and the rules of its schema become the rules that are broken, each with the fields it is about.

What a rule may say is in rule_language.py. What it means:

A path through an array is a list: `sum`, `min` and `max` of a list give one number, `count` the number of its values.
Outside of them a list stands for every row: `line_items.quantity * line_items.unit_price == line_items.amount` is
checked row by row. Texts like 2024-03-04 are dates, `date("2024-03-04")` is one: the difference of two dates is a
number of days, and days can be added to a date. Two numbers are equal, and in order, when they are no further apart
than the rule's tolerance.

A rule with a missing operand is not checkable, and then it is not broken. A sum over a list with gaps that comes out
right is right; one that does not is not checkable, since the gap may hold the rest. A division by zero is not
checkable either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from docpipe.rule_language import COMPARISONS, Call, Node, Number, Operation, Path, Text, parse
from docpipe.schema import RuleText, Schema
from docpipe.subset import escape

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")

Operand = Decimal | date | str | bool


@dataclass(frozen=True)
class Broken:
    """A rule that does not hold, in its own words, with the places of every value that it looked at."""

    rule: str
    message: str
    pointers: tuple[str, ...]


def check(data: Mapping[str, Any], schema: Schema) -> tuple[Broken, ...]:
    """The rules of `schema` that `data` breaks, in the schema's order.

    A rule over rows is reported once for each row that breaks it. Raises SchemaError for a rule that is none.
    """
    broken: list[Broken] = []
    for rule in schema.rules:
        broken += _broken(rule, data)
    return tuple(broken)


def kept(data: Mapping[str, Any], schema: Schema) -> dict[str, bool]:
    """Whether every rule that looks at a value holds, by the value's pointer. Values that no rule looks at are not in.

    A rule with a missing operand looks at nothing.
    """
    broken = {pointer for rule in check(data, schema) for pointer in rule.pointers}
    return {pointer: pointer not in broken for pointer in {*checkable(data, schema), *broken}}


def checkable(data: Mapping[str, Any], schema: Schema) -> tuple[str, ...]:
    """The pointers of the values that at least one rule could look at: those that a kept rule speaks for."""
    seen: dict[str, None] = {}
    for rule in schema.rules:
        for outcome in _outcomes(rule, data):
            if outcome.value is not None:
                seen |= dict.fromkeys(outcome.pointers)
    return tuple(seen)


@dataclass(frozen=True)
class _One:
    """One operand: its value, None where it is missing. `gaps` says that it was made of a list with gaps."""

    value: Operand | None
    pointers: tuple[str, ...] = ()
    gaps: bool = False


@dataclass(frozen=True)
class _Many:
    """A list of operands, one for each row."""

    ones: tuple[_One, ...]


_Operand = _One | _Many


def _broken(rule: RuleText, data: Mapping[str, Any]) -> Iterator[Broken]:
    for outcome in _outcomes(rule, data):
        if outcome.value is False:
            yield Broken(rule.rule, rule.message, tuple(dict.fromkeys(outcome.pointers)))


def _outcomes(rule: RuleText, data: Mapping[str, Any]) -> tuple[_One, ...]:
    outcome = _Evaluation(data, rule.tolerance).of(parse(rule.rule))
    return outcome.ones if isinstance(outcome, _Many) else (outcome,)


class _Evaluation:
    """One rule over one record's data."""

    def __init__(self, data: Mapping[str, Any], tolerance: Decimal) -> None:
        self.data = data
        self.tolerance = tolerance

    def of(self, node: Node) -> _Operand:
        match node:
            case Number(value):
                return _One(value)
            case Text(value):
                return _One(_operand(value))
            case Path(names):
                return self.path(names)
            case Call(function, arguments):
                return self.call(function, [self.of(argument) for argument in arguments])
            case Operation(operator, operands):
                return _each(lambda *ones: self.operate(operator, *ones), [self.of(operand) for operand in operands])

    def path(self, names: Sequence[str]) -> _Operand:
        found: list[tuple[Any, str]] = [(self.data, "")]
        listed = False
        for name in names:
            step: list[tuple[Any, str]] = []
            for inner, pointer in found:
                value = inner.get(name) if isinstance(inner, Mapping) else None
                place = f"{pointer}/{escape(name)}"
                if isinstance(value, list):
                    listed = True
                    step += [(item, f"{place}/{row}") for row, item in enumerate(value)]
                else:
                    step.append((value, place))
            found = step
        ones = tuple(_One(_operand(value), (pointer,)) for value, pointer in found)
        return _Many(ones) if listed else ones[0]

    def call(self, function: str, arguments: Sequence[_Operand]) -> _Operand:
        if function in ("abs", "round", "date"):
            return _each(lambda *ones: _scalar_call(function, ones), arguments)
        lists = [argument.ones if isinstance(argument, _Many) else (argument,) for argument in arguments]
        given = [one for ones in lists for one in ones]
        pointers = tuple(pointer for one in given for pointer in one.pointers)
        there = [one.value for one in given if one.value is not None]
        if function == "count":
            return _One(Decimal(len(there)), pointers)
        gaps = len(there) < len(given) or any(one.gaps for one in given)
        if not there or not _alike(there):
            return _One(None, pointers)
        if function == "sum":
            total = sum((v for v in there if isinstance(v, Decimal)), Decimal(0))
            return _One(total if isinstance(there[0], Decimal) else None, pointers, gaps)
        chosen = min if function == "min" else max
        return _One(chosen(there), pointers, gaps)  # of one type, see _alike

    def operate(self, operator: str, *ones: _One) -> _One:
        pointers = tuple(pointer for one in ones for pointer in one.pointers)
        gaps = any(one.gaps for one in ones)
        values = [one.value for one in ones]
        if operator in ("and", "or", "not"):
            return _One(_logic(operator, values), pointers)
        if any(value is None for value in values):
            return _One(None, pointers)
        if operator in COMPARISONS:
            holds = self.compare(operator, values[0], values[1])
            return _One(None if gaps and holds is False else holds, pointers)
        return _One(_arithmetic(operator, values), pointers, gaps)

    def compare(self, operator: str, left: Any, right: Any) -> bool | None:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            apart, room = left - right, self.tolerance
            return {
                "==": abs(apart) <= room, "!=": abs(apart) > room, "<=": apart <= room, ">=": apart >= -room,
                "<": apart < 0, ">": apart > 0,
            }[operator]  # fmt: skip
        if type(left) is not type(right):
            return None
        if operator in ("==", "!="):
            return bool((left == right) is (operator == "=="))
        if isinstance(left, bool):
            return None
        return bool({"<=": left <= right, ">=": left >= right, "<": left < right, ">": left > right}[operator])


def _each(operate: Callable[..., _One], operands: Sequence[_Operand]) -> _Operand:
    """`operate` on the operands; once for every row where some of them are lists, which must be of one length."""
    lists = [operand for operand in operands if isinstance(operand, _Many)]
    if not lists:
        return operate(*operands)
    size = len(lists[0].ones)
    if any(len(one.ones) != size for one in lists):
        return _One(None)
    columns = [operand.ones if isinstance(operand, _Many) else (operand,) * size for operand in operands]
    return _Many(tuple(operate(*row) for row in zip(*columns, strict=True)))


def _scalar_call(function: str, ones: Sequence[_One]) -> _One:
    first, pointers = ones[0].value, tuple(pointer for one in ones for pointer in one.pointers)
    gaps = any(one.gaps for one in ones)
    if function == "date":
        return _One(first if isinstance(first, date) else None, pointers, gaps)
    if not isinstance(first, Decimal):
        return _One(None, pointers)
    if function == "abs":
        return _One(abs(first), pointers, gaps)
    places = ones[1].value if len(ones) > 1 else Decimal(0)
    if not isinstance(places, Decimal) or not 0 <= places <= 10:
        return _One(None, pointers)
    return _One(first.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP), pointers, gaps)


def _logic(operator: str, values: Sequence[Operand | None]) -> bool | None:
    """Three-valued: what is not checkable leaves the rest to decide."""
    known = [value if isinstance(value, bool) else None for value in values]
    if operator == "not":
        return None if known[0] is None else not known[0]
    decisive = operator == "or"
    if decisive in known:
        return decisive
    return None if None in known else not decisive


def _arithmetic(operator: str, values: Sequence[Any]) -> Operand | None:
    if operator == "minus":
        return -values[0] if isinstance(values[0], Decimal) else None
    left, right = values
    if isinstance(left, date) and isinstance(right, date):
        return Decimal((left - right).days) if operator == "-" else None
    if isinstance(left, date) and isinstance(right, Decimal) and operator in "+-":
        try:
            return left + timedelta(days=int(right)) * (1 if operator == "+" else -1)
        except OverflowError:
            return None
    if not (isinstance(left, Decimal) and isinstance(right, Decimal)):
        return None
    try:
        if operator == "/":
            return left / right
        return left + right if operator == "+" else left - right if operator == "-" else left * right
    except (InvalidOperation, ZeroDivisionError):
        return None


def _alike(values: Sequence[Operand]) -> bool:
    return len({type(value) for value in values}) == 1


def _operand(value: Any) -> Operand | None:
    if value is None or isinstance(value, (bool, Decimal)):
        return value
    if isinstance(value, (int, float)):
        return Decimal(str(value))
    if isinstance(value, str):
        if _ISO_DATE.match(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                return value
        return value
    return None
