"""Listening to what the database says of itself: see migration 0008_langganan. One connection of its own, because a
connection that listens cannot be lent out."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import orjson
import psycopg

from hub.base.errors import ServiceNotReadyError
from hub.base.public_id import RekapKey
from hub.db.claims import HubConnection
from hub.db.database import Conn, Database

KATALOG = frozenset(
    [
        "formulir",
        "elemen",
        "rincian",
        "aturan",
        "indikator",
        "suku_indikator",
        "daftar_kode",
        "satuan",
        "kewajaran",
        "katalog_riwayat",
    ]
)
_PULSE = 5.0  # seconds: a connection that died without a word is noticed within twice this


@dataclass(frozen=True, slots=True)
class RekapEvent:
    """The key of one event of a rekap; what it says is read under each reader's own role."""

    key: RekapKey
    urut: int


@dataclass(frozen=True, slots=True)
class DataChanged:
    """Some statement wrote to that table."""

    table: str


@asynccontextmanager
async def listening(db: Database) -> AsyncIterator[HubConnection]:
    """A connection that already listens. Raises ServiceNotReadyError when the database is not there, or is lost."""
    try:
        async with db.listening() as conn:
            await conn.execute("LISTEN hub_rekap")
            await conn.execute("LISTEN hub_data")
            yield conn
    except (psycopg.OperationalError, psycopg.InterfaceError, OSError, TimeoutError) as error:
        raise ServiceNotReadyError("Sambungan berita ke basis data terputus.") from error


async def news(conn: Conn) -> AsyncGenerator[RekapEvent | DataChanged | None]:
    """What the database says, in the order of its commits; None when it only showed that it is still there."""
    while True:
        async with aclosing(conn.notifies(timeout=_PULSE)) as notifications:
            async for notification in notifications:
                if notification.channel == "hub_data":
                    yield DataChanged(notification.payload)
                elif (event := _event(notification.payload)) is not None:
                    yield event
        await asyncio.wait_for(conn.execute("SELECT 1"), _PULSE)
        yield None


def _event(payload: str) -> RekapEvent | None:
    """What the trigger says of an event; None for anything else, for whoever reaches the database may say what he likes."""
    try:
        match orjson.loads(payload):
            case [str(kode_kab), str(formulir), str(periode), int(order)]:
                return RekapEvent(RekapKey(kode_kab, formulir, periode), order)
    except ValueError:
        pass
    return None


async def events_since(conn: Conn, since: datetime) -> list[tuple[RekapEvent, datetime]]:
    """Events from that time on, oldest first."""
    cursor = await conn.execute(
        "SELECT kode_kab, formulir, periode, urut, pada FROM rekap_peristiwa WHERE pada >= %s "
        "ORDER BY pada, kode_kab, formulir, periode, urut",
        (since,),
    )
    return [(RekapEvent(RekapKey(k, f, p), order), at) for k, f, p, order, at in await cursor.fetchall()]
