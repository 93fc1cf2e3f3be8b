"""Statements over what stays of earlier revisions: which regions the newest one carries, what a return marked, a letter, and whether a
submission that was taken back was one. Every call runs under the caller's role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row

from hub.base.public_id import RekapKey
from hub.db.database import Conn
from hub.rekap.draft import Surat

_K = "kode_kab = %(kab)s AND formulir = %(formulir)s AND periode = %(periode)s"


def _k(key: RekapKey) -> dict[str, Any]:
    return {"kab": key.kode_kab, "formulir": key.formulir, "periode": key.periode}


@dataclass(frozen=True, slots=True)
class Carried:
    """What a revision says something of: region → elements of which it has a number, or says why there is none."""

    revisi: int
    elemen: Mapping[str, Sequence[str]]


async def carried(conn: Conn, key: RekapKey) -> Carried | None:
    """Of the newest revision; None where there is none, or it says nothing of any region."""
    cursor = await conn.execute(
        f"""
SELECT revisi, kode_wilayah, array_agg(elemen) FROM (
  SELECT DISTINCT revisi, kode_wilayah, elemen FROM rekap_nilai
  WHERE {_K} AND revisi = (SELECT revisi FROM rekap WHERE {_K}) AND status <> 'TIDAK_ADA_DATA'
) n GROUP BY revisi, kode_wilayah
""",
        _k(key),
    )
    rows = await cursor.fetchall()
    return Carried(rows[0][0], {kode: elemen for _, kode, elemen in rows}) if rows else None


@dataclass(frozen=True, slots=True)
class Return:
    """A return by the province: of which revision, with which notes (hub.rekap.notes.Note)."""

    revisi: int
    notes: Sequence[Mapping[str, Any]]


async def returns(conn: Conn, key: RekapKey) -> list[Return]:
    """All there were, the last first. A revision is returned once at most: what follows makes another."""
    cursor = conn.cursor(row_factory=class_row(Return))
    await cursor.execute(
        f"SELECT revisi, catatan AS notes FROM rekap_peristiwa WHERE {_K} AND aksi = 'KEMBALIKAN' ORDER BY urut DESC",
        _k(key),
    )
    return await cursor.fetchall()


async def letter(conn: Conn, key: RekapKey, revision: int) -> Surat | None:
    cursor = conn.cursor(row_factory=class_row(Surat))
    await cursor.execute(
        "SELECT surat_nomor AS nomor, surat_tanggal AS tanggal FROM rekap_revisi "
        f"WHERE {_K} AND revisi = %(revisi)s AND surat_nomor IS NOT NULL AND surat_tanggal IS NOT NULL",
        {**_k(key), "revisi": revision},
    )
    return await cursor.fetchone()


async def forget_submission(conn: Conn, key: RekapKey) -> None:
    """What was submitted and taken back was never submitted. Once the province has answered a submission (returned it, approved it),
    the first one stays."""
    await conn.execute(
        f"UPDATE rekap SET diajukan_pada = NULL, tepat_waktu = NULL WHERE {_K} AND revisi_disetujui IS NULL AND NOT EXISTS ("
        f"SELECT FROM rekap_peristiwa WHERE {_K} AND aksi IN ('KEMBALIKAN', 'SETUJUI'))",
        _k(key),
    )


async def exists(conn: Conn, key: RekapKey, revision: int) -> bool:
    """Whether there is that revision."""
    cursor = await conn.execute(
        f"SELECT FROM rekap_revisi WHERE {_K} AND revisi = %(revisi)s", {**_k(key), "revisi": revision}
    )
    return await cursor.fetchone() is not None


async def set_submission(conn: Conn, key: RekapKey, at: datetime | None, on_time: bool | None) -> None:
    """Since when the rekap counts as submitted, and whether that was in time, as its province knows it."""
    await conn.execute(
        f"UPDATE rekap SET diajukan_pada = %(pada)s, tepat_waktu = %(tepat)s WHERE {_K}",
        {**_k(key), "pada": at, "tepat": on_time},
    )
