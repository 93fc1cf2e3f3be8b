"""Titles of columns as offices write them, each with what a person would say it means."""

import time

import pytest

from hub.base.kode import Level
from hub.rekap.draft import Column
from hub.rekap.file_titles import MARGIN, SURE, Guess, RekapTitles
from hub.rekap.file_words import ColumnUse, size_word, title_key
from tests.rekap.shipped import shipped_katalog

_L, _P = ("JK", "L"), ("JK", "P")


def titles(formulir: str) -> RekapTitles:
    katalog = shipped_katalog()
    return RekapTitles(katalog, katalog.formulir[formulir])


def guess(formulir: str, *parts: str, over: str = "") -> Guess:
    return titles(formulir).guess(parts, over)


@pytest.mark.parametrize(
    ("formulir", "parts", "column"),
    [
        ("F02", ("BAN01",), Column("BAN01")),
        ("F02", ("ban01",), Column("ban01")),  # as written: the checks read it
        ("F05", ("REH01[lingkup=gabungan]",), Column("REH01", (("lingkup", "gabungan"),))),
        ("F02", ("KPM PKH (BAN01)",), Column("BAN01")),
        ("F02", ("BAN01 KPM PKH",), Column("BAN01")),
        ("F10", ("SDM03", "L"), Column("SDM03", (_L,))),
        ("F05", ("REH09", "Lansia"), Column("REH09")),
        ("F02", ("KPM PKH",), Column("BAN01")),
        ("F02", ("Jumlah KPM PKH",), Column("BAN01")),
        ("F02", ("Jumlah KPM BPNT",), Column("BAN03")),
        ("F02", ("KPM Sembako",), Column("BAN03")),
        ("F02", ("Penyaluran PKH (Rp)",), Column("BAN02")),
        ("F10", ("Tagana", "L"), Column("SDM05", (_L,))),
        ("F10", ("Tagana", "Laki-laki"), Column("SDM05", (_L,))),
        ("F10", ("Tagana", "Jenis Kelamin", "P"), Column("SDM05", (_P,))),
        ("F10", ("Tagana", "Jumlah"), Column("SDM05")),
        ("F10", ("Tagana", "L+P"), Column("SDM05")),
        ("F10", ("TAGANA L",), Column("SDM05", (_L,))),
        ("F10", ("Perempuan", "Tagana"), Column("SDM05", (_P,))),
        ("F10", ("jumlah_tagana_perempuan",), Column("SDM05", (_P,))),
        ("F05", ("Populasi anak terlantar", "L"), Column("REH03", (_L,))),
        ("F05", ("Populasi lanjut usia terlantar", "Panti", "P"), Column("REH05", (_P, ("tempat", "panti")))),
        ("F05", ("Anak Terlantar", "Panti", "L"), Column("REH03", (_L, ("tempat", "panti")))),
        ("F05", ("Anak terlantar terpenuhi", "Luar Panti", "Perempuan"), Column("REH04", (_P, ("tempat", "luar")))),
        ("F05", ("Anak terlantar terpenuhi luar panti perempuan",), Column("REH04", (_P, ("tempat", "luar")))),
        ("F03", ("KK korban bencana", "alam"), Column("BEN02", (("sebab", "alam"),))),
        ("F03", ("KK Penerima CBP", "(KK)"), Column("BEN04")),
        ("F09", ("Karang Taruna", "Tumbuh"), Column("LEM14", (("klasifikasi", "tumbuh"),))),
        ("F08", ("RTLH",), Column("FAK04")),
    ],
    ids=str,
)
def test_a_title_is_an_element_with_its_choices(formulir: str, parts: tuple[str, ...], column: Column) -> None:
    found = guess(formulir, *parts)
    assert found.sure
    assert found.meaning is not None
    assert (found.meaning.use, found.meaning.column) == (ColumnUse.ELEMEN, column)


@pytest.mark.parametrize(
    ("title", "use", "level"),
    [
        ("wilayah", ColumnUse.NAMA_WILAYAH, None),
        ("Nama Wilayah", ColumnUse.NAMA_WILAYAH, None),
        ("Kode Wilayah", ColumnUse.KODE_WILAYAH, None),
        ("kode_kabupaten_kota", ColumnUse.KODE_WILAYAH, Level.KABUPATEN),
        ("Kode Kemendagri", ColumnUse.KODE_WILAYAH, None),
        ("KECAMATAN", ColumnUse.NAMA_KECAMATAN, Level.KECAMATAN),
        ("Kec.", ColumnUse.NAMA_KECAMATAN, Level.KECAMATAN),
        ("Desa/Kelurahan", ColumnUse.NAMA_WILAYAH, Level.DESA),
        ("Kab./Kota", ColumnUse.NAMA_WILAYAH, Level.KABUPATEN),
        ("No.", ColumnUse.ABAIKAN, None),
        ("Keterangan", ColumnUse.ABAIKAN, None),
        ("Satuan", ColumnUse.ABAIKAN, None),
    ],
)
def test_words_that_mean_the_same_in_every_form(title: str, use: ColumnUse, level: Level | None) -> None:
    for formulir in ("F01", "F02", "F10"):  # F01 has an element called "Kecamatan"
        found = guess(formulir, title)
        assert found.sure
        assert found.meaning is not None
        assert (found.meaning.use, found.meaning.level) == (use, level)


