"""What a rekap adds up to: totals of its breakdowns, kecamatan, kabupaten. Pure; the approving transaction stores it,
and `hub check rollup` proves it against the facts by another way.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import prod
from typing import NamedTuple

from hub.angka.cells import CleanCell
from hub.angka.newest_version import version_order
from hub.base import kode as kode_wilayah
from hub.katalog.formula import Rincian
from hub.katalog.katalog import Elemen, RincianDimension

DimensionNames = tuple[str, ...]  # names of a breakdown, sorted


class Angka(NamedTuple):  # made for every figure of a rekap, as AngkaRow: a frozen dataclass takes three times as long
    """A figure with its status. `nilai` None where there is no number to add."""

    nilai: Decimal | None
    status: str


KnownFigures = Mapping[tuple[str, str, Rincian], Angka]
"""(region, element, breakdown) → figure."""

UNKNOWN = Angka(None, "TIDAK_ADA_DATA")
_NOUGHT = Decimal(0)
_WHOLE: tuple[Rincian, ...] = ((),)  # a figure without breakdowns: nothing follows from it
_of_fields = tuple.__new__  # what a NamedTuple is made by, without the call that names the fields


class AngkaRow(NamedTuple):
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
    listed = parts if isinstance(parts, list) else list(parts)
    numbers = [nilai for nilai, _ in listed if nilai is not None]
    if numbers:
        total = sum(numbers, _NOUGHT)
        return Angka(total, "ADA" if total else "NOL")
    status = {status for _, status in listed}
    return Angka(None, status.pop() if len(status) == 1 else "TIDAK_ADA_DATA")


def rollup(cells: Iterable[CleanCell]) -> list[AngkaRow]:
    """Every figure that follows from the cells, the cells themselves included; nothing above the kabupaten."""
    per_elemen: dict[str, dict[str, dict[Rincian, Angka]]] = defaultdict(lambda: defaultdict(dict))
    elemen: dict[str, Elemen] = {}
    for place, e, rincian, nilai, status, _, _ in cells:
        elemen[e.kode] = e
        per_elemen[e.kode][place][rincian] = _of_fields(Angka, (nilai, status))
    rows: list[AngkaRow] = []
    for kode, wilayah in per_elemen.items():
        e = elemen[kode]
        completion = Completion(e)
        complete = {w: completion.of(figures) for w, figures in wilayah.items()} if e.rincian else wilayah
        if e.agregasi_wilayah in ("JUMLAH", "HITUNG"):
            _carry_up(complete)
        rows += [_of_fields(AngkaRow, (e, w, r, a)) for w, figures in complete.items() for r, a in figures.items()]
    return rows


@dataclass(frozen=True, slots=True)
class _Sum:
    """One way to a total. `counted`: those of its parts that are choices of the breakdowns summed over, of which all `needed` must be
    answered; None: of an open breakdown it may always lack a choice."""

    parts: tuple[Rincian, ...]
    counted: tuple[Rincian, ...]
    needed: int | None

    def total(self, figures: Mapping[Rincian, Angka]) -> Angka | None:
        """None where not all of it is there."""
        if self.needed is None:
            return None
        answered = [r for r in self.counted if figures[r].status != "TIDAK_ADA_DATA"]
        return add_up([figures[r] for r in self.parts]) if len(answered) == self.needed else None


class Completion:
    """Totals that the breakdowns of an element imply: {JK=L}, {JK=P} → {}. A total that was reported itself stands.

    Only choices that add up are summed over, and only where they are all there: half a breakdown says nothing of the total, which
    is then TIDAK_ADA_DATA. Where several breakdowns imply the same total, the one with the fewest dimensions is taken, then the one
    the catalogue lists first; that they agree is checked elsewhere. Of choices that replace each other the newest is the total.

    Which figures are summed to which follows from what breakdowns there are alone: the regions of a table share it.
    """

    def __init__(self, elemen: Elemen) -> None:
        self._elemen = elemen
        self._sums: dict[tuple[Rincian, ...], dict[Rincian, list[_Sum]]] = {}
        self._replacing = any(d.terbaru for d in elemen.rincian)

    def of(self, figures: Mapping[Rincian, Angka]) -> dict[Rincian, Angka]:
        """The figures of one region with all that they imply."""
        present = tuple(figures)
        if present == _WHOLE:
            return dict(figures)
        implied = self._sums.get(present)
        if implied is None:
            implied = self._sums[present] = _sums(self._elemen, present)
        if not implied and not self._replacing:
            return dict(figures)
        derived: dict[Rincian, Angka] = {}
        for rincian, sums in implied.items():
            derived[rincian] = UNKNOWN
            for s in sums:
                if (total := s.total(figures)) is not None:
                    derived[rincian] = total
                    break
        newest = _newest(self._elemen, figures) if self._replacing else {}
        return {**newest, **derived, **figures}


def _sums(elemen: Elemen, present: Collection[Rincian]) -> dict[Rincian, list[_Sum]]:
    """Every total that is not there itself, and the ways to it, the likeliest first."""
    order = {d.kode: i for i, d in enumerate(elemen.rincian)}
    adding_up = {d.kode: d for d in elemen.rincian if d.menjumlah}
    by_dimensions, reported = _by_dimensions(present), set(present)
    result: dict[Rincian, list[_Sum]] = defaultdict(list)
    for dimensions in sorted(by_dimensions, key=lambda k: (len(k), sorted(order.get(d, 99) for d in k))):
        removable = [d for d in dimensions if d in adding_up]
        for count in range(1, len(removable) + 1):
            for dropped in combinations(removable, count):
                remaining = tuple(d for d in dimensions if d not in dropped)
                for r, parts in _grouped(by_dimensions[dimensions], remaining).items():
                    if r not in reported:  # one kind may be told by sex, another by its total alone
                        result[r].append(_sum([adding_up[d] for d in dropped], parts))
    return result


def _sum(summed_over: Sequence[RincianDimension], parts: Sequence[Rincian]) -> _Sum:
    listed = {d.kode: d.pilihan for d in summed_over}
    counted = tuple(r for r in parts if all(p in listed[n] for n, p in r if n in listed))
    is_closed = all(d.whole for d in summed_over)
    return _Sum(tuple(parts), counted, prod(len(d.pilihan) for d in summed_over) if is_closed else None)


def is_whole(summed_over: Sequence[RincianDimension], parts: Mapping[Rincian, Angka]) -> bool:
    """Whether every choice of those breakdowns is there with a figure or a reason for none: then they make the total."""
    return _sum(summed_over, tuple(parts)).total(parts) is not None


def _newest(elemen: Elemen, figures: Mapping[Rincian, Angka]) -> dict[Rincian, Angka]:
    """Figures without a breakdown whose choices replace each other: those of the newest choice that has one."""
    result: dict[Rincian, Angka] = {}
    replacing = [d for d in elemen.rincian if d.terbaru]
    by_dimensions = _by_dimensions(figures) if replacing else {}
    for d in replacing:
        for dimensions, present in by_dimensions.items():
            if d.kode not in dimensions:
                continue
            for r, versions in _grouped(present, tuple(n for n in dimensions if n != d.kode)).items():
                newest = max(
                    versions,
                    key=lambda v, d=d: (  # type: ignore[misc]
                        figures[v].status != "TIDAK_ADA_DATA", version_order(dict(v)[d.kode], d.pilihan)
                    ),
                )  # fmt: skip
                result[r] = figures[newest]
    return result


def _by_dimensions(present: Iterable[Rincian]) -> dict[DimensionNames, list[Rincian]]:
    result: dict[DimensionNames, list[Rincian]] = defaultdict(list)
    for rincian in present:
        result[tuple(n for n, _ in rincian)].append(rincian)
    return result


def _grouped(present: Iterable[Rincian], remaining: DimensionNames) -> dict[Rincian, list[Rincian]]:
    """Breakdowns by what is left of them."""
    groups: dict[Rincian, list[Rincian]] = defaultdict(list)
    for rincian in present:
        groups[tuple(p for p in rincian if p[0] in remaining)].append(rincian)
    return groups


def _carry_up(wilayah: dict[str, dict[Rincian, Angka]]) -> None:
    """Add to the figures of each region what those of its parts come to."""
    below: dict[str, list[dict[Rincian, Angka]]] = defaultdict(list)
    for kode, figures in wilayah.items():
        for above in kode_wilayah.all_above(kode)[:-1]:  # up to its kabupaten
            below[above].append(figures)
    sums: dict[str, dict[Rincian, Angka]] = {}
    for kode, parts in below.items():
        own = wilayah.get(kode, {})
        present = dict.fromkeys([r for figures in parts for r in figures])
        sums[kode] = {r: add_up([f[r] for f in parts if r in f]) for r in present if r not in own}
    for kode, figures in sums.items():  # not before: what is a sum itself is added to nothing
        wilayah.setdefault(kode, {}).update(figures)
