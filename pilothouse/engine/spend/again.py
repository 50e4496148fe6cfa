"""What are the lines of one vendor, now that somebody has spoken?

A decision changes what lines are said to be, and nothing else: which papers they stand on, what settles them and what
they cost stay. So the lines of the vendor are recognised again as they were stored, without the papers.
Limits: a vendor that is known by a name printed on a few of its papers only is known by the name it goes by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pilothouse.engine.spend.recognise import Recogniser
from pilothouse.engine.spend.terms import Account, Certainty, Decision, Recognition, SpendKnowledge
from pilothouse.engine.spend.vendors import Vendor, known_vendors


@dataclass(frozen=True, slots=True)
class StoredLine:
    """What a line was recognised by: its vendor's key and name, its words, and the account it is booked on."""

    id: int
    vendor_key: str
    vendor_name: str
    words: str
    account: Account


def recognise_again(
    lines: Iterable[StoredLine],
    knowledge: SpendKnowledge,
    decisions: Sequence[Decision],
    keys: Mapping[str, str],
    certainty: Certainty | None = None,
) -> Iterator[tuple[int, Recognition]]:
    """The id of each line and what it is said to be; `keys` gives today's key of a vendor for older ones."""
    known = known_vendors(knowledge.vendors)
    recogniser = Recogniser(knowledge, decisions, lambda key: keys.get(key, key), certainty)
    vendors: dict[tuple[str, str], Vendor] = {}
    for line in lines:
        called = line.vendor_key, line.vendor_name
        vendor = vendors.get(called)
        if vendor is None:
            vendor = vendors[called] = Vendor(*called, "", *known.find(*called))
        yield line.id, recogniser.recognise(vendor, line.words, line.account)[0]
