"""Real OFX files: what they must give, and why some are refused. Skipped where the files are absent.

They have no twins; what stands here was read in the files by eye.
"""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from pilothouse.intake.ofx import looks_like_ofx, read_ofx
from pilothouse.intake.papers import Statement

SHARED = Path(os.environ.get("PILOTHOUSE_SHARED", Path(__file__).parents[3] / "shared"))
OFX = SHARED / "data" / "bank" / "ofx" / "tests" / "fixtures"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not OFX.is_dir(), reason=f"no real OFX files: {OFX} is absent"),
]

# File -> for each account: number, currency, movements, their sum, balance at the end.
READ: dict[str, list[tuple[str, str, int, str, str | None]]] = {
    "anzcc": [("1234123412341234", "AUD", 1, "-5.50", "-123.45")],
    "bank_medium": [("12300 000012345678", "CAD", 3, "-345.27", "382.34")],
    "checking": [("1452687~7", "USD", 3, "-59.50", "100.99")],
    "fidelity": [("01234567890", "USD", 3, "-0.57", None)],
    "fidelity-savings": [("X0000001", "USD", 4, "-1778.3952", None)],
    "investment_medium": [("ABC123", "CAD", 3, "-3.95", None)],
    "multiple_accounts": [("9100", "USD", 0, "0", "111"), ("9200", "USD", 0, "0", "222")],
    "multiple_accounts2": [("9100", "USD", 0, "0", "111"), ("9200", "USD", 0, "0", "222")],
    "ofx-v102-empty-tags": [("12345678", "AUD", 1, "12.34", None)],
    "suncorp": [("123456789", "AUD", 1, "-16.85", "1234.12")],
    "fail_nice/date_missing": [("192639749", "USD", 0, "0", "0")],
    "fail_nice/decimal_error": [("192639749", "CAD", 0, "0", "0")],
    "fail_nice/empty_balance": [("192639749", "CAD", 1, "120", None)],
}
FAULTS = {
    "fidelity": ["ofx.securities"],
    "investment_medium": ["ofx.currency"],  # amounts in USD on an account in CAD
    "fail_nice/date_missing": ["ofx.movement"] * 3,
    "fail_nice/decimal_error": ["ofx.movement"],
}
REFUSED = {
    "account_listing_aggregation": "ofx.empty",
    "bank_small": "ofx.empty",
    "error_message": "ofx.status",
    "investment_401k": "ofx.securities",
    "signon_fail": "ofx.status",
    "signon_success": "ofx.empty",
    "signon_success_no_message": "ofx.empty",
    "td_ameritrade": "ofx.securities",
    "tiaacref": "ofx.securities",
    "vanguard": "ofx.securities",
    "vanguard401k": "ofx.securities",
}


@pytest.mark.parametrize("name", READ)
def test_every_account_of_a_file_is_read(name: str) -> None:
    papers, problems = read_ofx((OFX / f"{name}.ofx").read_bytes())
    statements = [paper for paper in papers if isinstance(paper, Statement)]
    found = [
        (
            paper.account,
            paper.currency,
            len(paper.movements),
            sum((movement.amount for movement in paper.movements), Decimal(0)),
            paper.closing and paper.closing.amount,
        )
        for paper in statements
    ]
    assert found == [
        (account, currency, count, Decimal(total), None if closing is None else Decimal(closing))
        for account, currency, count, total, closing in READ[name]
    ]
    assert problems == ()
    assert [problem.rule for paper in statements for problem in paper.problems] == FAULTS.get(name, [])


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_without_a_statement_is_refused_with_the_reason(name: str) -> None:
    papers, problems = read_ofx((OFX / f"{name}.ofx").read_bytes())
    assert (papers, [problem.rule for problem in problems]) == ((), [REFUSED[name]])


def test_every_real_file_is_covered_here() -> None:
    present = {str(path.relative_to(OFX).with_suffix("")) for path in OFX.rglob("*.ofx")}
    assert present == {*READ, *REFUSED}
    assert all(looks_like_ofx((OFX / f"{name}.ofx").read_bytes()[:4096]) for name in present)


@pytest.mark.parametrize("name", [*READ, *REFUSED])
def test_a_real_file_cut_at_any_byte_never_breaks(name: str) -> None:
    data = (OFX / f"{name}.ofx").read_bytes()
    for cut in range(0, len(data), 97):
        papers, problems = read_ofx(data[:cut])
        assert papers or problems
