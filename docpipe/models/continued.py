"""A text that was cut, and what a model wrote when it was told to go on, to the text so far.

Models are not asked to go on in the middle of a word: the last one is taken back, and the next reply begins with it.
Some begin with the whole text again all the same, or with its last words; what stands twice is kept once.
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_WORD = 60  # characters: what has no blank for so long is written without blanks between its words
AGAIN = 5  # words: a reply that begins like the text, with so many, is the text once more


@dataclass(frozen=True)
class Cut:
    """A text of which only the beginning is known. `pointer` says whose, `sure` is how probable the beginning is."""

    pointer: str
    text: str
    sure: float | None = None


def beginning(text: str) -> str:
    """What can be relied on of a text that was cut: its whole words, with one blank between them."""
    sound = text.encode("utf-8", "ignore").decode()  # half of a pictograph is none
    words = " ".join(sound.split())
    if sound[-1:].isspace():
        return words
    whole, _, last = words.rpartition(" ")
    return words if len(last) > LONGEST_WORD else whole


def joined(before: str, after: str, *, ended: bool = True) -> str:
    """The text that begins with `before` and goes on with `after`, both of whole words.

    `ended` says that it ends there. Where `after` is the text once more it counts alone, unless it was cut sooner.
    """
    if not before or not after:
        return before or after
    first, then = before.split(), after.split()
    if len(first) >= AGAIN and then[:AGAIN] == first[:AGAIN]:
        return after if ended else max(before, after, key=len)
    shared = next((n for n in range(min(len(first), len(then)), 1, -1) if first[-n:] == then[:n]), 0)
    glue = "" if len(first[-1]) > LONGEST_WORD else " "
    return glue.join(part for part in (before, " ".join(then[shared:])) if part)
