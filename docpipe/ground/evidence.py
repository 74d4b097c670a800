"""The texts of pages become what counts as evidence there: a layout, how far it can be trusted, and what is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docpipe.ground.layout import Layout, area, overlap
from docpipe.printed.words import compact
from docpipe.types import Notice, PageText, Word

_SAMPLE_WORDS = 8
_SAME_PLACE = 0.4


@dataclass(frozen=True)
class Evidence:
    """One page's visible words. `certain` is False where a machine read them: then only agreement counts.

    `hidden` are the words of the layer that nobody can see, `reader` is what read the page where something did.
    `disputed` are the pieces of a scanner's layer that a second reader did not read so: they say nothing.
    """

    layout: Layout
    certain: bool
    hidden: Layout | None = None
    reader: str | None = None
    disputed: frozenset[int] = frozenset()

    def counts_for(self, model: str) -> bool:
        """Whether it says anything about what `model` read: nobody is a witness for himself."""
        return self.reader is None or not model.startswith(self.reader)


def evidence(text: Sequence[PageText], second: Sequence[PageText]) -> tuple[dict[int, Evidence], tuple[Notice, ...]]:
    """What counts on each page, by its number, and a notice for every page with words that nobody can see.

    A text layer counts as it is. What a scanner left counts where a second reader read the same in the same place.
    Where there is no layer, what the second reader read counts by itself.
    """
    found: dict[int, Evidence] = {}
    notices: list[Notice] = []
    readers = {page.page.number: page for page in second}
    for page in text:
        number = page.page.number
        if page.origin == "layer":
            unseen = [word for word in page.words if not word.visible and word.text.strip()]
            hidden = Layout(page, unseen) if unseen else None
            seen = [word for word in page.words if word.visible and word.text.strip()]
            if seen or hidden:
                found[number] = Evidence(Layout(page, seen), certain=bool(seen), hidden=hidden)
            if unseen:
                notices.append(_hidden(number, unseen))
        elif page.origin == "ocr" and number in readers:
            layout = Layout(page, [word for word in page.words if word.visible])
            found[number] = Evidence(layout, certain=False, disputed=_disputed(layout, page, readers[number]))
        elif page.origin == "nano":
            found[number] = Evidence(Layout(page), certain=False, reader="nano")
    for number, reader in readers.items():
        if number not in found or not found[number].layout.pieces:
            origin = "nano" if reader.origin == "nano" else None
            hidden = found[number].hidden if number in found else None
            found[number] = Evidence(Layout(reader), certain=False, hidden=hidden, reader=origin)
    return found, tuple(notices)


def _disputed(layout: Layout, page: PageText, reader: PageText) -> frozenset[int]:
    """The pieces of those words of a scanner's layer that the second reader did not read so in the same place."""
    boxes = [word.box for word in page.words if not _agrees(word, reader)]
    middles = {n: ((p.box[0] + p.box[2]) / 2, (p.box[1] + p.box[3]) / 2) for n, p in enumerate(layout.pieces)}
    return frozenset(
        n for n, (x, y) in middles.items() if any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes)
    )


def _agrees(word: Word, reader: PageText) -> bool:
    mine = compact(word.text)
    for other in reader.words:
        if overlap(word.box, other.box) >= _SAME_PLACE * min(area(word.box), area(other.box)):
            theirs = compact(other.text)
            if mine == theirs or (len(mine) > 1 and mine in theirs):
                return True
    return False


def _hidden(number: int, words: Sequence[Word]) -> Notice:
    sample = " ".join(word.text for word in words[:_SAMPLE_WORDS]) + (" ..." if len(words) > _SAMPLE_WORDS else "")
    count = "a word" if len(words) == 1 else f"{len(words)} words"
    return Notice(code="hidden_text", message=f'page {number} has {count} that nobody can see: "{sample}"')
