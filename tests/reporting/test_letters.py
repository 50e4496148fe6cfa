"""Letters to vendors: what they say, in three languages, as a paper of a word processor and to be printed."""

from __future__ import annotations

import io
import string
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pikepdf
import pytest
from docx.api import Document
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.reporting.letters import (
    BLANK,
    LANGUAGES,
    Clause,
    LetterFacts,
    Purpose,
    catalogue,
    docx,
    pdf,
    write_letter,
)

Pages = Callable[[bytes], list[str]]
CLAUSE = Clause("De overeenkomst wordt telkens stilzwijgend met een jaar verlengd.", 3)
FACTS = LetterFacts(
    purpose=Purpose.CANCEL,
    language="en",
    today=date(2026, 11, 23),
    exit=date(2027, 5, 31),
    sender="Bakkerij Voorbeeld BV",
    recipient="Elders NV",
    contract="IT-beheer",
    number="C-17",
    start=date(2023, 6, 1),
    renews_until=date(2028, 5, 31),
    answer_by=date(2027, 2, 12),
    sent_by="registered_letter",
    clauses=(CLAUSE,),
    signer="An Peeters",
)


def of(facts: LetterFacts, **change: Any) -> LetterFacts:
    return replace(facts, **change)


def whole(facts: LetterFacts) -> str:
    """All words of the letter, top to bottom."""
    letter = write_letter(facts)
    said = (
        *letter.sender,
        *letter.recipient,
        letter.place_and_day,
        letter.sent_by,
        letter.subject,
        letter.salutation,
        *(part.words for part in letter.parts),
        letter.closing,
        *letter.signature,
    )
    return "\n".join(said).replace("\N{NO-BREAK SPACE}", " ")


def in_docx(written: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(written)).paragraphs)


# --- the words ----------------------------------------------------------------------------------------------------


def names_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_language_says_the_same() -> None:
    words = catalogue()
    assert set(words) == set(LANGUAGES)
    for language in LANGUAGES:
        assert words[language].keys() == words["en"].keys()
        for key, sentence in words[language].items():
            assert names_in(sentence) == names_in(words["en"][key]), (language, key)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            (
                "By registered letter",
                "we end the contract “IT-beheer” (your reference C-17), which began on 1 June 2023. It ends at the "
                "close of 31 May 2027.",
                "The contract says (page 3):",
                "Please confirm in writing, within ten days",
                "hand over to us, in a common format, all data",
                "for Bakkerij Voorbeeld BV",
            ),
        ),
        (
            "fr",
            (
                "Par lettre recommandée",
                "nous résilions le contrat « IT-beheer » (votre référence : C-17), entré en vigueur le 1er juin 2023. "
                "Il prend fin à l’issue du 31 mai 2027.",
                "Le contrat prévoit (page 3) :",
                "confirmer par écrit, dans les dix jours",
                "toutes les données que vous détenez pour nous",
                "pour Bakkerij Voorbeeld BV",
            ),
        ),
        (
            "nl",
            (
                "Per aangetekende brief",
                "Hierbij zeggen wij de overeenkomst “IT-beheer” (uw kenmerk C-17) op, die op 1 juni 2023 is "
                "ingegaan. Zij eindigt na afloop van 31 mei 2027.",
                "In de overeenkomst staat (bladzijde 3):",
                "binnen tien dagen schriftelijk te bevestigen",
                "alle gegevens overhandigt die u voor ons bewaart",
                "namens Bakkerij Voorbeeld BV",
            ),
        ),
    ],
)
def test_a_notice_names_contract_day_and_clause_and_asks_for_confirmation_and_data(
    language: str, says: tuple[str, ...]
) -> None:
    said = whole(of(FACTS, language=language))
    for words in (*says, CLAUSE.quote, "An Peeters", "Elders NV"):
        assert words in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_on_new_terms_is_no_notice(language: str) -> None:
    said = whole(of(FACTS, language=language, purpose=Purpose.RENEGOTIATE))
    assert {"en": "is not a notice", "fr": "n’est pas une résiliation", "nl": "is geen opzegging"}[
        language
    ] in said
    assert {"en": "12 February 2027", "fr": "12 février 2027", "nl": "12 februari 2027"}[language] in said
    assert CLAUSE.quote in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_to_go_on_ends_nothing(language: str) -> None:
    said = whole(of(FACTS, language=language, purpose=Purpose.RENEW))
    assert {"en": "31 May 2028", "fr": "31 mai 2028", "nl": "31 mei 2028"}[language] in said
    assert not any(word in said for word in ("we end", "résili", "pzegging"))
    unknown = whole(of(FACTS, language=language, purpose=Purpose.RENEW, renews_until=None))
    assert "2028" not in unknown


