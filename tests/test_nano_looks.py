"""Answers in doubt are asked for again of the page in other sizes, and what most looks say stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pymupdf
import pytest
import torch
from numpy.typing import NDArray

from docpipe.nano.labels import Printed, everywhere
from docpipe.nano.looks import Looks
from docpipe.nano.model import NanoForConditionalGeneration, Sight
from docpipe.nano.mouth import Memory
from docpipe.nano.page import CELL, ink
from docpipe.nano.reading import Answer, Ask, answer, look
from docpipe.nano.transcribing import lines
from tests.shipped import network

DPI = 110
FIELDS = (Ask(("Invoice No.",), ("invoice number",)), Ask(("Date",), ("date",), "date"), Ask(("IBAN",), ("iban",)))


@pytest.fixture(scope="module")
def model() -> NanoForConditionalGeneration:
    """The network that ships."""
    return network()


def _page() -> NDArray[np.float32]:
    """The ink of an invoice's head with a number and a date."""
    document = pymupdf.open()
    page = document.new_page(width=420, height=200)
    for y, text in ((60, "Invoice No.   4711"), (90, "Date   14 May 2024"), (120, "Thank you for your order")):
        page.insert_text((40, y), text, fontsize=10, fontname="helv")
    pixmap = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
    return ink(np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.width))


class _Read:
    """A page that was read once: its questions, and how many looks were asked something."""

    def __init__(self, model: NanoForConditionalGeneration) -> None:
        self.model = model
        page = _page()
        self.sight = look(model, torch.from_numpy(page))
        printed = Printed(lines(self.sight))
        self.asks = everywhere(FIELDS, printed)
        self.asked: list[int] = []
        self.looks = Looks(model, page, self.sight, printed, self.asking)

    def asking(self, sight: Sight, memory: Memory, asks: Sequence[Ask]) -> list[Answer]:
        """What the network answers."""
        self.asked.append(len(asks))
        return answer(self.model, sight, memory, asks)

    def first(self) -> list[list[Answer]]:
        """The answers of the first look."""
        memory = self.model.memorise(self.sight)
        found = iter(answer(self.model, self.sight, memory, [ask for own in self.asks for ask in own]))
        return [[next(found) for _ in own] for own in self.asks]


def test_what_one_look_misread_the_others_read_right(model: NanoForConditionalGeneration) -> None:
    """A wrong answer in doubt is outvoted, in its place on the page; sure ones are not asked about again."""
    read = _Read(model)
    number, date, iban = ([replace(a, confidence=0.99) for a in own] for own in read.first())
    right = number[1]
    number = [replace(a, text="471l", confidence=0.5) for a in number]
    asks, answers, _ = read.looks.settled(read.asks, [number, date, iban], [], [])
    assert right.text == answers[0][1].text == "4711"
    assert answers[0][1].token == pytest.approx(right.token, abs=1)
    assert answers[0][1].box == pytest.approx(right.box, abs=CELL)
    assert asks[0][1].near == pytest.approx(read.asks[0][1].near, abs=1)
    assert answers[1:] == [date, iban]
    assert read.asked == [len(read.asks[0])] * 2  # the two looks did not agree with the first


def test_looks_that_agree_are_enough(model: NanoForConditionalGeneration) -> None:
    """Where the second look says what the first said, there is no third."""
    read = _Read(model)
    number, date, iban = read.first()
    doubtful = [replace(a, confidence=0.6) for a in date]
    sure = [[replace(a, confidence=0.99) for a in own] for own in (number, iban)]
    _, answers, _ = read.looks.settled(read.asks, [sure[0], doubtful, sure[1]], [], [])
    assert answers[1][1].text == date[1].text == "14 May 2024"
    assert read.asked == [len(read.asks[1])]


def test_cells_are_asked_for_from_the_same_row(model: NanoForConditionalGeneration) -> None:
    """A question about a row goes to where that row starts in the other sizes; cells that are sure stay."""
    read = _Read(model)
    row = next(a.token for own in read.first() for a in own if a.text == "4711")
    cells = [Ask((), ("cell",), anchor=row), Ask((), ("cell",), anchor=row)]
    sure, doubtful = Answer("sure", (1.0, 2.0, 3.0, 4.0), 0.95, token=row), Answer("4l1l", None, 0.1, token=row)
    _, _, (kept, again) = read.looks.settled([], [], cells, [sure, doubtful])
    assert kept == sure
    assert again.text == "4711"
    assert again.token == pytest.approx(row, abs=1)


def test_options_in_doubt_are_looked_at_again(model: NanoForConditionalGeneration) -> None:
    """Where no option is sure and none is headed, three looks say how likely each is; else the first is enough."""
    read = _Read(model)
    asks = [Ask((), (name,), "fits") for name in ("Invoice", "Chart")]
    unsure = [Answer(None, None, 0.5, yes=yes) for yes in (0.3, 0.6)]
    looked, headed = read.looks.options(asks, unsure, [["Invoice"], ["Chart"]])
    assert (len(read.asked), headed) == (2, [False, False])
    assert [a.yes for a in looked] != [a.yes for a in unsure]
    sure = [unsure[0], replace(unsure[1], yes=0.95)]
    assert read.looks.options(asks, sure, [["Invoice"], ["Chart"]]) == (sure, [False, False])
    assert read.looks.options(asks, unsure, [["Thank you for your order"], []]) == (unsure, [True, False])
    assert len(read.asked) == 2