def test_what_two_elements_are_called_is_told_as_both_unless_the_table_says_which() -> None:
    alone = guess("F02", "Realisasi KPM")
    assert not alone.sure
    assert {m.column for m in (alone.meaning, *alone.others) if m is not None} == {Column("BAN01"), Column("BAN03")}
    for over, kode in (
        ("Jumlah KPM yang mendapat bantuan PKH", "BAN01"),
        ("Realisasi Program Keluarga Harapan", "BAN01"),
        ("Tabel 8 Bantuan Pangan Non Tunai (BPNT)", "BAN03"),
    ):
        found = guess("F02", "Realisasi KPM", over=over)
        assert found.sure
        assert found.meaning is not None
        assert found.meaning.column == Column(kode)
    assert not guess("F02", "Realisasi KPM", over="KPM PKH dan BPNT").sure


@pytest.mark.parametrize(
    ("formulir", "parts"),
    [
        ("F02", ("rencana_kpm",)),  # what was planned is not what was reached
        ("F02", ("Target KPM PKH",)),
        ("F02", ("KPM BNPT",)),
        ("F02", ("KPM PKH", "L")),  # an element that has no such breakdown
        ("F08", ("Tidak Aktif",)),
        ("F05", ("Realisasi Bantuan Logistik", "Lansia")),
        ("F02", ("Lobalain",)),
        ("F02", ("12",)),
    ],
    ids=str,
)
def test_what_is_only_like_a_name_is_not_taken(formulir: str, parts: tuple[str, ...]) -> None:
    found = guess(formulir, *parts)
    assert not found.sure
    assert found.yakin < SURE


def test_a_misspelled_name_is_proposed() -> None:
    found = guess("F02", "KPM BNPT")
    assert found.meaning is not None
    assert found.meaning.column == Column("BAN03")
    assert SURE - 2 * MARGIN < found.yakin < SURE


def test_an_element_of_another_form_is_known_as_such() -> None:
    found = guess("F02", "TKSK")
    assert found.sure
    assert found.meaning is not None
    assert found.meaning.column == Column("SDM03")


def test_every_name_of_every_element_is_read_as_it() -> None:
    katalog = shipped_katalog()
    for f in katalog.formulir.values():
        reader = RekapTitles(katalog, f)
        for e in f.elemen:
            found = reader.guess((e.nama,))
            if found.meaning is not None and found.meaning.use is ColumnUse.ELEMEN:
                assert (found.sure, found.meaning.column) == (True, Column(e.kode)), e.nama
            else:
                assert e.kode == "WIL05"  # "Kecamatan" says of what region a row is


def test_without_a_catalogue_codes_are_elements_and_names_are_not() -> None:
    bare = RekapTitles()
    assert bare.guess(("A1[JK=L]",)).meaning is not None
    assert bare.guess(("KPM PKH",)) == Guess(None, 0.0)


def test_units_and_sizes_in_brackets() -> None:
    assert title_key("KPM PKH (KK)") == "kpm pkh"
    assert title_key("Pagu (juta rupiah)") == "pagu"
    assert title_key("KPM (PKH)") == "kpm pkh"
    assert [size_word((t,)) for t in ("Pagu (juta rupiah)", "Pagu (dalam ribuan Rp)", "Pagu (Rp)", "Juta")] == [
        "juta", "ribu", None, None,
    ]  # fmt: skip


def test_a_choice_alone_is_proposed_for_each_element_that_has_it() -> None:
    found = guess("F01", "desil_1")
    assert not found.sure
    assert found.meaning is not None
    assert found.meaning.column == Column("WIL03", (("desil", "1"),))
    several = guess("F10", "L")
    assert len(several.others) == 3
    assert titles("F10").sureness(("L",)) < 0.5  # a cell that says so is no title


@pytest.mark.parametrize("title", ["NIK", "No. KTP", "Alamat Lengkap", "No BPJS", "Nama Ibu Kandung", "Tgl Lahir"])
def test_what_tells_of_persons_is_known_by_its_words(title: str) -> None:
    found = guess("F02", title)
    assert found.meaning is not None
    assert (found.meaning.use, found.meaning.personal) == (ColumnUse.ABAIKAN, True)


def test_a_sentence_is_no_title_and_is_read_as_quickly_as_it_is_long() -> None:
    sentence = "isi sel putih saja dan yang tidak berlaku di desa itu biarkan kosong; nol ditulis nol, yang tanpa data ditulis tidak ada data"
    begun = time.perf_counter()
    for formulir in shipped_katalog().formulir:
        assert not guess(formulir, sentence).sure
    assert time.perf_counter() - begun < 5  # it took twice as long with every word
