"""What questions ask, in English, German and French, by what it means. All without case and accents.

A phrase ending in * takes any ending. Where two phrases begin at one word, the longer one counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_PHRASES: Mapping[str, Mapping[str, str]] = {
    "must": {
        "en": "have to|must|should|need to|needs to|has to|by when|by what date|supposed to|due to",
        "de": "bis wann|muss|mussen|sollen|soll|spatestens|zu zahlen|zu bezahlen",
        "fr": "devons|doit|doivent|doit on|faut|avant quand|avant quelle date|a payer|a regler|pour quand",
    },
    "count": {
        "en": "how many|number of|count of|tally of|tally|count|how often|how many times",
        "de": "wie viele*|wieviele*|wie viel verschiedene|anzahl|zahl der|wie oft|wie haufig",
        "fr": "combien de|combien d|nombre de|nombre d|nb de|nb d|nbre de|nbre d|combien y a t il de|combien y a t il d|combien de fois|combien ont|"
        "combien sont|combien a t on de|combien a t on recu de|combien avons nous de|combien avons nous recu de|"
        "combien avons nous signe de|combien existe t il de",
    },
    "much": {
        "en": "how much|what amount|what sum|which amount|what did|what were we|what was the cost|what have we",
        "de": "wie viel|wieviel|wie hoch|wie teuer|welcher betrag|welche summe|was kostet*|was haben|was hat|was habe",
        "fr": "combien|combien avons nous|combien a t on|combien j ai|combien ai je|combien a coute|combien coute*|combien doit*|"
        "combien devons nous|combien ont coute|combien on a|combien nous avons|quel montant|quelle somme|"
        "a combien s eleve*|a combien se monte*|combien d argent|combien est ce que nous avons|combien est ce qu on a",
    },
    "sum": {
        "en": "sum of|the sum|sum|all time|of all time|in total|in all|altogether|overall|total amount|total sum|add up|combined|total spend|"
        "total spending|total cost|total costs|total expenses|total value|grand total of all|added together|added up|adding up|"
        "come to|comes to|came to|amount to|amounts to|amounted to|all in|all together|all told",
        "de": "summe|gesamtsumme|insgesamt|gesamt|zusammen|in summe|alles in allem|summiere|addiere|gesamtkosten|"
        "gesamtausgaben|gesamtwert|gesamtbetrage|addier*|zusammenrechn*|zusammenzahl*|zusammengerechnet|"
        "zusammengezahlt|aufaddier*|belaufen sich|belauft sich|beliefen sich|summen|zusammenkommen|zusammennehmen|unterm strich",
        "fr": "somme|la somme|au total|en tout|montant total|total des|total de toutes|total de tous|additionne*|"
        "cumul*|ensemble|depenses totales|cout total|valeur totale|s eleve*|se monte*|en cumule|reviennent a|revient a",
    },
    "average": {
        "en": "average|mean|avg|on average|typical|averaged",
        "de": "durchschnitt*|im schnitt|im mittel|mittelwert|mittlere*|schnitt",
        "fr": "moyenne*|moyen|moyens|en moyenne",
    },
    "minimum": {
        "en": "smallest|lowest|cheapest|minimum|minimal|min|least expensive|tiniest|slimmest|shortest|least costly|puniest|littlest",
        "de": "kleinst*|niedrigst*|gunstigst*|billigst*|geringst*|minimum|minimal*|am wenigsten teuer*",
        "fr": "plus petit*|plus bas|plus basse*|plus faible*|moins cher*|moins eleve*|moins couteu*|minimum|minimal*|"
        "moins important*|moins grande|moins grand",
    },
    "maximum": {
        "en": "largest|highest|biggest|greatest|most expensive|maximum|maximal|max|priciest|costliest|fattest|heftiest|steepest|"
        "dearest|most costly|single largest|single biggest|single highest",
        "de": "grosst*|hochst*|teuerst*|maximum|maximal*|dickst*|saftigst*|happigst*|kostspieligst*|umfangreichst*",
        "fr": "plus grand*|plus gros*|plus haut*|plus eleve*|plus cher*|plus couteu*|maximum|maximal*|plus important*|"
        "plus forte*|plus fort|plus sale*|plus consequent*|plus lourd*|plus onereu*",
    },
    "latest": {
        "en": "latest|most recent|newest|last|most recently|recent",
        "de": "letzte|letzten|letzter|letztes|letztem|neuest*|jungst*|aktuellst*|zuletzt",
        "fr": "dernier|derniere|derniers|dernieres|plus recent*|plus nouveau|plus nouvelle",
    },
    "first": {
        "en": "first|earliest|oldest|soonest",
        "de": "erste|ersten|erster|erstes|erstem|altest*|fruhest*|fruheste|zuerst",
        "fr": "premier|premiere|premiers|premieres|plus ancien*|plus vieux|plus vieille*",
    },
    "most": {
        "en": "most",
        "de": "am meisten|meisten|meiste|am haufigsten",
        "fr": "plus|davantage",
    },
    "least": {
        "en": "least|fewest",
        "de": "am wenigsten|wenigsten|am seltensten",
        "fr": "moins",
    },
    "top": {"en": "top", "de": "top|besten", "fr": "top|premiers"},
    "list": {
        "en": "list|show|show me|give me|display|name|enumerate|print|tell me|find|all|every",
        "de": "liste*|zusammenstell*|heraussuch*|raussuch*|zeig|zeige|zeigen|zeig mir|zeige mir|nenne|nenn|gib mir|alle|auflist*|such|suche|finde|samtliche*",
        "fr": "liste|lister|listez|montre|montrez|montre moi|affiche|affichez|donne|donne moi|donnez moi|donnez|cite|"
        "tous|toutes|trouve|trouvez|enumere*",
    },
    "which": {
        "en": "which|what are|what were",
        "de": "welche|welcher|welches|welchen|welchem",
        "fr": "quel|quelle|quels|quelles|lesquels|lesquelles|laquelle|lequel|quelles sont|quels sont",
    },
    "when": {
        "en": "when|what date|which date|which day|what day|by when|date of|date on|date for|dated when",
        "de": "wann|welches datum|an welchem tag|zu welchem datum|bis wann|datum der|datum des|datum von|datum vom",
        "fr": "quand|a quelle date|quelle date|quel jour|pour quand|date de|date du|date des|date d",
    },
    "whom": {
        "en": "to whom|for whom|whom",
        "de": "an wen|fur wen|wem",
        "fr": "a qui|pour qui",
    },
    "who": {
        "en": "who|from whom|by whom|whose",
        "de": "wer|wen|von wem|wessen",
        "fr": "qui|de qui|par qui|qui est ce qui",
    },
    "where": {"en": "where", "de": "wo", "fr": "ou est|ou se trouve|a quelle adresse"},
    "by": {
        "en": "by|per|for each|for every|grouped by|broken down by|split by|each|every|by each",
        "de": "pro|je|nach|jede*|gruppiert nach|aufgeteilt nach|fur jede*|aufgeschlusselt nach|per",
        "fr": "par|pour chaque|chaque|par chaque|groupe* par|ventile* par|selon",
    },
    "not": {
        "en": "not|except|except for|other than|excluding|without|but not|isn t|aren t|wasn t|weren t|didn t|don t|"
        "apart from|besides|no",
        "de": "nicht|ausser|ohne|kein|keine|keinen|keiner|ausgenommen|abgesehen von|keinem",
        "fr": "pas|sauf|hors|sans|excepte|autre que|autres que|a l exception de|a part|en dehors de|non",
    },
    "before": {
        "en": "before|earlier than|prior to|older than",
        "de": "vor|vor dem|vor der|fruher als|alter als",
        "fr": "avant|avant le|avant la|anterieur* a|anterieur* au|plus ancien* que",
    },
    "until": {
        "en": "until|up to|up till|till|through|by|no later than|by the end of|before the end of|until the end of|up to and including",
        "de": "bis|bis zum|bis ende|vor ende|spatestens|bis einschliesslich|bis zum ende|spatestens am|spatestens im",
        "fr": "avant la fin de|avant fin|jusqu a|jusqu en|jusqu au|jusque|au plus tard|jusqu a fin|au plus tard en|au plus tard le",
    },
    "after": {
        "en": "after|later than|newer than|following",
        "de": "nach|nach dem|spater als|neuer als",
        "fr": "apres|apres le|posterieur* a|posterieur* au|plus recent* que",
    },
    "since": {
        "en": "since|starting|as of|starting from|starting in|from the beginning of|since the beginning of",
        "de": "seit|seit dem|ab|ab dem|seit anfang|ab anfang|seit beginn",
        "fr": "depuis|depuis le|a partir de|a partir du|a compter de|a compter du|des le|depuis debut",
    },
    "from": {"en": "from", "de": "von|vom|zwischen dem", "fr": "de|du|d|entre le"},
    "between": {"en": "between", "de": "zwischen", "fr": "entre"},
    "to": {
        "en": "to|until|till|through|and|and the",
        "de": "bis|bis zum|und|und dem",
        "fr": "a|au|et|jusqu a|jusqu au|et le",
    },
    "over": {
        "en": "over|above|more than|greater than|larger than|higher than|exceeding|exceed|exceeds|bigger than|"
        "worth more than|beyond|costing more than|exceeded",
        "de": "uber|mehr als|grosser als|hoher als|oberhalb von|ubersteig*|teurer als",
        "fr": "plus de|superieur* a|au dessus de|depassant|depasse*|plus grand* que|plus eleve* que|excedant|plus que|"
        "de plus de",
    },
    "at_least": {
        "en": "at least|no less than|not less than|minimum of|or more|from",
        "de": "mindestens|wenigstens|nicht weniger als|ab",
        "fr": "au moins|au minimum|minimum|a partir de|pas moins de",
    },
    "under": {
        "en": "under|below|less than|smaller than|lower than|cheaper than|fewer than|beneath",
        "de": "unter|weniger als|kleiner als|niedriger als|unterhalb von|billiger als|geringer als|gunstiger als",
        "fr": "moins de|inferieur* a|en dessous de|au dessous de|sous|moins que|de moins de|plus petit* que",
    },
    "at_most": {
        "en": "at most|no more than|not more than|up to|maximum of|not over|until",
        "de": "hochstens|maximal|nicht mehr als|bis|bis zu|nicht uber",
        "fr": "au plus|au maximum|maximum|jusqu a|pas plus de",
    },
    "exactly": {
        "en": "exactly|equal to|equals|of exactly|precisely|for exactly|equal|amounting to",
        "de": "genau|exakt|gleich|in hohe von|uber genau|von genau",
        "fr": "exactement|egal* a|precisement|d un montant de|s elevant a|de exactement",
    },
    "this": {
        "en": "this|current",
        "de": "diese|diesen|dieser|dieses|diesem|aktuelle*|laufende*",
        "fr": "ce|cette|cet|en cours",
    },
    "last": {
        "en": "last|previous|past|preceding|prior",
        "de": "letzte|letzten|letzter|letztes|letztem|vorige*|vergangene*|vorherige*",
        "fr": "dernier|derniere|derniers|dernieres|passe|passee|precedent|precedente",
    },
    "next": {
        "en": "next|coming|following|upcoming",
        "de": "nachste|nachsten|nachster|nachstes|nachstem|kommende*",
        "fr": "prochain|prochaine|prochains|prochaines|suivant|suivante",
    },
    "day": {"en": "day|days", "de": "tag|tage|tagen|tages", "fr": "jour|jours|journee"},
    "week": {"en": "week|weeks", "de": "woche|wochen|kw|kalenderwoche", "fr": "semaine|semaines"},
    "month": {"en": "month|months|monthly", "de": "monat|monate|monaten|monats|monatlich*", "fr": "mois|mensuel*"},
    "quarter": {
        "en": "quarter|quarters|quarterly",
        "de": "quartal|quartale|quartals|quartalen|quartalsweise|vierteljahr*",
        "fr": "trimestre|trimestres|trimestriel*",
    },
    "half": {"en": "half|half year", "de": "halbjahr|jahreshalfte|halfte", "fr": "semestre|moitie"},
    "year": {
        "en": "year|years|yearly|annually|annual",
        "de": "jahr|jahre|jahren|jahres|jahrlich*",
        "fr": "an|ans|annee|annees|annuel*",
    },
    "incoming": {
        "en": "incoming|came in|come in|came into|coming in|credits|credited|deposits|paid in|money in",
        "de": "eingehend*|eingegangen*|eingang*|einging*|gutschrift*|zufluss*|reingekommen|hereingekommen|eingezahlt",
        "fr": "entrant*|encaissement*|credits|credite*|rentree*|recus sur",
    },
    "outgoing": {
        "en": "outgoing|went out|go out|gone out|going out|debits|debited|withdrawals|left the account|money out|paid out",
        "de": "ausgehend*|abgegangen*|abbuchung*|abgebucht*|rausgegangen|herausgegangen|rausging|hinausgegangen|abfluss*",
        "fr": "sortant*|debite*|sorti|sortis|sorties|decaissement*|prelevement*|preleve*",
    },
    "today": {"en": "today", "de": "heute", "fr": "aujourd hui"},
    "yesterday": {"en": "yesterday", "de": "gestern", "fr": "hier"},
    "tomorrow": {"en": "tomorrow", "de": "morgen", "fr": "demain"},
    "ago": {"en": "ago", "de": "", "fr": ""},
    "overdue": {
        "en": "overdue|past due|late",
        "de": "uberfallig*",
        "fr": "en retard|echu|echue|echues|echus|en souffrance",
    },
    "different": {
        "en": "different|distinct|unique|various",
        "de": "verschieden*|unterschiedlich*",
        "fr": "different|differents|differente|differentes|distinct*|unique*",
    },
    "missing": {
        "en": "missing|lack|lacks|lacking|without a|without an|without any|have no|has no|with no|no",
        "de": "fehlt|fehlen|fehlende*|ohne|kein|keine|keinen|haben keine|hat keine|haben kein|haben keinen",
        "fr": "manque*|sans|pas de|pas d|aucun|aucune|n ont pas de|n a pas de|n ont pas d|n a pas d",
    },
    "review": {
        "en": "need review|needs review|needing review|to be reviewed|need reviewing|needs checking",
        "de": "zu prufen|zu prufende*|gepruft werden mussen|mussen gepruft werden|prufung brauchen",
        "fr": "a verifier|a revoir|a controler",
    },
    "and": {
        "en": "and|what about|how about|and what about",
        "de": "und|und was ist mit|wie ist es|was ist mit",
        "fr": "et|et pour|qu en est il",
    },
    "again": {
        "en": "what about|how about|and what about|same for|and",
        "de": "und was ist mit|was ist mit|wie ist es mit|dasselbe fur|und",
        "fr": "et pour|qu en est il de|qu en est il|meme chose pour|et",
    },
    "money": {
        "en": "spend|spent|spending|spends|paid|pay|pays|paying|owe|owed|owing|cost|costs|charge|charged|money|expenses|"
        "expense|expenditure|worth|revenue|earn|earned|bought|buy|purchases|purchased|buying|shell out|shelled out|fork out|forked out|splash out|disburse|disbursed|settle|"
        "outlay|outlays",
        "de": "ausgegeben|ausgeben|bezahlt|bezahlen|gezahlt|zahlen|gekostet|kosten|kostet|kostete|ausgaben|schulden|"
        "geld|verlangt|umsatz|eingenommen|einkauf|einkaufe|einkaufen|beglichen|begleichen|abgerechnet|verrechnet|draufgehen|draufgegangen|ausgab|aufwenden|aufgewendet|hinblattern|"
        "berappen|entrichten|entrichtet|losgeworden|liegen lassen|gelassen",
        "fr": "depense|depenses|depenser|depensons|paye|payer|payes|payee|payees|coute|couter|cout|couts|argent|"
        "devons|doit|chiffre d affaires|regle*|verse|encaisse|achat|achats|payees|payes|acquitte*|debourse*|regler|reclame*|claque*|lache*|laisse*|debite",
    },
    "amount": {
        "en": "size|sizes|amount|amounts|total|totals|value|values|price|sum",
        "de": "betrag|betrage|gesamtbetrag|gesamtbetrage|wert|werte|total|preis|gesamtsumme|gesamtpreis",
        "fr": "montant|montants|total|totaux|totale|totales|valeur|valeurs|prix|montant total|somme",
    },
    "sender": {
        "en": "from|by|sent by|issued by|with|at|to pay|pay|paid|supplied by|bought from|owe",
        "de": "von|vom|bei|beim|durch|an",
        "fr": "de|d|du|par|chez|des|aupres de|a",
    },
    "receiver": {
        "en": "to|for|billed to|sent to|addressed to|bill|billed",
        "de": "an|fur|gegenuber|an den|an die",
        "fr": "a|au|aux|pour|adressee* a|adresse* a|destine* a",
    },
}


@cache
def phrases(language: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The phrases of a language by what they mean, the longest first."""
    return {
        meaning: tuple(
            sorted((tuple(p.split()) for p in said.get(language, "").split("|") if p), key=len, reverse=True)
        )
        for meaning, said in _PHRASES.items()
    }


@cache
def phrase_words(language: str) -> frozenset[str]:
    """Every word of a language's phrases; one whose ending is open ends in *."""
    return frozenset(word for said in phrases(language).values() for phrase in said for word in phrase)


@cache
def common_phrases() -> frozenset[str]:
    """What asks for a count, a sum or the like, in any language."""
    asks = ("count", "sum", "average", "minimum", "maximum", "latest", "first")
    return frozenset(said for meaning in asks for p in _PHRASES[meaning].values() for said in p.split("|"))


def wanted(word: str, language: str) -> bool:
    """Whether a word alone is a phrase of a language."""
    closed, opened = _alone(language)
    return word in closed or word.startswith(opened)


@cache
def _alone(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The phrases of one word, and the beginnings of those whose ending is open."""
    alone = [phrase[0] for said in phrases(language).values() for phrase in said if len(phrase) == 1]
    return frozenset(w for w in alone if w[-1] != "*"), tuple(w[:-1] for w in alone if w[-1] == "*")
