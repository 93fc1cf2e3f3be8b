"""Features as GeoJSON (RFC 7946: EPSG:4326, longitude first, rings by the right-hand rule), a page at a time.

Every statement returns rows (key, text of the feature) in order of the key; the page after it begins beyond a key. So a
stream holds no connection while its reader is slow, and memory never holds more than a page.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from geo.tile_address import Box
from hub.base.kode import Level
from hub.db.database import Statement
from hub.peta.angka_tiles import STATUS_MEANINGS, AngkaPeta
from hub.peta.sumber_daya_tiles import ACTIVE
from hub.rilis.shown_rows import CLOSED

SEPARATOR = "~"  # between the parts of a key
# features of one page: as many as make about a megabyte of boundaries
PAGE_SIZES = {Level.PROVINSI: 4, Level.KABUPATEN: 40, Level.KECAMATAN: 150, Level.DESA: 500}
POINTS_PAGE_SIZE = 2_000

# a box without width or height is a line or a point
_BOX = "ST_Envelope(ST_MakeEnvelope(%(barat)s, %(selatan)s, %(timur)s, %(utara)s, 4326))"


def box_values(box: Box | None) -> dict[str, object]:
    if box is None:
        return {}
    return dict(zip(("barat", "selatan", "timur", "utara"), box, strict=True))


def feature(feature_id: str, geom: str, properties: Mapping[str, str]) -> str:
    """The text of a feature. `feature_id`: SQL text that needs no escaping; `properties`: property → SQL expression."""
    pairs = ", ".join(f"'{k}', {v}" for k, v in properties.items())
    return (
        f"""'{{"type":"Feature","id":"' || {feature_id} || '","geometry":' || coalesce(ST_AsGeoJSON({geom}, 6), 'null') """
        f"""|| ',"properties":' || json_build_object({pairs})::text || '}}'"""
    )


def within_box(geom: str) -> str:
    return f"{geom} && {_BOX} AND ST_Intersects({geom}, {_BOX})"


def wilayah_page(level: Level, within: str | None, box: Box | None, after: str | None, count: int) -> Statement:
    """Newest boundaries of the regions of the newest list; `within`: only at that code and below."""
    values: dict[str, object] = {**box_values(box), "banyak": count, "di": within, "sesudah": after}
    return Statement(_wilayah(level, within is not None, box is not None, after is not None), values)


@cache
def _wilayah(level: Level, within: bool, boxed: bool, continued: bool) -> str:
    properties = {
        "kode": "b.kode",
        "nama": "w.nama",
        "tingkat": f"'{level.name}'",
        "jenis": "w.jenis",
        "contoh": "b.contoh",
    }
    conditions = [
        f"b.sampai IS NULL AND w.berlaku_sampai IS NULL AND b.tingkat = {int(level)}",
        *(["b.kode_kab >= left(%(di)s, 5) AND b.kode >= %(di)s AND b.kode < %(di)s || '/'"] if within else []),
        *([within_box("b.geom")] if boxed else []),
        *(["(b.kode_kab, b.kode) > (left(%(sesudah)s, 5), %(sesudah)s)"] if continued else []),
    ]
    return f"""SELECT b.kode, {feature("b.kode", "ST_ForcePolygonCCW(b.geom)", properties)}
FROM batas b JOIN wilayah w ON w.kode_kab = b.kode_kab AND w.kode = b.kode AND w.berlaku_sejak = b.wilayah_sejak
WHERE {" AND ".join(conditions)}
ORDER BY b.kode_kab, b.kode LIMIT %(banyak)s"""


def angka_page(a: AngkaPeta, status: Sequence[str], box: Box | None, after: str | None, count: int) -> Statement:
    """Regions with their figures; those without a boundary have no geometry, and are not in any box."""
    values: dict[str, object] = {
        **box_values(box),
        **a.nilai,
        "banyak": count,
        "sesudah": after,
        "status": list(status),
    }
    # a table in a GIS has no other place to say why
    properties = {
        "kode": "w.kode", "nama": "w.nama", "tingkat": f"'{a.level.name}'", "nilai": "hub_desimal(a.nilai)", "status": "a.status",
        "keterangan": f"CASE a.status WHEN '{CLOSED}' THEN '{STATUS_MEANINGS[CLOSED]}' END",
    }  # fmt: skip
    conditions = [
        "w.berlaku_sampai IS NULL",
        *(["a.status = ANY(%(status)s)"] if status else []),
        *([within_box("b.geom")] if box is not None else []),
        *(["a.kode > %(sesudah)s"] if after is not None else []),
    ]
    statement = f"""WITH {a.figures}
SELECT w.kode, {feature("w.kode", "ST_ForcePolygonCCW(b.geom)", properties)}
FROM angka a JOIN wilayah w ON w.kode_kab = a.kode_kab AND w.kode = a.kode
  LEFT JOIN batas b ON b.kode_kab = w.kode_kab AND b.kode = w.kode AND b.wilayah_sejak = w.berlaku_sejak AND b.sampai IS NULL
WHERE {" AND ".join(conditions)}
ORDER BY w.kode LIMIT %(banyak)s"""
    return Statement(statement, values)


def sumber_daya_page(
    kinds: Sequence[str], active: bool | None, box: Box | None, after: str | None, count: int
) -> Statement:
    """Social resources in order of desa. One without a known place (a shelter never has one) has no geometry."""
    desa, _, resource_id = (after or "").partition(SEPARATOR)
    values: dict[str, object] = {
        **box_values(box), "jenis": list(kinds), "aktif": active, "desa": desa, "nomor": resource_id, "banyak": count,
    }  # fmt: skip
    return Statement(_sumber_daya(bool(kinds), active is not None, box is not None, after is not None), values)


@cache
def _sumber_daya(per_kind: bool, per_active: bool, boxed: bool, continued: bool) -> str:
    feature_id = "s.kode_kab || ':' || s.id"
    properties = {
        "id": feature_id,
        "jenis": "s.jenis",
        "nama": "s.nama",
        "pemilik": "s.pemilik",
        "aktif": ACTIVE,
        "kode_desa": "s.kode_desa",
    }
    conditions = [
        *(["s.jenis = ANY(%(jenis)s)"] if per_kind else []),
        *([f"{ACTIVE} = %(aktif)s"] if per_active else []),
        *([within_box("s.titik")] if boxed else []),
        *(["(s.kode_desa, s.id) > (%(desa)s, %(nomor)s::uuid)"] if continued else []),
    ] or ["true"]
    return f"""SELECT s.kode_desa || '{SEPARATOR}' || s.id, {feature(feature_id, "s.titik", properties)}
FROM sumber_daya s
WHERE {" AND ".join(conditions)}
ORDER BY s.kode_desa, s.id LIMIT %(banyak)s"""
