"""What of the demo a database already holds."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from hub.db.database import Conn


class IsiContoh(NamedTuple):
    """`lain`: regions that are not the demo's. `terbaru`: start of the newest list. `token`: demo tokens by name."""

    lain: bool
    terbaru: date | None
    token: list[str]


class GudangContoh(NamedTuple):
    """A sample warehouse. `id`: public."""

    id: str
    pemilik: str


async def sample_warehouses(conn: Conn) -> list[GudangContoh]:
    """In order of where they stand, the same every time."""
    kursor = await conn.execute(
        "SELECT kode_kab || ':' || id, pemilik FROM sumber_daya WHERE jenis = 'GUDANG_BENCANA' AND contoh "
        "ORDER BY kode_desa, nama"
    )
    return [GudangContoh(*b) for b in await kursor.fetchall()]


async def loaded(conn: Conn, kode: Sequence[str], nama_token: Sequence[str]) -> IsiContoh:
    kursor = await conn.execute(
        """
SELECT EXISTS (SELECT kode FROM wilayah EXCEPT SELECT unnest(%(kode)s::text[])),
  (SELECT max(berlaku_sejak) FROM wilayah),
  ARRAY(SELECT nama FROM token WHERE nama = ANY(%(nama)s) ORDER BY 1)
""",
        {"kode": list(kode), "nama": list(nama_token)},
    )
    baris = await kursor.fetchone()
    assert baris is not None
    return IsiContoh(*baris)
