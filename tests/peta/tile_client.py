"""Tiles as a client sees them: asked for over HTTP, decoded."""

from typing import Any

import httpx
import mapbox_vector_tile
from mapbox_vector_tile.Mapbox import vector_tile_pb2
from shapely.geometry import shape

from geo.tile_address import TileAddress
from tests.client import Client

Feature = dict[str, Any]


def fetch(hub: Client, path: str, as_whom: str | None = None, **headers: str) -> httpx.Response:
    if as_whom is not None:
        headers["Authorization"] = f"Bearer {hub.token(as_whom)}"
    return hub.get(path, headers=headers)


def tile_layers(
    hub: Client, layer: str, address: TileAddress, query: str = "", as_whom: str | None = None
) -> dict[str, list[Feature]]:
    """Source-layer → features; a tile that is empty has none."""
    response = fetch(hub, f"/ubin/{layer}/{address.z}/{address.x}/{address.y}.mvt{query}", as_whom)
    assert response.status_code in (200, 204), response.text
    return decode_tile(response.content)


def decode_tile(content: bytes) -> dict[str, list[Feature]]:
    """Coordinates are units of the tile, y to the south, as they are written."""
    if not content:
        return {}
    decoded = mapbox_vector_tile.decode(content, default_options={"y_coord_down": True})
    return {name: layer["features"] for name, layer in decoded.items()}


def layer_names(content: bytes) -> set[str]:
    """The source-layers of a tile, without decoding what is in them: of a crowded one that takes a second."""
    read = vector_tile_pb2.tile()
    read.ParseFromString(content)
    return {layer.name for layer in read.layers}


def property_by_kode(features: list[Feature], name: str) -> dict[str, Any]:
    """Code → a property."""
    return {f["properties"]["kode"]: f["properties"].get(name) for f in features}


def is_whole(feature: Feature) -> bool:
    """Whether it is a shape that every reader can draw."""
    geometry = shape(feature["geometry"])
    return bool(geometry.is_valid and not geometry.is_empty)
