"""What is wrong between a node and its province: events that were refused, and alarms. As numbers on the node, and one by one for who runs
the hub."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from hub.db.database import Conn

_BOTH = ("rantai_peristiwa_masuk", "rantai_peristiwa")


def _refused(table: str) -> str:
    """Condition on its row `p`: nothing that came after it of the same thing was taken."""
    return f"""p.putusan = 'DITOLAK' AND NOT EXISTS (
  SELECT FROM {table} q WHERE q.kode_kab = p.kode_kab AND q.subjek = p.subjek AND q.nomor > p.nomor AND q.putusan = 'DITERIMA')"""


# condition on a receipt `t`: it came after the last one that tells of nothing. The same alarm comes again as often as it is tried
_ALARMING = """t.peringatan AND t.id > coalesce((
  SELECT s.id FROM tanda_terima s WHERE s.kode_kab = t.kode_kab AND s.diberi = t.diberi AND NOT s.peringatan
  ORDER BY s.id DESC LIMIT 1), '00000000-0000-0000-0000-000000000000')"""

REMEDIES = {
    "RANTAI_BERCABANG": "salah satu hub dipulihkan dari cadangan lama atau diubah; bandingkan keduanya sebelum apa pun ditulis lagi",
    "RANTAI_PUTUS": "kiriman berubah di jalan; periksa proksi di antaranya, lalu kirim lagi",
    "MASA_LAMA": "yang mengirim mesin yang sudah diganti; matikan mesin itu, atau cabut lalu undang lagi",
    "PERISTIWA_ASING": "simpul mengirim catatan kabupaten/kota lain; periksa HUB_WILAYAH di sana",
}
_OF_CONTENT = "perbaiki di hub asalnya dan simpan atau ajukan lagi; yang baru menggantikannya"
_OF_REKAP = "perbaiki menurut temuannya di simpul, lalu ajukan lagi"


async def count_troubles(conn: Conn, kode_kab: str) -> None:
    """Write the numbers of a node anew, in a transaction of the hub itself; nothing where it is none."""
    refused = " + ".join(f"(SELECT count(*) FROM {t} p WHERE p.kode_kab = %(kab)s AND {_refused(t)})" for t in _BOTH)
    await conn.execute(
        f"""
UPDATE simpul n SET ditolak = b.ditolak, peringatan = b.peringatan FROM (
  SELECT {refused} AS ditolak, (SELECT count(DISTINCT (t.nomor, t.isi::jsonb->'masalah')) FROM tanda_terima t
    WHERE t.kode_kab = %(kab)s AND {_ALARMING}) AS peringatan
) b WHERE n.kode_kab = %(kab)s AND (n.ditolak, n.peringatan) IS DISTINCT FROM (b.ditolak, b.peringatan)
""",
        {"kab": kode_kab},
    )


@dataclass(frozen=True, slots=True)
class Trouble:
    """`number`: of the event; None: it has none; `what`: its kind and subject, or the code of the alarm; `why`: for people."""

    kode_kab: str
    at: datetime
    alarming: bool
    number: int | None
    what: str
    why: str

    @property
    def remedy(self) -> str:
        if self.alarming:
            return REMEDIES.get(self.what, "periksa kedua hub")
        return _OF_REKAP if self.what.startswith("rekap.ajukan") else _OF_CONTENT


async def newest_troubles(conn: Conn, most: int) -> Sequence[Trouble]:
    """Those that are open, the newest first."""
    alarms = f"""
SELECT t.kode_kab, max(t.pada) AS at, true AS alarming, (m->>'nomor')::bigint AS number, m->>'kode' AS what, m->>'pesan' AS why
FROM simpul n JOIN tanda_terima t ON t.kode_kab = n.kode_kab, jsonb_array_elements(t.isi::jsonb->'masalah') m
WHERE {_ALARMING} GROUP BY 1, 4, 5, 6
"""
    refused = [
        f"""
SELECT p.kode_kab, {moment}, false, p.nomor, concat_ws(' ', p.jenis, p.subjek), coalesce(p.temuan->0->>'pesan', '')
FROM simpul n JOIN {table} p ON p.kode_kab = n.kode_kab WHERE {_refused(table)}
"""
        for table, moment in zip(_BOTH, ("p.diterima_pada", "p.asal_pada"), strict=True)
    ]
    cursor = conn.cursor(row_factory=class_row(Trouble))
    await cursor.execute(f"{' UNION ALL '.join([alarms, *refused])} ORDER BY at DESC LIMIT %s", (most,))
    return await cursor.fetchall()
