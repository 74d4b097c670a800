"""Cells that were found row by row become tables: each print once, rows on one line joined, cells under one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from rapidfuzz import fuzz

from docpipe.nano.page import CELL
from docpipe.nano.reading import Answer

APART = 3.0  # a gap of more than so many usual ones begins another table
LEAST_GAP = 3.75  # page tokens that a gap between tables has, at least
LOOSE = 1.5  # a gap of more than so many usual ones does, if what follows stands in other columns
CAPTION_GAP = 1.25  # usual gaps above a line of print that is no row, from which it is the caption of another table
FITTING = 0.5  # share of the cells of what follows that stand in one column each, under which the columns are others
HALF_LINE = 6.0  # pixels from the top of a value's box to the middle of its first line
SAME_LINE = 7.0  # pixels between two rows on one line, at most
SHARED = 0.5  # of the width of a cell that another cell covers, from which they are one print
AGAIN = 85.0  # how alike, of 100, the texts of two rows are that are one header


@dataclass(frozen=True)
class Cell:
    """A cell that was read, from `left` to `right` and `top` to `bottom` in pixels of the page."""

    read: Answer
    left: float
    top: float
    right: float
    bottom: float

    def over(self, left: float, right: float) -> float:
        """How many pixels of it lie between two places across the page."""
        return min(self.right, right) - max(self.left, left)


@dataclass(frozen=True)
class Row:
    """Cells from the left, their first line `y` pixels down the page; `start` is the token that it was found by."""

    start: int
    y: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """The token of its first row, and its rows: a cell, or nothing, for every column."""

    start: int
    rows: tuple[tuple[Answer | None, ...], ...]


def tables(
    starts: Sequence[int],
    heights: Sequence[float],
    found: Sequence[Sequence[Answer]],
    printed: Sequence[float] = (),
) -> list[Table]:
    """The tables of a page: what was read in the row of each start, which stands `heights` page tokens down the page.

    Cells stand in columns: what lies under or over one another. Where a row has nothing in a column, it is None there.
    `printed` are the middles of all lines of print, in pixels down the page: a caption may be none of the rows.
    """
    rows = _joined(_owned(starts, heights, found))
    groups = [_without_caption(group) for group in _groups(rows, sorted(printed))]
    return [Table(group[0].start, _laid_out(group)) for group in groups]


def _owned(starts: Sequence[int], heights: Sequence[float], found: Sequence[Sequence[Answer]]) -> list[Row]:
    """Rows from the top, each with the cells that no nearer row and no surer cell claims."""
    owner: dict[int, tuple[float, int]] = {}
    for number, (height, answers) in enumerate(zip(heights, found, strict=True)):
        for one in answers:
            if one.box is not None:
                far = abs(one.box[1] + CELL / 2 - height * CELL)
                owner[one.token] = min(owner.get(one.token, (far, number)), (far, number))
    rows = []
    for number, (start, answers) in enumerate(zip(starts, found, strict=True)):
        kept: list[Cell] = []
        own = [Cell(a, *a.box) for a in answers if a.text and a.box and owner[a.token][1] == number]
        for cell in sorted(own, key=lambda c: -c.read.confidence):
            if not any(_one_print(cell, other) for other in kept):
                kept.append(cell)
        if kept:
            rows.append(Row(start, median(c.top for c in kept) + HALF_LINE, tuple(sorted(kept, key=lambda c: c.left))))
    return sorted(rows, key=lambda row: row.y)


def _one_print(one: Cell, other: Cell) -> bool:
    narrow = min(one.right - one.left, other.right - other.left)
    level = min(one.bottom, other.bottom) - max(one.top, other.top)
    return one.over(other.left, other.right) > SHARED * narrow and level > CELL / 2.5


def _joined(rows: Sequence[Row]) -> list[Row]:
    """Rows that stand beside one another on one line are one row; so are two of which most prints are the same."""
    joined: list[Row] = []
    for row in rows:
        last = joined[-1] if joined else None
        new = [cell for cell in row.cells if last is None or not any(_one_print(cell, other) for other in last.cells)]
        again = 2 * len(new) < len(row.cells)
        beside = last is not None and not any(a.over(b.left, b.right) > CELL / 4 for a in last.cells for b in new)
        if last is not None and (again or (row.y - last.y < SAME_LINE and beside)):
            both = tuple(sorted((*last.cells, *(new if beside else ())), key=lambda c: c.left))
            joined[-1] = Row(both[0].read.token if last.cells[0] is not both[0] else last.start, last.y, both)
        else:
            joined.append(row)
    return joined


def _groups(rows: Sequence[Row], printed: Sequence[float]) -> list[list[Row]]:
    """Rows that are one table: they follow closely, or less closely in the same columns, with no caption between."""
    if not rows:
        return []
    gaps = [below.y - above.y for above, below in pairwise(rows)]
    # Places are known to half a cell: the mean of the usual gaps says more than their median.
    most = LOOSE * median(gaps) if gaps else 0.0
    usual = mean(gap for gap in gaps if gap <= most) if gaps else 0.0
    groups = [[rows[0]]]
    for number, (row, gap) in enumerate(zip(rows[1:], gaps, strict=True), 1):
        others = len(groups[-1]) > 1 and gap > LOOSE * usual and _misfits(rows[number : number + 3], groups[-1])
        if gap > max(APART * usual, LEAST_GAP * CELL) or others or _captioned(rows, number, groups[-1], usual, printed):
            groups.append([])
        groups[-1].append(row)
    return groups


def _captioned(rows: Sequence[Row], number: int, table: Sequence[Row], usual: float, printed: Sequence[float]) -> bool:
    """Whether a caption stands above a row, or is it.

    A caption is one line of print farther below the row above than rows are from one another, with a header below it;
    or a row of one cell above the table's own header once more.
    """
    row, above, after = rows[number], rows[number - 1], rows[number + 1 : number + 2]
    if len(row.cells) == 1:
        apart = row.y - above.y > CAPTION_GAP * usual
        return bool(after) and ((apart and _is_header(after[0])) or _alike(after[0], table[0]))
    between = [y for y in printed if above.y + CELL / 2 < y < row.y - CELL / 2]
    one_line = bool(between) and between[-1] - between[0] < 1.5 * HALF_LINE
    return one_line and len(table) > 1 and between[0] - above.y > CAPTION_GAP * usual and _is_header(row)


def _is_header(row: Row) -> bool:
    """Whether a row names columns: several cells, none of which begins with a digit."""
    return len(row.cells) > 1 and not any((cell.read.text or "")[:1].isdigit() for cell in row.cells)


def _alike(one: Row, other: Row) -> bool:
    """Whether two rows of several cells say the same."""
    texts = [" ".join(cell.read.text or "" for cell in row.cells) for row in (one, other)]
    return len(one.cells) == len(other.cells) > 1 and fuzz.ratio(*texts) >= AGAIN


def _misfits(below: Sequence[Row], above: Sequence[Row]) -> bool:
    """Whether rows stand in other columns than those above them."""
    edges = _columns(above)
    fitting = [
        mean(sum(cell.over(*edge) > 1 for edge in edges) == 1 for cell in row.cells)
        for row in below
        if len(row.cells) > 1
    ]
    return bool(fitting) and mean(fitting) < FITTING


def _without_caption(rows: list[Row]) -> list[Row]:
    """A line of one cell above rows of several is the caption, and so is one that was read as a few above a header."""
    if len(rows) < 3 or any(len(row.cells) == 1 for row in rows[1:3]):
        return rows
    few = 2 * len(rows[0].cells) < len(rows[1].cells) and _is_header(rows[1])
    return rows[1:] if few or len(rows[0].cells) == 1 else rows


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Where the columns lie across the page: rows with many cells say it, others widen them or add to them."""
    edges: list[tuple[float, float]] = []
    for row in sorted(rows, key=lambda r: -len(r.cells)):
        for cell in row.cells:
            hit = [k for k, edge in enumerate(edges) if cell.over(*edge) > -1]
            if not hit:
                edges.append((cell.left, cell.right))
            elif len(hit) == 1:
                left, right = edges[hit[0]]
                edges[hit[0]] = (min(left, cell.left), max(right, cell.right))
        edges.sort()
    return edges


def _laid_out(rows: Sequence[Row]) -> tuple[tuple[Answer | None, ...], ...]:
    """Each row with a place for every column; a cell over several columns stands in the first of them that is free."""
    edges = _columns(rows)
    lines = []
    for row in rows:
        line: list[Answer | None] = [None] * len(edges)
        for cell in row.cells:
            free = [k for k in range(len(edges)) if line[k] is None]
            under = [k for k in free if cell.over(*edges[k]) > 0]
            if free:
                line[under[0] if under else max(free, key=lambda k: cell.over(*edges[k]))] = cell.read
        lines.append(tuple(line))
    return tuple(lines)
