"""Which rules can an invoice be held to? Some claim less than EN 16931, some more.

MINIMUM and BASIC WL of Factur-X have no lines. ZUGFeRD 1.0 and the agreements before the standard (CEN BII as in
Peppol BIS 2, SI-UBL 1, e-fff) are older. None is blamed for what it cannot say. EXTENDED says more: its sums may be
off by a cent for each amount in them, and the rules so replaced have names of their own (BR-FXEXT-…). The profile is
what the invoice claims (BT-24); one that claims nothing known is held to EN 16931.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from pilothouse.intake.papers import Problem
from pilothouse.intake.rules.document import Group

Asked = Callable[[str], bool]

# The order matters: ZUGFeRD 1.0 has an EXTENDED of its own. BASIC WL is named with a blank, a dot, a dash or none.
_PROFILES = (
    (re.compile(r"cenbii|si-ubl:(?:ver)?1|e-?fff|peppol\d+a:ver|urn:ferd:"), "older"),
    (re.compile(r":minimum$"), "minimum"),
    (re.compile(r":basic[-._ ]?wl$"), "basic wl"),
    (re.compile(r":(?:extended|extended-ctc-fr)$"), "extended"),
)
_NO_LINES = re.compile(r"BR-16|BR-CO-10|BR-CO-18|BR-[A-Z]{1,2}-(?:01|08)")
_MINIMUM_LACKS = re.compile(
    r"BR-(?:10|11|12|16|49|53)|BR-CO-(?:1[0-4]|16|18|25)|BR-[A-Z]{1,2}-(?:01|08)",
)
# What the agreements before the standard have in common with it: who, what, when, how much.
_OF_OLDER = re.compile(
    r"BR-0[2-7]|BR-1[2-5]|BR-CO-(?:09|1[0-7])|BR-CL-0[1345]|(?:date|number)\.unreadable",
)
# What EXTENDED asks in its own way or not at all. VAT of one rate may be off by a cent for each amount.
_NOT_OF_EXTENDED = re.compile(r"BR-CO-17|BR-CL-0[78]")
_TOLERANT = re.compile(r"BR-(CO-1[0135]|CO-12|[A-Z]{1,2}-08)")
_CENT = Decimal("0.01")


def profile_of(document: Group) -> str:
    """ "minimum", "basic wl", "extended", "older", or "" for EN 16931 and what is built on it."""
    claimed = document.text("specification").lower()
    return next((name for sign, name in _PROFILES if sign.search(claimed)), "")


def has_cii_form(document: Group) -> bool:
    """Whether the rules on the form of CII are asked: EXTENDED has more elements than they know."""
    return profile_of(document) != "extended"


def rules_asked(document: Group, *, is_zugferd_1: bool) -> Asked:
    """Which rules the invoice can be held to, by name."""
    profile = profile_of(document)
    if is_zugferd_1 or profile == "older":
        return lambda rule: bool(_OF_OLDER.fullmatch(rule))
    lacking = {"minimum": _MINIMUM_LACKS, "basic wl": _NO_LINES, "extended": _NOT_OF_EXTENDED}
    pattern = lacking.get(profile)
    return lambda rule: not (pattern and pattern.fullmatch(rule))


def tolerance(document: Group) -> Decimal:
    """By how much sums may be off: in EXTENDED a cent for each amount that is summed, else nothing."""
    if profile_of(document) != "extended":
        return Decimal(0)
    return _CENT * sum(len(document.groups.get(kind, ())) for kind in ("line", "allowance", "charge"))


def named_as_in_profile(problem: Problem, document: Group) -> Problem:
    """The problem under the name its rule has in the profile."""
    found = _TOLERANT.fullmatch(problem.rule)
    if found and profile_of(document) == "extended":
        return replace(problem, rule=f"BR-FXEXT-{found.group(1)}")
    return problem
