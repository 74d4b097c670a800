"""The fields of a page are laid out alike: values that the network doubts one by one vouch for each other.

A layout that training seldom showed makes the network say "absent" beside one label after the other, though its next
choice is each field's value. Where several of those stand on the same side of their labels, they are taken.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from torch import Tensor

if TYPE_CHECKING:
    from docpipe.nano.reading import Ask

ENOUGH = 3  # fields whose values lie on the same side of their labels
STANDS_OUT = 0.4  # what a token has, at least, of the chance that the value is there at all
SAME_LINE = 1.6  # page tokens that label and value are apart down the page, at most
OFF_LABELS = 4.0  # page tokens between the value and the middle of any label on its line, at least
CHOSEN = ("check", "choice", "fits")  # types of questions that are answered by a choice
LIKELIER = 1.0  # logits by which a value that is taken is then likelier than "absent"


def vouched(asks: Sequence[Ask], start: Tensor, places: Tensor) -> Tensor:
    """The logits (q, n + 1) of first tokens with "absent", the last, made less likely than values that are vouched for.

    `places` (n + 1, 2) are the tokens', from the top left. Questions that differ in `near` alone are about one field.
    """
    beside = [r for r, ask in enumerate(asks) if ask.near is not None and ask.anchor < 0 and ask.type not in CHOSEN]
    if len(beside) < ENOUGH:
        return start
    nowhere = start.shape[1] - 1
    chances = start[: len(asks)].softmax(-1)
    best = chances[:, :nowhere].argmax(1)
    likeliest, absent = chances.gather(1, best[:, None])[:, 0].tolist(), chances[:, nowhere].tolist()
    tokens, where = best.tolist(), places[best].tolist()
    told = {row for row in beside if likeliest[row] > absent[row]}
    answered, claimed = {_field(asks[row]) for row in told}, {tokens[row] for row in told}
    labels = [ask.near for ask in asks if ask.near is not None and ask.anchor < 0]
    fields: dict[object, int] = {}
    for row in beside:
        field = _field(asks[row])
        alone = likeliest[row] >= STANDS_OUT * (1 - absent[row]) and tokens[row] not in claimed
        if field in answered or not alone or _side(asks[row], where[row]) is None or _on_one(labels, where[row]):
            continue
        if field not in fields or likeliest[row] > likeliest[fields[field]]:
            fields[field] = row
    result = start.clone()
    for side in (-1, 1):
        rows = [row for row in fields.values() if _side(asks[row], where[row]) == side]
        if len({tokens[row] for row in rows}) >= ENOUGH:
            result[rows, nowhere] = start[rows, best[rows]] - LIKELIER
    return result


def _field(ask: Ask) -> tuple[object, ...]:
    return ask.labels, ask.names, ask.type


def _side(ask: Ask, place: Sequence[float]) -> int | None:
    """-1 where a place is before the label on its line, 1 behind it; None on another line."""
    x, y = ask.near or (0.0, 0.0)
    return None if abs(place[1] - y) >= SAME_LINE else -1 if place[0] < x else 1


def _on_one(labels: Collection[tuple[float, float]], place: Sequence[float]) -> bool:
    """Whether a place is in print that may be a label."""
    return any(abs(place[1] - y) < SAME_LINE and abs(place[0] - x) < OFF_LABELS for x, y in labels)
