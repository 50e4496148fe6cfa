"""How is a password kept that has to be used again? Sealed: readable only with the secret key of the installation.

Fernet (AES-128-CBC with HMAC-SHA256) with a key derived from SECRET_KEY by HKDF, so that a copy of the database alone
gives no password away. Limits: whoever has both the database and the secret key can read them, as the program itself
can; under another secret key what was sealed is lost and has to be typed again.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"pilothouse: passwords of mailboxes, 1"


class SealBroken(Exception):
    """What was sealed cannot be read with the secret key that holds now."""


def seal(secret: str) -> str:
    return _seal_of_installation().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret; SealBroken where it was sealed under another key or was changed since."""
    try:
        return _seal_of_installation().decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError) as error:
        raise SealBroken from error


def _seal_of_installation() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
