"""The connections of the hub to PostgreSQL are all made here: on none of them does the server tell notices or warnings.

They are meant for a person at a terminal and nobody here reads them. Worse than useless: a program that sends the rows of a
COPY need not read meanwhile, a server that has hundreds of notices to tell of those rows waits until somebody does, and both wait
for ever. Errors come as they always do.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import psycopg
from psycopg import AsyncConnection, AsyncCopy, AsyncCursor
from psycopg.abc import PQGen
from psycopg.copy import AsyncLibpqWriter
from psycopg.pq.abc import PGconn
from psycopg.waiting import Ready, Wait

Conn = AsyncConnection[tuple[Any, ...]]

T = TypeVar("T")
C = TypeVar("C", bound=Conn)

_HUSH = "SET client_min_messages = error"


def connect(url: str, **options: Any) -> "psycopg.Connection[tuple[Any, ...]]":
    """As psycopg.connect. `url`: a libpq address. Raises psycopg.OperationalError."""
    conn = psycopg.connect(url, **options)
    conn.execute(_HUSH)
    if not conn.autocommit:
        conn.commit()  # what is set in a transaction is gone when that is rolled back
    return conn


async def connect_async(url: str, kind: type[C], **options: Any) -> C:
    """As `kind.connect`. Raises psycopg.OperationalError."""
    conn = await kind.connect(url, **options)
    try:
        await hush(conn)
        if not conn.autocommit:
            await conn.commit()
    except BaseException:  # whoever is cancelled here has no connection yet that he could close
        await conn.close()
        raise
    return conn


async def hush(conn: Conn) -> None:
    """For connections that a pool makes. Holds until the connection is closed."""
    await conn.execute(_HUSH)


@asynccontextmanager
async def copying(
    conn: Conn, statement: str, types: Sequence[str | int] = (), cursor: AsyncCursor[Any] | None = None
) -> AsyncIterator[AsyncCopy]:
    """COPY … FROM STDIN. `types`: of the columns, for the binary format. `cursor`: one with adapters of its own.

    What the server sends meanwhile is read, whatever it is: INFO comes at any level, and a function may set another level.
    """
    cursor = cursor or conn.cursor()
    async with cursor.copy(statement, writer=_ReadingWriter(cursor)) as copy:
        if types:
            copy.set_types(types)
        yield copy


async def copied_out(conn: Conn, statement: str) -> bytes:
    """COPY … TO STDOUT: all of it."""
    async with conn.cursor().copy(statement) as copy:
        return b"".join([bytes(piece) async for piece in copy])


class _ReadingWriter(AsyncLibpqWriter):
    """psycopg's own, which until 3.3.9 at least waits for room to write and for nothing else."""

    def __init__(self, cursor: AsyncCursor[Any]) -> None:
        super().__init__(cursor)
        self.connection = _Reading(cursor.connection)  # type: ignore[assignment]


class _Reading:
    """A connection that also reads wherever it waits for room to write."""

    def __init__(self, conn: AsyncConnection[Any]) -> None:
        self._conn = conn

    async def wait(self, work: PQGen[T]) -> T:
        return await self._conn.wait(_reading(self._conn.pgconn, work))


def _reading(pgconn: PGconn, work: PQGen[T]) -> PQGen[T]:
    ready: Ready | int | None = None
    while True:
        try:
            wait = work.send(ready)  # type: ignore[arg-type] # None starts it
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]
        ready = yield Wait.RW if wait == Wait.W else wait
        if wait == Wait.W and ready & Ready.R:
            pgconn.consume_input()
            ready &= Ready.W
