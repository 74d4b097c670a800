"""Text with named gaps becomes wrapped lines on a page and, for each gap, the runs of characters that fill it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docpipe.nano.generate.canvas import Span
from docpipe.nano.generate.document import Document

_GAP = re.compile(r"\{(\w+)\}")
_PLAIN = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "’": "'", "•": "-", "§": "Art.", "…": "..."}


def printable(doc: Document, text: str) -> str:
    """The text with typographic characters that the font lacks written plainly."""
    return "".join(_PLAIN.get(c, c) if ord(c) > 0x7F and not doc.regular.has_glyph(ord(c)) else c for c in text)


def fill(text: str, gaps: Mapping[str, str]) -> tuple[str, list[str]]:
    """The text with its gaps filled, and for every character the name of its gap ("" outside)."""
    filled, owners, last = "", [""] * 0, 0
    for match in _GAP.finditer(text):
        before, value = text[last : match.start()], gaps[match[1]]
        filled += before + value
        owners += [""] * len(before) + [match[1]] * len(value)
        last = match.end()
    filled += text[last:]
    return filled, owners + [""] * (len(text) - last)


def flow(
    doc: Document,
    x: float,
    y: float,
    width: float,
    text: str,
    gaps: Mapping[str, str] | None = None,
    *,
    size: float | None = None,
    bottom: float = 1e9,
    justify: bool = False,
    strong: bool = False,
    indent: float = 0.0,
) -> tuple[float, dict[str, list[Span]]]:
    """Write text from baseline `y` on, gaps written {name}; return the next baseline and the runs of each gap.

    Lines past `bottom` are left out, and gaps that they held have no runs then. `strong` prints what fills the
    gaps in bold, `indent` moves the first line in.
    """
    size = size or doc.size
    filled, owners = fill(printable(doc, text), {k: printable(doc, v) for k, v in (gaps or {}).items()})
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", filled)]
    space = doc.measure(" ", size=size)

    def heavy(at: int) -> bool:
        return strong and bool(owners[at])

    lengths = [doc.measure(filled[a:b], bold=heavy(a), size=size) for a, b in words]
    found: dict[str, list[Span]] = {}
    first = 0
    while first < len(words):
        room = width - (indent if first == 0 else 0)
        last, used = first + 1, lengths[first]
        while last < len(words) and used + space + lengths[last] <= room:
            used += space + lengths[last]
            last += 1
        if y > bottom:
            cut = {owners[i] for a, b in words[first:] for i in range(a, b)}
            return y, {k: v for k, v in found.items() if k not in cut}
        gap = space
        if justify and last < len(words) and last - first > 1:
            gap = min(space + (room - used) / (last - first - 1), space * 4)
        left = x + (indent if first == 0 else 0)
        if justify or strong:
            for number in range(first, last):
                left = _word(doc, left, y, words[number], filled, owners, size, strong, found)
                if number < last - 1:
                    between = words[number][1]
                    _extend(found, owners[between], doc.write(left, y, filled[between], size=size))
                    left += gap
        else:
            begin, end = words[first][0], words[last - 1][1]
            run = doc.write(left, y, filled[begin:end], size=size)
            for at in range(begin, end):
                _extend(found, owners[at], (run[0] + at - begin, run[0] + at - begin + 1))
        for key in found:  # a gap that goes on in the next line starts a run there
            found[key].append((-1, -1))
        y += size * doc.leading
        first = last
    return y, {k: [s for s in v if s[0] >= 0] for k, v in found.items()}


def _word(
    doc: Document,
    x: float,
    y: float,
    word: Span,
    filled: str,
    owners: list[str],
    size: float,
    strong: bool,
    found: dict[str, list[Span]],
) -> float:
    """Write one word, in pieces where a gap starts or ends inside it; return where it ends."""
    start = word[0]
    while start < word[1]:
        end = start + 1
        while end < word[1] and owners[end] == owners[start]:
            end += 1
        bold = strong and bool(owners[start])
        _extend(found, owners[start], doc.write(x, y, filled[start:end], size=size, bold=bold))
        x += doc.measure(filled[start:end], size=size, bold=bold)
        start = end
    return x


def _extend(found: dict[str, list[Span]], key: str, run: Span) -> None:
    if not key:
        return
    runs = found.setdefault(key, [])
    if runs and runs[-1][1] == run[0]:
        runs[-1] = (runs[-1][0], run[1])
    else:
        runs.append(run)
