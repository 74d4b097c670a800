"""Boxes beside labels become yes and no: single boxes, boxes for yes and no, none ticked, none there."""

from __future__ import annotations

import pytest

from docpipe.nano.page import CELL
from docpipe.nano.ticks import Ticked, boxes, told
from docpipe.nano.transcribing import Character, Line


def _line(text: str, x: float = 2.0, y: float = 4.0) -> Line:
    """A line from `x`, `y` in page tokens: a character every half token, words apart."""
    words: Line = [[]]
    for place, character in enumerate(text):
        if character == " ":
            words.append([])
        else:
            words[-1].append(Character(character, (x + place / 2) * CELL, y * CELL, 0.9))
    return [word for word in words if word]


def _told(label: str, *lines: Line) -> Ticked | None:
    """What the lines say of a label, which is in the first that holds it."""
    for line in lines:
        text = "".join(c.text for word in line for c in word)
        bare = label.replace(" ", "")
        if bare in text:
            at = [c for word in line for c in word][text.index(bare) :][: len(bare)]
            return told(at[0].x / CELL, at[-1].x / CELL, at[0].y / CELL, boxes(lines))
    raise AssertionError(label)


@pytest.mark.parametrize(
    ("line", "label", "state"),
    [
        ("☒ Lunch   ☐ Dinner", "Lunch", True),
        ("☒ Lunch   ☐ Dinner", "Dinner", False),
        ("Lunch ☐    Dinner ☑", "Lunch", False),
        ("Lunch ☐    Dinner ☑", "Dinner", True),
        ("Do you smoke?  ☐ Yes  ☒ No", "Do you smoke?", False),
        ("Raucher  ☒ Ja  ☐ Nein", "Raucher", True),
        ("Do you smoke?              ☒Yes ☐No", "Do you smoke?", True),
    ],
)
def test_a_box_says_whether_its_label_holds(line: str, label: str, state: bool) -> None:
    """A box beside a label is its own; of boxes for yes and no the ticked one counts."""
    assert _told(label, _line(line)) == Ticked(state)


def test_boxes_under_or_over_a_label_count_as_well() -> None:
    """Forms print the question small above the answer, or under its line."""
    above = (_line("Asthma?"), _line("☐ Yes ☒ No", y=5.4))
    under = (_line("☒ Oui ☐ Non", y=4.0), _line("Fumeur", y=5.2))
    assert _told("Asthma?", *above) == Ticked(False)
    assert _told("Fumeur", *under) == Ticked(True)


def test_neither_ticked_is_no_answer_and_no_box_is_no_evidence() -> None:
    """Two empty boxes leave the question open; a label without boxes says nothing, and neither do boxes far away."""
    assert _told("Are there stairs?", _line("Are there stairs?  ☐ Yes  ☐ No")) == Ticked(None)
    assert _told("Total", _line("Total  14.50")) is None
    assert _told("Name", _line("Name"), _line("☒ Lunch", y=9.0)) is None
