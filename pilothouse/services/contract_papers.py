"""Papers of contracts: read them, propose what they say, and follow what a person says of it.

Every paper that seems to be a contract becomes one, proposed, as soon as it is brought in: its dates count in the
calendar from then on, marked. What a person confirmed, corrected or rejected is kept when a paper is read again, and
what somebody entered by hand is never overwritten by a paper.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from pilothouse.accounts.models import Company, User
from pilothouse.engine.contracts.kinds import kind_of
from pilothouse.engine.contracts.reading.corrected import as_understood
from pilothouse.engine.contracts.reading.decision_input import decision_input
from pilothouse.engine.contracts.reading.price_rule import price_rule
from pilothouse.engine.contracts.reading.read import ContractReading, read_contract
from pilothouse.engine.contracts.reading.words import ContractText, ReadTerm
from pilothouse.engine.dates import Duration
from pilothouse.intake.documents.whole import contract_text
from pilothouse.knowledge.clauses import clause_model
from pilothouse.records.models import (
    Contract,
    ContractChange,
    ContractDecision,
    ContractDocument,
    ContractTerm,
    Paper,
    ProfileVersion,
    SourceFile,
)
from pilothouse.services import contract_register, contracts
from pilothouse.services.contracts import RULE_SET
from pilothouse.services.documents import documents

log = logging.getLogger(__name__)

UNREADABLE = "The bytes of this file cannot be read. Bring it in again."
LONGEST_VALUE = 300
TEXTS_KEPT = 4  # of the papers somebody reads just now

# The columns of a contract that each term fills.
FILLS: dict[str, tuple[str, ...]] = {
    "effective_date": ("start",),
    "agreement_date": ("start",),
    "initial_term": ("initial_term",),
    "expiration": ("initial_term", "end", "renewal_mode"),
    "renewal_term": ("renewal_mode", "renewal_term", "renewal_times"),
    "renewal_notice": (
        "notice_length", "notice_business_days", "notice_before", "notice_must_be", "notice_by", "notice_not_before",
    ),
    "termination_for_convenience": (
        "notice_length", "notice_business_days", "notice_before", "notice_effective", "notice_break", "notice_must_be",
        "notice_by",
    ),
    "governing_law": ("country",),
    "price": ("yearly_cost", "currency"),
    "price_indexation": ("price_rule", "price_index", "price_cap"),
    "parties": ("vendor_name",),
}  # fmt: skip


# --- papers become contracts -------------------------------------------------------------------------------------


def unread(company: Company) -> Iterable[Paper]:
    """Papers that seem to be contracts and belong to none yet."""
    known = ContractDocument.objects.of(company).filter(source=OuterRef("source"))
    found: Iterable[Paper] = (
        documents(company).filter(content__seems="contract").exclude(Exists(known)).order_by("pk")
    )
    return found


def read_new(company: Company, *, today: date) -> int:
    """Make a proposed contract of every paper that seems to be one; how many there were."""
    made = 0
    for paper in unread(company):
        try:
            take_up(company, paper.source, title=_title(paper), by=None, today=today)
        except Exception:  # one paper must not keep the others from being read
            log.exception("The contract in file %s could not be taken up", paper.source_id)
            continue
        made += 1
    return made


def follow(company: Company, *, today: date) -> None:
    """Let the contracts follow the papers that are seen: new ones are taken up, those of undone papers go.

    Papers that were read by earlier rules are read again.
    """
    forget_unseen(company)
    read_new(company, today=today)
    contract_register.follow(company, today=today)
    for document in (
        ContractDocument.objects.of(company).exclude(rule_set=RULE_SET).select_related("contract", "source")
    ):
        read(document, today=today)


def follow_all(*, today: date) -> None:
    """Let the contracts of every company follow their papers and the day."""
    for company in Company.objects.order_by("pk"):
        follow(company, today=today)
        contracts.bring_up_to_date(company, today=today)


def _title(paper: Paper) -> str:
    stem = paper.source.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return str(paper.content.get("title") or stem.replace("_", " "))[:300] or paper.source.name[:300]


def take_up(
    company: Company, source: SourceFile, *, title: str, by: User | None, today: date
) -> ContractDocument:
    """A new contract of this paper, with what it says proposed."""
    with transaction.atomic():
        contract = Contract.objects.create(
            company=company,
            name=title,
            origin=Contract.Origin.PAPER,
            source=source,
            by=by,
            currency=company.currency,
            proposed=["name"],
        )
        document = ContractDocument.objects.create(
            company=company, contract=contract, source=source, title=title, by=by
        )
        read(document, today=today)
    return document


def add_version(
    contract: Contract, source: SourceFile, *, note: str, by: User, today: date
) -> ContractDocument:
    """One more paper of a contract; what it says replaces what was proposed, never what a person said."""
    with transaction.atomic():
        last = contract.documents.order_by("-number").values_list("number", flat=True).first() or 0
        document, is_new = ContractDocument.objects.get_or_create(
            company=contract.company,
            contract=contract,
            source=source,
            defaults={"number": last + 1, "title": source.name[:300], "note": note[:300], "by": by},
        )
        if is_new:
            read(document, today=today)
    return document


def forget_unseen(company: Company) -> int:
    """Take away contracts nobody touched whose papers were all undone; how many there were."""
    seen = Paper.objects.seen(company).standing().filter(source=OuterRef("documents__source"))
    touched = (ContractChange, ContractDecision)
    rows = Contract.objects.of(company).filter(origin=Contract.Origin.PAPER, by__isnull=True)
    for model in touched:
        rows = rows.exclude(Exists(model.objects.of(company).filter(contract=OuterRef("pk"))))
    said = ContractTerm.objects.of(company).filter(contract=OuterRef("pk"), said_at__isnull=False)
    still = rows.exclude(Exists(said)).filter(documents__isnull=False)
    gone = still.exclude(pk__in=still.filter(Exists(seen)).values("pk"))
    number = gone.count()
    Contract.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()
    return number


# --- reading -----------------------------------------------------------------------------------------------------


def read(document: ContractDocument, *, today: date) -> ContractReading | None:
    """Read a paper and propose what it says; None where it has no words, and `problem` says why."""
    text, problem = text_of(document.source)
    document.rule_set, document.problem = RULE_SET, problem[:LONGEST_VALUE]
    if text is None:
        document.save(update_fields=["rule_set", "problem"])
        contracts.work_out(document.contract, today=today)
        return None
    reading = read_contract(text, clause_model() if text.language == "en" else None)
    document.language = text.language
    document.save(update_fields=["rule_set", "problem", "language"])
    _keep_terms(document, reading.terms)
    _propose_kind(document.contract, text)
    fill(document.contract, today=today)
    return reading


def _propose_kind(contract: Contract, text: ContractText) -> None:
    """What it is for, where nobody said it and its first words do; what is missing in it depends on that."""
    if not contract.kind:
        contract.kind = kind_of(text.text)
        _mark(contract, "kind", is_proposed=bool(contract.kind))


def text_of(source: SourceFile) -> tuple[ContractText | None, str]:
    """The words of a paper, and why there are none or not all of them."""
    if not source.content:
        return None, UNREADABLE
    try:
        return _text_at(source.content.name)
    except OSError:
        return None, UNREADABLE


def partly_read(company: Company) -> frozenset[int]:
    """The contracts of whose newest paper something is to be known: not all of it was read."""
    newest = ContractDocument.objects.of(company).order_by("contract_id", "number", "pk")
    problems = dict(newest.values_list("contract_id", "problem"))  # the last of each contract stays
    return frozenset(contract_id for contract_id, problem in problems.items() if problem)


@lru_cache(maxsize=TEXTS_KEPT)
def _text_at(stored: str) -> tuple[ContractText | None, str]:
    """By where the bytes stay, which is named by what they are; what cannot be read now is tried anew each time."""
    with default_storage.open(stored, "rb") as content:
        whole = contract_text(content.read())
    return whole.text, " ".join(problem.message for problem in whole.problems)


def _keep_terms(document: ContractDocument, terms: Iterable[ReadTerm]) -> None:
    """The terms that were read, in place of those nobody spoke of; what a person said stays."""
    rows = ContractTerm.objects.of(document.company).filter(document=document)
    rows.filter(said_at__isnull=True).delete()
    said = {(row.term, row.start) for row in rows}
    ContractTerm.objects.bulk_create(
        ContractTerm(
            company=document.company,
            contract=document.contract,
            document=document,
            term=term.term,
            value=(term.value or "")[:LONGEST_VALUE],
            page=term.page,
            start=term.start,
            end=term.end,
            quote=term.quote,
            confidence=term.confidence,
        )
        for term in terms
        if (term.term, term.start) not in said
    )


# --- what holds --------------------------------------------------------------------------------------------------


def terms_that_hold(contract: Contract) -> list[ContractTerm]:
    """The terms of its newest paper that has any, and what a person said of older ones; rejected ones left out."""
    return those_that_hold(terms_of([contract]).select_related("document", "by"))


def terms_of(found: Iterable[Contract]) -> QuerySet[ContractTerm]:
    """The terms of some contracts, rejected ones left out; of each contract together, its newest paper first."""
    rows: QuerySet[ContractTerm] = (
        ContractTerm.objects.filter(contract__in=list(found))
        .exclude(state=ContractTerm.State.REJECTED)
        .order_by("contract_id", "-document__number", "start", "pk")
    )
    return rows


def those_that_hold(rows: Iterable[ContractTerm]) -> list[ContractTerm]:
    """Of the terms of one contract, its newest paper first: those of that paper, and what a person said of others."""
    ordered = list(rows)
    newest = ordered[0].document_id if ordered else None
    return [row for row in ordered if row.document_id == newest or row.said_at is not None]


def as_read(row: ContractTerm) -> ReadTerm:
    """A stored term in the engine's words; what a person said is sure."""
    sure = row.state != ContractTerm.State.PROPOSED
    corrected = row.state == ContractTerm.State.CORRECTED
    value = as_understood(row.term, row.holds) if corrected else row.holds
    return ReadTerm(
        row.term, value or None, row.page, row.start, row.end, row.quote, 1.0 if sure else row.confidence
    )


