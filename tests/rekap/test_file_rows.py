"""Rows of files as offices write them, each with the region or the total that a person would say it is."""

import pytest

from hub.rekap.draft import Column, Place
from hub.rekap.file_mapping import ColumnAnswer, FileMapping, RowAnswer
from hub.rekap.file_words import ColumnUse, Meaning
from tests.rekap.file_texts import asked, figures, reading_of, totals


@pytest.mark.parametrize(
    ("header", "row", "place"),
    [
        ("wilayah", "5314012005", Place(kode="53.14.01.2005")),
        ("wilayah", "53.14.01.2005", Place(kode="53.14.01.2005")),
        ("wilayah", "53 14 01 2005", Place(kode="53.14.01.2005")),
        ("Kode Desa", "53-14-01-2005", Place(kode="53.14.01.2005")),
        ("wilayah", "53.14.01.2005 Oeseli", Place(kode="53.14.01.2005", name="Oeseli")),
        ("wilayah", "531401200", Place(kode="531401200")),  # no code: the checks say so
        ("wilayah", "35 Ilir", Place(name="35 Ilir")),
        ("wilayah", "2 X 11 Kayu Tanam", Place(name="2 X 11 Kayu Tanam")),
        ("wilayah", "1. Tungganamo", Place(name="Tungganamo")),
        ("wilayah", "12) Oeseli", Place(name="Oeseli")),
        ("wilayah", "3 Oeseli", Place(name="Oeseli")),  # the name without the number is a region's
        ("Kecamatan", "1. Lobalain", Place(kecamatan="Lobalain")),
        ("Kode Wilayah", "Oeseli", Place(name="Oeseli")),
    ],
)
def test_codes_and_names_in_every_spelling(header: str, row: str, place: Place) -> None:
    (cell,) = reading_of(f"{header};BAN01\n{row};5\n").cells
    assert cell.place == place


def test_code_name_and_kecamatan_of_one_row_stand_together() -> None:
    (cell,) = reading_of("Kode Wilayah;Desa;Kecamatan;BAN01\n5314012005;Oeseli;Rote Barat Daya;5\n").cells
    assert cell.place == Place("53.14.01.2005", "Oeseli", "Rote Barat Daya")


def test_of_codes_of_several_levels_the_finest_is_the_rows() -> None:
    content = "kode_kabupaten_kota;kode_kecamatan;kode_desa;nama_kecamatan;nama_desa;BAN01\n5314;531401;5314012005;Rote Barat Daya;Oeseli;5\n"
    (cell,) = reading_of(content).cells
    assert cell.place == Place("53.14.01.2005", "Oeseli", "Rote Barat Daya")


@pytest.mark.parametrize(
    ("header", "row", "place"),
    [
        ("kode_kecamatan;nama_desa", "531401;Oeseli", Place(name="Oeseli", kecamatan="53.14.01")),
        ("kode_kecamatan;Kecamatan;Desa", "531401;Rote Barat Daya;Oeseli", Place(name="Oeseli", kecamatan="Rote Barat Daya")),
        ("kode_kabupaten_kota;Kecamatan", "5314;Lobalain", Place(kecamatan="Lobalain")),
        ("kode_kabupaten_kota;nama_kabupaten_kota", "5314;Rote Ndao", Place(kode="53.14", name="Rote Ndao")),
        ("Kab/Kota;wilayah", "Rote Ndao;Oeseli", Place(name="Oeseli")),
        ("Kab/Kota;Kecamatan;Kelurahan", "Rote Ndao;Lobalain;Metina", Place(name="Metina", kecamatan="Lobalain")),
        ("Kode;Kecamatan", "A-1;Lobalain", Place(kecamatan="Lobalain")),
        ("Kode;Kecamatan", "53.14.03;Lobalain", Place(kode="53.14.03", kecamatan="Lobalain")),
    ],
)  # fmt: skip
def test_columns_of_several_levels_say_one_region(header: str, row: str, place: Place) -> None:
    reading = reading_of(f"{header};BAN01\n{row};5\n")
    assert asked(reading) == []
    assert [c.place for c in reading.cells] == [place]


