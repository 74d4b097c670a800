"""An answer and the right answers become a mark: answered, right, rightly cited, said how it was understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from docpipe.types import Answer
from tests.benchmarks.questions.papers import papers
from tests.benchmarks.questions.truth import Expected, Figure

_NEAR = Decimal("0.011")  # an average may be rounded either way
_CURRENCIES = {"EUR", "GBP", "CHF", "USD"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Mark:
    """What is to be said of one answer.

    `cited`: it is right, and cites the true rows and pages. `said`: it says how the question was understood, and where
    that is in doubt, in words that fit. `uncited`: it is an answer that cites nothing. `why` is what is wrong.
    """

    answered: bool
    right: bool
    cited: bool
    said: bool
    uncited: bool
    why: str = ""


def mark(answer: Answer, rights: Sequence[Expected]) -> Mark:
    """Hold an answer against the right ones, any of which will do; none stands for "not in the documents"."""
    uncited = answer.found and not answer.citations
    if not rights:
        nothing = not answer.found or (not answer.citations and _is(answer.value, 0))
        return Mark(answer.found, nothing, nothing, True, uncited and not nothing, "" if nothing else "was answered")
    if not answer.found:
        return Mark(False, False, False, False, uncited, "not found")
    marks = [_held(answer, right, uncited) for right in _ways(rights)]
    return max(marks, key=lambda m: (m.right and m.said, m.right, m.cited))


def _ways(rights: Sequence[Expected]) -> list[Expected]:
    """Each right answer, and with what it gives of several schemas added up, which is as right."""
    ways = list(rights)
    for right in rights:
        if right.take in ("count", "sum") and len({_key(f) for f in right.figures}) < len(right.figures):
            sums: dict[tuple[str | None, str | None], Any] = {}
            for figure in right.figures:
                sums[_key(figure)] = sums.get(_key(figure), 0) + figure.value
            figures = tuple(Figure(value, group, currency) for (group, currency), value in sums.items())
            ways.append(replace(right, figures=figures))
    return ways


def _key(figure: Figure) -> tuple[str | None, str | None]:
    return (figure.group, figure.currency)


def _held(answer: Answer, right: Expected, uncited: bool) -> Mark:
    cited, where = _citations(answer, right)
    good, what = _figures(answer, right)
    if right.take == "list":
        good = {Path(c.name).name for c in answer.citations} == set(right.pages)
        what = "" if good else where
    told = " ".join((answer.understood, *answer.alternatives)).casefold()
    said = bool(answer.understood) and (not right.says or any(word.casefold() in told for word in right.says))
    return Mark(True, good, good and cited, said, uncited, what or where)


def _citations(answer: Answer, right: Expected) -> tuple[bool, str]:
    """Whether the documents and pages that are cited are those that make the right answer, and what is wrong."""
    pages: dict[str, set[int]] = {}
    for citation in answer.citations:
        if citation.page is None:
            return False, f"{citation.name} is cited without a page"
        pages.setdefault(Path(citation.name).name, set()).add(citation.page)
    if not pages:
        return False, "nothing is cited"
    looked_up = right.take == "look-up"
    missing, more = set(right.pages) - set(pages), set(pages) - set(right.pages)
    if more or (missing and not looked_up):
        return False, f"cited too many: {_some(more)}; too few: {_some(missing)}"
    for name, numbers in pages.items():
        if not right.pages[name].must <= numbers or not numbers <= right.pages[name].may:
            wanted = sorted(right.pages[name].must or right.pages[name].may)
            return False, f"{name}: cited pages {sorted(numbers)}, right {wanted}"
    return True, ""


def _some(names: set[str]) -> str:
    return f"{len(names)} ({', '.join(sorted(names)[:4])})" if names else "0"


def _figures(answer: Answer, right: Expected) -> tuple[bool, str]:
    """Whether the answer's values are the right ones, and what is wrong."""
    rows = [list(row) for row in answer.rows] or [[answer.value]]
    if right.take == "look-up":
        said = [answer.value, answer.text, *(c.text for c in answer.citations), *(c.value for c in answer.citations)]
        (figure,) = right.figures
        good = any(_is(cell, figure.value) or _is(cell, figure.printed) for cell in said)
        return good, "" if good else f"said {answer.value!r}, right {figure.printed!r}"
    if right.take == "names":
        cells = {_plain(cell) for row in rows for cell in row}
        lacking = [f.value for f in right.figures if _plain(f.value) not in cells]
        known = {_plain(paper.truth.fields.get("supplier_name")) for paper in papers()} - {""}
        more = (cells & known) - {_plain(f.value) for f in right.figures}
        return not lacking and not more, f"lacks {lacking}, has {sorted(more)}"
    best = right.take in ("max", "min", "latest", "first")
    if best:
        rows += [[c.value, c.text] for c in answer.citations] + [[answer.value]]
    elif len(rows) != len(right.figures):
        return False, f"{len(rows)} rows, right {len(right.figures)}: {_shown(rows)}"
    left = list(rows)
    for figure in right.figures:
        found = next((row for row in left if _row_is(row, figure, strict=not best)), None)
        if found is None:
            return False, f"no row says {figure.group or ''} {figure.currency or ''} {figure.value}: {_shown(rows)}"
        if not best:
            left.remove(found)
    return True, ""


def _shown(rows: list[list[Any]]) -> str:
    return "; ".join(" ".join(str(cell) for cell in row) for row in rows[:5])


def _row_is(row: Iterable[Any], figure: Figure, *, strict: bool) -> bool:
    cells = list(row)
    if strict and figure.group is not None and not any(_same_group(cell, figure.group) for cell in cells):
        return False
    currencies = {cell for cell in cells if cell in _CURRENCIES}
    if strict and figure.currency is not None and currencies and figure.currency not in currencies:
        return False
    return any(_is(cell, figure.value) for cell in cells)


def _same_group(cell: Any, group: str) -> bool:
    """Whether a cell names a group: 2024, 2025-03 however a month is written, 2024-Q3, or a name."""
    text = _plain(cell)
    if text == _plain(group):
        return True
    month = re.fullmatch(r"(\d{4})-(\d\d)", group)
    if month:
        year, number = month.groups()
        named = _MONTHS[int(number) - 1] in text and year in text
        return named or text in (f"{year}{number}01", f"{number}{year}", f"{int(number)}{year}")
    quarter = re.fullmatch(r"(\d{4})-Q(\d)", group)
    if quarter:
        year, number = quarter.groups()
        return Counter(text) == Counter(f"{year}q{number}") and year in text
    return group == "None" and text in ("", "none", "null")


def _is(cell: Any, value: Any) -> bool:
    """Whether a cell of an answer is a value."""
    if cell is None or value is None or isinstance(cell, bool):
        return False
    if isinstance(value, date | time | datetime):
        said = value.strftime("%H:%M") if isinstance(value, time) else value.isoformat()
        return str(cell).startswith(said)
    if isinstance(value, int | float | Decimal):
        number = _number(cell)
        return number is not None and abs(number - Decimal(str(value))) < _NEAR
    if re.fullmatch(r"\d+([.,]\d\d)?", str(value)) and _number(cell) == Decimal(str(value).replace(",", ".")):
        return True
    return _plain(cell) == _plain(value)


def _number(cell: Any) -> Decimal | None:
    try:
        return Decimal(str(cell).replace(",", ""))
    except InvalidOperation:
        return None


def _plain(cell: Any) -> str:
    """Letters and digits alone, without regard to case."""
    return "".join(c for c in str(cell if cell is not None else "").casefold() if c.isalnum())
