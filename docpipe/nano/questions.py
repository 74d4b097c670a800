"""A concept becomes the questions that people ask for it in plain words, in six languages."""

from __future__ import annotations

QUESTIONS: dict[str, str] = {
    "invoice_number": (
        "What is the invoice number?|Which number does the invoice have?|Wie lautet die Rechnungsnummer?|"
        "Quel est le numéro de la facture ?|¿Cuál es el número de factura?|Wat is het factuurnummer?|"
        "Qual è il numero della fattura?"
    ),
    "invoice_date": (
        "When was the invoice issued?|What is the invoice date?|Wann wurde die Rechnung ausgestellt?|"
        "Quelle est la date de la facture ?|¿Cuál es la fecha de la factura?|Wat is de factuurdatum?|"
        "Qual è la data della fattura?"
    ),
    "due_date": (
        "When is the invoice due?|By when must it be paid?|Bis wann ist zu zahlen?|Wann ist die Rechnung fällig?|"
        "Quand faut-il payer ?|¿Cuándo vence la factura?|Wanneer moet er betaald worden?|"
        "Entro quando bisogna pagare?"
    ),
    "delivery_date": (
        "When was it delivered?|When is the delivery?|Wann wird geliefert?|Quand a lieu la livraison ?|"
        "¿Cuándo se entrega?|Wanneer wordt er geleverd?|Quando avviene la consegna?"
    ),
    "order_reference": (
        "What is the order reference?|Which purchase order does it belong to?|Wie lautet die Bestellnummer?|"
        "Quelle est la référence de la commande ?|¿Cuál es la referencia del pedido?|Wat is de referentie?|"
        "Qual è il riferimento dell'ordine?"
    ),
    "customer_number": (
        "What is the customer number?|Wie lautet die Kundennummer?|Quel est le numéro de client ?|"
        "¿Cuál es el número de cliente?|Wat is het klantnummer?|Qual è il codice cliente?"
    ),
    "supplier_name": (
        "Who sent the invoice?|Which company is the supplier?|Wer hat die Rechnung gestellt?|"
        "Wie heißt der Lieferant?|Qui est le fournisseur ?|¿Quién es el proveedor?|Wie is de leverancier?|"
        "Chi è il fornitore?"
    ),
    "customer_name": (
        "Who is billed?|Who is the customer?|An wen geht die Rechnung?|Wer ist der Kunde?|Qui est le client ?|"
        "¿Quién es el cliente?|Wie is de klant?|Chi è il cliente?"
    ),
    "tax_id": (
        "What is the supplier's VAT number?|Wie lautet die Umsatzsteuer-ID?|Quel est le numéro de TVA ?|"
        "¿Cuál es el NIF del proveedor?|Wat is het btw-nummer?|Qual è la partita IVA?"
    ),
    "iban": (
        "What is the IBAN?|To which account should one pay?|Wie lautet die IBAN?|Auf welches Konto ist zu zahlen?|"
        "Quel est l'IBAN ?|¿Cuál es el IBAN?|Wat is de IBAN?|Qual è l'IBAN?"
    ),
    "subtotal": (
        "What is the amount before tax?|How much is it without tax?|Wie hoch ist der Nettobetrag?|"
        "Quel est le montant hors taxes ?|¿Cuál es la base imponible?|Wat is het bedrag exclusief btw?|"
        "Qual è l'imponibile?"
    ),
    "tax_amount": (
        "How much tax is charged?|What is the amount of VAT?|Wie hoch ist die Mehrwertsteuer?|"
        "Quel est le montant de la TVA ?|¿Cuánto es el IVA?|Hoeveel btw wordt er berekend?|A quanto ammonta l'IVA?"
    ),
    "total": (
        "How much is the total?|What is the total amount?|How much has to be paid?|Wie hoch ist der Gesamtbetrag?|"
        "Wie viel ist zu zahlen?|Quel est le montant total ?|¿Cuál es el importe total?|Wat is het totaalbedrag?|"
        "Qual è l'importo totale?"
    ),
    "payment_terms": (
        "What are the payment terms?|Wie lauten die Zahlungsbedingungen?|Quelles sont les conditions de paiement ?|"
        "¿Cuáles son las condiciones de pago?|Wat zijn de betalingsvoorwaarden?|Quali sono i termini di pagamento?"
    ),
    "payment_method": (
        "How was it paid?|Wie wurde bezahlt?|Comment a-t-on payé ?|¿Cómo se pagó?|Hoe is er betaald?|"
        "Come è stato pagato?"
    ),
    "merchant_name": (
        "Which shop is it?|Where was it bought?|In welchem Geschäft wurde gekauft?|Dans quel magasin a-t-on acheté ?|"
        "¿En qué tienda se compró?|In welke winkel is het gekocht?|In quale negozio?"
    ),
    "merchant_address": (
        "What is the address of the shop?|Wie lautet die Adresse des Geschäfts?|Quelle est l'adresse du magasin ?|"
        "¿Cuál es la dirección de la tienda?|Wat is het adres van de winkel?|Qual è l'indirizzo del negozio?"
    ),
    "receipt_date": (
        "When was it bought?|What is the date of the purchase?|Wann wurde gekauft?|Quand l'achat a-t-il eu lieu ?|"
        "¿Cuándo se compró?|Wanneer is het gekocht?|Quando è stato acquistato?"
    ),
    "receipt_number": (
        "What is the number of the receipt?|Wie lautet die Belegnummer?|Quel est le numéro du ticket ?|"
        "¿Cuál es el número del ticket?|Wat is het bonnummer?|Qual è il numero dello scontrino?"
    ),
    "bank_name": (
        "Which bank is it?|Welche Bank ist es?|Quelle est la banque ?|¿Qué banco es?|Welke bank is het?|Quale banca è?"
    ),
    "account_holder": (
        "Whose account is it?|Who owns the account?|Wem gehört das Konto?|Qui est le titulaire du compte ?|"
        "¿Quién es el titular de la cuenta?|Wie is de rekeninghouder?|Chi è l'intestatario del conto?"
    ),
    "account_number": (
        "What is the account number?|Wie lautet die Kontonummer?|Quel est le numéro de compte ?|"
        "¿Cuál es el número de cuenta?|Wat is het rekeningnummer?|Qual è il numero di conto?"
    ),
    "opening_balance": (
        "What was the balance at the start?|Wie hoch war der Anfangssaldo?|Quel était le solde initial ?|"
        "¿Cuál era el saldo inicial?|Wat was het beginsaldo?|Qual era il saldo iniziale?"
    ),
    "closing_balance": (
        "What is the balance at the end?|How much is left on the account?|Wie hoch ist der Endsaldo?|"
        "Quel est le solde final ?|¿Cuál es el saldo final?|Wat is het eindsaldo?|Qual è il saldo finale?"
    ),
    "order_number": (
        "What is the number of the order?|Wie lautet die Nummer der Bestellung?|Quel est le numéro de la commande ?|"
        "¿Cuál es el número del pedido?|Wat is het bestelnummer?|Qual è il numero dell'ordine?"
    ),
    "order_date": (
        "When was it ordered?|Wann wurde bestellt?|Quand a-t-on commandé ?|¿Cuándo se hizo el pedido?|"
        "Wanneer is er besteld?|Quando è stato ordinato?"
    ),
    "buyer_name": (
        "Who placed the order?|Wer hat bestellt?|Qui a passé la commande ?|¿Quién hizo el pedido?|"
        "Wie heeft er besteld?|Chi ha ordinato?"
    ),
    "contact": (
        "Who is the contact person?|Wer ist der Ansprechpartner?|Qui est la personne à contacter ?|"
        "¿Quién es la persona de contacto?|Wie is de contactpersoon?|Chi è la persona di contatto?"
    ),
    "phone": (
        "What is the telephone number?|Wie lautet die Telefonnummer?|Quel est le numéro de téléphone ?|"
        "¿Cuál es el número de teléfono?|Wat is het telefoonnummer?|Qual è il numero di telefono?"
    ),
    "email": (
        "What is the e-mail address?|Wie lautet die E-Mail-Adresse?|Quelle est l'adresse e-mail ?|"
        "¿Cuál es el correo electrónico?|Wat is het e-mailadres?|Qual è l'indirizzo e-mail?"
    ),
    "contract_party_a": (
        "Who provides, sells or lets?|Who is the first party?|Wer ist die erste Vertragspartei?|"
        "Qui est la première partie ?|¿Quién es la primera parte?|Wie is de eerste partij?|Chi è la prima parte?"
    ),
    "contract_party_b": (
        "Who receives, buys or rents?|Who is the second party?|Wer ist die zweite Vertragspartei?|"
        "Qui est la seconde partie ?|¿Quién es la segunda parte?|Wie is de tweede partij?|Chi è la seconda parte?"
    ),
    "contract_effective_date": (
        "From when does the agreement hold?|When does the contract start?|Ab wann gilt der Vertrag?|"
        "Quand le contrat prend-il effet ?|¿Cuándo entra en vigor el contrato?|Wanneer gaat de overeenkomst in?|"
        "Da quando vale il contratto?"
    ),
    "contract_end_date": (
        "When does the agreement end?|Wann endet der Vertrag?|Quand le contrat prend-il fin ?|"
        "¿Cuándo termina el contrato?|Wanneer eindigt de overeenkomst?|Quando termina il contratto?"
    ),
    "contract_governing_law": (
        "Which law governs the agreement?|Welches Recht gilt?|Quel droit s'applique ?|¿Qué ley se aplica?|"
        "Welk recht is van toepassing?|Quale legge si applica?"
    ),
    "contract_notice_period": (
        "How long is the notice period?|Wie lang ist die Kündigungsfrist?|Quel est le délai de préavis ?|"
        "¿Cuál es el plazo de preaviso?|Wat is de opzegtermijn?|Qual è il termine di preavviso?"
    ),
    "contract_amount": (
        "How much was agreed?|How much is the fee or rent?|Wie hoch ist die Vergütung?|Quel est le prix convenu ?|"
        "¿Cuál es el precio acordado?|Welk bedrag is afgesproken?|Qual è l'importo concordato?"
    ),
    "contract_signature_date": (
        "When was the agreement signed?|Wann wurde der Vertrag unterschrieben?|Quand le contrat a-t-il été signé ?|"
        "¿Cuándo se firmó el contrato?|Wanneer is de overeenkomst getekend?|Quando è stato firmato il contratto?"
    ),
}


def questions_for(key: str) -> tuple[str, ...]:
    """Questions whose answer is the concept `key`; none for a concept that is only asked for by its labels."""
    text = QUESTIONS.get(key)
    return tuple(text.split("|")) if text else ()
