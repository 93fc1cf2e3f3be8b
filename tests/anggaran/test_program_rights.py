"""Whose list of programmes is written by whom: the service refuses, and so does the database by itself; everybody reads it."""

import asyncio
from typing import Any

import psycopg
import pytest

from hub.anggaran.draft import ProgramRequest, ProgramsImported
from hub.anggaran.service import ProgramImport
from hub.base.actor import PUBLIC, Actor, Role
from hub.base.errors import NotAuthorisedError
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.lembar.files import read_list

_ROTE = Actor(Role.KABUPATEN, "53.14", "uji")
_OTHERS = [
    Actor(Role.KABUPATEN, "53.15", "uji"), Actor(Role.PROVINSI, "53", "uji"), Actor(Role.PROVINSI, "36", "uji"),
    Actor(Role.ADMIN, "", "uji"), PUBLIC,
]  # fmt: skip


def bring(url: str, actor: Actor, wilayah: str = "53.14", content: str = "nama\nSatu\n", **more: Any) -> Any:
    async def work() -> Any:
        db = Database(url)
        await db.open()
        try:
            request = ProgramRequest(wilayah, **more)
            return await ProgramImport(db, read_list, KatalogCache(db)).upload(
                actor, "a.csv", content.encode(), request
            )
        finally:
            await db.close()

    return asyncio.run(work())


def test_an_office_writes_its_own_list(demo_url: str) -> None:
    assert isinstance(bring(demo_url, _ROTE), ProgramsImported)


@pytest.mark.parametrize("actor", _OTHERS, ids=lambda a: f"{a.role.name} {a.wilayah}")
def test_nobody_writes_that_of_another(demo_url: str, actor: Actor) -> None:
    with pytest.raises(NotAuthorisedError):
        bring(demo_url, actor)


@pytest.mark.parametrize("actor", _OTHERS, ids=lambda a: f"{a.role.name} {a.wilayah}")
def test_the_database_refuses_by_itself(demo_url: str, actor: Actor) -> None:
    async def work() -> None:
        db = Database(demo_url)
        await db.open()
        try:
            async with db.as_actor(actor) as conn:
                cursor = await conn.execute("SELECT count(*) FROM program WHERE kode_kab = '53.14'")
                assert (await cursor.fetchone()) == (10,)
                changed = await conn.execute("UPDATE program SET nama = 'x' WHERE kode_kab = '53.14'")
                assert changed.rowcount == 0
                await conn.execute(
                    "INSERT INTO program (kode_kab, tahun, sumber, kunci, nama, alias, kunci_alias, urut, berlaku_sejak, oleh) "
                    "VALUES ('53.14', 2020, 'APBD', 'x', 'x', '{}', '{}', 1, '2020-01-01', 'x')"
                )
        finally:
            await db.close()

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        asyncio.run(work())


def test_a_list_is_never_removed(demo_url: str) -> None:
    async def work() -> None:
        db = Database(demo_url)
        await db.open()
        try:
            async with db.as_actor(_ROTE) as conn:
                await conn.execute("DELETE FROM program")
        finally:
            await db.close()

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        asyncio.run(work())


@pytest.mark.parametrize(
    ("source", "codes"), [(None, ["SUMBER_DIANGGAP"]), ("apbn", []), ("Kas", ["SUMBER_TAK_DIKENAL"])]
)
def test_a_source_that_no_row_says_is_assumed_or_given(demo_url: str, source: str | None, codes: list[str]) -> None:
    result = bring(demo_url, _ROTE, sumber=source, uji=True)
    assert [t.kode for t in result.temuan if t.kode.startswith("SUMBER")] == codes
