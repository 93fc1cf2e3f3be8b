"""Statements that set a deadline, and carry it to the rekap that it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hub.db.database import Conn
from hub.rekap.draft import DeadlineDraft
from hub.rekap.statements import lock_of


@dataclass(frozen=True, slots=True)
class DeadlineKey:
    """One setting: of a form, period and region (kabupaten/kota, or province), which one in order."""

    formulir: str
    periode: str
    kode_wilayah: str
    urut: int


async def in_force(conn: Conn, kode: str, as_of: date) -> bool | None:
    """Whether the region of that code is in force on that day; None where there never was one."""
    cursor = await conn.execute(
        "SELECT bool_or(berlaku_sejak <= %(hari)s AND hari_terakhir >= %(hari)s) FROM wilayah "
        "WHERE kode_kab = left(%(kode)s, 5) AND kode = %(kode)s",
        {"kode": kode, "hari": as_of},
    )
    row = await cursor.fetchone()
    return row[0] if row else None


async def hold_offices(conn: Conn, kode: str, formulir: str) -> list[str]:
    """Hold all that the region says by that form, and all its kabupaten/kota, as `statements.hold` does for one; answers with
    their codes. One sets after the other, and nobody sends meanwhile what would be measured by the old deadline.

    In the order of the locks, whoever asks: two of these never wait for each other crosswise, and those who hold a single
    one wait for nothing.
    """
    cursor = await conn.execute(
        f"""
SELECT kode, pg_advisory_xact_lock(kunci) FROM (
  SELECT k.kode, {lock_of("k.kode", "%(formulir)s")} AS kunci
  FROM (
    SELECT kode FROM wilayah WHERE kode_kab = %(kode)s AND kode = %(kode)s
    UNION SELECT kode FROM wilayah WHERE tingkat = 2 AND kode_induk = %(kode)s
  ) k
  ORDER BY kunci OFFSET 0
) urut
""",
        {"kode": kode, "formulir": formulir},
    )
    return [k for k, _ in await cursor.fetchall()]


async def newest(conn: Conn, d: DeadlineDraft) -> tuple[int, date, str, str] | None:
    """The last setting of that very region: which one, its day, reason and office."""
    cursor = await conn.execute(
        "SELECT urut, tanggal, alasan, kantor FROM tenggat WHERE formulir = %s AND periode = %s AND kode_wilayah = %s "
        "ORDER BY urut DESC LIMIT 1",
        (d.formulir, str(d.periode), d.wilayah),
    )
    return await cursor.fetchone()


async def insert(conn: Conn, key: DeadlineKey, day: date, reason: str, office: str) -> None:
    """`office`: the code of a province; empty: who runs the hub."""
    await conn.execute(
        "INSERT INTO tenggat (formulir, periode, kode_wilayah, urut, tanggal, alasan, kantor) VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (key.formulir, key.periode, key.kode_wilayah, key.urut, day, reason, office),
    )


async def carry_over(conn: Conn, key: DeadlineKey, day: date, offices: Sequence[str]) -> list[str]:
    """Give it to the rekap of those offices, but where a kabupaten/kota has one of its own and this is its province's. Answers
    with the offices that are in time now and were not, or the other way about."""
    cursor = await conn.execute(
        """
WITH dahulu AS (
  SELECT r.kode_kab, r.tepat_waktu, CASE WHEN r.diajukan_pada IS NOT NULL THEN hub_hari(r.diajukan_pada) <= %(hari)s END AS menjadi
  FROM rekap r
  WHERE r.kode_kab = ANY(%(kantor)s) AND r.formulir = %(formulir)s AND r.periode = %(periode)s
    AND (r.kode_kab = %(wilayah)s OR NOT EXISTS (
      SELECT FROM tenggat t WHERE t.formulir = %(formulir)s AND t.periode = %(periode)s AND t.kode_wilayah = r.kode_kab))
), sekarang AS (
  UPDATE rekap r SET tenggat = %(hari)s, tepat_waktu = d.menjadi FROM dahulu d
  WHERE r.kode_kab = d.kode_kab AND r.formulir = %(formulir)s AND r.periode = %(periode)s
    AND (r.tenggat IS DISTINCT FROM %(hari)s OR d.tepat_waktu IS DISTINCT FROM d.menjadi)
  RETURNING r.kode_kab, d.tepat_waktu IS DISTINCT FROM d.menjadi AS lain
)
SELECT kode_kab FROM sekarang WHERE lain
""",
        {
            "kantor": list(offices), "formulir": key.formulir, "periode": key.periode, "wilayah": key.kode_wilayah, "hari": day,
        },
    )  # fmt: skip
    return [k for (k,) in await cursor.fetchall()]
