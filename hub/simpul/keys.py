"""The key of this hub among hubs (Ed25519): `$HUB_HOME/kunci_simpul`, made once; what it signs others check with its public half."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from hub.base.errors import SetupError
from hub.base.secret_file import kept, put

FILE = "kunci_simpul"
_NEXT = "kunci_simpul.baru"
ROTATIONS = "kunci_simpul.ganti"
PUBLIC_BYTES = 32


@dataclass(frozen=True, slots=True)
class NodeKey:
    """A private key. It is never shown. `told`: of a province, how it came to have it (hub/simpul/keys_rotation.py); empty: it has had no
    other."""

    private: Ed25519PrivateKey = field(repr=False)
    told: str = field(default="", repr=False)

    @property
    def public(self) -> bytes:
        """32 bytes."""
        return self.private.public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        return key_id(self.public)

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self.private.sign(message)


KeyOf = Callable[[], NodeKey]
"""This hub's key as it is now: a command may put another in its place while the hub serves."""


def key_id(public: bytes) -> str:
    """What a public key is called: 22 letters of its SHA-256."""
    return base64.urlsafe_b64encode(hashlib.sha256(public).digest()).decode()[:22]


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the private half of that key signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def node_key(home: Path) -> NodeKey:
    """This hub's key. Raises SetupError."""
    key, path = _key(home / FILE), home / ROTATIONS
    try:
        return NodeKey(key.private, path.read_text().strip()) if path.exists() else key
    except OSError as error:
        raise _unusable(path, error.strerror) from None


def next_key(home: Path) -> NodeKey:
    """The key that is to come, the same until it is taken: what was told of it once stays true. Raises SetupError."""
    return _key(home / _NEXT)


def take_next(home: Path) -> None:
    """From now on the next key is this hub's. Raises SetupError."""
    path = home / _NEXT
    try:
        put(home / FILE, path.read_text().strip())
        path.unlink()
    except OSError as error:
        raise _unusable(path, error.strerror) from None


def _key(path: Path) -> NodeKey:
    try:
        text = kept(path, _made)
        key = load_pem_private_key(text.encode(), None)
    except OSError as error:
        raise _unusable(path, error.strerror) from None
    except ValueError:
        raise _unusable(path, "bukan kunci PEM") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable(path, "bukan kunci Ed25519")
    return NodeKey(key)


def _made() -> str:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem.decode().strip()


def _unusable(path: Path, why: str | None) -> SetupError:
    return SetupError(
        f"Kunci simpul di {path} tidak dapat dibaca atau dibuat ({why}); beri hub hak atas berkas itu, atau pulihkan dari cadangan."
    )