def test_a_subtotal_that_names_its_kecamatan_is_its_wherever_it_stands() -> None:
    content = (
        "wilayah;BAN01\n53.14.01.2005;5\n53.14.01.2006;6\nJumlah Kec. Rote Barat Daya;11\n53.14.02.2004;7\nTOTAL;18\n"
    )
    reading = reading_of(content)
    assert totals(reading) == [("BAN01", "Kec. Rote Barat Daya", "11"), ("BAN01", None, "18")]
    assert [t.location.baris for t in reading.total if t.location] == [4, 6]


def test_subtotals_of_sections_are_their_kecamatan() -> None:
    content = (
        "Desa;KPM PKH\nA. KECAMATAN ROTE BARAT DAYA;\nOeseli;5\nOebou;6\nJumlah;11\nB. KECAMATAN LOBALAIN;\nSuelain;7\nJumlah;7\n"
        "TOTAL;18\n"
    )
    reading = reading_of(content)
    assert totals(reading) == [
        ("BAN01", "Kec. ROTE BARAT DAYA", "11"), ("BAN01", "Kec. LOBALAIN", "7"), ("BAN01", None, "18"),
    ]  # fmt: skip
    assert [c.place for c in reading.cells] == [
        Place(name="Oeseli", kecamatan="ROTE BARAT DAYA"), Place(name="Oebou", kecamatan="ROTE BARAT DAYA"),
        Place(name="Suelain", kecamatan="LOBALAIN"),
    ]  # fmt: skip


def test_sections_without_subtotals_leave_the_last_total_to_the_reporter() -> None:
    content = "Desa;KPM PKH\nKECAMATAN ROTE BARAT DAYA;\nOeseli;5\nKECAMATAN LOBALAIN;\nSuelain;7\nJUMLAH;12\n"
    assert totals(reading_of(content)) == [("BAN01", None, "12")]


def test_a_subtotal_without_a_name_is_of_the_kecamatan_that_it_closes() -> None:
    content = (
        "Kecamatan;Desa;KPM PKH\nRote Barat Daya;Oeseli;5\n;Oebou;6\nSub Total;;11\nLobalain;Suelain;7\nSub Total;;7\n"
        "Grand Total;;18\n"
    )
    assert totals(reading_of(content)) == [
        ("BAN01", "53.14.01", "11"),
        ("BAN01", "53.14.03", "7"),
        ("BAN01", None, "18"),
    ]


def test_a_subtotal_of_several_kecamatan_is_asked() -> None:
    reading = reading_of("Desa;KPM PKH\nOeseli;5\nSuelain;6\nSub Total;11\nOebou;7\nTOTAL;18\n")
    assert asked(reading) == [("JUMLAH_TAK_JELAS", "Sub Total")]
    assert totals(reading) == [("BAN01", None, "18")]


@pytest.mark.parametrize(
    "row",
    ["TOTAL;", "J U M L A H;", "T O T A L;", "Jumlah Kabupaten;", "JUMLAH KAB. ROTE NDAO;", "Grand Total;", "Total Keseluruhan;",
     "Jumlah (1+2);", ";Total", "11;Total", "Jumlah Seluruhnya :;"],
)  # fmt: skip
def test_totals_of_the_reporter(row: str) -> None:
    reading = reading_of(f"No;Kecamatan;KPM PKH\n1;Lobalain;5\n{row};5\n")
    assert totals(reading) == [("BAN01", None, "5")]
    assert figures(reading) == [("Lobalain", "BAN01", "5")]


def test_totals_of_breakdowns_are_not_lost() -> None:
    reading = reading_of("Kecamatan;Tagana;;\n;L;P;Jumlah\nLobalain;1;2;3\nJumlah;1;2;3\n", "F10")
    assert totals(reading) == [("SDM05[JK=L]", None, "1"), ("SDM05[JK=P]", None, "2"), ("SDM05", None, "3")]


def test_means_and_shares_are_no_regions() -> None:
    reading = reading_of("Kecamatan;KPM PKH\nLobalain;5\nRata-rata;5\n")
    assert figures(reading) == [("Lobalain", "BAN01", "5")]
    assert [t.kode for t in reading.temuan] == ["BARIS_DILEWATI"]


def test_a_region_that_is_called_so_is_a_region() -> None:
    reading = reading_of("Kode Wilayah;Desa;KPM PKH\n53.14.01.2005;Ratarata Barat;5\n")
    assert figures(reading) == [("53.14.01.2005", "BAN01", "5")]


