"""One PMTiles file (version 3) out of a layer: every tile of some zooms, as the public sees it, for any web server that
answers ranges, or for a disk.

Tiles are written in the order of the Hilbert curve, so neighbours lie together in the file (clustered); tiles of equal
bytes are stored once.
"""

import asyncio
import gzip
import os
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from geo.tile_address import Box, TileAddress, tiles_over
from hub.base.actor import PUBLIK
from hub.base.errors import BentrokPetaError, MasukanTidakSahError, TidakDikenalError
from hub.db.database import Database
from hub.peta.layer_requests import Minta, MintaWilayah
from hub.peta.layer_zoom import lowest_zoom, vector_layers
from hub.peta.layers import ZOOM_TERDALAM, Lapisan
from hub.peta.versions import PetaVersi

INDONESIA: Box = (94.0, -12.0, 142.0, 8.0)  # degrees
_SEKALI = 16  # tiles under way
_TETAP = 11  # from this zoom on the level no longer follows the zoom, where it is not fixed anyway

Maju = Callable[[int, int], None]  # zoom, tiles written


@dataclass(slots=True)
class LaporanPmtiles:
    """`dari`: the first zoom of the file; `ubin`: tiles that hold something; `besar`: bytes of the file."""

    dari: int = 0
    ubin: int = 0
    besar: int = 0


def zoom_range(teks: str) -> tuple[int, int]:
    """ "0-12" → (0, 12). Raises MasukanTidakSahError."""
    cocok = re.fullmatch(r"(\d{1,2})-(\d{1,2})", teks.strip(), re.ASCII)
    if cocok is None or not int(cocok[1]) <= int(cocok[2]) <= ZOOM_TERDALAM:
        raise MasukanTidakSahError(f'zoom "{teks}" harus seperti 0-12, dari 0 sampai {ZOOM_TERDALAM}.')
    return int(cocok[1]), int(cocok[2])


async def export_pmtiles(
    db: Database, peta: PetaVersi, lapisan: Lapisan, minta: Minta, zoom: tuple[int, int], berkas: Path, maju: Maju
) -> LaporanPmtiles:
    """Write the file; an older one stays until the new one is whole. Raises TidakDikenalError when there is nothing to draw,
    BentrokPetaError when the map changed meanwhile."""
    awal = await peta.get()
    kotak = awal.kotak if awal.kotak is not None and not lapisan.hidup else INDONESIA
    sementara = berkas.with_name(f".{berkas.name}.{os.getpid()}")
    laporan = LaporanPmtiles(dari=max(zoom[0], lowest_zoom(lapisan, minta)))
    if laporan.dari > zoom[1]:
        raise MasukanTidakSahError(
            f"Lapisan {lapisan.nama} baru digambar dari zoom {laporan.dari}; sebut zoom seperti {laporan.dari}-{ZOOM_TERDALAM}."
        )
    zoom = laporan.dari, zoom[1]
    try:
        with sementara.open("wb") as isi, _writer(isi) as tulis:
            async for alamat, ubin in _tiles(db, minta, kotak, zoom):
                tulis.write_tile(zxy_to_tileid(alamat.z, alamat.x, alamat.y), gzip.compress(ubin, 6, mtime=0))
                laporan.ubin += 1
                maju(alamat.z, laporan.ubin)
            if not laporan.ubin:
                raise TidakDikenalError(
                    f"Lapisan {lapisan.nama} kosong pada zoom {zoom[0]} sampai {zoom[1]}; tidak ada yang ditulis."
                )
            tulis.finalize(_header(kotak, zoom), _metadata(lapisan, minta, zoom, awal.versi))
        peta.changed(None)
        if (await peta.get()).versi != awal.versi:
            raise BentrokPetaError("Batas atau daftar wilayah berubah selagi berkas ditulis; jalankan sekali lagi.")
        laporan.besar = sementara.stat().st_size
        sementara.replace(berkas)
    finally:
        sementara.unlink(missing_ok=True)
    return laporan


@contextmanager
def _writer(berkas: IO[bytes]) -> Iterator[Writer]:
    tulis = Writer(berkas)
    with closing(tulis.tile_f):  # what it lays by until the end
        yield tulis


async def _tiles(
    db: Database, minta: Minta, kotak: Box, zoom: tuple[int, int]
) -> AsyncIterator[tuple[TileAddress, bytes]]:
    """Tiles that hold something, in the order of the file."""

    async def baca(alamat: TileAddress) -> tuple[TileAddress, bytes]:
        ((isi, *_),) = await db.read_rows(PUBLIK, minta.ubin(alamat))
        return alamat, bytes(isi)

    berisi: list[TileAddress] = []
    # of one level a tile that holds something lies in one that does
    tetap = max(_TETAP, *minta.mulai) if isinstance(minta, MintaWilayah) and minta.tingkat is None else 0
    for z in range(zoom[0], zoom[1] + 1):
        calon = (p for a in berisi for p in a.parts) if z > max(tetap, zoom[0]) else tiles_over(kotak, z)
        berisi = []
        for sekali in _berkelompok(sorted(calon, key=lambda a: zxy_to_tileid(a.z, a.x, a.y))):
            for alamat, isi in await asyncio.gather(*(baca(a) for a in sekali)):
                if isi:
                    berisi.append(alamat)
                    yield alamat, isi


def _berkelompok(semua: Iterable[TileAddress]) -> Iterator[list[TileAddress]]:
    urut = iter(semua)
    while sekali := list(islice(urut, _SEKALI)):
        yield sekali


def _header(kotak: Box, zoom: tuple[int, int]) -> dict[str, Any]:
    barat, selatan, timur, utara = (round(d * 1e7) for d in kotak)
    return {
        "tile_type": TileType.MVT, "tile_compression": Compression.GZIP,
        "min_lon_e7": barat, "min_lat_e7": selatan, "max_lon_e7": timur, "max_lat_e7": utara,
        "center_zoom": zoom[0], "center_lon_e7": (barat + timur) // 2, "center_lat_e7": (selatan + utara) // 2,
    }  # fmt: skip


def _metadata(lapisan: Lapisan, minta: Minta, zoom: tuple[int, int], versi: str) -> dict[str, Any]:
    return {
        "name": lapisan.judul,
        "description": lapisan.uraian,
        "type": "overlay",
        "version": versi,
        "minzoom": zoom[0],
        "maxzoom": zoom[1],
        "vector_layers": [
            x | {"minzoom": max(x["minzoom"], zoom[0]), "maxzoom": min(x["maxzoom"], zoom[1])}
            for x in vector_layers(lapisan, minta)
            if x["minzoom"] <= zoom[1] and x["maxzoom"] >= zoom[0]
        ],
    }
