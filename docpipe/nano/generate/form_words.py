"""The words of forms around their fields: choices, check boxes, titles, headings, notes, in six languages."""

from __future__ import annotations

from dataclasses import dataclass

from docpipe.nano.vocabulary import Concept

# What is chosen between: names, labels and, by language, the options.
CHOICES: dict[str, tuple[Concept, dict[str, tuple[str, ...]]]] = {}


def _choice(key: str, names: str, labels: dict[str, str], options: dict[str, str]) -> None:
    CHOICES[key] = (
        Concept(tuple(names.split("|")), {k: tuple(v.split("|")) for k, v in labels.items()}),
        {k: tuple(v.split("|")) for k, v in options.items()},
    )


_YES_NO = {"en": "Yes|No", "de": "Ja|Nein", "fr": "Oui|Non", "es": "Sí|No", "nl": "Ja|Nee", "it": "Sì|No"}
YES_NO = {language: tuple(words.split("|")) for language, words in _YES_NO.items()}
_choice(
    "gender",
    "gender|sex",
    {"en": "Gender|Sex", "de": "Geschlecht", "fr": "Sexe", "es": "Sexo|Género", "nl": "Geslacht", "it": "Sesso"},
    {
        "en": "Female|Male|Other",
        "de": "weiblich|männlich|divers",
        "fr": "Féminin|Masculin|Autre",
        "es": "Mujer|Hombre|Otro",
        "nl": "Vrouw|Man|Anders",
        "it": "Femmina|Maschio|Altro",
    },
)
_choice(
    "salutation",
    "form of address|salutation",
    {"en": "Title|Salutation", "de": "Anrede", "fr": "Civilité", "es": "Tratamiento", "nl": "Aanhef", "it": "Titolo"},
    {
        "en": "Mr|Mrs|Ms|Dr",
        "de": "Herr|Frau|Dr.",
        "fr": "M.|Mme|Dr",
        "es": "Sr.|Sra.|Dr.",
        "nl": "Dhr.|Mevr.|Dr.",
        "it": "Sig.|Sig.ra|Dott.",
    },
)
_choice(
    "marital_status",
    "marital status",
    {
        "en": "Marital status|Civil status",
        "de": "Familienstand",
        "fr": "Situation familiale|État civil",
        "es": "Estado civil",
        "nl": "Burgerlijke staat",
        "it": "Stato civile",
    },
    {
        "en": "single|married|divorced|widowed",
        "de": "ledig|verheiratet|geschieden|verwitwet",
        "fr": "célibataire|marié(e)|divorcé(e)|veuf/veuve",
        "es": "soltero/a|casado/a|divorciado/a|viudo/a",
        "nl": "ongehuwd|gehuwd|gescheiden|weduwe/weduwnaar",
        "it": "celibe/nubile|coniugato/a|divorziato/a|vedovo/a",
    },
)
_choice(
    "employment",
    "employment|working time",
    {
        "en": "Employment|Employment status",
        "de": "Beschäftigung|Arbeitsverhältnis",
        "fr": "Emploi|Type d'emploi",
        "es": "Jornada|Situación laboral",
        "nl": "Dienstverband",
        "it": "Rapporto di lavoro|Impiego",
    },
    {
        "en": "Full-time|Part-time|Self-employed|Unemployed",
        "de": "Vollzeit|Teilzeit|selbständig|arbeitslos",
        "fr": "Temps plein|Temps partiel|Indépendant|Sans emploi",
        "es": "Completa|Parcial|Autónomo|Desempleado",
        "nl": "Voltijd|Deeltijd|Zelfstandig|Werkloos",
        "it": "Tempo pieno|Tempo parziale|Autonomo|Disoccupato",
    },
)
_choice(
    "payment",
    "way of paying|payment method",
    {
        "en": "Payment by|Payment method",
        "de": "Zahlungsart|Zahlung per",
        "fr": "Mode de paiement|Règlement par",
        "es": "Forma de pago",
        "nl": "Betaalwijze",
        "it": "Modalità di pagamento",
    },
    {
        "en": "Cash|Card|Direct debit|Cheque",
        "de": "Bar|Karte|Lastschrift|Überweisung",
        "fr": "Espèces|Carte|Prélèvement|Chèque",
        "es": "Efectivo|Tarjeta|Domiciliación|Transferencia",
        "nl": "Contant|Pin|Automatische incasso|Overschrijving",
        "it": "Contanti|Carta|Addebito|Bonifico",
    },
)
_choice(
    "membership",
    "kind of membership",
    {
        "en": "Membership type|Category",
        "de": "Mitgliedschaft|Art der Mitgliedschaft",
        "fr": "Type d'adhésion|Formule",
        "es": "Tipo de socio|Modalidad",
        "nl": "Soort lidmaatschap",
        "it": "Tipo di iscrizione|Categoria",
    },
    {
        "en": "Adult|Junior|Family|Senior",
        "de": "Erwachsene|Jugend|Familie|Senioren",
        "fr": "Adulte|Jeune|Famille|Senior",
        "es": "Adulto|Juvenil|Familiar|Sénior",
        "nl": "Volwassene|Jeugd|Gezin|Senior",
        "it": "Adulto|Ragazzi|Famiglia|Senior",
    },
)
_choice(
    "frequency",
    "how often",
    {
        "en": "How often|Frequency",
        "de": "Wie oft|Häufigkeit",
        "fr": "À quelle fréquence|Fréquence",
        "es": "Con qué frecuencia|Frecuencia",
        "nl": "Hoe vaak|Frequentie",
        "it": "Con quale frequenza|Frequenza",
    },
    {
        "en": "daily|weekly|monthly|yearly|never",
        "de": "täglich|wöchentlich|monatlich|jährlich|nie",
        "fr": "chaque jour|chaque semaine|chaque mois|jamais",
        "es": "a diario|cada semana|cada mes|nunca",
        "nl": "dagelijks|wekelijks|maandelijks|nooit",
        "it": "ogni giorno|ogni settimana|ogni mese|mai",
    },
)
_choice(
    "satisfaction",
    "how satisfied|satisfaction",
    {
        "en": "How satisfied are you?|Satisfaction|Quality of service",
        "de": "Wie zufrieden sind Sie?|Zufriedenheit",
        "fr": "Êtes-vous satisfait(e) ?|Satisfaction",
        "es": "Satisfacción|¿Está satisfecho?",
        "nl": "Tevredenheid|Bent u tevreden?",
        "it": "Soddisfazione|È soddisfatto?",
    },
    {
        "en": "very good|good|fair|poor",
        "de": "sehr gut|gut|mittel|schlecht",
        "fr": "très bien|bien|moyen|mauvais",
        "es": "muy bien|bien|regular|mal",
        "nl": "zeer goed|goed|matig|slecht",
        "it": "ottimo|buono|discreto|scarso",
    },
)
_choice(
    "smoker",
    "smoker|whether the person smokes",
    {
        "en": "Do you smoke?|Smoker",
        "de": "Rauchen Sie?|Raucher",
        "fr": "Fumez-vous ?|Fumeur",
        "es": "¿Fuma?|Fumador",
        "nl": "Rookt u?|Roker",
        "it": "Fuma?|Fumatore",
    },
    _YES_NO,
)
_choice(
    "first_visit",
    "first visit|here for the first time",
    {
        "en": "First visit?|New customer",
        "de": "Erster Besuch?|Neukunde",
        "fr": "Première visite ?|Nouveau client",
        "es": "¿Primera visita?|Cliente nuevo",
        "nl": "Eerste bezoek?|Nieuwe klant",
        "it": "Prima visita?|Nuovo cliente",
    },
    _YES_NO,
)
_choice(
    "police_report",
    "reported to the police|police report",
    {
        "en": "Police report filed?|Reported to police",
        "de": "Polizeilich gemeldet?|Polizei verständigt",
        "fr": "Plainte déposée ?|Constat de police",
        "es": "¿Denuncia a la policía?",
        "nl": "Aangifte gedaan?",
        "it": "Denuncia presentata?",
    },
    _YES_NO,
)
_choice(
    "complete",
    "delivered complete",
    {
        "en": "Delivery complete?|Complete",
        "de": "Lieferung vollständig?|Vollständig",
        "fr": "Livraison complète ?|Complet",
        "es": "¿Entrega completa?|Completo",
        "nl": "Levering compleet?|Compleet",
        "it": "Consegna completa?|Completo",
    },
    _YES_NO,
)
_choice(
    "joint",
    "joint assessment",
    {
        "en": "Filing jointly?|Joint assessment",
        "de": "Zusammenveranlagung?|Zusammen veranlagt",
        "fr": "Déclaration commune ?",
        "es": "¿Tributación conjunta?",
        "nl": "Fiscaal partner?",
        "it": "Dichiarazione congiunta?",
    },
    _YES_NO,
)

