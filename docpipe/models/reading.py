"""A request becomes what to ask a model, and what the model writes becomes readings: continued, repaired, or refused.

`conversation` is a generator, so that backends decide how asks are carried: it yields an Ask, is sent a Written, and
returns the Reply. A backend in process runs many of them in step, as one batch; a server runs each on its own.
`answering` in answers.py is one for a question.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from docpipe.errors import ModelTimeout, ReplyInvalid
from docpipe.models.continued import Cut, beginning, joined
from docpipe.models.decoding import PAGE, Bounds, Wanted, decoding_schema, most_items, most_text, page_of
from docpipe.models.loops import Loop
from docpipe.models.prompt import Ask, field_prompt
from docpipe.models.written import Scrap, Sheet, Steps, read_sheet
from docpipe.schema import Leaf
from docpipe.subset import escape, type_name
from docpipe.types import Reading, ReadRequest, Reply, View

Finish = Literal["stop", "length", "repetition", "timeout"]
CONTINUED = 8  # times that a reply that was cut is continued
MOST_PROBLEMS = 40  # that one repair is asked about
ENDINGS = {"length": "was cut at its limit of tokens", "repetition": "repeats itself", "timeout": "took too long"}


@dataclass(frozen=True)
class Written:
    """What a model wrote for one ask.

    `ends` are the characters that its tokens end at, `logs` their log-probabilities.
    """

    text: str
    finish: Finish = "stop"
    loop: Loop | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    ends: Sequence[int] = ()
    logs: Sequence[float] = ()
    read_s: float = 0.0

    def confidence(self, start: int | None, end: int | None) -> float | None:
        """The probability that the model writes exactly this text at this place; None where it is not known."""
        if start is None or end is None or not self.ends:
            return None
        begins = (0, *self.ends)
        logs = [
            log
            for begin, until, log in zip(begins, self.ends, self.logs, strict=False)
            if begin < end and until > start
        ]
        return min(1.0, math.exp(sum(logs))) if logs else None


# How a reply ended; what can still be asked for, and what cannot: paths or pointers, each with the reason.
_Rest = tuple[Finish, dict[str, str], dict[str, str]]


@dataclass
class _Found:
    """What one reply gave, and what it did not."""

    readings: dict[str, Reading] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)  # by path or pointer, in words for a model
    missing: set[str] = field(default_factory=set)  # paths that were not reached
    cells: list[str] = field(default_factory=list)  # pointers that were not reached
    begun: dict[str, int] = field(default_factory=dict)  # arrays that were not finished, and their whole rows
    last_row: str | None = None
    cut: Cut | None = None

    def rest(self, wanted: Wanted) -> Wanted:
        """What is left to ask for of what was wanted."""
        cells = tuple(dict.fromkeys(self.cells))
        return Wanted(wanted.schema, frozenset(self.missing), cells, self.begun, wanted.pages, self.cut)


def conversation(
    request: ReadRequest, model: str, *, bounds: Bounds, page_tokens: int, limit_s: float, exact: bool = True
) -> Generator[Ask, Written, Reply]:
    """Read the fields of `request`.

    A reply that was cut is continued, unless more than `limit_s` seconds went by; one that cannot be understood is
    repaired, once. What stays unread ends the reply with a finish reason other than `stop`; where nothing at all was
    read it raises ReplyInvalid or ModelTimeout.
    """
    talk = _Talk(request, model, bounds, page_tokens * max(1, len(request.views)), limit_s, exact)
    wanted = Wanted.by(request)
    if wanted.empty:
        return talk.reply("stop")
    finish, left, stuck = yield from talk.read(wanted, request.problems)
    again = Wanted.by(replace(request, only=tuple(left)))
    if finish != "timeout" and not again.empty:
        ended, left, more = yield from talk.read(again, (*request.problems, *dict.fromkeys(left.values())))
        finish, stuck = (finish if stuck else ended), stuck | more
    left |= stuck
    if left and not talk.readings:
        error = ModelTimeout if finish == "timeout" else ReplyInvalid
        shown = " ".join(talk.raw[-1][:80].split())
        raise error(f"{model}: {document(request.views)}: {next(iter(left.values()))}; it began {shown!r}")
    return talk.reply("stop" if not left else "invalid" if finish == "stop" else finish)


class _Talk:
    """One request on its way: what was read so far, and what was written."""

    def __init__(
        self, request: ReadRequest, model: str, bounds: Bounds, most_tokens: int, limit_s: float, exact: bool
    ) -> None:
        self.request = request
        self.model = model
        self.bounds = bounds
        self.most_tokens = most_tokens
        self.limit_s = limit_s
        self.exact = exact
        self.readings: dict[str, Reading] = {}
        self.raw: list[str] = []
        self.input_tokens = self.output_tokens = 0
        self.read_s = 0.0

    def read(self, wanted: Wanted, problems: Sequence[str]) -> Generator[Ask, Written, _Rest]:
        """Ask until the reply is whole."""
        last_row: str | None = None
        left: dict[str, str] = {}
        for turn in range(1 + CONTINUED):
            written = yield self.ask(wanted, problems, last_row)
            found = self.take(written, wanted)
            left |= found.problems
            rest = found.rest(wanted)
            if written.finish != "length" or rest.empty or _same(rest, wanted) or turn == CONTINUED:
                break
            if self.read_s > self.limit_s:
                written = replace(written, finish="timeout")
                break
            wanted, problems, last_row = rest, (), found.last_row or last_row
        lost = dict.fromkeys([*found.cells, *sorted(found.missing)], f"the reply {_said(written)}")
        # Rows that ran in circles would do so again, and a text that got no further would be cut there again.
        rows = {p for p in lost if written.finish == "repetition" and p.split("/*")[0] in found.begun}
        again = rows | ({found.cut.pointer} if found.cut is not None else set())
        left |= {path: why for path, why in lost.items() if path not in again}
        stuck = {path: why for path, why in lost.items() if path in again}
        return written.finish, dict(list(left.items())[:MOST_PROBLEMS]), stuck

    def ask(self, wanted: Wanted, problems: Sequence[str], last_row: str | None) -> Ask:
        examples = self.request.examples if not wanted.begun else ()
        words = field_prompt(wanted, self.request.views, problems, last_row, examples)
        schema = decoding_schema(wanted, self.bounds, exact=self.exact)
        return Ask(self.request.views, (("user", words),), schema, self.most_tokens)

    def take(self, written: Written, wanted: Wanted) -> _Found:
        self.raw.append(written.text)
        self.input_tokens += written.input_tokens
        self.output_tokens += written.output_tokens
        self.read_s += written.read_s
        sound = written.text if written.loop is None else written.text[: written.loop.start]
        sheet = read_sheet(sound, cut=written.finish != "stop")
        pages = {view.page.number for view in self.request.views}
        judge = _Judge(sheet, written, wanted, self.bounds, next(iter(pages)) if len(pages) == 1 else None)
        found = judge.found()
        self.readings |= found.readings
        return found

    def reply(self, finish: Finish | Literal["invalid"]) -> Reply:
        return Reply(
            readings=tuple(self.readings.values()),
            model=self.model,
            raw="\n".join(self.raw),
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            finish_reason=finish,
            read_s=self.read_s,
        )


class _Judge:
    """One reply against what was wanted."""

    def __init__(self, sheet: Sheet, written: Written, wanted: Wanted, bounds: Bounds, page: int | None) -> None:
        self.sheet = sheet
        self.written = written
        self.wanted = wanted
        self.bounds = bounds
        self.page = page
        self.cut = written.finish != "stop"
        self.row: str | None = None  # the one that the reply ends in, where the text that it ends in is continued
        self.all = _Found()

    def found(self) -> _Found:
        for pointer in self.wanted.pointers:
            leaf = self.wanted.schema.leaf(pointer)
            if leaf is not None:
                self.leaf((pointer,), leaf, pointer, self.said((page_of(pointer),)))
        self.node(self.wanted.schema.document, (), "", "", self.page)
        return self.all

    def node(self, node: Mapping[str, Any], steps: Steps, path: str, pointer: str, page: int | None) -> None:
        """`page` is that of the row around the node, or the only one."""
        kind = type_name(node)
        if kind == "array":
            self.rows(node, steps, path, pointer, page)
        elif kind == "object":
            page = self.said((*steps, PAGE)) or page if path.endswith("/*") else page
            for name, inner, place in self.wanted.properties(node, path):
                own = page if "/*" in path else self.said((*steps, page_of(name)))
                self.node(inner, (*steps, name), place, f"{pointer}/{escape(name)}", own)
        elif (leaf := self.wanted.schema.leaf(path)) is not None:
            self.leaf(steps, leaf, pointer, page)

    def said(self, steps: Steps) -> int | None:
        """The page that the reply names at `steps`, or the only one."""
        return self.page or named_page(self.sheet, steps, self.wanted.pages)

    def rows(self, node: Mapping[str, Any], steps: Steps, path: str, pointer: str, page: int | None) -> None:
        scrap = self.sheet.scraps.get(steps)
        if scrap is not None and scrap.value is None:
            return  # no rows, in other words
        known = self.wanted.begun.get(path, 0)
        if self.sheet.containers.get(steps) is not list:
            self.lost(path, f'"{path[1:]}" is not a list in the reply')
            if known and self.cut:
                self.all.begun[path] = known
            return
        count = self.sheet.size(steps)
        most = most_items(node, path, self.wanted, self.bounds)
        if known + count > most:
            self.all.problems[path] = f'"{path[1:]}" has more than {most} entries'
            count = max(0, most - known)
        whole = count
        if self.cut and not self.sheet.finished(steps):
            while whole and not self.sheet.finished((*steps, whole - 1)):
                whole -= 1
            if "*" not in path:  # rows of rows begin again with the row that they stand in
                self.all.missing |= {p for p in self.wanted.paths if p.startswith(f"{path}/")}
                if whole < count and self.goes_on((*steps, whole), path):
                    self.row = f"{pointer}/{known + whole}"
                    whole += 1
                self.all.begun[path] = known + whole
                self.all.last_row = _json(self.sheet, (*steps, whole - 1)) if whole else None
        for index in range(whole):
            self.node(node["items"], (*steps, index), f"{path}/*", f"{pointer}/{known + index}", page)

    def leaf(self, steps: Steps, leaf: Leaf, pointer: str, page: int | None) -> None:
        scrap = self.sheet.scraps.get(steps)
        cut = self.wanted.cut if self.wanted.cut is not None and self.wanted.cut.pointer == pointer else None
        if scrap is None:
            why = "is no single value" if steps in self.sheet.containers else "is missing in the reply"
            self.lost(pointer, f'"{pointer[1:]}" {why}')
            self.all.cut = self.begun(steps, leaf, pointer, cut) or cut or self.all.cut
            return
        printed, sure = _printed(scrap, leaf), self.written.confidence(scrap.start, scrap.end)
        if cut is not None:
            printed, sure = joined(cut.text, printed or ""), both(cut.sure, sure)
        most = most_text(self.wanted.schema, leaf, self.bounds)
        if isinstance(scrap.value, bool) and leaf.type != "boolean" and leaf.enum is None:
            self.all.problems[pointer] = f'"{pointer[1:]}" is {scrap.literal}, and should be the printed text'
        elif printed is not None and len(printed) > most and printed not in (leaf.enum or ()):
            self.all.problems[pointer] = f'"{pointer[1:]}" is longer than {most} characters'
        else:
            self.all.readings[pointer] = Reading(pointer, printed, page, None, sure)

    def begun(self, steps: Steps, leaf: Leaf, pointer: str, before: Cut | None) -> Cut | None:
        """The text at `steps`, where the reply ends in it and it can be continued."""
        if self.written.finish != "length" or self.sheet.begun is None or self.sheet.begun[0] != steps:
            return None
        most = most_text(self.wanted.schema, leaf, self.bounds)
        long = leaf.described or most > self.bounds.text  # what is short is sooner read again
        scrap = self.sheet.begun[1]
        text = joined(before.text if before else "", beginning(str(scrap.value)), ended=False)
        if not long or leaf.enum is not None or leaf.type != "string" or not 0 < len(text) < most:
            return None
        return Cut(
            pointer, text, both(before.sure if before else None, self.written.confidence(scrap.start, scrap.end))
        )

    def goes_on(self, row: Steps, path: str) -> bool:
        """Whether the reply ends in a text of this row that can be continued, and the row holds no rows."""
        if self.sheet.begun is None or self.sheet.begun[0][: len(row)] != row:
            return False
        names = "".join(f"/{escape(str(name))}" for name in self.sheet.begun[0][len(row) :])
        leaf = self.wanted.schema.leaf(f"{path}/*{names}")
        if leaf is None or any(p.startswith(f"{path}/*") and p.count("*") > 1 for p in self.wanted.paths):
            return False
        return self.begun(self.sheet.begun[0], leaf, "", None) is not None

    def lost(self, place: str, why: str) -> None:
        """Something that the reply does not have: not reached where it was cut, else a fault of the reply."""
        below = {path for path in self.wanted.paths if path == place or path.startswith(f"{place}/")}
        if self.cut and below:
            self.all.missing |= below
        elif self.cut and (place in self.wanted.pointers or (self.row and place.startswith(f"{self.row}/"))):
            self.all.cells.append(place)
        else:
            self.all.problems |= dict.fromkeys(sorted(below) or [place], why)


def named_page(sheet: Sheet, steps: Steps, pages: Collection[int]) -> int | None:
    """The one of `pages` that a reply names at `steps`; None where it names none of them."""
    scrap = sheet.scraps.get(steps)
    return next((page for page in pages if scrap is not None and str(scrap.value) == str(page)), None)


def _printed(scrap: Scrap, leaf: Leaf) -> str | None:
    if scrap.value is None:
        return None
    if leaf.type == "boolean" and isinstance(scrap.value, bool):
        return "yes" if scrap.value else "no"
    text = scrap.value if isinstance(scrap.value, str) else scrap.literal
    return " ".join(text.split()) or None


def _json(sheet: Sheet, steps: Steps) -> str:
    """The row at `steps` as it was written, flattened: enough to recognise it by."""
    below = {key[len(steps) :]: scrap.value for key, scrap in sheet.scraps.items() if key[: len(steps)] == steps}
    return json.dumps({"/".join(map(str, key)): value for key, value in below.items()}, ensure_ascii=False)


def both(first: float | None, then: float | None) -> float | None:
    """How probable a text is whose two parts are as probable as this; None where nothing is known."""
    known = [sure for sure in (first, then) if sure is not None]
    return math.prod(known) if known else None


def _same(rest: Wanted, wanted: Wanted) -> bool:
    """Whether a reply brought nothing further."""
    texts = [each.cut.text if each.cut else "" for each in (rest, wanted)]
    return (rest.paths, rest.pointers, dict(rest.begun), texts[0]) == (
        wanted.paths,
        wanted.pointers,
        dict(wanted.begun),
        texts[1],
    )


def _said(written: Written) -> str:
    return f"{ENDINGS.get(written.finish, 'is no such JSON')}{f': {written.loop}' if written.loop else ''}"


def document(views: Sequence[View]) -> str:
    """The document and the pages that are shown, for a message."""
    if not views:
        return "no pages"
    numbers = ", ".join(str(number) for number in sorted({view.page.number for view in views}))
    return f"{views[0].page.source.name} page {numbers}"
