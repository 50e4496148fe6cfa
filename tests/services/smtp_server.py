"""A real SMTP server on this machine (aiosmtpd, in a thread of its own) that keeps what it is sent, or refuses it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Lock

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN = "250 OK"


class Letters:
    """What was sent, in order. `answer` is what the server says to the next mails, once it `may_answer`."""

    def __init__(self) -> None:
        self.answer = TAKEN
        self.may_answer = Event()
        self.may_answer.set()
        self.arrived = Event()
        self.taken: list[EmailMessage] = []
        self.to: list[list[str]] = []
        self.port = 0
        self._lock = Lock()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer == TAKEN:
            with self._lock:
                content = envelope.content
                assert isinstance(content, bytes)
                self.taken.append(message_from_bytes(content, policy=policy.default))
                self.to.append(list(envelope.rcpt_tos))
            self.arrived.set()
        while not self.may_answer.is_set():
            await asyncio.sleep(0.02)
        return self.answer


@contextmanager
def smtp_server() -> Iterator[Letters]:
    """A server on a free port of 127.0.0.1 for as long as it is asked for."""
    letters = Letters()
    letters.port = _free_port()
    controller = Controller(letters, hostname="127.0.0.1", port=letters.port)
    controller.start()
    try:
        yield letters
    finally:
        letters.may_answer.set()
        controller.stop()


def _free_port() -> int:
    """A port nobody uses: aiosmtpd must be told one."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port


def words_of(letter: EmailMessage, kind: str = "plain") -> str:
    """The text of a mail, lines joined by their own ends only."""
    body = letter.get_body((kind,))
    assert body is not None
    return (
        str(body.get_content())
        .replace("\r\n", "\n")
        .replace("\N{NO-BREAK SPACE}", " ")
        .replace("\u202f", " ")
    )
