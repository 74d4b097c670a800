"""Readings become values: the text as printed, typed for its leaf by the conventions of its own document.

Notices: `ambiguous_value` (the better of two meanings was taken), `not_converted` (the text stays, without a value),
`check_digits` (an IBAN that is misread, or misprinted), `unknown_field` (the schema has no such place).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from docpipe.printed.amounts import read_amount
from docpipe.printed.conventions import Conventions, conventions
from docpipe.printed.convert import Converted, convert, role
from docpipe.printed.dates import DateOrder, read_date
from docpipe.schema import Leaf, Schema
from docpipe.types import Notice, PageText, Reading, Value

_DATES_IN_ORDER = re.compile(r"([\w./]+)\s*(<=?|>=?)\s*([\w./]+)")


def normalise(
    readings: Sequence[Reading], schema: Schema, model: str, text: Sequence[PageText] = ()
) -> tuple[tuple[Value, ...], tuple[Notice, ...]]:
    """A value for every reading of a leaf of `schema`, in the order of the readings, and what is doubtful about them.

    `text` is the text of the pages where there is any: its visible words tell the document's conventions as well.
    A currency that was not read is added where the money values print one sign, in the place of the first of them.
    """
    notices: list[Notice] = []
    known: list[tuple[Reading, Leaf]] = []
    for reading in readings:
        leaf = schema.leaf(reading.pointer)
        if leaf is None:
            message = f"{model or 'the model'} gave a value for {reading.pointer}, which {schema.name} does not have"
            notices.append(Notice(code="unknown_field", message=message, pointer=reading.pointer))
        else:
            known.append((reading, leaf))
    prints = _settled(known, schema, conventions([*_texts(known), *_lines(text)]))
    values: list[Value] = []
    for reading, leaf in known:
        made = _value(reading, leaf, prints, model)
        values.append(made.value)
        notices += made.notices
    added = _currencies(schema, values, prints, model)
    for made in added:
        notices = [n for n in notices if n.pointer != made.value.pointer] + list(made.notices)
    fresh = {made.value.pointer: made.value for made in added}
    values = [fresh.pop(value.pointer, value) for value in values]
    return (*values, *fresh.values()), tuple(notices)


@dataclass(frozen=True)
class _Made:
    value: Value
    notices: tuple[Notice, ...] = ()


def _value(reading: Reading, leaf: Leaf, prints: Conventions, model: str) -> _Made:
    printed = reading.printed if reading.printed is not None and reading.printed.strip() else None
    found = Converted() if printed is None else convert(printed, leaf, prints)
    value = Value(
        pointer=reading.pointer,
        text=printed,
        value=found.value,
        page=reading.page,
        box=None if printed is None else reading.box,
        confidence=reading.confidence,
        status="absent" if printed is None else "unverified",
        model=model,
    )
    return _Made(value, _notices(reading.pointer, found))


def _notices(pointer: str, found: Converted) -> tuple[Notice, ...]:
    if found.problem:
        return (Notice(code="not_converted", message=found.problem, pointer=pointer),)
    if found.ambiguous:
        return (Notice(code="ambiguous_value", message=found.ambiguous, pointer=pointer),)
    if found.doubt:
        return (Notice(code="check_digits", message=found.doubt, pointer=pointer),)
    return ()


def _texts(known: Iterable[tuple[Reading, Leaf]]) -> list[str]:
    return [reading.printed for reading, _ in known if reading.printed]


def _lines(text: Sequence[PageText]) -> list[str]:
    """The visible words of each page as one string a line of print, so that a date of three words is one date."""
    lines: list[str] = []
    for page in text:
        line: list[str] = []
        last = None
        for word in page.words:
            if not word.visible:
                continue
            if last is not None and not last[1] < (word.box[1] + word.box[3]) / 2 < last[3]:
                lines.append(" ".join(line))
                line = []
            line.append(word.text)
            last = word.box
        lines.append(" ".join(line))
    return lines


def _settled(known: Sequence[tuple[Reading, Leaf]], schema: Schema, prints: Conventions) -> Conventions:
    """The conventions with day and month told apart by the schema's rules, where nothing else tells them."""
    if prints.date_order_sure:
        return prints
    dates = [(reading, leaf) for reading, leaf in reversed(known) if reading.printed and role(leaf) == "date"]
    first = {leaf.path: reading.printed or "" for reading, leaf in dates}
    orders: tuple[DateOrder, DateOrder] = ("DMY", "MDY")
    breaks = dict.fromkeys(orders, 0)
    days: dict[DateOrder, dict[str, date]] = {order: {} for order in orders}
    for path, printed in first.items():
        found = read_date(printed)
        for order in orders:
            day = found.day(order, prints.year_of(found)) if found else None
            if day is not None:
                days[order][path] = day
    for rule in schema.rules:
        for left, sign, right in _DATES_IN_ORDER.findall(rule.rule):
            earlier, later = (left, right) if sign.startswith("<") else (right, left)
            for order, of in days.items():
                a, b = of.get("/" + earlier.replace(".", "/")), of.get("/" + later.replace(".", "/"))
                breaks[order] += a is not None and b is not None and a > b
    if breaks["DMY"] == breaks["MDY"]:
        return prints
    return replace(prints, date_order="DMY" if breaks["DMY"] < breaks["MDY"] else "MDY", date_order_sure=True)


def _currencies(schema: Schema, values: Sequence[Value], prints: Conventions, model: str) -> list[_Made]:
    """Currencies that were not read, taken from the signs printed in the money values."""
    texts = {value.pointer for value in values if value.text is not None}
    leaves = {
        value.pointer: leaf for value in values if (leaf := schema.leaf(value.pointer)) and role(leaf) == "currency"
    }
    leaves |= {leaf.path: leaf for leaf in schema.leaves if role(leaf) == "currency" and leaf.array is None}
    made: list[_Made] = []
    for pointer, leaf in leaves.items():
        if pointer not in texts:
            signs = _signs_beside(pointer.rpartition("/")[0], values)
            if len(signs) == 1:
                ((symbol, origin),) = signs.values()
                reading = Reading(pointer, symbol, origin.page, origin.box, origin.confidence)
                made.append(_value(reading, leaf, prints, model))
    return made


def _signs_beside(scope: str, values: Sequence[Value]) -> dict[str, tuple[str, Value]]:
    """The currencies printed in the amounts under the pointer `scope`: their sign and the first value with it."""
    signs: dict[str, tuple[str, Value]] = {}
    for value in values:
        if value.text is not None and value.pointer.startswith(f"{scope}/") and isinstance(value.value, Decimal):
            amount = read_amount(value.text)
            if amount is not None and amount.currency and amount.symbol:
                signs.setdefault(amount.currency, (amount.symbol, value))
    return signs
