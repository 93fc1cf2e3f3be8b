"""Figures to compare with, as the caller may see them: row security and the released layer are those of every read of cells."""

from decimal import Decimal

import orjson

from hub.akses.closed_figures import reached
from hub.base.actor import Actor
from hub.base.public_id import RekapKey
from hub.db.database import Database, Statement
from hub.katalog.formula import Rincian

# `rekap_nilai_terbaca`: all of it for whoever reaches the reporter, what was released for others. The approved revision is everybody's;
# one that is not approved yet its office's
_FIGURES = f"""SELECT v.elemen, v.kode_wilayah, v.rincian::text, v.nilai::text, v.status FROM rekap r
JOIN rekap_nilai_terbaca v ON v.kode_kab = r.kode_kab AND v.formulir = r.formulir AND v.periode = r.periode
  AND v.revisi = coalesce(r.revisi_disetujui, CASE WHEN {reached("r.kode_kab")} THEN r.revisi END)
WHERE r.kode_kab = %(kode_kab)s AND r.formulir = %(formulir)s AND r.periode = %(periode)s"""


async def figures(db: Database, actor: Actor, key: RekapKey) -> dict[tuple[str, str, Rincian], Decimal | str]:
    """(region, element, breakdown) → the figure, or the status of one that is none, in words. Raises what `Database.read_rows` does."""
    values = {"kode_kab": key.kode_kab, "formulir": key.formulir, "periode": key.periode}
    found: dict[tuple[str, str, Rincian], Decimal | str] = {}
    for elemen, wilayah, rincian, nilai, status in await db.read_rows(actor, Statement(_FIGURES, values)):
        place = (wilayah, elemen, _pairs(rincian))
        found[place] = Decimal(nilai) if nilai is not None else status.lower().replace("_", " ")
    return found


def _pairs(text: str) -> Rincian:
    return tuple(sorted(orjson.loads(text).items()))
