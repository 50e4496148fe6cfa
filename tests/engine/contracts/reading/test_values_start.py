"""When a contract was made and from when it holds, in words of our own."""

from __future__ import annotations

import pytest

from pilothouse.engine.contracts.reading.values_dates import find_days
from pilothouse.engine.contracts.reading.values_start import find_start


def start_of(words: str) -> tuple[str | None, str | None]:
    found = find_start(words, find_days(words))
    return found.made.value if found.made else None, found.effective.value if found.effective else None


@pytest.mark.parametrize(
    ("words", "made", "effective"),
    [
        (
            "This contract is made and entered into as of May 8, 2014 between A and B.",
            "2014-05-08",
            "2014-05-08",
        ),
        (
            "Dated March 1, 2020. The service begins on April 1, 2020 and runs for a year.",
            "2020-03-01",
            "2020-04-01",
        ),
        (
            'Made on March 1, 2020, and holding from April 1, 2020 (the "Effective Date").',
            "2020-03-01",
            "2020-04-01",
        ),
        (
            "Made on 1 March 2024. This Agreement takes effect on 1 April 2024 for three years.",
            "2024-03-01",
            "2024-04-01",
        ),
        (
            "Made on 1 March 2024. It shall enter into force as of 1 April 2024.",
            "2024-03-01",
            "2024-04-01",
        ),
        ("Offer 12. Ghent, 3 May 2021. What we agreed.", "2021-05-03", "2021-05-03"),
        ("What we agreed. " * 300 + "Signed: 3 May 2021", "2021-05-03", "2021-05-03"),
        ("What we agreed. " * 300 + "The hall was built on 3 May 2021.", None, None),
        ("Nothing says when.", None, None),
    ],
)
def test_the_days_are_told_by_the_words_beside_them(
    words: str, made: str | None, effective: str | None
) -> None:
    assert start_of(words) == (made, effective)


def test_a_day_taken_over_from_the_other_is_less_sure() -> None:
    words = "This contract is made as of May 8, 2014 between A and B."
    found = find_start(words, find_days(words))
    assert found.made is not None
    assert found.effective is not None
    assert found.effective.how == "reckoned"
    assert found.effective.confidence < found.made.confidence
    assert words[found.made.start : found.made.end] == words
