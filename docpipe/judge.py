"""Values become a draft of a record: the data they make, what is wrong with it, and what deserves a second look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docpipe.printed.convert import iban_holds
from docpipe.reask import Trouble
from docpipe.rules import check
from docpipe.schema import Schema
from docpipe.types import Notice, Value
from docpipe.validate import assemble

# Notices about a value that a sharper look may put right.
ASKED_AGAIN = frozenset({"conflict", "not_converted", "check_digits", "invalid_value", "missing_required"})


@dataclass(frozen=True)
class Draft:
    """What a document says so far: what was noticed while it was read, and what is wrong with the whole."""

    values: tuple[Value, ...]
    data: dict[str, Any]
    noticed: tuple[Notice, ...]
    wrong: tuple[Notice, ...]
    troubles: tuple[Trouble, ...]


def judge(values: tuple[Value, ...], notices: Sequence[Notice], schema: Schema) -> Draft:
    """The draft that `values` make. What a person has looked at is not held against them: a rule is broken only if
    it is about a value that nobody reviewed, and a reviewed value is in no trouble.
    """
    reviewed = {value.pointer for value in values if value.status == "reviewed"}
    notices = [notice for notice in notices if notice.pointer not in reviewed]
    data, unfit = assemble(values, schema)
    broken = [b for b in check(data, schema) if not b.pointers or not reviewed.issuperset(b.pointers)]
    rules = [Notice(code="rule_broken", message=b.message, pointer=next(iter(b.pointers), None)) for b in broken]
    troubles = [Trouble(pointer, b.message) for b in broken for pointer in b.pointers]
    troubles += [
        Trouble(n.pointer, n.message)
        for n in (*notices, *unfit)
        if n.code in ASKED_AGAIN and n.pointer and schema.leaf(n.pointer)
    ]
    open_ = tuple(trouble for trouble in troubles if trouble.pointer not in reviewed)
    return Draft(values, data, tuple(notices), (*unfit, *rules), open_)


def standing(notices: Iterable[Notice], values: Iterable[Value]) -> tuple[Notice, ...]:
    """The notices that still hold: what was read may have been corrected by the page's own text."""
    values = tuple(values)
    mended = {
        "not_converted": {value.pointer for value in values if value.value is not None},
        "check_digits": {value.pointer for value in values if iban_holds(str(value.value))},
    }
    return tuple(n for n in notices if n.pointer not in mended.get(n.code, ()))
