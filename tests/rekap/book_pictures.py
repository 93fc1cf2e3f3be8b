"""Pictures of workbooks and of what the hub makes of them, for docs/berkas.md: `python -m tests.rekap.book_pictures`."""

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from hub.lembar.files import read_sheets
from hub.lembar.sheet import Sheet
from hub.lembar.table import Reason
from hub.rekap.draft import Place
from hub.rekap.file_preview import preview
from hub.rekap.file_reading import FileReading, Known, ReadTable, read_file
from hub.rekap.file_rows import PlacedRow, RowKind
from tests.rekap.books_of_cells import CELLS
from tests.rekap.books_of_layouts import LAYOUTS
from tests.rekap.books_of_regions import REGIONS
from tests.rekap.file_texts import regions_of
from tests.rekap.office_books import Book
from tests.rekap.shipped import shipped_katalog

_FOLDER = Path(__file__).parents[2] / "docs" / "gambar"
_PICTURES: Mapping[str, str] = {
    "tabel_buku": "the book's table 3 as it stands",
    "kepala_dua_baris": "two rows of header, merged",
    "bagian": "desa under sections of their kecamatan, with subtotals",
    "tanda_tangan": "source, note, place, day, who signs",
    "baris_tersembunyi": "a row that is hidden",
    "rumus": "formulas without results",
    "gabungan": "one figure over two kecamatan",
    "ditanyakan": "columns nobody can place",
}
_ROW, _LETTER, _MARGIN = 24, 7.2, 34  # pixels: a row, a letter, where rows are numbered
_COLOURS = {
    "kepala": "#cfe2f3",
    "dilewati": "#eeeeee",
    "bagian": "#fff2cc",
    "jumlah": "#d9ead3",
    "wilayah": "#ffffff",
    "galat": "#f4cccc",
}
_WIDEST = 110  # letters of a line below the sheet


def main() -> None:
    _FOLDER.mkdir(exist_ok=True)
    by_name = {b.name: b for b in (*LAYOUTS, *CELLS, *REGIONS)}
    for file, name in _PICTURES.items():
        (_FOLDER / f"{file}.svg").write_text(_picture(by_name[name]), encoding="utf-8")


def _picture(made: Book) -> str:
    katalog = shipped_katalog()
    name, content = made.file
    sheets = read_sheets(name, content)
    reading = read_file(
        name, sheets, Known(katalog, katalog.formulir[made.formulir], regions_of(), mapping=made.mapping)
    )
    sheet = sheets[0]
    told = dict(_rows_told(reading))
    wide = max(len(r) for r in sheet.rows)
    widths = [_width(sheet, c, is_last=c == wide - 1) for c in range(wide)]
    lines = [
        f"{'✗' if t.tingkat == 'GALAT' else '!'} {t.kode}: {t.pesan}" for t in reading.temuan if t.tingkat != "INFO"
    ]
    wrapped = [part for line in lines for part in _wrapped(line)]
    right = _MARGIN + sum(widths) + 12
    height = (len(sheet.rows) + 2) * _ROW + len(wrapped) * 18 + 16
    width = max(right + 300, *(len(p) * 6.6 + 16 for p in wrapped), 0) if wrapped else right + 300
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" font-family="DejaVu Sans Mono, monospace" '
        f'font-size="12"><rect width="100%" height="100%" fill="#ffffff"/>',
        *_sheet(sheet, widths, told, _wrong(reading)),
        *_columns(reading, widths, len(sheet.rows)),
    ]
    top = (len(sheet.rows) + 2) * _ROW + 16
    parts += [_text(8, top + 18 * n, p, "#990000", 11) for n, p in enumerate(wrapped)]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _width(sheet: Sheet, column: int, *, is_last: bool) -> float:
    """Of what stands in a column; a text that stands alone may go on over the next ones."""
    texts = [r[column] for r in sheet.rows if column < len(r) and (is_last or sum(1 for x in r if x) > 1)]
    texts += [odd.text for (_, c), odd in sheet.odd.items() if c == column]
    return max([4, *map(len, texts)]) * _LETTER + 14


