"""Figures far from what the same region reported before: the rule against another computation of it, over generated histories; and what
officers read."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from statistics import median
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hub.angka.comparison import Figures, Jump, jumps
from hub.angka.rollup import Angka, AngkaRow
from hub.base.actor import Actor, Role
from hub.base.periode import Periode, PeriodeKind
from hub.base.public_id import RekapKey
from hub.db.database import Database
from hub.db.private_cluster import login_url
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import Katalog
from tests.client import Client
from tests.rekap.texts import APPROVE, REOPEN, SUBMIT, angka, submission

PROV, KAB = "91", "91.01"
KEC, DESA = f"{KAB}.01", (f"{KAB}.01.2001", f"{KAB}.01.2002")
History = list[Decimal | None]


def is_jump(history: History, figure: Decimal) -> bool:
    """The rule as the issue has it, by Python's own median."""
    last = [x for x in history if x is not None][-12:]
    if not last:
        return False
    usual = median(last)
    distance = abs(figure - usual)
    if len(last) < 4:
        more, less = max(figure, usual), min(figure, usual)
        return distance > 10 and more > 10 * less
    spread = max(median([abs(x - usual) for x in last]), usual / 20, Decimal(1))
    return distance > 6 * Decimal("1.4826") * spread


# ---------- the rule, over generated histories ----------


@dataclass(frozen=True)
class Case:
    """Of each region its figures, oldest first (None: not reported), and the new one."""

    kind: PeriodeKind
    histories: tuple[tuple[History, Decimal], ...]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    length = draw(st.integers(0, 16))
    size = draw(st.sampled_from([1, 9, 60, 1_000, 70_000, 10**12]))
    usual = st.integers(0, size).map(Decimal) | st.just(Decimal(size)) | st.decimals(0, size, places=2)
    histories = []
    for _ in range(draw(st.integers(1, 4))):
        history: History = draw(st.lists(st.none() | usual, min_size=length, max_size=length))
        known = [x for x in history if x is not None] or [Decimal(0)]
        spread = max(median([abs(x - median(known)) for x in known]), median(known) / 20, Decimal(1))
        edge = median(known) + 6 * Decimal("1.4826") * spread  # on the bound, and just beyond it
        nearby = st.sampled_from([edge, edge + Decimal("0.0001"), 10 * median(known), 10 * median(known) + 1])
        histories.append((history, draw(usual | nearby | st.just(Decimal(10 * size)))))
    return Case(draw(st.sampled_from(list(PeriodeKind))), tuple(histories))


def periods_before(periode: Periode, count: int) -> list[str]:
    result: list[str] = []
    while len(result) < count:
        periode = periode.previous
        result.insert(0, str(periode))
    return result


@pytest.fixture(scope="module")
def kabupaten(module_hub: Client) -> Client:
    """A kabupaten of one kecamatan and two desa; nothing is reported."""
    rows = [(PROV, PROV, 1, "PROVINSI", None), (KAB, KAB, 2, "KABUPATEN", PROV), (KAB, KEC, 3, "KECAMATAN", KAB)]
    rows += [(KAB, d, 4, "DESA", KEC) for d in DESA]
    for kab, kode, level, kind, parent in rows:
        module_hub.sql(
            "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) VALUES (%s, %s, '2000-01-01', %s, %s, %s, %s)",
            kab, kode, level, kind, f"Uji {kode}", parent,
        )  # fmt: skip
    return module_hub


class _Asked:
    """Questions to the statement itself, as the office's own actor."""

    def __init__(self, hub: Client) -> None:
        self._hub = hub
        self._loop = asyncio.new_event_loop()
        self._db = Database(login_url(hub.url), 1)
        self._loop.run_until_complete(self._db.open())
        self.katalog: Katalog = self._loop.run_until_complete(KatalogCache(self._db).get())

    def jumps(self, key: RekapKey, rows: list[AngkaRow]) -> list[Jump]:
        return self._loop.run_until_complete(self._jumps(key, rows))

    async def _jumps(self, key: RekapKey, rows: list[AngkaRow]) -> list[Jump]:
        assert self.katalog.kewajaran is not None
        async with self._db.as_actor(Actor(Role.KABUPATEN, key.kode_kab, "uji")) as conn:
            return await jumps(conn, key, Figures.of(rows), self.katalog.kewajaran)

    def close(self) -> None:
        self._loop.run_until_complete(self._db.close())
        self._loop.close()


@pytest.fixture(scope="module")
def asked(kabupaten: Client) -> Iterator[_Asked]:
    asked = _Asked(kabupaten)
    yield asked
    asked.close()


