"""The rows of an array become lines of a page, and their cells the places in those lines that stand in their column.

Cells of one row share a line; cells of one leaf share a column. So a number that also stands elsewhere is found where
it belongs, and a number that only stands elsewhere is not taken for found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Literal

from docpipe.ground.find import Match, Near, nearest
from docpipe.ground.labels import Labels
from docpipe.ground.layout import Layout, Place
from docpipe.printed.debits import OUT
from docpipe.printed.words import fold
from docpipe.schema import Leaf
from docpipe.types import Box, Value

Spot = tuple[int, int]  # page, line
Edge = Literal["left", "right", "middle"]
Columns = Mapping[tuple[int, str], Sequence["Column"]]

# A cell on the row's own line says more than one on the lines around it.
_OTHER_LINE = 0.4
_AROUND, _WRAPPED = 2, 4
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
    """The cells of one row, by the rest of their pointer. `table` is the array that it is a row of."""

    key: str
    table: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Found:
    """What a row's line says about a cell. `near` is what stands there instead; `match` that it is the same.

    `line` is the row's own, `band` those around it that may belong to the row; `columns` are the leaf's there.
    """

    cell: Cell
    match: Match | None = None
    near: Near | None = None
    lonely: bool = False
    line: Spot = (0, 0)
    band: frozenset[Spot] = frozenset()
    columns: Sequence[Column] = ()

    def goes_out(self, place: Place, layout: Layout) -> bool:
        """Whether the leaf's column that holds this place is one of money going out."""
        return next((column.debit for column in self.columns if column.holds(place, layout)), False)


@dataclass(frozen=True)
class Column:
    """Where the cells of a leaf stand: aligned on one edge or the middle, between two edges, in points.

    `debit` says that it is headed by a word for money going out: its amounts are negative without a sign.
    """

    edge: Edge
    at: float
    left: float
    right: float
    debit: bool = False

    def holds(self, place: Place, layout: Layout) -> bool:
        """Whether a place stands in this column, by itself or with its unit."""
        if any(
            abs(_edge(box, self.edge) - self.at) <= max(3.0, _TOLERANCE * place.height) for box in _boxes(place, layout)
        ):
            return True
        box = place.box
        shared = min(box[2], self.right) - max(box[0], self.left)
        return self.edge == "left" and shared >= 0.6 * (box[2] - box[0]) and box[2] - box[0] > 4 * place.height


def locate(rows: Sequence[Row], layouts: Mapping[int, Layout], labels: Mapping[int, Labels]) -> dict[str, Found]:
    """What the page says about every cell, by its pointer. Cells of rows that were found nowhere are left out."""
    spots = [(page, line) for page, layout in sorted(layouts.items()) for line in range(len(layout.lines))]
    anchors = _anchors(rows, spots)
    columns: dict[tuple[int, str, str], Sequence[Column]] = {}
    for table in dict.fromkeys(row.table for row in rows):
        own = {number: spot for number, spot in anchors.items() if rows[number].table == table}
        of = _columns([row for row in rows if row.table == table], rows, own, layouts, labels)
        columns |= {(page, table, name): one for (page, name), one in of.items()}
    found: dict[str, Found] = {}
    taken: list[Place] = []
    order = [number for number in range(len(rows)) if number in anchors]
    for at, number in enumerate(order):
        before = anchors[order[at - 1]] if at else None
        after = anchors[order[at + 1]] if at + 1 < len(order) else None
        band = _band(anchors[number], before, after, layouts)
        for name, cell in _surest_first(rows[number]):
            mine = columns.get((anchors[number][0], rows[number].table, name), ())
            one = _cell(rows[number], cell, mine, band, layouts, taken)
            if one.match is not None:
                taken.append(one.match.place)
            found[cell.value.pointer] = replace(one, line=anchors[number], band=frozenset(band), columns=mine)
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
    mine: Sequence[Row],
    rows: Sequence[Row],
    anchors: Mapping[int, Spot],
    layouts: Mapping[int, Layout],
    labels: Mapping[int, Labels],
) -> Columns:
    """The columns of every leaf of one table on every page: where most rows have it, then where two of the others have.

    Amounts that go in and out may stand in two columns. On a page where a leaf was found nowhere, it is looked for
    where another page has it.
    """
    names = dict.fromkeys(name for row in mine for name in row.cells)
    columns: dict[tuple[int, str], list[Column]] = {}
    left: dict[tuple[int, str], list[Place]] = {}
    for page, layout in layouts.items():
        lines = [spot[1] for spot in anchors.values() if spot[0] == page]
        for name in names:
            here = [places for number, spot in anchors.items() if (places := _on_line(rows[number], name, spot))]
            here = [places for places in here if places[0].page == page]
            headers = _headers(mine, name, page, lines, labels)
            column = _column(here, headers, layout)
            if column is not None:
                columns[page, name] = [_headed(column, layout, lines)]
                rest = [places for places in here if not any(column.holds(place, layout) for place in places)]
                left[page, name] = [places[0] for places in rest if len(places) == 1]
    for (page, name), places in left.items():
        layout, lines = layouts[page], [spot[1] for spot in anchors.values() if spot[0] == page]
        others = [column for (at, other), of in columns.items() if at == page and other != name for column in of]
        free = [place for place in places if not any(column.holds(place, layout) for column in others)]
        second = _column([[place] for place in free], [], layout)
        if second is not None:
            second = _headed(second, layout, lines)
            main = columns[page, name][0]
            if len(free) > 1 or second.debit != main.debit:
                columns[page, name].append(second)
    for name in names:
        known = next((of for (_, other), of in columns.items() if other == name), None)
        for page in layouts:
            if known is not None:
                columns.setdefault((page, name), known)
    return columns


