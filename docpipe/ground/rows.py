"""The rows of an array become lines of a page, and their cells the places in those lines that stand in their column.

Cells of one row share a line; cells of one leaf share a column. So a number that also stands elsewhere is found where
it belongs, and a number that only stands elsewhere is not taken for found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from docpipe.ground.find import Match, Near, nearest
from docpipe.ground.labels import Labels
from docpipe.ground.layout import Layout, Place
from docpipe.schema import Leaf
from docpipe.types import Value

Spot = tuple[int, int]  # page, line

# A cell on the row's own line says more than one on the lines around it.
_OTHER_LINE = 0.4
_AROUND = 2
_TOLERANCE = 0.7


@dataclass(frozen=True)
class Cell:
    """One value of a row, with the places where the same stands."""

    value: Value
    leaf: Leaf
    matches: tuple[Match, ...]

    @property
    def weight(self) -> float:
        """How much finding it says about the row: a long text is no accident, a digit is."""
        length = len((self.value.text or "").replace(" ", ""))
        return min(0.4 + length / 8, 2.5)


@dataclass(frozen=True)
class Row:
    """The cells of one row, by their leaf's path or, in a table, by their place in the row."""

    key: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Found:
    """What a row's line says about a cell. `near` is what stands there instead; `match` that it is the same."""

    cell: Cell
    match: Match | None = None
    near: Near | None = None
    lonely: bool = False


@dataclass(frozen=True)
class Column:
    """Where the cells of a leaf stand: aligned on one edge or the middle, between two edges, in points."""

    edge: str
    at: float
    left: float
    right: float

    def holds(self, place: Place) -> bool:
        """Whether a place stands in this column."""
        box = place.box
        where = {"left": box[0], "right": box[2], "middle": (box[0] + box[2]) / 2}[self.edge]
        if abs(where - self.at) <= max(3.0, _TOLERANCE * place.height):
            return True
        shared = min(box[2], self.right) - max(box[0], self.left)
        return self.edge == "left" and shared >= 0.6 * (box[2] - box[0]) and box[2] - box[0] > 4 * place.height


def locate(rows: Sequence[Row], layouts: Mapping[int, Layout], labels: Mapping[int, Labels]) -> dict[str, Found]:
    """What the page says about every cell, by its pointer. Cells of rows that were found nowhere are left out."""
    spots = [(page, line) for page, layout in sorted(layouts.items()) for line in range(len(layout.lines))]
    anchors = _anchors(rows, spots)
    columns = _columns(rows, anchors, layouts, labels)
    found: dict[str, Found] = {}
    taken: list[Place] = []
    order = [number for number in range(len(rows)) if number in anchors]
    for at, number in enumerate(order):
        before = anchors[order[at - 1]] if at else None
        after = anchors[order[at + 1]] if at + 1 < len(order) else None
        band = _band(anchors[number], before, after, layouts)
        for name, cell in _surest_first(rows[number]):
            one = _cell(rows[number], cell, columns.get((anchors[number][0], name)), band, layouts, taken)
            if one.match is not None:
                taken.append(one.match.place)
            found[cell.value.pointer] = one
    return found


def _anchors(rows: Sequence[Row], spots: Sequence[Spot]) -> dict[int, Spot]:
    """The line of every row, in the order of both, so that together most of what was read is found."""
    index = {spot: number for number, spot in enumerate(spots)}
    scores = [_scores(row, index) for row in rows]
    # best[n]: what the rows so far are worth when the last of them stands on one of the first n lines.
    best = [0.0] * (len(spots) + 1)
    steps: list[list[int]] = []
    for score in scores:
        fresh, took = best[:], [0] * len(best)
        most, choice = 0.0, 0
        for n in range(1, len(best)):
            here = best[n - 1] + score[n - 1] if n - 1 in score else 0.0
            if here > most + 1e-9:
                most, choice = here, n
            if most > best[n] + 1e-9:
                fresh[n], took[n] = most, choice
        best = fresh
        steps.append(took)
    anchors: dict[int, Spot] = {}
    n = len(spots)
    for number in range(len(rows) - 1, -1, -1):
        chosen = steps[number][n]
        if chosen:
            anchors[number] = spots[chosen - 1]
            n = chosen - 1
    return anchors


