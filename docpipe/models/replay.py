"""Recorded replies answer requests; `Recording` writes the file that `Replay` reads.

A file has one JSON object a line: what was asked (`task`, the document's `sha256`, its `pages`, the `schema_hash`, the
`fields`, or the `question` with the turns `earlier`) and what came back (`reply` or `text`). Where a request stands
twice, the later line holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docpipe.errors import ModelNotLoaded, ReplyMissing, UnknownModel
from docpipe.models.base import Model, Turns
from docpipe.types import PageText, Reading, ReadRequest, Reply, View, Word

if TYPE_CHECKING:
    from docpipe.settings import Settings


@dataclass(frozen=True)
class Asked:
    """What makes two requests the same one. Pixels are left out: another dpi finds the same reply."""

    task: str
    sha256: str
    pages: tuple[int, ...]
    schema_hash: str | None = None
    fields: tuple[str, ...] | None = None
    question: str | None = None
    earlier: tuple[tuple[str, str | None], ...] | None = None

    @classmethod
    def extract(cls, request: ReadRequest) -> Asked:
        """The key of a request for fields."""
        sha256, pages = _document(request.views)
        fields = None if request.only is None else tuple(sorted(request.only))
        return cls("extract", sha256, pages, schema_hash=request.schema.hash, fields=fields)

    @classmethod
    def answer(cls, views: Sequence[View], question: str, earlier: Turns = ()) -> Asked:
        """The key of a question and what was asked before it."""
        sha256, pages = _document(views)
        return cls("answer", sha256, pages, question=question, earlier=tuple(earlier) or None)

    @classmethod
    def transcribe(cls, view: View) -> Asked:
        """The key of a page's text."""
        return cls("transcribe", *_document([view]))

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Asked:
        """The key in a line of a file. Raises KeyError and TypeError for a line that has none."""
        return cls(
            entry["task"],
            entry["sha256"],
            tuple(entry["pages"]),
            schema_hash=entry.get("schema_hash"),
            fields=_tuple(entry.get("fields")),
            question=entry.get("question"),
            earlier=_turns(entry.get("earlier")),
        )


# The name of the schema of plans.
PLAN = "query_plan"


class Replay:
    """A model that answers from a file of recorded replies: for tests, for demos, and without loading weights.

    `name` is `replay:FILE`. Raises UnknownModel when the file is not there, ModelNotLoaded naming the line that is
    damaged; a request that was never recorded raises ReplyMissing.
    """

    def __init__(self, name: str, settings: Settings | None = None) -> None:
        del settings  # nothing is loaded, so there is nothing to set
        self.name = name
        self._path = Path(name.partition(":")[2])
        self.plans = False  # whether plans of questions were recorded
        self._replies: dict[Asked, Reply] = {}
        self._texts: dict[Asked, tuple[tuple[Word, ...], Any] | None] = {}
        for number, line in enumerate(self._lines(), start=1):
            if line.strip():
                self._keep(line, number)

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """The recorded reply of each request, in order."""
        for request in requests:
            asked = Asked.extract(request)
            if asked not in self._replies:
                raise self._missing(asked, request.views[0].page.source.name)
            yield self._replies[asked]

    def answer(self, views: Sequence[View], question: str, earlier: Turns = ()) -> Reply:
        """The recorded answer to `question` on these pages."""
        asked = Asked.answer(views, question, earlier)
        if asked not in self._replies:
            raise self._missing(asked, views[0].page.source.name)
        return self._replies[asked]

    def transcribe(self, view: View) -> PageText | None:
        """The recorded text of the page, None where none was recorded."""
        kept = self._texts.get(Asked.transcribe(view))
        return None if kept is None else PageText(view.page, *kept)

    def _lines(self) -> list[str]:
        try:
            return self._path.read_text(encoding="utf-8").splitlines()
        except (FileNotFoundError, IsADirectoryError) as error:
            raise UnknownModel(
                f'model "{self.name}": there is no file {self._path}',
                hint=f"docpipe extract FILE --model nano --record {self._path} writes one",
            ) from error
        except (OSError, UnicodeDecodeError) as error:
            raise ModelNotLoaded(f"{self._path} cannot be read: {error}") from error

    def _keep(self, line: str, number: int) -> None:
        try:
            entry = json.loads(line)
            asked = Asked.of(entry)
            if asked.task == "transcribe":
                text = entry["text"]
                words = tuple(Word(w["text"], _box(w["box"]), w["visible"]) for w in text["words"]) if text else ()
                self._texts[asked] = (words, text["origin"]) if text else None
            else:
                self._replies[asked] = reply_of(entry["reply"])
                self.plans = self.plans or entry.get("schema") == PLAN
        except (KeyError, TypeError, ValueError) as error:
            raise ModelNotLoaded(
                f"{self._path} line {number} is not a recorded reply: {type(error).__name__}: {error}",
                hint=f"docpipe extract FILE --record {self._path} writes a new one",
            ) from error

    def _missing(self, asked: Asked, document: str) -> ReplyMissing:
        same = [a for a in self._replies if (a.task, a.sha256) == (asked.task, asked.sha256)]
        pages = ", ".join(map(str, asked.pages))
        if not same:
            why = "nothing was recorded of this document"
        elif all(a.schema_hash != asked.schema_hash for a in same):
            why = "it was recorded with another schema"
        elif all(a.pages != asked.pages for a in same):
            why = f"recorded were pages {'; '.join(sorted(', '.join(map(str, a.pages)) for a in same))}"
        else:
            why = f"not recorded for {asked.question or ', '.join(asked.fields or ()) or 'all fields'}"
        return ReplyMissing(
            f"{self._path} has no reply for {document}, page {pages}: {why}",
            hint=f"docpipe extract {document} --model nano --record {self._path}",
        )


