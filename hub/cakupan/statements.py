"""Statements of coverage: where desa and social resources lie, how large desa are, how much each weighs.

Coordinates: EPSG:4326, longitude first, degrees. What lies where is public and read as the public; weights are read as the
caller. Regions and boundaries are those in force today. Columns come as JSON lists, which Python reads in one go.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from hub.base.actor import PUBLIC, Actor
from hub.cakupan.question import Question
from hub.db.database import Database, Statement

_IN_FORCE = "w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date"
# at the code or below it; codes are hierarchical, "/" follows "." in byte order
_AT_OR_BELOW = """w.kode_kab >= left(%(wilayah)s, 5) AND w.kode_kab < left(%(wilayah)s, 5) || '/'
  AND w.kode >= %(wilayah)s AND w.kode < %(wilayah)s || '/'"""
_BATAS = """b.kode_kab = w.kode_kab AND b.kode = w.kode AND b.wilayah_sejak = w.berlaku_sejak AND b.sejak <= current_date
  AND (b.sampai IS NULL OR b.sampai > current_date)"""

_DESA = f"""
SELECT json_build_object('ada', (
    SELECT count(*) FROM wilayah w WHERE w.kode_kab = left(%(wilayah)s, 5) AND w.kode = %(wilayah)s AND {_IN_FORCE}),
  'kode', json_agg(d.kode), 'sejak', json_agg(d.sejak), 'lon', json_agg(d.lon), 'lat', json_agg(d.lat), 'luas', json_agg(d.luas_km2))
FROM (
  SELECT w.kode, w.berlaku_sejak AS sejak, ST_X(b.titik) AS lon, ST_Y(b.titik) AS lat, b.luas_km2
  FROM wilayah w LEFT JOIN batas b ON {_BATAS}
  WHERE w.tingkat = 4 AND {_AT_OR_BELOW} AND {_IN_FORCE} ORDER BY w.kode
) d
"""

# boxes lie in front of the geometries, so reading them is cheap; still as much as everything else about desa together
_BOXES = f"""
SELECT json_build_object('kode', json_agg(d.kode), 'barat', json_agg(d.barat), 'selatan', json_agg(d.selatan), 'timur', json_agg(d.timur), 'utara', json_agg(d.utara))
FROM (
  SELECT w.kode, ST_XMin(b.geom) AS barat, ST_YMin(b.geom) AS selatan, ST_XMax(b.geom) AS timur, ST_YMax(b.geom) AS utara
  FROM wilayah w JOIN batas b ON {_BATAS}
  WHERE w.tingkat = 4 AND {_AT_OR_BELOW} AND {_IN_FORCE}
) d
"""


def _around(box: str) -> str:
    """Two reads of the index: it holds the newest boundaries only, few are about to be replaced."""
    return f"""
SELECT json_build_object('kode', json_agg(d.kode), 'sejak', json_agg(d.sejak), 'lon', json_agg(d.lon), 'lat', json_agg(d.lat))
FROM (
  SELECT w.kode, w.berlaku_sejak AS sejak, ST_X(b.titik) AS lon, ST_Y(b.titik) AS lat
  FROM (
    SELECT * FROM batas b WHERE b.sampai IS NULL AND b.geom && {box}
    UNION ALL SELECT * FROM batas b WHERE b.sampai > current_date AND b.geom && {box}
  ) b JOIN wilayah w ON {_BATAS} AND {_IN_FORCE}
  WHERE b.tingkat = 4 AND b.titik && {box} ORDER BY w.kode
) d
"""


_ENVELOPE = "ST_MakeEnvelope(%(barat)s, %(selatan)s, %(timur)s, %(utara)s, 4326)"

# all of them where that was told, else the sexes that are known; none where the caller may not know (across his border)
_CLIENTS = """(SELECT coalesce(t.klien, coalesce(t.klien_l, 0) + coalesce(t.klien_p, 0)) FROM sumber_daya_terbaca t
    WHERE t.kode_kab = a.kode_kab AND t.id = a.id)"""

# A shelter of victims takes no part: its place is nobody's business. What nobody has measured stands at its desa's label
# point. Each row is one resource, wherever it is counted.
_COLUMNS = "s.kode_kab, s.id, s.kode_desa, s.jenis, s.sejak, s.hari_terakhir, s.daya_tampung"


def _resources(with_point: str, without_point: str, condition: str, clients: str) -> str:
    return f"""