def _on_line(row: Row, name: str, spot: Spot) -> list[Place]:
    """The places of a cell on its row's line."""
    cell = row.cells.get(name)
    return [m.place for m in cell.matches if m.place.page == spot[0] and spot[1] in m.place.lines] if cell else []


def _headers(
    rows: Sequence[Row], name: str, page: int, lines: Sequence[int], labels: Mapping[int, Labels]
) -> list[Place]:
    """The labels of a leaf above its first row."""
    leaf = next(row.cells[name].leaf for row in rows if name in row.cells)
    if not lines or page not in labels:
        return []
    first = min(lines)
    return [
        label.place for label in labels[page].by_path.get(leaf.path, ()) if first - 6 <= label.place.lines[0] < first
    ]


def _column(rows: Sequence[Sequence[Place]], headers: Sequence[Place], layout: Layout) -> Column | None:
    """The column that most rows share. A row that has a cell in two places votes for both, less; so does a header."""
    votes = [(box, 1.0 if len(places) == 1 else 0.5) for places in rows for p in places for box in _boxes(p, layout)]
    best: tuple[float, Column] | None = None
    edges: tuple[Edge, ...] = ("left", "right", "middle")
    for seed, _ in votes:
        for edge in edges:
            at, slack = _edge(seed, edge), max(2.0, 0.35 * (seed[3] - seed[1]))
            members = [(box, vote) for box, vote in votes if abs(_edge(box, edge) - at) <= slack]
            under = any(stands_under(seed, header.box) for header in headers)
            score = sum(vote for _, vote in members) + (1.2 if under else 0.0) + (0.01 if edge != "middle" else 0.0)
            if best is None or score > best[0] + 1e-9:
                boxes = [box for box, _ in members]
                column = Column(
                    edge, median(_edge(b, edge) for b in boxes), min(b[0] for b in boxes), max(b[2] for b in boxes)
                )
                best = (score, column)
    return best[1] if best else None


def _headed(column: Column, layout: Layout, lines: Sequence[int]) -> Column:
    """The column with what the print over its first row says of it."""
    first = min(lines)
    for line in range(first - 1, max(-1, first - 5), -1):
        chunks = dict.fromkeys(layout.pieces[number].chunk for number in layout.lines[line])
        for chunk in chunks:
            place = layout.chunk_place(chunk)
            if stands_under((column.left, 0.0, column.right, place.height), place.box) and fold(place.text) in OUT:
                return replace(column, debit=True)
    return column


def _boxes(place: Place, layout: Layout) -> list[Box]:
    """A place's box, and the box of its chunk where the rest of that is its unit: 18 days, 1,85 m³."""
    chunk = layout.chunk_of(place.pieces[0])
    rest = [layout.pieces[number].text for number in chunk if number not in place.pieces]
    if 0 < len(rest) <= 2 and not any(c.isdigit() and c.isascii() for text in rest for c in text):
        return [place.box, layout.place(chunk).box]
    return [place.box]


