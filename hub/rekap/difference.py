"""What changed between two revisions, cell by cell. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hub.rekap.statements import BarisNilai


@dataclass(frozen=True, slots=True)
class BarisPerubahan:
    """A cell that differs; None where it is absent or has no number."""

    wilayah: str
    elemen: str
    lama: Decimal | None
    baru: Decimal | None


@dataclass(frozen=True, slots=True)
class Perubahan:
    """Counts of cells that are new, changed, the same, gone; and those that differ."""

    baru: int = 0
    berubah: int = 0
    tetap: int = 0
    dihapus: int = 0
    baris: tuple[BarisPerubahan, ...] = ()


def banding(lama: Iterable[BarisNilai], baru: Iterable[BarisNilai]) -> Perubahan:
    """A change of number or of status counts; cells are the same when region, element and breakdown are."""
    dulu = {_kunci(b): b for b in lama}
    kini = {_kunci(b): b for b in baru}
    baris: list[BarisPerubahan] = []
    tambah = ubah = tetap = 0
    for k, b in kini.items():
        d = dulu.get(k)
        if d is None:
            tambah += 1
            baris.append(BarisPerubahan(b.kode_wilayah, b.elemen, None, b.nilai))
        elif (d.nilai, d.status) != (b.nilai, b.status):
            ubah += 1
            baris.append(BarisPerubahan(b.kode_wilayah, b.elemen, d.nilai, b.nilai))
        else:
            tetap += 1
    hilang = [d for k, d in dulu.items() if k not in kini]
    baris += [BarisPerubahan(d.kode_wilayah, d.elemen, d.nilai, None) for d in hilang]
    baris.sort(key=lambda b: (b.elemen, b.wilayah))
    return Perubahan(tambah, ubah, tetap, len(hilang), tuple(baris))


def _kunci(b: BarisNilai) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return b.kode_wilayah, b.elemen, tuple(sorted(b.rincian.items()))
