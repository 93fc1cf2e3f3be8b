"""Statements over what was withdrawn."""

from hub.db.database import Conn


async def withdrawn_totals(conn: Conn, provinsi: str, periode: str) -> set[str]:
    """Elements whose totals of that province and period are closed: withdrawn for the province or for one of its kabupaten."""
    cursor = await conn.execute(
        "SELECT elemen FROM rilis_tarik WHERE (kode_kab = %(prov)s OR kode_kab >= %(prov)s || '.' AND kode_kab < %(prov)s || '/') "
        "AND periode = %(periode)s",
        {"prov": provinsi, "periode": periode},
    )
    return {e for (e,) in await cursor.fetchall()}
