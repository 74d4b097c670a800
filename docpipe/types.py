"""What passes between the steps: frozen, typed, and free of any library but numpy and pydantic.

Boxes are (x0, y0, x1, y1) in points, origin top left, of the page as a person sees it (rotation applied).
Pages are numbered from 1. Confidences lie in 0..1. JSON pointers (RFC 6901) name places in `Record.data`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_serializer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from docpipe.schema import Schema

Box = tuple[float, float, float, float]
Scalar = str | int | float | Decimal | bool | None
RecordStatus = Literal["ok", "needs_review", "partial", "failed"]
ValueStatus = Literal["verified", "corrected", "conflict", "unverified", "absent", "reviewed"]
TextOrigin = Literal["layer", "ocr", "nano"]


@dataclass(frozen=True)
class Source:
    """One document as it came in: its bytes or the file they lie in, and what they were found to be."""

    name: str
    sha256: str
    media_type: str
    path: Path | None = None
    data: bytes | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Attachment:
    """A file inside a document."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Page:
    """A handle on one page, without pixels. Sizes in points, as a person sees the page.

    `turn` is by how many degrees clockwise, in quarters, the page is turned against what its file says.
    """

    source: Source
    number: int
    width_pt: float
    height_pt: float
    turn: int = 0

    def turned(self, by: int) -> Page:
        """The page turned by so many degrees clockwise, in quarters, from where it lies."""
        width, height = (self.height_pt, self.width_pt) if by % 180 else (self.width_pt, self.height_pt)
        return Page(self.source, self.number, width, height, (self.turn + by) % 360)

    def turned_box(self, box: Box, by: int) -> Box:
        """Where a box of this page lies after the page was turned by so many degrees clockwise."""
        x0, y0, x1, y1 = box
        width, height = self.width_pt, self.height_pt
        return {
            0: box,
            90: (height - y1, x0, height - y0, x1),
            180: (width - x1, height - y1, width - x0, height - y0),
            270: (y0, width - x1, y1, width - x0),
        }[by % 360]


@dataclass(frozen=True)
class View:
    """Pixels of a page or of a part of it.

    `image` is uint8, (height, width, 3), RGB. `clip` is the part of the page in points, None for all of it.
    `to_page` maps view pixels to page points: x_pt = to_page[0] + to_page[2] * x_px, and
    y_pt = to_page[1] + to_page[3] * y_px (a view is never rotated against its page).
    """

    page: Page
    dpi: float
    clip: Box | None
    image: NDArray[np.uint8] = field(repr=False)
    to_page: tuple[float, float, float, float]

    def box_to_page(self, box_px: Box) -> Box:
        """A box in pixels of this view, as a box in points of the page."""
        x, y, sx, sy = self.to_page
        return (x + sx * box_px[0], y + sy * box_px[1], x + sx * box_px[2], y + sy * box_px[3])


@dataclass(frozen=True)
class Word:
    """One word of a page's text. `visible` is False where a person could not see it."""

    text: str
    box: Box
    visible: bool = True


@dataclass(frozen=True)
class PageText:
    """The words of a page in reading order, and where they come from."""

    page: Page
    words: tuple[Word, ...]
    origin: TextOrigin


@dataclass(frozen=True)
class ReadRequest:
    """What a model is asked: these views, this schema, all of it or only some fields.

    A repair or a re-ask is the same thing with `only` (pointers) and `problems` (what was wrong, in words). `examples`
    are right replies for other documents, as JSON, for models that learn from such.
    """

    views: tuple[View, ...]
    schema: Schema
    only: tuple[str, ...] | None = None
    problems: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a model says it saw: the text as printed. `printed` is None where the model says it is absent."""

    pointer: str
    printed: str | None
    page: int | None = None
    box: Box | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class Reply:
    """What came back from a model for one request.

    `finish_reason` is `stop` when everything that was asked for is there; else it says why some of it is not.
    """

    readings: tuple[Reading, ...]
    model: str
    raw: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    finish_reason: Literal["stop", "length", "repetition", "timeout", "invalid"] = "stop"
    read_s: float = 0.0


class Value(BaseModel):
    """What stands after evidence: a typed value with its text, its place, its status and its confidence."""

    model_config = ConfigDict(frozen=True)

    pointer: str
    text: str | None
    value: Scalar = None
    page: int | None = None
    box: Box | None = None
    confidence: float | None = None
    status: ValueStatus = "unverified"
    model: str = ""

    @field_serializer("value", when_used="json")
    def _numbers(self, value: Scalar) -> Any:
        return json_numbers(value)


class Notice(BaseModel):
    """Something a person should know about a record. `code` is stable, `message` is for people."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: str
    pointer: str | None = None


