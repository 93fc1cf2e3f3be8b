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
    remaining = np.flatnonzero(open_)
    values = np.column_stack([weights, np.ones(len(points))])
    gains = sum_within(points, points.take(remaining), metres, values[remaining])
    chosen: list[Place] = []
    while len(chosen) < many and len(remaining):
        best = int(np.lexsort((-gains[:, 1], -gains[:, 0]))[0])
        reached = within(points, best, points.take(remaining), metres)
        if not reached.any():
            break
        newly_covered, remaining = remaining[reached], remaining[~reached]
        chosen.append(Place(best, newly_covered))
        gains -= sum_within(points, points.take(newly_covered), metres, values[newly_covered])
    return chosen
