"""Statements over what was withdrawn."""

from hub.db.database import Conn


async def withdrawn(conn: Conn, kode_kab: str, periode: str) -> set[str]:
    """Elements withdrawn for that office and period, by itself or with its province: all that is released of them is closed."""
    cursor = await conn.execute(
        "SELECT elemen FROM rilis_tarik WHERE kode_kab IN (%(kab)s, left(%(kab)s, 2)) AND periode = %(periode)s",
        {"kab": kode_kab, "periode": periode},
    )
    return {e for (e,) in await cursor.fetchall()}


async def withdrawn_totals(conn: Conn, provinsi: str, periode: str) -> set[str]:
    """Elements whose totals of that province and period are closed: withdrawn for the province or for one of its kabupaten."""
    cursor = await conn.execute(
        "SELECT elemen FROM rilis_tarik WHERE (kode_kab = %(prov)s OR kode_kab >= %(prov)s || '.' AND kode_kab < %(prov)s || '/') "
        "AND periode = %(periode)s",
        {"prov": provinsi, "periode": periode},
    )
    return {e for (e,) in await cursor.fetchall()}
