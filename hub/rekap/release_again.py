"""Deciding again what everybody sees: of all that was ever approved (`hub rebuild rilis`, the layer of an older database), and of
revisions that wait, whenever something beside them has changed."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from hub.base.errors import ServiceNotReadyError
from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.db.database import Database
from hub.rekap import statements as store
from hub.rekap.approval import release_anew
from hub.rilis.reasons import PERIOD
from hub.rilis.service import leave_totals
from hub.rilis.totals import release_totals


async def behind(db: Database) -> bool:
    """Whether there are figures of which nobody has decided what everybody sees, and for which no job is left either: an older hub
    showed them, or closed them when its catalogue changed."""
    async with db.as_owner() as conn:
        cursor = await conn.execute(
            "SELECT EXISTS (SELECT FROM rekap r JOIN elemen e ON e.formulir = r.formulir AND e.sensitif >= 1 JOIN angka a "
            "ON a.kode_kab = r.kode_kab AND a.periode = r.periode AND a.elemen = e.kode AND a.tingkat = 2 "
            "AND NOT a.turunan AND a.nilai IS NOT NULL "
            "WHERE r.revisi_disetujui IS NOT NULL AND NOT EXISTS (SELECT FROM rilis_kantor k WHERE k.kode_kab = r.kode_kab "
            "AND k.elemen = e.kode AND k.periode = r.periode) AND NOT EXISTS (SELECT FROM rilis_tunggu t "
            "WHERE t.kode_kab = r.kode_kab AND t.elemen = e.kode AND t.periode = r.periode) AND NOT EXISTS (SELECT FROM angka b "
            # of what counts no people there is no version: it is hidden as a whole
            "WHERE b.kode_kab = r.kode_kab AND b.elemen = e.kode AND b.periode = r.periode AND (b.nilai < 0 OR b.nilai <> trunc(b.nilai))))"
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
    """Revisions of that form and period that wait are decided again, then the province's totals. One that is shown may let another
    be shown: so as long as it does. Safe to repeat; what an approval leaves to the hub's worker."""
    before = -1
    while (waiting := await _waiting_revisions(db, provinsi, formulir, periode)) and sum(
        w[2] for w in waiting
    ) != before:
        before = sum(w[2] for w in waiting)
        for kode_kab, elemen, _ in waiting:
            key = RekapKey(kode_kab, formulir, periode)
            async with db.as_owner() as conn:
                await store.hold(conn, key)
                await release_anew(conn, key, elemen)
    await release_totals(db, provinsi, formulir, periode)


async def _waiting_revisions(
    db: Database, provinsi: str, formulir: str, periode: str
) -> list[tuple[str, list[str], int]]:
    """Kabupaten of which one waits, each with all elements of the form and of how many of them it does."""
    async with db.as_owner() as conn:
        cursor = await conn.execute(
            "SELECT w.kode_kab, array(SELECT kode FROM elemen WHERE formulir = %(formulir)s), count(*)::int FROM rilis_tunggu w "
            "JOIN elemen e ON e.kode = w.elemen AND e.formulir = %(formulir)s WHERE w.kode_kab >= %(prov)s || '.' "
            # what is hidden beside a period that was shown stays so
            "AND w.kode_kab < %(prov)s || '/' AND w.periode = %(periode)s AND w.sebab <> %(beside)s GROUP BY w.kode_kab ORDER BY w.kode_kab",
            {"formulir": formulir, "prov": provinsi, "periode": periode, "beside": PERIOD},
        )
        return await cursor.fetchall()


Place = tuple[str, str]
"""Form, period."""


@dataclass(frozen=True, slots=True)
class Jointly:
    """What a joint release did: how many totals, and how many revisions of kabupaten, waited before and still do. `failed`: where
    nothing could be decided → why. `places`: where it was."""

    totals: tuple[int, int]
    revisions: tuple[int, int]
    places: frozenset[Place] = frozenset()
    failed: Mapping[Place, Exception] = field(default_factory=dict)


async def release_jointly(db: Database, provinsi: str, also: Collection[Place] = ()) -> Jointly:
    """Decide again over every total and every revision of the province that waits, and over `also`: by what is known now, and by the
    thresholds that hold now. Finer periods first. Raises ServiceNotReadyError when the database does not answer; what goes wrong in
    one place stops no other."""
    before = await _waiting_at(db, provinsi)
    places = {*before, *also}
    failed: dict[Place, Exception] = {}
    for formulir, periode in sorted(places, key=lambda w: (Periode.read(w[1]).kind, w)):
        try:
            await release_waiting(db, provinsi, formulir, periode)
        except ServiceNotReadyError:
            raise
        except Exception as error:
            failed[formulir, periode] = error
    left = await _waiting_at(db, provinsi)
    totals, revisions = ((sum(n[i] for n in before.values()), sum(n[i] for n in left.values())) for i in (0, 1))
    return Jointly(totals, revisions, frozenset(places), failed)


async def _waiting_at(db: Database, provinsi: str) -> dict[Place, tuple[int, int]]:
    """How many totals of the province and revisions of its kabupaten wait, where any does."""
    async with db.as_owner() as conn:
        cursor = await conn.execute(
            "SELECT e.formulir, w.periode, count(*) FILTER (WHERE w.kode_kab = %(prov)s), count(*) FILTER (WHERE w.kode_kab <> %(prov)s) "
            "FROM rilis_tunggu w JOIN elemen e ON e.kode = w.elemen WHERE w.kode_kab = %(prov)s "
            "OR w.kode_kab >= %(prov)s || '.' AND w.kode_kab < %(prov)s || '/' GROUP BY e.formulir, w.periode",
            {"prov": provinsi},
        )
        return {(f, p): (totals, revisions) for f, p, totals, revisions in await cursor.fetchall()}
