"""From which zoom each part of a layer is drawn, as TileJSON and PMTiles tell it."""

from collections.abc import Iterator
from typing import Any

from hub.base.kode import Tingkat
from hub.batas.tiles import level_at
from hub.peta.layer_requests import Minta, MintaWilayah
from hub.peta.layers import TERPOTONG, ZOOM_TERDALAM, IsiLapisan, Lapisan

_NAMA = {
    Tingkat.PROVINSI: "provinsi", Tingkat.KABUPATEN: "kabupaten/kota", Tingkat.KECAMATAN: "kecamatan",
    Tingkat.DESA: "desa/kelurahan",
}  # fmt: skip


def lowest_zoom(lapisan: Lapisan, minta: Minta) -> int:
    """The lowest zoom at which the layer shows anything of itself."""
    return min(minta.from_zoom.get(x.nama, x.zoom[0]) for x in lapisan.isi if x.nama != TERPOTONG)


def vector_layers(lapisan: Lapisan, minta: Minta) -> list[dict[str, Any]]:
    """The source-layers there are from the layer's lowest zoom on, with the zooms at which they hold something."""
    lowest = lowest_zoom(lapisan, minta)
    return [
        {
            "id": x.nama, "fields": dict(x.medan), "minzoom": max(first, lowest), "maxzoom": last,
            **({"description": text} if (text := _description(x, minta)) else {}),
        }
        for x, first, last in _ranges(lapisan, minta)
        if last >= max(first, lowest)
    ]  # fmt: skip


def _ranges(lapisan: Lapisan, minta: Minta) -> Iterator[tuple[IsiLapisan, int, int]]:
    waits = [minta.from_zoom[x.nama] for x in lapisan.isi if x.nama in minta.from_zoom and x.nama != "label"]
    for x in lapisan.isi:
        if x.nama == TERPOTONG and lapisan.menunggu:  # only until the level itself is drawn
            yield x, 0, max(waits, default=0) - 1
        else:
            yield x, minta.from_zoom.get(x.nama, x.zoom[0]), x.zoom[1]


def _description(x: IsiLapisan, minta: Minta) -> str:
    if isinstance(minta, MintaWilayah) and minta.tingkat is None and x.nama == "wilayah":
        first: dict[Tingkat, int] = {}
        for zoom in range(ZOOM_TERDALAM + 1):
            first.setdefault(level_at(zoom, minta.mulai), zoom)
        return "Digambar: " + ", ".join(
            f"{_NAMA[t]} dari zoom {z}" for t, z in sorted(first.items(), key=lambda i: i[1])
        )
    if zoom := minta.from_zoom.get(x.nama, 0):
        return (
            f"Digambar dari zoom {zoom}; ubin yang lebih jauh hanya mengatakan berapa banyaknya (lapisan {TERPOTONG})"
        )
    return ""
