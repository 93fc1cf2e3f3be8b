"""What coverage comes to: columns over the desa of a region, in order of code. Nothing here reads or waits.

A desa without a boundary has no label point: nobody can say how far it is from anything. It counts in `jumlah_desa`, is never
covered, and is left out of every percentage.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.arrays import Bools, Floats, Ints
from geo.catchment import two_step
from geo.max_covering import propose
from geo.near import Points, nearest
from hub.cakupan.question import Question
from hub.cakupan.statements import Box, DesaTable, SumberDayaTable
from hub.cakupan.weights import WeightTable

_KM_PER_DEGREE = 110.5  # of latitude, anywhere at least so many; of longitude that times cos(latitude)
_EXACT = 2**53  # whole numbers below it are exact as floats


class Desa:
    """The desa of a region. `placed`: indices of those with a label point, which are `points` in the same order."""

    def __init__(self, table: DesaTable) -> None:
        self._table = table
        self.kode: list[str] = table.kode
        self.since: list[date] = table.since
        self.lonlat = _lonlat(table.lon, table.lat)
        self.area: Floats = np.array(table.area, dtype=np.float64)  # km²
        self.placed: Ints = np.flatnonzero(~np.isnan(self.lonlat[:, 0]))
        self.points = Points(self.lonlat[self.placed])

    def __len__(self) -> int:
        return len(self.kode)

    def extended_by(self, others: DesaTable, wilayah: str) -> "Desa":
        """These, and after them those of the others that are not in the region."""
        i = [i for i, k in enumerate(others.kode) if k != wilayah and not k.startswith(wilayah + ".")]
        x = self._table
        lon, lat = [*x.lon, *(others.lon[n] for n in i)], [*x.lat, *(others.lat[n] for n in i)]
        kode, since = [*x.kode, *(others.kode[n] for n in i)], [*x.since, *(others.since[n] for n in i)]
        return Desa(DesaTable(True, kode, since, lon, lat, [*x.area, *(None for _ in i)]))

    def box_around(self, km: float) -> Box | None:
        """A box that holds everything within so many km of any label point; None without label points."""
        if len(self.placed) == 0:
            return None
        west, south = self.points.lonlat.min(axis=0)
        east, north = self.points.lonlat.max(axis=0)
        lat = km / _KM_PER_DEGREE
        narrowest = np.cos(np.radians(min(89.0, max(abs(south), abs(north)) + lat)))
        lon = lat / narrowest
        return Box(float(west - lon), float(south - lat), float(east + lon), float(north + lat))


class Resources:
    """Resources, in order of kode_kab and id. `capacity`: places, nan where not known; `free`: those not taken."""

    def __init__(self, table: SumberDayaTable) -> None:
        self.kode_kab = table.kode_kab
        self.id = table.id
        self.kode_desa = table.kode_desa
        self.points = Points(_lonlat(table.lon, table.lat))
        self.from_desa: Bools = np.array(table.dari_desa, dtype=np.bool_)
        self.capacity: Floats = np.array(table.daya, dtype=np.float64)
        self.free: Floats = np.maximum(0.0, self.capacity - np.array(table.klien, dtype=np.float64))
        self.placeless = table.placeless

    def within(self, wilayah: str) -> Bools:
        """Which of them stand in that region, by the code of their desa."""
        return np.array([k == wilayah or k.startswith(wilayah + ".") for k in self.kode_desa], dtype=np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Distances:
    """How far the desa of a region are from resources, whatever distance is asked for. `nearest_index`: index of the nearest resource,
    -1 where there is none or the desa has no label point; `meter`: how far it is, geodesic, nan there; `in_wilayah`: which
    resources stand in the region; `outside`: how far the others are from the nearest desa, metres, in order."""

    desa: Desa
    resources: Resources
    nearest_index: Ints
    meter: Floats
    in_wilayah: Bools
    outside: Floats


def measure(wilayah: str, desa: Desa, resources: Resources) -> Distances:
    nearest_index = np.full(len(desa), -1, dtype=np.int64)
    meter = np.full(len(desa), np.nan)
    nearest_index[desa.placed], meter[desa.placed] = nearest(desa.points, resources.points)
    in_wilayah = resources.within(wilayah)
    _, outside = nearest(resources.points.take(~in_wilayah), desa.points)
    return Distances(desa, resources, nearest_index, meter, in_wilayah, np.sort(outside))


def proven(distances: Distances, box: Box) -> bool:
    """Whether nothing outside the box can be nearer to a desa than what was found inside."""
    points = distances.desa.points.lonlat
    latitude = np.abs(points[:, 1]).max(initial=max(abs(box.selatan), abs(box.utara)))
    km_per_longitude = _KM_PER_DEGREE * np.cos(np.radians(latitude))
    margin = np.minimum(
        np.minimum(points[:, 0] - box.barat, box.timur - points[:, 0]) * km_per_longitude,
        np.minimum(points[:, 1] - box.selatan, box.utara - points[:, 1]) * _KM_PER_DEGREE,
    )
    return bool((distances.meter[distances.desa.placed] / 1000 <= margin).all())  # nan, nothing found, proves nothing


@dataclass(frozen=True)
class Reach:
    """The answer for each desa of the region, in order of code."""

    question: Question
    distances: Distances

    @property
    def desa(self) -> Desa:
        return self.distances.desa

    @property
    def resources(self) -> Resources:
        return self.distances.resources

    @property
    def kode(self) -> list[str]:
        return self.distances.desa.kode

    @property
    def distance_km(self) -> Floats:
        """To the nearest resource; nan where there is none or the desa has no label point."""
        return self.distances.meter / 1000

    @cached_property
    def covered(self) -> Bools:
        return np.asarray(self.distances.meter <= self.question.meter)

    @property
    def outside_count(self) -> int:
        """How many resources outside the region cover one of its desa."""
        return int(np.searchsorted(self.distances.outside, self.question.meter, side="right"))


@dataclass(frozen=True)
class Weights:
    """What desa weigh. `nilai`: Decimal or None, exact; `angka`: the same times a power of ten that makes all of them whole,
    nan where not known."""

    nilai: NDArray[np.object_]
    status: NDArray[np.object_]
    known: Bools

    @classmethod
    def of(cls, table: WeightTable) -> "Weights":
        nilai, status = np.array(table.nilai, dtype=object), np.array(table.status, dtype=object)
        return cls(nilai, status, np.array([n is not None for n in table.nilai], dtype=np.bool_))

    def take(self, which: Any) -> "Weights":
        return Weights(self.nilai[which], self.status[which], self.known[which])

    @cached_property
    def angka(self) -> Floats:
        known = [n for n in self.nilai if n is not None]
        decimals = max((-int(n.as_tuple().exponent) for n in known), default=0)
        factor = Decimal(10) ** max(0, decimals)
        if sum(map(abs, known)) * factor >= _EXACT:
            factor = Decimal(1)  # too many digits for a float anyway
        return np.array([np.nan if n is None else float(n * factor) for n in self.nilai], dtype=np.float64)

    def total(self, which: Any) -> Decimal | None:
        """Of the known ones among them; None where none is known."""
        known = [n for n in self.nilai[which] if n is not None]
        return sum(known, Decimal(0)) if known else None

    def total_per_run(self, starts: Ints, included: Bools) -> list[Decimal | None]:
        """The same of those marked in each run that begins at `starts`; zero where some of the run is known and none marked."""
        values = self.nilai.copy()
        values[~(included & self.known)] = Decimal(0)
        any_known = np.add.reduceat(self.known.astype(np.int64), starts) > 0
        return [n if t else None for n, t in zip(np.add.reduceat(values, starts), any_known, strict=True)]

    def status_per_run(self, starts: Ints, totals: Sequence[Decimal | None]) -> list[str]:
        """What is said of those sums: where nothing is known what is said of all of the run, TIDAK_ADA_DATA where that differs."""
        kinds, numbers = np.unique(self.status.astype(str), return_inverse=True)
        first, last = np.minimum.reduceat(numbers, starts), np.maximum.reduceat(numbers, starts)
        return [
            ("ADA" if n else "NOL") if n is not None else str(kinds[a]) if a == b else "TIDAK_ADA_DATA"
            for n, a, b in zip(totals, first, last, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Summary:
    """Coverage of a region, or of one part of it. Percentages: two decimals, None where there is nothing to divide by.
    `sumber_daya`: resources that stand there."""

    kode: str
    jumlah_desa: int
    desa_tanpa_titik: int
    desa_tercakup: int
    persen_desa: float | None
    bobot: Decimal | None
    bobot_tanpa_titik: Decimal | None
    bobot_tercakup: Decimal | None
    persen_bobot: float | None
    desa_tanpa_bobot: int | None
    status_bobot: str | None
    persen_luas: float | None
    sumber_daya: int


@dataclass(frozen=True)
class CakupanResult:
    """Everything one question asked for. `area_shares`: share of each desa's area, 0 to 1, nan without a boundary; `akses`: places per
    unit of weight, nan without a label point, and whether everything it follows from was known; `sheltered`: shelters of the region
    that the caller knows of."""

    reach: Reach
    periode: str | None = None
    weights: Weights | None = None
    area_shares: Floats | None = None
    akses: Floats | None = None
    akses_complete: Bools | None = None
    sheltered: int = 0

    @cached_property
    def whole(self) -> Summary:
        x = self.reach
        if len(x.desa) == 0:
            return Summary(
                x.question.wilayah,
                0,
                0,
                0,
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                int(x.distances.in_wilayah.sum()),
            )
        return self._summaries([x.question.wilayah], np.zeros(1, dtype=np.int64), [int(x.distances.in_wilayah.sum())])[
            0
        ]

    def per_part(self, length: int) -> list[Summary]:
        """One for each region whose code is so long, in order of code."""
        x = self.reach
        kode = [k[:length] for k in x.kode]
        starts = [i for i, k in enumerate(kode) if i == 0 or k != kode[i - 1]]
        resource_counts = Counter(x.resources.kode_desa[i][:length] for i in np.flatnonzero(x.distances.in_wilayah))
        parts = [kode[i] for i in starts]
        return (
            self._summaries(parts, np.array(starts, dtype=np.int64), [resource_counts[k] for k in parts])
            if starts
            else []
        )

    def _summaries(self, kode: Sequence[str], starts: Ints, resource_counts: Sequence[int]) -> list[Summary]:
        """Of the runs of desa that begin at `starts`."""
        x, b = self.reach, self.weights
        every_desa, placed = np.ones(len(x.desa), dtype=np.bool_), ~np.isnan(x.desa.lonlat[:, 0])
        desa_counts, placed_counts, covered_counts = (
            np.add.reduceat(c.astype(np.int64), starts).tolist() for c in (every_desa, placed, x.covered)
        )
        nothing: list[Any] = [None] * len(kode)
        weight = inside = weight_placeless = percent = unweighted = status = nothing
        if b is not None:
            weight, inside, weight_placeless = (b.total_per_run(starts, c) for c in (every_desa, x.covered, ~placed))
            percent = [
                None if n is None or t is None else _percent(d, n - t)
                for n, d, t in zip(weight, inside, weight_placeless, strict=True)
            ]
            unweighted = np.add.reduceat((~b.known).astype(np.int64), starts).tolist()
            status = b.status_per_run(starts, weight)
        area_percent = nothing if self.area_shares is None else self._area_percent(self.area_shares, starts)
        return [
            Summary(k, n, n - p, c, _percent(c, p), *rest)
            for k, n, p, c, *rest in zip(
                kode,
                desa_counts,
                placed_counts,
                covered_counts,
                weight,
                weight_placeless,
                inside,
                percent,
                unweighted,
                status,
                area_percent,
                resource_counts,
                strict=True,
            )
        ]

    def _area_percent(self, shares: Floats, starts: Ints) -> list[float | None]:
        areas = np.where(np.isnan(shares), 0.0, self.reach.desa.area)
        covered_areas = np.add.reduceat(np.nan_to_num(shares) * np.nan_to_num(areas), starts)
        return [
            _percent(float(d), float(n))
            for d, n in zip(covered_areas, np.add.reduceat(np.nan_to_num(areas), starts), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed place: the desa at whose label point it would stand, what it adds. `tambahan_bobot` None: of none of the desa
    it adds is the weight known (or none was asked)."""

    urutan: int
    kode: str
    tambahan_desa: int
    tambahan_bobot: Decimal | None


