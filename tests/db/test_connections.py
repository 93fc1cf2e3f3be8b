"""What the server says beside its answers stops nothing, on any connection of the hub."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import psycopg
import pytest
from psycopg import AsyncConnection

from hub.base.actor import PUBLIC, Actor, Role
from hub.berita.statements import listening
from hub.db import connections
from hub.db.connections import connect, connect_async, copying
from hub.db.database import Conn, Database, Statement
from tests.cli.hub_process import ROOT, environment

_LONG = 60.0  # seconds; it takes one, and without the mend it never ends
_SETTING = "current_setting('client_min_messages')"
_COPY = """
import asyncio, sys
from psycopg import AsyncConnection
from hub.db.connections import connect_async, copying

async def main(url, level):
    async with await connect_async(url, AsyncConnection) as conn:
        await conn.execute(
            "CREATE FUNCTION pg_temp.speak(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE {level} '%', repeat('x', 200); RETURN n; END $$"
        )
        await conn.execute(
            "CREATE TEMP TABLE t (n int, text text, m int GENERATED ALWAYS AS (pg_temp.speak(n)) STORED)"
        )
        async with copying(conn, "COPY t (n, text) FROM STDIN") as copy:
            for n in range(20_000):
                await copy.write_row((n, "y" * 100))
        print(await (await conn.execute("SELECT count(*) FROM t")).fetchone())

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.parametrize("level", ["DEBUG", "NOTICE", "WARNING", "INFO"])
def test_a_copy_ends_however_much_the_server_has_to_say(database_url: str, level: str) -> None:
    """In a process of its own: a hanging COPY cannot be cancelled, only killed."""
    done = subprocess.run(
        [sys.executable, "-c", _COPY, database_url, level],
        cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=_LONG, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("(20000,)\n", "")


def test_an_error_in_the_middle_of_a_copy_is_told_and_leaves_the_connection_usable(database_url: str) -> None:
    async def work(conn: Conn) -> Any:
        await conn.execute("CREATE TEMP TABLE t (n int PRIMARY KEY, text text)")
        with pytest.raises(psycopg.errors.UniqueViolation, match="t_pkey"):
            await _copied(conn, ((n % 1000, "y" * 100) for n in range(100_000)))
        async with copying(conn, "COPY t FROM STDIN WITH (FORMAT BINARY)", ("int4", "text")) as copy:
            await copy.write_row((1, "a"))
        return await (await conn.execute("SELECT * FROM t")).fetchall()

    assert _as_owner(database_url, work) == [(1, "a")]


def test_what_is_wrong_with_a_row_stores_none(database_url: str) -> None:
    async def work(conn: Conn) -> Any:
        await conn.execute("CREATE TEMP TABLE t (n int)")
        with pytest.raises(ZeroDivisionError):
            await _copied(conn, ((1 // (1 - n),) for n in range(2)))
        return await (await conn.execute("SELECT * FROM t")).fetchall()

    assert _as_owner(database_url, work) == []


def test_no_connection_of_the_hub_is_told_notices(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c client_min_messages=debug1")
    levels: dict[str, Any] = {}

    async def look() -> None:
        db = Database(database_url, 2)
        await db.open()
        ask = Statement(f"SELECT {_SETTING}", {})
        for who in (PUBLIC, Actor(Role.PROVINSI, "53", "uji")):
            levels[f"read {who.role}"] = (await db.read_rows(who, ask))[0][0]
        async with db.as_owner() as conn:
            levels["owner"] = (await (await conn.execute(ask.sql)).fetchone() or [None])[0]
        async with listening(db) as conn:
            levels["news"] = (await (await conn.execute(ask.sql)).fetchone() or [None])[0]
        await db.close()

    asyncio.run(look())
    for autocommit in (True, False):
        with connect(database_url, autocommit=autocommit) as conn:
            conn.rollback()
            levels[f"plain {autocommit}"] = (conn.execute(f"SELECT {_SETTING}").fetchone() or [None])[0]
    assert levels == dict.fromkeys(levels, "error")
    assert len(levels) == 6


def test_connections_are_made_when_they_are_wanted(database_url: str) -> None:
    others = Statement(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", {}
    )

    async def look() -> tuple[int, int]:
        db = Database(database_url, 2)
        await db.open()
        first = (await db.read_rows(PUBLIC, others))[0][0]
        officer = (await db.read_rows(Actor(Role.PROVINSI, "53", "uji"), others))[0][0]
        await db.close()
        return first, officer

    with connect(database_url) as conn:
        before = (conn.execute(others.sql).fetchone() or [0])[0] + 1  # this one
        first, officer = asyncio.run(look())
    assert (first, officer) == (before, before + 1), "the public's own, then that of officers beside it"


async def _copied(conn: Conn, rows: Iterable[tuple[Any, ...]]) -> None:
    async with conn.transaction(), copying(conn, "COPY t FROM STDIN") as copy:
        for row in rows:
            await copy.write_row(row)


def _as_owner(url: str, work: Callable[[Conn], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with await connect_async(url, AsyncConnection) as conn:
            return await work(conn)

    return asyncio.run(run())


def test_whoever_is_cancelled_while_he_connects_leaves_no_connection(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[AsyncConnection[Any]] = []

    async def hush(conn: AsyncConnection[Any]) -> None:
        made.append(conn)
        await asyncio.sleep(60)

    monkeypatch.setattr(connections, "hush", hush)

    async def work() -> None:
        task = asyncio.create_task(connect_async(database_url, AsyncConnection))
        while not made:  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        assert made[0].closed

    asyncio.run(work())
