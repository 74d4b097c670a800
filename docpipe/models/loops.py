"""A reply that is still being written goes in; whether it has begun to run in circles comes out.

Text repeats itself sooner than rows do: tables with many equal rows exist, and are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BLANKS = 64  # characters of white space on end; the deepest indentation of a pretty reply is far below
TEXT_REPEATS, TEXT_LENGTH = 8, 100  # the least of both: dots that lead to a price are fewer
ROW_REPEATS = 60
_NEEDLE = 24  # characters that are looked for again, to find the period


@dataclass(frozen=True)
class Loop:
    """Where in the text the reply began to repeat itself; what stands before is sound. `unit` is what it repeats."""

    kind: Literal["whitespace", "text", "rows"]
    start: int
    unit: str

    def __str__(self) -> str:
        if self.kind == "whitespace":
            return f"it wrote nothing but white space from character {self.start}"
        return f"it repeats {self.unit[:60]!r} from character {self.start}"


def find_loop(text: str) -> Loop | None:
    """The loop at the end of `text`, or None. Cheap enough to ask after every token."""
    blank = _blanks(text)
    if blank < len(text) - BLANKS:
        return Loop("whitespace", blank, text[blank:])
    needle = text[-_NEEDLE:]
    before = text.rfind(needle, 0, len(text) - 1) if len(text) > TEXT_LENGTH else -1
    if before < 0:
        return None
    period = len(text) - len(needle) - before
    unit = text[-period:]
    rows = any(sign in unit for sign in '"{}[]') or any(word in unit + unit for word in ("null", "true", "false"))
    enough = ROW_REPEATS if rows else max(TEXT_REPEATS, -(-TEXT_LENGTH // period))
    if len(text) < enough * period or text[-enough * period :] != unit * enough:
        return None
    start = len(text) - enough * period
    while start >= period and text[start - period : start] == unit:
        start -= period
    return Loop("rows" if rows else "text", start, unit)


def _blanks(text: str) -> int:
    """Where the white space at the end of `text` begins; escaped line breaks and tabs count as such."""
    end = len(text)
    while end > 0:
        if text[end - 1].isspace():
            end -= 1
        elif text[end - 2 : end] in (r"\n", r"\t", r"\r"):
            end -= 2
        else:
            break
    return end
