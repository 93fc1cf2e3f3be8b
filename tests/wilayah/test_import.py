"""Importing lists of regions: what opens, closes, is renamed, moves; what is refused and said."""

import asyncio
import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.base.errors import MasukanTidakSahError
from hub.db.database import Database
from hub.wilayah.draft import BarisDaftar, Perubahan
from hub.wilayah.files import baca_daftar, baca_perubahan
from hub.wilayah.service import Cara, DaftarDitahanError, LaporanWilayah, import_wilayah

A, B, C = date(2020, 1, 1), date(2022, 1, 1), date(2025, 1, 1)

DASAR = {
    "53": "NUSA TENGGARA TIMUR",
    "53.14": "KAB. ROTE NDAO",
    "53.14.02": "Rote Barat Laut",
    "53.14.02.2018": "Holulai",
    "53.14.02.2021": "Saindule",
    "53.14.07": "Rote Barat",
    "53.14.07.2004": "Boa",
    "53.14.07.1001": "Busalangga",
}
BANTEN = {"36": "BANTEN", "36.73": "KOTA SERANG"}


def impor(
    url: str,
    daftar: dict[str, str] | Sequence[tuple[str, str]],
    berlaku: date,
    perubahan: Sequence[tuple[str, str, str]] | None = None,
    cara: Cara = Cara(),  # noqa: B008 - frozen
) -> LaporanWilayah:
    """Import the list; line 2 is the first, as in a file with a header."""
    pasangan = list(daftar.items()) if isinstance(daftar, dict) else daftar
    baris = [BarisDaftar(i, k, n) for i, (k, n) in enumerate(pasangan, 2)]
    catatan = None if perubahan is None else [Perubahan(i, *p) for i, p in enumerate(perubahan, 2)]

    async def kerja() -> LaporanWilayah:
        db = Database(url, 2)
        await db.open()
        try:
            return await import_wilayah(db, baris, berlaku, catatan, sumber="uji", cara=cara)
        finally:
            await db.close()

    return asyncio.run(kerja())


def test_two_imports_of_one_list_at_once_are_one_after_the_other(database_url: str) -> None:
    rows = [BarisDaftar(i, k, n) for i, (k, n) in enumerate(DASAR.items(), 2)]

    async def together() -> list[LaporanWilayah]:
        db = Database(database_url, 4)
        await db.open()
        try:
            return await asyncio.gather(*(import_wilayah(db, rows, A, sumber="uji") for _ in range(4)))
        finally:
            await db.close()

    reports = asyncio.run(together())
    assert sorted(r.dibuka for r in reports) == [0, 0, 0, len(DASAR)]
    assert sorted(r.tetap for r in reports) == [0, len(DASAR), len(DASAR), len(DASAR)]


def impor_berturut(url: str, daftar: Sequence[tuple[dict[str, str], date]]) -> None:
    """Several lists, one after the other, over one connection."""

    async def kerja() -> None:
        db = Database(url, 2)
        await db.open()
        try:
            for isi, berlaku in daftar:
                await import_wilayah(
                    db, [BarisDaftar(0, k, n) for k, n in isi.items()], berlaku, sumber="uji", cara=Cara(tutup=True)
                )
        finally:
            await db.close()

    asyncio.run(kerja())


