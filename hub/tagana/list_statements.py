"""The whole register of a kabupaten, for a list that is laid over it. Under the caller's role: its own kabupaten's."""

from typing import Any

from psycopg.rows import dict_row

from hub.db.database import Conn
from hub.db.many_rows import all_rows
from hub.tagana.draft import Training, public_id

_COLUMNS = (
    "nama, tanggal_lahir, jenis_kelamin, kode_desa, alamat, nia, didata, sertifikat, sampai, keahlian, berpengetahuan, "
    "bersedia_dilatih, beriman, setia_pancasila"
)


async def members(conn: Conn, kode_kab: str) -> list[dict[str, Any]]:
    """The columns, with `versi` and, as `id`, the public id."""
    cursor = conn.cursor(row_factory=dict_row)
    await cursor.execute(f"SELECT id, versi, {_COLUMNS} FROM tagana WHERE kode_kab = %s ORDER BY id", (kode_kab,))
    rows = await all_rows(cursor)
    return [{**r, "id": public_id(kode_kab, r["id"])} for r in rows]


async def trainings(conn: Conn, kode_kab: str) -> list[tuple[str, Training]]:
    """(public id of the member, training) in order."""
    cursor = await conn.execute(
        "SELECT tagana, nama, tanggal, penyelenggara FROM pelatihan_tagana WHERE kode_kab = %s ORDER BY tagana, urut",
        (kode_kab,),
    )
    return [(public_id(kode_kab, t[0]), Training(*t[1:])) for t in await all_rows(cursor)]
