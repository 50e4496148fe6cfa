"""Lists of movements as banks write them, with invented accounts, names and amounts."""

from __future__ import annotations

KBC_NL = """Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet;\
rekeningnummer tegenpartij;BIC tegenpartij;Naam tegenpartij;Adres tegenpartij;gestructureerde mededeling;\
Vrije mededeling
BE68539007547034;          ;ATELIER NOORD BV;EUR;  02026003;05/02/2026;EUROPESE OVERSCHRIJVING NAAR;05/02/2026;\
-1.210,00;\
7.890,55;              ;-1.210,00;BE62 5100 0754 7061;KREDBEBB;WEBHUIS BV;STRAAT 1 9000 GENT;***090/9337/55493***;
BE68539007547034;          ;ATELIER NOORD BV;EUR;  02026003;04/02/2026;EUROPESE OVERSCHRIJVING VAN;04/02/2026;100,55;\
9.100,55;100,55;              ;BE43 0689 9999 9501;GKCCBEBB;KLANT NV;;                  ;factuur 12
BE68539007547034;          ;ATELIER NOORD BV;EUR;  02026003;03/02/2026;BETALING BANCONTACT WINKEL ZUID;\
03/02/2026;-0,50;\
9.000,00;              ;-0,50;                 ;        ;                ;;                  ;
""".replace("\n", "\r")

KBC_EN = """Account number;Heading;Name;Currency;Statement number;Date;Description;Value date;Amount;Balance;credit;\
debit;counterparty's account number;Counterparty BIC;Counterparty name;Counterparty address;\
standard-format reference;\
Free-format reference
BE68539007547034;;NORTH STUDIO;EUR;02026003;15/05/2026;EUROPEAN DIRECT DEBIT;15/05/2026;-2,99;402,31;;-2,99;\
IE29 AIBK 9311 5212 3456 78;AIBKIE2D;CLOUD BOX;;;order 77
"""

KBC_FR = """Numéro de compte;Nom de la rubrique;Nom;Devise;Numéro d'extrait;Date;Description;Valeur;Montant;\
Solde;crédit;\
débit;numéro de compte contrepartie;BIC contrepartie;Nom contrepartie;Adresse contrepartie;communication structurée;\
Communication libre
BE68539007547034;;ATELIER NORD;EUR;02026003;15/05/2026;VIREMENT;16/05/2026;-12,99;402,31;;-12,99;BE62510007547061;\
KREDBEBB;MAISON DU WEB;;***190/5063/21290***;
"""

BELFIUS_NL = """Boekingsdatum vanaf;01/01/2026
Boekingsdatum tot en met;31/01/2026
Bedrag vanaf;
Bedrag tot en met;
Rekeninguittrekselnummer vanaf;
Rekeninguittrekselnummer tot en met;
Mededeling;
Naam tegenpartij bevat;
Rekening tegenpartij;BE62 5100 0754 7061
Laatste saldo;59.580,73 EUR
Datum/uur van het laatste saldo;31/01/2026 10:23:44
;
Rekening;Boekingsdatum;Rekeninguittrekselnummer;Transactienummer;Rekening tegenpartij;Naam tegenpartij bevat;\
Straat en nummer;Postcode en plaats;Transactie;Valutadatum;Bedrag;Devies;BIC;Landcode;Mededelingen
BE68 5390 0754 7034;27/01/26;001;0002;BE62 5100 0754 7061;WEBHUIS BV;STRAAT 1;9000 GENT;OVERSCHRIJVING NAAR WEBHUIS;\
27/01/26;-1210,00;EUR;KREDBEBB;BE;***090/9337/55493***
BE68 5390 0754 7034;05/01/26;001;0001;;;;;BETALING DEBITMASTERCARD WINKEL ZUID GENT;04/01/26;-12,5;EUR;;;
"""

BELFIUS_FR = """Date de comptabilisation à partir de;01/01/2026
Date de comptabilisation jusqu'au;31/01/2026
Montant à partir de;
Montant jusqu'à;
Numéro d'extrait à partir de;
Numéro d'extrait jusqu'au;
Communication;
Nom contrepartie contient;
Compte contrepartie;
Dernier solde;69.462,74 EUR
Date/heure du dernier solde;10/02/2026 10:23:44
;
Compte;Date de comptabilisation;Numéro d'extrait;Numéro de transaction;Compte contrepartie;Nom contrepartie contient;\
Rue et numéro;Code postal et localité;Transaction;Date valeur;Montant;Devise;BIC;Code pays;Communications
BE68 5390 0754 7034;05/01/2026;1;4;BE62 5100 0754 7061;MAISON DU WEB;RUE 1;5000 NAMUR;VIREMENT;05/01/2026;-45,90;EUR;\
KREDBEBB;BE;facture 12
"""

