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
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO, Any

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from geo.tile_address import Box, TileAddress, tiles_over
from hub.base.actor import PUBLIC
from hub.base.errors import InvalidInputError, PetaConflictError, UnknownNameError
from hub.db.database import Database
from hub.peta.layer_requests import LayerRequest, WilayahRequest
from hub.peta.layer_zoom import lowest_zoom, vector_layers
from hub.peta.layers import DEEPEST_ZOOM, Layer
from hub.peta.versions import PetaVersion
from hub.rilis.shown_rows import CLOSED

INDONESIA: Box = (94.0, -12.0, 142.0, 8.0)  # degrees
_BATCH = 16  # tiles under way
_FIXED_FROM = 11  # from this zoom on the level no longer follows the zoom, where it is not fixed anyway

Advance = Callable[[int, int], None]  # zoom, tiles written


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What goes into the file: a layer, what is asked of it, the first zoom and the last."""

    layer: Layer
    request: LayerRequest
    zoom: tuple[int, int]

    def narrowed(self) -> "Excerpt":
        """From the first zoom that is drawn at all. Raises InvalidInputError when that lies beyond the last."""
        first = max(self.zoom[0], lowest_zoom(self.layer, self.request))
        if first > self.zoom[1]:
            raise InvalidInputError(
                f"Lapisan {self.layer.name} baru digambar dari zoom {first}; sebut zoom seperti {first}-{DEEPEST_ZOOM}."
            )
        return replace(self, zoom=(first, self.zoom[1]))


@dataclass(slots=True)
class LaporanPmtiles:
    """`first_zoom`: the first zoom of the file; `tiles`: tiles that hold something; `size`: bytes of the file. `hides`: some figure in it is
    closed."""

    first_zoom: int = 0
    tiles: int = 0
    size: int = 0
    hides: bool = False


def zoom_range(text: str) -> tuple[int, int]:
    """ "0-12" → (0, 12). Raises InvalidInputError."""
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text.strip(), re.ASCII)
    if found is None or not int(found[1]) <= int(found[2]) <= DEEPEST_ZOOM:
        raise InvalidInputError(f'zoom "{text}" harus seperti 0-12, dari 0 sampai {DEEPEST_ZOOM}.')
    return int(found[1]), int(found[2])


async def export_pmtiles(
    db: Database, peta: PetaVersion, excerpt: Excerpt, file: Path, advance: Advance
) -> LaporanPmtiles:
    """Write the file; an older one stays until the new one is whole. Raises UnknownNameError when there is nothing to draw,
    PetaConflictError when the map changed meanwhile."""
    at_start = await peta.get()
    box = at_start.box if at_start.box is not None and not excerpt.layer.live else INDONESIA
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    excerpt = excerpt.narrowed()
    zoom = excerpt.zoom
    laporan = LaporanPmtiles(first_zoom=zoom[0])
    try:
        with temporary.open("wb") as handle, _writer(handle) as writer:
            async for address, tile in _tiles(db, excerpt.request, box, zoom):
                writer.write_tile(zxy_to_tileid(address.z, address.x, address.y), gzip.compress(tile, 6, mtime=0))
                laporan.tiles += 1
                laporan.hides |= CLOSED.encode() in tile  # a tile spells each value of its features out, once
                advance(address.z, laporan.tiles)
            if not laporan.tiles:
                raise UnknownNameError(
                    f"Lapisan {excerpt.layer.name} kosong pada zoom {zoom[0]} sampai {zoom[1]}; tidak ada yang ditulis."
                )
            writer.finalize(_header(box, zoom), _metadata(excerpt, at_start.version))
        peta.changed(None)
        if (await peta.get()).version != at_start.version:
            raise PetaConflictError("Batas atau daftar wilayah berubah selagi berkas ditulis; jalankan sekali lagi.")
        laporan.size = temporary.stat().st_size
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
    return laporan


@contextmanager
def _writer(file: IO[bytes]) -> Iterator[Writer]:
    writer = Writer(file)
    with closing(writer.tile_f):  # what it lays by until the end
        yield writer


async def _tiles(
    db: Database, layer_request: LayerRequest, box: Box, zoom: tuple[int, int]
) -> AsyncIterator[tuple[TileAddress, bytes]]:
    """Tiles that hold something, in the order of the file."""

    async def read(address: TileAddress) -> tuple[TileAddress, bytes]:
        ((content, *_),) = await db.read_rows(PUBLIC, layer_request.tile(address))
        return address, bytes(content)

    filled: list[TileAddress] = []
    # of one level a tile that holds something lies in one that does
    fixed_from = (
        max(_FIXED_FROM, *layer_request.first_zooms)
        if isinstance(layer_request, WilayahRequest) and layer_request.level is None
        else 0
    )
    for z in range(zoom[0], zoom[1] + 1):
        candidates = (p for a in filled for p in a.parts) if z > max(fixed_from, zoom[0]) else tiles_over(box, z)
        filled = []
        for batch in _batches(sorted(candidates, key=lambda a: zxy_to_tileid(a.z, a.x, a.y))):
            for address, content in await asyncio.gather(*(read(a) for a in batch)):
                if content:
                    filled.append(address)
                    yield address, content


def _batches(addresses: Iterable[TileAddress]) -> Iterator[list[TileAddress]]:
    remaining = iter(addresses)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _header(box: Box, zoom: tuple[int, int]) -> dict[str, Any]:
    west, south, east, north = (round(d * 1e7) for d in box)
    return {
        "tile_type": TileType.MVT, "tile_compression": Compression.GZIP,
        "min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north,
        "center_zoom": zoom[0], "center_lon_e7": (west + east) // 2, "center_lat_e7": (south + north) // 2,
    }  # fmt: skip


def _metadata(excerpt: Excerpt, version: str) -> dict[str, Any]:
    layer, zoom = excerpt.layer, excerpt.zoom
    return {
        "name": layer.title,
        "description": layer.description,
        "type": "overlay",
        "version": version,
        "minzoom": zoom[0],
        "maxzoom": zoom[1],
        "vector_layers": [
            x | {"minzoom": max(x["minzoom"], zoom[0]), "maxzoom": min(x["maxzoom"], zoom[1])}
            for x in vector_layers(layer, excerpt.request)
            if x["minzoom"] <= zoom[1] and x["maxzoom"] >= zoom[0]
        ],
    }