def _scores(row: Row, index: Mapping[Spot, int]) -> dict[int, float]:
    """How much of a row stands on each line."""
    scores: dict[int, float] = defaultdict(float)
    for cell in row.cells.values():
        lines: dict[int, float] = {}
        for match in cell.matches:
            place = match.place
            for line in place.lines:
                lines[index[place.page, line]] = 1.0
            for line in range(place.lines[0] - _AROUND, place.lines[-1] + _AROUND + 1):
                around = index.get((place.page, line))
                if around is not None:
                    lines[around] = max(lines.get(around, 0.0), _OTHER_LINE)
        for line, share in lines.items():
            scores[line] += share * cell.weight
    # A line that only lies near what was found is no line of the row.
    own = {index[m.place.page, line] for cell in row.cells.values() for m in cell.matches for line in m.place.lines}
    return {line: score for line, score in scores.items() if line in own}


def _band(anchor: Spot, before: Spot | None, after: Spot | None, layouts: Mapping[int, Layout]) -> dict[Spot, float]:
    """The lines that may belong to a row, with how near they are: its own, and those up to the next rows'."""
    page, line = anchor
    layout = layouts[page]
    first = before[1] + 1 if before and before[0] == page else 0
    last = after[1] - 1 if after and after[0] == page else len(layout.lines) - 1
    mine = layout.place(layout.lines[line])
    band = {}
    for other in range(max(first, line - 3), min(last, line + 4) + 1):
        box = layout.place(layout.lines[other]).box
        apart = max(box[1] - mine.box[3], mine.box[1] - box[3], 0.0)
        if apart <= 2.5 * mine.height:
            band[(page, other)] = 1.0 - 0.1 * abs(other - line)
    return band


def _columns(
    rows: Sequence[Row], anchors: Mapping[int, Spot], layouts: Mapping[int, Layout], labels: Mapping[int, Labels]
) -> dict[tuple[int, str], Column]:
    """The column of every leaf on every page: where most rows have it, else under its label, else where another has."""
    names = dict.fromkeys(name for row in rows for name in row.cells)
    columns: dict[tuple[int, str], Column] = {}
    for name in names:
        for page in layouts:
            sure, maybe = [], []
            for number, spot in anchors.items():
                cell = rows[number].cells.get(name)
                if cell is None or spot[0] != page:
                    continue
                here = [match.place for match in cell.matches if spot in [(page, line) for line in match.place.lines]]
                (sure if len(here) == 1 else maybe).append(here)
            headers = _headers(rows, name, page, anchors, labels)
            column = _column([here[0] for here in sure], [place for here in maybe for place in here], headers)
            if column is not None:
                columns[page, name] = column
    for name in names:
        known = [column for (_, other), column in columns.items() if other == name]
        for page in layouts:
            if known and (page, name) not in columns:
                columns[page, name] = known[0]
    return columns


def _headers(
    rows: Sequence[Row], name: str, page: int, anchors: Mapping[int, Spot], labels: Mapping[int, Labels]
) -> list[Place]:
    """The labels of a column above its first row."""
    lines = [spot[1] for spot in anchors.values() if spot[0] == page]
    leaf = next(row.cells[name].leaf for row in rows if name in row.cells)
    if not lines or page not in labels:
        return []
    first = min(lines)
    return [label.place for label in labels[page].by_path.get(leaf.path, ()) if first - 6 <= label.place.lines[0] < first]


