"""Features as GeoJSON (RFC 7946: EPSG:4326, longitude first, rings by the right-hand rule), a page at a time.

Every statement returns rows (key, text of the feature) in order of the key; the page after it begins beyond a key. So a
stream holds no connection while its reader is slow, and memory never holds more than a page.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from geo.tile_address import Box
from hub.base.kode import Tingkat
from hub.db.database import Statement
from hub.peta.angka_tiles import AngkaPeta
from hub.peta.sumber_daya_tiles import ADA

PEMISAH = "~"  # between the parts of a key
# features of one page: as many as make about a megabyte of boundaries
SEHALAMAN = {Tingkat.PROVINSI: 4, Tingkat.KABUPATEN: 40, Tingkat.KECAMATAN: 150, Tingkat.DESA: 500}
SEHALAMAN_TITIK = 2_000

_KOTAK = "ST_MakeEnvelope(%(barat)s, %(selatan)s, %(timur)s, %(utara)s, 4326)"


def box_values(kotak: Box | None) -> dict[str, object]:
    if kotak is None:
        return {}
    return dict(zip(("barat", "selatan", "timur", "utara"), kotak, strict=True))


def feature(nomor: str, geom: str, isi: Mapping[str, str]) -> str:
    """The text of a feature. `nomor`: SQL text that needs no escaping; `isi`: property → SQL expression."""
    ciri = ", ".join(f"'{k}', {v}" for k, v in isi.items())
    return (
        f"""'{{"type":"Feature","id":"' || {nomor} || '","geometry":' || coalesce(ST_AsGeoJSON({geom}, 6), 'null') """
        f"""|| ',"properties":' || json_build_object({ciri})::text || '}}'"""
    )


def within_box(geom: str) -> str:
    return f"{geom} && {_KOTAK} AND ST_Intersects({geom}, {_KOTAK})"


def wilayah_page(tingkat: Tingkat, di: str | None, kotak: Box | None, sesudah: str | None, banyak: int) -> Statement:
    """Newest boundaries of the regions of the newest list; `di`: only at that code and below."""
    isi: dict[str, object] = {**box_values(kotak), "banyak": banyak, "di": di, "sesudah": sesudah}
    return Statement(_wilayah(tingkat, di is not None, kotak is not None, sesudah is not None), isi)


@cache
def _wilayah(tingkat: Tingkat, di: bool, berkotak: bool, lanjut: bool) -> str:
    isi = {"kode": "b.kode", "nama": "w.nama", "tingkat": f"'{tingkat.name}'", "jenis": "w.jenis", "contoh": "b.contoh"}
    syarat = [
        f"b.sampai IS NULL AND w.berlaku_sampai IS NULL AND b.tingkat = {int(tingkat)}",
        *(["b.kode_kab >= left(%(di)s, 5) AND b.kode >= %(di)s AND b.kode < %(di)s || '/'"] if di else []),
        *([within_box("b.geom")] if berkotak else []),
        *(["(b.kode_kab, b.kode) > (left(%(sesudah)s, 5), %(sesudah)s)"] if lanjut else []),
    ]
    return f"""SELECT b.kode, {feature("b.kode", "ST_ForcePolygonCCW(b.geom)", isi)}
FROM batas b JOIN wilayah w ON w.kode_kab = b.kode_kab AND w.kode = b.kode AND w.berlaku_sejak = b.wilayah_sejak
WHERE {" AND ".join(syarat)}
ORDER BY b.kode_kab, b.kode LIMIT %(banyak)s"""


def angka_page(a: AngkaPeta, status: Sequence[str], kotak: Box | None, sesudah: str | None, banyak: int) -> Statement:
    """Regions with their figures; those without a boundary have no geometry, and are not in any box."""
    isi: dict[str, object] = {
        **box_values(kotak),
        **a.nilai,
        "banyak": banyak,
        "sesudah": sesudah,
        "status": list(status),
    }
    ciri = {"kode": "w.kode", "nama": "w.nama", "tingkat": f"'{a.tingkat.name}'", "nilai": "hub_desimal(a.nilai)", "status": "a.status"}  # fmt: skip
    syarat = [
        "w.berlaku_sampai IS NULL",
        *(["a.status = ANY(%(status)s)"] if status else []),
        *([within_box("b.geom")] if kotak is not None else []),
        *(["a.kode > %(sesudah)s"] if sesudah is not None else []),
    ]
    perintah = f"""WITH {a.figures}
SELECT w.kode, {feature("w.kode", "ST_ForcePolygonCCW(b.geom)", ciri)}
FROM angka a JOIN wilayah w ON w.kode_kab = a.kode_kab AND w.kode = a.kode
  LEFT JOIN batas b ON b.kode_kab = w.kode_kab AND b.kode = w.kode AND b.wilayah_sejak = w.berlaku_sejak AND b.sampai IS NULL
WHERE {" AND ".join(syarat)}
ORDER BY w.kode LIMIT %(banyak)s"""
    return Statement(perintah, isi)


def sumber_daya_page(
    jenis: Sequence[str], aktif: bool | None, kotak: Box | None, sesudah: str | None, banyak: int
) -> Statement:
    """Social resources in order of desa. One without a known place (a shelter never has one) has no geometry."""
    desa, _, nomor = (sesudah or "").partition(PEMISAH)
    isi: dict[str, object] = {
        **box_values(kotak), "jenis": list(jenis), "aktif": aktif, "desa": desa, "nomor": nomor, "banyak": banyak,
    }  # fmt: skip
    return Statement(_sumber_daya(bool(jenis), aktif is not None, kotak is not None, sesudah is not None), isi)


@cache
def _sumber_daya(per_jenis: bool, per_aktif: bool, berkotak: bool, lanjut: bool) -> str:
    nomor = "s.kode_kab || ':' || s.id"
    isi = {
        "id": nomor,
        "jenis": "s.jenis",
        "nama": "s.nama",
        "pemilik": "s.pemilik",
        "aktif": ADA,
        "kode_desa": "s.kode_desa",
    }
    syarat = [
        *(["s.jenis = ANY(%(jenis)s)"] if per_jenis else []),
        *([f"{ADA} = %(aktif)s"] if per_aktif else []),
        *([within_box("s.titik")] if berkotak else []),
        *(["(s.kode_desa, s.id) > (%(desa)s, %(nomor)s::uuid)"] if lanjut else []),
    ] or ["true"]
    return f"""SELECT s.kode_desa || '{PEMISAH}' || s.id, {feature(nomor, "s.titik", isi)}
FROM sumber_daya s
WHERE {" AND ".join(syarat)}
ORDER BY s.kode_desa, s.id LIMIT %(banyak)s"""
