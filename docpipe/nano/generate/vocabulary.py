"""The words of documents: what things are called, and what their labels look like on paper, in six languages."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("en", "de", "fr", "es", "nl", "it")


@dataclass(frozen=True)
class Concept:
    """Something a document states: `names` in plain words, `labels` as printed, by language."""

    names: tuple[str, ...]
    labels: dict[str, tuple[str, ...]]

    def all_labels(self) -> tuple[str, ...]:
        """The labels of every language."""
        return tuple(label for labels in self.labels.values() for label in labels)


def _concept(names: str, **labels: str) -> Concept:
    return Concept(tuple(names.split("|")), {k: tuple(v.split("|")) for k, v in labels.items()})


CONCEPTS: dict[str, Concept] = {
    "invoice_number": _concept(
        "invoice number|number of the invoice|document number|bill number",
        en="Invoice No.|Invoice number|Invoice #|Invoice no|Inv. No.|Invoice ID|Tax invoice no.|Document no.|Bill number|Invoice",
        de="Rechnungsnummer|Rechnungs-Nr.|Rechnung Nr.|Rechnung-Nr|Belegnummer|Re-Nr.|Rechnung",
        fr="Facture n°|Numéro de facture|N° de facture|Facture No|N° facture|Facture",
        es="Factura nº|Número de factura|N.º factura|Nº de factura|Factura",
        nl="Factuurnummer|Factuur nr.|Factuurnr.|Factuur", it="Fattura n.|Numero fattura|N. fattura|Fattura"),
    "invoice_date": _concept(
        "invoice date|date of the invoice|date of issue|issue date",
        en="Invoice date|Date|Issue date|Date of issue|Issued|Dated|Tax date|Billing date|Date issued",
        de="Rechnungsdatum|Datum|Ausstellungsdatum|Belegdatum", fr="Date de facture|Date|Date d'émission|Date facture|Émise le",
        es="Fecha de factura|Fecha|Fecha de emisión|Fecha factura", nl="Factuurdatum|Datum", it="Data fattura|Data|Data di emissione"),
    "due_date": _concept(
        "due date|date by which it is to be paid|payment due date|pay by",
        en="Due date|Payment due|Due|Pay by|Payment due date|Due on|Please pay by", de="Fälligkeitsdatum|Fällig am|Zahlbar bis|Fällig",
        fr="Échéance|Date d'échéance|À payer avant le|Date limite de paiement", es="Vencimiento|Fecha de vencimiento|Fecha vencimiento|Pagar antes de",
        nl="Vervaldatum|Te betalen voor|Betalen voor", it="Scadenza|Data scadenza|Pagare entro"),
    "delivery_date": _concept(
        "delivery date|date by which it is to be delivered|date of delivery|ship date",
        en="Delivery date|Date of supply|Delivered on|Ship date|Ship by|Required by|Deliver by|Service date", de="Lieferdatum|Leistungsdatum|Liefertermin|Lieferung am",
        fr="Date de livraison|Livraison le|Livré le", es="Fecha de entrega|Entrega", nl="Leverdatum|Leveringsdatum", it="Data di consegna|Consegna"),
    "order_reference": _concept(
        "order reference|the customer's order or reference number|purchase order number|reference",
        en="PO number|PO No.|P.O. #|Your order|Order no.|Reference|Your ref.|Customer ref.|Ref.|Your reference|Purchase order",
        de="Bestellnummer|Ihre Bestellung|Ihr Zeichen|Auftragsnummer|Referenz|Bestell-Nr.", fr="N° commande|Référence|Votre référence|Bon de commande|Réf. client",
        es="Pedido nº|Referencia|Su referencia|Nº de pedido", nl="Ordernummer|Referentie|Uw referentie|Bestelnummer", it="Ordine n.|Riferimento|Vs. ordine"),
    "customer_number": _concept(
        "customer number|client id|account number of the customer", en="Customer no.|Customer ID|Client no.|Account no.|Customer number|Client ID",
        de="Kundennummer|Kunden-Nr.|Kd.-Nr.", fr="N° client|Code client|Numéro client", es="Nº cliente|Código cliente", nl="Klantnummer|Debiteurnr.", it="Codice cliente|N. cliente"),
    "supplier_name": _concept(
        "supplier name|name of the company that sends the invoice|seller|vendor|issuer", en="From|Supplier|Seller|Vendor|Sender|Issued by", de="Lieferant|Absender|Verkäufer|Von",
        fr="Fournisseur|Vendeur|Émetteur|De", es="Proveedor|Emisor|Vendedor|De", nl="Leverancier|Afzender|Van", it="Fornitore|Venditore|Mittente|Da"),
    "customer_name": _concept(
        "customer name|name of the person or company that is billed|bill to|client name|recipient",
        en="Bill to|Billed to|Customer|Invoice to|Sold to|Client|Bill To:|To|Recipient|Customer name", de="Rechnungsempfänger|Kunde|Rechnung an|Empfänger|Auftraggeber|An",
        fr="Facturé à|Client|Adresse de facturation|Destinataire|À", es="Cliente|Facturar a|Destinatario|Datos del cliente", nl="Klant|Factuur aan|Factuuradres|Aan", it="Cliente|Spett.le|Destinatario|Intestato a"),
    "ship_to": _concept("ship to|delivery address name|consignee", en="Ship to|Deliver to|Delivery address|Consignee", de="Lieferadresse|Lieferung an", fr="Livré à|Adresse de livraison|Livrer à",
                        es="Enviar a|Dirección de entrega", nl="Afleveradres|Leveren aan", it="Destinazione|Spedire a"),
    "tax_id": _concept(
        "supplier tax id|VAT or tax number of the supplier|VAT number|tax number", en="VAT No.|VAT ID|VAT reg. no.|Tax ID|EIN|VAT number|GST Reg No.|ABN|Tax reg. no.|VAT registration",
        de="USt-IdNr.|USt-ID|UID|Steuernummer|St.-Nr.", fr="N° TVA|TVA intracommunautaire|N° TVA intracom.|SIRET", es="NIF|CIF|NIF/CIF", nl="BTW-nummer|Btw-nr.|BTW nr.", it="Partita IVA|P. IVA|P.IVA|C.F./P.IVA"),
    "iban": _concept("iban|bank account to pay to|bank account number", en="IBAN|Bank account|Account no.|IBAN No.", de="IBAN|Konto|Bankverbindung", fr="IBAN|Compte bancaire",
                     es="IBAN|Cuenta bancaria", nl="IBAN|Rekening|Rekeningnummer", it="IBAN|Coordinate bancarie"),
    "bic": _concept("bic|swift code of the bank", en="BIC|SWIFT|BIC/SWIFT|Swift code", de="BIC", fr="BIC|Code BIC", es="BIC|SWIFT", nl="BIC", it="BIC|SWIFT"),
    "subtotal": _concept(
        "subtotal|sum before tax|net amount|net total", en="Subtotal|Sub-total|Sub total|Net total|Total excl. VAT|Net amount|Total before tax|Taxable amount|Net",
        de="Zwischensumme|Nettobetrag|Summe netto|Netto|Gesamt netto", fr="Total HT|Sous-total|Montant HT|Total hors taxes", es="Base imponible|Subtotal|Importe neto",
        nl="Subtotaal|Totaal excl. btw|Netto", it="Imponibile|Subtotale|Totale imponibile"),
    "tax_amount": _concept(
        "tax amount|amount of tax|vat amount|sales tax", en="VAT|Tax|Sales tax|GST|VAT 20%|Total VAT|Tax (8.25%)|VAT amount|VAT @ 20%|Tax amount|GST 6%|HST",
        de="MwSt.|USt.|Mehrwertsteuer|zzgl. 19% MwSt.|19% USt.|MwSt. 19 %|Umsatzsteuer", fr="TVA|Montant TVA|TVA 20%|Total TVA|TVA 20,00 %", es="IVA|IVA 21%|Cuota IVA|Importe IVA",
        nl="BTW|Btw 21%|BTW-bedrag|Btw", it="IVA|IVA 22%|Imposta|Totale IVA"),
    "discount": _concept("discount|rebate", en="Discount|Less discount|Rebate", de="Rabatt|Skonto|Nachlass", fr="Remise|Rabais", es="Descuento", nl="Korting", it="Sconto"),
    "shipping": _concept("shipping|freight|delivery cost", en="Shipping|Freight|Delivery|Postage", de="Versand|Versandkosten|Fracht", fr="Frais de port|Livraison|Port",
                         es="Envío|Gastos de envío|Portes", nl="Verzendkosten|Verzending", it="Spedizione|Spese di spedizione"),
    "total": _concept(
        "total|amount to pay, tax included|total amount|grand total|amount due",
        en="Total|Total due|Amount due|Grand total|Balance due|Invoice total|Total incl. VAT|TOTAL|Total amount|Total payable|Amount payable|Total to pay",
        de="Gesamtbetrag|Rechnungsbetrag|Zu zahlen|Endbetrag|Gesamt|Summe|Bruttobetrag|Gesamt brutto|Zahlbetrag|Gesamtsumme", fr="Total TTC|Net à payer|Montant total|Total|Total à payer|Montant TTC",
        es="Total|Total a pagar|Importe total|Total factura", nl="Totaal|Te betalen|Totaal incl. btw|Totaalbedrag", it="Totale|Totale fattura|Totale da pagare|Netto a pagare"),
    "amount_paid": _concept("amount paid|cash|payment received|paid", en="Paid|Amount paid|Cash|Payment received|Tendered", de="Bezahlt|Bar|Gegeben|Anzahlung", fr="Payé|Espèces|Acompte|Reçu",
                            es="Pagado|Efectivo|Entregado", nl="Betaald|Contant", it="Pagato|Contanti"),
    "change": _concept("change|change given back", en="Change|Change due|CHANGE", de="Rückgeld|Zurück", fr="Rendu|Monnaie", es="Cambio", nl="Wisselgeld|Terug", it="Resto"),
    "currency": _concept("currency|currency of the amounts", en="Currency", de="Währung", fr="Devise", es="Moneda|Divisa", nl="Valuta", it="Valuta"),
    "payment_terms": _concept("payment terms|when and how it is to be paid|terms of payment", en="Payment terms|Terms|Terms of payment", de="Zahlungsbedingungen|Zahlungsziel|Zahlungsbed.",
                              fr="Conditions de paiement|Règlement|Modalités de paiement", es="Condiciones de pago|Forma de pago", nl="Betalingsvoorwaarden|Betalingstermijn", it="Termini di pagamento|Condizioni di pagamento"),
    "payment_method": _concept("payment method|how it was paid|means of payment", en="Payment method|Paid by|Payment|Tender|Method of payment|Payment type", de="Zahlungsart|Zahlart|Bezahlt mit|Zahlung",
                               fr="Mode de paiement|Paiement|Réglé par", es="Forma de pago|Método de pago|Pago", nl="Betaalwijze|Betaling|Betaald met", it="Pagamento|Modalità di pagamento"),
    "merchant_name": _concept("merchant name|name of the shop or restaurant|store name|company at the top", en="Merchant|Store", de="Händler|Filiale", fr="Magasin", es="Tienda", nl="Winkel", it="Negozio"),
    "merchant_address": _concept("merchant address|address of the shop|store address", en="Address", de="Anschrift|Adresse", fr="Adresse", es="Dirección", nl="Adres", it="Indirizzo"),
    "receipt_date": _concept("date|day of the purchase|purchase date|transaction date", en="Date|DATE|Trans. date|Date/Time|Sale date|Date :", de="Datum|Kaufdatum", fr="Date|Date d'achat|Le",
                             es="Fecha", nl="Datum", it="Data"),
    "time": _concept("time|time of the purchase", en="Time|TIME|Time :", de="Uhrzeit|Zeit", fr="Heure", es="Hora", nl="Tijd", it="Ora"),
    "receipt_number": _concept("receipt number|number of the receipt|transaction number", en="Receipt No.|Receipt #|Bill No.|Trans. no.|Invoice No.|Check #|Ticket|Receipt|Order #|Slip No.|Doc No.",
                               de="Bon-Nr.|Beleg-Nr.|Belegnummer|Bonnr.|Quittung Nr.", fr="Ticket n°|N° ticket|Ticket", es="Ticket nº|Ticket|Factura simpl.", nl="Bonnummer|Bonnr.|Transactie", it="Scontrino n.|Documento n."),
    "cashier": _concept("cashier|served by|name of the cashier", en="Cashier|Served by|Server|Clerk|Operator", de="Kassierer|Bediener|Es bediente Sie", fr="Caissier|Servi par|Serveur", es="Cajero|Le atendió", nl="Kassier|Bediend door", it="Cassiere|Operatore"),
    "table_number": _concept("table|table number|register", en="Table|Register|Till|Terminal|Lane|POS", de="Tisch|Kasse|Terminal", fr="Table|Caisse", es="Mesa|Caja", nl="Tafel|Kassa", it="Tavolo|Cassa"),
    "bank_name": _concept("bank name|name of the bank", en="Bank", de="Bank|Kreditinstitut", fr="Banque", es="Banco", nl="Bank", it="Banca"),
    "account_holder": _concept("account holder|name of the account's owner|account name", en="Account holder|Account name|Customer|Name|Account of", de="Kontoinhaber|Kunde|Inhaber", fr="Titulaire|Titulaire du compte",
                               es="Titular|Titular de la cuenta", nl="Rekeninghouder|Ten name van", it="Intestatario|Titolare"),
    "account_number": _concept("account number|account number or iban", en="Account number|Account no.|Account|IBAN|Card number|A/C No.", de="Kontonummer|Konto-Nr.|IBAN|Konto", fr="N° de compte|Compte n°|IBAN|Numéro de compte",
                               es="Número de cuenta|Cuenta nº|IBAN", nl="Rekeningnummer|Rekening|IBAN", it="Numero conto|Conto n.|IBAN"),
    "sort_code": _concept("sort code|bank code|routing number", en="Sort code|Routing number|Branch code", de="BLZ|Bankleitzahl", fr="Code banque|Code guichet", es="Oficina|Entidad", nl="Bankcode", it="ABI|CAB"),
    "statement_date": _concept("statement date|date of the statement", en="Statement date|Date|Date of statement|Issued on", de="Auszugsdatum|Datum|Erstellt am", fr="Date du relevé|Date|Édité le", es="Fecha del extracto|Fecha", nl="Datum afschrift|Datum", it="Data estratto|Data"),
    "statement_number": _concept("statement number|number of the statement", en="Statement no.|Statement number|Sheet", de="Auszug Nr.|Kontoauszug Nr.|Auszugsnummer", fr="Relevé n°|N° de relevé", es="Extracto nº", nl="Afschriftnummer|Volgnr.", it="Estratto n."),
    "period_start": _concept("period start|first day of the period|from date", en="From|Period from|Period start|Start date|Statement period", de="Von|Zeitraum von|Vom|Zeitraum", fr="Du|Période du|Période", es="Desde|Periodo desde|Del", nl="Van|Periode van|Periode", it="Dal|Periodo dal"),
    "period_end": _concept("period end|last day of the period|to date", en="To|Period to|Until|Period end|End date|through", de="Bis|Zeitraum bis", fr="Au|Jusqu'au", es="Hasta|Periodo hasta|Al", nl="Tot|Tot en met|t/m", it="Al|Periodo al"),
    "opening_balance": _concept("opening balance|balance at the start of the period|previous balance", en="Opening balance|Previous balance|Balance brought forward|Beginning balance|Start balance|Brought forward",
                                de="Anfangssaldo|Alter Saldo|Alter Kontostand|Saldovortrag|Saldo alt", fr="Ancien solde|Solde initial|Solde précédent|Solde de départ", es="Saldo inicial|Saldo anterior", nl="Beginsaldo|Vorig saldo|Oud saldo", it="Saldo iniziale|Saldo precedente"),
    "closing_balance": _concept("closing balance|balance at the end of the period|new balance|ending balance", en="Closing balance|New balance|Balance carried forward|Ending balance|Current balance|End balance|Carried forward",
                                de="Endsaldo|Neuer Saldo|Neuer Kontostand|Saldo neu|Kontostand", fr="Nouveau solde|Solde final|Solde au", es="Saldo final|Nuevo saldo|Saldo actual", nl="Eindsaldo|Nieuw saldo", it="Saldo finale|Nuovo saldo"),
    "total_in": _concept("money in|total credits|deposits", en="Money in|Total credits|Total deposits|Payments in|Deposits", de="Summe Gutschriften|Eingänge|Haben gesamt", fr="Total crédits|Total des crédits", es="Total abonos|Ingresos", nl="Totaal bij|Bijschrijvingen", it="Totale entrate|Accrediti"),
    "total_out": _concept("money out|total debits|withdrawals", en="Money out|Total debits|Total withdrawals|Payments out|Withdrawals", de="Summe Belastungen|Ausgänge|Soll gesamt", fr="Total débits|Total des débits", es="Total cargos|Gastos", nl="Totaal af|Afschrijvingen", it="Totale uscite|Addebiti"),
    "order_number": _concept("order number|number of the order|purchase order number", en="PO number|PO No.|Purchase order no.|Order number|Order no.|PO #|Purchase order|P.O. No.", de="Bestellnummer|Bestellung Nr.|Bestell-Nr.|Bestellung",
                             fr="Bon de commande n°|N° commande|Commande n°", es="Pedido nº|Número de pedido|Orden de compra", nl="Bestelnummer|Bestelling nr.|Inkooporder", it="Ordine n.|Numero ordine|Ordine d'acquisto"),
    "order_date": _concept("order date|date of the order|date the order was placed", en="Order date|PO date|Date|Date ordered|Ordered on", de="Bestelldatum|Datum|Auftragsdatum", fr="Date de commande|Date|Commandé le", es="Fecha de pedido|Fecha", nl="Besteldatum|Datum|Orderdatum", it="Data ordine|Data"),
    "buyer_name": _concept("buyer name|name of the company that orders|purchaser", en="Buyer|Ordered by|Purchaser|Bill to|Company|Requested by", de="Besteller|Auftraggeber|Käufer", fr="Acheteur|Commandé par|Donneur d'ordre", es="Comprador|Solicitado por", nl="Besteller|Koper|Besteld door", it="Acquirente|Ordinato da"),
    "order_supplier": _concept("supplier name|name of the company that is to deliver|vendor", en="Supplier|Vendor|To|Seller", de="Lieferant|An|Auftragnehmer", fr="Fournisseur|À|Vendeur", es="Proveedor|A", nl="Leverancier|Aan", it="Fornitore|A"),
    "contact": _concept("contact person|contact|attention", en="Contact|Attn|Contact person|Attention|Account manager|Sales rep.|Prepared by", de="Ansprechpartner|z. Hd.|Bearbeiter|Sachbearbeiter", fr="Contact|À l'attention de|Suivi par", es="Contacto|A la atención de|Atendido por", nl="Contactpersoon|T.a.v.|Behandeld door", it="Contatto|Alla c.a.|Referente"),
    "phone": _concept("phone|telephone number", en="Phone|Tel|Telephone|Tel.|Phone no.|Mobile", de="Telefon|Tel.|Mobil|Fon", fr="Téléphone|Tél.|Tél|Mobile", es="Teléfono|Tel.|Móvil", nl="Telefoon|Tel.|Mobiel", it="Telefono|Tel.|Cell."),
    "email": _concept("email|e-mail address", en="Email|E-mail|Email address|E-Mail", de="E-Mail|Mail|E-Mail-Adresse", fr="E-mail|Courriel|Mail", es="Correo|E-mail|Correo electrónico", nl="E-mail|E-mailadres", it="E-mail|Email|Posta elettronica"),
    "website": _concept("website|web address", en="Web|Website|www", de="Web|Internet|Webseite", fr="Site|Site web|Internet", es="Web|Sitio web", nl="Website|Web", it="Sito|Web|Sito web"),
    "project": _concept("project|project name|subject", en="Project|Subject|Re|Job|Regarding|Matter", de="Projekt|Betreff|Bauvorhaben", fr="Projet|Objet|Chantier", es="Proyecto|Asunto|Obra", nl="Project|Betreft|Onderwerp", it="Progetto|Oggetto|Commessa"),
    "contract_title": _concept(
        "title|Title of the agreement|kind of agreement|what the agreement is called", en="Title|Agreement", de="Vertrag",
        fr="Contrat", es="Contrato", nl="Overeenkomst", it="Contratto"),
    "contract_number": _concept(
        "contract number|Number of the agreement|agreement number", en="Contract No.|Agreement No.|Contract number",
        de="Vertragsnummer|Vertrag Nr.|Vertrags-Nr.", fr="Contrat n°|N° de contrat", es="Contrato nº|Nº de contrato",
        nl="Contractnummer|Contractnr.", it="Contratto n.|Numero contratto"),
    "contract_party_a": _concept(
        "party a|First party: who provides, sells or lets|first party|provider, seller or landlord|who signs first",
        en="Provider|Seller|Landlord|Contractor|Employer|Licensor|Lender|Supplier|First party", de="Auftragnehmer|Vermieter|Verkäufer|Arbeitgeber|Lizenzgeber",
        fr="Prestataire|Bailleur|Vendeur|Employeur", es="Proveedor|Arrendador|Vendedor", nl="Opdrachtnemer|Verhuurder|Verkoper", it="Fornitore|Locatore|Venditore"),
    "contract_party_b": _concept(
        "party b|Second party: who receives, buys or rents|second party|client, buyer or tenant|the other party",
        en="Client|Buyer|Tenant|Customer|Employee|Licensee|Borrower|Second party", de="Auftraggeber|Mieter|Käufer|Arbeitnehmer|Lizenznehmer",
        fr="Client|Locataire|Acheteur|Salarié", es="Cliente|Arrendatario|Comprador", nl="Opdrachtgever|Huurder|Koper", it="Cliente|Conduttore|Acquirente"),
    "contract_effective_date": _concept(
        "effective date|Day from which it holds|start date|commencement|when does it start", en="Effective date|Start date|Commencement date|Start of term",
        de="Vertragsbeginn|Beginn|Gültig ab", fr="Date d'effet|Date d'entrée en vigueur|Début", es="Fecha de inicio|Entrada en vigor", nl="Ingangsdatum|Begindatum",
        it="Data di inizio|Decorrenza"),
    "contract_end_date": _concept(
        "end date|Day on which it ends|expiry|when does it end", en="End date|Expiry date|Termination date|End of term", de="Vertragsende|Laufzeit bis|Ende", fr="Date de fin|Échéance du contrat",
        es="Fecha de finalización|Fecha de fin", nl="Einddatum", it="Data di fine|Termine"),
    "contract_governing_law": _concept(
        "governing law|Law that governs it|applicable law|which law applies", en="Governing law|Applicable law", de="Anwendbares Recht", fr="Droit applicable|Loi applicable", es="Ley aplicable",
        nl="Toepasselijk recht", it="Legge applicabile"),
    "contract_notice_period": _concept(
        "notice period|Notice period for termination|period of notice|how long is the notice period", en="Notice period|Period of notice", de="Kündigungsfrist", fr="Préavis|Délai de préavis",
        es="Plazo de preaviso|Preaviso", nl="Opzegtermijn", it="Preavviso|Termine di preavviso"),
    "contract_amount": _concept(
        "amount|Fee, rent or price agreed|agreed price|fee|rent", en="Fee|Rent|Price|Amount|Contract value|Monthly rent", de="Vergütung|Miete|Preis|Monatsmiete", fr="Montant|Loyer|Prix", es="Importe|Renta|Precio",
        nl="Vergoeding|Huurprijs|Prijs", it="Importo|Canone|Prezzo"),
    "contract_currency": _concept(
        "currency|Currency of the amounts, ISO 4217 code|currency of the agreement", en="Currency", de="Währung", fr="Devise", es="Moneda", nl="Valuta", it="Valuta"),
    "contract_signature_date": _concept(
        "signature date|Date of the signature|when was it signed|day of signing", en="Date|Signed on|Date of signature|Dated", de="Datum|Ort, Datum|Unterzeichnet am", fr="Date de signature|Fait le",
        es="Fecha|Fecha de firma", nl="Datum|Getekend op", it="Data|Data della firma"),
}

# Columns of line items and transactions.
COLUMNS: dict[str, Concept] = {
    "position": _concept("position|line number", en="#|No.|Pos.|Line|Item", de="Pos.|Nr.|Pos", fr="N°|Pos.|Ligne", es="Nº|Pos.|Línea", nl="Nr.|Pos.|Regel", it="N.|Pos.|Riga"),
    "item_number": _concept("item number|article number|product code", en="Item no.|Item #|Article no.|SKU|Part no.|Code|Product code|Ref.|Item code", de="Artikelnr.|Art.-Nr.|Artikel-Nr.|Art.Nr.", fr="Référence|Réf.|Code|Code article",
                            es="Código|Ref.|Referencia", nl="Artikelnummer|Artikelnr.|Art.nr.|Code", it="Codice|Cod. art.|Articolo"),
    "description": _concept("description|what was delivered|what was bought|what is ordered|product or service", en="Description|Item|Product|Details|Service|Article|Item description|Particulars|Product / Service|Activity",
                            de="Beschreibung|Bezeichnung|Artikel|Leistung|Artikelbezeichnung|Position", fr="Désignation|Description|Article|Libellé|Prestation", es="Descripción|Concepto|Artículo|Detalle", nl="Omschrijving|Artikel|Beschrijving|Product", it="Descrizione|Articolo|Prodotto"),
    "quantity": _concept("quantity|how many|number of units", en="Qty|Quantity|Units|Hours|QTY|Qty.|Hrs|Count|Pcs", de="Menge|Anzahl|Std.|Stück|Stk.", fr="Quantité|Qté|Qté.|Nb", es="Cantidad|Cant.|Uds.|Unidades", nl="Aantal|Hoeveelheid|Uren", it="Quantità|Q.tà|Qtà"),
    "unit": _concept("unit|unit of measure", en="Unit|UoM|U/M|Unit of measure", de="Einheit|ME|Einh.", fr="Unité|U.", es="Unidad|Ud.", nl="Eenheid|Eenh.", it="U.M.|Unità"),
    "unit_price": _concept("unit price|price of one|rate", en="Unit price|Price|Rate|Unit cost|Price/unit|Unit Price|Cost|Price each|Each|Unit net price", de="Einzelpreis|Preis|E-Preis|Preis/Einheit|Stückpreis|Einzel", fr="Prix unitaire|P.U.|PU HT|Prix|Prix unit. HT",
                           es="Precio|Precio unitario|P. unitario|Precio unit.", nl="Prijs|Stukprijs|Prijs p/st|Eenheidsprijs", it="Prezzo|Prezzo unitario|P. unitario|Prezzo unit."),
    "tax_rate": _concept("tax rate|vat rate", en="VAT|VAT %|Tax|Tax %|GST", de="MwSt.|USt. %|MwSt. %|USt", fr="TVA|TVA %|Taux TVA", es="IVA|% IVA|IVA %", nl="BTW|BTW %|Btw %", it="IVA|% IVA|Aliquota"),
    "line_discount": _concept("discount of the line|discount percent", en="Disc.|Discount|Disc. %", de="Rabatt|Rab. %", fr="Remise|Rem. %", es="Dto.|% Dto.", nl="Korting|Kort. %", it="Sconto|Sc. %"),
    "amount": _concept("amount|amount of the line|line total|net amount of the line", en="Amount|Total|Line total|Net amount|Net|Total price|Sum|Extended price|Ext. price|Price", de="Betrag|Gesamt|Gesamtpreis|Summe|G-Preis|Netto", fr="Montant|Total HT|Montant HT|Total",
                       es="Importe|Total|Importe neto", nl="Bedrag|Totaal|Regeltotaal", it="Importo|Totale|Prezzo totale"),
    "booking_date": _concept("date|booking date|transaction date|date of the movement", en="Date|Transaction date|Posted|Booking date|Posting date|Trans. date", de="Datum|Buchungstag|Buchung|Buch.-Tag|Buchungsdatum", fr="Date|Date opération|Date d'opération", es="Fecha|F. operación|Fecha op.", nl="Datum|Boekdatum", it="Data|Data operazione|Data contabile"),
    "value_date": _concept("value date", en="Value date|Value|Val. date", de="Wertstellung|Valuta|Wert", fr="Date valeur|Valeur", es="F. valor|Fecha valor", nl="Rentedatum|Valutadatum", it="Data valuta|Valuta"),
    "details": _concept("description|what the movement was|transaction details|purpose", en="Description|Details|Transaction|Particulars|Transaction details|Payee|Narrative|Reference", de="Buchungstext|Verwendungszweck|Vorgang|Text|Umsatzart", fr="Libellé|Opération|Nature de l'opération|Détail", es="Concepto|Descripción|Movimiento", nl="Omschrijving|Mededeling|Tegenpartij", it="Descrizione|Causale|Operazione"),
    "movement": _concept("amount|amount of the movement|amount, negative for money that left", en="Amount|Amount (USD)|Value|Debit/Credit|Sum", de="Betrag|Umsatz|Betrag EUR|Betrag in EUR", fr="Montant|Montant EUR|Somme", es="Importe|Importe EUR|Cantidad", nl="Bedrag|Bedrag EUR|Af/Bij", it="Importo|Importo EUR|Movimento"),
    "balance": _concept("balance|balance after the movement|running balance", en="Balance|Running balance|Balance (USD)|Saldo", de="Saldo|Kontostand|Saldo EUR", fr="Solde|Solde EUR", es="Saldo", nl="Saldo|Saldo na", it="Saldo|Saldo contabile"),
}

TITLES = {
    "invoice": {"en": ("INVOICE", "Invoice", "Tax Invoice", "TAX INVOICE", "Sales Invoice"), "de": ("Rechnung", "RECHNUNG"), "fr": ("FACTURE", "Facture"), "es": ("FACTURA", "Factura"), "nl": ("FACTUUR", "Factuur"), "it": ("FATTURA", "Fattura")},
    "purchase_order": {"en": ("PURCHASE ORDER", "Purchase Order", "Order"), "de": ("Bestellung", "BESTELLUNG"), "fr": ("BON DE COMMANDE", "Bon de commande"), "es": ("PEDIDO", "Orden de compra"), "nl": ("BESTELLING", "Inkooporder"), "it": ("ORDINE D'ACQUISTO", "Ordine")},
    "statement": {"en": ("Account Statement", "STATEMENT", "Bank Statement", "Statement of Account"), "de": ("Kontoauszug", "KONTOAUSZUG"), "fr": ("Relevé de compte", "RELEVÉ DE COMPTE"), "es": ("Extracto de cuenta", "EXTRACTO"), "nl": ("Rekeningafschrift", "Afschrift"), "it": ("Estratto conto", "ESTRATTO CONTO")},
    "receipt": {"en": ("RECEIPT", "SALES RECEIPT", "CASH RECEIPT", "TAX INVOICE", "Guest Check"), "de": ("Kassenbon", "QUITTUNG", "Beleg"), "fr": ("TICKET DE CAISSE", "Ticket", "REÇU"), "es": ("TICKET", "RECIBO"), "nl": ("KASSABON", "Bon"), "it": ("SCONTRINO", "Ricevuta")},
}

# What a model is asked when it is to say which schema fits.
KINDS = {
    "invoice": ("Invoice", "A bill from a supplier to a customer for goods or services."),
    "receipt": ("Receipt", "A till receipt or a proof of a paid purchase."),
    "statement": ("Account statement", "A statement of a bank or card account: balances and movements over a period."),
    "purchase_order": ("Purchase order", "An order of goods or services from a supplier."),
    "contract": ("Contract", "The first or the last pages of an agreement between two parties."),
    "form": ("Form", "A filled-in form of any kind: every label with what was filled in."),
    "table": ("Tables", "Any page with tables: every row as the printed cells."),
    "chart": ("Chart", "A bar, line or pie chart: its titles and its data points."),
}
