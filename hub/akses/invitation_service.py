"""Invitations: a token that nobody has seen yet, fetched once with a code that was told by other means.

The token is made of the code, of a secret of the device that fetches it and of a salt that lies here, and only its hash is kept. So the
same device can fetch it again as long as the salt is kept (an answer may be lost on its way), nobody else can, and neither a token nor
what opens one lies in the database.
"""

import hmac
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import structlog

from hub.akses import invitation_statements as store
from hub.akses import statements as tokens
from hub.akses.guard import GuessLimits, TokenGuard
from hub.akses.holder import Holder, checked, end_of
from hub.akses.invitation_code import Code, new_code, read_code
from hub.akses.invitation_statements import InvitationRow, NewInvitation
from hub.akses.lookup import BatchedLookup
from hub.akses.service import hash_of
from hub.akses.statements import NewToken
from hub.base.errors import CodeRefusedError, CodeUsedError, HubError, InvalidInputError
from hub.base.origin import Origin
from hub.base.standing import EVERYWHERE, Standing
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database

_log = structlog.get_logger("hub.token")
DAYS, MOST_DAYS = 3, 30  # for which a code is good: unless said otherwise; at most
TRIES = 10  # wrong ones, before a code is good no more
AGAIN_MINUTES = 10  # for which the device that fetched a token may fetch it again
PROOF_LETTERS = range(22, 201)  # of a device's secret: 128 random bits as base64 are 22
_SALT_BYTES = 32
_REFUSED = "Kode masuk ini tidak berlaku; periksa salinannya, atau minta undangan baru kepada pengelola."
_USED = "Kode masuk ini sudah dipakai; satu kode untuk satu gawai. Minta undangan baru kepada pengelola."
_UNKNOWN = b"\0" * 32  # the hash of no code


@dataclass(frozen=True, slots=True)
class Invited:
    """`code`: as people write it, shown once; `expires`: when it ends."""

    id: UUID
    code: str
    holder: Holder
    expires: datetime


@dataclass(frozen=True, slots=True)
class LetIn:
    """What a device fetched. `expires`: when the token ends; None: when it is revoked."""

    token: str
    holder: Holder
    expires: datetime | None