BNP_NL = """Volgnummer;Uitvoeringsdatum;Valutadatum;Bedrag;Valuta rekening;Rekeningnummer;Type verrichting;\
Tegenpartij;\
Naam van de tegenpartij;Mededeling;Details;Status;Reden van weigering
2026-00012;05/02/2026;05/02/2026;-1210.05;EUR;BE68539007547034;Overschrijving in euro;BE62510007547061;WEBHUIS BV;\
090/9337/55493;OVERSCHRIJVING IN EURO WEBHUIS BANKREFERENTIE : 2602051234567 VALUTADATUM : 05/02/2026;Geaccepteerd;
2026-;04/02/2026;04/02/2026;-50,00;EUR;BE68539007547034;Domiciliëring;BE43068999999501;TELECOM NV;;DOMICILIERING;\
Geweigerd;Onvoldoende saldo
2026-;03/02/2026;02/02/2026;-12,05;EUR;BE68539007547034;Kaartbetaling;;;;BETALING MET DEBETKAART WINKEL ZUID GENT;\
Geaccepteerd;
"""

BNP_FR = """Nº de séquence;Date d'exécution;Date valeur;Montant;Devise du compte;Numéro de compte;\
Type de transaction;\
Contrepartie;Nom de la contrepartie;Communication;Détails;Statut;Motif du refus
2026-00127;28/03/2026;28/03/2026;18;EUR;BE68539007547034;Virement en euros;BE62510007547061;CLIENT SA;\
Reprise marchandises;VIREMENT EN EUROS DU COMPTE BE62 REFERENCE BANQUE : 2603281234567;Accepté;
"""

BNP_OLD = """Volgnummer;Uitvoeringsdatum;Valutadatum;Bedrag;Valuta rekening;TEGENPARTIJ VAN DE VERRICHTING;Details;\
Rekeningnummer
2017-0207;15-05-2017;15-05-2017;-11,11;EUR;WEBHUIS BV STRAAT 1  9000 GENT BE62 5100 0754 7061 BIC KREDBEBB;\
OVERSCHRIJVING;\
BE68539007547034
2017-0208;15-05-2017;15-05-2017;-5,00;EUR;GELDAUTOMAAT GENT;OPNAME;BE68539007547034
"""

ING_NL_BE = """Rekeningnummer;Naam van de rekening;Rekening tegenpartij;Omzetnummer;Boekingsdatum;Valutadatum;Bedrag;\
Munteenheid;Omschrijving;Detail van de omzet;Bericht
539-0075470-34;ATELIER;510-0075470-61;23;21/12/2026;22/12/2026;-151,80;EUR;Betaling Bancontact LOODGIETER;;
539-0075470-34;ATELIER;BE62510007547061;24;22/12/2026;22/12/2026;625,00;EUR;\
Instantoverschrijving in euro Van: KLANT VZW - \
BE62510007547061 Instant op 22/12 - 11:09:03 Mededeling: +++090/9337/55493+++;;
"""

ING_FR_BE = """Numéro de compte;Nom du compte;Compte contrepartie;Numéro de mouvement;Date comptable;\
Date valeur;Montant;\
Devise;Libellés;Détails du mouvement;Message
BE68 5390 0754 7034;Compte courant;;1;02/01/2026;02/01/2026;-2,90;EUR;Frais de carte;;Frais mensuels
"""

ARGENTA_NL = """Rekening;Boekdatum;Valutadatum;Referentie;Beschrijving;Bedrag;Munt;Verrichtingsdatum;\
Rekening tegenpartij;\
Naam tegenpartij;Mededeling
BE68 5390 0754 7034;05-01-2026;05-01-2026;B6A05PGK1234;Uitgaande overschrijving;-45,00;EUR;05-01-2026;\
BE62 5100 0754 7061;\
WEBHUIS BV;domein
"""

CRELAN_NL = """Datum;Bedrag;Saldo na verrichting;Munt;Tegenpartij;Rekening tegenpartij;Type verrichting;Mededeling;\
Rekening opdrachtgever
03/02/2026;.95;100.95;EUR;KLANT;BE62 5100 0754 7061;Overschrijving;dank;BE68 5390 0754 7034
04/02/2026;-.05;100.90;EUR;;;Kosten;;BE68 5390 0754 7034
;;;;;;;;
"""

CRELAN_FR = """Date;Montant;Solde apres operation;Devise;Contrepartie;Compte contrepartie;Type d'operation;\
Communication;\
Compte donneur d'ordre
03/02/2026;-5.95;2100.50;EUR;MAGASIN A;;Paiement Bancontact;MAGASIN 03-02;BE68 5390 0754 7034
"""

