"""The SQL of taking a node's own events back: what a restored copy holds that its province does not, and the chains as they truly are.
At the node, as the owner of its database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row, dict_row

from hub.berita.chain_event import ChainEvent
from hub.db.connections import Conn
from hub.simpul import joining_copy_statements as copy
from hub.simpul.joining_copy_statements import NAMES, TABLES

KEPT = NAMES | {"pemetaan_berkas", "pengingat", "program", "program_riwayat"}
"""Tables of which a province has no newer rows: people, and what an office keeps for itself. They stay as the backup has them."""
FETCHED = tuple(t for t in TABLES if t not in KEPT)
HIDDEN = ("alamat", "sekretariat", "titik", "ketua")
"""Columns of `sumber_daya` that may stay at the node."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision of a rekap. `newest`: the newest one of it; `content`: as an event `rekap.ajukan` has it, JSON; `figures`: of that what is compared."""

    formulir: str
    periode: str
    revisi: int
    kind: str
    key: str
    at: datetime
    by: str
    content: str
    figures: str
    newest: bool


async def hold(conn: Conn) -> None:
    """Nobody writes what is going to be fetched, until the transaction ends: who writes just now has ended before."""
    await copy.hold(conn, FETCHED)
    await conn.execute("LOCK TABLE rantai, rantai_masuk IN EXCLUSIVE MODE")
    for table in ("rantai_peristiwa", "rantai_peristiwa_masuk"):
        await conn.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


async def let_go(conn: Conn) -> None:
    await copy.close(conn, FETCHED)
    for table in ("rantai_peristiwa", "rantai_peristiwa_masuk"):
        await conn.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


_REVISIONS = """
SELECT r.formulir, r.periode, v.revisi, v.jenis AS kind, v.kunci_idempoten AS key, coalesce(v.asal_pada, v.dibuat_pada) AS at, v.oleh AS by,
  jsonb_build_object('formulir', r.formulir, 'kunci', v.kunci_idempoten, 'periode', r.periode, 'revisi', v.revisi)::text AS content,
  jsonb_build_object('nilai', coalesce((
      SELECT jsonb_agg(jsonb_build_array(n.elemen, n.kode_wilayah, n.rincian, n.nilai::text, n.status)
        ORDER BY n.elemen, n.kode_wilayah, n.rincian)
      FROM rekap_nilai n WHERE (n.kode_kab, n.formulir, n.periode, n.revisi) = (v.kode_kab, v.formulir, v.periode, v.revisi)), '[]'),
    'total', coalesce((
      SELECT jsonb_agg(jsonb_build_array(t.elemen, t.kode_wilayah, t.tertulis::text) ORDER BY t.urut)
      FROM rekap_total t WHERE (t.kode_kab, t.formulir, t.periode, t.revisi) = (v.kode_kab, v.formulir, v.periode, v.revisi)), '[]'),
    'surat', CASE WHEN v.surat_nomor IS NOT NULL THEN jsonb_build_object('nomor', v.surat_nomor, 'tanggal', v.surat_tanggal::text) END
  )::text AS figures, v.revisi = r.revisi AS newest
FROM rekap r JOIN rekap_revisi v USING (kode_kab, formulir, periode) WHERE r.kode_kab = %s AND (%s OR v.revisi = r.revisi)
ORDER BY r.formulir, r.periode, v.revisi DESC
"""


async def stored_revisions(conn: Conn, kode_kab: str, *, every: bool) -> list[Revision]:
    """Of every rekap of it the newest one, or all of them; the newest of a rekap first."""
    cursor = conn.cursor(row_factory=class_row(Revision))
    return await (await cursor.execute(_REVISIONS, (kode_kab, every))).fetchall()


async def revision_keys(conn: Conn, kode_kab: str) -> set[str]:
    """The idempotency keys of all revisions there are."""
    cursor = await conn.execute("SELECT kunci_idempoten FROM rekap_revisi WHERE kode_kab = %s", (kode_kab,))
    return {str(key) for (key,) in await cursor.fetchall()}


async def hidden_values(conn: Conn, kode_kab: str) -> list[dict[str, Any]]:
    """What of social resources stays at the node."""
    cursor = conn.cursor(row_factory=dict_row)
    await cursor.execute(
        "SELECT id::text, nama, alamat, sekretariat, titik::text, ketua FROM sumber_daya WHERE kode_kab = %s "
        "AND (rahasia OR ketua_setuju IS NOT TRUE)",
        (kode_kab,),
    )
    return await cursor.fetchall()


