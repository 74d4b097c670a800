"""A document becomes the words of a random table: header rows, rows of cells, totals, a title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from docpipe.nano.generate.document import Document
from docpipe.nano.vocabulary import COLUMNS, CONCEPTS

NUMERIC = {"number", "money", "percent", "integer", "range", "time"}
NO_VALUE = ("", "", "", "-", "n/a", "–", ".", "0")
TITLES: dict[str, tuple[str, ...]] = {
    "en": ("Table {n}: {w}", "Table {n}. {w}", "{w}", "Overview of {w}", "{w}, {y}", "Results {y}", "Schedule {n}"),
    "de": ("Tabelle {n}: {w}", "Tab. {n}: {w}", "{w}", "Übersicht {w}", "{w} {y}"),
    "fr": ("Tableau {n} : {w}", "{w}", "Tableau {n} - {w}", "{w} ({y})"),
    "es": ("Tabla {n}: {w}", "{w}", "Cuadro {n}. {w}", "{w}, {y}"),
    "nl": ("Tabel {n}: {w}", "{w}", "Overzicht {w}", "{w} {y}"),
    "it": ("Tabella {n}: {w}", "{w}", "Tab. {n} - {w}", "{w} {y}"),
}
TOTALS = {
    "en": ("Total", "Sum", "All", "Average"),
    "de": ("Summe", "Gesamt", "Insgesamt", "Durchschnitt"),
    "fr": ("Total", "Ensemble", "Moyenne"),
    "es": ("Total", "Suma", "Media"),
    "nl": ("Totaal", "Gemiddelde"),
    "it": ("Totale", "Media"),
}
UNITS = ("kg", "%", "EUR", "m²", "USD", "€", "h", "kWh", "mm", "t", "1000", "pcs", "cm", "g/l")


@dataclass
class Grid:
    """The words of a table: header rows of (text, how many columns wide) and rows of cells, "" where one is empty."""

    kinds: list[str]
    headers: list[list[tuple[str, int]]]
    rows: list[list[str]]
    bold: set[int] = field(default_factory=set)
    title: str = ""

    def narrow(self) -> None:
        """Leave out the last column."""
        self.kinds.pop()
        for row in self.headers:
            text, wide = row.pop()
            if wide > 1:
                row.append((text, wide - 1))
        for cells in self.rows:
            cells.pop()


def _cell(doc: Document, kind: str, decimals: int) -> str:
    """What a cell of a column holds."""
    c, rng = doc.content, doc.rng
    cents = int(10 ** rng.uniform(2, 8)) * rng.choice((1, 1, 1, 1, 1, -1))
    makers: dict[str, Callable[[], str]] = {
        "number": lambda: c.number(cents, decimals),
        "money": lambda: c.money(abs(cents), True),
        "percent": lambda: f"{rng.randint(0, 100)}{c.decimal}{rng.randint(0, 9)}{rng.choice(('%', ' %'))}",
        "integer": lambda: str(rng.randint(0, rng.choice((9, 99, 999, 9999)))),
        "date": c.date,
        "time": c.time,
        "code": c.code,
        "word": lambda: capital(c.words(rng.randint(1, 2))),
        "person": c.person,
        "company": c.company,
        "text": lambda: capital(c.words(rng.randint(2, 9))),
        "mark": lambda: rng.choice(("yes", "no", "x", "ok", "+", "ja", "nein", "oui", "A", "B", "C")),
        "range": lambda: f"{rng.randint(1, 50)} - {rng.randint(51, 200)}",
        "gibberish": c.gibberish,
    }
    return makers[kind]()


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _head(doc: Document, kind: str) -> str:
    """What a column is called."""
    c, rng = doc.content, doc.rng
    concept = rng.choice(list(COLUMNS.values()) + list(CONCEPTS.values()))
    text = rng.choice(
        (
            lambda: capital(c.words(1)),
            lambda: capital(c.words(rng.randint(1, 3))),
            lambda: rng.choice(concept.labels[doc.language]),
            lambda: str(rng.randint(1998, 2026)),
            lambda: f"Q{rng.randint(1, 4)} {rng.randint(2015, 2026)}",
            lambda: c.gibberish(),
        )
    )()
    if kind in {"number", "money", "percent"} and rng.random() < 0.2:
        text += rng.choice((f" ({rng.choice(UNITS)})", f" [{rng.choice(UNITS)}]", f" in {rng.choice(UNITS)}"))
    return text


def _names(count: int, make: Callable[[], str]) -> list[str]:
    """So many different texts, fewer where they do not come."""
    found: list[str] = []
    for _ in range(count * 4):
        text = make()
        if len(found) < count and text.lower() not in {f.lower() for f in found}:
            found.append(text)
    return found


def grid(doc: Document, most_columns: int, most_rows: int) -> Grid:
    """The words of a random table."""
    rng, c = doc.rng, doc.content
    columns = rng.randint(2, most_columns)
    first = rng.choice(("word", "word", "text", "code", "date", "person", "company", "integer", "gibberish"))
    rest = (
        "number",
        "number",
        "number",
        "money",
        "percent",
        "integer",
        "integer",
        "word",
        "text",
        "date",
        "code",
        "mark",
        "range",
        "time",
    )
    same = rng.choice(("number", "integer", "percent", "money")) if rng.random() < 0.45 else ""
    kinds = [first] + [same or rng.choice(rest) for _ in range(columns - 1)]
    decimals = rng.choice((0, 2, 2))
    top = _names(columns, lambda: _head(doc, kinds[-1])) if rng.random() < 0.94 else []
    headers: list[list[tuple[str, int]]] = []
    if len(top) == columns:
        if rng.random() < 0.2:
            top[0] = ""
        headers.append([(text, 1) for text in top])
        if columns >= 4 and rng.random() < 0.3:
            headers.insert(0, _groups(doc, columns))
    gaps = rng.choice((0, 0, 0.04, 0.15))
    rows: list[list[str]] = []
    bold: set[int] = set()
    for number in range(rng.randint(2, most_rows)):
        if number and rng.random() < 0.04:
            bold.add(len(rows))
            rows.append([capital(c.words(rng.randint(1, 3)))] + [""] * (columns - 1))
        row = [_cell(doc, kind, decimals) for kind in kinds]
        rows.append([row[0]] + [rng.choice(NO_VALUE) if rng.random() < gaps else cell for cell in row[1:]])
    if rng.random() < 0.3 and NUMERIC & set(kinds[1:]):
        bold.add(len(rows))
        total = [
            _cell(doc, kind, decimals) if kind in {"number", "money", "integer", "percent"} else ""
            for kind in kinds[1:]
        ]
        rows.append([rng.choice(TOTALS[doc.language]), *total])
    title = ""
    if rng.random() < 0.65:
        text = rng.choice(TITLES[doc.language])
        title = text.format(n=rng.randint(1, 9), w=capital(c.words(rng.randint(1, 5))), y=rng.randint(2005, 2026))
    return Grid(kinds, headers, rows, bold, title)


def _groups(doc: Document, columns: int) -> list[tuple[str, int]]:
    """A header row above the header: names that each cover some columns; the first column has none."""
    groups: list[tuple[str, int]] = [("", 1)]
    left = columns - 1
    while left:
        wide = min(left, doc.rng.randint(1, 3))
        groups.append((_head(doc, "word"), wide))
        left -= wide
    return groups
