"""Which lots go out, and which warehouses serve an emergency. Pure."""

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


@dataclass(frozen=True, slots=True)
class Persediaan:
    """What one warehouse could give. `jarak_km` None: nobody knows how far. `dekat`: order among those without a distance."""

    kode_kab: str
    id: str
    nama: str
    jarak_km: float | None
    layak: dict[str, Decimal]
    dekat: int = 0


@dataclass(frozen=True, slots=True)
class Kiriman:
    """What a warehouse sends of one kind of goods, out of what it has."""

    barang: str
    jumlah: Decimal
    tersedia: Decimal


def layani(
    kebutuhan: dict[str, Decimal], gudang: Sequence[Persediaan]
) -> tuple[list[tuple[Persediaan, list[Kiriman]]], dict[str, Decimal]]:
    """(warehouse, what it sends) nearest first until every need is met, and what stays unmet per kind of goods."""
    kurang = dict(kebutuhan)
    hasil: list[tuple[Persediaan, list[Kiriman]]] = []
    for satu in sorted(gudang, key=_jauh):
        kirim = [
            Kiriman(barang, min(butuh, ada), ada)
            for barang, butuh in kurang.items()
            if butuh > 0 and (ada := satu.layak.get(barang, NOL)) > 0
        ]
        for k in kirim:
            kurang[k.barang] -= k.jumlah
        if kirim:
            hasil.append((satu, kirim))
        if not any(kurang.values()):
            break
    return hasil, kurang


def _jauh(g: Persediaan) -> tuple[float, int, str, str]:
    return (float("inf") if g.jarak_km is None else g.jarak_km, g.dekat, g.kode_kab, g.id)
