"""What nano makes of the cells of a table once they are read."""

from __future__ import annotations

from dataclasses import replace

import torch

from docpipe.nano.columns import Columns, columns
from docpipe.nano.labels import Printed
from docpipe.nano.reading import Answer, Ask, _peaks
from docpipe.nano.transcribing import Character

HEIGHTS = {0: 10.5, 1: 12.5, 2: 14.5, 3: 14.5, 10: 10.5, 11: 10.5, 12: 12.5}


def cell(text: str | None, token: int = -1, confidence: float = 0.9, x: float = 320.0) -> Answer:
    """An answer that stands at `x` pixels of the page, on the line of its token."""
    y = 16 * HEIGHTS.get(token, 10.5)
    box = None if text is None else (x - 20, y - 6, x + 20, y + 6)
    return Answer(text, box, confidence, token)


def printed(*words: tuple[str, float, float]) -> Printed:
    """A page of words, each at pixels of its own line."""
    return Printed(
        [[[Character(c, x + 8.0 * i, y, 0.9) for i, c in enumerate(text)]] for text, x, y in words]  # one word a line
    )


def test_a_print_is_the_value_of_the_nearest_row_and_of_a_column_whose_header_was_found() -> None:
    """Of those that claim one print only one keeps it, and the others are absent."""
    own = Columns((Ask(("Amount",), (), "amount", near=(20.0, 8.0)), Ask(("Balance",), (), "amount")))
    rows = own.settled(
        [0, 1],
        [[cell("4.00", 10), cell("4.00", 10)], [cell("7.00", 12), cell("4.00", 10, 0.99)]],
        HEIGHTS.__getitem__,
        {},
    )
    assert [[one.text for one in row] for row in rows] == [["4.00", None], ["7.00", None]]


def test_a_row_that_was_started_twice_is_one_row() -> None:
    """Two starts half a line apart that give the same prints are one row, with the surer of the answers."""
    own = Columns((Ask(("Item",), (), "text"), Ask(("Amount",), (), "amount")))
    item = [
        cell("Oak shelf", 10, 0.7, 80.0),
        replace(cell("Oak shelf", 20, 0.9, 80.0), box=(60.0, 170.0, 100.0, 182.0)),
    ]
    rows = own.settled(
        [0, 4, 1],
        [[item[0], cell("4.00", 11)], [item[1], cell(None)], [cell("Pine", 12, 0.9, 80.0), cell(None)]],
        {**HEIGHTS, 4: 11.0, 20: 11.0}.__getitem__,
        {},
    )
    assert [[one.text for one in row] for row in rows] == [["Oak shelf", "4.00"], ["Pine", None]]
    assert rows[0][0].confidence == 0.9


def test_a_line_that_states_a_field_is_no_row() -> None:
    """The row whose amount is the total beside its label is left out; the one above it stays."""
    own = Columns((Ask(("Amount",), (), "amount"),))
    rows = own.settled([0, 1], [[cell("4.00", 10)], [cell("4.00", 12)]], HEIGHTS.__getitem__, {12: 12.5})
    assert [[one.token for one in row] for row in rows] == [[10]]


def test_amounts_under_a_header_of_money_that_went_out_are_negative() -> None:
    """The nearest header decides; an amount that says by itself which way it went keeps what it says."""
    page = printed(("Date", 16, 100), ("Paid out", 300, 100), ("Paid in", 420, 100), ("Balance", 540, 100))
    asks = (Ask(("Date",), (), "date"), Ask(("Amount",), (), "amount"), Ask(("Balance",), (), "amount"))
    found = columns(asks, [ask.labels for ask in asks], page, 8.0)
    rows = found.settled(
        [0, 1, 2],
        [
            [cell(None), cell("24.83", 10, x=330), cell("100.00", 11, x=570)],
            [cell(None), cell("31.00", 12, x=445), cell("-9.00", 0, x=330)],
            [cell(None), cell("5.00 EUR", 2, x=330), cell("6.00 CR", 3, x=330)],
        ],
        HEIGHTS.__getitem__,
        {},
    )
    assert [[one.text for one in row[1:]] for row in rows] == [
        ["-24.83", "100.00"],
        ["31.00", "-9.00"],
        ["-5.00 EUR", "6.00 CR"],
    ]


def test_rows_that_touch_are_rows() -> None:
    """Of two starts one above the other both count, of two side by side the likelier."""
    places = torch.tensor([[2.5, 10.5], [2.5, 11.5], [3.5, 11.5], [2.5, 12.5]])
    assert [token for token, _ in _peaks(torch.tensor([0.9, 0.8, 0.5, 0.4]), places, 0.35)] == [0, 1]
