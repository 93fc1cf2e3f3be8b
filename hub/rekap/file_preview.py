"""What is told of how a file was read, before anything is written: its columns and rows, what each was taken for and how surely. As
values of JSON, which the answer is made of. Pure."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from typing import Any

from hub.base.angka import read_angka
from hub.base.temuan import Temuan
from hub.katalog.katalog import Katalog
from hub.lembar.table import Reason
from hub.rekap.draft import Place
from hub.rekap.file_columns import PlacedColumn
from hub.rekap.file_reading import FileReading, ReadTable
from hub.rekap.file_rows import PlacedRow, RowKind
from hub.rekap.file_words import ColumnUse
from hub.rekap.written_words import NOUGHT, read_word
from hub.wilayah.region_list import NoMatchError, RegionList

_EXACT_DIGITS = 15  # of a number that every reader of JSON takes whole
_MOST_ROWS = 2_000  # told of one table
_REASONS = {
    Reason.TITLE: "judul di atas tabel",
    Reason.REPEATED_HEADER: "kepala tabel yang diulang",
    Reason.NUMBERING: "nomor kolom",
    Reason.SECTION: "bagian: berlaku bagi baris di bawahnya",
    Reason.FOOTER: "kaki tabel: sumber, catatan atau tanda tangan",
}
_OF_KIND = {
    RowKind.RATE: "rata-rata atau persentase, bukan angka wilayah",
    RowKind.SKIPPED: "diabaikan menurut pemetaan",
}


def preview(reading: FileReading, katalog: Katalog, regions: RegionList) -> list[dict[str, Any]]:
    """Each table: nama, barisKepala, kolom, baris, dilewati."""
    return [_table(t, katalog, regions) for t in reading.tables]


def findings(temuan: Iterable[Temuan]) -> list[dict[str, Any]]:
    """Findings as they are kept: with their places."""
    return [
        {
            "kode": t.kode, "tingkat": t.tingkat, "pesan": t.pesan, "wilayah": t.wilayah, "elemen": t.elemen, "nilai": t.nilai,
            "usulan": t.usulan,
            "lokasi": [{"indeks": x.indeks, "lembar": x.lembar, "baris": x.baris, "kolom": x.kolom} for x in t.lokasi],
        }
        for t in temuan
    ]  # fmt: skip


def _table(read: ReadTable, katalog: Katalog, regions: RegionList) -> dict[str, Any]:
    figures = read.columns.of(ColumnUse.ELEMEN, ColumnUse.NILAI)
    told = islice((r for r in read.rows if r.kind in (RowKind.FIGURES, RowKind.TOTAL)), _MOST_ROWS)
    left_out = [{"baris": s.number, "isi": s.text, "alasan": _REASONS[s.reason]} for s in read.table.skipped]
    left_out += [
        {"baris": r.row.number, "isi": r.written, "alasan": _OF_KIND[r.kind]} for r in read.rows if r.kind in _OF_KIND
    ]
    return {
        "nama": read.table.sheet.name,
        "barisKepala": list(read.table.header),
        "kolom": [_column(c, katalog) for c in read.columns.columns if c.title],
        "baris": [_row(r, figures, read, katalog, regions) for r in told],
        "dilewati": sorted(left_out, key=lambda s: int(str(s["baris"])))[:_MOST_ROWS],
    }


def _column(c: PlacedColumn, katalog: Katalog) -> dict[str, Any]:
    column = c.meaning.column
    elemen = None if column is None else column.elemen.strip().upper()
    return {
        "kolom": c.letters,
        "judul": c.title,
        "sebagai": c.meaning.use.value,
        "elemen": elemen if elemen in katalog.elemen else None,
        "rincian": [] if column is None else [{"rincian": n, "pilihan": p} for n, p in column.rincian],
        "yakin": round(c.yakin, 2),
    }


def _row(
    row: PlacedRow, figures: list[PlacedColumn], read: ReadTable, katalog: Katalog, regions: RegionList
) -> dict[str, Any]:
    is_total = row.kind is RowKind.TOTAL
    place = _total_place(row.total, regions.pelapor) if is_total else row.place
    kode, likely = (None, []) if row.unclear else _region(place, regions)
    return {
        "baris": row.row.number,
        "tertulis": row.written,
        "wilayah": kode,
        "calon": likely,
        "jumlah": is_total,
        "nilai": [_value(row, c, read, katalog) for c in figures],
        "isi": [_text(row, c) or None for c in figures],
    }


def _total_place(total: str | None, pelapor: str) -> Place:
    if total is None:
        return Place(kode=pelapor)
    return Place(kode=total) if total[:1].isdigit() else Place(name=total)


def _region(place: Place, regions: RegionList) -> tuple[str | None, list[str]]:
    """Its code; or codes of those that may be meant."""
    try:
        if place.kode is not None:
            return regions.match_kode(place.kode).kode, []
        if not place.name and not place.kecamatan:
            return None, []
        return regions.match_name(place.name or "", place.kecamatan).kode, []
    except NoMatchError as misfit:
        return None, [s.split()[0] for s in misfit.suggestions]


def _value(row: PlacedRow, c: PlacedColumn, read: ReadTable, katalog: Katalog) -> int | str | None:
    text = _text(row, c)
    if not text:
        return None
    if (word := read_word(text)) is not None:
        return 0 if word.status == NOUGHT else None
    elemen = katalog.elemen.get(c.meaning.column.elemen.strip().upper()) if c.meaning.column is not None else None
    exact = (row.row.number, c.place) in read.table.sheet.exact
    if c.size is not None:
        text = f"{text} {c.size}"
    try:
        whole, money = elemen is not None and elemen.bulat, elemen is not None and elemen.satuan == "rupiah"
        return _as_json(read_angka(text, whole, money=money, exact=exact).nilai)
    except ValueError:
        return None


def _text(row: PlacedRow, c: PlacedColumn) -> str:
    return row.row.cells[c.place].strip() if c.place < len(row.row.cells) else ""


def _as_json(nilai: Decimal) -> int | str:
    if nilai == nilai.to_integral_value() and abs(nilai) < 10**_EXACT_DIGITS:
        return int(nilai)
    return f"{nilai:f}"
