"""Each environment variable the product reads has its line in docs/operating.md, and each line is read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from tests.house_rules.files import ROOT, python_files

# Read, but nobody's to set: how Django finds the settings module.
OWN = {"DJANGO_SETTINGS_MODULE"}


def variables_read(text: str) -> Iterator[str]:
    """The variables a module reads by `env.<type>("NAME")`, `os.environ["NAME"]`, `os.environ.get("NAME")`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of = ast.unparse(node.func.value)
            if of in ("env", "os.environ", "environ") or ast.unparse(node.func) == "os.getenv":
                yield from _constant(node.args[0])
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) in ("os.environ", "environ"):
            yield from _constant(node.slice)


def _constant(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def rows_in(page: str) -> set[str]:
    """The variables that have a row in a table of the page."""
    return set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE))


def astray(modules: Mapping[str, str], page: str) -> set[str]:
    """Variables that are read without a row, or have a row without being read."""
    read = {name for text in modules.values() for name in variables_read(text)} - OWN
    return read ^ rows_in(page)


def test_every_setting_has_its_line() -> None:
    page = (ROOT / "docs" / "operating.md").read_text()
    assert len(rows_in(page)) > 5
    assert astray(python_files("pilothouse"), page) == set()


def test_a_setting_without_a_line_and_a_line_without_a_setting_are_found() -> None:
    page = "| `PILOTHOUSE_A` | x |\n| `PILOTHOUSE_B` | x |\n"
    read = {"settings.py": 'A = env.str("PILOTHOUSE_A", "")\nB = os.environ["PILOTHOUSE_B"]'}
    assert astray(read, page) == set()
    assert astray({"settings.py": 'env.int("PILOTHOUSE_C")\n' + read["settings.py"]}, page) == {
        "PILOTHOUSE_C"
    }
    assert astray({"home.py": 'os.environ.get("PILOTHOUSE_A")'}, page) == {"PILOTHOUSE_B"}
