"""Bearer tokens: made, shown once, recognised, revoked. Only a SHA-256 of the token is stored; the token itself holds 192
random bits, so the hash needs no salt and no slowness."""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from cachetools import LRUCache

from hub.akses import statements as store
from hub.akses.guard import GuessLimits, TokenGuard
from hub.akses.holder import Holder, checked, end_of
from hub.akses.lookup import BatchedLookup
from hub.akses.statements import NewToken, TokenRow
from hub.base.actor import PUBLIC, Actor, Role
from hub.base.errors import InvalidInputError, TokenRefusedError
from hub.base.origin import Origin
from hub.base.standing import EVERYWHERE, Standing
from hub.base.uuid7 import uuid7
from hub.db.database import Database

_PREFIX = "hub_"
_BEARER = re.compile(r"Bearer\s+(\S+)", re.IGNORECASE)


_KNOWN = 10_000  # tokens remembered to exist
_FROM_WITHIN = Origin()


class TokenService:
    """A token that was right before is asked for by itself, each time, so that a revoked one stops at once. One that nobody
    has seen is looked up together with the others that come meanwhile; where its address has sent too many wrong ones, it
    waits for them a little. So guesses cost the database a bounded number of statements, and a right token always goes through."""

    def __init__(
        self, db: Database, limits: GuessLimits | None = None, standing: Callable[[], Standing] = lambda: EVERYWHERE
    ) -> None:
        """`standing`: of this hub, as it is now."""
        limits = limits or GuessLimits()
        self._db = db
        self._standing = standing
        self._known: LRUCache[bytes, None] = LRUCache(_KNOWN)
        self._guard = TokenGuard(limits)
        self._lookup = BatchedLookup(self._find)
        self._slow_lookup = BatchedLookup(self._find, limits.pause)

    async def authenticate(self, authorization: str | None, origin: Origin = _FROM_WITHIN) -> Actor:
        """The caller behind an Authorization header; the public without one.

        Raises TokenRefusedError otherwise, AttemptLimitError when `origin` has sent too many such, ServiceNotReadyError.
        """
        if authorization is None or not authorization.strip():
            return PUBLIC
        try:
            token = await self._token(authorization.strip(), origin)
        except TokenRefusedError as error:
            raise self._guard.failed(origin, error) from None
        standing = self._standing()
        if (why := standing.why_not_admitted(token.wilayah)) is not None:
            raise TokenRefusedError(why)
        return Actor(Role(token.peran), token.wilayah, token.nama, standing, token.kedaluwarsa_pada)

    async def _token(self, authorization: str, origin: Origin) -> TokenRow:
        match = _BEARER.fullmatch(authorization)
        if match is None:
            raise TokenRefusedError('Kepala Authorization harus berbentuk "Bearer TOKEN".')
        hash_ = hash_of(match[1])
        if hash_ not in self._known:
            lookup = self._slow_lookup if self._guard.limited(origin.address) else self._lookup
            _usable(await lookup.get(hash_))
        async with self._db.as_owner() as conn:
            token = await store.use(conn, hash_)
        try:
            token = _usable(token)
        except TokenRefusedError:
            self._known.pop(hash_, None)
            raise
        self._known[hash_] = None
        return token

    async def _find(self, hashes: Iterable[bytes]) -> dict[bytes, TokenRow]:
        async with self._db.as_owner() as conn:
            return await store.find(conn, list(hashes))

    async def create(self, role: str, wilayah: str, name: str, last_day: date | None = None) -> tuple[UUID, str]:
        """A new token: (id, token). The token cannot be shown again. `last_day`: the last of the office's days on which it is
        good; None: until it is revoked. Raises InvalidInputError."""
        holder = checked(Holder(role, wilayah, name), self._standing())
        expires = self._end_of(last_day)
        id_, token = uuid7(), new_token()
        async with self._db.as_owner() as conn:
            await store.insert(conn, NewToken(id_, holder.name, holder.role, holder.wilayah, hash_of(token), expires))
        return id_, token

    async def rotate(self, id_: UUID, last_day: date | None = None) -> tuple[TokenRow, str]:
        """A new token in the place of that one, which ends at the same moment: (the new one, token). Holder, role and region
        stay, and the last day too unless another is given. Raises InvalidInputError: none with that id, revoked, or
        expired and no day given."""
        expires, token = self._end_of(last_day), new_token()
        async with self._db.as_owner() as conn:
            old = await store.locked(conn, id_)
            if old is None:
                raise InvalidInputError("Tidak ada token dengan id itu; lihat hub token list.")
            if old.dicabut_pada is not None:
                raise InvalidInputError("Token itu sudah dicabut; buat yang baru dengan hub token create.")
            expires = expires or old.kedaluwarsa_pada
            if expires is not None and expires <= datetime.now(UTC):
                raise InvalidInputError(
                    "Token itu sudah kedaluwarsa; sebut hari terakhir yang baru dengan --berlaku-sampai."
                )
            new = uuid7()
            await store.insert(conn, NewToken(new, old.nama, old.peran, old.wilayah, hash_of(token), expires))
            await store.revoke(conn, id_)
            made = await store.locked(conn, new)
        assert made is not None
        return made, token

    def _end_of(self, last_day: date | None) -> datetime | None:
        """The moment that day ends at the office."""
        return end_of(last_day, self._db.today(), self._db.zone)

    async def listed(self) -> list[TokenRow]:
        async with self._db.as_owner() as conn:
            return await store.listed(conn)

    async def revoke(self, id_: UUID) -> bool:
        async with self._db.as_owner() as conn:
            return await store.revoke(conn, id_)


def new_token() -> str:
    return _PREFIX + secrets.token_urlsafe(24)


def _usable(token: TokenRow | None) -> TokenRow:
    """Raises TokenRefusedError where there is none, or it was revoked or has expired."""
    if token is None:
        raise TokenRefusedError("Token tidak dikenal; periksa salinannya atau minta token baru kepada pengelola.")
    if token.dicabut_pada is not None:
        raise TokenRefusedError("Token ini sudah dicabut; minta token baru kepada pengelola.")
    if token.kedaluwarsa_pada is not None and token.kedaluwarsa_pada <= datetime.now(UTC):
        raise TokenRefusedError("Token ini sudah kedaluwarsa; minta token baru kepada pengelola.")
    return token


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
