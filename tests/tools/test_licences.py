"""The licence allow-list lets in what we may ship beside, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house_rules.files import ROOT
from tools.check_licences import LESSER_ALLOWED, STATED, main, names_in, trouble_with, troubles

LOCKS = [str(ROOT / name) for name in ("requirements.lock", "requirements-dev.lock")]


@pytest.mark.parametrize(
    "licence",
    [
        "MIT", "BSD-3-Clause", "BSD License", "Apache-2.0 OR BSD-2-Clause", "MIT AND PSF-2.0", "MPL-2.0", "MIT-CMU",
        "Mozilla Public License 2.0 (MPL 2.0)", "SIL Open Font License 1.1 (OFL-1.1)", "Apache Software License",
    ],
)  # fmt: skip
def test_permissive_licences_and_mpl_are_allowed(licence: str) -> None:
    assert trouble_with("something", licence) == ""


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only", "AGPL-3.0-or-later", "GNU General Public License v3 (GPLv3)", "MIT AND GPL-2.0-only",
        "LGPL-3.0-only", "GNU Lesser General Public License v3 (LGPLv3)", "GNU Affero General Public License v3",
    ],
)  # fmt: skip
def test_the_gpl_family_is_refused(licence: str) -> None:
    assert "GPL family" in trouble_with("something", licence)


@pytest.mark.parametrize(
    "licence", ["", "Other/Proprietary License", "LIMITED USE", "MIT AND Proprietary", "UNKNOWN"]
)
def test_what_is_not_on_the_list_is_refused(licence: str) -> None:
    assert "not on the list" in trouble_with("something", licence)


@pytest.mark.parametrize("name", sorted(LESSER_ALLOWED))
def test_named_packages_may_be_lgpl_but_not_gpl(name: str) -> None:
    assert trouble_with(name, "LGPL-3.0-only") == ""
    assert trouble_with(name, "LGPL-3.0-only AND GPL-3.0-only")


def test_a_package_that_is_not_installed_and_not_stated_is_refused() -> None:
    (told,) = troubles(["no-such-package-anywhere"])
    assert "no-such-package-anywhere" in told


def test_all_that_is_locked_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(LOCKS) == 0
    assert "all allowed" in capsys.readouterr().out
    locked = {name for file in LOCKS for name in names_in(Path(file).read_text())}
    assert STATED.keys() | LESSER_ALLOWED <= locked, "what is no longer locked comes off the lists"


def test_a_lock_that_names_nothing_is_no_lock(tmp_path: Path) -> None:
    empty = tmp_path / "empty.lock"
    empty.write_text("# nothing\n")
    assert main([str(empty)]) == 1
