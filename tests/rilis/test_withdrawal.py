"""What is withdrawn answers as closed in every version, and stays so; what follows from it as well, and nothing else does."""

import asyncio
from decimal import Decimal

import pytest

from hub.base.errors import HubError
from hub.rilis.totals import release_totals
from hub.rilis.withdrawal import withdraw
from hub.rilis.withdrawal_statements import hold_off_withdrawals, withdrawn
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
OPEN = (
    "SELECT DISTINCT kode_kab, periode FROM (SELECT * FROM angka_rilis UNION ALL SELECT kode_kab, elemen, periode, tingkat, dimensi, "
    "kode_wilayah, rincian, nilai, status, turunan, kelengkapan, terisi, sejak FROM angka_rilis_riwayat) a "
    "WHERE elemen = %s AND (nilai IS NOT NULL OR status <> 'DISUPRESI') ORDER BY 1, 2"
)


async def _two_quarters(made: Made, elemen: str = FLOW) -> None:
    for period, n in ((Q1, 40), (Q2, 50)):
        for kab in ("98.01", "98.02"):
            await made.approve(kab, [whole(kab, n, period)], elemen)
            await made.approve(kab, [whole(kab, n + 1, period)], elemen)


def test_a_kabupatens_figures_and_the_totals_they_are_in_are_closed_in_all_versions(database_url: str) -> None:
    async def scene(made: Made) -> None:
        await _two_quarters(made)
        await withdraw(made.db, "98.01", FLOW, Q1, " salah unggah ")
        still = [("98", Q2), ("98.01", Q2), *(("98.02", p) for p in (YEAR, S1, Q1, Q2))]
        assert await rows(made.db, OPEN, FLOW) == sorted(still)
        assert await rows(made.db, "SELECT kode_kab, elemen, periode, alasan FROM rilis_tarik") == [
            ("98.01", FLOW, Q1, "salah unggah")
        ]
        # what was shown is known for good
        assert len(await rows(made.db, "SELECT FROM rilis_kantor WHERE kode_kab = '98.01'")) == 4
        assert len(await rows(made.db, "SELECT FROM rilis_total WHERE periode = %s", Q1)) == 4
        async with made.db.as_owner() as conn:
            assert [await withdrawn(conn, *of) for of in (("98.01", Q1), ("98.02", Q1), ("98.01", Q2))] == [
                {FLOW},
                set(),
                set(),
            ]

    played(database_url, scene)


def test_later_totals_stay_closed_and_do_not_wait(database_url: str) -> None:
    async def scene(made: Made) -> None:
        await _two_quarters(made)
        await withdraw(made.db, "98.01", FLOW, Q1, "salah")
        closed = await totals(made.db)
        assert closed["{}"][0] is None
        await made.approve("98.02", [whole("98.02", 77)])
        await made.approve("98.03", [whole("98.03", 88)])
        assert (await totals(made.db))["{}"][0] is None
        assert (await totals(made.db, S1))["{}"][0] is None
        assert await waits(made.db) == {}
        assert len(await rows(made.db, "SELECT FROM rilis_total WHERE periode = %s", Q1)) == 4

    played(database_url, scene)


def test_a_province_closes_all_its_kabupaten(database_url: str) -> None:
    async def scene(made: Made) -> None:
        await _two_quarters(made)
        await made.approve("98.01", [whole("98.01", 2)])  # waits by itself
        await withdraw(made.db, PROV, FLOW, Q1, "salah")
        assert await rows(made.db, OPEN, FLOW) == [(k, Q2) for k in ("98", "98.01", "98.02")]
        async with made.db.as_owner() as conn:
            assert await withdrawn(conn, "98.02", Q1) == {FLOW}

    played(database_url, scene)


def test_what_is_counted_once_is_closed_for_the_year_only_where_that_quarter_counts(database_url: str) -> None:
    async def scene(made: Made) -> None:
        await _two_quarters(made, ONCE)
        await withdraw(made.db, "98.01", ONCE, Q1, "salah")
        assert (await totals(made.db, YEAR, ONCE))["{}"][0] == 102
        year = "SELECT nilai::int FROM angka_rilis WHERE kode_kab = %s AND elemen = %s AND periode = %s"
        assert await rows(made.db, year, "98.01", ONCE, YEAR) == [(51,)]
        await withdraw(made.db, "98.01", ONCE, Q2, "salah juga")
        assert (await totals(made.db, YEAR, ONCE))["{}"][0] is None
        assert await rows(made.db, year, "98.01", ONCE, YEAR) == [(None,)]
        assert await rows(made.db, year, "98.02", ONCE, YEAR) == [(51,)]

    played(database_url, scene)


