"""Figures far from what the same region reported before: the rule against another computation of it, over generated histories; and what
officers read."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from statistics import median

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
    seen, numbers = {True: 0, False: 0}, count(2)

    @settings(max_examples=60, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
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
        found = {j.urut: j for j in asked.jumps(RekapKey(kab, "F02", str(now)), rows)}
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
    assert (j.banyak, j.median) == (len(last), median(last))
    usual = [x for x in last if len(last) < 4 or abs(x - j.median) <= j.jarak]
    assert (j.dari, j.sampai) == (min(usual), max(usual))
    if len(last) >= 4:
        assert not j.dari <= figure <= j.sampai
