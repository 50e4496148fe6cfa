"""The words of a web page, as a reader sees them: a line for each block, no scripts, styles or hidden templates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_SIGN = re.compile(r"<(?:!doctype\s+html|html|body|p|div|h[1-6])\b", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_NOT_SHOWN = frozenset(("script", "style", "head", "template", "noscript", "svg", "object", "iframe"))
_BLOCK_NAMES = (
    "address article aside blockquote br caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_EMPTY = ("br", "hr")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_ROUND_A_LINE_END = re.compile(r" *\n *")
_GAP = re.compile(r"\n{3,}")


def looks_like_web_page(words: str) -> bool:
    return _SIGN.search(words[:4096]) is not None


def words_of_web_page(words: str) -> str:
    """What a page says; broken marks are read as far as they go."""
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(_DECLARED.sub("", words).replace("\0", " "), parser)
    if root is None:
        return ""
    text = _ROUND_A_LINE_END.sub("\n", "".join(_words_in(root)))
    return _GAP.sub("\n\n", text).strip()


def _words_in(root: etree._Element) -> list[str]:
    """The words in the order of the page. Walked step by step: a page may be nested deeper than calls can be."""
    from lxml import etree

    said: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag)
        if tag in _BLOCKS and not hidden and (event == "start" or tag not in _EMPTY):
            said.append("\n")
        if event == "start":
            hidden += tag in _NOT_SHOWN
            said.append("" if hidden else _SPACES.sub(" ", element.text or ""))
        else:
            hidden -= tag in _NOT_SHOWN
            said.append("" if hidden else _SPACES.sub(" ", element.tail or ""))
    return said
