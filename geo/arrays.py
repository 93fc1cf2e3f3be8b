"""Types of the arrays that geometry comes in."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Geometries = NDArray[np.object_]  # of shapely geometries
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]


def geometries(shapes: Any) -> Geometries:
    """A list of geometries as an array of one dimension, empty ones too."""
    array: Geometries = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array
