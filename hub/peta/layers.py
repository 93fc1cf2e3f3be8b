"""The layers of the map: what each is called and holds, and what its parameters mean."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from geo.zoom_bands import DEEPEST_DRAWN
from hub.base.errors import InvalidInputError, UnknownNameError
from hub.base.periode import Periode
from hub.base.questions import kode_down_to
from hub.batas.tables import QUALITY_KINDS
from hub.cakupan.question import build_question, check_question
from hub.katalog.katalog import Elemen, Katalog
from hub.katalog.questions import known_dimensions, known_elemen, known_indikator, of_this_hub
from hub.peta.angka_tiles import STATUS_MEANINGS, WHY_CLOSED, AngkaPeta
from hub.peta.layer_parameters import Parameter
from hub.peta.layer_requests import (
    AngkaRequest,
    CakupanRequest,
    LayerRequest,
    QualityRequest,
    SumberDayaRequest,
    WilayahRequest,
    WksbmRequest,
    level_below,
)
from hub.peta.sumber_daya_tiles import SINGLES_ZOOM
from hub.peta.versions import Peta
from hub.sumber_daya.tables import KINDS
from hub.wksbm.tables import PHASES, SCALES

DEEPEST_ZOOM = DEEPEST_DRAWN
STATUS = tuple(STATUS_MEANINGS)
_KODE = r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?"
TRUNCATED = "terpotong"  # the source-layer that says what a tile does not hold
_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True, slots=True)
class LayerContext:
    """What parameters are checked against. `katalog`: for layers that ask for it. `today`: today in the office's zone."""

    katalog: Katalog | None
    peta: Peta
    today: date


@dataclass(frozen=True, slots=True)
class SourceLayer:
    """A source-layer of the tiles. `fields`: property → its meaning."""

    name: str
    fields: Mapping[str, str]
    zoom: tuple[int, int] = (0, DEEPEST_ZOOM)


@dataclass(frozen=True, slots=True)
class Layer:
    """`public`: everybody sees the same, so nobody is asked who he is. `live`: what it shows follows the data, not only the
    boundaries. `key_pattern`: how the key of a feature is spelled, by which pages follow each other. `needs_katalog`: its parameters
    name parts of the catalogue."""

    name: str
    title: str
    description: str
    public: bool
    live: bool
    key_pattern: str
    source_layers: tuple[SourceLayer, ...]
    read: Callable[[Parameter, LayerContext], LayerRequest]
    needs_katalog: bool = False

    @property
    def waits(self) -> bool:
        """Whether `terpotong` only tells of a level that is not drawn yet."""
        return any(x is _WAITING for x in self.source_layers)

    def key_is_valid(self, text: str) -> bool:
        return re.fullmatch(self.key_pattern, text, re.ASCII) is not None


# ---------- what parameters mean ----------


def _wilayah(p: Parameter, k: LayerContext) -> LayerRequest:
    level, wilayah = p.level(), p.wilayah()
    if wilayah is not None and level is not None:
        kode_down_to(level)(wilayah)
    return WilayahRequest(level, wilayah, k.peta.first_zooms)


def _sumber_daya(p: Parameter, _: LayerContext) -> LayerRequest:
    return SumberDayaRequest(p.choices("jenis", KINDS), p.flag("aktif"))


def _wksbm(p: Parameter, _: LayerContext) -> LayerRequest:
    return WksbmRequest(p.choices("skala", SCALES), p.choices("tahap", PHASES))


def _cakupan(p: Parameter, k: LayerContext) -> LayerRequest:
    kinds = p.choices("jenis", KINDS)
    only_valid, capacity_remaining = (p.flag(n) is True for n in ("hanyaBerlaku", "dayaTersisa"))
    question = build_question(
        list(kinds),
        p.decimal("jarakKm", "5"),
        p.required_wilayah(),
        only_valid=only_valid,
        capacity_remaining=capacity_remaining,
    )
    check_question(question)
    return CakupanRequest(question, first_zooms=k.peta.first_zooms)


def _quality(p: Parameter, _: LayerContext) -> LayerRequest:
    return QualityRequest(p.choices("jenis", QUALITY_KINDS), p.wilayah())


def _angka(p: Parameter, k: LayerContext) -> LayerRequest:
    return read_figures(p, k)


