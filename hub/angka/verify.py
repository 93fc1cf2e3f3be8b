"""Proof that stored figures are what the approved facts add up to, by another way than the one that made them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from hub.angka import verify_statements as store
from hub.base import kode as kode_wilayah
from hub.base.periode import Periode
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


_CHECKS = {
    "jumlah bagian": store.wrong_sums,
    "periode gabungan": store.wrong_folds,
    "jumlah wilayah di bawahnya": store.wrong_levels,
    "periode tanpa laporan": store.orphans,
}
_NOTHING_BEHIND = "tanpa laporan yang disetujui"


async def verify_rollup(
    db: Database,
    wilayah: str = "",
    periode: Periode | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
    at_once: int = 1,
) -> tuple[int, list[Discrepancy]]:
    """How many stored figures were looked at, and those that are wrong, kabupaten by kabupaten.

    `wilayah`: only what lies at or below that code. `periode`: only that period and what lies in it. `tell`: told how many
    kabupaten of how many are done. `at_once`: how many at a time, each on a connection of its own.
    """
    async with db.as_owner() as conn:
        kab = await store.reporters(conn, wilayah)
    counts: list[int] = []
    wrong: dict[str, list[Discrepancy]] = {code: [] for code in kab}
    waiting = iter(kab)

    async def work() -> None:
        for code in waiting:
            of = {"kab": code, "tahun": None if periode is None else str(periode.year)}
            async with db.as_owner() as conn:
                await store.expect_many(conn)
                for cause, check in _CHECKS.items():
                    for d in await check(conn, of):
                        wrong[code].append(Discrepancy(cause if d[7] else _NOTHING_BEHIND, *d[:7]))
                counts.append(await store.count_figures(conn, of))
            tell(len(counts), len(kab))

    await asyncio.gather(*(work() for _ in range(at_once)))
    found = [d for code in kab for d in wrong[code]]
    return sum(counts), [d for d in found if _lies_at(d.wilayah, wilayah) and _lies_in(d.periode, periode)]


def _lies_at(kode: str, above: str) -> bool:
    return not above or kode_wilayah.is_within(kode, above)


def _lies_in(text: str, longer: Periode | None) -> bool:
    return longer is None or (own := Periode.read(text)) == longer or longer in own.ancestors
