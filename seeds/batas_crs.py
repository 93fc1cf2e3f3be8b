"""The coordinate system of a layer: what it says it is, or degrees where it says nothing that is known."""

from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely.geometry.base import BaseGeometry

_DEGREES = (-180.0, -90.0, 180.0, 90.0)  # west, south, east, north


class SistemKoordinat:
    """`crs`: None where the layer names none, or one that nobody can turn into degrees. `text`: as the layer writes it."""

    def __init__(self, text: str | None) -> None:
        self.text = (text or "").strip()
        self.crs: CRS | None = None
        self._transform: Transformer | None = None
        if not self.text:
            return
        try:
            crs = CRS(self.text)
            if not crs.equals(CRS(4326)):
                self._transform = Transformer.from_crs(crs, 4326, always_xy=True)
        except (CRSError, ProjError):
            return
        self.crs = crs

    def epsg(self) -> int | None:
        """Its number; None where it is unknown or has none."""
        return None if self.crs is None else self.crs.to_epsg()

    def to_degrees(self, shape: BaseGeometry) -> tuple[BaseGeometry, str | None]:
        """The shape in EPSG:4326, longitude first; or what is in the way. Of an unknown system only degrees are believed."""
        if self._transform is not None:
            return shapely.transform(shape, self._projected), None
        if self.crs is None and not shape.is_empty:
            west, south, east, north = shape.bounds
            if not (_DEGREES[0] <= west <= east <= _DEGREES[2] and _DEGREES[1] <= south <= north <= _DEGREES[3]):
                name = f"tidak dikenal ({self.text[:60]})" if self.text else "tidak disebut"
                return shape, (
                    f"sistem koordinat {name} dan koordinatnya bukan derajat; sertakan berkas .prj atau simpan ulang dalam EPSG:4326"
                )
        return shape, None

    def _projected(self, points: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        assert self._transform is not None
        x, y = self._transform.transform(points[:, 0], points[:, 1])
        return np.column_stack([x, y])
