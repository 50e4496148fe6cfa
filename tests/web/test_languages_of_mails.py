"""The words of mails in other languages are whole, and what is shipped is what stands in the catalogue."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[2] / "pilothouse" / "web" / "locale"
LANGUAGES = ("fr", "nl")
_HOLE = re.compile(r"%\(\w+\)s")


def words_in(language: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What is said by what it is in English: one sentence, or one and several."""
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return {
            _each(message.id): _each(message.string or "")
            for message in read_po(file, locale=language)
            if message.id
        }


def _each(said: Iterable[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_the_values_of_the_english_one(language: str) -> None:
    for said, translated in words_in(language).items():
        english = set(_HOLE.findall(said[-1]))
        assert all(translated), said
        assert len(translated) == len(said)
        assert all(set(_HOLE.findall(one)) <= english for one in translated), said
        assert set(_HOLE.findall(translated[-1])) == english, said


def test_the_languages_say_the_same_things() -> None:
    french, dutch = (set(words_in(language)) for language in LANGUAGES)
    assert french == dutch


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shipped_is_made_from_the_catalogue(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        shipped = gettext.GNUTranslations(file)
    for said, translated in words_in(language).items():
        if len(said) == 2:
            assert tuple(shipped.ngettext(said[0], said[1], number) for number in (1, 2)) == translated
        else:
            assert (shipped.gettext(said[0]),) == translated


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_mails_is_there(language: str) -> None:
    folder = LOCALE.parent / "templates" / "contracts"
    simple = {
        (said,)
        for name in ("mail.txt", "mail.html", "_mail_line.txt")
        for said in re.findall(r'{% translate "([^"]+)" %}', (folder / name).read_text("utf-8"))
    }
    assert simple
    assert simple <= set(words_in(language))
