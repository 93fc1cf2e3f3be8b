"""What an office has said of the columns and rows of its files: read before a file is, kept after it was submitted or kept as a draft."""

from typing import Any

import orjson

from hub.db.database import Conn
from hub.rekap.draft import Column
from hub.rekap.file_mapping import ColumnAnswer, FileMapping, RowAnswer
from hub.rekap.file_words import ColumnUse, Meaning

_COLUMN, _ROW = "KOLOM", "BARIS"
_MOST = 2_000  # of one office and form


async def remembered(conn: Conn, kode_kab: str, formulir: str) -> FileMapping:
    """All of it for that office and form, the oldest first."""
    cursor = await conn.execute(
        "SELECT jenis, lembar, tertulis, sebagai, elemen, rincian, wilayah FROM pemetaan_berkas "
        "WHERE kode_kab = %s AND formulir = %s ORDER BY diubah_pada DESC, tertulis LIMIT %s",
        (kode_kab, formulir, _MOST),
    )
    rows = list(reversed(await cursor.fetchall()))
    return FileMapping(
        tuple(_column(*row[1:6]) for row in rows if row[0] == _COLUMN),
        tuple(
            RowAnswer(lembar or None, written, wilayah, use == ColumnUse.ABAIKAN)
            for kind, lembar, written, use, _, _, wilayah in rows
            if kind == _ROW
        ),
    )


async def remember(conn: Conn, kode_kab: str, formulir: str, mapping: FileMapping) -> None:
    """Keep it, in place of what was said of the same before."""
    rows: list[tuple[Any, ...]] = [
        (
            kode_kab, formulir, _COLUMN, a.lembar or "", a.kolom, a.meaning.use.value,
            a.meaning.column.elemen if a.meaning.column else None,
            orjson.dumps(a.meaning.column.rincian if a.meaning.column else ()).decode(), None,
        )
        for a in mapping.columns
    ]  # fmt: skip
    rows += [
        (
            kode_kab, formulir, _ROW, r.lembar or "", r.tertulis, "ABAIKAN" if r.left_out else "WILAYAH", None, "[]",
            r.wilayah,
        )
        for r in mapping.rows
    ]  # fmt: skip
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO pemetaan_berkas (kode_kab, formulir, jenis, lembar, tertulis, sebagai, elemen, rincian, wilayah) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (kode_kab, formulir, jenis, lembar, tertulis) DO UPDATE "
            "SET sebagai = excluded.sebagai, elemen = excluded.elemen, rincian = excluded.rincian, wilayah = excluded.wilayah, "
            "diubah_pada = now()",
            rows,
        )


def _column(lembar: str, written: str, use: str, elemen: str | None, rincian: list[list[str]]) -> ColumnAnswer:
    column = Column(elemen, tuple((name, choice) for name, choice in rincian)) if elemen else None
    return ColumnAnswer(lembar or None, written, Meaning(ColumnUse(use), column))
