"""The one-time code that a token is fetched with, and the token that is made of it.

A code is twenty letters and numbers, none of which is taken for another. The first four say which invitation it is, the others are
secret: 73 random bits, so that the hash needs no slowness.
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from hub.base.errors import InvalidInputError

ALPHABET = "ACDEFGHJKMNPQRTVWXY34679"  # without 0 O, 1 I L, 2 Z, 5 S, 8 B, and U, which hands write like V
LETTERS = 20
_NUMBER = 4  # of them, that are no secret
_GROUP = 4
_PREFIX = "hub_"
_TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True)
class Code:
    """`text`: without hyphens; `number`: the letters by which its invitation is found."""

    text: str

    @property
    def number(self) -> str:
        return self.text[:_NUMBER]

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(b"hub-masuk|" + self.text.encode()).digest()

    def spelled(self) -> str:
        """For people: ACDE-FGHJ-…"""
        return "-".join(self.text[at : at + _GROUP] for at in range(0, LETTERS, _GROUP))

    def token(self, salt: bytes, proof: str) -> str:
        """The token that a device with this code and that secret of its own gets. Nobody makes it who lacks one of the three."""
        digest = hmac.digest(salt, f"{self.text}|{proof}".encode(), "sha256")[:_TOKEN_BYTES]
        return _PREFIX + base64.urlsafe_b64encode(digest).decode()


def new_code() -> Code:
    return Code("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)))


def read_code(given: str) -> Code:
    """As people write it: case, spaces and hyphens do not matter. Raises InvalidInputError."""
    text = re.sub(r"[\s-]", "", given[: 4 * LETTERS]).upper()
    if len(text) != LETTERS or not set(text) <= set(ALPHABET):
        raise InvalidInputError(
            f"Kode masuk terdiri atas {LETTERS} huruf dan angka, seperti ACDE-FGHJ-KMNP-QRTV-WXY3; periksa salinannya."
        )
    return Code(text)