def test_a_period_with_figures_of_its_own_is_made_of_none_that_are_withdrawn(database_url: str) -> None:
    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 90, S1)])
        await made.approve("98.01", [whole("98.01", 40, Q1)])
        async with made.db.as_actor(OFFICER) as conn:
            for table in ("angka", "angka_rilis"):
                await put_figures(conn, table, "98.01", FLOW, [(whole("98.01", 90, YEAR), 90)], folded=True)
        await withdraw(made.db, "98.01", FLOW, Q1, "salah")
        assert await rows(made.db, OPEN, FLOW) == [("98", YEAR), ("98", S1), ("98.01", YEAR), ("98.01", S1)]

    played(database_url, scene)


def test_money_results_and_statements_of_it_are_closed_too(database_url: str) -> None:
    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 40)], ONCE)
        told = (
            whole("98.01", 40, choices=(("indikator", f"KPM PKH ({ONCE})"),)),
            whole("98.01", 7, choices=(("indikator", "I02"),)),
        )
        stated = "(kode_kab, periode, elemen, kode_wilayah, dimensi, rincian, tertulis) VALUES (%s, %s, %s, %s, '', '{}', %s)"
        async with made.db.as_actor(OFFICER) as conn:
            await put_figures(conn, "angka_rilis", "98.01", "BAN02", [(whole("98.01", 9_000), 9_000)])
            await put_figures(conn, "angka_rilis", "98.01", "KIN02", [(f, f.value) for f in told])
            for office in ("98.01", PROV):
                await conn.execute(f"INSERT INTO angka_tertulis {stated}", (office, Q1, ONCE, office, 40))
            await conn.execute(f"INSERT INTO angka_tertulis_rilis {stated}", ("98.01", Q1, ONCE, "98.01", 40))
        await release_totals(made.db, PROV, FORM, Q1)
        statements = "SELECT kode_kab, tertulis FROM angka_tertulis_rilis ORDER BY 1"
        assert await rows(made.db, statements) == [(PROV, Decimal(40)), ("98.01", Decimal(40))]
        await withdraw(made.db, "98.01", ONCE, Q1, "salah")
        for elemen, left in ((ONCE, []), ("BAN02", []), ("KIN02", [("98.01", Q1)])):
            assert await rows(made.db, OPEN, elemen) == left, elemen
        assert await rows(made.db, "SELECT nilai::int FROM angka_rilis WHERE elemen = 'KIN02' ORDER BY 1") == [
            (7,),
            (None,),
        ]
        assert await rows(made.db, statements) == []
        assert await rows(made.db, "SELECT FROM angka_tertulis_rilis_riwayat") == []

    played(database_url, scene)


def test_whoever_releases_meanwhile_is_waited_for(database_url: str) -> None:
    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 40)])
        async with made.db.as_actor(OFFICER) as conn:
            await hold_off_withdrawals(conn, PROV)
            assert await withdrawn(conn, "98.01", Q1) == set()
            withdrawing = asyncio.create_task(withdraw(made.db, "98.01", FLOW, Q1, "salah"))
            await asyncio.sleep(0.3)
            assert not withdrawing.done()
            await put_figures(conn, "angka_rilis", "98.01", FLOW, [(whole("98.01", 41), 41)])
        await withdrawing
        assert await rows(made.db, OPEN, FLOW) == []

    played(database_url, scene)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("98.01.01", FLOW, Q1, "salah"), "bukan kode"),
        (("98.77", FLOW, Q1, "salah"), "daftar wilayah"),
        (("98.01", "BAN99", Q1, "salah"), "BAN99"),
        (("98.01", FLOW, "2025-TW9", "salah"), "2025-TW9"),
        (("98.01", FLOW, Q1, "  "), "Alasan"),
        (("98.01", "BAN05", Q1, "salah"), "terbuka untuk umum"),
        (("98.01", "BAN02", Q1, "salah"), "tarik BAN01"),
        ((PROV, FLOW, Q1, "lagi"), "sudah ditarik"),
    ],
)
def test_what_cannot_be_withdrawn_is_said_plainly(
    database_url: str, said: tuple[str, str, str, str], words: str
) -> None:
    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 40)])
        if words == "sudah ditarik":
            await withdraw(made.db, PROV, FLOW, Q1, "salah")
        before = await rows(made.db, "SELECT kode_kab, elemen FROM rilis_tarik")
        with pytest.raises(HubError) as refused:
            await withdraw(made.db, *said)
        assert words in refused.value.message
        assert await rows(made.db, "SELECT kode_kab, elemen FROM rilis_tarik") == before
        assert (await totals(made.db))["{}"][0] == (None if before else 40)

    played(database_url, scene)