def sql(url: str, perintah: str, *nilai: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as conn:
        return conn.execute(perintah, nilai).fetchall()


def berlaku_pada(url: str, hari: date) -> dict[str, str]:
    baris = sql(url, "SELECT kode, nama FROM wilayah WHERE berlaku_sejak <= %s AND hari_terakhir >= %s", hari, hari)
    assert len(baris) == len({k for k, _ in baris}), "one code names two regions on one day"
    return dict(baris)


def jejak(url: str, kode: str) -> list[tuple[date, date | None, str]]:
    """All regions that ever bore the code: (from, until, name)."""
    return [
        (sejak, sampai, nama)
        for sejak, sampai, nama in sql(
            url, "SELECT berlaku_sejak, berlaku_sampai, nama FROM wilayah WHERE kode = %s ORDER BY 1", kode
        )
    ]


def silsilah(url: str) -> list[tuple[Any, ...]]:
    return sql(url, "SELECT kode_lama, sejak_lama, kode_baru, sejak_baru, jenis FROM silsilah ORDER BY 1")


def semua(url: str) -> list[tuple[Any, ...]]:
    kolom = "kode, berlaku_sejak, berlaku_sampai, tingkat, jenis, nama, kode_induk"  # hari_terakhir may be infinite
    return sql(url, f"SELECT {kolom} FROM wilayah ORDER BY 1, 2") + sql(
        url, "SELECT * FROM alias_wilayah ORDER BY 2, 4"
    )


def hitung(laporan: LaporanWilayah) -> tuple[int, int, int, int, int]:
    return laporan.dibuka, laporan.ditutup, laporan.ganti_nama, laporan.tautan, laporan.tetap


def test_the_first_list_opens_every_region(database_url: str) -> None:
    laporan = impor(database_url, DASAR, A)
    assert (laporan.dibaca, *hitung(laporan)) == (8, 8, 0, 0, 0, 0)
    assert laporan.temuan == []
    baris = sql(
        database_url, "SELECT kode_kab, kode, berlaku_sejak, berlaku_sampai, tingkat, jenis, nama, kode_induk FROM wilayah ORDER BY 2"
    )  # fmt: skip
    assert baris == [
        ("53", "53", A, None, 1, "PROVINSI", "Nusa Tenggara Timur", None),
        ("53.14", "53.14", A, None, 2, "KABUPATEN", "Rote Ndao", "53"),
        ("53.14", "53.14.02", A, None, 3, "KECAMATAN", "Rote Barat Laut", "53.14"),
        ("53.14", "53.14.02.2018", A, None, 4, "DESA", "Holulai", "53.14.02"),
        ("53.14", "53.14.02.2021", A, None, 4, "DESA", "Saindule", "53.14.02"),
        ("53.14", "53.14.07", A, None, 3, "KECAMATAN", "Rote Barat", "53.14"),
        ("53.14", "53.14.07.1001", A, None, 4, "KELURAHAN", "Busalangga", "53.14.07"),
        ("53.14", "53.14.07.2004", A, None, 4, "DESA", "Boa", "53.14.07"),
    ]


def test_a_later_list_opens_what_it_adds(database_url: str) -> None:
    impor(database_url, DASAR, A)
    laporan = impor(database_url, {**DASAR, "53.14.07.2005": "Oenitas"}, B)
    assert hitung(laporan) == (1, 0, 0, 0, 8)
    assert "53.14.07.2005" not in berlaku_pada(database_url, date(2021, 12, 31))
    assert berlaku_pada(database_url, B)["53.14.07.2005"] == "Oenitas"
    assert jejak(database_url, "53.14.07.2004") == [(A, None, "Boa")]


def test_a_later_list_closes_what_it_no_longer_has(database_url: str) -> None:
    impor(database_url, DASAR, A)
    laporan = impor(database_url, {k: n for k, n in DASAR.items() if k != "53.14.07.2004"}, B)
    assert hitung(laporan) == (0, 1, 0, 0, 7)
    assert jejak(database_url, "53.14.07.2004") == [(A, B, "Boa")]
    assert "53.14.07.2004" in berlaku_pada(database_url, date(2021, 12, 31))
    assert "53.14.07.2004" not in berlaku_pada(database_url, B)


def test_a_new_spelling_becomes_the_name_and_the_old_one_an_alias(database_url: str) -> None:
    impor(database_url, DASAR, A)
    laporan = impor(database_url, {**DASAR, "53.14.07.2004": "Bo'a"}, B)
    assert hitung(laporan) == (0, 0, 1, 0, 7)
    assert jejak(database_url, "53.14.07.2004") == [(A, None, "Bo'a")]
    alias = sql(database_url, "SELECT kode_kab, kode, berlaku_sejak, alias, sampai, sumber FROM alias_wilayah")
    assert alias == [("53.14", "53.14.07.2004", A, "Boa", B, "uji")]


def test_a_region_that_moved_is_linked_to_where_it_went(database_url: str) -> None:
    impor(database_url, DASAR, A)
    baru = {k: n for k, n in DASAR.items() if k != "53.14.02.2018"}
    baru |= {"53.14.11": "Loaholu", "53.14.11.2002": "Holulai"}
    catatan = [("pindah", "53.14.02.2018", "53.14.11.2002"), ("tambah", "", "53.14.11")]
    laporan = impor(database_url, baru, B, catatan)
    assert hitung(laporan) == (2, 1, 0, 1, 7)
    assert (laporan.temuan, laporan.tautan_dari) == ([], "daftar perubahan")
    assert silsilah(database_url) == [("53.14.02.2018", A, "53.14.11.2002", B, "pindah")]
    assert jejak(database_url, "53.14.02.2018") == [(A, B, "Holulai")]


def test_without_a_list_of_changes_moves_are_found_by_name(database_url: str) -> None:
    impor(database_url, DASAR, A)
    baru = {k: n for k, n in DASAR.items() if k != "53.14.02.2018"}
    laporan = impor(database_url, {**baru, "53.14.11": "Loaholu", "53.14.11.2002": "HOLULAI"}, B)
    assert laporan.tautan_dari == "nama yang sama"
    assert silsilah(database_url) == [("53.14.02.2018", A, "53.14.11.2002", B, "pindah")]


def test_a_code_that_comes_to_mean_another_place_is_two_regions(database_url: str) -> None:
    impor(database_url, DASAR, A)
    baru = {**DASAR, "53.14.02.2018": "Tasilo", "53.14.02.2022": "Holulai"}
    catatan = [("pindah_nomor", "53.14.02.2018", "53.14.02.2022"), ("tambah", "", "53.14.02.2018")]
    laporan = impor(database_url, baru, B, catatan)
    assert hitung(laporan) == (2, 1, 0, 1, 7)
    assert jejak(database_url, "53.14.02.2018") == [(A, B, "Holulai"), (B, None, "Tasilo")]
    assert silsilah(database_url) == [("53.14.02.2018", A, "53.14.02.2022", B, "pindah_nomor")]
    assert sql(database_url, "SELECT count(*) FROM alias_wilayah") == [(0,)]


def test_two_desa_that_swap_their_codes_are_each_linked_to_itself(database_url: str) -> None:
    impor(database_url, DASAR, A)
    baru = {**DASAR, "53.14.02.2018": "Saindule", "53.14.02.2021": "Holulai"}
    laporan = impor(database_url, baru, B)
    assert hitung(laporan) == (2, 2, 0, 2, 6)
    assert silsilah(database_url) == [
        ("53.14.02.2018", A, "53.14.02.2021", B, "pindah"),
        ("53.14.02.2021", A, "53.14.02.2018", B, "pindah"),
    ]


def test_a_region_whose_parent_is_nowhere_cannot_be_used_nor_its_children(database_url: str) -> None:
    daftar = {**DASAR, "53.14.99.2001": "Yatim", "53.98.01": "Piatu", "53.98.01.2001": "Cucu"}
    temuan = [
        "baris 10: 53.14.99.2001 Yatim: induknya (53.14.99) tidak ada di berkas maupun di hub",
        "baris 11: 53.98.01 Piatu: induknya (53.98) tidak ada di berkas maupun di hub",
        "baris 12: 53.98.01.2001 Cucu: induknya (53.98.01) tidak ada di berkas maupun di hub",
    ]
    with pytest.raises(DaftarDitahanError) as ditahan:
        impor(database_url, daftar, A)
    assert ditahan.value.laporan.rusak == temuan
    assert berlaku_pada(database_url, A) == {}
    laporan = impor(database_url, daftar, A, cara=Cara(terima_rusak=True))
    assert (laporan.dibuka, laporan.rusak) == (8, temuan)
    assert berlaku_pada(database_url, A).keys() == DASAR.keys()


def test_lines_that_cannot_be_used_hold_the_list_until_they_are_waived(database_url: str) -> None:
    daftar = [
        *DASAR.items(), ("53.14.x", "Salah"), ("", "Kosong"), ("53.14.07.5001", "Lima"), ("53.14.07.2009", "  "),
        ("5314072004", "Boa Kembar"),
    ]  # fmt: skip
    temuan = [
        'baris 10: "53.14.x" bukan kode wilayah',
        'baris 11: "" bukan kode wilayah',
        "baris 12: 53.14.07.5001: angka pertama desa harus 1, 2 atau 3",
        "baris 13: 53.14.07.2009: nama kosong",
        "baris 14: 53.14.07.2004: kode kembar dalam berkas (juga baris 8)",
    ]
    with pytest.raises(DaftarDitahanError, match="5 baris tidak dapat dipakai") as ditahan:
        impor(database_url, daftar, A)
    assert ditahan.value.laporan.rusak == temuan
    assert berlaku_pada(database_url, A) == {}
    laporan = impor(database_url, daftar, A, cara=Cara(terima_rusak=True))
    assert (laporan.dibaca, laporan.dibuka, laporan.rusak) == (13, 8, temuan)
    assert berlaku_pada(database_url, A)["53.14.07.2004"] == "Boa"


def test_an_older_list_is_refused_and_nothing_changes(database_url: str) -> None:
    impor(database_url, DASAR, B)
    sebelum = semua(database_url)
    with pytest.raises(MasukanTidakSahError, match="sudah ada daftar yang lebih baru") as salah:
        impor(database_url, {"53": "NTT", "53.15": "Manggarai Barat"}, A)
    assert "berlaku sejak 2020-01-01" in salah.value.pesan
    assert "(sejak 2022-01-01)" in salah.value.pesan
    assert semua(database_url) == sebelum
    assert impor(database_url, BANTEN, A).dibuka == 2  # another province keeps its own time


def test_the_same_list_again_changes_nothing(database_url: str) -> None:
    baru = {**DASAR, "53.14.02.2018": "Tasilo", "53.14.02.2022": "Holulai", "53.14.07.2004": "Bo'a"}
    del baru["53.14.07.1001"]
    catatan = [
        ("pindah_nomor", "53.14.02.2018", "53.14.02.2022"), ("tambah", "", "53.14.02.2018"), ("hapus", "53.14.07.1001", ""),
        ("ganti_ejaan", "53.14.07.2004", "53.14.07.2004"),
    ]  # fmt: skip
    impor(database_url, DASAR, A)
    laporan = impor(database_url, baru, B, catatan)
    assert laporan.temuan == []
    sebelum = semua(database_url), silsilah(database_url)
    for ulang in (catatan, None):
        lagi = impor(database_url, baru, B, ulang)
        assert hitung(lagi) == (0, 0, 0, 0, len(baru))
        assert lagi.temuan == []
        assert (semua(database_url), silsilah(database_url)) == sebelum


def test_a_partial_list_closes_nothing(database_url: str) -> None:
    impor(database_url, DASAR, A)
    laporan = impor(database_url, {"53.14.07.2005": "Oenitas", "53.14.07.2004": "Bo'a"}, B, cara=Cara(sebagian=True))
    assert hitung(laporan) == (1, 0, 1, 0, 0)
    assert laporan.temuan == []
    assert berlaku_pada(database_url, B).keys() == {*DASAR, "53.14.07.2005"}


def test_a_list_of_one_province_leaves_the_others_alone(database_url: str) -> None:
    impor(database_url, {**DASAR, **BANTEN}, A)
    laporan = impor(database_url, {"36": "Banten", "36.01": "Kabupaten Pandeglang"}, B, cara=Cara(tutup=True))
    assert hitung(laporan) == (1, 1, 0, 0, 1)
    assert berlaku_pada(database_url, B).keys() == {*DASAR, "36", "36.01"}


def test_every_region_in_force_has_its_parent_in_force(database_url: str) -> None:
    impor(database_url, DASAR, A)
    laporan = impor(
        database_url, {k: n for k, n in DASAR.items() if k != "53.14.07"}, B
    )  # the kecamatan's row was lost
    kini = berlaku_pada(database_url, B)
    assert [k for k in kini if "." in k and k.rpartition(".")[0] not in kini] == []
    assert any("53.14.07" in t for t in laporan.temuan)


def test_changes_that_do_not_fit_the_list_are_said(database_url: str) -> None:
    impor(database_url, DASAR, A)
    baru = {k: n for k, n in DASAR.items() if k != "53.14.02.2018"} | {"53.14.02.2030": "Baru"}
    laporan = impor(database_url, baru, B, [("pindah", "53.14.02.2021", "53.14.02.2031")])
    assert sorted(laporan.temuan) == [
        "53.14.02.2018: ditutup karena daftar, tetapi tidak ada di daftar perubahan",
        "53.14.02.2030: dibuka karena daftar, tetapi tidak ada di daftar perubahan",
        "perubahan baris 2: pindah 53.14.02.2021 → 53.14.02.2031 tidak cocok dengan daftar",
    ]
    assert silsilah(database_url) == []
    assert jejak(database_url, "53.14.02.2021") == [(A, None, "Saindule")]  # a line that does not fit moves nothing


def test_an_empty_list_does_nothing(database_url: str) -> None:
    impor(database_url, DASAR, A)
    sebelum = semua(database_url)
    assert hitung(impor(database_url, {}, B)) == (0, 0, 0, 0, 0)
    assert semua(database_url) == sebelum


def test_two_desa_may_bear_one_alias_and_one_desa_many(database_url: str) -> None:
    impor(database_url, DASAR, A)
    impor(database_url, {**DASAR, "53.14.07.2004": "Bo'a", "53.14.02.2021": "Sainduleh"}, B)
    impor(database_url, {**DASAR, "53.14.07.2004": "Boa", "53.14.02.2021": "Saindule Raya"}, C)
    alias = sql(database_url, "SELECT kode, alias, sampai FROM alias_wilayah ORDER BY 1, 2")
    assert alias == [
        ("53.14.02.2021", "Saindule", B), ("53.14.02.2021", "Sainduleh", C), ("53.14.07.2004", "Bo'a", C),
        ("53.14.07.2004", "Boa", B),
    ]  # fmt: skip


DESA = st.sampled_from([f"53.14.0{k}.200{d}" for k in (1, 2) for d in (1, 2, 3)])
DAFTAR = st.dictionaries(DESA, st.sampled_from(["Alfa", "Beta", "Gama", "Delta"]), min_size=1)
TETAP = {"53": "Nusa Tenggara Timur", "53.14": "Rote Ndao", "53.14.01": "Utara", "53.14.02": "Selatan"}


@settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # fmt: skip
@given(daftar=st.lists(DAFTAR, min_size=2, max_size=4))
def test_on_each_lists_day_exactly_its_regions_are_in_force(database_url: str, daftar: list[dict[str, str]]) -> None:
    with psycopg.connect(database_url) as conn:
        conn.execute("TRUNCATE wilayah, alias_wilayah, silsilah")
    impor_berturut(database_url, [({**TETAP, **isi}, date(tahun, 1, 1)) for tahun, isi in enumerate(daftar, 2020)])
    for tahun, isi in enumerate(daftar, 2020):
        assert berlaku_pada(database_url, date(tahun, 1, 1)).keys() == TETAP.keys() | isi.keys()
        assert berlaku_pada(database_url, date(tahun, 12, 31)).keys() == TETAP.keys() | isi.keys()
    assert berlaku_pada(database_url, date(2099, 1, 1)) == {**TETAP, **daftar[-1]}
    for lama, sejak_lama, baru, sejak_baru, _ in silsilah(database_url):
        assert (sejak_lama, sejak_baru) in [(s, sampai) for s, sampai, _ in jejak(database_url, lama)]
        assert sejak_baru in [s for s, _, _ in jejak(database_url, baru)]


def test_the_national_lists_of_2020_and_2025(database_url: str, data: Path) -> None:
    async def kerja() -> tuple[LaporanWilayah, LaporanWilayah]:
        db = Database(database_url, 2)
        await db.open()
        try:
            satu = await import_wilayah(db, baca_daftar(data / "wilayah_2020.csv"), A, sumber="2020")
            perubahan = baca_perubahan(data / "pemekaran_2020_2025.csv")
            dua = await import_wilayah(db, baca_daftar(data / "wilayah_2025.csv"), C, perubahan, sumber="2025")
            return satu, dua
        finally:
            await db.close()

    satu, dua = asyncio.run(kerja())
    assert (satu.dibaca, satu.dibuka, satu.temuan) == (91_227, 91_227, [])
    assert (dua.dibaca, dua.dibuka - dua.ditutup, dua.tautan, dua.temuan) == (91_599, 372, 6_618, [])
    kemarin = date(2024, 12, 31)
    lama, baru = berlaku_pada(database_url, kemarin), berlaku_pada(database_url, C)
    assert (len(lama), len(baru)) == (91_227, 91_599)
    assert (lama.get("53.14.11"), baru["53.14.11"]) == (None, "Loaholu")
    assert jejak(database_url, "53.14.02.2018") == [(A, C, "Holulai")]
    tautan = [t for t in silsilah(database_url) if t[0] == "53.14.02.2018"]
    assert tautan == [("53.14.02.2018", A, "53.14.11.2002", C, "pindah")]
    ulang = list(csv.DictReader((data / "kode_dipakai_ulang.csv").read_text(encoding="utf-8").splitlines()))
    assert len(ulang) == 10
    for b in ulang:
        assert jejak(database_url, b["kode"]) == [(A, C, b["nama_2020"]), (C, None, b["nama_2025"])]
    for pada, isi in ((kemarin, lama), (C, baru)):
        assert [k for k in isi if "." in k and k.rpartition(".")[0] not in isi] == [], pada
