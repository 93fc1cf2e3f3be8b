"""A total is the sum of the regions below it, at every level and period, by every path that answers: over generated rekap of
periods of any length, with regions missing, rekap reopened and desa split on the way."""

import asyncio
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from hub.angka.verify import verify_rollup
from hub.base.actor import Actor, Role
from hub.base.periode import Periode
from hub.cakupan.weights import weights
from hub.db.database import Database
from tests.angka.reported_years import (
    ELEMEN,
    LEVELS,
    MONTHS,
    PERIODS,
    PROV,
    SPLIT_LATER,
    Report,
    Year,
    in_force,
    make_kabupaten,
    make_province,
    send,
    years,
)
from tests.client import Client
from tests.peta.tile_client import fetch

_FIGURES = " ".join(
    f"{t}: agregat(elemen: $e, periode: $p, wilayah: $w, tingkat: {t}, wilayahPada: $h, pada: $n) "
    "{ wilayah { kode } elemen { kode } periode nilai }"
    for t in LEVELS
)
_RATIOS = " ".join(
    f'{t}: indikator(kode: ["I01"], periode: $p, wilayah: $w, tingkat: {t}) {{ wilayah {{ kode }} periode pembilang penyebut }}'
    for t in LEVELS
)
AGREGAT = "query ($w: KodeWilayah!, $e: [String!]!, $p: [Periode!]!, $h: Date, $n: DateTime) { " + _FIGURES + " }"
INDIKATOR = "query ($w: KodeWilayah!, $p: [Periode!]!) { " + _RATIOS + " }"
Figures = dict[tuple[str, str, str], Decimal | None]  # region, element, period


@pytest.fixture(scope="module")
def province(module_hub: Client) -> tuple[Client, Iterator[int]]:
    """An empty province, to be filled with a kabupaten per example."""
    make_province(module_hub)
    return module_hub, count(1)


def ask_figures(hub: Client, wilayah: str, periods: list[str], **more: Any) -> Figures:
    answer = hub.ask(AGREGAT, {"w": wilayah, "e": list(ELEMEN), "p": periods, **more}, "")
    return {
        (b["wilayah"]["kode"], b["elemen"]["kode"], b["periode"]): b["nilai"] for rows in answer.values() for b in rows
    }


def of_ended_regions(hub: Client, kab: str) -> dict[tuple[str, str, str], Decimal]:
    """What desa reported that were no more on the period's last day: by kecamatan."""
    rows = hub.sql(
        "SELECT left(a.kode_wilayah, 8), a.elemen, a.periode, sum(a.nilai) FROM angka a "
        "JOIN wilayah w ON w.kode_kab = a.kode_kab AND w.kode = a.kode_wilayah AND w.berlaku_sejak <= hub_akhir(a.periode) "
        "WHERE a.kode_kab = %s AND a.tingkat = 4 AND w.hari_terakhir < hub_akhir(a.periode) AND a.nilai IS NOT NULL GROUP BY 1, 2, 3",
        kab,
    )  # fmt: skip
    return {(k, e, p): n for k, e, p, n in rows}


def assert_levels_agree(figures: Figures, ended: dict[tuple[str, str, str], Decimal]) -> None:
    for (kode, elemen, periode), nilai in figures.items():
        below = [
            n for (k, e, p), n in figures.items()
            if (e, p) == (elemen, periode) and k.startswith(kode + ".") and k.count(".") == kode.count(".") + 1 and n is not None
        ]  # fmt: skip
        if gone := ended.get((kode, elemen, periode)):
            below.append(gone)
        if below:
            assert nilai == sum(below), (kode, elemen, periode)


async def _weights(url: str, periode: str, desa: list[str]) -> dict[str, list[Decimal | None]]:
    db = Database(url, 1)
    await db.open()
    try:
        who, since = Actor(Role.ADMIN, "", "uji"), [date(2000, 1, 1)] * len(desa)
        return {e: (await weights(db, who, e, periode, desa, since)).nilai for e in ELEMEN}
    finally:
        await db.close()


