"""Names of regions brought to one form, and what a written prefix says."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.base.region_names import level_of_prefix, name_key, official_name, without_prefix

FAST = settings(max_examples=100, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("written", "official"),
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
def test_a_kabupaten_loses_its_title_a_kota_keeps_it(written: str, official: str) -> None:
    assert official_name(written, 2) == official


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("ACEH", "Aceh"),
        ("NUSA TENGGARA TIMUR", "Nusa Tenggara Timur"),
        ("DKI JAKARTA", "DKI Jakarta"),
        ("Banten", "Banten"),
    ],
)
def test_a_province_in_capitals_is_written_like_a_name(written: str, official: str) -> None:
    assert official_name(written, 1) == official


@pytest.mark.parametrize("level", [3, 4])
def test_below_the_kabupaten_the_spelling_is_the_agencys(level: int) -> None:
    assert official_name("  KOTA   LAMA ", level) == "KOTA LAMA"
    assert official_name("Kab. Lama", level) == "Kab. Lama"
    assert official_name("Bo'a", level) == "Bo'a"


def test_both_national_lists_give_a_kabupaten_one_name_but_for_what_was_renamed(data: Path) -> None:
    listings = []
    for year in (2020, 2025):
        with (data / f"wilayah_{year}.csv").open(encoding="utf-8", newline="") as lines:
            listings.append(
                {b["kode"]: official_name(b["nama"], 2) for b in csv.DictReader(lines) if len(b["kode"]) == 5}
            )
    old, new = listings
    differences = {k: (old[k], new[k]) for k in old.keys() & new.keys() if old[k] != new[k]}
    assert differences == {
        "12.12": ("Toba Samosir", "Toba"),
        "12.74": ("Kota Tanjung Balai", "Kota Tanjungbalai"),
        "17.06": ("Muko Muko", "Mukomuko"),
        "72.04": ("Toli Toli", "Toli-Toli"),
        "73.10": ("Pangkajene Kepulauan", "Pangkajene dan Kepulauan"),
        "73.72": ("Kota Pare Pare", "Kota Parepare"),
        "75.04": ("Pahuwato", "Pohuwato"),
    }


@pytest.mark.parametrize(
    ("one", "other"),
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
def test_spaces_signs_case_and_accents_make_no_other_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kuli", "Kuli Aisele"),
        ("Nuse", "Ndaonuse"),
        ("Landu", "Landu Leko"),
        ("Lekunik", "Lekik"),
        ("Blok 1", "Blok 11"),
    ],
)
def test_names_that_only_resemble_each_other_stay_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@FAST
@given(st.text(st.characters(max_codepoint=0x24F), max_size=30))
def test_the_key_of_a_key_is_itself_and_holds_letters_and_digits_only(name: str) -> None:
    key = name_key(name)
    assert name_key(key) == key
    assert key == "" or key.isalnum()


@FAST
@given(st.text("abcdefghijklmnopqrstuvwxyz '-.", max_size=30))
def test_the_key_does_not_depend_on_case_or_spacing(name: str) -> None:
    assert name_key(name.upper()) == name_key(name) == name_key("  " + name.replace(" ", "   ").title())


@pytest.mark.parametrize(
    ("written", "level", "name"),
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
def test_a_written_prefix_names_the_level(written: str, level: int, name: str) -> None:
    assert level_of_prefix(written) == level
    assert without_prefix(written) == name


@pytest.mark.parametrize(
    "name",
    ["Lobalain", "Kelapa", "Kelapa Lima", "Keluru", "Kecipir", "Kabaena", "Kabir", "Proyek", "Deslang", "", "Pantai Desa",
     "Kotabaru", "Kotafoun", "Kotabunan Selatan", "Kotanopan", "Desaloka"],
)  # fmt: skip
def test_a_name_that_only_begins_like_a_prefix_has_none(name: str) -> None:
    assert level_of_prefix(name) is None
    assert without_prefix(name) == name


@pytest.mark.parametrize("name", ["Desa", "Kec.", "Kota"])
def test_a_prefix_alone_is_left_standing(name: str) -> None:
    assert without_prefix(name) == name


def test_only_the_first_prefix_is_taken() -> None:
    assert without_prefix("Desa Desa Baru") == "Desa Baru"
    assert without_prefix("Kecamatan Kota Lama") == "Kota Lama"
    assert level_of_prefix("Kecamatan Kota Lama") == 3
