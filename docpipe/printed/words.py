"""Printed words become forms that can be compared, folded for labels and compact for values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LANGUAGES = ("en", "de", "fr", "es", "nl", "it")

_SAME = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4`\u2032", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | {"\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\ufeff": None, "\u2044": "/"}
)
# A blank line to write on, dot leaders: print that stands between a label and its value.
FILLER = re.compile(r"[\s.…_:;·•\-–—=|]+")

# Words that every document of a language has and the others have not.
_TELLING = {
    "en": "the and of for to invoice date total due amount number description quantity price tax from payment balance "
    "statement order bill customer address page",
    "de": "der die das und für von mit rechnung datum betrag menge summe gesamtbetrag netto brutto mwst ust zahlbar "
    "bis kunde lieferant einzelpreis seite straße bezeichnung zwischensumme ihre bitte wir",
    "fr": "le la les et pour du des facture montant quantité désignation tva échéance client fournisseur paiement prix "
    "ht ttc adresse à payer avec nous votre solde",
    "es": "el los las y para del factura fecha importe cantidad descripción precio cliente proveedor vencimiento pago "
    "base imponible dirección con su saldo",
    "nl": "het een en voor van de factuur bedrag aantal omschrijving prijs btw klant leverancier betalen vervaldatum "
    "met totaal subtotaal uw rekening",
    "it": "il gli e per della del fattura importo quantità descrizione prezzo cliente fornitore scadenza pagamento "
    "imponibile totale con saldo",
}
_TELLS = {language: frozenset(words.split()) for language, words in _TELLING.items()}


def plain(text: str) -> str:
    """The text in one form of dashes, quotes and spaces, with ligatures and wide letters resolved."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_SAME).split())


def compact(text: str) -> str:
    """The text without any space: how two prints of one value are compared. Case and punctuation stay."""
    return plain(text).replace(" ", "")


def fold(text: str) -> str:
    """The text without case, accents and punctuation: how labels are compared."""
    letters = unicodedata.normalize("NFD", plain(text).casefold())
    kept = (" " if not c.isalnum() and c not in "%#" else c for c in letters if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def joined(text: str) -> str:
    """Several printed lines as one: a word divided at a line's end is whole again, other breaks become spaces."""
    text = re.sub(r"[\u00ad]\s*", "", text)
    text = re.sub(r"(?<=[^\W\d_])[-\u2010]\s*\n\s*(?=[^\W\d_])(?=[a-zß-ÿ])", "", text)
    text = re.sub(r"(?<=\w)([-\u2010/])\s*\n\s*", r"\1", text)
    return " ".join(text.split())


def language(texts: Iterable[str]) -> str | None:
    """The language that most telling words belong to, of those docpipe knows; None when they do not say."""
    counts = dict.fromkeys(LANGUAGES, 0)
    for text in texts:
        for word in re.findall(r"[^\W\d_]+", text.casefold()):
            for name, telling in _TELLS.items():
                counts[name] += word in telling
    first, second, *_ = sorted(LANGUAGES, key=lambda name: counts[name], reverse=True)
    return first if counts[first] > counts[second] else None
