"""What cells add up to: breakdown totals, kecamatan, kabupaten, and the status of each sum."""

import asyncio
from collections.abc import Iterable
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.angka.cells import SelBersih
from hub.angka.rollup import Angka, BarisAngka, gabung, lengkapi_rincian, rollup
from hub.angka.verify import Selisih, verify_rollup
from hub.base.actor import Actor, Peran
from hub.base.kode import Tingkat
from hub.base.periode import Periode
from hub.base.temuan import Lokasi
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import DimensiRincian, Elemen
from hub.katalog.rumus import Rincian
from hub.rekap.draft import Kolom, RekapDraft, Sel, Tempat
from hub.rekap.service import Diterima, RekapWorkflow

CEPAT = settings(max_examples=100, deadline=None, derandomize=True)
KOSONG = ["TIDAK_ADA_DATA", "TIDAK_DILAKSANAKAN", "TIDAK_BERLAKU"]
LOKASI = Lokasi()


def dimensi(kode: str, *, menjumlah: bool = True) -> DimensiRincian:
    return DimensiRincian(kode, kode, (), True, {}, menjumlah)


def elemen(kode: str = "BAN01", agregasi: str = "JUMLAH", rincian: Iterable[DimensiRincian] = ()) -> Elemen:
    return Elemen(
        kode, "F02", kode, "KPM", Tingkat.DESA, False, "TRIWULAN", agregasi, "UNIK", 0, True, "NAIK", None, None, None, None,
        None, tuple(rincian),
    )  # fmt: skip


def sel(e: Elemen, wilayah: str, nilai: int | str, **rincian: str) -> SelBersih:
    """A cell; a text for `nilai` is the status of a gap."""
    r = tuple(sorted(rincian.items()))
    if isinstance(nilai, str):
        return SelBersih(wilayah, e, r, None, nilai, LOKASI)
    return SelBersih(wilayah, e, r, Decimal(nilai), "ADA" if nilai else "NOL", LOKASI)


def tabel(baris: Iterable[BarisAngka]) -> dict[tuple[str, Rincian], tuple[int | None, str]]:
    hasil: dict[tuple[str, Rincian], tuple[int | None, str]] = {}
    for b in baris:
        assert (b.wilayah, b.rincian) not in hasil, "the same figure twice"
        hasil[b.wilayah, b.rincian] = (None if b.angka.nilai is None else int(b.angka.nilai), b.angka.status)
    return hasil


def test_desa_add_up_to_kecamatan_and_kabupaten_and_no_further() -> None:
    e = elemen()
    baris = rollup([sel(e, "53.14.01.2001", 3), sel(e, "53.14.01.2002", 4), sel(e, "53.14.02.2001", 5)])
    assert tabel(baris) == {
        ("53.14.01.2001", ()): (3, "ADA"),
        ("53.14.01.2002", ()): (4, "ADA"),
        ("53.14.02.2001", ()): (5, "ADA"),
        ("53.14.01", ()): (7, "ADA"),
        ("53.14.02", ()): (5, "ADA"),
        ("53.14", ()): (12, "ADA"),
    }


def test_a_kecamatan_that_reports_itself_adds_to_the_kabupaten_beside_desa_of_others() -> None:
    e = elemen()
    isi = tabel(rollup([sel(e, "53.14.01", 100), sel(e, "53.14.02.2001", 5)]))
    assert isi["53.14", ()] == (105, "ADA")
    assert isi["53.14.01", ()] == (100, "ADA")


def test_a_province_statement_stays_where_it_is() -> None:
    e = elemen()
    assert tabel(rollup([sel(e, "36", 393)])) == {("36", ()): (393, "ADA")}


def test_elements_are_never_added_to_each_other() -> None:
    a, b = elemen("BAN01"), elemen("BAN03")
    baris = rollup([sel(a, "53.14.01", 1), sel(b, "53.14.01", 10), sel(b, "53.14.02", 20)])
    kab = {x.elemen.kode: x.angka.nilai for x in baris if x.wilayah == "53.14"}
    assert kab == {"BAN01": 1, "BAN03": 30}


