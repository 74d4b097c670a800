"""The text of a reply becomes its scalars, each with its place in the text, however the text ends.

Text around the JSON (a fence, a preface, a chain of thought) is passed over. Where the JSON is damaged, json-repair
reads it, and the places are lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]  # there since Python 2, not in typeshed
from typing import Any

import json_repair

Steps = tuple[str | int, ...]
Scalar = str | int | float | bool | None

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_BEGUN = re.compile(r"-?\d*(?:\.\d*)?(?:[eE][+-]?\d*)?\Z")  # a number, or what another sign may make one
_WORDS: tuple[tuple[str, Scalar], ...] = (("null", None), ("true", True), ("false", False))
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_DEEPEST = 60


@dataclass(frozen=True)
class Scrap:
    """One scalar of a reply. `start` and `end` are its place in the text, quotes included; None after a repair."""

    value: Scalar
    literal: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Sheet:
    """What a reply says. `scraps` by their steps from the top; `closed` are the objects and arrays that were ended.

    `begun` is the text in which the reply ends, as far as it goes, and its steps.
    """

    scraps: dict[Steps, Scrap]
    containers: dict[Steps, type]
    closed: frozenset[Steps]
    repaired: bool = False
    begun: tuple[Steps, Scrap] | None = None

    def size(self, steps: Steps) -> int:
        """How many items of the array at `steps` were begun."""
        found = [key[len(steps)] for key in self._below(steps)]
        return 1 + max((step for step in found if isinstance(step, int)), default=-1)

    def finished(self, steps: Steps) -> bool:
        """Whether the scalar, object or array at `steps` stands in the reply from end to end."""
        return steps in self.scraps or steps in self.closed

    def _below(self, steps: Steps) -> Iterator[Steps]:
        for keys in (self.scraps, self.containers):
            yield from (key for key in keys if len(key) > len(steps) and key[: len(steps)] == steps)


class _CutError(Exception):
    """The text ends in the middle of a value."""


class _DamagedError(Exception):
    """The text is no JSON here."""


def read_sheet(text: str, *, cut: bool = False) -> Sheet:
    """The scalars of the first JSON object in `text`. `cut` says that the reply is known to have ended too early."""
    blanked = _THOUGHT.sub(lambda match: " " * len(match.group()), text)
    start = blanked.find("{")
    if start < 0:
        return Sheet({}, {}, frozenset())
    walk = _Walk(blanked)
    try:
        walk.value(start, ())
    except _CutError:
        pass
    except (_DamagedError, RecursionError):
        return _repaired(blanked[start:], cut=cut)
    return Sheet(walk.scraps, walk.containers, frozenset(walk.closed), begun=walk.begun)


class _Walk:
    """One walk along the text, keeping what it has passed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.scraps: dict[Steps, Scrap] = {}
        self.containers: dict[Steps, type] = {}
        self.closed: set[Steps] = set()
        self.begun: tuple[Steps, Scrap] | None = None

    def blank(self, at: int) -> int:
        while at < len(self.text) and self.text[at] in " \t\r\n":
            at += 1
        if at >= len(self.text):
            raise _CutError
        return at

    def value(self, at: int, steps: Steps) -> int:
        """Read the value at `at`; the place after it."""
        at = self.blank(at)
        if len(steps) > _DEEPEST:
            raise _DamagedError
        if self.text[at] == "{":
            return self.members(at, steps)
        if self.text[at] == "[":
            return self.items(at, steps)
        try:
            value, end = self.scalar(at)
        except _CutError:
            if self.text[at] == '"':
                literal = self.text[at:]
                self.begun = steps, Scrap(_beginning(literal), literal, at, len(self.text))
            raise
        self.scraps[steps] = Scrap(value, self.text[at:end], at, end)
        return end

    def members(self, at: int, steps: Steps) -> int:
        self.containers[steps] = dict
        at = self.blank(at + 1)
        while self.text[at] != "}":
            name, at = self.string(at)
            at = self.blank(at)
            if self.text[at] != ":":
                raise _DamagedError
            at = self.after(self.value(at + 1, (*steps, name)), "}")
        self.closed.add(steps)
        return at + 1

    def items(self, at: int, steps: Steps) -> int:
        self.containers[steps] = list
        at = self.blank(at + 1)
        index = 0
        while self.text[at] != "]":
            at = self.after(self.value(at, (*steps, index)), "]")
            index += 1
        self.closed.add(steps)
        return at + 1

    def after(self, at: int, close: str) -> int:
        """Past the comma after a value, or at the sign that closes what it stands in."""
        at = self.blank(at)
        if self.text[at] == close:
            return at
        if self.text[at] != ",":
            raise _DamagedError
        return self.blank(at + 1)

    def scalar(self, at: int) -> tuple[Scalar, int]:
        if self.text[at] == '"':
            return self.string(at)
        for word, value in _WORDS:
            if self.text.startswith(word, at):
                return value, at + len(word)
            if word.startswith(self.text[at:]):
                raise _CutError
        if _BEGUN.match(self.text, at):
            raise _CutError
        number = _NUMBER.match(self.text, at)
        if number is None:
            raise _DamagedError
        return number.group(), number.end()

    def string(self, at: int) -> tuple[str, int]:
        if self.text[at] != '"':
            raise _DamagedError
        try:
            return scanstring(self.text, at + 1, False)
        except json.JSONDecodeError as error:
            # An escape such as \u00e9 may be cut too, which is reported as a wrong one.
            cut = "Unterminated" in error.msg or error.pos > len(self.text) - len(r"\u00e9")
            raise (_CutError if cut else _DamagedError) from None


def _beginning(literal: str) -> str:
    """The text of a string that has no end, without the escape that it may end in."""
    for end in range(len(literal), max(0, len(literal) - len(r"\ud83d\ude00")), -1):
        try:
            return scanstring(f'{literal[:end]}"', 1, False)[0]
        except json.JSONDecodeError:
            continue
    return ""


def _repaired(text: str, *, cut: bool) -> Sheet:
    scraps: dict[Steps, Scrap] = {}
    containers: dict[Steps, type] = {}

    def keep(found: Any, steps: Steps) -> None:
        if isinstance(found, dict) and len(steps) <= _DEEPEST:
            containers[steps] = dict
            for name, inner in found.items():
                keep(inner, (*steps, str(name)))
        elif isinstance(found, list) and len(steps) <= _DEEPEST:
            containers[steps] = list
            for index, inner in enumerate(found):
                keep(inner, (*steps, index))
        elif found is None or isinstance(found, str | int | float):
            scraps[steps] = Scrap(found, found if isinstance(found, str) else json.dumps(found))

    try:
        found = json_repair.loads(text)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, Sequence) and not isinstance(found, str):
        found = next((item for item in found if isinstance(item, dict)), None)
    if isinstance(found, dict):
        keep(found, ())
    return Sheet(scraps, containers, frozenset() if cut else frozenset(containers), repaired=True)
