"""A plan becomes words: how a question was understood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from docpipe.ask.sense import Sense
from docpipe.plan import Catalogue, Condition, QueryPlan, Table

_SAYS = {
    "is": "is",
    "is_not": "is not",
    "contains": "holds",
    "lacks": "does not hold",
    "begins": "begins with",
    "ends": "ends with",
    "less": "<",
    "at_most": "<=",
    "at_least": ">=",
    "more": ">",
    "empty": "is missing",
    "filled": "is there",
    "outside": "is not from",
    "within": "is from",
}


def plural(table: Table) -> str:
    """What the documents of a table's schema are called."""
    return table.schema.replace("_", " ") + "s"


def describe(plan: QueryPlan, catalogue: Catalogue) -> str:
    """A plan in words."""
    made = {
        "rows": "",
        "count": "number of ",
        "distinct": "number of different ",
        "sum": "sum of ",
        "average": "average of ",
        "minimum": "smallest ",
        "maximum": "largest ",
    }[plan.aggregate]
    said = []
    for part in plan.parts:
        value = catalogue.column(part.value) if part.value else None
        table = catalogue.table(part.table)
        rows = part.table.replace("_", " ") if table is None else _rows(table)
        words = rows if value is None or plan.aggregate == "rows" else f"{value.words} of {rows}"
        if plan.aggregate == "rows" and part.show:
            words = f"{', '.join(_name(catalogue, ref) for ref in part.show)} of {rows}"
        holding = " and ".join(_holds(catalogue, condition) for condition in part.conditions)
        said.append(words + (f" where {holding}" if holding else ""))
    steps = [*plan.by, *["value"] * (len(plan.parts[0].group) - len(plan.by))]
    groups = [
        _name(catalogue, ref) if step == "value" else f"{step} of {_name(catalogue, ref)}"
        for ref, step in zip(plan.parts[0].group, steps, strict=True)
    ]
    text = made + "; ".join(said) + (f", by {', '.join(groups)}" if groups else "")
    if plan.limit:
        side = "largest" if plan.descending else "smallest"
        by = _name(catalogue, plan.parts[0].value) if plan.parts[0].value and plan.aggregate == "rows" else ""
        text += f", the {side} {plan.limit}" + (f" by {by}" if by else "")
    return text


def described(plans: Sequence[QueryPlan], catalogue: Catalogue, said: Sense) -> str:
    """Plans in words, and the words of the question that were read as others, and those that were passed over."""
    read = "".join(f', reading "{wrong}" as "{right}"' for wrong, right in said.read_as)
    passed = ", ".join(f'"{word}"' for word in said.passed)
    words = "; ".join(describe(plan, catalogue) for plan in plans)
    return words + read + (f", passing over {passed}" if passed else "")


def _rows(table: Table) -> str:
    if not table.path:
        return plural(table)
    return f"{table.path.rsplit('/', 1)[-1].replace('_', ' ')} of {plural(table)}"


def _name(catalogue: Catalogue, ref: str) -> str:
    column = catalogue.column(ref)
    return ref if column is None else column.words


def _holds(catalogue: Catalogue, condition: Condition) -> str:
    values = condition.values
    shown = " or ".join(values[:3]) + (f" or {len(values) - 3} more" if len(values) > 3 else "")
    if condition.operator in ("outside", "within"):
        pairs = zip(values[::2], values[1::2], strict=False)
        shown = " or ".join(f"{a} until {(date.fromisoformat(b) - timedelta(days=1)).isoformat()}" for a, b in pairs)
    return f"{_name(catalogue, condition.column)} {_SAYS[condition.operator]} {shown}".rstrip()
