"""Rows of a table that were overlooked are found again by the lines that look like rows."""

from __future__ import annotations

import torch

from docpipe.nano.page import CELL
from docpipe.nano.rows import completed
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
