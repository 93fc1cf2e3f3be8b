"""MapLibre styles, ready to be shown: one per layer. No fonts, sprites or anything else from elsewhere; without `glyphs`
MapLibre (5.11 and later) writes names with the reader's own fonts."""

from collections.abc import Callable, Sequence
from typing import Any

from hub.peta.angka_tiles import STATUS_MEANINGS
from hub.peta.layer_requests import AngkaRequest, LayerRequest
from hub.peta.sumber_daya_tiles import SINGLES_ZOOM

_EDGE_COLOUR = "#3d5a57"
_CLASS_COLOURS = ("#e4f1ee", "#b3d9d1", "#78bcb0", "#3a958a", "#0b5d57")
_WITHOUT_ANGKA_COLOURS = {
    "DISUPRESI": "#8d8d9b",
    "TIDAK_ADA_DATA": "#e6e3dd",
    "TIDAK_DILAKSANAKAN": "#d9cfc0",
    "TIDAK_BERLAKU": "#f4f2ee",
}
_KIND_COLOURS = {
    "PANTI": "#b3413a", "LKS": "#d98324", "LK3": "#c2a02b", "RUMAH_SINGGAH": "#7a5ea8", "SLRT": "#2f74b5",
    "PUSKESOS": "#3fa0c9", "GUDANG_BENCANA": "#5b4a3f", "KAMPUNG_SIAGA_BENCANA": "#4c8c4a", "KARANG_TARUNA": "#9bbb59",
}  # fmt: skip
_QUALITY_COLOURS = {"TUMPANG_TINDIH": "#b3413a", "CELAH": "#7a5ea8", "DI_LUAR_INDUK": "#d98324", "LUAS_BEDA": "#2f74b5"}

Layer = dict[str, Any]


