"""A folder of documents with their expected values becomes Truths: what each document says, as far as it is known.

Forms of truth beside a document `a.pdf`:
    a.expected.json or a.json   the expected data; keys that are not given do not count, null means "not on the page"
    a.json with "schema", "data" and perhaps "texts", "boxes", "kind", "look", "language": as in samples/
    a.csv, a.xml, a.txt         other people's forms, and the invoice that a PDF carries inside it: see foreign.py
    list.jsonl                  not a folder, a line: {"document": "a.pdf", "expected": {...}, "schema": "invoice"}
    list.csv                    not a folder, a row: the document, then its fields
They may lie in another folder than the documents, under the same names. An empty string is a value that
nobody wrote down: it does not count.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from docpipe.errors import DocpipeError, UsageError
from docpipe.evaluate import electronic, foreign
from docpipe.evaluate.typed import typed
from docpipe.ingest import expand, open_source
from docpipe.printed.conventions import Conventions, conventions
from docpipe.render import Renderer
from docpipe.schema import Schema, load_schema
from docpipe.settings import Settings, load_settings
from docpipe.types import Box

GROUPS = ("kind", "look", "language")
SEED = 0
FORMS = "FOLDER/a.pdf with FOLDER/a.expected.json; see docpipe eval --help"


@dataclass(frozen=True)
class Truth:
    """What is known of one document. `data` has the shape of a record's data and holds only what counts.

    `ref` is what the schema was loaded from.
    `texts` are values as printed and `boxes` their (page, box in points), by JSON pointer, where the truth has them.
    `groups` says what kind of document it is, for results by group; `skipped` what does not count, and why.
    `inside` says that the truth lies in the document itself, which is then read without it.
    """

    name: str
    document: Path
    ref: str | Path | Mapping[str, Any]
    schema: Schema
    data: Mapping[str, Any]
    texts: Mapping[str, str] = field(default_factory=dict)
    boxes: Mapping[str, tuple[int, Box]] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    inside: bool = False


@dataclass(frozen=True)
class Mapped:
    """One `--map KEY=POINTER`: where a value of somebody else's truth belongs in the schema.

    Both sides are pointers with * for every array: `lines/*/qty=/line_items/*/quantity`. The key needs no first slash.
    """

    key: str
    pointer: str

    @classmethod
    def parse(cls, text: str) -> Mapped:
        """`KEY=POINTER`; raises UsageError when it is not of this form."""
        key, sign, pointer = text.partition("=")
        key = f"/{key.lstrip('/')}"
        if not sign or not pointer.startswith("/") or key.count("*") != pointer.count("*"):
            raise UsageError(
                f'--map "{text}": expected KEY=POINTER with as many * on both sides',
                hint="--map total=/total, --map 'lines/*/qty=/line_items/*/quantity'",
            )
        return cls(key, pointer)


def load_truths(
    place: Path,
    *,
    schema: str | None = None,
    maps: Sequence[Mapped] = (),
    only: str | None = None,
    beside: Path | None = None,
    settings: Settings | None = None,
) -> tuple[Truth, ...]:
    """Every document in `place` that has a truth, sorted by path; `only` is a pattern for the document's file name.

    `beside` is the folder with the truths where they do not lie with the documents. PDFs that may carry theirs are
    opened within the limits of `settings`.
    Raises UsageError when there is none, or when a truth cannot be read or needs `schema`.
    """
    chosen, seen = [], False
    with Renderer(settings or load_settings()) as renderer:
        for found in _listed(place) if place.is_file() else _paired(place, beside, renderer):
            seen = True
            if only is None or fnmatch(found.document.name, only):
                chosen.append(found)
    if not chosen:
        what = f'no document with a truth has a name like "{only}"' if seen else "no document has a truth beside it"
        raise UsageError(f"{place}: {what}", hint=FORMS)
    prints = conventions(text for found in chosen for text in _strings(found.told))
    base = place if place.is_dir() else place.parent
    return tuple(_truth(found, base, schema, maps, prints) for found in chosen)


@dataclass(frozen=True)
class _Found:
    """A document and what is told of it, as it was written down."""

    document: Path
    told: Any
    inside: bool = False


def drawn(truths: Sequence[Truth], most: int) -> tuple[Truth, ...]:
    """At most `most` of them, drawn by chance, in their order; the same ones every time, and among more when more."""
    places = list(range(len(truths)))
    random.Random(SEED).shuffle(places)
    return tuple(truths[place] for place in sorted(places[:most]))


def _listed(manifest: Path) -> Iterator[_Found]:
    if manifest.suffix.lower() == ".csv":
        yield from (_Found(document, told) for document, told in foreign.listed(manifest))
        return
    for number, line in enumerate(manifest.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            told = _parse(line, f"{manifest}:{number}")
            if not isinstance(told, dict) or not {"document", "expected"} <= told.keys():
                raise UsageError(f'{manifest}:{number}: expected {{"document": PATH, "expected": {{...}}}}')
            rest = {key: value for key, value in told.items() if key not in ("document", "expected")}
            yield _Found(manifest.parent / told["document"], {**rest, "data": told["expected"]})


def _paired(folder: Path, beside: Path | None, renderer: Renderer) -> Iterator[_Found]:
    for place in (folder, beside or folder):
        if not place.is_dir():
            raise UsageError(f"{place}: there is no such folder", hint=FORMS)
    for ref in expand([folder]):
        document = Path(ref)
        where = document.parent if beside is None else beside / document.parent.relative_to(folder)
        told = _told(document, where)
        if told is not None:
            yield _Found(document, told)
        elif document.suffix.lower() == ".pdf" and (told := _inside(document, renderer)) is not None:
            yield _Found(document, told, inside=True)


def _told(document: Path, where: Path) -> Any:
    for name in (f"{document.stem}.expected.json", f"{document.name}.expected.json", f"{document.stem}.json"):
        truth = where / name
        if truth.is_file() and truth != document:
            return _parse(truth.read_text("utf-8-sig"), str(truth))
    return foreign.beside(document, where)


def _inside(document: Path, renderer: Renderer) -> dict[str, Any] | None:
    try:
        source = open_source(document, max_file_mb=renderer.settings.max_file_mb)
    except DocpipeError:
        return None  # it has no truth, so nobody asked for it
    return electronic.inside(source, renderer)


def _parse(text: str, place: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise UsageError(f"{place} is not JSON: {error}") from error


def _truth(found: _Found, base: Path, schema: str | None, maps: Sequence[Mapped], prints: Conventions) -> Truth:
    document, told = found.document, found.told
    if isinstance(told, list) and len(told) == 1:
        told = told[0]
    if not isinstance(told, dict):
        raise UsageError(f"the truth of {document} is not a JSON object")
    whole = "data" in told and isinstance(told["data"], dict) and not maps
    data: Mapping[str, Any] = told["data"] if whole else told
    named = schema or (told.get("schema") if whole else None)
    if named is None:
        raise UsageError(f"the truth of {document} names no schema", hint="--schema NAME")
    ref = _schema_ref(str(named), document)
    chosen = load_schema(ref)
    kept, skipped = typed(mapped(data, maps) if maps else data, chosen, prints)
    if not kept:
        reasons = "; ".join(skipped[:3]) or "it is empty"
        raise UsageError(
            f"nothing in the truth of {document} belongs to the schema {chosen.name}: {reasons}",
            hint="--map KEY=POINTER says where a key belongs",
        )
    return Truth(
        name=document.relative_to(base).as_posix() if document.is_relative_to(base) else str(document),
        document=document,
        ref=ref,
        schema=chosen,
        data=kept,
        texts=told.get("texts", {}) if whole else {},
        boxes={key: (int(box[0]), _box(box[1:])) for key, box in told.get("boxes", {}).items()} if whole else {},
        groups={name: str(told[name]) for name in GROUPS if whole and told.get(name)},
        skipped=skipped,
        inside=found.inside,
    )


def _schema_ref(named: str, document: Path) -> str | Path:
    """A schema that lies beside the document, else whatever the name means everywhere."""
    beside = document.parent / named
    return beside if named.endswith(".json") and beside.is_file() else named


def _box(numbers: Sequence[Any]) -> Box:
    x0, y0, x1, y1 = (float(number) for number in numbers)
    return (x0, y0, x1, y1)


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for inner in node.values():
            yield from _strings(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _strings(inner)


def flat(node: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf below `node` with its pointer; empty objects and arrays have none."""
    if isinstance(node, Mapping):
        for key, inner in node.items():
            yield from flat(inner, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(node, list):
        for number, inner in enumerate(node):
            yield from flat(inner, f"{pointer}/{number}")
    else:
        yield pointer, node


def mapped(data: Mapping[str, Any], maps: Sequence[Mapped]) -> dict[str, Any]:
    """`data` in the shape of the schema: only what is mapped, rows without anything mapped left out."""
    values: dict[str, Any] = {}
    for rule in maps:
        pattern = re.compile(re.escape(rule.key).replace(r"\*", r"(\d+)"))
        for pointer, value in flat(data):
            match = pattern.fullmatch(pointer)
            if match:
                numbers = iter(match.groups())
                values[re.sub(r"\*", lambda _, numbers=numbers: next(numbers), rule.pointer)] = value  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    return dict(_nested(values))


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Pointers and values as nested objects; numbers in pointers become rows, in their order and without gaps."""
    below: dict[str, dict[str, Any]] = {}
    leaves: dict[str, Any] = {}
    for pointer, value in values.items():
        first, _, rest = pointer[1:].partition("/")
        if rest:
            below.setdefault(first, {})[f"/{rest}"] = value
        else:
            leaves[first] = value
    nested = dict(leaves)
    for key, inner in below.items():
        rows: dict[int, dict[str, Any]] = {}
        firsts = [pointer[1:].partition("/")[0] for pointer in inner]
        if all(first.isdigit() for first in firsts):
            for pointer, value in inner.items():
                number, _, rest = pointer[1:].partition("/")
                rows.setdefault(int(number), {})[f"/{rest}"] = value
            nested[key] = [cells["/"] if "/" in cells else _nested(cells) for _, cells in sorted(rows.items())]
        else:
            nested[key] = _nested(inner)
    return nested


def without(truth: Truth, pointers: Sequence[str], reason: str) -> Truth:
    """The truth without some of its values, which then do not count."""
    dropped = set(pointers)

    def kept(node: Any, pointer: str) -> Any:
        if isinstance(node, Mapping):
            return {k: kept(v, f"{pointer}/{k}") for k, v in node.items() if f"{pointer}/{k}" not in dropped}
        if isinstance(node, list):
            rows = [kept(v, f"{pointer}/{n}") for n, v in enumerate(node) if f"{pointer}/{n}" not in dropped]
            return [row for row in rows if row != {}]
        return node

    said = tuple(f"{pointer}: {reason}" for pointer in pointers)
    return replace(truth, data=kept(truth.data, ""), skipped=(*truth.skipped, *said))
