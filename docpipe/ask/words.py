"""Words of English, German and French questions: what says nothing, what does, and what tells the language.

The function words of each language are those of Stopwords ISO (MIT). All without case and accents.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import stopwordsiso

from docpipe.ask.around import AROUND
from docpipe.ask.called import called_words
from docpipe.ask.phrases import phrase_words
from docpipe.printed.words import fold

LANGUAGES = ("en", "de", "fr")


def word_set(words: str) -> frozenset[str]:
    """The words in a text."""
    return frozenset(words.split())


# What is said in questions over documents and asks for nothing, besides the function words of a language.
_SAID: Mapping[str, str] = {
    "en": (
        "incl breakdown break sell sold supply supplied provide lasts single archive archives filing folder folders books "
        "bookkeeping paperwork receive received bought purchase purchased send issue issued dated document documents "
        "file files record records stored store database stand stands include includes including printed written "
        "names called values company firm business amounts total totals money coming occurred happened happen sum "
        "sorted descending ascending lowest charged charge billed pay paid spent spend cost owe currency entry "
        "entries rows row list agree agreed print listed altogether dates meant ride rides bit lot belong belongs belonging visit visits trip trips"
    ),
    "de": (
        "inkl brauche aufschlusselung verkauft dauer ablage archiv akten ordner buchhaltung unseren unserem bitte konntest gib pro "
        "jahres monat dokument dokumente dokumenten unterlagen datei dateien gespeichert datenbank datum erhalten "
        "bekommen gekauft bestellt bezahlt gezahlt ausgegeben ausgestellt geschickt gesendet gekostet kosten kostet "
        "betragt lautet stehen nummer name namens firma herr frau wert betrag summe insgesamt zeig zeige nenne drauf "
        "jeweils jeweiligen gestellt liegt liegen lagen lag fallig getatigt eingegangen fielen fiel entfielen "
        "entfallen angefallen eur hallo danke gingen aufgegeben platziert sortiert monate laut gemass absteigend "
        "aufsteigend einzelne einzelnen einzelner einzelnes fahrt fahrten einzeln gehort gehoren besuch besuche eintrag eintrage zeile zeilen verschickt datiert kamen stammen stammt"
    ),
    "fr": (
        "ventilation vendu vendus fourni fournis duree archive archives classeur dossier dossiers comptabilite voir "
        "avance plait pouvez veux voulons voudrais dois document documents fichier fichiers donnees base date datee "
        "datees dates recu recus recues achete achetes achetees emis emise emises envoye envoyes envoyee envoyees "
        "paye payes coute montant montants total totaux somme numero nom noms societe entreprise monsieur madame "
        "indique indiquee figure ecrit ecrite liste montre donne faits faite passee passees existe eleve elevent "
        "bonjour annee annees an mois course trie tri croissant decroissant ligne lignes entree entrees valeurs "
        "appartient appartiennent trajet trajets passage passages visite visites trouve trouvent provenant venant"
    ),
}
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


@cache
def _function_words(language: str) -> frozenset[str]:
    return frozenset(word for said in stopwordsiso.stopwords(language) if " " not in (word := fold(said)))


@cache
def stop_words(language: str) -> frozenset[str]:
    """The words of a language that say nothing that a plan could use: its function words, and those of questions."""
    return plain_words(language) | word_set(AROUND[language])


@cache
def plain_words(language: str) -> frozenset[str]:
    """Those of them that are no name where they stand alone."""
    return word_set(_SAID[language]) | (_function_words(language) - _SAYING)


@cache
def silent_words() -> frozenset[str]:
    """The words of every language that say nothing, and are a part of no phrase."""
    said = {word.rstrip("*") for language in LANGUAGES for word in phrase_words(language)}
    return frozenset().union(*map(stop_words, LANGUAGES)) - said - called_words()


@cache
def known_words() -> frozenset[str]:
    """Every word of every language here: one that is written right, whatever is like it."""
    told = {word.rstrip("*") for language in LANGUAGES for word in phrase_words(language)}
    return called_words() | told | frozenset().union(*map(stop_words, LANGUAGES))


# Words that tell a language, besides those above that only it has.
_TELLING = {
    "en": "invoice invoices order orders contract contracts receipt receipts supplier suppliers customer statement and",
    "de": "rechnung rechnungen bestellung bestellungen vertrag vertrage beleg belege quittung quittungen lieferant "
    "lieferanten kunde handler summe betrag netto anzahl kontoauszug und",
    "fr": "facture factures commande commandes contrat contrats recu ticket tickets fournisseur fournisseurs montant somme "
    "tva et",
}


_SHORT = {
    "en": "an of in on at is it we to by my me us do if or so as be am no up",
    "de": "es er im zu an ab am um ja wo so da du in",
    "fr": "le la de du un et au en on il je se ce ou ne ni il",
}


@cache
def endings(language: str) -> tuple[str, ...]:
    """What words begin with that only this language has, where their ending is open."""
    return tuple(word[:-1] for word in phrase_words(language) if word[-1] == "*")


@cache
def tells(language: str) -> frozenset[str]:
    """The words that only this one of the languages has."""

    def own(name: str) -> frozenset[str]:
        # Of two letters the list has names of countries and units, too.
        short = word_set(_SHORT[name])
        return frozenset(w for w in stop_words(name) if len(w) > 2 or w in short) | {
            word.rstrip("*") for word in phrase_words(name)
        }

    others = frozenset().union(*(own(name) for name in LANGUAGES if name != language))
    return own(language) - others | word_set(_TELLING[language])
