"""Workbooks by how they name their regions and their columns."""

from datetime import date

from hub.rekap.draft import Column
from hub.rekap.file_mapping import ColumnAnswer, FileMapping, RowAnswer
from hub.rekap.file_words import ColumnUse, Meaning
from hub.wilayah.region_index import RegionIndex
from hub.wilayah.region_list import DatedWilayah
from tests.rekap.office_books import Book, book

_TWO = "53.14.03 BAN01 5\n53.14.06 BAN01 7"
_SINCE = date(2018, 1, 1)
_PADANG_PARIAMAN = RegionIndex("13.05", date(2021, 12, 31), [
    DatedWilayah(kode, _SINCE, None, name)
    for kode, name in (
        ("13.05", "Padang Pariaman"), ("13.05.01", "Lubuk Alung"), ("13.05.12", "2 X 11 Kayu Tanam"), ("13.05.13", "2 X 11 Enam Lingkung"),
    )
])  # fmt: skip
_ANSWERS = FileMapping(
    (
        ColumnAnswer(None, "Keluarga yang dilayani", Meaning(ColumnUse.ELEMEN, Column("BAN01"))),
        ColumnAnswer(None, "Sisa tahun lalu", Meaning(ColumnUse.ABAIKAN)),
    ),
    (RowAnswer(None, "Ba'a dan sekitarnya", "53.14.03"), RowAnswer(None, "Luar daerah", None, left_out=True)),
)

