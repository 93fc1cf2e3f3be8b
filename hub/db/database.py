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

from hub.base.actor import Actor, Role
from hub.base.errors import OtherRegionError, ServiceNotReadyError, SetupError, TimeLimitError
from hub.base.role_key import role_key
from hub.base.settings import read_settings
from hub.db.claims import SYSTEM, TAKE_ROLE, ClaimSigner, HubConnection
from hub.db.connections import Conn as Conn
from hub.db.connections import connect_async, hush
from hub.db.watched_reads import watched, write_down

WIB = ZoneInfo("Asia/Jakarta")
OTHER_REGION = "U0421"  # SQLSTATE of hub_bukan_wilayah
SIMILARITY_THRESHOLD = 0.3  # as low as a short name with one wrong letter needs
_NO_ANSWER = "Basis data tidak menjawab; coba lagi sebentar."
# bytes of a statement that the server keeps prepared: it takes some fifty times as many there, per connection, and one so long
# is seldom asked twice
_LONGEST_PREPARED = 16_384
_NOT_READY = (
    "Basis data belum disiapkan untuk hub versi ini; jalankan hub migrate dengan HUB_DATABASE_URL_PEMILIK, lalu ulangi."
)
_OTHER_KEY = (
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
        return None if len(self.sql) <= _LONGEST_PREPARED else False


async def _still_connected(conn: Conn) -> None:
    """Raises psycopg.OperationalError for a connection whose server went away while nobody used it.

    An idle connection has nothing to read; one that has is closed or was told so. Only that one is asked, so looking
    costs the others no round trip.
    """
    poller = select.poll()
    poller.register(conn.fileno(), select.POLLIN)
    if poller.poll(0):
        await conn.execute("SELECT 1")


class _JsonBytes(Loader):
    """JSON made by PostgreSQL goes out as it is; nobody here parses it."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


def database_role(role: Role) -> str:
    """The database's role for callers of that one."""
    return f"hub_{role.value.lower()}"


class Database:
    """`url`: libpq address. `connections`: most connections per pool. `time_limit_ms`: longest single read. `zone`: the office's.
    `key`: what claims are signed with; None: this hub's own, by its settings.

    The zone is that of every session here, so current_date is the office's day and a moment becomes a day or a text by its
    clocks; and services take theirs from here, so that the program and the database cannot differ on it.
    """

    def __init__(
        self,
        url: str,
        connections: int = 8,
        time_limit_ms: int = 15_000,
        zone: ZoneInfo = WIB,
        key: bytes | None = None,
    ) -> None:
        self.url = url
        self.zone = zone
        self._time_limit_ms = time_limit_ms
        self.watched: frozenset[str] = frozenset()  # what officers read only written down; the catalogue says
        self._signer = ClaimSigner(key or role_key(read_settings()))
        # What an officer's statements leave behind in a session never meets the hub's own work: each has its connections. Officers read by
        # others than they write by: while a whole country sends its rekap, a question does not queue behind it. None is made before it
        # is wanted: commands and nodes use one kind or two, and each is a process of the server
        self._public_pool, self._reading_pool, self._officer_pool, self._system_pool = (
            AsyncConnectionPool(
                url, connection_class=HubConnection, min_size=0, max_size=connections, open=False, configure=prepare, timeout=10,
                kwargs={"autocommit": True, "prepare_threshold": 1}, check=_still_connected, name=name,
            )
            for name, prepare in (
                ("publik", self._prepare_public), ("pembaca", self._prepare), ("petugas", self._prepare), ("sistem", self._prepare)
            )
        )  # fmt: skip

    async def open(self) -> None:
        """Open the pools. Raises SetupError in one plain sentence when the server cannot be reached, does not know the
        zone (its list is another than Python's), or would not believe our claims."""
        try:
            async with await connect_async(self.url, HubConnection, connect_timeout=10) as conn:
                await self._set_time_zone(conn)
                await conn.recognise()
                await conn.execute(TAKE_ROLE, await self._signer.taking(conn, SYSTEM, ""))
                if await (await conn.execute("SELECT hub_klaim_sah()")).fetchone() != (True,):
                    raise SetupError(_OTHER_KEY)
        except psycopg.errors.InvalidParameterValue:
            raise SetupError(
                f"Server basis data tidak mengenal zona {self.zone.key}; setel HUB_ZONA_WAKTU ke WIB, WITA, WIT atau nama IANA lain."
            ) from None
        except (psycopg.errors.UndefinedFunction, psycopg.errors.InsufficientPrivilege):
            raise SetupError(_NOT_READY) from None
        except psycopg.OperationalError as error:
            raise SetupError(connection_message(error)) from None
        for pool in self._pools():
            await pool.open()

    async def close(self) -> None:
        for pool in self._pools():
            await pool.close()

    def _pools(self) -> "tuple[AsyncConnectionPool[HubConnection], ...]":
        return self._public_pool, self._reading_pool, self._officer_pool, self._system_pool

    def today(self) -> date:
        """The day at the office."""
        return datetime.now(self.zone).date()

    async def _set_time_zone(self, conn: Conn) -> None:
        # ISO, whatever the server prefers: its other forms write "WIB" for the zone, which nobody reads back
        await conn.execute(
            "SELECT set_config('TimeZone', %s, false), set_config('DateStyle', 'ISO', false)", (self.zone.key,)
        )

    async def _prepare(self, conn: HubConnection) -> None:
        await conn.recognise()
        set_json_loads(orjson.loads, conn)
        conn.adapters.register_loader("json", _JsonBytes)  # json is for passing on, jsonb for reading here
        await hush(conn)
        await self._set_time_zone(conn)
        await conn.execute("SET jit = off")
        # what % finds, the same on every server (see search_source); before the first use nobody knows the setting yet
        await conn.execute(f"SET pg_trgm.similarity_threshold = {SIMILARITY_THRESHOLD}")

    async def _prepare_public(self, conn: HubConnection) -> None:
        await self._prepare(conn)
        await conn.execute(f"SET statement_timeout = {self._time_limit_ms}")
        await conn.execute("SET default_transaction_read_only = on")
        # what the public may see goes by the same names there: no statement has to know who asks
        await conn.execute("SET search_path = publik, public")
        await conn.execute("SET ROLE hub_publik")

    # ---------- reading ----------

    async def read_json(self, actor: Actor, statements: Sequence[Statement]) -> list[bytes | None]:
        """Run the statements as that caller, in one round trip. Each answer is JSON text, None for SQL null.

        Raises TimeLimitError when a statement takes too long, ServiceNotReadyError when the database does
        not answer, OtherRegionError where one reaches a region that this hub does not answer for.
        """
        try:
            if actor.role is Role.PUBLIC:
                # not connection(): in autocommit there is nothing to commit or roll back when it is given back
                conn = await self._public_pool.getconn()
                try:
                    return await self._read(conn, statements)
                finally:
                    await self._public_pool.putconn(conn)
            await self.write_down(actor, statements)
            async with self._reading_pool.connection() as conn, conn.pipeline():
                await self._begin_read(conn, actor)
                cursors = [await conn.execute(s.sql, s.params, prepare=s.prepare) for s in statements]
                await conn.execute("COMMIT")
                return [await _received(k) for k in cursors]
        except (psycopg.OperationalError, PoolTimeout) as error:
            raise self._read_failure(error) from error
        except psycopg.DatabaseError as error:
            if error.sqlstate != OTHER_REGION:
                raise
            raise OtherRegionError(str(error.diag.message_primary)) from None

    async def read_rows(self, actor: Actor, statement: Statement) -> list[tuple[Any, ...]]:
        """All rows of one statement, run as that caller. Values travel in binary: bytea comes as it is stored, not as twice
        as many hexadecimal digits. Raises what `read_json` raises."""
        try:
            if actor.role is Role.PUBLIC:
                conn = await self._public_pool.getconn()
                try:
                    return await (await conn.execute(statement.sql, statement.params, binary=True)).fetchall()
                finally:
                    await self._public_pool.putconn(conn)
            await self.write_down(actor, [statement])
            async with self._reading_pool.connection() as conn, conn.pipeline():
                await self._begin_read(conn, actor)
                cursor = await conn.execute(statement.sql, statement.params, binary=True)
                await conn.execute("COMMIT")
                return await cursor.fetchall()
        except (psycopg.OperationalError, PoolTimeout) as error:
            raise self._read_failure(error) from error

    @asynccontextmanager
    async def moment(self, actor: Actor, statements: Sequence[Statement]) -> AsyncIterator[Conn]:
        """A transaction as that caller in which everything is read as of one moment, for answers too long to be held. Each of its
        statements may take as long as a single read. `statements`: what will be asked, so that it can be written down first where
        it is watched. Raises what `read_json` raises."""
        official = actor.role is not Role.PUBLIC
        try:
            if official:
                await self.write_down(actor, statements)
            async with (self._officer_pool if official else self._public_pool).connection() as conn:
                await conn.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                if official:
                    await self._act_as(conn, actor)
                yield conn
        except (psycopg.OperationalError, PoolTimeout) as error:
            raise self._read_failure(error) from error

    async def write_down(self, actor: Actor, statements: Sequence[Statement]) -> None:
        """That an officer reads what is watched, where these statements ask for it; so too where another hub answers them. Raises
        ServiceNotReadyError."""
        if (read := watched(statements, self.watched)) is not None:
            async with self.as_owner() as conn:
                await write_down(conn, actor, read)

    async def _begin_read(self, conn: HubConnection, actor: Actor) -> None:
        """Role and claim travel with the statements that follow; the transaction ends with the pipeline's sync."""
        await conn.execute("BEGIN READ ONLY")
        await self._act_as(conn, actor)

    async def _act_as(self, conn: HubConnection, actor: Actor) -> None:
        """In a transaction that has begun."""
        await conn.execute(f"SET LOCAL statement_timeout = {self._time_limit_ms}")
        await conn.execute(TAKE_ROLE, await self._signer.taking(conn, database_role(actor.role), actor.wilayah))

    def _read_failure(self, error: Exception) -> TimeLimitError | ServiceNotReadyError:
        if isinstance(error, psycopg.errors.QueryCanceled):
            return TimeLimitError(
                f"Pertanyaan ini memakan lebih dari {self._time_limit_ms / 1000:g} detik dan dihentikan; "
                "persempit wilayah, periode atau kolomnya."
            )
        return ServiceNotReadyError(_NO_ANSWER)

    async def _read(self, conn: Conn, statements: Sequence[Statement]) -> list[bytes | None]:
        if len(statements) == 1:
            statement = statements[0]
            return [_single_value(await conn.execute(statement.sql, statement.params, prepare=statement.prepare))]
        async with conn.pipeline():
            cursors = [await conn.execute(s.sql, s.params, prepare=s.prepare) for s in statements]
            return [await _received(k) for k in cursors]

    # ---------- writing, and reading rows ----------

    @asynccontextmanager
    async def as_actor(self, actor: Actor) -> AsyncIterator[Conn]:
        """A transaction under the caller's role and region; committed at the end, rolled back on any exception.

        Raises ServiceNotReadyError when the database does not answer.
        """
        async with self._as_role(self._officer_pool, database_role(actor.role), actor.wilayah) as conn:
            yield conn

    @asynccontextmanager
    async def as_owner(self) -> AsyncIterator[Conn]:
        """A transaction of the hub itself: tokens, imports, catalogue. Never on behalf of a caller. It reads everything and
        writes what no office writes, by a claim of its own; the database's owner it is not.

        Raises ServiceNotReadyError when the database does not answer.
        """
        async with self._as_role(self._system_pool, SYSTEM, "") as conn:
            yield conn

    @asynccontextmanager
    async def _as_role(self, pool: AsyncConnectionPool[HubConnection], role: str, wilayah: str) -> AsyncIterator[Conn]:
        try:
            async with pool.connection() as conn, AsyncExitStack() as stack:
                async with conn.pipeline():  # the beginning and the role in one round trip
                    await stack.enter_async_context(
                        AsyncTransaction(conn)
                    )  # not conn.transaction(): it would stay in it
                    await conn.execute(TAKE_ROLE, await self._signer.taking(conn, role, wilayah))
                yield conn
        except (psycopg.OperationalError, PoolTimeout) as error:
            raise ServiceNotReadyError(_NO_ANSWER) from error

    @asynccontextmanager
    async def listening(self, name: str = "hub_berita") -> AsyncIterator[HubConnection]:
        """A connection of its own for news. `name`: what the server lists it as. Raises what psycopg raises."""
        conn = await connect_async(
            self.url,
            HubConnection,
            autocommit=True,
            connect_timeout=5,
            application_name=name,
            prepare_threshold=None,
        )
        async with conn:
            await conn.recognise()
            yield conn

    @asynccontextmanager
    async def own_work_on(self, conn: HubConnection) -> AsyncIterator[Conn]:
        """A transaction of the hub itself, like `as_owner`, on a connection that was opened for something else."""
        async with conn.transaction():
            await conn.execute(TAKE_ROLE, await self._signer.taking(conn, SYSTEM, ""))
            yield conn

    async def alive(self) -> bool:
        """Whether the database answers readers, officers and the hub itself."""
        try:
            for pool in self._pools():
                async with pool.connection(timeout=2) as conn:
                    await conn.execute("SELECT 1")
        except (psycopg.Error, PoolTimeout):
            return False
        return True


async def refresh_statistics(conn: Conn, *tables: str) -> None:
    """Tell the planner what these tables hold now, after a bulk load by the hub itself."""
    await conn.execute("SELECT hub_statistik(VARIADIC %s)", (list(tables),))


def _single_value(cursor: psycopg.AsyncCursor[tuple[Any, ...]]) -> bytes | None:
    """The one value as the server sent it: JSON text that nobody here decodes."""
    result = cursor.pgresult
    return result.get_value(0, 0) if result is not None and result.ntuples else None


async def _received(cursor: psycopg.AsyncCursor[tuple[Any, ...]]) -> bytes | None:
    await cursor.fetchone()  # within a pipeline results arrive when they are asked for
    return _single_value(cursor)


def connection_message(error: psycopg.Error, variable: str = "HUB_DATABASE_URL") -> str:
    """What went wrong with a connection, in one plain sentence that names the remedy. `variable`: which setting holds its
    address."""
    text = str(error)
    if "password authentication failed" in text or "no password supplied" in text:
        return f"Kata sandi atau pengguna basis data salah; periksa {variable}."
    if "does not exist" in text and "database" in text:
        return f"Basis data yang disebut {variable} belum ada; buat dahulu (createdb) atau perbaiki namanya."
    if "could not translate host name" in text or "Name or service not known" in text:
        return f"Nama server basis data tidak dikenal; periksa {variable}."
    if "Connection refused" in text or "No such file" in text or "timeout" in text.lower():
        return f"Server basis data tidak menjawab; periksa alamat di {variable} dan apakah servernya menyala."
    return f"Basis data tidak dapat dihubungi: {text.strip().splitlines()[0]}"
