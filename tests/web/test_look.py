"""Does every page carry the look: nothing in line, every address and icon found, colours that can be read?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import NoReverseMatch, get_resolver
from heroicons import IconDoesNotExist

import pilothouse.web
from pilothouse.web.frame import frame
from pilothouse.web.profile.forms import ProfileForm
from pilothouse.web.templatetags.pilothouse import STATES, icon

WEB = Path(pilothouse.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
STYLES = (WEB / "static" / "pilothouse" / "look.css").read_text()

IN_LINE = re.compile(
    r"""<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*["']|javascript:|\shx-on""", re.I
)
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3 for text of normal size
LEAST_CONTRAST_OF_EDGES = 3.0  # WCAG 2.2, 1.4.11 for what a field is seen by


def name_of(template: Path) -> str:
    return template.relative_to(WEB / "templates").as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_nothing_stands_in_line_that_the_policy_would_refuse(template: Path) -> None:
    assert IN_LINE.findall(template.read_text()) == []


@pytest.mark.parametrize(
    "words", ['<p style="color: red">', "<script>go()</script>", '<a onclick="go()">', "<b hx-on:click=''>"]
)
def test_what_stands_in_line_would_be_noticed(words: str) -> None:
    assert IN_LINE.search(words)


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_is_sound_and_includes_only_what_is_there(template: Path) -> None:
    text = template.read_text()
    try:
        get_template(name_of(template))
        for other in re.findall(r'{% (?:include|extends) "([^"]+)"', text):
            get_template(other)
    except TemplateDoesNotExist as missing:
        pytest.fail(f"{name_of(template)} asks for the template {missing}")


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_every_address_a_template_names_exists(template: Path) -> None:
    for name in re.findall(r'{% url "([^"]+)"', template.read_text()):
        *spaces, last = name.split(":")
        resolver = get_resolver()
        for space in spaces:
            assert space in resolver.namespace_dict, f"{name_of(template)} links to {name}"
            resolver = resolver.namespace_dict[space][1]
        if last not in resolver.reverse_dict:
            raise NoReverseMatch(f"{name_of(template)} links to {name}")


def test_every_icon_a_template_names_is_drawn() -> None:
    named = {
        found for template in TEMPLATES for found in re.findall(r'{% icon "([^"]+)"', template.read_text())
    }
    assert "banknotes" in named
    for name in named | {icon_name for icon_name, _word in STATES.values()}:
        for size in ("", "small", "large"):
            assert 'aria-hidden="true"' in icon(name, size)
    with pytest.raises(IconDoesNotExist):
        icon("no-such-thing")


def test_every_question_of_the_profile_is_on_its_page() -> None:
    page = (WEB / "templates" / "profile" / "profile.html").read_text()
    assert set(re.findall(r"field=form\.(\w+)", page)) == set(ProfileForm.Meta.fields)


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_what_is_shown_when_something_broke_needs_nothing(name: str) -> None:
    page = get_template(name).render()
    assert 'href="/"' in page
    assert "pilothouse/look.css" in page


# --- the frame --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><b>', ""), ("", "")])
def test_light_or_dark_is_one_of_the_two_or_left_to_the_device(cookie: str, theme: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert frame(request)["theme"] == theme


def test_outside_a_company_there_is_none() -> None:
    request = RequestFactory().get("/")
    found = frame(request)
    assert (found["company"], found["membership"], found["here"]) == (None, None, "")
    assert list(found["own_memberships"]) == []


# --- colours ----------------------------------------------------------------------------------------------------

INKS_ON_GROUNDS = [
    *((ink, ground) for ink in ("ink", "quiet") for ground in ("paper", "wash", "raised")),
    *(("accent", ground) for ground in ("paper", "wash", "raised", "accent-wash")),
    *(("ink", ground) for ground in ("accent-wash", "good-wash", "look-wash", "act-wash")),
    ("accent-strong", "accent-wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("good", "good-wash"),
    ("look", "look-wash"),
    ("act", "act-wash"),
    ("act", "paper"),
]


def colours(mode: int) -> dict[str, str]:
    """The named colours of light (0) or dark (1)."""
    pairs = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", STYLES)
    return {name: both[mode] for name, *both in pairs}


def luminance(colour: str) -> float:
    """How light a colour is, as WCAG computes it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), INKS_ON_GROUNDS)
def test_words_can_be_read_on_their_ground(ink: str, ground: str, mode: int) -> None:
    of = colours(mode)
    assert contrast(of[ink], of[ground]) >= LEAST_CONTRAST


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(mode: int) -> None:
    of = colours(mode)
    for ground in ("paper", "wash", "raised"):
        assert contrast(of["edge"], of[ground]) >= LEAST_CONTRAST_OF_EDGES


def test_black_on_white_has_the_contrast_it_has() -> None:
    assert round(contrast("#000000", "#ffffff"), 6) == 21


def test_there_are_four_sizes_of_type() -> None:
    assert len(re.findall(r"^    --(?:small|body|lead|title):", STYLES, re.M)) == 4
    others = set(re.findall(r"font-size: ([^;v][^;]*);", STYLES))
    assert others <= {"80%", "0.75rem"}, (
        "print as a whole, and the words under the icons of the bar on a phone"
    )
