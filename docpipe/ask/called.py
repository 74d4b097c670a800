"""What documents, their fields, currencies and numbers are called in English, German and French.

Besides what the schemas say themselves: titles, labels and keys. All without case and accents.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

# What kinds of documents and lists are called, by a word of the name of their schema or array.
KINDS: Mapping[str, str] = {
    "invoice": "invoice|bill|rechnung|faktura|facture|tax invoice",
    "receipt": "receipt|till receipt|slip|till slip|beleg|kassenbeleg|quittung|kassenbon|bon|kassenzettel|recu|ticket|ticket de caisse|"
    "kaufbeleg|till slip",
    "purchase order": "purchase order|order|po|pos|bestellung|auftrag|einkaufsbestellung|bon de commande|commande",
    "statement": "account statement|bank statement|statement|kontoauszug|auszug|bankauszug|releve de compte|releve|"
    "releve bancaire|extrait de compte",
    "contract": "contract|agreement|vertrag|vereinbarung|contrat|accord|convention",
    "form": "form|formular|formulaire",
    "table": "table|tabelle|tableau",
    "chart": "chart|diagramm|graphique",
    "items": "line item|item|line|position|posten|artikel|article|ligne|poste|product|produkt|produit|rechnungsposition|"
    "bestellposition|einzelposten|positionen|zeile",
    "transactions": "bank transfer|transfer|wire transfer|uberweisung|lastschrift|virement|transaction|movement|booking|buchung|umsatz|transaktion|kontobewegung|bewegung|operation|mouvement|"
    "ecriture|account movement|posting",
}
# What was done says which kind of document tells of it, where none is named.
DONE: Mapping[str, str] = {
    "invoice": "facturees|facturee|facturer|fakturierte|fakturierten|invoiced|billed|bill us|invoice us|berechnet|fakturiert|in rechnung gestellt|in rechnung|a facture|"
    "ont facture|factures a nous",
    "purchase order": "commandees|commandee|commander|bestellte|bestellten|geordert|ordered|we order|did order|bestellt|bestellen|haben bestellt|commandons|avons commande|a commande",
    "receipt": "shop at|shopped|shopping|eingekauft|einkaufen",
}
# Anything that is stored, whatever its kind.
ANY_KIND = "document|documents|file|files|dokument|dokumente|dokumenten|unterlagen|datei|dateien|fichier|fichiers"

# What fields are called besides their key, title and labels, by a word of their key.
FIELDS: Mapping[str, str] = {
    "supplier": "business partner|trading partner|kreditor|kreditoren|creditors|zulieferer|lieferfirma|vendors|supplier|vendor|seller|firms|companies|firmen|unternehmen|entreprises|societes|lieferant|anbieter|verkaufer|fournisseur|vendeur|rechnungssteller|sender|absender|"
    "creditor|emetteur",
    "merchant": "shops|merchants|outlet|outlets|geschafte|haendler|lokal|lokale|enseigne|enseignes|etablissement|etablissements|merchant|shop|store|restaurant|handler|geschaft|laden|magasin|commercant|boutique|retailer|handlern",
    "customer": "own companies|our companies|own company|our own companies|companies of ours|bill to|billed company|billed entity|our entities|unsere firmen|unserer firmen|eigene firma|eigenen firmen|unserer gesellschaften|gesellschaft|nos societes|nos entites|entites|rechnungsempfanger|facture a|customer|client|kunde|buyer|rechnungsempfanger|empfanger|acheteur|recipient|destinataire",
    "buyer": "own companies|our companies|own company|our own companies|ordering company|unserer firmen|unserer gesellschaften|nos societes|buyer|customer|besteller|kaufer|acheteur|kunde|client",
    "bank": "bank|banque|kreditinstitut",
    "holder": "account holder|holder|owner|kontoinhaber|inhaber|titulaire",
    "account": "account|account number|konto|kontonummer|compte|numero de compte",
    "due": "due|due date|due on|due by|payable|deadline|payment date|fallig|falligkeit|falligkeitsdatum|zahlbar|zahlungsziel|"
    "echeance|date d echeance|date limite|date limite de paiement|falling due|fall due|falls due|fell due|deadline for payment|zahlungsfrist|exigible|a payer|zu zahlen bis|fallig am|arrivent a echeance|arrive a echeance",
    "delivery": "livrer|a livrer|zu liefern|liefern|livrees en|to deliver|due for delivery|to be delivered|due to be delivered|due to arrive|scheduled|scheduled for|geliefert werden|zur lieferung|livrable|prevu pour livraison|etre livre|etre livrees|etre livres|arrive|arrives|arriving|ankommen|ankommt|arrivera|delivery|delivery date|delivered|deliver|lieferung|lieferdatum|liefertermin|geliefert|livraison|livre|"
    "date de livraison|livree|livrees",
    "end": "run|runs|running|due to expire|due to end|up for renewal|expired on|laufzeitende|laufzeit bis|arrive a terme|arrivent a terme|arrivant a terme|a terme|prendre fin|expiration|expirer|expirant|prenant fin|cesse|cessent|finit|finissent|finir|termine|terminent|se terminer|se terminant|come to an end|comes to an end|coming to an end|run until|runs until|run till|runs till|until when|jusqu a quand|jusqu quand|valid until|gultig bis|valable jusqu|zu ende gehen|geht zu ende|gehen zu ende|zu ende|endend|auslaufend|auslauft|ablauft|ausgelaufen|abgelaufen|expiration date|expiry date|termination date|befristung|runs to|run to|finish|finishes|finishing|befristet bis|run out|runs out|running out|lauft|laufen|laufzeit|echeance|arrive a echeance|arrivent a echeance|end date|end|ends|ending|expire|expires|expiry|expiring|expired|lapse|lapses|lapsed|court jusqu|jusqu a quand court|achever|s achevent|s acheve|prend fin|prennent fin|ablaufen|lauft ab|terminate|terminates|enddatum|endet|enden|lauft aus|laufen aus|"
    "vertragsende|auslaufen|fin|date de fin|expire|expirent|se termine|se terminent|ablauf",
    "effective": "go live|goes live|went live|wirksam|startet|starten|gestartet|begonnen|entrent en vigueur|entree en vigueur|debutent|demarre|demarrent|commencer|debuter|start date|kick in|kicks in|kicked in|come into force|comes into force|came into force|in force|take effect|takes effect|in kraft|in kraft treten|entrer en vigueur|entre en vigueur|en vigueur|gilt ab|ab wann gilt|start|starts|started|begin|begins|effective|effective date|beginn|beginnt|beginnen|startdatum|"
    "vertragsbeginn|debut|date de debut|commence|commencent|prend effet|prennent effet",
    "signature": "signature|signed|signature date|unterschrieben|unterzeichnet|conclu|conclue|conclus|concluded|put to paper|abgeschlossen|geschlossen|unterschreiben|unterzeichnen|unterschrift|signe|signee|signes|"
    "date de signature|unterzeichnung",
    "tax": "input vat|input tax|vat amount|vat amounts|vat total|tax amount|tax amounts|amount of vat|vat charged|vorsteuer|steuerbetrage|steueranteil|mwst betrag|mehrwertsteuerbetrag|mwst anteil|tva deductible|tva recuperable|montant de tva|montant de la tva|montant tva|tax|vat|sales tax|taxes|mwst|ust|steuer|steuern|umsatzsteuer|mehrwertsteuer|tva|taxe|taxes|impot|steuerbetrag",
    "subtotal": "ex vat|excl vat|excluding vat|exclusive of vat|without vat|without the vat|without tax|before vat|less vat|net of vat|net of tax|pre tax|pre vat|not including vat|not counting vat|minus vat|ex tax|excl tax|vat excluded|net value|net figure|net figures|net sum|net price|ohne mwst|ohne mehrwertsteuer|ohne steuer|ohne die steuer|ohne ust|ohne umsatzsteuer|exkl mwst|vor steuern|vor steuer|vor mwst|exklusive mwst|nettobetrage|nettosummen|sans tva|sans la tva|hors tva|avant taxes|avant tva|avant impots|sans les taxes|sans taxes|montant net|total net|net a payer avant taxes|montants ht|total ht|somme ht|total hors taxes|montant hors taxes|subtotal|net|net amount|net total|before tax|excluding tax|netto|nettobetrag|nettosumme|zwischensumme|ht|"
    "hors taxe|hors taxes|sous total|montant ht|net sum|nettowert",
    "total": "incl vat|inc vat|including vat|inclusive of vat|vat included|including tax|tax included|inkl mwst|inklusive mwst|mwst inklusive|samt mwst|inkl steuer|inklusive steuer|bruttobetrage|bruttowert|tva comprise|tva incluse|toutes taxes comprises|taxes comprises|montants ttc|somme ttc|total brut|gross value|gross figure|gross sum|gross|gross amount|brutto|bruttobetrag|ttc|montant ttc|endbetrag|amount due|grand total|gross total|"
    "bruttosumme|total ttc",
    "iban": "iban|bank account|bankverbindung|kontoverbindung|compte bancaire|coordonnees bancaires|bank details",
    "payment": "paying method|payment type|means of payment|way of paying|form of payment|how they were paid|bezahlart|zahlungsform|zahlungsmethode|bezahlmethode|art der zahlung|mode de reglement|moyen de reglement|type de paiement|methode de paiement|payment method|how did we pay|how was it paid|how we paid|wie haben wir bezahlt|wie wurde bezahlt|wie bezahlt|comment avons nous paye|comment a ete paye|comment a t on paye|paid by|settled by|method of payment|zahlungsart|zahlungsweise|zahlart|bezahlt mit|mode de paiement|"
    "moyen de paiement|paiement|zahlungsmittel",
    "terms": "zahlungsziel|net days|paying terms|payment conditions|zahlungskonditionen|delai de paiement|modalites de paiement|modalite de paiement|payment terms|terms|zahlungsbedingungen|zahlungsbedingung|conditions de paiement|konditionen",
    "quantity": "quantity|quantities|qty|units|pieces|menge|mengen|stuck|stuckzahl|quantite|quantites|unites|pieces",
    "unit price": "unit price|apiece|per unit|pro stuck|la piece|l unite|price per unit|price per piece|einzelpreis|stuckpreis|preis pro stuck|prix unitaire",
    "address": "address|adresse|anschrift|located",
    "reference": "purchase order reference|order no|po no|order nr|n de commande|no de commande|n o de commande|bestellnr|bestell nr|order reference|reference|ref|referenz|zeichen|bestellnummer|bestellreferenz|purchase order number|"
    "order number|numero de commande|reference de commande|po number|po reference",
    "tax id": "tax id|vat id|vat number|tax number|umsatzsteuer id|ust id|steuernummer|ust idnr|umsatzsteuernummer|"
    "numero de tva|numero tva|n tva|n de tva|n o de tva|vat no|vat registration number",
    "invoice number": "n de facture|no de facture|n o de facture|invoice nr|rechnungs nr|invoice number|number|rechnungsnummer|numero de facture|invoice no|numero|nummer|rechnungsnr",
    "receipt number": "receipt number|number|belegnummer|bonnummer|numero de ticket|numero du ticket|numero de recu|numero",
    "order number": "n de commande|no de commande|bestellnr|po no|n o de commande|order number|number|bestellnummer|numero de commande|purchase order number|numero|nummer|auftragsnummer",
    "contract number": "contract number|number|vertragsnummer|numero de contrat|numero du contrat|agreement number|numero|nummer",
    "law": "anwendbarem recht|anwendbaren rechts|geltendes recht|geltendem recht|massgebliches recht|massgeblichem recht|laws|rechtsordnung|legislation|governed|governs|govern|jurisdiction law|unterliegen|unterliegt|regi|regis|regie par|soumis|soumise|governing law|law|applicable law|recht|anwendbares recht|droit|droit applicable|loi applicable|loi",
    "notice": "notice period|notice|kundigen|resilier|resiliation|kundigung|give notice|terminate early|kundigungsfrist|preavis|delai de preavis|frist",
    "party a": "provider|party a|first party|auftragnehmer|vermieter|prestataire|landlord|contractor|seller|bailleur|"
    "dienstleister|anbieter|lessor|vertragspartner|counterparty|partei a",
    "party b": "client|customer|party b|second party|tenant|auftraggeber|mieter|kunde|locataire|buyer|lessee|partei b",
    "opening": "opening balance|opened with|opened at|anfangssaldo|solde initial|solde d ouverture|starting balance|anfangsbestand|alter saldo",
    "closing": "closing balance|closed with|closed at|balance|new balance|endsaldo|saldo|kontostand|solde final|solde|solde de cloture|ending balance|"
    "final balance|neuer saldo",
    "amount": "rent|miete|monatsmiete|kaltmiete|mensualite|loyer|fee|vergutung|honorar|honoraire|gebuhr",
    "currency": "currency|wahrung|devise|monnaie",
    "time": "time stamp|timestamp|zeitstempel|horodatage|time|hour|what hour|uhrzeit|what time|heure|quelle heure|wie spat|um wie viel uhr|a quelle heure",
    "item number": "item number|article number|sku|artikelnummer|numero d article|part number",
    "title": "title|titel|titre|type|types|kind of contract|type of contract|art|vertragsart|vertragstyp|vertragstitel|intitule|objet|"
    "type de contrat|nature|bezeichnung",
    "description": "description|beschreibung|bezeichnung|designation|libelle",
}

# What documents print that no schema asks for, in the words of labels and of questions.
PRINTED: tuple[str, ...] = (
    "phone|do i ring|can i ring|i ring|can i call|do i call|to call|anrufen|appeler|telephoner|telefonisch|telephone|tel|phone number|telephone number|telefon|telefonnummer|rufnummer|numero de telephone|telefone",
    "fax|fax number|faxnummer|telefax|telecopie",
    "mobile|mobile number|cell phone|handy|mobil|handynummer|mobilnummer|portable",
    "email|e mail|mail|e mail address|email address|e mail adresse|mailadresse|courriel|adresse e mail|adresse mail",
    "website|web|web site|internet|homepage|webseite|site web|site internet",
    (
        "contact|contact person|who do i ask for|who to ask for|turn to|wenden an|mich wenden|m adresser|puis je joindre|your contact|our contact|ansprechpartner|ansprechpartnerin|ihr ansprechpartner|kontakt|"
        "kontaktperson|interlocuteur|votre contact|votre interlocuteur|sachbearbeiter|bearbeiter|responsable"
    ),
    (
        "customer no|customer number|customer id|client no|client number|account no|your customer no|kundennummer|kunden nr|"
        "kundennr|kd nr|ihre kundennummer|n client|numero client|fuhrt uns|have us under|nous connait|numero de client|code client|reference client"
    ),
    "deposit|security deposit|rental deposit|kaution|mietkaution|kautionssumme|depot de garantie|caution|garantie locative",
    (
        "deliver to|dropped off|delivered to|delivery address|ship to|shipped to|shipping address|place of delivery|lieferadresse|"
        "lieferanschrift|lieferort|liefern an|geliefert an|adresse de livraison|livrer a|lieu de livraison|livre a|livraison a"
    ),
    (
        "overdraft limit|overdraw|overdrawn|uberziehen|overdraft|arranged overdraft|credit limit|credit line|dispokredit|dispositionskredit|dispolimit|"
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
    "jurisdiction|place of jurisdiction|gerichtsstand|dispute|disputes|gericht|zustandiges gericht|litige|litiges|streitfall|tribunal|tribunal competent|juridiction",
    "weight|gross weight|net weight|gewicht|poids|bruttogewicht|nettogewicht",
    "manager|director|managing director|geschaftsfuhrer|gerant|directeur|ceo",
)
# The first name of a currency is its country's, which people leave out.
SHORT_CURRENCIES: Mapping[str, tuple[str, str]] = {
    "franc": ("CHF", "franc"), "francs": ("CHF", "francs"), "sterling": ("GBP", "sterling"),
    "quid": ("GBP", "quid"), "balles": ("EUR", "balles"), "stutz": ("CHF", "Stutz"),
}  # fmt: skip
CURRENCIES = frozenset(
    {
        "franc", "francs", "sterling", "quid", "balles", "stutz", "euro", "euros", "dollar", "dollars", "us dollar", "us dollars", "pound", "pounds", "pound sterling",
        "pounds sterling", "pfund", "franken", "swiss franc", "swiss francs", "schweizer franken", "franc suisse",
        "francs suisses", "livre sterling", "livres sterling", "yen",
    }
)  # fmt: skip
NUMBERS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "one eins ein eine un une", "two zwei deux", "three drei trois", "four vier quatre", "five funf cinq",
            "six sechs", "seven sieben sept", "eight acht huit", "nine neun neuf", "ten zehn dix",
            "eleven elf onze", "twelve zwolf douze",
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
def printed() -> frozenset[tuple[str, ...]]:
    """What only pages hold is called so, in two words or more."""
    return frozenset(tuple(p.split()) for said in PRINTED for p in said.split("|") if " " in p)


@cache
def called_words() -> frozenset[str]:
    """Every word here."""
    texts = [*KINDS.values(), *FIELDS.values(), *PRINTED, *CURRENCIES, ANY_KIND]
    words = (word for said in texts for word in said.replace("|", " ").split())
    return frozenset(words) | NUMBERS.keys() | ORDINALS.keys()
