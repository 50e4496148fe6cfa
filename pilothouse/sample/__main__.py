"""`python -m pilothouse.sample OUT_DIR [--until YYYY-MM-DD] [--seed N]` writes the sample's papers into a folder."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from pilothouse.sample import sample_papers, truth


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m pilothouse.sample",
        description="Write two years of made-up papers of a made-up company into a folder.",
    )
    parser.add_argument("out_dir", type=Path, help="the folder; it is made where it does not exist")
    parser.add_argument(
        "--until", type=date.fromisoformat, help="the papers end with the month before (default today)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="another seed, other quantities and days (default 1)"
    )
    parser.add_argument("--truth", type=Path, help="also write what is really in them, as JSON, to this file")
    args = parser.parse_args(arguments)
    until = args.until or datetime.now(tz=UTC).astimezone().date()
    try:
        written = _write(args.out_dir, until, args.seed)
        if args.truth:
            args.truth.write_text(json.dumps(truth(until, args.seed).as_json(), indent=1), encoding="utf-8")
    except OSError as trouble:
        sys.stderr.write(f"The sample cannot be written: {trouble}. Name a folder in which you may write.\n")
        return 1
    sys.stdout.write(f"{written} made-up papers are in {args.out_dir}.\n")
    return 0


def _write(folder: Path, until: date, seed: int) -> int:
    written = 0
    for paper in sample_papers(until, seed):
        place = folder / paper.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(paper.data)
        written += 1
    return written


if __name__ == "__main__":
    sys.exit(main())
