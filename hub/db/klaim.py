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

BERLAKU = 60  # seconds, by the database's clock; asked for at the start of the transaction, so a long one goes on
_GESER = 3.0  # seconds by which this machine's clock may be set before the database's is looked at again
_INGAT = 60.0  # seconds for which the difference between the two is believed
SISTEM = "hub_sistem"  # the hub's own work: tokens, catalogue, imports, news
PERAN = ("hub_publik", "hub_kabupaten", "hub_provinsi", "hub_admin", SISTEM)

AMBIL_PERAN = "SELECT set_config('role', %s, true), set_config('hub.klaim', %s, true)"
_BLOK = 64  # bytes of a block of SHA-256


class _SatuPerintah(AsyncCursor[tuple[Any, ...]]):
    """Sends one statement at a time, as PostgreSQL's extended protocol does. The simple one, which the driver takes where there
    are no parameters, takes several: what is slipped into a text could end it and begin another, and put its own in the place
    of a prepared statement that the next caller on this connection runs under his claim."""

    def _execute_send(self, query: Any, *, force_extended: bool = False, binary: bool | None = None) -> None:
        super()._execute_send(query, force_extended=True, binary=binary)


class Sambungan(AsyncConnection[tuple[Any, ...]]):
    """A connection that knows its backend. `pid`: of the backend; `selisih`: seconds that the database's clock is ahead, by
    what `kenali` found last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cursor_factory = _SatuPerintah
        self.pid = 0
        self.selisih = 0.0
        self._ditanya = self._jam = 0.0

    async def kenali(self) -> None:
        """Ask whom we speak to, and what time it is there."""
        self._ditanya = monotonic()
        before = time()
        self._jam = before - self._ditanya
        row = await (
            await self.execute("SELECT pg_backend_pid(), extract(epoch FROM clock_timestamp())::float8")
        ).fetchone()
        assert row is not None
        self.pid, clock = row
        self.selisih = clock - (before + time()) / 2

    async def jam_basis_data(self) -> float:
        """The database's time, seconds since 1970. A connection lives for an hour, and in that hour somebody may set either
        clock, or the machine may sleep: ours is seen at once, the other within a minute."""
        kini = monotonic()
        if abs(time() - kini - self._jam) > _GESER or kini - self._ditanya > _INGAT:
            await self.kenali()
        return time() + self.selisih


class Penanda:
    """Signs claims with one key."""

    def __init__(self, kunci: bytes) -> None:
        self._kunci = kunci

    def claim(self, peran: str, wilayah: str, pid: int, sampai: float) -> str:
        """The claim of a role and region for that backend. `sampai`: seconds since 1970, by the database's clock."""
        if "|" in wilayah:
            raise ValueError(wilayah)
        isi = f"{peran}|{wilayah}|{int(sampai):012d}|{pid}"
        return f"{hmac.digest(self._kunci, isi.encode(), 'sha256').hex()}|{isi}"

    async def taking(self, conn: Sambungan, peran: str, wilayah: str) -> tuple[str, str]:
        """The values of AMBIL_PERAN on that connection. The public needs no claim and gets none."""
        if peran == "hub_publik":
            return peran, ""
        return peran, self.claim(peran, wilayah, conn.pid, await conn.jam_basis_data() + BERLAKU)


def padded(kunci: bytes) -> tuple[bytes, bytes]:
    """The key as HMAC mixes it in: before the message, and before the hash of that. The database keeps these two."""
    blok = (kunci if len(kunci) <= _BLOK else hashlib.sha256(kunci).digest()).ljust(_BLOK, b"\0")
    return bytes(b ^ 0x36 for b in blok), bytes(b ^ 0x5C for b in blok)
