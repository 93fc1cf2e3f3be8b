"""Workbooks by what stands in their cells: numbers in every spelling, formats, formulas, what is hidden or merged, signs nobody sees."""

from typing import Any

from tests.lembar.far_sheets import sheet as raw_sheet
from tests.lembar.far_sheets import text_cell, xlsx
from tests.rekap.office_books import Book, book

_TWO = "53.14.03 BAN01 5\n53.14.06 BAN01 7"
_TABLE = "No|Kecamatan|KPM PKH\n1|Lobalain|5\n2|Rote Timur|7"


def _hide_row(_: Any, sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def _filter(_: Any, sheet: Any) -> None:
    sheet.auto_filter.ref = "A1:C4"
    sheet.auto_filter.add_filter_column(1, ["Lobalain"])
    sheet.row_dimensions[3].hidden = True


def _hide_column(letters: str) -> Any:
    def hide(_: Any, sheet: Any) -> None:
        sheet.column_dimensions[letters].hidden = True

    return hide


def _hide_sheet(state: str) -> Any:
    def hide(workbook: Any, _: Any) -> None:
        workbook.worksheets[1].sheet_state = state

    return hide


def _as_errors(_: Any, sheet: Any) -> None:
    sheet["C2"].data_type = "e"


def _rich(_: Any, sheet: Any) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    sheet["B2"] = CellRichText("Loba", TextBlock(InlineFont(b=True), "lain"))
    sheet["C1"] = CellRichText(TextBlock(InlineFont(b=True), "KPM "), "PKH")


def _commented(_: Any, sheet: Any) -> None:
    from openpyxl.comments import Comment

    sheet["C2"].comment = Comment("periksa lagi: 50", "petugas")


def _raw_shared_formula() -> bytes:
    """A formula whose result was stored as a text, and one without any; a cell that says no place of its own."""
    rows = (
        f'<row r="1">{text_cell("A1", "Kecamatan")}{text_cell("B1", "KPM PKH")}</row>'
        f'<row r="2">{text_cell("A2", "Lobalain")}<c r="B2"><f>2+3</f><v>5</v></c></row>'
        f'<row r="3">{text_cell("A3", "Rote Timur")}<c r="B3" t="str"><f>"7"</f><v>7</v></c></row>'
        f'<row r="4">{text_cell("A4", "Rote Selatan")}<c r="B4"><f>4+4</f></c></row>'
    )
    return xlsx(raw_sheet(rows))


CELLS = (
    # ---------- numbers as people write them ----------
    book("units behind the figures", """
Kecamatan|KPM PKH
Lobalain|1.799 KK
Rote Timur|561 KPM
Pantai Baru|1 799 KPM""", """
53.14.03 BAN01 1799
53.14.06 BAN01 561
53.14.05 BAN01 1799
? ANGKA_TULISAN
? SATUAN_BEDA"""),
    book("money in every spelling", """
Kecamatan|Penyaluran PKH
Lobalain|Rp. 526.700.000.-
Rote Timur|12,157,475,000
Pantai Baru|526 juta
Rote Barat|Rp 3 M
Landu Leko|Rp 1,5 miliar
Rote Selatan|1.572.950.000,00
Rote Tengah|Rp526.700.000,-
Ndao Nuse|IDR 5.000""", """
53.14.03 BAN02 526700000
53.14.06 BAN02 12157475000
53.14.05 BAN02 526000000
53.14.07 BAN02 3000000000
53.14.10 BAN02 1500000000
53.14.08 BAN02 1572950000.00
53.14.04 BAN02 526700000
53.14.09 BAN02 5000
? ANGKA_TULISAN"""),
    book("millions in the title", """
Kecamatan|Penyaluran PKH (juta rupiah)
Lobalain|'1.572,95
Rote Timur|526.7
Total|'2.099,65""", """
53.14.03 BAN02 1572950000
53.14.06 BAN02 526700000
= 53.14 BAN02 2099650000
? ANGKA_TULISAN"""),
    book("strokes, nihil, nought and nothing", """
Kecamatan|KPM PKH|KPM BPNT
Lobalain|-|5
Rote Timur|nihil|0
Pantai Baru||6
Rote Barat|n/a|7
Landu Leko|tidak ada|8""", """
53.14.03 BAN01 TIDAK_ADA_DATA
53.14.03 BAN03 5
53.14.06 BAN01 0
53.14.06 BAN03 0
53.14.05 BAN03 6
53.14.07 BAN01 TIDAK_ADA_DATA
53.14.07 BAN03 7
53.14.10 BAN01 TIDAK_ADA_DATA
53.14.10 BAN03 8
? ISIAN_DIBACA"""),
    book("a share that was typed with a blank", """
Kabupaten|Persentase penduduk miskin
Rote Ndao|24,6 5%""", "53.14 WIL06 24.65\n? ANGKA_TULISAN", "F01"),
    book("a share by format", "Kabupaten|Persentase penduduk miskin\nRote Ndao|0.2754", "53.14 WIL06 27.54\n? ANGKA_TULISAN", "F01",
         formats={"B2": "0.00%"}),
    book("a share by format, by another program", "Kabupaten|Persentase penduduk miskin\nRote Ndao|0.2754", "53.14 WIL06 27.54\n? ANGKA_TULISAN", "F01",
         formats={"B2": "0.00%"}, kind="xlsxwriter"),
    book("a share by format, by an old program", "Kabupaten|Persentase penduduk miskin\nRote Ndao|0.2754", "53.14 WIL06 27.54\n? ANGKA_TULISAN", "F01",
         formats={"B2": "0.00%"}, kind="xls"),
    book("a very small figure", "Kabupaten|Indeks kedalaman kemiskinan (P1)\nRote Ndao|0.00005", "53.14 WIL07 0.00005", "F01"),
    book("a unit by format", _TABLE, _TWO + "\n? ANGKA_TULISAN", formats={"C2": '0" KPM"', "C3": '#,##0" KPM"'}),
    book("thousands by format are no text", "Kecamatan|Penyaluran PKH\nLobalain|526700000\nRote Timur|5000", """
53.14.03 BAN02 526700000
53.14.06 BAN02 5000
? ANGKA_TULISAN""", formats={"B2": '"Rp"#,##0', "B3": '_-"Rp"* #,##0_-'}, kind="xlsxwriter"),
    book("codes by format keep their zeros", "Kode Wilayah|KPM PKH\n5314012005|5\n5314032002|7",
         "53.14.01.2005 BAN01 5\n53.14.03.2002 BAN01 7", formats={"A2": "0000000000", "A3": "00\\.00\\.00\\.0000"}),
    book("a true fraction of whole things", "Kecamatan|KPM PKH\nLobalain|1.799\nRote Timur|7",
         "53.14.06 BAN01 7\n! ANGKA_PECAHAN Lobalain"),
    book("the same as a text is thousands", "Kecamatan|KPM PKH\nLobalain|'1.799\nRote Timur|7",
         "53.14.03 BAN01 1799\n53.14.06 BAN01 7\n? ANGKA_TULISAN"),
    book("what may be a fraction or thousands", "wilayah|elemen|rincian|nilai\n53.14|KIN01|indikator=LEM14|'1,799",
         "53.14 KIN01[indikator=LEM14] 1.799\n? ANGKA_BERMAKNA_GANDA", "F12"),
    book("words beside figures", "Kecamatan|KPM PKH\nLobalain|sekitar 20\nRote Timur|5 atau 6\nPantai Baru|7",
         '53.14.05 BAN01 7\n! ANGKA_TAK_TERBACA "sekitar 20"\n! ANGKA_TAK_TERBACA "5 atau 6"'),
    book("a figure that became a day", "Kecamatan|KPM PKH\nLobalain|date 2021-03-05\nRote Timur|7",
         "53.14.06 BAN01 7\n! ANGKA_TAK_TERBACA 2021-03-05"),
    book("less than nothing", "Kecamatan|KPM PKH\nLobalain|-5\nRote Timur|7", "53.14.06 BAN01 7\n! ANGKA_NEGATIF Lobalain"),
    # ---------- what does not say what it holds ----------
    book("formulas without results", "Kecamatan|KPM PKH\nLobalain|=2+3\nRote Timur|7\nTotal|=SUM(B2:B3)",
         "53.14.06 BAN01 7\n! SEL_RUMUS B2"),
    book("formulas with results, and one without", "", "53.14.03 BAN01 5\n53.14.06 BAN01 7\n! SEL_RUMUS B4", content=_raw_shared_formula()),
    book("an error cell", "No|Kecamatan|KPM PKH\n1|Lobalain|#N/A\n2|Rote Timur|7", "53.14.06 BAN01 7\n! SEL_KESALAHAN C2", edit=_as_errors),
    book("a figure its format hides", "Kecamatan|KPM PKH\nLobalain|5\nRote Timur|7", "53.14.06 BAN01 7\n! SEL_TAK_TAMPAK B2",
         formats={"B2": ";;;"}),
    book("one figure over two kecamatan", "Kecamatan|KPM PKH|KPM BPNT\nLobalain|12|1\nRote Timur||2", """
53.14.03 BAN03 1
53.14.06 BAN03 2
! SEL_GABUNGAN B2:B3""", merged="B2:B3"),
    book("one figure over two desa, in an open document", "Desa|KPM PKH|KPM BPNT\nOeseli|12|1\nOebou||2", """
53.14.01.2005 BAN03 1
53.14.01.2006 BAN03 2
! SEL_GABUNGAN B2:B3""", merged="B2:B3", kind="ods"),
    # ---------- what nobody sees ----------
    Book("an old sheet that is hidden", {"2021": _TABLE, "2020": "No|Kecamatan|KPM PKH\n1|Lobalain|50"}, _TWO + "\n? LEMBAR_TERSEMBUNYI",
         edit=_hide_sheet("hidden")),
    Book("a sheet that is hidden from the menu", {"2021": _TABLE, "lama": "No|Kecamatan|KPM PKH\n1|Lobalain|50"},
         _TWO + "\n? LEMBAR_TERSEMBUNYI", edit=_hide_sheet("veryHidden")),
    book("a row that is hidden", _TABLE, _TWO + "\n! BARIS_TERSEMBUNYI baris 3", edit=_hide_row),
    book("rows that a filter hides", _TABLE, _TWO + "\n! BARIS_TERSEMBUNYI baris 3", edit=_filter),
    book("a column of figures that is hidden", _TABLE, _TWO + "\n! KOLOM_TERSEMBUNYI kolom C", edit=_hide_column("C")),
    book("a column of row numbers that is hidden", _TABLE, _TWO + "\ni KOLOM_TERSEMBUNYI kolom A", edit=_hide_column("A")),
    book("letters of several looks", _TABLE, _TWO, edit=_rich),
    book("a comment is no figure", _TABLE, _TWO, edit=_commented),
    book("signs nobody sees", "\u200bKecamatan|KPM\u00a0PKH\u200b\n\ufeffLobalain|'5\u200b\nRote\u00a0Timur|'7\u00a0\nPantai\u00adBaru|'\u20608",
         _TWO + "\n53.14.05 BAN01 8"),
    # ---------- text files ----------
    book("UTF-8 with a mark, semicolons", "", _TWO, kind="csv", content="\ufeffKecamatan;KPM PKH\nLobalain;5\nRote Timur;7\n".encode()),
    book("Windows letters", "", _TWO + "\ni BERKAS_PENYANDIAN Windows-1252", kind="csv",
         content="“Data” PKH – Ba’a\nKecamatan;KPM PKH\nLobalain;5\nRote Timur;7\n".encode("cp1252")),
    book("UTF-16 by Excel, tabs", "", _TWO + "\ni BERKAS_PENYANDIAN UTF-16", kind="csv",
         content="Kecamatan\tKPM PKH\nLobalain\t5\nRote Timur\t7\n".encode("utf-16")),
    book("commas in titles, semicolons in the table", "", _TWO, kind="csv",
         content=b"Data PKH, Kabupaten Rote Ndao, 2021\nper kecamatan, menurut SIKS\nKecamatan;KPM PKH\nLobalain;5\nRote Timur;7\n"),
    book("sep= in the first line", "", _TWO, kind="csv", content=b"sep=;\nKecamatan;KPM PKH\nLobalain;5\nRote Timur;7\n"),
    book("a text that is called a spreadsheet", "", _TWO, kind="xls", content=b"Kecamatan\tKPM PKH\nLobalain\t5\nRote Timur\t7\n"),
    book("decimal commas between semicolons", "", "53.14.03 BAN02 1572950.5\n53.14.06 BAN02 5000\n? ANGKA_TULISAN\n? ANGKA_BERMAKNA_GANDA", kind="csv",
         content=b"Kecamatan;Penyaluran PKH\nLobalain;1572950,5\nRote Timur;5.000\n"),
)  # fmt: skip
