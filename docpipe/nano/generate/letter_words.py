"""The sentences of letters in six languages, and the questions that they answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """Something a letter may say: what fills the gap {v}, sentences and questions by language."""

    maker: str
    sentences: dict[str, tuple[str, ...]]
    questions: dict[str, tuple[str, ...]]


def _topic(maker: str, **texts: tuple[str, str]) -> Topic:
    """Texts by language: sentences and questions, several of each parted by a bar."""
    sentences = {language: tuple(said.split("|")) for language, (said, _) in texts.items()}
    return Topic(maker, sentences, {language: tuple(asked.split("|")) for language, (_, asked) in texts.items()})


TOPICS: dict[str, Topic] = {
    "rent_due": _topic(
        "date",
        en=(
            "The rent is due on {v}.|Please make sure that the rent reaches us by {v}.",
            "When is the rent due?|By when must the rent be paid?",
        ),
        de=(
            "Die Miete ist am {v} fällig.|Bitte überweisen Sie die Miete bis zum {v}.",
            "Wann ist die Miete fällig?|Bis wann muss die Miete bezahlt werden?",
        ),
        fr=(
            "Le loyer est exigible le {v}.|Merci de régler le loyer avant le {v}.",
            "Quand le loyer est-il dû ?|Quelle est la date d'échéance du loyer ?",
        ),
        es=("El alquiler vence el {v}.|Le rogamos abone el alquiler antes del {v}.", "¿Cuándo vence el alquiler?"),
        nl=("De huur moet op {v} betaald zijn.|De huur vervalt op {v}.", "Wanneer moet de huur betaald zijn?"),
        it=("L'affitto scade il {v}.|La preghiamo di versare l'affitto entro il {v}.", "Quando scade l'affitto?"),
    ),
    "total": _topic(
        "money",
        en=(
            "The total amount comes to {v}.|We kindly ask you to pay the sum of {v}.",
            "What is the total amount?|How much has to be paid?",
        ),
        de=(
            "Der Gesamtbetrag beläuft sich auf {v}.|Wir bitten um Überweisung von {v}.",
            "Wie hoch ist der Gesamtbetrag?|Wie viel ist zu zahlen?",
        ),
        fr=(
            "Le montant total s'élève à {v}.|Nous vous prions de verser la somme de {v}.",
            "Quel est le montant total ?|Combien faut-il payer ?",
        ),
        es=(
            "El importe total asciende a {v}.|Le rogamos abone la cantidad de {v}.",
            "¿Cuál es el importe total?|¿Cuánto hay que pagar?",
        ),
        nl=(
            "Het totale bedrag is {v}.|Wij verzoeken u {v} over te maken.",
            "Wat is het totale bedrag?|Hoeveel moet er betaald worden?",
        ),
        it=(
            "L'importo totale è di {v}.|La preghiamo di versare la somma di {v}.",
            "Qual è l'importo totale?|Quanto bisogna pagare?",
        ),
    ),
    "meeting_day": _topic(
        "date",
        en=(
            "The meeting will take place on {v}.|We would like to meet you on {v}.",
            "When does the meeting take place?|On which day is the meeting?",
        ),
        de=(
            "Die Besprechung findet am {v} statt.|Wir laden Sie für den {v} zu einem Gespräch ein.",
            "Wann findet die Besprechung statt?|An welchem Tag ist das Treffen?",
        ),
        fr=("La réunion aura lieu le {v}.|Nous vous invitons à une réunion le {v}.", "Quand a lieu la réunion ?"),
        es=("La reunión tendrá lugar el {v}.|Le convocamos a una reunión el {v}.", "¿Cuándo es la reunión?"),
        nl=(
            "De vergadering vindt plaats op {v}.|Wij nodigen u uit voor een gesprek op {v}.",
            "Wanneer is de vergadering?",
        ),
        it=("La riunione si terrà il {v}.|La invitiamo a un incontro il {v}.", "Quando si tiene la riunione?"),
    ),
    "meeting_place": _topic(
        "street",
        en=("We will meet at {v}.|The venue is {v}.", "Where does the meeting take place?|What is the venue?"),
        de=(
            "Wir treffen uns in der {v}.|Veranstaltungsort ist {v}.",
            "Wo findet das Treffen statt?|Was ist der Veranstaltungsort?",
        ),
        fr=("Le rendez-vous est fixé au {v}.|Le lieu de la réunion est {v}.", "Où a lieu la réunion ?"),
        es=("Nos reuniremos en {v}.|El lugar del encuentro es {v}.", "¿Dónde es la reunión?"),
        nl=("Wij ontmoeten elkaar op het adres {v}.|De locatie is {v}.", "Waar is de bijeenkomst?"),
        it=("Ci incontreremo in {v}.|Il luogo dell'incontro è {v}.", "Dove si tiene l'incontro?"),
    ),
    "contact": _topic(
        "person",
        en=(
            "If you have any questions, please ask for {v}.|Your contact in this matter is {v}.",
            "Who is the contact person?|Whom should one ask for?",
        ),
        de=(
            "Ihr Ansprechpartner ist {v}.|Bei Fragen wenden Sie sich bitte an {v}.",
            "Wer ist der Ansprechpartner?|An wen wendet man sich bei Fragen?",
        ),
        fr=("Votre interlocuteur est {v}.|Pour toute question, adressez-vous à {v}.", "Qui est l'interlocuteur ?"),
        es=("Su persona de contacto es {v}.|Para cualquier duda, diríjase a {v}.", "¿Quién es la persona de contacto?"),
        nl=("Uw contactpersoon is {v}.|Voor vragen kunt u terecht bij {v}.", "Wie is de contactpersoon?"),
        it=("Il Suo referente è {v}.|Per domande può rivolgersi a {v}.", "Chi è il referente?"),
    ),
    "phone": _topic(
        "phone",
        en=(
            "You can reach us by telephone on {v}.|Please call {v} if anything is unclear.",
            "What is the telephone number?|Which number can be called?",
        ),
        de=(
            "Sie erreichen uns telefonisch unter {v}.|Rückfragen bitte unter {v}.",
            "Wie lautet die Telefonnummer?|Unter welcher Nummer ist jemand erreichbar?",
        ),
        fr=("Vous pouvez nous joindre au {v}.", "Quel est le numéro de téléphone ?"),
        es=("Puede llamarnos al {v}.", "¿Cuál es el número de teléfono?"),
        nl=("U bereikt ons telefonisch op {v}.", "Wat is het telefoonnummer?"),
        it=("Può chiamarci al numero {v}.", "Qual è il numero di telefono?"),
    ),
    "reference": _topic(
        "code",
        en=(
            "Please quote the reference {v} in your reply.|Your file is kept under number {v}.",
            "What is the reference number?|Which reference is to be quoted?",
        ),
        de=(
            "Bitte geben Sie bei Rückfragen das Aktenzeichen {v} an.|Ihr Vorgang wird unter der Nummer {v} geführt.",
            "Wie lautet das Aktenzeichen?|Unter welcher Nummer wird der Vorgang geführt?",
        ),
        fr=(
            "Merci de rappeler la référence {v}.|Votre dossier porte le numéro {v}.",
            "Quelle est la référence ?|Quel est le numéro de dossier ?",
        ),
        es=("Indique la referencia {v} en su respuesta.|Su expediente lleva el número {v}.", "¿Cuál es la referencia?"),
        nl=("Vermeld in uw antwoord kenmerk {v}.|Uw dossier heeft nummer {v}.", "Wat is het kenmerk?"),
        it=(
            "Si prega di indicare il riferimento {v}.|La Sua pratica ha il numero {v}.",
            "Qual è il numero di riferimento?",
        ),
    ),
    "iban": _topic(
        "iban",
        en=(
            "Please transfer the amount to the account {v}.",
            "To which account is the money to be paid?|What is the IBAN?",
        ),
        de=("Bitte überweisen Sie auf das Konto {v}.", "Auf welches Konto ist zu zahlen?|Wie lautet die IBAN?"),
        fr=("Veuillez effectuer le virement sur le compte {v}.", "Sur quel compte faut-il payer ?|Quel est l'IBAN ?"),
        es=("Realice la transferencia a la cuenta {v}.", "¿A qué cuenta hay que pagar?"),
        nl=("Maak het bedrag over op rekening {v}.", "Op welke rekening moet betaald worden?"),
        it=("Si prega di versare sul conto {v}.", "Su quale conto bisogna pagare?"),
    ),
    "delivery": _topic(
        "date",
        en=(
            "Your order will be delivered on {v}.|We expect to ship the goods on {v}.",
            "When will the order be delivered?|What is the delivery date?",
        ),
        de=(
            "Die Lieferung erfolgt am {v}.|Wir liefern voraussichtlich am {v}.",
            "Wann wird geliefert?|Was ist das Lieferdatum?",
        ),
        fr=("La livraison aura lieu le {v}.", "Quand la livraison a-t-elle lieu ?"),
        es=("La entrega se realizará el {v}.", "¿Cuándo se entrega el pedido?"),
        nl=("De levering vindt plaats op {v}.", "Wanneer wordt er geleverd?"),
        it=("La consegna avverrà il {v}.", "Quando avviene la consegna?"),
    ),
    "increase": _topic(
        "percent",
        en=(
            "Prices will rise by {v}.|The fee will be increased by {v} from next year.",
            "By how much do prices rise?|How large is the increase?",
        ),
        de=(
            "Die Preise steigen um {v}.|Der Beitrag erhöht sich um {v}.",
            "Um wie viel steigen die Preise?|Wie hoch ist die Erhöhung?",
        ),
        fr=("Les prix augmentent de {v}.", "De combien les prix augmentent-ils ?"),
        es=("Los precios suben un {v}.", "¿Cuánto suben los precios?"),
        nl=("De prijzen stijgen met {v}.", "Met hoeveel stijgen de prijzen?"),
        it=("I prezzi aumentano del {v}.", "Di quanto aumentano i prezzi?"),
    ),
    "deposit": _topic(
        "money",
        en=("A deposit of {v} has been paid.|The deposit amounts to {v}.", "How much is the deposit?"),
        de=("Die Kaution beträgt {v}.|Als Anzahlung sind {v} eingegangen.", "Wie hoch ist die Kaution?"),
        fr=("L'acompte est de {v}.", "Quel est le montant de l'acompte ?"),
        es=("La fianza es de {v}.", "¿Cuánto es la fianza?"),
        nl=("De borg bedraagt {v}.", "Hoe hoog is de borg?"),
        it=("La cauzione è di {v}.", "A quanto ammonta la cauzione?"),
    ),
    "employer": _topic(
        "company",
        en=(
            "She has been employed with {v} for several years.|He works for {v}.",
            "Who is the employer?|Which company does the person work for?",
        ),
        de=(
            "Sie ist seit mehreren Jahren bei {v} beschäftigt.|Er arbeitet bei {v}.",
            "Wer ist der Arbeitgeber?|Bei welcher Firma arbeitet die Person?",
        ),
        fr=("Elle est employée par {v} depuis plusieurs années.", "Qui est l'employeur ?"),
        es=("Trabaja en {v} desde hace varios años.", "¿Quién es el empleador?"),
        nl=("Zij is al enkele jaren in dienst bij {v}.", "Wie is de werkgever?"),
        it=("Lavora da diversi anni presso {v}.", "Chi è il datore di lavoro?"),
    ),
    "room": _topic(
        "int:1:480",
        en=(
            "Please come to room {v}.|We have reserved room {v} for you.",
            "Which room is it?|What is the room number?",
        ),
        de=(
            "Bitte kommen Sie in Zimmer {v}.|Für Sie ist Raum {v} reserviert.",
            "Welches Zimmer ist es?|Wie lautet die Zimmernummer?",
        ),
        fr=("Veuillez vous présenter en salle {v}.", "Quel est le numéro de la salle ?"),
        es=("Diríjase a la sala {v}.", "¿Cuál es el número de la sala?"),
        nl=("Meld u bij kamer {v}.", "Wat is het kamernummer?"),
        it=("Si presenti nella stanza {v}.", "Qual è il numero della stanza?"),
    ),
    "people": _topic(
        "int:2:900",
        en=(
            "We expect {v} participants.|A total of {v} people took part.",
            "How many people take part?|How many participants are there?",
        ),
        de=("Wir rechnen mit {v} Teilnehmern.|Es nahmen {v} Personen teil.", "Wie viele Personen nehmen teil?"),
        fr=("Nous attendons {v} participants.", "Combien de personnes participent ?"),
        es=("Esperamos {v} participantes.", "¿Cuántas personas participan?"),
        nl=("Wij verwachten {v} deelnemers.", "Hoeveel mensen doen mee?"),
        it=("Sono attesi {v} partecipanti.", "Quante persone partecipano?"),
    ),
    "customer_since": _topic(
        "year",
        en=(
            "You have been our customer since {v}.|The company was founded in {v}.",
            "Since which year?|In which year did it begin?",
        ),
        de=("Sie sind seit {v} unser Kunde.|Das Unternehmen wurde {v} gegründet.", "Seit welchem Jahr?"),
        fr=("Vous êtes notre client depuis {v}.", "Depuis quelle année ?"),
        es=("Es cliente nuestro desde {v}.", "¿Desde qué año?"),
        nl=("U bent klant sinds {v}.", "Sinds welk jaar?"),
        it=("È nostro cliente dal {v}.", "Da quale anno?"),
    ),
    "deadline": _topic(
        "date",
        en=(
            "Please send us your answer by {v}.|The deadline for objections ends on {v}.",
            "By when is an answer expected?|When does the deadline end?",
        ),
        de=(
            "Bitte antworten Sie bis zum {v}.|Die Widerspruchsfrist endet am {v}.",
            "Bis wann wird eine Antwort erwartet?|Wann endet die Frist?",
        ),
        fr=("Merci de répondre avant le {v}.", "Avant quelle date faut-il répondre ?"),
        es=("Responda antes del {v}.", "¿Hasta cuándo hay que responder?"),
        nl=("Graag ontvangen wij uw antwoord vóór {v}.", "Voor wanneer wordt antwoord verwacht?"),
        it=("Attendiamo risposta entro il {v}.", "Entro quando bisogna rispondere?"),
    ),
}

# Who wrote, to whom, when and about what.
QUESTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "sender": {
        "en": ("Who wrote the letter?", "Who is the sender?"),
        "de": ("Wer hat den Brief geschrieben?", "Wer ist der Absender?"),
        "fr": ("Qui est l'expéditeur ?",),
        "es": ("¿Quién es el remitente?",),
        "nl": ("Wie is de afzender?",),
        "it": ("Chi è il mittente?",),
    },
    "recipient": {
        "en": ("To whom is the letter addressed?", "Who is the recipient?"),
        "de": ("An wen ist der Brief gerichtet?", "Wer ist der Empfänger?"),
        "fr": ("À qui la lettre est-elle adressée ?",),
        "es": ("¿A quién va dirigida la carta?",),
        "nl": ("Aan wie is de brief gericht?",),
        "it": ("A chi è indirizzata la lettera?",),
    },
    "date": {
        "en": ("What is the date of the letter?", "When was the letter written?"),
        "de": ("Welches Datum trägt der Brief?", "Wann wurde der Brief geschrieben?"),
        "fr": ("Quelle est la date de la lettre ?",),
        "es": ("¿Cuál es la fecha de la carta?",),
        "nl": ("Wat is de datum van de brief?",),
        "it": ("Qual è la data della lettera?",),
    },
    "subject": {
        "en": ("What is the letter about?", "What is the subject?"),
        "de": ("Worum geht es in dem Brief?", "Wie lautet der Betreff?"),
        "fr": ("Quel est l'objet de la lettre ?",),
        "es": ("¿Cuál es el asunto?",),
        "nl": ("Wat is het onderwerp?",),
        "it": ("Qual è l'oggetto della lettera?",),
    },
    "signer": {
        "en": ("Who signed the letter?",),
        "de": ("Wer hat den Brief unterschrieben?",),
        "fr": ("Qui a signé la lettre ?",),
        "es": ("¿Quién firma la carta?",),
        "nl": ("Wie heeft de brief ondertekend?",),
        "it": ("Chi ha firmato la lettera?",),
    },
}
SUBJECTS = {
    "en": ("Re: {s}", "Subject: {s}", "{s}"),
    "de": ("Betreff: {s}", "{s}", "Betr.: {s}"),
    "fr": ("Objet : {s}", "{s}"),
    "es": ("Asunto: {s}", "{s}"),
    "nl": ("Betreft: {s}", "{s}"),
    "it": ("Oggetto: {s}", "{s}"),
}
GREETINGS = {
    "en": ("Dear Sir or Madam,", "Dear customer,", "Dear Mr Smith,", "To whom it may concern,", "Hello,"),
    "de": ("Sehr geehrte Damen und Herren,", "Sehr geehrter Kunde,", "Liebe Mitglieder,", "Guten Tag,"),
    "fr": ("Madame, Monsieur,", "Cher client,", "Bonjour,"),
    "es": ("Muy señores míos:", "Estimado cliente:", "Estimada señora:"),
    "nl": ("Geachte heer, mevrouw,", "Beste klant,"),
    "it": ("Gentili Signori,", "Egregio Signore,", "Gentile cliente,"),
}
CLOSINGS = {
    "en": ("Yours faithfully,", "Kind regards,", "Yours sincerely,", "Best wishes,"),
    "de": ("Mit freundlichen Grüßen", "Freundliche Grüße", "Hochachtungsvoll"),
    "fr": ("Cordialement,", "Veuillez agréer nos salutations distinguées."),
    "es": ("Atentamente,", "Un cordial saludo,"),
    "nl": ("Met vriendelijke groet,", "Hoogachtend,"),
    "it": ("Cordiali saluti,", "Distinti saluti,"),
}