SELECT json_build_object('kode_kab', json_agg(s.kode_kab), 'id', json_agg(s.id), 'kode_desa', json_agg(s.kode_desa),
  'lon', json_agg(ST_X(s.letak)), 'lat', json_agg(ST_Y(s.letak)), 'dari_desa', json_agg(s.dari_desa), 'daya', json_agg(s.daya),
  'klien', json_agg(s.klien))
FROM (
  SELECT a.kode_kab, a.id, a.kode_desa, a.letak, a.dari_desa, a.daya_tampung AS daya, {clients} AS klien
  FROM (
    SELECT {_COLUMNS}, s.titik AS letak, false AS dari_desa FROM sumber_daya s WHERE s.titik IS NOT NULL AND {with_point}
    UNION ALL
    SELECT {_COLUMNS}, b.titik, true FROM sumber_daya s
    JOIN wilayah w ON w.kode_kab = s.kode_kab AND w.kode = s.kode_desa AND {_IN_FORCE}
    JOIN batas b ON {_BATAS}
    WHERE s.titik IS NULL AND NOT s.rahasia AND {without_point}
  ) a
  WHERE a.jenis = ANY(CAST(%(jenis)s AS text[])) AND a.sejak <= current_date AND a.hari_terakhir >= current_date {condition}
  ORDER BY a.kode_kab, a.id
) s
"""


# Who has to be registered and is not, or whose paper (registration, decree) has run out.
_SURAT_IN_FORCE = """AND CASE WHEN EXISTS (
    SELECT 1 FROM surat_sumber_daya t WHERE t.kode_kab = a.kode_kab AND t.id = a.id AND t.jenis IN ('TANDA_DAFTAR', 'SK')
      AND t.sejak <= current_date AND (t.sampai IS NULL OR t.sampai > current_date)) THEN true
  ELSE a.jenis <> 'LKS' AND NOT EXISTS (
    SELECT 1 FROM surat_sumber_daya t WHERE t.kode_kab = a.kode_kab AND t.id = a.id AND t.jenis IN ('TANDA_DAFTAR', 'SK')) END"""
_CAPACITY_REMAINING = f"AND (a.daya_tampung IS NULL OR a.daya_tampung > {_CLIENTS})"


def _placeless(condition: str) -> str:
    """How many of the region take no part because nobody knows where they are, or (`rahasia`) nobody may."""
    return f"""
SELECT to_json(count(*)) FROM sumber_daya a
WHERE a.jenis = ANY(CAST(%(jenis)s AS text[])) AND a.kode_desa >= %(wilayah)s AND a.kode_desa < %(wilayah)s || '/'
  AND a.sejak <= current_date AND a.hari_terakhir >= current_date {condition} AND a.titik IS NULL
  AND CASE WHEN %(rahasia)s THEN a.rahasia ELSE NOT a.rahasia AND NOT EXISTS (
    SELECT 1 FROM wilayah w JOIN batas b ON {_BATAS} WHERE w.kode_kab = a.kode_kab AND w.kode = a.kode_desa AND {_IN_FORCE}) END
"""


_SHAPES = f"""
SELECT m.urut, ST_AsBinary(b.geom)
FROM unnest(CAST(%(kode)s AS text[])) WITH ORDINALITY AS m(kode, urut)
JOIN wilayah w ON w.kode_kab = left(m.kode, 5) AND w.kode = m.kode AND {_IN_FORCE} JOIN batas b ON {_BATAS}
"""


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees, EPSG:4326."""

    barat: float
    selatan: float
    timur: float
    utara: float


@dataclass(frozen=True, slots=True)
class DesaTable:
    """Columns, in order of code; None where no boundary is loaded. `area`: km². `exists`: whether the region asked for is in
    force."""

    exists: bool
    kode: list[str]
    since: list[date]
    lon: list[float | None]
    lat: list[float | None]
    area: list[float | None]


