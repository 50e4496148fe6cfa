"""Every text of the engine has an English sentence, and its values are written for people."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from pilothouse.engine.evidence import Text
from pilothouse.knowledge import KnowledgeError, say
from pilothouse.knowledge.saying import sentences

ENGINE = Path(__file__).parents[2] / "pilothouse" / "engine"


MAKERS = ("_finding", "_on_vendor")  # of findings, whose first word is the end of a key


def keys_said(tree: ast.AST) -> Iterator[str]:
    """Keys given to `Text("…")`, and those that end in the rule of a finding.

    A rule is the first word given to one of `MAKERS`, or yielded with its values; its key begins as the file's
    `Text(f"…{rule}")` does, or with "spend.".
    """
    begins = next((beginning for node in ast.walk(tree) if (beginning := _beginning(node))), "spend.")
    for node in ast.walk(tree):
        first = _first_word(node)
        if first is not None and _is_text(node):
            yield first
        elif first is not None:
            yield begins + first


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text"


def _beginning(node: ast.AST) -> str:
    """What stands before the rule in `Text(f"…{rule}")`."""
    if not (_is_text(node) and isinstance(node, ast.Call) and node.args):
        return ""
    said = node.args[0]
    if isinstance(said, ast.JoinedStr) and isinstance(said.values[0], ast.Constant):
        return str(said.values[0].value)
    return ""


def _first_word(node: ast.AST) -> str | None:
    """The text that a call of `Text` or of a maker begins with, or a pair with values that is yielded."""
    given: list[ast.expr] = []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Text", *MAKERS):
        given = node.args
    elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
        given = node.value.elts if isinstance(node.value.elts[-1], ast.Dict) else []
    if given and isinstance(given[0], ast.Constant) and isinstance(given[0].value, str):
        return given[0].value
    return None


def all_keys() -> set[str]:
    files = sorted(ENGINE.rglob("*.py"))
    return {key for file in files for key in keys_said(ast.parse(file.read_text(encoding="utf-8")))}


def test_keys_are_found_in_code() -> None:
    code = 'Text("a.b", ())\n_finding("c", [])\nText(name)\nother("d")\nx.Text("e")\nText()'
    assert set(keys_said(ast.parse(code))) == {"a.b", "spend.c"}
    rules = 'def f():\n    yield "d", {}\n    yield "e", 1\n    _on_vendor("g")\n    Text(f"list.{rule}")'
    assert set(keys_said(ast.parse(rules))) == {"list.d", "list.g"}


def test_every_text_of_the_engine_has_an_english_sentence_and_no_sentence_is_idle() -> None:
    assert set(sentences("en")) == all_keys()


@pytest.mark.parametrize("sentence", sentences("en").values())
def test_every_sentence_can_be_filled_in(sentence: str) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
    assert all(name.isidentifier() for name in names)


def test_numbers_amounts_and_days_are_written_for_people() -> None:
    values = (
        ("count", "1"),
        ("vendors", "3"),
        ("amount", "12345.678"),
        ("currency", "EUR"),
        ("first", "Coolblue"),
    )
    assert say(Text("spend.unsure", values)) == (
        "1 line of 3 vendors, together EUR 12\N{NO-BREAK SPACE}345.68, may or may not be IT. "
        "Say what they are, Coolblue first: it settles most."
    )
    assert "from 1 March 2025 on" in say(Text("spend.no_papers_of_year_before", (("from", "2025-03-01"),)))


def test_a_language_without_the_sentence_says_it_in_english() -> None:
    text = Text("spend.duplicate_invoice", (("count", "2"),))
    assert say(text, "tlh") == say(text) == "2 invoices were brought in twice and counted once."


def test_a_text_nobody_wrote_is_an_error_that_says_where_to_write_it() -> None:
    with pytest.raises(KnowledgeError, match=r"no sentence “spend\.unheard_of”.*translations/en\.yaml"):
        say(Text("spend.unheard_of"))


def test_a_missing_value_is_named() -> None:
    with pytest.raises(KnowledgeError, match=r"“spend\.duplicate_invoice” needs the value 'count'"):
        say(Text("spend.duplicate_invoice"))
