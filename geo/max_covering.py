"""Where to put the next ones: greedy maximal covering (Church and ReVelle 1974). Each step takes the place that adds the
most to what is covered; that reaches at least 1 − 1/e of the best there is (Nemhauser, Wolsey and Fisher 1978), and with
one place it is the best."""

from dataclasses import dataclass

import numpy as np

from geo.arrays import Bools, Floats, Ints
from geo.near import Points, sum_within, within


@dataclass(frozen=True, slots=True)
class Place:
    """A place taken. `covered`: indices of the points that it is the first to cover."""

    index: int
    covered: Ints


def propose(points: Points, open_: Bools, metres: float, weights: Floats, many: int) -> list[Place]:
    """At most `many` of the points, best first, each chosen for what it covers within `metres` of those still `open_`.

    More weight wins; of equal weight more points; of equally many the first. Ends early where nothing is left to cover.
    Weights, (n,), are exact where they are whole numbers below 2^53 in total.
    """
    sisa = np.flatnonzero(open_)
    nilai = np.column_stack([weights, np.ones(len(points))])
    tambah = sum_within(points, points.take(sisa), metres, nilai[sisa])
    hasil: list[Place] = []
    while len(hasil) < many and len(sisa):
        pilih = int(np.lexsort((-tambah[:, 1], -tambah[:, 0]))[0])
        terpilih = within(points, pilih, points.take(sisa), metres)
        if not terpilih.any():
            break
        baru, sisa = sisa[terpilih], sisa[~terpilih]
        hasil.append(Place(pilih, baru))
        tambah -= sum_within(points, points.take(baru), metres, nilai[baru])
    return hasil
