"""A document and its outcomes become pictures for a report: its pages small, and a piece of the page for each miss."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from docpipe.errors import DocpipeError
from docpipe.evaluate.compare import Outcome
from docpipe.evaluate.places import placed
from docpipe.evaluate.truth import Truth
from docpipe.ingest import open_source
from docpipe.render import Renderer
from docpipe.types import Box, Page, PageText, View

# Told apart with red-green blindness too (Okabe and Ito, 2008): where the truth says, where it was read, what is right.
TRUE, READ, RIGHT = (0, 114, 178), (213, 94, 0), (0, 158, 115)
CROP_DPI = 110.0
PAGE_DPI = 36.0
# Around a miss, in points: enough to see the line it stands in, and its label.
MARGIN_X, MARGIN_Y = 60.0, 14.0
# Wider crops than this many pixels are scaled down: a report shows them in a column.
WIDEST = 460


@dataclass(frozen=True)
class Pictures:
    """JPEG files: the first page with boxes, and crops by the place of the outcome in its document."""

    page: bytes | None = None
    crops: Mapping[int, bytes] = field(default_factory=dict)


def pictures(truth: Truth, outcomes: Sequence[Outcome], renderer: Renderer, *, most: int) -> Pictures:
    """Pictures of a document, at most `most` crops. Nothing for a document that cannot be drawn."""
    with suppress(DocpipeError):
        limits = renderer.settings
        source = open_source(truth.document, max_file_mb=limits.max_file_mb, convert_timeout_s=limits.convert_timeout_s)
        pages = {page.number: page for page in renderer.pages(source)}
        text = _text(renderer, pages.values()) if any(missed(o) and o.true_box is None for o in outcomes) else []
        outcomes = [placed(outcome, truth, text) if missed(outcome) else outcome for outcome in outcomes]
        first = _small(renderer, next(iter(pages.values())), outcomes)
        return Pictures(first, dict(_crops(renderer, pages, outcomes, most)))
    return Pictures()


def missed(outcome: Outcome) -> bool:
    """Whether this is something for a list of misses."""
    return outcome.verdict not in ("right", "empty")


def _text(renderer: Renderer, pages: Iterable[Page]) -> list[PageText]:
    """The text of the pages that have some, as far as it can be read."""
    found: list[PageText] = []
    for page in pages:
        with suppress(DocpipeError):
            text = renderer.text(page)
            found += [text] if text is not None else []
    return found


def _crops(
    renderer: Renderer, pages: Mapping[int, Page], outcomes: Sequence[Outcome], most: int
) -> Iterator[tuple[int, bytes]]:
    wanted = [(number, outcome) for number, outcome in enumerate(outcomes) if missed(outcome) and _page(outcome)]
    # What was read wrongly is worth looking at more than what was not read.
    wanted = sorted(wanted, key=lambda miss: miss[1].verdict == "missed")[:most]
    for page in sorted({_page(outcome) or 0 for _, outcome in wanted} & pages.keys()):
        view = renderer.view(pages[page], dpi=CROP_DPI)
        for number, outcome in wanted:
            if _page(outcome) == page:
                yield number, _crop(view, outcome)


def _page(outcome: Outcome) -> int | None:
    """The page that shows a miss: where the truth is, else where the reading is."""
    if outcome.true_box is not None:
        return outcome.true_page
    return outcome.page if outcome.box is not None else None


def _crop(view: View, outcome: Outcome) -> bytes:
    boxes = _boxes(outcome, view.page.number)
    around = [box for box, _ in boxes]
    if len(around) == 2 and abs(around[0][1] - around[1][1]) > view.page.height_pt / 4:
        around = around[:1]  # far apart: the piece shows the truth
    shown = (
        max(0.0, min(box[0] for box in around) - MARGIN_X),
        max(0.0, min(box[1] for box in around) - MARGIN_Y),
        min(view.page.width_pt, max(box[2] for box in around) + MARGIN_X),
        min(view.page.height_pt, max(box[3] for box in around) + MARGIN_Y),
    )
    picture = Image.fromarray(view.image)
    _outline(picture, view, boxes)
    piece = picture.crop(tuple(round(number) for number in _pixels(view, shown)))  # type: ignore[arg-type]  # four numbers
    if piece.width > WIDEST:
        piece = piece.resize((WIDEST, max(1, round(piece.height * WIDEST / piece.width))), Image.Resampling.LANCZOS)
    return _jpeg(piece)


def _small(renderer: Renderer, page: Page, outcomes: Sequence[Outcome]) -> bytes:
    """The first page with what is right, what should have been read and what was read instead."""
    view = renderer.view(page, dpi=PAGE_DPI)
    picture = Image.fromarray(view.image)
    boxes: list[tuple[Box, tuple[int, int, int]]] = []
    for outcome in outcomes:
        if outcome.verdict == "right":
            box = outcome.box if outcome.page == page.number else None
            boxes += [(box, RIGHT)] if box is not None else []
        elif missed(outcome):
            boxes += _boxes(outcome, page.number)
    _outline(picture, view, boxes)
    return _jpeg(picture)


def _boxes(outcome: Outcome, page: int) -> list[tuple[Box, tuple[int, int, int]]]:
    found: list[tuple[Box, tuple[int, int, int]]] = []
    if outcome.true_box is not None and outcome.true_page == page:
        found.append((outcome.true_box, TRUE))
    if outcome.box is not None and outcome.page == page:
        found.append((outcome.box, READ))
    return found


def _outline(picture: Image.Image, view: View, boxes: Sequence[tuple[Box, tuple[int, int, int]]]) -> None:
    ink = ImageDraw.Draw(picture)
    for box, colour in boxes:
        x0, y0, x1, y1 = _pixels(view, box)
        ink.rectangle((min(x0, x1) - 1, min(y0, y1) - 1, max(x0, x1) + 1, max(y0, y1) + 1), outline=colour, width=1)


def _pixels(view: View, box: Box) -> Box:
    x, y, sx, sy = view.to_page
    return ((box[0] - x) / sx, (box[1] - y) / sy, (box[2] - x) / sx, (box[3] - y) / sy)


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=72, optimize=True)
    return file.getvalue()