class ErrorInfo(BaseModel):
    """The error that ended a document or a page, as it stands in a record."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: str
    hint: str | None = None
    page: int | None = None


class Timing(BaseModel):
    """Seconds spent on a document: rendering, in the model, and altogether."""

    model_config = ConfigDict(frozen=True)

    render_s: float = 0.0
    read_s: float = 0.0
    total_s: float = 0.0


class Record(BaseModel):
    """One document read with one schema: the output of docpipe."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True)

    source: str
    sha256: str
    schema_name: str = Field(alias="schema")
    schema_hash: str
    status: RecordStatus
    pages: int
    page_sizes: list[tuple[float, float]]
    turned: dict[int, int] = {}  # degrees clockwise by which pages, by their numbers, were set upright
    data: dict[str, Any]
    values: list[Value]
    warnings: list[Notice] = []
    error: ErrorInfo | None = None
    calibration: str = "uncalibrated"
    timing: Timing = Timing()

    @field_serializer("data", when_used="json")
    def _numbers(self, data: dict[str, Any]) -> Any:
        return json_numbers(data)


class Hit(BaseModel):
    """A page that a search found. `snippet` is a line of it, `marks` the spans of characters in it that matched.

    Where what matched is a value, `pointer`, `text` (as printed), `box` and `schema` are its own. `coverage` is the
    share of what was looked for that stands on the page, rare words counting for more (0..1). Scores (0..1) compare
    within one search only.
    """

    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True)

    document: int
    name: str
    page: int
    score: float
    coverage: float = 0.0
    snippet: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    schema_name: str | None = Field(None, alias="schema")
    pointer: str | None = None
    text: str | None = None
    box: Box | None = None


class Citation(BaseModel):
    """Where a part of an answer stands: the document's number and name, the page, the box and the value's pointer.

    `text` is what is printed there, `value` what it means; None for a row that has no value of its own to show.
    """

    model_config = ConfigDict(frozen=True)

    document: int
    name: str
    page: int | None = None
    box: Box | None = None
    pointer: str = ""
    text: str | None = None
    value: Scalar = None
    confidence: float | None = None
    status: ValueStatus | None = None

    @field_serializer("value", when_used="json")
    def _numbers(self, value: Scalar) -> Any:
        return json_numbers(value)


class Answer(BaseModel):
    """What came of a question. An answer that was `found` has a citation for every row that made it.

    `value` is the answer where it is one value, `rows` are what it consists of, under `columns`. `understood` says how
    the question was taken, `alternatives` what else it could mean. `how`: `plan` for what was asked of the tables,
    `page` for what a model read on a page, `none` for what is not in the documents. `sql` are the statements that ran.
    """

    model_config = ConfigDict(frozen=True)

    question: str
    found: bool
    text: str
    how: Literal["plan", "page", "none"]
    value: Scalar = None
    columns: list[str] = []
    rows: list[list[Scalar]] = []
    understood: str = ""
    alternatives: list[str] = []
    citations: list[Citation] = []
    sql: list[str] = []
    model: str = ""

    @field_serializer("value", "rows", when_used="json")
    def _numbers(self, value: Any) -> Any:
        return json_numbers(value)


def json_numbers(node: Any) -> Any:
    """`node` with every Decimal in it as a JSON number: 12.50 as 12.5, 3 as 3. JSON has no other kind of number."""
    if isinstance(node, Decimal):
        return int(node) if node == node.to_integral_value() else float(node)
    if isinstance(node, Mapping):
        return {key: json_numbers(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [json_numbers(value) for value in node]
    return node
