"""Letting go of an answer that nobody reads to its end."""

from __future__ import annotations

from typing import Any

from django.core.signals import request_finished
from django.db import close_old_connections


def let_go(answer: Any) -> None:
    """Close the file an answer sends, but not the connection of the test, as the end of a request does."""
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)