def test_what_is_not_known_is_left_out_or_left_to_fill_in() -> None:
    bare = LetterFacts(Purpose.CANCEL, "en", date(2026, 11, 23), date(2027, 5, 31))
    said = whole(bare)
    assert f"we end the contract “{BLANK}”. It ends at the close of 31 May 2027." in said
    assert f"for {BLANK}" in said
    assert not any(word in said for word in ("reference", "began", "The contract says", "None", "registered"))


def test_a_clause_without_a_page_and_an_endless_one() -> None:
    said = whole(of(FACTS, clauses=(Clause("wort " * 1000),)))
    assert "The contract says:" in said
    assert said.count("wort") == 300
    assert "wort […]" in said


def test_another_language_is_written_in_english() -> None:
    assert whole(of(FACTS, language="de")) == whole(FACTS)


@pytest.mark.parametrize(("sent_by", "says"), [("letter", "By letter\n"), ("email", "By e-mail")])
def test_the_letter_says_how_it_is_sent(sent_by: str, says: str) -> None:
    assert says in whole(of(FACTS, sent_by=sent_by))


# --- on paper -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", Purpose)
def test_both_papers_say_all_of_it_on_one_page(language: str, purpose: Purpose, pages: Pages) -> None:
    letter = write_letter(of(FACTS, language=language, purpose=purpose))
    read, (page,) = in_docx(docx(letter)), pages(pdf(letter))
    page = " ".join(page.split())
    for part in letter.parts:
        assert part.words in read
        assert " ".join(part.words.split()) in page
    for words in (letter.subject, letter.salutation, letter.closing, letter.sender[0], letter.recipient[0]):
        assert words in read
        assert " ".join(words.split()) in page


def test_the_file_says_what_it_is_in_which_language_and_who_sends_it() -> None:
    letter = write_letter(of(FACTS, language="nl"))
    with pikepdf.open(io.BytesIO(pdf(letter))) as document:
        about = document.open_metadata()
        assert about["dc:title"] == letter.subject
        assert about["pdfuaid:part"] == "1"
        assert str(document.Root.Lang) == "nl"
    about = Document(io.BytesIO(docx(letter))).core_properties
    assert (about.title, about.author, about.language) == (letter.subject, "Bakkerij Voorbeeld BV", "nl")
    assert about.comments == about.last_modified_by == ""
    assert about.created is not None
    assert about.created.date() == FACTS.today


def test_an_endless_letter_goes_on_over_pages_that_are_numbered(pages: Pages) -> None:
    clauses = tuple(Clause("word " * 250) for _ in range(6))
    read = pages(pdf(write_letter(of(FACTS, clauses=clauses))))
    assert len(read) > 1
    assert f"2 / {len(read)}" in read[1]


MARKUP = "#set page(fill: red) $x$ *b* _i_ \\ `r` <l> @ref [x] {y} // c"


def test_a_name_is_words_and_never_markup(pages: Pages) -> None:
    letter = write_letter(of(FACTS, contract=MARKUP, sender=MARKUP, recipient=MARKUP, signer="A" * 200))
    assert in_docx(docx(letter)).count(MARKUP) >= 4
    assert "".join("".join(pages(pdf(letter))).split()).count("".join(MARKUP.split())) >= 4


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_name_and_any_clause_can_be_written(name: str, quote: str) -> None:
    letter = write_letter(of(FACTS, contract=name, sender=name, clauses=(Clause(quote),)))
    assert "Yours faithfully," in in_docx(docx(letter))


@pytest.mark.parametrize(
    "name", ["nul\x00 bell\x07", "lone \ud800surrogate", "🎉 Party", "]\u0332\u034c", "שלום"]
)
def test_odd_letters_break_no_paper(name: str, pages: Pages) -> None:
    letter = write_letter(of(FACTS, contract=name, sender=name, clauses=(Clause(name),)))
    assert len(pages(pdf(letter))) == 1
    assert in_docx(docx(letter))
