"""What tests of messages share: events that leave one, a worker that tells them, and a look at those that wait."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg

from hub.base.actor import Actor, Role
from hub.db.database import Database
from hub.pekerjaan.service import JobWorker, Outside, ReleaseTotals, Work
from hub.pekerjaan.webhook_sender import Webhook
from hub.rekap.outside_news import outside_news
from tests.pekerjaan.jobs import FAST

SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo="  # the letters A to Z
OFFICE = Actor(Role.KABUPATEN, "53.15", "Nama Petugas")
_EVENT = """INSERT INTO rekap_peristiwa (kode_kab, formulir, periode, urut, pada, oleh, aksi, dari, ke, revisi, alasan, catatan)
VALUES (%s, 'F02', %s, %s, hub_saat(), 'Nama Petugas', %s, NULL, %s, 3, 'alasan rahasia 12345', '[]')"""
_WAITING = (
    "SELECT status::text, attempts, args FROM procrastinate.procrastinate_jobs WHERE task_name = 'webhook' ORDER BY id"
)


def webhook(address: str, **more: Any) -> Webhook:
    return Webhook(address, SECRET, **{"timeout": 0.6, "first": 0.1, "longest": 0.3, "most": 4, **more})


async def nothing(db: Database, provinsi: str, formulir: str, periode: str) -> None:
    """A release that does nothing."""


@asynccontextmanager
async def telling(
    db: Database, address: str, release: ReleaseTotals = nothing, **more: Any
) -> AsyncIterator[JobWorker]:
    """A worker that tells that address, as long as it is asked."""
    worker = JobWorker(db, Work(release, FAST, outside=Outside(webhook(address, **more), outside_news)))
    worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


async def event(
    db: Database, number: int = 1, action: str = "AJUKAN", periode: str = "2023", status: str = "DIAJUKAN"
) -> None:
    """An event of a rekap of 53.15, in a transaction of its office."""
    async with db.as_actor(OFFICE) as conn:
        await conn.execute(_EVENT, (OFFICE.wilayah, periode, number, action, status))


def waiting(url: str) -> list[tuple[str, int, dict[str, Any]]]:
    """The messages that are not told yet: state, attempts, what was left."""
    with psycopg.connect(url) as conn:
        return conn.execute(_WAITING).fetchall()
