"""Words around a question, in English, German and French: who asks, what for, how it is put. All without case and accents.

None of them says which documents are meant, so that an answer without them is the same.
"""

from __future__ import annotations

from collections.abc import Mapping

# People who ask and are asked, occasions, what an answer is called, and how people talk.
AROUND: Mapping[str, str] = {
    "en": (
        "accountant accountants auditor auditors audit audits boss manager controller treasurer bookkeeper cfo ceo "
        "colleague colleagues team finance accounting accounts department taxman inspector inspection office officer "
        "authorities inquiry query question questions review reviews report reports reporting summary summaries "
        "overview schedule breakdown table spreadsheet sheet list lists ledger books reconciliation reconcile closing "
        "close return returns filing meeting presentation purposes purpose budgeting forecast planning analysis "
        "comparison figure figures number numbers data info information detail details evolution development develop "
        "trend trends history record records curious wondering interested checking check checks double quick quickly "
        "short brief asap thanks thank cheers ta ok okay yes yeah yep well uh um er erm hmm so anyway actually basically "
        "literally honestly simply kindly maybe perhaps probably roughly approximately exactly precisely really truly "
        "ever still yet already only just alone mate guys folks hey hi hello dear sir madam everyone somebody anybody "
        "someone anyone idea clue please hereby regarding concerning respect terms case event course view side "
        "part parts way kind sort sorts stuff thing things item place places time times moment day overall calendar "
        "fiscal financial entire whole full complete total calculation calculate compute computed determine work "
        "worked working state stated stating states quote quoted mention mentioned show shows shown showing carry "
        "carries carrying bear bears bearing contain contains containing remain remains remaining stay stays specify "
        "specified specifies indicate indicated indicates mark marked note noted read reads say says said tell tells "
        "care cares stop stops lies lie lay legal procurement raise raised draw drawn place placed make made put get got gotten have had keep kept held hold holds issue "
        "issued issuing sent send sending arrive arrived come came go went gone land landed hit turn turned look looks "
        "looking run fall falls falling happen occur burn burned burnt blow blew drop dropped sink sunk throw threw "
        "hand handed petty outgoings dosh bucks entity worth particular specific given certain respective "
        "relevant corresponding related according accordingly based split splitted divide divided arrange arranged "
        "organise organised organize organized sort sorted categorise categorised summarise summarised summarize next "
        "produce produced prepare prepared compile compiled pull pulled fetch dig look up out over round around there"
    ),
    "de": (
        "buchhalter buchhalterin buchhaltung steuerberater steuerberaterin prufer wirtschaftsprufer betriebsprufer "
        "betriebsprufung prufung revision revisor chef chefin chefs geschaftsleitung vorstand kollege kollegin kollegen "
        "finanzamt abteilung controlling jahresabschluss abschluss monatsabschluss steuererklarung steuer inventur "
        "bericht berichte auswertung auswertungen statistik aufstellung aufstellungen zusammenstellung "
        "zusammenstellungen ubersicht ubersichten liste listen tabelle auflistung verzeichnis aufschlusselung verteilung "
        "entwicklung verlauf vergleich analyse planung zahl zahlen ziffer ziffern angabe angaben info infos information "
        "informationen detail details frage fragen anfrage besprechung sitzung zweck zwecke unterlage mal ma halt eben "
        "ja nee jo na also so ahm ah oh hm tja bitte danke dankeschon merci gerne gern kurz schnell rasch mir mich uns "
        "ham hamwa hamwer hats gibts gabs wars isses kriegen gekriegt kriegten bekam bekamen bekommen kam kamen gekommen "
        "gab gegeben gewesen geworden gehen ging gelaufen fielen angefallen getan gemacht machen macht steht stehen "
        "standen nennen nennt genannt erwahnt aufweisen weisen weist tragen tragt trug enthalten enthalt beinhalten "
        "bleiben bleibt blieb blieben ansonsten sonst eigentlich ungefahr circa ca etwa rund genau exakt nur bloss "
        "lediglich allein alleine uberhaupt insgesamt kompletten komplett komplette gesamt gesamte gesamten ganze ganzen "
        "vollstandig vollstandige jemals schon bereits noch immer denn doch wohl vielleicht eventuell bestimmte "
        "bestimmten jeweilige jeweiligen entsprechend entsprechende einzeln seite fall falle hinsicht bezug bezuglich "
        "betreffend hinsichtlich zusammenhang rahmen verlaufe laufe kalenderjahr geschaftsjahr jahrgang zeitraum datum "
        "stuck stucke teil teile sache sachen ding dinge ding zeug angelegenheit kram gerichtet adressiert erstellt "
        "eingereicht vorgelegt vorliegt vorliegen vorhanden abgelegt hinterlegt erfasst verzeichnet registriert "
        "aufgefuhrt angegeben vermerkt notiert ausgewiesen berechne berechnen ermittle ermitteln ermittelt bestimme "
        "bestimmen errechne gegenuberstellung kosten mann nem ne nen wa wat dat det ick icke moin servus gruss grusse hey"
    ),
    "fr": (
        "comptable comptables auditeur auditeurs auditrice audit audits patron patronne chef cheffe direction collegue "
        "collegues fisc impots impot controleur controle controles expert cloture bilan declaration rapport rapports "
        "compte rendu resume synthese tableau tableaux recapitulatif recap apercu vue evolution repartition ventilation "
        "detail details detaille analyse comparaison statistique statistiques chiffre chiffres donnee info infos "
        "information informations renseignement renseignements question questions demande demandes reunion besoin besoins "
        "cadre objet titre fins but fin exercice periode cours svp stp merci bonjour salut coucou bonsoir hein quoi ben "
        "bah euh alors donc bref enfin voila dis dites dit allez hop ok oui cote niveau concernant parmi quant rapport "
        "sujet propos matiere part exactement precisement environ approximativement peu pres vraiment seulement juste "
        "uniquement simplement rapidement vite deja encore toujours jamais confondu confondus confondue confondues "
        "entier entiere complet complete integralite ensemble total totalite indiquer indiquez indique portent porte "
        "porter mentionne mentionnent mentionner comporte comportent comporter figurent affichent presentent presente "
        "precisent precise restent reste rester etabli etablis etablie etablies emis emise emises redige rediges adresse "
        "adresses adressee adressees transmis transmise transmises edite edites editee editees dresse dresses "
        "passe passes passee passees enregistre enregistres enregistree enregistrees parvenu parvenus parvenue parvenues "
        "tombe tombent tombait "
        "arrive arrives arrivee arrivees effectue effectues effectuee effectuees realise realises souscrit souscrits "
        "lance lances lancee lancees connaitre savoir calcule calculer calculez obtenir avoir fournir fourni fournir "
        "comparer truc trucs chose choses machin respectif respectifs certain certains relatif relatifs relatives "
        "correspondant correspondants correspondantes lie lies liees boulot sous fric thune thunes tot vers toi "
        "panier note addition gestion financier financiere celui celle ceux celles different meme memes"
    ),
}
