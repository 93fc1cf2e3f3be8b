"""The key that signs who is asking (hub/db/claims.py): a setting, or a file of this hub's own, made once."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from hub.base.errors import SetupError
from hub.base.settings import Settings

_SHORTEST = 32  # characters


def role_key(settings: Settings) -> bytes:
    """HUB_KUNCI_PERAN, else what `$HUB_HOME/kunci_peran` holds, which is made when it is not there.

    Raises SetupError when the key is too short to be one, or the file cannot be read or made.
    """
    text = settings.kunci_peran.get_secret_value().strip() if settings.kunci_peran is not None else ""
    name = "HUB_KUNCI_PERAN"
    if not text:
        path = settings.home / "kunci_peran"
        name = str(path)
        try:
            text = _kept(path)
        except OSError as error:
            raise SetupError(
                f"Kunci peran di {path} tidak dapat dibaca atau dibuat ({error.strerror}); beri hub hak atas berkas itu "
                "atau setel HUB_KUNCI_PERAN."
            ) from None
    if len(text) < _SHORTEST:
        raise SetupError(
            f"{name} terlalu pendek; kunci peran paling sedikit {_SHORTEST} karakter acak, misalnya hasil openssl rand -hex 32."
        )
    return text.encode()


def _kept(path: Path) -> str:
    """What the file holds. Of several who make it at once one wins, and nobody ever reads half of it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(32) + "\n")
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    return path.read_text().strip()
