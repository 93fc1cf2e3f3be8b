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

from hub.base.actor import PUBLIK, Actor, Peran
from hub.base.errors import PenyiapanError
from hub.db.database import Database, Statement

T = TypeVar("T")

SEMUA_ZONA = ["Asia/Jakarta", "Asia/Jayapura", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu", "CET"]


def dengan(url: str, zona: str, kerja: Callable[[Database], Awaitable[T]]) -> T:
    async def jalan() -> T:
        db = Database(url, 2, zona=ZoneInfo(zona))
        await db.open()
        try:
            return await kerja(db)
        finally:
            await db.close()

    return asyncio.run(jalan())


def satu(url: str, zona: str, perintah: str) -> Any:
    async def kerja(db: Database) -> Any:
        async with db.as_owner() as conn:
            baris = await (await conn.execute(perintah)).fetchone()
            assert baris is not None
            return baris[0]

    return dengan(url, zona, kerja)


@pytest.mark.parametrize("zona", SEMUA_ZONA)
def test_every_way_to_the_database_has_the_offices_zone(
    shared_demo_url: str, monkeypatch: pytest.MonkeyPatch, zona: str
) -> None:
    monkeypatch.setenv("PGTZ", "UTC")  # what the sessions would have by themselves
    tanya = Statement("SELECT json_build_object('zona', current_setting('TimeZone'), 'hari', current_date)", {})
    rows = Statement("SELECT current_setting('TimeZone'), current_date", {})
    kab = Actor(Peran.KABUPATEN, "53.14", "uji")

    async def kerja(db: Database) -> set[str]:
        jawab = [await db.read_json(siapa, perintah) for siapa in (PUBLIK, kab) for perintah in ([tanya], [tanya] * 2)]
        isi = {teks.decode() for semua in jawab for teks in semua if teks is not None}
        for siapa in (PUBLIK, kab):
            isi |= {str(b) for b in await db.read_rows(siapa, rows)}
        async with db.as_owner() as conn:
            isi |= {str(b) for b in await (await conn.execute(rows.sql)).fetchall()}
        async with db.as_actor(kab) as conn:
            isi |= {str(b) for b in await (await conn.execute(rows.sql)).fetchall()}
        return isi

    sebelum = datetime.now(ZoneInfo(zona)).date()
    isi = dengan(shared_demo_url, zona, kerja)
    sesudah = datetime.now(ZoneInfo(zona)).date()
    harap = [{f'{{"zona" : "{zona}", "hari" : "{h}"}}', str((zona, h))} for h in (sebelum, sesudah)]
    assert isi
    assert isi <= harap[0] | harap[1]  # midnight may have come in between


@pytest.mark.parametrize("zona", SEMUA_ZONA)
def test_a_moment_is_of_the_offices_day_and_a_day_begins_there(shared_demo_url: str, zona: str) -> None:
    saat = [
        datetime.fromisoformat(f"2026-{s}Z")
        for s in ("01-01T16:59:59", "07-01T17:00:00", "07-01T22:30:00", "12-31T11:00:00")
    ]
    hari = [s.astimezone(ZoneInfo(zona)).date() for s in saat]
    perintah = "SELECT ARRAY(SELECT hub_hari(s) FROM unnest(ARRAY[{}]::timestamptz[]) s)"
    assert satu(shared_demo_url, zona, perintah.format(", ".join(f"'{s}'" for s in saat))) == hari
    perintah = "SELECT ARRAY(SELECT hub_awal_hari(h) FROM unnest(ARRAY[{}]::date[]) h)"
    awal: list[datetime] = satu(shared_demo_url, zona, perintah.format(", ".join(f"'{h}'" for h in hari)))
    assert awal == [datetime(h.year, h.month, h.day, tzinfo=ZoneInfo(zona)) for h in hari]


def test_moments_are_written_whatever_way_the_server_likes_to_show_them(database_url: str) -> None:
    """hub_saat keeps the moment as text for the time of a transaction."""
    with psycopg.connect(database_url, autocommit=True) as conn:
        nama = sql.Identifier(conn.info.dbname)
        conn.execute(sql.SQL("ALTER DATABASE {} SET datestyle = 'German'").format(nama))
    with psycopg.connect(database_url) as conn:
        assert conn.execute("SHOW datestyle").fetchone() == ("German, DMY",)
    sebelum = datetime.now(UTC)
    saat: datetime = satu(database_url, "Asia/Jakarta", "SELECT hub_saat()")
    assert sebelum <= saat <= datetime.now(UTC)


def test_a_zone_the_server_does_not_know_is_said_at_the_start(shared_demo_url: str) -> None:
    with (Path(TZPATH[0]) / "Asia/Jakarta").open("rb") as berkas:
        asing = ZoneInfo.from_file(berkas, "Mars/Olympus")

    async def buka() -> None:
        db = Database(shared_demo_url, 2, zona=asing)
        try:
            await db.open()
        finally:
            await db.close()

    with pytest.raises(PenyiapanError) as galat:
        asyncio.run(buka())
    assert "tidak mengenal zona Mars/Olympus; setel HUB_ZONA_WAKTU" in galat.value.pesan
