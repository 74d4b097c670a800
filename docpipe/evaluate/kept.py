"""A model and a file become a model that asks nothing twice: replies are kept as they come, with what they cost.

The file is one that `--model replay:FILE` reads too. It is written reply by reply, so that a run that was killed goes
on with the window of pages after the last one that was read.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from docpipe.errors import ReplyInvalid, UsageError
from docpipe.evaluate.score import Spent
from docpipe.models import Model, Turns, known_name, weights_of
from docpipe.models.replay import Asked, entry_of, reply_of
from docpipe.types import PageText, ReadRequest, Reply, View


@dataclass(frozen=True)
class _Request:
    """What makes two requests the same one here: as in a replay, and how sharp and which part of a page is shown."""

    model: str
    asked: Asked
    shown: tuple[tuple[float, tuple[float, ...] | None], ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class _Kept:
    reply: Reply
    seconds: float
    processor_s: float


class Keeping:
    """A model whose replies are kept in the file `path`, and taken from it when it has them; None keeps nothing.

    `open_model` is called when there is something to ask; `name` is what the model was asked for by. `loading` is what
    that call cost. Weights that ship with docpipe are told apart by their hash. Raises UsageError for a file that
    cannot be used.
    """

    def __init__(self, open_model: Callable[[], Model], name: str, path: Path | None) -> None:
        self.name = name
        self._signed = " ".join(part for part in (name, weights_of(known_name(name) or name)) if part)
        self.loading = Spent(0.0, 0.0)
        self.asked = 0
        self._open = open_model
        self._opened: Model | None = None
        self._path = path
        self._known = {} if path is None else dict(_lines(path))
        self._added = [Spent(0.0, 0.0)]

    @property
    def begun(self) -> bool:
        """Whether the file holds something that this model said."""
        return any(request.model == self._signed for request in self._known)

    def load(self) -> Model:
        """The model itself, opened once."""
        if self._opened is None:
            started, worked = time.perf_counter(), time.process_time()
            self._opened = self._open()
            self.loading = Spent(time.perf_counter() - started, time.process_time() - worked)
            self._added.append(Spent(-self.loading.seconds, -self.loading.processor_s))
        return self._opened

    def settle(self) -> tuple[Spent, int]:
        """What is to be added to the time that passed since the last call, and how often the model was asked.

        The tokens of all replies, what kept ones cost when they were read, and loading, which costs no document.
        """
        added, asked = self._added, self.asked
        self._added, self.asked = [Spent(0.0, 0.0)], 0
        return sum(added[1:], start=added[0]), asked

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """One reply for each request, in order; what the file does not have goes to the model together."""
        wanted = [(request, _request(self._signed, request)) for request in requests]
        missing = [request for request, key in wanted if key not in self._known]
        fresh = iter(self.load().extract(missing)) if missing else iter(())
        for request, key in wanted:
            kept = self._known.get(key)
            if kept is not None:
                self._count(kept.reply, kept.seconds, kept.processor_s)
                yield kept.reply
                continue
            started, worked = time.perf_counter(), time.process_time()
            reply = next(fresh, None)
            if reply is None:
                raise ReplyInvalid(f"{self.name} gave fewer replies than it was asked for")
            self.asked += 1
            self._count(reply, 0.0, 0.0)
            self._keep(request, key, _Kept(reply, time.perf_counter() - started, time.process_time() - worked))
            yield reply

    def answer(self, views: Sequence[View], question: str, earlier: Turns = ()) -> Reply:
        """The model's answer."""
        return self.load().answer(views, question, earlier)

    def transcribe(self, view: View) -> PageText | None:
        """The text the model reads."""
        return self.load().transcribe(view)

    def _count(self, reply: Reply, seconds: float, processor_s: float) -> None:
        self._added.append(Spent(seconds, processor_s, reply.input_tokens, reply.output_tokens))

    def _keep(self, request: ReadRequest, key: _Request, kept: _Kept) -> None:
        if self._path is None or kept.reply.finish_reason == "timeout":
            return  # what took too long on a busy machine may not the next time
        spent = {"seconds": kept.seconds, "processor_s": kept.processor_s}
        line = entry_of(key.asked, request.views, reply=asdict(kept.reply), schema=request.schema.name)
        line |= {"with": self._signed, "shown": key.shown, "problems": key.problems, "spent": spent}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise UsageError(f"{self._path} cannot be written: {error.strerror}", hint="--record FILE") from error


def _request(name: str, request: ReadRequest) -> _Request:
    shown = tuple((view.dpi, None if view.clip is None else tuple(view.clip)) for view in request.views)
    return _Request(name, Asked.extract(request), shown, request.problems)


def _lines(path: Path) -> Iterator[tuple[_Request, _Kept]]:
    """What a file holds. Lines that `docpipe extract --record` wrote say nothing of their cost, and do not count."""
    if not path.exists():
        return
    try:
        content = path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):  # a run was killed while it wrote
            with path.open("r+b") as file:
                file.truncate(len(whole))
        lines = whole.decode("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be used: {error}", hint="--record FILE") from error
    for number, line in enumerate(lines, start=1):
        try:
            entry: dict[str, Any] = json.loads(line)
            if "spent" in entry:
                shown = tuple((dpi, None if clip is None else tuple(clip)) for dpi, clip in entry["shown"])
                request = _Request(entry["with"], Asked.of(entry), shown, tuple(entry["problems"]))
                yield request, _Kept(reply_of(entry["reply"]), **entry["spent"])
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"{path}:{number} is no kept reply: {error}", hint="delete the line, or give another file"
            ) from error
