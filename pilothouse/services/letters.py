"""The draft of a letter on a contract: from what is confirmed alone.

The day a contract can end on rests on all its dates. As long as one of those is only proposed there is no letter, and
what has to be confirmed is named. Of the rest, what is proposed is left as a line to fill in. Clauses are quoted that
a person confirmed, from the latest version of its papers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pilothouse.accounts.models import User
from pilothouse.records.models import Contract, ContractDecision, ContractDocument, ContractTerm
from pilothouse.reporting.letters import LANGUAGES, Clause, LetterFacts, Purpose
from pilothouse.services.contracts import DATE_COLUMNS
from pilothouse.services.open_days import follows_at

TIME_TO_TALK = timedelta(days=14)  # between the vendor's answer and the day a notice is sent by
MOST_CLAUSES = 2
# What a letter quotes, the best proof first.
CLAUSES = ("renewal_notice", "termination_for_convenience", "renewal_term")
NAMED = ("name", "number", "vendor_name", "our_name")
_SPOKEN = {"FR": "fr", "LU": "fr", "NL": "nl", "GB": "en", "US": "en", "IE": "en"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter's facts; or why there is none: the columns to confirm first, or no day it can end on."""

    facts: LetterFacts | None
    unconfirmed: tuple[str, ...] = ()
    left_blank: tuple[str, ...] = ()


def draft(contract: Contract, purpose: Purpose, language: str, *, by: User, today: date) -> Draft:
    """The facts of a letter for the exit day that was decided on, else for the next open one."""
    unconfirmed = tuple(column for column in DATE_COLUMNS if column in contract.proposed)
    if unconfirmed:
        return Draft(None, unconfirmed)
    exit_day = exit_of(contract, purpose, today=today)
    if exit_day is None:
        return Draft(None)
    found = follows_at(contract, exit_day, today)
    acts = found.if_nobody_acts if found is not None and found.exit == exit_day else None
    named = {column: _confirmed(contract, column) for column in NAMED}
    facts = LetterFacts(
        purpose=purpose,
        language=language,
        today=today,
        exit=exit_day,
        sender=named["our_name"] or contract.company.name,
        recipient=named["vendor_name"],
        contract=named["name"],
        number=named["number"],
        start=contract.start,
        renews_until=acts.renews_until if acts else None,
        answer_by=_answer_by(found.send_by if found is not None and acts else None, today),
        sent_by=contract.notice_by if purpose is Purpose.CANCEL else "",
        clauses=_clauses(contract),
        signer=by.name,
    )
    return Draft(facts, left_blank=tuple(column for column in ("name", "vendor_name") if not named[column]))


def exit_of(contract: Contract, purpose: Purpose, *, today: date) -> date | None:
    """The exit day a letter is about: one that was decided on that way, else the next that is open."""
    decided = (
        ContractDecision.objects.of(contract.company)
        .filter(contract=contract, kind=purpose.value, withdrawn_at__isnull=True, exit_day__gte=today)
        .order_by("exit_day")
        .values_list("exit_day", flat=True)
        .first()
    )
    if decided is not None or contract.ends_on is not None:
        return decided
    return contract.exit_day


def language_of(contract: Contract, user: User) -> str:
    """The language to write in: that of its latest paper, else of its country, else the reader's."""
    latest = ContractDocument.objects.of(contract.company).filter(contract=contract).first()
    for language in (latest.language if latest else "", _SPOKEN.get(contract.country, ""), user.language[:2]):
        if language in LANGUAGES:
            return language
    return "en"


def _confirmed(contract: Contract, column: str) -> str:
    return "" if contract.is_proposed(column) else str(getattr(contract, column))


def _answer_by(send_by: date | None, today: date) -> date | None:
    """A day that leaves time to talk before the notice would have to go out."""
    if send_by is None or send_by <= today:
        return None
    return max(send_by - TIME_TO_TALK, today + (send_by - today) // 2)


def _clauses(contract: Contract) -> tuple[Clause, ...]:
    """The confirmed words on how it ends, of the latest paper that has any."""
    terms = (
        ContractTerm.objects.of(contract.company)
        .filter(
            contract=contract,
            term__in=CLAUSES,
            state__in=(ContractTerm.State.CONFIRMED, ContractTerm.State.CORRECTED),
        )
        .exclude(quote="")
        .select_related("document")
    )
    rows = list(terms.order_by("-document__number", "-document_id", "start"))
    rows = [row for row in rows if row.document_id == rows[0].document_id]
    quotes = {
        " ".join(row.quote.split()): row.page for row in sorted(rows, key=lambda row: CLAUSES.index(row.term))
    }
    return tuple(Clause(quote, page) for quote, page in list(quotes.items())[:MOST_CLAUSES])
