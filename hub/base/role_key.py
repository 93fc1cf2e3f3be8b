"""The key that signs who is asking (hub/db/claims.py): a setting, or a file of this hub's own, made once."""

import secrets

from hub.base.errors import SetupError
from hub.base.secret_file import kept
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
            text = kept(path, lambda: secrets.token_hex(32))
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
