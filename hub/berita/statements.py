"""Listening to what the database says of itself: see migration 0008_langganan. One connection of its own, because a
connection that listens cannot be lent out."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import orjson
import psycopg

from hub.base.errors import LayananTidakSiapError
from hub.base.id_publik import Kunci
from hub.db.database import Conn, Database
from hub.db.klaim import Sambungan

KATALOG = frozenset(
    ["formulir", "elemen", "rincian", "aturan", "indikator", "suku_indikator", "daftar_kode", "katalog_riwayat"]
)
_DENYUT = 5.0  # seconds: a connection that died without a word is noticed within twice this


@dataclass(frozen=True, slots=True)
class Peristiwa:
    """The key of one event of a rekap; what it says is read under each reader's own role."""

    kunci: Kunci
    urut: int


@dataclass(frozen=True, slots=True)
class DataBerubah:
    """Some statement wrote to that table."""

    tabel: str


@asynccontextmanager
async def listening(db: Database) -> AsyncIterator[Sambungan]:
    """A connection that already listens. Raises LayananTidakSiapError when the database is not there, or is lost."""
    try:
        async with db.listening() as conn:
            await conn.execute("LISTEN hub_rekap")
            await conn.execute("LISTEN hub_data")
            yield conn
    except (psycopg.OperationalError, psycopg.InterfaceError, OSError, TimeoutError) as salah:
        raise LayananTidakSiapError("Sambungan berita ke basis data terputus.") from salah


async def news(conn: Conn) -> AsyncGenerator[Peristiwa | DataBerubah | None]:
    """What the database says, in the order of its commits; None when it only showed that it is still there."""
    while True:
        async with aclosing(conn.notifies(timeout=_DENYUT)) as kabar_kabar:
            async for kabar in kabar_kabar:
                if kabar.channel == "hub_data":
                    yield DataBerubah(kabar.payload)
                elif (peristiwa := _event(kabar.payload)) is not None:
                    yield peristiwa
        await asyncio.wait_for(conn.execute("SELECT 1"), _DENYUT)
        yield None


def _event(isi: str) -> Peristiwa | None:
    """What the trigger says of an event; None for anything else, for whoever reaches the database may say what he likes."""
    try:
        match orjson.loads(isi):
            case [str(kode_kab), str(formulir), str(periode), int(urut)]:
                return Peristiwa(Kunci(kode_kab, formulir, periode), urut)
    except ValueError:
        pass
    return None


async def events_since(conn: Conn, sejak: datetime) -> list[tuple[Peristiwa, datetime]]:
    """Events from that time on, oldest first."""
    kursor = await conn.execute(
        "SELECT kode_kab, formulir, periode, urut, pada FROM rekap_peristiwa WHERE pada >= %s "
        "ORDER BY pada, kode_kab, formulir, periode, urut",
        (sejak,),
    )
    return [(Peristiwa(Kunci(k, f, p), urut), pada) for k, f, p, urut, pada in await kursor.fetchall()]
