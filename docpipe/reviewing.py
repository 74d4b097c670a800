"""What a person says of a record becomes a record, and stands in every later one of the same document and schema."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from docpipe.errors import UsageError
from docpipe.judge import judge
from docpipe.schema import Leaf, Schema
from docpipe.types import Notice, Record, Scalar, Value
from docpipe.underway import status_of

# Who reviewed values come from, where no model read anything there.
PERSON = "person"
# Notices that are drawn from the values anew.
_DRAWN = frozenset({"rule_broken", "missing_required", "invalid_value", "possible_duplicate"})
_FALSE, _TRUE = "false", "true"


def review(record: Record, schema: Schema, changes: Mapping[str, str], *, confirm: bool = False) -> Record:
    """`record` with the changed values in place, and all others confirmed where `confirm` says so.

    `changes` are texts by pointer: numbers with a point (12.50), dates as 2024-09-17, true or false, nothing for a
    value that is not there. Raises UsageError for a pointer the schema does not have and a value it does not admit.
    """
    values = {value.pointer: value for value in record.values}
    for pointer, text in changes.items():
        leaf = _leaf(schema, pointer, values)
        old = values.get(pointer) or Value(pointer=pointer, text=None, model=PERSON)
        new = {"text": text or None, "value": _typed(text, leaf, pointer), "status": "reviewed", "confidence": 1.0}
        values[pointer] = old.model_copy(update=new)
    if confirm:
        values = {pointer: value.model_copy(update={"status": "reviewed"}) for pointer, value in values.items()}
    draft = judge(tuple(values.values()), (), schema)
    for notice in draft.wrong:
        if notice.code == "invalid_value" and notice.pointer in changes:
            raise UsageError(notice.message, hint=f"docpipe schemas show {schema.name} says what it may be")
    reviewed = {pointer for pointer, value in values.items() if value.status == "reviewed"}
    warnings = [*(n for n in record.warnings if _stands(n, reviewed, confirm=confirm)), *draft.wrong]
    incomplete = record.error is not None or any(notice.code == "not_answered" for notice in warnings)
    return record.model_copy(
        update={
            "values": list(draft.values),
            "data": draft.data,
            "warnings": warnings,
            "status": status_of(draft.values, warnings, schema, incomplete=incomplete),
        }
    )


def carry(values: Sequence[Value], before: Sequence[Value], schema: Schema) -> tuple[Value, ...]:
    """`values` with those of `before` that a person reviewed in their place.

    Where a cell of an array was reviewed, the whole array stays as it was then, since another reading may number its
    rows otherwise; columns that the array did not have are taken from the new reading if it has as many rows.
    """
    kept = {v.pointer: v for v in before if (leaf := schema.leaf(v.pointer)) is not None and _fits(v.value, leaf)}
    arrays = {_array(p) for p, v in kept.items() if v.status == "reviewed" and _array(p) is not None}
    standing = {p: v for p, v in kept.items() if _array(p) in arrays or v.status == "reviewed"}
    old_columns = {_column(v.pointer) for v in before}
    same = {a: _rows(a, before) == _rows(a, values) for a in arrays if a is not None}
    fresh = [
        value
        for value in values
        if value.pointer not in standing
        and (
            (array := _array(value.pointer)) not in arrays
            or (same[array or ""] and _column(value.pointer) not in old_columns)
        )
    ]
    return (*fresh, *standing.values())


def _stands(notice: Notice, reviewed: set[str], *, confirm: bool) -> bool:
    """Whether a notice holds after the review: what a person looked at needs no more looking at."""
    if notice.code in _DRAWN or notice.pointer in reviewed:
        return False
    return not confirm or notice.code == "not_answered" or (notice.pointer is None and notice.code != "schema_unclear")


def _leaf(schema: Schema, pointer: str, values: Mapping[str, Value]) -> Leaf:
    leaf = schema.leaf(pointer)
    if leaf is None or "*" in pointer:
        known = [*values, *(leaf.path for leaf in schema.leaves if "*" not in leaf.path)]
        near = difflib.get_close_matches(pointer, known, n=1)
        meant = f" (did you mean {near[0]}?)" if near else ""
        raise UsageError(f"{schema.name} has no value {pointer}{meant}", hint="docpipe show ID --json lists them")
    return leaf


def _typed(text: str, leaf: Leaf, pointer: str) -> Scalar:
    if not text:
        return None
    try:
        if leaf.type == "number":
            number = Decimal(text)
            if not number.is_finite():
                raise ValueError
            return number
        if leaf.type == "integer":
            return int(text)
        if leaf.type == "boolean":
            return {_TRUE: True, _FALSE: False}[text.lower()]
        if leaf.format == "date":
            return date.fromisoformat(text).isoformat()
        if leaf.format == "time":
            time.fromisoformat(text)
        if leaf.format == "date-time":
            datetime.fromisoformat(text)
    except (ValueError, KeyError, InvalidOperation) as error:
        wanted = {"number": "a number such as 12.50", "integer": "a whole number", "boolean": "true or false"}
        what = wanted.get(leaf.type) or {"date": "a date such as 2024-09-17"}.get(leaf.format or "", "a time")
        raise UsageError(f"{pointer}: {text!r} is not {what}") from error
    return text


def _fits(value: Scalar, leaf: Leaf) -> bool:
    """Whether a value of an earlier schema is one of this leaf: a changed type makes it another field."""
    if value is None:
        return True
    if isinstance(value, bool) or leaf.type == "boolean":
        return isinstance(value, bool) and leaf.type == "boolean"
    if leaf.type == "string":
        return isinstance(value, str)
    return isinstance(value, int | float | Decimal) and (leaf.type == "number" or value == int(value))


def _array(pointer: str) -> str | None:
    """The outermost array that a value lies in."""
    steps = pointer.split("/")
    return next(("/".join(steps[:index]) for index, step in enumerate(steps) if step.isdigit()), None)


def _column(pointer: str) -> str:
    return "/".join("*" if step.isdigit() else step for step in pointer.split("/"))


def _rows(array: str, values: Sequence[Value]) -> set[str]:
    prefix = f"{array}/"
    return {
        v.pointer[len(prefix) :].split("/")[0] for v in values if v.pointer.startswith(prefix) and v.value is not None
    }
