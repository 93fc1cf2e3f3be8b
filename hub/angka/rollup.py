"""What a rekap adds up to: totals of its breakdowns, kecamatan, kabupaten. Pure; the approving transaction stores it,
and `hub check rollup` proves it against the facts by another way.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from hub.angka.cells import CleanCell
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.katalog.formula import Rincian
from hub.katalog.katalog import Elemen

DimensionNames = tuple[str, ...]  # names of a breakdown, sorted


@dataclass(frozen=True, slots=True)
class Angka:
    """A figure with its status. `nilai` None where there is no number to add."""

    nilai: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class AngkaRow:
    """A figure of one region, element and breakdown, reported or added up."""

    elemen: Elemen
    wilayah: str
    rincian: Rincian
    angka: Angka

    @property
    def dimensions(self) -> str:
        return "|".join(name for name, _ in self.rincian)


def add_up(parts: Iterable[Angka]) -> Angka:
    """Add figures up. Numbers win over gaps; only gaps of one kind stay that kind; mixed gaps are no data."""
    total, found, status = Decimal(0), False, set()
    for a in parts:
        if a.nilai is None:
            status.add(a.status)
        else:
            total, found = total + a.nilai, True
    if found:
        return Angka(total, "NOL" if total == 0 else "ADA")
    return Angka(None, status.pop() if len(status) == 1 else "TIDAK_ADA_DATA")


def rollup(cells: Iterable[CleanCell]) -> list[AngkaRow]:
    """Every figure that follows from the cells, the cells themselves included; nothing above the kabupaten."""
    per_elemen: dict[str, dict[str, dict[Rincian, Angka]]] = defaultdict(lambda: defaultdict(dict))
    elemen: dict[str, Elemen] = {}
    for s in cells:
        elemen[s.elemen.kode] = s.elemen
        per_elemen[s.elemen.kode][s.wilayah][s.rincian] = Angka(s.nilai, s.status)
    rows: list[AngkaRow] = []
    for kode, wilayah in per_elemen.items():
        e = elemen[kode]
        complete = {w: complete_rincian(e, figures) for w, figures in wilayah.items()}
        if e.agregasi_wilayah in ("JUMLAH", "HITUNG"):
            complete = _carry_up(complete)
        rows += [AngkaRow(e, w, r, a) for w, figures in complete.items() for r, a in figures.items()]
    return rows


def complete_rincian(elemen: Elemen, figures: Mapping[Rincian, Angka]) -> dict[Rincian, Angka]:
    """Add the totals that a breakdown implies: {JK=L}, {JK=P} → {}. A total that was reported itself stands.

    Only breakdowns whose choices add up are summed over. Where several breakdowns imply the same total, the one with
    the fewest dimensions is taken, then the one the catalogue lists first; that they agree is checked elsewhere.
    """
    order = {d.kode: i for i, d in enumerate(elemen.rincian)}
    adding_up = {d.kode for d in elemen.rincian if d.menjumlah}
    by_dimensions: dict[DimensionNames, dict[Rincian, Angka]] = defaultdict(dict)
    for rincian, angka in figures.items():
        by_dimensions[tuple(n for n, _ in rincian)][rincian] = angka
    result = dict(figures)
    stated: set[DimensionNames] = set(by_dimensions)
    for dimensions in sorted(by_dimensions, key=lambda k: (len(k), sorted(order.get(d, 99) for d in k))):
        removable = [d for d in dimensions if d in adding_up]
        for count in range(1, len(removable) + 1):
            for dropped in combinations(removable, count):
                remaining = tuple(d for d in dimensions if d not in dropped)
                if remaining in stated:
                    continue
                groups: dict[Rincian, list[Angka]] = defaultdict(list)
                for rincian, angka in by_dimensions[dimensions].items():
                    groups[tuple(p for p in rincian if p[0] in remaining)].append(angka)
                result.update({r: add_up(a) for r, a in groups.items()})
                stated.add(remaining)
    return result


def _carry_up(wilayah: dict[str, dict[Rincian, Angka]]) -> dict[str, dict[Rincian, Angka]]:
    parts: dict[str, dict[Rincian, list[Angka]]] = defaultdict(lambda: defaultdict(list))
    for kode, figures in wilayah.items():
        above = kode_wilayah.parent_of(kode)
        while above is not None and kode_wilayah.level_of(above) >= Level.KABUPATEN:
            for rincian, figure in figures.items():
                parts[above][rincian].append(figure)
            above = kode_wilayah.parent_of(above)
    result = {kode: dict(figures) for kode, figures in wilayah.items()}
    for kode, per_rincian in parts.items():
        target = result.setdefault(kode, {})
        for rincian, angka in per_rincian.items():
            target.setdefault(rincian, add_up(angka))
    return result
