"""Names of regions brought to one form, and what a written prefix says."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.base.nama import kunci_nama, nama_resmi, tanpa_awalan, tingkat_awalan

CEPAT = settings(max_examples=100, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("tertulis", "resmi"),
    [
        ("KAB. ROTE NDAO", "Rote Ndao"),
        ("Kabupaten Aceh Selatan", "Aceh Selatan"),
        ("KABUPATEN LEBAK", "Lebak"),
        ("Kab Ngada", "Ngada"),
        ("KAB.ALOR", "Alor"),
        ("  KAB.  ROTE   NDAO ", "Rote Ndao"),
        ("KOTA KUPANG", "Kota Kupang"),
        ("Kota Kupang", "Kota Kupang"),
        ("KAB. ADM. KEP. SERIBU", "Kepulauan Seribu"),
        ("Kabupaten Administrasi Kepulauan Seribu", "Kepulauan Seribu"),
        ("KOTA ADM. JAKARTA PUSAT", "Kota Administrasi Jakarta Pusat"),
        ("Kota Administrasi Jakarta Pusat", "Kota Administrasi Jakarta Pusat"),
        ("KAB. KEP. SIAU TAGULANDANG BIARO", "Kepulauan Siau Tagulandang Biaro"),
        ("Kabupaten Kep. Siau Tagulandang Biaro", "Kepulauan Siau Tagulandang Biaro"),
        ("KAB. OGAN KOMERING ULU TIMUR", "Ogan Komering Ulu Timur"),
        ("KAB. KOTABARU", "Kotabaru"),
        ("KAB. KOTAWARINGIN BARAT", "Kotawaringin Barat"),
        ("Rote Ndao", "Rote Ndao"),
    ],
)
def test_a_kabupaten_loses_its_title_a_kota_keeps_it(tertulis: str, resmi: str) -> None:
    assert nama_resmi(tertulis, 2) == resmi


@pytest.mark.parametrize(
    ("tertulis", "resmi"),
    [
        ("ACEH", "Aceh"),
        ("NUSA TENGGARA TIMUR", "Nusa Tenggara Timur"),
        ("DKI JAKARTA", "DKI Jakarta"),
        ("Banten", "Banten"),
    ],
)
def test_a_province_in_capitals_is_written_like_a_name(tertulis: str, resmi: str) -> None:
    assert nama_resmi(tertulis, 1) == resmi


@pytest.mark.parametrize("tingkat", [3, 4])
def test_below_the_kabupaten_the_spelling_is_the_agencys(tingkat: int) -> None:
    assert nama_resmi("  KOTA   LAMA ", tingkat) == "KOTA LAMA"
    assert nama_resmi("Kab. Lama", tingkat) == "Kab. Lama"
    assert nama_resmi("Bo'a", tingkat) == "Bo'a"


def test_both_national_lists_give_a_kabupaten_one_name_but_for_what_was_renamed(data: Path) -> None:
    daftar = []
    for tahun in (2020, 2025):
        with (data / f"wilayah_{tahun}.csv").open(encoding="utf-8", newline="") as isi:
            daftar.append({b["kode"]: nama_resmi(b["nama"], 2) for b in csv.DictReader(isi) if len(b["kode"]) == 5})
    lama, baru = daftar
    beda = {k: (lama[k], baru[k]) for k in lama.keys() & baru.keys() if lama[k] != baru[k]}
    assert beda == {
        "12.12": ("Toba Samosir", "Toba"),
        "12.74": ("Kota Tanjung Balai", "Kota Tanjungbalai"),
        "17.06": ("Muko Muko", "Mukomuko"),
        "72.04": ("Toli Toli", "Toli-Toli"),
        "73.10": ("Pangkajene Kepulauan", "Pangkajene dan Kepulauan"),
        "73.72": ("Kota Pare Pare", "Kota Parepare"),
        "75.04": ("Pahuwato", "Pohuwato"),
    }


@pytest.mark.parametrize(
    ("satu", "lain"),
    [
        ("Tesa Bela", "Tesabela"),
        ("Bo'a", "Boa"),
        ("Bo’a", "Boa"),
        ("Mbali Lendeiki", "MBALILENDEIKI"),
        ("Toli-Toli", "Toli Toli"),
        ("Air Sialang Hilir.", "Air Sialang Hilir"),
        ("Menténg", "menteng"),
        ("Ndao  Nuse", "Ndaonuse"),
    ],
)
def test_spaces_signs_case_and_accents_make_no_other_name(satu: str, lain: str) -> None:
    assert kunci_nama(satu) == kunci_nama(lain)


@pytest.mark.parametrize(
    ("satu", "lain"),
    [
        ("Kuli", "Kuli Aisele"),
        ("Nuse", "Ndaonuse"),
        ("Landu", "Landu Leko"),
        ("Lekunik", "Lekik"),
        ("Blok 1", "Blok 11"),
    ],
)
def test_names_that_only_resemble_each_other_stay_apart(satu: str, lain: str) -> None:
    assert kunci_nama(satu) != kunci_nama(lain)


@CEPAT
@given(st.text(st.characters(max_codepoint=0x24F), max_size=30))
def test_the_key_of_a_key_is_itself_and_holds_letters_and_digits_only(nama: str) -> None:
    kunci = kunci_nama(nama)
    assert kunci_nama(kunci) == kunci
    assert kunci == "" or kunci.isalnum()


@CEPAT
@given(st.text("abcdefghijklmnopqrstuvwxyz '-.", max_size=30))
def test_the_key_does_not_depend_on_case_or_spacing(nama: str) -> None:
    assert kunci_nama(nama.upper()) == kunci_nama(nama) == kunci_nama("  " + nama.replace(" ", "   ").title())


@pytest.mark.parametrize(
    ("tertulis", "tingkat", "nama"),
    [
        ("Desa Keoen", 4, "Keoen"),
        ("Desa keoen", 4, "keoen"),
        ("DESA KEOEN", 4, "KEOEN"),
        ("Kel. Metina", 4, "Metina"),
        ("Kel.Londalusi", 4, "Londalusi"),
        ("Kel Metina", 4, "Metina"),
        ("Kelurahan Metina", 4, "Metina"),
        ("Kec. Pantai Baru", 3, "Pantai Baru"),
        ("kec.Lobalain", 3, "Lobalain"),
        ("Kecamatan  Lobalain", 3, "Lobalain"),
        ("Kab. Rote Ndao", 2, "Rote Ndao"),
        ("Kabupaten Rote Ndao", 2, "Rote Ndao"),
        ("Provinsi Banten", 1, "Banten"),
        ("Propinsi Banten", 1, "Banten"),
        ("Prov. Banten", 1, "Banten"),
    ],
)
def test_a_written_prefix_names_the_level(tertulis: str, tingkat: int, nama: str) -> None:
    assert tingkat_awalan(tertulis) == tingkat
    assert tanpa_awalan(tertulis) == nama


@pytest.mark.parametrize(
    "nama",
    ["Lobalain", "Kelapa", "Kelapa Lima", "Keluru", "Kecipir", "Kabaena", "Kabir", "Proyek", "Deslang", "", "Pantai Desa",
     "Kotabaru", "Kotafoun", "Kotabunan Selatan", "Kotanopan", "Desaloka"],
)  # fmt: skip
def test_a_name_that_only_begins_like_a_prefix_has_none(nama: str) -> None:
    assert tingkat_awalan(nama) is None
    assert tanpa_awalan(nama) == nama


@pytest.mark.parametrize("nama", ["Desa", "Kec.", "Kota"])
def test_a_prefix_alone_is_left_standing(nama: str) -> None:
    assert tanpa_awalan(nama) == nama


def test_only_the_first_prefix_is_taken() -> None:
    assert tanpa_awalan("Desa Desa Baru") == "Desa Baru"
    assert tanpa_awalan("Kecamatan Kota Lama") == "Kota Lama"
    assert tingkat_awalan("Kecamatan Kota Lama") == 3
