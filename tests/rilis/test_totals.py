"""What a province's totals show while its kabupaten come in, one by one, put figures right, and send coarser periods too."""

import asyncio

from hub.rilis.totals import release_totals
from hub.rilis.totals_statements import hold_totals
from tests.rilis.made_releases import (
    FLOW,
    FORM,
    OFFICER,
    ONCE,
    PROV,
    Made,
    played,
    put_figures,
    rows,
    totals,
    waits,
    whole,
)

Q1, Q2, S1, YEAR = "2025-TW1", "2025-TW2", "2025-S1", "2025"
L, P = (("JK", "L"),), (("JK", "P"),)


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


def test_a_small_total_is_closed_until_there_are_more(database_url: str) -> None:
    """Beside the whole and the men, four women are told: where nobody carries what would hide them, no total is shown."""

    async def scene(made: Made) -> None:
        for kab, women in (("98.01", 0), ("98.02", 4)):
            counts = ((), 40 + women), (L, 40), (P, women)
            await made.approve(kab, [whole(kab, n, choices=c) for c, n in counts], totals=False)
        await release_totals(made.db, PROV, FORM, Q1)
        shown = await totals(made.db)
        # both offices show their whole: everybody adds that up
        assert {c: row[0] for c, row in shown.items()} == {"{}": 84, '{"JK": "L"}': None, '{"JK": "P"}': None}
        assert await waits(made.db) == dict.fromkeys(['{"JK": "L"}', '{"JK": "P"}'], "KECIL")
        for kab in ("98.03", "98.04"):
            counts = ((), 44), (L, 40), (P, 4)
            await made.approve(kab, [whole(kab, n, choices=c) for c, n in counts], totals=False)
        await release_totals(made.db, PROV, FORM, Q1)
        assert {c: row[0] for c, row in (await totals(made.db)).items()} == {
            "{}": 172,
            '{"JK": "L"}': 160,
            '{"JK": "P"}': 12,
        }
        assert await waits(made.db) == {}

    played(database_url, scene)


def test_a_revision_opens_a_new_version_and_the_old_one_is_history(database_url: str) -> None:
    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 40)])
        await made.approve("98.02", [whole("98.02", 60)])
        await made.approve("98.02", [whole("98.02", 61)])
        assert (await totals(made.db))["{}"][0] == 101
        versions = await rows(made.db, "SELECT nilai::int, bagian FROM rilis_total ORDER BY versi")
        assert versions[-2:] == [(100, {"98.01": 0, "98.02": 0}), (101, {"98.01": 0, "98.02": 1})]
        # the same sum of other versions: what stands stays, that it was confirmed is kept
        before = await totals(made.db)
        await made.approve("98.01", [whole("98.01", 39)], totals=False)
        await made.approve("98.02", [whole("98.02", 62)])
        assert (await totals(made.db))["{}"][0] == 101
        assert await totals(made.db) == before
        assert len(await rows(made.db, "SELECT FROM rilis_total")) == 4

    played(database_url, scene)


def test_an_office_with_unprotected_counts_keeps_totals_back(database_url: str) -> None:
    async def scene(made: Made) -> None:
        for kab in ("98.01", "98.02", "98.03"):
            await made.approve(kab, [whole(kab, 4)], totals=False)
        await made.approve("98.04", [whole("98.04", 4)], threatened=1)
        assert (await totals(made.db))["{}"][0] is None
        assert await waits(made.db) == {"{}": "TOTAL"}
        await made.approve("98.04", [whole("98.04", 4)])
        assert (await totals(made.db))["{}"][0] == 16
        assert await waits(made.db) == {}

    played(database_url, scene)


def test_choices_that_nobody_has_any_more_are_no_total(database_url: str) -> None:
    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 40), whole("98.01", 40, choices=L)])
        assert (await totals(made.db)).keys() == {"{}", '{"JK": "L"}'}
        await made.approve("98.01", [whole("98.01", 40)])
        assert (await totals(made.db)).keys() == {"{}"}

    played(database_url, scene)


def test_a_kabupaten_that_left_is_added_up_no_more_and_is_not_told_by_leaving(database_url: str) -> None:
    async def scene(made: Made) -> None:
        for kab, n in (("98.01", 3), ("98.02", 4), ("98.03", 4), ("98.04", 4), ("98.05", 70)):
            await made.approve(kab, [whole(kab, n)], totals=False)
        await release_totals(made.db, PROV, FORM, Q1)
        assert (await totals(made.db))["{}"][0] == 85
        for kab in ("98.05", "98.01"):
            async with made.db.as_owner() as conn:
                await conn.execute("UPDATE wilayah SET berlaku_sampai = '2025-01-01' WHERE kode = %s", (kab,))
            await release_totals(made.db, PROV, FORM, Q1)
            # less 70, which all know; less 3 too, and what is less would tell it
            assert (await totals(made.db))["{}"][0] == 15
        assert await waits(made.db) == {"{}": "TOTAL"}

    played(database_url, scene)


