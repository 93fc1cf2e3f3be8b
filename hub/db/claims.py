"""Who is asking, signed: what the database believes (migration 0028_peran).

The hub's login may take on every role of the hub and set what it likes, and so may whoever slips SQL into it. So neither
decides anything. A claim does: role, region, expiry and backend, signed (HMAC-SHA-256) with a key that no role of the
database can read. It holds in the transaction it was set in; copied elsewhere it names another backend.
"""

import hashlib
import hmac
from time import monotonic, time
from typing import Any

from psycopg import AsyncConnection, AsyncCursor

VALID_FOR = 60  # seconds, by the database's clock; asked for at the start of the transaction, so a long one goes on
_CLOCK_SHIFT = 3.0  # seconds by which this machine's clock may be set before the database's is looked at again
_BELIEVED_FOR = 60.0  # seconds for which the difference between the two is believed
SYSTEM = "hub_sistem"  # the hub's own work: tokens, catalogue, imports, news
ROLES = ("hub_publik", "hub_kabupaten", "hub_provinsi", "hub_admin", SYSTEM)

TAKE_ROLE = "SELECT set_config('role', %s, true), set_config('hub.klaim', %s, true)"
_BLOCK = 64  # bytes of a block of SHA-256


class _OneStatement(AsyncCursor[tuple[Any, ...]]):
    """Sends one statement at a time, as PostgreSQL's extended protocol does. The simple one, which the driver takes where there
    are no parameters, takes several: what is slipped into a text could end it and begin another, and put its own in the place
    of a prepared statement that the next caller on this connection runs under his claim."""

    def _execute_send(self, query: Any, *, force_extended: bool = False, binary: bool | None = None) -> None:
        super()._execute_send(query, force_extended=True, binary=binary)


class HubConnection(AsyncConnection[tuple[Any, ...]]):
    """A connection that knows its backend. `pid`: of the backend; `clock_ahead`: seconds that the database's clock is ahead, by
    what `recognise` found last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cursor_factory = _OneStatement
        self.pid = 0
        self.clock_ahead = 0.0
        self._asked_at = self._clock = 0.0

    async def recognise(self) -> None:
        """Ask whom we speak to, and what time it is there."""
        self._asked_at = monotonic()
        before = time()
        self._clock = before - self._asked_at
        row = await (
            await self.execute("SELECT pg_backend_pid(), extract(epoch FROM clock_timestamp())::float8")
        ).fetchone()
        assert row is not None
        self.pid, clock = row
        self.clock_ahead = clock - (before + time()) / 2

    async def database_time(self) -> float:
        """The database's time, seconds since 1970. A connection lives for an hour, and in that hour somebody may set either
        clock, or the machine may sleep: ours is seen at once, the other within a minute."""
        now = monotonic()
        if abs(time() - now - self._clock) > _CLOCK_SHIFT or now - self._asked_at > _BELIEVED_FOR:
            await self.recognise()
        return time() + self.clock_ahead


class ClaimSigner:
    """Signs claims with one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def claim(self, role: str, wilayah: str, pid: int, until: float) -> str:
        """The claim of a role and region for that backend. `until`: seconds since 1970, by the database's clock."""
        if "|" in wilayah:
            raise ValueError(wilayah)
        body = f"{role}|{wilayah}|{int(until):012d}|{pid}"
        return f"{hmac.digest(self._key, body.encode(), 'sha256').hex()}|{body}"

    async def taking(self, conn: HubConnection, role: str, wilayah: str) -> tuple[str, str]:
        """The values of TAKE_ROLE on that connection. The public needs no claim and gets none."""
        if role == "hub_publik":
            return role, ""
        return role, self.claim(role, wilayah, conn.pid, await conn.database_time() + VALID_FOR)


def padded(key: bytes) -> tuple[bytes, bytes]:
    """The key as HMAC mixes it in: before the message, and before the hash of that. The database keeps these two."""
    block = (key if len(key) <= _BLOCK else hashlib.sha256(key).digest()).ljust(_BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)
