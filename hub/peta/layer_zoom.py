"""From which zoom each part of a layer is drawn, as TileJSON and PMTiles tell it."""

from collections.abc import Iterator
from typing import Any

from hub.base.kode import Level
from hub.batas.tiles import level_at
from hub.peta.layer_requests import LayerRequest, WilayahRequest
from hub.peta.layers import DEEPEST_ZOOM, TRUNCATED, Layer, SourceLayer

_NAMES = {
    Level.PROVINSI: "provinsi", Level.KABUPATEN: "kabupaten/kota", Level.KECAMATAN: "kecamatan",
    Level.DESA: "desa/kelurahan",
}  # fmt: skip


def lowest_zoom(layer: Layer, layer_request: LayerRequest) -> int:
    """The lowest zoom at which the layer shows anything of itself."""
    return min(layer_request.from_zoom.get(x.name, x.zoom[0]) for x in layer.source_layers if x.name != TRUNCATED)


def vector_layers(layer: Layer, layer_request: LayerRequest) -> list[dict[str, Any]]:
    """The source-layers there are from the layer's lowest zoom on, with the zooms at which they hold something."""
    lowest = lowest_zoom(layer, layer_request)
    return [
        {
            "id": x.name, "fields": dict(x.fields), "minzoom": max(first, lowest), "maxzoom": last,
            **({"description": text} if (text := _description(x, layer_request)) else {}),
        }
        for x, first, last in _ranges(layer, layer_request)
        if last >= max(first, lowest)
    ]  # fmt: skip


def _ranges(layer: Layer, layer_request: LayerRequest) -> Iterator[tuple[SourceLayer, int, int]]:
    waits = [
        layer_request.from_zoom[x.name]
        for x in layer.source_layers
        if x.name in layer_request.from_zoom and x.name != "label"
    ]
    for x in layer.source_layers:
        if x.name == TRUNCATED and layer.waits:  # only until the level itself is drawn
            yield x, 0, max(waits, default=0) - 1
        else:
            yield x, layer_request.from_zoom.get(x.name, x.zoom[0]), x.zoom[1]


def _description(x: SourceLayer, layer_request: LayerRequest) -> str:
    if isinstance(layer_request, WilayahRequest) and layer_request.level is None and x.name == "wilayah":
        first: dict[Level, int] = {}
        for zoom in range(DEEPEST_ZOOM + 1):
            first.setdefault(level_at(zoom, layer_request.first_zooms), zoom)
        return "Digambar: " + ", ".join(
            f"{_NAMES[t]} dari zoom {z}" for t, z in sorted(first.items(), key=lambda i: i[1])
        )
    if zoom := layer_request.from_zoom.get(x.name, 0):
        return (
            f"Digambar dari zoom {zoom}; ubin yang lebih jauh hanya mengatakan berapa banyaknya (lapisan {TRUNCATED})"
        )
    return ""
