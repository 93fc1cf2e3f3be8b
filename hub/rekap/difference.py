"""What changed between two revisions, cell by cell. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hub.rekap.statements import NilaiRow


@dataclass(frozen=True, slots=True)
class BarisPerubahan:
    """A cell that differs; None where it is absent or has no number."""

    wilayah: str
    elemen: str
    lama: Decimal | None
    baru: Decimal | None


@dataclass(frozen=True, slots=True)
class Change:
    """Counts of cells that are new, changed, the same, gone; and those that differ."""

    baru: int = 0
    berubah: int = 0
    tetap: int = 0
    dihapus: int = 0
    baris: tuple[BarisPerubahan, ...] = ()


def compare(old: Iterable[NilaiRow], new: Iterable[NilaiRow]) -> Change:
    """A change of number or of status counts; cells are the same when region, element and breakdown are."""
    before = {_key(b): b for b in old}
    after = {_key(b): b for b in new}
    rows: list[BarisPerubahan] = []
    added = changed = unchanged = 0
    for k, b in after.items():
        d = before.get(k)
        if d is None:
            added += 1
            rows.append(BarisPerubahan(b.kode_wilayah, b.elemen, None, b.nilai))
        elif (d.nilai, d.status) != (b.nilai, b.status):
            changed += 1
            rows.append(BarisPerubahan(b.kode_wilayah, b.elemen, d.nilai, b.nilai))
        else:
            unchanged += 1
    gone = [d for k, d in before.items() if k not in after]
    rows += [BarisPerubahan(d.kode_wilayah, d.elemen, d.nilai, None) for d in gone]
    rows.sort(key=lambda b: (b.elemen, b.wilayah))
    return Change(added, changed, unchanged, len(gone), tuple(rows))


def _key(b: NilaiRow) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return b.kode_wilayah, b.elemen, b.rincian
