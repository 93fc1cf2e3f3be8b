"""Whoever reads raw figures of sensitivity 3 is written down, before he is answered."""

import asyncio

import psycopg
import pytest

from hub.db.database import Database
from hub.db.private_cluster import login_url
from hub.rilis.readings import Reading, newest
from tests.client import Client
from tests.rilis.reports import KAB, PROV, READ

SENSITIVE = {"w": KAB, "t": "KABUPATEN", "e": ["KTK03"], "p": ["2020"]}


def readings(hub: Client) -> list[tuple[object, ...]]:
    return hub.sql("SELECT kode_kab, peran, yang, wilayah FROM bacaan_peka ORDER BY id")


def test_officers_are_written_down_and_the_public_is_not(hub: Client) -> None:
    hub.ask(READ, SENSITIVE)
    assert readings(hub) == []
    hub.ask(READ, {**SENSITIVE, "e": ["BAN01"]}, KAB)
    assert readings(hub) == []
    hub.ask(READ, SENSITIVE, KAB)
    hub.ask(READ, {**SENSITIVE, "e": ["BAN01", "KTK03"]}, PROV)
    hub.ask('{ rekap(id: "53.14:F06:2020") { nilai { nilai } } }', as_whom="")
    assert readings(hub) == [
        (KAB, "KABUPATEN", ["KTK03"], [KAB]),
        (PROV, "PROVINSI", ["KTK03"], [KAB]),
        ("", "ADMIN", ["F06", "rekap_nilai"], [KAB]),
    ]


def test_figures_of_one_desa_are_read_too(hub: Client) -> None:
    hub.ask('{ desa(kode: "53.14.01.2005") { nilai(elemen: ["KTK03"], periode: ["2020"]) { nilai } } }', as_whom=KAB)
    assert [what for _, _, what, _ in readings(hub)] == [["KTK03"]]


def test_figures_of_a_table_are_read_too(hub: Client) -> None:
    asked = {"elemen": "BAN01,KTK03", "periode": "2020", "wilayah": KAB, "tingkat": "KABUPATEN"}
    hub.get("/tabel.csv", params=asked)
    assert readings(hub) == []
    hub.get("/tabel.xlsx", params=asked, headers={"Authorization": f"Bearer {hub.token(PROV)}"})
    assert readings(hub) == [(PROV, "PROVINSI", ["KTK03"], [KAB])]


def test_what_was_written_down_stays(hub: Client) -> None:
    hub.ask(READ, SENSITIVE, KAB)
    for change in ("UPDATE bacaan_peka SET oleh = 'x'", "DELETE FROM bacaan_peka"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            hub.sql(change)


def test_a_province_is_told_who_read(hub: Client) -> None:
    hub.ask(READ, SENSITIVE, KAB)
    hub.ask(READ, {**SENSITIVE, "w": "36.04"}, "36.04")

    async def read() -> list[Reading]:
        db = Database(login_url(hub.url), 2)
        await db.open()
        try:
            return await newest(db, PROV, 10)
        finally:
            await db.close()

    (reading,) = asyncio.run(read())
    assert (reading.reach, reading.what, reading.where) == (KAB, ("KTK03",), (KAB,))
