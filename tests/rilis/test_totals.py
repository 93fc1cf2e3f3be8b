"""What a province's totals show while its kabupaten come in, one by one, put figures right, and send coarser periods too."""

import asyncio
from collections.abc import Awaitable, Callable

from hub.db.database import Database
from hub.db.private_cluster import login_url
from hub.rilis.totals import release_totals
from tests.rilis.made_releases import FORM, PROV, Made, put_regions, rows, totals, waits, whole

Q1 = "2025-TW1"


def played(url: str, scene: Callable[[Made], Awaitable[None]], kabupaten: int = 6) -> None:
    async def play() -> None:
        db = Database(login_url(url), 3)
        await db.open()
        try:
            await put_regions(db, kabupaten)
            await scene(Made(db))
        finally:
            await db.close()

    asyncio.run(play())


def test_open_kabupaten_add_up_and_what_did_not_change_stays_as_it_was(database_url: str) -> None:
    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 40)])
        (first,) = (await totals(made.db)).values()
        assert first[:2] == (40, False)
        assert first[2][0] == 6
        assert first[3] == 1
        await made.approve("98.02", [whole("98.02", 7)])
        (second,) = (await totals(made.db)).values()
        assert (second[0], second[3]) == (47, 2)
        assert second[4] > first[4]
        await release_totals(made.db, PROV, FORM, Q1)
        assert [*(await totals(made.db)).values()] == [second]
        versions = "SELECT versi, nilai::int, bagian FROM rilis_total WHERE kode_kab = %s ORDER BY versi"
        assert await rows(made.db, versions, PROV) == [(0, 40, {"98.01": 0}), (1, 47, {"98.01": 0, "98.02": 0})]
        history = await rows(
            made.db, "SELECT nilai::int FROM angka_rilis_riwayat WHERE kode_kab = %s AND periode = %s", PROV, Q1
        )
        assert history == [(40,)]

    played(database_url, scene)


def test_a_kabupaten_that_a_total_would_tell_is_waited_with(database_url: str) -> None:
    """98.02 has so few that it is hidden; a total of it and an open one would tell. Two more that are hidden, of which one may
    know its own figures, carry what it needs."""

    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 40)])
        before = await totals(made.db)
        await made.approve("98.02", [whole("98.02", 3)])
        assert await totals(made.db) == before
        assert await waits(made.db) == {"{}": "TOTAL"}
        (since,) = await rows(made.db, "SELECT sejak FROM rilis_tunggu")
        await made.approve("98.03", [whole("98.03", 4)])
        assert await totals(made.db) == before
        assert await rows(made.db, "SELECT sejak FROM rilis_tunggu") == [since]
        await made.approve("98.04", [whole("98.04", 4)])
        (opened,) = (await totals(made.db)).values()
        assert (opened[0], opened[3]) == (51, 4)
        assert await waits(made.db) == {}
        versions = "SELECT nilai::int, bagian FROM rilis_total ORDER BY versi"
        assert await rows(made.db, versions) == [(40, {"98.01": 0}), (51, {f"98.0{i}": 0 for i in range(1, 5)})]

    played(database_url, scene)
