"""Statements over an office's lists: each list of a year is replaced whole; what it replaced goes into the history by itself."""

from collections.abc import Sequence

from hub.db.database import Conn
from hub.kinerja.draft import Objective, OfficeYear, Step


async def objectives_of(conn: Conn, office: OfficeYear) -> list[Objective]:
    """The list of that very year, in order."""
    cursor = await conn.execute(
        "SELECT nomor, nama, indikator FROM sasaran_kinerja WHERE kode_kab = %s AND tahun = %s ORDER BY urut",
        (office.pelapor, office.tahun),
    )
    return [Objective(number, name, tuple(measures)) for number, name, measures in await cursor.fetchall()]


async def scale_of(conn: Conn, office: OfficeYear) -> list[Step]:
    """The scale of that very year, the lowest step first."""
    cursor = await conn.execute(
        "SELECT dari, nama FROM skala_kinerja WHERE kode_kab = %s AND tahun = %s ORDER BY dari",
        (office.pelapor, office.tahun),
    )
    return [Step(start, name) for start, name in await cursor.fetchall()]


async def replace_objectives(conn: Conn, office: OfficeYear, objectives: Sequence[Objective], by: str) -> None:
    await conn.execute("DELETE FROM sasaran_kinerja WHERE kode_kab = %s AND tahun = %s", (office.pelapor, office.tahun))
    rows = [
        (office.pelapor, office.tahun, o.nomor, place, o.nama, list(o.indikator), by)
        for place, o in enumerate(objectives, 1)
    ]
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO sasaran_kinerja (kode_kab, tahun, nomor, urut, nama, indikator, oleh) VALUES (%s, %s, %s, %s, %s, %s, %s)",
            rows,
        )


async def replace_scale(conn: Conn, office: OfficeYear, steps: Sequence[Step], by: str) -> None:
    await conn.execute("DELETE FROM skala_kinerja WHERE kode_kab = %s AND tahun = %s", (office.pelapor, office.tahun))
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO skala_kinerja (kode_kab, tahun, dari, nama, oleh) VALUES (%s, %s, %s, %s, %s)",
            [(office.pelapor, office.tahun, s.dari, s.nama, by) for s in steps],
        )


async def lock(conn: Conn, office: OfficeYear) -> None:
    """One list of an office at a time."""
    await conn.execute("SELECT pg_advisory_xact_lock(hashtext('kinerja'), hashtext(%s))", (office.pelapor,))