VDK = """Rekening;BE68 5390 0754 7034
Munt;EUR
Uitvoeringsdatum;Valutadatum;Jaar uittreksel;Nummer uittreksel;VDK-refertenummer;Soort beweging;\
Tegenpartij rekeningnummer;Tegenpartij BIC/SWIFT;Tegenpartij naam;Tegenpartij adres;Tegenpartij postnummer;\
Tegenpartij woonplaats;Tegenpartij land;Mededeling;Bedrag;Saldo na beweging;Wisselkoers;Kosten
03/02/2026;03/02/2026;2026;2;V1;Overschrijving;BE62 5100 0754 7061;KREDBEBB;WEBHUIS BV;STRAAT 1;9000;GENT;BE;domein;\
-45;955,5;;
"""

BEOBANK = """Datum;Waardedatum;Debet;Krediet;Omschrijving;Saldo
03/02/2026;03/02/2026;45,00;;Webhuis;955,00
"""

ING_OLD = """Datum;Naam;Rekening;Tegenrekening;Code;Afschrijving;Bijschrijving;Mededeling
03/02/2026;WEBHUIS BV;BE68 5390 0754 7034;BE62 5100 0754 7061;OV;45,00;;domein
"""

REVOLUT_BUSINESS = """Date started (UTC),Date completed (UTC),ID,Type,State,Description,Reference,Payer,Card number,\
Card label,Card state,Orig currency,Orig amount,Payment currency,Amount,Total amount,Exchange rate,Fee,Fee currency,\
Balance,Account,International account number,Beneficiary account number,Beneficiary sort code or routing number,\
Beneficiary IBAN,Beneficiary BIC,Beneficiary name,MCC,Related transaction id,Spend program,Sender account,\
Sender name,\
Card references
2026-03-10,2026-03-11,r-2,CARD_PAYMENT,COMPLETED,Cloud Box,,An Peeters,443252******0000,,ACTIVE,USD,12.00,EUR,-11.00,\
-11.50,0.91,0.50,EUR,988.50,EUR Main,,,,,,,5734,,,,,
2026-03-09,,r-1,CARD_PAYMENT,PENDING,Shop,,An Peeters,443252******0000,,ACTIVE,EUR,5.00,EUR,-5.00,-5.00,,0,EUR,,\
EUR Main\
,,,,,,,5734,,,,,
2026-03-09,2026-03-09,r-0,TRANSFER,COMPLETED,To Webhuis,invoice 7,An Peeters,,,,EUR,-100.00,EUR,-100.00,-100.00,\
,0,EUR,\
1000.00,EUR Main,,,,BE62510007547061,KREDBEBB,Webhuis BV,,,,,,
2026-03-08,2026-03-08,d-0,TOPUP,COMPLETED,From client,,,,,,USD,20.00,USD,20.00,20.00,,0,USD,20.00,USD Main,,,,,,,,,,\
US1,Client Inc,
"""

REVOLUT = """Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
CARD_PAYMENT,Current,2026-01-31 19:48:40,2026-02-01 07:30:04,Cloud Box,-39.90,1.00,EUR,COMPLETED,1057.82
TOPUP,Current,2026-02-04 17:59:03,2026-02-04 17:59:03,Payment from A,200.00,0.00,EUR,COMPLETED,1257.82
CARD_PAYMENT,Current,2026-02-25 16:51:50,,Taxi,-2.18,0.00,EUR,REVERTED,
"""

WISE = """TransferWise ID,Date,Amount,Currency,Description,Payment Reference,Running Balance,Exchange From,\
Exchange To,\
Exchange Rate,Payer Name,Payee Name,Payee Account Number,Merchant,Card Last Four Digits,Card Holder Full Name,\
Attachment,Note,Total fees
CARD-1,05-02-2026,-20.00,USD,Card transaction of 20.00 USD issued by Cloud Box,,480.00,,,,,,,Cloud Box,1234,An,,,0.00
TRANSFER-2,31-01-2026,500.00,USD,Received money from Client,INV 7,500.00,,,,Client Inc,,,,,,,,0.00
"""

QONTO = """Status,Settlement date (UTC),Operation date (UTC),Total amount (incl. VAT),Currency,Counterparty name,\
Counterparty IBAN,Reference,Balance,Account IBAN,Transaction ID
Settled,05-02-2026 10:00:00,05-02-2026 09:00:00,-120.00,EUR,Webhuis BV,BE62510007547061,invoice 9,880.00,\
FR1420041010050500013M02606,q-1
Declined,06-02-2026 10:00:00,06-02-2026 09:00:00,-99.00,EUR,Shop,,,880.00,FR1420041010050500013M02606,q-2
"""

