"""Connections. Three pools over one driver: one whose connections are the public for good, one that takes on the caller's
role for each transaction, one for the hub's own work. Every store call opens, uses and closes its own; nothing lives on a context.
"""

import select
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import psycopg
from psycopg import AsyncTransaction
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.types.json import set_json_loads
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from hub.base.actor import Actor, Peran
from hub.base.errors import BatasWaktuError, LayananTidakSiapError, PenyiapanError
from hub.base.kunci_peran import role_key
from hub.base.settings import baca_settings
from hub.db.connections import Conn as Conn
from hub.db.connections import connect_async, hush
from hub.db.klaim import AMBIL_PERAN, SISTEM, Penanda, Sambungan

WIB = ZoneInfo("Asia/Jakarta")
AMBANG_MIRIP = 0.3  # as low as a short name with one wrong letter needs
_TIDAK_MENJAWAB = "Basis data tidak menjawab; coba lagi sebentar."
# bytes of a statement that the server keeps prepared: it takes some fifty times as many there, per connection, and one so long
# is seldom asked twice
_DISIAPKAN = 16_384
_BELUM_SIAP = (
    "Basis data belum disiapkan untuk hub versi ini; jalankan hub migrate dengan HUB_DATABASE_URL_PEMILIK, lalu ulangi."
)
_KUNCI_LAIN = (
    "Kunci peran hub ini (HUB_KUNCI_PERAN atau $HUB_HOME/kunci_peran) bukan yang dikenal basis data; pakai kunci yang sama "
    "seperti saat hub migrate, atau jalankan hub migrate lagi dengan kunci ini."
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement that returns one row with one JSON value."""

    sql: str
    params: dict[str, Any]

    @property
    def prepare(self) -> bool | None:
        """Whether it may stay prepared on the connection; None: as soon as it comes again."""
        return None if len(self.sql) <= _DISIAPKAN else False


async def _masih_tersambung(conn: Conn) -> None:
    """Raises psycopg.OperationalError for a connection whose server went away while nobody used it.

    An idle connection has nothing to read; one that has is closed or was told so. Only that one is asked, so looking
    costs the others no round trip.
    """
    mata = select.poll()
    mata.register(conn.fileno(), select.POLLIN)
    if mata.poll(0):
        await conn.execute("SELECT 1")


class _JsonBytes(Loader):
    """JSON made by PostgreSQL goes out as it is; nobody here parses it."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


def database_role(peran: Peran) -> str:
    """The database's role for callers of that one."""
    return f"hub_{peran.value.lower()}"


class Database:
    """`url`: libpq address. `koneksi`: most connections per pool. `batas_waktu_ms`: longest single read. `zona`: the office's.
    `kunci`: what claims are signed with; None: this hub's own, by its settings.

    The zone is that of every session here, so current_date is the office's day and a moment becomes a day or a text by its
    clocks; and services take theirs from here, so that the program and the database cannot differ on it.
    """

    def __init__(
        self,
        url: str,
        koneksi: int = 8,
        batas_waktu_ms: int = 15_000,
        zona: ZoneInfo = WIB,
        kunci: bytes | None = None,
    ) -> None:
        self.url = url
        self.zona = zona
        self._batas_waktu_ms = batas_waktu_ms
        self._penanda = Penanda(kunci or role_key(baca_settings()))
        # What an officer's statements leave behind in a session never meets the hub's own work: each has its connections
        self._publik, self._petugas, self._sistem = (
            AsyncConnectionPool(
                url, connection_class=Sambungan, min_size=1, max_size=koneksi, open=False, configure=siapkan, timeout=10,
                kwargs={"autocommit": True, "prepare_threshold": 1}, check=_masih_tersambung, name=nama,
            )
            for nama, siapkan in (
                ("publik", self._siapkan_publik), ("petugas", self._siapkan), ("sistem", self._siapkan)
            )
        )  # fmt: skip

    async def open(self) -> None:
        """Open the pools. Raises PenyiapanError in one plain sentence when the server cannot be reached, does not know the
        zone (its list is another than Python's), or would not believe our claims."""
        try:
            async with await connect_async(self.url, Sambungan, connect_timeout=10) as conn:
                await self._atur_waktu(conn)
                await conn.kenali()
                await conn.execute(AMBIL_PERAN, await self._penanda.taking(conn, SISTEM, ""))
                if await (await conn.execute("SELECT hub_klaim_sah()")).fetchone() != (True,):
                    raise PenyiapanError(_KUNCI_LAIN)
        except psycopg.errors.InvalidParameterValue:
            raise PenyiapanError(
                f"Server basis data tidak mengenal zona {self.zona.key}; setel HUB_ZONA_WAKTU ke WIB, WITA, WIT atau nama IANA lain."
            ) from None
        except (psycopg.errors.UndefinedFunction, psycopg.errors.InsufficientPrivilege):
            raise PenyiapanError(_BELUM_SIAP) from None
        except psycopg.OperationalError as salah:
            raise PenyiapanError(pesan_koneksi(salah)) from None
        for kolam in self._kolam():
            await kolam.open()

    async def close(self) -> None:
        for kolam in self._kolam():
            await kolam.close()

    def _kolam(self) -> "tuple[AsyncConnectionPool[Sambungan], ...]":
        return self._publik, self._petugas, self._sistem

    def today(self) -> date:
        """The day at the office."""
        return datetime.now(self.zona).date()

    async def _atur_waktu(self, conn: Conn) -> None:
        # ISO, whatever the server prefers: its other forms write "WIB" for the zone, which nobody reads back (hub_saat)
        await conn.execute(
            "SELECT set_config('TimeZone', %s, false), set_config('DateStyle', 'ISO', false)", (self.zona.key,)
        )

    async def _siapkan(self, conn: Sambungan) -> None:
        await conn.kenali()
        set_json_loads(orjson.loads, conn)
        conn.adapters.register_loader("json", _JsonBytes)  # json is for passing on, jsonb for reading here
        await hush(conn)
        await self._atur_waktu(conn)
        await conn.execute("SET jit = off")
        # what % finds, the same on every server (see cari_source); before the first use nobody knows the setting yet
        await conn.execute(f"SET pg_trgm.similarity_threshold = {AMBANG_MIRIP}")

    async def _siapkan_publik(self, conn: Sambungan) -> None:
        await self._siapkan(conn)
        await conn.execute(f"SET statement_timeout = {self._batas_waktu_ms}")
        await conn.execute("SET default_transaction_read_only = on")
        await conn.execute("SET ROLE hub_publik")

    # ---------- reading ----------

    async def read_json(self, actor: Actor, statements: Sequence[Statement]) -> list[bytes | None]:
        """Run the statements as that caller, in one round trip. Each answer is JSON text, None for SQL null.

        Raises BatasWaktuError when a statement takes too long, LayananTidakSiapError when the database does
        not answer.
        """
        try:
            if actor.peran is Peran.PUBLIK:
                # not connection(): in autocommit there is nothing to commit or roll back when it is given back
                conn = await self._publik.getconn()
                try:
                    return await self._baca(conn, statements)
                finally:
                    await self._publik.putconn(conn)
            async with self._petugas.connection() as conn, conn.pipeline():
                await self._mulai_baca(conn, actor)
                kursor = [await conn.execute(s.sql, s.params, prepare=s.prepare) for s in statements]
                await conn.execute("COMMIT")
                return [await _diterima(k) for k in kursor]
        except (psycopg.OperationalError, PoolTimeout) as salah:
            raise self._gagal_baca(salah) from salah

    async def read_rows(self, actor: Actor, statement: Statement) -> list[tuple[Any, ...]]:
        """All rows of one statement, run as that caller. Values travel in binary: bytea comes as it is stored, not as twice
        as many hexadecimal digits. Raises what `read_json` raises."""
        try:
            if actor.peran is Peran.PUBLIK:
                conn = await self._publik.getconn()
                try:
                    return await (await conn.execute(statement.sql, statement.params, binary=True)).fetchall()
                finally:
                    await self._publik.putconn(conn)
            async with self._petugas.connection() as conn, conn.pipeline():
                await self._mulai_baca(conn, actor)
                kursor = await conn.execute(statement.sql, statement.params, binary=True)
                await conn.execute("COMMIT")
                return await kursor.fetchall()
        except (psycopg.OperationalError, PoolTimeout) as salah:
            raise self._gagal_baca(salah) from salah

    async def _mulai_baca(self, conn: Sambungan, actor: Actor) -> None:
        """Role and claim travel with the statements that follow; the transaction ends with the pipeline's sync."""
        await conn.execute("BEGIN READ ONLY")
        await conn.execute(f"SET LOCAL statement_timeout = {self._batas_waktu_ms}")
        await conn.execute(AMBIL_PERAN, await self._penanda.taking(conn, database_role(actor.peran), actor.wilayah))

    def _gagal_baca(self, salah: Exception) -> BatasWaktuError | LayananTidakSiapError:
        if isinstance(salah, psycopg.errors.QueryCanceled):
            return BatasWaktuError(
                f"Pertanyaan ini memakan lebih dari {self._batas_waktu_ms / 1000:g} detik dan dihentikan; "
                "persempit wilayah, periode atau kolomnya."
            )
        return LayananTidakSiapError(_TIDAK_MENJAWAB)

    async def _baca(self, conn: Conn, statements: Sequence[Statement]) -> list[bytes | None]:
        if len(statements) == 1:
            satu = statements[0]
            return [_satu(await conn.execute(satu.sql, satu.params, prepare=satu.prepare))]
        async with conn.pipeline():
            kursor = [await conn.execute(s.sql, s.params, prepare=s.prepare) for s in statements]
            return [await _diterima(k) for k in kursor]

    # ---------- writing, and reading rows ----------

    @asynccontextmanager
    async def as_actor(self, actor: Actor) -> AsyncIterator[Conn]:
        """A transaction under the caller's role and region; committed at the end, rolled back on any exception.

        Raises LayananTidakSiapError when the database does not answer.
        """
        async with self._sebagai(self._petugas, database_role(actor.peran), actor.wilayah) as conn:
            yield conn

    @asynccontextmanager
    async def as_owner(self) -> AsyncIterator[Conn]:
        """A transaction of the hub itself: tokens, imports, catalogue. Never on behalf of a caller. It reads everything and
        writes what no office writes, by a claim of its own; the database's owner it is not.

        Raises LayananTidakSiapError when the database does not answer.
        """
        async with self._sebagai(self._sistem, SISTEM, "") as conn:
            yield conn

    @asynccontextmanager
    async def _sebagai(self, kolam: AsyncConnectionPool[Sambungan], peran: str, wilayah: str) -> AsyncIterator[Conn]:
        try:
            async with kolam.connection() as conn, AsyncExitStack() as akhir:
                async with conn.pipeline():  # the beginning and the role in one round trip
                    await akhir.enter_async_context(
                        AsyncTransaction(conn)
                    )  # not conn.transaction(): it would stay in it
                    await conn.execute(AMBIL_PERAN, await self._penanda.taking(conn, peran, wilayah))
                yield conn
        except (psycopg.OperationalError, PoolTimeout) as salah:
            raise LayananTidakSiapError(_TIDAK_MENJAWAB) from salah

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Sambungan]:
        """A connection of its own for news. Raises what psycopg raises."""
        conn = await connect_async(
            self.url,
            Sambungan,
            autocommit=True,
            connect_timeout=5,
            application_name="hub_berita",
            prepare_threshold=None,
        )
        async with conn:
            await conn.kenali()
            yield conn

    @asynccontextmanager
    async def own_work_on(self, conn: Sambungan) -> AsyncIterator[Conn]:
        """A transaction of the hub itself, like `as_owner`, on a connection that was opened for something else."""
        async with conn.transaction():
            await conn.execute(AMBIL_PERAN, await self._penanda.taking(conn, SISTEM, ""))
            yield conn

    async def alive(self) -> bool:
        """Whether the database answers readers, officers and the hub itself."""
        try:
            for kolam in self._kolam():
                async with kolam.connection(timeout=2) as conn:
                    await conn.execute("SELECT 1")
        except (psycopg.Error, PoolTimeout):
            return False
        return True


