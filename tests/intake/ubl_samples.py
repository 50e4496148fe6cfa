"""Our own small UBL papers, and how to spoil one word of them."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Self

from lxml import etree

from pilothouse.intake.papers import Invoice, Problem
from pilothouse.intake.ubl import read_ubl

CASES = Path(__file__).resolve().parents[1] / "cases" / "ubl"
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_NAMES = {"cac": f"{_UBL}CommonAggregateComponents-2", "cbc": f"{_UBL}CommonBasicComponents-2"}


def sample(name: str = "invoice") -> bytes:
    return (CASES / f"{name}.xml").read_bytes()


def the_invoice(data: bytes) -> Invoice:
    """The one paper of a file that can be used."""
    papers, problems = read_ubl(data)
    assert problems == ()
    (paper,) = papers
    assert isinstance(paper, Invoice)
    return paper


def the_problem(data: bytes, **limits: int) -> Problem:
    """The one problem of a file that cannot be used."""
    papers, problems = read_ubl(data, **limits)
    assert papers == ()
    (problem,) = problems
    assert problem.level == "error"
    return problem


class Spoiled:
    """A sample to be changed: each change names its element by a path such as "cac:Delivery//cbc:ID"."""

    names = _NAMES

    def __init__(self, name: str = "invoice") -> None:
        self._root = etree.fromstring(self._sample(name))

    def _sample(self, name: str) -> bytes:
        return sample(name)

    def _first(self, path: str) -> etree._Element:
        asked = path if path.startswith(("(", ".")) else f".//{path}"
        found = self._root.xpath(asked, namespaces=self.names)
        assert isinstance(found, list)
        assert found, path
        element = found[0]
        assert isinstance(element, etree._Element)
        return element

    def without(self, path: str) -> Self:
        element = self._first(path)
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
        return self

    def saying(self, path: str, text: str) -> Self:
        self._first(path).text = text
        return self

    def coded(self, path: str, attribute: str, value: str | None) -> Self:
        element = self._first(path)
        if value is None:
            del element.attrib[attribute]
        else:
            element.set(attribute, value)
        return self

    def twice(self, path: str) -> Self:
        element = self._first(path)
        element.addnext(copy.deepcopy(element))
        return self

    def with_(self, path: str, inside: str) -> Self:
        spaces = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in self.names.items())
        parent = self._first(path) if path else self._root
        parent.extend(etree.fromstring(f"<x {spaces}>{inside}</x>"))
        return self

    def every(self, path: str, text: str) -> Self:
        found = self._root.xpath(f".//{path}", namespaces=self.names)
        assert isinstance(found, list)
        for element in found:
            assert isinstance(element, etree._Element)
            element.text = text
        return self

    def data(self) -> bytes:
        return etree.tostring(self._root)

    def read(self) -> Invoice:
        return the_invoice(self.data())

    def rules(self) -> set[str]:
        return {problem.rule for problem in self.read().problems}