async def put_hidden(conn: Conn, kode_kab: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Give them back, where the thing is still one of which they stay here."""
    for row in rows:
        await conn.execute(
            "UPDATE sumber_daya SET alamat = CASE WHEN rahasia THEN %(alamat)s ELSE alamat END, "
            "sekretariat = CASE WHEN rahasia THEN %(sekretariat)s ELSE sekretariat END, "
            "ketua = CASE WHEN ketua_setuju IS NOT TRUE THEN %(ketua)s ELSE ketua END WHERE kode_kab = %(kab)s AND id = %(id)s::uuid",
            {**row, "kab": kode_kab},
        )


_LACKING = """
WITH terakhir AS (
  SELECT DISTINCT ON (subjek) subjek, (isi::jsonb->'sumber_daya'->0) AS baris FROM rantai_peristiwa
  WHERE kode_kab = %s AND jenis = 'sumber_daya.simpan' ORDER BY subjek, nomor DESC
)
SELECT s.nama, string_agg(k.kolom, ', ' ORDER BY k.kolom) FROM terakhir t
JOIN sumber_daya s ON s.kode_kab = t.baris->>'kode_kab' AND s.id = (t.baris->>'id')::uuid
LEFT JOIN rantai_garam g ON g.kode_kab = s.kode_kab AND g.subjek = t.subjek
CROSS JOIN LATERAL (VALUES ('alamat', s.alamat), ('sekretariat', s.sekretariat), ('ketua', s.ketua)) AS k (kolom, ada)
WHERE t.baris ? (k.kolom || '_sidik') AND (k.ada IS NULL OR g.garam IS NULL
  OR encode(sha256(g.garam || convert_to(k.kolom || ':' || k.ada, 'UTF8')), 'hex') <> t.baris->>(k.kolom || '_sidik'))
GROUP BY s.nama, s.id ORDER BY s.nama, s.id
"""


async def lacking(conn: Conn, kode_kab: str) -> list[tuple[str, str]]:
    """Social resources, by name, with those columns that no backup has as they were told last."""
    return [(str(name), str(columns)) for name, columns in await (await conn.execute(_LACKING, (kode_kab,))).fetchall()]


async def own_after(conn: Conn, kode_kab: str, direction: str, after: int) -> list[ChainEvent]:
    """This hub's own events with higher numbers."""
    cursor = await conn.execute(
        "SELECT kode_kab, %s, masa, nomor, jenis, subjek, isi, asal_pada, asal_oleh, sidik_sebelum FROM rantai_peristiwa "
        "WHERE kode_kab = %s AND nomor > %s ORDER BY nomor",
        (direction, kode_kab, after),
    )
    return [ChainEvent(*row) for row in await cursor.fetchall()]


async def drop_own_after(conn: Conn, kode_kab: str, after: int) -> None:
    await conn.execute("DELETE FROM rantai_peristiwa WHERE kode_kab = %s AND nomor > %s", (kode_kab, after))


async def put_events(conn: Conn, events: Sequence[ChainEvent], refused: frozenset[int], *, received: bool) -> None:
    """Events that were verified, as they are. `refused`: numbers of those that the province did not take."""
    more = ", diterima_pada, putusan, temuan" if received else ", putusan"
    values = "%s" + ", %s" * 10 + (", hub_saat(), 'DITERIMA', '[]'" if received else ", %s")
    table = "rantai_peristiwa_masuk" if received else "rantai_peristiwa"
    async with conn.cursor() as cursor:
        await cursor.executemany(
            f"INSERT INTO {table} (kode_kab, nomor, masa, jenis, subjek, isi, sidik_isi, sidik_sebelum, sidik, asal_pada, asal_oleh{more}) "
            f"VALUES ({values})",
            [
                (
                    e.kode_kab, e.number, e.epoch, e.kind, e.subject, e.content, e.content_hash(), e.before, e.hash(), e.at, e.by,
                    *(() if received else ("DITOLAK" if e.number in refused else "DITERIMA",)),
                )
                for e in events
            ],
        )  # fmt: skip


async def set_ends(conn: Conn, kode_kab: str, epoch: int, up: tuple[int, bytes], down: tuple[int, bytes]) -> None:
    """Where both chains stand now, in that epoch; the province has all of it."""
    await conn.execute(
        "UPDATE rantai SET masa = %s, nomor = %s, sidik = %s, diterima = %s WHERE kode_kab = %s",
        (epoch, *up, up[0], kode_kab),
    )
    await conn.execute(
        "UPDATE rantai_masuk SET masa = %s, nomor = %s, sidik = %s WHERE kode_kab = %s", (epoch, *down, kode_kab)
    )
    await conn.execute("UPDATE simpul SET zaman = %s, alasan = NULL WHERE kode_kab = %s", (epoch, kode_kab))
