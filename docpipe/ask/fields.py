"""A sentence's kinds of documents, fields, what it groups by and what is missing, whose words are taken."""

from __future__ import annotations

from docpipe.ask.called import printed
from docpipe.ask.said import Group, Kinds, Mention
from docpipe.ask.sentence import Sentence
from docpipe.ask.vocabulary import Vocabulary, stems
from docpipe.ask.words import word_set
from docpipe.plan import Step

_STEPS: dict[str, Step] = {"month": "month", "quarter": "quarter", "year": "year"}


class Fields:
    """What a sentence names. `at_end`: the end of a period is meant; `printed_at`: words for what only pages hold."""

    def __init__(self, sentence: Sentence, vocabulary: Vocabulary) -> None:
        self._s = sentence
        self._v = vocabulary
        self.kinds: list[Kinds] = []
        self.mentions: list[Mention] = []
        self.groups: list[Group] = []
        self.missing: list[Mention] = []
        self.filled: list[Mention] = []
        self.printed_at: set[int] = set()
        self._lacked = -1  # behind the last field that is missing
        self.at_end = False

    def read(self) -> None:
        """Find them all."""
        start = 0
        while start < len(self._s):
            start += self._grouped(start) or self._named(start) or 1

    def _grouped(self, start: int) -> int:
        """How many words from here on say that it is by month, quarter or year."""
        s = self._s
        step = next((made for name, made in _STEPS.items() if s.at(name, start)), None)
        if step is None:
            return 0
        by = s.before("by", start, over=1)
        if s.words[start + 1 : start + 3] == ["fur", s.words[start]]:
            s.take(start, 3, "group")  # Jahr für Jahr
            self.groups.append(Group(step=step))
            return 3
        if s.words[start + 1 : start + 2] == ["wise"]:
            s.take(start, 2, "group")  # month-wise
            self.groups.append(Group(step=step))
            return 2
        if s.words[start + 2 : start + 3] == [s.words[start]] and s.at("by", start + 1):
            s.take(start, 1, "group")  # month by month
            return 1
        if s.words[start] in _EVERY:  # an average is not grouped by what it is the average of
            s.take(start, 1, "group")
            self.groups += [] if s.said_any("average") else [Group(step=step)]
            return 1
        if self._across(start) or (
            self.longest(start)[0] <= 1 and (by is not None or s.before("which", start, over=1) is not None)
        ):
            begin = start if by is None else by[0]
            s.take(begin, start + 1 - begin, "group")
            self.groups.append(Group(step=step))
            return 1
        return 0

    def _across(self, start: int) -> bool:
        """Whether all years or months are meant: "across the years", "develop over the years"."""
        s = self._s
        if not s.words[start].endswith(("s", "e", "en", "x")) or s.words[start] == "annee":
            return False
        before = set(s.words[max(0, start - 3) : start])
        changes = any(word.startswith(_CHANGING) for word in s.words)
        return bool(_ACROSS & before and s.words[start] != "mois") or bool(_ALONG & before and changes)

    def _named(self, start: int) -> int:
        """How many words from here on name a kind, a field, or what only pages hold."""
        s = self._s
        length, mention, kind = self.longest(start)
        if (
            length == 1
            and s.language == "fr"
            and s.tokens[start].text.endswith(_PARTICIPLES)
            and s.at("receiver", start)
        ):
            length = 0  # "adressés à" is no address
        beside = self._printed(start)
        if beside > length:  # "customer number" is not the customer
            self.printed_at |= set(range(start, start + beside))
            return beside
        if s.words[start] in _EDGES and s.free(start) and self._edge(start):
            self.at_end = s.words[start] in _ENDS
            s.take(start, 1, "edge")
            return 1
        if not length:
            return 0
        if mention is not None:
            return self._field(start, length, mention)
        by = s.before("by", start, over=1)
        s.take(start, length, "kind")
        if kind is not None:
            self.kinds.append(kind)
        if by is not None:
            s.take(by[0], start - by[0], "each")
        return length

    def _field(self, start: int, length: int, mention: Mention) -> int:
        """Take the words of a field: one that is missing, that is grouped by, or that is spoken of."""
        s = self._s
        behind = self._lacks(start + length)
        if behind:
            s.take(start, length + behind, "missing")
            self.missing.append(mention)
            return length + behind
        by = s.before("by", start, over=1)
        lacking = (
            s.before("missing", start, over=1)
            or self._neither(start)
            or self._also(start, length)
            or self._unsaid(start)
        )
        if by is not None:
            s.take(by[0], start + length - by[0], "group")
            self.groups.append(Group(mention=mention))
        elif lacking is not None:
            s.take(lacking[0], start + length - lacking[0], "missing")
            self.missing.append(mention)
            self._lacked = start + length
        elif having := self._there(start, start + length, mention):
            s.take(start - having, length + having, "filled")
            self.filled.append(mention)
        else:
            s.take(start, length, "column")
            self.mentions.append(mention)
        return length

    def _there(self, start: int, end: int, mention: Mention) -> int:
        """How many words in front of a field say that it is there: "carry an order reference", "mit einer IBAN"."""
        s = self._s
        begin = start - 1
        while begin >= 0 and s.free(begin) and s.words[begin] in _A:
            begin -= 1
        if begin < 1 or not s.free(begin) or s.words[begin] not in _HAVING or not self.kinds:
            return 0
        sparse = any(_SPARSE & set(meant.column.key.split("_")) for meant in mention.meant)
        if begin == start - 1 and s.words[begin] in _WITH and not sparse:
            return 0  # "with VAT" says which amount is meant
        if any(map(s.parted, range(begin + 1, start + 1))):
            return 0  # "die 2024 begonnen haben, laufen"
        after = end
        while after < len(s) and s.words[after] in _OF_VALUES and s.free(after):
            after += 1
        valued = after < len(s) and not s.parted(end) and s.taken[after] in ("name", "period", "bound")
        plural = self.kinds[-1].plural and not self.kinds[-1].weak
        return 0 if valued or not plural or s.words[end : end + 1] in (["of"], ["von"], ["de"]) else start - begin

    def _lacks(self, start: int) -> int:
        """How many words from here on say that what stands before them is missing: "the due date is missing"."""
        s = self._s
        end = start
        while end < len(s) and end - start < 4 and s.free(end) and s.words[end] in _AUXILIARIES:
            end += 1
        if end > start and _REFUSALS & set(s.words[start:end]) and s.words[end : end + 1] and s.words[end] in _GIVEN:
            return end + 1 - start
        for gap in (0, 1):
            if gap and (start >= len(s) or s.words[start] not in _ARE):
                return 0
            if start + gap < len(s) and s.words[start + gap] in _LACKING and s.free(start + gap):
                return gap + 1
        return 0

    def _neither(self, start: int) -> tuple[int, int] | None:
        """ "Neither a due date nor a reference", "weder Uhrzeit noch Nummer": both are missing."""
        s = self._s
        begin = start - 1
        while begin > 0 and s.words[begin] in _ANY and s.free(begin):
            begin -= 1
        said = begin >= 0 and s.free(begin) and s.words[begin] in _NEITHER and bool(_NEITHER_OPENS & set(s.words))
        return (begin, start - begin) if said else None

    def _also(self, start: int, length: int) -> tuple[int, int] | None:
        """ "Without a due date or an order reference": what stands beside what is missing is, too."""
        s = self._s
        between = s.words[self._lacked : start] if 0 <= self._lacked < start else []
        joined = bool(between) and between[0] in _ALSO and set(between[1:]) <= _A | {"well", "as"}
        valued = start + length < len(s) and s.taken[start + length] in ("bound", "name")
        return (self._lacked, start - self._lacked) if joined and not valued else None

    def _unsaid(self, start: int) -> tuple[int, int] | None:
        """ "Fail to state any notice period", "don't quote an order number", "ne portent pas de"."""
        s = self._s
        articles = start - 1
        while articles > 0 and s.words[articles] in _ANY and s.free(articles):
            articles -= 1
        if articles == start - 1:
            return None
        for begin in range(articles, max(-1, articles - 4), -1):
            if not s.free(begin) or s.words[begin] in ("and", "und", "et", "or", "oder", "ou"):
                return None
            length = s.at("not", begin) or (1 if s.words[begin] in _FAILS else 0)
            if length and begin + length <= articles + 1:
                return begin, start - begin
        return None

    def _printed(self, start: int) -> int:
        """How many words from here on are the name of something that only the page holds, two at least."""
        s = self._s
        return next((n for n in (4, 3, 2) if s.free(start, n) and tuple(s.words[start : start + n]) in printed()), 0)

    def _edge(self, start: int) -> bool:
        """At the end of October, Ende Oktober: no field, but a part of a period."""
        s = self._s
        after = s.words[start + 1] if start + 1 < len(s) else ""
        return after in _OF or (bool(after) and s.language != "en" and s.taken[start + 1] == "period")

    def longest(self, start: int) -> tuple[int, Mention | None, Kinds | None]:
        """The longest phrase from here that names a column or a kind of document; of equals the kind."""
        s = self._s
        for length in range(min(6, len(s) - start), 0, -1):
            if not s.free(start, length) or any(map(s.parted, range(start + 1, start + length))):
                continue
            last = s.words[start + length - 1]
            words = stems(s.words[start : start + length])
            if tuple(s.words[start - 1 : start + length]) in self._v.deeds:
                continue  # "we order" is no order
            if words in self._v.tables:
                plural = last.endswith(("s", "n", "e", "x")) and last != "po"
                return (
                    length,
                    None,
                    Kinds(
                        self._v.tables[words],
                        start,
                        s.said(start, length),
                        plural,
                        of=s.words[start - 1 : start] in (["de"], ["d"]),
                    ),
                )
            if length > 1 and s.words[start] in _WITHOUT and self.longest(start + 1)[0] >= length:
                return 0, None, None  # without a VAT number is not without VAT
            meant = self._v.columns.get(words)
            if meant is not None and (
                length > 1 or last not in _NO_COLUMN or self._neither(start) or s.before("missing", start, over=1)
            ):
                return length, Mention(meant, start, s.said(start, length)), None
        return 0, None, None

    def deeds(self) -> list[Kinds]:
        """What was done: ordered, invoiced."""
        s = self._s
        found = []
        for start in range(len(s)):
            for length in (3, 2, 1):
                words = tuple(s.words[start : start + length])
                if s.free(start, length) and words in self._v.deeds:
                    s.take(start, length, "deed")
                    found.append(Kinds(self._v.deeds[words], start, s.said(start, length), plural=True, weak=True))
        return found

    def spread(self) -> list[Group]:
        """ "How are they spread over the years" is by year."""
        s = self._s
        if self.groups or not any(word.startswith(_SPREADING) for word in s.words):
            return []
        found = (
            (start, step) for start in range(len(s)) for name, step in _STEPS.items() if s.at(name, start) and start > 1
        )
        for start, step in found:
            if s.words[start].endswith(("s", "e", "en")):
                s.take(start, 1, "group")
                return [Group(step=step)]
        return []


