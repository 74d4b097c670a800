"""Two tables as rows of cells become a likeness: TEDS (Zhong et al. 2020), adjacency F1 (Göbel et al. 2012)."""

from __future__ import annotations

import html
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from docpipe.evaluate.extra import package

Grid = Sequence[Sequence[str | None]]
Relation = tuple[str, str, str, int]

# TEDS compares trees, which takes time with the square of their cells; larger tables have no TEDS.
MOST_CELLS = 500


@dataclass(frozen=True)
class Matched:
    """How many things are right, of how many in the truth and how many in the answer."""

    right: int
    expected: int
    got: int

    @property
    def f1(self) -> float:
        """1 where there is nothing in either."""
        return 2 * self.right / (self.expected + self.got) if self.expected + self.got else 1.0


def grids(data: Mapping[str, Any]) -> list[Grid]:
    """The tables in data of the generic table schema."""
    return [[list(row.get("cells") or []) for row in table.get("rows") or []] for table in data.get("tables") or []]


def teds(expected: Grid, got: Grid) -> float | None:
    """Tree-edit-distance similarity, 0 to 1; None for tables that are too large. Spans are not known to a grid.

    Raises MissingDependency without table-recognition-metric.
    """
    if max(sum(map(len, expected)), sum(map(len, got))) > MOST_CELLS:
        return None
    if not expected or not got:
        return float(not expected and not got)
    score: float = package("table_recognition_metric").TEDS()(_html(got), _html(expected))
    return score


def adjacency(expected: Sequence[Grid], got: Sequence[Grid]) -> Matched:
    """Neighbourhoods of the tables of a document that are in both. A table's relations are those of its own cells."""
    wanted: Counter[Relation] = Counter()
    found: Counter[Relation] = Counter()
    for grid in expected:
        wanted.update(relations(grid))
    for grid in got:
        found.update(relations(grid))
    return Matched((wanted & found).total(), wanted.total(), found.total())


def relations(grid: Grid) -> list[Relation]:
    """Each cell with text, its nearest neighbour with text to the right and below, and the blank cells between.

    Text is compared as Göbel et al. do it: without spaces, in capitals, every other sign as an underscore.
    """
    texts = [[_plain(cell) for cell in row] for row in grid]
    width = max(map(len, texts), default=0)
    columns = [[row[n] if n < len(row) else "" for row in texts] for n in range(width)]
    found: list[Relation] = []
    for direction, lines in (("right", texts), ("below", columns)):
        for line in lines:
            filled = [(place, text) for place, text in enumerate(line) if text]
            found += [(text, after, direction, there - here - 1) for (here, text), (there, after) in pairwise(filled)]
    return found


def _plain(cell: str | None) -> str:
    text = "".join(unicodedata.normalize("NFKC", cell or "").split()).upper()
    return "".join(c if c.isalnum() else "_" for c in text)


def _html(grid: Grid) -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{html.escape(cell or str())}</td>' for cell in row)}</tr>" for row in grid)
    return f"<html><body><table>{rows}</table></body></html>"
