"""MapLibre styles, ready to be shown: one per layer. No fonts, sprites or anything else from elsewhere; without `glyphs`
MapLibre (5.11 and later) writes names with the reader's own fonts."""

from collections.abc import Callable, Sequence
from typing import Any

from hub.peta.layer_requests import Minta, MintaAngka
from hub.peta.sumber_daya_tiles import ZOOM_SATUAN

_TEPI = "#3d5a57"
_KELAS = ("#e4f1ee", "#b3d9d1", "#78bcb0", "#3a958a", "#0b5d57")
_TANPA_ANGKA = {
    "DISUPRESI": "#8d8d9b",
    "TIDAK_ADA_DATA": "#e6e3dd",
    "TIDAK_DILAKSANAKAN": "#d9cfc0",
    "TIDAK_BERLAKU": "#f4f2ee",
}
_JENIS = {
    "PANTI": "#b3413a", "LKS": "#d98324", "LK3": "#c2a02b", "RUMAH_SINGGAH": "#7a5ea8", "SLRT": "#2f74b5",
    "PUSKESOS": "#3fa0c9", "GUDANG_BENCANA": "#5b4a3f", "KAMPUNG_SIAGA_BENCANA": "#4c8c4a", "KARANG_TARUNA": "#9bbb59",
}  # fmt: skip
_MUTU = {"TUMPANG_TINDIH": "#b3413a", "CELAH": "#7a5ea8", "DI_LUAR_INDUK": "#d98324", "LUAS_BEDA": "#2f74b5"}

Layer = dict[str, Any]


