"""Columns of lists by their real headers, and what their cells say. Pure: no database."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.lembar.sheet import Merged, Odd, OddKind, Sheet
from hub.sumber_daya.list_cells import read_rows
from hub.sumber_daya.list_columns import ListTable, fields_by_header, read_lists
from hub.sumber_daya.list_row import ListRow
from hub.sumber_daya.tables import KINDS

# As offices write them: the lists that were seen, and those of the other kinds in the same spirit
HEADERS = {
    "LKS": "Kab/Kota, Nama, Bidang Pelayanan, Ketua, Alamat, Nomor Tanda Daftar, Masa Berlaku, Pemilik, Klien L, Klien P, Akreditasi, Tahun Akreditasi",
    "KARANG_TARUNA": "desa, no/tgl SK, anggota L/P, pengurus L/P, klasifikasi, status kinerja",
    "SLRT": "Nama, Desa, Kecamatan, Tahun Berdiri, Status, Sumber Dana, FO, BO",
    "PUSKESOS": "Nama, Desa, Kecamatan, Tahun Berdiri, Status, Pengelola",
    "PANTI": "nama, kabupaten, kuota, laki_laki, perempuan, sasaran",
    "GUDANG_BENCANA": "Nama Gudang, Desa/Kelurahan, Kecamatan, Tingkat, Luas (m2), Kapasitas (m3), Latitude, Longitude",
    "KAMPUNG_SIAGA_BENCANA": "Nama KSB, Desa, Kec., Lumbung Sosial, Gardu Sosial, Jumlah Anggota",
    "LK3": "No, Nama LK3, Kab. / Kota, Desa, Bidang, Jml Klien",
    "RUMAH_SINGGAH": "Nama, Desa, Alamat Lengkap, Sasaran, Daya Tampung, Jumlah Klien, Rahasia",
}  # fmt: skip


def table(kind: str, *rows: list[str], name: str = "Data") -> ListTable:
    (result,), _ = read_lists([Sheet(name, [list(b) for b in rows])], kind)
    return result


def one_row(kind: str, **cells: str) -> ListRow:
    """A row with a name, a desa and these cells under these headers ("_" for a blank)."""
    header = ["Nama", "Desa", *(k.replace("_", " ") for k in cells)]
    t = table(kind, header, ["X", "Oeseli", *cells.values()])
    assert t.temuan == []
    (b,) = read_rows(t, kind)
    return b


def kode(b: ListRow) -> list[str]:
    return [t.kode for t in b.temuan]


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_the_lists_that_were_seen_is_known(kind: str) -> None:
    header = [k.strip() for k in HEADERS[kind].split(",")]
    for written in (header, [k.upper() for k in header], [f" {k.replace(' ', '  ')}. " for k in header]):
        t = table(kind, written, ["1"] * len(written))
        assert t.temuan == []
        assert len(t.columns) == len(header)
        assert t.labels[t.columns[1]] == " ".join(written[1].split())


@pytest.mark.parametrize(
    ("kind", "label", "field_name"),
    [
        ("LKS", "Jumlah Klien", "klien"), ("PANTI", "Penghuni", "klien"), ("RUMAH_SINGGAH", "Warga Binaan", "klien"),
        ("KARANG_TARUNA", "Jumlah Anggota", "anggota"), ("KAMPUNG_SIAGA_BENCANA", "Anggota", "anggota"),
    ],
)  # fmt: skip
def test_people_are_counted_by_sex_below_one_header(kind: str, label: str, field_name: str) -> None:
    header = (["Nama", "Desa", label, "", ""], ["", "", "L", "P", "Jml"])
    t = table(kind, *header, ["X", "Oeseli", "4", "5", "9"])
    assert (t.temuan, list(t.columns.values())[2:]) == ([], [f"{field_name}_l", f"{field_name}_p", field_name])
    assert "" not in fields_by_header(kind)  # a column without a header is no field


def test_no_spelling_means_two_things() -> None:
    for kind in KINDS:
        assert {"nama", "desa", "kecamatan", "kab kota"} <= fields_by_header(kind).keys()
        assert all(e == " ".join(e.split()) == e.casefold() for e in fields_by_header(kind))


def test_the_header_is_found_below_titles_and_two_rows_of_it_are_one() -> None:
    t = table(
        "KARANG_TARUNA",
        ["DATA KARANG TARUNA KABUPATEN ROTE NDAO"],
        [],
        ["No", "Kecamatan", "Desa", "SK", "", "Anggota", "", "Pengurus", "", "Klasifikasi"],
        ["", "", "", "Nomor", "Tanggal", "L", "P", "L", "P", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"],
        ["1", "Lobalain", "Kuli", "5/2021", "1-2-2021", "20", "15", "3", "2", "Maju"],
        ["", "JUMLAH", "", "", "", "20", "15", "3", "2", ""],
    )
    (b,) = read_rows(t, "KARANG_TARUNA")
    assert (b.baris, b.written["desa"], b.labels["anggota_l"]) == (6, "Kuli", "Anggota L")
    assert b.nilai == {"anggota_l": 20, "anggota_p": 15, "pengurus_l": 3, "pengurus_p": 2, "klasifikasi": "MAJU"}
    assert [(s.nomor, s.sejak) for s in b.surat] == [("5/2021", date(2021, 2, 1))]
    assert [(x.kode, x.lokasi[0].baris) for x in t.temuan] == [
        ("BARIS_DILEWATI", 1), ("BARIS_DILEWATI", 5), ("BARIS_JUMLAH", 7),
    ]  # fmt: skip


def test_a_list_printed_over_pages_has_no_rows_but_its_own() -> None:
    header = ["No", "Nama", "Kecamatan", "Desa", "Alamat"]
    t = table(
        "LKS",
        header,
        ["A. KECAMATAN ROTE BARAT DAYA", "", "", "", ""],
        ["1", "LKS Satu", "", "Oeseli", "x"],
        header,
        ["2", "LKS Dua", "Lobalain", "Kuli", "x"],
        ["B. Kec. Rote Timur"],
        ["3", "LKS Tiga", "", "Papela", ""],
        ["", "", "", "", "Kepala Dinas Sosial"],
    )
    rows = read_rows(t, "LKS")
    assert [(b.baris, b.written["kecamatan"], b.written["desa"]) for b in rows] == [
        (3, "ROTE BARAT DAYA", "Oeseli"), (5, "Lobalain", "Kuli"), (7, "Rote Timur", "Papela"),
    ]  # fmt: skip
    assert [(x.kode, [y.baris for y in x.lokasi]) for x in t.temuan] == [
        ("BARIS_DILEWATI", [4]), ("BARIS_DILEWATI", [2, 6]), ("BARIS_DILEWATI", [8]),
    ]  # fmt: skip


def test_a_list_a_kecamatan_below_the_other_has_no_column_for_it() -> None:
    t = table(
        "KARANG_TARUNA",
        ["KECAMATAN LOBALAIN"], ["Desa", "Klasifikasi"], ["Kuli", "Maju"], [],
        ["KECAMATAN ROTE TIMUR"], ["Desa", "Klasifikasi"], ["Papela", "Tumbuh"],
    )  # fmt: skip
    assert [(b.written["desa"], b.written["kecamatan"]) for b in read_rows(t, "KARANG_TARUNA")] == [
        ("Kuli", "LOBALAIN"), ("Papela", "ROTE TIMUR"),
    ]  # fmt: skip


def test_a_column_called_id_that_holds_no_ids_numbers_the_rows() -> None:
    t = table(
        "LKS",
        ["id", "nama_lks", "alamat", "kelurahan"],
        ["7", "LKS Satu", "Jalan A", "Oeseli"],
        ["8", "LKS Dua", "", "Kuli"],
    )
    assert [(x.kode, x.tingkat, x.nilai) for x in t.temuan] == [("KOLOM_TAK_DIKENAL", "INFO", "id")]
    assert all("id" not in b.written for b in read_rows(t, "LKS"))
    one_id = table("LKS", ["id", "Nama", "Desa"], ["53.14:01939f2e", "LKS Satu", "Oeseli"], ["8", "LKS Dua", "Kuli"])
    assert [b.written["id"] for b in read_rows(one_id, "LKS")] == ["53.14:01939f2e", "8"]


def test_what_stands_above_a_title_is_read_with_it() -> None:
    t = table(
        "LKS",
        ["No", "Nama", "Lokasi LKS", "", "Ketua", "", "Jumlah Klien"],
        ["", "", "Kecamatan", "Desa", "Nama", "HP", "(orang)"],
        ["1", "LKS Satu", "Lobalain", "Kuli", "Orang", "0812", "12"],
    )
    (b,) = read_rows(t, "LKS")
    assert b.written == {"no": "1", "nama": "LKS Satu", "kecamatan": "Lobalain", "desa": "Kuli", "klien": "12"}
    assert [(x.kode, x.nilai) for x in t.temuan] == [("DATA_PRIBADI", "Ketua Nama"), ("DATA_PRIBADI", "Ketua HP")]


def test_places_below_a_title_that_is_a_column_elsewhere_are_read() -> None:
    """ "Lokasi" alone is the address; cells over both rows may be written into each."""
    for second in (["", "", "Kecamatan", "Desa", "L", "P"], ["No", "Nama", "Kecamatan", "Desa", "L", "P"]):
        t = table(
            "LKS",
            ["No", "Nama", "Lokasi", "", "Jumlah Klien", ""],
            second,
            ["A. KECAMATAN LOBALAIN"],
            ["1", "LKS A", "", "Kuli", "5", "6"],
        )
        (b,) = read_rows(t, "LKS")
        assert b.written == {
            "no": "1", "nama": "LKS A", "kecamatan": "LOBALAIN", "desa": "Kuli", "klien_l": "5", "klien_p": "6",
        }  # fmt: skip


def test_how_a_list_is_kept_is_told() -> None:
    rows = [
        ["Nama", "Desa", "Jumlah Klien"],
        ["LKS Satu", "Kuli", "12"],
        ["LKS Dua", "Kuli", ""],
        ["LKS Tiga", "Kuli", ""],
        ["", "", ""],
    ]
    sheet = Sheet(
        "Data", rows, hidden_rows=frozenset((2,)), merged=(Merged(2, 2, 3, 2),),
        odd={(4, 2): Odd(OddKind.FORMULA, "=A1"), (5, 2): Odd(OddKind.FAULT, "#N/A")},
    )  # fmt: skip
    (t,), others = read_lists([sheet, Sheet("lama", rows, hidden=True)], "LKS")
    assert [(x.kode, x.tingkat) for x in others] == [("LEMBAR_TERSEMBUNYI", "PERINGATAN")]
    assert [(x.kode, x.tingkat, x.lokasi[0].baris) for x in t.temuan] == [
        ("BARIS_TERSEMBUNYI", "GALAT", 2), ("SEL_KESALAHAN", "GALAT", 5), ("SEL_RUMUS", "GALAT", 4), ("SEL_GABUNGAN", "GALAT", 2),
    ]  # fmt: skip
    assert len(read_rows(t, "LKS")) == 4


def test_two_lists_in_one_sheet_are_both_read() -> None:
    tables, _ = read_lists(
        [
            Sheet(
                "Data",
                [
                    ["Nama", "Desa", "Klien L"],
                    ["A", "Kuli", "5"],
                    [],
                    ["Nama", "Kecamatan", "Desa"],
                    ["B", "Lobalain", "Kuli"],
                ],
            )
        ],
        "LKS",
    )
    assert [[b.written["nama"] for b in read_rows(t, "LKS")] for t in tables] == [["A"], ["B"]]


def test_a_sheet_without_a_header_is_no_table() -> None:
    sheets = [Sheet("Petunjuk", [["Isi lembar berikut"], ["nama", "apa saja"]]), Sheet("Kosong", [])]
    tables, temuan = read_lists(sheets, "LKS")
    assert tables == []
    assert [(t.kode, t.nilai) for t in temuan] == [("LEMBAR_DILEWATI", "Petunjuk")]


def test_what_is_not_kept_is_named_once_per_column() -> None:
    t = table(
        "PUSKESOS",
        ["Nama", "Desa", "Operator", "No. HP", "NIK", "Warna", "Kecamaten", "Desa", ""],
        ["A", "Oeseli", "Orang", "0812", "5314", "merah", "", "", "sisa"],
        ["B", "Kuli", "Lain", "0813", "", "", "Lobalain", "", ""],
    )
    assert [(x.kode, x.tingkat, x.nilai) for x in t.temuan] == [
        ("DATA_PRIBADI", "PERINGATAN", "Operator"), ("DATA_PRIBADI", "PERINGATAN", "No. HP"),
        ("DATA_PRIBADI", "PERINGATAN", "NIK"), ("KOLOM_TAK_DIKENAL", "INFO", "Warna"),
        ("KOLOM_TAK_DIKENAL", "PERINGATAN", "Kecamaten"), ("KOLOM_GANDA", "GALAT", "Desa"),
        ("KOLOM_TAK_DIKENAL", "PERINGATAN", None),
    ]  # fmt: skip
    assert t.temuan[4].usulan == "kecamatan"
    for b in read_rows(t, "PUSKESOS"):
        assert not {"Orang", "Lain", "0812", "0813", "5314"} & set(map(str, b.nilai.values()))


@pytest.mark.parametrize(
    ("kind", "cells", "nilai"),
    [
        ("PANTI", {"Kuota": "1.250 orang", "Laki-laki": "12", "Perempuan": "8"}, {"daya_tampung": 1250, "klien_l": 12, "klien_p": 8}),
        ("PANTI", {"Sasaran": "Lansia"}, {"sasaran": "lanjut usia"}),
        ("LKS", {"Pemilik": "Yayasan", "Cakupan": "LKS Provinsi"}, {"pemilik": "MASYARAKAT", "cakupan": "PROVINSI"}),
        ("LKS", {"Pemilik": "Kemensos"}, {"pemilik": "KEMENTERIAN"}),
        ("LKS", {"Pemilik": "Provnsi"}, {"pemilik": "PROVINSI"}),
        ("LKS", {"Klien": "40"}, {"klien": 40}),
        ("LKS", {"Klien": "-", "Alamat": "n/a"}, {}),
        ("LKS", {"Ketua": "Nama Orang"}, {}),
        ("LKS", {"Ketua": "Nama Orang", "Ketua_Setuju": "tidak"}, {"ketua_setuju": False}),
        ("LKS", {"Ketua": "Nama Orang", "Ketua_Setuju": "Ya"}, {"ketua": "Nama Orang", "ketua_setuju": True}),
        ("KARANG_TARUNA", {"Anggota_L/P": "25/13", "Pengurus": "5 orang"}, {"anggota_l": 25, "anggota_p": 13, "pengurus": 5}),
        ("KARANG_TARUNA", {"Anggota_L/P": "38"}, {"anggota": 38}),
        ("KARANG_TARUNA", {"Klasifikasi": "berkembang"}, {"klasifikasi": "BERKEMBANG"}),
        ("SLRT", {"Tahun_Berdiri": "2018", "Sumber_dana": "apbd"}, {"tahun": 2018, "sejak": date(2018, 1, 1), "sumber_dana": "APBD"}),
        ("GUDANG_BENCANA", {"Luas_(m2)": "120,5", "Tingkat": "Kab/Kota"}, {"luas_m2": Decimal("120.5"), "tingkat_gudang": "KABUPATEN"}),
        ("KAMPUNG_SIAGA_BENCANA", {"Lumbung": "✓", "Gardu": "belum"}, {"lumbung": True, "gardu": False}),
    ],
)  # fmt: skip
def test_cells_as_people_write_them(kind: str, cells: dict[str, str], nilai: dict[str, Any]) -> None:
    assert one_row(kind, **cells).nilai == nilai


@pytest.mark.parametrize(
    ("kind", "cells", "temuan"),
    [
        ("PANTI", {"Kuota": "banyak"}, "ANGKA_TAK_TERBACA"),
        ("PANTI", {"Kuota": "12,5"}, "ANGKA_PECAHAN"),
        ("LKS", {"Pemilik": "entah"}, "PILIHAN_TAK_DIKENAL"),
        ("LKS", {"Akreditasi": "istimewa"}, "PERINGKAT_TIDAK_SAH"),
        ("LKS", {"Masa_Berlaku": "besok"}, "TANGGAL_TAK_TERBACA"),
        ("KAMPUNG_SIAGA_BENCANA", {"Lumbung": "mungkin"}, "BUKAN_YA_TIDAK"),
        ("KARANG_TARUNA", {"Anggota_L/P": "dua puluh"}, "ANGKA_TAK_TERBACA"),
        ("SLRT", {"Tahun_Berdiri": "dulu"}, "TANGGAL_TAK_TERBACA"),
        ("GUDANG_BENCANA", {"Koordinat": "di sana"}, "TITIK_TIDAK_SAH"),
        ("GUDANG_BENCANA", {"Latitude": "-10.7"}, "TITIK_TIDAK_SAH"),
    ],
)  # fmt: skip
def test_cells_that_cannot_be_read_are_errors_with_their_column(kind: str, cells: dict[str, str], temuan: str) -> None:
    b = one_row(kind, **cells)
    (t,) = [x for x in b.temuan if x.tingkat == "GALAT"]
    assert (t.kode, t.lokasi[0].lembar, t.lokasi[0].baris) == (temuan, "Data", 2)
    assert t.lokasi[0].kolom == next(iter(cells)).replace("_", " ")


@pytest.mark.parametrize(
    "cells",
    [
        {"Koordinat": "-10.73, 123.05"}, {"Koordinat": "(-10,73; 123,05)"}, {"Koordinat": "123.05, -10.73"},
        {"Lintang": "-10.73", "Bujur": "123.05"}, {"Lat": "123.05", "Long": "-10.73"},
    ],
)  # fmt: skip
def test_a_point_is_latitude_first_unless_that_is_not_in_indonesia(cells: dict[str, str]) -> None:
    b = one_row("GUDANG_BENCANA", **cells)
    assert b.titik == (123.05, -10.73)
    assert ("SUMBU_TERTUKAR" in kode(b)) == next(iter(cells.values())).startswith("123")


@pytest.mark.parametrize(
    ("cells", "surat"),
    [
        ({"Nomor_Tanda_Daftar": "460/1", "Masa_Berlaku": "01-01-2022 s.d. 31-12-2024"}, ("460/1", date(2022, 1, 1), date(2025, 1, 1))),
        ({"Nomor_Tanda_Daftar": "460/1", "Masa_Berlaku": "31 Desember 2024"}, ("460/1", date(2022, 1, 1), date(2025, 1, 1))),
        ({"Tanggal_Tanda_Daftar": "5-3-2022", "Masa_Berlaku": "3 tahun"}, (None, date(2022, 3, 5), date(2025, 3, 5))),
        ({"Masa_Berlaku": "45657"}, (None, date(2022, 1, 1), date(2025, 1, 1))),
        ({"Nomor_Tanda_Daftar": "460/1"}, ("460/1", None, None)),
    ],
)  # fmt: skip
def test_a_registration_holds_to_its_last_day(cells: dict[str, str], surat: tuple[Any, ...]) -> None:
    b = one_row("LKS", **cells)
    assert [(s.nomor, s.sejak, s.sampai) for s in b.surat] == [surat]
    assert ("SURAT_MULAI_DIANGGAP" in kode(b)) == (
        "s.d." not in str(cells) and "Tanggal" not in str(cells) and surat[1] is not None
    )
    assert ("SURAT_TANPA_MASA" in kode(b)) == (surat[1] is None)


@pytest.mark.parametrize(
    ("cells", "surat"),
    [
        ({"Akreditasi": "B", "Tahun_Akreditasi": "2021"}, ("B", date(2021, 1, 1), date(2024, 1, 1))),
        ({"Akreditasi": "Terakreditasi A (2021)"}, ("A", date(2021, 1, 1), date(2026, 1, 1))),
        ({"Akreditasi": "C", "Akreditasi_sampai": "31-12-2022"}, ("C", date(2021, 1, 1), date(2023, 1, 1))),
        ({"Akreditasi": "Belum terakreditasi"}, None),
    ],
)  # fmt: skip
def test_an_accreditation_holds_as_long_as_its_grade_says(cells: dict[str, str], surat: Any) -> None:
    assert [(s.peringkat, s.sejak, s.sampai) for s in one_row("LKS", **cells).surat] == ([surat] if surat else [])


@pytest.mark.parametrize(
    "cells",
    [
        {"No/tgl_SK": "140/12/2021, 5 Maret 2021"}, {"No/tgl_SK": "140/12/2021 tanggal 5-3-2021"},
        {"No/tgl_SK": "140/12/2021 / 05-03-2021"}, {"No_SK": "140/12/2021", "Tgl_SK": "44260"},
    ],
)  # fmt: skip
def test_a_decree_by_number_and_day_in_one_cell_or_in_two(cells: dict[str, str]) -> None:
    assert [(s.jenis, s.nomor, s.sejak) for s in one_row("KARANG_TARUNA", **cells).surat] == [
        ("SK", "140/12/2021", date(2021, 3, 5))
    ]


CELL = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"[0-9./, -]{1,14}", fullmatch=True),
    st.sampled_from(["1.250", "12/8", "31-12-2023", "31-12-9999", "1-1-1900 s.d. 2-1-1900", "A (2021)", "C 1-1-2199", "99 tahun", "2022-2025", "-10.7, 123", "999999999999999999999", "-5", "Ya", "Aktif", "nan", "1e9", "²", "٣"]),
)  # fmt: skip


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_a_cell_it_is_read_or_told(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    header = data.draw(
        st.lists(
            st.sampled_from(sorted(fields_by_header(kind))),
            min_size=1,
            max_size=12,
            unique_by=lambda k: fields_by_header(kind)[k],
        )
    )
    t = table(kind, ["Nama", "Desa", *header], ["X", "Y", *(data.draw(CELL) for _ in header)])
    for b in read_rows(t, kind):
        for x in b.temuan:
            assert x.pesan
            assert x.lokasi[0].baris == b.baris
        numbers = {n for n in b.nilai.values() if isinstance(n, int | Decimal)}
        assert all(Decimal(n).is_finite() for n in numbers)
        assert all(s.sejak is None or s.sejak.year < 2300 for s in b.surat)
