"""The coordinate system of a layer: what it says it is, or degrees where it says nothing that is known."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely.geometry.base import BaseGeometry

DEGREES = CRS(4326)  # longitude first here, whatever it says itself


class CoordinateSystem:
    """`crs`: None where the layer names none, or one that nobody can turn into degrees. `text`: as the layer writes it."""

    def __init__(self, text: str | None) -> None:
        self.text = (text or "").strip()
        self.crs: CRS | None = None
        self._transform: Transformer | None = None
        if not self.text:
            return
        try:
            crs = CRS(self.text)
            if not crs.equals(DEGREES):
                self._transform = Transformer.from_crs(crs, 4326, always_xy=True)
        except (CRSError, ProjError):
            return
        self.crs = crs

    def to_degrees(self, shape: BaseGeometry) -> tuple[BaseGeometry, str | None]:
        """The shape in EPSG:4326, longitude first; or what is in the way. Of an unknown system only degrees are believed."""
        if self._transform is not None:
            return shapely.transform(shape, self._projected), None
        if self.crs is None and not shape.is_empty:
            west, south, east, north = shape.bounds
            if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
                return shape, self.complaint()
        return shape, None

    def hopeless(self, bounds: Sequence[float] | None) -> bool:
        """Whether nothing within these bounds (west, south, east, north) can be turned into degrees."""
        if self.crs is not None or bounds is None or not np.isfinite(bounds).all():
            return False
        west, south, east, north = bounds
        return west > 180 or east < -180 or south > 90 or north < -90

    def complaint(self) -> str:
        name = f"tidak dikenal ({self.text[:60]})" if self.text else "tidak disebut"
        return f"sistem koordinat {name} dan koordinatnya bukan derajat; sertakan berkas .prj atau simpan ulang dalam EPSG:4326"

    def _projected(self, points: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        assert self._transform is not None
        x, y = self._transform.transform(points[:, 0], points[:, 1])
        return np.column_stack([x, y])