REGIONS = (
    book("codes in a column of their own", """
No|Kode Wilayah|Kecamatan|KPM PKH
1|53.14.03|Lobalain|5
2|531406|Rote Timur|7""", _TWO),
    book("codes as numbers", "kode_kecamatan|nama_kecamatan|BAN01\n531403|Lobalain|5\n531406|ROTE TIMUR|7", _TWO, kind="xls"),
    book("open data", """
kode_provinsi|nama_provinsi|kode_kabupaten_kota|nama_kabupaten_kota|jumlah_kpm_pkh|satuan|tahun
53|NUSA TENGGARA TIMUR|5314|ROTE NDAO|11731|KPM|2021""", "53.14 BAN01 11731", kind="csv"),
    book("a code that is another's than the name", "Kode Wilayah|Nama Wilayah|KPM PKH\n53.14.03|Rote Timur|5\n53.14.06|Rote Timur|7",
         "53.14.06 BAN01 7\n! KODE_DAN_NAMA_BEDA Rote Timur"),
    book("a desa in another kecamatan than its own", "Desa|Kecamatan|KPM PKH\nOeseli|Lobalain|5\nKuli|Lobalain|7",
         "53.14.03.2002 BAN01 7\n! DESA_DAN_KECAMATAN_BEDA Rote Barat Daya"),
    book("numbers before the names", "Desa|KPM PKH\n1. Tungganamo|5\n2. Oeledo|7\n3) Keoen|8",
         "53.14.05.2010 BAN01 5\n53.14.05.2006 BAN01 7\n53.14.05.2007 BAN01 8"),
    book("names that begin with numbers", """
No|Kecamatan|KPM PKH
1|2 X 11 Kayu Tanam|5
2|2x11 Enam Lingkung|7
3|Lubuk Alung|8
|Jumlah|20""", "13.05.12 BAN01 5\n13.05.13 BAN01 7\n13.05.01 BAN01 8\n= 13.05 BAN01 20", regions=_PADANG_PARIAMAN),
    book("numbers before names that begin with numbers", "Kecamatan|KPM PKH\n1. 2 X 11 Kayu Tanam|5\n2. 2 X 11 Enam Lingkung|7",
         "13.05.12 BAN01 5\n13.05.13 BAN01 7", regions=_PADANG_PARIAMAN),
    book("prefixes, capitals, blanks", "Wilayah|KPM PKH\nKEC. LOBALAIN|5\nKecamatan Rote  Timur|7\nDesa Oeseli|8\nKEL. METINA|9",
         _TWO + "\n53.14.01.2005 BAN01 8\n53.14.03.1011 BAN01 9"),
    book("a name off by a letter", "Kecamatan|KPM PKH\nLobalain|5\nRote Timor|7", _TWO + "\n? NAMA_MIRIP"),
    book("a name nobody has", "Kecamatan|KPM PKH\nLobalain|5\nKota Tua|7", '53.14.03 BAN01 5\n! WILAYAH_TAK_DIKENAL "Kota Tua"'),
    book("code and name in one cell", "Wilayah|KPM PKH\n53.14.03 - Lobalain|5\n531406 Rote Timur|7", _TWO),
    book("kecamatan with their figures over their desa", """
Wilayah|KPM PKH
Kecamatan Lobalain|11
Desa Kuli|5
Desa Kolobolon|6""", "53.14.03 BAN01 11\n53.14.03.2002 BAN01 5\n53.14.03.2004 BAN01 6"),
    book("elements in rows", """
wilayah|elemen|rincian|nilai|status
53.14|KPM PKH||11731|
53.14|BAN07|iuran=APBN|5|
53.14|BAN03|||TIDAK_DILAKSANAKAN""", "53.14 BAN01 11731\n53.14 BAN03 TIDAK_DILAKSANAKAN\n53.14 BAN07[iuran=APBN] 5"),
    book("sexes in words, with their sum", """
Kecamatan|Penerima logistik lanjut usia||
|Laki-laki|Perempuan|Jumlah
Lobalain|4|1|5
Rote Timur|2|3|5
Jumlah|6|4|10""", """
53.14.03 REH09[JK=L] 4
53.14.03 REH09[JK=P] 1
53.14.03 REH09 5
53.14.06 REH09[JK=L] 2
53.14.06 REH09[JK=P] 3
53.14.06 REH09 5
= 53.14 REH09[JK=L] 6
= 53.14 REH09[JK=P] 4
= 53.14 REH09 10""", "F05", kind="ods"),
    book("sex over what is counted", """
Kecamatan|Laki-laki||Perempuan|
|TKSK|Tagana|TKSK|Tagana
Lobalain|1|4|0|2""", """
53.14.03 SDM03[JK=L] 1
53.14.03 SDM05[JK=L] 4
53.14.03 SDM03[JK=P] 0
53.14.03 SDM05[JK=P] 2""", "F10"),
    book("codes with choices for titles", "wilayah|SDM05[JK=L]|SDM05[JK=P]|SDM05\nLobalain|4|1|5",
         "53.14.03 SDM05[JK=L] 4\n53.14.03 SDM05[JK=P] 1\n53.14.03 SDM05 5", "F10", kind="csv"),
    book("columns nobody can place", "Kecamatan|KPM PKH|Entah apa|Kategori\nLobalain|5|9|maju\nRote Timur|7|8|mundur",
         _TWO + '\n! KOLOM_DITANYAKAN "Entah apa"\ni KOLOM_TAK_DIKENAL "Kategori"'),
    book("answers to what was asked", """
Kecamatan|Keluarga yang dilayani|Sisa tahun lalu
Ba'a dan sekitarnya|5|50
Rote Timur|7|70
Luar daerah|8|80""", _TWO + "\ni BARIS_DILEWATI menurut pemetaan", mapping=_ANSWERS),
    book("two programmes that one title may mean", "Kecamatan|Jumlah KPM\nLobalain|5", "! KOLOM_DITANYAKAN BAN03"),
    book("two columns of one meaning", "Kecamatan|KPM PKH|Jumlah KPM PKH\nLobalain|5|6", "53.14.03 BAN01 5\n! KOLOM_GANDA kolom C"),
    book("persons beside figures", "Kecamatan|Nama Pendamping|No HP|KPM PKH\nLobalain|Orang Satu|'081200000000|5\nRote Timur|Orang Dua|'081300000000|7",
         _TWO + "\n? DATA_PRIBADI"),
    Book("a target is no result", {"Sheet1": "Kecamatan|Rencana KPM PKH|Realisasi KPM PKH\nLobalain|6|5\nRote Timur|8|7"},
         _TWO + '\n! KOLOM_DITANYAKAN "Rencana KPM PKH"'),
)  # fmt: skip
