"""Which characters can the paper show, and what stands in for the others?

PDF/A and PDF/UA refuse a character that no font at hand has. Such characters are spelled out
("[party popper]", "[U+4E2D]"); control characters, which could turn the words around them, are dropped.
That a mark fits no letter beside it cannot be foreseen: who is refused for one sets the words `plainly`.
Limits: a script that Source Sans lacks is shown only where the machine has a font for it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typst import Fonts, PDFStandard

STANDARDS: list[PDFStandard] = ["a-2a", "ua-1"]
_ALWAYS_SHOWN = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)])) - {"\u00ad"}
_NEVER_SHOWN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
_LEANING = {"Lm", "Sk", "Sm", "So"}
_REFUSED = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_PROBE = rb"""#set document(title: "Probe")
#set text(font: "Source Sans Pro")
#for letter in json(bytes(sys.inputs.letters)) [
  #letter #text(weight: "semibold", letter) #text(weight: "bold", letter) \
]
"""


@cache
def fonts() -> Fonts:
    """The paper's type, then the machine's for scripts that it lacks. Looked up once, which takes 0.1 s."""
    import typst

    return typst.Fonts(font_paths=[str(files("font_source_sans_pro") / "files")])


def showable(words: Any) -> Any:
    """The same JSON value with each text in letters that can be printed."""
    words = _mapped(words, lambda text: unicodedata.normalize("NFC", text))
    unusual = {letter for text in _texts(words) for letter in text} - _ALWAYS_SHOWN
    dropped = {letter for letter in unusual if unicodedata.category(letter) in _NEVER_SHOWN}
    instead = {ord(letter): _instead_of_control(letter) for letter in dropped}
    instead |= {ord(letter): _spelled(letter) for letter in _in_no_font(frozenset(unusual - dropped))}
    return _mapped(words, lambda text: text.translate(instead)) if instead else words


def plainly(words: Any) -> Any:
    """The same JSON value in letters that stand alone: no combining marks, modifiers and symbols by name."""
    return _mapped(words, lambda text: "".join(map(_alone, text)))


def is_refusal(error: Exception) -> bool:
    """Whether typst could not set the words for want of a letter."""
    return _REFUSED.search(str(error)) is not None


def _texts(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict | list):
        for one in words.values() if isinstance(words, dict) else words:
            yield from _texts(one)


def _mapped(words: Any, change: Callable[[str], str]) -> Any:
    if isinstance(words, str):
        return change(words)
    if isinstance(words, dict):
        return {key: _mapped(one, change) for key, one in words.items()}
    return [_mapped(one, change) for one in words] if isinstance(words, list) else words


def _instead_of_control(letter: str) -> str:
    return " " if letter in "\t\n\r\u2028\u2029" else ""


def _alone(letter: str) -> str:
    category = unicodedata.category(letter)
    if category.startswith("M"):
        return ""
    return _spelled(letter) if category in _LEANING and letter not in _ALWAYS_SHOWN else letter


def _spelled(letter: str) -> str:
    name = unicodedata.name(letter, "").lower()
    return f"[{name}]" if name and "ideograph" not in name else f"[U+{ord(letter):04X}]"


@lru_cache(maxsize=64)
def _in_no_font(letters: frozenset[str]) -> frozenset[str]:
    """The letters that no font at hand has: a page with one letter a line is set, and typst names those."""
    import typst

    try:
        typst.compile(
            _PROBE,
            font_paths=fonts(),
            sys_inputs={"letters": json.dumps(sorted(letters))},
            pdf_standards=STANDARDS,
        )
    except typst.TypstError as error:
        refused = (_ESCAPED.sub(_unescaped, found) for found in _REFUSED.findall(error.diagnostic))
        return frozenset(letter for text in refused for letter in text)
    return frozenset()


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]
