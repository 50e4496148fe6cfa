"""The sample's papers: the same for the same seed, read without a problem, and equal to what was planted."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from stdnum import iban
from stdnum.be import vat as belgian_vat
from stdnum.eu import vat as european_vat

from pilothouse.intake.coda import read_coda
from pilothouse.intake.papers import Invoice, Statement
from pilothouse.intake.ubl import read_ubl
from pilothouse.sample import MADE_UP, SamplePaper, Truth, sample_firm, sample_papers, truth

UNTIL = date(2026, 11, 22)


@pytest.fixture(scope="module")
def papers() -> list[SamplePaper]:
    return [paper for paper in sample_papers(UNTIL) if paper.name.startswith(("einvoices/", "bank/"))]


@pytest.fixture(scope="module")
def planted() -> Truth:
    return truth(UNTIL)


@pytest.fixture(scope="module")
def invoices(papers: list[SamplePaper]) -> dict[str, Invoice]:
    return {paper.name: _invoice(paper) for paper in papers if paper.name.endswith(".xml")}


@pytest.fixture(scope="module")
def statements(papers: list[SamplePaper]) -> dict[str, Statement]:
    return {paper.name: _statement(paper) for paper in papers if paper.name.endswith(".cod")}


def _invoice(paper: SamplePaper) -> Invoice:
    (invoice,), problems = read_ubl(paper.data)
    assert isinstance(invoice, Invoice)
    assert not problems, paper.name
    return invoice


def _statement(paper: SamplePaper) -> Statement:
    (statement,), problems = read_coda(paper.data)
    assert isinstance(statement, Statement)
    assert not problems, paper.name
    return statement


def _print(seed: int, until: date = UNTIL) -> str:
    digest = hashlib.sha256()
    for paper in sample_papers(until, seed):
        digest.update(paper.name.encode() + b"\0" + paper.data)
    return digest.hexdigest()


def test_the_same_seed_gives_the_same_bytes_in_another_process() -> None:
    ask = (
        "import datetime, hashlib; from pilothouse.sample import sample_papers; d = hashlib.sha256(); "
        f"[d.update(p.name.encode() + b'\\0' + p.data) for p in sample_papers({UNTIL!r})]; print(d.hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == _print(seed=1)


def test_another_seed_gives_other_papers_of_the_same_firm() -> None:
    assert _print(seed=1) != _print(seed=2)
    one, two = truth(UNTIL, 1), truth(UNTIL, 2)
    assert [vendor.vat_id for vendor in one.vendors] == [vendor.vat_id for vendor in two.vendors]


def test_the_day_of_the_month_does_not_matter() -> None:
    assert _print(1, date(2026, 11, 1)) == _print(1, date(2026, 11, 30))


def test_about_six_hundred_papers_of_twenty_four_months(papers: list[SamplePaper], planted: Truth) -> None:
    suffixes = Counter(paper.name.rsplit(".", 1)[1] for paper in papers)
    assert 500 <= suffixes["xml"] <= 650
    assert suffixes["cod"] == 48
    assert len({paper.name for paper in papers}) == len(papers)
    assert (planted.months[0], planted.months[-1], len(planted.months)) == ("2024-11", "2026-10", 24)


def test_each_paper_says_that_it_is_made_up(papers: list[SamplePaper]) -> None:
    assert [paper.name for paper in papers if MADE_UP.encode() not in paper.data] == []


def test_every_invoice_is_read_without_a_problem(invoices: dict[str, Invoice]) -> None:
    assert {name: invoice.problems for name, invoice in invoices.items() if invoice.problems} == {}


def test_every_statement_is_read_without_a_problem(statements: dict[str, Statement]) -> None:
    assert {name: statement.problems for name, statement in statements.items() if statement.problems} == {}


def test_invoices_say_what_was_planted(invoices: dict[str, Invoice], planted: Truth) -> None:
    assert invoices.keys() == {invoice.paper for invoice in planted.invoices}
    for true in planted.invoices:
        read = invoices[true.paper]
        assert (read.number, read.currency) == (true.number, true.currency)
        assert (read.kind == "credit_note") is true.credit
        totals = read.totals
        assert (totals.net, totals.vat, totals.gross, totals.payable) == (
            true.net,
            true.vat,
            true.gross,
            true.payable,
        )
        sign = -1 if true.credit else 1
        assert [line.net for line in read.lines] == [sign * item.net for item in true.items if item.number]
        assert sum((item.net for item in true.items), Decimal(0)) == sign * true.net


def test_statements_say_what_was_planted(statements: dict[str, Statement], planted: Truth) -> None:
    movements = {movement.reference: movement for movement in planted.movements}
    assert len(movements) == len(planted.movements)
    seen = 0
    for true in planted.statements:
        read = statements[true.paper]
        assert read.opening is not None
        assert read.closing is not None
        assert (read.account, read.opening.amount, read.closing.amount) == (
            true.iban,
            true.opening,
            true.closing,
        )
        for movement in read.movements:
            planted_movement = movements[movement.bank_reference or ""]
            assert (movement.amount, movement.date) == (planted_movement.amount, planted_movement.day)
            seen += 1
    assert seen == len(movements)


def test_balances_join_without_a_gap(statements: dict[str, Statement]) -> None:
    last: dict[str, Statement] = {}
    for name in sorted(statements):
        statement = statements[name]
        account = statement.account or ""
        if account in last:
            before = last[account].closing
            assert before == statement.opening, name
        last[account] = statement
    assert set(last) == {sample_firm().party.iban, sample_firm().savings_iban}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_accounts_are_never_overdrawn(seed: int) -> None:
    for statement in truth(UNTIL, seed).statements:
        assert statement.opening > 0, statement.paper
        assert statement.closing > 0, statement.paper


def test_all_numbers_have_right_check_digits(
    invoices: dict[str, Invoice], statements: dict[str, Statement]
) -> None:
    for invoice in invoices.values():
        for party in (invoice.seller, invoice.buyer):
            assert european_vat.is_valid(party.vat_id or ""), party
            assert party.country != "BE" or belgian_vat.is_valid(party.legal_id or "")
        assert all(iban.is_valid(number) for number in invoice.payment.ibans)
    for statement in statements.values():
        accounts = {
            movement.counterparty.iban for movement in statement.movements if movement.counterparty.iban
        }
        assert [account for account in accounts if not iban.is_valid(account)] == []


def test_no_number_can_belong_to_anybody(
    invoices: dict[str, Invoice], statements: dict[str, Statement]
) -> None:
    for invoice in invoices.values():
        for party in (invoice.seller, invoice.buyer):
            assert (party.legal_id or "")[:2] in ("01", "00")
    for statement in statements.values():
        for movement in statement.movements:
            account = movement.counterparty.iban or "BE0099"
            assert account[4:6] == "99" or account[4:8] == "SAMP"


def test_parties_share_no_number(invoices: dict[str, Invoice]) -> None:
    vat_of_iban: dict[str, set[str]] = {}
    names_of_vat: dict[str, set[str]] = {}
    references = Counter(
        invoice.payment.reference for name, invoice in invoices.items() if "sent-again" not in name
    )
    for invoice in invoices.values():
        names_of_vat.setdefault(invoice.seller.vat_id or "", set()).add(invoice.seller.name or "")
        for number in invoice.payment.ibans:
            vat_of_iban.setdefault(number, set()).add(invoice.seller.vat_id or "")
    assert all(len(vats) == 1 for vats in vat_of_iban.values())
    assert [names for names in names_of_vat.values() if len(names) > 1] == [
        {"Kabeldraak Telecom NV", "Vonk & Kabeldraak NV"}
    ]
    assert [reference for reference, count in references.items() if count > 1] == []


def test_vat_stands_at_every_rate_and_category(invoices: dict[str, Invoice]) -> None:
    said = {(vat.category, vat.rate) for invoice in invoices.values() for vat in invoice.vat}
    rates = {("S", Decimal(rate)) for rate in (21, 12, 6)}
    assert said == rates | {(category, Decimal(0)) for category in ("E", "AE", "K")}


def test_the_command_writes_the_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pilothouse.sample", str(tmp_path / "papers"), "--until", "2026-11-22"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    written = {str(path.relative_to(tmp_path / "papers")) for path in (tmp_path / "papers").rglob("*.*")}
    assert written == {paper.name for paper in sample_papers(UNTIL)}
    assert str(len(written)) in done.stdout


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    command = [sys.executable, "-m", "pilothouse.sample", str(tmp_path / "file")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Name a folder" in done.stderr
