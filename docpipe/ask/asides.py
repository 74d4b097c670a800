"""A question's text becomes the text without what is said aside in set phrases: who speaks, what does not matter."""

from __future__ import annotations

import re

# "My name is Dave from accounting."
_INTRODUCED = re.compile(
    r"(?:\b(?i:my name is|my name['’]s|ich heiße|mein name ist|je m['’]appelle|mon nom est)\s+[^.,;:!?]*|"
    r"\b(?i:this is|here is|hier ist|hier spricht|ici)\s+[A-ZÄÖÜÉ]\w+"
    r"(?:\s+(?:from|in|von|vom|aus|de|du)\s+(?:the |la |der )?\w+)?"
    r"(?=\s*[.,;:!]))[.,;:!]?",
)
# "Guten Morgen", "good afternoon": no time is meant.
_GREETED = re.compile(
    r"^\s*(?:hi|hello|hallo|hey)?[,\s]*"
    r"(?:guten (?:morgen|tag|abend)|good (?:morning|afternoon|evening|day))\b[,.!\s]*",
    re.IGNORECASE,
)
# "No matter who sent it", "egal aus welchem Jahr", "quel que soit le fournisseur".
_WHATEVER = re.compile(
    r",?\s*\b(?:no matter|regardless of|irrespective of|for whatever|whatever|whichever|whoever|wherever|egal|"
    r"ganz gleich|gleichgültig|unabhängig (?:von|vom|davon)|"
    r"quel(?:le)?s? que soi(?:t|ent)|peu importe)\b[^,.;:?!]*",
    re.IGNORECASE,
)
# "In cash rather than by card": the first is meant.
_RATHER = re.compile(
    r"(?<=\w)\s*,?\s+\b(?:rather than|as opposed to|instead of|anstatt|anstelle von|"
    r"plutôt que(?: de)?|au lieu (?:de|du|des))"
    r"\s[^,.;:?!]*",
    re.IGNORECASE,
)
# "For the budget meeting on Monday".
_FOR_MEETING = re.compile(
    r"\b(?:for|before|in time for|ahead of|für|vor|zu|zur|zum|pour|avant)\s+"
    r"(?:the|our|my|a|an|die|das|den|der|unsere?n?|meine?n?|eine?n?|la|le|une?|notre|ma|mon)\s+(?:[^\s,.;:?!]+\s+){0,2}?"
    r"(?:meeting|call|appointment|conference|besprechung|sitzung|termin|réunion|rendez-vous|entretien)\b"
    r"(?:\s+(?:(?:on|next|this|am|nächsten?|nächste|kommenden?|de|du)\s+)?(?:monday|tuesday|wednesday|thursday|friday|week|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|woche|lundi|mardi|mercredi|jeudi|vendredi|tomorrow|morgen|demain))?"
    r"\s*,?\s*",
    re.IGNORECASE,
)
# "Acme Tooling, the German lot, ..." says who that is.
_WHO_THAT_IS = re.compile(
    r",\s*(?:the|die|der|das|le|la|les)\s+(?:[^\s,.;:?!]+\s+){0,3}?"
    r"(?:lot|ones?|people|company|firm|guys|bunch|folks|outfit|leute|firma|entreprise|société|haulier)\s*(?=,)",
    re.IGNORECASE,
)
_LEADS = "on|of|from|for|in|at|by|per|von|vom|bei|im|pro|de|du|chez|en|par|auprès de"
# What is put right behind a comma: "from Acme Tools, no wait, I mean Acme Tooling".
_PUT_RIGHT = re.compile(
    rf"(?:(?<=\s)|^)(?P<lead>(?:{_LEADS})\s+)(?:(?!(?:{_LEADS})\s)[^\s,.;:?!]+\s+){{0,3}}?[^\s,.;:?!]+\s*,\s*"
    r"(?:no,? wait|oh,? no|no,? sorry|sorry,? no|ach,? nein|nein,? warte|nein,? quatsch|"
    r"nein,? moment|"
    r"euh,? non|non,? pardon|"
    r"pardon,? non|or rather|ou plutôt|I mean|je veux dire|vielmehr)\b(?:,?\s*(?:I mean|ich meine|je veux dire))?[,\s]*"
    rf"(?P<again>(?:{_LEADS})\s)?",
    re.IGNORECASE,
)
# "If possible today" is when it is answered.
_SOON = re.compile(
    r",?\s*\b(?:if (?:at all )?possible|wenn möglich|falls möglich|"
    r"am besten(?=\s+(?:noch|heute|morgen)\b)|si possible)\b"
    r"(?:\s+(?:noch\s+)?(?:today|tomorrow|heute|morgen|aujourd['’]hui|demain)\b)?\s*,?",
    re.IGNORECASE,
)
# "From our firm", which all documents are of; "je parle du cabinet et non du café".
_OF_OURS = re.compile(
    r"\b(?:from|at|in|of) our (?:firm|company|office|team|side)\b|"
    r",\s*(?:je parle|i['’]m talking about|i am talking about|ich rede)\b[^,.;:?!]*(?=,)",
    re.IGNORECASE,
)
# "Not the orders but the invoices".
_NOT_BUT = re.compile(
    r"\b(?:not|nicht|non pas|pas)\s+(?:(?:the|die|den|das|les|des|la|le)\s+)?[^\W\d_]+,?\s+"
    r"(?:but|sondern|mais)\s+(?!not\b)",
    re.IGNORECASE,
)
_ALL = (_INTRODUCED, _NOT_BUT, _OF_OURS, _SOON, _GREETED, _WHATEVER, _RATHER, _FOR_MEETING, _WHO_THAT_IS)


def without_asides(text: str) -> str:
    """The text of a question without its asides; the text itself where nothing would be left."""
    said = _PUT_RIGHT.sub(lambda found: found["again"] or found["lead"], text)
    for aside in _ALL:
        said = aside.sub(" ", said)
    return said if re.search(r"\w\w", said) else text
