"""Files between hubs that only the hub they are for can read: age (https://age-encryption.org), to an identity that each hub makes once
and keeps in `$HUB_HOME/kunci_buka`. What is signed inside stays signed."""

from pathlib import Path

import pyrage
from pyrage import x25519

from hub.base.errors import InvalidInputError, SetupError
from hub.base.secret_file import kept

FILE = "kunci_buka"
_BEGINS = b"age-encryption.org/v1\n"


def is_sealed(content: bytes) -> bool:
    return content.startswith(_BEGINS)


def recipient(home: Path) -> str:
    """What others seal with for this hub (age1…). Raises SetupError."""
    return str(_identity(home).to_public())


def check_recipient(text: str) -> str:
    """Raises InvalidInputError."""
    try:
        return str(x25519.Recipient.from_str(text.strip()))
    except pyrage.RecipientError:
        raise InvalidInputError(
            f'"{text[:80]}" bukan kunci penerima; salin baris age1… dari hub simpul kunci di hub yang akan membuka berkasnya.'
        ) from None


def seal(content: bytes, to: str) -> bytes:
    """`to`: the recipient. Raises InvalidInputError."""
    sealed: bytes = pyrage.encrypt(content, [x25519.Recipient.from_str(check_recipient(to))])
    return sealed


def unseal(content: bytes, home: Path) -> bytes:
    """The content as it was; what is not sealed is as it is. Raises InvalidInputError, SetupError."""
    if not is_sealed(content):
        return content
    try:
        opened: bytes = pyrage.decrypt(content, [_identity(home)])
    except pyrage.DecryptError:
        raise InvalidInputError(
            f"Berkas ini dikunci bagi hub lain, atau rusak; minta dikemas lagi untuk hub ini: hub simpul kemas --untuk {recipient(home)}."
        ) from None
    return opened


def _identity(home: Path) -> x25519.Identity:
    path = home / FILE
    try:
        return x25519.Identity.from_str(kept(path, lambda: str(x25519.Identity.generate())))
    except OSError as error:
        why = error.strerror
    except pyrage.IdentityError:
        why = "bukan kunci age"
    raise SetupError(
        f"Kunci di {path} tidak dapat dibaca atau dibuat ({why}); beri hub hak atas berkas itu, atau pulihkan dari cadangan."
    )