def test_a_word_of_size_in_a_title_goes_with_each_figure() -> None:
    reading = reading_of("Kecamatan;Penyaluran PKH (juta rupiah)\nLobalain;1,5\nRote Barat;-\nTotal;1,5\n")
    assert figures(reading) == [("Lobalain", "BAN02", "1,5 juta"), ("Rote Barat", "BAN02", "-")]
    assert totals(reading) == [("BAN02", None, "1,5 juta")]


def test_two_columns_of_one_meaning_are_an_error_that_names_both() -> None:
    reading = reading_of("Kecamatan;KPM PKH;Jumlah KPM PKH\nLobalain;5;6\n")
    (finding,) = [t for t in reading.temuan if t.kode == "KOLOM_GANDA"]
    assert '"KPM PKH" (kolom B)' in finding.pesan
    assert '"Jumlah KPM PKH" (kolom C)' in finding.pesan


def test_a_column_nobody_can_place_is_asked_and_words_are_left_out() -> None:
    reading = reading_of("Kecamatan;KPM PKH;Kategori;Entah apa\nLobalain;5;maju;7\n")
    assert asked(reading) == [("KOLOM_DITANYAKAN", "Entah apa")]
    assert [t.nilai for t in reading.temuan if t.kode == "KOLOM_TAK_DIKENAL"] == ["Kategori"]


def test_what_persons_are_is_told_and_not_kept() -> None:
    reading = reading_of("NIK;Nama KPM;Desa;KPM PKH\n5314010101010001;Budi;Oeseli;1\n")
    assert [t.nilai for t in reading.temuan if t.kode == "DATA_PRIBADI"] == ["NIK", "Nama KPM"]
    assert figures(reading) == [("Oeseli", "BAN01", "1")]


def test_long_tables_name_elements_by_code_or_name() -> None:
    reading = reading_of("wilayah;elemen;rincian;jumlah;status\nLobalain;KPM PKH;;5;\nOeseli;BAN03;;;Tidak ada data\n")
    assert [(str(c.place), str(c.column), c.nilai, c.status) for c in reading.cells] == [
        ("Lobalain", "BAN01", "5", None), ("Oeseli", "BAN03", None, "TIDAK_ADA_DATA"),
    ]  # fmt: skip


def test_a_mapping_settles_columns_by_title_or_letters_of_one_sheet_or_each() -> None:
    content = "Kecamatan;Apa;Itu\nLobalain;5;6\n"
    ban01, ban03 = (Meaning(ColumnUse.ELEMEN, Column(k)) for k in ("BAN01", "BAN03"))
    mapping = FileMapping(
        (ColumnAnswer(None, " apa ", ban03), ColumnAnswer("lain", "Itu", ban03), ColumnAnswer(None, "C", ban01))
    )
    reading = reading_of(content, mapping=mapping)
    assert figures(reading) == [("Lobalain", "BAN03", "5"), ("Lobalain", "BAN01", "6")]
    assert reading.used.columns == (ColumnAnswer(None, "apa", ban03), ColumnAnswer(None, "itu", ban01))


def test_letters_that_are_a_title_too_are_the_title() -> None:
    ban01 = Meaning(ColumnUse.ELEMEN, Column("BAN01"))
    mapping = FileMapping((ColumnAnswer(None, "B", ban01),))
    assert figures(reading_of("Kecamatan;X1;B\nLobalain;5;6\n", mapping=mapping))[-1] == ("Lobalain", "BAN01", "6")
    assert figures(reading_of("Kecamatan;Apa;Itu\nLobalain;5;6\n", mapping=mapping)) == [("Lobalain", "BAN01", "5")]


def test_a_mapping_settles_rows() -> None:
    mapping = FileMapping(
        rows=(RowAnswer(None, "Dusun Lama", "53.14.01.2005"), RowAnswer(None, "CATATAN KITA", None, left_out=True))
    )
    reading = reading_of("Desa;KPM PKH\n1. Dusun Lama;5\nCatatan  kita;9\n", mapping=mapping)
    assert figures(reading) == [("53.14.01.2005", "BAN01", "5")]
