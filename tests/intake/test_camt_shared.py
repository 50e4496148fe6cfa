"""Real CAMT files equal their JSON twins, field by field. Skipped where the files are absent.

The twins are dumps of genkgo/camt: amounts in hundredths, moments in UTC. Left aside of a twin: what we do not read
(addresses, charges, amounts in other currencies, mandates) and balances of what is available.
"""

from __future__ import annotations

import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pilothouse.intake.camt import looks_like_camt, read_camt
from pilothouse.intake.papers import Balance, Movement, Statement

SHARED = Path(os.environ.get("PILOTHOUSE_SHARED", Path(__file__).parents[3] / "shared"))
CAMT = SHARED / "data" / "bank" / "camt-genkgo" / "test" / "data"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CAMT.is_dir(), reason=f"no real CAMT files: {CAMT} is absent"),
]

FILES = sorted(path.stem for path in CAMT.glob("*.json"))
Twin = dict[str, Any]

# File -> what is wrong with it: these are tests of a parser, and their figures are made up.
FAULTS = {
    "camt052.v2.with-account-name": ["camt.day"],  # no day of booking, no day of value
    "camt053.v2.five.decimals": ["camt.balance"],  # 18.150 + 8.850 is not 27.050
    "camt053.v2.minimal.ultimate": ["camt.currency"],  # opens in EUR, closes in SEK
    "camt053.v2.with-account-name": ["camt.incomplete"],
    "camt053.v2.with-party-ids": ["camt.currency"],
    "camt053.v8": ["camt.currency"],
    "camt054.v8-with-UETR": ["camt.day"],
    "camt53.only-Dt-with-DtTm": ["camt.incomplete"],  # an opening balance alone
}


# --- the twins


def twin_of(name: str) -> Twin:
    twin: Twin = json.loads((CAMT / f"{name}.json").read_text())
    return twin


def records(twin: Twin) -> list[Twin]:
    """A record stands where it is first spoken of: in the first entry, or among the records."""
    spoken_of = [entry["getRecord"] for entry in twin["getEntries"]] + list(twin["getRecords"])
    return [record for record in spoken_of if record != "__RECURSIVITY__"]


def money(twin: Twin) -> Decimal:
    return Decimal(twin["getAmount"]) / 100


def day(twin: Twin | None) -> date | None:
    return date.fromisoformat(twin["0"][:10]) if twin else None


def balance(record: Twin, kind: str) -> Balance | None:
    found = [one for one in record.get("getBalances", []) if one["getType"] == kind]
    return Balance(day(found[0]["getDate"]), money(found[0]["getAmount"])) if found else None


def details_of(entry: Twin) -> list[Twin]:
    """All details: the first may stand under the singular name, or the other way round."""
    listed = [one for one in entry["getTransactionDetails"] if one != "__RECURSIVITY__"]
    first = entry["getTransactionDetail"]
    return [first, *listed] if first and first != "__RECURSIVITY__" else listed


def code_of(code: Twin | None) -> str | None:
    domain, own = (code or {}).get("getDomain"), (code or {}).get("getProprietary")
    if domain:
        family = domain["getFamily"]
        return "-".join((domain["getCode"], family["getCode"], family["getSubFamilyCode"]))
    return own["getCode"] if own else None


def sides(detail: Twin) -> dict[str, tuple[str | None, str | None]]:
    """Kind of party -> its name and account."""
    found = {}
    for party in detail["getRelatedParties"]:
        kind, account = party["getRelatedPartyType"], party["getAccount"]
        number = account["getIdentification"] if account else None
        found[kind["__CLASS__"].rpartition("\\")[2]] = (kind["getName"], number)
    return found


def written(detail: Twin) -> list[str]:
    """Everything that was written in a detail's remittance: free lines, then references, then what goes with them."""
    remittance = detail["getRemittanceInformation"] or {}
    free = [one for one in remittance.get("getUnstructuredBlocks", []) if one != "__RECURSIVITY__"]
    first = remittance.get("getUnstructuredBlock")
    structured = [one for one in remittance.get("getStructuredBlocks", []) if one != "__RECURSIVITY__"]
    if remittance.get("getStructuredBlock"):
        structured.insert(0, remittance["getStructuredBlock"])
    given = [one["getCreditorReferenceInformation"] for one in structured]
    references = [
        remittance["getCreditorReferenceInformation"] if one == "__RECURSIVITY__" else one for one in given
    ]
    lines = [*([first] if first else []), *free]
    more = [one["getAdditionalRemittanceInformation"] for one in structured]
    return [
        *(one["getMessage"] for one in lines),
        *(one["getRef"] for one in references),
        *filter(None, more),
    ]


