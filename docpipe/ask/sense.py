"""A question and a vocabulary become what the question says: its words by their meaning, before any table is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from docpipe.ask.amounts import Bound, find_bounds, find_currency
from docpipe.ask.called import NUMBERS, printed
from docpipe.ask.compounds import part_compounds
from docpipe.ask.days import Period
from docpipe.ask.following import earlier, points, refers
from docpipe.ask.names import Named, Names
from docpipe.ask.passing import Unknown
from docpipe.ask.periods import find_periods
from docpipe.ask.said import Group, Kinds, Mention
from docpipe.ask.sentence import Sentence
from docpipe.ask.several import joined
from docpipe.ask.spelling import Speller
from docpipe.ask.vocabulary import Vocabulary, stems
from docpipe.ask.words import word_set
from docpipe.plan import Step
from docpipe.printed.words import fold

# Words that say what is wanted, in the order in which they are looked for.
_WISHES = (
    "overdue", "review", "again", "count", "much", "average", "minimum", "maximum", "latest", "first", "most", "least",
    "next", "top", "incoming", "outgoing", "sum", "when", "whom", "who", "where", "which", "list", "different", "money",
    "amount",
)  # fmt: skip
_STEPS: dict[str, Step] = {"month": "month", "quarter": "quarter", "year": "year"}


@dataclass(frozen=True)
class Sense:
    """What a question says. `wishes` are what is wanted (count, sum, latest ...) and where that stands; `left` are the
    words that were not understood, `passed` those of them that ask for nothing, `read_as` those read as others.
    """

    language: str
    wishes: dict[str, int] = field(default_factory=dict)
    kinds: tuple[Kinds, ...] = ()
    mentions: tuple[Mention, ...] = ()
    named: tuple[Named, ...] = ()
    periods: tuple[Period, ...] = ()
    bounds: tuple[Bound, ...] = ()
    groups: tuple[Group, ...] = ()
    missing: tuple[Mention, ...] = ()
    currency: str | None = None
    not_currency: bool = False
    limit: int | None = None
    left: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    words: int = 0
    at_end: bool = False
    refers: bool = False
    points: bool = False
    earlier: str = ""
    joined: tuple[str, ...] = ()
    compares: bool = False
    both: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing in it is about what is stored."""
        return not (self.kinds or self.mentions or self.named or self.periods or self.bounds or self.groups)


def sense(text: str, vocabulary: Vocabulary, today: date) -> Sense:
    """What `text` says, as far as it is understood."""
    return _Listener(Sentence(text), vocabulary, today).listen()


def _without_verbs(kinds: Sequence[Kinds]) -> list[Kinds]:
    """The kinds without a French "reçu" that says of others how they came."""
    others = [kind for kind in kinds if fold(kind.said) not in _CAME]
    return [kind for kind in kinds if kind in others or (not others and fold(kind.said) in ("recu", "recus"))]


def _both(sentence: Sentence, mentions: Sequence[Mention]) -> bool:
    """Whether two fields are named with a conjunction between them: "net and gross"."""
    places = sorted(mention.at for mention in mentions)
    return any(
        {"and", "und", "et", "sowie"} & set(sentence.words[first:second]) and second - first < 5
        for first, second in zip(places, places[1:], strict=False)
    )