def _column(sure: Sequence[Place], maybe: Sequence[Place], headers: Sequence[Place]) -> Column | None:
    """The column that most of the places share; with few of them, a header above them has its say."""
    best: tuple[float, Column] | None = None
    places = [*sure, *maybe]
    for seed in places:
        for edge in ("left", "right", "middle"):
            at = _edge(seed, edge)
            slack = max(2.0, 0.35 * seed.height)
            of = [place for place in sure if abs(_edge(place, edge) - at) <= slack]
            also = [place for place in maybe if abs(_edge(place, edge) - at) <= slack]
            under = any(_under(seed, header) for header in headers)
            score = len(of) + 0.5 * len(also) + (1.2 if under else 0.0) + (0.01 if edge != "middle" else 0.0)
            members = [*of, *also]
            if best is None or score > best[0] + 1e-9:
                left, right = min(p.box[0] for p in members), max(p.box[2] for p in members)
                best = (score, Column(edge, median(_edge(p, edge) for p in members), left, right))
    return best[1] if best else None


def _edge(place: Place, edge: str) -> float:
    box = place.box
    return {"left": box[0], "right": box[2], "middle": (box[0] + box[2]) / 2}[edge]


def _under(place: Place, header: Place) -> bool:
    shared = min(place.box[2], header.box[2]) - max(place.box[0], header.box[0])
    return shared > 0 or any(abs(_edge(place, edge) - _edge(header, edge)) < place.height for edge in ("left", "right"))


def _surest_first(row: Row) -> list[tuple[str, Cell]]:
    """The cells of a row, those first that can stand in the fewest places, so that they leave the rest to the others."""
    return sorted(row.cells.items(), key=lambda item: (-item[1].weight, len(item[1].matches)))


def _cell(
    row: Row, cell: Cell, column: Column | None, band: Mapping[Spot, float], layouts: Mapping[int, Layout], taken: Sequence[Place]
) -> Found:
    here = [m for m in cell.matches if any((m.place.page, line) in band for line in m.place.lines)]
    free = [m for m in here if not any(m.place.meets(other) for other in taken)]
    others = sum(
        any((m.place.page, line) in band for m in other.matches for line in m.place.lines)
        for other in row.cells.values()
        if other is not cell
    )
    fitting = [m for m in free if column is None or column.holds(m.place)]
    lonely = not others
    if fitting:
        chosen = max(fitting, key=lambda m: max(band.get((m.place.page, line), 0.0) for line in m.place.lines))
        same_line = [m for m in fitting if m.place.lines == chosen.place.lines]
        if column is None and len(same_line) > 1:
            return Found(cell, lonely=True, match=chosen)
        return Found(cell, match=chosen, lonely=lonely)
    return Found(cell, near=_instead(cell, column, band, layouts, taken), lonely=lonely)


def _instead(
    cell: Cell, column: Column | None, band: Mapping[Spot, float], layouts: Mapping[int, Layout], taken: Sequence[Place]
) -> Near | None:
    """What stands in the row's column where the cell should, the nearest line first."""
    best: Near | None = None
    for (page, line), _ in sorted(band.items(), key=lambda item: -item[1]):
        layout = layouts[page]
        used = {number for place in taken if place.page == page for number in place.pieces}
        region = [n for n in _cells_of(layout, line, column) if n not in used]
        near = nearest(cell.value, cell.leaf, layout, region)
        if near is not None and column is not None and line + 1 < len(layout.lines) and (page, line + 1) in band:
            more = [*region, *(n for n in _cells_of(layout, line + 1, column) if n not in used)]
            longer = nearest(cell.value, cell.leaf, layout, more)
            near = longer if longer is not None and longer.distance < near.distance else near
        if near is not None and (best is None or near.distance < best.distance):
            best = near
    return best


def _cells_of(layout: Layout, line: int, column: Column | None) -> list[int]:
    """The pieces of a line in a column: of every chunk that stands there."""
    numbers = layout.lines[line]
    if column is None:
        return list(numbers)
    found = []
    for number in numbers:
        box = layout.pieces[number].box
        middle = (box[0] + box[2]) / 2
        slack = 0.5 * (box[3] - box[1])
        if column.left - slack <= middle <= column.right + slack or column.holds(layout.chunk_place(layout.pieces[number].chunk)):
            found.append(number)
    return found
