"""Cells read row by row become tables: columns, empty places, rows found twice, tables one above the other."""

from __future__ import annotations

from docpipe.nano.grids import tables
from docpipe.nano.page import CELL
from docpipe.nano.reading import Answer
from docpipe.pipeline import Pipeline
from docpipe.settings import Settings
from tests.readings import sample

Given = tuple[int, float, list[tuple[str, float]]]
WIDE = 60.0


def _cell(text: str, left: float, height: float, confidence: float = 0.9) -> Answer:
    """A cell `left` pixels from the left edge, `height` page tokens down; one print is one token."""
    top = height * CELL - 6
    return Answer(text, (left, top, left + WIDE, top + 12), confidence, token=round(height * 1000 + left))


def _grids(rows: list[Given], printed: tuple[float, ...] = ()) -> list[list[list[str | None]]]:
    found = tables(
        [start for start, _, _ in rows],
        [height for _, height, _ in rows],
        [[_cell(text, left, height) for text, left in cells] for _, height, cells in rows],
        [height * CELL for height in printed],
    )
    return [[[None if cell is None else cell.text for cell in row] for row in table.rows] for table in found]


def test_a_cell_stands_in_the_column_that_it_lies_under() -> None:
    """Where a row has nothing in a column, the cells to the right of it stay in theirs."""
    rows: list[Given] = [
        (0, 1, [("Town", 0), ("North", 100), ("South", 200)]),
        (1, 2, [("Ash", 0), ("12", 110)]),
        (2, 3, [("Elm", 0), ("7", 190)]),
    ]
    assert _grids(rows) == [[["Town", "North", "South"], ["Ash", "12", None], ["Elm", None, "7"]]]


def test_a_row_that_was_found_twice_is_one_row() -> None:
    """Two starts on one line claim the same print once, and what only one of them saw is in the row too."""
    both = [_cell("Elm", 0, 2), _cell("7", 100, 2)]
    rest = [_cell("9", 200, 2)]
    heads = [_cell("Tree", 0, 1), _cell("May", 100, 1), _cell("June", 200, 1)]
    (table,) = tables([0, 1, 2], [1, 2, 2.2], [heads, both, [both[1], *rest]])
    assert [[None if cell is None else cell.text for cell in row] for row in table.rows] == [
        ["Tree", "May", "June"],
        ["Elm", "7", "9"],
    ]


def test_a_gap_and_other_columns_begin_another_table() -> None:
    """A line of one cell above a table is its caption and no row, and each table has its own columns."""
    rows: list[Given] = [
        (0, 1, [("Tree", 0), ("May", 100), ("June", 200)]),
        (1, 2, [("Ash", 0), ("1", 100), ("2", 200)]),
        (2, 3, [("Elm", 0), ("3", 100), ("4", 200)]),
        (3, 4.8, [("Birds", 0)]),
        (4, 5.8, [("Owl", 50), ("5", 150)]),
        (5, 6.8, [("Wren", 50), ("6", 150)]),
    ]
    first, second = _grids(rows)
    assert first == [["Tree", "May", "June"], ["Ash", "1", "2"], ["Elm", "3", "4"]]
    assert second == [["Owl", "5"], ["Wren", "6"]]


def test_the_same_columns_go_on_after_a_small_gap() -> None:
    """A sum that stands a little apart belongs to the table."""
    rows: list[Given] = [
        (0, 1, [("Ash", 0), ("1", 100)]),
        (1, 2, [("Elm", 0), ("3", 100)]),
        (2, 3, [("Fir", 0), ("5", 100)]),
        (3, 4.8, [("Sum", 0), ("9", 100)]),
    ]
    assert len(_grids(rows)) == 1


def test_no_rows_are_no_tables() -> None:
    """A page on which no row was found has no table."""
    assert tables([], [], []) == []


