"""Statements over networks (WKSBM): profile, members, activities, phase. Every call runs under the caller's role; triggers
keep what was replaced, the phases and the nodes of the graph."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from psycopg import sql
from psycopg.rows import dict_row

from hub.base.id_publik import IdPublik
from hub.db.database import Conn

KOLOM = ("nama", "kode_desa", "balai", "dokumen", "keterangan", "sejak", "sampai", "contoh", "sumber")
_TAHAP = ("tahap", "tahap_sejak", "tahap_alasan")

Anggota = tuple[str, date, str, date | None]  # nama, sejak, jenis, sampai
Kegiatan = tuple[date, str, str]  # tanggal, kegiatan, uraian

_TITIK = sql.SQL("ST_SetSRID(ST_MakePoint(%s::float, %s::float), 4326)")  # null where one of them is
_ISI = sql.SQL(", ").join(map(sql.Identifier, KOLOM))


async def row(conn: Conn, kunci: IdPublik, *, lock: bool = False) -> dict[str, Any] | None:
    """The columns, the phase, `kegiatan_sejak`, `versi`, `lon` and `lat`. `lock` holds the row until the transaction ends,
    and finds it only where the caller may write it."""
    kursor = conn.cursor(row_factory=dict_row)
    perintah = sql.SQL(
        "SELECT {}, tahap, tahap_sejak, tahap_alasan, kegiatan_sejak, versi, ST_X(titik) AS lon, ST_Y(titik) AS lat "
        "FROM wksbm WHERE kode_kab = %s AND id = %s{}"
    ).format(_ISI, sql.SQL(" FOR UPDATE" if lock else ""))
    await kursor.execute(perintah, (kunci.kode_kab, kunci.id))
    return await kursor.fetchone()


async def in_desa(conn: Conn, kode_desa: str) -> list[tuple[str, str]]:
    """(id, name) of the networks that stand in a desa; without samples."""
    kursor = await conn.execute(
        "SELECT id::text, nama FROM wksbm "
        "WHERE kode_kab = left(%(desa)s, 5) AND kode_desa = %(desa)s AND sampai IS NULL AND NOT contoh ORDER BY id",
        {"desa": kode_desa},
    )
    return await kursor.fetchall()


async def insert(
    conn: Conn, kunci: IdPublik, isi: Mapping[str, Any], titik: tuple[float, float] | None, oleh: str
) -> bool:
    """A new row at version 1, with its first phase; False when there is one under that id already, here or elsewhere."""
    kolom = (*KOLOM, *_TAHAP)
    perintah = sql.SQL(
        "INSERT INTO wksbm (kode_kab, id, {}, titik, diubah_oleh) VALUES (%s, %s, {}, {}, %s) ON CONFLICT DO NOTHING"
    ).format(
        sql.SQL(", ").join(map(sql.Identifier, kolom)), sql.SQL(", ").join([sql.Placeholder()] * len(kolom)), _TITIK
    )
    nilai = [isi.get(k) for k in kolom]
    kursor = await conn.execute(perintah, (kunci.kode_kab, kunci.id, *nilai, *(titik or (None, None)), oleh))
    return kursor.rowcount == 1


async def update(
    conn: Conn, kunci: IdPublik, isi: Mapping[str, Any], titik: tuple[float, float] | None, oleh: str
) -> int:
    """Replace the contents; the new version."""
    kolom = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(k)) for k in KOLOM)
    perintah = sql.SQL(
        "UPDATE wksbm SET {}, titik = {}, diubah_oleh = %s WHERE kode_kab = %s AND id = %s RETURNING versi"
    ).format(kolom, _TITIK)
    nilai = [isi.get(k) for k in KOLOM]
    return await _versi(conn, perintah, (*nilai, *(titik or (None, None)), oleh, kunci.kode_kab, kunci.id))


async def move(
    conn: Conn, kunci: IdPublik, tahap: str, sejak: date, alasan: str | None, mundur: bool, oleh: str
) -> int:
    """Into another phase from that day; the new version. `mundur`: back, so activities count anew from then on."""
    perintah = sql.SQL(
        "UPDATE wksbm SET tahap = %s, tahap_sejak = %s, tahap_alasan = %s, diubah_oleh = %s, "
        "kegiatan_sejak = CASE WHEN %s THEN %s ELSE kegiatan_sejak END WHERE kode_kab = %s AND id = %s RETURNING versi"
    )
    return await _versi(conn, perintah, (tahap, sejak, alasan, oleh, mundur, sejak, kunci.kode_kab, kunci.id))


async def touch(conn: Conn, kunci: IdPublik, oleh: str) -> int:
    """A new version of a network whose members or activities changed."""
    perintah = sql.SQL("UPDATE wksbm SET diubah_oleh = %s WHERE kode_kab = %s AND id = %s RETURNING versi")
    return await _versi(conn, perintah, (oleh, kunci.kode_kab, kunci.id))


async def _versi(conn: Conn, perintah: sql.SQL | sql.Composed, nilai: Sequence[Any]) -> int:
    kursor = await conn.execute(perintah, nilai)
    baris = await kursor.fetchone()
    assert baris is not None, "the row is locked by this transaction"
    versi: int = baris[0]
    return versi


# ---------- members and activities ----------


async def members(conn: Conn, kunci: IdPublik) -> set[Anggota]:
    kursor = await conn.execute(
        "SELECT nama, sejak, jenis, sampai FROM anggota_wksbm WHERE kode_kab = %s AND wksbm = %s",
        (kunci.kode_kab, kunci.id),
    )
    return {(n, s, j, a) for n, s, j, a in await kursor.fetchall()}


async def replace_members(conn: Conn, kunci: IdPublik, anggota: Sequence[Anggota]) -> None:
    """Exactly these members; one that is the same stays untouched."""
    kolom = [list(k) for k in zip(*anggota, strict=True)] or [[]] * 4
    await conn.execute(
        "DELETE FROM anggota_wksbm a WHERE a.kode_kab = %s AND a.wksbm = %s AND NOT EXISTS ("
        "SELECT 1 FROM unnest(%s::text[], %s::date[]) AS t(nama, sejak) WHERE t.nama = a.nama AND t.sejak = a.sejak)",
        (kunci.kode_kab, kunci.id, kolom[0], kolom[1]),
    )
    await conn.execute(
        "INSERT INTO anggota_wksbm AS a (kode_kab, wksbm, nama, sejak, jenis, sampai) "
        "SELECT %s, %s::uuid, t.* FROM unnest(%s::text[], %s::date[], %s::text[], %s::date[]) AS t "
        "ON CONFLICT (kode_kab, wksbm, nama, sejak) DO UPDATE SET jenis = excluded.jenis, sampai = excluded.sampai "
        "WHERE (a.jenis, a.sampai) IS DISTINCT FROM (excluded.jenis, excluded.sampai)",
        (kunci.kode_kab, kunci.id, *kolom),
    )


async def activities(conn: Conn, kunci: IdPublik) -> set[Kegiatan]:
    kursor = await conn.execute(
        "SELECT tanggal, kegiatan, uraian FROM kegiatan_wksbm WHERE kode_kab = %s AND wksbm = %s",
        (kunci.kode_kab, kunci.id),
    )
    return {(t, k, u) for t, k, u in await kursor.fetchall()}


async def add_activities(conn: Conn, kunci: IdPublik, kegiatan: Sequence[Kegiatan]) -> int:
    """How many were new."""
    kolom = [list(k) for k in zip(*kegiatan, strict=True)] or [[]] * 3
    kursor = await conn.execute(
        "INSERT INTO kegiatan_wksbm (kode_kab, wksbm, tanggal, kegiatan, uraian) "
        "SELECT %s, %s::uuid, t.* FROM unnest(%s::date[], %s::text[], %s::text[]) AS t ON CONFLICT DO NOTHING",
        (kunci.kode_kab, kunci.id, *kolom),
    )
    return kursor.rowcount


async def replace_activities(conn: Conn, kunci: IdPublik, kegiatan: Sequence[Kegiatan]) -> None:
    """Exactly these activities; one that is the same stays untouched."""
    kolom = [list(k) for k in zip(*kegiatan, strict=True)] or [[]] * 3
    await conn.execute(
        "DELETE FROM kegiatan_wksbm g WHERE g.kode_kab = %s AND g.wksbm = %s AND NOT EXISTS ("
        "SELECT 1 FROM unnest(%s::date[], %s::text[], %s::text[]) AS t(tanggal, kegiatan, uraian) "
        "WHERE t.tanggal = g.tanggal AND t.kegiatan = g.kegiatan AND t.uraian = g.uraian)",
        (kunci.kode_kab, kunci.id, *kolom),
    )
    await add_activities(conn, kunci, kegiatan)


async def done(conn: Conn, kunci: IdPublik, sejak: date | None, sampai: date) -> set[str]:
    """Codes of the activities carried out between those days, both included; `sejak` None: whenever before."""
    kursor = await conn.execute(
        "SELECT DISTINCT kegiatan FROM kegiatan_wksbm WHERE kode_kab = %s AND wksbm = %s AND tanggal <= %s "
        "AND tanggal >= coalesce(%s, '-infinity'::date)",
        (kunci.kode_kab, kunci.id, sampai, sejak),
    )
    return {k for (k,) in await kursor.fetchall()}