class _Listener:
    """One pass over a sentence, most telling words first."""

    def __init__(self, sentence: Sentence, vocabulary: Vocabulary, today: date) -> None:
        self._s = sentence
        self._v = vocabulary
        self._today = today
        self._at_end = False
        self._compared = False
        self._printed_at: set[int] = set()
        self._where: tuple[str, ...] = ()

    def listen(self) -> Sense:
        s = self._s
        names = Names(s, self._v)
        fragments = names.fragments()
        numbers = names.numbers()
        often = self._often()
        part_compounds(s, self._v)
        speller = Speller(s, self._v)
        speller.whole_verbs()
        speller.correct()
        named = [*fragments, *numbers, *names.whole(least=2), *names.begun()]
        self._asides()
        periods = find_periods(s, self._today)
        bounds = find_bounds(s)
        named += names.whole()
        limit = self._limit()
        again = s.at("again", 0) or s.at("and", 0)
        if again:
            s.take(0, again, "again")
        endless = self._endless()
        kinds, mentions, groups, missing = self._kinds_and_columns()
        kinds = [*_without_verbs(kinds), *self._deeds()]
        missing += endless
        currency, not_currency = find_currency(s)
        wishes = {**self._wishes(), **often}
        if any(s.words[kind.at - 1 : kind.at] == ["what"] for kind in kinds):
            wishes.setdefault("which", 0)
        mentions += self._implied(wishes, mentions, periods)
        if (
            s.language == "en"
            and "much" in wishes
            and any(k.plural and not k.weak and k.at == wishes["much"] + 2 for k in kinds)
        ):
            wishes.setdefault("count", wishes.pop("much"))  # how much bills
        if "count" in wishes and "currency" in s.taken[wishes["count"] + 1 : wishes["count"] + 4]:
            wishes["much"] = wishes.pop("count")  # how many euros
        groups += self._spread(groups)
        mentions = [m for m in self._delivered(wishes, mentions) if not self._came(m, kinds)]
        if s.language == "de" and "was" in s.words and kinds and all(kind.weak for kind in kinds):
            wishes.setdefault("much", 0)
        mentions = self._of_account(mentions, wishes, kinds)
        if again:
            wishes["again"] = 0
        for period in periods:
            if 0 < period.at - wishes.get("overdue", -9) <= 2:  # échues avant mars
                mentions += self._mention("due date", wishes.pop("overdue"))
        currency = currency or next((b.currency for b in bounds if b.currency), None)
        named += names.countries([m for m in mentions if any("law" in c.column.key for c in m.meant)])
        named += names.parts()
        pinned = bool(numbers) or (bool(named) and any(p.day_only for p in periods))
        unknown = Unknown(s, pinned=pinned and bool(mentions or wishes.keys() & _OF_ONE))
        left = unknown.left or self._where
        if self._printed_at and not left:
            left = tuple(s.tokens[place].text for place in sorted(self._printed_at) if s.free(place))
        return Sense(
            language=s.language,
            wishes=wishes,
            kinds=tuple(kinds),
            mentions=tuple(mentions),
            named=tuple(named),
            periods=tuple(periods),
            bounds=tuple(bounds),
            groups=tuple(groups),
            missing=tuple(missing),
            currency=currency,
            not_currency=not_currency,
            limit=limit,
            left=left,
            passed=unknown.passed,
            read_as=tuple(speller.read_as),
            words=len(s),
            at_end=self._at_end,
            refers=refers(s),
            points=points(s),
            earlier=earlier(s),
            joined=joined(s, wishes),
            compares=self._compared,
            both=_both(s, mentions),
        )

    def _asides(self) -> None:
        """Take what says nothing of what is meant: "at least one", "since we started", the end of "month-end"."""
        s = self._s
        for start, length in list(s.find("at_least")):
            if s.free(start, length + 1) and s.words[start + length] in _ARTICLES:
                s.take(start, length + 1, "aside")
        for start, length in list(s.find("since")):
            behind = s.words[start + length : start + length + 1]
            if behind and behind[0] in _DOERS:
                end = start
                while end < len(s) and s.free(end) and (end == start or s.joined(end)):
                    end += 1
                s.take(start, end - start, "aside")
        for start, length in list(s.find("compared")):
            s.take(start, length, "compared")
            self._compared = True
        for start, length in list(s.find("aside")):
            s.take(start, length, "aside")
        for at in range(1, len(s)):
            if s.words[at] in _STARTING and s.free(at) and self._begins(stems(s.words[at - 1 : at])):
                s.replace(at, "starts")  # contracts starting in 2024
            if s.words[at] == "end" and s.words[at - 1] in ("month", "year", "quarter") and s.free(at - 1, 2):
                s.take(at - 1, 2, "edge")
                self._at_end = True

    def _begins(self, kind: Sequence[str]) -> bool:
        """Whether what is called so has a day on which it begins."""
        tables = self._v.tables.get(tuple(kind), ())
        return any(meant.column.table in tables for meant in self._v.columns.get(stems(["start"]), ()))

    def _endless(self) -> list[Mention]:
        """What has no end: unbefristet, open-ended, à durée indéterminée."""
        s = self._s
        found = []
        for start, length in list(s.find("endless")):
            s.take(start, length, "missing")
            found += self._mention("end date", start)
        return found

    # What is wanted of them.

    def _limit(self) -> int | None:
        """top 5, the 3 largest, die letzten drei."""
        s = self._s
        for start in range(len(s)):
            word = s.words[start]
            number = _SOME.get(word) or (
                int(word)
                if word.isdecimal() and len(word) < 4
                else NUMBERS.get(word)
                if word not in _ARTICLES
                else None
            )
            if not number or not s.free(start):
                continue
            led = any(s.before(lead, start) for lead in ("top", "latest", "first", "maximum", "minimum"))
            rows = stems(s.words[start + 1 : start + 2]) in self._v.tables
            near = range(start + 1, min(start + 6, len(s)) if rows else start + 2)
            behind = any(
                s.at(lead, at) for at in near for lead in ("latest", "first", "maximum", "minimum", "most", "least")
            )
            if led or behind:
                s.take(start, 1, "limit")
                return number
        return None

    def _kinds_and_columns(self) -> tuple[list[Kinds], list[Mention], list[Group], list[Mention]]:
        s = self._s
        kinds: list[Kinds] = []
        mentions: list[Mention] = []
        groups: list[Group] = []
        missing: list[Mention] = []
        start = 0
        while start < len(s):
            length, mention, kind = self._longest(start)
            if (
                length == 1
                and s.language == "fr"
                and s.tokens[start].text.endswith(_PARTICIPLES)
                and s.at("receiver", start)
            ):
                length = 0  # "adressés à" is no address
            beside = self._printed(start)
            if beside > length:  # "customer number" is not the customer
                self._printed_at |= set(range(start, start + beside))
                start += beside
                continue
            step = next((made for name, made in _STEPS.items() if s.at(name, start)), None)
            by = s.before("by", start, over=1)
            asked = s.before("which", start, over=1)
            if step is not None and s.words[start + 2 : start + 3] == [s.words[start]] and s.at("by", start + 1):
                s.take(start, 1, "group")  # month by month
                start += 1
                continue
            across = s.words[max(0, start - 3) : start]
            if step is not None and s.words[start].endswith(("s", "e", "en", "x")) and s.words[start] != "annee":
                changes = any(word.startswith(_CHANGING) for word in s.words)
                if (_ACROSS & set(across) and s.words[start] != "mois") or (_ALONG & set(across) and changes):
                    s.take(start, 1, "group")
                    groups.append(Group(step=step))
                    start += 1
                    continue
            if step is not None and s.words[start] in _EVERY:  # an average is not grouped by what it is the average of
                s.take(start, 1, "group")
                if not s.said_any("average"):
                    groups.append(Group(step=step))
                start += 1
                continue
            if step is not None and length <= 1 and (by is not None or asked is not None):
                if by is not None:
                    s.take(by[0], start + 1 - by[0], "group")
                s.take(start, 1, "group")
                groups.append(Group(step=step))
                start += 1
                continue
            if s.words[start] in _EDGES and s.free(start) and self._edge(start):
                self._at_end = s.words[start] in _ENDS
                s.take(start, 1, "edge")
                start += 1
                continue
            if not length:
                start += 1
                continue
            if mention is not None and (behind := self._lacks(start + length)):
                s.take(start, length + behind, "missing")
                missing.append(mention)
                start += length + behind
                continue
            lacking = (s.before("missing", start, over=1) or self._unsaid(start)) if mention is not None else None
            if mention is not None and by is not None:
                s.take(by[0], start + length - by[0], "group")
                groups.append(Group(mention=mention))
            elif mention is not None and lacking is not None:
                s.take(lacking[0], start + length - lacking[0], "missing")
                missing.append(mention)
            else:
                s.take(start, length, "column" if mention is not None else "kind")
                if mention is not None:
                    mentions.append(mention)
                elif kind is not None:
                    kinds.append(kind)
                    if by is not None:
                        s.take(by[0], start - by[0], "each")
            start += length
        return kinds, mentions, groups, missing

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

    def _longest(self, start: int) -> tuple[int, Mention | None, Kinds | None]:
        """The longest phrase from here that names a column or a kind of document; of equals the kind."""
        s = self._s
        for length in range(min(6, len(s) - start), 0, -1):
            if not s.free(start, length):
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
            meant = self._v.columns.get(words)
            if meant is not None and (length > 1 or last not in _NO_COLUMN):
                return length, Mention(meant, start, s.said(start, length)), None
        return 0, None, None

    def _deeds(self) -> list[Kinds]:
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

    def _wishes(self) -> dict[str, int]:
        """What is wanted, the longest phrase at each place."""
        s = self._s
        found: dict[str, int] = {}
        for start in range(len(s) - 2):
            if s.words[start] in _NUMBERS and s.free(start) and s.words[start + 1] in ("and", "und", "et"):
                found["count"] = start  # number and total of
                s.take(start, 1, "count")
        for start in range(len(s)):
            length, wish = max(((s.at(wish, start), wish) for wish in _WISHES), key=lambda one: one[0])
            if length:
                found.setdefault(wish, start)
                s.take(start, length, wish)
        return found

    def _often(self) -> dict[str, int]:
        """ "How many times" is no time of the day."""
        s = self._s
        found = [
            (start, length)
            for start, length in s.find("count")
            if length > 2 and not (length == 3 and s.words[start + 2] in ("de", "d"))
        ]
        for start, length in s.find("count"):  # the quantity of bills is no quantity
            if s.words[start : start + 2] == ["quantity", "of"] and self._longest(start + 2)[2] is not None:
                s.take(start, length, "count")
                return {"count": start}
        for start, length in found:
            s.take(start, length, "count")
        return {"count": found[0][0], "times": found[0][0]} if found else {}

    def _implied(self, wishes: dict[str, int], mentions: Sequence[Mention], periods: Sequence[Period]) -> list[Mention]:
        """Fields that are asked for without their name: by when something is to be paid, how it was paid."""
        s = self._s
        if "money" not in wishes or mentions:
            return []
        if s.said_any("must") and ("when" in wishes or (periods and not wishes.keys() & {"much", "count", "sum"})):
            at = wishes.get("when", wishes.pop("money"))
            return self._mention("due date", at)
        how = next((n for n, word in enumerate(s.words) if word in _HOW and s.free(n)), None)
        if how is not None and not wishes.keys() & {"count", "much", "when"}:
            s.take(how, 1, "column")
            del wishes["money"]
            return self._mention("payment method", how)
        return []

    def _spread(self, groups: Sequence[Group]) -> list[Group]:
        """ "How are they spread over the years" is by year."""
        s = self._s
        if groups or not any(word.startswith(_SPREADING) for word in s.words):
            return []
        found = (
            (start, step) for start in range(len(s)) for name, step in _STEPS.items() if s.at(name, start) and start > 1
        )
        for start, step in found:
            if s.words[start].endswith(("s", "e", "en")):
                s.take(start, 1, "group")
                return [Group(step=step)]
        return []

    def _delivered(self, wishes: dict[str, int], mentions: list[Mention]) -> list[Mention]:
        """Where something is delivered to is no day: the page says it."""
        placed = "where" in wishes or any(fold(m.said) in _PLACES for m in mentions)
        when = [m for m in mentions if any("delivery" in meant.column.key for meant in m.meant)]
        if not placed or not when:
            return mentions
        self._where = ("delivery address",)
        return [m for m in mentions if m not in when and fold(m.said) not in _PLACES]

    def _came(self, mention: Mention, kinds: Sequence[Kinds]) -> bool:
        """Whether that something arrived is said of what has no delivery: an invoice."""
        tables = {name for kind in kinds if not kind.weak for name in kind.tables}
        return (
            fold(mention.said) in _ARRIVED
            and bool(tables)
            and not tables & {meant.column.table for meant in mention.meant}
        )

    def _of_account(self, mentions: list[Mention], wishes: dict[str, int], kinds: Sequence[Kinds]) -> list[Mention]:
        """What stands on an account is its balance: "what was left in the account at the end of May"."""
        if len(mentions) != 1 or fold(mentions[0].said) not in _ACCOUNTS or kinds or wishes.keys() - _OF_BALANCE:
            return mentions
        asked = self._s.words[mentions[0].at - 1 : mentions[0].at]
        if asked and asked[0] in _WHICH:
            return mentions
        return (self._mention("closing balance", mentions[0].at) if self._at_end or wishes else []) or mentions

    def _mention(self, said: str, at: int) -> list[Mention]:
        meant = self._v.columns.get(stems(said.split()), ())
        return [Mention(meant, at, said)] if meant else []


