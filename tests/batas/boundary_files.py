"""Small boundary files as people send them, for tests: any columns in any order, several layers, damaged shapes."""

import json
import sqlite3
import struct
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from shapely import Polygon


def square(n: int = 0, side: float = 0.02) -> Polygon:
    """The n-th of squares beside each other in Pandeglang; EPSG:4326."""
    return shapely.box(105.9 + n * 0.03, -6.7, 105.9 + n * 0.03 + side, -6.7 + side)


def layer(
    file: Path, columns: Mapping[str, Any], shapes: Sequence[Any] | None = None, *, name: str | None = None,
    kind: str = "Unknown", crs: str | None = "EPSG:4326", **options: Any,
) -> Path:  # fmt: skip
    """Write a layer, in the order of these columns; to a file that is there already it is added."""
    count = len(next(iter(columns.values())))
    shapes = [square(n) for n in range(count)] if shapes is None else shapes
    wkb = [None if s is None else shapely.to_wkb(s) for s in shapes]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.raw.write(
            file, geometry=np.array(wkb, dtype=object), fields=list(columns), layer=name or file.stem, geometry_type=kind, crs=crs,
            field_data=[v if isinstance(v, np.ndarray) else np.array(v, dtype=object) for v in columns.values()],
            append=file.exists(), **options,
        )  # fmt: skip
    return file


def geojson(file: Path, *features: tuple[Mapping[str, Any], Any]) -> Path:
    """Properties and shape of each; a shape may be any JSON."""
    rows = [
        {
            "type": "Feature",
            "properties": p,
            "geometry": json.loads(shapely.to_geojson(g)) if isinstance(g, Polygon) else g,
        }
        for p, g in features
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
    return file


def damage(file: Path, where: str, wkb: bytes) -> Path:
    """Put these bytes in the place of the shapes of a GeoPackage's only layer, for rows of which that holds."""
    name = file.stem
    with sqlite3.connect(file) as db:
        for function in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            db.create_function(function, 1, lambda _: 0.0)
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{trigger}"')
        db.execute("DELETE FROM gpkg_extensions")
        db.execute(f'UPDATE "{name}" SET geom = ? WHERE {where}', (b"GP\0\1" + struct.pack("<i", 4326) + wkb,))
    db.close()
    return file
