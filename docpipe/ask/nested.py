"""A question that compares with what other documents come to becomes plans with that number: "above the average"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from docpipe.ask.amounts import Bound
from docpipe.ask.planner import Choice, Planner, Refusal
from docpipe.ask.sense import Sense, sense
from docpipe.ask.vocabulary import Vocabulary
from docpipe.errors import QueryTooLong
from docpipe.plan import Operator, QueryPlan, Result
from docpipe.types import Scalar

_MORE = (
    r"(?:(?:higher|larger|bigger|greater|more(?: expensive| costly)?|costlier|pricier|dearer) than|above|over|"
    r"exceed\w*|"
    r"(?:höher|größer|teurer|mehr) als|über|oberhalb(?: von)?|überst[ei]\w+|überschr\w+|supérieure?s? (?:à|au)|"
    r"plus \w+ que|au[- ]dessus (?:de|du)|dépass\w+|excèd\w+)"
)
_LESS = (
    r"(?:(?:lower|smaller|less(?: expensive| costly)?|cheaper) than|below|under|(?:niedriger|kleiner|geringer|"
    r"günstiger|billiger|weniger) als|unter|unterhalb(?: von)?|unterschr\w+|inférieure?s? (?:à|au)|moins \w+ que|"
    r"(?:au[- ]|en )dessous (?:de|du))"
)
_STATISTIC = (
    r"(?:average|mean|typical|durchschnitt\w*|mittelwert|moyenn\w*|largest|biggest|highest|most expensive|priciest|"
    r"costliest|maximum|smallest|lowest|cheapest|minimum|größt\w+|höchst\w+|teuerst\w+|kleinst\w+|niedrigst\w+|"
    r"günstigst\w+|billigst\w+|plus (?:gros|grand|élev|cher|chèr|haut|petit|bas|faible)\w*|moins (?:cher|chèr|élev)\w*)"
)
_OWN = r"(?:(?:the|our|its|their|that|dem|den|der|die|das|unser\w*|ihr\w*|la|le|l['’]|notre|sa|son|leur)\s+)?"
_WHOSE = r"(?:(?:[^\s,;:?!]+\s+){0,4}?[^\s,;:?!]+(?:['’]s?|s['’])\s+)?"
_COMPARED = re.compile(
    rf"(?<!\w)(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\s+(?P<with>{_OWN}{_WHOSE}(?:overall\s+|total\s+)?{_STATISTIC}\b"
    r"[^,;:?!]*|(?:the\s+|die\s+|la\s+)?(?:invoice|order|receipt|rechnung|bestellung|beleg|facture|commande)\s+"
    r"(?:no\.?\s+)?[^\s,;:?!]*\d[^\s,;:?!]*)",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"(?<!\w)(?:(?P<more>above[- ]average|überdurchschnittlich\w*)|"
    r"(?P<less>below[- ]average|unterdurchschnittlich\w*))\b"
    r"(?:\s+(?:hoh\w+|hoch|teure?\w*|high|expensive|groß\w*))?",
    re.IGNORECASE,
)
# The verb that a German clause ends with is of the question, not of what it compares with.
_VERB = re.compile(
    r"\s+(?:sind|waren|ist|war|liegen|lagen|lag|liegt|kosten|kosteten|ausfallen|ausfielen|haben|hatten)\s*\.?$",
    re.IGNORECASE,
)
_FAR = 10**6  # behind every word


class Library(Protocol):
    """What runs plans."""

    def run(self, plan: QueryPlan) -> Result:
        """What a plan comes to."""
        ...


@dataclass(frozen=True)
class Nested:
    """What a question asks, without what it compares with; that; and on which side of it the number must be."""

    asked: str
    compared: str
    operator: Operator


def nested(question: str) -> Nested | None:
    """The two questions of one that compares with an average, an extreme or another document; None for others."""
    found = _COMPARED.search(question)
    if found is not None:
        compared = _VERB.sub("", found["with"].strip().rstrip("."))
    else:
        found, compared = _ADJECTIVE.search(question), "average"
    if found is None:
        return None
    asked = f"{question[: found.start()].rstrip()} {question[found.end() :].lstrip()}"
    compared = compared if re.search(_STATISTIC, compared, re.IGNORECASE) else f"total {compared}"
    return Nested(asked, compared, "more" if found["more"] else "less")


def against(
    asked: Nested, library: Library, planner: Planner, vocabulary: Vocabulary, today: date
) -> tuple[Sense, Choice | Refusal] | None:
    """What a comparing question says, and the plans for it: one for each currency. None where no rows are asked for."""
    outer = sense(asked.asked, vocabulary, today)
    inner = sense(asked.compared, vocabulary, today)
    if outer.wishes.keys() & _MADE or outer.groups or outer.empty:
        return None
    bare = not (inner.named or inner.kinds)
    if bare and inner.periods and not outer.periods:
        outer = replace(outer, periods=inner.periods)
    inner = replace(
        inner,
        kinds=inner.kinds or tuple(replace(kind, weak=False) for kind in outer.kinds),
        mentions=inner.mentions or tuple(m for m in outer.mentions if any(c.column.kind == "number" for c in m.meant)),
        named=inner.named or (outer.named if bare else ()),
        periods=inner.periods or (outer.periods if bare else ()),
        currency=inner.currency or outer.currency,
        limit=None,
    )
    measure = planner.plan(inner)
    if isinstance(measure, Refusal):
        return outer, measure
    try:
        values = dict(_values(library.run(measure.plan)))
    except QueryTooLong:
        return outer, Refusal("what it compares with is too much to be worked out")
    if not values:
        return outer, Refusal(f"there is nothing to compare with: {measure.understood}: none")
    outcomes = []
    for currency, value in values.items():
        bound = Bound(asked.operator, value, _FAR, currency)
        outcomes.append(
            planner.plan(replace(outer, bounds=(*outer.bounds, bound), currency=currency or outer.currency))
        )
    chosen = [one for one in outcomes if isinstance(one, Choice)]
    if len(chosen) < len(outcomes):
        return outer, next(one for one in outcomes if isinstance(one, Refusal))
    words = f"{'; '.join(one.understood for one in chosen)}, which is the {measure.understood}"
    return outer, Choice(chosen[0].plan, words, chosen[0].alternatives, tuple(one.plan for one in chosen[1:]))


def _values(result: Result) -> Iterator[tuple[str | None, Decimal]]:
    """The numbers that a result is, by their currency."""
    found: list[tuple[str | None, Scalar]] = [(one.currency, one.result) for one in result.summaries]
    found = found or [(row.currency, row.value or next(iter(row.shown), None)) for row in result.rows]
    for currency, value in found:
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            yield currency, Decimal(value)


# What is made of rows, so that none of them are asked for.
_MADE = frozenset({"average", "maximum", "minimum", "most", "least", "top", "latest", "first", "next"})
