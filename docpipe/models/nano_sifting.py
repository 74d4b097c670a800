"""What nano answers beside each label of a field becomes what may be the field's value, by its type and its rules."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from docpipe.nano.labels import surest
from docpipe.nano.page import CELL
from docpipe.nano.reading import Answer, Ask
from docpipe.nano.synonyms import synonyms
from docpipe.printed.amounts import read_amount
from docpipe.printed.conventions import Conventions
from docpipe.printed.convert import convert, role
from docpipe.printed.dates import read_date
from docpipe.printed.words import fold, joined
from docpipe.rule_language import Node, Operation, Path, parse
from docpipe.schema import Leaf, Schema

MONEY = re.compile(r"\d[.,]\d\d(?!\d)")
SURE = 0.5  # confidence from which on an amount competes to be the largest


def totals(schema: Schema) -> dict[str, tuple[str, ...]]:
    """The paths of fields that a rule says to be others together, and of the others: `subtotal + tax == total`."""
    return {_path(one): tuple(map(_path, parts)) for rule in schema.rules for one, parts in _sums(parse(rule.rule))}


def _sums(rule: Node) -> Iterator[tuple[Path, list[Path]]]:
    if isinstance(rule, Operation) and rule.operator == "==":
        left, right = rule.operands
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Path) and isinstance(other, Operation) and other.operator == "+":
                parts = [part for part in other.operands if isinstance(part, Path)]
                if len(parts) == len(other.operands):
                    yield one, parts


def _path(path: Path) -> str:
    return "/" + "/".join(path.names)


def announcing(schema: Schema, asks: Mapping[str, Ask]) -> frozenset[str]:
    """What announces other values and is none itself, folded: the labels of the schema's fields, which `asks` for
    their paths ask for. How an amount is called may be a value, "Cash", and how a document is called, its title.
    """
    named = [leaf for leaf in schema.leaves if leaf.path in asks and leaf.type not in {"number", "integer"}]
    own = [(*asks[leaf.path].labels, *synonyms(asks[leaf.path])) for leaf in named]
    return frozenset(fold(label) for labels in own for label in labels).difference(map(fold, schema.headings))


def sifted(
    leaf: Leaf,
    answers: Sequence[Answer],
    *,
    total: bool,
    announced: Collection[str] = frozenset(),
    titles: Collection[str] = frozenset(),
) -> list[Answer]:
    """The answers to the questions of one field, first the one from nowhere, without those that cannot be its value.

    What was found beside a label and is not of the field's type goes where another is. Of several amounts for a
    `total` the largest stays: it holds the others. An amount is no field's value where none of its labels was found.
    What is `announced`, folded, is a label, and no text that is free; what documents are called, `titles`, is no name.
    """
    if leaf.type == "string" and not leaf.enum:
        none = {*announced, *(titles if _is_name(leaf) else ())}
        answers = [a.gone() if a.text is not None and _cannot_be(a.text, leaf, none) else a for a in answers]
    if len(answers) == 1 and leaf.labels and leaf.type in {"number", "integer"} and answers[0].text is not None:
        return [answers[0].gone()]
    beside = answers[1:]
    typed = [a.text is not None and _may_be(a.text, leaf) for a in beside]
    wrong = [any(typed) and a.text is not None and not fits for a, fits in zip(beside, typed, strict=True)]
    kept = [*answers[:1], *(a.gone() if not_it else a for a, not_it in zip(beside, wrong, strict=True))]
    return _largest(kept) if total else kept


def _cannot_be(text: str, leaf: Leaf, announced: Collection[str]) -> bool:
    """Whether a text is a label, an amount in place of a name, a number without a figure, or what is no currency."""
    if fold(text) in announced:
        return True
    if role(leaf) == "currency":
        return not _may_be(text, leaf)
    if _is_name(leaf):
        return MONEY.search(text) is not None
    return (leaf.key == "number" or leaf.key.endswith("_number")) and not any(map(str.isdigit, text))


def _is_name(leaf: Leaf) -> bool:
    return leaf.key == "name" or leaf.key.endswith("_name")


def _may_be(text: str, leaf: Leaf) -> bool:
    """Whether a text is of the field's type, and a name has letters. Day and month are told apart by the document."""
    if role(leaf) == "date":
        return read_date(joined(text)) is not None
    if _is_name(leaf):
        return sum(map(str.isalpha, text)) > sum(map(str.isdigit, text))
    return convert(text, leaf, Conventions()).problem is None


def _largest(answers: Sequence[Answer]) -> list[Answer]:
    amounts = {n: _amount(a) for n, a in enumerate(answers) if n > 0 and a.confidence >= SURE}
    values = {n: value for n, value in amounts.items() if value is not None}
    with_cents = {n: value for n, value in values.items() if value.as_tuple().exponent == -2} or values
    if not with_cents:
        return list(answers)
    most = max(with_cents.values())
    return [a if n == 0 or a.text is None or with_cents.get(n) == most else a.gone() for n, a in enumerate(answers)]


def parted(totals: Mapping[str, tuple[str, ...]], answers: Mapping[str, Sequence[Answer]]) -> dict[str, list[Answer]]:
    """The answers of fields, by path, without parts of a total that are no parts.

    A part is not the very print that is the total, nor, without a label beside it, more than the total.
    """
    kept = {path: list(own) for path, own in answers.items()}
    for total, parts in totals.items():
        best = surest(answers[total]) if total in answers else None
        whole = _amount(best) if best is not None else None
        for part in parts:
            if best is not None and part in kept:
                kept[part] = [a.gone() if _same_print(a, best) else a for a in kept[part]]
            amount = _amount(kept[part][0]) if part in kept and surest(kept[part]) is kept[part][0] else None
            if whole is not None and amount is not None and amount > whole:
                kept[part][0] = kept[part][0].gone()
    return kept


def _same_print(one: Answer, other: Answer) -> bool:
    """Whether two answers are one print: looks of other sizes tell its place to about a cell."""
    if one.text is None or other.text is None or one.first is None or other.first is None:
        return False
    return all(abs(a - b) < CELL for a, b in zip(one.first, other.first, strict=True))


def _amount(answer: Answer) -> Decimal | None:
    found = None if answer.text is None else read_amount(answer.text)
    return None if found is None else found.value
