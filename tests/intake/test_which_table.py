"""A table is read as what it is, and what was strange in its file is not lost."""

from __future__ import annotations

import pytest

from pilothouse.intake.papers import Ledger, Listing, Statement
from pilothouse.intake.which_table import read_table

BANK = (
    "Volgnummer;Uitvoeringsdatum;Valutadatum;Bedrag;Valuta rekening;Rekeningnummer;Type verrichting;Tegenpartij;"
    "Naam van de tegenpartij;Mededeling;Details;Status;Reden van weigering\n"
    "2026-0001;02/01/2026;02/01/2026;-12,05;EUR;BE68539007547034;Overschrijving;BE71096123456769;Acme;x;d;Aanvaard;\n"
)
USERS = "userPrincipalName,displayName,accountEnabled\na@example.org,A,TRUE\nb@example.org,B,FALSE\n"
LEDGER = "Date,Supplier,Amount\n25/01/2026,Acme,10.00\n26/01/2026,Beta,20.00\n"
OPEN_QUOTE = '27/01/2026,"Gamma,5.00\n'


@pytest.mark.parametrize(
    ("text", "kind"), [(BANK, Statement), (USERS, Listing), (LEDGER, Ledger), (LEDGER + OPEN_QUOTE, Ledger)]
)
def test_each_table_becomes_its_paper(text: str, kind: type) -> None:
    (paper,), problems = read_table(text.encode())
    assert isinstance(paper, kind)
    assert problems == ()
    odd = [problem.rule for problem in paper.problems if problem.rule.startswith("table.")]
    assert odd == (["table.quote"] if text.endswith(OPEN_QUOTE) else [])


def test_what_was_strange_in_a_file_is_said_of_every_kind() -> None:
    (paper,), _ = read_table(USERS.encode() + b'c@example.org,"C,TRUE\n')
    assert [problem.rule for problem in paper.problems][:1] == ["table.quote"]


def test_a_file_without_papers_says_everything_that_is_wrong() -> None:
    papers, problems = read_table(b"PK\x03\x04")
    assert (papers, [problem.rule for problem in problems]) == ((), ["table.damaged"])
    head = BANK.splitlines()[0]
    papers, problems = read_table(f'{head}\n"never closed\n'.encode())
    assert papers == ()
    assert problems[0].rule == "table.quote"
    assert len(problems) > 1
