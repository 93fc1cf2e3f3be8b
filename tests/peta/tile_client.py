"""Tiles as a client sees them: asked for over HTTP, decoded."""

from typing import Any

import httpx
import mapbox_vector_tile
from shapely.geometry import shape

from geo.tile_address import TileAddress
from tests.client import Klien

Fitur = dict[str, Any]


def minta(hub: Klien, jalur: str, sebagai: str | None = None, **kepala: str) -> httpx.Response:
    if sebagai is not None:
        kepala["Authorization"] = f"Bearer {hub.token(sebagai)}"
    return hub.get(jalur, headers=kepala)


def ubin(
    hub: Klien, lapisan: str, alamat: TileAddress, tanya: str = "", sebagai: str | None = None
) -> dict[str, list[Fitur]]:
    """Source-layer → features; a tile that is empty has none."""
    jawab = minta(hub, f"/ubin/{lapisan}/{alamat.z}/{alamat.x}/{alamat.y}.mvt{tanya}", sebagai)
    assert jawab.status_code in (200, 204), jawab.text
    return baca(jawab.content)


def baca(isi: bytes) -> dict[str, list[Fitur]]:
    """Coordinates are units of the tile, y to the south, as they are written."""
    if not isi:
        return {}
    dekode = mapbox_vector_tile.decode(isi, default_options={"y_coord_down": True})
    return {nama: lapis["features"] for nama, lapis in dekode.items()}


def ciri(fitur: list[Fitur], nama: str) -> dict[str, Any]:
    """Code → a property."""
    return {f["properties"]["kode"]: f["properties"].get(nama) for f in fitur}


def utuh(fitur: Fitur) -> bool:
    """Whether it is a shape that every reader can draw."""
    bentuk = shape(fitur["geometry"])
    return bool(bentuk.is_valid and not bentuk.is_empty)
