"""Rows of a table that were overlooked are found again by the lines that look like rows."""

from __future__ import annotations

import torch

from docpipe.nano.page import CELL
from docpipe.nano.rows import agreed, completed
from docpipe.nano.transcribing import Character, Line

ITEMS = ("Oak shelf", "Pine shelf", "Bracket", "Screws", "Dowels")


def _line(height: float, *pieces: tuple[float, str]) -> list[Line]:
    """Pieces of a line, `height` page tokens down, each from its place in page tokens: far apart, each a line."""
    return [
        [[Character(c, (x + 0.5 * n) * CELL, height * CELL, 0.9) for n, c in enumerate(text)]] for x, text in pieces
    ]


def _page(lines: list[list[Line]]) -> tuple[torch.Tensor, list[Line]]:
    """Tokens where pieces begin, with the one that means nowhere last, and the lines."""
    flat = [line for group in lines for line in group]
    places = [(line[0][0].x / CELL, line[0][0].y / CELL) for line in flat]
    return torch.tensor([*places, (-4.0, -4.0)]), flat


def _items() -> list[list[Line]]:
    return [_line(10 + 2 * n, (3, name), (20, str(n + 1)), (30, f"{n}4.50")) for n, name in enumerate(ITEMS)]


def test_a_row_in_a_gap_and_one_at_the_end_are_found() -> None:
    """The third row, that lies between two, and the last, that follows at the usual distance, come back."""
    head = _line(8, (3, "Description"), (20, "Qty"), (30, "Amount"))
    total = _line(22, (26, "Total"), (30, "99.00"))
    places, lines = _page([head, *_items(), total])
    every = [3, 6, 9, 12, 15]
    assert completed([3, 6, 12], places, lines) == every
    assert completed(every, places, lines) == every


def test_what_looks_otherwise_is_no_row() -> None:
    """A second line of a description, a note across the table and what lies farther below are no rows."""
    more = [
        _line(11, (3, "with a long name")),
        _line(17, (3, "delivered in two parts to the back door of the shop")),
        _line(26, (3, "Deposit"), (20, "1"), (30, "14.50")),
    ]
    places, lines = _page([*_items(), *more])
    assert completed([0, 3, 6, 9, 12], places, lines) == [0, 3, 6, 9, 12]


def test_two_columns_and_two_rows_are_left_as_they_are() -> None:
    """Below the items of a receipt stand its sums, and two rows do not tell what a row looks like."""
    receipt = [_line(10 + 2 * n, (3, name), (30, f"{n}4.50")) for n, name in enumerate(ITEMS)]
    places, lines = _page(receipt)
    assert completed([0, 2, 4], places, lines) == [0, 2, 4]
    places, lines = _page(_items())
    assert completed([0, 6], places, lines) == [0, 6]


def test_starts_on_one_line_are_no_table() -> None:
    """Three starts side by side tell nothing of how far apart rows are."""
    places, lines = _page(_items())
    assert completed([0, 1, 2], places, lines) == [0, 1, 2]


def _receipt() -> list[list[Line]]:
    """Amounts first, as few receipts have them, with the second line of an item, a sum and an address below."""
    items = [_line(10 + 2 * n, (3, f"{n}4.50"), (12, name)) for n, name in enumerate(ITEMS)]
    items.insert(2, _line(13, (12, "of untreated wood")))
    return [
        *items,
        _line(21, (8, "72.50"), (14, "Total")),
        _line(23, (3, "12, Mill Lane")),
        _line(25, (3, "9130"), (12, "Leeds")),
    ]


def test_faint_rows_that_look_alike_agree() -> None:
    """None of five is likely; four are faint, and the line between them that looks as they do is a row as well."""
    places, lines = _page(_receipt())
    starts = [0, 2, 5, 7, 9]
    assert [lines[n][0][0].text for n in starts] == ["0", "1", "2", "3", "4"]
    assert agreed([(0, 0.15), (2, 0.2), (7, 0.2), (9, 0.1)], places, lines) == starts
    assert agreed([(0, 0.05), (2, 0.05), (7, 0.06), (9, 0.1)], places, lines) == []


def test_likely_rows_need_nobody() -> None:
    """They are the rows: a faint one beside them is none, nor are faint ones elsewhere, fewer than three, or none."""
    places, lines = _page(_receipt())
    assert agreed([(0, 0.9), (2, 0.3), (5, 0.9), (7, 0.9), (9, 0.9)], places, lines) == [0, 5, 7, 9]
    assert agreed([(0, 0.2), (2, 0.2), (5, 0.2), (10, 0.9), (12, 0.9)], places, lines) == [10, 12]
    assert agreed([(0, 0.3), (2, 0.3)], places, lines) == []
    assert agreed([], places, lines) == []
