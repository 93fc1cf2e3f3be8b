"""What the titles of a list mean: the whole first, then the lower ones alone; and which columns are of people."""

import pytest

from hub.lembar.list_titles import ListTitles, is_personal_title

TITLES = ListTitles(
    "uji",
    {"nama": "nama|nama anggota", "lahir": "tanggal lahir", "anggota_l": "anggota l", "desa": "desa"},
    frozenset(("nama", "desa")),
    frozenset(("nama",)),
)


@pytest.mark.parametrize(
    ("parts", "field_name"),
    [
        (("NAMA.",), "nama"),
        (("Tanggal Lahir (hh-bb-tttt)",), "lahir"),
        (("Anggota", "L"), "anggota_l"),
        (("Alamat", "Desa"), "desa"),
        (("DAFTAR UJI", "Data Anggota", "Nama"), "nama"),
        (("Ketua", "Nama"), None),
        (("Nama Ketua",), None),
        (("DAFTAR UJI", "Wakil Ketua", "Nama"), None),
        ((), None),
    ],
)
def test_a_column_is_what_its_titles_say_together(parts: tuple[str, ...], field_name: str | None) -> None:
    assert TITLES.field(parts) == field_name
    assert TITLES.identifies(parts) == (field_name in ("nama", "desa"))


def test_a_title_above_the_header_makes_it_less_sure() -> None:
    assert TITLES.sureness(("Nama",)) > TITLES.sureness(("DAFTAR UJI", "Nama")) > 0.5
    assert TITLES.sureness(("Warna",)) == 0


@pytest.mark.parametrize(
    "key",
    [
        "nik",
        "no hp",
        "no hp wa ketua",
        "nama ibu kandung",
        "nama lengkap ketua",
        "e mail",
        "nomor rekening bri",
        "no kk",
        "npwp",
    ],
)
def test_what_is_only_of_a_person_is_known(key: str) -> None:
    assert is_personal_title(key)


@pytest.mark.parametrize(
    "key", ["jumlah kk", "jumlah ketua", "nama kegiatan", "total penerima no rekening", "whale", "nama desa"]
)
def test_counts_and_names_of_things_are_not_of_people(key: str) -> None:
    assert not is_personal_title(key)


def test_a_column_below_a_person_is_of_that_person() -> None:
    assert TITLES.is_personal(("Ketua", "Nama"))
    assert TITLES.is_personal(("Ketua", "Ukuran"))
    assert not TITLES.is_personal(("Barang", "Ukuran"))