@pytest.mark.parametrize("agregasi", ["TIDAK", "HITUNG_ULANG"])
def test_elements_that_do_not_add_up_over_areas_stay_where_they_were_reported(agregasi: str) -> None:
    e = elemen("WIL06", agregasi)
    baris = rollup([sel(e, "53.14.01", 24), sel(e, "53.14.02", 30)])
    assert tabel(baris) == {("53.14.01", ()): (24, "ADA"), ("53.14.02", ()): (30, "ADA")}


def test_counted_institutions_add_up_like_sums() -> None:
    e = elemen("LEM14", "HITUNG")
    assert tabel(rollup([sel(e, "53.14.01", 2), sel(e, "53.14.02", 3)]))["53.14", ()] == (5, "ADA")


@pytest.mark.parametrize(
    ("bagian", "hasil"),
    [
        ([3, 4], (7, "ADA")),
        ([0, 0], (0, "NOL")),
        ([5, "TIDAK_ADA_DATA"], (5, "ADA")),
        ([0, "TIDAK_DILAKSANAKAN"], (0, "NOL")),
        (["TIDAK_DILAKSANAKAN", "TIDAK_DILAKSANAKAN"], (None, "TIDAK_DILAKSANAKAN")),
        (["TIDAK_BERLAKU"], (None, "TIDAK_BERLAKU")),
        (["TIDAK_BERLAKU", "TIDAK_DILAKSANAKAN"], (None, "TIDAK_ADA_DATA")),
        (["TIDAK_ADA_DATA", "TIDAK_BERLAKU"], (None, "TIDAK_ADA_DATA")),
        ([], (None, "TIDAK_ADA_DATA")),
    ],
)
def test_numbers_win_over_gaps_and_gaps_of_one_kind_stay_that_kind(
    bagian: list[int | str], hasil: tuple[int | None, str]
) -> None:
    e = elemen()
    angka = gabung(Angka(s.nilai, s.status) for s in (sel(e, "53.14.01", b) for b in bagian))
    assert (angka.nilai, angka.status) == hasil
    if bagian:
        wilayah = [sel(e, f"53.14.{i:02d}", b) for i, b in enumerate(bagian, 1)]
        assert tabel(rollup(wilayah))["53.14", ()] == hasil


def test_large_sums_of_money_are_exact() -> None:
    e = elemen("BAN02")
    banyak = [sel(e, f"53.14.01.{2000 + i}", 10**15 + i) for i in range(1, 100)]
    assert tabel(rollup(banyak))["53.14", ()] == (99 * 10**15 + 4950, "ADA")
    pecahan = [Angka(Decimal("0.1"), "ADA")] * 3
    assert gabung(pecahan) == Angka(Decimal("0.3"), "ADA")


def test_a_breakdown_gives_its_total() -> None:
    e = elemen(rincian=[dimensi("JK")])
    isi = tabel(rollup([sel(e, "53.14.01", 12, JK="L"), sel(e, "53.14.01", 9, JK="P")]))
    assert isi["53.14.01", ()] == (21, "ADA")
    assert isi["53.14", ()] == (21, "ADA")
    assert isi["53.14", (("JK", "L"),)] == (12, "ADA")


def test_a_total_that_was_reported_itself_stands() -> None:
    e = elemen(rincian=[dimensi("JK")])
    isi = tabel(rollup([sel(e, "53.14", 12, JK="L"), sel(e, "53.14", 9, JK="P"), sel(e, "53.14", 25)]))
    assert isi["53.14", ()] == (25, "ADA")
    kosong = tabel(rollup([sel(e, "53.14", 12, JK="L"), sel(e, "53.14", "TIDAK_BERLAKU")]))
    assert kosong["53.14", ()] == (None, "TIDAK_BERLAKU")


