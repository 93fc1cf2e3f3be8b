"""Proof that stored figures are what the approved facts add up to, by another way than the one that made them."""

from dataclasses import dataclass
from decimal import Decimal

from hub.angka import verify_statements as store
from hub.db.database import Database


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A stored figure that is not what it should be; None where one of the two does not exist."""

    cause: str
    kode_kab: str
    elemen: str
    periode: str
    wilayah: str
    rincian: str
    stored: Decimal | None
    expected: Decimal | None


async def verify_rollup(db: Database) -> tuple[int, list[Discrepancy]]:
    """How many stored figures were looked at, and those that are wrong."""
    async with db.as_owner() as conn:
        checked = await store.count_figures(conn)
        wrong = [Discrepancy("jumlah bagian", *b) for b in await store.wrong_sums(conn)]
        wrong += [Discrepancy("periode gabungan", *b) for b in await store.wrong_folds(conn)]
        wrong += [Discrepancy("jumlah wilayah di bawahnya", *b) for b in await store.wrong_levels(conn)]
        wrong += [Discrepancy("tanpa laporan yang disetujui", *b) for b in await store.orphans(conn)]
    return checked, wrong
