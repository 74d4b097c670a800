"""The words of a sentence that nothing here knows are told apart: those that say what is meant, and those in passing.

A word that nobody knows may be a name that is in no document, and an answer without it would be wrong. So a word is
passed over only where its place in the sentence shows that it asks for nothing: in what leads up to the question, in a
clause of its own, as what somebody does ("which invoices refer to ..."), beside the number of a document.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from docpipe.ask.called import PRINTED
from docpipe.ask.ordinary import acts, is_verb, is_word, lemma
from docpipe.ask.sentence import Sentence
from docpipe.ask.words import STATES, plain_words, stop_words, word_set
from docpipe.printed.words import fold

# A clause ends here; a point or comma within a number or an abbreviation ends none.
_CLAUSE = re.compile(r"[.!?;:,](?=\s|$)|\s[-–—]\s|[()]")
_ASKING = frozenset({"count", "much", "which", "when", "who", "whom", "where", "list", "again"})
_TOLD = frozenset(
    {"name", "filled", "kind", "column", "group", "missing", "each", "deed", "bound", "period", "currency"}
)
# What somebody does stands behind these.
_DOERS = word_set(
    "i we you they he she who that did does do can could would should will shall must may let d ll "
    "nous vous je j on ils elles il elle qui ne n se s voudrais voudrait aimerais peux peut pouvez pourriez souhaite "
    "veux faut"
)
# Who wants something stands before these, near the beginning.
_WANTS = word_set(
    "want need ask keep wonder insist request wollen mochte mogen brauchen fragen benotigen verlangen vouloir demander "
    "souhaiter aimer"
)
_FAR = 3
_VISITS = ("besuch", "besuche", "fahrt", "fahrten", "einkauf", "einkaufe", "aufenthalt", "aufenthalte")
_PER = word_set("per pro par je each chaque a an un une ein eine einen einem einer")
_TELLERS = word_set("i we my our they wir ich unser unsere mein meine nous je j on notre nos mon ma ils")
_RELATIVES = word_set("which that who qui")
# Who does it stands behind these in a question.
_TURNED = word_set("did do does can could should would will shall must may")
_SENDERS = word_set("von vom bei beim")
# What is done has these behind it, as its object.
_OBJECTS = word_set(
    "the a an all every each any our my your their this that these those one some "
    "le la les l un une des tous toutes nos notre mes mon ma ce cet cette ces leur leurs"
)
# What somebody is told to do has these behind it: pull up, get me.
_COMMANDS = word_set("up out down me us moi nous")
# A topic is announced by these: "for the van, how much", not in passing.
_TOPICS = word_set(
    "of about from at by regarding concerning with bei von vom mit uber betreffend de du chez sur concernant avec par"
)


@cache
def _printed_words() -> frozenset[str]:
    return frozenset(word for said in PRINTED for word in said.replace("|", " ").split() if len(word) > 2)


class Unknown:
    """The words of a sentence that were not understood: `left` may say what is meant, `passed` do not."""

    def __init__(self, sentence: Sentence, *, pinned: bool) -> None:
        self._s = sentence
        self._pinned = pinned
        self._named = any(taken == "name" for taken in sentence.taken)
        self._capitals = any(t.text[:1].isupper() and t.text[1:].islower() for t in sentence.tokens[1:])
        self._clauses = self._split()
        quiet, around = plain_words(sentence.language), stop_words(sentence.language)
        rules: tuple[Callable[[int], bool], ...] = (
            self._beside_number, self._leads_up, self._clause_of_its_own, self._not_capital, self._done, self._acts,
            self._attribute, self._asker, self._per, self._told_first,
        )  # fmt: skip
        left: list[str] = []
        passed: list[str] = []
        for place, (token, taken) in enumerate(zip(sentence.tokens, sentence.taken, strict=True)):
            if taken is None and token.word not in quiet and len(token.word) > 1:
                telling = self._is_name(place) or token.word in STATES or token.word in _printed_words()
                over = token.word in around or (not telling and any(rule(place) for rule in rules))
                (passed if over else left).append(token.text)
        self.left = tuple(left)
        self.passed = tuple(passed)

    def _split(self) -> list[int]:
        """The clause of each word, by number."""
        s = self._s
        ends = [found.start() for found in _CLAUSE.finditer(s.text)]
        return [sum(end < token.start for end in ends) for token in s.tokens]

    def _is_name(self, place: int) -> bool:
        """Whether a word is written as names and numbers are."""
        token = self._s.tokens[place]
        if any(c.isdigit() for c in token.text) or (token.text.isupper() and len(token.text) > 1):
            return True
        inside = place > 0 and self._clauses[place - 1] == self._clauses[place]
        return self._s.language != "de" and token.text[:1].isupper() and inside

    def _is_told(self, clause: int) -> bool:
        return any(
            taken in _TOLD or taken in _ASKING
            for taken, own in zip(self._s.taken, self._clauses, strict=True)
            if own == clause
        )

    def _beside_number(self, place: int) -> bool:
        """With the number of a document and what is asked of it, no more is needed; but no other field may be meant."""
        after = self._s.taken[place + 1] if place + 1 < len(self._s) else None
        return self._pinned and after != "column" and (self._s.language != "de" or not self._noun(place))

    def _noun(self, place: int) -> bool:
        return self._s.tokens[place].text[:1].isupper() and place > 0

    def _leads_up(self, place: int) -> bool:
        """Before the question itself begins: "my aunt keeps asking how many ..."; but "of the van, how many ..."."""
        taken, clause = self._s.taken, self._clauses[place]
        begins = next((n for n, what in enumerate(taken) if what in _ASKING and n > place), None)
        if begins is None or self._clauses[begins] != clause:
            return False
        first = next(n for n, own in enumerate(self._clauses) if own == clause)
        if any(what in _TOLD for what in taken[first:begins]):
            return False
        named = place == first and len(self._s.tokens[place].text) > 1 and begins == place + 1
        return not named and not self._topic(first, place)

    def _clause_of_its_own(self, place: int) -> bool:
        """In a clause that asks for nothing, beside one that does."""
        clause = self._clauses[place]
        others = any(self._is_told(own) for own in set(self._clauses) if own != clause)
        first = next(n for n, own in enumerate(self._clauses) if own == clause)
        alone = self._clauses.count(clause) == 1 and self._s.tokens[place].text[:1].isupper()
        return others and not self._is_told(clause) and not alone and not self._topic(first, place)

    def _topic(self, first: int, place: int) -> bool:
        return any(word in _TOPICS for word in self._s.words[first:place])

    def _not_capital(self, place: int) -> bool:
        """German writes every noun with a capital, so that what has none is none, if it is not said of one."""
        s = self._s
        if s.language != "de" or not self._capitals or not s.tokens[place].text[:1].islower():
            return False
        if s.words[place - 1 : place] and s.words[place - 1] in _SENDERS:
            return False  # a name may be written small, too
        return not (place + 1 < len(s) and s.tokens[place + 1].text[:1].isupper() and self._declined(place))

    def _declined(self, place: int) -> bool:
        return self._s.words[place].endswith(("e", "en", "er", "es", "em"))

    def _done(self, place: int) -> bool:
        """What somebody does: behind the one who does it, before what it is done with."""
        s = self._s
        if s.language == "de":
            return False
        before = s.words[place - 1] if place else ""
        after = s.words[place + 1] if place + 1 < len(s) else ""
        first = not place or self._clauses[place - 1] != self._clauses[place]
        doer = before in _DOERS and not (s.language == "en" and before == "on")
        if (doer and not self._subject(place)) or (first and after in _COMMANDS):
            return True
        relative = before in _RELATIVES and place > 1 and s.taken[place - 2] in ("kind", "name", "column")
        if relative:
            return True
        infinitive = before == "to" and (place < 2 or s.taken[place - 2] not in ("money", "kind", "name", "deed"))
        rows = place > 0 and s.taken[place - 1] == "kind" and before.endswith("s") and not self._end(place)
        return infinitive or rows or (after in _OBJECTS and before not in _BEFORE_NOUNS)

    def _attribute(self, place: int) -> bool:
        """An ordinary word in front of a kind of document ("lunch receipt"), where a name says whose it is."""
        s = self._s
        after = s.taken[place + 1] if place + 1 < len(s) else None
        if self._named and s.language == "de" and s.words[place].endswith(_VISITS):
            return True  # Restaurantbesuch, Taxifahrt
        if not self._named or after not in ("kind", "money"):
            return False
        if s.language == "de":  # the first part of a compound: Stromvertrag
            return s.tokens[place + 1].start == s.tokens[place].end
        return s.tokens[place].text[:1].islower() and is_word(s.tokens[place].text, s.language)

    def _per(self, place: int) -> bool:
        """What an average is made of: "on average per visit"."""
        s = self._s
        return "average" in s.taken and place > 0 and s.words[place - 1] in _PER

    def _told_first(self, place: int) -> bool:
        """In what somebody tells before he asks: "we want to renegotiate prices with Acme; how much ..."."""
        clause = self._clauses[place]
        own = [n for n, number in enumerate(self._clauses) if number == clause]
        if any(self._s.taken[n] in _ASKING for n in own) or not any(self._s.words[n] in _TELLERS for n in own):
            return False
        return any(self._s.taken[n] in _ASKING or self._s.taken[n] == "sum" for n in range(own[-1] + 1, len(self._s)))

    def _asker(self, place: int) -> bool:
        """Who wants to know: "the accountant wants to know ..."."""
        s = self._s
        first = next(n for n, own in enumerate(self._clauses) if own == self._clauses[place])
        if place + 1 >= len(s) or place - first > _FAR or any(taken in _TOLD for taken in s.taken[first:place]):
            return False
        return any(fold(lemma(t.text, s.language)) in _WANTS for t in s.tokens[place + 1 : place + 3])

    def _subject(self, place: int) -> bool:
        """Who did it, behind the verb of an English question: "how many did Zenith send"."""
        s = self._s
        return s.language == "en" and s.words[place - 1] in _TURNED and s.words[place - 2] not in _DOERS

    def _acts(self, place: int) -> bool:
        """A verb or an adverb, by the dictionary and where it stands."""
        s = self._s
        before = s.tokens[place - 1].text if place else ""
        after = s.taken[place + 1] if place + 1 < len(s) else None
        text = s.tokens[place].text
        text = text if place else text[:1].lower() + text[1:]
        if s.language == "de":  # what is to be done begins the sentence: "Stell mir ..."
            return not place and is_verb(text, "de") and len(s) > 1 and s.words[0] != s.tokens[0].text
        return acts(text, s.language, before, after in ("kind", "column", "name"))

    def _end(self, place: int) -> bool:
        return place + 1 == len(self._s) or self._clauses[place + 1] != self._clauses[place]


# A noun stands behind these.
_BEFORE_NOUNS = word_set(
    "the a an of for from at by with about in on no any our my your their which what "
    "le la les l un une de d du des pour par chez avec sur en dans quel quelle quels quelles nos notre"
)