_EVERY = word_set(
    "monthly quarterly yearly annual annually monatlich monatliche monatlichen quartalsweise jahrlich jahrliche "
    "jahrlichen mensuel mensuelle mensuels mensuelles trimestriel trimestrielle annuel annuelle annuels annuelles"
)
_ANY = word_set("any a an the de d du des un une keine kein keinen einen eine ein n o no")
_FAILS = word_set("fail fails failing failed omit omits neglect neglects")
_AUXILIARIES = word_set(
    "is are was were isn aren wasn weren t not n has have hasn been ist sind war waren wurde wurden nicht worden est sont "
    "etait pas ete a ont left been"
)
_REFUSALS = frozenset({"not", "t", "nicht", "pas", "left"})
_GIVEN = word_set(
    "given stated specified shown indicated set known filled there mentioned noted recorded provided entered out blank "
    "empty printed present defined agreed angegeben genannt vermerkt eingetragen bekannt vorhanden aufgefuhrt vereinbart "
    "ausgefullt notiert festgelegt gesetzt hinterlegt indique indiquee indiques precise precisee renseigne renseignee "
    "mentionne mentionnee connue connu fixe fixee prevue prevu specifie specifiee remplie definie"
)
# What stands behind a field to say that it is empty.
_LACKING = word_set("missing lacking absent blank empty fehlt fehlen fehlend leer manque manquent manquante vide")
_ARE = word_set("is are was were isn aren ist sind est sont")
_SPREADING = ("verteil", "spread", "distribut", "repart", "split", "aufschlussel")
_PLACES = word_set("address adresse anschrift")
_ACCOUNTS = word_set("account konto compte")
_OF_BALANCE = frozenset({"much", "money", "amount", "maximum", "minimum"})
_WHICH = word_set("which what welches welchem welcher quel to")
_PARTICIPLES = ("é", "és", "ée", "ées")
# Behind these, years, months and quarters are all of them.
_ACROSS = word_set("across throughout per pro")
_ALONG = word_set("over through uber fil")
_CHANGING = ("develop", "evol", "chang", "vary", "trend", "entwick", "verander", "verlauf", "chronolog")
_DOERS = word_set("we they i you he she wir sie ich man on nous ils elles il elle j")
_SOME = {"beiden": 2, "beide": 2, "couple": 2, "dozen": 12}
_ARRIVED = word_set("arrive arrives arrived arriving arrivent arrivee arrivees ankommen ankommt angekommen kamen an")
_STARTING = word_set("starting beginning commencing")
_ARTICLES = word_set("a an one ein eine un une")
# Words of columns that are said in most questions without meaning the column.
_NO_COLUMN = word_set("time name number numero nummer in")
# What is asked of one document.
_NUMBERS = word_set("number numbers nombre nb anzahl zahl stuckzahl count")
_HOW = word_set("how wie womit comment")
_OF_ONE = frozenset({"when", "who", "whom", "where", "much"})
# What these and a period make is no field: at the end of October.
_EDGES = word_set("end ende fin start anfang debut beginning beginn")
_ENDS = word_set("end ende fin")
_CAME = word_set("recu recus recue recues")
_OF = word_set("of des der du de d von the")
