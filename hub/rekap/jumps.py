"""Figures far from what the same region reported before, in the words of those who look at them. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hub.angka.cells import CleanCell
from hub.angka.comparison import Jump
from hub.angka.rollup import AngkaRow
from hub.base import kode as kode_wilayah
from hub.base.periode import Periode
from hub.base.temuan import WARNING, Temuan, display
from hub.katalog.katalog import Kewajaran
from hub.rekap.cells import first_locations

_INCOMPLETE = ("BELUM_LENGKAP", "SEBAGIAN_DESA")


@dataclass(frozen=True, slots=True)
class FarFigure:
    """A figure that is told to be far from what is usual, and how far."""

    figure: AngkaRow
    jump: Jump


def incomplete(temuan: Iterable[Temuan]) -> set[str]:
    """Elements of which regions are missing, as was found."""
    return {t.elemen for t in temuan if t.kode in _INCOMPLETE and t.elemen is not None}


def far_figures(
    angka: Sequence[AngkaRow], jumps: Iterable[Jump], cells: Iterable[CleanCell], partial: Collection[str] = ()
) -> list[FarFigure]:
    """`angka`: the figures that were asked about; `partial`: elements of which regions are missing. That their sums are less than
    ever is no jump, and told elsewhere.

    What a desa has too much its kecamatan and kabupaten have too. A figure that is usual but for the jumps below it, or but
    for those of its own choices, is not told again.
    """
    told: dict[str, list[tuple[AngkaRow, Decimal]]] = defaultdict(list)
    far: list[FarFigure] = []
    found = sorted(
        ((angka[j.place - 1], j) for j in jumps), key=lambda x: (-len(x[0].wilayah), -len(x[0].rincian), x[1].place)
    )
    reported = {(s.wilayah, s.elemen.kode, s.rincian) for s in cells} if found else set()
    for a, j in found:
        assert a.angka.nilai is not None
        is_sum = (a.wilayah, a.elemen.kode, a.rincian) not in reported
        if is_sum and a.elemen.kode in partial and a.angka.nilai < j.median:
            continue
        inside = [(row, excess) for row, excess in told[a.elemen.kode] if _is_part(row, a)]
        by_breakdown: dict[str, Decimal] = defaultdict(Decimal)
        for row, excess in inside:
            by_breakdown[row.dimensions] += excess
        if any(abs(a.angka.nilai - excess - j.median) <= j.distance for excess in by_breakdown.values()):
            continue
        same = by_breakdown.get(a.dimensions, Decimal(0))
        told[a.elemen.kode].append((a, a.angka.nilai - same - j.median))
        far.append(FarFigure(a, j))
    return far


def check_jumps(
    far: Iterable[FarFigure], cells: Iterable[CleanCell], names: Mapping[str, str], bounds: Kewajaran
) -> list[Temuan]:
    """A finding of each. `names`: code of a region → its name."""
    cells_of: dict[str, list[CleanCell]] = defaultdict(list)
    for s in cells:
        cells_of[s.elemen.kode].append(s)
    return [_finding(f.figure, f.jump, cells_of[f.figure.elemen.kode], names, bounds) for f in far]


def _is_part(row: AngkaRow, whole: AngkaRow) -> bool:
    return kode_wilayah.is_within(row.wilayah, whole.wilayah) and set(whole.rincian) <= set(row.rincian)


def _finding(a: AngkaRow, j: Jump, cells: Iterable[CleanCell], names: Mapping[str, str], bounds: Kewajaran) -> Temuan:
    choice = f"[{', '.join(f'{n}={p}' for n, p in a.rincian)}]" if a.rincian else ""
    usual = display(j.least) if j.least == j.most else f"{display(j.least)} sampai {display(j.most)}"
    often = "biasanya" if j.count >= bounds.lonjakan_sedikitnya else "sebelumnya"
    when = (
        j.first if j.count == 1 else f"{j.count} {Periode.read(j.first).kind.name.lower()}, {j.first} sampai {j.last}"
    )
    message = (
        f"{a.elemen.kode}{choice} ({a.elemen.nama}), {names.get(a.wilayah, a.wilayah)}: {display(a.angka.nilai)}, padahal {often} {usual} "
        f"({when}). Periksa angkanya; bila memang begitu, biarkan."
    )
    below = [s for s in cells if set(a.rincian) <= set(s.rincian) and kode_wilayah.is_within(s.wilayah, a.wilayah)]
    return Temuan(
        "LONJAKAN_ANGKA", WARNING, message, wilayah=a.wilayah, elemen=a.elemen.kode, nilai=str(a.angka.nilai),
        lokasi=first_locations(below),
    )  # fmt: skip
