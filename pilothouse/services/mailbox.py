"""Which mails are new in this mailbox, and what is in them? Asked by IMAP (RFC 3501), changing nothing there.

The folder is opened by EXAMINE and mails are fetched by BODY.PEEK[], so that nothing is marked read, moved or deleted.
New is what has a higher UID than the last one taken; the caller remembers it, with the validity of the numbers.
What goes wrong is raised as `MailboxClosed`, in words that say what to do.

With the standard library's imaplib: of a mail only its bytes are needed, which are then brought as any `.eml`, and a
library above imaplib (imap-tools was looked at) would parse each mail a second time and hide the literals whose size
has to be bounded here.
Limits: a name and a password (no OAuth); one folder; each answer of the server is bounded in size, the whole in time.
"""

from __future__ import annotations

import base64
import contextlib
import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

MB = 1024 * 1024
LARGEST_MAIL = 64 * MB
LARGEST_ANSWER = LARGEST_MAIL + MB
ANSWER_SECONDS = 20
WINDOW = 50_000  # numbers asked for at once: their list stays below the longest line that imaplib takes
MOST_WINDOWS = 100
ASKED_AT_ONCE = 200
MOST_FOLDERS_NAMED = 20
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NOT_NOW = (b"[UNAVAILABLE]", b"[INUSE]", b"[LIMIT]", b"[SERVERBUG]")
_OTHER_NAME, _EXPIRED = (62, 64), 10  # X509_V_ERR_: HOSTNAME_MISMATCH, IP_ADDRESS_MISMATCH, CERT_HAS_EXPIRED


