"""The sentences of agreements in six languages: parties, terms, fees, notice, law, and clauses that answer nothing."""

from __future__ import annotations

# Titles of a kind of agreement, and what its two parties are called.
KINDS: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]] = {
    "en": (
        (
            ("SERVICE AGREEMENT", "Services Agreement", "Master Services Agreement", "Consulting Agreement"),
            "Provider",
            "Client",
        ),
        (
            ("LEASE AGREEMENT", "Rental Agreement", "Residential Tenancy Agreement", "Commercial Lease"),
            "Landlord",
            "Tenant",
        ),
        (("Purchase Agreement", "SALE AND PURCHASE AGREEMENT", "Supply Agreement"), "Seller", "Buyer"),
        (("Employment Contract", "CONTRACT OF EMPLOYMENT"), "Employer", "Employee"),
        (("Software License Agreement", "LICENCE AGREEMENT"), "Licensor", "Licensee"),
        (("Non-Disclosure Agreement", "CONFIDENTIALITY AGREEMENT"), "Disclosing Party", "Receiving Party"),
        (("Loan Agreement", "FACILITY AGREEMENT"), "Lender", "Borrower"),
        (("Maintenance Contract", "Subcontract Agreement", "CONSTRUCTION CONTRACT"), "Contractor", "Customer"),
        (("Distribution Agreement", "Agency Agreement"), "Supplier", "Distributor"),
    ),
    "de": (
        (("Dienstleistungsvertrag", "DIENSTVERTRAG", "Beratungsvertrag"), "Auftragnehmer", "Auftraggeber"),
        (("Mietvertrag", "MIETVERTRAG", "Wohnraummietvertrag", "Gewerbemietvertrag"), "Vermieter", "Mieter"),
        (("Kaufvertrag", "KAUFVERTRAG", "Liefervertrag"), "Verkäufer", "Käufer"),
        (("Arbeitsvertrag", "ARBEITSVERTRAG"), "Arbeitgeber", "Arbeitnehmer"),
        (("Lizenzvertrag", "Softwarelizenzvertrag"), "Lizenzgeber", "Lizenznehmer"),
        (("Werkvertrag", "Wartungsvertrag", "WERKVERTRAG"), "Auftragnehmer", "Auftraggeber"),
        (("Darlehensvertrag",), "Darlehensgeber", "Darlehensnehmer"),
    ),
    "fr": (
        (("CONTRAT DE PRESTATION DE SERVICES", "Contrat de prestation", "Contrat de conseil"), "Prestataire", "Client"),
        (("CONTRAT DE LOCATION", "Bail d'habitation", "Bail commercial"), "Bailleur", "Locataire"),
        (("Contrat de vente", "CONTRAT DE FOURNITURE"), "Vendeur", "Acheteur"),
        (("Contrat de travail", "CONTRAT DE TRAVAIL"), "Employeur", "Salarié"),
        (("Contrat de licence", "Contrat de maintenance"), "Prestataire", "Client"),
    ),
    "es": (
        (("CONTRATO DE PRESTACIÓN DE SERVICIOS", "Contrato de servicios"), "Proveedor", "Cliente"),
        (("CONTRATO DE ARRENDAMIENTO", "Contrato de alquiler de vivienda"), "Arrendador", "Arrendatario"),
        (("Contrato de compraventa", "CONTRATO DE SUMINISTRO"), "Vendedor", "Comprador"),
        (("Contrato de trabajo", "Contrato laboral"), "Empresa", "Trabajador"),
    ),
    "nl": (
        (("OVEREENKOMST VAN OPDRACHT", "Dienstverleningsovereenkomst"), "Opdrachtnemer", "Opdrachtgever"),
        (("HUUROVEREENKOMST", "Huurovereenkomst woonruimte"), "Verhuurder", "Huurder"),
        (("Koopovereenkomst", "Leveringsovereenkomst"), "Verkoper", "Koper"),
        (("Arbeidsovereenkomst", "ARBEIDSOVEREENKOMST"), "Werkgever", "Werknemer"),
    ),
    "it": (
        (("CONTRATTO DI PRESTAZIONE DI SERVIZI", "Contratto di consulenza"), "Fornitore", "Cliente"),
        (("CONTRATTO DI LOCAZIONE", "Contratto di affitto"), "Locatore", "Conduttore"),
        (("Contratto di compravendita", "Contratto di fornitura"), "Venditore", "Acquirente"),
        (("Contratto di lavoro", "Contratto di appalto"), "Datore di lavoro", "Lavoratore"),
    ),
}