def proposals(reach: Reach, weights: Weights | None, count: int) -> list[Proposal]:
    desa = reach.desa
    weight = np.zeros(len(desa.placed)) if weights is None else np.nan_to_num(weights.angka[desa.placed])
    places = propose(desa.points, ~reach.covered[desa.placed], reach.question.meter, weight, count)
    return [
        Proposal(
            number, desa.kode[desa.placed[t.index]], len(t.covered),
            None if weights is None else weights.total(desa.placed[t.covered]),
        )
        for number, t in enumerate(places, 1)
    ]  # fmt: skip


def access(reach: Reach, surroundings: Desa, weights: Weights) -> tuple[Floats, Bools]:
    """Places per unit of weight for each desa (two-step floating catchment), and whether all it follows from was known.
    `surroundings`: desa within twice the distance of the region, its own among them; `weights`: what they weigh."""
    desa, resources = reach.desa, reach.resources
    need = np.array([np.nan if n is None else float(n) for n in weights.nilai], dtype=np.float64)
    capacity = resources.free if reach.question.daya_tersisa else resources.capacity
    found = two_step(
        desa.points, surroundings.points, need[surroundings.placed], resources.points, capacity, reach.question.meter
    )
    nilai, complete = np.full(len(desa), np.nan), np.zeros(len(desa), dtype=np.bool_)
    nilai[desa.placed], complete[desa.placed] = found.value, found.complete
    return nilai, complete


def _lonlat(lon: Sequence[float | None], lat: Sequence[float | None]) -> Floats:
    return np.column_stack([np.array(lon, dtype=np.float64), np.array(lat, dtype=np.float64)]).reshape(-1, 2)


def _percent(part: Any, whole: Any) -> float | None:
    return None if not whole else round(float(part * 100 / whole), 2)
