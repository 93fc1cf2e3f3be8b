"""Finding the region a reporter meant, by code or by name; never a wrong one."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from hub.base.kode import Tingkat
from hub.base.nama import kunci_nama
from hub.wilayah.daftar import Cocok, DaftarWilayah, TakCocokError, WilayahSah
from tests.wilayah.national_list import PADA, _baca, _nasional, wilayah

CEPAT = settings(max_examples=100, deadline=None, derandomize=True)


def daftar(*isi: WilayahSah, silsilah: Iterable[tuple[str, str]] = (), pada: date = PADA) -> DaftarWilayah:
    return DaftarWilayah("53.14", pada, isi, silsilah)


ROTE = (
    wilayah("53.14", "Rote Ndao"),
    wilayah("53.14.01", "Rote Barat Daya"),
    wilayah("53.14.01.2005", "Oeseli"),
    wilayah("53.14.02", "Rote Barat Laut"),
    wilayah("53.14.02.2012", "Ingguinak"),
    wilayah("53.14.02.2018", "Holulai"),
    wilayah("53.14.03", "Lobalain"),
    wilayah("53.14.03.1011", "Metina"),
    wilayah("53.14.03.2002", "Kuli"),
    wilayah("53.14.03.2017", "Kuli Aisele"),
    wilayah("53.14.05", "Pantai Baru"),
    wilayah("53.14.05.2010", "Tungganamo"),
    wilayah("53.14.07", "Rote Barat"),
    wilayah("53.14.07.2004", "Bo'a", "Boa"),
    wilayah("53.14.09", "Ndao Nuse"),
    wilayah("53.14.09.2001", "Mbali Lendeiki"),
    wilayah("53.14.09.2003", "Ndaonuse"),
    wilayah("53.14.09.2004", "Nuse"),
    wilayah("53.14.10", "Landu Leko"),
    wilayah("53.14.10.2001", "Landu"),
)
D = daftar(*ROTE)


def gagal(d: DaftarWilayah, nama: str, kecamatan: str | None = None) -> TakCocokError:
    with pytest.raises(TakCocokError) as salah:
        d.dari_nama(nama, kecamatan)
    return salah.value


@pytest.mark.parametrize(
    ("nama", "kecamatan", "kode", "catatan"),
    [
        ("Oeseli", "Rote Barat Daya", "53.14.01.2005", None),
        ("Desa oeseli", "Kec. Rote Barat Daya", "53.14.01.2005", None),
        ("Oeseli", None, "53.14.01.2005", None),
        ("Oeseli", "53.14.01", "53.14.01.2005", None),
        ("Oeseli", "531401", "53.14.01.2005", None),
        ("Kel.Metina", "Lobalain", "53.14.03.1011", None),
        ("Boa", "Rote Barat", "53.14.07.2004", None),
        ("Mbalilendeiki", "Ndao Nuse", "53.14.09.2001", None),
        ("Inguinak", "Rote Barat Laut", "53.14.02.2012", "NAMA_MIRIP"),
        ("Tunganamo", None, "53.14.05.2010", "NAMA_MIRIP"),
        ("Holulai", "Barat Laut", "53.14.02.2018", "NAMA_MIRIP"),
        ("", "Lobalain", "53.14.03", None),
        ("Lobalain", "Lobalain", "53.14.03", None),
        ("Rote Ndao", None, "53.14", None),
        ("Kab. Rote Ndao", None, "53.14", None),
    ],
)
def test_a_name_as_people_write_it_is_found(nama: str, kecamatan: str | None, kode: str, catatan: str | None) -> None:
    cocok = D.dari_nama(nama, kecamatan)
    assert (cocok.kode, cocok.catatan) == (kode, catatan)
    assert cocok.nama == D.berlaku[kode].nama


@pytest.mark.parametrize(
    ("nama", "kode"),
    [
        ("Kuli", "53.14.03.2002"),
        ("Kuli Aisele", "53.14.03.2017"),
        ("Nuse", "53.14.09.2004"),
        ("Ndaonuse", "53.14.09.2003"),
        ("Ndao Nuse", "53.14.09"),
        ("ndao nuse", "53.14.09"),
        ("Kec. Ndaonuse", "53.14.09"),
        ("Desa Ndao Nuse", "53.14.09.2003"),
        ("Landu", "53.14.10.2001"),
        ("Landu Leko", "53.14.10"),
        ("Rote Barat", "53.14.07"),
        ("Rote Barat Daya", "53.14.01"),
    ],
)
def test_names_that_resemble_each_other_are_told_apart(nama: str, kode: str) -> None:
    assert D.dari_nama(nama, None) == Cocok(kode, D.berlaku[kode].nama)


@pytest.mark.parametrize(
    "nama", ["Panti Mercy Indonesia", "LKS Kasih", "Gudang Ba'a", "rumah singgah Metina", "Yayasan X"]
)
def test_an_institution_is_no_region(nama: str) -> None:
    assert gagal(D, nama).sebab == "LEMBAGA"
    assert gagal(D, nama, "Lobalain").sebab == "LEMBAGA"


def test_an_unknown_name_is_refused_with_suggestions() -> None:
    salah = gagal(D, "Oeselih Barat")
    assert salah.sebab == "TAK_DIKENAL"
    assert "53.14.01.2005 Oeseli" in salah.usulan
    assert 1 <= len(salah.usulan) <= 3
    assert gagal(D, "Xyzzy").usulan == ()
    assert gagal(D, "").sebab == "TAK_DIKENAL"


def test_a_desa_is_looked_for_in_its_kecamatan_only() -> None:
    assert gagal(D, "Oeseli", "Lobalain").sebab == "TAK_DIKENAL"
    assert gagal(D, "Lobalain", "Rote Barat").sebab == "TAK_DIKENAL"


def test_an_unknown_kecamatan_is_refused_even_for_a_known_desa() -> None:
    salah = gagal(D, "Oeseli", "Rote Baratdaja Hilir")
    assert salah.sebab == "TAK_DIKENAL"
    assert "53.14.01 Rote Barat Daya" in salah.usulan


@pytest.mark.parametrize("ujung", ["u", "aru", "lain", "in", "eko"])
def test_the_end_of_a_kecamatans_name_counts_by_whole_words(ujung: str) -> None:
    assert gagal(D, "", ujung).sebab == "TAK_DIKENAL"


@pytest.mark.parametrize("nama", ["Kulu", "Kul", "Nuze", "Boe"])
def test_short_names_are_never_taken_for_another(nama: str) -> None:
    assert gagal(D, nama).sebab == "TAK_DIKENAL"


def test_a_spelling_that_could_be_two_regions_is_none() -> None:
    d = daftar(wilayah("53.14.01", "Utara"), wilayah("53.14.01.2001", "Oebatu"), wilayah("53.14.01.2002", "Oebaru"))
    assert gagal(d, "Oebafu", "Utara").sebab == "RANGKAP"


def test_one_name_in_two_kecamatan_needs_the_kecamatan() -> None:
    d = daftar(
        wilayah("53.14.01", "Utara"), wilayah("53.14.02", "Selatan"), wilayah("53.14.01.2001", "Sukamaju"),
        wilayah("53.14.02.2001", "Suka Maju"),
    )  # fmt: skip
    assert d.dari_nama("Sukamaju", "Selatan").kode == "53.14.02.2001"
    assert d.dari_nama("Suka Maju", None).kode == "53.14.02.2001"
    salah = gagal(d, "SUKA-MAJU")
    assert (salah.sebab, salah.usulan) == ("RANGKAP", ("53.14.01.2001 Sukamaju", "53.14.02.2001 Suka Maju"))


def test_a_desa_with_its_kecamatans_name_is_meant_where_the_kecamatan_is_given() -> None:
    d = daftar(wilayah("53.14.01", "Papela"), wilayah("53.14.01.2001", "Papela"))
    assert d.dari_nama("Papela", "Papela").kode == "53.14.01.2001"
    assert gagal(d, "Papela").sebab == "RANGKAP"
    assert d.dari_nama("Kec. Papela", None).kode == "53.14.01"
    assert d.dari_nama("Desa Papela", None).kode == "53.14.01.2001"


@pytest.mark.parametrize("nama", ["Kota Lama", "Kotabaru", "Desaloka"])
def test_a_name_that_begins_like_a_prefix_is_found_as_it_is_written(nama: str) -> None:
    d = daftar(wilayah("53.14.01", nama), wilayah("53.14.02", "Lain"), wilayah("53.14.02.2001", "Lama"))
    assert d.dari_nama(nama, None) == Cocok("53.14.01", nama)
    assert d.dari_nama("", nama) == Cocok("53.14.01", nama)


def test_only_regions_of_the_period_are_found() -> None:
    isi = [
        wilayah("53.14.02", "Rote Barat Laut"),
        wilayah("53.14.02.2018", "Holulai", sampai=date(2022, 1, 1)),
        wilayah("53.14.11", "Loaholu", sejak=date(2022, 1, 1)),
        wilayah("53.14.11.2002", "Holulai", sejak=date(2022, 1, 1)),
    ]
    for pada, kode in ((date(2021, 12, 31), "53.14.02.2018"), (date(2022, 1, 1), "53.14.11.2002")):
        assert daftar(*isi, pada=pada).dari_nama("Holulai", None).kode == kode
    assert gagal(daftar(*isi), "Loaholu").sebab == "TAK_DIKENAL"
    assert daftar(*isi).banyak(Tingkat.KECAMATAN) == 1
    assert daftar(*isi, pada=date(2022, 1, 1)).banyak(Tingkat.KECAMATAN) == 2


def _kode(d: DaftarWilayah, teks: str) -> TakCocokError:
    with pytest.raises(TakCocokError) as salah:
        d.dari_kode(teks)
    return salah.value


def test_a_code_is_found_with_or_without_dots() -> None:
    assert D.dari_kode("53.14.01.2005") == D.dari_kode(" 5314012005 ") == Cocok("53.14.01.2005", "Oeseli")


@pytest.mark.parametrize(
    ("teks", "sebab"),
    [("53.14.1", "BUKAN_KODE"), ("abc", "BUKAN_KODE"), ("", "BUKAN_KODE"), ("53", "DI_LUAR"), ("53.15.01", "DI_LUAR"),
     ("36", "DI_LUAR"), ("53.14.99", "TAK_DIKENAL")],
)  # fmt: skip
def test_a_code_that_is_not_the_reporters_is_refused(teks: str, sebab: str) -> None:
    assert _kode(D, teks).sebab == sebab


def test_an_unknown_code_comes_with_its_likeliest_neighbours() -> None:
    assert _kode(D, "53.14.01.2006").usulan == ("53.14.01.2005 Oeseli",)


def test_a_code_of_another_time_counts_as_what_it_became_or_came_from() -> None:
    lama = wilayah("53.14.02.2018", "Holulai", sampai=date(2022, 1, 1))
    baru = wilayah("53.14.11.2002", "Holulai", sejak=date(2022, 1, 1))
    tautan = [("53.14.02.2018", "53.14.11.2002")]
    dulu = daftar(lama, baru, silsilah=tautan)
    kini = daftar(lama, baru, silsilah=tautan, pada=date(2025, 12, 31))
    assert dulu.dari_kode("53.14.11.2002") == Cocok("53.14.02.2018", "Holulai", "KODE_LAIN_MASA")
    assert kini.dari_kode("53.14.02.2018") == Cocok("53.14.11.2002", "Holulai", "KODE_LAIN_MASA")
    assert _kode(daftar(lama, baru, pada=date(2025, 12, 31)), "53.14.02.2018").sebab == "TIDAK_BERLAKU"


def test_a_code_that_was_split_is_refused_naming_its_parts() -> None:
    habis = wilayah("53.14.01.2001", "Lama", sampai=date(2022, 1, 1))
    bagian = [wilayah(f"53.14.01.200{n}", f"Baru {n}", sejak=date(2022, 1, 1)) for n in (2, 3)]
    d = daftar(habis, *bagian, silsilah=[(habis.kode, b.kode) for b in bagian], pada=date(2025, 1, 1))
    salah = _kode(d, "53.14.01.2001")
    assert (salah.sebab, salah.usulan) == ("TIDAK_BERLAKU", ("53.14.01.2002 Baru 2", "53.14.01.2003 Baru 3"))


@CEPAT
@given(st.text("abdeghiklmnoprstu '", max_size=12), st.sampled_from([None, "Lobalain", "Ndao Nuse"]))
def test_whatever_is_written_is_that_name_or_nearly_or_nothing(nama: str, kecamatan: str | None) -> None:
    try:
        cocok = D.dari_nama(nama, kecamatan)
    except TakCocokError:
        return
    w = D.berlaku[cocok.kode]
    if kecamatan is not None and not kunci_nama(nama):
        assert cocok.nama == kecamatan
        return
    jarak = min(DamerauLevenshtein.distance(kunci_nama(nama), kunci_nama(n)) for n in (w.nama, *w.alias))
    assert jarak <= 2
    assert (jarak > 0) == (cocok.catatan == "NAMA_MIRIP")


# ---------- with the national lists ----------


def test_every_row_of_the_truth_table_finds_its_code(data: Path) -> None:
    d = _nasional(data, 2020, "53.14")
    assert (d.banyak(Tingkat.KECAMATAN), d.banyak(Tingkat.DESA)) == (10, 119)
    with (data / "cocokkan_rote_ndao.csv").open(encoding="utf-8", newline="") as isi:
        benar = [b for b in csv.DictReader(isi) if b["kode_2020"]]
    assert len(benar) > 100
    hasil = {
        (b["desa_tertulis"], b["kecamatan_tertulis"]): (
            d.dari_nama(b["desa_tertulis"], b["kecamatan_tertulis"]).kode, b["kode_2020"]
        )
        for b in benar
    }  # fmt: skip
    assert {tulis: h for tulis, h in hasil.items() if h[0] != h[1]} == {}


def test_the_row_without_a_code_is_an_institution(data: Path) -> None:
    assert gagal(_nasional(data, 2020, "53.14"), "Panti Mercy Indonesia").sebab == "LEMBAGA"


def test_names_of_2020_on_the_list_of_2025_are_right_or_refused(data: Path) -> None:
    d = _nasional(data, 2025, "53.14")
    with (data / "cocokkan_rote_ndao.csv").open(encoding="utf-8", newline="") as isi:
        benar = [b for b in csv.DictReader(isi) if b["kode_2025"]]
    ditolak: set[str] = set()
    for b in benar:
        try:
            assert d.dari_nama(b["desa_tertulis"], b["kecamatan_tertulis"]).kode == b["kode_2025"]
        except TakCocokError:
            ditolak.add(b["kode_2025"])
    assert ditolak == {"53.14.11.2002", "53.14.11.2007", "53.14.11.2010"}  # written under their former kecamatan


@pytest.mark.parametrize("provinsi", ["36", "53"])
def test_every_official_name_finds_its_own_region_or_is_ambiguous(data: Path, provinsi: str) -> None:
    isi = _baca(data / "wilayah_2025.csv")
    salah: dict[str, str] = {}
    for kab in sorted(k for k in isi if len(k) == 5 and k[:2] == provinsi):
        d = _nasional(data, 2025, kab)
        for kode in (k for k in d.berlaku if len(k) > 5):
            kecamatan = isi[kode[:8]] if len(kode) == 13 else None
            try:
                ketemu = d.dari_nama(isi[kode], kecamatan)
                if ketemu != Cocok(kode, isi[kode]):
                    salah[f"{kode} {isi[kode]}"] = str(ketemu)
            except TakCocokError as tak:
                if tak.sebab != "RANGKAP":
                    salah[f"{kode} {isi[kode]}"] = tak.sebab
    assert salah == {}


def test_official_names_that_begin_like_a_prefix_never_find_another_region(data: Path) -> None:
    isi = _baca(data / "wilayah_2025.csv")
    mirip_awalan = [
        k for k, n in isi.items() if len(k) > 5 and n.casefold().startswith(("kota", "desa", "kec", "kab", "prov"))
    ]
    assert len(mirip_awalan) > 300
    lain: dict[str, str] = {}
    for kode in mirip_awalan:
        try:
            ketemu = _nasional(data, 2025, kode[:5]).dari_nama(isi[kode], isi[kode[:8]] if len(kode) == 13 else None)
        except TakCocokError:
            continue
        if ketemu.kode != kode:
            lain[f"{kode} {isi[kode]}"] = f"{ketemu.kode} {ketemu.nama}"
    assert lain == {}
