"""Records for tests, made the way the product makes them where that is quick: plain functions, no library.

`make_everything` gives a company so many of each kind of record; what it is asked for a second time comes on top.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import typst
from django.core.files.base import ContentFile
from django.utils import timezone

from pilothouse.accounts.models import Company, Invitation, Membership, Practice, Role, User
from pilothouse.knowledge.sourcing_graduation import playbooks, triggers
from pilothouse.records.models import (
    Arrival,
    AssumptionOverride,
    Attachment,
    CheckAnswer,
    Contract,
    ContractDecision,
    Drill,
    FlagWord,
    Import,
    ImportFile,
    Incident,
    Paper,
    PaymentWord,
    ProfileVersion,
    ReadinessAnswers,
    RegisterWord,
    Report,
    ResponsibilityMatrix,
    Review,
    SavedView,
    SourceFile,
    SpendDecision,
    TriggerState,
    VendorCard,
    VendorWord,
)
from pilothouse.sample.bills import Bill, Line
from pilothouse.sample.firm import party
from pilothouse.sample.ubl_writer import write_ubl
from pilothouse.services import contracts, costs, drills, graduation, intake, proofs, responsibilities, spend

UNKNOWN = "Onbekende"  # how vendors begin of which nothing is known
BOUGHT = (
    "Microsoft 365 Business Standard",
    "Firewall onderhoud",
    "Bureaustoelen",
    "Consultancy",
    "Webhosting",
)


def invoice(number: int, *, buyer: str = "us", issued: date | None = None) -> bytes:
    """An e-invoice of a seller of its own to the firm `buyer`; some are IT, some are not, some are hard to tell."""
    day = issued or timezone.localdate().replace(day=1) - timedelta(days=20 + number % 300)
    bought = Line(BOUGHT[number % len(BOUGHT)], Decimal(1), Decimal(100 + number), description=f"nr {number}")
    bill = Bill(
        number=f"F-{number:04}",
        seller=party(f"{buyer} seller {number}", f"Leverancier {number:04} BV"),
        buyer=party(buyer, "Wij Zelf NV"),
        month=0,
        issued=day,
        due=day + timedelta(days=30),
        lines=(bought,),
    )
    return write_ubl(bill)


def bring_in(company: Company, files: Iterable[tuple[str, bytes]], *, by: User) -> Import:
    """Bring files in and take them in at once, as a worker would."""
    brought = [intake.Brought(name, io.BytesIO(data)) for name, data in files]
    batch = intake.receive(company, brought, by=by)
    intake.take_in(batch.pk, today=timezone.localdate())
    batch.refresh_from_db()
    return batch


def bring_invoices(company: Company, number: int, *, by: User) -> Import:
    """One import of `number` invoices that are not there yet, and one file that cannot be read."""
    start = ImportFile.objects.of(company).count()
    invoices = [(f"factuur-{n}.xml", invoice(n, buyer=company.slug)) for n in range(start, start + number)]
    return bring_in(company, [*invoices, (f"brief-{start}.txt", b"Geachte, hierbij")], by=by)


@cache
def _printed(words: str) -> bytes:
    """A PDF of one page with these words."""
    made: bytes = typst.compile(f"#set page(width: 9cm, height: 6cm)\n{words}".encode())
    return made


def document_file(company: Company, number: int) -> tuple[str, bytes]:
    """A PDF invoice without an e-invoice in it, which waits for its figures."""
    words = f"Factuurnummer: D{number} \\ Factuurdatum: 09/01/2026 \\ Te betalen: 121,00 EUR {company.slug}"
    return f"document-{number}.pdf", _printed(words)


def make_document(company: Company, number: int, *, by: User) -> Paper:
    """Such a PDF, brought in."""
    bring_in(company, [document_file(company, number)], by=by)
    found: Paper = Paper.objects.of(company).filter(kind="document").order_by("-pk")[0]
    return found


def make_attachment(paper: Paper) -> Attachment:
    """A file that came inside an invoice."""
    source, _ = SourceFile.objects.get_or_create(
        company=paper.company, sha256="b" * 64, defaults={"name": "time-sheet.pdf", "size": 3}
    )
    if not source.content:
        source.content.save("", ContentFile(b"pdf"))
    made: Attachment = Attachment.objects.create(
        company=paper.company, paper=paper, file=source, name="time-sheet.pdf", mime="application/pdf"
    )
    return made


def make_decision(company: Company, *, by: User) -> SpendDecision:
    """What a person said of the first known vendor they said nothing of yet; the unknown stay to be asked."""
    said = SpendDecision.objects.of(company).values_list("vendor_key", flat=True)
    review = spend.current(company)
    assert review is not None
    known = review.lines.exclude(vendor_name__startswith=UNKNOWN)
    line = known.exclude(vendor_key__in=said).order_by("pk").first()
    assert line is not None, "there are fewer vendors than decisions asked for"
    decision: SpendDecision = SpendDecision.objects.create(
        company=company, vendor_key=line.vendor_key, vendor_name=line.vendor_name, is_it=True, by=by
    )
    return decision


def make_word(company: Company, *, by: User) -> VendorWord:
    """What a person said of who the first vendor is."""
    review = spend.current(company)
    assert review is not None
    line = review.lines.exclude(vendor_name__startswith=UNKNOWN).order_by("pk").first()
    assert line is not None
    word: VendorWord = VendorWord.objects.create(
        company=company,
        says="called",
        vendor_key=line.vendor_key,
        vendor_name=line.vendor_name,
        name="X",
        by=by,
    )
    return word


def question_file(company: Company, number: int) -> tuple[str, bytes]:
    """An invoice of a vendor of which nothing is known, so that there is something to be asked."""
    words = f"Consultancy volgens afspraak {number}"
    bill = Bill(
        number=f"Q-{number:04}",
        seller=party(f"{company.slug} unknown {number}", f"{UNKNOWN} {company.slug[::-1]} {number:04}"),
        buyer=party(company.slug, "Wij Zelf NV"),
        month=0,
        issued=timezone.localdate().replace(day=1) - timedelta(days=20),
        due=timezone.localdate(),
        lines=(Line(words, Decimal(1), Decimal(5000 + number)),),
    )
    return f"vraag-{number}.xml", write_ubl(bill)


def bank_file(company: Company, number: int) -> tuple[str, bytes]:
    """A payment without an invoice, and one that pays an invoice."""
    day = timezone.localdate().replace(day=1) - timedelta(days=10 + number)
    return f"bank-{number}.xml", statement(company, day, f"{Decimal(600) + number}.00", number)


def make_payment_word(company: Company, number: int, *, by: User) -> PaymentWord:
    """What a person said: that a payment does not pay an invoice."""
    word: PaymentWord = PaymentWord.objects.create(
        company=company,
        says="does_not_pay",
        movement_print=f"{number:064}",
        invoice_print=f"{number:064}",
        movement_text=f"Leverancier {number} {600 + number}.00 EUR",
        invoice_text=f"Leverancier {number} F-{number}",
        by=by,
    )
    return word


def statement(company: Company, day: date, amount: str, number: int) -> bytes:
    """A bank statement: a payment of `amount` that names nothing, and one that names the invoice of a question."""
    asked = (Decimal(5000 + number) * Decimal("1.21")).quantize(Decimal("0.01"))
    entries = "".join(
        f"""<Ntry><Amt Ccy="EUR">{paid}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><NtryDtls><TxDtls>
        <RltdPties><Cdtr><Nm>{to}</Nm></Cdtr></RltdPties><RmtInf><Ustrd>{words}</Ustrd></RmtInf>
        </TxDtls></NtryDtls></Ntry>"""
        for paid, to, words in (
            (amount, f"{UNKNOWN} {company.slug[::-1]} {number:04}", ""),
            (str(asked), f"{UNKNOWN} {company.slug[::-1]} {number:04}", f"Q-{number:04}"),
        )
    )
    return f"""<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
    <BkToCstmrStmt><Stmt><Id>{company.slug}-{number}</Id><Acct><Id><IBAN>BE68539007547034</IBAN></Id><Ccy>EUR</Ccy>
    </Acct>{entries}</Stmt></BkToCstmrStmt></Document>""".encode()


def make_contract(
    company: Company, number: int, *, by: User, proposed: Iterable[str] = ("notice_length",)
) -> Contract:
    """A yearly contract that somebody decided not to end for now; of its notice nobody said that it is right."""
    today = timezone.localdate()
    contract = Contract(
        company=company,
        name=f"Overeenkomst {company.slug} {number}",
        vendor_name=f"Leverancier {number:04} BV",
        start=today.replace(day=1) - timedelta(days=400 + number),
        initial_term="P1Y",
        notice_length="P1M",
        yearly_cost=Decimal(1200 + number),
        proposed=list(proposed),
        origin=Contract.Origin.PAPER,
        responsible=by,
    )
    contracts.save(contract, [], by=by, today=today)
    contract.scope = "Beheer"
    contracts.save(contract, ["scope"], by=by, today=today)
    exit_day = contract.exit_day
    assert exit_day is not None
    renewed = ContractDecision(kind="renew", reason="Het bevalt", exit_day=exit_day)
    contracts.decide(contract, renewed, by=by, today=today)
    proofs.add(
        renewed, f"aangetekend-{number}.pdf", io.BytesIO(b"%PDF-1.4 " + f"{company.slug} {number}".encode())
    )
    FlagWord.objects.create(company=company, contract=contract, flag="notice_window", why="Kleine som", by=by)
    CheckAnswer.objects.create(company=company, contract=contract, check_id="travel", says="good", by=by)
    RegisterWord.objects.create(company=company, finding=f"expired:{number}", why="Loopt af", by=by)
    VendorCard.objects.create(
        company=company, vendor_key=f"name:{company.slug} {number}", vendor_name=f"Leverancier {number:04} BV"
    )
    return contract


def agreement_file(company: Company, number: int) -> tuple[str, bytes]:
    """A paper that becomes a contract by itself."""
    return f"overeenkomst-{number}.txt", AGREED.format(number=number, slug=company.slug).encode()


AGREED = """OVEREENKOMST BEHEERDE IT-DIENSTEN {number}

