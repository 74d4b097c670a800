"""The words of pages become a notice that there are several documents, and parts of a document become names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from docpipe.errors import UsageError
from docpipe.ground.labels import wording
from docpipe.printed.words import fold
from docpipe.schema import Schema
from docpipe.store.entries import PageWords
from docpipe.types import Notice

CODE = "several_documents"
# Where a document counts its own pages from the start.
_FIRST_PAGE = re.compile(r"\b(?:page|seite|pagina|blad|p\.)\s*1\s*(?:of|von|de|di|sur|van|/)\s*\d+\b")


def several_documents(words: Mapping[int, PageWords], schema: Schema) -> list[Notice]:
    """A notice with the pages that belong together, by their words, as `--split` takes them; else nothing.

    A page begins another document when beside the label of what tells documents apart (the first of `x-identity`) it
    has a number that no page before it has, and lacks the number that was there before; or when it counts itself as
    the first page once more.
    """
    texts = {number: _plain(found.text) for number, found in sorted(words.items())}
    if len(texts) < 2:
        return []
    starts = _numbered(texts, schema) or _counted(texts)
    if not starts:
        return []
    last = max(texts)
    ends = [start - 1 for start in starts] + [last]
    parts = [f"{a}" if a == b else f"{a}-{b}" for a, b in zip((min(texts), *starts), ends, strict=True)]
    message = f"it seems to hold {len(parts)} documents, one after the other: --split {','.join(parts)}"
    return [Notice(code=CODE, message=message)]


def _numbered(texts: Mapping[int, str], schema: Schema) -> list[int]:
    """The pages from which on another number stands beside the label of the document's own."""
    pointers = schema.document.get("x-identity") or ()
    leaf = schema.leaf(pointers[0]) if pointers else None
    if leaf is None:
        return []
    labels = sorted({fold(text) for text in wording(leaf)} - {""}, key=len, reverse=True)
    any_label = "|".join(r"\W{1,3}".join(map(re.escape, label.split())) for label in labels)
    beside = re.compile(rf"(?<!\w)(?:{any_label})(?!\w)\W{{0,4}}(?:(?:no|nr|n)\W+)?(?=(\w\S*))")
    starts: list[int] = []
    now: str | None = None
    before = ""
    for page, text in texts.items():
        found = {match[1].strip(".,;:()#") for match in beside.finditer(text)}
        numbers = {number for number in found if any(map(str.isdigit, number))}
        if now is not None and len(numbers) == 1 and not (numbers & {now}):
            (number,) = numbers
            if now not in text and number not in before:
                starts.append(page)
                now = number
        elif now is None and len(numbers) == 1:
            (now,) = numbers
        before += f" {text}"
    return starts


def _plain(text: str) -> str:
    """Text in one case, without accents."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def _counted(texts: Mapping[int, str]) -> list[int]:
    """The pages after the first that say they are a first page, where the first one says so too."""
    first = [page for page, text in texts.items() if _FIRST_PAGE.search(text)]
    return first[1:] if first and first[0] == min(texts) else []


def parts_of(name: str, parts: str, pages: int) -> list[tuple[tuple[int, ...], str]]:
    """The pages of each part of a document of so many `pages`, and what to call it.

    Raises UsageError when a part is not understood, or a page is in none of them or in two.
    """
    found: list[tuple[tuple[int, ...], str]] = []
    for part in parts.split(","):
        match = re.fullmatch(r"\s*(\d+)(?:\s*-\s*(\d+))?\s*", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= pages:
            raise UsageError(f'{name}: "{part}" is no part of {pages} pages', hint="--split 1-2,3")
        called = f"page {first}" if first == last else f"pages {first}-{last}"
        found.append((tuple(range(first, last + 1)), f"{name}, {called}"))
    counts = Counter(number for numbers, _ in found for number in numbers)
    wrong = [number for number in range(1, pages + 1) if counts[number] != 1]
    if wrong:
        where = "in two parts" if counts[wrong[0]] else "in no part"
        raise UsageError(f"{name}: page {wrong[0]} is {where}", hint="every page is in one: --split 1-2,3")
    return found
