"""The learned model of clauses: read with its card, refused when it is another's, and worth its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import pilothouse.knowledge
from pilothouse.engine.contracts.reading.read import read_contract
from pilothouse.engine.contracts.reading.words import TERMS, ContractText
from pilothouse.knowledge import KnowledgeError, clauses

AGREED = """
9. Governing Law. This Agreement shall be governed by and construed in accordance with the laws of the State of Ohio.

10. Assignment. Neither party may assign this Agreement without the prior written consent of the other party.

11. Audit. Provider shall keep books and records of all services. Upon ten days' notice and during business hours
Customer shall have the right to audit and inspect such books and records to verify compliance with this Agreement.

12. Insurance. Provider shall maintain commercial general liability insurance of at least one million dollars.

13. Limitation of Liability. In no event shall Provider's aggregate liability arising out of this Agreement exceed the
total amounts paid by Customer under this Agreement in the twelve months before the claim arose.
"""


def test_plain_clauses_are_named() -> None:
    found = read_contract(ContractText(AGREED, language="en"), clauses.clause_model())
    named = {term.term for term in found.terms}
    assert {"governing_law", "anti_assignment", "audit_rights", "insurance", "liability_cap"} <= named
    assert named <= set(TERMS)


def test_weights_that_are_not_those_of_the_card_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path(pilothouse.knowledge.__file__).parent / "models"
    for name in ("clauses.yaml", "clauses.npz"):
        shutil.copy(own / name, tmp_path / name)
    with (tmp_path / "clauses.npz").open("ab") as weights:
        weights.write(b"more")
    monkeypatch.setattr(clauses, "folder", lambda _name: tmp_path)
    clauses.clause_model.cache_clear()
    try:
        with pytest.raises(KnowledgeError, match="not those the card was written for"):
            clauses.clause_model()
    finally:
        clauses.clause_model.cache_clear()
