"""A question that no field answers becomes the labels that its answer may stand beside."""

from __future__ import annotations

from collections.abc import Sequence

from docpipe.ask.called import PRINTED
from docpipe.printed.words import fold


def labels(question: str, unknown: Sequence[str]) -> tuple[str, ...]:
    """What may be printed beside the answer: what was asked for in its own words, and what else that is called.

    `unknown` are the words of the question that mean nothing else.
    """
    said = fold(question).split()
    named = [fold(word).split() for word in unknown]
    found: list[tuple[int, str]] = []
    for group in PRINTED:
        phrases = group.split("|")
        longest = max((len(p.split()) for p in phrases if _within(p.split(), said) or p.split() in named), default=0)
        if longest:
            found.append((longest, group))
    if not found:  # a word alone may be one of those that say it: "who served us" of "served by"
        telling = {fold(word) for word in unknown if len(word) > 4}
        found = [(1, group) for group in PRINTED if telling & set(group.replace("|", " ").split())]
    own = " ".join(unknown)
    best = max((length for length, _ in found), default=0)
    groups = [group.split("|") for length, group in found if length == best]
    spoken = [phrase for group in groups for phrase in group if _within(phrase.split(), said)]
    others = [phrase for group in groups for phrase in group]
    return tuple(dict.fromkeys([*sorted(spoken, key=len, reverse=True), *([own] if own else []), *others]))


def other_labels(called: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The labels of what else pages print, one group a thing, besides what is called so."""
    groups = (tuple(group.split("|")) for group in PRINTED)
    return tuple(group for group in groups if not set(group) & set(called))


def _within(phrase: Sequence[str], words: Sequence[str]) -> bool:
    size = len(phrase)
    return any(list(words[at : at + size]) == list(phrase) for at in range(len(words) - size + 1))