def _edge(box: Box, edge: Edge) -> float:
    return box[0] if edge == "left" else box[2] if edge == "right" else (box[0] + box[2]) / 2


def stands_under(box: Box, header: Box) -> bool:
    """Whether a box stands in the column under a header, wherever they are from top to bottom."""
    height = box[3] - box[1]
    shared = min(box[2], header[2]) - max(box[0], header[0])
    return shared > 0 or abs(box[0] - header[0]) < height or abs(box[2] - header[2]) < height


def _surest_first(row: Row) -> list[tuple[str, Cell]]:
    """The cells of a row, those first that can stand in the fewest places, so that they leave others their own."""
    return sorted(row.cells.items(), key=lambda item: (-item[1].weight, len(item[1].matches)))


def _cell(
    row: Row,
    cell: Cell,
    columns: Sequence[Column],
    band: Mapping[Spot, float],
    layouts: Mapping[int, Layout],
    taken: Sequence[Place],
) -> Found:
    here = [m for m in cell.matches if any((m.place.page, line) in band for line in m.place.lines)]
    free = [m for m in here if not any(m.place.meets(other) for other in taken)]
    others = sum(
        any((m.place.page, line) in band for m in other.matches for line in m.place.lines)
        for other in row.cells.values()
        if other is not cell
    )
    fitting = [m for m in free if not columns or any(c.holds(m.place, layouts[m.place.page]) for c in columns)]
    anchor = max(band, key=lambda spot: band[spot])
    starts: Iterable[Spot] = band
    if columns and _occupied(row, cell, columns, anchor, layouts[anchor[0]]):
        # Something stands in the column on the row's own line: what stands over or under it is another row's.
        fitting = [m for m in fitting if anchor in [(m.place.page, line) for line in m.place.lines]]
        starts = [anchor]
    lonely = not others
    if fitting:
        chosen = max(fitting, key=lambda m: max(band.get((m.place.page, line), 0.0) for line in m.place.lines))
        same_line = [m for m in fitting if m.place.lines == chosen.place.lines]
        if not columns and len(same_line) > 1:
            return Found(cell, lonely=True, match=chosen)
        return Found(cell, match=chosen, lonely=lonely)
    near = _instead(cell, columns, starts, band, layouts, taken)
    return Found(cell, near=near, lonely=lonely)


def _occupied(row: Row, cell: Cell, columns: Sequence[Column], spot: Spot, layout: Layout) -> bool:
    """Whether a row's line has print in a cell's column that is none of the row's other cells."""
    others = {
        number
        for other in row.cells.values()
        if other is not cell
        for match in other.matches
        if match.place.page == spot[0] and spot[1] in match.place.lines
        for piece in match.place.pieces
        for number in layout.chunk_of(piece)
    }
    return any(number not in others for number in _cells_of(layout, spot[1], columns))


def _instead(
    cell: Cell,
    columns: Sequence[Column],
    starts: Iterable[Spot],
    band: Mapping[Spot, float],
    layouts: Mapping[int, Layout],
    taken: Sequence[Place],
) -> Near | None:
    """What stands in the row's column where the cell should, on one line or wrapped over some."""
    nears = []
    for page, line in sorted(starts, key=lambda spot: -band[spot]):
        layout = layouts[page]
        used = {number for place in taken if place.page == page for number in place.pieces}
        region: list[int] = []
        for below in range(line, line + _WRAPPED if columns else line + 1):
            if (page, below) not in band:
                break
            region += [number for number in _cells_of(layout, below, columns) if number not in used]
            near = nearest(cell.value, cell.leaf, layout, region)
            nears += [near] if near is not None else []
    return min(nears, key=lambda near: near.rank, default=None)


def _cells_of(layout: Layout, line: int, columns: Sequence[Column]) -> list[int]:
    """The pieces of a line that stand in one of the columns; all of them where none is known."""
    numbers = layout.lines[line]
    if not columns:
        return list(numbers)
    found = []
    for number in numbers:
        box = layout.pieces[number].box
        middle, slack = (box[0] + box[2]) / 2, 0.5 * (box[3] - box[1])
        chunk = layout.chunk_place(layout.pieces[number].chunk)
        if any(c.left - slack <= middle <= c.right + slack or c.holds(chunk, layout) for c in columns):
            found.append(number)
    return found
