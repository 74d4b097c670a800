"""Values that the network doubts one by one are taken where several lie on the same side of their labels."""

from __future__ import annotations

import torch
from torch import Tensor

from docpipe.nano.habits import vouched
from docpipe.nano.reading import Ask

# Six lines: a value at 3 and a label around 20 on each; the last place is "absent".
VALUES = [(3.5, 2.5 * row + 0.5) for row in range(6)]
LABELS = [(20.5, 2.5 * row + 0.5) for row in range(6)]
PLACES = torch.tensor([*VALUES, *LABELS, (0.0, 0.0)])
NOWHERE = len(PLACES) - 1


def beside(row: int) -> Ask:
    """The question of the field whose label stands on a line."""
    return Ask((f"Label {row}",), (), near=LABELS[row])


def logits(*wanted: tuple[int, float]) -> Tensor:
    """For each question a token and its logit; "absent" has 4, everything else 0."""
    start = torch.zeros(len(wanted), len(PLACES))
    start[:, NOWHERE] = 4.0
    for row, (token, logit) in enumerate(wanted):
        start[row, token] = logit
    return start


def taken(asks: list[Ask], start: Tensor) -> list[int]:
    """The likeliest token of each question."""
    return vouched(asks, start, PLACES).argmax(1).tolist()


def test_three_values_on_the_same_side_vouch_for_each_other() -> None:
    """Each alone was likelier absent."""
    start = logits((0, 3.5), (1, 3.5), (2, 3.5))
    assert start.argmax(1).tolist() == [NOWHERE] * 3
    assert taken([beside(row) for row in range(3)], start) == [0, 1, 2]


def test_two_do_not() -> None:
    """Two may be chance."""
    assert taken([beside(0), beside(1), beside(2)], logits((0, 3.5), (1, 3.5), (2, 0.0))) == [NOWHERE] * 3


def test_one_field_asked_at_three_places_is_one_field() -> None:
    """The same question from three labels is not three voices."""
    asks = [Ask(("Total",), (), near=LABELS[row]) for row in range(3)]
    assert taken(asks, logits((0, 3.5), (1, 3.5), (2, 3.5))) == [NOWHERE] * 3


def test_three_labels_that_point_at_one_value_do_not() -> None:
    """On a blank form the same neighbour tempts many fields."""
    near = [Ask((f"Label {row}",), (), near=(20.5 + row, 0.5)) for row in range(3)]
    assert taken(near, logits((0, 3.5), (0, 3.5), (0, 3.5))) == [NOWHERE] * 3


def test_print_that_is_a_label_is_no_value() -> None:
    """What stands beside three labels is labels of three other fields."""
    before = [Ask((f"Label {row}",), (), near=(11.5, LABELS[row][1])) for row in range(3)]
    theirs = [Ask((f"Other {row}",), (), near=LABELS[row]) for row in range(3)]
    start = logits((6, 3.5), (7, 3.5), (8, 3.5), (0, 0.0), (0, 0.0), (0, 0.0))
    assert taken(before, start[:3]) == [6, 7, 8]
    assert taken([*before, *theirs], start)[:3] == [NOWHERE] * 3


def test_a_value_that_was_found_is_given_to_no_other_field() -> None:
    """The third of three is another field's already, and two are not enough."""
    other = Ask(("Other",), (), near=(20.5, 15.5))
    start = logits((0, 3.5), (1, 3.5), (2, 3.5), (2, 6.0))
    assert taken([*(beside(row) for row in range(3)), other], start) == [NOWHERE, NOWHERE, NOWHERE, 2]


def test_a_chance_that_is_spread_over_the_page_vouches_for_nothing() -> None:
    """The token has to stand out among all that are not "absent"."""
    start = logits((0, 1.5), (1, 1.5), (2, 1.5))
    assert taken([beside(row) for row in range(3)], start) == [NOWHERE] * 3