def booked(twin: Twin) -> list[Twin]:
    return [entry for entry in twin["getEntries"] if entry["getStatus"] != "PDNG"]


# --- ours


def read(name: str) -> Statement:
    (paper,), problems = read_camt((CAMT / f"{name}.xml").read_bytes())
    assert isinstance(paper, Statement)
    assert problems == ()
    return paper


@pytest.mark.parametrize("name", FILES)
def test_account_number_and_balances_are_those_of_the_twin(name: str) -> None:
    paper, (record,) = read(name), records(twin_of(name))
    assert paper.account == record["getAccount"]["getIdentification"]
    numbers = (record["getLegalSequenceNumber"], record["getElectronicSequenceNumber"], record["getId"])
    assert paper.number == next(filter(None, numbers))
    assert paper.opening == balance(record, "opening")
    assert paper.closing == balance(record, "closing")


@pytest.mark.parametrize("name", FILES)
def test_every_booked_entry_is_a_movement_and_equal(name: str) -> None:
    paper, twin = read(name), twin_of(name)
    made_on = day(records(twin)[0]["getCreatedOn"])
    expected = [
        (
            day(entry["getBookingDate"]) or made_on,
            day(entry["getValueDate"]),
            money(entry["getAmount"]),
            entry["getAccountServicerReference"],
            code_of(entry["getBankTransactionCode"]),
        )
        for entry in booked(twin)
    ]
    assert [(m.date, m.value_date, m.amount, m.bank_reference, m.code) for m in paper.movements] == expected
    currencies = {entry["getAmount"]["getCurrency"]["getCode"] for entry in booked(twin)}
    assert currencies <= {paper.currency}


@pytest.mark.parametrize("name", FILES)
def test_the_other_side_and_what_was_written_are_those_of_the_twin(name: str) -> None:
    paper, twin = read(name), twin_of(name)
    for movement, entry in zip(paper.movements, booked(twin), strict=True):
        details = details_of(entry)
        if len(details) == 1:
            said = " ".join(written(details[0])) or entry["getAdditionalInfo"]
            assert movement.communication == said
            assert_party(movement, details[0], paper.account)
        else:
            said = " ".join([entry["getAdditionalInfo"], *(f"[{' '.join(written(one))}]" for one in details)])
            assert without_parties(movement.communication, details) == said.strip()


def without_parties(communication: str, details: list[Twin]) -> str:
    """A communication without the names and amounts that go before what a detail says."""
    names = {name for detail in details for name, _ in sides(detail).values() if name}
    for part in (*names, "3.10 CHF", "3.20 CHF"):
        communication = communication.replace(f"{part} ", "")
    return communication


def assert_party(movement: Movement, detail: Twin, own_account: str | None) -> None:
    """The twin gives all sides; ours is the one the money came from or went to, unless that is ourselves."""
    found = sides(detail)
    theirs, ours = ("Debtor", "Creditor") if movement.amount > 0 else ("Creditor", "Debtor")
    nobody = (None, None)
    party = found.get(theirs) or found.get(f"Ultimate{theirs}") or found.get(ours) or nobody
    expected = nobody if party[1] == own_account else party
    assert (movement.counterparty.name, movement.counterparty.iban) == expected


@pytest.mark.parametrize("name", FILES)
def test_what_is_wrong_with_a_file_is_said_and_nothing_else(name: str) -> None:
    assert [problem.rule for problem in read(name).problems] == FAULTS.get(name, [])


def test_a_file_without_a_statement_is_refused() -> None:
    papers, problems = read_camt((CAMT / "camt053.v2.wrong.xml").read_bytes())
    assert (papers, [problem.rule for problem in problems]) == ((), ["camt.empty"])


def test_every_real_file_is_covered_here() -> None:
    present = {path.stem for path in CAMT.glob("*.xml")}
    assert present == {*FILES, "camt053.v2.wrong"}
    assert all(looks_like_camt((CAMT / f"{name}.xml").read_bytes()[:4096]) for name in present)


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_cut_at_any_byte_never_breaks(name: str) -> None:
    data = (CAMT / f"{name}.xml").read_bytes()
    for cut in range(0, len(data), 211):
        papers, problems = read_camt(data[:cut])
        assert papers or problems