class Invitations:
    """Wrong codes are counted and looked up as wrong tokens are (TokenService): by address, many in one statement. A right one always goes
    through."""

    def __init__(
        self, db: Database, limits: GuessLimits | None = None, standing: Callable[[], Standing] = lambda: EVERYWHERE
    ) -> None:
        """`standing`: of this hub, as it is now."""
        limits = limits or GuessLimits()
        self._db = db
        self._standing = standing
        self._guard = TokenGuard(limits, "kode masuk")
        self._lookup = BatchedLookup(self._find)
        self._slow_lookup = BatchedLookup(self._find, limits.pause)

    async def invite(self, holder: Holder, last_day: date | None = None, days: int = DAYS) -> Invited:
        """`last_day`: of the token, as TokenService.create takes it; `days`: for which the code is good. Raises InvalidInputError."""
        holder = checked(holder, self._standing())
        if not 1 <= days <= MOST_DAYS:
            raise InvalidInputError(f"Kode undangan berlaku 1 sampai {MOST_DAYS} hari; bukan {days}.")
        token_expires = end_of(last_day, self._db.today(), self._db.zone)
        id_, expires = uuid7(), None
        async with self._db.as_owner() as conn:
            await store.forget_salts(conn, AGAIN_MINUTES)
            while expires is None:  # until its number is free
                code = new_code()
                expires = await store.insert(
                    conn,
                    NewInvitation(
                        id_, holder.name, holder.role, holder.wilayah, token_expires, code.number, code.hash, 24 * days
                    ),
                )
        return Invited(id_, code.spelled(), holder, expires)

    async def exchange(self, given: str, proof: str | None, origin: Origin) -> LetIn:
        """The token behind a code. `proof`: the device's own secret, with which it may ask again for AGAIN_MINUTES; None: it cannot.

        Raises InvalidInputError, CodeRefusedError (whatever is wrong with it), CodeUsedError (only to whoever has the code),
        AttemptLimitError when `origin` has sent too many wrong ones, ServiceNotReadyError.
        """
        code = read_code(given)
        if proof is not None and len(proof) not in PROOF_LETTERS:
            raise InvalidInputError(
                f"bukti harus {PROOF_LETTERS[0]} sampai {PROOF_LETTERS[-1]} huruf acak buatan gawai itu sendiri."
            )
        answer = await self._exchanged(code, proof or secrets.token_urlsafe(_SALT_BYTES), origin)
        if isinstance(answer, HubError):
            raise self._guard.failed(origin, answer)
        return answer

    async def _exchanged(self, code: Code, proof: str, origin: Origin) -> LetIn | CodeRefusedError:
        lookup = self._slow_lookup if self._guard.limited(origin.address) else self._lookup
        id_, right = await lookup.get(code.number) or (None, _UNKNOWN)
        if not hmac.compare_digest(code.hash, right):
            if id_ is not None:
                async with self._db.as_owner() as conn:
                    await store.count_wrong(conn, id_, TRIES)
            return CodeRefusedError(_REFUSED)
        assert id_ is not None
        async with self._db.as_owner() as conn:
            invitation = await store.locked(conn, id_)
            assert invitation is not None  # none is ever deleted
            if invitation.dipakai_pada is not None:
                answer = await _fetched_again(conn, invitation, code, proof)
            elif not _is_good(invitation) or self._standing().why_not_admitted(invitation.wilayah) is not None:
                answer = CodeRefusedError(_REFUSED)
            else:
                answer = await _fetched(conn, invitation, code, proof)
                _log.info("undangan ditukar", undangan=str(id_), alamat=origin.address)
        return answer

    async def _find(self, numbers: Iterable[str]) -> dict[str, tuple[UUID, bytes]]:
        async with self._db.as_owner() as conn:
            return await store.find(conn, list(numbers))

    async def listed(self) -> list[InvitationRow]:
        """Those that were not exchanged; of one that was there is a token."""
        async with self._db.as_owner() as conn:
            return await store.listed(conn)

    async def withdraw(self, id_: UUID) -> bool:
        """False when there is none with that id that waits to be exchanged."""
        async with self._db.as_owner() as conn:
            return await store.withdraw(conn, id_)


def why_not_good(invitation: InvitationRow, now: datetime) -> str | None:
    """Why the code of an invitation that was not exchanged is good no more, for whoever runs the hub; None: it is."""
    if invitation.dicabut_pada is not None:
        return "dicabut"
    if invitation.kedaluwarsa_pada <= now:
        return "kedaluwarsa"
    if invitation.token_sampai is not None and invitation.token_sampai <= now:
        return "tokennya kedaluwarsa"
    return f"ditutup sesudah {TRIES} kali salah" if invitation.salah >= TRIES else None


def _is_good(invitation: InvitationRow) -> bool:
    return why_not_good(invitation, datetime.now(UTC)) is None


def _answer(invitation: InvitationRow, token: str) -> LetIn:
    holder = Holder(invitation.peran, invitation.wilayah, invitation.nama)
    return LetIn(token, holder, invitation.token_sampai)


async def _fetched(conn: Conn, invitation: InvitationRow, code: Code, proof: str) -> LetIn | CodeRefusedError:
    id_, salt = uuid7(), secrets.token_bytes(_SALT_BYTES)
    token = code.token(salt, proof)
    new = NewToken(id_, invitation.nama, invitation.peran, invitation.wilayah, hash_of(token), invitation.token_sampai)
    await tokens.insert(conn, new)
    await store.forget_salts(conn, AGAIN_MINUTES)
    await store.use(conn, invitation.id, id_, salt)
    return _answer(invitation, token)


async def _fetched_again(conn: Conn, invitation: InvitationRow, code: Code, proof: str) -> LetIn | CodeRefusedError:
    assert invitation.dipakai_pada is not None
    late = datetime.now(UTC) - invitation.dipakai_pada > timedelta(minutes=AGAIN_MINUTES)
    if late or invitation.garam is None:
        return CodeUsedError(_USED)
    token = code.token(invitation.garam, proof)
    made = (await tokens.find(conn, [hash_of(token)])).get(hash_of(token))
    if made is None or made.id != invitation.token or made.dicabut_pada is not None:
        return CodeUsedError(_USED)
    return _answer(invitation, token)
