"""Bearer tokens: made, shown once, recognised, revoked. Only a SHA-256 of the token is stored; the token itself holds 192
random bits, so the hash needs no salt and no slowness."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from cachetools import LRUCache

from hub.akses import statements as store
from hub.akses.guard import GuessLimits, TokenGuard
from hub.akses.lookup import TokenLookup
from hub.akses.statements import BarisToken
from hub.base import kode as kode_wilayah
from hub.base.actor import PUBLIK, Actor, Peran
from hub.base.errors import MasukanTidakSahError, TokenDitolakError
from hub.base.kode import Tingkat
from hub.base.origin import Origin
from hub.base.uuid7 import uuid7
from hub.db.database import Database

_AWALAN = "hub_"
_BEARER = re.compile(r"Bearer\s+(\S+)", re.IGNORECASE)


_KNOWN = 10_000  # tokens remembered to exist
_FROM_WITHIN = Origin()


class TokenService:
    """A token that was right before is asked for by itself, each time, so that a revoked one stops at once. One that nobody
    has seen is looked up together with the others that come meanwhile; where its address has sent too many wrong ones, it
    waits for them a little. So guesses cost the database a bounded number of statements, and a right token always goes through."""

    def __init__(self, db: Database, limits: GuessLimits | None = None) -> None:
        limits = limits or GuessLimits()
        self._db = db
        self._known: LRUCache[bytes, None] = LRUCache(_KNOWN)
        self._guard = TokenGuard(limits)
        self._lookup = TokenLookup(self._find)
        self._slow_lookup = TokenLookup(self._find, limits.pause)

    async def authenticate(self, authorization: str | None, origin: Origin = _FROM_WITHIN) -> Actor:
        """The caller behind an Authorization header; the public without one.

        Raises TokenDitolakError otherwise, BatasPercobaanError when `origin` has sent too many such, LayananTidakSiapError.
        """
        if authorization is None or not authorization.strip():
            return PUBLIK
        try:
            token = await self._token(authorization.strip(), origin)
        except TokenDitolakError as error:
            raise self._guard.failed(origin, error) from None
        return Actor(Peran(token.peran), token.wilayah, token.nama)

    async def _token(self, authorization: str, origin: Origin) -> BarisToken:
        cocok = _BEARER.fullmatch(authorization)
        if cocok is None:
            raise TokenDitolakError('Kepala Authorization harus berbentuk "Bearer TOKEN".')
        hash_ = _hash(cocok[1])
        if hash_ not in self._known:
            lookup = self._slow_lookup if self._guard.limited(origin.address) else self._lookup
            _usable(await lookup.get(hash_))
        async with self._db.as_owner() as conn:
            token = await store.use(conn, hash_)
        try:
            token = _usable(token)
        except TokenDitolakError:
            self._known.pop(hash_, None)
            raise
        self._known[hash_] = None
        return token

    async def _find(self, hashes: Iterable[bytes]) -> dict[bytes, BarisToken]:
        async with self._db.as_owner() as conn:
            return await store.find(conn, list(hashes))

    async def create(self, peran: str, wilayah: str, nama: str, last_day: date | None = None) -> tuple[UUID, str]:
        """A new token: (id, token). The token cannot be shown again. `last_day`: the last of the office's days on which it is
        good; None: until it is revoked. Raises MasukanTidakSahError."""
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
        expires = self._end_of(last_day)
        id_, token = uuid7(), _baru()
        async with self._db.as_owner() as conn:
            await store.insert(conn, id_, nama.strip(), peran, wilayah, _hash(token), expires)
        return id_, token

    async def rotate(self, id_: UUID, last_day: date | None = None) -> tuple[BarisToken, str]:
        """A new token in the place of that one, which ends at the same moment: (the new one, token). Holder, role and region
        stay, and the last day too unless another is given. Raises MasukanTidakSahError: none with that id, revoked, or
        expired and no day given."""
        expires, token = self._end_of(last_day), _baru()
        async with self._db.as_owner() as conn:
            old = await store.locked(conn, id_)
            if old is None:
                raise MasukanTidakSahError("Tidak ada token dengan id itu; lihat hub token list.")
            if old.dicabut_pada is not None:
                raise MasukanTidakSahError("Token itu sudah dicabut; buat yang baru dengan hub token create.")
            expires = expires or old.kedaluwarsa_pada
            if expires is not None and expires <= datetime.now(UTC):
                raise MasukanTidakSahError(
                    "Token itu sudah kedaluwarsa; sebut hari terakhir yang baru dengan --berlaku-sampai."
                )
            new = uuid7()
            await store.insert(conn, new, old.nama, old.peran, old.wilayah, _hash(token), expires)
            await store.revoke(conn, id_)
            made = await store.locked(conn, new)
        assert made is not None
        return made, token

    def _end_of(self, last_day: date | None) -> datetime | None:
        """The moment that day ends at the office."""
        if last_day is None:
            return None
        if last_day < self._db.today():
            raise MasukanTidakSahError(
                f"Hari terakhir {last_day:%d-%m-%Y} sudah lewat; sebut hari ini atau sesudahnya."
            )
        try:
            return datetime.combine(last_day + timedelta(days=1), time.min, self._db.zona)
        except OverflowError:
            raise MasukanTidakSahError(
                "Hari terakhir terlalu jauh; tanpa hari terakhir token berlaku sampai dicabut."
            ) from None

    async def listed(self) -> list[BarisToken]:
        async with self._db.as_owner() as conn:
            return await store.listed(conn)

    async def revoke(self, id_: UUID) -> bool:
        async with self._db.as_owner() as conn:
            return await store.revoke(conn, id_)


def _baru() -> str:
    return _AWALAN + secrets.token_urlsafe(24)


def _usable(token: BarisToken | None) -> BarisToken:
    """Raises TokenDitolakError where there is none, or it was revoked or has expired."""
    if token is None:
        raise TokenDitolakError("Token tidak dikenal; periksa salinannya atau minta token baru kepada pengelola.")
    if token.dicabut_pada is not None:
        raise TokenDitolakError("Token ini sudah dicabut; minta token baru kepada pengelola.")
    if token.kedaluwarsa_pada is not None and token.kedaluwarsa_pada <= datetime.now(UTC):
        raise TokenDitolakError("Token ini sudah kedaluwarsa; minta token baru kepada pengelola.")
    return token


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
