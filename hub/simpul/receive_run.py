"""Submissions that come one after the other in a batch: taken in one transaction, with what the chain says of them, as long as nothing
speaks against it. What does is left to be taken by itself (hub/simpul/receive.py); nothing is decided otherwise than there.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import orjson
import structlog

from hub.base.errors import HubError
from hub.base.kode import Level, level_of
from hub.base.off_loop import off_loop
from hub.berita.chain_event import UP, ChainEvent, written_moment
from hub.db.database import Conn, Database
from hub.katalog.cache import KatalogCache
from hub.rekap.came import Arrival, Told
from hub.rekap.service import Arrivals
from hub.simpul.receipts import REFUSED, TAKEN, Answered, told
from hub.simpul.receive_event import ContentError, TakenAlreadyError, Taking, number_of
from hub.simpul.receive_rekap import RekapEvents, content_of, draft_of, office

_log = structlog.get_logger("hub.simpul")
_AT_ONCE = 4  # batches: each holds a connection; while the database works on one, another is computed
_BYTES_A_CELL = 40
_FEWEST = 2


class RekapRuns:
    """`rekap`: says whether origin's time decides."""

    def __init__(self, db: Database, katalog: KatalogCache, rekap: RekapEvents) -> None:
        self._db = db
        self._arrivals = Arrivals(db, katalog)
        self._rekap = rekap
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def take(self, run: Sequence[ChainEvent], clock: timedelta | None) -> list[Answered] | None:
        """Take the first of these, each the next one of a chain: what became of them. Empty: the first is one to be taken by itself; None: all
        of them are. Raises TakenAlreadyError where the first was taken meanwhile, HubError where the database does not answer."""
        first = run[0]
        async with self._turns:
            arrivals = await off_loop(sum(len(e.content) for e in run) // _BYTES_A_CELL, self._read, run, clock)
            if len(arrivals) < _FEWEST:
                return []
            katalog = await self._arrivals.katalog()
            try:
                async with self._db.as_actor(office(first)) as conn:
                    await Taking(first).begin(conn)
                    outcome = await self._arrivals.receive(conn, first.kode_kab, katalog, arrivals)
                    return await _keep(conn, run, outcome)
            except (HubError, TakenAlreadyError):
                raise
            except Exception as error:  # whatever it is, each by itself meets it in its own transaction
                _log.info(
                    "kiriman diterima satu per satu",
                    kabupaten=first.kode_kab,
                    nomor=first.number,
                    sebab=repr(error)[:200],
                )
                return None

    def _read(self, run: Sequence[ChainEvent], clock: timedelta | None) -> list[Arrival]:
        """Up to the first that cannot be read."""
        found: list[Arrival] = []
        for event in run:
            try:
                data = content_of(event)
                draft, revision = draft_of(event, data), number_of(data, "revisi")
            except ContentError:
                break
            found.append(Arrival(draft, event.by, revision, event.at, self._rekap.decides(event.at, clock)))
        return found


def may_run(event: ChainEvent) -> bool:
    """Whether an event is of those that may be taken together."""
    return event.direction == UP and event.kind == "rekap.ajukan" and level_of(event.kode_kab) is Level.KABUPATEN


async def _keep(conn: Conn, run: Sequence[ChainEvent], outcome: Sequence[Told]) -> list[Answered]:
    """Write down that they were taken in, and what was made of each."""
    events = run[: len(outcome)]
    verdicts = [TAKEN if o.taken else REFUSED for o in outcome]
    found = [told(o.temuan) for o in outcome]
    async with conn.pipeline():
        for e, verdict, temuan in zip(events, verdicts, found, strict=True):
            await conn.execute(
                "SELECT hub_rantai_terima(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                (
                    e.kode_kab, e.epoch, e.number, e.kind, e.subject, e.content, e.at, e.by, verdict, orjson.dumps(temuan).decode(),
                ),
            )  # fmt: skip
        cursor = await conn.execute("SELECT hub_saat()")
    row = await cursor.fetchone()
    assert row is not None
    at = written_moment(row[0])
    return [Answered(e.number, verdict, at, t) for e, verdict, t in zip(events, verdicts, found, strict=True)]