# How the parties are introduced: {a} and {b} are names, {ra} and {rb} roles, {day} the day of signature.
PARTIES: dict[str, tuple[str, ...]] = {
    "en": (
        (
            "This Agreement is made on {day} between {a}, having its registered office at {at_a} (the “{ra}”), and "
            "{b}, of {at_b} (the “{rb}”)."
        ),
        (
            "This Agreement is entered into between {a}, {at_a} (hereinafter referred to as the “{ra}”) and {b}, "
            "{at_b} (hereinafter referred to as the “{rb}”), together the “Parties”."
        ),
        (
            "THIS AGREEMENT, dated {day}, is by and between {a} (“{ra}”), with its principal place of business at "
            "{at_a}, and {b} (“{rb}”), with an address at {at_b}."
        ),
        "BETWEEN: (1) {a}, whose address is {at_a} (“{ra}”); and (2) {b}, whose address is {at_b} (“{rb}”).",
        (
            "The undersigned, {a}, located at {at_a}, as {ra}, and {b}, located at {at_b}, as {rb}, have agreed on "
            "{day} as follows:"
        ),
    ),
    "de": (
        (
            "Zwischen {a}, {at_a}, nachfolgend „{ra}“ genannt, und {b}, {at_b}, nachfolgend „{rb}“ genannt, wird "
            "folgender Vertrag geschlossen:"
        ),
        (
            "{a}, {at_a} - im Folgenden {ra} - und {b}, {at_b} - im Folgenden {rb} - schließen am {day} den "
            "nachstehenden Vertrag."
        ),
        "Dieser Vertrag wird zwischen der Firma {a}, {at_a} ({ra}), und {b}, {at_b} ({rb}), am {day} geschlossen.",
    ),
    "fr": (
        (
            "Entre les soussignés : {a}, dont le siège est situé {at_a}, ci-après dénommé « le {ra} », d'une part, "
            "et {b}, demeurant {at_b}, ci-après dénommé « le {rb} », d'autre part, il a été convenu ce qui suit :"
        ),
        (
            "Le présent contrat est conclu le {day} entre {a}, {at_a} (ci-après le « {ra} »), et {b}, {at_b} "
            "(ci-après le « {rb} »)."
        ),
    ),
    "es": (
        (
            "De una parte, {a}, con domicilio en {at_a} (en adelante, el «{ra}»), y de otra parte, {b}, con "
            "domicilio en {at_b} (en adelante, el «{rb}»), acuerdan lo siguiente:"
        ),
        "El presente contrato se celebra el {day} entre {a}, {at_a} («{ra}»), y {b}, {at_b} («{rb}»).",
    ),
    "nl": (
        (
            "De ondergetekenden: {a}, gevestigd te {at_a}, hierna te noemen “{ra}”, en {b}, wonende te {at_b}, "
            "hierna te noemen “{rb}”, komen het volgende overeen:"
        ),
        "Deze overeenkomst is op {day} gesloten tussen {a}, {at_a} (hierna: {ra}), en {b}, {at_b} (hierna: {rb}).",
    ),
    "it": (
        (
            "Tra {a}, con sede in {at_a} (di seguito il “{ra}”), e {b}, residente in {at_b} (di seguito il “{rb}”), "
            "si conviene e si stipula quanto segue:"
        ),
        "Il presente contratto è stipulato in data {day} tra {a}, {at_a} (“{ra}”), e {b}, {at_b} (“{rb}”).",
    ),
}