def breaks(nilai: Sequence[float]) -> list[float]:
    """Where classes of about equally many begin, without the first; fewer where figures repeat."""
    urut = sorted(nilai)
    batas = [urut[len(urut) * i // len(_KELAS)] for i in range(1, len(_KELAS))] if urut else []
    return sorted({b for b in batas if b > urut[0]})


def style_of(nama: str, minta: Minta, sumber: dict[str, Any], kelas: Sequence[float]) -> dict[str, Any]:
    """`sumber`: sources by the names that layers use: the layer's own, and `wilayah` for names where figures are shown.
    `kelas`: where the classes of figures begin."""
    gambar: dict[str, Callable[[], list[Layer]]] = {
        "wilayah": _wilayah, "sumber-daya": _sumber_daya, "wksbm": _wksbm, "cakupan": _cakupan,
        "mutu-batas": _mutu, "angka": lambda: _angka(kelas),
    }  # fmt: skip
    # a level that is not drawn from zoom 0 on says so where it is not
    menunggu = [_terpotong(nama)] if any(minta.from_zoom.get(x, 0) for x in (nama, "wilayah")) else []
    keterangan: dict[str, Any] = {}
    if isinstance(minta, MintaAngka):
        keterangan = {
            "hub:legenda": {
                "judul": f"{minta.nama}, {minta.angka.periode}", "satuan": minta.satuan,
                "mulai": list(kelas), "warna": _warna(len(kelas)), "tanpa_angka": _TANPA_ANGKA,
            }
        }  # fmt: skip
    return {
        "version": 8,
        "name": f"Hub Dinsos: {nama}",
        "metadata": keterangan,
        "sources": sumber,
        "layers": [
            {"id": "latar", "type": "background", "paint": {"background-color": "#dfeaf0"}},
            *gambar[nama](),
            *menunggu,
        ],
    }


def _wilayah() -> list[Layer]:
    return [
        {"id": "wilayah-isi", "type": "fill", "source": "wilayah", "source-layer": "wilayah",
         "paint": {"fill-color": ["case", ["get", "contoh"], "#f3ead6", "#f7f9f4"]}},
        _garis("wilayah"),
        _label(),
    ]  # fmt: skip


def _angka(kelas: Sequence[float]) -> list[Layer]:
    warna: Any = _warna(len(kelas))
    bertingkat: Any = [
        "step",
        ["get", "nilai"],
        warna[0],
        *(x for b, w in zip(kelas, warna[1:], strict=True) for x in (b, w)),
    ]
    isi = bertingkat if kelas else warna[0]
    tanpa = ["match", ["get", "status"], *(x for kv in _TANPA_ANGKA.items() for x in kv), "#ffffff"]
    return [
        {"id": "angka-isi", "type": "fill", "source": "angka", "source-layer": "angka",
         "paint": {"fill-color": ["case", ["has", "nilai"], isi, tanpa]}},
        {**_garis("angka"), "source-layer": "angka"},
        _label(),
    ]  # fmt: skip


def _sumber_daya() -> list[Layer]:
    banyak = ["coalesce", ["get", "banyak"], 1]
    warna = ["match", ["coalesce", ["get", "jenis"], ""], *(x for kv in _JENIS.items() for x in kv), "#3d5a57"]
    return [
        {"id": "sumber-daya-titik", "type": "circle", "source": "sumber-daya", "source-layer": "sumber-daya",
         "paint": {
             "circle-radius": ["interpolate", ["linear"], banyak, 1, 5, 10, 10, 100, 16, 1000, 24],
             "circle-color": warna, "circle-opacity": ["case", ["any", ["==", ["get", "aktif"], False], ["==", ["get", "tepat"], False]], 0.5, 0.9],
             "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5,
         }},
        {"id": "sumber-daya-banyak", "type": "symbol", "source": "sumber-daya", "source-layer": "sumber-daya",
         "filter": [">", banyak, 1], "layout": {"text-field": ["to-string", ["get", "banyak"]], "text-size": 11},
         "paint": {"text-color": "#ffffff"}},
        {"id": "sumber-daya-nama", "type": "symbol", "source": "sumber-daya", "source-layer": "sumber-daya",
         "minzoom": ZOOM_SATUAN + 2, "filter": ["has", "nama"],
         "layout": {"text-field": ["get", "nama"], "text-size": 11, "text-anchor": "top", "text-offset": [0, 0.7],
                    "text-optional": True},
         "paint": {"text-color": "#14312e", "text-halo-color": "#ffffff", "text-halo-width": 1.2}},
    ]  # fmt: skip


def _wksbm() -> list[Layer]:
    skala = ["match", ["get", "skala"], "LOKAL", "#5f9e8f", "REGIONAL", "#d98324", "#7a5ea8"]
    banyak = ["coalesce", ["get", "banyak"], 1]
    tahap = ["match", ["coalesce", ["get", "tahap"], ""], "PENUMBUHAN", "#b9d48b", "PEMANTAPAN", "#4c8c4a", "#14532d"]
    return [
        {"id": "hubungan-garis", "type": "line", "source": "wksbm", "source-layer": "hubungan",
         "paint": {"line-color": skala, "line-width": 1.4, "line-opacity": 0.7}},
        {"id": "wksbm-titik", "type": "circle", "source": "wksbm", "source-layer": "wksbm",
         "paint": {"circle-radius": ["interpolate", ["linear"], banyak, 1, 5, 10, 10, 100, 16, 1000, 24],
                   "circle-color": tahap, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5,
                   "circle-opacity": ["case", ["==", ["get", "tepat"], False], 0.55, 0.95]}},
        {"id": "wksbm-banyak", "type": "symbol", "source": "wksbm", "source-layer": "wksbm",
         "filter": [">", banyak, 1], "layout": {"text-field": ["to-string", ["get", "banyak"]], "text-size": 11},
         "paint": {"text-color": "#ffffff"}},
        {"id": "wksbm-nama", "type": "symbol", "source": "wksbm", "source-layer": "wksbm", "minzoom": ZOOM_SATUAN,
         "layout": {"text-field": ["get", "nama"], "text-size": 11, "text-anchor": "top", "text-offset": [0, 0.7],
                    "text-optional": True},
         "paint": {"text-color": "#14312e", "text-halo-color": "#ffffff", "text-halo-width": 1.2}},
        _terpotong("wksbm"),
    ]  # fmt: skip


def _cakupan() -> list[Layer]:
    return [
        {"id": "cakupan-isi", "type": "fill", "source": "cakupan", "source-layer": "cakupan",
         "paint": {"fill-color": ["case", ["get", "tercakup"], "#78bcb0", "#f0c9a8"]}},
        {**_garis("cakupan"), "source-layer": "cakupan"},
        {"id": "lingkaran-isi", "type": "fill", "source": "cakupan", "source-layer": "lingkaran",
         "paint": {"fill-color": "#0b5d57", "fill-opacity": 0.12}},
        {"id": "lingkaran-tepi", "type": "line", "source": "cakupan", "source-layer": "lingkaran",
         "paint": {"line-color": "#0b5d57", "line-width": 1, "line-dasharray": [3, 2]}},
    ]  # fmt: skip


def _mutu() -> list[Layer]:
    warna = ["match", ["get", "jenis"], *(x for kv in _MUTU.items() for x in kv), "#3d5a57"]
    return [
        {"id": "mutu-isi", "type": "fill", "source": "mutu-batas", "source-layer": "mutu-batas",
         "paint": {"fill-color": warna, "fill-opacity": 0.45}},
        {"id": "mutu-tepi", "type": "line", "source": "mutu-batas", "source-layer": "mutu-batas",
         "paint": {"line-color": warna, "line-width": 1.2}},
        {"id": "mutu-titik", "type": "circle", "source": "mutu-batas", "source-layer": "mutu-batas-titik",
         "paint": {"circle-radius": 4, "circle-color": warna, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1}},
        _terpotong("mutu-batas"),
    ]  # fmt: skip


def _terpotong(sumber: str) -> Layer:
    """What a full tile says of itself."""
    banyak = ["to-string", ["get", "banyak"]]
    sebagian = ["concat", ["to-string", ["get", "ditampilkan"]], " dari ", banyak, " ditampilkan"]
    menunggu = ["concat", banyak, " wilayah, digambar dari zoom ", ["to-string", ["get", "mulai_zoom"]]]
    teks = ["case", ["has", "mulai_zoom"], menunggu, sebagian]
    return {
        "id": "terpotong", "type": "symbol", "source": sumber, "source-layer": "terpotong",
        "layout": {"text-field": teks, "text-size": 13},
        "paint": {"text-color": "#b3413a", "text-halo-color": "#ffffff", "text-halo-width": 2},
    }  # fmt: skip


def _garis(sumber: str) -> Layer:
    lebar = ["interpolate", ["linear"], ["zoom"], 4, 0.3, 10, 0.9, 14, 1.6]
    return {
        "id": f"{sumber}-tepi", "type": "line", "source": sumber, "source-layer": "wilayah",
        "paint": {"line-color": _TEPI, "line-width": lebar},
    }  # fmt: skip


def _label() -> Layer:
    return {
        "id": "wilayah-nama", "type": "symbol", "source": "wilayah", "source-layer": "label",
        "layout": {"text-field": ["get", "nama"], "text-size": ["interpolate", ["linear"], ["zoom"], 4, 10, 12, 13]},
        "paint": {"text-color": "#14312e", "text-halo-color": "#ffffff", "text-halo-width": 1.3},
    }  # fmt: skip


def _warna(kelas: int) -> list[str]:
    """Colours of so many classes after the first, spread over the whole scale."""
    if kelas == 0:
        return [_KELAS[2]]
    return [_KELAS[round(i * (len(_KELAS) - 1) / kelas)] for i in range(kelas + 1)]
