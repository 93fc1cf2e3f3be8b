"""What a province holds back, since when, and what would free it."""

from dataclasses import dataclass
from datetime import datetime

from hub.db.database import Database
from hub.katalog.formula import Rincian
from hub.rilis.primary import Thresholds
from hub.rilis.reasons import BY_CATALOGUE, PERIOD, REVISION_TOLD, SMALL, TOTAL_TOLD
from hub.rilis.statements import thresholds_of
from hub.rilis.stored import choices_of
from hub.rilis.waiting_statements import WaitingRow, waiting_rows


@dataclass(frozen=True, slots=True)
class Waiting:
    """`region`: the province whose total waits, or the kabupaten whose revision does. `why`: one of hub/rilis/reasons.py. `remedy`: what
    would free it, for people."""

    elemen: str
    periode: str
    choices: Rincian
    region: str
    why: str
    since: datetime
    remedy: str


async def waiting(db: Database, provinsi: str) -> list[Waiting]:
    """Everything of that province and its kabupaten that waits, what has waited longest first."""
    async with db.as_owner() as conn:
        thresholds = await thresholds_of(conn, provinsi)
        rows = await waiting_rows(conn, provinsi)
    return [
        Waiting(r.elemen, r.periode, choices_of(r.choices), r.kode, r.why, r.since, remedy_of(r, thresholds))
        for r in rows
    ]


def remedy_of(row: WaitingRow, thresholds: Thresholds) -> str:
    """What would free it."""
    if row.why == SMALL:
        k = thresholds.of(max(row.sensitivity, 1))
        return f"Kurang dari {k}, atau menjaga total lain yang kurang dari {k}; tampil bila jumlahnya bertambah."
    if row.why == BY_CATALOGUE:
        return "Katalog mengubah kepekaannya; hub yang menyala memutuskannya lagi sendiri, dan sampai itu ia tertutup."
    if row.why == PERIOD:
        return (
            "Kabupaten/kota ini sudah menampilkan periode yang memuatnya atau termuat di dalamnya, dan selisihnya akan membuka angka kecil; "
            "periode ini tetap dirahasiakan. Kirim satu macam periode saja, misalnya triwulan."
        )
    if row.why == REVISION_TOLD:
        return (
            "Perbaikan ini, di samping total provinsi yang pernah tampil, akan membuka angka kecil sebuah kabupaten/kota; yang lama tetap "
            "tampil sampai kabupaten/kota lain yang angkanya juga dirahasiakan masuk atau memperbaiki angkanya."
        )
    if row.why != TOTAL_TOLD:
        return (
            "Perbaikan ini, di samping angka yang pernah tampil, akan membuka angka kecil; yang lama tetap tampil sampai "
            "kantor ini memperbaiki angkanya lagi."
        )
    if row.threatened:
        return (
            f"Angka kecil di {', '.join(row.threatened)} tidak dapat dilindungi bersama total ini; tampil setelah angka di sana "
            "berubah."
        )
    return (
        f"Dari total ini angka kecil satu kabupaten/kota dapat dihitung; tampil setelah kabupaten/kota lain yang angkanya juga "
        f"dirahasiakan ikut terjumlah (kini {row.carried} yang masuk)."
    )
