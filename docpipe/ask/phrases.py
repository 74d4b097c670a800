"""What questions ask, in English, German and French, by what it means. All without case and accents.

A phrase ending in * takes any ending. Where two phrases begin at one word, the longer one counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_PHRASES: Mapping[str, Mapping[str, str]] = {
    "must": {
        "en": "meant to|required to|latest by|obliged to|got to|due for payment|have to|must|should|need to|needs to|has to|by when|by what date|supposed to|due to",
        "de": "zu begleichen|beglichen werden|bezahlt werden|gezahlt werden|bezahlt sein|bis wann|muss|mussen|sollen|soll|spatestens|zu zahlen|zu bezahlen",
        "fr": "doit on|faut il|tenu de|tenus de|regler avant|payer avant|au plus tard|devons|doit|doivent|doit on|faut|avant quand|avant quelle date|a payer|a regler|pour quand",
    },
    "count": {
        "en": "what number of|quantity of|no of|nr of|total number of|the number of|overall number of|how frequently|amount of times|count up|how many|number of|count of|tally of|tally|count|how often|how many times",
        "de": "zahl mal|zahle mal|zahl mir|zahle mir|zahl bitte|zahle bitte|zahle die|zahl alle|zahle alle|durchzahlen|abzahlen|gesamtzahl|gesamtanzahl|stuckzahl der|wie viel stuck|wie viel mal|wie viele male|wie viele*|wieviele*|wie viel verschiedene|anzahl|zahl der|wie oft|wie haufig",
        "fr": "en a combien|il y en a combien|y en a combien|en avons nous combien|combien en avons nous|combien y en a t il|combien en a t on|on en compte combien|combien en existe t il|compter|nombre total de|nombre total d|quel nombre de|quel est le nombre de|le nombre de|le nombre d|combien de fois|total en nombre|denombre*|combien de|combien d|nombre de|nombre d|nb de|nb d|nbre de|nbre d|combien y a t il de|combien y a t il d|combien de fois|combien ont|"
        "combien sont|combien a t on de|combien a t on recu de|combien avons nous de|combien avons nous recu de|"
        "combien avons nous signe de|combien existe t il de",
    },
    "much": {
        "en": "how big|how large|how high|how expensive|how pricey|how costly|what size|how much|what amount|what sum|which amount|what did|what were we|what was the cost|what have we",
        "de": "wie gross|was macht|was machen|wie viel|wieviel|wie hoch|wie teuer|welcher betrag|welche summe|was kostet*|was haben|was hat|was habe",
        "fr": "de combien|quel est le cout|a combien|combien|combien avons nous|combien a t on|combien j ai|combien ai je|combien a coute|combien coute*|combien doit*|"
        "combien devons nous|combien ont coute|combien on a|combien nous avons|quel montant|quelle somme|"
        "a combien s eleve*|a combien se monte*|combien d argent|combien est ce que nous avons|combien est ce qu on a",
    },
    "sum": {
        "en": "together|worth together|altogether worth|tot up|tots up|totted up|sum up|total up|tally up|sum total|cumulative|cumulatively|accumulated|aggregate|aggregated|in aggregate|overall total|grand sum|in sum|put together|taken together|running total|combined total|sum of|the sum|sum|all time|of all time|in total|in all|altogether|overall|total amount|total sum|add up|combined|total spend|"
        "total spending|total cost|total costs|total expenses|total value|grand total of all|added together|added up|adding up|"
        "come to|comes to|came to|amount to|amounts to|amounted to|all in|all together|all told",
        "de": "gesamtvolumen|aufsummier*|zusammengenommen|summiert|kumuliert|macht das zusammen|alles zusammen|in der summe|gesamthaft|total|addition|aufaddiert|zusammengerechnet|ergibt das|ergeben|summe|gesamtsumme|insgesamt|gesamt|zusammen|in summe|alles in allem|summiere|addiere|gesamtkosten|"
        "gesamtausgaben|gesamtwert|gesamtbetrage|addier*|zusammenrechn*|zusammenzahl*|zusammengerechnet|"
        "zusammengezahlt|aufaddier*|belaufen sich|belauft sich|beliefen sich|summen|zusammenkommen|zusammennehmen|unterm strich",
        "fr": "cumul|total cumule|somme totale|totalise*|additionn*|total general|tout compris|tous ensemble|se chiffre*|s elevent|en totalite|globalement|montant global|montant cumule|au global|represente*|somme|la somme|au total|en tout|montant total|total des|total de toutes|total de tous|additionne*|"
        "cumul*|ensemble|depenses totales|cout total|valeur totale|s eleve*|se monte*|en cumule|reviennent a|revient a",
    },
    "average": {
        "en": "normal|usual|a regular|usually|typically|normally|generally|in general|averages|averaging|average out|average|mean|avg|on average|typical|averaged",
        "de": "normale|normaler|ubliche|ublicher|gewohnlich|normalerweise|ublicherweise|typischerweise|im allgemeinen|in der regel|durchschnittlich*|mittelwert|pro durchschnitt|durchschnitt*|im schnitt|im mittel|mittelwert|mittlere*|schnitt",
        "fr": "normal|normale|habituel*|d habitude|habituellement|normalement|generalement|en general|d ordinaire|typique*|moyennement|moyenne*|moyen|moyens|en moyenne",
    },
    "minimum": {
        "en": "tiny|most modest|least pricey|smallest|lowest|cheapest|minimum|minimal|min|least expensive|tiniest|slimmest|shortest|least costly|puniest|littlest",
        "de": "am billigsten|am kleinsten|am niedrigsten|am gunstigsten|kurzest*|mickrigst*|kleinst*|niedrigst*|gunstigst*|billigst*|geringst*|minimum|minimal*|am wenigsten teuer*",
        "fr": "plus modeste*|mini|plus courte*|plus court|plus minime*|moins onereu*|plus economique*|plus bon marche|plus petit*|plus bas|plus basse*|plus faible*|moins cher*|moins eleve*|moins couteu*|minimum|minimal*|"
        "moins important*|moins grande|moins grand",
    },
    "maximum": {
        "en": "best paid|highest paid|most valuable|most lucrative|longest|top priced|heaviest|largest|highest|biggest|greatest|most expensive|maximum|maximal|max|priciest|costliest|fattest|heftiest|steepest|"
        "dearest|most costly|single largest|single biggest|single highest",
        "de": "am besten|bestbezahlt*|hochstdotiert*|lukrativst*|wertvollst*|langst*|grosster|am teuersten|am hochsten|am grossten|schwerst*|grosst*|hochst*|teuerst*|maximum|maximal*|dickst*|saftigst*|happigst*|kostspieligst*|umfangreichst*",
        "fr": "mieux paye*|mieux remunere*|plus lucrati*|plus longue*|plus long|plus longtemps|plus volumineu*|plus consequente*|maxi|record|plus grand*|plus gros*|plus haut*|plus eleve*|plus cher*|plus couteu*|maximum|maximal*|plus important*|"
        "plus forte*|plus fort|plus sale*|plus consequent*|plus lourd*|plus onereu*",
    },
    "latest": {
        "en": "most current|youngest|final|very last|lately|latest|most recent|newest|last|most recently|recent",
        "de": "am neuesten|am jungsten|als letzte*|allerletzte*|letztmals|letztmalig|zum letzten mal|das letzte mal|letzte|letzten|letzter|letztes|letztem|neuest*|jungst*|aktuellst*|zuletzt",
        "fr": "plus recemment|la derniere fois|pour la derniere fois|en dernier|tout dernier|toute derniere|dernier|derniere|derniers|dernieres|plus recent*|plus nouveau|plus nouvelle",
    },
    "first": {
        "en": "very first|first ever|initial|for the first time|the first time|first|earliest|oldest|soonest",
        "de": "allererste*|am altesten|am fruhesten|erstmals|erstmalig|zum ersten mal|das erste mal|als erstes|erste|ersten|erster|erstes|erstem|altest*|fruhest*|fruheste|zuerst",
        "fr": "tout premier|toute premiere|la premiere fois|pour la premiere fois|en premier|initiale|initial|premier|premiere|premiers|premieres|plus ancien*|plus vieux|plus vieille*",
    },
    "most": {
        "en": "most often|most frequently|most",
        "de": "am oftesten|meistens|am haufigsten|am meisten|meisten|meiste|am haufigsten",
        "fr": "le plus souvent|le plus de fois|plus souvent|plus|davantage",
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
        "en": "the date on which|the day on which|by which day|by which date|by what day|on which day|on what day|on which date|until when|since when|from when|when|what date|which date|which day|what day|by when|date of|date on|date for|dated when",
        "de": "das datum an dem|das datum zu dem|bis zu welchem tag|an welchem datum|zu welchem termin|bis zu welchem datum|seit wann|ab wann|wann|welches datum|an welchem tag|zu welchem datum|bis wann|datum der|datum des|datum von|datum vom",
        "fr": "la date a laquelle|le jour ou|a quel moment|depuis quand|pour quelle date|avant quel jour|quel jour|quand|a quelle date|quelle date|quel jour|pour quand|date de|date du|date des|date d",
    },
    "whom": {
        "en": "to which supplier|to which vendor|with whom|to whom|for whom|whom",
        "de": "bei wem|an welchen lieferanten|mit wem|an wen|fur wen|wem",
        "fr": "chez qui|aupres de qui|avec qui|a quel fournisseur|a quels fournisseurs|a qui|pour qui",
    },
    "who": {
        "en": "who|from whom|by whom|whose",
        "de": "wer|wen|von wem|wessen",
        "fr": "qui|de qui|par qui|qui est ce qui",
    },
    "where": {"en": "where", "de": "wo", "fr": "ou est|ou se trouve|a quelle adresse"},
    "by": {
        "en": "across|spread across|split across|spread over|distributed across|divided by|broken down into|divided among|spread among|by|per|for each|for every|grouped by|broken down by|split by|each|every|by each",
        "de": "entfallen auf die einzelnen|auf die einzelnen|verteilt auf|verteilt uber|verteilt nach|aufgegliedert nach|sortiert nach|pro|je|nach|jede*|gruppiert nach|aufgeteilt nach|fur jede*|aufgeschlusselt nach|per",
        "fr": "reparti* par|repartis entre|reparties entre|detaille* par|classe* par|regroupe* par|par|pour chaque|chaque|par chaque|groupe* par|ventile* par|selon",
    },
    "not": {
        "en": "leave out|leaves out|left out|barring|anybody bar|anyone bar|everyone bar|everybody bar|all bar|currency other than|other currency than|another currency than|different currency than|everything but|all but|anything but|outside of|outside|leaving|setting aside|not counting|not including|disregarding|skipping|never|minus|leaving out|ignoring|exclude|excludes|excluded|but for|save for|aside from|rather than|cannot|hasn t|haven t|doesn t|wasn|weren|not|except|except for|other than|excluding|without|but not|isn t|aren t|wasn t|weren t|didn t|don t|"
        "apart from|besides|no",
        "de": "weglassen|anderen wahrung als|andere wahrung als|anderer wahrung als|alles ausser|alle ausser|alles bis auf|alle bis auf|nicht mitgezahlt|ohne berucksichtigung|unter ausschluss von|niemals|nie|mit ausnahme von|bis auf|exklusive|abzuglich|ausgeschlossen|ausserhalb|nicht|ausser|ohne|kein|keine|keinen|keiner|ausgenommen|abgesehen von|keinem",
        "fr": "autre devise que|autre monnaie que|devise autre que|monnaie autre que|tout sauf|tous sauf|toutes sauf|en dehors du|hors de|en excluant|en laissant de cote|laissant de cote|jamais|excepte|hormis|excluant|autrement que|exclu*|sans compter|en excluant|mis a part|ne pas|ni|pas|sauf|hors|sans|excepte|autre que|autres que|a l exception de|a part|en dehors de|non",
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
        "en": "beyond|past|after|later than|newer than|following",
        "de": "nach|nach dem|spater als|neuer als",
        "fr": "au dela de|au dela du|apres|apres le|posterieur* a|posterieur* au|plus recent* que",
    },
    "since": {
        "en": "since|starting|as of|starting from|starting in|from the beginning of|since the beginning of",
        "de": "seit|seit dem|ab|ab dem|seit anfang|ab anfang|seit beginn",
        "fr": "depuis|depuis le|a partir de|a partir du|a compter de|a compter du|des le|depuis debut",
    },
    "from": {"en": "from", "de": "von|vom|zwischen dem", "fr": "de|du|d|entre le"},
    "between": {
        "en": "anywhere between|in the range|ranging from|in between|somewhere between|between",
        "de": "im bereich von|irgendwo zwischen|im bereich|zwischen",
        "fr": "compris* entre|situe* entre|allant de|entre",
    },
    "to": {
        "en": "thru|up to|as far as|to|until|till|through|and|and the",
        "de": "bis einschliesslich|bis inklusive|bis|bis zum|und|und dem",
        "fr": "jusqu en|jusque|a|au|et|jusqu a|jusqu au|et le",
    },
    "over": {
        "en": "upwards of|in excess of|north of|surpassing|surpass|surpasses|topping|that top|going over|go over|goes over|at more than|of more than|larger in value than|no smaller than and over|gt|over|above|more than|greater than|larger than|higher than|exceeding|exceed|exceeds|bigger than|"
        "worth more than|beyond|costing more than|exceeded",
        "de": "jenseits von|hoher als|mehr wie|grosser wie|uberschreit*|uber mehr als|von mehr als|von uber|mit mehr als|mit uber|gt|uber|mehr als|grosser als|hoher als|oberhalb von|ubersteig*|teurer als",
        "fr": "au dela de|en exces de|excede*|excedent|surpass*|a plus de|superieurs*|de plus que|au dela|gt|plus de|superieur* a|au dessus de|depassant|depasse*|plus grand* que|plus eleve* que|excedant|plus que|"
        "de plus de",
    },
    "at_least": {
        "en": "starting at|starting from|and upwards|a minimum of|upward of|not below|not under|no lower than|min|gte|at least|no less than|not less than|minimum of|or more|from",
        "de": "nicht unter|von mindestens|mit mindestens|minimum|zumindest|ab einem wert von|ab einem preis von|ab einem betrag von|ab einer summe von|min|gte|mindestens|wenigstens|nicht weniger als|ab",
        "fr": "d au moins|minimum de|un minimum de|a compter de|pas en dessous de|egale* ou superieur* a|superieur* ou egal* a|min|gte|au moins|au minimum|minimum|a partir de|pas moins de",
    },
    "under": {
        "en": "short of|south of|undershooting|costing less than|at less than|of less than|worth less than|of under|lt|under|below|less than|smaller than|lower than|cheaper than|fewer than|beneath",
        "de": "kleiner wie|weniger wie|unterschreit*|von weniger als|von unter|mit weniger als|mit unter|unterhalb|lt|unter|weniger als|kleiner als|niedriger als|unterhalb von|billiger als|geringer als|gunstiger als",
        "fr": "en deca de|a moins de|de moins que|n atteignant pas|inferieurs*|plus bas que|lt|moins de|inferieur* a|en dessous de|au dessous de|sous|moins que|de moins de|plus petit* que",
    },
    "at_most": {
        "en": "a maximum of|not exceeding|not above|not higher than|no higher than|not larger than|capped at|does not exceed|do not exceed|don t exceed|doesn t exceed|max|lte|at most|no more than|not more than|up to|maximum of|not over|until",
        "de": "nicht hoher als|nicht grosser als|von hochstens|mit hochstens|bis maximal|nicht uber|bis hochstens|max|bis einschliesslich|lte|hochstens|maximal|nicht mehr als|bis|bis zu|nicht uber",
        "fr": "d au plus|un maximum de|pas au dessus de|ne depassant pas|n excedant pas|inferieur* ou egal* a|max|ne depasse* pas|ne depassent pas|pas plus que|lte|au plus|au maximum|maximum|jusqu a|pas plus de",
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
    "last but one": {
        "en": "last but one|second to last",
        "de": "vorletzte*|vorvorige*|vorvergangene*",
        "fr": "avant dernier|avant derniere|avant derniers",
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
        "en": "come in|comes in|deposits|deposited|received on the account|credit|inflow|inflows|paid into|came in to|incoming|came in|come in|came into|coming in|credits|credited|deposits|paid in|money in",
        "de": "zugang|zugange|zuflusse|geldeingang|geldeingange|eingehen|hereinkommen|reinkommen|zahlungseingang|zahlungseingange|einzahlung*|gutgeschrieben*|eingehend*|eingegangen*|eingang*|einging*|gutschrift*|zufluss*|reingekommen|hereingekommen|eingezahlt",
        "fr": "credit|depot|depots|versement|versements|encaisse sur|arrivees d argent|entrees d argent|rentrees|entrant*|encaissement*|credits|credite*|rentree*|recus sur",
    },
    "outgoing": {
        "en": "withdrawal|withdrawn|debit|outflow|outflows|outgoings|taken out|left our account|direct debits|outgoing|went out|go out|gone out|going out|debits|debited|withdrawals|left the account|money out",
        "de": "abgang|abgange|auszahlung*|geldausgang|geldausgange|zahlungsausgang|zahlungsausgange|abhebung*|lastschriften|abgeflossen|ausgehend*|abgegangen*|abbuchung*|abgebucht*|rausgegangen|herausgegangen|rausging|hinausgegangen|abfluss*",
        "fr": "debit|debits|retrait|retraits|sorties d argent|depenses du compte|prelevements|sortant*|debite*|sorti|sortis|sorties|decaissement*|prelevement*|preleve*",
    },
    "or later": {
        "en": "or later|or after|and later|and after|onwards|onward|and onwards|or afterwards",
        "de": "oder spater|und spater|oder danach|und danach|und folgende|aufwarts",
        "fr": "ou plus tard|et plus tard|et apres|ou apres|et au dela|ou au dela",
    },
    "or earlier": {
        "en": "or earlier|or before|and earlier|and before",
        "de": "oder fruher|und fruher|oder davor|und davor",
        "fr": "ou plus tot|ou avant|et avant|et plus tot",
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
    "begins": {
        "en": "begin|begins|start|starts|starting with|starts with|start with|started with|beginning with|begins with|begin with|starting|beginning|prefixed with|"
        "prefixed|start in",
        "de": "beginnt mit|beginnen mit|beginnend mit|anfangend mit|beginnen|beginnt|anfangen|anfangt|losgehen|los",
        "fr": "commencant par|commence par|commencent par|debutant par|debute par|debutent par",
    },
    "ends": {
        "en": "ending in|ending with|ends in|ends with|end in|end with|ending on|ending",
        "de": "endet auf|enden auf|endend auf|endet mit|enden mit|enden|endet|aufhoren|aufhort",
        "fr": "finissant par|finit par|finissent par|se termine par|se terminent par|terminant par|se terminant par",
    },
    "aside": {
        "en": "out of curiosity|just so i know|tax return|tax returns|tax office|tax adviser|tax advisor|tax authorities|tax authority|tax inspector|tax audit|"
        "tax declaration|tax man|tax people|tax purposes|vat return|vat returns|year end close|month end close|annual accounts|"
        "annual report|bank manager|price negotiation|for the record|on record|in the system|on file|on the books|in total please",
        "de": "zum abschluss|fur den jahresabschluss|fur die steuer|fur das finanzamt|in der ablage|im system|in den buchern|"
        "in den akten|fur die steuererklarung|fur die umsatzsteuervoranmeldung",
        "fr": "controle fiscal|declaration de tva|declaration d impots|declaration fiscale|cloture annuelle|cloture de l exercice|"
        "dans le systeme|dans les livres|dans nos livres|expert comptable|commissaire aux comptes",
    },
    "endless": {
        "en": "open ended|open end|indefinite|indefinitely|perpetual|evergreen|for an indefinite term|of indefinite duration|unlimited",
        "de": "unbefristet*|auf unbestimmte zeit|unbegrenzt*",
        "fr": "a duree indeterminee|duree indeterminee|indetermine*|sans terme|sans limite de duree",
    },
    "compared": {
        "en": "compare|compared|compared to|compared with|comparing|comparison|versus|vs|separately|respectively|next to each other|"
        "side by side|next to one another|on its own|on their own|individually|one by one|each on its own|difference|in comparison|"
        "as opposed to|against",
        "de": "jeweils|getrennt|gegenuber|im vergleich|vergleich|vergleiche|vergleichen|verglichen|nebeneinander|einzeln|separat|"
        "unterschied|vs|versus|vergleichsweise|getrennt voneinander|jeder fur sich|jede fur sich",
        "fr": "comparer|compare|comparez|comparaison|compares|separement|respectivement|chacun|chacune|difference|vs|versus|"
        "cote a cote|par rapport a|face a|individuellement|contre|en comparaison|distinctement|l un a cote de l autre",
    },
    "missing": {
        "en": "lack both|lacks both|without both|missing both|missing|lack|lacks|lacking|without|without the|without a|without an|without any|have no|has no|with no|no",
        "de": "fehlt|fehlen|fehlende*|ohne|kein|keine|keinen|haben keine|hat keine|haben kein|haben keinen",
        "fr": "manque*|sans|pas de|pas d|aucun|aucune|n ont pas de|n a pas de|n ont pas d|n a pas d",
    },
    "review": {
        "en": "need review|needs review|needing review|to be reviewed|need reviewing|needs checking",
        "de": "zu prufen|zu prufende*|gepruft werden mussen|mussen gepruft werden|prufung brauchen",
        "fr": "a verifier|a revoir|a controler",
    },
    "and": {
        "en": "of which|and|what about|how about|and what about",
        "de": "davon|darunter|und|und was ist mit|wie ist es|was ist mit",
        "fr": "dont|et|et pour|qu en est il",
    },
    "again": {
        "en": "of which|of that|thereof|the same figure for|same figure for|the same for|same thing for|same again for|same question for|likewise for|ditto for|the same figure|the same thing for|now for|now|what about|how about|and what about|same for|and",
        "de": "davon|darunter|wovon|das gleiche fur|dasselbe bitte fur|gleiche frage fur|genauso fur|jetzt fur|und jetzt|jetzt|dann|und was ist mit|was ist mit|wie ist es mit|dasselbe fur|und",
        "fr": "dont|idem pour|pareil pour|la meme chose pour|de meme pour|le meme chiffre pour|maintenant pour|maintenant|meme question pour|idem|pareil|et pour|qu en est il de|qu en est il|meme chose pour|et",
    },
    "money": {
        "en": "set us back|sets us back|set me back|damage|tab|settled|settling|turnover|outlay|expenditures|costing|volume|budget|disbursement|disbursements|bills|spend|spent|spending|spends|paid|pay|pays|paying|owe|owed|owing|cost|costs|charge|charged|money|expenses|"
        "expense|expenditure|worth|revenue|earn|earned|bought|buy|purchases|purchased|buying|shell out|shelled out|fork out|forked out|splash out|disburse|disbursed|settle|"
        "outlay|outlays",
        "de": "volumen|budget|aufwand|aufwendungen|ausgegebenes|zahlten|zahlte|gab aus|auslagen|kostenpunkt|blechen|geblecht|hingeblattert|lohnen|gelohnt|verbraten|verpulvert|investiert|ausgegeben|ausgeben|bezahlt|bezahlen|gezahlt|zahlen|gekostet|kosten|kostet|kostete|ausgaben|schulden|"
        "geld|verlangt|umsatz|eingenommen|einkauf|einkaufe|einkaufen|beglichen|begleichen|abgerechnet|verrechnet|draufgehen|draufgegangen|ausgab|aufwenden|aufgewendet|hinblattern|"
        "berappen|entrichten|entrichtet|losgeworden|liegen lassen|gelassen",
        "fr": "budget|volume|frais|depensait|deboursons|depensees|investi|consacre*|decaisse*|claquer|facturation|depense|depenses|depenser|depensons|paye|payer|payes|payee|payees|coute|couter|cout|couts|argent|"
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