# What a single box says.
CHECKS: dict[str, tuple[str, ...]] = {
    "en": (
        "I accept the terms and conditions",
        "Send me the newsletter",
        "I have read the privacy notice",
        "Copy of passport enclosed",
        "Student discount",
        "Wheelchair access needed",
        "Diabetes",
        "Asthma",
        "High blood pressure",
        "Heart disease",
        "Pregnant",
        "Vegetarian",
        "Gift wrapping",
        "Urgent",
        "Fragile",
        "Damaged",
        "Refused",
        "Breakfast included",
        "Invoice by e-mail",
        "Same as billing address",
        "I agree to direct debit",
        "Amended return",
        "Proof of income attached",
        "Contact me by phone",
        "Retired",
        "Parking space",
        "Photos attached",
        "Glass broken",
    ),
    "de": (
        "Ich akzeptiere die AGB",
        "Newsletter erwünscht",
        "Datenschutzerklärung gelesen",
        "Kopie des Ausweises liegt bei",
        "Ermäßigung für Studierende",
        "Rollstuhlgerecht",
        "Diabetes",
        "Asthma",
        "Bluthochdruck",
        "Herzerkrankung",
        "Schwangerschaft",
        "Vegetarisch",
        "Eilt",
        "Zerbrechlich",
        "Beschädigt",
        "Annahme verweigert",
        "Mit Frühstück",
        "Rechnung per E-Mail",
        "Lieferadresse wie oben",
        "SEPA-Mandat erteilt",
        "Einkommensnachweis liegt bei",
        "Bitte um Rückruf",
        "Stellplatz",
        "Fotos beigefügt",
        "Selbstabholer",
        "Berichtigte Erklärung",
    ),
    "fr": (
        "J'accepte les conditions générales",
        "Recevoir la lettre d'information",
        "Copie de la pièce d'identité jointe",
        "Tarif étudiant",
        "Diabète",
        "Asthme",
        "Hypertension",
        "Enceinte",
        "Végétarien",
        "Urgent",
        "Fragile",
        "Endommagé",
        "Refusé",
        "Petit-déjeuner compris",
        "Facture par e-mail",
        "Même adresse de livraison",
        "Photos jointes",
        "Place de parking",
        "À rappeler",
    ),
    "es": (
        "Acepto las condiciones",
        "Deseo recibir información",
        "Adjunto copia del DNI",
        "Descuento de estudiante",
        "Diabetes",
        "Asma",
        "Hipertensión",
        "Embarazo",
        "Vegetariano",
        "Urgente",
        "Frágil",
        "Dañado",
        "Rechazado",
        "Desayuno incluido",
        "Factura por correo electrónico",
        "Misma dirección",
        "Fotos adjuntas",
        "Plaza de garaje",
    ),
    "nl": (
        "Ik ga akkoord met de voorwaarden",
        "Nieuwsbrief ontvangen",
        "Kopie paspoort bijgevoegd",
        "Studentenkorting",
        "Diabetes",
        "Astma",
        "Hoge bloeddruk",
        "Zwanger",
        "Vegetarisch",
        "Spoed",
        "Breekbaar",
        "Beschadigd",
        "Geweigerd",
        "Inclusief ontbijt",
        "Factuur per e-mail",
        "Zelfde adres",
        "Foto's bijgevoegd",
        "Parkeerplaats",
    ),
    "it": (
        "Accetto le condizioni",
        "Desidero ricevere la newsletter",
        "Copia del documento allegata",
        "Sconto studenti",
        "Diabete",
        "Asma",
        "Ipertensione",
        "Gravidanza",
        "Vegetariano",
        "Urgente",
        "Fragile",
        "Danneggiato",
        "Rifiutato",
        "Colazione inclusa",
        "Fattura via e-mail",
        "Stesso indirizzo",
        "Foto allegate",
        "Posto auto",
    ),
}