@dataclass(frozen=True, slots=True)
class SumberDayaTable:
    """Columns, in order of kode_kab and id. `dari_desa`: stands at its desa's label point, its own is not known. `daya`: places,
    None: not known; `clients`: persons, 0 where they were not asked for. `placeless`: of the region asked for, not in the columns."""

    kode_kab: list[str]
    id: list[str]
    kode_desa: list[str]
    lon: list[float]
    lat: list[float]
    dari_desa: list[bool]
    daya: list[int | None]
    klien: list[int]
    placeless: int


async def desa_of(db: Database, wilayah: str) -> DesaTable:
    """The desa of a region in force today (the desa itself, where it is one)."""
    return _desa_table((await _read(db, [Statement(_DESA, {"wilayah": wilayah})]))[0])


async def boxes_of(db: Database, wilayah: str) -> dict[str, tuple[float, float, float, float]]:
    """Code → west, south, east, north of those that have a boundary."""
    (columns,) = await _read(db, [Statement(_BOXES, {"wilayah": wilayah})])
    boxes = zip(*(columns[k] or () for k in ("barat", "selatan", "timur", "utara")), strict=True)
    return dict(zip(columns["kode"] or (), boxes, strict=True))


async def desa_around(db: Database, box: Box) -> DesaTable:
    """All desa whose label point lies in the box, `area` left out."""
    nilai = {k: getattr(box, k) for k in Box.__slots__}
    return _desa_table((await _read(db, [Statement(_around(_ENVELOPE), nilai)]))[0])


def _conditions(question: Question) -> str:
    return " ".join([_SURAT_IN_FORCE] * question.hanya_berlaku + [_CAPACITY_REMAINING] * question.daya_tersisa)


async def sheltered(db: Database, actor: Actor, question: Question) -> int:
    """How many shelters of the region that the caller may see take no part."""
    condition = _conditions(question)
    nilai = {"wilayah": question.wilayah, "jenis": list(question.jenis), "rahasia": True}
    (number,) = await _read(db, [Statement(_placeless(condition), nilai)], actor)
    return int(number)


async def resources(db: Database, actor: Actor, question: Question, box: Box | None) -> SumberDayaTable:
    """What the question counts of all that stands today in the box (None: anywhere); what is full, as far as the caller may
    know."""
    condition = _conditions(question)
    nilai: dict[str, Any] = {"wilayah": question.wilayah, "jenis": list(question.jenis), "rahasia": False}
    with_point = without_point = "true"
    if box is not None:
        nilai |= {k: getattr(box, k) for k in Box.__slots__}
        with_point, without_point = f"s.titik && {_ENVELOPE}", f"b.titik && {_ENVELOPE}"
    clients = _CLIENTS if question.daya_tersisa else "0"
    resources_sql = _resources(with_point, without_point, condition, clients)
    columns, placeless = await _read(
        db, [Statement(resources_sql, nilai), Statement(_placeless(condition), nilai)], actor
    )
    return SumberDayaTable(
        **{k: columns[k] or [] for k in ("kode_kab", "id", "kode_desa", "lon", "lat", "dari_desa", "daya", "klien")},
        placeless=placeless,
    )


async def shapes_of(db: Database, kode: Sequence[str]) -> list[tuple[int, bytes]]:
    """(place in `kode`, WKB of the boundary) of those desa; without a boundary: left out. Megabytes, so they come in the binary
    format."""
    async with db.as_actor(PUBLIC) as conn:
        cursor = await conn.cursor(binary=True).execute(_SHAPES, {"kode": list(kode)})
        return [(order - 1, wkb) for order, wkb in await cursor.fetchall()]


async def _read(db: Database, statements: Sequence[Statement], actor: Actor = PUBLIC) -> list[Any]:
    return [orjson.loads(content or b"null") for content in await db.read_json(actor, statements)]


def _desa_table(columns: dict[str, Any]) -> DesaTable:
    since = [date.fromisoformat(s) for s in columns["sejak"] or []]
    return DesaTable(
        bool(columns.get("ada", True)),
        columns["kode"] or [],
        since,
        *(columns.get(k) or [] for k in ("lon", "lat", "luas")),
    )