def read_figures(p: Parameter, k: LayerContext) -> AngkaRequest:
    """Which figure of which regions is asked for."""
    assert k.katalog is not None
    elemen, indikator = p.text("elemen"), p.text("indikator")
    if (elemen is None) == (indikator is None):
        raise InvalidInputError("Sebut satu elemen atau satu indikator, misalnya elemen=BAN01 atau indikator=I01.")
    try:
        periode = Periode.read(p.required("periode", "2020"))
    except ValueError as error:
        raise InvalidInputError(str(error)) from None
    wilayah = of_this_hub(p.required_wilayah(), k.katalog)
    level = p.level() or level_below(wilayah)
    kode_down_to(level)(wilayah)
    status = p.choices("status", STATUS)
    if elemen is not None:
        (kode,) = known_elemen([elemen], k.katalog)
        e = k.katalog.elemen[kode]
        name, unit = e.nama, e.satuan
        source = f"Rekap yang disetujui, {e.formulir} {k.katalog.formulir[e.formulir].nama}"
        rincian = _rincian(p, k.katalog, e)
    else:
        (kode,) = known_indikator([indikator or ""], k.katalog)
        i = next(i for i in k.katalog.indikator if kode == (f"{i.kode}.{i.varian}" if i.varian else i.kode))
        name, unit, source = i.nama, i.satuan, "Dihitung dari rekap yang disetujui"
        rincian = _rincian(p, k.katalog, None)
    newest = k.peta.newest_region(wilayah)
    has_newer_regions = newest > periode.last_day
    borders_day = max(newest, k.today) if has_newer_regions and elemen is not None else None
    angka = AngkaPeta(
        kode, elemen is None, str(periode), periode.last_day, level, wilayah, rincian, borders_day, has_newer_regions
    )  # fmt: skip
    return AngkaRequest(angka, status, name, unit, source, k.peta.first_zooms)


def _rincian(p: Parameter, katalog: Katalog, elemen: Elemen | None) -> tuple[tuple[str, str], ...]:
    """`rincian=JK:L`: the choice of each breakdown; a comma within a choice is part of it."""
    chosen: list[str] = []
    for part in (p.text("rincian") or "").split(","):
        if ":" in part or not chosen:
            chosen.append(part)
        else:
            chosen[-1] += f",{part}"
    result: dict[str, str] = {}
    for one in filter(None, chosen):
        name, colon, pilihan = one.partition(":")
        if not colon or not pilihan.strip():
            raise InvalidInputError(f'rincian: "{one}" harus nama:pilihan, misalnya rincian=JK:L.')
        name = known_dimensions([name.strip()], katalog)
        if elemen is not None and elemen.dimension(name) is None:
            available = ", ".join(d.kode for d in elemen.rincian) or "tidak ada"
            raise UnknownNameError(f"{elemen.kode} tidak dirinci menurut {name}; rinciannya: {available}.")
        of_elemen = elemen.dimension(name) if elemen is not None else None
        result[name] = (of_elemen.listed(pilihan) if of_elemen is not None else None) or pilihan.strip()
    return tuple(sorted(result.items()))


# ---------- the layers ----------

