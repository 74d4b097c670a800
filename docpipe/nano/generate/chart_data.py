"""A document becomes the data of a random chart: its kind, categories, series, values and how they are printed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from docpipe.nano.generate.document import Document

TITLES: dict[str, tuple[str, ...]] = {
    "en": ("Figure {n}: {w}", "Fig. {n}. {w}", "Chart {n} - {w}"),
    "de": ("Abbildung {n}: {w}", "Abb. {n}: {w}"),
    "fr": ("Figure {n} : {w}", "Graphique {n} - {w}"),
    "es": ("Figura {n}: {w}", "Gráfico {n}. {w}"),
    "nl": ("Figuur {n}: {w}", "Grafiek {n}: {w}"),
    "it": ("Figura {n}: {w}", "Grafico {n} - {w}"),
}
MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "fr": "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
}
DAYS = {
    "en": "Mon Tue Wed Thu Fri Sat Sun",
    "de": "Mo Di Mi Do Fr Sa So",
    "fr": "lun mar mer jeu ven sam dim",
    "es": "lun mar mié jue vie sáb dom",
    "nl": "ma di wo do vr za zo",
    "it": "lun mar mer gio ven sab dom",
}
TOPICS: dict[str, tuple[str, ...]] = {
    "en": (
        "Revenue",
        "Sales by region",
        "Visitors",
        "Temperature",
        "Energy use",
        "Costs",
        "Orders",
        "Market share",
        "Employees",
    ),
    "de": ("Umsatz", "Umsatz nach Region", "Besucher", "Temperatur", "Energieverbrauch", "Kosten", "Marktanteil"),
    "fr": ("Chiffre d'affaires", "Ventes par région", "Visiteurs", "Température", "Coûts", "Part de marché"),
    "es": ("Ingresos", "Ventas por región", "Visitantes", "Temperatura", "Costes", "Cuota de mercado"),
    "nl": ("Omzet", "Omzet per regio", "Bezoekers", "Temperatuur", "Kosten", "Marktaandeel"),
    "it": ("Ricavi", "Vendite per regione", "Visitatori", "Temperatura", "Costi", "Quota di mercato"),
}
X_TITLES: dict[str, tuple[str, ...]] = {
    "en": ("Year", "Month", "Region", "Category", "Product", "Day", "Quarter", "Age group"),
    "de": ("Jahr", "Monat", "Region", "Kategorie", "Produkt", "Tag", "Quartal"),
    "fr": ("Année", "Mois", "Région", "Catégorie", "Produit"),
    "es": ("Año", "Mes", "Región", "Categoría", "Producto"),
    "nl": ("Jaar", "Maand", "Regio", "Categorie", "Product"),
    "it": ("Anno", "Mese", "Regione", "Categoria", "Prodotto"),
}
Y_TITLES = (
    "EUR",
    "USD (millions)",
    "%",
    "kWh",
    "Mio. EUR",
    "k€",
    "Units",
    "Number",
    "Anzahl",
    "Nombre",
    "Score",
    "°C",
    "t CO2",
    "Aantal",
)
Kind = Literal["bar", "line", "pie"]


@dataclass(frozen=True)
class Data:
    """What a chart shows. `values` hold a row of hundredths for each series; `decimals` and `unit` print them.

    `form` is how bars or slices are drawn; empty titles are not drawn; `printed` says whether values are.
    """

    kind: Kind
    form: str
    title: str
    x_title: str
    y_title: str
    categories: tuple[str, ...]
    series: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]
    decimals: int
    unit: str
    printed: bool


def data(doc: Document, *, wide: float) -> Data:
    """A random chart for a width in points."""
    rng, c = doc.rng, doc.content
    kind: Kind = rng.choice(("bar", "bar", "line", "line", "pie"))
    form = {
        "bar": rng.choice(("vertical", "vertical", "horizontal", "grouped", "stacked", "grouped")),
        "line": rng.choice(("markers", "markers", "plain")),
        "pie": rng.choice(("beside", "legend", "legend", "inside", "beside")),
    }[kind]
    count = rng.randint(3, 8) if kind == "pie" else rng.randint(3, 8 if wide < 450 else 12)
    categories = _categories(doc, kind, count, wide / (count + 2) if form != "horizontal" and kind != "pie" else 90)
    several = (
        rng.randint(2, 3) if form in {"grouped", "stacked"} else rng.choice((1, 1, 2, 3, 4)) if kind == "line" else 1
    )
    series = _different(doc, several)
    low, high = rng.choice(
        ((100, 10_000), (1_000, 100_000), (100_000, 10_000_000), (500, 9_999), (10_000, 100_000_000))
    )
    values = tuple(_row(doc, kind, len(categories), low, high) for _ in series)
    topic = rng.choice(TOPICS[doc.language]) if rng.random() < 0.5 else c.words(rng.randint(1, 4)).capitalize()
    if rng.random() < 0.3:
        topic += rng.choice(
            (f" {rng.randint(1999, 2026)}", f" ({rng.choice(Y_TITLES)})", f", {rng.randint(1999, 2026)}")
        )
    if rng.random() < 0.15:
        topic = rng.choice(TITLES[doc.language]).format(n=rng.randint(1, 9), w=topic)
    axes = kind != "pie"
    x_title = rng.choice(X_TITLES[doc.language]) if rng.random() < 0.6 else c.words(1).capitalize()
    y_title = rng.choice(Y_TITLES) if rng.random() < 0.6 else c.words(rng.randint(1, 2)).capitalize()
    percent = kind == "pie" and rng.random() < 0.7
    return Data(
        kind, form, topic if rng.random() < 0.85 else "", x_title if axes and rng.random() < 0.5 else "",
        y_title if axes and rng.random() < 0.5 else "", categories, series, _shares(values) if percent else values,
        rng.choice((0, 1)) if percent else 0 if high > 50_000 else rng.choice((0, 0, 1, 2)),
        rng.choice(("%", "%", " %") if percent else ("", "", "%") if high < 10_000 else ("", "", "", " €", " k")),
        rng.random() < (0.85 if kind == "pie" else 0.7),
    )  # fmt: skip


def printed(doc: Document, cents: int, decimals: int, unit: str) -> str:
    """Hundredths as a chart prints them."""
    c = doc.content
    text = c.number(cents, 2 if decimals else 0)
    return (text[:-1] if decimals == 1 else text) + unit


def _row(doc: Document, kind: Kind, count: int, low: int, high: int) -> tuple[int, ...]:
    rng = doc.rng
    if kind == "line":
        value, found = rng.uniform(low, high), []
        for _ in range(count):
            value = min(max(value * rng.uniform(0.7, 1.4), low), high)
            found.append(_round(int(value)))
        return tuple(found)
    base = rng.uniform(low, high)
    return tuple(_round(int(max(low, base * rng.uniform(0.15, 1.3)))) for _ in range(count))


def _round(cents: int) -> int:
    """Cut to three or four figures, as charts print them."""
    step = 10 ** max(0, int(math.log10(max(cents, 1))) - 3)
    return cents // step * step


def _shares(values: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """Hundredths of a percent of the whole, to a tenth; of the sum 100 as far as rounding goes."""
    rows = []
    for row in values:
        total = sum(row)
        rows.append(tuple(max(10, round(v * 1000 / total) * 10) for v in row))
    return tuple(rows)


def _different(doc: Document, count: int) -> tuple[str, ...]:
    c, rng = doc.content, doc.rng
    found: list[str] = []
    form = rng.randrange(4)
    year = rng.randint(2000, 2020)
    while len(found) < count:
        text = (c.words(1).capitalize(), str(year + len(found)), c.company(), c.words(2).capitalize())[form]
        if text not in found:
            found.append(text)
    return tuple(found)


def _categories(doc: Document, kind: Kind, count: int, room: float) -> tuple[str, ...]:
    """Category labels that are narrower than `room` points."""
    rng, c = doc.rng, doc.content
    form = rng.choice(("years", "months", "days", "quarters", "words", "words", "words", "numbers", "gibberish"))
    if kind == "pie":
        form = rng.choice(("words", "words", "words", "gibberish"))
    year = rng.randint(1985, 2014)
    if form == "years":
        short = rng.random() < 0.1
        return tuple(f"'{(year + i) % 100:02}" if short else str(year + i) for i in range(count))
    if form == "months":
        first = rng.randrange(12 - min(count, 12) + 1)
        return tuple(MONTHS[doc.language].split()[first : first + count])
    if form == "days":
        return tuple(DAYS[doc.language].split()[: max(3, min(count, 7))])
    if form == "quarters":
        return tuple(f"Q{i % 4 + 1}" + (f" {year + i // 4}" if count > 4 else "") for i in range(count))
    if form == "numbers":
        step = rng.choice((1, 2, 5, 10, 20))
        return tuple(str(i * step) for i in range(rng.randint(0, 1), count + 1))
    found: list[str] = []
    for _ in range(count * 6):
        text = c.gibberish() if form == "gibberish" else c.words(rng.choice((1, 1, 2))).capitalize()
        if len(found) < count and text not in found and doc.measure(text) < room:
            found.append(text)
    return tuple(found) if len(found) > 2 else tuple(str(year + i) for i in range(count))
