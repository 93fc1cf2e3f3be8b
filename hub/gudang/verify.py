"""Proof that the stock of every warehouse is what its ledger adds up to, and that no line of a ledger is missing."""

from dataclasses import dataclass
from decimal import Decimal

from psycopg.rows import class_row

from hub.db.database import Database


@dataclass(frozen=True, slots=True)
class WrongStock:
    """A balance that is not the sum of its ledger; `barang` empty: the number of the last line is not how many there are. None: there is
    no balance, or no line."""

    gudang: str
    barang: str
    sumber_dana: str
    lot: str
    stored: Decimal | None
    expected: Decimal | None


_BALANCES = """
WITH buku AS (
  SELECT kode_kab, gudang, barang, sumber_dana, lot, kedaluwarsa, sum(jumlah) AS jumlah FROM mutasi_stok m
  -- what others wrote of a transfer stands here without a ledger
  WHERE starts_with(kode_kab, %(kab)s) AND (NOT hub_luar_simpul(kode_kab)
    OR EXISTS (SELECT FROM buku_stok k WHERE k.kode_kab = m.kode_kab AND k.gudang = m.gudang)) GROUP BY kode_kab, gudang, barang, sumber_dana, lot, kedaluwarsa
), ada AS (SELECT * FROM stok WHERE starts_with(kode_kab, %(kab)s))
SELECT coalesce(a.kode_kab || ':' || a.gudang, b.kode_kab || ':' || b.gudang) AS gudang, coalesce(a.barang, b.barang) AS barang,
  coalesce(a.sumber_dana, b.sumber_dana) AS sumber_dana, coalesce(a.lot, b.lot) AS lot, a.jumlah AS stored, b.jumlah AS expected
FROM ada a FULL JOIN buku b ON (a.kode_kab, a.gudang, a.barang, a.sumber_dana, a.lot) = (b.kode_kab, b.gudang, b.barang, b.sumber_dana, b.lot)
  AND a.kedaluwarsa IS NOT DISTINCT FROM b.kedaluwarsa
WHERE coalesce(a.jumlah, 0) <> coalesce(b.jumlah, 0)
UNION ALL
SELECT k.kode_kab || ':' || k.gudang, '', '', '', k.urutan, m.banyak FROM buku_stok k
CROSS JOIN LATERAL (SELECT count(*) AS banyak, coalesce(max(urutan), 0) AS akhir FROM mutasi_stok m
  WHERE m.kode_kab = k.kode_kab AND m.gudang = k.gudang) m
WHERE starts_with(k.kode_kab, %(kab)s) AND (k.urutan <> m.banyak OR k.urutan <> m.akhir)
ORDER BY 1, 2, 3, 4
"""


async def verify_stock(db: Database, wilayah: str = "") -> tuple[int, list[WrongStock]]:
    """How many balances there are, and what is wrong. `wilayah`: a province or a kabupaten; empty: all."""
    async with db.as_owner() as conn:
        cursor = conn.cursor(row_factory=class_row(WrongStock))
        await cursor.execute(_BALANCES, {"kab": wilayah})
        wrong = await cursor.fetchall()
        counted = await (
            await conn.execute("SELECT count(*)::int FROM stok WHERE starts_with(kode_kab, %s)", (wilayah,))
        ).fetchone()
    return (counted[0] if counted else 0), wrong
