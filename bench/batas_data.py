"""A country's worth of real boundaries: the desa of two provinces, copied side by side seventeen times under other codes.

The boundaries are real, as untidy as they come; only their place is made up. Beside them lies one generated kabupaten of jagged
islands: rounded to the units of tiles nearly all of them come out invalid, and PostGIS sends a notice about each. The file and
the list of its regions are made once, under HUB_HOME/bench, and made anew when what they are made of changes. They are never part
of the project.
"""

import csv
import hashlib
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from bench import database, servers
from bench.national_data import PROVINSI
from bench.report import SCREEN
from hub.base import kode as kode_wilayah
from hub.wilayah.statements import WilayahRow

SINCE = date(2025, 1, 1)
COPIES = 17
_ORIGINALS = ("53", "36")
# where copies go, degrees: NTT is 6,6 wide and 2,9 high, Banten 1,8 and 1,4; all within the country's own box
GRIDS = {"53": (94.2, -11.8, 6.8, 3.2, 7), "36": (94.2, 1.0, 2.6, 2.0, 17)}
_COLUMNS = ["KDEPUM", "NAMOBJ"]
JAGGED = 400  # desa of the jagged kabupaten
KAB_JAGGED = f"{PROVINSI[2 * COPIES]}.01"
# degrees: where they begin, how far apart they lie (ten in a row), the side of each, and its teeth: from where, how wide, how long.
# A tooth is too large to be simplified away in one band of the pyramid and narrower than a unit of its tiles
_TEETH_START, _TEETH_DISTANCE, _TEETH_SIDE = (95.0, 3.4), (0.46, 0.06), 0.05
_TEETH = ((0.010, 0.0027, 0.40), (0.025, 0.0005, 0.36), (0.040, 0.00003, 0.36))


def source() -> Path:
    """The folder of real boundaries and codes, which the project does not carry."""
    folder = Path(os.environ.get("HUB_DATA_DIR", servers.ROOT.parent / "shared/data"))
    if not (folder / "batas_53_36" / "rbi_desa.gpkg").is_file():
        raise SystemExit(f"{folder} holds no batas_53_36/rbi_desa.gpkg; set HUB_DATA_DIR to where it lies.")
    return folder


def copies() -> dict[str, list[str]]:
    """Code of the real province → codes of its copies."""
    kode = [str(p) for p in PROVINSI]
    return {original: kode[i : 2 * COPIES : 2] for i, original in enumerate(_ORIGINALS)}


def regions(folder: Path, copy_count: int = COPIES) -> Iterator[WilayahRow]:
    """Every region of the copies, parents before their parts."""
    with (folder / "wilayah_2025.csv").open(encoding="utf-8", newline="") as file:
        originals = [(b["kode"], b["nama"]) for b in csv.DictReader(file) if b["kode"][:2] in _ORIGINALS]
    for kode, name in sorted(originals, key=lambda a: (len(a[0]), a[0])):
        for prov in copies()[kode[:2]][:copy_count]:
            new_kode = prov + kode[2:]
            yield _region(new_kode, name)
    for new_kode in sorted({b for k in jagged_codes() for b in (k[:2], k[:5], k[:8], k)}, key=lambda k: (len(k), k)):
        yield _region(new_kode, "Bergerigi")


def jagged_codes() -> list[str]:
    """Codes of the desa of the jagged kabupaten, forty in a kecamatan."""
    return [f"{KAB_JAGGED}.{1 + n // 40:02}.{2001 + n % 40}" for n in range(JAGGED)]


def jagged_areas() -> Any:
    """Their areas: squares with long thin teeth to the east. EPSG:4326."""
    return np.array([_toothed(n % 10, n // 10) for n in range(JAGGED)], dtype=object)


def _toothed(column: int, row: int) -> shapely.Polygon:
    teeth = [(x, y) for start, width, length in _TEETH for x, y in (
        (0.0, start), (length, start + width / 2), (0.0, start + width),
    )]  # fmt: skip
    side = _TEETH_SIDE
    outline = [(0.0, 0.0), *teeth, (0.0, side), (-side, side), (-side, 0.0)]
    corner = np.array(_TEETH_START) + np.array(_TEETH_DISTANCE) * (column, row) + (side, 0.0)
    return shapely.Polygon(corner + np.array(outline))


def _region(kode: str, name: str) -> WilayahRow:
    return WilayahRow(kode, SINCE, int(kode_wilayah.level_of(kode)), kode_wilayah.kind_of(kode), name)


def national_file(folder: Path, copy_count: int = COPIES) -> Path:
    """The file of all copies' desa, GeoPackage, EPSG:4326."""
    original = folder / "batas_53_36" / "rbi_desa.gpkg"
    stamp = hashlib.sha256(original.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:8]
    file = database.home() / f"batas_{copy_count}_{stamp}.gpkg"
    if file.exists():
        return file
    for outdated in database.home().glob(f"batas_{copy_count}_*"):
        outdated.unlink()
    SCREEN.print(f"making {file.name} (once; kept in {database.home()})")
    unfinished = file.with_suffix(".setengah.gpkg")
    shapes, kode, names = read(original)
    for number in range(copy_count):
        for prov, targets in copies().items():
            own = np.array([k.startswith(prov) for k in kode])
            new_kode = [targets[number] + k[2:] for k in kode[own]]
            write(unfinished, _moved(shapes[own], prov, number), new_kode, list(names[own]), append=unfinished.exists())
    write(unfinished, jagged_areas(), jagged_codes(), ["Bergerigi"] * JAGGED, append=True)
    unfinished.rename(file)  # under its final name it is complete
    return file


def read(file: Path) -> tuple[Any, Any, Any]:
    """Areas, codes, names of a file of desa, as arrays."""
    _, _, wkb, (kode, names) = pyogrio.raw.read(file, columns=_COLUMNS)
    return shapely.from_wkb(wkb), kode.astype(str), names.astype(str)


def write(file: Path, shapes: Any, kode: list[str], names: list[str], *, append: bool = False) -> None:
    pyogrio.raw.write(
        file, geometry=shapely.to_wkb(shapes), fields=_COLUMNS, geometry_type="MultiPolygon", crs="EPSG:4326",
        field_data=[np.array(kode, dtype=object), np.array(names, dtype=object)], append=append,
    )  # fmt: skip


def _moved(shapes: Any, prov: str, number: int) -> Any:
    west, south, width, height, columns = GRIDS[prov]
    left, bottom, _, _ = shapely.total_bounds(shapes)
    shift = np.array([west + number % columns * width - left, south + number // columns * height - bottom])
    return shapely.transform(shapes, lambda points: points + shift)
