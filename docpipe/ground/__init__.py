"""Values and the text of their pages become values with a place and a status: what the page says about each of them.

Statuses: `verified` (the page says the same, in a place that the model's box, the label or the row decides),
`corrected` (it differs by a misread character or two, and the page's text was taken), `conflict` (it says something
else), `unverified` (there is no evidence, or it does not decide), `absent`.
Notices: `corrected`, `conflict`, `shared_print` where several fields were read from one place and no label says whose
it is, and `hidden_text` for words of the page that nobody can see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from docpipe.ground.decide import Grounding
from docpipe.ground.evidence import Evidence, evidence
from docpipe.ground.find import bare, matches
from docpipe.ground.verdict import Verdict
from docpipe.printed.conventions import Conventions, conventions
from docpipe.printed.convert import Converted, convert, role
from docpipe.schema import Leaf, Schema
from docpipe.types import Notice, PageText, Value

__all__ = ["ground"]


def ground(
    values: Sequence[Value], text: Sequence[PageText], schema: Schema, *, second: Sequence[PageText] = ()
) -> tuple[tuple[Value, ...], tuple[Notice, ...]]:
    """Every value with its page, box and status, in the given order, and what there is to say about them.

    `text` is the text of the pages; `second` what another reader than the values' model read on them, needed for pages
    whose layer a scanner made and used where a page has no layer. Boxes are in points of the page.
    """
    pages, notices = evidence(text, second)
    # A description stands nowhere in print, so that the page neither backs nor contradicts it.
    printed = [v for v in values if (leaf := schema.leaf(v.pointer)) is None or not leaf.described]
    verdicts = Grounding(schema, pages, printed).run() if pages else {}
    prints = conventions(_texts(values, pages))
    stands: list[Value] = []
    said: list[Notice] = list(notices)
    for value in values:
        leaf = schema.leaf(value.pointer)
        verdict = verdicts.get(value.pointer)
        if value.text is None:
            stands.append(value.model_copy(update={"status": "absent", "value": None, "box": None}))
        elif leaf is None or verdict is None:
            stands.append(value.model_copy(update={"status": "unverified"}))
        else:
            value, about = _stand(value, leaf, verdict, prints)
            value = _spaced(value, leaf, verdict, prints, pages)
            said += about
            said += _agrees_with_hidden(value, leaf, pages)
            stands.append(value)
    return tuple(stands), tuple(said)


def _texts(values: Sequence[Value], pages: Mapping[int, Evidence]) -> list[str]:
    lines = [
        " ".join(page.layout.pieces[number].text for number in line)
        for page in pages.values()
        for line in page.layout.lines
    ]
    return [*lines, *(value.text for value in values if value.text)]


def _stand(value: Value, leaf: Leaf, verdict: Verdict, prints: Conventions) -> tuple[Value, list[Notice]]:
    """The value as it stands after its verdict."""
    place = verdict.place
    if verdict.debit and isinstance(value.value, Decimal) and value.value > 0:
        value = value.model_copy(update={"value": -value.value})
    where = {} if place is None else {"page": place.page, "box": place.box}
    if verdict.status == "corrected" and verdict.instead is not None:
        printed = verdict.instead.place.text
        printed = printed if role(leaf) in ("number", "currency") else _trimmed(printed, value.text or "")
        taken = convert(printed, leaf, prints)
        if verdict.debit and isinstance(taken.value, Decimal) and taken.value > 0:
            taken = Converted(-taken.value)
        if taken.value is not None and taken.value == value.value and role(leaf) == "string":
            return value.model_copy(update={**where, "status": "verified"}), []
        if taken.value is not None:
            message = f'the page says "{printed}", {value.model or "the model"} read "{value.text}"'
            notice = Notice(code="corrected", message=message, pointer=value.pointer)
            update = {**where, "status": "corrected", "text": printed, "value": taken.value}
            return value.model_copy(update=update), [notice]
    if verdict.status in ("corrected", "conflict"):
        says = verdict.instead.place.text if verdict.instead is not None else None
        where_else = "does not belong where it stands on the page" if place is not None else "is not on the page"
        message = f'read "{value.text}", but the page says "{says}"' if says else f'"{value.text}" {where_else}'
        notice = Notice(code="conflict", message=message, pointer=value.pointer)
        # A model's own box shows where it looked, and a person sees there what it misread.
        where = {} if value.box is not None else where
        return value.model_copy(update={**where, "status": "conflict"}), [notice]
    if verdict.status == "unverified" and value.box is not None:
        where = {}
    said = []
    if verdict.shared:
        message = f'"{value.text}" was read as {" and as ".join(verdict.shared)}'
        said.append(Notice(code="shared_print", message=message, pointer=value.pointer))
    return value.model_copy(update={**where, "status": verdict.status}), said


def _spaced(value: Value, leaf: Leaf, verdict: Verdict, prints: Conventions, pages: Mapping[int, Evidence]) -> Value:
    """A text that the page's own text verifies, with the gaps it has there; not where that is set letter by letter."""
    place = verdict.place
    if value.status != "verified" or place is None or role(leaf) != "string" or not pages[place.page].certain:
        return value
    words = place.text.split()
    same = "".join(words) == "".join((value.text or "").split()) and place.text != value.text
    if not same or sum(map(len, words)) < 2 * len(words):
        return value
    return value.model_copy(update={"text": place.text, "value": convert(place.text, leaf, prints).value})


def _trimmed(text: str, like: str) -> str:
    """A line's print without the punctuation around it that was not read, as the colon before a number."""
    outside = "".join(c for c in " ,;:.!?" if c not in like[:1] + like[-1:])
    return text.strip(outside) if bare(text) else text


def _agrees_with_hidden(value: Value, leaf: Leaf, pages: Mapping[int, Evidence]) -> list[Notice]:
    if value.status not in ("conflict", "unverified"):
        return []
    for number, page in pages.items():
        if page.hidden is not None and value.page in (None, number) and matches(value, leaf, page.hidden):
            message = f'"{value.text}" stands on page {number} only where nobody can see it'
            return [Notice(code="hidden_text", message=message, pointer=value.pointer)]
    return []
