"""Workbooks by how their tables are laid out: what stands above, below, between and beside the rows."""

from typing import Any

from tests.rekap.office_books import Book, book

_TWO = "53.14.03 BAN01 5\n53.14.06 BAN01 7"


def _protect(workbook: Any, sheet: Any) -> None:
    sheet.freeze_panes = "A4"
    sheet.auto_filter.ref = "A3:C5"
    sheet.protection.sheet = True
    workbook.defined_names.clear()


LAYOUTS = (
    book("titles, a blank row, a source", """
DATA KPM PKH
KABUPATEN ROTE NDAO TAHUN 2021

No|Kecamatan|KPM PKH
1|Lobalain|5
2|Rote Timur|7

Sumber: Dinas Sosial Kabupaten Rote Ndao""", _TWO + "\ni BARIS_DILEWATI baris 1 sampai 2\ni BARIS_DILEWATI baris 8"),
    book("the book's table 3 as it stands", """
Tabel 3
Jumlah KPM yang mendapat bantuan PKH tahun 2020

No|Kecamatan|Realisasi KPM|Penyaluran bantuan
1.|Landu Leko|561 KPM|Rp. 526.700.000.-
2.|Lobalain|1.594 KPM|Rp. 1.572.950.000.-
3.|Pantai Baru|934 KPM|Rp. 971.250.000.-
T O T A L||3.089 KPM|Rp. 3.070.900.000.-
Sumber : Dinas Sosial""", """
53.14.10 BAN01 561
53.14.10 BAN02 526700000
53.14.03 BAN01 1594
53.14.03 BAN02 1572950000
53.14.05 BAN01 934
53.14.05 BAN02 971250000
= 53.14 BAN01 3089
= 53.14 BAN02 3070900000
? ANGKA_TULISAN"""),
    book("a title merged over the columns and one below it", """
REKAPITULASI PENERIMA BANTUAN SOSIAL||
TRIWULAN IV TAHUN 2021||
No|Kecamatan|KPM PKH
1|Lobalain|5
2|Rote Timur|7""", _TWO, merged="A1:C1 A2:C2"),
    book("two rows of header, merged", """
No|Kecamatan|Tagana||
||L|P|Jumlah
1|Lobalain|4|1|5
2|Rote Timur|2|3|5
|Jumlah|6|4|10""", """
53.14.03 SDM05[JK=L] 4
53.14.03 SDM05[JK=P] 1
53.14.03 SDM05 5
53.14.06 SDM05[JK=L] 2
53.14.06 SDM05[JK=P] 3
53.14.06 SDM05 5
= 53.14 SDM05[JK=L] 6
= 53.14 SDM05[JK=P] 4
= 53.14 SDM05 10""", "F10", merged="A1:A2 B1:B2 C1:E1"),
    book("two rows of header, not merged", """
No|Kecamatan|TKSK||Tagana|
||L|P|L|P
1|Lobalain|1|0|4|2""", """
53.14.03 SDM03[JK=L] 1
53.14.03 SDM03[JK=P] 0
53.14.03 SDM05[JK=L] 4
53.14.03 SDM05[JK=P] 2""", "F10", kind="xls"),
    book("two rows of header, merged, by an old program", """
No|Kecamatan|Tagana||PSM|
||Laki-laki|Perempuan|Laki-laki|Perempuan
1|Lobalain|4|1|5|6""", """
53.14.03 SDM05[JK=L] 4
53.14.03 SDM05[JK=P] 1
53.14.03 SDM04[JK=L] 5
53.14.03 SDM04[JK=P] 6""", "F10", kind="xls", merged="A1:A2 B1:B2 C1:D1 E1:F1"),
    book("two rows of header, merged, in an open document", """
No|Kecamatan|Tagana||Ket
||L|P|
1|Lobalain|4|1|""", "53.14.03 SDM05[JK=L] 4\n53.14.03 SDM05[JK=P] 1", "F10", kind="ods", merged="A1:A2 B1:B2 C1:D1 E1:E2"),
    book("three rows of header", """
No|Kecamatan|Anak terlantar||||
||Panti||Luar Panti||
||L|P|L|P
1|Lobalain|4|1|2|3""", """
53.14.03 REH03[JK=L,tempat=panti] 4
53.14.03 REH03[JK=P,tempat=panti] 1
53.14.03 REH03[JK=L,tempat=luar] 2
53.14.03 REH03[JK=P,tempat=luar] 3""", "F05", merged="A1:A3 B1:B3 C1:F1 C2:D2 E2:F2"),
    book("units below the titles, numbers of the columns below them", """
No|Kecamatan|KPM PKH|Penyaluran PKH
||(KPM)|(Rp)
1|2|3|4
1|Lobalain|5|6000
2|Rote Timur|7|8000""", _TWO + """
53.14.03 BAN02 6000
53.14.06 BAN02 8000
i BARIS_DILEWATI nomor kolom"""),
    book("numbers of the columns in brackets", """
No|Kecamatan|KPM PKH
'(1)|'(2)|'(3)
1|Lobalain|5
2|Rote Timur|7""", _TWO + "\ni BARIS_DILEWATI nomor kolom", kind="ods"),
    book("the header again on each page", """
No|Kecamatan|KPM PKH
1|Lobalain|5
Halaman 1 dari 2||
No|Kecamatan|KPM PKH
2|Rote Timur|7
||12
Jumlah||12""", _TWO + """
= 53.14 BAN01 12
i BARIS_DILEWATI kepala tabel yang diulang
! WILAYAH_KOSONG baris 6"""),
    book("two rows of header again, with their numbers", """
No|Kecamatan|Tagana|
||L|P
1|2|3|4
1|Lobalain|4|1
No|Kecamatan|Tagana|
||L|P
1|2|3|4
2|Rote Timur|2|3""", """
53.14.03 SDM05[JK=L] 4
53.14.03 SDM05[JK=P] 1
53.14.06 SDM05[JK=L] 2
53.14.06 SDM05[JK=P] 3""", "F10", kind="xlsxwriter"),
    book("desa under sections of their kecamatan, with subtotals", """
No|Desa/Kelurahan|KPM PKH
A.|KECAMATAN ROTE BARAT DAYA|
1|Oeseli|5
2|Oebou|6
|Jumlah Kec. Rote Barat Daya|11
B.|KECAMATAN LOBALAIN|
1|Kuli|7
|Jumlah Kec. Lobalain|7
|JUMLAH TOTAL|18""", """
53.14.01.2005 BAN01 5
53.14.01.2006 BAN01 6
53.14.03.2002 BAN01 7
= 53.14.01 BAN01 11
= 53.14.03 BAN01 7
= 53.14 BAN01 18
i BARIS_DILEWATI judul bagian"""),
    book("sections merged over the width, subtotals without names", """
No|Desa|KPM PKH|KPM BPNT
KECAMATAN ROTE BARAT DAYA|||
1|Oeseli|5|1
2|Oebou|6|2
|Sub Total|11|3
KECAMATAN LOBALAIN|||
1|Kuli|7|4
|Sub Total|7|4
|TOTAL|18|7""", """
53.14.01.2005 BAN01 5
53.14.01.2005 BAN03 1
53.14.01.2006 BAN01 6
53.14.01.2006 BAN03 2
53.14.03.2002 BAN01 7
53.14.03.2002 BAN03 4
= 53.14.01 BAN01 11
= 53.14.01 BAN03 3
= 53.14.03 BAN01 7
= 53.14.03 BAN03 4
= 53.14 BAN01 18
= 53.14 BAN03 7""", merged="A2:D2 A6:D6"),
    book("kecamatan merged over its desa, in a column", """
No|Kecamatan|Desa|KPM PKH
1|Rote Barat Daya|Oeseli|5
2||Oebou|6
3|Lobalain|Kuli|7
4||Landu|8
|Jumlah||26""", """
53.14.01.2005 BAN01 5
53.14.01.2006 BAN01 6
53.14.03.2002 BAN01 7
! DESA_DAN_KECAMATAN_BEDA Landu
= 53.14 BAN01 26""", merged="B2:B3 B4:B5"),
    book("kecamatan written once over its desa", """
Kecamatan|Desa|KPM PKH
Rote Barat Daya|Oeseli|5
|Oebou|6
Sub Total||11
Lobalain|Kuli|7
Sub Total||7
Grand Total||18""", """
53.14.01.2005 BAN01 5
53.14.01.2006 BAN01 6
53.14.03.2002 BAN01 7
= 53.14.01 BAN01 11
= 53.14.03 BAN01 7
= 53.14 BAN01 18""", kind="csv"),
    book("subtotals above their desa", """
No|Wilayah|KPM PKH
I|Jumlah Kec. Rote Barat Daya|11
1|Oeseli|5
2|Oebou|6
II|Jumlah Kec. Lobalain|7
1|Kuli|7""", """
53.14.01.2005 BAN01 5
53.14.01.2006 BAN01 6
53.14.03.2002 BAN01 7
= 53.14.01 BAN01 11
= 53.14.03 BAN01 7"""),
    book("all subtotals at the end", """
Kecamatan|Desa|KPM PKH
Rote Barat Daya|Oeseli|5
Lobalain|Kuli|7
Jumlah Kec. Rote Barat Daya||5
Jumlah Kec. Lobalain||7
Jumlah Kabupaten||12""", """
53.14.01.2005 BAN01 5
53.14.03.2002 BAN01 7
= 53.14.01 BAN01 5
= 53.14.03 BAN01 7
= 53.14 BAN01 12"""),
    book("source, note, place, day, who signs", """
No|Kecamatan|KPM PKH|KPM BPNT
1|Lobalain|5|6
2|Rote Timur|7|8
JUMLAH||12|14

Catatan: *) angka sementara
|||Ba'a, 5 Januari 2022
Mengetahui,|||
|||Kepala Dinas Sosial

|||NAMA PEJABAT
|||Pembina Tk I / IVb
|||NIP. 19000000 000000 1 000""", _TWO + """
53.14.03 BAN03 6
53.14.06 BAN03 8
= 53.14 BAN01 12
= 53.14 BAN03 14
i BARIS_DILEWATI keterangan di bawah tabel"""),
    book("the number and the word of a total in two cells", """
No|Kecamatan|KPM PKH
1|Lobalain|5
2|Rote Timur|7
11|Total|12""", _TWO + "\n= 53.14 BAN01 12"),
    book("a total merged over number and name", """
No|Kecamatan|KPM PKH
1|Lobalain|5
2|Rote Timur|7
J U M L A H||12""", _TWO + "\n= 53.14 BAN01 12", merged="A4:B4", kind="xlsxwriter"),
    book("two grand totals", """
No|Kecamatan|KPM PKH
1|Lobalain|5
2|Rote Timur|7
|JUMLAH KAB. ROTE NDAO|12
|Grand Total|12
|Rata-rata|6""", _TWO + "\n= 53.14 BAN01 12\ni BARIS_DILEWATI rata-rata"),
    book("two tables in a sheet", """
Tabel 1. Penerima PKH
No|Kecamatan|Jumlah KPM
1|Lobalain|5
2|Rote Timur|7
TOTAL||12

Tabel 2. Penerima Sembako
No|Kecamatan|Jumlah KPM
1|Lobalain|8
2|Rote Timur|9
TOTAL||17""", _TWO + """
53.14.03 BAN03 8
53.14.06 BAN03 9
= 53.14 BAN01 12
= 53.14 BAN03 17"""),
    book("a table that goes on on the next page", """
Tabel 1. Penerima PKH
No|Kecamatan|Jumlah KPM
1|Lobalain|5

Tabel 1 (lanjutan)
No|Kecamatan|Jumlah KPM
2|Rote Timur|7
TOTAL||12""", _TWO + "\n= 53.14 BAN01 12"),
    book("a kecamatan's table below the other", """
KECAMATAN LOBALAIN
No|Desa|KPM PKH
1|Kuli|5
2|Kolobolon|6
Jumlah||11

KECAMATAN ROTE TIMUR
No|Desa|KPM PKH
1|Matasio|7
Jumlah||7""", """
53.14.03.2002 BAN01 5
53.14.03.2004 BAN01 6
53.14.06.2007 BAN01 7
= 53.14.03 BAN01 11
= 53.14.06 BAN01 7"""),
    Book("a sheet of instructions first, a helper's last", {
        "Petunjuk": "PETUNJUK PENGISIAN\n1. Isi lembar Data\n2. Jangan mengubah kepala tabel\nKecamatan: pilih dari daftar",
        "Data": "No|Kecamatan|KPM PKH\n1|Lobalain|5\n2|Rote Timur|7",
        "ref": "A|B\nLobalain|1\nRote Timur|2",
    }, _TWO + '\ni LEMBAR_DILEWATI "Petunjuk"\ni LEMBAR_DILEWATI "ref"'),
    Book("a sheet for each programme", {
        "PKH": "No|Kecamatan|Jumlah KPM\n1|Lobalain|5\n2|Rote Timur|7",
        "BPNT": "No|Kecamatan|Jumlah KPM\n1|Lobalain|8\n2|Rote Timur|9",
    }, _TWO + "\n53.14.03 BAN03 8\n53.14.06 BAN03 9", kind="ods"),
    Book("a sheet for each kecamatan", {
        "Lobalain": "KECAMATAN LOBALAIN\nNo|Desa|KPM PKH\n1|Kuli|5",
        "Rote Timur": "KECAMATAN ROTE TIMUR\nNo|Desa|KPM PKH\n1|Matasio|7",
    }, "53.14.03.2002 BAN01 5\n53.14.06.2007 BAN01 7", kind="xls"),
    book("a form above the table", """
Kabupaten|: Rote Ndao
Kecamatan|: Lobalain
Tahun|: 2021

No|Desa|KPM PKH
1|Kuli|5
2|Kolobolon|6""", "53.14.03.2002 BAN01 5\n53.14.03.2004 BAN01 6"),
    book("the table does not begin in the first column", """
||
|No|Kecamatan|KPM PKH|
|1|Lobalain|5|
|2|Rote Timur|7|""", _TWO, kind="xls"),
    book("panes, filters, protection change nothing", """
DATA PKH

No|Kecamatan|KPM PKH
1|Lobalain|5
2|Rote Timur|7""", _TWO, edit=_protect),
    book("blank rows between the rows", """
No|Kecamatan|KPM PKH

1|Lobalain|5

2|Rote Timur|7

|Total|12""", _TWO + "\n= 53.14 BAN01 12"),
)  # fmt: skip
