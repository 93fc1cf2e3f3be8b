"""Whether a node is asked at all just now. One that failed several times in a row is left alone for a while; then one question goes there
to see, and whether that is answered decides. What is known stands in the database, so that a restart does not forget it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from hub.db.database import Database
from hub.simpul import live_statements as store
from hub.simpul.live_statements import BreakerRow

FAILURES = 3  # in a row, until a node is left alone
SHORTEST, LONGEST = 10, 300  # seconds for which it is; twice as long each time the one question fails
_REASON = 200  # letters
_PROBE_LASTS = timedelta(seconds=30)  # until whoever got the one question is taken to be gone


class Way(Enum):
    """ASK: as always. PROBE: this is the one question after a pause; whoever got it says how it ended. CLOSED: not now."""

    ASK = auto()
    PROBE = auto()
    CLOSED = auto()


@dataclass(slots=True)
class _Breaker:
    failures: int = 0
    pause: int = 0
    until: datetime | None = None
    why: str | None = None
    probing: datetime | None = None
    changed: bool = False


class Breakers:
    """One per hub. Changes wait in memory until `save`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[str, _Breaker] | None = None

    async def load(self) -> None:
        """As a restart finds them; done once. Raises ServiceNotReadyError."""
        if self._known is not None:
            return
        async with self._db.as_owner() as conn:
            rows = await store.breakers(conn)
        if self._known is None:
            self._known = {r.kode_kab: _Breaker(r.gagal, r.jeda_detik, r.tutup_sampai, r.sebab) for r in rows}

    def way(self, kab: str) -> Way:
        b = self._of(kab)
        if b.until is None:
            return Way.ASK
        now = datetime.now(UTC)
        if now < b.until or (b.probing is not None and now - b.probing < _PROBE_LASTS):
            return Way.CLOSED
        b.probing = now
        return Way.PROBE

    def why(self, kab: str) -> str | None:
        """Why it failed last."""
        return self._of(kab).why

    def succeeded(self, kab: str) -> None:
        b = self._of(kab)
        if b.failures or b.until is not None:
            b.failures, b.pause, b.until, b.why, b.changed = 0, 0, None, None, True
        b.probing = None

    def failed(self, kab: str, why: str) -> None:
        b = self._of(kab)
        if b.until is not None and b.probing is None:
            return  # an answer to a question of before the pause
        b.failures, b.why, b.changed = b.failures + 1, why[:_REASON], True
        if b.probing is not None or b.failures >= FAILURES:
            b.pause = min(LONGEST, b.pause * 2) if b.pause else SHORTEST
            b.until = datetime.now(UTC) + timedelta(seconds=b.pause)
        b.probing = None

    def undecided(self, kab: str) -> None:
        """The question ended in a way that says nothing of the node."""
        self._of(kab).probing = None

    async def save(self) -> None:
        """Raises ServiceNotReadyError."""
        changed = {kab: b for kab, b in (self._known or {}).items() if b.changed}
        if not changed:
            return
        for b in changed.values():
            b.changed = False
        rows = [BreakerRow(kab, b.failures, b.pause, b.until, b.why) for kab, b in sorted(changed.items())]
        async with self._db.as_owner() as conn:
            await store.put_breakers(conn, rows)

    def _of(self, kab: str) -> _Breaker:
        assert self._known is not None, "loaded before it is asked"
        return self._known.setdefault(kab, _Breaker())