class Recording:
    """Another model, whose every reply is appended to a file as it comes."""

    def __init__(self, model: Model, path: Path) -> None:
        self.name = model.name
        self._model = model
        self._path = path

    @property
    def plans(self) -> bool:
        """Whether the model can make plans of questions."""
        return bool(getattr(self._model, "plans", False))

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """The replies of the model, each written before it is handed on."""
        asked = list(requests)
        for request, reply in zip(asked, self._model.extract(asked), strict=True):
            self._write(Asked.extract(request), request.views, reply=asdict(reply), schema=request.schema.name)
            yield reply

    def answer(self, views: Sequence[View], question: str, earlier: Turns = ()) -> Reply:
        """The answer of the model, written before it is handed on."""
        reply = self._model.answer(views, question, earlier)
        self._write(Asked.answer(views, question, earlier), views, reply=asdict(reply))
        return reply

    def transcribe(self, view: View) -> PageText | None:
        """The text the model read, written before it is handed on."""
        text = self._model.transcribe(view)
        kept = None if text is None else {"origin": text.origin, "words": [asdict(w) for w in text.words]}
        self._write(Asked.transcribe(view), [view], text=kept)
        return text

    def _write(self, asked: Asked, views: Sequence[View], **came_back: object) -> None:
        entry = entry_of(asked, views, **came_back)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _document(views: Sequence[View]) -> tuple[str, tuple[int, ...]]:
    return views[0].page.source.sha256, tuple(sorted({view.page.number for view in views}))


def entry_of(asked: Asked, views: Sequence[View], **came_back: object) -> dict[str, object]:
    """A line of a file: what was asked about `views` and what came back."""
    entry = {key: value for key, value in asdict(asked).items() if value is not None}
    return {**entry, "source": views[0].page.source.name, **came_back}


def reply_of(kept: Mapping[str, Any]) -> Reply:
    """The reply in a line of a file. Raises KeyError, TypeError and ValueError for one that is damaged."""
    readings = tuple(Reading(**{**reading, "box": _box(reading.get("box"))}) for reading in kept["readings"])
    return Reply(**{**kept, "readings": readings, "read_s": 0.0})  # the time it took once is not the time it takes


def _box(kept: list[float] | None) -> Any:
    return None if kept is None else tuple(kept)


def _tuple(kept: list[str] | None) -> tuple[str, ...] | None:
    return None if kept is None else tuple(kept)


def _turns(kept: list[tuple[str, str | None]] | None) -> tuple[tuple[str, str | None], ...] | None:
    return None if kept is None else tuple((question, answer) for question, answer in kept)