@dataclass(frozen=True)
class Theme:
    """A kind of form: its titles, and the sections of fields and choices that it may have."""

    titles: dict[str, tuple[str, ...]]
    sections: tuple[tuple[str, ...], ...]
    choices: tuple[str, ...]


def _theme(sections: str, choices: str, **titles: str) -> Theme:
    return Theme(
        {k: tuple(v.split("|")) for k, v in titles.items()},
        tuple(tuple(s.split()) for s in sections.split("|")),
        tuple(choices.split()),
    )


_PERSON = "last_name first_name birth_date birth_place nationality"
_NAME = "full_name birth_date age nationality id_number"
_ADDRESS = "street postcode city country phone email"
_BANK = "account_holder iban bic"
_HEALTH = "height weight blood_group allergies medication symptoms"
_LOSS = "loss_date loss_time loss_place loss_amount|plate vehicle mileage|account_of_events"

THEMES: tuple[Theme, ...] = (
    _theme(
        f"{_PERSON}|{_ADDRESS}|course school degree start_date|{_BANK}",
        "gender salutation payment first_visit",
        en="Registration form|REGISTRATION|Enrolment Form|Course registration",
        de="Anmeldung|Anmeldeformular|ANMELDEBOGEN",
        fr="Formulaire d'inscription|FICHE D'INSCRIPTION",
        es="Formulario de inscripción|INSCRIPCIÓN",
        nl="Inschrijfformulier|Aanmeldformulier",
        it="Modulo di iscrizione|SCHEDA DI ISCRIZIONE",
    ),
    _theme(
        f"{_NAME}|{_ADDRESS}|occupation employer department income start_date|school degree course",
        "gender marital_status employment",
        en="Application Form|APPLICATION|Application for employment|Loan application",
        de="Antrag|Antragsformular|Bewerbungsbogen|Selbstauskunft",
        fr="Demande|Formulaire de demande|Dossier de candidature",
        es="Solicitud|SOLICITUD DE EMPLEO",
        nl="Aanvraagformulier|Aanvraag",
        it="Modulo di domanda|RICHIESTA",
    ),
    _theme(
        f"{_PERSON}|{_ADDRESS}|insurer insurance_number physician emergency_contact|{_HEALTH}",
        "gender smoker marital_status first_visit",
        en="Patient Information|Medical History|NEW PATIENT FORM|Health questionnaire",
        de="Anamnesebogen|Patientenaufnahme|Gesundheitsfragebogen",
        fr="Fiche patient|Questionnaire médical",
        es="Ficha del paciente|Historia clínica",
        nl="Patiëntgegevens|Intakeformulier",
        it="Scheda paziente|Questionario anamnestico",
    ),
    _theme(
        "delivery_note delivery_date order_number customer|street postcode city country|goods packages weight "
        "carrier|received_by form_date account_of_events",
        "complete payment",
        en="Delivery Note|DELIVERY NOTE|Packing Slip|Goods Received Note",
        de="Lieferschein|LIEFERSCHEIN|Wareneingang",
        fr="Bon de livraison|BON DE RÉCEPTION",
        es="Albarán|NOTA DE ENTREGA",
        nl="Pakbon|Vrachtbrief",
        it="Documento di trasporto|BOLLA DI CONSEGNA",
    ),
    _theme(
        f"tax_year tax_number full_name birth_date|street postcode city|income deductions tax_paid children|{_BANK}",
        "marital_status joint employment",
        en="Income Tax Return|Tax declaration|Form 1040-S|Claim for tax relief",
        de="Einkommensteuererklärung|Antrag auf Lohnsteuerermäßigung",
        fr="Déclaration de revenus|DÉCLARATION",
        es="Declaración de la renta",
        nl="Aangifte inkomstenbelasting",
        it="Dichiarazione dei redditi|Modello Unico",
    ),
    _theme(
        "age occupation city country|rating arrival room|account_of_events|full_name email phone",
        "satisfaction frequency gender first_visit",
        en="Customer Survey|Feedback form|Guest questionnaire|Your opinion",
        de="Kundenbefragung|Fragebogen|Ihre Meinung",
        fr="Enquête de satisfaction|Votre avis",
        es="Encuesta de satisfacción",
        nl="Enquête|Tevredenheidsonderzoek",
        it="Questionario|Sondaggio clienti",
    ),
    _theme(
        f"member_number start_date fee|{_PERSON}|{_ADDRESS}|{_BANK}",
        "membership payment gender salutation",
        en="Membership Application|Membership form|JOIN US",
        de="Beitrittserklärung|Mitgliedsantrag",
        fr="Bulletin d'adhésion|ADHÉSION",
        es="Alta de socio|Solicitud de afiliación",
        nl="Lidmaatschap|Aanmelding lid",
        it="Domanda di adesione|Modulo associativo",
    ),
    _theme(
        f"insurance_number full_name birth_date|{_ADDRESS}|{_LOSS}|{_BANK}",
        "police_report payment",
        en="Claim Form|Accident Report|Notice of Loss|Insurance claim",
        de="Schadenanzeige|Schadenmeldung|Unfallbericht",
        fr="Déclaration de sinistre|Constat",
        es="Parte de siniestro|Reclamación",
        nl="Schadeformulier|Schadeaangifte",
        it="Denuncia di sinistro|Modulo di reclamo",
    ),
    _theme(
        f"arrival departure room guests|{_PERSON}|{_ADDRESS}|id_number plate",
        "salutation payment",
        en="Guest Registration|Registration card|Booking form",
        de="Meldeschein|Hotelanmeldung|Reservierung",
        fr="Fiche de réservation|Fiche client",
        es="Hoja de registro|Reserva",
        nl="Registratiekaart|Boekingsformulier",
        it="Scheda di registrazione|Prenotazione",
    ),
    _theme(
        "order_number form_date customer machine serial|street postcode city phone|hours mileage goods "
        "account_of_events|received_by",
        "complete first_visit payment",
        en="Service Report|Work Order|Repair form|Job sheet",
        de="Servicebericht|Arbeitsauftrag|Reparaturauftrag",
        fr="Rapport d'intervention|Bon de travail",
        es="Parte de trabajo|Orden de reparación",
        nl="Werkbon|Servicerapport",
        it="Rapporto di intervento|Scheda di lavoro",
    ),
)