_EVERY = word_set(
    "monthly quarterly yearly annual annually monatlich monatliche monatlichen quartalsweise jahrlich jahrliche "
    "jahrlichen mensuel mensuelle mensuels mensuelles trimestriel trimestrielle annuel annuelle annuels annuelles"
)
_ANY = word_set("one of our unsere unserer nos any a an the de d du des un une keine kein keinen einen eine ein n o no")
_ALSO = word_set("as and or nor und oder et ou ni")
_NEITHER = word_set("neither nor weder noch ni")
_NEITHER_OPENS = word_set("neither weder ni")
_WITHOUT = word_set("without ohne sans hors excluding")
_FAILS = word_set("nobody fail fails failing failed omit omits neglect neglects")
_AUXILIARIES = word_set(
    "is are was were isn aren wasn weren t not n has have hasn been ist sind war waren wurde wurden nicht worden est "
    "sont etait pas ete a ont left been"
)
_REFUSALS = frozenset({"not", "t", "nicht", "pas", "left"})
_GIVEN = word_set(
    "given stated specified shown indicated set known filled there mentioned noted recorded provided entered out blank "
    "empty printed present defined agreed angegeben genannt vermerkt eingetragen bekannt vorhanden aufgefuhrt "
    "vereinbart ausgefullt notiert festgelegt gesetzt hinterlegt indique indiquee indiques precise precisee "
    "renseigne renseignee mentionne mentionnee connue connu fixe fixee prevue prevu specifie specifiee remplie definie"
)
# What is there stands behind these: "invoices that carry a reference".
_HAVING = word_set(
    "have has having carry carries carrying bear bears bearing state states show shows quote quotes contain contains "
    "mention mentions give gives include includes with haben hat tragen tragt enthalten enthalt nennen nennt mit "
    "aufweisen angeben ont portent mentionnent indiquent comportent contiennent avec affichent"
)
_WITH = frozenset({"with", "mit", "avec"})
# What not every document has.
_SPARSE = frozenset({"iban", "reference", "tax"})
_A = word_set("a an any some one ein eine einen einer einem eines un une des")
_OF_VALUES = word_set(
    "of in on from before after until by over under is von vom im am vor nach de du en le la des d is"
)
# What stands behind a field to say that it is empty.
_LACKING = word_set("missing lacking absent blank empty fehlt fehlen fehlend leer manque manquent manquante vide")
_ARE = word_set("is are was were isn aren ist sind est sont")
_SPREADING = ("verteil", "spread", "distribut", "repart", "split", "aufschlussel")
_PARTICIPLES = ("é", "és", "ée", "ées")
# Behind these, years, months and quarters are all of them.
_ACROSS = word_set("across throughout per pro")
_ALONG = word_set("over through uber fil")
_CHANGING = ("develop", "evol", "chang", "vary", "trend", "entwick", "verander", "verlauf", "chronolog")
# Words of columns that are said in most questions without meaning the column.
_NO_COLUMN = word_set("sold sell time name number numero nummer in")
# What these and a period make is no field: at the end of October.
_EDGES = word_set("end ende fin start anfang debut beginning beginn")
_ENDS = word_set("end ende fin")
_OF = word_set("of des der du de d von the")
