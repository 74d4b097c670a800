"""A printed text and the leaf it was read for become a typed value, or the reason why they do not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from rapidfuzz import fuzz, process

from docpipe.printed.amounts import SHARED, read_amount, read_currency
from docpipe.printed.conventions import Conventions
from docpipe.printed.dates import read_date, read_time
from docpipe.printed.words import fold, joined
from docpipe.schema import Leaf
from docpipe.types import Scalar

_YES = {
    "yes", "y", "true", "x", "on", "1", "ticked", "checked", "selected", "ja", "j", "wahr", "angekreuzt", "oui", "o",
    "vrai", "coche", "cochee", "si", "s", "verdadero", "marcado", "waar", "aangevinkt", "vero", "selezionato", "ok",
}  # fmt: skip
_NO = {
    "no", "n", "false", "off", "0", "not ticked", "not checked", "unchecked", "unticked", "unselected", "nein",
    "falsch", "nicht angekreuzt", "non", "faux", "non coche", "falso", "sin marcar", "nee", "onwaar", "niet aangevinkt",
    "not selected",
}  # fmt: skip
_TICKS = frozenset("✓✔☑☒✗✘🗸🗹■●◉⬛⊠")
_NO_TICKS = frozenset("☐□○◯⬜❏")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_WORD = re.compile(r"\W*[A-Z]{3}")
_ENUM_SCORE = 84.0
_ENUM_LEAD = 5.0

Role = Literal["currency", "iban", "email", "uri", "date", "time", "date-time", "number", "boolean", "enum", "string"]


@dataclass(frozen=True)
class Converted:
    """A typed value. `ambiguous` says what else it may mean; `problem` why there is no value; `doubt` what speaks
    against the value, which may still be what is printed."""

    value: Scalar = None
    ambiguous: str | None = None
    problem: str | None = None
    doubt: str | None = None


@cache
def role(leaf: Leaf) -> Role:
    """How the leaf's text is to be understood."""
    if leaf.enum is not None:
        return "enum"
    if leaf.type == "boolean":
        return "boolean"
    if leaf.type in ("number", "integer"):
        return "number"
    if leaf.format in ("date", "time", "date-time", "email", "uri"):
        return leaf.format  # type: ignore[return-value]  # five of the literals
    if leaf.pattern == "^[A-Z]{3}$" and (not leaf.key or "currency" in leaf.key or "EUR" in leaf.examples):
        return "currency"
    if leaf.key == "currency" or leaf.key.endswith("_currency"):
        return "currency"
    if "iban" in re.split(r"[^a-z]+", leaf.key.lower()):
        return "iban"
    return "string"


def convert(text: str, leaf: Leaf, conventions: Conventions) -> Converted:
    """The value that `text` is for `leaf`, in a document that prints by these `conventions`."""
    kind = role(leaf)
    if kind == "number":
        return _number(text, leaf, conventions)
    if kind == "date":
        return _date(text, conventions)
    if kind == "time":
        found = read_time(text)
        return Converted(full_time(found)) if found else _not(text, "a time")
    if kind == "date-time":
        return _date_time(text, conventions)
    if kind == "boolean":
        said = read_boolean(text, leaf)
        return _not(text, "yes or no") if said is None else Converted(said)
    if kind == "enum":
        return _enum(text, leaf)
    if kind == "currency":
        return _currency(text, conventions)
    return _string(text, leaf, kind)


def full_time(printed: str) -> str:
    """A clock time with its seconds, as JSON Schema's `time` has them."""
    return printed if printed.count(":") == 2 else f"{printed}:00"


def read_boolean(text: str, leaf: Leaf | None = None) -> bool | None:
    """Whether the text says yes or no: in six languages, as a tick or a cross, or as the box's own label."""
    marks = set(text)
    if marks & _TICKS or re.fullmatch(r"\s*[\[(]\s*[xXvV]\s*[\])]\s*", text):
        return True
    if marks & _NO_TICKS or re.fullmatch(r"\s*[\[(]\s*[\])]\s*", text):
        return False
    said = fold(text)
    if said in _YES:
        return True
    if said in _NO:
        return False
    first = said.split(" ", 1)[0]
    if first in ("yes", "ja", "oui", "no", "nein", "non", "nee") and len(said) < 40:
        return first in ("yes", "ja", "oui")
    # A model that answers a tick box with its label means that it is ticked.
    if leaf is not None and said and said in {fold(label) for label in leaf.labels}:
        return True
    return None


