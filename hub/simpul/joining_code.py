"""A one-time code: what a province tells a kabupaten by other means (a letter, a call), and what both sides prove with it that they know
it. The code itself is never sent, and holds too much chance to be guessed from what is sent."""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Any

import orjson

from hub.base.errors import InvalidInputError

_BYTES = 16
_LETTERS = 26
_READ_AS = str.maketrans("018", "OIB")  # what the alphabet lacks, as people write it


def new_code() -> str:
    """Shown once: ABCD-EFGH-…"""
    text = base64.b32encode(secrets.token_bytes(_BYTES)).decode().rstrip("=")
    return "-".join(re.findall(".{1,4}", text))


def secret_of(kode_kab: str, code: str) -> bytes:
    """What both sides make of the code of that kabupaten; case, spaces and hyphens do not matter. Raises InvalidInputError."""
    text = re.sub(r"[\s-]", "", code).upper().translate(_READ_AS)
    if re.fullmatch(rf"[A-Z2-7]{{{_LETTERS}}}", text) is None:
        raise InvalidInputError(
            f"Kode gabung terdiri atas {_LETTERS} huruf dan angka, seperti ditulis hub simpul undang; periksa salinannya."
        )
    return hashlib.sha256(f"hub-simpul-gabung|{kode_kab}|{text}".encode()).digest()


def proof(secret: bytes, purpose: str, *parts: bytes) -> str:
    """That its maker knows the secret, of these parts for that purpose."""
    digest = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()
    return hmac.digest(secret, purpose.encode() + b"|" + digest, "sha256").hex()


def is_proof(given: object, secret: bytes, purpose: str, *parts: bytes) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(), proof(secret, purpose, *parts).encode())


def canonical(content: Mapping[str, Any]) -> bytes:
    """The same bytes at both ends."""
    return orjson.dumps(dict(content), option=orjson.OPT_SORT_KEYS)
