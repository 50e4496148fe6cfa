"""Rules about templates: nothing from elsewhere, nothing evaluated, nothing trusted unseen.

That nothing stands in line, and that every link and icon is there, is seen to in tests/web/test_look.py.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house_rules.files import files_below, python_files

TEMPLATES = "pilothouse/web/templates"

REFUSED = {
    "an htmx attribute that evaluates": re.compile(
        r"\shx-(vals|headers)\s*=\s*[\"']\s*(js|javascript):", re.IGNORECASE
    ),
    "something from another host": re.compile(r"(src|href)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
}
# Where `|safe` may stand: template -> (expression, why it cannot hold what a stranger wrote).
TRUSTED = {
    "components/field_words.html": ("field.help_text|safe", "help texts stand in our code and Django's")
}


def trouble_in(path: str, text: str) -> Iterator[str]:
    """What a template fetches or has evaluated, or trusts without being listed."""
    for name, pattern in REFUSED.items():
        if pattern.search(text):
            yield f"{path}: {name}; the content security policy refuses it"
    allowed, _why = TRUSTED.get(path, ("", ""))
    trusting = text.replace(allowed, "") if allowed else text
    if re.search(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off", trusting):
        yield f"{path}: trusts what it prints; escape it, or list why it is safe"


def test_templates_fetch_nothing_from_elsewhere_and_trust_nothing() -> None:
    found = files_below(TEMPLATES, ".html")
    assert found
    assert [told for path, text in found.items() for told in trouble_in(path, text)] == []
    assert not TRUSTED.keys() - found.keys(), "these templates are no more: take them off the list"


@pytest.mark.parametrize(
    "text",
    [
        "<div hx-vals='js:{a: steal()}'>",
        '<script src="https://cdn.example/htmx.js"></script>',
        "{{ vendor.name|safe }}",
        "{% autoescape off %}{{ name }}{% endautoescape %}",
    ],
)
def test_what_is_fetched_evaluated_or_trusted_is_found(text: str) -> None:
    assert list(trouble_in("spend/lines.html", text))


def test_an_ordinary_template_passes() -> None:
    text = '<script src="{% static "x.js" %}" defer></script><a href="{% url "home" %}">Keep it safe</a>'
    assert not list(trouble_in("base.html", text))
    assert list(trouble_in("components/field_words.html", "{{ field.help_text|safe }}{{ name|safe }}"))


# --- the same in Python -----------------------------------------------------------------------------------------

# Functions that may mark text as safe, and why.
MARKING = {
    ("pilothouse/web/templatetags/pilothouse.py", "icon"): "drawn by the icon package from names of our own"
}


def marked_safe(path: str, text: str) -> Iterator[tuple[str, str]]:
    """Path and function of each place that marks text as safe, or builds the pattern of `format_html` from values."""
    for function in ast.walk(ast.parse(text)):
        if not isinstance(function, ast.FunctionDef | ast.Module):
            continue
        name = getattr(function, "name", "")
        for call in _calls_in(function):
            called = getattr(call.func, "id", getattr(call.func, "attr", ""))
            patterned = called == "format_html" and not isinstance(call.args[0], ast.Constant)
            if called in ("mark_safe", "SafeString") or patterned:
                yield path, name


def _calls_in(scope: ast.AST) -> Iterator[ast.Call]:
    """The calls of a function that stand in no function inside it."""
    for node in ast.iter_child_nodes(scope):
        if isinstance(node, ast.Call):
            yield node
        if not isinstance(node, ast.FunctionDef):
            yield from _calls_in(node)


def test_code_marks_nothing_as_safe_but_what_is_listed() -> None:
    found = {place for path, text in python_files("pilothouse").items() for place in marked_safe(path, text)}
    assert found == set(MARKING)


@pytest.mark.parametrize(
    "text",
    [
        "def name(x):\n    return mark_safe(x)",
        "def name(x):\n    return safestring.mark_safe(x)",
        "def name(x):\n    return [format_html(f'<b>{x}</b>')]",
        "X = SafeString('x')",
    ],
)
def test_code_that_marks_as_safe_is_found(text: str) -> None:
    assert list(marked_safe("x.py", text))


def test_code_that_escapes_passes() -> None:
    assert not list(marked_safe("x.py", "def name(x):\n    return format_html('<b>{}</b>', x)"))
