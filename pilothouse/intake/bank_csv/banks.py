"""The headings of bank lists by bank and language: facts, looked up in public readers of these files and their tests.

Each table says meaning -> headings. Order of languages: Dutch, French, English (German where a bank writes it);
those that no file or public test was seen of are a translation and stand in docs/methods/intake-exports.md as
supposed. A heading that a bank's table lacks is looked up in `GENERAL`.

Meanings: `account` the company's own account, `holder` its name, `date` of booking, `value_date`, `amount` (money out
negative), `debit` and `credit` where they stand apart, `direction` (in or out), `balance` after the movement,
`balance_before`, `fee` to be taken off the amount, `total` with the fee; `name`, `party_account` and `bic` of the other
side, `party` either of name and account, `payer` and `payee` (the other side is one of them); `structured` and
`communication` what the payer wrote; `description`, `details` and `kind` what the bank wrote; `reference` of the bank,
`statement` its number, `status`, `refusal` why it was refused, `original_amount` and `original_currency` of a foreign
payment, `other` known and not used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pilothouse.intake.headings import meanings_by_heading


@dataclass(frozen=True, slots=True)
class Bank:
    """`needs`: meanings without which a table is not of this bank. `currency`: that of a table which names none."""

    name: str
    words: Mapping[str, str]
    needs: tuple[str, ...] = ("account", "date", "amount")
    currency: str | None = "EUR"
    meanings: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "meanings", meanings_by_heading(self.words))


KBC = Bank(
    "KBC, CBC",
    {
        "account": "Rekeningnummer | Numéro de compte | Account number",
        "other": "Rubrieknaam | Rubriek | Nom de la rubrique | Rubrique | Heading | Adres tegenpartij"
        " | Adresse contrepartie | Adresse de la contrepartie | Counterparty address",
        "holder": "Naam | Nom | Name",
        "currency": "Munt | Devise | Currency",
        "statement": "Afschriftnummer | Numéro d'extrait | Statement number",
        "date": "Datum | Date",
        "description": "Omschrijving | Description | Libellé",
        "value_date": "Valuta | Valutadatum | Valeur | Date valeur | Date de valeur | Value date | Value",
        "amount": "Bedrag | Montant | Amount",
        "balance": "Saldo | Solde | Balance",
        "credit": "credit | crédit",
        "debit": "debet | débit | debit",
        "party_account": "rekeningnummer tegenpartij | Rekening tegenpartij | numéro de compte contrepartie"
        " | compte contrepartie | numéro de compte de la contrepartie | counterparty's account number"
        " | counterparty account number",
        "bic": "BIC tegenpartij | BIC code tegenpartij | BIC contrepartie | code BIC contrepartie"
        " | BIC de la contrepartie | Counterparty BIC",
        "name": "Naam tegenpartij | Nom contrepartie | Nom de la contrepartie | Counterparty name",
        "structured": "gestructureerde mededeling | communication structurée | communication standardisée"
        " | standard-format reference | structured communication",
        "communication": "Vrije mededeling | Communication libre | Free-format reference",
    },
    needs=("account", "date", "amount", "balance"),
)
BELFIUS = Bank(
    "Belfius",
    {
        "account": "Rekening | Compte | Account",
        "date": "Boekingsdatum | Date de comptabilisation | Booking date | Accounting date",
        "statement": "Rekeninguittrekselnummer | Afschriftnummer | Numéro d'extrait | Statement number",
        "reference": "Transactienummer | Numéro de transaction | Transaction number",
        "party_account": "Rekening tegenpartij | Compte contrepartie | Counterparty account",
        "name": "Naam tegenpartij bevat | Naam tegenpartij | Nom contrepartie contient | Nom contrepartie"
        " | Counterparty name contains | Counterparty name",
        "other": "Straat en nummer | Rue et numéro | Street and number | Postcode en plaats"
        " | Code postal et localité | Postal code and location | Postcode and city | Landcode"
        " | Code pays | Country code",
        "description": "Transactie | Transaction",
        "value_date": "Valutadatum | Date valeur | Value date",
        "amount": "Bedrag | Montant | Amount",
        "currency": "Devies | Devise | Currency",
        "bic": "BIC",
        "communication": "Mededelingen | Mededeling | Communications | Communication",
    },
    needs=("account", "date", "amount", "party_account"),
)
BNP = Bank(
    "BNP Paribas Fortis, Fintro",
    {
        "reference": "Volgnummer | Nº de séquence | N° de séquence | Numéro de séquence"
        " | Sequence number | Laufende Nummer",
        "date": "Uitvoeringsdatum | Date d'exécution | Execution date | Ausführungsdatum",
        "value_date": "Valutadatum | Date valeur | Date de valeur | Value date | Wertstellungsdatum",
        "amount": "Bedrag | Montant | Amount | Betrag",
        "currency": "Valuta rekening | Devise du compte | Account currency | Währung des Kontos",
        "account": "Rekeningnummer | Numéro de compte | Account number | Kontonummer",
        "kind": "Type verrichting | Type de transaction | Transaction type",
        "party": "Tegenpartij | TEGENPARTIJ VAN DE VERRICHTING | Contrepartie | CONTREPARTIE DE LA TRANSACTION"
        " | Counterparty",
        "name": "Naam van de tegenpartij | Nom de la contrepartie | Name of the counterparty"
        " | Counterparty name",
        "communication": "Mededeling | Communication",
        "details": "Details | Détails",
        "status": "Status | Statut",
        "refusal": "Reden van weigering | Motif du refus | Reason for refusal | Refusal reason",
    },
    needs=("account", "date", "amount", "reference"),
)
ING_BE = Bank(
    "ING (Belgium)",
    {
        "account": "Rekeningnummer | Numéro de compte | Account number",
        "holder": "Naam van de rekening | Naam | Nom du compte | Account name",
        "party_account": "Rekening tegenpartij | Compte contrepartie | Compte partie adverse"
        " | Counterparty account",
        "reference": "Omzetnummer | Numéro de mouvement | Movement number | Transaction number",
        "date": "Boekingsdatum | Date comptable | Booking date",
        "value_date": "Valutadatum | Date valeur | Value date",
        "amount": "Bedrag | Montant | Amount",
        "currency": "Munteenheid | Devise | Currency",
        "description": "Omschrijving | Libellés | Libellé | Description",
        "details": "Detail van de omzet | Détails du mouvement | Détail du mouvement | Movement details"
        " | Transaction details | Details of the movement",
        "communication": "Bericht | Message",
    },
    needs=("account", "date", "amount", "reference"),
)
ARGENTA = Bank(
    "Argenta",
    {
        "account": "Rekening | Compte | Account",
        "date": "Boekdatum | Date comptable | Booking date",
        "value_date": "Valutadatum | Date valeur | Value date",
        "reference": "Referentie | Référence | Reference",
        "kind": "Beschrijving | Description",
        "amount": "Bedrag | Montant | Amount",
        "currency": "Munt | Devise | Currency",
        "other": "Verrichtingsdatum | Date d'opération | Date de l'opération | Transaction date",
        "party_account": "Rekening tegenpartij | Compte contrepartie | Counterparty account",
        "name": "Naam tegenpartij | Nom contrepartie | Nom de la contrepartie | Counterparty name",
        "communication": "Mededeling | Communication",
    },
    needs=("account", "date", "amount", "party_account"),
)
CRELAN = Bank(
    "Crelan",
    {
        "date": "Datum | Date",
        "amount": "Bedrag | Montant | Amount",
        "balance": "Saldo na verrichting | Solde après opération | Balance after transaction",
        "currency": "Munt | Devise | Currency",
        "name": "Tegenpartij | Contrepartie | Counterparty",
        "party_account": "Rekening tegenpartij | Compte contrepartie | Counterparty account",
        "kind": "Type verrichting | Type d'opération | Transaction type",
        "communication": "Mededeling | Communication",
        "account": "Rekening opdrachtgever | Compte donneur d'ordre",
    },
)
VDK = Bank(
    "vdk bank",
    {
        "date": "Uitvoeringsdatum",
        "value_date": "Valutadatum",
        "statement": "Nummer uittreksel",
        "reference": "VDK-refertenummer",
        "kind": "Soort beweging",
        "party_account": "Tegenpartij rekeningnummer",
        "bic": "Tegenpartij BIC/SWIFT",
        "name": "Tegenpartij naam",
        "communication": "Mededeling",
        "amount": "Bedrag",
        "balance": "Saldo na beweging",
        "other": "Jaar uittreksel | Tegenpartij adres | Tegenpartij postnummer | Tegenpartij woonplaats"
        " | Tegenpartij land | Wisselkoers | Kosten",
    },
    needs=("date", "amount", "reference", "party_account"),
)
BEOBANK = Bank(
    "Beobank",
    {
        "date": "Datum",
        "value_date": "Waardedatum",
        "debit": "Debet",
        "credit": "Krediet",
        "description": "Omschrijving",
        "balance": "Saldo",
    },
    needs=("date", "value_date", "debit", "credit", "balance"),
)
REVOLUT_BUSINESS = Bank(
    "Revolut Business",
    {
        "date": "Date completed (UTC)",
        "value_date": "Date started (UTC)",
        "reference": "ID",
        "kind": "Type",
        "status": "State",
        "description": "Description",
        "communication": "Reference",
        "other": "Payer | Card number | Card label | Card state | Exchange rate | Fee currency"
        " | International account number | Beneficiary sort code or routing number | MCC"
        " | Related transaction id | Spend program | Card references",
        "original_currency": "Orig currency",
        "original_amount": "Orig amount",
        "currency": "Payment currency | Currency",
        "total": "Total amount",
        "amount": "Amount",
        "fee": "Fee",
        "balance": "Balance",
        "account": "Account",
        "party_account": "Beneficiary IBAN | Beneficiary account number | Sender account",
        "bic": "Beneficiary BIC",
        "payee": "Beneficiary name",
        "payer": "Sender name",
    },
    needs=("date", "amount", "status", "reference", "description"),
    currency=None,
)
REVOLUT = Bank(
    "Revolut",
    {
        "kind": "Type",
        "account": "Product | Produit | Produkt",
        "value_date": "Started Date | Startdatum | Date de début",
        "date": "Completed Date | Datum voltooid | Date de fin | Abschlussdatum | Datum des Abschlusses",
        "description": "Description | Beschrijving | Beschreibung",
        "amount": "Amount | Bedrag | Montant | Betrag",
        "fee": "Fee | Kosten | Frais | Gebühr",
        "currency": "Currency | Valuta | Devise | Währung",
        "status": "State | Status | État | Etat",
        "balance": "Balance | Saldo | Solde | Kontostand",
    },
    needs=("date", "amount", "status", "fee", "value_date"),
    currency=None,
)
WISE = Bank(
    "Wise",
    {
        "reference": "TransferWise ID | Wise ID",
        "date": "Date",
        "amount": "Amount",
        "currency": "Currency",
        "description": "Description",
        "communication": "Payment Reference",
        "balance": "Running Balance",
        "other": "Date Time | Exchange Rate | Exchange To Amount | Card Last Four Digits"
        " | Card Holder Full Name"
        " | Attachment | Note | Total fees | Transaction Type | Transaction Details Type | Buy - Loss"
        " | Exchange From | Exchange To",
        "payer": "Payer Name",
        "payee": "Payee Name",
        "party_account": "Payee Account Number",
        "name": "Merchant",
    },
    needs=("date", "amount", "reference"),
    currency=None,
)
QONTO = Bank(
    "Qonto",
    {
        "status": "Status | Statut",
        "date": "Settlement date (local) | Settlement date (UTC) | Settlement date | Date de règlement",
        "value_date": "Value date (local) | Value date (UTC) | Value date",
        "other": "Operation date (local) | Operation date (UTC) | Operation date | Emitted date"
        " | Initiator | Team"
        " | Attachment | Attachments | Category | VAT amount | Total VAT amount | VAT rate | Card last digits"
        " | Card name | Local amount | Local currency | Currency (local) | Total amount (incl. VAT) (local)"
        " | Account name | Debit | Credit",
        "amount": "Total amount (incl. VAT) | Montant total (TTC)",
        "currency": "Currency | Devise",
        "name": "Counterparty name | Nom de la contrepartie",
        "party_account": "Counterparty IBAN",
        "kind": "Payment method | Operation type",
        "communication": "Reference | Référence",
        "description": "Note",
        "balance": "Balance | Solde",
        "account": "Account IBAN | Bank account IBAN | IBAN",
        "reference": "Transaction ID",
    },
    needs=("date", "amount", "name"),
)
N26 = Bank(
    "N26",
    {
        "date": "Booking Date | Date",
        "value_date": "Value Date",
        "name": "Partner Name | Payee",
        "party_account": "Partner Iban | Account number",
        "kind": "Type | Transaction type",
        "communication": "Payment Reference",
        "account": "Account Name",
        "amount": "Amount (EUR)",
        "original_amount": "Original Amount | Amount (Foreign Currency)",
        "original_currency": "Original Currency | Type Foreign Currency",
        "other": "Exchange Rate | Category",
    },
    needs=("date", "amount", "name", "kind"),
)
ING_NL = Bank(
    "ING (Netherlands)",
    {
        "date": "Datum | Date",
        "name": "Naam / Omschrijving | Name / Description",
        "account": "Rekening | Account",
        "party_account": "Tegenrekening | Counterparty",
        "other": "Code | Tag",
        "direction": "Af Bij | Debit/credit",
        "amount": "Bedrag (EUR) | Amount (EUR)",
        "kind": "Mutatiesoort | MutatieSoort | Transactietype | Transaction type",
        "communication": "Mededelingen | Notifications",
        "balance": "Saldo na mutatie | Saldo na trn | Resulting balance",
    },
    needs=("date", "amount", "direction", "account"),
)
RABOBANK = Bank(
    "Rabobank",
    {
        "account": "IBAN/BBAN",
        "currency": "Munt",
        "other": "BIC | Code | Batch ID | Machtigingskenmerk | Incassant ID | Reden retour | Koers"
        " | Naam uiteindelijke partij | Naam initiërende partij | Transactiereferentie",
        "reference": "Volgnr",
        "date": "Datum",
        "value_date": "Rentedatum",
        "amount": "Bedrag",
        "balance": "Saldo na trn",
        "party_account": "Tegenrekening IBAN/BBAN",
        "name": "Naam tegenpartij",
        "bic": "BIC tegenpartij",
        "structured": "Betalingskenmerk",
        "communication": "Omschrijving-1 | Omschrijving-2 | Omschrijving-3",
        "original_amount": "Oorspr bedrag | Oorspronkelijk bedrag",
        "original_currency": "Oorspr munt | Oorspronkelijke munt",
    },
    needs=("account", "date", "amount", "balance"),
)
ABN_AMRO = Bank(
    "ABN AMRO",
    {
        "account": "Rekeningnummer | accountNumber",
        "currency": "Muntsoort | mutationcode",
        "date": "Transactiedatum | transactiondate",
        "value_date": "Rentedatum | valuedate",
        "balance_before": "Beginsaldo | startsaldo",
        "balance": "Eindsaldo | endsaldo",
        "amount": "Transactiebedrag | amount",
        "description": "Omschrijving | description",
    },
    needs=("account", "date", "amount", "balance_before"),
)
DKB = Bank(
    "DKB",
    {
        "date": "Buchungsdatum",
        "value_date": "Wertstellung",
        "status": "Status",
        "payer": "Zahlungspflichtige*r",
        "payee": "Zahlungsempfänger*in",
        "communication": "Verwendungszweck",
        "kind": "Umsatztyp",
        "party_account": "IBAN",
        "amount": "Betrag (€)",
        "other": "Gläubiger-ID | Mandatsreferenz | Kundenreferenz",
    },
    needs=("date", "amount", "payer", "payee"),
)
SPARKASSE = Bank(
    "Sparkasse",
    {
        "account": "Auftragskonto",
        "date": "Buchungstag",
        "value_date": "Valutadatum",
        "kind": "Buchungstext",
        "communication": "Verwendungszweck",
        "name": "Beguenstigter/Zahlungspflichtiger | Begünstigter/Zahlungspflichtiger",
        "party_account": "Kontonummer/IBAN | Kontonummer",
        "bic": "BIC (SWIFT-Code) | BLZ",
        "amount": "Betrag",
        "currency": "Waehrung | Währung",
        "status": "Info",
        "other": "Glaeubiger ID | Mandatsreferenz | Kundenreferenz (End-to-End) | Sammlerreferenz"
        " | Lastschrift Ursprungsbetrag | Auslagenersatz Ruecklastschrift",
    },
)
BANKS = (
    KBC,
    BELFIUS,
    BNP,
    ING_BE,
    ARGENTA,
    CRELAN,
    VDK,
    BEOBANK,
    REVOLUT_BUSINESS,
    REVOLUT,
    WISE,
    QONTO,
    N26,
    ING_NL,
    RABOBANK,
    ABN_AMRO,
    DKB,
    SPARKASSE,
)

GENERAL = Bank(
    "",
    {
        "account": "Account IBAN | Own account | IBAN | Rekening | Rekeningnummer | Mijn rekening"
        " | Eigen rekening"
        " | Compte | Numéro de compte | Account | Account number | Konto | Kontonummer"
        " | Auftragskonto | IBAN rekening"
        " | IBAN compte | N° de compte | Bank account | Bankrekening | Compte bancaire",
        "holder": "Account name | Naam van de rekening | Nom du compte | Account holder | Rekeninghouder"
        " | Titulaire | Kontoinhaber",
        "date": "Date | Datum | Booking date | Transaction date | Posting date | Posted date"
        " | Date posted | Boekingsdatum"
        " | Boekdatum | Transactiedatum | Uitvoeringsdatum | Verrichtingsdatum | Date comptable"
        " | Date de comptabilisation | Date d'opération | Date de l'opération | Date opération"
        " | Date d'exécution"
        " | Date transaction | Execution date | Buchungsdatum | Buchungstag | Buchung | Completed date",
        "value_date": "Value date | Valutadatum | Waardedatum | Rentedatum | Date valeur"
        " | Date de valeur | Valuta"
        " | Wertstellung | Valeur",
        "amount": "Amount | Bedrag | Montant | Betrag | Transaction amount | Transactiebedrag"
        " | Bedrag (EUR) | Amount (EUR)"
        " | Montant (EUR) | Montant en EUR | Betrag (EUR) | Betrag (€) | Bedrag in EUR"
        " | Amount in EUR | Umsatz | Somme",
        "debit": "Debit | Debet | Débit | Soll | Money out | Paid out | Withdrawal | Withdrawals | Af"
        " | Uitgaand | Sortie"
        " | Debit amount | Montant débit | Paid out (EUR) | Debit (EUR) | Afschrijving",
        "credit": "Credit | Crédit | Krediet | Haben | Money in | Paid in | Deposit | Deposits | Bij"
        " | Inkomend | Entrée"
        " | Credit amount | Montant crédit | Paid in (EUR) | Credit (EUR) | Bijschrijving",
        "direction": "Debit/credit | Af Bij | Af/Bij | D/C | DC | Credit/Debit | Sens | Direction | Bij/Af"
        " | Debit Credit Indicator | Soll/Haben",
        "balance": "Balance | Saldo | Solde | Running balance | Saldo na verrichting"
        " | Saldo na mutatie | Saldo na boeking"
        " | Saldo na transactie | Saldo na beweging | Solde après opération | Solde courant | Solde journalier"
        " | Kontostand | Nieuw saldo"
        " | Nouveau solde | Balance (EUR) | Saldo (EUR) | Account balance | Balance after | Resulting balance"
        " | Ledger balance | Closing balance | Saldo nach Buchung",
        "name": "Counterparty | Counterparty name | Payee | Beneficiary | Beneficiary name"
        " | Naam tegenpartij | Tegenpartij"
        " | Naam van de tegenpartij | Nom de la contrepartie | Nom contrepartie | Contrepartie"
        " | Bénéficiaire | Partner name"
        " | Merchant | Empfänger | Name Zahlungsbeteiligter | Beguenstigter/Zahlungspflichtiger"
        " | Auftraggeber/Empfänger | Begunstigde | Naam | Nom | Name",
        "party_account": "Counterparty account | Counterparty IBAN | Counterparty account number"
        " | Rekening tegenpartij"
        " | Rekeningnummer tegenpartij | Tegenrekening | IBAN tegenpartij | Compte contrepartie"
        " | Compte bénéficiaire"
        " | Compte de la contrepartie | Numéro de compte contrepartie | IBAN contrepartie | Beneficiary IBAN"
        " | IBAN Zahlungsbeteiligter | Gegenkonto",
        "bic": "BIC | BIC tegenpartij | BIC contrepartie | Counterparty BIC | SWIFT | BIC (SWIFT-Code)",
        "structured": "Gestructureerde mededeling | Communication structurée"
        " | Structured communication | OGM | VCS",
        "communication": "Mededeling | Mededelingen | Vrije mededeling | Communication | Communications"
        " | Communication libre | Communication 1 | Communication 2 | Communication 3"
        " | Communication 4 | Message | Bericht"
        " | Reference | Payment reference | Memo | Remittance information | Verwendungszweck | Référence"
        " | Betalingskenmerk | Narrative",
        "description": "Description | Omschrijving | Beschrijving | Libellé | Libellés | Buchungstext"
        " | Details | Détails"
        " | Transaction details | Transaction description | Naam / Omschrijving | Particulars"
        " | Transactie | Motif"
        " | Intitulé",
        "kind": "Type | Transaction type | Type verrichting | Type de transaction | Type d'opération"
        " | Mutatiesoort"
        " | Opération | Soort",
        "currency": "Currency | Munt | Munteenheid | Devies | Devise | Valuta rekening"
        " | Devise du compte | Währung"
        " | Waehrung | Muntsoort | Ccy | Account currency",
        "reference": "Transaction ID | Transaction number | Bankreferentie | Référence banque | Bank reference"
        " | Volgnummer | Transactienummer | Numéro de transaction | Referentie | Transaction reference",
        "statement": "Statement number | Afschriftnummer | Uittreksel | Rekeninguittrekselnummer"
        " | Numéro d'extrait | Extrait",
        "status": "Status | State | Statut | État",
        "refusal": "Reden van weigering | Motif du refus | Reason for refusal",
        "other": "Tag | Category | Catégorie | Categorie | Exchange rate | Koers | Landcode"
        " | Code pays | Country code",
    },
    needs=("date",),
)

# Headings that books have and banks do not: such a table is a ledger, whatever else it looks like.
LEDGER_WORDS = meanings_by_heading(
    {
        "ledger": "Journal | Dagboek | Journaal | Grootboek | Grootboekrekening | Grootboeknummer"
        " | Compte général"
        " | Ledger account | GL account | G/L account | General ledger | Account code | Nominal code"
        " | Cost centre"
        " | Cost center | Kostenplaats | Centre de coût | Centre de coûts | Stuknummer | Stuk | Boekstuk"
        " | Boekstuknummer | Pièce | N° pièce | Numéro de pièce | Journal Code | Journal Lib"
        " | Compte Num | Compte Lib"
        " | Ecriture Num | Ecriture Date | Ecriture Lib | Voucher | Voucher number | Supplier"
        " | Supplier name | Vendor"
        " | Vendor name | Leverancier | Fournisseur | Lieferant | Invoice | Invoice number | Factuurnummer"
        " | Numéro de facture | Rechnungsnummer | VAT | BTW | TVA | Btw-bedrag | VAT amount"
        " | Montant TVA | Directorate"
        " | Department | Service area | Expense type | Expenditure category | Belegfeld 1 | Buchungsschlüssel"
        " | Gegenkonto (ohne BU-Schlüssel) | Period | Periode | Période | Boekjaar | Exercice | Fiscal year",
    }
)
