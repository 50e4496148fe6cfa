"""The traps laid in what is neither e-invoice nor bank file: books, card, licences, contracts, other forms of bills."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pilothouse.sample.bank import Booked
from pilothouse.sample.bills import ZERO
from pilothouse.sample.books import ledger_places
from pilothouse.sample.card import card_places
from pilothouse.sample.contracts import ContractTruth
from pilothouse.sample.exports import LICENCES_FILE, USERS_FILE, Seat, is_idle
from pilothouse.sample.others import pdf_only, twin_name, with_a_pdf_twin
from pilothouse.sample.papers import paper_name
from pilothouse.sample.payments import Kind
from pilothouse.sample.story import Story
from pilothouse.sample.traps import Trap

_MONTHS = 12


def other_traps(story: Story) -> tuple[Trap, ...]:
    """All of them; `worth` is a sum of a year in euro net of VAT."""
    return (*_of_books_and_card(story), *_of_licences(story), *_of_contracts(story), *_of_forms(story))


def _of_books_and_card(story: Story) -> Iterator[Trap]:
    only = {(bill.seller.vat_id, bill.number) for bill in story.only_booked}
    files = (f for row, f, _ in ledger_places(story.ledger) if (row.vat_id, row.number) in only)
    yield Trap(
        "only_in_the_ledger",
        "Bought on paper: no e-invoice, and two of them were paid in cash.",
        tuple(dict.fromkeys(files)),
        tuple(b.reference for b in _booked(story) if b.payment.kind is Kind.PAYS_BOOKED_ONLY),
    )
    cards = tuple(dict.fromkeys(file for _, file, _ in card_places(story.card)))
    yield Trap(
        "card_debit",
        "The bank debits a month of the card, whose lines are the cost: counted twice by who counts both.",
        cards,
        tuple(b.reference for b in _booked(story) if b.payment.kind is Kind.CARD_DEBIT),
    )
    chat = [c for c in story.card if c.purpose == "chat_meetings"]
    yield Trap(
        "same_purpose_on_the_card",
        f"{chat[0].merchant} does what Teams, Zoom and Slack do already.",
        cards,
        (),
        sum((charge.cost for charge in chat[-_MONTHS:]), ZERO),
    )
    yield Trap("dollars_on_the_card", "Billed in dollars, charged in euro.", cards, ())
    rising = [c for c in story.card if c.merchant == story.card[0].merchant]
    yield Trap(
        "card_price_rise",
        f"{rising[0].merchant} rose from {rising[0].amount} to {rising[-1].amount} a month.",
        cards,
        (),
        (rising[-1].cost - rising[0].cost) * _MONTHS,
    )


def _booked(story: Story) -> list[Booked]:
    return [booked for statement in story.statements for booked in statement.booked]


def _of_licences(story: Story) -> Iterator[Trap]:
    price = {one.product.upper(): one.price for one in story.licences}

    def a_year(seats: list[Seat]) -> Decimal:
        return sum((price[product] * _MONTHS for seat in seats for product in seat.products), ZERO)

    left = [seat for seat in story.seats if seat.has_left]
    yield Trap("leavers_licence", "Two people who left still have one.", (USERS_FILE,), (), a_year(left))
    idle = [seat for seat in story.seats if is_idle(seat, story.months) and not seat.has_left]
    yield Trap("idle_seats", "Not used for half a year, or never.", (USERS_FILE,), (), a_year(idle))
    yield Trap(
        "spare_licences",
        "Paid and given to nobody.",
        (LICENCES_FILE,),
        (),
        sum((one.spare_a_year for one in story.licences), ZERO),
    )


def _of_contracts(story: Story) -> Iterator[Trap]:
    def those(key: str, says: str, found: list[ContractTruth], worth: Decimal | None = None) -> Trap:
        return Trap(key, says, tuple(contract.paper for contract in found), (), worth)

    all_of_them = list(story.contracts)
    soonest = min(all_of_them, key=lambda contract: contract.last_day)
    yield those("notice_close_by", f"Notice is to be given by {soonest.last_day} at the latest.", [soonest])
    dear = [c for c in all_of_them if any(price.too_much_a_year for price in c.prices)]
    worth = sum((price.too_much_a_year for contract in dear for price in contract.prices), ZERO)
    yield those("dearer_than_agreed", "Billed higher than the contract allows.", dear, worth)
    renewed = [c for c in all_of_them if c.term_ends != c.ends]
    yield those("renewed_tacitly", "Nobody gave notice: a later term is running.", renewed)
    long = [c for c in all_of_them if c.renewal_months == c.initial_months > _MONTHS]
    yield those("renews_for_long", "It renews for as long as it began.", long)
    index = [c for c in all_of_them if c.rules == "index"]
    yield those("index_without_cap", "The price follows an index, without a cap and only upwards.", index)
    uncapped = [c for c in all_of_them if not c.capped_liability]
    yield those(
        "liability_without_cap", "No word on the vendor's liability; the firm's has no limit.", uncapped
    )
    stuck = [c for c in all_of_them if not c.help_at_end]
    yield those("no_help_at_the_end", "Nothing is agreed on help at the end.", stuck)


def _of_forms(story: Story) -> Iterator[Trap]:
    twin, alone = with_a_pdf_twin(story.bills, story.months), pdf_only(story.months)
    yield Trap("xml_and_pdf", "One invoice in two forms.", (paper_name(twin), twin_name(twin)), ())
    yield Trap("only_as_pdf", "An invoice without an e-invoice: it waits for a person.", (alone.file,), ())
    within = tuple(bill.file for bill in story.others if bill.file not in (alone.file,))
    yield Trap("in_another_form", "As CII, as CII within a PDF, in a mail, in an archive.", within, ())
