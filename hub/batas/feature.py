"""A boundary on its way from a file to the import: nothing else is needed by the process that reads."""

from dataclasses import dataclass

from shapely import MultiPolygon


@dataclass(frozen=True, slots=True)
class BatasFeature:
    """A feature of a file: its number, code and name as written, its repaired area (EPSG:4326, longitude first) or
    None, and what was wrong with it. `layer`: the layer it lies in, where the file has several; its number counts there.
    `column`: the column of the code, where the one that is looked into first is empty."""

    number: int
    kode: str
    name: str
    geom: MultiPolygon | None
    problem: str | None
    layer: str = ""
    column: str = ""
