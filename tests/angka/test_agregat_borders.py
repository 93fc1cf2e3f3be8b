"""Figures of a day by the borders of a later one: nothing is lost, nothing counted twice, nothing divided, over generated lists in
which desa split, merge, move and change codes."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hub.base.actor import Actor, Role
from hub.cakupan.weights import weights
from hub.db.database import Database
from hub.wilayah.service import Trust
from tests.angka.generated_lineage import DAYS, Province, all_land, parts_of, provinces, sum_of, together
from tests.client import Client
from tests.wilayah.imported_lists import import_list

LENGTHS = {"KABUPATEN": 5, "KECAMATAN": 8, "DESA": 13}
QUERY = """query ($e: [String!]!, $p: Periode!, $w: KodeWilayah!, $t: TingkatWilayah!, $h: Date!, $r: [String!]) {
  agregat(elemen: $e, periode: [$p], wilayah: $w, tingkat: $t, wilayahPada: $h, rincian: $r) {
    wilayah { kode } elemen { kode } rincian { pilihan } nilai status } }"""


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return (n for n in count(11) if n not in (36, 53))  # those of the demo


def brought_in(hub: Client, p: Province) -> None:
    for number, day in enumerate(DAYS):
        laporan = import_list(
            hub.url,
            p.regions(number),
            day,
            [(k, a, b) for k, a, b in p.changes[number]] if number else None,
            Trust(close_any=True),
        )
        assert not [t for t in laporan.temuan if "tidak cocok" in t], laporan.temuan


def reported(hub: Client, p: Province, number: int) -> tuple[dict[str, int], dict[str, int]]:
    """BAN01 by desa, BAN02 by kecamatan, for the year that begins with that list; what was reported, code → figure."""
    by_desa = {k: 1 + i * 7 for i, k in enumerate(sorted(p.lists[number]))}
    by_kec = {k: 1000 + i for i, k in enumerate(sorted(together(p.lists[number], 8)))}
    rows = []
    for elemen, figures in (("BAN01", by_desa), ("BAN02", by_kec)):
        all_figures = dict(figures)
        for length in (8, 5):
            for kode, nilai in figures.items():
                if len(kode) > length:
                    all_figures[kode[:length]] = all_figures.get(kode[:length], 0) + nilai
        rows += [(elemen, k.count(".") + 1, k, n) for k, n in all_figures.items()]
    for elemen, level, kode, nilai in rows:
        hub.sql(
            "INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
            "VALUES (%s, %s, %s, %s, '', %s, '{}', %s, 'ADA', false)",
            kode[:5], elemen, str(DAYS[number].year), level, kode, nilai,
        )  # fmt: skip
    return by_desa, by_kec


def asked(hub: Client, p: Province, elemen: str, year: int, level: str, day: str) -> dict[str, int | None]:
    variables = {"e": [elemen], "p": str(year), "w": p.kode, "t": level, "h": day}
    return {b["wilayah"]["kode"]: b["nilai"] for b in hub.ask(QUERY, variables, "")["agregat"]}


def test_nothing_is_lost_or_counted_twice(module_hub: Client, numbers: Iterator[int]) -> None:
    @settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def generated(data: st.DataObject) -> None:
        p = data.draw(provinces(str(next(numbers))))
        brought_in(module_hub, p)
        for number in range(len(DAYS)):
            _assert_all_there(module_hub, p, number)

    generated()


def _assert_all_there(hub: Client, p: Province, number: int) -> None:
    """Of the year of that list, by the borders of every list from then on."""
    by_desa, by_kec = reported(hub, p, number)
    year, before = DAYS[number].year, p.lists[number]
    for later in range(number, len(DAYS)):
        now = p.lists[later]
        everything = all_land(now)
        day = str(DAYS[later] + timedelta(days=720))
        for level, length in LENGTHS.items():
            answers = {e: asked(hub, p, e, year, level, day) for e in ("BAN01", "BAN02", "WIL04")}
            for kode, land in together(now, length).items():
                where = (p.changes, year, day, kode)
                desa, kec = parts_of(land, before, everything), parts_of(land, together(before, 8), everything)
                assert answers["BAN01"][kode] == sum_of(desa, by_desa), where
                # nobody reported it by desa, so no desa has one, also where one is a whole old kecamatan
                assert answers["BAN02"][kode] == (None if level == "DESA" else sum_of(kec, by_kec)), where
                assert answers["WIL04"][kode] == (None if desa is None else len(desa)), where
    assert asyncio.run(_weights(hub, year, now)) == {
        k: sum_of(parts_of(now[k], before, everything), by_desa) for k in now
    }


async def _weights(hub: Client, year: int, desa: Iterable[str]) -> dict[str, Any]:
    """What coverage takes as the weight of the desa of today: the same figures."""
    db = Database(hub.url, 1)
    await db.open()
    try:
        kode = sorted(desa)
        since = dict(
            hub.sql("SELECT kode, berlaku_sejak FROM wilayah WHERE kode = ANY(%s) AND berlaku_sampai IS NULL", kode)
        )
        found = await weights(db, Actor(Role.ADMIN, "", "uji"), "BAN01", str(year), kode, [since[k] for k in kode])
        return dict(zip(kode, found.nilai, strict=True))
    finally:
        await db.close()


def test_what_was_merged_away_counts_in_what_took_it_in(module_hub: Client, numbers: Iterator[int]) -> None:
    """And what is split off again counts nowhere: it cannot be told apart."""
    prov = str(next(numbers))
    one, other, third = (f"{prov}.01.01.{n}" for n in (2001, 2002, 2003))
    land = {k: frozenset({k}) for k in (one, other, third)}
    merged = {other: land[one] | land[other], third: land[third]}
    split = {other: land[third], third: land[one], f"{prov}.01.02.2001": land[other]}
    p = Province(prov, [land, merged, merged, split])
    p.changes = [[], [("gabung", one, other)], [], [("pecah", other, f"{prov}.01.02.2001")]]
    brought_in(module_hub, p)
    figures, _ = reported(module_hub, p, 0)
    assert asked(module_hub, p, "BAN01", 2011, "DESA", "2011-12-31") == figures
    assert asked(module_hub, p, "BAN01", 2011, "DESA", "2014-12-31") == {
        other: figures[one] + figures[other],
        third: figures[third],
    }
    assert asked(module_hub, p, "BAN01", 2011, "DESA", "2018-01-01") == {
        other: None, third: figures[third], f"{prov}.01.02.2001": None,
    }  # fmt: skip
    assert asked(module_hub, p, "BAN01", 2011, "KABUPATEN", "2018-01-01")[f"{prov}.01"] == sum(figures.values())


def test_a_part_split_off_that_takes_the_rest_in_has_all_of_it(module_hub: Client, numbers: Iterator[int]) -> None:
    """One link of two days: by the borders between them the old desa is in two parts."""
    prov = str(next(numbers))
    old, new, beside = (f"{prov}.01.01.{n}" for n in (2001, 2002, 2003))
    land = {k: frozenset({k}) for k in (old, new, beside)}
    whole = {old: land[old], beside: land[beside]}
    p = Province(prov, [whole, {**whole, new: land[new]}, {new: land[new], beside: land[beside]}])
    p.lists.append(p.lists[2])
    p.changes = [[], [("pecah", old, new)], [("gabung", old, new)], []]
    brought_in(module_hub, p)
    figures, _ = reported(module_hub, p, 0)
    known = {beside: figures[beside]}
    assert asked(module_hub, p, "BAN01", 2011, "DESA", "2014-12-31") == {**known, old: None, new: None}
    assert asked(module_hub, p, "BAN01", 2011, "DESA", "2018-01-01") == {**known, new: figures[old]}
    split, _ = reported(module_hub, p, 1)
    assert asked(module_hub, p, "BAN01", 2013, "DESA", "2014-12-31") == split
    assert asked(module_hub, p, "BAN01", 2013, "DESA", "2018-01-01") == {
        beside: split[beside],
        new: split[old] + split[new],
    }