def breaks(nilai: Sequence[float]) -> list[float]:
    """Where classes of about equally many begin, without the first; fewer where figures repeat."""
    ordered = sorted(nilai)
    bounds = (
        [ordered[len(ordered) * i // len(_CLASS_COLOURS)] for i in range(1, len(_CLASS_COLOURS))] if ordered else []
    )
    return sorted({b for b in bounds if b > ordered[0]})


def style_of(
    name: str, layer_request: LayerRequest, sources: dict[str, Any], classes: Sequence[float]
) -> dict[str, Any]:
    """`sources`: sources by the names that layers use: the layer's own, and `wilayah` for names where figures are shown.
    `classes`: where the classes of figures begin."""
    drawings: dict[str, Callable[[], list[Layer]]] = {
        "wilayah": _wilayah, "sumber-daya": _sumber_daya, "wksbm": _wksbm, "cakupan": _cakupan,
        "mutu-batas": _quality, "angka": lambda: _angka(classes),
    }  # fmt: skip
    # a level that is not drawn from zoom 0 on says so where it is not
    waiting = [_truncated(name)] if any(layer_request.from_zoom.get(x, 0) for x in (name, "wilayah")) else []
    metadata: dict[str, Any] = {}
    if isinstance(layer_request, AngkaRequest):
        metadata = {
            "hub:legenda": {
                "judul": f"{layer_request.name}, {layer_request.angka.periode}", "satuan": layer_request.unit,
                "mulai": list(classes), "warna": _colours(len(classes)), "tanpa_angka": _WITHOUT_ANGKA_COLOURS, "arti_tanpa_angka": {s: STATUS_MEANINGS[s] for s in _WITHOUT_ANGKA_COLOURS},
            }
        }  # fmt: skip
    return {
        "version": 8,
        "name": f"Hub Dinsos: {name}",
        "metadata": metadata,
        "sources": sources,
        "layers": [
            {"id": "latar", "type": "background", "paint": {"background-color": "#dfeaf0"}},
            *drawings[name](),
            *waiting,
        ],
    }


def _wilayah() -> list[Layer]:
    return [
        {"id": "wilayah-isi", "type": "fill", "source": "wilayah", "source-layer": "wilayah",
         "paint": {"fill-color": ["case", ["get", "contoh"], "#f3ead6", "#f7f9f4"]}},
        _line("wilayah"),
        _label(),
    ]  # fmt: skip


def _angka(classes: Sequence[float]) -> list[Layer]:
    colours: Any = _colours(len(classes))
    stepped: Any = [
        "step",
        ["get", "nilai"],
        colours[0],
        *(x for b, w in zip(classes, colours[1:], strict=True) for x in (b, w)),
    ]
    fill = stepped if classes else colours[0]
    without_angka = ["match", ["get", "status"], *(x for kv in _WITHOUT_ANGKA_COLOURS.items() for x in kv), "#ffffff"]
    return [
        {"id": "angka-isi", "type": "fill", "source": "angka", "source-layer": "angka",
         "paint": {"fill-color": ["case", ["has", "nilai"], fill, without_angka]}},
        {**_line("angka"), "source-layer": "angka"},
        _label(),
    ]  # fmt: skip


def _sumber_daya() -> list[Layer]:
    count = ["coalesce", ["get", "banyak"], 1]
    colour = ["match", ["coalesce", ["get", "jenis"], ""], *(x for kv in _KIND_COLOURS.items() for x in kv), "#3d5a57"]
    return [
        {"id": "sumber-daya-titik", "type": "circle", "source": "sumber-daya", "source-layer": "sumber-daya",
         "paint": {
             "circle-radius": ["interpolate", ["linear"], count, 1, 5, 10, 10, 100, 16, 1000, 24],
             "circle-color": colour, "circle-opacity": ["case", ["any", ["==", ["get", "aktif"], False], ["==", ["get", "tepat"], False]], 0.5, 0.9],
             "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5,
         }},
        {"id": "sumber-daya-banyak", "type": "symbol", "source": "sumber-daya", "source-layer": "sumber-daya",
         "filter": [">", count, 1], "layout": {"text-field": ["to-string", ["get", "banyak"]], "text-size": 11},
         "paint": {"text-color": "#ffffff"}},
        {"id": "sumber-daya-nama", "type": "symbol", "source": "sumber-daya", "source-layer": "sumber-daya",
         "minzoom": SINGLES_ZOOM + 2, "filter": ["has", "nama"],
         "layout": {"text-field": ["get", "nama"], "text-size": 11, "text-anchor": "top", "text-offset": [0, 0.7],
                    "text-optional": True},
         "paint": {"text-color": "#14312e", "text-halo-color": "#ffffff", "text-halo-width": 1.2}},
    ]  # fmt: skip


def _wksbm() -> list[Layer]:
    scale_colour = ["match", ["get", "skala"], "LOKAL", "#5f9e8f", "REGIONAL", "#d98324", "#7a5ea8"]
    count = ["coalesce", ["get", "banyak"], 1]
    phase_colour = [
        "match",
        ["coalesce", ["get", "tahap"], ""],
        "PENUMBUHAN",
        "#b9d48b",
        "PEMANTAPAN",
        "#4c8c4a",
        "#14532d",
    ]
    return [
        {"id": "hubungan-garis", "type": "line", "source": "wksbm", "source-layer": "hubungan",
         "paint": {"line-color": scale_colour, "line-width": 1.4, "line-opacity": 0.7}},
        {"id": "wksbm-titik", "type": "circle", "source": "wksbm", "source-layer": "wksbm",
         "paint": {"circle-radius": ["interpolate", ["linear"], count, 1, 5, 10, 10, 100, 16, 1000, 24],
                   "circle-color": phase_colour, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5,
                   "circle-opacity": ["case", ["==", ["get", "tepat"], False], 0.55, 0.95]}},
        {"id": "wksbm-banyak", "type": "symbol", "source": "wksbm", "source-layer": "wksbm",
         "filter": [">", count, 1], "layout": {"text-field": ["to-string", ["get", "banyak"]], "text-size": 11},
         "paint": {"text-color": "#ffffff"}},
        {"id": "wksbm-nama", "type": "symbol", "source": "wksbm", "source-layer": "wksbm", "minzoom": SINGLES_ZOOM,
         "layout": {"text-field": ["get", "nama"], "text-size": 11, "text-anchor": "top", "text-offset": [0, 0.7],
                    "text-optional": True},
         "paint": {"text-color": "#14312e", "text-halo-color": "#ffffff", "text-halo-width": 1.2}},
        _truncated("wksbm"),
    ]  # fmt: skip


def _cakupan() -> list[Layer]:
    return [
        {"id": "cakupan-isi", "type": "fill", "source": "cakupan", "source-layer": "cakupan",
         "paint": {"fill-color": ["case", ["get", "tercakup"], "#78bcb0", "#f0c9a8"]}},
        {**_line("cakupan"), "source-layer": "cakupan"},
        {"id": "lingkaran-isi", "type": "fill", "source": "cakupan", "source-layer": "lingkaran",
         "paint": {"fill-color": "#0b5d57", "fill-opacity": 0.12}},
        {"id": "lingkaran-tepi", "type": "line", "source": "cakupan", "source-layer": "lingkaran",
         "paint": {"line-color": "#0b5d57", "line-width": 1, "line-dasharray": [3, 2]}},
    ]  # fmt: skip


def _quality() -> list[Layer]:
    colour = ["match", ["get", "jenis"], *(x for kv in _QUALITY_COLOURS.items() for x in kv), "#3d5a57"]
    return [
        {"id": "mutu-isi", "type": "fill", "source": "mutu-batas", "source-layer": "mutu-batas",
         "paint": {"fill-color": colour, "fill-opacity": 0.45}},
        {"id": "mutu-tepi", "type": "line", "source": "mutu-batas", "source-layer": "mutu-batas",
         "paint": {"line-color": colour, "line-width": 1.2}},
        {"id": "mutu-titik", "type": "circle", "source": "mutu-batas", "source-layer": "mutu-batas-titik",
         "paint": {"circle-radius": 4, "circle-color": colour, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1}},
        _truncated("mutu-batas"),
    ]  # fmt: skip


def _truncated(source: str) -> Layer:
    """What a full tile says of itself."""
    count = ["to-string", ["get", "banyak"]]
    partial = ["concat", ["to-string", ["get", "ditampilkan"]], " dari ", count, " ditampilkan"]
    waiting = ["concat", count, " wilayah, digambar dari zoom ", ["to-string", ["get", "mulai_zoom"]]]
    text = ["case", ["has", "mulai_zoom"], waiting, partial]
    return {
        "id": "terpotong", "type": "symbol", "source": source, "source-layer": "terpotong",
        "layout": {"text-field": text, "text-size": 13},
        "paint": {"text-color": "#b3413a", "text-halo-color": "#ffffff", "text-halo-width": 2},
    }  # fmt: skip


def _line(source: str) -> Layer:
    width = ["interpolate", ["linear"], ["zoom"], 4, 0.3, 10, 0.9, 14, 1.6]
    return {
        "id": f"{source}-tepi", "type": "line", "source": source, "source-layer": "wilayah",
        "paint": {"line-color": _EDGE_COLOUR, "line-width": width},
    }  # fmt: skip


def _label() -> Layer:
    return {
        "id": "wilayah-nama", "type": "symbol", "source": "wilayah", "source-layer": "label",
        "layout": {"text-field": ["get", "nama"], "text-size": ["interpolate", ["linear"], ["zoom"], 4, 10, 12, 13]},
        "paint": {"text-color": "#14312e", "text-halo-color": "#ffffff", "text-halo-width": 1.3},
    }  # fmt: skip


def _colours(classes: int) -> list[str]:
    """Colours of so many classes after the first, spread over the whole scale."""
    if classes == 0:
        return [_CLASS_COLOURS[2]]
    return [_CLASS_COLOURS[round(i * (len(_CLASS_COLOURS) - 1) / classes)] for i in range(classes + 1)]