def _number(text: str, leaf: Leaf, conventions: Conventions) -> Converted:
    amount = read_amount(joined(text))
    if amount is None:
        return _not(text, "a number")
    settled = amount.resolved(conventions.decimal)
    value = settled.value
    doubt = None
    if settled.ambiguous:
        doubt = f'"{text}" may be {settled.value} or {settled.other}; taken as {settled.value}'
    if leaf.type == "integer":
        if value != value.to_integral_value():
            return _not(text, "a whole number")
        return Converted(int(value), doubt)
    return Converted(value, doubt)


def _date(text: str, conventions: Conventions) -> Converted:
    printed = read_date(joined(text))
    if printed is None:
        return _not(text, "a date")
    year = printed.year or conventions.year_of(printed)
    day = printed.day(conventions.date_order, year)
    if day is None:
        return _not(text, "a date with its year")
    doubt = None
    if printed.ambiguous and not conventions.date_order_sure:
        other = printed.day("MDY" if conventions.date_order == "DMY" else "DMY", year)
        doubt = f'"{text}" may be {day} or {other}; taken as {day}'
    return Converted(day.isoformat(), doubt)


def _date_time(text: str, conventions: Conventions) -> Converted:
    day, clock = _date(text, conventions), read_time(text)
    if day.value is None:
        return _not(text, "a date and time")
    return Converted(f"{day.value}T{full_time(clock or '00:00')}", day.ambiguous)


def _enum(text: str, leaf: Leaf) -> Converted:
    choices = {str(choice): choice for choice in leaf.enum or ()}
    if text.strip() in choices:
        return Converted(choices[text.strip()])
    said = fold(text)
    folded = {fold(name.replace("_", " ")): choice for name, choice in choices.items()}
    if said in folded:
        return Converted(folded[said])
    if leaf.type in ("number", "integer"):
        amount = read_amount(text)
        if amount is not None and any(Decimal(name) == amount.value for name in choices):
            return Converted(next(choice for name, choice in choices.items() if Decimal(name) == amount.value))
        return _not(text, f"one of {', '.join(choices)}")
    # "Bar chart" names "bar"; a word of the choice that is only similar has to be very similar.
    within = [choice for name, choice in folded.items() if name and f" {name} " in f" {said} "]
    if len(within) == 1:
        return Converted(within[0])
    ranked = process.extract(said, list(folded), scorer=fuzz.ratio, limit=2)
    if ranked and ranked[0][1] >= _ENUM_SCORE and (len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _ENUM_LEAD):
        return Converted(folded[ranked[0][0]])
    return _not(text, f"one of {', '.join(choices)}")


def _currency(text: str, conventions: Conventions) -> Converted:
    found = read_currency(joined(text))
    if found is None:
        return _not(text, "a currency")
    code, sign = found
    others = [other for other in SHARED.get(sign, ()) if other in conventions.named]
    if not others:
        return Converted(code)
    # The sign alone is shared. Where the document names one of the others and not this one, it is that one.
    if len(others) == 1 and code not in conventions.named:
        return Converted(others[0])
    return Converted(code, f'"{text}" may be {" or ".join([code, *others])}; taken as {code}')


def _string(text: str, leaf: Leaf, kind: Role) -> Converted:
    value = joined(text)
    if kind == "iban":
        value = _iban(re.sub(r"^IBAN\s*:?\s*", "", value, flags=re.IGNORECASE).upper())
    elif kind == "email":
        value = re.sub(r"^mailto:", "", value.replace(" ", ""), flags=re.IGNORECASE).strip(".,;:<>()")
    elif kind == "uri":
        value = value.replace(" ", "").strip(",;<>()")
    if not value:
        return Converted(problem="nothing was printed")
    if leaf.pattern is not None and not re.search(leaf.pattern, value):
        for attempt in (value.replace(" ", ""), value.upper(), value.replace(" ", "").upper()):
            if re.search(leaf.pattern, attempt):
                return Converted(attempt)
        return _not(text, f"of the form {leaf.pattern}")
    wrong = kind == "iban" and _IBAN.fullmatch(value) and not iban_holds(value)
    return Converted(value, doubt=f'"{text}": its check digits do not hold' if wrong else None)


def _iban(text: str) -> str:
    """The account number without spaces, and without a word, such as a BIC, behind one whose check digits hold.

    Digits are never left out: of a misread number a part may hold by chance.
    """
    groups = text.split()
    for count in range(1, len(groups)):
        if _WORD.match(groups[count]) and iban_holds("".join(groups[:count])):
            return "".join(groups[:count])
    return "".join(groups)


def iban_holds(iban: str) -> bool:
    """Whether a text has the form of an IBAN and its check digits are right (ISO 13616, ISO 7064 MOD 97-10)."""
    if not _IBAN.fullmatch(iban):
        return False
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1


def _not(text: str, what: str) -> Converted:
    return Converted(problem=f'"{text}" is not {what}')


def day_of(value: Scalar) -> date | None:
    """A converted date back as a date; None for anything else."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