N26 = """"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name",\
"Amount (EUR)","Original Amount","Original Currency","Exchange Rate"
2026-04-17,2026-04-18,"Webhuis BV",BE62510007547061,"Debit Transfer","domain","Main Account",-23.45,,,
"""

ING_NL = """"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)","Mutatiesoort",\
"Mededelingen","Saldo na mutatie","Tag"
"20260131","Webhuis BV","NL91ABNA0417164300","BE62510007547061","IC","Af","85,50","Incasso","termijn januari",\
"1.200,00",""
"20260125","Klant BV","NL91ABNA0417164300","","OV","Bij","2.500,00","Overschrijving","salaris","1.285,50",""
"""

RABOBANK = """"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn",\
"Tegenrekening IBAN/BBAN",\
"Naam tegenpartij","Naam uiteindelijke partij","Naam initiërende partij","BIC tegenpartij","Code","Batch ID",\
"Transactiereferentie","Machtigingskenmerk","Incassant ID","Betalingskenmerk","Omschrijving-1","Omschrijving-2",\
"Omschrijving-3","Reden retour","Oorspr bedrag","Oorspr munt","Koers"
"NL91ABNA0417164300","EUR","RABONL2U","000000000000001234","2026-01-31","2026-01-31","-45,00","+955,00",\
"BE62510007547061",\
"Webhuis BV","","","KREDBEBB","cb","","","","","","domein","jaar 2026","","","","",""
"""

ABN_AMRO = """Rekeningnummer;Muntsoort;Transactiedatum;Rentedatum;Beginsaldo;Eindsaldo;Transactiebedrag;Omschrijving
NL91ABNA0417164300;EUR;20260131;20260131;1000,00;914,50;-85,50;Huur januari
"""

DKB = """"Girokonto";"DE89370400440532013000"
"Kontostand vom 17.01.2026:";"1.234,56 €"
""
"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";"Umsatztyp";\
"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"
"16.01.26";"16.01.26";"Gebucht";"Atelier";"Webhuis";"Domain";"Ausgang";"BE62510007547061";"-9,99";"";"";""
"15.01.26";"15.01.26";"Gebucht";"Kunde";"Atelier";"Rechnung";"Eingang";"BE62510007547061";"100";"";"";""
"18.01.26";"";"Vorgemerkt";"Atelier";"Laden";"Kauf";"Ausgang";"";"-5";"";"";""
"""

SPARKASSE = """"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";\
"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";\
"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";\
"Waehrung";"Info"
"DE89370400440532013000";"16.01.26";"16.01.26";"ONLINE-UEBERWEISUNG";"Domain";"";"";"";"";"";"";"Webhuis";\
"BE62510007547061";"KREDBEBB";"-9,99";"EUR";"Umsatz gebucht"
"""

UNKNOWN_BANK = """Booking date,Description,Money out,Money in,Balance (GBP)
13/02/2026,Cloud Box,12.00,,988.00
14/02/2026,Client,,100.00,1088.00
15/02/2026,Shop,8.00,,1080.00
"""

UNKNOWN_BANK_WITHOUT_BALANCE = """Rekening;Datum;Bedrag;Tegenpartij;Tegenrekening;Mededeling
BE68 5390 0754 7034;13/02/2026;-12,00;Webhuis;BE62510007547061;domein
"""

ALL = {
    "KBC (NL)": KBC_NL,
    "KBC (EN)": KBC_EN,
    "KBC, CBC (FR)": KBC_FR,
    "Belfius (NL)": BELFIUS_NL,
    "Belfius (FR)": BELFIUS_FR,
    "BNP Paribas Fortis (NL)": BNP_NL,
    "BNP Paribas Fortis (FR)": BNP_FR,
    "BNP Paribas Fortis (old)": BNP_OLD,
    "ING (NL)": ING_NL_BE,
    "ING (FR)": ING_FR_BE,
    "Argenta": ARGENTA_NL,
    "Crelan (NL)": CRELAN_NL,
    "Crelan (FR)": CRELAN_FR,
    "vdk bank": VDK,
    "Beobank": BEOBANK,
    "ING (older)": ING_OLD,
    "Revolut Business": REVOLUT_BUSINESS,
    "Revolut": REVOLUT,
    "Wise": WISE,
    "Qonto": QONTO,
    "N26": N26,
    "ING (Netherlands)": ING_NL,
    "Rabobank": RABOBANK,
    "ABN AMRO": ABN_AMRO,
    "DKB": DKB,
    "Sparkasse": SPARKASSE,
    "a bank we do not know": UNKNOWN_BANK,
    "a bank we do not know, without balances": UNKNOWN_BANK_WITHOUT_BALANCE,
}
