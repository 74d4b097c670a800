"""A truth and the text of its document become the truth of what is printed there: `--only-printed`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docpipe.evaluate.places import spans
from docpipe.evaluate.truth import Truth, flat, without
from docpipe.printed.convert import role
from docpipe.printed.words import compact
from docpipe.types import PageText


def only_printed(truth: Truth, text: Sequence[PageText]) -> Truth:
    """The truth without the values whose text stands nowhere on the pages; as it is where there is no text to look in.

    A number counts as printed in any notation, a date in any order of day and month. Choices and yes or no always do.
    """
    words = [word.text for page in text for word in page.words if word.visible]
    if not words:
        return truth
    whole = " ".join(words)
    lacking = [
        pointer
        for pointer, value in flat(truth.data)
        if value is not None and not _stands(truth, pointer, value, whole)
    ]
    return without(truth, lacking, "is not printed in the document") if lacking else truth


def _stands(truth: Truth, pointer: str, value: Any, whole: str) -> bool:
    leaf = truth.schema.leaf(pointer)
    kind = role(leaf) if leaf is not None else "string"
    if kind in ("enum", "boolean", "currency", "time", "date-time"):
        return True
    if kind in ("number", "date"):
        return any(spans(kind, value, whole))
    return compact(str(value)).casefold() in compact(whole).casefold()