# Headings of sections: about a person, an address, a bank account, anything; {n} and {a} number the section.
SECTION_NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "person": ("Personal details", "About you", "Your details", "Applicant"),
        "address": ("Address", "Contact", "Contact details"),
        "bank": ("Bank details", "Payment"),
        "": ("Further information", "Details", "General", "Section {n}", "Part {a}", "Additional data"),
    },
    "de": {
        "person": ("Persönliche Angaben", "Angaben zur Person", "Antragsteller"),
        "address": ("Anschrift", "Kontakt", "Kontaktdaten"),
        "bank": ("Bankverbindung", "Zahlung"),
        "": ("Weitere Angaben", "Angaben", "Allgemeines", "Abschnitt {n}", "Teil {a}"),
    },
    "fr": {
        "person": ("Informations personnelles", "Vous", "État civil"),
        "address": ("Adresse", "Coordonnées"),
        "bank": ("Coordonnées bancaires", "Paiement"),
        "": ("Renseignements complémentaires", "Généralités", "Section {n}", "Partie {a}"),
    },
    "es": {
        "person": ("Datos personales", "Solicitante"),
        "address": ("Domicilio", "Datos de contacto"),
        "bank": ("Datos bancarios", "Pago"),
        "": ("Otros datos", "Información adicional", "Sección {n}", "Apartado {a}"),
    },
    "nl": {
        "person": ("Persoonlijke gegevens", "Uw gegevens"),
        "address": ("Adresgegevens", "Contact"),
        "bank": ("Bankgegevens", "Betaling"),
        "": ("Overige gegevens", "Algemeen", "Deel {a}", "Onderdeel {n}"),
    },
    "it": {
        "person": ("Dati personali", "Richiedente"),
        "address": ("Indirizzo", "Recapiti"),
        "bank": ("Coordinate bancarie", "Pagamento"),
        "": ("Altre informazioni", "Dati generali", "Sezione {n}", "Parte {a}"),
    },
}
NOTES: dict[str, tuple[str, ...]] = {
    "en": (
        "Please complete in block capitals.",
        "Please tick as appropriate.",
        "Fields marked with * are required.",
        "Return this form to the address above.",
        "For office use only",
        "Attach a copy of your identity card.",
        "I declare that the above is true and complete.",
        "Please print clearly in black ink.",
    ),
    "de": (
        "Bitte in Druckbuchstaben ausfüllen.",
        "Zutreffendes bitte ankreuzen.",
        "Mit * gekennzeichnete Felder sind Pflichtfelder.",
        "Nur für interne Zwecke",
        "Ich versichere die Richtigkeit der Angaben.",
        "Bitte vollständig ausgefüllt zurücksenden.",
    ),
    "fr": (
        "À remplir en lettres capitales.",
        "Cochez la case correspondante.",
        "Les champs marqués * sont obligatoires.",
        "Réservé à l'administration",
        "Je certifie l'exactitude des renseignements ci-dessus.",
    ),
    "es": (
        "Rellene en mayúsculas.",
        "Marque lo que proceda.",
        "Los campos con * son obligatorios.",
        "Reservado a la administración",
        "Declaro que los datos son ciertos.",
    ),
    "nl": (
        "Invullen in blokletters a.u.b.",
        "Aankruisen wat van toepassing is.",
        "Velden met * zijn verplicht.",
        "Alleen voor intern gebruik",
        "Ik verklaar dit formulier naar waarheid te hebben ingevuld.",
    ),
    "it": (
        "Compilare in stampatello.",
        "Barrare la casella corrispondente.",
        "I campi con * sono obbligatori.",
        "Riservato all'ufficio",
        "Dichiaro che i dati sono veritieri.",
    ),
}
NATIONS: dict[str, tuple[str, ...]] = {
    "en": (
        "British|United Kingdom",
        "American|USA",
        "Irish|Ireland",
        "Indian|India",
        "German|Germany",
        "French|France",
        "Polish|Poland",
        "Spanish|Spain",
        "Canadian|Canada",
    ),
    "de": (
        "deutsch|Deutschland",
        "österreichisch|Österreich",
        "italienisch|Italien",
        "türkisch|Türkei",
        "polnisch|Polen",
        "schweizerisch|Schweiz",
    ),
    "fr": ("française|France", "belge|Belgique", "suisse|Suisse", "marocaine|Maroc", "italienne|Italie"),
    "es": ("española|España", "mexicana|México", "argentina|Argentina", "rumana|Rumanía", "portuguesa|Portugal"),
    "nl": ("Nederlandse|Nederland", "Belgische|België", "Duitse|Duitsland", "Turkse|Turkije"),
    "it": ("italiana|Italia", "rumena|Romania", "albanese|Albania", "svizzera|Svizzera", "francese|Francia"),
}
