"""What a plan came to becomes an answer: a value or rows, in words, with a citation for every row that made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from docpipe.plan import Catalogue, QueryPlan, Result
from docpipe.types import Answer, Citation, Scalar

# How many rows an answer shows in words; all of them are in `rows` and `citations`.
MOST_SHOWN = 10
_LONGEST = 80
_SIGNIFICANT = Decimal("0.01")


def answer(question: str, result: Result, catalogue: Catalogue, understood: str, alternatives: Sequence[str]) -> Answer:
    """The answer that a result is. Without a row that made it there is none, and it says so."""
    plan = result.plan
    result = _without_empty(result)
    citations = [row.citation for row in result.rows]
    if not citations:
        return Answer(
            question=question,
            found=False,
            text=f"Not in your documents: {understood}: none.",
            how="none",
            value=0 if plan.aggregate in ("count", "distinct") else None,
            understood=understood,
            alternatives=list(alternatives),
            sql=list(result.sql),
        )
    columns, rows = _computed(result, catalogue) if result.summaries else _listed(result, catalogue)
    single = rows[0] if len(rows) == 1 else None
    value = None
    if single is not None:
        value = single[_value_at(columns)] if len(columns) > 1 else single[0]
    return Answer(
        question=question,
        found=True,
        text=_text(columns, rows, cut=result.cut),
        how="plan",
        value=value,
        columns=columns,
        rows=rows,
        understood=understood,
        alternatives=list(alternatives),
        citations=_once(citations),
        sql=list(result.sql),
    )


def together(answers: Sequence[Answer], names: Sequence[str]) -> Answer:
    """One answer of those to all that was asked, each with its name; what has none is left out where another has."""
    found = [(name, one) for name, one in zip(names, answers, strict=True) if one.found]
    if len(found) < 2 or len(answers) < 2:
        return found[0][1] if found else answers[0]
    columns = list(dict.fromkeys(column for _, one in found for column in one.columns))
    columns.sort(key=lambda name: name in ("currency", "count", "sum", "average"))
    rows = [
        [dict(zip(one.columns, row, strict=True)).get(column) for column in columns]
        for _, one in found
        for row in one.rows
    ]
    lines = [f"{name}: {line}" for name, one in found for line in one.text.splitlines()]
    return Answer(
        question=answers[0].question,
        found=True,
        text="\n".join(lines),
        how="plan",
        columns=columns,
        rows=rows,
        understood=answers[0].understood,
        alternatives=answers[0].alternatives,
        citations=_once([citation for _, one in found for citation in one.citations]),
        sql=[statement for one in answers for statement in one.sql],
    )


def _without_empty(result: Result) -> Result:
    """A result without the rows that have nothing of what was asked for."""
    if result.summaries:
        return result
    asked = any(part.show for part in result.plan.parts)
    rows = tuple(row for row in result.rows if not asked or any(cell is not None for cell in row.shown))
    return replace(result, rows=rows)


def _computed(result: Result, catalogue: Catalogue) -> tuple[list[str], list[list[Scalar]]]:
    """One row a group and currency."""
    plan = result.plan
    keys = _headings(plan, catalogue)
    money = any(summary.currency is not None for summary in result.summaries) or _is_money(plan, catalogue)
    named = {"distinct": "count", "count": "count"}.get(plan.aggregate, plan.aggregate)
    rows: list[list[Scalar]] = []
    for summary in result.summaries:
        amount = summary.result
        if plan.aggregate == "average" and isinstance(amount, Decimal):
            amount = amount.quantize(_SIGNIFICANT)
        rows.append([*summary.keys, *([summary.currency] if money else []), amount])
    return [*keys, *(["currency"] if money else []), named], rows


def _listed(result: Result, catalogue: Catalogue) -> tuple[list[str], list[list[Scalar]]]:
    """One row for each that was found, with its document."""
    plan = result.plan
    part = max(plan.parts, key=lambda one: len(one.show))
    shown = list(part.show)
    valued = part.value is not None and part.value not in shown
    money = any(row.currency is not None for row in result.rows)
    columns = [*_headings(plan, catalogue), *(_word(catalogue, ref) for ref in shown)]
    if valued and part.value is not None:
        columns.append(_word(catalogue, part.value))
    with_currency = money and "currency" not in columns
    rows: list[list[Scalar]] = []
    for row in result.rows:
        line: list[Scalar] = [*row.keys, *row.shown, *([row.value] if valued else [])]
        line += [None] * (len(columns) - len(line))
        rows.append([*line[: len(columns)], *([row.currency] if with_currency else [])])
    if not columns:
        return ["document"], [[row.name] for row in result.rows]
    return [*columns, *(["currency"] if with_currency else [])], rows


def _headings(plan: QueryPlan, catalogue: Catalogue) -> list[str]:
    group = plan.parts[0].group
    steps = [*plan.by, *["value"] * (len(group) - len(plan.by))]
    return [_word(catalogue, ref) if step == "value" else step for ref, step in zip(group, steps, strict=True)]


def _word(catalogue: Catalogue, ref: str) -> str:
    column = catalogue.column(ref)
    return ref if column is None else column.words


def _is_money(plan: QueryPlan, catalogue: Catalogue) -> bool:
    column = catalogue.column(plan.parts[0].value or "")
    if column is None or not column.money or plan.aggregate in ("count", "distinct"):
        return False
    table = catalogue.table(plan.parts[0].table)
    return table is not None and catalogue.currency(table) is not None


def _value_at(columns: Sequence[str]) -> int:
    """Which column of a single row is the answer: what was computed, else the first that is no currency."""
    if columns[-1] in ("count", "sum", "average"):
        return len(columns) - 1
    return next((place for place, name in enumerate(columns) if name != "currency"), 0)


def _text(columns: Sequence[str], rows: Sequence[Sequence[Scalar]], *, cut: bool) -> str:
    lines = [_line(columns, row) for row in rows[:MOST_SHOWN]]
    if len(rows) > MOST_SHOWN:
        lines.append(f"... {len(rows)} in all")
    if cut:
        lines.append("There are more rows than can be listed, so not all of them are here.")
    return "\n".join(lines)


def _line(columns: Sequence[str], row: Sequence[Scalar]) -> str:
    """A row in words: its amounts with their currency."""
    cells = list(zip(columns, row, strict=True))
    currency = next((value for name, value in cells if name == "currency"), None)
    said = []
    for name, value in cells:
        if name == "currency" and len(cells) > 1:
            continue
        text = shown(value)
        if currency and isinstance(value, Decimal):
            text = f"{text} {currency}"
        said.append(text)
    return ", ".join(said)


def shown(value: Scalar) -> str:
    """A value for people: amounts with two digits behind the point where that is exact, nothing as a dash."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        short = value.quantize(_SIGNIFICANT)
        return format(short if short == value else value.normalize(), "f")
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _once(citations: Sequence[Citation]) -> list[Citation]:
    """Each place once."""
    return list({(c.document, c.pointer, c.page): c for c in citations}.values())
