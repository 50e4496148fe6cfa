"""Real CODA files: what they must give, and why some are refused. Skipped where the files are absent."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from pilothouse.intake.coda import looks_like_coda, read_coda
from pilothouse.intake.papers import Statement

SHARED = Path(os.environ.get("PILOTHOUSE_SHARED", Path(__file__).parents[3] / "shared"))
BANK = SHARED / "data" / "bank"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not BANK.is_dir(), reason=f"no real bank files: {BANK} is absent"),
]

# File -> what its statements hold: (account, movements), and the errors that go with them.
SOUND = {
    "coda-pycoda/Coda_v2_3_single_statement.txt": ([("BE86407051416150", 17)], []),
    "coda-pycoda/Coda_v2_3_multi_statements.txt": (
        [("BE86407051416150", 17), ("BE12341702625236", 11)],
        [("coda.globalisation", "line 100")],
    ),
    "coda-pycoda/Coda_v2_3_globalisation.txt": ([("BE12341676096039", 4)], []),
    "coda-pycoda/Coda_v2_3_globalisation_2.txt": ([("BE12341676096039", 4)], []),
    "coda-pycoda/Coda_foreign_account.txt": ([("FR1234567890240924002304825", 2)], []),
    "coda-pycoda/Coda_v2_3_faulty_globalisation.txt": (
        [("BE12341702625236", 11)],
        [("coda.globalisation", "line 7")],
    ),
    "coda-pycoda/Coda_v2_3_faulty_globalisation_2.txt": (
        [("BE12341676096039", 2)],
        [("coda.globalisation", "line 3"), ("coda.globalisation", "line 5")],
    ),
}
REFUSED = {
    "coda-pycoda/Coda_faulty_version.txt": ["coda.version"],
    "coda-bluesmile/coda.cod": ["coda.balance"],
    "coda-bluesmile/invalid.cod": ["coda.balance", "coda.length", "coda.outside"],
}


@pytest.mark.parametrize("name", SOUND)
def test_every_sound_file_gives_its_statements_and_they_add_up(name: str) -> None:
    papers, problems = read_coda((BANK / name).read_bytes())
    assert problems == ()
    statements = [paper for paper in papers if isinstance(paper, Statement)]
    found = [(statement.account, len(statement.movements)) for statement in statements]
    errors = [(p.rule, p.place) for s in statements for p in s.problems if p.level == "error"]
    assert (found, errors) == SOUND[name]
    for statement in statements:
        assert statement.opening
        assert statement.closing
        moved = sum((movement.amount for movement in statement.movements), Decimal(0))
        assert statement.opening.amount + moved == statement.closing.amount


@pytest.mark.parametrize("name", REFUSED)
def test_a_faulty_file_is_refused_with_the_reason(name: str) -> None:
    papers, problems = read_coda((BANK / name).read_bytes())
    assert papers == ()
    assert [problem.rule for problem in problems] == REFUSED[name]


def test_every_real_file_is_covered_here() -> None:
    present = {str(path.relative_to(BANK)) for path in BANK.glob("coda-*/*")}
    assert present == {*SOUND, *REFUSED}
    assert all(looks_like_coda((BANK / name).read_bytes()[:4096]) for name in present)


@pytest.mark.parametrize("name", SOUND)
def test_a_real_file_cut_at_any_byte_never_breaks(name: str) -> None:
    data = (BANK / name).read_bytes()
    for cut in range(0, len(data), 61):
        papers, problems = read_coda(data[:cut])
        assert papers or problems
