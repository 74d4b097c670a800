"""Fields in trouble become questions: which fields to ask again, on which part of which page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from docpipe.types import Box, Page, Value

# A band as wide as the page keeps the label beside the value in sight, and some lines above it a heading or a label.
LINES_ABOVE, LINES_BELOW, LEAST_MARGIN_PT = 3.0, 2.0, 24.0
# A band over more of the page than this saves nothing: the page is shown whole.
MOST_OF_PAGE = 0.6


@dataclass(frozen=True)
class Trouble:
    """A field that cannot stand as it was read, and what is wrong with it, in words for a model."""

    pointer: str
    problem: str


@dataclass(frozen=True)
class Question:
    """Fields to read again on one page. `clip` is the part of the page in points, None for all of it."""

    page: Page
    clip: Box | None
    pointers: tuple[str, ...]
    problems: tuple[str, ...]


def questions(troubles: Iterable[Trouble], values: Sequence[Value], pages: Sequence[Page]) -> tuple[Question, ...]:
    """One question for each page that has fields in trouble.

    A field that was found nowhere is asked for on the page of the first other field with the same problem, else on the
    first page.
    """
    troubles = tuple(troubles)
    found = {value.pointer: value for value in values}
    by_number = {page.number: page for page in pages}
    places: dict[int, list[Trouble]] = {}
    for trouble in troubles:
        number = _page_of(trouble, troubles, found, pages[0].number)
        if number in by_number:
            places.setdefault(number, []).append(trouble)
    return tuple(_question(by_number[number], places[number], found) for number in sorted(places))


def _page_of(trouble: Trouble, troubles: Sequence[Trouble], found: Mapping[str, Value], first: int) -> int:
    together = [trouble.pointer, *(other.pointer for other in troubles if other.problem == trouble.problem)]
    numbers = (found[pointer].page for pointer in together if pointer in found)
    return next((number for number in numbers if number is not None), first)


def _question(page: Page, troubles: Sequence[Trouble], found: Mapping[str, Value]) -> Question:
    pointers = tuple(dict.fromkeys(trouble.pointer for trouble in troubles))
    boxes = [found[p].box if p in found and found[p].page == page.number else None for p in pointers]
    return Question(
        page=page,
        clip=_band(page, boxes),
        pointers=pointers,
        problems=tuple(dict.fromkeys(trouble.problem for trouble in troubles)),
    )


def _band(page: Page, boxes: Sequence[Box | None]) -> Box | None:
    known = [box for box in boxes if box is not None]
    if len(known) < len(boxes):
        return None
    line = max(box[3] - box[1] for box in known)
    top = max(0.0, min(box[1] for box in known) - max(LINES_ABOVE * line, LEAST_MARGIN_PT))
    bottom = min(page.height_pt, max(box[3] for box in known) + max(LINES_BELOW * line, LEAST_MARGIN_PT))
    if not 0 < bottom - top <= MOST_OF_PAGE * page.height_pt:
        return None
    return (0.0, top, page.width_pt, bottom)