def fill(contract: Contract, *, today: date, said: frozenset[str] = frozenset()) -> list[str]:
    """Fill the columns that nobody entered from the terms that hold, and those of the terms in `said`; what changed."""
    rows = terms_that_hold(contract)
    rows.sort(key=lambda row: row.said_at is None)  # what a person said goes first
    read = tuple(as_read(row) for row in rows)
    values = {**dict(_columns(decision_input(read))), **_price_rule(read)}
    values |= _vendor(contract.company, rows)
    sure = {column for row in rows if row.said_at is not None for column in FILLS.get(row.term, ())}
    asked = {column for term in said for column in FILLS.get(term, ())}
    changed: list[list[str]] = []
    for column in {column for columns in FILLS.values() for column in columns}:
        was = getattr(contract, column)
        is_free = column in contract.proposed or was in (None, "", False)
        if not (is_free or column in asked):
            continue
        now = values.get(column, _empty(column))
        if now != was and not (column == "currency" and column not in values):
            setattr(contract, column, now)
            changed.append([column, _text(was), _text(now)])
        _mark(contract, column, is_proposed=now not in (None, "", False) and column not in sure)
    contract.vendor_key = contract.vendor_key or contracts.vendor_key_of(
        contract.company, contract.vendor_name
    )
    contract.save()
    contracts.work_out(contract, today=today)
    return [column for column, _was, _now in changed]


