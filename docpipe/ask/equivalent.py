"""A plan becomes one with the same values in other languages: paid in cash is paid "Bar" and "Espèces", too."""

from __future__ import annotations

from functools import cache

from docpipe.ask.vocabulary import Vocabulary, split, stem
from docpipe.plan import Condition, Part, QueryPlan

# Words of what documents of every language say, a line each. All without case and accents; also as parts of compounds.
_SAME = (
    "cash bar barzahlung especes liquide",
    "card karte carte",
    "bank banking bancaire",
    "transfer uberweisung virement",
    "agreement contract vertrag contrat",
    "lease rental tenancy miet bail location",
    "maintenance wartung wartungs entretien",
    "cleaning reinigung reinigungs nettoyage",
    "consulting advisory beratung beratungs conseil",
    "service services dienst dienstleistung prestation",
    "electricity power strom stromliefer electricite",
    "month monat mois",
    "day tag jour",
    "week woche semaine",
    "year jahr an annee",
    "net netto",
    "law recht droit",
)
_SILENT = frozenset({"de", "du", "d", "of", "the", "la", "le", "der", "die", "des", "non"})


def widened(plan: QueryPlan, vocabulary: Vocabulary) -> QueryPlan | None:
    """The plan with every stored text that says the same as one that it asks for; None where there is no other."""
    made = plan.model_copy(update={"parts": [_part(part, vocabulary) for part in plan.parts]})
    return None if made == plan else made


def _part(part: Part, vocabulary: Vocabulary) -> Part:
    return part.model_copy(update={"conditions": [_condition(one, vocabulary) for one in part.conditions]})


def _condition(condition: Condition, vocabulary: Vocabulary) -> Condition:
    column = vocabulary.catalogue.column(condition.column)
    meanings = {_meaning(value) for value in condition.values} - {frozenset()}
    if column is None or column.kind != "text" or condition.operator not in ("is", "is_not") or not meanings:
        return condition
    alike = [one.text for one in vocabulary.stored if one.column == column and _meaning(one.text) in meanings]
    return condition.model_copy(update={"values": list(dict.fromkeys([*condition.values, *alike]))})


@cache
def _meaning(text: str) -> frozenset[str]:
    """What the words of a text mean in any language; nothing where one of them is of one language alone."""
    found: set[str] = set()
    for word in split(text):
        if word in _SILENT:
            continue
        own = [word] if word.isdecimal() else _parts(word)
        if not own:
            return frozenset()
        found.update(own)
    return frozenset(found)


@cache
def _parts(word: str) -> list[str]:
    """The meanings of a word, or of the two that a German compound is made of."""
    known = {stem(said): group for group in _SAME for said in group.split()} | {
        said: group for group in _SAME for said in group.split()
    }
    if word in known or stem(word) in known:
        return [known.get(word) or known[stem(word)]]
    for at in range(4, len(word) - 3):
        first, last = word[:at], word[at:]
        if first in known and (last in known or stem(last) in known):
            return [known[first], known.get(last) or known[stem(last)]]
    return []
