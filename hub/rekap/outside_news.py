"""What another program is told of an event of a rekap or of a reminder (docs/webhook.md): codes, names of regions, states and days.

Never a figure, a reason or a person's name: whoever wants those asks the hub, with a token of its own.
"""

from typing import Any

from hub.base.public_id import RekapKey
from hub.db.database import Conn, Database

_KINDS = {
    "AJUKAN": "rekap.diajukan",
    "TARIK": "rekap.ditarik",
    "SETUJUI": "rekap.disetujui",
    "KEMBALIKAN": "rekap.dikembalikan",
    "BUKA": "rekap.dibuka",
}
_REMINDED = "rekap.diingatkan"

# the name as it is now: of a region that is gone the last one it had
_NAME = "(SELECT w.nama FROM wilayah w WHERE w.kode_kab = x.kode_kab AND w.kode = x.kode_kab ORDER BY w.hari_terakhir DESC LIMIT 1)"
_WHERE = "x.kode_kab = %s AND x.formulir = %s AND x.periode = %s"


async def outside_news(db: Database, kind: str, key: RekapKey, number: str) -> dict[str, Any] | None:
    """The message as an object of JSON, without its id. `kind`: peristiwa or pengingat; `number`: which one of that rekap. None where there
    is no such row. Raises ServiceNotReadyError."""
    async with db.as_owner() as conn:
        row = await (_reminder if kind == "pengingat" else _event)(conn, key, number)
    if row is None:
        return None
    at, name, what = row
    return {
        "jenis": what.pop("jenis"), "pada": at.astimezone(db.zone).isoformat(), "rekap": key.id,
        "wilayah": {"kode": key.kode_kab, "nama": name}, "formulir": key.formulir, "periode": key.periode, **what,
    }  # fmt: skip


async def _event(conn: Conn, key: RekapKey, number: str) -> tuple[Any, str | None, dict[str, Any]] | None:
    cursor = await conn.execute(
        f"SELECT x.pada, {_NAME}, x.aksi, x.ke, x.revisi FROM rekap_peristiwa x WHERE {_WHERE} AND x.urut = %s",
        (key.kode_kab, key.formulir, key.periode, int(number)),
    )
    if (row := await cursor.fetchone()) is None:
        return None
    at, name, action, status, revision = row
    return at, name, {"jenis": _KINDS.get(action, f"rekap.{action.lower()}"), "status": status, "revisi": revision}


async def _reminder(conn: Conn, key: RekapKey, number: str) -> tuple[Any, str | None, dict[str, Any]] | None:
    cursor = await conn.execute(
        f"SELECT x.pada, {_NAME}, x.tenggat, x.status, x.saluran FROM pengingat x WHERE {_WHERE} AND x.id = %s::uuid",
        (key.kode_kab, key.formulir, key.periode, number),
    )
    if (row := await cursor.fetchone()) is None:
        return None
    at, name, due, status, channel = row
    return at, name, {"jenis": _REMINDED, "status": status, "tenggat": due.isoformat(), "saluran": channel}
