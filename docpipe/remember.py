"""Requests are answered from what was read before, and only the rest by the model, whose replies are kept as they come.
`Stored` is a model of what was read before alone.

A reply is found again by the document, its pages, how they were shown, the model, and the fields that were asked. What
a field is called and how it is described is part of it, so that a schema with one more field asks for that field alone.
An array is one thing here: with a field more its rows are read anew, since only one reading numbers them alike.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from docpipe.errors import ReplyInvalid, ReplyMissing
from docpipe.models import Model, Turns
from docpipe.schema import Schema
from docpipe.settings import Settings
from docpipe.store import open_store
from docpipe.store.entries import Shown, Wanted
from docpipe.subset import type_name
from docpipe.types import PageText, Reading, ReadRequest, Reply, View

if TYPE_CHECKING:
    from docpipe.store import Examples, Readings

# The name of the model that answers from the database.
STORED = "replay:"
# Words of a schema that say nothing about how a field looks, or are said of the fields inside.
_NOT_ABOUT = frozenset(
    {"properties", "items", "required", "x-rules", "x-identity", "x-kind", "x-options", "x-option-labels"}
)


@dataclass(frozen=True)
class _Plan:
    """How a request is answered: by `reply`, or by asking `ask` and adding the readings of `reused` to what comes."""

    shown: Shown
    wanted: Wanted
    reply: Reply | None = None
    ask: ReadRequest | None = None
    reused: tuple[Reading, ...] = ()


class Remembering:
    """A model with a memory. `model` is the model itself or what opens it, called when there is something to ask.

    `name` is the model's, where it is known before the model is loaded. `examples` are told to it with every first
    look at pages; with others, a document is read anew.
    """

    def __init__(
        self,
        readings: Readings,
        model: Model | Callable[[], Model],
        name: str | None = None,
        examples: Examples | None = None,
    ) -> None:
        self._readings = readings
        self._examples = examples
        self._opened: Model | None = model if isinstance(model, Model) else None
        self._open = model
        self.name = name or self._model.name

    @property
    def _model(self) -> Model:
        if self._opened is None:
            self._opened = self._open if isinstance(self._open, Model) else self._open()
        return self._opened

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """One reply for each request, in order; what was never asked goes to the model together."""
        plans = [self._plan(self._taught(request)) for request in requests]
        asked = [plan.ask for plan in plans if plan.ask is not None]
        fresh = iter(self._model.extract(asked)) if asked else iter(())
        for plan in plans:
            if plan.reply is not None:
                yield plan.reply
                continue
            reply = next(fresh, None)
            if reply is None:
                raise ReplyInvalid(f"{self.name} gave fewer replies than it was asked for")
            whole = replace(reply, readings=(*plan.reused, *reply.readings))
            self._readings.keep(plan.shown, plan.wanted, whole)
            yield whole

    @property
    def model(self) -> Model:
        """The model itself, which keeps nothing."""
        return self._model

    @property
    def plans(self) -> bool:
        """Whether the model can make plans of questions."""
        return bool(getattr(self._model, "plans", False))

    def answer(self, views: Sequence[View], question: str, earlier: Turns = ()) -> Reply:
        """The model's answer."""
        return self._model.answer(views, question, earlier)

    def transcribe(self, view: View) -> PageText | None:
        """The text the model reads."""
        return self._model.transcribe(view)

    def _taught(self, request: ReadRequest) -> ReadRequest:
        if self._examples is None or request.only is not None:
            return request
        return replace(request, examples=self._examples.of(request.schema, request.views[0].page.source.sha256))

    def _plan(self, request: ReadRequest) -> _Plan:
        shown, wanted = self._shown(request), _wanted(request)
        kept = self._readings.find(shown, wanted)
        if kept is not None:
            return _Plan(shown, wanted, reply=kept)
        if wanted.again:
            return _Plan(shown, wanted, ask=request)
        reused: list[Reading] = []
        known: set[str] = set()
        for fields, reply in self._readings.others(shown):
            for unit, paths in _units(wanted.fields).items():
                if unit not in known and all(fields.get(path) == wanted.fields[path] for path in paths):
                    known.add(unit)
                    reused += [r for r in reply.readings if _path(r.pointer) in paths]
        left = [path for unit, paths in _units(wanted.fields).items() if unit not in known for path in paths]
        if not known:
            return _Plan(shown, wanted, ask=request)
        if left:
            return _Plan(shown, wanted, ask=replace(request, only=tuple(left)), reused=tuple(reused))
        reply = Reply(tuple(reused), self.name)
        self._readings.keep(shown, wanted, reply)
        return _Plan(shown, wanted, reply=reply)

    def _shown(self, request: ReadRequest) -> Shown:
        first = request.views[0]
        clip = "" if first.clip is None else json.dumps([round(side, 2) for side in first.clip])
        return Shown(
            sha256=first.page.source.sha256,
            pages=tuple(view.page.number for view in request.views),
            dpi=float(first.dpi),
            clip=clip,
            model=self.name,
            prompt=str(getattr(self._opened, "prompt_hash", "")),
        )


