"""The questions of a company: which come first, what an answer is of, and that nobody is asked twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from pilothouse.accounts.models import Company
from pilothouse.engine.spend.questions import LOT
from pilothouse.records.models import Review, SetAside, SpendDecision, SpendLine, VendorWord
from pilothouse.services import asking, decisions, spend
from pilothouse.services.asking import Answer, Asked, Key, Outcome, Show, Waiting
from pilothouse.services.spend import in_batches
from tests.conftest import TODAY, Person
from tests.services.small_papers import bill, bring, payments, undo

pytestmark = pytest.mark.django_db

UNKNOWN = "Strandstoelen"
KNOWN = "Microsoft 365 Business Standard"


def waiting(company: Company, show: Show = Show.UNSURE, *, lot: int = 0) -> Waiting:
    return asking.waiting(Review.objects.current(company), show, lot=lot)


def names(company: Company, show: Show = Show.UNSURE) -> list[str]:
    return [asked.vendor_name for asked in waiting(company, show).asked]


def first_key(company: Company, show: Show = Show.UNSURE) -> Key:
    return waiting(company, show).asked[0].key


def say(company: Company, person: Person, said: Answer, show: Show = Show.UNSURE) -> Outcome:
    return asking.answer(company, said, show=show, by=person.user)


def its(company: Company) -> dict[str, set[str]]:
    """What the lines of each vendor are said to be."""
    review = spend.current(company)
    found: dict[str, set[str]] = {}
    for name, it in SpendLine.objects.of(company).filter(review=review).values_list("vendor_name", "it"):
        found.setdefault(name, set()).add(it)
    return found


# --- what is asked, and first -----------------------------------------------------------------------------------


def test_nothing_is_asked_before_the_first_papers(company: Company, owner: Person) -> None:
    found = waiting(company)
    assert found.asked == ()
    assert asking.question(found, 0) is None
    assert asking.numbers(found) == dict.fromkeys(Show, 0)
    assert say(company, owner, Answer(("name:x", ""), is_it=True)).kept == ()
    assert asking.set_aside(company, [("name:x", "")], by=owner.user) == []
    assert asking.take_back(company, [1], [1], by=owner.user) == 0


def test_the_most_money_comes_first_and_a_place_beyond_the_end_is_the_last(company: Company) -> None:
    bring(
        company,
        a__xml=bill("Klein BV", what=UNKNOWN, net="100"),
        b__xml=bill("Groot BV", what=UNKNOWN, net="900"),
        c__xml=bill("Middel BV", what=UNKNOWN, net="400"),
        d__xml=bill("Wolkenrijk BV", what=KNOWN, net="9000"),
    )
    found = waiting(company)
    assert [asked.vendor_name for asked in found.asked] == ["Groot BV", "Middel BV", "Klein BV"]
    assert found.amount == Decimal(1400)
    last = asking.question(found, 99)
    assert last is not None
    assert (last.place, last.asked.vendor_name) == (2, "Klein BV")
    assert names(company, Show.UNCONFIRMED) == ["Wolkenrijk BV"]
    assert asking.numbers(found) == {Show.UNSURE: 3, Show.UNCONFIRMED: 1, Show.ASIDE: 0}
    assert asking.numbers(waiting(company, Show.UNCONFIRMED)) == asking.numbers(found)


def test_a_question_says_what_it_is_about(company: Company) -> None:
    days = [date(2026, 1, 9), date(2026, 3, 9), date(2026, 5, 9), date(2026, 6, 9), date(2026, 7, 9)]
    bills = {
        f"f{number}__xml": bill("Strandwinkel BV", f"F-{number}", what=UNKNOWN, issued=day, net=net)
        for number, (day, net) in enumerate(zip(days, ["10", "800", "30", "20", "40"], strict=True))
    }
    bring(company, **bills)
    question = asking.question(waiting(company), 0)
    assert question is not None
    assert (question.asked.lines, question.asked.amount.amount) == (5, Decimal(900))
    assert (question.first, question.last) == (days[0], days[-1])
    assert [line.date for line in question.examples] == [days[4], days[3], days[1]], (
        "newest two, and the dearest"
    )
    assert question.whole
    assert question.asked.would_say is False
    assert len(question.offered) == 5
    assert question.because
    assert question.seen == 0


def test_natural_persons_and_what_does_not_count_are_never_asked(company: Company) -> None:
    bring(
        company,
        a__xml=payments(
            (date(2026, 5, 4), "900.00", "Jan Janssens", "loon mei"),
            (date(2026, 5, 5), "121.00", "Strandwinkel BV", "stoelen"),
        ),
    )
    assert SpendLine.objects.of(company).filter(counting="natural_person").exists()
    assert names(company) == ["Strandwinkel BV"]


def test_only_the_hundred_that_are_looked_at_are_weighed(company: Company) -> None:
    names_ = [f"Winkel {chr(97 + n // 26)}{chr(97 + n % 26)}zaak BV" for n in range(LOT + 5)]
    bring(
        company,
        **{f"f{n}__xml": bill(name, what=UNKNOWN, net=str(2000 - n)) for n, name in enumerate(names_)},
    )
    first, second = waiting(company), waiting(company, lot=1)
    assert [a.confidence is None for a in first.asked] == [False] * LOT + [True] * 5
    assert [a.confidence is None for a in second.asked] == [True] * LOT + [False] * 5
    lots = [{a.key for a in waiting_.asked[:LOT]} for waiting_ in (first, second)]
    assert lots[0] == lots[1], "the same dearest hundred, whether weighed or not"
    far = asking.question(first, LOT + 2)
    assert far is not None
    assert far.asked.confidence is not None


# --- what an answer is of ---------------------------------------------------------------------------------------


def test_an_answer_on_a_vendor_that_is_alike_holds_for_all_of_it(company: Company, owner: Person) -> None:
    bring(
        company,
        a__xml=bill("Strandwinkel BV", "F-1", what=UNKNOWN),
        b__xml=bill("Strandwinkel BV", "F-2", what="Parasols"),
    )
    key = first_key(company)
    outcome = say(company, owner, Answer(key, is_it=True, purpose="web_hosting", department="Winkel"))
    (kept,) = outcome.kept
    assert (kept.line_print, kept.purpose, kept.department, kept.lines) == ("", "web_hosting", "Winkel", 2)
    assert names(company) == []
    bring(company, c__xml=bill("Strandwinkel BV", "F-3", what="Iets heel anders"))
    assert names(company) == [], "a line that comes later is not asked about"
    assert its(company)["Strandwinkel BV"] == {"yes"}


def test_an_answer_on_a_vendor_that_sells_both_holds_for_lines_like_these(
    company: Company, owner: Person
) -> None:
    bring(
        company,
        a__xml=bill("Strandwinkel BV", "F-1", what=UNKNOWN, net="300"),
        b__xml=bill("Strandwinkel BV", "F-2", what=KNOWN, net="200"),
    )
    question = asking.question(waiting(company), 0)
    assert question is not None
    assert not question.whole
    assert [one.it for one in question.booked] == ["yes"]
    outcome = say(company, owner, Answer(question.asked.key, is_it=False))
    assert [bool(decision.line_print) for decision in outcome.kept] == [True]
    assert its(company)["Strandwinkel BV"] == {"yes", "no"}
    assert names(company) == []
    bring(company, c__xml=bill("Strandwinkel BV", "F-3", what=f"{UNKNOWN} juni 2026", net="50"))
    assert names(company) == [], "the same kind of line is known"
    bring(company, d__xml=bill("Strandwinkel BV", "F-4", what="Iets heel anders", net="50"))
    assert names(company) == ["Strandwinkel BV"], "another kind of line is a question of its own"


def test_everything_can_be_said_at_once_and_what_was_said_of_lines_goes_on(
    company: Company, owner: Person
) -> None:
    bring(
        company,
        a__xml=bill("Strandwinkel BV", "F-1", what=UNKNOWN, net="300"),
        b__xml=bill("Strandwinkel BV", "F-2", what=KNOWN, net="200"),
    )
    confirmed = first_key(company, Show.UNCONFIRMED)
    right = say(company, owner, Answer(confirmed, is_it=True, purpose=confirmed[1]), Show.UNCONFIRMED)
    assert right.kept
    assert names(company, Show.UNCONFIRMED) == []
    outcome = say(company, owner, Answer(first_key(company), is_it=False, everything=True))
    assert outcome.besides == right.kept[0]
    assert its(company)["Strandwinkel BV"] == {"yes", "no"}


def test_payments_without_a_name_are_asked_by_their_words(company: Company, owner: Person) -> None:
    bring(
        company,
        a__xml=payments(
            (date(2026, 5, 4), "121.00", "", ""),
            (date(2026, 5, 5), "242.00", "", ""),
        ),
    )
    question = asking.question(waiting(company), 0)
    assert question is not None
    assert not question.whole
    kept = say(company, owner, Answer(question.asked.key, is_it=False)).kept
    assert {bool(decision.line_print) for decision in kept} == {True}


def test_many_kinds_of_line_are_answered_a_lot_at_a_time(
    company: Company, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_PRINTS", 1)
    bring(
        company,
        a__xml=bill("Strandwinkel BV", "F-1", what=UNKNOWN, net="300"),
        b__xml=bill("Strandwinkel BV", "F-2", what="Parasols", net="100"),
        c__xml=bill("Strandwinkel BV", "F-3", what=KNOWN, net="200"),
    )
    outcome = say(company, owner, Answer(first_key(company), is_it=False))
    assert (len(outcome.kept), outcome.left) == (1, 1)
    assert [asked.amount.amount for asked in waiting(company).asked] == [Decimal(100)], "the dearest first"


# --- never asked twice ------------------------------------------------------------------------------------------


def test_what_was_answered_is_not_asked_again_after_undoing_and_bringing_again(
    company: Company, owner: Person
) -> None:
    paper = bill("Strandwinkel BV", what=UNKNOWN)
    batch = bring(company, a__xml=paper)
    say(company, owner, Answer(first_key(company), is_it=False))
    undo(batch, owner.user)
    bring(company, a__xml=paper)
    assert names(company) == []
    assert its(company)["Strandwinkel BV"] == {"no"}


def test_what_was_said_of_a_payment_holds_when_the_invoice_brings_a_number(
    company: Company, owner: Person
) -> None:
    bring(company, a__xml=payments((date(2026, 5, 4), "121.00", "Strandwinkel BV", "stoelen")))
    say(company, owner, Answer(first_key(company), is_it=False))
    bring(company, b__xml=bill("Strandwinkel BV", "F-9", what="Parasols", net="400"))
    assert names(company) == []


# --- setting aside and taking back ------------------------------------------------------------------------------


def test_what_is_set_aside_waits_until_it_is_opened(company: Company, owner: Person) -> None:
    bring(company, a__xml=bill("Strandwinkel BV", what=UNKNOWN), b__xml=bill("Zeeblik BV", what="Parasols"))
    key = first_key(company)
    (aside,) = asking.set_aside(company, [key], by=owner.user)
    assert asking.set_aside(company, [key], by=owner.user) == []
    assert key not in [asked.key for asked in waiting(company).asked]
    assert [asked.key for asked in waiting(company, Show.ASIDE).asked] == [key]
    assert asking.numbers(waiting(company, Show.ASIDE))[Show.UNSURE] == 1
    assert asking.take_back(company, [], [aside], by=owner.user) == 1
    assert len(waiting(company).asked) == 2
    asking.set_aside(company, [key], by=owner.user)
    say(company, owner, Answer(key, is_it=True), Show.ASIDE)
    assert not SetAside.objects.of(company).exists()
    assert key not in [asked.key for asked in waiting(company, Show.ASIDE).asked]


def test_kinds_of_line_are_set_aside_alone(company: Company, owner: Person) -> None:
    bring(
        company,
        a__xml=bill("Strandwinkel BV", "F-1", what=UNKNOWN, net="300"),
        b__xml=bill("Strandwinkel BV", "F-2", what=KNOWN, net="200"),
    )
    asking.set_aside(company, [first_key(company)], by=owner.user)
    assert names(company) == []
    assert names(company, Show.ASIDE) == ["Strandwinkel BV"]
    assert names(company, Show.UNCONFIRMED) == ["Strandwinkel BV"]
    bring(company, c__xml=bill("Strandwinkel BV", "F-3", what="Iets heel anders", net="50"))
    assert names(company) == ["Strandwinkel BV"], "there is something new to be asked"


def test_several_answers_at_once_are_taken_back_in_one_go(company: Company, owner: Person) -> None:
    bring(company, a__xml=bill("Strandwinkel BV", what=UNKNOWN), b__xml=bill("Zeeblik BV", what="Parasols"))
    before = spend.current(company)
    assert before is not None
    told = [Answer(asked.key, is_it=False) for asked in waiting(company).asked]
    outcomes = asking.answer_all(company, told, show=Show.UNSURE, by=owner.user)
    kept = [decision.pk for outcome in outcomes for decision in outcome.kept]
    after = spend.current(company)
    assert after is not None
    assert (len(kept), after.revision - before.revision) == (2, 1), "figures follow once"
    assert names(company) == []
    assert asking.take_back(company, kept, [], by=owner.user) == 2
    assert asking.take_back(company, kept, [], by=owner.user) == 0
    assert len(names(company)) == 2


def test_what_was_set_aside_stays_so_when_its_vendor_is_another_one_too(
    company: Company, owner: Person
) -> None:
    bring(company, a__xml=bill("Strandwinkel BV", what=UNKNOWN))
    key = first_key(company)
    SetAside.objects.create(company=company, vendor_key="name:strandshop", by=owner.user)
    assert names(company) == ["Strandwinkel BV"]
    VendorWord.objects.create(company=company, says="same", vendor_key="name:strandshop", other_key=key[0])
    assert names(company) == []


# --- one vendor with very many lines ----------------------------------------------------------------------------


def copies(line: SpendLine, number: int) -> Iterator[SpendLine]:
    """The same line over and over, on every day of two years; every tenth is sure to be IT, by other words."""
    for index in range(number):
        it = index % 10 == 0
        yield SpendLine(
            company=line.company,
            review=line.review,
            paper=line.paper,
            key=f"copy/{index}",
            kind=line.kind,
            place=line.place,
            date=TODAY - timedelta(days=60 + index % 700),
            vendor_key=line.vendor_key,
            vendor_name=line.vendor_name,
            description=KNOWN if it else line.description,
            cost=line.cost,
            paid=line.paid,
            currency=line.currency,
            counting=line.counting,
            it="yes" if it else line.it,
            would_say=it,
            confidence=0.9 if it else line.confidence,
            purpose="office_suite" if it else "",
            because=line.because,
            line_print="known" if it else line.line_print,
        )


@pytest.mark.slow
def test_fifty_thousand_lines_of_one_vendor_are_one_question(company: Company, owner: Person) -> None:
    bring(company, a__xml=bill("Strandwinkel BV", what=UNKNOWN))
    line = SpendLine.objects.of(company).get()
    review = line.review
    with CaptureQueriesContext(connection) as few:
        assert asking.question(waiting(company), 0) is not None
    for rows in in_batches(copies(line, 50_000)):
        SpendLine.objects.bulk_create(rows)
    with transaction.atomic():
        decisions.renew_cells(review, [line.vendor_key])
    with CaptureQueriesContext(connection) as many:
        question = asking.question(waiting(company), 0)
    assert len(many) <= len(few) + 1, "the dearest of so many is asked for apart"
    assert question is not None
    assert not question.whole
    assert [one.lines for one in question.booked] == [5_000]
    outcome = say(company, owner, Answer(question.asked.key, is_it=False))
    assert [decision.lines for decision in outcome.kept] == [45_001]
    assert names(company) == []
    shown = SpendLine.objects.of(company).filter(review=review)
    assert shown.filter(it="no", confirmed=True).count() == 45_001
    assert shown.filter(it="yes", confirmed=False).count() == 5_000
    assert asking.take_back(company, [outcome.kept[0].pk], [], by=owner.user) == 1
    assert shown.filter(it="asked").count() == 45_001


# --- two people -------------------------------------------------------------------------------------------------


def test_what_somebody_else_said_meanwhile_stands(company: Company, owner: Person, editor: Person) -> None:
    bring(company, a__xml=bill("Strandwinkel BV", what=UNKNOWN))
    key = first_key(company)
    mine = say(company, owner, Answer(key, is_it=True, purpose="web_hosting", seen=0)).kept[0]
    theirs = say(company, editor, Answer(key, is_it=False, seen=0))
    assert (theirs.kept, theirs.against) == ((), mine)
    assert its(company)["Strandwinkel BV"] == {"yes"}
    assert SpendDecision.objects.of(company).count() == 1
    gone = say(company, editor, Answer(key, is_it=False, seen=mine.pk))
    assert (gone.kept, gone.against) == ((), None), "the question is not waiting any more"


def test_what_somebody_else_said_of_other_lines_is_no_contradiction(
    company: Company, owner: Person, editor: Person
) -> None:
    bring(
        company,
        a__xml=bill("Strandwinkel BV", "F-1", what=UNKNOWN, net="300"),
        b__xml=bill("Strandwinkel BV", "F-2", what=KNOWN, net="200"),
    )
    sure = first_key(company, Show.UNCONFIRMED)
    say(company, editor, Answer(sure, is_it=True, purpose=sure[1], seen=0), Show.UNCONFIRMED)
    assert say(company, owner, Answer(first_key(company), is_it=False, seen=0)).kept
    assert decisions.standing(company)


def test_an_earlier_decision_is_superseded_and_said(company: Company, owner: Person) -> None:
    """What was said while the papers were away, and holds no more for what is asked, is history."""
    bring(company, a__xml=bill("Strandwinkel BV", what=UNKNOWN))
    key = first_key(company)
    said = decisions.Said(key[0], "", True, "web_hosting")
    before = decisions.decide(company, said, by=owner.user).kept
    after = decisions.decide(company, decisions.Said(key[0], "", False), by=owner.user)
    assert after.instead_of == before


def test_the_name_of_a_question_is_its_key() -> None:
    asked_of = Asked.key_of("web_hosting:name:a:b")
    assert asked_of == ("name:a:b", "web_hosting")
    assert Asked.key_of(":unnamed") == ("unnamed", "")
