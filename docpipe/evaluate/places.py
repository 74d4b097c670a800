"""A miss becomes the place on a page that shows it, also where the truth has no box for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from typing import Any

from docpipe.evaluate.compare import Outcome
from docpipe.evaluate.truth import Truth
from docpipe.printed.amounts import find_amounts
from docpipe.printed.convert import role
from docpipe.printed.dates import find_dates
from docpipe.printed.words import compact
from docpipe.schema import Leaf
from docpipe.types import Box, PageText

# A text as short as this stands in many places that mean something else.
SHORT = 4


def placed(outcome: Outcome, truth: Truth, text: Sequence[PageText]) -> Outcome:
    """The outcome with a true place: its own, that of the rest of its row, or where its value stands in the text.

    As it is where nothing says so, or where a short value stands in several places.
    """
    if outcome.true_box is not None or outcome.expected is None or outcome.pointer is None:
        return outcome
    leaf = truth.schema.leaf(outcome.path)
    found = _row(truth.boxes, outcome.pointer) or _printed(leaf, outcome.expected, text)
    return outcome if found is None else replace(outcome, true_page=found[0], true_box=found[1])


def _row(boxes: Mapping[str, tuple[int, Box]], pointer: str) -> tuple[int, Box] | None:
    """What the other values of the same row cover, on the page of the first."""
    row = re.match(r".*/\d+/", pointer)
    near = [place for other, place in boxes.items() if row is not None and other.startswith(row[0])]
    return _hull([box for page, box in near if page == near[0][0]], near[0][0]) if near else None


def _printed(leaf: Leaf | None, expected: Any, text: Sequence[PageText]) -> tuple[int, Box] | None:
    """Where the value stands in the pages' text: the first place of a telling one, the only place of a short one."""
    kind = "string" if leaf is None else role(leaf)
    places = [(page, span) for page in text for span in spans(kind, expected, _line(page))]
    if not places or (len(compact(str(expected))) < SHORT and len(places) > 1):
        return None
    page, (start, end) = places[0]
    words = [word for word in page.words if word.visible]
    ends = list(accumulate((len(word.text) + 1 for word in words), initial=0))
    covered = [
        word.box for word, begin in zip(words, ends, strict=False) if start < begin + len(word.text) and begin < end
    ]
    return _hull(covered, page.page.number) if covered else None


def spans(kind: str, expected: Any, line: str) -> Iterator[tuple[int, int]]:
    """Start and end of every place in a line of words where a value of this kind stands, in any notation."""
    if kind == "number":
        wanted = abs(Decimal(str(expected)))
        yield from (
            (start, end)
            for start, end, found in find_amounts(line)
            if wanted in (abs(found.value), abs(found.other or found.value))
        )
    elif kind == "date":
        for start, end, found in find_dates(line):
            if str(expected) in {day.isoformat() for order in ("DMY", "MDY") if (day := found.day(order))}:
                yield start, end
    else:
        printed = compact(str(expected)).casefold()
        starts = [match.span() for match in re.finditer(r"\S+", line)]
        folded = [compact(line[start:end]).casefold() for start, end in starts]
        for first in range(len(folded)):
            so_far = ""
            for last in range(first, len(folded)):
                so_far += folded[last]
                if so_far == printed:
                    yield starts[first][0], starts[last][1]
                if not printed.startswith(so_far):
                    break


def _line(page: PageText) -> str:
    return " ".join(word.text for word in page.words if word.visible)


def _hull(boxes: Sequence[Box], page: int) -> tuple[int, Box]:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return page, (min(x0), min(y0), max(x1), max(y1))