# Clauses that state something: headings, and sentences with gaps; nobody asks for {other}, {sum} and {place}.
CLAUSES: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "en": {
        "term": (
            ("Term", "Commencement and Duration", "Term of Agreement", "Duration"),
            (
                (
                    "This Agreement shall commence on {start} and shall continue until {end}, unless terminated earlier in "
                    "accordance with its provisions."
                ),
                "The Agreement takes effect on {start} (the “Effective Date”) and expires on {end}.",
                "This Agreement becomes effective as of {start}. It is concluded for an indefinite period.",
                "The term begins on {start} and ends on {end} without notice being required.",
            ),
        ),
        "fee": (
            ("Fees and Payment", "Remuneration", "Price", "Consideration"),
            (
                (
                    "In consideration of the performance, the {rb} shall pay the {ra} a fee of {amount}, payable within "
                    "{other} of receipt of a proper invoice."
                ),
                "The agreed price is {amount}. Late payments bear interest from the due date.",
                (
                    "The {rb} agrees to pay {amount} per month, in advance, on or before the third working day of each "
                    "month. A deposit of {sum} is due on signing."
                ),
                (
                    "The total remuneration under this Agreement amounts to {amount} exclusive of VAT; expenses above {sum} "
                    "require prior approval."
                ),
            ),
        ),
        "notice": (
            ("Termination", "Notice of Termination", "Termination and Notice"),
            (
                "Either party may terminate this Agreement by written notice of {notice} to the other party.",
                "This Agreement may be terminated by either Party upon not less than {notice} prior notice in writing.",
                "The notice period is {notice}. The right to terminate for good cause remains unaffected.",
            ),
        ),
        "law": (
            ("Governing Law", "Applicable Law and Jurisdiction", "Law"),
            (
                "This Agreement shall be governed by and construed in accordance with the laws of {law}.",
                (
                    "The laws of {law} apply, without regard to conflict of law principles. The courts of {place} have "
                    "exclusive jurisdiction."
                ),
                "This Agreement and any dispute arising out of it are subject to the law of {law}.",
            ),
        ),
    },
    "de": {
        "term": (
            ("Vertragsdauer", "Laufzeit", "Beginn und Dauer"),
            (
                "Das Vertragsverhältnis beginnt am {start} und endet am {end}, ohne dass es einer Kündigung bedarf.",
                "Dieser Vertrag tritt am {start} in Kraft und läuft auf unbestimmte Zeit.",
                "Der Vertrag wird für die Zeit vom {start} bis {end} fest geschlossen.",
            ),
        ),
        "fee": (
            ("Vergütung", "Preis und Zahlung", "Entgelt", "Miete"),
            (
                (
                    "Die Vergütung beträgt {amount} zuzüglich der gesetzlichen Umsatzsteuer und ist innerhalb von {other} "
                    "nach Rechnungsstellung fällig."
                ),
                (
                    "Der {rb} zahlt dem {ra} monatlich {amount}, zahlbar im Voraus bis zum dritten Werktag eines Monats. Die "
                    "Kaution beträgt {sum}."
                ),
                "Als Preis werden {amount} vereinbart; Auslagen über {sum} bedürfen der vorherigen Zustimmung.",
            ),
        ),
        "notice": (
            ("Kündigung", "Kündigungsfrist"),
            (
                "Der Vertrag kann von jeder Partei mit einer Frist von {notice} schriftlich gekündigt werden.",
                "Die Kündigungsfrist beträgt {notice}. Das Recht zur außerordentlichen Kündigung bleibt unberührt.",
            ),
        ),
        "law": (
            ("Anwendbares Recht", "Schlussbestimmungen", "Gerichtsstand"),
            (
                "Auf diesen Vertrag findet {law} Anwendung. Gerichtsstand ist {place}.",
                "Es gilt {law} unter Ausschluss des UN-Kaufrechts.",
            ),
        ),
    },
    "fr": {
        "term": (
            ("Durée", "Prise d'effet et durée", "Durée du contrat"),
            (
                "Le présent contrat prend effet le {start} et prend fin le {end}.",
                "Le contrat entre en vigueur à compter du {start} pour une durée indéterminée.",
                "Il est conclu pour une durée déterminée, du {start} au {end}.",
            ),
        ),
        "fee": (
            ("Prix", "Rémunération", "Conditions financières", "Loyer"),
            (
                "En contrepartie, le {rb} versera au {ra} la somme de {amount} hors taxes, payable sous {other}.",
                "Le prix est fixé à {amount}. Tout retard entraîne une pénalité de {sum}.",
                "Le montant mensuel s'élève à {amount}, payable d'avance ; le dépôt de garantie est de {sum}.",
            ),
        ),
        "notice": (
            ("Résiliation", "Préavis"),
            (
                "Chacune des parties peut résilier le contrat moyennant un préavis de {notice} par lettre recommandée.",
                "La résiliation est possible à tout moment sous réserve d'un préavis de {notice}.",
            ),
        ),
        "law": (
            ("Droit applicable", "Loi applicable et juridiction"),
            (
                "Le présent contrat est régi par {law}. Tout litige relève des tribunaux de {place}.",
                "Le contrat est soumis aux règles suivantes : {law}.",
            ),
        ),
    },
    "es": {
        "term": (
            ("Duración", "Vigencia", "Plazo"),
            (
                "El presente contrato entrará en vigor el {start} y finalizará el {end}.",
                "El contrato surte efecto a partir del {start} y se pacta por tiempo indefinido.",
                "La duración se extiende desde el {start} hasta el {end}.",
            ),
        ),
        "fee": (
            ("Precio", "Honorarios", "Renta", "Precio y forma de pago"),
            (
                "El {rb} abonará al {ra} la cantidad de {amount}, pagadera en un plazo de {other}.",
                "El precio asciende a {amount}. Como fianza se entrega la suma de {sum}.",
                (
                    "La renta mensual se fija en {amount}, por adelantado; los gastos superiores a {sum} requieren "
                    "autorización."
                ),
            ),
        ),
        "notice": (
            ("Resolución", "Preaviso"),
            (
                "Cualquiera de las partes podrá resolver el contrato con un preaviso de {notice}.",
                "El plazo de preaviso es de {notice} y se comunicará por escrito.",
            ),
        ),
        "law": (
            ("Ley aplicable", "Legislación y jurisdicción"),
            (
                "El presente contrato se rige por {law}. Las partes se someten a los juzgados de {place}.",
                "Será de aplicación {law}.",
            ),
        ),
    },
    "nl": {
        "term": (
            ("Duur", "Looptijd", "Ingangsdatum en duur"),
            (
                "Deze overeenkomst gaat in op {start} en eindigt op {end}.",
                "De overeenkomst treedt in werking op {start} en is aangegaan voor onbepaalde tijd.",
                "De overeenkomst geldt voor de periode van {start} tot en met {end}.",
            ),
        ),
        "fee": (
            ("Vergoeding", "Prijs en betaling", "Huurprijs"),
            (
                "{rb} is aan {ra} een vergoeding verschuldigd van {amount}, te betalen binnen {other} na factuurdatum.",
                "De prijs bedraagt {amount} per maand, bij vooruitbetaling te voldoen. De waarborgsom is {sum}.",
                "Partijen komen een prijs van {amount} overeen; onkosten boven {sum} behoeven goedkeuring.",
            ),
        ),
        "notice": (
            ("Opzegging", "Beëindiging"),
            (
                "Ieder der partijen kan de overeenkomst schriftelijk opzeggen met een termijn van {notice}.",
                "De opzegtermijn bedraagt {notice}.",
            ),
        ),
        "law": (
            ("Toepasselijk recht", "Recht en geschillen"),
            (
                "Op deze overeenkomst is {law} van toepassing. Bevoegd is de rechter te {place}.",
                "Deze overeenkomst wordt beheerst door {law}.",
            ),
        ),
    },
    "it": {
        "term": (
            ("Durata", "Decorrenza e durata"),
            (
                "Il presente contratto decorre dal {start} e termina il {end}.",
                "Il contratto ha efficacia dal {start} ed è stipulato a tempo indeterminato.",
                "La durata è fissata dal {start} al {end}.",
            ),
        ),
        "fee": (
            ("Corrispettivo", "Prezzo", "Canone"),
            (
                "Il {rb} corrisponderà al {ra} l'importo di {amount}, da versare entro {other} dalla fattura.",
                "Il prezzo è pari a {amount}. A titolo di deposito è versata la somma di {sum}.",
                "Il canone mensile è di {amount}, da pagare in anticipo; le spese oltre {sum} vanno autorizzate.",
            ),
        ),
        "notice": (
            ("Recesso", "Preavviso"),
            (
                "Ciascuna parte può recedere con un preavviso di {notice} da comunicare per iscritto.",
                "Il termine di preavviso è di {notice}.",
            ),
        ),
        "law": (
            ("Legge applicabile", "Legge applicabile e foro competente"),
            (
                "Il presente contratto è regolato dalla {law}. Foro competente è quello di {place}.",
                "Si applica la {law}.",
            ),
        ),
    },
}

