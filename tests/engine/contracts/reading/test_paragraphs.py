"""The sentences of a contract's paragraphs, and the headings they stand under."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.contracts.reading.paragraphs import sentences_of_paragraphs


def cut(text: str) -> list[tuple[str, str]]:
    return [
        (sentence.heading, text[sentence.start : sentence.end]) for sentence in sentences_of_paragraphs(text)
    ]


def test_a_heading_names_what_follows_and_is_no_sentence() -> None:
    text = "Huurovereenkomst toestellen\nDe partijen komen overeen.\nArtikel 1. Duur\nZe duurt een jaar.\n"
    assert cut(text) == [
        ("Huurovereenkomst toestellen", "De partijen komen overeen."),
        ("Huurovereenkomst toestellen / Duur", "Ze duurt een jaar."),
    ]


def test_an_inner_heading_stands_under_the_outer_one_until_the_next_outer_one() -> None:
    text = "## Pénalités\n\n### Principe\n\nElles sont dues.\n\n## Prix\n\n9 euros.\n"
    assert cut(text) == [("Pénalités / Principe", "Elles sont dues."), ("Prix", "9 euros.")]
    text = "1. Durée\nUn an.\n1.1 Fin\nEn mai.\n2. Prix\nBas.\n"
    assert cut(text) == [("Durée", "Un an."), ("Durée / Fin", "En mai."), ("Prix", "Bas.")]


def test_a_short_line_in_capitals_is_a_heading() -> None:
    assert cut("le contrat suit.\n\nRESPONSABILITÉ\nElle est limitée.\n") == [
        ("", "le contrat suit."),
        ("RESPONSABILITÉ", "Elle est limitée."),
    ]


def test_lines_of_a_paragraph_go_on_over_the_end_of_a_page() -> None:
    text = "Le préavis est de\ntrois mois. Il est\n\fécrit.\n\nFin."
    assert cut(text) == [("", "Le préavis est de\ntrois mois."), ("", "Il est\n\fécrit."), ("", "Fin.")]


def test_lines_that_stand_on_every_page_part_no_sentence() -> None:
    foot = "Van Hier NV, blad {}\n"
    text = "\f".join(
        f"{words}\n{foot.format(page)}"
        for page, words in enumerate(("het kan met een", "termijn van", "een jaar."))
    )
    assert [" ".join(words.split()) for _, words in cut(text)] == [
        "het kan met een Van Hier NV, blad 0 termijn van Van Hier NV, blad 1 een jaar."
    ]


def test_a_line_said_again_and_again_is_read_each_time() -> None:
    line = "Le contrat est régi par le droit belge."
    assert [words for _, words in cut(f"{line}\n\n" * 12)] == [line] * 12


def test_a_numbered_line_that_goes_on_is_text() -> None:
    assert cut("3. Le Client garde\nses données.\n") == [("", "3. Le Client garde\nses données.")]
    assert cut("4. Chacun paie sa part,\nSauf accord.") == [("", "4. Chacun paie sa part,\nSauf accord.")]
    assert cut("sur deux lignes\n  \nune troisième")[1:] == [("", "une troisième")]
    assert cut("5. Il faut que chacun tienne un registre de ses actes\nÀ jour.")[0][0] == ""


def test_items_and_rows_are_sentences_of_their_own() -> None:
    text = "à savoir :\n- les serveurs ;\n- le réseau.\n| P1 | 1h |\n| P2 | 2h |\n"
    assert [words for _, words in cut(text)] == [
        "à savoir :",
        "- les serveurs ;",
        "- le réseau.",
        "| P1 | 1h |",
        "| P2 | 2h |",
    ]


def test_an_empty_text_has_no_sentence() -> None:
    assert cut("") == cut(" \n\f\n") == cut("# Prix\n") == []


LINES = st.lists(
    st.sampled_from(
        ["Article 1. Durée", "# Prix", "", "- un", "Le client paie.", "| a |", "PRIX", "2.1 Fin", "\f", "et"]
    )
    | st.text(max_size=30),
    max_size=20,
).map("\n".join)


@given(LINES)
def test_sentences_follow_one_another_and_hold_words(text: str) -> None:
    last = 0
    for sentence in sentences_of_paragraphs(text):
        assert last <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end].strip()
        last = sentence.end
