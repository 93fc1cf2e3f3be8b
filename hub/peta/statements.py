"""What is on the map at large: its version, its extent, since when its regions are in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from geo.tile_address import Box
from hub.base.actor import PUBLIC
from hub.base.kode import Level
from hub.batas.drawn import FROM_ZERO, SHAPES_VERSION, FirstZooms
from hub.db.database import Database, Statement

TABLES = frozenset(["peta_versi", "batas_piramida", "wilayah"])  # what the version depends on

# Of a large shape box2d reads the first bytes only; the coarsest band reaches as far as the others do.
_PETA = f"""
SELECT {SHAPES_VERSION}, (SELECT v.mulai FROM peta_versi v WHERE v.kunci = 'batas'),
  (SELECT md5(string_agg(concat_ws('|', w.kode, w.berlaku_sejak, w.jenis, w.nama), chr(10) ORDER BY w.kode))
   FROM wilayah w WHERE w.berlaku_sampai IS NULL),
  (SELECT ARRAY[ST_XMin(k.kotak), ST_YMin(k.kotak), ST_XMax(k.kotak), ST_YMax(k.kotak)] FROM (
    SELECT ST_Transform(ST_SetSRID(ST_Extent(p.geom), 3857), 4326)::box3d AS kotak FROM batas_piramida p WHERE p.pita = 0
  ) AS k),
  (SELECT jsonb_object_agg(s.kode_kab, s.terbaru) FROM (
    SELECT w.kode_kab, max(w.berlaku_sejak) AS terbaru FROM wilayah w WHERE w.berlaku_sampai IS NULL GROUP BY w.kode_kab
  ) AS s)
"""


_DRAWN_BOX = """
SELECT ST_XMin(k.kotak), ST_YMin(k.kotak), ST_XMax(k.kotak), ST_YMax(k.kotak) FROM (
  SELECT ST_Transform(ST_SetSRID(ST_Extent(p.geom), 3857), 4326)::box3d AS kotak FROM batas_piramida p
  WHERE p.pita = 0 AND p.kode >= %(wilayah)s AND p.kode < %(wilayah)s || '/'
    AND (%(tingkat)s::smallint IS NULL OR p.tingkat = %(tingkat)s)
) AS k
"""


@dataclass(frozen=True, slots=True)
class PetaContent:
    """`shapes_version`: version of all shapes, None before there are any; `first_zooms`: from which zoom each level is drawn; `names_hash`: hash of all names and kinds, for names stand on
    the map too and a list of regions may change them alone. Both are the same on whatever machine. `box`: degrees; None:
    nothing is drawn. `since`: kode_kab → first day of its newest region."""

    shapes_version: str | None
    first_zooms: FirstZooms
    names_hash: str | None
    box: Box | None
    since: Mapping[str, date]


async def whole_map(db: Database) -> PetaContent:
    ((shapes_version, first_zooms, names_hash, box, since),) = await db.read_rows(PUBLIC, Statement(_PETA, {}))
    return PetaContent(
        shapes_version,
        FROM_ZERO if first_zooms is None else (first_zooms[0], first_zooms[1], first_zooms[2], first_zooms[3]),
        names_hash,
        None if box is None or box[0] is None else (box[0], box[1], box[2], box[3]),
        {k: date.fromisoformat(s) for k, s in (since or {}).items()},
    )


async def box_of(db: Database, wilayah: str, level: Level | None) -> Box | None:
    """Around what is drawn of a region and of those below it, whichever of them have a boundary: west, south, east, north in
    degrees. `level`: of that level only. None: nothing is drawn there."""
    values = {"wilayah": wilayah, "tingkat": None if level is None else int(level)}
    ((west, south, east, north),) = await db.read_rows(PUBLIC, Statement(_DRAWN_BOX, values))
    return None if west is None else (west, south, east, north)
