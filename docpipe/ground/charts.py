"""The points of a chart become verdicts: labels along an axis or in a legend, and numbers in line with their label.

A number is its point's when the label nearest to being in line with it, above, below or beside it, is the point's own.
A point whose number is not printed is read off the axis, and nothing on the page can prove it. A model that measured
it says so with a sign before it (`≈31.5`): such a number is looked for nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docpipe.ground.find import Match, Near, nearest
from docpipe.ground.layout import Layout, Place
from docpipe.ground.rows import Cell, Row
from docpipe.ground.verdict import Verdict
from docpipe.printed.convert import role
from docpipe.types import Value

# When this share of the points' numbers is printed, one that is not on the page was misread.
_PRINTED = 0.6
_ABOUT = "≈"


def points(rows: Sequence[Row], layouts: Mapping[int, Layout]) -> dict[str, Verdict]:
    """A verdict for every cell of the points that the page decides, by its pointer."""
    verdicts: dict[str, Verdict] = {}
    names = dict.fromkeys(name for row in rows for name in row.cells)
    words = [name for name in names if any(name in row.cells and not _is_number(row.cells[name]) for row in rows)]
    labels: dict[str, Place] = {}
    for name in words:
        cells = [row.cells[name] for row in rows if name in row.cells]
        labels |= _labels(cells)
        for cell in cells:
            place = labels.get(cell.value.text or "")
            if place is not None:
                verdicts[cell.value.pointer] = _label(cell, place)
    for row in _twins(rows):
        for cell in row.cells.values():
            if not _is_number(cell) and cell.value.pointer in verdicts:
                verdicts[cell.value.pointer] = Verdict("conflict", verdicts[cell.value.pointer].place)
    both = [(row, cell) for row in rows for cell in row.cells.values() if _is_number(cell)]
    verdicts |= {cell.value.pointer: Verdict("unverified") for _, cell in both if is_measured(cell.value)}
    numbers = [(row, cell) for row, cell in both if not is_measured(cell.value)]
    printed = sum(bool(cell.matches) for _, cell in numbers) >= _PRINTED * max(1, len(numbers))
    claims = [match.place for _, cell in numbers for match in cell.matches]
    every = list(labels.values())
    own = [_own(row, labels) for row, _ in numbers]
    in_line = [
        any(_means(label, match.place, every) for match in cell.matches for label in mine)
        for (_, cell), mine in zip(numbers, own, strict=True)
    ]
    # In a pie a number is in line with a label of the legend by accident only.
    ordered = 2 * sum(in_line) > sum(bool(cell.matches) for _, cell in numbers)
    for (_, cell), mine in zip(numbers, own, strict=True):
        near_to = mine if ordered else []
        verdicts[cell.value.pointer] = _number(cell, near_to, every, claims, layouts, printed=printed)
    return verdicts


def is_measured(value: Value) -> bool:
    """Whether a value was measured on the picture of a chart, so that no print says it."""
    return (value.text or "").startswith(_ABOUT)


def _is_number(cell: Cell) -> bool:
    return role(cell.leaf) == "number"


def _label(cell: Cell, place: Place) -> Verdict:
    """The verdict on a text that stands there, in its own capitals or in others."""
    same_case = any(match.same_case for match in cell.matches if match.place == place)
    return Verdict("verified", place) if same_case else Verdict("corrected", place, Near(place, 1, len(place.text)))


def _twins(rows: Sequence[Row]) -> list[Row]:
    """The points that have the same texts as another: in one of them a label was taken for its neighbour."""
    texts = [tuple(cell.value.text for cell in row.cells.values() if not _is_number(cell)) for row in rows]
    return [row for row, text in zip(rows, texts, strict=True) if text and texts.count(text) > 1]


def _own(row: Row, labels: Mapping[str, Place]) -> list[Place]:
    """Where the texts of a point stand."""
    texts = [cell.value.text or "" for cell in row.cells.values() if not _is_number(cell)]
    return [labels[text] for text in texts if text in labels]


def _labels(cells: Sequence[Cell]) -> dict[str, Place]:
    """Where each text stands: of several places that which is in line with most of the other texts."""
    by_text: dict[str, tuple[Match, ...]] = {cell.value.text or "": cell.matches for cell in cells if cell.matches}
    placed: dict[str, Place] = {}
    for text, matches in by_text.items():
        others = [m.place for other, found in by_text.items() if other != text for m in found]
        rated = [(sum(_in_line(m.place, place) for place in others), m.place) for m in matches]
        most = max(rate for rate, _ in rated)
        best = [place for rate, place in rated if rate == most]
        if len(best) == 1:
            placed[text] = best[0]
    return placed


def _number(
    cell: Cell,
    mine: Sequence[Place],
    labels: Sequence[Place],
    claims: Sequence[Place],
    layouts: Mapping[int, Layout],
    *,
    printed: bool,
) -> Verdict:
    ours = [match.place for match in cell.matches if any(_means(label, match.place, labels) for label in mine)]
    if ours:
        return Verdict("verified", ours[0])
    near = _unclaimed(cell, mine, labels, claims, layouts)
    if near is not None and printed:
        return Verdict("corrected" if near.close and not cell.matches else "conflict", near.place, near)
    shared = [m for m in cell.matches if sum(m.place.meets(place) for place in claims) > 1]
    if cell.matches and len(shared) < len(cell.matches):
        return Verdict("unverified", cell.matches[0].place if len(cell.matches) == 1 else None)
    return Verdict("conflict" if printed else "unverified")


def _unclaimed(
    cell: Cell, mine: Sequence[Place], labels: Sequence[Place], claims: Sequence[Place], layouts: Mapping[int, Layout]
) -> Near | None:
    """The number in line with the point's label that no point's value says."""
    best: Near | None = None
    for layout in layouts.values():
        for place, _ in layout.amounts:
            if any(place.meets(other) for other in (*claims, *labels)):
                continue
            if any(_means(label, place, labels) for label in mine):
                near = nearest(cell.value, cell.leaf, layout, place.pieces)
                if near is not None and (best is None or near.rank < best.rank):
                    best = near
    return best


def _means(label: Place, place: Place, labels: Sequence[Place]) -> bool:
    """Whether a label is in line with a place, and no other label is more so in the same direction."""
    if label.page != place.page or label.meets(place):
        return False
    down, across = _offsets(label, place)
    same_page = [other for other in labels if other.page == place.page and not other.meets(label)]
    if down <= 0.8 * place.height:
        return all(_offsets(other, place)[0] > down + 0.5 for other in same_page)
    if across <= 0.5 * place.height:
        rivals = [other for other in same_page if _offsets(other, place)[1] <= across + 0.5]
        return all(_gap(label, place) < _gap(other, place) for other in rivals)
    return False


def _in_line(one: Place, other: Place) -> bool:
    """Whether two labels stand in one row, or in one column of a legend."""
    if one.page != other.page:
        return False
    left = abs(one.box[0] - other.box[0])
    return min(_offsets(one, other)[1], left) <= 0.4 * one.height


def _offsets(one: Place, other: Place) -> tuple[float, float]:
    """How far the middles of two places are apart, from left to right and from top to bottom."""
    a, b = one.box, other.box
    return abs(a[0] + a[2] - b[0] - b[2]) / 2, abs(a[1] + a[3] - b[1] - b[3]) / 2


def _gap(one: Place, other: Place) -> float:
    return max(one.box[0] - other.box[2], other.box[0] - one.box[2], 0.0)
