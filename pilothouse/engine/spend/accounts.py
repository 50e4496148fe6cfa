"""What is an account for, and does something booked on it sound like IT?

A code is looked up in its chart: codes stand in ranges, the narrowest range of the longest code wins, and a code
belongs to what it begins with ("61223" to "612"). Charts with codes of fixed length know zeros that a spreadsheet took
off ("420" is "0420") and accounts of single suppliers, which have a digit more. The name of an account is the firm's
own, so it is asked before the code; the two together make each other surer.

Limits: a chart that nobody names is told from the others by what its entries look like (`likeliest_chart`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pilothouse.engine.spend.names import plain
from pilothouse.engine.spend.phrases import Phrases
from pilothouse.engine.spend.terms import (
    Account,
    KnownAccount,
    KnownChart,
    KnownWord,
    LedgerKnowledge,
    Role,
)

_NOT_ALNUM = re.compile(r"[^0-9A-Z]")
SUREST = 0.93
AGREEING = 0.03
NARROW = 4


@dataclass(frozen=True, slots=True)
class AccountSays:
    """What an account says of a thing: IT or not, how surely (0 to 1), for what, and in words."""

    is_it: bool
    weight: float
    purpose: str
    says: str


class Accounts:
    """Looks accounts up; built once."""

    def __init__(self, knowledge: LedgerKnowledge) -> None:
        self.charts = {chart.key: chart for chart in knowledge.charts}
        self._words = Phrases((word.word, word) for word in sorted(knowledge.words, key=_strongest_first))
        self._years = Phrases((word, word) for word in knowledge.year_journals)
        self._collective = tuple(plain(name) for name in knowledge.collective_names)
        self._said: dict[Account, AccountSays | None] = {}

    def role(self, chart: str, code: str, digits: int = 0) -> Role:
        """What the account is for; `digits` is how long the codes of this ledger are (see `digits_of`)."""
        found = self._look_up(chart, normal_code(code, self.charts.get(chart), digits))
        return found.role if found else Role.OTHER

    def digits_of(self, chart: str, codes: Iterable[str]) -> int:
        """How many digits the codes of a ledger have, in a chart that fixes it; 0 in others."""
        fixed = self.charts[chart].fixed if chart in self.charts else 0
        if not fixed:
            return 0
        return max(fixed, min((len(_letters_and_digits(code)) for code in codes if code), default=fixed))

    def likeliest_chart(self, home: str, worth: Callable[[str], int]) -> str:
        """The chart in which a ledger makes most sense: one of our own country; of any, where that is unknown."""
        best = max((key for key, c in self.charts.items() if home in ("", c.country)), key=worth, default="")
        return best if best and worth(best) else ""

    def opens_or_closes_a_year(self, journal: str) -> bool:
        return bool(journal and self._years.first(journal))

    def is_of_one_supplier(self, name: str) -> bool:
        """Whether a supplier account is that of a single supplier, by its name."""
        return bool(plain(name)) and not plain(name).startswith(self._collective)

    def is_asset(self, account: Account) -> bool:
        """Whether what is booked there is invested, and so no running cost."""
        chart = self.charts.get(account.chart)
        code = normal_code(account.code, chart)
        return chart is not None and any(
            len(code) >= len(first) and first <= code[: len(first)] <= last for first, last in chart.assets
        )

    def says(self, account: Account) -> AccountSays | None:
        """What an account says of IT; None where it says nothing."""
        if account not in self._said:
            self._said[account] = self._say(account)
        return self._said[account]

    def _say(self, account: Account) -> AccountSays | None:
        on = " ".join(filter(None, (account.code, account.name)))
        where = f"the invoice names our account {on}" if account.asked else f"booked on {on}"
        word = self._named(account.name)
        coded = self._look_up(
            account.chart, normal_code(account.code, self.charts.get(account.chart)), speaking=True
        )
        if word is None:
            if coded is None:
                return None
            return AccountSays(bool(coded.is_it), float(coded.weight), coded.purpose, where)
        weight = float(word.weight)
        if coded is None or coded.is_it != word.is_it:
            return AccountSays(word.is_it, weight, word.purpose, where)
        both = min(max(weight, float(coded.weight)) + AGREEING, SUREST)
        # A code of four digits is of one thing; above it stand groups, which the name tells apart.
        narrow = len(coded.first) >= NARROW
        purposes = (coded.purpose, word.purpose) if narrow else (word.purpose, coded.purpose)
        return AccountSays(word.is_it, both, next(filter(None, purposes), ""), where)

    def _named(self, name: str) -> KnownWord | None:
        """The strongest word of a name; none where words speak on both sides ("gas, water, internet")."""
        words = [word for _, word in self._words.found(name)]
        if len({word.is_it for word in words}) > 1:
            return None
        return max(words, key=lambda word: word.weight, default=None)

    def _look_up(self, chart: str, code: str, *, speaking: bool = False) -> KnownAccount | None:
        """What is known of a code; with `speaking`, of IT."""
        known = self.charts[chart].accounts if chart in self.charts else ()
        return _narrowest([a for a in known if a.is_it is not None] if speaking else known, code)


def normal_code(code: str, chart: KnownChart | None, digits: int = 0) -> str:
    """A code as it is looked up.

    >>> skr03 = KnownChart("skr03", "DE", (), fixed=4)
    >>> [normal_code(code, skr03) for code in ("420", "4920", "70001")]
    ['0420', '4920', '70001']
    >>> normal_code("49200", skr03, digits=5), normal_code("700010", skr03, digits=5)
    ('4920', '70001')
    >>> normal_code("612.230", None)
    '612230'
    """
    text = _letters_and_digits(code)
    if chart is None or not chart.fixed or not text.isdigit():
        return text
    digits = max(digits, chart.fixed)
    return text.zfill(digits)[: chart.fixed] if len(text) <= digits else text[: chart.fixed + 1]


def _letters_and_digits(code: str) -> str:
    return _NOT_ALNUM.sub("", code.upper())


def _narrowest(accounts: Sequence[KnownAccount], code: str) -> KnownAccount | None:
    holding = [a for a in accounts if len(code) >= len(a.first) and a.first <= code[: len(a.first)] <= a.last]
    return min(holding, key=lambda a: (-len(a.first), int(a.last) - int(a.first)), default=None)


def _strongest_first(word: KnownWord) -> tuple[float, str]:
    return -float(word.weight), word.word
