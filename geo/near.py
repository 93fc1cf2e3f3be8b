"""Many points against many points on the earth: the nearest, and sums over what lies within a distance.

Points are gathered into blocks of neighbours. For a block, everything that is surely near enough or surely too far (by
chords, see geo.geodesic) is settled at once; what remains is looked at pair by pair, and only pairs that chords cannot
tell are measured along the geodesic. So the answer is the geodesic's, and the work follows the number of points near
the edge of the circles, not n × m.
"""

from dataclasses import dataclass

import numpy as np

from geo.arrays import Bools, Floats, Ints
from geo.geodesic import chord_within, distances, earth_centred, longest_geodesic

_FEWEST, _MOST = 16, 96  # points of a block: about the root of their number, so that few points make small blocks too
_SLACK = 0.001  # metres: more than chords are off by rounding
_WIDE = 1_024  # columns multiplied at once: with more, BLAS starts threads, which take longer to start than to multiply


@dataclass(frozen=True, slots=True)
class _Block:
    index: Ints
    centre: Floats
    radius: float  # metres, straight


class Points:
    """Points on the earth: `lonlat` (n, 2), degrees, EPSG:4326."""

    def __init__(self, lonlat: Floats) -> None:
        self.lonlat = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
        self.xyz = earth_centred(self.lonlat)
        self._blocks: list[_Block] | None = None

    def __len__(self) -> int:
        return len(self.lonlat)

    def take(self, index: Ints | Bools) -> "Points":
        return Points(self.lonlat[index])

    @property
    def blocks(self) -> list[_Block]:
        if self._blocks is None:
            self._blocks = [_block(self.xyz, i) for i in _tiles(self.lonlat)]
        return self._blocks


def nearest(points: Points, targets: Points) -> tuple[Ints, Floats]:
    """For each point the nearest target and how far it is, metres along the geodesic. Of equally near ones the first; -1
    and nan where there are no targets."""
    n = len(points)
    if n == 0 or len(targets) == 0:
        return np.full(n, -1, dtype=np.int64), np.full(n, np.nan)
    point_index: list[Ints] = []
    target_index: list[Ints] = []
    for block in points.blocks:
        centre_distance = _straight(targets.xyz, block.centre)
        # whoever is nearest to a point of the block is no farther from its centre than this
        candidates = np.flatnonzero(centre_distance <= centre_distance.min() + 2 * block.radius + _SLACK)
        squared = _squares(points.xyz[block.index], targets.xyz[candidates], block.centre)
        shortest = np.sqrt(np.maximum(squared.min(axis=1), 0.0))
        bound = longest_geodesic(shortest) + _SLACK
        i, j = np.nonzero(squared <= (bound**2)[:, None])
        point_index.append(block.index[i])
        target_index.append(candidates[j])
    i, j = np.concatenate(point_index), np.concatenate(target_index)
    metres = distances(points.lonlat[i], targets.lonlat[j])
    order = np.lexsort((j, metres, i))
    first = order[np.unique(i[order], return_index=True)[1]]
    return j[first], metres[first]


def sum_within(points: Points, targets: Points, metres: float, weights: Floats) -> Floats:
    """For each point the sum of the weights, (m, k), of the targets not farther than `metres`: (n, k). Exact where the
    weights are whole numbers below 2^53 in total."""
    sums = np.zeros((len(points), weights.shape[1]))
    if len(targets) == 0:
        return sums
    for block in points.blocks:
        centre_distance = _straight(targets.xyz, block.centre)
        certain = centre_distance + block.radius <= chord_within(metres) - _SLACK
        partly = np.flatnonzero((centre_distance - block.radius <= metres + _SLACK) & ~certain)
        sums[block.index] = weights[certain].sum(axis=0)
        if len(partly):
            inside = _within(points, block.index, targets, partly, metres, block.centre)
            for i in range(0, len(partly), _WIDE):
                chunk = inside[:, i : i + _WIDE].astype(np.float64)
                sums[block.index] += chunk @ weights[partly[i : i + _WIDE]]
    return sums


def within(points: Points, one: int, targets: Points, metres: float) -> Bools:
    """Which targets are not farther than `metres` from one of the points: (m,)."""
    all_targets = np.arange(len(targets), dtype=np.int64)
    point_index = np.array([one], dtype=np.int64)
    return np.asarray(_within(points, point_index, targets, all_targets, metres, points.xyz[one])[0])


def _within(points: Points, p: Ints, targets: Points, t: Ints, metres: float, centre: Floats) -> Bools:
    """(len(p), len(t)): which pairs are not farther apart than `metres`."""
    squared = _squares(points.xyz[p], targets.xyz[t], centre)
    certain_chord = max(0.0, chord_within(metres) - _SLACK)
    inside: Bools = squared <= certain_chord**2
    i, j = np.nonzero((squared <= (metres + _SLACK) ** 2) & ~inside)
    if len(i):
        inside[i, j] = distances(points.lonlat[p[i]], targets.lonlat[t[j]]) <= metres
    return inside


def _squares(a: Floats, b: Floats, centre: Floats) -> Floats:
    """Squared chords of all pairs, metres². Taken from `centre`, near both, so that few digits cancel."""
    x, y = a - centre, b - centre
    squared = np.empty((len(x), len(y)))
    for i in range(0, len(y), _WIDE):
        np.matmul(x, -2.0 * y[i : i + _WIDE].T, out=squared[:, i : i + _WIDE])
    squared += (x**2).sum(axis=1)[:, None]
    squared += (y**2).sum(axis=1)
    return squared


def _straight(xyz: Floats, centre: Floats) -> Floats:
    d = xyz - centre
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", d, d)))


def _block(xyz: Floats, index: Ints) -> _Block:
    centre = xyz[index].mean(axis=0)
    return _Block(index, centre, float(_straight(xyz[index], centre).max()))


def _tiles(lonlat: Floats) -> list[Ints]:
    """Runs of neighbouring points: cut into strips by longitude, each strip by latitude."""
    n = len(lonlat)
    if n == 0:
        return []
    block_size = int(np.clip(np.sqrt(n), _FEWEST, _MOST))
    strip_count = max(1, round(np.sqrt(n / block_size)))
    tiles: list[Ints] = []
    for strip in np.array_split(np.argsort(lonlat[:, 0], kind="stable"), strip_count):
        ordered = strip[np.argsort(lonlat[strip, 1], kind="stable")]
        tiles += np.array_split(ordered, max(1, -(-len(ordered) // block_size))) if len(ordered) else []
    return tiles
