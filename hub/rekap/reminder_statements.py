"""Statements of reminders: how things stand with rekap that are asked about or are due, and that their offices were reminded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg.rows import class_row

from hub.base.public_id import RekapKey
from hub.db.database import Conn
from hub.wilayah.first_list import region_day


@dataclass(frozen=True, slots=True)
class RekapState:
    """How things stand with a rekap, whether or not there is one. `form`, `due`: None where there is no such form; `name`, `kind`: of the
    region in force at the period's end, None where there is none; `known`: whether a kabupaten/kota ever had that code; `day`: as of which
    it is looked at. `is_open`: it is still to be sent; `action`, `notes`: of a returned one, what made it so, and how many cells were
    marked."""

    kode_kab: str
    formulir: str
    periode: str
    form: str | None
    name: str | None
    kind: str | None
    known: bool
    day: date
    due: date | None
    status: str | None
    action: str | None
    notes: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class NewReminder:
    """`days`: which of the hub's own days; None: by an office."""

    id: UUID
    key: RekapKey
    due: date
    days: int | None
    status: str | None


@dataclass(frozen=True, slots=True)
class KeptReminder:
    """`status` None: nothing had come; `by` empty: the hub itself."""

    at: datetime
    kode_kab: str
    formulir: str
    periode: str
    due: date
    status: str | None
    channel: str
    by: str


def _states(asked: str) -> str:
    """SQL: the states of rekap (`asked`: kode_kab, formulir, periode, urut). Sent is what was submitted, or all of whose parts were; what was
    taken back or returned is to be sent again."""
    day = region_day("d.kode_kab", "hub_akhir(d.periode)")
    return f"""
SELECT d.kode_kab, d.formulir, d.periode, f.nama AS form, w.nama AS name, w.jenis AS kind,
  EXISTS (SELECT FROM wilayah x WHERE x.kode_kab = d.kode_kab AND x.kode = d.kode_kab AND x.tingkat = 2) AS known, h.hari AS day,
  coalesce(r.tenggat, t.tanggal, hub_akhir(d.periode) + f.tenggat_hari) AS due, r.status, p.aksi AS action,
  coalesce(jsonb_array_length(p.catatan), 0) AS notes,
  CASE WHEN r.status IS NULL OR r.status = 'DRAF' AND r.diajukan_pada IS NULL THEN coalesce(k.diterima, 0) = 0
    ELSE r.status IN ('DRAF', 'DIKEMBALIKAN') END AS is_open, d.urut
FROM ({asked}) d
CROSS JOIN LATERAL (SELECT {day} AS hari) h
LEFT JOIN formulir f ON f.kode = d.formulir
LEFT JOIN rekap r ON r.kode_kab = d.kode_kab AND r.formulir = d.formulir AND r.periode = d.periode
LEFT JOIN kelengkapan k ON k.kode_kab = d.kode_kab AND k.formulir = d.formulir AND k.periode = d.periode
LEFT JOIN LATERAL (
  SELECT s.tanggal FROM tenggat s
  WHERE s.formulir = d.formulir AND s.periode = d.periode AND s.kode_wilayah IN (d.kode_kab, left(d.kode_kab, 2))
  ORDER BY s.kode_wilayah DESC, s.urut DESC LIMIT 1
) t ON true
LEFT JOIN LATERAL (
  SELECT e.aksi, e.catatan FROM rekap_peristiwa e
  WHERE e.kode_kab = d.kode_kab AND e.formulir = d.formulir AND e.periode = d.periode ORDER BY e.urut DESC LIMIT 1
) p ON r.status = 'DIKEMBALIKAN'
LEFT JOIN wilayah w ON w.kode_kab = d.kode_kab AND w.kode = d.kode_kab AND w.tingkat = 2
  AND w.berlaku_sejak <= h.hari AND w.hari_terakhir >= h.hari
"""


_COLUMNS = "kode_kab, formulir, periode, form, name, kind, known, day, due, status, action, notes, is_open"
_ASKED = """SELECT kode_kab, formulir, periode, urut FROM unnest(%(kab)s::text[], %(formulir)s::text[], %(periode)s::text[])
  WITH ORDINALITY AS x(kode_kab, formulir, periode, urut)"""
# offices of provinces that work with this hub; others that its list of regions names are not its business
_OFFICES = """SELECT w.kode FROM wilayah w WHERE w.tingkat = 2 AND w.hari_terakhir >= current_date AND EXISTS (
    SELECT FROM token k WHERE k.peran = 'PROVINSI' AND k.wilayah = left(w.kode, 2) AND k.dicabut_pada IS NULL
      AND (k.kedaluwarsa_pada IS NULL OR k.kedaluwarsa_pada > now()))"""
_EXPECTED = f"""SELECT o.kode AS kode_kab, x.formulir, x.periode, x.urut FROM ({_OFFICES}) o
  CROSS JOIN unnest(%(formulir)s::text[], %(periode)s::text[]) WITH ORDINALITY AS x(formulir, periode, urut)"""


