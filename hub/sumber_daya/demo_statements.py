"""What of the demo a database already holds."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from hub.db.database import Conn


class DemoContents(NamedTuple):
    """`has_others`: regions that are not the demo's. `newest`: start of the newest list. `token`: names of demo tokens; an office may have several."""

    has_others: bool
    newest: date | None
    token: list[str]


class SampleGudang(NamedTuple):
    """A sample warehouse. `id`: public."""

    id: str
    pemilik: str


async def sample_warehouses(conn: Conn) -> list[SampleGudang]:
    """In order of where they stand, the same every time."""
    cursor = await conn.execute(
        "SELECT kode_kab || ':' || id, pemilik FROM sumber_daya WHERE jenis = 'GUDANG_BENCANA' AND contoh "
        "ORDER BY kode_desa, nama"
    )
    return [SampleGudang(*b) for b in await cursor.fetchall()]


async def loaded(conn: Conn, kode: Sequence[str], token_names: Sequence[str]) -> DemoContents:
    cursor = await conn.execute(
        """
SELECT EXISTS (SELECT kode FROM wilayah EXCEPT SELECT unnest(%(kode)s::text[])),
  (SELECT max(berlaku_sejak) FROM wilayah),
  ARRAY(SELECT DISTINCT nama FROM token WHERE nama = ANY(%(nama)s) ORDER BY 1)
""",
        {"kode": list(kode), "nama": list(token_names)},
    )
    row = await cursor.fetchone()
    assert row is not None
    return DemoContents(*row)
