"""Which lots go out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(slots=True)
class AvailableLot:
    """A lot while a document is worked through: `available` shrinks and grows with its lines."""

    barang: str
    sumber_dana: str
    lot: str
    kedaluwarsa: date | None
    balance: Decimal
    available: Decimal

    def has_expired(self, day: date) -> bool:
        """Whether it may no longer be given to people on that day: the day printed on it is the first such day."""
        return self.kedaluwarsa is not None and self.kedaluwarsa <= day


def take(lots: Sequence[AvailableLot], amount: Decimal) -> list[tuple[AvailableLot, Decimal]]:
    """(lot, amount) that make up `amount`, first expiring first, lots without a day last; less where there is less.
    Takes it from the lots."""
    taken: list[tuple[AvailableLot, Decimal]] = []
    rest = amount
    for lot in sorted(lots, key=lambda x: (x.kedaluwarsa or date.max, x.lot, x.sumber_dana)):
        part = min(rest, lot.available)
        if part > 0:
            lot.available -= part
            lot.balance -= part
            rest -= part
            taken.append((lot, part))
    return taken
