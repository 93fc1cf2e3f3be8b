"""Rows that say they are of another period, or of somebody else: they are never counted silently."""

import pytest

from hub.base.periode import Periode
from hub.lembar.sheet import Sheet
from hub.rekap.file_mapping import ColumnAnswer, FileMapping
from hub.rekap.file_reading import FileReading, Known, read_file
from hub.rekap.file_words import NOT_READ
from hub.wilayah.region_list import RegionList
from tests.wilayah.national_list import AS_OF, wilayah

ROTE = RegionList(
    "53.14", AS_OF, [wilayah("53.14", "Rote Ndao"), wilayah("53.14.03", "Lobalain"), wilayah("53.14.05", "Pantai Baru")]
)


def read(text: str, periode: str = "2021", mapping: FileMapping | None = None) -> FileReading:
    rows = [line.split(",") for line in text.splitlines()]
    known = Known(regions=ROTE, periode=Periode.read(periode), mapping=mapping or FileMapping())
    return read_file("a.csv", [Sheet("a.csv", rows)], known)


def told(reading: FileReading) -> list[tuple[str, str, list[int | None]]]:
    codes = ("PERIODE_BERKAS_BEDA", "BARIS_PERIODE_LAIN", "KABUPATEN_LAIN")
    return [(t.kode, t.tingkat, [x.baris for x in t.lokasi]) for t in reading.temuan if t.kode in codes]


def values(reading: FileReading) -> list[object]:
    return [c.nilai for c in reading.cells]


def test_rows_of_other_years_are_named_and_not_counted() -> None:
    reading = read("Tahun,Kecamatan,BAN01\n2019,Lobalain,1\n2020,Lobalain,2\n2021,Lobalain,3\n2021,Pantai Baru,4\n")
    assert told(reading) == [("BARIS_PERIODE_LAIN", "GALAT", [2, 3])]
    assert values(reading) == ["3", "4"]
    (finding,) = [t for t in reading.temuan if t.kode == "BARIS_PERIODE_LAIN"]
    assert (finding.nilai, finding.usulan) == ("2019, 2020", "2021")
    assert "baris 2 sampai 3" in finding.pesan or "baris 2 dan 3" in finding.pesan


def test_a_file_that_is_all_of_another_year_counts_nothing() -> None:
    reading = read("tahun,kecamatan,BAN01\n2019,Lobalain,1\n2019,Pantai Baru,2\n")
    assert told(reading) == [("BARIS_PERIODE_LAIN", "GALAT", [2, 3])]
    assert values(reading) == []


@pytest.mark.parametrize(
    ("title", "text", "periode"),
    [
        ("Tahun", "2021", "2021"), ("Tahun", "2021.0", "2021"), ("Tahun", "Tahun 2021", "2021"), ("Tahun", "2021", "2021-S1"),
        ("Periode", "Semester I 2021", "2021-S1"), ("Periode", "TW 2/2021", "2021-TW2"), ("Periode", "2021-TW2", "2021-TW2"),
        ("Bulan", "Juli", "2021-07"), ("Bulan", "7", "2021-07"), ("Bulan", "Jul 2021", "2021-07"), ("Periode", "2021-07-31", "2021-07"),
        ("Triwulan", "III", "2021-TW3"), ("Semester", "1", "2021-S1"), ("Periode", "Semester I", "2021-TW1"),
        ("Tahun", "2020/2021", "2021"), ("Tahun", "", "2021"), ("Periode", "sekarang", "2021"),
    ],
)  # fmt: skip
def test_the_rekaps_own_period_however_written_is_nothing_to_tell(title: str, text: str, periode: str) -> None:
    reading = read(f"{title},Kecamatan,BAN01\n{text},Lobalain,1\n", periode)
    assert told(reading) == []
    assert values(reading) == ["1"]


@pytest.mark.parametrize(
    ("title", "text", "periode", "named"),
    [
        ("Periode", "Semester II", "2021-S1", "2021-S2"), ("Bulan", "Januari", "2021", "2021-01"), ("Triwulan", "IV", "2021-TW3", "2021-TW4"),
        ("Periode", "2021-S2", "2021", "2021-S2"),
    ],
)  # fmt: skip
def test_all_rows_of_one_other_part_of_the_year_are_read_with_a_warning(
    title: str, text: str, periode: str, named: str
) -> None:
    reading = read(f"{title},Kecamatan,BAN01\n{text},Lobalain,1\n{text},Pantai Baru,2\n", periode)
    assert told(reading) == [("PERIODE_BERKAS_BEDA", "PERINGATAN", [2, 3])]
    (finding,) = [t for t in reading.temuan if t.kode == "PERIODE_BERKAS_BEDA"]
    assert (finding.nilai, finding.usulan) == (named, periode)
    assert values(reading) == ["1", "2"]


def test_a_year_and_a_month_in_two_columns_are_one_period() -> None:
    text = "Tahun,Bulan,Kecamatan,BAN01\n2021,Juni,Lobalain,1\n2021,Juli,Lobalain,2\n2020,Juli,Lobalain,3\n"
    reading = read(text, "2021-07")
    assert told(reading) == [("BARIS_PERIODE_LAIN", "GALAT", [2, 4])]
    assert values(reading) == ["2"]


def test_a_column_that_a_mapping_leaves_out_says_nothing() -> None:
    mapping = FileMapping((ColumnAnswer(None, "Tahun", NOT_READ),))
    reading = read("Tahun,Kecamatan,BAN01\n2019,Lobalain,1\n", mapping=mapping)
    assert (told(reading), values(reading)) == ([], ["1"])


@pytest.mark.parametrize("written", ["Rote Ndao", "KAB. ROTE NDAO", "Kabupaten Rote-Ndao", "Rote Ndau", "-", ""])
def test_the_reporters_own_name_is_nothing_to_tell(written: str) -> None:
    reading = read(f"Kab/Kota,Kecamatan,BAN01\n{written},Lobalain,1\n")
    assert (told(reading), values(reading)) == ([], ["1"])


@pytest.mark.parametrize(
    ("title", "own", "other"),
    [
        ("Kab/Kota", "Rote Ndao", "Kabupaten Kupang"), ("Kode Kab/Kota", "53.14", "53.01"), ("kode_kabupaten_kota", "5314", "5301"),
        ("Kode Provinsi", "53", "52"),
    ],
)  # fmt: skip
def test_rows_of_another_kabupaten_are_named_and_not_counted(title: str, own: str, other: str) -> None:
    reading = read(f"{title},Kecamatan,BAN01\n{own},Lobalain,1\n{other},Lobalain,2\n{other},Takari,3\n")
    assert told(reading) == [("KABUPATEN_LAIN", "GALAT", [3, 4])]
    assert values(reading) == ["1"]
