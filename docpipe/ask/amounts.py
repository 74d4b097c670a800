"""The amounts that a sentence compares with become bounds: over 1000 EUR, between 5 and 10, exactly 99.90."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from docpipe.ask.called import CURRENCIES, SHORT_CURRENCIES
from docpipe.ask.sentence import Sentence
from docpipe.plan import Operator
from docpipe.printed.amounts import Amount, find_amounts, read_currency
from docpipe.printed.words import fold

_TURNED: dict[Operator, Operator] = {
    "more": "at_most",
    "less": "at_least",
    "at_least": "less",
    "at_most": "more",
    "is": "is_not",
}
_LEADS: tuple[tuple[str, Operator], ...] = (
    ("over", "more"),
    ("under", "less"),
    ("at_least", "at_least"),
    ("at_most", "at_most"),
    ("exactly", "is"),
)
_BEHIND: dict[tuple[str, ...], Operator] = {
    ("or", "more"): "at_least", ("or", "above"): "at_least", ("or", "over"): "at_least", ("and", "above"): "at_least",
    ("or", "less"): "at_most", ("or", "below"): "at_most", ("or", "under"): "at_most", ("and", "more"): "at_least",
    ("oder", "mehr"): "at_least", ("oder", "weniger"): "at_most", ("und", "mehr"): "at_least",
    ("ou", "plus"): "at_least", ("ou", "moins"): "at_most", ("et", "plus"): "at_least",
}  # fmt: skip


_TO = frozenset({"to", "auf", "a"})
# What never was is told, and asked whether it was.
_NEVER = frozenset({"never", "nie", "niemals", "jamais"})


@dataclass(frozen=True)
class Bound:
    """What a number is compared with. `at` is the place in the sentence where the comparison begins."""

    operator: Operator
    value: Decimal
    at: int
    currency: str | None = None


def find_currency(sentence: Sentence, lengths: Sequence[int] = (2, 1)) -> tuple[str | None, bool]:
    """The currency that a sentence names, whose words are taken: EUR, euros, Pfund; and whether it must not be that.

    `lengths` are how many words it may have.
    """
    for length in lengths:
        for start in range(len(sentence) - length + 1):
            if not sentence.free(start, length):
                continue
            said = sentence.said(start, length)
            code = read_currency(said) if not said.isdecimal() and len(said) > 2 else None
            code = code or SHORT_CURRENCIES.get(fold(said))
            if code is not None and (said.isupper() or fold(said) in CURRENCIES):
                negated = sentence.before("not", start, over=2)
                if negated is not None:
                    sentence.take(negated[0], start - negated[0], "not")
                sentence.take(start, length, "currency")
                _take_again(sentence, code[0])
                return code[0], negated is not None
    return None, False


def _take_again(sentence: Sentence, code: str) -> None:
    """Take the same currency where it is said once more."""
    for n in range(len(sentence)):
        said = sentence.said(n, 1)
        again = (read_currency(said) or SHORT_CURRENCIES.get(fold(said))) if fold(said) in CURRENCIES else None
        if sentence.free(n) and again is not None and again[0] == code:
            sentence.take(n, 1, "currency")


def find_bounds(sentence: Sentence) -> list[Bound]:
    """The bounds in a sentence, whose words are taken. A bare number is none: it may be that of a document."""
    amounts = _amounts(sentence)
    found: list[Bound] = []
    for start, (length, amount) in sorted(amounts.items()):
        if not sentence.free(start, length):
            continue
        found += _between(sentence, amounts, start) or _one(sentence, start, length, amount)
    return found


def _between(sentence: Sentence, amounts: dict[int, tuple[int, Amount]], start: int) -> list[Bound]:
    opened = sentence.before("between", start) or sentence.before("from", start)
    length, amount = amounts[start]
    middle = start + length
    to = sentence.at("to", middle) if opened else 0
    second = amounts.get(middle + to) if to else None
    if opened is None or second is None:
        return []
    negated = sentence.before("not", opened[0])
    sentence.take(opened[0], middle + to + second[0] - opened[0], "bound")
    if negated is not None:
        return []
    code = amount.currency or second[1].currency
    return [Bound("at_least", amount.value, opened[0], code), Bound("at_most", second[1].value, opened[0], code)]


def _one(sentence: Sentence, start: int, length: int, amount: Amount) -> list[Bound]:
    for meaning, operator in _LEADS:
        lead = sentence.before(meaning, start, over=1)
        if lead is None:
            continue
        begin = lead[0]
        negated = sentence.before("not", begin)
        if negated is not None:
            begin = negated[0]
            operator = operator if sentence.words[begin] in _NEVER else _TURNED[operator]
        sentence.take(begin, start + length - begin, "bound")
        return [Bound(operator, amount.value, begin, amount.currency)]
    end = start + length
    unit = sentence.words[end : end + 1]
    known = bool(unit) and unit[0] in CURRENCIES  # 1000 francs or more
    code = (read_currency(sentence.said(end, 1)) or SHORT_CURRENCIES.get(unit[0])) if known else None
    end += code is not None
    behind = _BEHIND.get(tuple(sentence.words[end : end + 2]))
    if behind is not None and sentence.free(start, end + 2 - start):
        lead = sentence.before("sum", start)  # which came to 1000 or more
        begin = lead[0] if lead is not None and sentence.words[start - 1] in _TO else start
        sentence.take(begin, end + 2 - begin, "bound")
        return [Bound(behind, amount.value, start, amount.currency or (code[0] if code else None))]
    if amount.currency is not None:
        sentence.take(start, length, "bound")
        return [Bound("is", amount.value, start, amount.currency)]
    return []


def _amounts(sentence: Sentence) -> dict[int, tuple[int, Amount]]:
    """Every number that may be an amount, by its first word."""
    sign = "." if sentence.language == "en" else ","
    found: dict[int, tuple[int, Amount]] = {}
    for begin, end, amount in find_amounts(sentence.text):
        inside = [n for n, t in enumerate(sentence.tokens) if t.start >= begin and t.end <= end]
        if not inside or amount.percent:
            continue
        read = amount.resolved("." if sign == "." else ",")
        if inside[0] not in found or found[inside[0]][0] < len(inside):
            found[inside[0]] = (len(inside), replace(read, currency=amount.currency))
    return found
