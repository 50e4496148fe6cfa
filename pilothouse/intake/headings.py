"""The words above the columns of a table, made comparable; and the row in which they stand.

Other programs write the same heading as "User principal name", "userPrincipalName" or "Numéro de compte :"; `plain`
makes one form of them. Exports often begin with lines of their own (filters, balances, a title): the headings are
looked for in the first rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from pilothouse.intake.tables.rows import Row, Sheet

Found = TypeVar("Found")

ROWS_ABOVE = 60  # so many rows may stand above the headings
_WORDS_RUN_TOGETHER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_WORD = re.compile(r"[\W_]+")
_LONGEST = 200


def plain(heading: str) -> str:
    """Small letters without accents, signs or run-together words.

    >>> plain("Nº de séquence"), plain("userPrincipalName"), plain("Amount (EUR)"), plain("OSVersion")
    ('no de sequence', 'user principal name', 'amount eur', 'os version')
    """
    apart = _WORDS_RUN_TOGETHER.sub(" ", heading[:_LONGEST])
    letters = unicodedata.normalize("NFKD", apart)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NO_WORD.sub(" ", bare).strip().casefold()


def meanings_by_heading(words: Mapping[str, str]) -> dict[str, str]:
    """The table to look a heading up in, from meaning -> headings with " | " between them.

    >>> meanings_by_heading({"date": "Datum | Date"})
    {'datum': 'date', 'date': 'date'}
    """
    return {plain(heading): meaning for meaning, said in words.items() for heading in said.split(" | ")}


def find_headings(
    sheet: Sheet, understand: Callable[[Sequence[str]], Found | None]
) -> tuple[Row, Found] | None:
    """The first row that `understand` makes something of, with what it made."""
    for row in islice(sheet.rows, ROWS_ABOVE):
        found = understand(row.cells)
        if found is not None:
            return row, found
    return None


def rows_below(sheet: Sheet, headings: Row) -> Iterator[Row]:
    """The rows under the headings; where the headings stand again (pages put together), they are left out."""
    for row in sheet.rows:
        if row.number > headings.number and row.cells != headings.cells:
            yield row
