"""The warehouses of a region and what their ledgers held at a moment, for a list of counted stock. Under the caller's role."""

from datetime import datetime

from psycopg.rows import class_row

from hub.base.public_id import PublicId
from hub.db.database import Conn
from hub.gudang.statements import Gudang, Lot


async def warehouses(conn: Conn, kode: str) -> list[Gudang]:
    """All below a kabupaten or province, of any time; without samples."""
    cursor = await conn.execute(
        "SELECT kode_kab, id::text, nama, pemilik, sejak, sampai FROM sumber_daya WHERE jenis = 'GUDANG_BENCANA' "
        "AND kode_kab >= %s AND kode_kab < %s AND NOT contoh ORDER BY kode_kab, id",
        (kode, kode + "/"),
    )
    return [Gudang(PublicId(kab, id_), *rest) for kab, id_, *rest in await cursor.fetchall()]


async def balances(conn: Conn, gudang: PublicId, as_of: datetime) -> list[Lot]:
    """Every lot that was ever written there, with what was left of it at that moment."""
    cursor = conn.cursor(row_factory=class_row(Lot))
    await cursor.execute(
        "SELECT barang, sumber_dana, lot, max(kedaluwarsa) AS kedaluwarsa, sum(jumlah) AS jumlah, sum(jumlah) AS tersedia "
        "FROM mutasi_stok WHERE kode_kab = %s AND gudang = %s AND pada <= %s "
        "GROUP BY barang, sumber_dana, lot ORDER BY barang, sumber_dana, lot",
        (gudang.kode_kab, gudang.id, as_of),
    )
    return await cursor.fetchall()
