"""Which element of a syntax is which term of EN 16931? What the readers of UBL and CII have in common.

A `Shape` says for each element of a syntax under which terms its words are given; `gather` walks a tree by it and
fills a `Group`, the words the rules are asked of. What stands in no shape is left aside, so national extensions
do no harm. Each syntax has its own shapes (`ubl`, `cii`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from lxml import etree

from pilothouse.intake.rules.document import Given, Group


class Step(NamedTuple):
    """What an element is: the terms its text is given under, each with the attribute that is kept as its code;
    what stands inside it; and the name of the group it starts, if it starts one."""

    terms: tuple[tuple[str, str | None], ...]
    inside: Shape | None = None
    group: str = ""


Shape = dict[str, Step]
Spaces = Mapping[str, tuple[str, ...]]


def shape(steps: Mapping[str, str | Step | Shape], spaces: Spaces) -> Shape:
    """`steps` with full names for "cbc:ID", and "term", "term @attribute" or several, split by "; ", as steps.

    `spaces` gives the namespaces a prefix stands for: a syntax may have several versions of the same elements.
    """
    full: Shape = {}
    for name, step in steps.items():
        prefix, _, local = name.partition(":")
        if isinstance(step, str):
            step = Step(tuple(_term(words) for words in step.split("; ")))
        elif isinstance(step, dict):
            step = Step((), step)
        for space in spaces[prefix]:
            full[f"{{{space}}}{local}"] = step
    return full


def _term(words: str) -> tuple[str, str | None]:
    term, _, attribute = words.partition(" @")
    return term, attribute or None


def plain_name(name: str) -> str:
    """The name of an element without its namespace. Where its prefix has none, the parser leaves it in the name.

    >>> plain_name("{urn:x}Invoice"), plain_name("x:Invoice")
    ('Invoice', 'x:Invoice')
    """
    return name.rpartition("}")[2]


def group(name: str, inside: Shape) -> Step:
    return Step((), inside, name)


def gather(element: Any, shape: Shape, into: Group) -> Group:
    """Put into `into` what `element` says under the terms of `shape`."""
    for child in element:
        step = shape.get(child.tag)
        if step is None:
            continue
        terms, inside, name = step
        for term, attribute in terms:
            code = child.get(attribute) if attribute else None
            into.say(term, Given(child.text or "", child.sourceline, code))
        if name and inside is not None:
            into.groups.setdefault(name, []).append(gather(child, inside, Group(child.sourceline)))
        elif inside:
            gather(child, inside, into)
    return into


def weigh(element: etree._Element) -> None:
    """Put the decoded size of an attachment in the place of its content."""
    content = element.text or ""
    signs = len(content) - sum(content.count(blank) for blank in " \t\r\n")
    element.text = str((signs - content.count("=")) * 3 // 4)


def tell_charges_from_allowances(owner: Group) -> None:
    """What says neither stays "allowance or charge": it counts as neither, but its words are checked."""
    for item in owner.groups.pop("allowance or charge", ()):
        name = _INDICATED.get(item.text("is a charge").lower(), "allowance or charge")
        owner.groups.setdefault(name, []).append(item)


_INDICATED = {"true": "charge", "1": "charge", "false": "allowance", "0": "allowance"}