def test_choices_that_overlap_are_not_added_up() -> None:
    e = elemen(rincian=[dimensi("komponen_pkh", menjumlah=False)])
    isi = tabel(rollup([sel(e, "53.14.01", 5, komponen_pkh="SD"), sel(e, "53.14.02", 7, komponen_pkh="SD")]))
    assert isi["53.14", (("komponen_pkh", "SD"),)] == (12, "ADA")
    assert not any(rincian == () for _, rincian in isi)


def test_only_the_breakdown_that_adds_up_is_summed_over() -> None:
    e = elemen(rincian=[dimensi("JK"), dimensi("jenis_ppks", menjumlah=False)])
    isi = tabel(rollup([sel(e, "53.14", 3, JK="L", jenis_ppks="2"), sel(e, "53.14", 4, JK="P", jenis_ppks="2")]))
    assert isi["53.14", (("jenis_ppks", "2"),)] == (7, "ADA")
    assert {r for _, r in isi} == {
        (("JK", "L"), ("jenis_ppks", "2")),
        (("JK", "P"), ("jenis_ppks", "2")),
        (("jenis_ppks", "2"),),
    }


def test_of_two_breakdowns_with_the_same_total_the_simpler_one_gives_it() -> None:
    e = elemen(rincian=[dimensi("JK"), dimensi("golongan"), dimensi("jabatan")])
    satu = [sel(e, "53.14", 10, JK="L"), sel(e, "53.14", 10, JK="P")]
    rinci = [
        sel(e, "53.14", 7, golongan="III", jabatan="pelaksana"),
        sel(e, "53.14", 8, golongan="IV", jabatan="kabid"),
    ]
    isi = tabel(rollup([*rinci, *satu]))
    assert isi["53.14", ()] == (20, "ADA")
    assert isi["53.14", (("golongan", "III"),)] == (7, "ADA")
    assert isi["53.14", (("jabatan", "kabid"),)] == (8, "ADA")


def test_the_order_of_the_cells_does_not_change_a_total() -> None:
    e = elemen(rincian=[dimensi("JK"), dimensi("golongan")])
    menurut_jk = [sel(e, "53.14", 10, JK="L"), sel(e, "53.14", 11, JK="P")]
    menurut_golongan = [sel(e, "53.14", 7, golongan="III"), sel(e, "53.14", 8, golongan="IV")]
    satu, lain = tabel(rollup(menurut_jk + menurut_golongan)), tabel(rollup(menurut_golongan + menurut_jk))
    assert satu["53.14", ()] == lain["53.14", ()]


def test_breakdowns_are_completed_in_each_region_on_its_own() -> None:
    e = elemen(rincian=[dimensi("JK")])
    isi = tabel(rollup([sel(e, "53.14.01", 12, JK="L"), sel(e, "53.14.02", 30)]))
    assert isi["53.14", ()] == (42, "ADA")
    assert isi["53.14", (("JK", "L"),)] == (12, "ADA")
    assert ("53.14.02", (("JK", "L"),)) not in isi


def test_the_dimensions_of_a_row_are_written_in_order() -> None:
    e = elemen(rincian=[dimensi("JK"), dimensi("umur")])
    assert {b.dimensi for b in rollup([sel(e, "53.14", 1, umur="60+", JK="L")])} == {"JK|umur", "JK", "umur", ""}


# A kecamatan is reported itself, or by desa, or not at all: never both (the checks refuse that).
ISI = st.one_of(st.integers(0, 1000), st.sampled_from(KOSONG))
KECAMATAN = st.one_of(ISI, st.lists(ISI, max_size=4))


