"""A real IMAP server on this machine (pymap, in a process of its own), and a line to it that can be cut.

The server keeps everything in memory and speaks plain or STARTTLS; `Line` stands before it where TLS from the first
byte is wanted, or a connection that breaks after so many bytes.
"""

from __future__ import annotations

import contextlib
import imaplib
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

USER, PASSWORD = "papers", "correct horse"  # the only user there is
CHUNK = 4096


@dataclass(frozen=True)
class Certificate:
    """A certificate of our own making, for 127.0.0.1 or another name."""

    cert: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(self.cert, self.key)
        return made


def make_certificate(folder: Path, name: str = "127.0.0.1", *, days: int = 30) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Mail for tests")])
    with contextlib.suppress(ValueError):
        named: x509.GeneralName = x509.IPAddress(ip_address(name))
    if not name[0].isdigit():
        named = x509.DNSName(name)
    end = datetime.now(UTC) + timedelta(days=days)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(end - timedelta(days=60))
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([named]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / f"{name}-{days}.pem", folder / f"{name}-{days}.key"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return Certificate(cert_file, key_file)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@dataclass(frozen=True)
class MailServer:
    """Where the server listens, and what it shows to get STARTTLS going."""

    port: int
    certificate: Certificate

    @contextlib.contextmanager
    def signed_in(self) -> Iterator[imaplib.IMAP4]:
        connection = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        try:
            connection.login(USER, PASSWORD)
            yield connection
        finally:
            connection.logout()

    def put(self, folder: str, *mails: bytes) -> None:
        with self.signed_in() as connection:
            connection.create(folder)
            for mail in mails:
                answer, told = connection.append(folder, "", "", mail)
                assert answer == "OK", told

    def empty(self, folder: str) -> None:
        """Delete a folder, so that one of the same name is numbered anew."""
        with self.signed_in() as connection:
            connection.delete(folder)

    def flags(self, folder: str) -> list[bytes]:
        """What every mail is marked with, by the server's word."""
        with self.signed_in() as connection:
            connection.select(folder, readonly=True)
            return [told for told in connection.fetch("1:*", "(FLAGS)")[1] if isinstance(told, bytes)]


@contextlib.contextmanager
def mail_server(folder: Path) -> Iterator[MailServer]:
    certificate = make_certificate(folder)
    port = free_port()
    where = ["--host", "127.0.0.1", "--port", str(port)]
    tls = ["--cert", str(certificate.cert), "--key", str(certificate.key)]
    backend = ["dict", "--demo-user", USER, "--demo-password", PASSWORD, "--demo-data"]
    begin = "import sys; from pymap.main import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", begin, *where, *tls, *backend],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _wait_for(port)
            yield MailServer(port, certificate)
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _try in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("the IMAP server did not start")


class Line:
    """A line to the server: with TLS where a certificate is given, cut once `cut_after` bytes came from the server."""

    def __init__(self, to: int, *, tls: ssl.SSLContext | None = None, cut_after: int | None = None) -> None:
        self.to, self.tls, self.left = to, tls, cut_after
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_why: object) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _address = self._listening.accept()
                with contextlib.suppress(OSError), caller:
                    if self.tls is None:
                        self._carry(caller)
                    else:
                        with self.tls.wrap_socket(caller, server_side=True) as safe:
                            self._carry(safe)

    def _carry(self, caller: socket.socket) -> None:
        """Hand on what both say, until one hangs up or the line is cut."""
        with socket.create_connection(("127.0.0.1", self.to)) as server:
            there = threading.Thread(target=_pass_on, args=(caller, server), daemon=True)
            there.start()
            while said := server.recv(CHUNK):
                if self.left is not None:
                    said = said[: self.left]
                    self.left -= len(said)
                caller.sendall(said)
                if self.left == 0:
                    self.left = None  # the next call gets through
                    break
            with contextlib.suppress(OSError):
                caller.shutdown(socket.SHUT_RDWR)
            there.join(5)


def _pass_on(caller: socket.socket, server: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while said := caller.recv(CHUNK):
            server.sendall(said)
    with contextlib.suppress(OSError):
        server.shutdown(socket.SHUT_RDWR)


class Talker:
    """Something that greets its first caller, hears what is said, and knows but one word of IMAP: what it can do."""

    def __init__(self, greeting: bytes, can: str = "") -> None:
        self.heard: list[bytes] = []
        self._greeting, self._can = greeting, can
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._talk, daemon=True)
        self._thread.start()

    def __enter__(self) -> Talker:
        return self

    def __exit__(self, *_why: object) -> None:
        self._listening.close()
        self._thread.join(5)

    def _talk(self) -> None:
        with contextlib.suppress(OSError):
            caller, _address = self._listening.accept()
            with caller:
                caller.sendall(self._greeting)
                while said := caller.recv(CHUNK):
                    self.heard.append(said)
                    tag = said.split()[0].decode()
                    if self._can:
                        caller.sendall(f"* CAPABILITY {self._can}\r\n{tag} OK done\r\n".encode())


def mail(subject: str, *attached: tuple[str, bytes], day: int = 4) -> bytes:
    """A mail as a supplier sends it."""
    made = EmailMessage()
    made["From"] = "Facturatie <invoices@supplier.example>"
    made["To"] = "papers@firm.example"
    made["Subject"] = subject
    made["Date"] = datetime(2026, 5, day, 9, 30, tzinfo=UTC)
    made["Message-ID"] = f"<{subject.replace(' ', '.')}@supplier.example>"
    made.set_content("Please find attached.\n")
    for name, content in attached:
        made.add_attachment(content, maintype="application", subtype="xml", filename=name)
    if attached:
        made.set_boundary("between-the-parts")  # the same words make the same bytes
    return made.as_bytes().replace(b"\n", b"\r\n")
