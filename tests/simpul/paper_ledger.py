"""What two hubs carry to each other in tests of the way itself: numbered texts, in tables of the test's own."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import psycopg

from hub.base.errors import InvalidInputError
from hub.db.database import Conn, Database
from hub.katalog.cache import KatalogCache
from hub.simpul.delivery import Outgoing

TABLES = """
CREATE TABLE uji_keluar (nomor bigint PRIMARY KEY, isi text NOT NULL);
CREATE TABLE uji_masuk (nomor bigint PRIMARY KEY, isi text NOT NULL, jam_ms bigint);
CREATE TABLE uji_resi (arah text, isi text NOT NULL, tanda bytea NOT NULL, urut serial PRIMARY KEY);
GRANT SELECT, INSERT ON uji_keluar, uji_masuk, uji_resi TO hub_sistem;
GRANT USAGE ON SEQUENCE uji_resi_urut_seq TO hub_sistem;
"""
MOST = 3  # texts in one package


class PaperLedger:
    def __init__(self, db: Database, _: KatalogCache) -> None:
        self._db = db

    async def begin(self, conn: Conn, kode_kab: str, epoch: int, *, up: bool) -> None:
        await conn.execute("INSERT INTO uji_resi (arah, isi, tanda) VALUES ('mulai', %s, '')", (f"{epoch} {up}",))

    async def handed(self, conn: Conn, kode_kab: str, epoch: int, told: int) -> dict[str, Any] | None:
        return {}

    async def take_up(self, conn: Conn, kode_kab: str, epoch: int, ends: object) -> None:
        assert ends == {}

    async def place(self, kode_kab: str) -> dict[str, Any]:
        return {}

    async def check_place(self, kode_kab: str, place: Mapping[str, object]) -> None:
        assert place == {}

    async def outgoing(self, kode_kab: str) -> Outgoing | None:
        async with self._db.as_owner() as conn:
            rows = await (await conn.execute(
                "SELECT nomor, isi FROM uji_keluar WHERE nomor > (SELECT coalesce(max((isi::jsonb->>'nomor')::bigint), 0) FROM uji_resi "
                "WHERE arah = 'dapat') ORDER BY nomor LIMIT %s", (MOST,),
            )).fetchall()  # fmt: skip
            newest = await (await conn.execute("SELECT coalesce(max(nomor), 0) FROM uji_keluar")).fetchone()
        assert newest is not None
        content = json.dumps(rows).encode()
        return Outgoing(content, rows[-1][0] if rows else newest[0], newest[0], not rows)

    async def waits(self, kode_kab: str) -> bool:
        out = await self.outgoing(kode_kab)
        return out is not None and not out.empty

    async def receive(self, kode_kab: str, content: bytes, clock: timedelta | None) -> bytes:
        clock_ms = None if clock is None else int(clock.total_seconds() * 1000)
        async with self._db.as_owner() as conn:
            for number, text in json.loads(content):
                if text == "buruk":
                    raise InvalidInputError("teks buruk")
                await conn.execute(
                    "INSERT INTO uji_masuk VALUES (%s, %s, %s) ON CONFLICT DO NOTHING", (number, text, clock_ms)
                )
        return json.dumps({"nomor": await self.received(kode_kab)}).encode()

    async def given(self, receipt: bytes, signature: bytes) -> None:
        await self._keep("beri", receipt, signature)

    async def taken(self, receipt: bytes, signature: bytes) -> int:
        await self._keep("dapat", receipt, signature)
        return int(json.loads(receipt)["nomor"])

    async def received(self, kode_kab: str) -> int:
        async with self._db.as_owner() as conn:
            row = await (await conn.execute("SELECT coalesce(max(nomor), 0) FROM uji_masuk")).fetchone()
        assert row is not None
        return int(row[0])

    async def _keep(self, direction: str, receipt: bytes, signature: bytes) -> None:
        async with self._db.as_owner() as conn:
            await conn.execute(
                "INSERT INTO uji_resi (arah, isi, tanda) VALUES (%s, %s, %s)", (direction, receipt.decode(), signature)
            )


def prepare(url: str) -> None:
    with psycopg.connect(url) as conn:
        conn.execute(TABLES)  # type: ignore[arg-type,unused-ignore]


def write(url: str, *texts: str) -> None:
    """Things to carry, as the hub of that database would have written them."""
    with psycopg.connect(url) as conn:
        for text in texts:
            conn.execute("INSERT INTO uji_keluar SELECT coalesce(max(nomor), 0) + 1, %s FROM uji_keluar", (text,))


def came(url: str) -> list[tuple[int, str]]:
    with psycopg.connect(url) as conn:
        return conn.execute("SELECT nomor, isi FROM uji_masuk ORDER BY nomor").fetchall()