@CEPAT
@given(st.lists(KECAMATAN, max_size=6))
def test_the_kabupaten_is_the_sum_of_the_cells_whatever_the_mix(isi: list[int | str | list[int | str]]) -> None:
    e = elemen()
    cells: list[SelBersih] = []
    for i, k in enumerate(isi, 1):
        bagian = [(f"53.14.{i:02d}", k)] if not isinstance(k, list) else [
            (f"53.14.{i:02d}.{2000 + j}", d) for j, d in enumerate(k, 1)
        ]  # fmt: skip
        cells += [sel(e, wilayah, nilai) for wilayah, nilai in bagian]
    hasil = tabel(rollup(cells))
    if not cells:
        assert hasil == {}
        return
    angka = [int(s.nilai) for s in cells if s.nilai is not None]
    gagal = {s.status for s in cells if s.nilai is None}
    if angka:
        assert hasil["53.14", ()] == (sum(angka), "ADA" if sum(angka) else "NOL")
    else:
        assert hasil["53.14", ()] == (None, gagal.pop() if len(gagal) == 1 else "TIDAK_ADA_DATA")
    kecamatan = [n for (w, _), (n, _) in hasil.items() if len(w) == 8 and n is not None]
    assert sum(kecamatan) == sum(angka)
    assert "53" not in {w for w, _ in hasil}


@CEPAT
@given(st.lists(st.integers(0, 100), min_size=12, max_size=12), st.permutations(range(12)))
def test_every_total_of_a_full_table_is_the_sum_of_its_cells(nilai: list[int], urut: list[int]) -> None:
    e = elemen(rincian=[dimensi("a"), dimensi("b"), dimensi("c")])
    pilihan = [("a", "12"), ("b", "123"), ("c", "12")]
    kunci = [tuple((n, p) for (n, _), p in zip(pilihan, satu, strict=True)) for satu in product("12", "123", "12")]
    penuh: dict[Rincian, Angka] = {
        k: Angka(Decimal(n), "ADA" if n else "NOL") for k, n in zip(kunci, nilai, strict=True)
    }
    hasil = lengkapi_rincian(e, {kunci[i]: penuh[kunci[i]] for i in urut})
    assert len(hasil) == 3 * 4 * 3  # each breakdown: one of its choices, or summed over
    for rincian, angka in hasil.items():
        assert angka.nilai == sum(n for k, n in zip(kunci, nilai, strict=True) if set(rincian) <= set(k))


@CEPAT
@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("LP"), st.integers(0, 50)), min_size=1, max_size=12))
def test_breakdowns_and_areas_may_be_summed_in_either_order(baris: list[tuple[int, str, int]]) -> None:
    e = elemen(rincian=[dimensi("JK")])
    nilai = {(k, jk): n for k, jk, n in baris}
    isi = tabel(rollup(sel(e, f"53.14.{k:02d}", n, JK=jk) for (k, jk), n in nilai.items()))
    per_jk = {jk: isi["53.14", (("JK", jk),)][0] or 0 for _, jk in nilai}
    assert per_jk == {jk: sum(n for (_, j), n in nilai.items() if j == jk) for jk in per_jk}
    assert isi["53.14", ()][0] == sum(nilai.values()) == sum(per_jk.values())


def test_the_proof_agrees_where_one_kecamatan_gives_a_breakdown_and_another_its_total(demo_url: str) -> None:
    isi = [("53.14.01", (("JK", "L"),), 1), ("53.14.01", (("JK", "P"),), 0), ("53.14.03", (), 1)]
    cells = [Sel(Tempat(kode=w), Kolom("SDM03", r), Decimal(n), None, LOKASI) for w, r, n in isi]
    draft = RekapDraft("53.14", "F10", Periode.baca("2021-S1"), "bukti", None, tuple(cells))

    async def kerja() -> list[Selisih]:
        db = Database(demo_url, 2)
        await db.open()
        try:
            alur = RekapWorkflow(db, KatalogCache(db))
            hasil = await alur.submit(Actor(Peran.KABUPATEN, "53.14", "uji"), draft)
            assert isinstance(hasil, Diterima)
            assert hasil.kunci is not None
            await alur.approve(Actor(Peran.PROVINSI, "53", "uji"), hasil.kunci, hasil.revisi)
            return (await verify_rollup(db))[1]
        finally:
            await db.close()

    assert asyncio.run(kerja()) == []
