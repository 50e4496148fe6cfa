"""Into which sentences a contract falls: every letter once, in order, with its heading."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.contracts.reading.sentences import LONGEST, sentences_of

AGREED = """1. TERM. The initial term of this Agreement is three years from the first of May. It renews for one year.

2. NOTICES. Any notice must be sent by registered letter to the address that stands above; it counts on arrival.

## Liability
- Neither party is liable for loss of profit that could not be foreseen.
- The cap is what was paid in the year before.
"""


def cut(text: str) -> list[str]:
    return [text[one.start : one.end] for one in sentences_of(text)]


def test_sentences_stand_under_their_headings() -> None:
    headings = {AGREED[one.start : one.end][-12:]: one.heading for one in sentences_of(AGREED)}
    assert headings["or one year."] == "term"
    assert headings["year before."] == "liability"
    assert any(words.startswith("Any notice must be sent") or "Any notice" in words for words in cut(AGREED))


def test_lines_of_a_paper_are_no_ends_of_sentences() -> None:
    text = "The provider answers within four\nhours of the call that is made to the desk of the provider."
    assert cut(text) == [text]


def test_short_pieces_join_their_neighbour() -> None:
    text = "(a) No. (b) Yes. The customer may end this agreement at any time with a notice of thirty days."
    assert cut(text) == [text]


def test_short_pieces_beside_a_long_one_stay_apart_when_too_much_would_join() -> None:
    long = "The customer pays " + "every month and " * 40 + "every year. "
    assert cut(long + "Then it ends. " + long)[0].endswith("every year.")


def test_a_long_chain_is_cut_at_its_signs() -> None:
    for sign in ("; ", ", ", " ", "\n"):
        chain = f"word{sign}" * 400
        pieces = cut(chain)
        assert len(pieces) > 1
        assert all(len(piece) <= LONGEST + 50 for piece in pieces)


def test_a_chain_without_any_gap_is_cut_all_the_same() -> None:
    assert [len(piece) for piece in cut("x" * 1500)] == [LONGEST, LONGEST, 100]


def test_nothing_has_no_sentence() -> None:
    assert sentences_of("") == []
    assert sentences_of(" \n\n\t ") == []


@given(st.text(alphabet="aB .;:,\n(1)#-é\t", max_size=400))
def test_every_sign_that_is_no_space_stands_in_one_sentence_in_order(text: str) -> None:
    found = sentences_of(text)
    joined = "".join(text[one.start : one.end] for one in found)
    assert [sign for sign in joined if not sign.isspace()] == [sign for sign in text if not sign.isspace()]
    assert all(one.end <= following.start for one, following in pairwise(found))
    assert all(text[one.start : one.end].strip() == text[one.start : one.end] for one in found)