def _sheet(
    sheet: Sheet, widths: list[float], told: Mapping[int, tuple[str, str]], wrong: set[tuple[int, int]]
) -> Iterator[str]:
    left = [_MARGIN + sum(widths[:c]) for c in range(len(widths) + 1)]
    for c, width in enumerate(widths):
        yield _box(left[c], 0, width, "#dddddd")
        yield _text(left[c] + width / 2 - 4, 16, chr(65 + c), "#444444")
    covered = {(r, c): m for m in sheet.merged for r in range(m.top, m.bottom + 1) for c in range(m.left, m.right + 1)}
    for number, row in enumerate(sheet.rows, 1):
        kind, said = told.get(number, ("wilayah", ""))
        y = number * _ROW
        yield _box(0, y, _MARGIN, "#dddddd")
        yield _text(6, y + 16, str(number), "#444444")
        for c, width in enumerate(widths):
            colour = _COLOURS["galat" if (number, c) in wrong else kind]
            merge = covered.get((number, c))
            if merge is None:
                yield _box(left[c], y, width, colour)
            elif (merge.top, merge.left) == (number, c):
                yield _box(left[c], y, left[merge.right + 1] - left[c], colour, (merge.bottom - merge.top + 1) * _ROW)
        for c, text in enumerate(row):
            odd = sheet.odd.get((number, c))
            if text or odd is not None:
                yield _text(left[c] + 6, y + 16, text or (odd.text if odd else ""), "#000000")
        if number in sheet.hidden_rows:
            said = "tersembunyi!"
        yield _text(left[-1] + 12, y + 16, f"← {said}" if said else "", "#38761d" if kind != "dilewati" else "#777777")


def _columns(reading: FileReading, widths: list[float], rows: int) -> Iterator[str]:
    """Below each column what it was taken for."""
    y = (rows + 1) * _ROW + 14
    for told in preview(reading, shipped_katalog(), regions_of())[:1]:
        named = [f"{k['kolom']} = {_use(k)}" for k in told["kolom"]]
        yield _text(8, y, "Kolom: " + "; ".join(named), "#0b5394", 11)


def _use(column: Mapping[str, Any]) -> str:
    if column["elemen"]:
        choices = ", ".join(f"{r['rincian']} {r['pilihan']}" for r in column["rincian"])
        return f"{column['elemen']}{f' ({choices})' if choices else ''}"
    uses = {
        "NAMA_KECAMATAN": "kecamatan",
        "NAMA_WILAYAH": "wilayah",
        "KODE_WILAYAH": "kode wilayah",
        "ABAIKAN": "tidak dibaca",
    }
    return uses.get(str(column["sebagai"]), str(column["sebagai"]).lower())


def _rows_told(reading: FileReading) -> Iterator[tuple[int, tuple[str, str]]]:
    """Number of a row → its kind and what became of it."""
    for read in reading.tables:
        for number in read.table.header:
            yield number, ("kepala", "kepala tabel")
        for s in read.table.skipped:
            kind = "bagian" if s.reason is Reason.SECTION else "dilewati"
            said = {
                Reason.TITLE: "judul: dilewati",
                Reason.SECTION: "bagian: berlaku untuk baris di bawahnya",
                Reason.FOOTER: "keterangan: dilewati",
            }
            yield s.number, (kind, said.get(s.reason, "dilewati"))
        for r in read.rows:
            yield r.row.number, _row_told(r, read)


def _row_told(row: PlacedRow, read: ReadTable) -> tuple[str, str]:
    if row.kind is RowKind.TOTAL:
        return "jumlah", f"jumlah {row.total or 'kabupaten'}: dicocokkan"
    return "wilayah", _region(row.place)


def _region(place: Place) -> str:
    match = (
        regions_of().match_name(place.name or "", place.kecamatan)
        if place.kode is None
        else regions_of().match_kode(place.kode)
    )
    return f"{match.nama} ({match.kode})"


def _wrong(reading: FileReading) -> set[tuple[int, int]]:
    """Cells that an error points to."""
    titles = {c.title or c.letters: c.place for t in reading.tables for c in t.columns.columns}
    return {
        (p.baris, titles[p.kolom])
        for t in reading.temuan
        if t.tingkat == "GALAT"
        for p in t.lokasi
        if p.baris is not None and p.kolom in titles
    }


def _wrapped(text: str) -> Iterator[str]:
    line = ""
    for word in text.split():
        if len(line) + len(word) > _WIDEST:
            yield line
            line = "   "
        line += f" {word}" if line.strip() else f"{line}{word}"
    yield line


def _box(x: float, y: float, width: float, colour: str, height: float = _ROW) -> str:
    return f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" fill="{colour}" stroke="#bbbbbb"/>'


def _text(x: float, y: float, text: str, colour: str, size: int = 12) -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}" font-size="{size}" xml:space="preserve">{escape(text)}</text>'
        if text
        else ""
    )


if __name__ == "__main__":
    main()