class MailboxClosed(Exception):
    """Why no mail comes out of a mailbox, in plain words; `refused` where trying again by itself would do harm."""

    def __init__(self, words: str, *, refused: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Access:
    """Where a mailbox is, and how to get in."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"


@dataclass(frozen=True, slots=True)
class NewMails:
    """Numbers of new mails in their order, and up to which number was looked."""

    uids: Sequence[int]
    looked_until: int


class Mailbox:
    """One folder of a mailbox, open for reading."""

    def __init__(self, server: _Bounded, access: Access) -> None:
        self._server = server
        self._access = access
        self.validity = self._number("UIDVALIDITY")
        self._next_uid = self._number("UIDNEXT")

    def _number(self, name: str) -> int:
        _kind, told = self._server.response(name)
        said = told[0] if told else None
        return int(said) if isinstance(said, bytes) and said.isdigit() else 0

    def new(self, after: int, since: date | None, most: int) -> NewMails:
        """The first `most` mails with a number above `after`; of those only what arrived from `since` on."""
        if not self._next_uid:  # a server that does not say how far its numbers go
            found = self._search(after + 1, None, since)
            return _first(found, most, max([after, *found]))
        found, looked, last = [], after, self._next_uid - 1
        for _window in range(MOST_WINDOWS):
            if looked >= last or len(found) >= most:
                break
            upto = min(looked + WINDOW, last)
            found += self._search(looked + 1, upto, since)
            looked = upto
        return _first(found, most, looked)

    def _search(self, low: int, high: int | None, since: date | None) -> list[int]:
        wanted = f"UID {low}:{high or '*'}"
        if since is not None:
            wanted += f" SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year:04}"
        numbers = b" ".join(part for part in self._ask("SEARCH", wanted) if isinstance(part, bytes))
        # "7:*" always gives the last mail, even one with a lower number.
        return sorted({int(number) for number in numbers.split() if number.isdigit() and int(number) >= low})

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """How large each mail is, by number; one that was deleted meanwhile is missing."""
        found: dict[int, int] = {}
        for start in range(0, len(uids), ASKED_AT_ONCE):
            asked = ",".join(str(uid) for uid in uids[start : start + ASKED_AT_ONCE])
            for told in self._ask("FETCH", asked, "(UID RFC822.SIZE)"):
                text = told if isinstance(told, bytes) else b""
                uid, size = re.search(rb"\bUID (\d+)", text), re.search(rb"\bRFC822\.SIZE (\d+)", text)
                if uid and size:
                    found[int(uid[1])] = int(size[1])
        return found

    def mail(self, uid: int) -> bytes | None:
        """A mail as it was sent; None where it was deleted meanwhile."""
        return self._body(uid, "BODY.PEEK[]")

    def head(self, uid: int) -> bytes | None:
        """The few lines of a mail that say what it is."""
        return self._body(uid, "BODY.PEEK[HEADER.FIELDS (DATE SUBJECT)]")

    def _body(self, uid: int, part: str) -> bytes | None:
        told = self._ask("FETCH", str(uid), f"(UID {part})")
        found = (answer[1] for answer in told if isinstance(answer, tuple) and b"BODY[" in answer[0])
        return next(found, None)

    def _ask(self, command: str, *words: str) -> list[Any]:
        with _in_words(self._access, self._server):
            self._server.taken = 0
            answer, told = self._server.uid(command, *words)
        if answer != "OK":
            raise MailboxClosed(_NO_ANSWER.format(host=self._access.host))
        return told


def _first(found: Sequence[int], most: int, looked: int) -> NewMails:
    return NewMails(found[:most], found[most - 1] if len(found) > most else looked)


@contextlib.contextmanager
def opened(access: Access, *, seconds: float) -> Iterator[Mailbox]:
    """The mailbox, open for at most so many seconds; MailboxClosed where it does not open or breaks off."""
    if any(not said.isprintable() for said in (access.host, access.user, access.password, access.folder)):
        raise MailboxClosed(_NOT_PRINTABLE, refused=True)  # a line end would begin a command of its own
    server = _connected(access, seconds)
    try:
        _sign_in(server, access)
        with _in_words(access, server):
            answer, _told = server.select(_quoted(_coded(access.folder)), readonly=True)
        if answer != "OK":
            raise MailboxClosed(_no_such_folder(server, access))
        yield Mailbox(server, access)
    finally:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            server.logout()
        server.end()


# --- connecting -------------------------------------------------------------------------------------------------


class _Bounded(imaplib.IMAP4):
    """A connection that ends after its time, and takes no answer larger than a mail may be."""

    def __init__(self, *given: Any, seconds: float, **more: Any) -> None:
        self.taken = 0
        self.late = False
        self._clock = threading.Timer(seconds, self._too_late)
        self._clock.daemon = True
        self._clock.start()
        try:
            super().__init__(*given, **more)
        except BaseException:
            self.end()
            raise

    def _too_late(self) -> None:
        self.late = True
        with contextlib.suppress(OSError, AttributeError):  # not connected yet: its own time limit holds
            self.sock.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Let go of the connection, whatever state it is in."""
        self._clock.cancel()
        with contextlib.suppress(OSError, AttributeError):
            self.shutdown()

    def read(self, size: int) -> bytes:
        self._count(size)
        return super().read(size)

    def readline(self) -> bytes:
        line = super().readline()
        self._count(len(line))
        return line

    def _count(self, size: int) -> None:
        self.taken += size
        if self.taken > LARGEST_ANSWER:
            raise self.abort("the answer is larger than a mail may be")


class _BoundedTls(_Bounded, imaplib.IMAP4_SSL):
    """The same, with TLS from the first byte."""


def _connected(access: Access, seconds: float) -> _Bounded:
    with _in_words(access, None):
        if access.security == "tls":
            return _BoundedTls(
                access.host,
                access.port,
                ssl_context=ssl.create_default_context(),
                timeout=ANSWER_SECONDS,
                seconds=seconds,
            )
        server = _Bounded(access.host, access.port, timeout=ANSWER_SECONDS, seconds=seconds)
        if access.security == "starttls":
            _turn_on_tls(server, access)
    return server


def _turn_on_tls(server: _Bounded, access: Access) -> None:
    try:
        if "STARTTLS" not in server.capabilities:
            raise MailboxClosed(_NO_STARTTLS.format(host=access.host, port=access.port))
        server.starttls(ssl.create_default_context())
    except BaseException:
        server.end()
        raise


def _sign_in(server: _Bounded, access: Access) -> None:
    if "LOGINDISABLED" in server.capabilities:
        raise MailboxClosed(_WANTS_TLS.format(host=access.host), refused=True)
    try:
        with _in_words(access, server, signing_in=True):
            if access.user.isascii() and access.password.isascii():
                server.login(_quoted(access.user), access.password)
            else:  # LOGIN takes plain letters only
                given = f"\0{access.user}\0{access.password}".encode()
                server.authenticate("PLAIN", lambda _asked: given)
    except imaplib.IMAP4.error as error:
        said = (
            b" ".join(part for part in error.args if isinstance(part, bytes)).upper()
            or str(error).upper().encode()
        )
        if any(code in said for code in _NOT_NOW):
            raise MailboxClosed(_BUSY.format(host=access.host)) from error
        raise MailboxClosed(_REFUSED.format(host=access.host, user=access.user), refused=True) from error


@contextlib.contextmanager
def _in_words(access: Access, server: _Bounded | None, *, signing_in: bool = False) -> Iterator[None]:
    """Say in words what went wrong on the way; a refusal while signing in is left to the caller."""
    try:
        yield
    except imaplib.IMAP4.abort as error:
        raise MailboxClosed(_broken(access, server)) from error
    except imaplib.IMAP4.error as error:
        if signing_in:
            raise
        words = _NO_ANSWER if server is not None else _NO_IMAP
        raise MailboxClosed(words.format(host=access.host, port=access.port)) from error
    except (OSError, UnicodeError) as error:
        raise MailboxClosed(_unreached(error, access, server)) from error


def _broken(access: Access, server: _Bounded | None) -> str:
    if server is None:
        return _NO_IMAP.format(host=access.host, port=access.port)
    return (_TOO_LONG if server.late else _BROKE_OFF).format(host=access.host)


def _unreached(error: Exception, access: Access, server: _Bounded | None) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate(error, access)
    if isinstance(error, socket.gaierror | UnicodeError):
        words = _NO_HOST
    elif isinstance(error, ssl.SSLError) and server is None:
        words = _NO_TLS
    elif isinstance(error, TimeoutError):
        words = _SILENT
    elif server is not None:
        return _broken(access, server)
    else:
        words = _CLOSED
    return words.format(host=access.host, port=access.port, seconds=ANSWER_SECONDS)


def _certificate(error: ssl.SSLCertVerificationError, access: Access) -> str:
    if error.verify_code in _OTHER_NAME:
        why = (
            "its certificate is for another name. Use the name your mail provider gives for IMAP; the address of the "
            "machine or an alias does not do"
        )
    elif error.verify_code == _EXPIRED:
        why = "its certificate has run out. Tell whoever runs the mail server"
    else:
        why = (
            "nobody this machine trusts vouches for its certificate. Check the name; if the server is your own, have "
            "its certificate trusted on the machine that runs Pilothouse (docs/operating.md)"
        )
    return f"{access.host} was not asked, and no password was sent: {why}."


# --- folders of a mailbox ---------------------------------------------------------------------------------------


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _coded(name: str) -> str:
    """The name of a folder as IMAP writes it: modified UTF-7 (RFC 3501, 5.1.3).

    >>> _coded("Büro & Bills")
    'B&APw-ro &- Bills'
    """
    return re.sub(r"&|[^\x20-\x7e]+", _coded_part, name)


def _coded_part(found: re.Match[str]) -> str:
    if found[0] == "&":
        return "&-"
    coded = base64.b64encode(found[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
    return f"&{coded}-"


def _plain(name: str) -> str:
    """The same back, for people; what is coded wrongly is shown as it came."""
    try:
        return re.sub(r"&([^-]*)-", _plain_part, name)
    except ValueError:
        return name


def _plain_part(found: re.Match[str]) -> str:
    coded = found[1].replace(",", "/")
    return base64.b64decode(coded + "=" * (-len(coded) % 4)).decode("utf-16-be") if coded else "&"


def _no_such_folder(server: _Bounded, access: Access) -> str:
    with _in_words(access, server):
        _answer, told = server.list()
    lines = [line.decode(errors="replace") for line in told if isinstance(line, bytes)]
    names = [re.search(r'\) (?:"(?:\\.|[^"])*"|NIL) (?:"(.*)"|(\S+))$', line) for line in lines]
    there = [_plain((found[1] or found[2]).replace('\\"', '"')) for found in names if found]
    known = f" The folders there are: {', '.join(there[:MOST_FOLDERS_NAMED])}." if there else ""
    return f"The mailbox has no folder named {access.folder}.{known} Enter the name as it is written there."


# --- words ------------------------------------------------------------------------------------------------------

_NO_HOST = (
    "There is no mail server named {host}. Look up the name your mail provider gives for IMAP and enter that."
)
_CLOSED = (
    "{host} does not take calls on port {port}. Check the port (993 with TLS, 143 with STARTTLS), and whether a "
    "firewall is in between."
)
_SILENT = (
    "{host} did not answer within {seconds} seconds. It may be down, or a firewall is in between; it is asked again by "
    "itself. If it stays so, check name and port."
)
_NO_TLS = (
    "{host} does not speak TLS on port {port}. On port 143 choose STARTTLS, with TLS the port is usually 993. "
    "No password was sent."
)
_NO_IMAP = (
    "What answers at {host}, port {port}, is no IMAP server, or wants another encryption. With TLS the port is usually "
    "993, with STARTTLS 143. No password was sent."
)
_NO_STARTTLS = "{host} offers no STARTTLS on port {port}, so no password was sent. Choose TLS with port 993."
_WANTS_TLS = (
    "{host} takes passwords only over an encrypted connection. Choose TLS with port 993, or STARTTLS."
)
_BUSY = "{host} lets nobody in for the moment, it says. It is asked again by itself; there is nothing to do."
_REFUSED = (
    "{host} refuses the password of {user}. Type user name and password again (often the user name is the whole "
    "address). Google wants an app password here; Microsoft 365 takes no passwords by IMAP at all: have the papers "
    "forwarded to another mailbox. So that the account is not locked, it is next tried tomorrow, or once you change "
    "something here."
)
_BROKE_OFF = (
    "The connection to {host} broke off. What came until then is kept; the next run goes on from there by "
    "itself."
)
_TOO_LONG = (
    "{host} took longer than one run may take. What came until then is kept; the next run goes on from there "
    "by itself."
)
_NOT_PRINTABLE = (
    "Server, user name, password or folder hold a line break or another sign that cannot be typed. Enter them "
    "again."
)
_NO_ANSWER = (
    "{host} did not hand out the mails it was asked for. The next run asks again. If it stays so, check that the "
    "mailbox may be read by IMAP."
)
