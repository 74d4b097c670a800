"""Words of questions in English, German and French, by what they mean. All without case and accents.

A phrase ending in * takes any ending. Where two phrases begin at one word, the longer one counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import stopwordsiso

from docpipe.printed.words import fold

LANGUAGES = ("en", "de", "fr")


def word_set(words: str) -> frozenset[str]:
    """The words in a text."""
    return frozenset(words.split())


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "must": {
        "en": "have to|must|should|need to|needs to|has to|by when|by what date|supposed to|due to",
        "de": "bis wann|muss|mussen|sollen|soll|spatestens|zu zahlen|zu bezahlen",
        "fr": "devons|doit|doivent|doit on|faut|avant quand|avant quelle date|a payer|a regler|pour quand",
    },
    "count": {
        "en": "how many|number of|count of|count|how often|how many times",
        "de": "wie viele*|wieviele*|wie viel verschiedene|anzahl|zahl der|wie oft|wie haufig",
        "fr": "combien de|combien d|nombre de|nombre d|combien y a t il de|combien y a t il d|combien de fois|combien ont|"
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
        "en": "sum of|the sum|sum|in total|in all|altogether|overall|total amount|total sum|add up|combined|total spend|"
        "total spending|total cost|total costs|total expenses|total value|grand total of all|added together|added up|adding up|"
        "come to|comes to|came to|amount to|amounts to|amounted to|all in|all together|all told",
        "de": "summe|gesamtsumme|insgesamt|gesamt|zusammen|in summe|alles in allem|summiere|addiere|gesamtkosten|"
        "gesamtausgaben|gesamtwert|gesamtbetrage|addier*|zusammenrechn*|zusammenzahl*|zusammengerechnet|"
        "zusammengezahlt|aufaddier*|belaufen sich|belauft sich|beliefen sich|unterm strich",
        "fr": "somme|la somme|au total|en tout|montant total|total des|total de toutes|total de tous|additionne*|"
        "cumul*|ensemble|depenses totales|cout total|valeur totale|s eleve*|se monte*|en cumule|reviennent a|revient a",
    },
    "average": {
        "en": "average|mean|avg|on average|typical|averaged",
        "de": "durchschnitt*|im schnitt|im mittel|mittelwert|mittlere*|schnitt",
        "fr": "moyenne*|moyen|moyens|en moyenne",
    },
    "minimum": {
        "en": "smallest|lowest|cheapest|minimum|minimal|min|least expensive|tiniest",
        "de": "kleinst*|niedrigst*|gunstigst*|billigst*|geringst*|minimum|minimal*|am wenigsten teuer*",
        "fr": "plus petit*|plus bas|plus basse*|plus faible*|moins cher*|moins eleve*|moins couteu*|minimum|minimal*|"
        "moins important*|moins grande|moins grand",
    },
    "maximum": {
        "en": "largest|highest|biggest|greatest|most expensive|maximum|maximal|max|priciest|costliest",
        "de": "grosst*|hochst*|teuerst*|maximum|maximal*",
        "fr": "plus grand*|plus gros*|plus haut*|plus eleve*|plus cher*|plus couteu*|maximum|maximal*|plus important*|"
        "plus forte*|plus fort",
    },
    "latest": {
        "en": "latest|most recent|newest|last|most recently|recent",
        "de": "letzte|letzten|letzter|letztes|letztem|neuest*|jungst*|aktuellst*|zuletzt",
        "fr": "dernier|derniere|derniers|dernieres|plus recent*|plus nouveau|plus nouvelle",
    },
    "first": {
        "en": "first|earliest|oldest",
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
        "de": "liste*|zeig|zeige|zeigen|zeig mir|zeige mir|nenne|nenn|gib mir|alle|auflist*|such|suche|finde|samtliche*",
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
        "en": "until|up to|up till|till|through|by|no later than|by the end of|until the end of|up to and including",
        "de": "bis|bis zum|bis ende|spatestens|bis einschliesslich|bis zum ende|spatestens am|spatestens im",
        "fr": "jusqu a|jusqu en|jusqu au|jusque|au plus tard|jusqu a fin|au plus tard en|au plus tard le",
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
    "month": {"en": "month|months|monthly", "de": "monat|monate|monaten|monats|monatlich", "fr": "mois|mensuel*"},
    "quarter": {
        "en": "quarter|quarters|quarterly",
        "de": "quartal|quartale|quartals|quartalen|quartalsweise|vierteljahr",
        "fr": "trimestre|trimestres|trimestriel*",
    },
    "half": {"en": "half|half year", "de": "halbjahr|jahreshalfte|halfte", "fr": "semestre|moitie"},
    "year": {
        "en": "year|years|yearly|annually|annual",
        "de": "jahr|jahre|jahren|jahres|jahrlich",
        "fr": "an|ans|annee|annees|annuel*",
    },
    "incoming": {
        "en": "incoming|came in|come in|came into|coming in|credits|credited|deposits|paid in|money in",
        "de": "eingehend*|eingegangen*|eingang*|gutschrift*|zufluss*|reingekommen|hereingekommen|eingezahlt",
        "fr": "entrant*|encaissement*|credite*|rentree*|recus sur",
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
        "expense|expenditure|worth|revenue|earn|earned|bought|buy",
        "de": "ausgegeben|ausgeben|bezahlt|bezahlen|gezahlt|zahlen|gekostet|kosten|kostet|kostete|ausgaben|schulden|"
        "geld|verlangt|umsatz|eingenommen",
        "fr": "depense|depenses|depenser|depensons|paye|payer|payes|payee|payees|coute|couter|cout|couts|argent|"
        "devons|doit|chiffre d affaires|regle|verse|encaisse",
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

# What says nothing that a plan could use.
_STOP: Mapping[str, str] = {
    "en": "single archive archives filing folder folders books bookkeeping paperwork going a an the of in on at is are was were be been being do does did have has had i we you they it us our my me "
    "your their its he she him her them this that these those there here please can could would should will shall may "
    "might must tell say know want need like get got gotten give given receive received buy bought purchase purchased "
    "make made send sent issue issued date dated document documents file files record records stored store database "
    "during within with for to from by and or as so if then than all any some each every no yes just only also still "
    "currently now together what whats who which when where why how many much stand stands found find contain contains "
    "containing include includes including including regarding about concerning related say says said printed written "
    "name names called number value values s t re ve ll d m company firm business mr mrs amount amounts total totals "
    "money order ordered placed go goes went come came coming due take taken took occurred happened happen sum up out "
    "into onto off over across between sorted ordered descending ascending highest lowest come have charged charge "
    "billed bill pay paid spent spend cost owe there whose whom hello hi thanks thank exactly did done currency entry "
    "entries rows row list everything anything nothing those ones whole not agree agreed print listed show shown total overall ever so far yet already upon altogether dates",
    "de": "ablage archiv akten ordner buchhaltung der die das den dem des ein eine einen einem einer eines und oder aber ist sind war waren sein wird werden "
    "wurde wurden worden hat haben hatte hatten habe ich wir ihr sie er es uns unser unsere unseren unserem unserer "
    "mein meine mir mich man in im an am auf aus bei beim mit nach von vom vor zu zum zur fur uber unter um durch "
    "gegen ohne bis ab seit als wie was wer wo wann warum welche welcher welches welchen welchem viel viele bitte kann "
    "kannst konnen konntest soll sollen mochte mochten will wollen gib gibt gab es mal denn da dort hier dieser diese "
    "dieses diesen auch noch nur schon so alle alles allen aller jede jeder jedes kein nicht pro jahr jahres monat davon dokument dokumente "
    "dokumenten unterlagen datei dateien gespeichert datenbank datum vom erhalten bekommen gekauft bestellt bezahlt "
    "gezahlt ausgegeben ausgestellt geschickt gesendet gekostet kosten kostet betragt lautet steht stehen heisst nummer "
    "name namens firma herr frau wert betrag summe insgesamt zusammen zeig zeige nenne mir sich dass ob wenn dann davon "
    "darauf darin drauf drin jeweils jeweiligen gestellt liegt liegen lagen lag fallig gemacht getatigt eingegangen "
    "hoch gross fielen fiel entfielen entfallen angefallen haben wir eur hallo danke denn ging gingen geht gehen aufgegeben platziert als sortiert jahr jahre jahres monat monate pro laut gemass unser absteigend "
    "aufsteigend eintrag eintrage zeile zeilen ja etwa verschickt datiert kam kamen stammen stammt",
    "fr": "archive archives classeur dossier dossiers comptabilite voir avance plait le la les l un une des de du d et ou mais est sont etait etaient ete etre a ont avait avaient avons ai as "
    "avoir j je nous vous ils elles il elle on notre nos mes mon ma leur leurs son sa ses ce cet cette ces c s se me "
    "m te t y en dans sur sous avec pour par chez sans vers entre depuis jusque que qui quoi dont quand comment "
    "pourquoi quel quelle quels quelles combien s il te plait plait peux pouvez peut veux voulons voudrais dois doit au "
    "aux ne n pas plus moins tous toutes tout toute document documents fichier fichiers donnees base date datee datees "
    "dates recu recus recues achete achetes achetees emis emise emises envoye envoyes envoyee envoyees paye payes coute "
    "couté montant montants total totaux somme numero nom noms societe entreprise monsieur madame indique indiquee "
    "figure ecrit ecrite est ce qu quelque liste montre donne moi fait faits faite faites passe passee passees "
    "existe eleve elevent s bonjour merci apres selon annee annees an mois chaque course si alors ainsi aussi encore deja ici là la trie tri croissant decroissant "
    "ligne lignes entree entrees valeur valeurs trouve trouvent y t il provenant venant concernant ayant",
}  # fmt: skip

# Words of such lists that say something of what is stored, so that an answer without them would be another.
_SAYING = word_set(
    "open opened fire computer system test area areas room rooms member members site homepage web won cry mine novel "
    "invention new newer old older young group groups big large small great high low important recent late "
    "offen mensch menschen mann teil gut ouvert ouverts ouverte ouvertes gens personne personnes homme cher chers rare "
    "neuf nouveau nouveaux page pages million billion thousand hundred mille cent"
)
# What documents are said to be that nobody reads on them: no verb or adjective in passing.
STATES = word_set(
    "open unpaid outstanding unsettled cancelled canceled disputed approved unapproved rejected refused refunded returned "
    "booked archived lost duplicate duplicated reimbursed damaged stolen forged fake wrong pending confirmed "
    "offen offene offenen unbezahlt unbezahlte unbezahlten storniert stornierte stornierten reklamiert reklamierte "
    "gemahnt angemahnt verloren beschadigt genehmigt genehmigte freigegeben abgelehnt abgelehnte gebucht verbucht archiviert "
    "bestritten widersprochen erstattet bestatigt gestohlen falsch falsche doppelt doppelte "
    "impaye impayes impayee impayees annule annules annulee annulees conteste contestes contestee contestees approuve "
    "approuvees refuse refusees rembourse remboursees valide validees perdu perdues comptabilise confirme confirmees fausse"
)

# What kinds of documents and lists are called, by a word of the name of their schema or array.
KINDS: Mapping[str, str] = {
    "invoice": "invoice|bill|rechnung|faktura|facture|tax invoice",
    "receipt": "receipt|till receipt|beleg|kassenbeleg|quittung|kassenbon|bon|kassenzettel|recu|ticket|ticket de caisse|"
    "kaufbeleg|till slip",
    "purchase order": "purchase order|order|po|bestellung|auftrag|einkaufsbestellung|bon de commande|commande",
    "statement": "account statement|bank statement|statement|kontoauszug|auszug|bankauszug|releve de compte|releve|"
    "releve bancaire|extrait de compte",
    "contract": "contract|agreement|vertrag|vereinbarung|contrat|accord|convention",
    "form": "form|formular|formulaire",
    "table": "table|tabelle|tableau",
    "chart": "chart|diagramm|graphique",
    "items": "line item|item|line|position|posten|artikel|article|ligne|poste|product|produkt|produit|rechnungsposition|"
    "bestellposition|einzelposten|positionen|zeile",
    "transactions": "transaction|movement|booking|buchung|umsatz|transaktion|kontobewegung|bewegung|operation|mouvement|"
    "ecriture|account movement|posting",
}
# What was done says which kind of document tells of it, where none is named.
DONE: Mapping[str, str] = {
    "invoice": "invoiced|billed|bill us|invoice us|berechnet|fakturiert|in rechnung gestellt|in rechnung|a facture|"
    "ont facture|factures a nous",
    "purchase order": "ordered|we order|did order|bestellt|bestellen|haben bestellt|commandons|avons commande|a commande",
    "receipt": "shop at|shopped|shopping|eingekauft|einkaufen",
}
# Anything that is stored, whatever its kind.
ANY_KIND = "document|documents|file|files|dokument|dokumente|dokumenten|unterlagen|datei|dateien|fichier|fichiers"

# What fields are called besides their key, title and labels, by a word of their key.
FIELDS: Mapping[str, str] = {
    "supplier": "supplier|vendor|seller|lieferant|anbieter|verkaufer|fournisseur|vendeur|rechnungssteller|sender|absender|"
    "creditor|emetteur",
    "merchant": "merchant|shop|store|restaurant|handler|geschaft|laden|magasin|commercant|boutique|retailer|handlern",
    "customer": "customer|client|kunde|buyer|rechnungsempfanger|empfanger|acheteur|recipient|destinataire",
    "buyer": "buyer|customer|besteller|kaufer|acheteur|kunde|client",
    "bank": "bank|banque|kreditinstitut",
    "holder": "account holder|holder|owner|kontoinhaber|inhaber|titulaire",
    "account": "account|account number|konto|kontonummer|compte|numero de compte",
    "due": "due|due date|due on|due by|payable|deadline|payment date|fallig|falligkeit|falligkeitsdatum|zahlbar|zahlungsziel|"
    "echeance|date d echeance|exigible|a payer|zu zahlen bis|fallig am|arrivent a echeance|arrive a echeance",
    "delivery": "delivery|delivery date|delivered|deliver|lieferung|lieferdatum|liefertermin|geliefert|livraison|livre|"
    "date de livraison|livree|livrees",
    "end": "end date|end|ends|ending|expire|expires|expiry|expiring|expired|enddatum|endet|enden|lauft aus|laufen aus|"
    "vertragsende|auslaufen|fin|date de fin|expire|expirent|se termine|se terminent|ablauf",
    "effective": "start date|start|starts|started|begin|begins|effective|effective date|beginn|beginnt|beginnen|startdatum|"
    "vertragsbeginn|debut|date de debut|commence|commencent|prend effet|prennent effet",
    "signature": "signature|signed|signature date|unterschrieben|unterzeichnet|unterschrift|signe|signee|signes|"
    "date de signature|unterzeichnung",
    "tax": "tax|vat|sales tax|taxes|mwst|ust|steuer|steuern|umsatzsteuer|mehrwertsteuer|tva|taxe|taxes|impot|steuerbetrag",
    "subtotal": "subtotal|net|net amount|net total|before tax|excluding tax|netto|nettobetrag|nettosumme|zwischensumme|ht|"
    "hors taxe|hors taxes|sous total|montant ht|net sum|nettowert",
    "total": "gross|gross amount|brutto|bruttobetrag|ttc|montant ttc|endbetrag|amount due|grand total|gross total|"
    "bruttosumme|total ttc",
    "iban": "iban|bank account|bankverbindung|kontoverbindung|compte bancaire|coordonnees bancaires|bank details",
    "payment": "payment method|how did we pay|how was it paid|how we paid|wie haben wir bezahlt|wie wurde bezahlt|wie bezahlt|comment avons nous paye|comment a ete paye|comment a t on paye|paid by|method of payment|zahlungsart|zahlungsweise|zahlart|bezahlt mit|mode de paiement|"
    "moyen de paiement|paiement|zahlungsmittel",
    "terms": "payment terms|terms|zahlungsbedingungen|zahlungsbedingung|conditions de paiement|konditionen",
    "quantity": "quantity|quantities|qty|units|pieces|menge|mengen|stuck|stuckzahl|quantite|quantites|unites|pieces",
    "unit price": "unit price|price per unit|price per piece|einzelpreis|stuckpreis|preis pro stuck|prix unitaire",
    "address": "address|adresse|anschrift|located",
    "reference": "order reference|reference|ref|referenz|zeichen|bestellnummer|bestellreferenz|purchase order number|"
    "order number|numero de commande|reference de commande|po number|po reference",
    "tax id": "tax id|vat id|vat number|tax number|umsatzsteuer id|ust id|steuernummer|ust idnr|umsatzsteuernummer|"
    "numero de tva|numero tva|n tva|vat no|vat registration number",
    "invoice number": "invoice number|number|rechnungsnummer|numero de facture|invoice no|numero|nummer|rechnungsnr",
    "receipt number": "receipt number|number|belegnummer|bonnummer|numero de ticket|numero du ticket|numero de recu|numero",
    "order number": "order number|number|bestellnummer|numero de commande|purchase order number|numero|nummer|auftragsnummer",
    "contract number": "contract number|number|vertragsnummer|numero de contrat|numero du contrat|agreement number|numero|nummer",
    "law": "governing law|law|applicable law|recht|anwendbares recht|droit|droit applicable|loi applicable|loi",
    "notice": "notice period|notice|kundigungsfrist|preavis|delai de preavis|frist",
    "party a": "provider|party a|first party|auftragnehmer|vermieter|prestataire|landlord|contractor|seller|bailleur|"
    "dienstleister|anbieter|lessor|vertragspartner|counterparty|partei a",
    "party b": "client|customer|party b|second party|tenant|auftraggeber|mieter|kunde|locataire|buyer|lessee|partei b",
    "opening": "opening balance|anfangssaldo|solde initial|solde d ouverture|starting balance|anfangsbestand|alter saldo",
    "closing": "closing balance|balance|new balance|endsaldo|saldo|kontostand|solde final|solde|solde de cloture|ending balance|"
    "final balance|neuer saldo",
    "amount": "rent|miete|loyer|fee|vergutung|honorar|honoraire|gebuhr",
    "currency": "currency|wahrung|devise|monnaie",
    "time": "time|uhrzeit|what time|heure|quelle heure|wie spat|um wie viel uhr|a quelle heure",
    "item number": "item number|article number|sku|artikelnummer|numero d article|part number",
    "description": "description|beschreibung|bezeichnung|designation|libelle",
}

# What documents print that no schema asks for, in the words of labels and of questions.
PRINTED: tuple[str, ...] = (
    "phone|telefonisch|telephone|tel|phone number|telephone number|telefon|telefonnummer|rufnummer|numero de telephone|telefone",
    "fax|fax number|faxnummer|telefax|telecopie",
    "mobile|mobile number|cell phone|handy|mobil|handynummer|mobilnummer|portable",
    "email|e mail|mail|e mail address|email address|e mail adresse|mailadresse|courriel|adresse e mail|adresse mail",
    "website|web|web site|internet|homepage|webseite|site web|site internet",
    (
        "contact|contact person|your contact|our contact|ansprechpartner|ansprechpartnerin|ihr ansprechpartner|kontakt|"
        "kontaktperson|interlocuteur|votre contact|votre interlocuteur|sachbearbeiter|bearbeiter|responsable"
    ),
    (
        "customer no|customer number|customer id|client no|client number|account no|your customer no|kundennummer|kunden nr|"
        "kundennr|kd nr|ihre kundennummer|n client|numero client|numero de client|code client|reference client"
    ),
    "deposit|security deposit|rental deposit|kaution|mietkaution|kautionssumme|depot de garantie|caution|garantie locative",
    (
        "deliver to|delivered to|delivery address|ship to|shipped to|shipping address|place of delivery|lieferadresse|"
        "lieferanschrift|lieferort|liefern an|geliefert an|adresse de livraison|livrer a|lieu de livraison|livre a|livraison a"
    ),
    (
        "overdraft limit|overdraft|arranged overdraft|credit limit|credit line|dispokredit|dispositionskredit|dispolimit|"
        "dispo|kreditlimit|kreditlinie|kontokorrentkredit|limite|limite de credit|decouvert autorise|decouvert|"
        "autorisation de decouvert|ligne de credit|uberziehungslimit|uberziehungskredit|limit"
    ),
    (
        "cashier|served by|your server|server|kassierer|kassiererin|bediener|bedient von|es bediente sie|caissier|caissiere|"
        "servi par|serveur|operator"
    ),
    "table|table no|tisch|tisch nr|n table|tischnummer",
    "interest rate|rate of interest|zinssatz|zins|zinsen|taux d interet|taux interet",
    "bic|swift|bic swift|swift code|bic code",
    (
        "company number|registered no|registration number|company registration|handelsregister|hrb|handelsregisternummer|"
        "registergericht|rcs|siret|siren|registered number"
    ),
    "warranty|guarantee|warranty period|garantie|gewahrleistung|garantiezeit|duree de garantie",
    "discount|cash discount|skonto|rabatt|nachlass|remise|escompte|rabais|early payment discount",
    (
        "shipping|shipping costs|delivery costs|postage|freight|carriage|versand|versandkosten|porto|frachtkosten|"
        "frais de port|frais de livraison|port"
    ),
    "project|project no|projekt|projektnummer|projet|job|site|chantier|bauvorhaben",
    "branch|sort code|bank code|blz|bankleitzahl|filiale|geschaftsstelle|agence|code guichet|code banque",
    "loyalty card|card number|card no|karte|kartennummer|kundenkarte|carte|numero de carte|carte de fidelite|card",
    "late payment|late fee|reminder fee|mahngebuhr|verzugszinsen|penalites de retard|penalite",
    "renewal|automatic renewal|verlangerung|reconduction|renouvellement|renews",
    "jurisdiction|place of jurisdiction|gerichtsstand|tribunal competent|juridiction",
    "weight|gross weight|net weight|gewicht|poids|bruttogewicht|nettogewicht",
    "manager|director|managing director|geschaftsfuhrer|gerant|directeur|ceo",
)
# The first name of a currency is its country's, which people leave out.
SHORT_CURRENCIES: Mapping[str, tuple[str, str]] = {
    "franc": ("CHF", "franc"), "francs": ("CHF", "francs"), "sterling": ("GBP", "sterling"),
}  # fmt: skip
CURRENCIES = frozenset(
    {
        "franc", "francs", "sterling", "euro", "euros", "dollar", "dollars", "us dollar", "us dollars", "pound", "pounds", "pound sterling",
        "pounds sterling", "pfund", "franken", "swiss franc", "swiss francs", "schweizer franken", "franc suisse",
        "francs suisses", "livre sterling", "livres sterling", "yen",
    }
)  # fmt: skip
MULTIPLES: Mapping[str, int] = {
    "hundred": 100, "hundert": 100, "cent": 100, "cents": 100, "thousand": 1000, "tausend": 1000, "mille": 1000, "grand": 1000,
    "k": 1000, "million": 1_000_000, "millions": 1_000_000, "millionen": 1_000_000,
}  # fmt: skip
NUMBERS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "one eins ein eine un une", "two zwei deux", "three drei trois", "four vier quatre", "five funf cinq",
            "six sechs", "seven sieben sept", "eight acht huit", "nine neun neuf", "ten zehn dix",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
ORDINALS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "first 1st erste ersten erstes erster premier premiere 1er 1ere 1",
            "second 2nd zweite zweiten zweites zweiter deuxieme second seconde 2e 2eme 2",
            "third 3rd dritte dritten drittes dritter troisieme 3e 3eme 3",
            "fourth 4th vierte vierten viertes vierter quatrieme 4e 4eme 4",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip


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
def printed() -> frozenset[tuple[str, ...]]:
    """What only pages hold is called so, in two words or more."""
    return frozenset(tuple(p.split()) for said in PRINTED for p in said.split("|") if " " in p)


@cache
def common_phrases() -> frozenset[str]:
    """What asks for a count, a sum or the like, in any language."""
    asks = ("count", "sum", "average", "minimum", "maximum", "latest", "first")
    return frozenset(said for meaning in asks for p in _PHRASES[meaning].values() for said in p.split("|"))


@cache
def stop_words(language: str) -> frozenset[str]:
    """The words of a language that say nothing that a plan could use: its function words, and those of questions."""
    function = {fold(word) for word in stopwordsiso.stopwords(language)}
    return frozenset(_STOP[language].split()) | {word for word in function if " " not in word} - _SAYING


@cache
def known_words() -> frozenset[str]:
    """Every word of every language here: one that is written right, whatever is like it."""
    told = {
        word.rstrip("*") for said in _PHRASES.values() for p in said.values() for word in p.replace("|", " ").split()
    }
    told |= {word for words in _STOP.values() for word in words.split()}
    for names in (KINDS, FIELDS):
        told |= {word for said in names.values() for word in said.replace("|", " ").split()}
    told |= {word for name in CURRENCIES for word in name.split()}
    told |= {word for said in PRINTED for word in said.replace("|", " ").split()}
    return frozenset(told | set(NUMBERS) | set(ORDINALS) | set(ANY_KIND.split("|")))


# Words that tell a language, besides those above that only it has.
_TELLING = {
    "en": "invoice invoices order orders contract contracts receipt receipts supplier suppliers customer statement and",
    "de": "rechnung rechnungen bestellung bestellungen vertrag vertrage beleg belege quittung quittungen lieferant "
    "lieferanten kunde handler summe betrag netto anzahl kontoauszug und",
    "fr": "facture factures commande commandes contrat contrats recu ticket tickets fournisseur fournisseurs montant somme "
    "tva et",
}


@cache
def endings(language: str) -> tuple[str, ...]:
    """What words begin with that only this language has, where their ending is open."""
    return tuple(
        w[:-1] for s in _PHRASES.values() for p in s.get(language, "").split("|") for w in p.split() if w[-1] == "*"
    )


@cache
def tells(language: str) -> frozenset[str]:
    """The words that only this one of the languages has."""

    def own(name: str) -> set[str]:
        told = {w.rstrip("*") for said in _PHRASES.values() for p in said.get(name, "").split("|") for w in p.split()}
        return told | set(_STOP[name].split())

    others = set().union(*(own(name) for name in LANGUAGES if name != language))
    return frozenset(own(language) - others) | frozenset(_TELLING[language].split())