def test_totals_are_the_sums_of_the_regions_below(province: tuple[Client, Iterator[int]]) -> None:
    hub, numbers = province

    @settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(year=years())
    def generated(year: Year) -> None:
        kab = f"{PROV}.{next(numbers):02d}"
        make_kabupaten(hub, kab, year.split)
        for number, report in enumerate(year.reports):
            send(hub, kab, number, report)
        _assert_totals_hold(hub, kab)

    generated()
    assert not asyncio.run(_wrong(hub.url))


def _assert_totals_hold(hub: Client, kab: str) -> None:
    periods = [*PERIODS, *MONTHS]
    figures, ended = ask_figures(hub, kab, periods), of_ended_regions(hub, kab)
    assert_levels_agree(figures, ended)
    # as it was known a moment ago: from the same rows
    ((now,),) = hub.sql("SELECT to_json(clock_timestamp())#>>'{}'")
    assert ask_figures(hub, kab, periods, n=now) == figures
    # by later borders: a split desa is not divided, all else is what it was
    later = ask_figures(hub, kab, periods, h="2024-06-30")
    stayed = {f"{kab}.01.2001", f"{kab}.01.2003", f"{kab}.01.2004"}
    assert {k: n for k, n in later.items() if k[0] not in stayed} == {
        k: n for k, n in figures.items() if k[0] not in stayed
    }
    # the province, on all kabupaten so far
    offices = {k: n for k, n in ask_figures(hub, PROV, periods).items() if len(k[0]) == 5}
    assert_levels_agree(_province(hub, periods) | offices, {})
    _other_paths(hub, kab, periods, figures)


def _province(hub: Client, periods: list[str]) -> Figures:
    query = """query ($e: [String!]!, $p: [Periode!]!) { agregat(elemen: $e, periode: $p, wilayah: "91", tingkat: PROVINSI) {
      wilayah { kode } elemen { kode } periode nilai } }"""
    rows = hub.ask(query, {"e": list(ELEMEN), "p": periods}, "")["agregat"]
    return {(b["wilayah"]["kode"], b["elemen"]["kode"], b["periode"]): b["nilai"] for b in rows}


def _other_paths(hub: Client, kab: str, periods: list[str], figures: Figures) -> None:
    """Figures of one desa, indicators, the map's columns, weights of coverage, and the proof of what is stored."""
    desa = in_force(hub, kab, "DESA", date(2023, 12, 31))
    query = """query ($d: KodeWilayah!, $e: [String!]!) {
      desa(kode: $d, pada: "2023-12-31") { nilai(elemen: $e, periode: ["2023"]) { elemen { kode } nilai } } }"""
    for kode in desa:
        for n in hub.ask(query, {"d": kode, "e": list(ELEMEN)}, "")["desa"]["nilai"]:
            assert n["nilai"] == figures[kode, n["elemen"]["kode"], "2023"], kode
    for rows in hub.ask(INDIKATOR, {"w": kab, "p": periods}, "").values():
        for b in rows:
            kode, periode = b["wilayah"]["kode"], b["periode"]
            both = figures[kode, "BAN01", periode], figures[kode, "WIL03", periode]
            counts = None not in both and (both[1] != 0 or both[0] == 0)  # some of none is a slip of the pen
            assert (b["pembilang"], b["penyebut"]) == (both if counts else (None, None))
    for elemen in ELEMEN:
        for level in LEVELS:
            url = f"/angka.json?elemen={elemen}&periode=2023&wilayah={kab}&tingkat={level}"
            answer = fetch(hub, url, "").json()
            for kode, nilai in zip(answer["kode"], answer["nilai"], strict=True):
                if (kode, elemen, "2023") in figures and not answer["wilayahPada"]:
                    assert nilai == figures[kode, elemen, "2023"], url
    _one_truth_about_who_reported(hub, kab, periods)
    today = in_force(hub, kab, "DESA", date.today())  # what weighs is a desa of today
    there = [k for k in desa if k in today and k[-4:] in ("2001", "2002")]
    for elemen, found in asyncio.run(_weights(hub.url, "2023", there)).items():
        assert found == [figures[k, elemen, "2023"] for k in there], elemen


