"""The zone of the office is that of every session, on each of the ways to the database."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import TZPATH, ZoneInfo

import psycopg
import pytest
from psycopg import sql

from hub.base.actor import PUBLIC, Actor, Role
from hub.base.errors import SetupError
from hub.db.database import Database, Statement

T = TypeVar("T")

ALL_ZONES = ["Asia/Jakarta", "Asia/Jayapura", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu", "CET"]


def in_zone(url: str, zone: str, work: Callable[[Database], Awaitable[T]]) -> T:
    async def run() -> T:
        db = Database(url, 2, zone=ZoneInfo(zone))
        await db.open()
        try:
            return await work(db)
        finally:
            await db.close()

    return asyncio.run(run())


def one_value(url: str, zone: str, statement: str) -> Any:
    async def work(db: Database) -> Any:
        async with db.as_owner() as conn:
            row = await (await conn.execute(statement)).fetchone()
            assert row is not None
            return row[0]

    return in_zone(url, zone, work)


@pytest.mark.parametrize("zone", ALL_ZONES)
def test_every_way_to_the_database_has_the_offices_zone(
    shared_demo_url: str, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("PGTZ", "UTC")  # what the sessions would have by themselves
    query = Statement("SELECT json_build_object('zona', current_setting('TimeZone'), 'hari', current_date)", {})
    rows = Statement("SELECT current_setting('TimeZone'), current_date", {})
    kab = Actor(Role.KABUPATEN, "53.14", "uji")

    async def work(db: Database) -> set[str]:
        answers = [
            await db.read_json(who, statements) for who in (PUBLIC, kab) for statements in ([query], [query] * 2)
        ]
        found = {text.decode() for answer in answers for text in answer if text is not None}
        for who in (PUBLIC, kab):
            found |= {str(b) for b in await db.read_rows(who, rows)}
        async with db.as_owner() as conn:
            found |= {str(b) for b in await (await conn.execute(rows.sql)).fetchall()}
        async with db.as_actor(kab) as conn:
            found |= {str(b) for b in await (await conn.execute(rows.sql)).fetchall()}
        return found

    before = datetime.now(ZoneInfo(zone)).date()
    found = in_zone(shared_demo_url, zone, work)
    after = datetime.now(ZoneInfo(zone)).date()
    expected = [{f'{{"zona" : "{zone}", "hari" : "{h}"}}', str((zone, h))} for h in (before, after)]
    assert found
    assert found <= expected[0] | expected[1]  # midnight may have come in between


@pytest.mark.parametrize("zone", ALL_ZONES)
def test_a_moment_is_of_the_offices_day_and_a_day_begins_there(shared_demo_url: str, zone: str) -> None:
    moments = [
        datetime.fromisoformat(f"2026-{s}Z")
        for s in ("01-01T16:59:59", "07-01T17:00:00", "07-01T22:30:00", "12-31T11:00:00")
    ]
    days = [s.astimezone(ZoneInfo(zone)).date() for s in moments]
    statement = "SELECT ARRAY(SELECT hub_hari(s) FROM unnest(ARRAY[{}]::timestamptz[]) s)"
    assert one_value(shared_demo_url, zone, statement.format(", ".join(f"'{s}'" for s in moments))) == days
    statement = "SELECT ARRAY(SELECT hub_awal_hari(h) FROM unnest(ARRAY[{}]::date[]) h)"
    starts: list[datetime] = one_value(shared_demo_url, zone, statement.format(", ".join(f"'{h}'" for h in days)))
    assert starts == [datetime(h.year, h.month, h.day, tzinfo=ZoneInfo(zone)) for h in days]


def test_moments_are_written_whatever_way_the_server_likes_to_show_them(database_url: str) -> None:
    """hub_saat keeps the moment for the time of a transaction."""
    with psycopg.connect(database_url, autocommit=True) as conn:
        name = sql.Identifier(conn.info.dbname)
        conn.execute(sql.SQL("ALTER DATABASE {} SET datestyle = 'German'").format(name))
    with psycopg.connect(database_url) as conn:
        assert conn.execute("SHOW datestyle").fetchone() == ("German, DMY",)
    before = datetime.now(UTC)
    moment: datetime = one_value(database_url, "Asia/Jakarta", "SELECT hub_saat()")
    assert before <= moment <= datetime.now(UTC)


def test_a_zone_the_server_does_not_know_is_said_at_the_start(shared_demo_url: str) -> None:
    with (Path(TZPATH[0]) / "Asia/Jakarta").open("rb") as file:
        foreign = ZoneInfo.from_file(file, "Mars/Olympus")

    async def open_database() -> None:
        db = Database(shared_demo_url, 2, zone=foreign)
        try:
            await db.open()
        finally:
            await db.close()

    with pytest.raises(SetupError) as error:
        asyncio.run(open_database())
    assert "tidak mengenal zona Mars/Olympus; setel HUB_ZONA_WAKTU" in error.value.message