LAWS: dict[str, tuple[str, ...]] = {
    "en": (
        "England and Wales",
        "Scotland",
        "Ireland",
        "the State of New York",
        "the State of Delaware",
        "the State of California",
        "Singapore",
        "New South Wales",
        "India",
        "the Netherlands",
        "Germany",
        "Switzerland",
    ),
    "de": (
        "deutsches Recht",
        "das Recht der Bundesrepublik Deutschland",
        "österreichisches Recht",
        "schweizerisches Recht",
    ),
    "fr": ("le droit français", "la loi française", "le droit belge", "le droit suisse", "le droit luxembourgeois"),
    "es": ("la legislación española", "la ley española", "el derecho español", "la legislación mexicana"),
    "nl": ("Nederlands recht", "Belgisch recht", "het Nederlandse recht"),
    "it": ("legge italiana", "legislazione italiana", "legge svizzera"),
}
NOTICES: dict[str, tuple[str, ...]] = {
    "en": ("30 days", "three months", "60 days", "one month", "ninety (90) days", "two weeks", "six months", "14 days"),
    "de": (
        "drei Monaten",
        "30 Tagen",
        "einem Monat",
        "vier Wochen zum Monatsende",
        "sechs Wochen zum Quartalsende",
        "6 Monaten",
        "14 Tagen",
    ),
    "fr": ("trois mois", "30 jours", "un mois", "deux mois", "quinze jours", "6 mois"),
    "es": ("30 días", "tres meses", "un mes", "15 días", "dos meses"),
    "nl": ("één maand", "drie maanden", "30 dagen", "twee maanden", "zes weken"),
    "it": ("30 giorni", "tre mesi", "un mese", "60 giorni", "sei mesi"),
}
PERIODS: dict[str, tuple[str, ...]] = {
    "en": ("14 days", "10 business days", "45 days"),
    "de": ("14 Tagen", "zehn Werktagen", "21 Tagen"),
    "fr": ("10 jours", "45 jours"),
    "es": ("10 días", "45 días"),
    "nl": ("14 dagen", "21 dagen"),
    "it": ("10 giorni", "45 giorni"),
}

