"""Which lots go out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NOL = Decimal(0)


@dataclass(slots=True)
class LotTersedia:
    """A lot while a document is worked through: `tersedia` shrinks and grows with its lines."""

    barang: str
    sumber_dana: str
    lot: str
    kedaluwarsa: date | None
    kini: Decimal
    tersedia: Decimal

    def habis_masa(self, hari: date) -> bool:
        """Whether it may no longer be given to people on that day: the day printed on it is the first such day."""
        return self.kedaluwarsa is not None and self.kedaluwarsa <= hari


def ambil(lots: Sequence[LotTersedia], jumlah: Decimal) -> list[tuple[LotTersedia, Decimal]]:
    """(lot, amount) that make up `jumlah`, first expiring first, lots without a day last; less where there is less.
    Takes it from the lots."""
    hasil: list[tuple[LotTersedia, Decimal]] = []
    sisa = jumlah
    for lot in sorted(lots, key=lambda x: (x.kedaluwarsa or date.max, x.lot, x.sumber_dana)):
        bagian = min(sisa, lot.tersedia)
        if bagian > 0:
            lot.tersedia -= bagian
            lot.kini -= bagian
            sisa -= bagian
            hasil.append((lot, bagian))
    return hasil
