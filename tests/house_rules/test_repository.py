"""Rules about what the repository holds: nothing of one machine, nothing huge, no link into nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from tests.house_rules.files import ROOT, files_below, kept_files

LARGEST_BYTES = 400_000

# --- places and addresses ---------------------------------------------------------------------------------------

MACHINE_PATH = re.compile(r"(?<![\w.<>}$*])/(?:work|root|home/[a-z][\w-]*|Users/[A-Za-z][\w-]*)/")
REGISTRIES = (
    "pypi.org",
    "pythonhosted.org",
    "npmjs.org",
    "npmjs.com",
    "yarnpkg.com",
    "crates.io",
    "anaconda.org",
)
REGISTRY = re.compile(
    r"https?://[\w.-]*(?:" + "|".join(re.escape(name) for name in REGISTRIES) + r")"
    r"|--(?:extra-)?index-url[ =]\s*\S|^\s*-(?:i|f) http|--find-links",
    re.MULTILINE,
)


def of_one_machine(path: str, text: str) -> Iterator[str]:
    """Absolute paths of somebody's machine, and addresses of package registries."""
    for pattern, words in (
        (MACHINE_PATH, "a path of one machine"),
        (REGISTRY, "the address of a package registry"),
    ):
        for found in pattern.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield f"{path}:{line}: {words}: {found.group()}"


def _texts() -> Iterator[tuple[str, str]]:
    for path in kept_files():
        try:
            yield str(path.relative_to(ROOT)), path.read_text()
        except UnicodeDecodeError:
            continue  # a picture or a bank file in another alphabet; no place for addresses


def test_no_file_names_a_place_on_one_machine_or_a_registry() -> None:
    here = "tests/house_rules/test_repository.py"
    assert [told for path, text in _texts() if path != here for told in of_one_machine(path, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        # Put together here, so that the examples are not what they are examples of.
        "see " + "/".join(("", "home", "anna", "pilothouse", "README.md")),
        "DATA = '" + "/".join(("", "work", "shared")) + "'",
        "open('" + "/".join(("", "root", "x")) + "')",
        "https://pypi.org/simple",
        "--index-url https://mirror.example/simple",
        "-i http://mirror.example",
    ],
)
def test_a_place_on_one_machine_is_found(text: str) -> None:
    assert list(of_one_machine("x.md", text))


def test_ordinary_addresses_pass() -> None:
    text = "https://www.ecb.europa.eu/home/html/ ../shared/data/x /usr/lib/postgresql --no-emit-index-url"
    assert not list(of_one_machine("x.md", text))


# --- size -------------------------------------------------------------------------------------------------------


# What was learned has a weight for each of many clauses; in more files it would be no smaller.
LARGEST_MODEL = 1_000_000
MODELS = "pilothouse/knowledge/models/"


def too_large(path: str, size: int) -> list[str]:
    most = LARGEST_MODEL if MODELS in path else LARGEST_BYTES
    if size <= most:
        return []
    return [f"{path}: {size // 1000} kB; the repository keeps no file above {most // 1000} kB there"]


def test_no_file_is_huge() -> None:
    found = kept_files()
    assert len(found) > 100
    assert [told for path in found for told in too_large(str(path), path.stat().st_size)] == []


def test_a_huge_file_is_found() -> None:
    assert too_large("docs/film.mp4", 400_001)
    assert not too_large("docs/picture.png", 400_000)
    assert not too_large(f"{MODELS}words.npz", 900_000)
    assert too_large(f"{MODELS}words.npz", 1_000_001)


# --- decisions --------------------------------------------------------------------------------------------------


def exists(path: str) -> bool:
    return (ROOT / path).exists()


def adr_without_check(path: str, text: str, there: Callable[[str], bool] = exists) -> Iterator[str]:
    """Decisions that do not name the check that holds them, or name one that is not there."""
    told = text.partition("**What holds it:**")[2]
    if not told.strip():
        yield f"{path}: name the check that holds this decision"
    for named in re.findall(r"`((?:tests|pilothouse|bench|web|tools)/[\w./-]+)`", told):
        if not there(named) and not there(f"pilothouse/{named}"):
            yield f"{path}: {named} is not there"
    if "**Status:**" not in text:
        yield f"{path}: say whether the decision holds"


def test_every_decision_names_the_check_that_holds_it() -> None:
    found = files_below("docs/decisions", ".md")
    assert len(found) >= 6
    assert [told for path, text in found.items() for told in adr_without_check(path, text)] == []


def test_a_decision_without_a_check_is_found() -> None:
    held = "**Status:** holds.\n**What holds it:** `tests/house_rules/`."
    assert not list(adr_without_check("0001.md", held))
    assert list(adr_without_check("0001.md", "**Status:** holds. We like it."))
    assert list(adr_without_check("0001.md", held.replace("house_rules", "nowhere")))
    assert list(adr_without_check("0001.md", held.replace("**Status:**", "")))


# --- links ------------------------------------------------------------------------------------------------------

LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")


def heading_words(text: str) -> set[str]:
    """The anchors a Markdown page has."""
    headings = re.findall(r"^#+ +(.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(path: str, text: str) -> Iterator[str]:
    """Links to files or headings that are not there."""
    without_code = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    for target in LINK.findall(without_code):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        file = (ROOT / path).parent / place if place else ROOT / path
        if not file.exists():
            yield f"{path}: {target} leads nowhere"
        elif anchor and file.suffix == ".md" and anchor not in heading_words(file.read_text()):
            yield f"{path}: {target} names a heading that is not there"


def test_links_between_documents_lead_somewhere() -> None:
    pages = {path: text for path, text in _texts() if path.endswith(".md")}
    assert len(pages) > 10
    assert [told for path, text in pages.items() for told in broken_links(path, text)] == []


def test_a_broken_link_is_found() -> None:
    assert list(broken_links("README.md", "[x](docs/nowhere.md)"))
    assert list(broken_links("README.md", "[x](docs/architecture.md#no-such-heading)"))
    assert not list(broken_links("README.md", "[x](docs/architecture.md#where-do-i-put-) `[x](y.md)`"))