Tussen Leverancier {slug} {number} BV, hierna de Leverancier, en Wij Zelf NV, hierna de Klant, wordt overeengekomen:

Artikel 1. Duur
De overeenkomst gaat in op 1 januari 2024 en wordt gesloten voor een vaste duur van 36 maanden.
Zonder opzegging wordt ze telkens stilzwijgend verlengd met 12 maanden.

Artikel 2. Opzegging
Elke partij kan de overeenkomst opzeggen tegen het einde van de lopende termijn, met een opzegtermijn van 3 maanden.

Artikel 3. Slotbepalingen
Op deze overeenkomst is het Belgische recht van toepassing.
"""


def make_report(company: Company, *, by: User) -> Report:
    """A kept diagnosis; its PDF is an empty shell."""
    report = Report(
        company=company, review=spend.current(company), by=by, created_at=timezone.now(), content={}
    )
    report.pdf.save("report.pdf", ContentFile(b"%PDF-1.7\n%%EOF\n"), save=False)
    report.save()
    return report


def make_profile(company: Company, *, by: User, headcount: int) -> ProfileVersion:
    version: ProfileVersion = ProfileVersion.objects.create(
        company=company, by=by, holds_from=timezone.localdate(), legal_name=company.name, headcount=headcount
    )
    return version


def make_member(company: Company, name: str, *, practice: Practice | None = None) -> Membership:
    user = User.objects.create_user(f"{name}@{company.slug}.example", name=name.title())
    return Membership.objects.create(company=company, user=user, role=Role.READER, practice=practice)


def make_matrix(company: Company, *, by: User) -> ResponsibilityMatrix:
    """The next version of who does what, signed by the firm."""
    latest = responsibilities.newest(company)
    rows = responsibilities.drafted_for(company, "fully_outsourced")
    base = latest.number if latest else 0
    settled = responsibilities.Settled("fully_outsourced", rows, {}, "As agreed")
    version = responsibilities.keep(company, settled, base=base, by=by)
    responsibilities.sign(version, "owner", "An Owner", "", date(2026, 1, 1), by=by)
    return version


def make_graduation(company: Company, count: int, *, by: User) -> None:
    """A way under way, a drill, an incident, answers on readiness, and a state of a trigger."""
    AssumptionOverride.objects.create(
        company=company,
        key="market.hour",
        low=80 + count,
        mode=90 + count,
        high=100 + count,
        note="Our bills",
        by=by,
    )
    costs.keep_forecast(company, "break_fix", today=date(2026, 1, 1), by=by)
    playbook = playbooks()[count % len(playbooks())]
    graduation.start(company, playbook, today=date(2026, 1, 1), by=by)
    drill = Drill(company=company, held_on=date(2026, 1, 1), minutes=30, failed="The lock")
    drills.keep(drill, {"open_the_store": drills.StepSaid("no", 20, "Locked")}, by=by)
    drills.make_tasks(drill, f"After a try {count}", by=by)
    Incident.objects.create(
        company=company,
        happened_on=timezone.localdate(),
        what=f"Mail down {count}",
        outside_hours=True,
        by=by,
    )
    ReadinessAnswers.objects.create(company=company, answers={"second_admin": "yes"}, by=by)
    TriggerState.objects.update_or_create(
        company=company,
        key=triggers()[count % len(triggers())].key,
        defaults={"state": "met", "first_met": date(2026, 1, 1), "last_seen": date(2026, 1, 1)},
    )


def make_everything(company: Company, number: int, *, by: User, practice: Practice | None = None) -> None:
    """`number` more of each kind of record; people brought them in, decided, invited and made reports.

    Papers come in two imports, before and after people decided, since each import works the figures out anew.
    """
    done = Report.objects.of(company).count()
    counts = range(done, done + number)
    bring_invoices(company, number, by=by)
    for count in counts:
        if count:  # the import with the papers is the first
            Import.objects.create(company=company, by=by, state=Import.State.FAILED, failure="unexpected")
        make_decision(company, by=by)
        make_word(company, by=by)
    kinds = (question_file, bank_file, document_file, agreement_file)
    bring_in(company, [made(company, count) for count in counts for made in kinds], by=by)
    for count, document in zip(counts, _newest_documents(company, number), strict=True):
        make_payment_word(company, count, by=by)
        make_attachment(document)
        make_contract(company, count, by=by)
        make_report(company, by=by)
        make_profile(company, by=by, headcount=count + 1)
        make_matrix(company, by=by)
        make_graduation(company, count, by=by)
        make_member(company, f"member-{count}", practice=practice)
        SavedView.objects.create(company=company, name=f"View {count}", page="spend_by", shared=True, by=by)
        Arrival.objects.create(company=company, kind="folder", folder=f"/nowhere/{count}", by=by)
        Invitation.objects.create(company=company, email=f"invited-{count}@elsewhere.example", by=by)


def _newest_documents(company: Company, number: int) -> list[Paper]:
    """The PDF invoices brought last, the oldest first."""
    found = Paper.objects.of(company).filter(kind="document", source__name__startswith="document-")
    return list(reversed(found.order_by("-pk")[:number]))


def shown_review(company: Company) -> Review:
    """The review that pages show; there must be one."""
    review = spend.current(company)
    assert review is not None
    return review