def test_coarser_flows_are_the_sum_of_released_quarters_and_closed_where_one_is(database_url: str) -> None:
    async def scene(made: Made) -> None:
        for period, n in ((Q1, 40), (Q2, 50)):
            await made.approve("98.01", [whole("98.01", n, period)])
        for period in (S1, YEAR):
            (row,) = (await totals(made.db, period)).values()
            assert (row[0], row[1], row[3]) == (90, True, 1)
        assert await rows(made.db, "SELECT FROM rilis_total WHERE periode = ANY(%s)", [S1, YEAR]) == []
        await made.approve("98.02", [whole("98.02", 2, Q2)])  # waits: what stood for the quarter stands
        assert (await totals(made.db, YEAR))["{}"][0] == 90
        await made.approve("98.02", [whole("98.02", 3, "2025-TW3")])
        assert (await totals(made.db, "2025-TW3"))["{}"][0] is None
        assert (await totals(made.db, "2025-S2"))["{}"][0] is None
        assert (await totals(made.db, S1))["{}"][0] == 90
        assert (await totals(made.db, YEAR))["{}"][0] is None

    played(database_url, scene)


def test_coarser_counts_are_those_of_the_part_that_counts_for_all(database_url: str) -> None:
    async def scene(made: Made) -> None:
        for period, n in ((Q1, 40), (Q2, 50)):
            await made.approve("98.01", [whole("98.01", n, period)], ONCE)
        assert (await totals(made.db, YEAR, ONCE))["{}"][0] == 50
        await made.approve("98.02", [whole("98.02", 30, Q1)], ONCE)
        # for 98.02 the first quarter counts, for 98.01 the second: no total of the province says both
        assert (await totals(made.db, Q1, ONCE))["{}"][0] == 70
        assert await totals(made.db, S1, ONCE) == {}
        assert await totals(made.db, YEAR, ONCE) == {}
        await made.approve("98.02", [whole("98.02", 31, Q2)], ONCE)
        assert (await totals(made.db, YEAR, ONCE))["{}"][:2] == (81, True)

    played(database_url, scene)


def test_own_releases_of_a_coarser_period_are_decided_when_all_have_one(database_url: str) -> None:
    """With one kabupaten by the year and another by quarters there is no total: it is read as the sum of what they show."""

    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 40, Q1)])
        assert (await totals(made.db, YEAR))["{}"][:2] == (40, True)
        await made.approve("98.02", [whole("98.02", 70, YEAR)])
        assert await totals(made.db, YEAR) == {}
        await made.approve("98.01", [whole("98.01", 45, YEAR)])
        assert (await totals(made.db, YEAR))["{}"][:2] == (115, False)
        assert (await totals(made.db, Q1))["{}"][0] == 40

    played(database_url, scene)


def test_a_quarter_whose_total_is_no_row_leaves_the_year_none(database_url: str) -> None:
    """Else the year would be the sum of some quarters only."""

    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 40, Q1)])
        async with made.db.as_actor(OFFICER) as conn:
            for table in ("angka", "angka_rilis"):
                await put_figures(conn, table, "98.02", FLOW, [(whole("98.02", 9, Q2), 9)], folded=True)
        await release_totals(made.db, PROV, FORM, Q1)
        assert (await totals(made.db, Q1))["{}"][0] == 40
        assert await totals(made.db, S1) == {}
        assert await totals(made.db, YEAR) == {}

    played(database_url, scene)


def test_what_a_province_states_is_shown_where_it_tells_nothing(database_url: str) -> None:
    async def state(made: Made, value: int, elemen: str = FLOW) -> list[tuple[object, ...]]:
        async with made.db.as_actor(OFFICER) as conn:
            await conn.execute("DELETE FROM angka_tertulis WHERE kode_kab = %s AND elemen = %s", (PROV, elemen))
            await conn.execute(
                "INSERT INTO angka_tertulis (kode_kab, periode, elemen, kode_wilayah, dimensi, rincian, tertulis) "
                "VALUES (%s, %s, %s, %s, '', '{}', %s)",
                (PROV, Q1, elemen, PROV, value),
            )
        await release_totals(made.db, PROV, FORM, Q1)
        told = "SELECT tertulis::int, sejak FROM angka_tertulis_rilis WHERE kode_kab = %s AND elemen = %s"
        return await rows(made.db, told, PROV, elemen)

    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 40)])
        assert [r[0] for r in await state(made, 44)] == [44]  # otherwise than the sum, and no part is closed
        assert await state(made, 2) == []
        first = await state(made, 40)
        assert [r[0] for r in first] == [40]
        await made.approve("98.02", [whole("98.02", 3)])
        assert await state(made, 40) == first  # the total that stands says the same
        assert await state(made, 43) == []  # the one that waits would be told
        assert await state(made, 50, ONCE) == []  # nobody below shows anything of it

    played(database_url, scene)


def test_whoever_changes_what_totals_are_made_of_is_waited_for(database_url: str) -> None:
    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 40)], totals=False)
        async with made.db.as_owner() as conn:
            await hold_totals(conn, PROV, FORM, Q1)
            job = asyncio.create_task(release_totals(made.db, PROV, FORM, Q1))
            await asyncio.sleep(0.3)
            assert not job.done()
            assert await totals(made.db) == {}
        await job
        assert (await totals(made.db))["{}"][0] == 40

    played(database_url, scene)
