"""A table of figures as a workbook: the sheet "Tabel", and beside it "Keterangan", which says what it is."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter import Workbook

from hub.angka.table_statements import COLUMNS, OpenTable, TableQuestion, TableRow
from hub.base.errors import LimitExceededError
from hub.base.temuan import display
from hub.katalog.katalog import Katalog
from hub.lembar.harmless import harmless
from hub.peta.angka_tiles import STATUS_MEANINGS, WHY_CLOSED
from hub.web.table_csv import choices_text
from hub.web.workbook_file import Made, aside, workbook_file

MOST_ROWS = 1_048_575  # a sheet has one more, for the header
_PIECE = 64 * 2**10  # bytes sent at a time
_EXACT = 15  # digits of a number that a cell keeps
_WIDTHS = {"kode": 15, "nama": 28, "elemen": 10, "periode": 10, "rincian": 28, "nilai": 14, "status": 20}
_MEANINGS = {
    "kode": "Kode wilayah Kemendagri.",
    "nama": "Nama wilayah pada akhir periodenya.",
    "elemen": "Kode elemen, atau kode indikator.",
    "periode": "2020 tahun, 2020-S1 semester, 2020-TW3 triwulan, 2020-07 bulan.",
    "rincian": "Pilihan rincian, misalnya JK=L; kosong: jumlah seluruhnya.",
    "nilai": "Angka dalam satuan elemen atau indikatornya; kosong bila tidak ada atau tidak ditampilkan.",
    "status": "Keadaan angka; lihat di bawah.",
}


@dataclass(frozen=True, slots=True)
class About:
    """What the workbook says of itself. `address`: what was asked, without who asked; `reader`: as whom; `day`: the office's."""

    question: TableQuestion
    katalog: Katalog
    address: str
    reader: str
    day: date


async def xlsx_pieces(table: OpenTable, about: About) -> AsyncGenerator[bytes]:
    """The finished workbook. Raises LimitExceededError before the first piece, where its rows do not fit in a sheet."""
    _refuse_more_than_fit(table.fewest)

    async def fill(book: Workbook) -> None:
        sheet = _begin(book)
        _explain(book, about)
        count = 0
        async for rows in table.rows:
            _refuse_more_than_fit(count + len(rows))
            await aside(_write, sheet, count + 1, rows)
            count += len(rows)
        sheet.autofilter(0, 0, count, len(COLUMNS) - 1)

    with await workbook_file(fill, Made(about.day, in_order=True)) as file:
        while piece := file.read(_PIECE):
            yield piece


def _refuse_more_than_fit(rows: int) -> None:
    if rows > MOST_ROWS:
        raise LimitExceededError(
            f"Tabel ini sedikitnya {display(rows)} baris, dan satu lembar XLSX memuat paling banyak {display(MOST_ROWS)}; ambil "
            "sebagai CSV (/tabel.csv), atau per periode, per kabupaten/kota, atau sebagian elemennya."
        )


def _begin(book: Workbook) -> Any:
    sheet, bold = book.add_worksheet("Tabel"), book.add_format({"bold": True})
    for place, name in enumerate(COLUMNS):
        sheet.set_column(place, place, _WIDTHS[name])
        sheet.write_string(0, place, name, bold)
    sheet.freeze_panes(1, 0)
    return sheet


def _write(sheet: Any, first: int, rows: Sequence[TableRow]) -> None:
    for at, row in enumerate(rows, first):
        texts = (row.kode, row.nama, row.elemen, row.periode, choices_text(row.rincian))
        for place, text in enumerate(texts):
            if text:
                _write_text(sheet, at, place, text)
        if row.nilai is not None:
            if sum(map(str.isdigit, row.nilai)) <= _EXACT:
                sheet.write_number(at, 5, float(row.nilai))
            else:
                sheet.write_string(at, 5, row.nilai)
        sheet.write_string(at, 6, row.status)


def _write_text(sheet: Any, row: int, column: int, text: str) -> None:
    # a text cell is no formula; only what begins like a text made harmless would be read back as another one
    sheet.write_string(row, column, harmless(text) if text[0] == "'" else text)


def _explain(book: Workbook, about: About) -> None:
    sheet, bold, wrapped = (
        book.add_worksheet("Keterangan"),
        book.add_format({"bold": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    at = 0
    for title, lines in _sections(about):
        sheet.write_string(at, 0, title, bold)
        for name, text in lines:
            at += 1
            sheet.write_string(at, 0, name)
            sheet.write_string(at, 1, text, wrapped)
        at += 2


def _sections(about: About) -> list[tuple[str, list[tuple[str, str]]]]:
    q = about.question
    asked = [
        ("Sumber", "Hub data Dinas Sosial: rekap yang disetujui, dijumlahkan dan dihitung oleh hub."),
        ("Alamat", about.address),
        ("Dibaca sebagai", about.reader),
        ("Tanggal", about.day.isoformat()),
        ("Wilayah", q.wilayah),
        ("Tingkat", q.level.name),
        ("Periode", ", ".join(q.periode)),
    ]
    if q.rincian:
        asked.append(("Rincian", ", ".join(q.rincian)))
    if q.pada is not None:
        asked.append(("Sebagaimana diketahui", q.pada.isoformat()))
    return [
        ("Tabel ini", asked),
        ("Indikator" if q.indikator else "Elemen", [(k, _named(k, about)) for k in q.kode]),
        ("Kolom", list(_MEANINGS.items())),
        ("Status", [*STATUS_MEANINGS.items(), ("", WHY_CLOSED)]),
    ]


def _named(kode: str, about: About) -> str:
    k = about.katalog
    if not about.question.indikator:
        e = k.elemen[kode]
        return f"{e.nama} ({e.satuan}); formulir {e.formulir} {k.formulir[e.formulir].nama}"
    return next(f"{i.nama} ({i.satuan})" for i in k.indikator if i.full_kode == kode)