# Clauses that answer nothing.
OTHERS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        (
            "Confidentiality",
            (
                "Each Party shall keep confidential all information received from the other Party and shall not disclose "
                "it to any third party without prior written consent. This obligation survives termination for {years} "
                "years."
            ),
        ),
        (
            "Liability",
            (
                "Neither Party shall be liable for indirect or consequential damages. The aggregate liability of either "
                "Party shall not exceed {sum}, except in cases of wilful misconduct or gross negligence."
            ),
        ),
        (
            "Force Majeure",
            (
                "No Party shall be in breach for any delay caused by events beyond its reasonable control, provided that "
                "it notifies the other Party within {other}."
            ),
        ),
        (
            "Entire Agreement",
            (
                "This Agreement constitutes the entire understanding between the Parties and supersedes all prior "
                "negotiations, representations and agreements, whether written or oral, including the letter of intent "
                "of {date}."
            ),
        ),
        (
            "Severability",
            (
                "If any provision of this Agreement is held to be invalid or unenforceable, the remaining provisions "
                "shall continue in full force and effect."
            ),
        ),
        (
            "Assignment",
            (
                "Neither Party may assign or transfer its rights or obligations without the prior written consent of the "
                "other Party, which shall not be unreasonably withheld."
            ),
        ),
        (
            "Notices",
            "All notices shall be in writing and deemed received {other} after posting to the address stated above.",
        ),
        (
            "Intellectual Property",
            (
                "All rights in materials created in the course of the performance remain with their author until full "
                "payment has been received."
            ),
        ),
        (
            "Insurance",
            "Each Party shall maintain adequate insurance cover of at least {sum} per occurrence throughout the term.",
        ),
        (
            "Definitions",
            (
                "In this Agreement, unless the context otherwise requires, the words and expressions listed in Schedule "
                "{n} have the meanings given there."
            ),
        ),
        (
            "Scope",
            (
                "The subject matter of this Agreement is described in Annex {n}. Changes require an amendment signed by "
                "both Parties."
            ),
        ),
    ),
    "de": (
        (
            "Vertraulichkeit",
            (
                "Die Parteien verpflichten sich, alle Informationen vertraulich zu behandeln und Dritten nicht "
                "zugänglich zu machen. Diese Pflicht gilt {years} Jahre über das Vertragsende hinaus."
            ),
        ),
        (
            "Haftung",
            (
                "Die Haftung ist auf {sum} je Schadensfall begrenzt, soweit nicht Vorsatz oder grobe Fahrlässigkeit "
                "vorliegt."
            ),
        ),
        (
            "Salvatorische Klausel",
            (
                "Sollte eine Bestimmung dieses Vertrages unwirksam sein, so berührt dies die Wirksamkeit der übrigen "
                "Bestimmungen nicht."
            ),
        ),
        ("Gewährleistung", "Mängel sind innerhalb von {other} nach Entdeckung schriftlich anzuzeigen."),
        (
            "Schriftform",
            (
                "Änderungen und Ergänzungen bedürfen der Schriftform. Mündliche Nebenabreden bestehen nicht; das Angebot "
                "vom {date} ist gegenstandslos."
            ),
        ),
        ("Vertragsgegenstand", "Gegenstand des Vertrages sind die in Anlage {n} beschriebenen Leistungen."),
        ("Datenschutz", "Personenbezogene Daten werden ausschließlich zur Durchführung des Vertrages verarbeitet."),
        ("Versicherung", "Es ist eine Versicherung mit einer Deckung von mindestens {sum} zu unterhalten."),
    ),
    "fr": (
        (
            "Confidentialité",
            (
                "Chaque partie s'engage à garder confidentielles les informations reçues de l'autre partie pendant "
                "{years} ans après la fin du contrat."
            ),
        ),
        ("Responsabilité", "La responsabilité de chaque partie est limitée à {sum}, sauf faute lourde ou dol."),
        (
            "Force majeure",
            (
                "Aucune partie n'est responsable d'un retard dû à un cas de force majeure, à condition d'en avertir "
                "l'autre sous {other}."
            ),
        ),
        ("Objet", "Le présent contrat a pour objet les prestations décrites en annexe {n}."),
        (
            "Intégralité",
            "Le présent contrat remplace tout accord antérieur, notamment la lettre d'intention du {date}.",
        ),
        ("Cession", "Le contrat ne peut être cédé sans l'accord écrit préalable de l'autre partie."),
    ),
    "es": (
        (
            "Confidencialidad",
            (
                "Las partes se obligan a mantener la confidencialidad de la información durante {years} años tras la "
                "finalización."
            ),
        ),
        ("Responsabilidad", "La responsabilidad de cada parte se limita a {sum}, salvo dolo o culpa grave."),
        ("Objeto", "El objeto del contrato son los servicios descritos en el anexo {n}."),
        (
            "Fuerza mayor",
            "Ninguna parte responderá por retrasos debidos a fuerza mayor, siempre que lo comunique en {other}.",
        ),
        (
            "Acuerdo íntegro",
            "El presente documento sustituye a cualquier acuerdo anterior, incluido el de fecha {date}.",
        ),
    ),
    "nl": (
        (
            "Geheimhouding",
            "Partijen zijn verplicht tot geheimhouding van alle informatie gedurende {years} jaar na afloop.",
        ),
        ("Aansprakelijkheid", "De aansprakelijkheid is beperkt tot {sum}, behoudens opzet of grove schuld."),
        ("Overmacht", "Bij overmacht worden de verplichtingen opgeschort, mits dit binnen {other} wordt gemeld."),
        ("Onderwerp", "De werkzaamheden zijn omschreven in bijlage {n} bij deze overeenkomst."),
        (
            "Slotbepalingen",
            "Wijzigingen gelden slechts indien schriftelijk overeengekomen. De offerte van {date} vervalt.",
        ),
    ),
    "it": (
        (
            "Riservatezza",
            "Le parti si impegnano a mantenere riservate le informazioni per {years} anni dopo la cessazione.",
        ),
        ("Responsabilità", "La responsabilità di ciascuna parte è limitata a {sum}, salvo dolo o colpa grave."),
        ("Oggetto", "Oggetto del contratto sono le prestazioni descritte nell'allegato {n}."),
        (
            "Forza maggiore",
            "Nessuna parte risponde dei ritardi dovuti a forza maggiore, purché lo comunichi entro {other}.",
        ),
        ("Intero accordo", "Il presente contratto sostituisce ogni precedente intesa, inclusa quella del {date}."),
    ),
}

