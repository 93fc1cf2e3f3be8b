"""Points anywhere around Rote, and how far they are from each other."""

import numpy as np

from geo.arrays import Floats
from geo.geodesic import distances


def acak(benih: int, banyak: int, luas: float = 1.0) -> Floats:
    """Points around Rote, some of them twice in the same place."""
    r = np.random.default_rng(benih)
    titik = np.column_stack([r.uniform(122.5, 122.5 + 2 * luas, banyak), r.uniform(-11, -11 + luas, banyak)])
    kembar = r.integers(0, max(1, banyak), banyak // 5)
    titik[: len(kembar)] = titik[kembar]
    return titik


def semua_jarak(a: Floats, b: Floats) -> Floats:
    i, j = np.meshgrid(np.arange(len(a)), np.arange(len(b)), indexing="ij")
    return distances(a[i.ravel()], b[j.ravel()]).reshape(len(a), len(b))
