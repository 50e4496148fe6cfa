"""How long an advice with its flips takes: `python -m bench.advice`."""

from __future__ import annotations

import statistics
from datetime import date

from numpy.random import default_rng

from bench.machine import table, timed
from pilothouse.engine.costs.compare import cost_of
from pilothouse.engine.costs.profile import Profile
from pilothouse.engine.sourcing.advice import Knowledge, advise
from pilothouse.knowledge.sourcing_costs import cost_book
from pilothouse.knowledge.sourcing_priors import priors
from pilothouse.knowledge.sourcing_rules import sourcing_rules

TRIES, GOAL = 15, 300
KNOWN = Profile(
    headcount=60, internal_it_fte=1.0, hidden_it_hours=20, has_it_leader=False, own_know_how=False, growth="growing",
    it_is_core_product=False, strategic_change="some", compliance_pressure="medium", needs_after_hours=False,
    budget_predictability="medium", it_criticality="medium", own_ways_of_working=False, sites=1, country="BE",
    current_model="co_managed", events=(),
)  # fmt: skip


def median(profile: Profile, known: Knowledge) -> float:
    """Milliseconds, the middle of some tries."""
    tries = [timed(lambda: advise(profile, known, default_rng(1)))[0] for _ in range(TRIES)]
    return statistics.median(tries) * 1000


def main() -> None:
    known = Knowledge(sourcing_rules(), priors(), cost_of(cost_book("BE", date(2026, 11, 23))))
    firms = {
        "known whole": KNOWN,
        "size and people known": Profile(headcount=60, internal_it_fte=1.0),
        "nothing known": Profile(),
    }
    rows = [(name, f"{median(firm, known):.0f} ms", f"{GOAL} ms") for name, firm in firms.items()]
    table("An advice with its flips, cost by the closed form", rows)


if __name__ == "__main__":
    main()
