"""Card statements as issuers write them, with invented cards and purchases."""

from __future__ import annotations

KBC_NL = """kredietkaart;kaarthouder;uitgavenstaat;datum verrichting;Datum verrekening;bedrag;credit;debet;munt;\
koers;\
bedrag in EUR;Kosten op verrichting;Handelaar;locatie;land;toelichting
512788XXXXXX1234;AN PEETERS;2026012;21/12/2026;23/12/2026;12,000000000;12,000000000;                ;USD;1,090000000;\
-11,01;0,00;CLOUD BOX;123;United States;United States - 123
512788XXXXXX1234;AN PEETERS;2026012;22/12/2026;23/12/2026;5,490000000;5,490000000;               ;EUR;1,000000000;\
-5,49;0,00;WINKEL ZUID;Gent;Belgium;Belgium - Gent
512788XXXXXX9999;BOB CLAES;2026012;22/12/2026;23/12/2026;7,000000000;7,000000000;               ;EUR;1,000000000;\
7,00;0,00;WINKEL ZUID;Gent;Belgium;terugbetaling
"""

KBC_EN = """credit card;card holder;Billing statement;date transaction;Settlement date;amount;credit;debit;\
currency;price;\
amount in EUR;Transaction cost;Merchant;location;country;explanation
512788XXXXXX1234;AN PEETERS;2026012;21/12/2026;23/12/2026;5,49;5,49;;EUR;1,00;-5,49;0,00;SHOP;Gent;Belgium;
"""

AMEX = """Date,Description,Card Member,Account #,Amount,Foreign Spend Amount,Commission,Exchange Rate,Reference
20/07/2026,CLOUD BOX,AN PEETERS,-71002,28.91,30.00 USD,,,R1
21/07/2026,SHOP REFUND,AN PEETERS,-71002,-3.50,,,,R2
22/07/2026,PAYMENT RECEIVED - THANK YOU,AN PEETERS,-71002,-200.00,,,,R3
"""

CORPORATE_FR = """Date de l'opération;Commerçant;Débit;Crédit;Devise;Numéro de carte;Devise d'origine;\
Montant d'origine;Statut
20/07/2026;NUAGE SA;28,91;;EUR;4111 1111 1111 1111;USD;30,00;Comptabilisé
21/07/2026;MAGASIN;;3,50;EUR;4111 1111 1111 1111;;;Comptabilisé
22/07/2026;Domiciliation relevé juin;;200,00;EUR;4111 1111 1111 1111;;;Comptabilisé
23/07/2026;HOTEL;90,00;;EUR;4111 1111 1111 1111;;;En attente
"""

ALL = {"KBC card (NL)": KBC_NL, "KBC card (EN)": KBC_EN, "Amex": AMEX, "corporate card (FR)": CORPORATE_FR}
