"""A question with abbreviations, chat spellings and turns of phrase becomes one in the words that they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docpipe.ask.words import word_set

# What is written short, by the words that it stands for; each is unlike every other word of the three languages.
_SHORT: Mapping[str, str] = {
    "account": "acct acc",
    "amount": "amt",
    "invoice": "inv",
    "invoices": "invs",
    "year": "yr",
    "years": "yrs",
    "month": "mth mnth",
    "months": "mths mnths",
    "quarter": "qtr",
    "quarters": "qtrs",
    "statement": "stmt",
    "statements": "stmts",
    "agreement": "agmt",
    "supplier": "suppl",
    "number": "num",
    "through": "thru",
    "please": "pls plz",
    "want to": "wanna",
    "give me": "gimme",
    "let me": "lemme",
    "because": "cos cuz",
    "dieses Jahr": "heuer",
    "dieses Jahres": "heurigen heurige",
    "purchase order": "p.o.",
    "Anzahl": "anz",
    "zwischen": "zw zwisch",
    "monatlich": "mtl monatl",
    "Quartal": "qrtl quart",
    "Lieferant": "lief liefer",
    "Bestellungen": "bestell",
    "Rechnung": "rg rechn rech",
    "Rechnungen": "rgn rgen",
    "gegenüber": "ggü ggue",
    "Konto": "kto",
    "ungefähr": "ungef",
    "insgesamt": "insg insges ges",
    "jährlich": "jährl",
    "Betrag": "betr",
    "bezahlt": "bez",
    "nombre de": "nbr",
    "quantité": "qté",
    "facture": "fact fac",
    "factures": "facts facs",
    "commande": "cde cmd",
    "commandes": "cdes cmds",
    "fournisseur": "fourn frs",
    "montant": "mt mtt",
    "trimestre": "trim",
    "semestre": "sem",
    "s'il vous plaît": "svp stp",
    "c'est-à-dire": "càd cad",
    "environ": "env",
}
# Which of those are read so only with a point behind them: they are words, names or units as well.
_POINTED = word_set(
    "acc zw lief liefer rech rechn fac facts facs trim sem cad env num betr bez ges quart bestell inv nbr mt "
    "mtt cmd cmds frs"
)
_TURNS: tuple[tuple[str, str], ...] = (
    (r"\b((?:19|20)\d\d)er\b", r"\1"),
    (r"\bw/o\b", "without"),
    (r"\bw/(?=\s)", "with"),
    (r"\b(?:FY|CY|GJ|WJ)\s?['’]?(\d{4})\b", r"year \1"),
    (r"\b(?:FY|CY|GJ|WJ)\s?['’/]?(\d{2})\b", r"year 20\1"),
    (r"\b([QHTS])([1-4])\s?[/.'’-]?\s?['’]?(\d{2})(?![\d.,])", r"\1\2 20\3"),
    (r"(?<=\s)['’](\d{2})\b(?!['’])", r"20\1"),
    # more invoices than anybody else
    (
        r"\bmore (.{1,40}?) than (?:any(?:one|body)?(?: other\w*| else)?(?: supplier| vendor| shop)?|all (?:the )?others|everyone else)\b",
        r"the most \1",
    ),
    (r"\bmehr (.{1,40}?) als (?:jede[rs]? andere[rn]?|alle anderen|sonst (?:jemand|wer))\b", r"am meisten \1"),
    (
        r"\bplus (?:de |d['’])?(.{1,40}?) que (?:tou(?:s|tes) les autres|n['’]importe (?:qui|quel\w*)(?: d['’]autre| autre)?)\b",
        r"le plus \1",
    ),
    # in whatever year
    (
        (
        r"\b(?:egal|gleich|gleichgültig|unabhängig davon)[,]? (?:aus |in |von |zu )?(?:welche[mnrs]?|wann|was für eine[mn]?)(?: (?:Jahr|Monat|Zeitraum|Datum|Quartal))?\b|"
        r"\b(?:no matter|regardless of|irrespective of|whatever) (?:the |which |what |when|in which )*(?:years?|months?|dates?|period|time|when)\b|"
        r"\b(?:peu importe|quel(?:le)? que soit) (?:l['’]|la |le )?(?:année|mois|date|période|exercice)\b|"
        r"\btoutes (?:années|périodes|dates) confondues\b|\b(?:über|ueber) alle Jahre(?: hinweg)?\b|\b(?:across|over|for|in) all (?:the )?years\b|"
        r"\b(?:bisher|bislang|bis heute|bis jetzt|bis dato|to date|up to now|until now|as of now|thus far|jusqu['’]ici|jusqu['’]à présent|"
        r"jusqu['’]à maintenant|à ce jour|jusqu['’]à ce jour|jusqu['’]à aujourd['’]hui)\b"
        ),
        "",
    ),
    (r"\b(?:I|we|they|you|he|she)(?:['’](?:d|m|ll))? mean\b[,:]?|\bich mein(?:e|te)?\b[,:]?|\bje veux dire\b[,:]?|\bdo you think\b", ","),
)  # fmt: skip
_TO_DATE = (
    r"\b(?:y\.?t\.?d\.?|year[- ]to[- ]date|(?:so far )?this (?:calendar )?year so far|(?:so far|thus far) this (?:calendar )?year|this year to date)(?!\w)",
    r"\bseit (?:Jahresbeginn|Jahresanfang|Anfang des Jahres|Beginn des Jahres)\b|\bim laufenden Jahr\b",
    r"\bdepuis le début de l['’]ann[ée]e\b|\bdepuis le (?:1er|premier) janvier\b(?!\s+\d)|\bdepuis janvier\b(?!\s+\d)|\bdepuis début d['’]année\b",
)
_FULL: Mapping[str, str] = {short: words for words, said in _SHORT.items() for short in said.split()}
_WORD = re.compile(r"(?<![\w/-])([^\W\d_]+)(\.?)(?![\w/-])")


def in_full(text: str) -> str:
    """A text with what is written short in full."""
    for pattern, words in (*((pattern, "ytd") for pattern in _TO_DATE), *_TURNS):
        text = re.sub(pattern, words, text, flags=re.IGNORECASE)
    return _WORD.sub(_whole, text)


def _whole(found: re.Match[str]) -> str:
    short = found[1].casefold()
    if short not in _FULL or (found[1] != short and found[1] != short.capitalize()):
        return found[0]
    return _FULL[short] if found[2] or short not in _POINTED else found[0]