def remember(hub: Client, form: str, elemen: str, periode: str, wilayah: str, nilai: Decimal | None) -> None:
    """An approved figure, as the approving transaction leaves it."""
    hub.sql(
        "INSERT INTO rekap (kode_kab, formulir, periode, status, revisi, revisi_disetujui) VALUES (%s, %s, %s, 'DISETUJUI', 1, 1) "
        "ON CONFLICT DO NOTHING",
        wilayah[:5], form, periode,
    )  # fmt: skip
    hub.sql(
        "INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
        "VALUES (%s, %s, %s, %s, '', %s, '{}', %s, %s, false)",
        wilayah[:5], elemen, periode, wilayah.count(".") + 1, wilayah, nilai, "TIDAK_ADA_DATA" if nilai is None else "ADA",
    )  # fmt: skip


def test_what_jumps_is_what_another_computation_says(kabupaten: Client, asked: _Asked) -> None:
    seen, numbers = {True: 0, False: 0}, count(2)  # a kabupaten each, of two digits

    @settings(max_examples=95, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(case=cases())
    def generated(case: Case) -> None:
        kab = f"91.{next(numbers):02d}"
        now = Periode(2024, case.kind, 12 // case.kind)
        rows = []
        for number, (history, figure) in enumerate(case.histories, 1):
            desa = f"{kab}.01.2{number:03d}"
            for periode, nilai in zip(periods_before(now, len(history)), history, strict=True):
                remember(kabupaten, "F02", "BAN09", periode, desa, nilai)
            rows.append(AngkaRow(asked.katalog.elemen["BAN09"], desa, (), Angka(figure, "ADA")))
        found = {j.place: j for j in asked.jumps(RekapKey(kab, "F02", str(now)), rows)}
        # the last periods are those in which anybody of the kabupaten reported the element
        reported = [any(h[i] is not None for h, _ in case.histories) for i in range(len(case.histories[0][0]))]
        for number, (history, figure) in enumerate(case.histories, 1):
            last = [x for x, known in zip(history, reported, strict=True) if known][-12:]
            assert (number in found) == is_jump(last, figure), (last, figure)
            seen[number in found] += 1
            if number in found:
                _assert_usual(found[number], [x for x in last if x is not None], figure)

    generated()
    assert min(seen.values()) > 15


def _assert_usual(j: Jump, last: list[Decimal], figure: Decimal) -> None:
    assert (j.count, j.median) == (len(last), median(last))
    usual = [x for x in last if len(last) < 4 or abs(x - j.median) <= j.distance]
    assert (j.least, j.most) == (min(usual), max(usual))
    if len(last) >= 4:
        assert not j.least <= figure <= j.most


# ---------- as officers read it ----------


def found(hub: Client, form: str, periode: str, nilai: list[dict[str, Any]], kab: str = KAB) -> list[dict[str, Any]]:
    """The jumps among the findings of a trial."""
    m = submission(kab, form, periode, "coba", nilai=nilai)
    answer = hub.ask(SUBMIT, {"m": m, "uji": True}, kab)["hasil"]
    assert answer["__typename"] in ("RekapDiterima", "RekapDitolak"), answer
    return [t for t in answer["temuan"] if t["kode"] == "LONJAKAN_ANGKA"]


def send(hub: Client, form: str, periode: str, nilai: list[dict[str, Any]], *, approve: bool = True) -> None:
    sent = hub.ask(SUBMIT, {"m": submission(KAB, form, periode, f"{form} {periode}", nilai=nilai)}, KAB)["hasil"]
    assert sent["__typename"] == "RekapDiterima", sent
    if approve:
        variables = {"id": f"{KAB}:{form}:{periode}", "revisi": sent["revisi"]}
        assert hub.ask(APPROVE, variables, PROV)["hasil"]["__typename"] == "RekapDiterima"


@pytest.fixture(scope="module")
def reported(kabupaten: Client) -> Client:
    """Of 2023: five months of families proposed, the sixth not approved; of two desa."""
    for month, (a, b) in enumerate([(5, 100), (7, 110), (9, 105), (6, 95), (8, 101)], 1):
        send(kabupaten, "F02", f"2023-{month:02d}", [angka(DESA[0], "BAN09", a), angka(DESA[1], "BAN09", b)])
    send(kabupaten, "F02", "2023-06", [angka(d, "BAN09", 60_000) for d in DESA], approve=False)
    return kabupaten


def test_a_figure_far_from_what_is_usual_is_told_once_and_where_it_stands(reported: Client) -> None:
    (t,) = found(reported, "F02", "2023-07", [angka(DESA[0], "BAN09", 70_000), angka(DESA[1], "BAN09", 100)])
    assert (t["tingkat"], t["wilayah"], t["elemen"], t["nilai"]) == ("PERINGATAN", DESA[0], "BAN09", "70000")
    assert "70.000, padahal biasanya 5 sampai 9 (5 bulan, 2023-01 sampai 2023-05)" in t["pesan"]
    assert t["lokasi"] == [{"indeks": 0, "lembar": None, "baris": None, "kolom": None}]


def test_a_figure_within_what_is_usual_is_not_told(reported: Client) -> None:
    # 7 ± 6 × 1,4826 × 1; 101 ± 6 × 1,4826 × 5,05
    for a, b, told in [(15, 100, []), (16, 100, [DESA[0]]), (7, 145, []), (7, 146, [DESA[1]])]:
        nilai = [angka(DESA[0], "BAN09", a), angka(DESA[1], "BAN09", b)]
        assert [t["wilayah"] for t in found(reported, "F02", "2023-07", nilai)] == told


def test_what_is_gone_is_told_too(reported: Client) -> None:
    told = found(reported, "F02", "2023-07", [angka(DESA[0], "BAN09", 7), angka(DESA[1], "BAN09", 1)])
    assert [t["wilayah"] for t in told] == [DESA[1]]


def test_a_kabupaten_jumps_where_no_desa_of_it_does(reported: Client) -> None:
    """Its own figure, reported as one, against its own sum of before."""
    (t,) = found(reported, "F02", "2023-07", [angka(KAB, "BAN09", 11_000)])
    assert t["wilayah"] == KAB
    assert "biasanya 101 sampai 117" in t["pesan"]


def test_months_are_not_compared_with_quarters_nor_with_what_comes_after(reported: Client) -> None:
    assert found(reported, "F02", "2023-TW3", [angka(DESA[0], "BAN09", 70_000)]) == []
    assert found(reported, "F02", "2022-12", [angka(DESA[0], "BAN09", 70_000)]) == []


def test_nobody_elses_history_counts_and_a_new_kabupaten_has_none(reported: Client) -> None:
    reported.sql(
        "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) "
        "VALUES ('91.99', '91.99', '2000-01-01', 2, 'KABUPATEN', 'Uji Baru', '91')"
    )
    assert found(reported, "F02", "2023-07", [angka("91.99", "BAN09", 11_000)], "91.99") == []


def test_a_reopened_rekap_is_not_compared_with_itself(reported: Client) -> None:
    reported.ask(REOPEN, {"id": f"{KAB}:F02:2023-05", "alasan": "uji"}, PROV)
    (t,) = found(reported, "F02", "2023-05", [angka(DESA[0], "BAN09", 70_000), angka(DESA[1], "BAN09", 100)])
    assert "(4 bulan, 2023-01 sampai 2023-04)" in t["pesan"]


def test_with_few_periods_ten_times_as_much_is_told(kabupaten: Client) -> None:
    for quarter in (1, 2, 3):
        remember(kabupaten, "F08", "FAK04", f"2023-TW{quarter}", KAB, Decimal(20 + quarter))
    assert found(kabupaten, "F08", "2023-S2", [angka(KAB, "FAK04", 500)]) == []  # other periods
    remember(kabupaten, "F08", "FAK04", "2022-S1", KAB, Decimal(20))
    assert found(kabupaten, "F08", "2023-S1", [angka(KAB, "FAK04", 200)]) == []
    (t,) = found(kabupaten, "F08", "2023-S1", [angka(KAB, "FAK04", 201)])
    assert "201, padahal sebelumnya 20 (2022-S1)" in t["pesan"]
    assert found(kabupaten, "F08", "2023-S1", [angka(KAB, "FAK04", 2)]) == []
    assert len(found(kabupaten, "F08", "2023-S1", [angka(KAB, "FAK04", 1)])) == 1


def test_what_is_counted_since_the_year_began_is_compared_with_the_same_part_of_earlier_years(
    kabupaten: Client,
) -> None:
    """An office spends most at the year's end: its first quarter is not a tenth of what is usual."""
    for year in range(2019, 2024):
        for quarter, spent in enumerate([1_000_000, 5_000_000, 20_000_000, 90_000_000], 1):
            remember(kabupaten, "F12", "KIN04", f"{year}-TW{quarter}", KAB, Decimal(spent))
    assert found(kabupaten, "F12", "2024-TW1", [angka(KAB, "KIN04", 1_100_000)]) == []
    (t,) = found(kabupaten, "F12", "2024-TW1", [angka(KAB, "KIN04", 90_000_000)])
    assert "biasanya 1.000.000 (5 triwulan, 2019-TW1 sampai 2023-TW1)" in t["pesan"]


def test_a_jump_of_a_choice_is_told_for_the_choice_only(kabupaten: Client) -> None:
    for year in range(2018, 2024):
        nilai = [
            angka(KEC, "LAY04", n, rincian=[{"rincian": "JK", "pilihan": sex}]) for sex, n in (("L", 30), ("P", 20))
        ]
        send(kabupaten, "F13", str(year), nilai)
    nilai = [
        angka(KEC, "LAY04", n, rincian=[{"rincian": "JK", "pilihan": sex}]) for sex, n in (("L", 3_000), ("P", 21))
    ]
    (t,) = found(kabupaten, "F13", "2024", nilai)
    assert (
        "LAY04[JK=L] (Orang terlantar ditelusuri keluarganya), Uji 91.01.01: 3.000, padahal biasanya 30" in t["pesan"]
    )