def _mark(contract: Contract, column: str, *, is_proposed: bool) -> None:
    without = [one for one in contract.proposed if one != column]
    contract.proposed = [*without, column] if is_proposed else without


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _empty(column: str) -> Any:
    return {
        "start": None,
        "end": None,
        "yearly_cost": None,
        "price_cap": None,
        "renewal_times": None,
        "notice_break": False,
    }.get(column, None if column == "notice_business_days" else "")


def _columns(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields of `ask decision` as columns of a contract."""
    if given.get("start"):
        yield "start", date.fromisoformat(given["start"])
    if given.get("end"):
        yield "end", date.fromisoformat(given["end"])
    yield from _lengths("initial_term", given.get("initial_term"))
    yield "country", given.get("country") or ""
    try:
        yield "yearly_cost", Decimal(given["yearly_cost"])
        yield "currency", given.get("currency") or "EUR"
    except (KeyError, TypeError, InvalidOperation):
        pass
    renewal, notice = given.get("renewal") or {}, given.get("notice") or {}
    yield "renewal_mode", renewal.get("mode") or ""
    yield "renewal_times", renewal.get("times")
    yield from _lengths("renewal_term", renewal.get("term"))
    yield from _of_notice(notice)


def _of_notice(notice: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    length = notice.get("length")
    if isinstance(length, dict):
        yield "notice_business_days", length.get("business_days")
        yield "notice_week", length.get("week") or ""
    else:
        yield from _lengths("notice_length", length)
    for name in ("before", "effective", "must_be", "by"):
        yield f"notice_{name}", notice.get(name) or ""
    yield "notice_break", bool(notice.get("break"))
    yield from _lengths("notice_not_before", notice.get("not_before"))


def _lengths(column: str, length: Any) -> Iterator[tuple[str, str]]:
    if isinstance(length, str):
        try:
            Duration.parse(length)
        except ValueError:
            return
        yield column, length


def _price_rule(read: Iterable[ReadTerm]) -> dict[str, Any]:
    """How the price moves, as far as the sentences on it say."""
    said = price_rule(read)
    if said is None:
        return {}
    return {"price_rule": said.rule, "price_index": said.index, "price_cap": said.cap}


def _vendor(company: Company, rows: Iterable[ContractTerm]) -> dict[str, str]:
    """The party that we are not; nothing where both or none of the parties could be us."""
    ours = _our_names(company)
    parties = [
        one.strip() for row in rows if row.term == "parties" for one in row.holds.split(";") if one.strip()
    ]
    others = [one for one in parties if not any(_alike(one, name) for name in ours)]
    if len(others) == 1 and len(parties) > 1:
        return {"vendor_name": others[0][:LONGEST_VALUE]}
    return {}


def _our_names(company: Company) -> list[str]:
    profile = ProfileVersion.objects.of(company).order_by("-holds_from", "-pk").first()
    return [name for name in (company.name, profile.legal_name if profile else "") if name]


def _alike(one: str, other: str) -> bool:
    left, right = one.casefold(), other.casefold()
    return left in right or right in left


# --- what a person says of a term ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """Confirm, correct (with the value) or reject; `state` is one of `ContractTerm.State`."""

    state: str
    value: str = ""


def say(row: ContractTerm, answer: Answer, *, by: User, today: date) -> list[str]:
    """Keep what a person says of a term, and let the columns that rest on it follow; which changed."""
    row.state, row.corrected_value = answer.state, answer.value[:LONGEST_VALUE]
    row.by, row.said_at = by, timezone.now()
    contract = row.contract
    before = {column: contracts.as_text(contract, column) for column in FILLS.get(row.term, ())}
    with transaction.atomic():
        row.save(update_fields=["state", "corrected_value", "by", "said_at"])
        changed = fill(contract, today=today, said=frozenset({row.term}))
        told = [[column, before.get(column, ""), contracts.as_text(contract, column)] for column in changed]
        told.append([f"term:{row.term}", row.value, row.holds if row.state != "rejected" else "rejected"])
        ContractChange.objects.create(company=row.company, contract=contract, by=by, changes=told)
    return changed


def unsay(row: ContractTerm, *, by: User, today: date) -> None:
    """Take back what was said of a term: it is proposed again."""
    row.state, row.corrected_value, row.by, row.said_at = ContractTerm.State.PROPOSED, "", None, None
    with transaction.atomic():
        row.save(update_fields=["state", "corrected_value", "by", "said_at"])
        fill(row.contract, today=today, said=frozenset({row.term}))
        ContractChange.objects.create(
            company=row.company,
            contract=row.contract,
            by=by,
            changes=[[f"term:{row.term}", "confirmed", "proposed"]],
        )


def unconfirmed(document: ContractDocument) -> Iterable[ContractTerm]:
    """The terms of a paper nobody spoke of yet, as they stand in it."""
    rows: Iterable[ContractTerm] = (
        ContractTerm.objects.of(document.company)
        .filter(document=document, said_at__isnull=True)
        .order_by("start", "pk")
    )
    return rows
