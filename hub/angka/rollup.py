"""What a rekap adds up to: totals of its breakdowns, kecamatan, kabupaten. Pure; the approving transaction stores it,
and `hub check rollup` proves it against the facts by another way.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import prod

from hub.angka.cells import CleanCell
from hub.angka.newest_version import version_order
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.katalog.formula import Rincian
from hub.katalog.katalog import Elemen, RincianDimension

DimensionNames = tuple[str, ...]  # names of a breakdown, sorted


@dataclass(frozen=True, slots=True)
class Angka:
    """A figure with its status. `nilai` None where there is no number to add."""

    nilai: Decimal | None
    status: str


UNKNOWN = Angka(None, "TIDAK_ADA_DATA")


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

    Only choices that add up are summed over, and only where they are all there (`is_whole`): half a breakdown says nothing of
    the total, which is then TIDAK_ADA_DATA. Where several breakdowns imply the same total, the one with the fewest dimensions
    is taken, then the one the catalogue lists first; that they agree is checked elsewhere. Of choices that replace each other
    the newest is the total.
    """
    order = {d.kode: i for i, d in enumerate(elemen.rincian)}
    adding_up = {d.kode: d for d in elemen.rincian if d.menjumlah}
    by_dimensions: dict[DimensionNames, dict[Rincian, Angka]] = defaultdict(dict)
    for rincian, angka in figures.items():
        by_dimensions[tuple(n for n, _ in rincian)][rincian] = angka
    derived: dict[Rincian, Angka] = {}
    whole: set[Rincian] = set()
    for dimensions in sorted(by_dimensions, key=lambda k: (len(k), sorted(order.get(d, 99) for d in k))):
        removable = [d for d in dimensions if d in adding_up]
        for count in range(1, len(removable) + 1):
            for dropped in combinations(removable, count):
                remaining = tuple(d for d in dimensions if d not in dropped)
                if remaining in by_dimensions:
                    continue
                summed_over = [adding_up[d] for d in dropped]
                for r, parts in _grouped(by_dimensions[dimensions], remaining).items():
                    if r in whole:
                        continue
                    derived[r] = UNKNOWN
                    if is_whole(summed_over, parts):
                        derived[r] = add_up(parts.values())
                        whole.add(r)
    return {**_newest(elemen, by_dimensions), **derived, **figures}


def is_whole(summed_over: Sequence[RincianDimension], parts: Mapping[Rincian, Angka]) -> bool:
    """Whether every choice of those breakdowns is there with a figure or a reason for none: then they make the total. An open
    breakdown may always lack a choice."""
    if not all(d.whole for d in summed_over):
        return False
    listed = {d.kode: d.pilihan for d in summed_over}
    answered = sum(
        a.status != "TIDAK_ADA_DATA" and all(p in listed[n] for n, p in r if n in listed) for r, a in parts.items()
    )
    return answered == prod(len(d.pilihan) for d in summed_over)


def _newest(elemen: Elemen, by_dimensions: Mapping[DimensionNames, Mapping[Rincian, Angka]]) -> dict[Rincian, Angka]:
    """Figures without a breakdown whose choices replace each other: those of the newest choice that has one."""
    result: dict[Rincian, Angka] = {}
    for d in elemen.rincian:
        if not d.terbaru:
            continue
        for dimensions, figures in by_dimensions.items():
            if d.kode not in dimensions:
                continue
            for r, versions in _grouped(figures, tuple(n for n in dimensions if n != d.kode)).items():
                newest = max(
                    versions,
                    key=lambda v, d=d, of=versions: (  # type: ignore[misc]
                        of[v].status != "TIDAK_ADA_DATA", version_order(dict(v)[d.kode], d.pilihan)
                    ),
                )  # fmt: skip
                result[r] = versions[newest]
    return result


def _grouped(figures: Mapping[Rincian, Angka], remaining: DimensionNames) -> dict[Rincian, dict[Rincian, Angka]]:
    """Figures by what is left of their breakdown."""
    groups: dict[Rincian, dict[Rincian, Angka]] = defaultdict(dict)
    for rincian, angka in figures.items():
        groups[tuple(p for p in rincian if p[0] in remaining)][rincian] = angka
    return groups


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
