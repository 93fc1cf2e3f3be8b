"""Half a breakdown is no total: generated rekap through submission, approval, answers and the proof in SQL."""

import asyncio
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from random import Random

import psycopg
import pytest

from hub.angka.verify import Discrepancy, verify_rollup
from hub.base.actor import Actor, Role
from hub.base.periode import Periode
from hub.base.temuan import Location, Refused
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.rekap.draft import Cell, Column, Place, RekapDraft
from hub.rekap.service import Receipt, RekapWorkflow

CHOICES = {"JK": ["L", "P"], "umur": ["0-4", "5-17", "18-59", "60+"], "disabilitas": ["ya", "tidak"]}
KECAMATAN = [f"53.14.{n:02d}" for n in range(1, 11)]
# breakdowns of which none is within another: those are compared, and half of one would differ from the other
FAMILIES = [["JK"], ["umur"], ["disabilitas"], ["JK", "umur"], ["disabilitas", "umur"], ["JK", "disabilitas", "umur"]]
PERIODS = [f"{year}-{month:02d}" for year in (2020, 2021, 2022) for month in range(1, 13)]
DISTRICT, PROVINCE = Actor(Role.KABUPATEN, "53.14", "uji"), Actor(Role.PROVINSI, "53", "uji")

Parts = dict[tuple[tuple[str, str], ...], int]


def breakdowns(chance: Random, table: Parts) -> Iterator[tuple[Parts, bool]]:
    """Some ways to break one figure down, some choices of each left out, and whether it is all there."""
    first = chance.choice(FAMILIES)
    others = [f for f in FAMILIES[:3] if not set(f) <= set(first)]
    for family in [first, *others[: chance.randint(0, 2)]]:
        keys = [tuple(sorted(zip(family, p, strict=True))) for p in product(*(CHOICES[d] for d in family))]
        parts = {k: sum(n for t, n in table.items() if set(k) <= set(t)) for k in keys}
        left_out = chance.sample(keys, chance.choice([0, 1, 1, len(keys) - 1]))
        yield {k: n for k, n in parts.items() if k not in left_out}, not left_out


def generated(chance: Random) -> tuple[list[Cell], Decimal | None]:
    """Cells of some kecamatan, and the kabupaten's total: None where that of no kecamatan is known."""
    cells: list[Cell] = []
    totals: list[int] = []
    for kecamatan in chance.sample(KECAMATAN, chance.randint(1, 4)):
        table: Parts = {
            tuple(zip(CHOICES, p, strict=True)): chance.choice([0, 0, chance.randint(1, 50)])
            for p in product(*CHOICES.values())
        }
        is_known = False
        for parts, is_whole in breakdowns(chance, table):
            cells += [
                Cell(Place(kode=kecamatan), Column("BEN06", k), Decimal(n), None, Location()) for k, n in parts.items()
            ]
            is_known = is_known or is_whole
        if is_known:
            totals.append(sum(table.values()))
    return cells, Decimal(sum(totals)) if totals else None


def enter(url: str, *drafts: RekapDraft) -> tuple[list[Receipt], list[Discrepancy]]:
    """Submit and approve; what the proof says afterwards."""

    async def work() -> tuple[list[Receipt], list[Discrepancy]]:
        db = Database(url, 2)
        await db.open()
        receipts = []
        try:
            workflow = RekapWorkflow(db, KatalogCache(db))
            for draft in drafts:
                result = await workflow.submit(DISTRICT, draft)
                assert not isinstance(result, Refused), result
                assert result.kunci is not None
                await workflow.approve(PROVINCE, result.kunci, result.revisi)
                receipts.append(result)
            return receipts, (await verify_rollup(db))[1]
        finally:
            await db.close()

    return asyncio.run(work())


def draft_of(formulir: str, periode: str, *cells: Cell) -> RekapDraft:
    return RekapDraft("53.14", formulir, Periode.read(periode), f"{formulir}-{periode}", None, cells)


def one(elemen: str, nilai: int, **rincian: str) -> Cell:
    column = Column(elemen, tuple(rincian.items()))
    return Cell(Place(kode="53.14"), column, Decimal(nilai), None, Location())


def total(url: str, elemen: str, periode: str) -> Decimal | None:
    with psycopg.connect(url) as conn:
        row = conn.execute(
            "SELECT nilai FROM angka WHERE kode_kab = '53.14' AND elemen = %s AND periode = %s AND kode_wilayah = '53.14' "
            "AND rincian = '{}'", (elemen, periode),
        ).fetchone()  # fmt: skip
    assert row is not None
    return row[0]  # type: ignore[no-any-return]


def test_a_total_is_known_exactly_where_a_breakdown_is_whole_and_the_proof_agrees(demo_url: str) -> None:
    cases = {p: generated(Random(p)) for p in PERIODS}  # the same every time
    receipts, wrong = enter(demo_url, *(draft_of("F03", p, *cells) for p, (cells, _) in cases.items()))
    assert wrong == []
    assert {p: total(demo_url, "BEN06", p) for p in PERIODS} == {p: expected for p, (_, expected) in cases.items()}
    assert 3 < sum(expected is None for _, expected in cases.values()) < len(PERIODS) - 3
    told = [any(t.kode == "RINCIAN_KURANG" for t in r.temuan) for r in receipts]
    assert [expected is not None or finding for (_, expected), finding in zip(cases.values(), told, strict=True)] == [
        True
    ] * len(PERIODS)


def test_the_proof_finds_the_total_that_half_a_breakdown_made_before(demo_url: str) -> None:
    enter(demo_url, draft_of("F10", "2021-S1", one("SDM03", 4, JK="L")))
    assert total(demo_url, "SDM03", "2021-S1") is None
    with psycopg.connect(demo_url) as conn:
        conn.execute(
            "UPDATE angka SET nilai = 4, status = 'ADA' WHERE elemen = 'SDM03' AND periode = '2021-S1' AND rincian = '{}'"
        )
    wrong = enter(demo_url)[1]
    assert ("53.14", None) in {(d.wilayah, d.expected) for d in wrong if (d.elemen, d.periode) == ("SDM03", "2021-S1")}


@pytest.mark.parametrize(
    ("versions", "newest"),
    [
        ({"1": 10_000, "2": 10_500}, 10_500),
        ({"24 Agustus 2020": 10_500, "28-1-2020": 12_000}, 10_500),
        ({"9": 7, "10": 8, "2": 6}, 8),
    ],
)
def test_the_newest_version_of_a_target_is_the_target_and_the_proof_agrees(
    demo_url: str, versions: dict[str, int], newest: int
) -> None:
    cells = [one("BEN05", n, versi=v) for v, n in versions.items()]
    assert enter(demo_url, draft_of("F03", "2021", *cells))[1] == []
    assert total(demo_url, "BEN05", "2021") == newest
