"""Values go in one by one; marked HTML for the page comes out, and the truth of the page is kept.

A sheet prints values the way one sender prints them (language, digits, dates) and remembers for each
JSON pointer what was printed and what it means.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup, escape

ROOT = Path(__file__).resolve().parents[2]
NBSP = "\N{NO-BREAK SPACE}"
GROUPS = {
    "1,234.56": (",", "."),
    "1.234,56": (".", ","),
    "1 234,56": (NBSP, ","),
    "1'234.56": ("'", "."),
    "1234.56": ("", "."),
    "1234,56": ("", ","),
}


def read_schema(name: str) -> dict[str, Any]:
    """The schema `name` of the project, or of samples/ when the name ends in .schema.json."""
    path = ROOT / "samples" / name if name.endswith(".json") else ROOT / "schemas" / f"{name}.json"
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


def plain(value: object) -> object:
    """`value` as JSON has it: Decimals as numbers, dates as ISO 8601."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


class Sheet:
    """What one document prints. `schema` is its JSON Schema; what is never put on the page stays null.

    `digits` is an example of a printed number, `dates` a CLDR date pattern, `sign` how the currency is printed.
    """

    def __init__(
        self,
        schema: dict[str, Any],
        *,
        language: str = "en",
        digits: str = "1,234.56",
        dates: str = "d MMMM yyyy",
        currency: str | None = None,
        sign: str = "",
        sign_after: bool = False,
    ) -> None:
        self.schema = schema
        self.language = language
        self.group, self.point = GROUPS[digits]
        self.dates = dates
        self.code = currency
        self.sign = sign
        self.sign_after = sign_after
        self.data: dict[str, Any] = self._blank(schema)
        self.texts: dict[str, str] = {}

    def _blank(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {name: [] if part["type"] == "array" else None for name, part in schema["properties"].items()}

    def _keep(self, pointer: str, value: object, text: str | None) -> None:
        if pointer in self.texts:
            raise ValueError(f"{pointer} is printed twice")
        steps = pointer.strip("/").split("/")
        here: Any = self.data
        schema = self.schema
        for step in steps[:-1]:
            if isinstance(here, dict):
                here, schema = here[step], schema["properties"][step]
                continue
            schema = schema["items"]
            while len(here) <= int(step):
                here.append(self._blank(schema))
            here = here[int(step)]
        last = steps[-1]
        if isinstance(here, list):
            if len(here) != int(last):
                raise ValueError(f"{pointer} comes out of turn")
            here.append(plain(value))
        elif last in here:
            here[last] = plain(value)
        else:
            raise ValueError(f"{pointer} is not in the schema")
        if text is not None:
            self.texts[pointer] = " ".join(text.split())

    def put(self, pointer: str, value: object, text: str | None = None) -> Markup:
        """Marks `text` (else the value itself) as what is printed for `pointer`; line feeds break the line.

        A string that is printed over several lines means the same as its lines joined by a space; an IBAN means
        the same without the gaps it is set in.
        """
        if value is None:
            return Markup("")
        shown = str(value) if text is None else text
        if isinstance(value, str):
            value = "".join(value.split()) if pointer.endswith("/iban") else " ".join(value.split())
        self._keep(pointer, value, shown)
        return self.mark(pointer, Markup("<br>").join(shown.split("\n")))

    def know(self, pointer: str, value: object) -> None:
        """Keeps a value that is to be seen on the page but not printed as text (a bar's height)."""
        self._keep(pointer, value, None)

    def mark(self, pointer: str, inner: str | Markup) -> Markup:
        """HTML whose place becomes the box of `pointer`."""
        return Markup('<span data-at="{}">{}</span>').format(pointer, inner)

    def tick(self, pointer: str, on: bool) -> Markup:
        """A check box for a boolean: its place is known, nothing is printed as text."""
        self.know(pointer, on)
        return Markup('<span class="box{}" data-at="{}"></span>').format(" on" if on else "", pointer)

    def comb(self, pointer: str, value: object, text: str | None, cells: int) -> Markup:
        """A value written one character to a cell, with empty cells up to `cells`."""
        letters = "" if value is None else str(value) if text is None else text
        row = Markup("").join(Markup("<i>{}</i>").format(letter.replace(" ", NBSP)) for letter in letters)
        rest = Markup("<i>&nbsp;</i>") * (cells - len(letters))
        if value is None:
            return rest
        self._keep(pointer, value, letters)
        return self.mark(pointer, row) + rest

    def day(self, pointer: str, value: date | None, pattern: str | None = None) -> Markup:
        """A date in this sheet's way of printing dates, or in `pattern`."""
        return Markup("") if value is None else self.put(pointer, value, self.date_text(value, pattern))

    def date_text(self, value: date, pattern: str | None = None) -> str:
        """A date as this sheet prints dates."""
        return str(format_date(value, pattern or self.dates, locale=self.language))

    def number(self, value: Decimal | int, places: int = 2) -> str:
        """Digits as this sheet groups them, without currency."""
        pattern = "#,##0" + ("." + "0" * places if places else "")
        text = str(format_decimal(value, pattern, locale="en"))
        return text.replace(",", "\0").replace(".", self.point).replace("\0", self.group)

    def quantity(self, pointer: str, value: Decimal | int | None, unit: str = "") -> Markup:
        """A number of things, without needless zeros; `unit` is printed behind it and is no part of the value."""
        if value is None:
            return Markup("")
        exponent = Decimal(value).normalize().as_tuple().exponent
        shown = self.put(pointer, value, self.number(value, max(0, -int(exponent))))
        return shown + Markup("&nbsp;") + escape(unit) if unit else shown

    def money(self, pointer: str, value: Decimal | None, *, sign: bool = False, text: str | None = None) -> Markup:
        """An amount with two decimals; with `sign` the currency's sign stands at it and is marked the first time."""
        if value is None:
            return Markup("")
        digits = self.number(value) if text is None else text
        if not sign or not self.sign:
            return self.put(pointer, value, digits)
        joint = NBSP if self.sign_after or self.sign.isalpha() else ""
        minus, digits = ("-", digits[1:]) if digits.startswith("-") and not self.sign_after else ("", digits)
        self._keep(pointer, value, digits + joint + self.sign if self.sign_after else minus + self.sign + joint + digits)
        mark: str | Markup = self.sign
        if "currency" in self.data and "/currency" not in self.texts:
            self._keep("/currency", self.code, self.sign)
            mark = self.mark("/currency", self.sign)
        parts = (digits, joint, mark) if self.sign_after else (minus, mark, joint, digits)
        return self.mark(pointer, Markup("").join(escape(part) for part in parts))

    def shown(self, value: Decimal, *, sign: bool = False) -> str:
        """An amount that is no value of the schema, printed in the same way."""
        digits = self.number(value)
        if not sign or not self.sign:
            return digits
        joint = NBSP if self.sign_after or self.sign.isalpha() else ""
        return digits + joint + self.sign if self.sign_after else self.sign + joint + digits
