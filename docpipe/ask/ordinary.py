"""A word becomes its dictionary form, and whether it is a verb or an adverb there; no word of the documents.

The dictionaries of simplemma (MIT) have the forms of the words of a language, irregular ones too.
"""

from __future__ import annotations

from functools import lru_cache

from docpipe.ask.words import word_set
from docpipe.printed.words import fold

_INFINITIVES = {"de": ("en", "rn", "ln"), "fr": ("er", "ir", "re", "oir")}
_PARTICIPLES = ("é", "ée", "és", "ées", "i", "is", "ie", "ies", "it", "ite", "ites", "u", "us", "ue", "ues")
# A French participle stands behind these, a noun does not.
_AUXILIARIES = word_set(
    "a as ai ont avons avez avait avaient aura est sont ete etait etaient sera seront suis sommes fut furent "
    "aurait ayant"
)
# A verb does not stand behind these.
_OF_NOUNS = word_set(
    "the a an of for about with on in at from by any no our my your their this that these those which what whose per "
    "le la les l un une des du de d au aux ce cet cette ces mon ma mes notre nos votre vos leur leurs son sa ses quel "
    "quelle quels quelles chaque par pour sur chez avec sans aucun aucune"
)
_INFINITIVE_LEADS = word_set("de d pour a sans")
# What German verbs leave at the end of their clause.
_PARTICLES = word_set(
    "ab an auf aus bei durch ein fort her herein heraus hin los mit nach nieder rein raus drauf um unter vor weg "
    "weiter wieder zu zuruck zusammen fest"
)


@lru_cache(maxsize=4096)
def lemma(text: str, language: str) -> str:
    """The dictionary form of a word, as it is written there; the word itself where it is in no dictionary."""
    from simplemma import lemmatize  # the dictionaries are large, and most questions need none

    return lemmatize(text, lang=language)


@lru_cache(maxsize=4096)
def is_word(text: str, language: str) -> bool:
    """Whether a word is in the dictionary of a language, in any of its forms."""
    from simplemma import is_known

    return is_known(text, lang=language)


def acts(text: str, language: str, before: str, after_noun: bool) -> bool:
    """Whether a word is a verb or an adverb where it stands: behind the word `before`, in front of a noun or not.

    In front of a noun a participle says which ones are meant ("laminated invoices"), and is none.
    """
    if not text[:1].islower() or not is_word(text, language):
        return False
    folded = fold(before)
    found = lemma(text, language)
    if language == "en":
        if text.endswith("ly"):
            return True
        past = text.endswith(("ed", "ing")) or not text.endswith(("s", "st", "er"))
        return found != text and past and not after_noun and folded not in _OF_NOUNS
    if language == "fr":
        if folded in _AUXILIARIES and text.endswith(_PARTICIPLES):
            return True
        if text.endswith("ment") and found == text and folded not in _OF_NOUNS:
            return True
        if not fold(found).endswith(_INFINITIVES["fr"]):
            return False
        if found == text:
            return folded not in _OF_NOUNS or folded in _INFINITIVE_LEADS
        return folded not in _OF_NOUNS and not after_noun
    return False


def is_verb(text: str, language: str) -> bool:
    """Whether a German word is a form of a verb, however it is written."""
    small = text[:1].lower() + text[1:]
    found = lemma(small, language)
    return found[:1].islower() and found.endswith(_INFINITIVES["de"]) and is_word(small, language)


def whole_verb(text: str, particle: str) -> str | None:
    """The German verb that a form of it and what it left at the end of the clause are together: stellt ... zusammen."""
    if fold(particle) not in _PARTICLES or not is_verb(text, "de"):
        return None
    joined = particle.lower() + lemma(text[:1].lower() + text[1:], "de")
    return joined if is_word(joined, "de") else None
