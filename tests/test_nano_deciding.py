"""Which option of a choice holds: what the network says, weighed by the labels that are printed."""

from __future__ import annotations

import pytest

from docpipe.models.nano_deciding import weighed
from docpipe.nano.labels import Printed
from docpipe.nano.reading import Answer
from docpipe.nano.transcribing import Character, Line

FIELDS = [[["Order no."], ["Ship to"]], [["Invoice no."], ["Amount due"]], []]


def _page(*texts: str) -> Printed:
    """Lines of one word each."""
    return Printed([_line(text, 20.0 * (n + 1)) for n, text in enumerate(texts)])


def _line(text: str, y: float) -> Line:
    return [[Character(c, 10.0 + 8 * n, y, 0.9) for n, c in enumerate(text)]]


def _said(*chances: float) -> list[Answer]:
    return [Answer(None, None, 0.5, yes=yes) for yes in chances]


def test_an_option_is_likelier_the_more_of_its_fields_are_printed() -> None:
    """An order in doubt is told by its labels; what has no fields counts as half."""
    order, bill, table = (a.yes for a in weighed(_said(0.4, 0.5, 0.5), FIELDS, _page("Order no.", "Ship to")))
    assert order > table > bill
    assert table == pytest.approx(0.5)


def test_what_the_network_is_sure_of_stands() -> None:
    """Labels that other kinds have too do not make one of them of a sure bill."""
    order, bill, _ = (a.yes for a in weighed(_said(0.01, 0.99, 0.0), FIELDS, _page("Order no.", "Ship to")))
    assert bill > order


def test_options_without_labels_stay_as_they_were() -> None:
    """A choice of a person's own schema has none."""
    assert weighed(_said(0.4, 0.5), [], _page("Order no.")) == _said(0.4, 0.5)
