"""Lines of print become the text of a page: a typesetter with letters of one width, for tests of evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docpipe.types import Box, Page, PageText, Source, TextOrigin, Word

LETTER, HEIGHT, LEADING = 5.0, 10.0, 14.0
SOURCE = Source("paper.pdf", "0" * 64, "application/pdf")

Line = Mapping[int, str]


def paper(
    lines: Sequence[Line], *, number: int = 1, origin: TextOrigin = "layer", hidden: Sequence[Line] = ()
) -> PageText:
    """A page of these lines from the top: texts by the x in points where they begin. `hidden` are there unseen."""
    words = [*_words(lines, visible=True), *_words(hidden, visible=False)]
    return PageText(Page(SOURCE, number, 595.0, 842.0), tuple(words), origin)


def box(line: int, x: float, text: str) -> Box:
    """Where a text stands that begins at `x` on a line, counted from 0."""
    top = 40.0 + line * LEADING
    return (x, top, x + LETTER * len(text), top + HEIGHT)


def _words(lines: Sequence[Line], *, visible: bool) -> list[Word]:
    words = []
    for line, parts in enumerate(lines):
        for x, text in parts.items():
            at = 0
            for word in text.split(" "):
                if word:
                    words.append(Word(word, box(line, x + LETTER * at, word), visible))
                at += len(word) + 1
    return words
