"""What a column of a ledger can mean, and the words by which the headers of books say so.

`MEANINGS` is the list a person chooses from. `WORDS` holds, for each meaning, whole headers and parts of headers in
English, French, Dutch and German, already in the plain form of `headers.plain`; the earlier of a meaning's words are
the better ones. `NOT_USED` are headers that would be mistaken for one of the meanings.

Limits: our own collection from programs, public bodies and banks we have seen; a header in another language is
judged by its values only.
"""

from __future__ import annotations

from collections.abc import Mapping

MEANINGS: Mapping[str, str] = {
    "date": "day of the invoice, booking or payment",
    "amount": "amount",
    "net": "amount without VAT",
    "gross": "amount with VAT",
    "vat": "VAT amount",
    "debit": "debit",
    "credit": "credit",
    "side": "debit or credit mark",
    "currency": "currency",
    "party": "name of the supplier",
    "party_id": "VAT or enterprise number of the supplier",
    "iban": "bank account of the supplier",
    "description": "description",
    "document": "number of the invoice or document",
    "entry": "number of the entry",
    "account": "account number",
    "account_name": "name of the account or kind of cost",
    "journal": "journal",
    "department": "department or cost centre",
    "holder": "whose books these are",
    "": "not used",
}


def _words(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


WORDS: Mapping[str, tuple[str, ...]] = {
    "date": _words("""
        payment date
        date paid
        paid date
        date of payment
        date
        invoice date
        document date
        transaction date
        posting date
        booking date
        effective date
        accounting date
        date posted
        entry date
        cleared date
        clearance date
        gl date
        trans date
        tax point
        datum
        factuurdatum
        documentdatum
        boekdatum
        boekingsdatum
        betaaldatum
        betalingsdatum
        datum factuur
        datum betaling
        uitvoeringsdatum
        date de facture
        date facture
        date comptable
        date de paiement
        date paiement
        date ecriture
        date piece
        date operation
        date du document
        belegdatum
        buchungsdatum
        rechnungsdatum
        zahlungsdatum
        buchungstag
        zahldatum
        ecriturdate
        ecrituredate
        day
        month
        period month
        maand
        mois
        monat
    """),
    "amount": _words("""
        amount
        transaction amount
        payment amount
        amount paid
        paid amount
        line amount
        invoice amount
        distribution amount
        ap amount
        amount including irrecoverable vat
        invoice line amount
        spend amount
        spend
        spend value
        value
        payment value
        amount in gbp
        amount gbp
        amount eur
        amount sterling
        actual amount
        expenditure amount
        total amount
        sum of amount
        total
        cost
        total cost
        total spend
        amt
        bedrag
        factuurbedrag
        betaald bedrag
        boekbedrag
        saldo bedrag
        totaalbedrag
        totaal
        montant
        montant facture
        montant paye
        montant total
        montant devise
        somme
        betrag
        umsatz
        buchungsbetrag
        rechnungsbetrag
        zahlbetrag
        gesamtbetrag
        summe
    """),
    "net": _words("""
        net amount
        amount net
        net
        net value
        net total
        net spend
        amount excluding vat
        amount excl vat
        amount ex vat
        amount excl
        amount net of vat
        payment amount excl vat
        amount excluding recoverable vat
        net of vat
        excl vat
        ex vat
        excluding vat
        excluding irrecoverable vat
        taxable amount
        taxable base
        bedrag excl btw
        bedrag excl
        bedrag exclusief btw
        excl btw
        exclusief btw
        zonder btw
        netto
        nettobedrag
        netto bedrag
        maatstaf van heffing
        maatstaf
        montant ht
        montant hors tva
        montant htva
        ht
        htva
        hors tva
        hors taxe
        base imposable
        net ht
        total ht
        total htva
        nettobetrag
        netto betrag
        betrag netto
        ohne mwst
        ohne ust
        bemessungsgrundlage
    """),
    "gross": _words("""
        gross amount
        amount gross
        gross
        gross value
        gross total
        amount including vat
        amount incl vat
        amount inc vat
        amount incl
        incl vat
        inc vat
        including vat
        bedrag incl btw
        bedrag incl
        bedrag inclusief btw
        incl btw
        inclusief btw
        bruto
        brutobedrag
        te betalen
        montant ttc
        montant tvac
        ttc
        tvac
        tva comprise
        total ttc
        total tvac
        net a payer
        a payer
        bruttobetrag
        brutto
        betrag brutto
        inkl mwst
        inkl ust
        mit mwst
    """),
    "vat": _words("""
        vat
        vat amount
        amount vat
        irrecoverable vat
        irrecoverable vat amount
        recoverable vat
        tax amount
        tax
        btw
        btw bedrag
        bedrag btw
        aftrekbare btw
        tva
        montant tva
        tva deductible
        montant de la tva
        mwst
        ust
        mwst betrag
        ust betrag
        steuerbetrag
        steuer
        vorsteuer
        mehrwertsteuer
        umsatzsteuer
    """),
    "debit": _words("""
        debit
        debit amount
        amount debit
        dr
        debet
        debetbedrag
        bedrag debet
        montant debit
        debit eur
        debet eur
        soll
        sollbetrag
        betrag soll
        soll betrag
        paid out
    """),
    "credit": _words("""
        credit
        credit amount
        amount credit
        cr
        creditbedrag
        bedrag credit
        montant credit
        credit eur
        haben
        habenbetrag
        betrag haben
        haben betrag
        paid in
    """),
    "side": _words("""
        debit credit
        debit or credit
        dr cr
        d c
        dc
        debet credit
        debit credit indicator
        d k
        sens
        soll haben
        soll haben kennzeichen
        sh
        s h
        dr or cr
    """),
    "currency": _words("""
        currency
        currency code
        curr
        ccy
        munt
        muntcode
        munteenheid
        valuta
        devise
        monnaie
        code devise
        wahrung
        waehrung
        wkz
        devies
    """),
    "party": _words("""
        supplier name
        supplier
        vendor name
        vendor
        beneficiary name
        beneficiary
        payee name
        payee
        creditor name
        creditor
        supplier payee
        merchant name
        merchant
        paid to
        supplier company name
        company name
        name of supplier
        organisation paid
        recipient
        recipient name
        third party
        counterparty
        contractor
        trader
        name
        leverancier
        naam leverancier
        leveranciersnaam
        begunstigde
        naam begunstigde
        tegenpartij
        naam tegenpartij
        crediteur
        crediteurnaam
        relatie
        relatienaam
        naam
        fournisseur
        nom fournisseur
        nom du fournisseur
        raison sociale
        beneficiaire
        nom du beneficiaire
        tiers
        nom tiers
        contrepartie
        creancier
        compauxlib
        nom
        lieferant
        name lieferant
        lieferantenname
        kreditor
        name des kreditors
        empfanger
        zahlungsempfanger
        geschaftspartner
        firma
        third party name
        redacted supplier name
    """),
    "party_id": _words("""
        vat number
        supplier vat number
        supplier vat registration number
        vat registration number
        vat reg no
        vat no
        vat id
        company number
        company registration number
        company reg no
        enterprise number
        btw nummer
        btwnummer
        btw nr
        ondernemingsnummer
        kbo nummer
        kvk nummer
        numero tva
        numero de tva
        no tva
        n tva
        num tva
        numero d entreprise
        numero entreprise
        siren
        siret
        ust id
        ustid
        ust idnr
        ustidnr
        umsatzsteuer id
        handelsregisternummer
        mwst nummer
        tax id
        duns
    """),
    "iban": _words("""
        iban
        iban leverancier
        iban begunstigde
        bank account
        bankrekening
        rekening tegenpartij
        compte bancaire
        bankverbindung
        bankkonto
    """),
    "description": _words("""
        description
        line description
        transaction description
        invoice description
        item description
        purpose
        purpose of spend
        purpose of expenditure
        narrative
        details
        detail
        detailed expenses
        summary of purpose
        item text
        text
        memo
        remarks
        comments
        notes
        omschrijving
        beschrijving
        mededeling
        commentaar
        opmerking
        boekingsomschrijving
        libelle
        libelle ecriture
        ecriturelib
        description de l ecriture
        communication
        intitule
        objet
        commentaire
        remarque
        beschreibung
        buchungstext
        bezeichnung
        verwendungszweck
        bemerkung
        belegtext
    """),
    "document": _words("""
        invoice number
        invoice no
        invoice ref
        invoice reference
        supplier invoice number
        invoice
        document number
        document no
        document ref
        doc no
        document
        transaction number
        transaction no
        transaction ref
        transaction reference
        transaction id
        trans no
        trans ref
        transno
        reference number
        reference
        ref no
        ref
        unique reference
        payment reference
        payment ref
        payment number
        payment no
        cheque number
        cheque no
        internal reference
        internal ref
        our reference
        voucher number
        voucher
        factuurnummer
        factuurnr
        factuur nr
        factuur
        documentnummer
        document nr
        stuknummer
        docnummer
        bonnummer
        referentie
        kenmerk
        numero facture
        numero de facture
        num facture
        no facture
        n facture
        facture
        numero de piece
        numero piece
        no piece
        n piece
        piece
        pieceref
        piece ref
        reference piece
        rechnungsnummer
        rechnungsnr
        rechnungs nr
        rechnung
        belegnummer
        beleg nr
        belegnr
        beleg
        belegfeld 1
        referenz
    """),
    "entry": _words("""
        entry number
        entry no
        entry id
        journal entry
        journal number
        journal no
        entry
        boekingsnummer
        boeking nr
        boekstuknummer
        boekstuk
        volgnummer
        ecriturenum
        numero ecriture
        numero d ecriture
        no ecriture
        ecriture
        buchungsnummer
        buchungs nr
        journalnummer
    """),
    "account": _words("""
        account number
        account code
        account no
        gl account
        gl code
        ledger code
        nominal code
        nominal account
        general ledger account
        subjective code
        expenditure code
        expense code
        cost code
        detail code
        objective code
        account
        rekening
        rekeningnummer
        grootboekrekening
        grootboeknummer
        grootboek
        algemene rekening
        gb rekening
        kostenrekening
        compte
        numero de compte
        no compte
        n compte
        num compte
        compte general
        comptenum
        cpt
        konto
        kontonummer
        kontonr
        sachkonto
        gegenkonto
        aufwandskonto
        hauptkonto
    """),
    "account_name": _words("""
        account name
        account label
        account description
        gl account name
        nominal description
        nominal name
        subjective description
        subjective
        subjective detail
        expense type
        expenditure type
        expenditure category
        expenditure category description
        expenditure unit
        expenses type
        expense category
        category
        category description
        spend category
        spend type
        cost type
        type of expenditure
        type of spend
        merchant category
        procurement category
        procurement classification
        proclass description
        proclass
        commodity
        expenditure description
        gl description
        detail code description
        rekeningnaam
        rekening naam
        naam rekening
        grootboeknaam
        rekeningomschrijving
        omschrijving rekening
        naam grootboek
        grootboekomschrijving
        kostensoort
        rubriek
        categorie
        libelle compte
        libelle du compte
        intitule compte
        intitule du compte
        comptelib
        nom du compte
        nature
        rubrique
        kontoname
        kontobezeichnung
        konto bezeichnung
        kontenbezeichnung
        kostenart
        kategorie
    """),
    "journal": _words("""
        journal
        journal code
        journal name
        book
        daybook
        ledger
        dagboek
        dagboekcode
        dagboek code
        code journal
        journalcode
        journallib
        journal lib
        buchungskreis
    """),
    "department": _words("""
        department
        department name
        dept
        dept name
        dept family
        department family
        directorate
        directorate name
        service
        service area
        service label
        service division label
        service division
        service category label
        service code
        division
        business unit
        cost centre
        cost center
        cost centre name
        cost centre description
        expense area
        organisational unit
        organisation unit
        organizational unit
        unit
        team
        portfolio
        section
        area
        group
        project
        project name
        afdeling
        dienst
        kostenplaats
        kostenplaatsnaam
        directie
        vestiging
        project naam
        departement
        centre de cout
        centre de couts
        centre d analyse
        section analytique
        analytique
        direction
        abteilung
        kostenstelle
        bereich
        kost1
        standort
        projekt
    """),
    "holder": _words("""
        body name
        body
        organisation name
        organisation
        organization
        organisation label
        org
        org name
        public body
        entity
        entity name
        authority
        council
        trust
        local authority
        purchasing body
        administratie
        vennootschap
        dossier
        bedrijf
        entite
        societe
        mandant
        gesellschaft
        publisher
        publisher name
    """),
}

NOT_USED = _words("""
    due date
    start date
    end date
    expiry date
    current expiry date
    renewal date
    date of birth
    birth date
    delivery date
    order date
    value date
    date received
    received date
    date created
    created date
    created
    modified
    last activity date
    period end
    financial year
    fiscal year
    year
    quarter
    vervaldatum
    vervaldag
    startdatum
    einddatum
    valutadatum
    leverdatum
    besteldatum
    geboortedatum
    date echeance
    date d echeance
    echeance
    date de debut
    date de fin
    date valeur
    date de valeur
    datelet
    date lettrage
    validdate
    falligkeit
    falligkeitsdatum
    falligkeitstag
    wertstellung
    valutatag
    startdatum
    enddatum
    lieferdatum
    balance
    running balance
    running total
    cumulative
    cumulative amount
    year to date
    ytd
    opening balance
    closing balance
    saldo
    solde
    openstaand
    openstaand bedrag
    outstanding
    outstanding amount
    reste a payer
    offen
    quantity
    qty
    unit price
    aantal
    prijs
    quantite
    prix unitaire
    menge
    einzelpreis
    vat rate
    vat code
    vat percent
    tax code
    tax rate
    btw code
    btw tarief
    code tva
    taux tva
    steuersatz
    steuerschlussel
    bu schlussel
    exchange rate
    wisselkoers
    cours
    kurs
    annual value
    contract value
    total contract value
    budget
    supplier id
    supplier number
    supplier no
    supplier code
    supplier ref
    supplier reference
    supplier type
    supplier postcode
    vendor id
    vendor number
    vendor code
    vendor no
    creditor number
    beneficiary id
    leveranciersnummer
    leverancier nr
    crediteurnummer
    relatienummer
    code fournisseur
    numero fournisseur
    compauxnum
    lieferantennummer
    kreditorennummer
    postcode
    post code
    address
    street
    city
    country
    phone
    email
    charity number
    contract reference
    contract number
    contract title
    contract id
    purchase order
    purchase order number
    po number
    order number
    bestelnummer
    bon de commande
    bestellnummer
    capital revenue
    capital or revenue
    caporrev
    revenue capital
    revenue or capital
    kvk
    ecriturelet
    idevise
    montantdevise
    status
    type
    id
    line number
    line no
    line
    row
    lijn
    ligne
    zeile
    version
    visibility
    url
""")
