"""What is on the map at large: its version, its extent, since when its regions are in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from geo.tile_address import Box
from hub.base.actor import PUBLIK
from hub.batas.drawn import BENTUK, DARI_NOL, Mulai
from hub.db.database import Database, Statement

TABEL = frozenset(["peta_versi", "batas_piramida", "wilayah"])  # what the version depends on

# Of a large shape box2d reads the first bytes only; the coarsest band reaches as far as the others do.
_PETA = f"""
SELECT {BENTUK}, (SELECT v.mulai FROM peta_versi v WHERE v.kunci = 'batas'),
  (SELECT md5(string_agg(concat_ws('|', w.kode, w.berlaku_sejak, w.jenis, w.nama), chr(10) ORDER BY w.kode))
   FROM wilayah w WHERE w.berlaku_sampai IS NULL),
  (SELECT ARRAY[ST_XMin(k.kotak), ST_YMin(k.kotak), ST_XMax(k.kotak), ST_YMax(k.kotak)] FROM (
    SELECT ST_Transform(ST_SetSRID(ST_Extent(p.geom), 3857), 4326)::box3d AS kotak FROM batas_piramida p WHERE p.pita = 0
  ) AS k),
  (SELECT jsonb_object_agg(s.kode_kab, s.terbaru) FROM (
    SELECT w.kode_kab, max(w.berlaku_sejak) AS terbaru FROM wilayah w WHERE w.berlaku_sampai IS NULL GROUP BY w.kode_kab
  ) AS s)
"""


@dataclass(frozen=True, slots=True)
class IsiPeta:
    """`bentuk`: version of all shapes, None before there are any; `mulai`: from which zoom each level is drawn; `nama`: hash of all names and kinds, for names stand on
    the map too and a list of regions may change them alone. Both are the same on whatever machine. `kotak`: degrees; None:
    nothing is drawn. `sejak`: kode_kab → first day of its newest region."""

    bentuk: str | None
    mulai: Mulai
    nama: str | None
    kotak: Box | None
    sejak: Mapping[str, date]


async def whole_map(db: Database) -> IsiPeta:
    ((bentuk, mulai, nama, kotak, sejak),) = await db.read_rows(PUBLIK, Statement(_PETA, {}))
    return IsiPeta(
        bentuk,
        DARI_NOL if mulai is None else (mulai[0], mulai[1], mulai[2], mulai[3]),
        nama,
        None if kotak is None or kotak[0] is None else (kotak[0], kotak[1], kotak[2], kotak[3]),
        {k: date.fromisoformat(s) for k, s in (sejak or {}).items()},
    )
