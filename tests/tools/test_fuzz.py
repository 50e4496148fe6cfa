"""The long try of the readers finds what breaks one, and keeps it."""

from __future__ import annotations

import random
import time
from itertools import islice
from pathlib import Path

import pytest

from tools import fuzz

SEEDS = [b"<Invoice>words</Invoice>", b"0000022011672505        00123456", b"a;b\n1;2\n" * 9]


def test_files_are_spoiled_the_same_way_for_the_same_seed() -> None:
    once, again, other = (list(islice(fuzz.spoiled(SEEDS, random.Random(seed)), 30)) for seed in (1, 1, 2))
    assert once == again
    assert once != other
    assert all(once)
    assert sum(data not in SEEDS for data in once) > 25


def test_what_breaks_a_reader_is_kept_with_the_words_that_say_how(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from pilothouse.intake import recognise

    def breaks(data: bytes, name: str) -> object:
        if name == "x":
            raise KeyError("the reader broke")
        return (), ()

    monkeypatch.setattr(fuzz, "seeds", lambda: SEEDS)
    monkeypatch.setattr(fuzz, "FOUND", tmp_path)
    monkeypatch.setattr(recognise, "read_paper", breaks)
    assert fuzz.try_files(0.002, seed=1) > 0
    assert "the reader broke" in capsys.readouterr().out
    kept = sorted(path.suffix for path in tmp_path.iterdir())
    assert kept[:1] == [".bin"]
    assert kept.count(".bin") == kept.count(".txt")


def test_a_reader_that_hangs_or_takes_all_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "LONGEST", 1)
    fuzz.signal.signal(fuzz.signal.SIGALRM, fuzz._give_up)  # type: ignore[attr-defined]  # as try_files does
    with pytest.raises(fuzz.TooLong):
        fuzz._within_limits(10, lambda: time.sleep(20))
    with pytest.raises(MemoryError):
        fuzz._within_limits(10, lambda: bytearray(1024 * fuzz.MB))


def test_without_files_only_the_property_tests_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzz, "seeds", list)
    assert fuzz.try_files(1, seed=1) == 0
    assert "no files to spoil" in capsys.readouterr().out
