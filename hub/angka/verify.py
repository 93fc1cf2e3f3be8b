"""Proof that stored figures are what the approved facts add up to, by another way than the one that made them."""

from dataclasses import dataclass
from decimal import Decimal

from hub.angka import verify_statements as store
from hub.db.database import Database


@dataclass(frozen=True, slots=True)
class Selisih:
    """A stored figure that is not what it should be; None where one of the two does not exist."""

    sebab: str
    kode_kab: str
    elemen: str
    periode: str
    wilayah: str
    rincian: str
    tersimpan: Decimal | None
    seharusnya: Decimal | None


async def verify_rollup(db: Database) -> tuple[int, list[Selisih]]:
    """How many stored figures were looked at, and those that are wrong."""
    async with db.as_owner() as conn:
        diperiksa = await store.count_figures(conn)
        salah = [Selisih("jumlah bagian", *b) for b in await store.wrong_sums(conn)]
        salah += [Selisih("periode gabungan", *b) for b in await store.wrong_folds(conn)]
        salah += [Selisih("tanpa laporan yang disetujui", *b) for b in await store.orphans(conn)]
    return diperiksa, salah
