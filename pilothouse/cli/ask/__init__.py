"""`pilothouse ask QUESTION FILE…`: asks the engine without Django or a database.

JSON on stdout, messages on stderr; exit 0 when answered, 1 when nothing could be used (the JSON then holds
`problems`), 2 for wrong usage. `pilothouse ask schema QUESTION` prints the JSON Schema of input and output.

`QUESTIONS` is the table: a later question adds its line, a module with `answer` and a file with its schema.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, cast

from pilothouse.cli.ask.terms import Answer, Asked

_HERE = Path(__file__).parent
_PACKAGE = _HERE.parents[1]
SCHEMA = "schema"


class Answering(Protocol):
    """What the module of a question offers."""

    def answer(self, asked: Asked) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Question:
    """`module` answers it (loaded when asked); `schema` is the file with the shapes of input and output.

    `most_files` is how many files it takes at once, 0 where that does not matter.
    """

    about: str
    module: str
    schema: Path
    most_files: int = 0


QUESTIONS = {
    "read": Question(
        "what invoices and bank statements say", "pilothouse.cli.ask.read", _HERE / "schemas" / "read.json"
    ),
    "decision": Question(
        "by when a contract must be decided on",
        "pilothouse.cli.ask.decision",
        _HERE / "schemas" / "decision.json",
    ),
    "contract": Question(
        "what contracts say, with page and quote",
        "pilothouse.cli.ask.contract",
        _HERE / "schemas" / "contract.json",
    ),
    "advice": Question(
        "which way of running IT fits a firm",
        "pilothouse.cli.ask.advice",
        _HERE / "schemas" / "advice.json",
    ),
    "costs": Question(
        "what each way of running IT would cost",
        "pilothouse.cli.ask.costs",
        _HERE / "schemas" / "costs.json",
    ),
    "classify": Question(
        "is each line of a CSV file IT, and what for",
        "pilothouse.cli.ask.classify",
        _HERE / "schemas" / "classify.json",
        most_files=1,
    ),
}
# Shapes that can be looked up and are answered by another command.
OTHER_SCHEMAS = {"diagnose": _PACKAGE / "reporting" / "diagnosis_schema.json"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.usage = (
        "pilothouse ask QUESTION FILE… [--today DATE] [--seed N] [--text]\n"
        "       pilothouse ask schema QUESTION"
    )
    parser.add_argument("question", choices=[*QUESTIONS, SCHEMA], metavar="QUESTION", help=_help())
    parser.add_argument("files", nargs="*", metavar="FILE", help="the files to ask of; - is standard input")
    parser.add_argument(
        "--today", type=_day, metavar="DATE", help="as if it were this day, such as 2026-03-31"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="where chance plays a part (default 1)"
    )
    parser.add_argument(
        "--text", action="store_true", help="contract: print the text of the one file that places point into"
    )
    parser.set_defaults(parser=parser)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day such as 2026-03-31") from error


def command(args: argparse.Namespace) -> int:
    if args.question == SCHEMA:
        return _print_schema(args)
    if not args.files:
        args.parser.error(f"Which files? Example: pilothouse ask {args.question} invoice.xml bank.cod")
    question = QUESTIONS[args.question]
    if question.most_files and len(args.files) > question.most_files:
        args.parser.error(f"“{args.question}” takes one file at a time. Ask once for each.")
    module = cast(Answering, importlib.import_module(question.module))
    if args.text and (args.question != "contract" or len(args.files) > 1):
        args.parser.error("--text prints the text of one contract: pilothouse ask contract FILE --text")
    today = args.today or date.today()  # noqa: DTZ011  the user's day is the day of the machine
    answer = module.answer(Asked(tuple(args.files), today, args.seed, args.text))
    _say(answer.messages)
    if answer.lines is None:
        _print_json(answer.shape)
    else:
        _print_lines(answer.lines)
    return 0 if answer.answered else 1


def _help() -> str:
    return "; ".join(f"{name}: {question.about}" for name, question in QUESTIONS.items())


def _print_schema(args: argparse.Namespace) -> int:
    known = {**{name: question.schema for name, question in QUESTIONS.items()}, **OTHER_SCHEMAS}
    if len(args.files) != 1 or args.files[0] not in known:
        args.parser.error(f"Which schema? One of: {', '.join(known)}.")
    path = known[args.files[0]]
    if not path.is_file():
        _say([f"The schema of {args.files[0]} is not part of this installation. Install Pilothouse again."])
        return 1
    _print_json(json.loads(path.read_text("utf-8")))
    return 0


def _say(messages: Sequence[str]) -> None:
    for message in messages:
        print(message, file=sys.stderr)


def _print_json(shape: dict[str, Any] | list[dict[str, Any]]) -> None:
    """UTF-8 whatever the terminal's encoding; a file name that is not UTF-8 comes out escaped."""
    text = json.dumps(shape, ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")


def _print_lines(lines: Iterable[str]) -> None:
    """Each line as it comes, so that a reader need not wait for the last one."""
    for line in lines:
        sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