SIGNED: dict[str, tuple[str, ...]] = {
    "en": (
        "IN WITNESS WHEREOF, the Parties have executed this Agreement as of the date written below.",
        "Signed by the parties or their duly authorised representatives.",
        "Agreed and accepted:",
    ),
    "de": ("Unterschriften der Vertragsparteien", "Dieser Vertrag wird in zwei Ausfertigungen unterzeichnet."),
    "fr": ("Fait en deux exemplaires originaux.", "Signatures des parties"),
    "es": ("Y en prueba de conformidad, firman el presente contrato.", "Firmas"),
    "nl": ("Aldus overeengekomen en in tweevoud ondertekend.", "Ondertekening"),
    "it": ("Letto, approvato e sottoscritto.", "Firme delle parti"),
}
# Place and day of signature, as on the line above the signatures.
SIGNED_ON: dict[str, tuple[str, ...]] = {
    "en": ("Date: {day}", "Signed at {place} on {day}", "Dated {day}", "{place}, {day}"),
    "de": ("{place}, den {day}", "Ort, Datum: {place}, {day}", "{place}, {day}"),
    "fr": ("Fait à {place}, le {day}", "Le {day}"),
    "es": ("En {place}, a {day}", "Fecha: {day}"),
    "nl": ("{place}, {day}", "Datum: {day}"),
    "it": ("{place}, {day}", "Luogo e data: {place}, {day}"),
}
SCHEDULES: dict[str, tuple[str, ...]] = {
    "en": ("Particulars", "Schedule", "Key Terms", "Summary of terms", "Contract details"),
    "de": ("Vertragsdaten", "Übersicht", "Eckdaten"),
    "fr": ("Conditions particulières", "Résumé"),
    "es": ("Condiciones particulares", "Datos del contrato"),
    "nl": ("Kerngegevens", "Bijzondere bepalingen"),
    "it": ("Dati del contratto", "Condizioni particolari"),
}