_AREA_FIELDS = {
    "kode": "Kode Kemendagri",
    "nama": "Nama wilayah",
    "tingkat": "PROVINSI, KABUPATEN, KECAMATAN atau DESA",
}
_TRUNCATED_FIELDS = {
    "lapisan": "Lapisan yang tidak seluruhnya digambar",
    "banyak": "Banyak seluruhnya di ubin ini",
    "ditampilkan": "Banyak yang digambar",
}
_WAITING = SourceLayer("terpotong", {
    **_TRUNCATED_FIELDS, "mulai_zoom": "Zoom mulai tingkat itu digambar; di bawahnya terlalu banyak untuk satu ubin",
})  # fmt: skip
WILAYAH = Layer(
    "wilayah", "Wilayah", "Batas provinsi, kabupaten/kota, kecamatan dan desa/kelurahan menurut daftar terbaru.",
    public=True, live=False, key_pattern=_KODE,
    source_layers=(
        SourceLayer("wilayah", {**_AREA_FIELDS, "jenis": "Jenis, seperti KOTA atau KELURAHAN", "contoh": "Benar: batas buatan, bukan resmi"}),
        SourceLayer("label", _AREA_FIELDS),
        _WAITING,
    ),
    read=_wilayah,
)  # fmt: skip
SUMBER_DAYA = Layer(
    "sumber-daya", "Sumber daya kesejahteraan sosial",
    "Panti, LKS, puskesos, gudang bencana dan lainnya; dari jauh dikelompokkan. Rumah aman tidak pernah digambar.",
    public=True, live=True, key_pattern=rf"{_KODE}~{_UUID}",
    source_layers=(
        SourceLayer("sumber-daya", {
            "id": "Id sumber daya", "jenis": "Jenisnya; pada kelompok hanya bila semuanya sama", "nama": "Nama",
            "pemilik": "Pemilik", "aktif": "Apakah hari ini ada", "kode_desa": "Kode desa tempatnya berdiri",
            "banyak": f"Banyak dalam kelompok: yang berdekatan pada zoom di bawah {SINGLES_ZOOM} atau bila terlalu banyak untuk satu ubin, yang di satu desa tanpa titik sendiri",
            "tepat": "Salah: titiknya belum dicatat; digambar di tengah desanya",
        }),
    ),
    read=_sumber_daya,
)  # fmt: skip
WKSBM = Layer(
    "wksbm", "WKSBM dan jejaringnya",
    "Wahana kesejahteraan sosial berbasis masyarakat yang hari ini ada, dan hubungannya satu sama lain dan dengan sumber daya.",
    public=True, live=True, key_pattern=rf"{_KODE}~{_UUID}",
    source_layers=(
        SourceLayer("wksbm", {
            "id": "Id WKSBM", "nama": "Nama", "tahap": f"{', '.join(PHASES)}; pada kelompok hanya bila semuanya sama",
            "kode_desa": "Kode desanya", "banyak": "Banyak dalam kelompok: yang berdekatan bila terlalu banyak untuk satu ubin",
            "tepat": "Salah: titiknya belum dicatat; digambar di tengah desanya, atau wilayah di atasnya yang ada batasnya",
        }),
        SourceLayer("hubungan", {
            "jenis": "Jenis hubungan", "skala": ", ".join(SCALES), "asal": "Id WKSBM asal",
            "tujuan": "Id WKSBM atau sumber daya tujuan",
        }),
        SourceLayer("terpotong", _TRUNCATED_FIELDS),
    ),
    read=_wksbm,
)  # fmt: skip
CAKUPAN = Layer(
    "cakupan", "Cakupan", "Desa mana yang terjangkau sumber daya sosial dari jenis itu dalam jarak itu, dan daerah jangkauannya.",
    public=True, live=True, key_pattern=_KODE,
    source_layers=(
        SourceLayer("cakupan", {"kode": _AREA_FIELDS["kode"], "nama": _AREA_FIELDS["nama"], "tercakup": "Apakah terjangkau",
                               "jarak_km": "Jarak ke yang terdekat, km"}),
        SourceLayer("lingkaran", {}),
        _WAITING,
    ),
    read=_cakupan,
)  # fmt: skip
_QUALITY_FIELDS = {
    "kode": "Kode wilayahnya", "jenis": ", ".join(QUALITY_KINDS), "lain": "Kode wilayah lain yang tersangkut",
    "luas_m2": "Luasnya, m²", "bagian": "Bagiannya; artinya menurut jenis, lihat mutuBatas",
}  # fmt: skip
QUALITY = Layer(
    "mutu-batas", "Mutu batas", "Temuan pada batas dari pemeriksaan terakhir: tumpang tindih, celah, di luar induk, luas beda.",
    public=True, live=True, key_pattern=rf"{_KODE}~[A-Z_]{{1,20}}~\d{{1,5}}",
    source_layers=(SourceLayer("mutu-batas", _QUALITY_FIELDS), SourceLayer("mutu-batas-titik", _QUALITY_FIELDS), SourceLayer("terpotong", _TRUNCATED_FIELDS)),
    read=_quality,
)  # fmt: skip
ANGKA = Layer(
    "angka", "Angka", f"Satu elemen atau indikator pada satu periode, per wilayah. {WHY_CLOSED}",
    public=False, live=True, key_pattern=_KODE,
    source_layers=(
        SourceLayer("angka", {**_AREA_FIELDS, "nilai": "Angkanya; tidak ada bila status bukan ADA atau NOL", "status": f"{', '.join(STATUS)}. {WHY_CLOSED}"}),
        _WAITING,
    ),
    read=_angka, needs_katalog=True,
)  # fmt: skip

LAYERS: Mapping[str, Layer] = {x.name: x for x in (WILAYAH, SUMBER_DAYA, WKSBM, CAKUPAN, QUALITY, ANGKA)}


def layer_named(name: str) -> Layer:
    """Raises UnknownNameError for what is no layer."""
    if name not in LAYERS:
        raise UnknownNameError(f'Lapisan "{name}" tidak ada; yang ada: {", ".join(LAYERS)}.')
    return LAYERS[name]
