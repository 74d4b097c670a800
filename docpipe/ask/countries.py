"""A word for a country or its people becomes the words of the same country in other forms and languages.

"German law" is then "Deutsches Recht", "English law" that of "England and Wales". All without case and accents.
"""

from __future__ import annotations

from functools import cache

# How words of a country begin, in English, German and French.
_BEGINNINGS = (
    "english englisch anglais england angleterre british britisch britannique britain welsh wales",
    "german deutsch allemand allemagne germany",
    "swiss schweiz suisse switzerland helvet",
    "french franzos francais france frankreich",
    "austria osterreich oesterreich autrich",
    "italian italien italy italie",
    "spanish spani espagn spain",
    "dutch niederland neerland netherlands hollan",
    "belgi belge",
    "irish irisch irland ireland irlande",
    "scottish schott ecoss scotland",
    "american amerikan americain",
    "luxemb luxembourg",
    "polish polnisch polonais poland polen pologne",
    "danish danisch danois denmark danemark",
    "swedish schwed suedois sweden suede",
    "norweg norveg norway",
    "portug",
    "european europa",
    "canad kanad",
)


@cache
def of_country(word: str) -> tuple[str, ...]:
    """How the words begin that are of the same country as this one; none where it is of none."""
    return next((group for said in _BEGINNINGS if word.startswith(group := tuple(said.split()))), ())
