"""Importing boundaries: each feature finds its region by code, never by place; whatever cannot be used is listed."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

import shapely
from shapely import MultiPolygon

from geo.inside import label_point
from hub.base import kode as kode_wilayah
from hub.base.errors import MasukanTidakSahError
from hub.store import batas_statements as store
from hub.store.batas_statements import BatasBaru
from hub.store.database import Database

_INDONESIA = (94.0, -12.0, 142.0, 8.0)  # west, south, east, north; generous


@dataclass(frozen=True, slots=True)
class FiturBatas:
    """A feature of a file: its number, code and name as written, its repaired area (EPSG:4326, longitude first) or
    None, and what was wrong with it."""

    nomor: int
    kode: str
    nama: str
    geom: MultiPolygon | None
    masalah: str | None


@dataclass(slots=True)
class LaporanBatas:
    """What an import did. Every list holds one line per feature or region."""

    dibaca: int = 0
    dipasang: int = 0
    diperbaiki: Counter[str] = field(default_factory=Counter)
    kosong: list[str] = field(default_factory=list)
    tanpa_kode: list[str] = field(default_factory=list)
    kode_tak_dikenal: list[str] = field(default_factory=list)
    kembar: list[str] = field(default_factory=list)
    tanpa_batas: list[str] = field(default_factory=list)


async def import_batas(
    db: Database,
    fitur: Iterable[FiturBatas],
    berlaku: date,
    *,
    sumber: str,
    versi: str,
    contoh: bool = False,
    maju: Callable[[int], None] = lambda banyak: None,
) -> LaporanBatas:
    """Store the boundaries for the regions in force on `berlaku`. `maju` is told how many features are done.

    Raises MasukanTidakSahError when the axes are evidently swapped (latitude first), before anything is stored.
    """
    laporan = LaporanBatas()
    async with db.as_owner() as conn:
        wilayah = await store.regions_on(conn, berlaku)
        if not wilayah:
            raise MasukanTidakSahError(
                f"Belum ada daftar wilayah yang berlaku pada {berlaku}; impor dahulu dengan: hub import wilayah"
            )
        terpilih: dict[str, MultiPolygon] = {}
        for f in fitur:
            laporan.dibaca += 1
            _pilah(f, wilayah, terpilih, laporan)
            if laporan.dibaca % 200 == 0:
                maju(laporan.dibaca)
        baru = (BatasBaru(k, wilayah[k][0], wilayah[k][1], g, label_point(g)) for k, g in terpilih.items())
        laporan.dipasang = await store.replace(conn, baru, berlaku, sumber=sumber, versi=versi, contoh=contoh)
        maju(laporan.dibaca)
        provinsi = sorted({k[:2] for k in terpilih})
        for tingkat in sorted({wilayah[k][1] for k in terpilih}):
            for k in await store.missing(conn, tingkat, provinsi, berlaku):
                laporan.tanpa_batas.append(f"{k} {wilayah[k][2]}")
    return laporan


def _pilah(
    f: FiturBatas,
    wilayah: dict[str, tuple[date, int, str]],
    terpilih: dict[str, MultiPolygon],
    laporan: LaporanBatas,
) -> None:
    kode = kode_wilayah.rapikan(f.kode)
    tempat = f"fitur {f.nomor}: {kode or '(tanpa kode)'} {f.nama}".rstrip()
    if not kode:
        laporan.tanpa_kode.append(tempat)
        return
    if kode not in wilayah:
        laporan.kode_tak_dikenal.append(tempat)
        return
    if f.geom is None:
        laporan.kosong.append(f"{tempat}: {f.masalah}")
        return
    _periksa_sumbu(f.geom, tempat)
    if f.masalah is not None:
        laporan.diperbaiki[f.masalah] += 1
    if kode in terpilih:
        sama = terpilih[kode].equals(f.geom)
        laporan.kembar.append(f"{tempat}: {'salinan, diabaikan' if sama else 'digabungkan dengan fitur sebelumnya'}")
        if not sama:
            gabung = shapely.union(terpilih[kode], f.geom)
            terpilih[kode] = gabung if isinstance(gabung, MultiPolygon) else MultiPolygon([gabung])
        return
    terpilih[kode] = f.geom


def _periksa_sumbu(geom: MultiPolygon, tempat: str) -> None:
    barat, selatan, timur, utara = geom.bounds
    b, s, t, u = _INDONESIA
    if b <= barat and timur <= t and s <= selatan and utara <= u:
        return
    if b <= selatan and utara <= t and s <= barat and timur <= u:
        raise MasukanTidakSahError(
            f"{tempat}: sumbu tertukar (lintang lebih dahulu); simpan ulang berkasnya dengan bujur lebih dahulu."
        )
    raise MasukanTidakSahError(
        f"{tempat}: koordinat ({barat:.4f}, {selatan:.4f}) di luar Indonesia; periksa sistem koordinat berkasnya."
    )
