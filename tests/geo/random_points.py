"""Points anywhere around Rote, and how far they are from each other."""

import numpy as np

from geo.arrays import Floats
from geo.geodesic import distances


def random_points(seed: int, count: int, extent: float = 1.0) -> Floats:
    """Points around Rote, some of them twice in the same place."""
    r = np.random.default_rng(seed)
    points = np.column_stack([r.uniform(122.5, 122.5 + 2 * extent, count), r.uniform(-11, -11 + extent, count)])
    twins = r.integers(0, max(1, count), count // 5)
    points[: len(twins)] = points[twins]
    return points


def all_distances(a: Floats, b: Floats) -> Floats:
    i, j = np.meshgrid(np.arange(len(a)), np.arange(len(b)), indexing="ij")
    return distances(a[i.ravel()], b[j.ravel()]).reshape(len(a), len(b))
