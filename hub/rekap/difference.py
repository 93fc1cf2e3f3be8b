"""What changed between two revisions, cell by cell. Pure. Of revisions that are stored hub/rekap/difference_reads.py tells the same
cells, and more of each; this is for a revision that only is about to be, or just was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from hub.rekap.statements import NilaiRow


@dataclass(frozen=True, slots=True)
class Pilihan:
    """A choice of a breakdown."""

    rincian: str
    pilihan: str


class BarisPerubahan(NamedTuple):  # made for every cell of a new rekap: a frozen dataclass takes three times as long
    """A cell that differs; None where it is absent or has no number. `choices`: (breakdown, choice), sorted."""

    wilayah: str
    elemen: str
    choices: tuple[tuple[str, str], ...]
    lama: Decimal | None
    baru: Decimal | None

    @property
    def rincian(self) -> list[Pilihan]:
        """The same as objects: made only where somebody reads them."""
        return [Pilihan(*c) for c in self.choices]


@dataclass(frozen=True, slots=True)
class Change:
    """Counts of cells that are new, changed, the same, gone; and those that differ, in no order."""

    baru: int = 0
    berubah: int = 0
    tetap: int = 0
    dihapus: int = 0
    differing: Sequence[BarisPerubahan] = ()

    def in_order(self) -> list[BarisPerubahan]:
        """Those that differ by element, region and breakdown: put in order only where somebody reads them."""
        return sorted(self.differing, key=lambda b: (b.elemen, b.wilayah, b.choices))


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
            rows.append(BarisPerubahan(*k, None, b.nilai))
        elif (d.nilai, d.status) != (b.nilai, b.status):
            changed += 1
            rows.append(BarisPerubahan(*k, d.nilai, b.nilai))
        else:
            unchanged += 1
    gone = [(k, d) for k, d in before.items() if k not in after]
    rows += [BarisPerubahan(*k, d.nilai, None) for k, d in gone]
    return Change(added, changed, unchanged, len(gone), rows)


def _key(b: NilaiRow) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return b.kode_wilayah, b.elemen, b.rincian
