"""`pilothouse manage …`: Django's own commands with our settings."""

from __future__ import annotations

import argparse
import os


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="a command of Django and what it takes")


def command(args: argparse.Namespace) -> int:
    """Django prints its own errors and ends the process with its own code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilothouse.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["pilothouse manage", *args.arguments])
    return 0