def _one_truth_about_who_reported(hub: Client, kab: str, periods: list[str]) -> None:
    """`kelengkapan` and the figures' own completeness, by form and period; and what fulfils a period covers it once."""
    query = """query ($w: KodeWilayah!, $p: [Periode!]!) {
      k: kelengkapan(formulir: ["F01", "F02", "F05"], periode: $p, wilayah: $w) { formulir { kode } periode dipenuhi }
      a: agregat(elemen: ["WIL03", "BAN09", "REH09"], periode: $p, wilayah: $w, tingkat: KABUPATEN) {
        elemen { kode } periode kelengkapan { diharapkan diterima disetujui } } }"""
    answer = hub.ask(query, {"w": kab, "p": periods}, "")
    by_form = {(b["formulir"]["kode"], b["periode"]): b["dipenuhi"] for b in answer["k"]}
    for b in answer["a"]:
        found, counted = by_form.get((ELEMEN[b["elemen"]["kode"]], b["periode"])), b["kelengkapan"]
        assert counted["diharapkan"] == (found is not None)
        assert counted["disetujui"] == counted["diterima"] == bool(found)
        if found:
            assert sum(Periode.read(p).kind for p in found) == Periode.read(b["periode"]).kind


# ---------- the rule itself ----------


def test_one_part_counts_for_the_whole_kabupaten(province: tuple[Client, Iterator[int]]) -> None:
    """Not for each region its newest: two parts in one total are nobody's total."""
    hub, numbers = province
    kab = f"{PROV}.{next(numbers):02d}"
    make_kabupaten(hub, kab, SPLIT_LATER)
    send(hub, kab, 1, Report("WIL03", "2023-TW1", "KECAMATAN", (100, 200)))
    send(hub, kab, 2, Report("WIL03", "2023-TW2", "KECAMATAN", (None, 250)))
    send(hub, kab, 3, Report("WIL03", "2023-TW3", "KECAMATAN", (None, None)))  # says nothing, so it does not count
    for periode in ("2023", "2023-S1", "2023-TW2"):
        figures = ask_figures(hub, kab, [periode])
        assert [figures[k, "WIL03", periode] for k in (kab, f"{kab}.01", f"{kab}.02")] == [250, None, 250], periode
    assert ask_figures(hub, kab, ["2023-TW1"])[kab, "WIL03", "2023-TW1"] == 300


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        # a region carried over from an older part
        (
            "INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
            "VALUES ('{kab}', 'WIL03', '2023', 3, '', '{kab}.01', '{{}}', 100, 'ADA', true)",
            {"{kab}.01", "{kab}"},
        ),
        ("UPDATE angka SET nilai = 251 WHERE kode_wilayah = '{kab}' AND periode = '2023'", {"{kab}"}),
        ("DELETE FROM angka WHERE kode_wilayah = '{kab}.02' AND periode = '2023'", {"{kab}.02"}),
        # alike in every part, and yet not the sum of what lies below
        ("UPDATE angka SET nilai = 251 WHERE kode_wilayah = '{kab}' AND kode_kab = '{kab}' AND nilai = 250", {"{kab}"}),
    ],
    ids=["carried over", "changed", "missing", "not the sum"],
)
def test_what_does_not_hold_is_found(province: tuple[Client, Iterator[int]], damage: str, named: set[str]) -> None:
    hub, numbers = province
    kab = f"{PROV}.{next(numbers):02d}"
    make_kabupaten(hub, kab, SPLIT_LATER)
    send(hub, kab, 1, Report("WIL03", "2023-TW1", "KECAMATAN", (100, 200)))
    send(hub, kab, 2, Report("WIL03", "2023-TW2", "KECAMATAN", (None, 250)))
    hub.sql(damage.format(kab=kab))
    wrong = asyncio.run(_wrong(hub.url))
    hub.sql("DELETE FROM angka WHERE kode_kab = %s", kab)
    assert {w for w in wrong if w.startswith(kab)} == {n.format(kab=kab) for n in named}


async def _wrong(url: str) -> list[str]:
    db = Database(url, 1)
    await db.open()
    try:
        return [d.wilayah for d in (await verify_rollup(db))[1]]
    finally:
        await db.close()