async def states(conn: Conn, keys: Sequence[RekapKey]) -> list[RekapState]:
    """Of each key in its order."""
    cursor = conn.cursor(row_factory=class_row(RekapState))
    await cursor.execute(
        f"SELECT {_COLUMNS} FROM ({_states(_ASKED)}) s ORDER BY urut",
        {
            "kab": [k.kode_kab for k in keys], "formulir": [k.formulir for k in keys], "periode": [k.periode for k in keys],
        },
    )  # fmt: skip
    return await cursor.fetchall()


async def forms(conn: Conn) -> list[tuple[str, str, int]]:
    """Each form: its code, how often it is expected (BULAN …), days from the period's end to its deadline."""
    return await (await conn.execute("SELECT kode, periode_jenis, tenggat_hari FROM formulir ORDER BY kode")).fetchall()


async def set_deadlines(conn: Conn, first: date, last: date) -> list[tuple[str, str]]:
    """(form, period) for which somebody set a deadline between those days."""
    cursor = await conn.execute(
        "SELECT DISTINCT formulir, periode FROM tenggat WHERE tanggal BETWEEN %s AND %s ORDER BY 1, 2", (first, last)
    )
    return await cursor.fetchall()


async def due_between(conn: Conn, pairs: Sequence[tuple[str, str]], first: date, last: date) -> list[RekapState]:
    """What is open of these (form, period) with all offices of this hub, and is due between those days; always in the same order."""
    cursor = conn.cursor(row_factory=class_row(RekapState))
    await cursor.execute(
        f"SELECT {_COLUMNS} FROM ({_states(_EXPECTED)}) s WHERE is_open AND name IS NOT NULL "
        "AND due BETWEEN %(first)s AND %(last)s ORDER BY kode_kab, formulir, periode",
        {"formulir": [f for f, _ in pairs], "periode": [p for _, p in pairs], "first": first, "last": last},
    )
    return await cursor.fetchall()


async def hold(conn: Conn, office: str) -> None:
    """One who reminds for that office at a time; "" is whoever runs the hub, and the hub itself."""
    await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('pengingat ' || %s, 0))", (office,))


async def insert(conn: Conn, reminders: Iterable[NewReminder], channel: str, by: str, office: str) -> int:
    """Note them; how many were noted. The hub's own once for each deadline and day; an office's not again within a minute, which is a
    second tap and no second reminder."""
    rows = list(reminders)
    cursor = await conn.execute(
        """
INSERT INTO pengingat (kode_kab, formulir, periode, id, tenggat, hari, status, saluran, oleh, kantor)
SELECT x.kode_kab, x.formulir, x.periode, x.id, x.tenggat, x.hari, x.status, %(saluran)s, %(oleh)s, %(kantor)s
FROM unnest(%(kab)s::text[], %(formulir)s::text[], %(periode)s::text[], %(id)s::uuid[], %(tenggat)s::date[], %(hari)s::int[],
  %(status)s::text[]) WITH ORDINALITY AS x(kode_kab, formulir, periode, id, tenggat, hari, status, urut)
WHERE x.hari IS NOT NULL OR NOT EXISTS (
  SELECT FROM pengingat p WHERE p.kode_kab = x.kode_kab AND p.formulir = x.formulir AND p.periode = x.periode AND p.hari IS NULL
    AND p.saluran = %(saluran)s AND p.kantor = %(kantor)s AND p.pada > hub_saat() - interval '1 minute')
ORDER BY x.urut
ON CONFLICT (kode_kab, formulir, periode, tenggat, hari) WHERE hari IS NOT NULL DO NOTHING
""",
        {
            "kab": [r.key.kode_kab for r in rows], "formulir": [r.key.formulir for r in rows],
            "periode": [r.key.periode for r in rows], "id": [r.id for r in rows], "tenggat": [r.due for r in rows],
            "hari": [r.days for r in rows], "status": [r.status for r in rows], "saluran": channel, "oleh": by, "kantor": office,
        },
    )  # fmt: skip
    return cursor.rowcount


async def sender_name(conn: Conn, office: str) -> str | None:
    """What the province of that code is called now."""
    cursor = await conn.execute(
        "SELECT nama FROM wilayah WHERE kode_kab = %(kode)s AND kode = %(kode)s AND tingkat = 1 ORDER BY hari_terakhir DESC LIMIT 1",
        {"kode": office},
    )
    row = await cursor.fetchone()
    return row[0] if row else None


async def newest(conn: Conn, provinsi: str, most: int) -> list[KeptReminder]:
    """Reminders of that province's offices, newest first."""
    cursor = conn.cursor(row_factory=class_row(KeptReminder))
    await cursor.execute(
        "SELECT pada AS at, kode_kab, formulir, periode, tenggat AS due, status, saluran AS channel, oleh AS by FROM pengingat "
        "WHERE left(kode_kab, 2) = %s ORDER BY pada DESC, kode_kab, formulir, periode LIMIT %s",
        (provinsi, most),
    )
    return await cursor.fetchall()