def _wanted(request: ReadRequest) -> Wanted:
    defined = field_hashes(request.schema)
    if request.examples:
        defined = {path: _hash([said, request.examples]) for path, said in defined.items()}
    paths = tuple(defined) if request.only is None else tuple(dict.fromkeys(map(_path, request.only)))
    fields = {path: defined.get(path, "") for path in paths}
    # A field that stands once can be asked for alone; a cell can not, its row is known from one reading only.
    again = bool(request.problems) or any(pointer not in fields for pointer in request.only or ())
    only = None if request.only is None else tuple(sorted(request.only))
    asked = {"fields": fields, "only": only if again else None, "problems": request.problems}
    return Wanted(_hash(asked), fields, again, request.schema.hash, only)


class Stored:
    """A model that answers from the readings in a database, whatever model they are of: `--model replay:`.

    Raises RecordNotFound when there is no database, ReplyMissing for what was never read.
    """

    name = STORED

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """The last reply to each request, in order."""
        with open_store(self._settings, create=False) as store:
            for request in requests:
                source, pages = request.views[0].page.source, [view.page.number for view in request.views]
                reply = store.readings.said(source.sha256, pages, request.schema.hash, request.only)
                if reply is None:
                    fields = f"the fields {', '.join(request.only)} of " if request.only else ""
                    raise ReplyMissing(
                        f"{store.database.name} has no reply for {source.name}, page {', '.join(map(str, pages))}: "
                        f"nobody read {fields}the schema {request.schema.name} there",
                        hint=f"docpipe add {source.name} --schema {request.schema.name} --model nano",
                    )
                yield reply

    def answer(self, views: Sequence[View], question: str, earlier: Turns = ()) -> Reply:
        """Never: answers are not among the readings."""
        del earlier
        raise ReplyMissing(f"no answer to {question!r} is kept of {views[0].page.source.name}", hint="--model nano")

    def transcribe(self, view: View) -> PageText | None:
        """Nothing: the text of a page is not among the readings."""
        del view
        return None


@lru_cache(maxsize=64)
def field_hashes(schema: Schema) -> Mapping[str, str]:
    """A hash for each leaf of `schema`: of its own definition and of the words that stand over it."""
    return dict(_hashes(schema.document, "", ()))


def _hashes(node: Mapping[str, Any], path: str, above: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
    words = (*above, {word: said for word, said in node.items() if word not in _NOT_ABOUT})
    kind = type_name(node)
    if kind == "object":
        for name, inner in node["properties"].items():
            step = name.replace("~", "~0").replace("/", "~1")
            yield from _hashes(inner, f"{path}/{step}", words)
    elif kind == "array":
        yield from _hashes(node["items"], f"{path}/*", words)
    else:
        yield path, _hash(words)


def _units(fields: Iterable[str]) -> dict[str, list[str]]:
    """The fields that are read together: one that stands once alone, those of an array with each other."""
    units: dict[str, list[str]] = {}
    for path in fields:
        units.setdefault(path.split("/*")[0], []).append(path)
    return units


def _path(pointer: str) -> str:
    return "/".join("*" if step.isdigit() else step for step in pointer.split("/"))


def _hash(said: object) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
