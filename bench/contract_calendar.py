"""How long the calendar of many contracts takes. Run: `python -m bench.contract_calendar [CONTRACTS]`.

`a new day`: every contract is worked out anew, which happens once a day; `again`: the page as it is asked for then.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from bench.home import throw_away
from bench.machine import table, timed

if TYPE_CHECKING:
    from pilothouse.accounts.models import Company
    from pilothouse.records.models import Contract

CONTRACTS = 2_000
TRIES = 9
TODAY = date(2026, 11, 23)


def _contracts(company: Company, number: int) -> Iterator[Contract]:
    from pilothouse.records.models import Contract

    rng = random.Random(1)
    for index in range(number):
        yield Contract(
            company=company,
            name=f"Contract {index}",
            vendor_name=f"Vendor {index % 300}",
            start=date(2020, 1, 1) + timedelta(rng.randrange(2200)),
            initial_term=rng.choice(("P12M", "P24M", "P36M")),
            renewal_mode="tacit",
            renewal_term="P12M",
            notice_length=rng.choice(("P1M", "P3M", "P60D")),
            country="BE",
            yearly_cost=Decimal(rng.randrange(100, 50_000)),
            proposed=["notice_length"] if index % 3 else [],
        )


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else CONTRACTS
    with throw_away():
        from django.test import Client

        from pilothouse.accounts.models import Company, Membership, Role, User
        from pilothouse.records.models import Contract
        from pilothouse.services import contracts

        company = Company.objects.create(name="Bench", slug="bench")
        user = User.objects.create_user("bench@pilothouse.example", "a long enough password")
        Membership.objects.create(company=company, user=user, role=Role.OWNER)
        Contract.objects.bulk_create(_contracts(company, number))
        first, _ = timed(partial(contracts.bring_up_to_date, company, today=TODAY))
        again = [timed(partial(contracts.calendar, company, today=TODAY))[0] for _ in range(TRIES)]
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        pages = [timed(partial(client.get, "/c/bench/contracts/"))[0] for _ in range(TRIES)]
    measured = [
        ("a new day: all worked out anew", f"{first:.2f} s", ""),
        ("the calendar again", _told(again), "100 ms"),
        ("its page, whole", _told(pages[1:]), "100 ms"),
    ]
    table(f"Calendar of {number:,} contracts", measured)


def _told(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.0f} ms (worst {max(seconds) * 1000:.0f})"


if __name__ == "__main__":
    main()
