"""`pilothouse diagnose FOLDER`: a folder of papers in, a diagnosis out.

The same pipeline as in the browser, on a database that is thrown away unless `--company NAME` keeps it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from datetime import date
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="a folder with your papers: e-invoices and bank files")
    parser.add_argument("--out", type=Path, default=None, help="where the PDF goes (default diagnosis.pdf)")
    parser.add_argument(
        "--json", action="store_true", help="print the diagnosis as JSON; a PDF only with --out"
    )
    parser.add_argument(
        "--company", default="", help="name or VAT number of the company; with it the records are kept"
    )
    parser.add_argument(
        "--today", type=date.fromisoformat, default=None, help="the day to look from (YYYY-MM-DD)"
    )
    parser.add_argument(
        "--language", default="en", help="language and country of amounts and dates, such as nl-BE"
    )


def command(args: argparse.Namespace) -> int:
    """Read, review, print; 0 when there is a diagnosis, 1 when the folder gave nothing to diagnose."""
    trouble = _trouble_with(args)
    if trouble:
        print(trouble, file=sys.stderr)
        return 2
    if args.company:
        return _diagnose(args)
    with tempfile.TemporaryDirectory(prefix="pilothouse-") as home:
        os.environ["PILOTHOUSE_HOME"] = home
        os.environ["DATABASE_URL"] = f"sqlite:///{home}/pilothouse.sqlite3"
        return _diagnose(args)


def _trouble_with(args: argparse.Namespace) -> str:
    """What keeps us from starting, with what to do; empty when nothing does."""
    if not args.folder.is_dir():
        return f"“{args.folder}” is not a folder. Give the path of the folder that holds your papers."
    try:
        next(iter(args.folder.iterdir()), None)
    except OSError as error:
        return (
            f"“{args.folder}” cannot be opened ({error.strerror}). Allow yourself to read it, then try again."
        )
    out = args.out or Path("diagnosis.pdf")
    if out.is_dir() or not out.resolve().parent.is_dir():
        return (
            f"“{out}” cannot be written: its folder is missing, or it is a folder. Choose another with --out."
        )
    return ""


def _diagnose(args: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilothouse.config.settings")
    from pilothouse.cli import first_diagnosis

    made = first_diagnosis.make(
        args.folder, company=args.company, today=args.today, language=args.language, say=_say
    )
    if made is None:
        print(
            "Nothing in this folder could be read, so there is no diagnosis. What was wrong with each file stands "
            "above. Put in invoices, bank files or ledgers and try again.",
            file=sys.stderr,
        )
        return 1
    if args.json:
        json.dump(made.content, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    if args.out or not args.json:
        out = args.out or Path("diagnosis.pdf")
        try:
            out.write_bytes(made.pdf())
        except OSError as error:
            print(
                f"“{out}” could not be written ({error.strerror}). Choose another place with --out.",
                file=sys.stderr,
            )
            return 1
        _say(f"The diagnosis is in {out}.")
    return 0


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
