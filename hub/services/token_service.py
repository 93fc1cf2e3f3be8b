"""Bearer tokens: made, shown once, recognised, revoked. Only a SHA-256 of the token is stored; the token itself holds 192
random bits, so the hash needs no salt and no slowness."""

import hashlib
import re
import secrets
from datetime import UTC, datetime
from uuid import UUID

from hub.base import kode as kode_wilayah
from hub.base.actor import PUBLIK, Actor, Peran
from hub.base.errors import MasukanTidakSahError, TokenDitolakError
from hub.base.kode import Tingkat
from hub.base.uuid7 import uuid7
from hub.store import token_statements as store
from hub.store.database import Database
from hub.store.token_statements import BarisToken

_AWALAN = "hub_"
_BEARER = re.compile(r"Bearer\s+(\S+)", re.IGNORECASE)


class TokenService:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def authenticate(self, authorization: str | None) -> Actor:
        """The caller behind an Authorization header; the public without one. Raises TokenDitolakError otherwise."""
        if authorization is None or not authorization.strip():
            return PUBLIK
        cocok = _BEARER.fullmatch(authorization.strip())
        if cocok is None:
            raise TokenDitolakError('Kepala Authorization harus berbentuk "Bearer TOKEN".')
        async with self._db.as_owner() as conn:
            token = await store.use(conn, _hash(cocok[1]))
        if token is None:
            raise TokenDitolakError("Token tidak dikenal; periksa salinannya atau minta token baru kepada pengelola.")
        if token.dicabut_pada is not None:
            raise TokenDitolakError("Token ini sudah dicabut; minta token baru kepada pengelola.")
        if token.kedaluwarsa_pada is not None and token.kedaluwarsa_pada <= datetime.now(UTC):
            raise TokenDitolakError("Token ini sudah kedaluwarsa; minta token baru kepada pengelola.")
        return Actor(Peran(token.peran), token.wilayah, token.nama)

    async def create(
        self, peran: str, wilayah: str, nama: str, kedaluwarsa: datetime | None = None
    ) -> tuple[UUID, str]:
        """A new token: (id, token). The token cannot be shown again. Raises MasukanTidakSahError."""
        peran = peran.strip().upper()
        if peran not in (Peran.KABUPATEN, Peran.PROVINSI, Peran.ADMIN):
            raise MasukanTidakSahError(f'Peran "{peran}" tidak dikenal; pilih KABUPATEN, PROVINSI atau ADMIN.')
        wilayah = kode_wilayah.rapikan(wilayah)
        if peran == Peran.ADMIN:
            wilayah = ""
        else:
            harus = Tingkat[peran]
            if not kode_wilayah.sah(wilayah) or kode_wilayah.tingkat(wilayah) is not harus:
                contoh = "53" if harus is Tingkat.PROVINSI else "53.14"
                raise MasukanTidakSahError(
                    f'Token {peran} memerlukan kode {harus.name.lower()}, seperti {contoh}; bukan "{wilayah}".'
                )
        if not nama.strip():
            raise MasukanTidakSahError("Token harus diberi nama: siapa yang memakainya.")
        id_, token = uuid7(), _AWALAN + secrets.token_urlsafe(24)
        async with self._db.as_owner() as conn:
            await store.insert(conn, id_, nama.strip(), peran, wilayah, _hash(token), kedaluwarsa)
        return id_, token

    async def listed(self) -> list[BarisToken]:
        async with self._db.as_owner() as conn:
            return await store.listed(conn)

    async def revoke(self, id_: UUID) -> bool:
        async with self._db.as_owner() as conn:
            return await store.revoke(conn, id_)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
