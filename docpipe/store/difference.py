"""Two records of a document become the list of what is different between them."""

from __future__ import annotations

from dataclasses import dataclass

from docpipe.types import Record, Value


@dataclass(frozen=True)
class Difference:
    """One value in both records; None where one of them has nothing there."""

    pointer: str
    before: Value | None
    after: Value | None


def differences(before: Record, after: Record) -> list[Difference]:
    """The values that are not the same or not of the same status, in the order of the later record."""
    old = {value.pointer: value for value in before.values}
    new = {value.pointer: value for value in after.values}
    return [
        Difference(pointer, old.get(pointer), new.get(pointer))
        for pointer in dict.fromkeys([*new, *old])
        if _said(old.get(pointer)) != _said(new.get(pointer))
    ]


def _said(value: Value | None) -> tuple[object, ...] | None:
    """What counts as different; nothing there is the same as a value that is absent."""
    if value is None or (value.value is None and value.text is None and value.status != "reviewed"):
        return None
    return (value.text, value.value, value.status)
