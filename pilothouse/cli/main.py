"""The `pilothouse` command: one table of sub-commands, of which only the chosen one is loaded.

Exit codes: 0 done, 1 could not be done (stderr says why), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, Protocol, cast

from pilothouse import __version__

# Name -> (what it does, module with `add_arguments` and `command`).
COMMANDS = {
    "run": ("start Pilothouse on this machine", "pilothouse.cli.run"),
    "diagnose": ("a folder of papers in, a report out", "pilothouse.cli.diagnose"),
    "ask": ("ask one question of files, without a database", "pilothouse.cli.ask"),
    "manage": ("Django's own commands (migrate, createsuperuser, …)", "pilothouse.cli.manage"),
}


class Command(Protocol):
    """What a module of the table offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def command(self, args: argparse.Namespace) -> int: ...


def main(argv: Sequence[str] | None = None) -> int:
    """Run the sub-command named first; its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    chosen = arguments[0] if arguments else ""
    if chosen not in COMMANDS:
        _refuse(arguments)
    words, module = COMMANDS[chosen]
    command = cast(Command, importlib.import_module(module))
    parser = argparse.ArgumentParser(prog=f"pilothouse {chosen}", description=words)
    command.add_arguments(parser)
    return _quiet_when_nobody_reads(command, parser.parse_args(arguments[1:]))


def _refuse(arguments: Sequence[str]) -> NoReturn:
    """Help, version, or what is wrong: ends the process with 0 or 2."""
    table = "\n".join(f"  {name:<10}{words}" for name, (words, _) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="pilothouse",
        description="The IT leadership office of a company that has no IT director.",
        epilog=f"commands:\n{table}\n\n“pilothouse COMMAND --help” says more of one.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"pilothouse {__version__}")
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.parse_args(arguments)
    parser.error("Name the command first: pilothouse COMMAND …")


def _quiet_when_nobody_reads(command: Command, args: argparse.Namespace) -> int:
    """`pilothouse ask … | head` closes the pipe early; that is no reason for a traceback."""
    try:
        code = command.command(args)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