async def refresh_statistics(conn: Conn, *tabel: str) -> None:
    """Tell the planner what these tables hold now, after a bulk load by the hub itself."""
    await conn.execute("SELECT hub_statistik(VARIADIC %s)", (list(tabel),))


def _satu(kursor: psycopg.AsyncCursor[tuple[Any, ...]]) -> bytes | None:
    """The one value as the server sent it: JSON text that nobody here decodes."""
    isi = kursor.pgresult
    return isi.get_value(0, 0) if isi is not None and isi.ntuples else None


async def _diterima(kursor: psycopg.AsyncCursor[tuple[Any, ...]]) -> bytes | None:
    await kursor.fetchone()  # within a pipeline results arrive when they are asked for
    return _satu(kursor)


def pesan_koneksi(salah: psycopg.Error, variabel: str = "HUB_DATABASE_URL") -> str:
    """What went wrong with a connection, in one plain sentence that names the remedy. `variabel`: which setting holds its
    address."""
    teks = str(salah)
    if "password authentication failed" in teks or "no password supplied" in teks:
        return f"Kata sandi atau pengguna basis data salah; periksa {variabel}."
    if "does not exist" in teks and "database" in teks:
        return f"Basis data yang disebut {variabel} belum ada; buat dahulu (createdb) atau perbaiki namanya."
    if "could not translate host name" in teks or "Name or service not known" in teks:
        return f"Nama server basis data tidak dikenal; periksa {variabel}."
    if "Connection refused" in teks or "No such file" in teks or "timeout" in teks.lower():
        return f"Server basis data tidak menjawab; periksa alamat di {variabel} dan apakah servernya menyala."
    return f"Basis data tidak dapat dihubungi: {teks.strip().splitlines()[0]}"
