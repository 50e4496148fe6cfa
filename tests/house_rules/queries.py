"""More rows never mean more queries: how that is measured."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.house_rules.answers import let_go

_VALUES = re.compile(r"'[^']*'|\b\d+(\.\d+)?\b|\bNULL\b")
_LISTS = re.compile(r"\((\s*\?\s*,?)+\)")


def queries_of(client: Client, address: str) -> Counter[str]:
    """How often each query was asked for a page, values left out."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        if answer.streaming:
            assert b"".join(answer)
        let_go(answer)
    return Counter(_LISTS.sub("(?)", _VALUES.sub("?", query["sql"])) for query in asked.captured_queries)


def queries_in(asking: Callable[[], object]) -> int:
    """How many queries something asks."""
    with CaptureQueriesContext(connection) as asked:
        asking()
    return len(asked)


def repeated(before: Counter[str], after: Counter[str]) -> list[str]:
    """The queries that are asked more often than before."""
    return [f"{number} more: {sql[:300]}" for sql, number in (after - before).items() if sql in before]


def assert_same_queries(client: Client, address: str, make_rows: Callable[[], None]) -> None:
    """A page asks as many queries after `make_rows` as before."""
    queries_of(client, address)  # the first time fills what is kept between requests
    before = queries_of(client, address)
    make_rows()
    after = queries_of(client, address)
    assert after.total() <= before.total(), f"{address}: " + "\n".join(repeated(before, after))