def _two(caption: float, gap: float) -> list[Given]:
    """Two tables with the same columns, the second `gap` tokens below the first with a caption between."""
    return [
        (0, 1, [("Tree", 0), ("May", 100)]),
        (1, 2, [("Ash", 0), ("1", 100)]),
        (2, 3, [("Elm", 0), ("3", 100)]),
        *([(3, 3 + caption, [("Birds", 0.0)])] if caption else []),
        (4, 3 + gap, [("Bird", 0), ("May", 100)]),
        (5, 4 + gap, [("Owl", 0), ("5", 100)]),
    ]


def test_a_caption_begins_another_table_of_the_same_columns() -> None:
    """As a row of its own, or as print that was read as no row; a little farther down than rows are apart."""
    assert [len(grid) for grid in _grids(_two(1.4, 2.4))] == [3, 2]
    assert [len(grid) for grid in _grids(_two(0, 2.4), (1, 2, 3, 4.4, 5.4, 6.4))] == [3, 2]


def test_a_row_of_one_cell_and_lines_within_a_row_begin_no_table() -> None:
    """A heading among the rows stands no farther down than they do, nor does the second line of a cell."""
    assert [len(grid) for grid in _grids(_two(1, 2))] == [6]
    assert [len(grid) for grid in _grids(_two(0, 2), (1, 2, 3, 4, 5, 6))] == [5]


def test_the_same_header_again_below_a_caption_begins_another_table() -> None:
    """However near the caption stands."""
    rows = _two(1, 2)
    rows[4] = (4, 5, [("Tree", 0), ("May", 100)])
    assert [grid[0] for grid in _grids(rows)] == [["Tree", "May"], ["Tree", "May"]]


def test_lines_between_that_stand_above_no_header_begin_no_table() -> None:
    """A row that was overlooked leaves a line of print in a gap, and its neighbours are one table."""
    rows: list[Given] = [
        (0, 1, [("Pump", 0), ("HX-20", 100)]),
        (1, 2, [("Flow", 0), ("20", 100)]),
        (2, 3, [("Head", 0), ("32", 100)]),
        (3, 5.4, [("Power", 0), ("2.2", 100)]),
    ]
    assert len(_grids(rows, (1, 2, 3, 4.4, 5.4))) == 1
    assert len(_grids([*rows[:3], (3, 4.4, [("Motor", 0.0)]), rows[3]])) == 1


def test_a_caption_that_was_read_as_two_cells_is_no_row() -> None:
    """A header of many more cells follows it."""
    header = [(name, 100.0 * n) for n, name in enumerate(("Tag", "Species", "Girth", "Height", "State"))]
    rows: list[Given] = [
        (0, 1, [("Table 1", 0), ("Inventory", 150)]),
        (1, 2, header),
        *((2 + n, 3 + n, [(str(n), 100.0 * m) for m in range(5)]) for n in range(3)),
    ]
    ((first, *rest),) = _grids(rows)
    assert (first, len(rest)) == (["Tag", "Species", "Girth", "Height", "State"], 3)


def test_a_row_that_was_found_again_a_little_lower_is_one_row() -> None:
    """Two starts that give most of the same print, with other tokens, are one row."""
    twice = [_cell("Elm", 0, 2), _cell("7", 100, 2), _cell("9", 200, 2)]
    lower = [_cell("Elm", 0, 2.3), _cell("7", 100, 2.3)]
    heads = [_cell("Tree", 0, 1), _cell("May", 100, 1), _cell("June", 200, 1)]
    (table,) = tables([0, 1, 2], [1, 2, 2.3], [heads, twice, lower])
    assert [[None if cell is None else cell.text for cell in row] for row in table.rows] == [
        ["Tree", "May", "June"],
        ["Elm", "7", "9"],
    ]


def test_a_title_that_runs_over_the_pages_begins_no_table() -> None:
    """A table goes on under the title of the report, which stands at the head of both of its pages."""
    with Pipeline(Settings()) as pipeline:
        record = pipeline.extract(sample("table-06"), schema="table")
    (table,) = record.data["tables"]
    assert table["title"] == "Table B.1 Individual trees in Prior's Park, surveyed May 2024"
    assert table["rows"][-1]["cells"][0] == "1158"
