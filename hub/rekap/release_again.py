"""Deciding again what everybody sees: of all that was ever approved (`hub rebuild rilis`, the layer of an older database), and of
revisions that wait, whenever something beside them has changed."""

from collections.abc import Callable

from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.db.database import Database
from hub.rekap import statements as store
from hub.rekap.approval import release_anew
from hub.rilis.service import leave_totals
from hub.rilis.totals import release_totals


async def behind(db: Database) -> bool:
    """Whether figures are seen of which nobody decided that: an older hub showed them."""
    async with db.as_owner() as conn:
        cursor = await conn.execute(
            "SELECT EXISTS (SELECT FROM rekap r JOIN elemen e ON e.formulir = r.formulir AND e.sensitif >= 1 JOIN angka_rilis a "
            "ON a.kode_kab = r.kode_kab AND a.periode = r.periode AND a.elemen = e.kode AND a.tingkat = 2 "
            "AND NOT a.turunan AND a.nilai IS NOT NULL "
            "WHERE r.revisi_disetujui IS NOT NULL AND NOT EXISTS (SELECT FROM rilis_kantor k WHERE k.kode_kab = r.kode_kab "
            "AND k.elemen = e.kode AND k.periode = r.periode))"
        )
        row = await cursor.fetchone()
    return row is not None and bool(row[0])


async def rebuild(db: Database, advance: Callable[[int, int], None] = lambda done, total: None) -> int:
    """How many rekap were gone through. One transaction each, finer periods first: longer ones are made of them. May be cut and begun
    again; offices go on working. `advance`: how many are done, of how many."""
    async with db.as_owner() as conn:
        cursor = await conn.execute(
            "SELECT r.kode_kab, r.formulir, r.periode, array(SELECT kode FROM elemen e WHERE e.formulir = r.formulir) FROM rekap r "
            "WHERE r.revisi_disetujui IS NOT NULL AND length(r.kode_kab) = 5 ORDER BY r.kode_kab, r.formulir, r.periode"
        )
        approved = [(RekapKey(*key), elemen) for *key, elemen in await cursor.fetchall()]
    approved.sort(key=lambda a: Periode.read(a[0].periode).kind)
    for done, (key, elemen) in enumerate(approved):
        advance(done, len(approved))
        async with db.as_owner() as conn:
            await store.hold(conn, key)
            await release_anew(conn, key, elemen)
            await leave_totals(conn, key)
    advance(len(approved), len(approved))
    return len(approved)


async def release_waiting(db: Database, provinsi: str, formulir: str, periode: str) -> None:
    """Revisions of that form and period that wait are decided again, then the province's totals. Safe to repeat; what an approval
    leaves to the hub's worker."""
    async with db.as_owner() as conn:
        cursor = await conn.execute(
            "SELECT w.kode_kab, array(SELECT kode FROM elemen WHERE formulir = %(formulir)s) FROM rilis_tunggu w "
            "JOIN elemen e ON e.kode = w.elemen AND e.formulir = %(formulir)s WHERE w.kode_kab >= %(prov)s || '.' "
            "AND w.kode_kab < %(prov)s || '/' AND w.periode = %(periode)s AND w.sebab = 'REVISI' GROUP BY w.kode_kab ORDER BY w.kode_kab",
            {"formulir": formulir, "prov": provinsi, "periode": periode},
        )
        waiting = await cursor.fetchall()
    for kode_kab, elemen in waiting:
        key = RekapKey(kode_kab, formulir, periode)
        async with db.as_owner() as conn:
            await store.hold(conn, key)
            await release_anew(conn, key, elemen)
    await release_totals(db, provinsi, formulir, periode)
