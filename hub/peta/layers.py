"""The layers of the map: what each is called and holds, and what its parameters mean."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from geo.zoom_bands import DEEPEST_DRAWN
from hub.base.errors import MasukanTidakSahError, TidakDikenalError
from hub.base.periode import Periode
from hub.base.questions import kode_ke_bawah
from hub.batas.tables import JENIS_MUTU
from hub.cakupan.question import periksa, susun
from hub.katalog.katalog import Elemen, Katalog
from hub.katalog.questions import dimensi_dikenal, elemen_dikenal, indikator_dikenal
from hub.peta.angka_tiles import AngkaPeta
from hub.peta.layer_parameters import Parameter
from hub.peta.layer_requests import (
    Minta,
    MintaAngka,
    MintaCakupan,
    MintaMutu,
    MintaSumberDaya,
    MintaWilayah,
    MintaWksbm,
    level_below,
)
from hub.peta.sumber_daya_tiles import ZOOM_SATUAN
from hub.peta.versions import Peta
from hub.sumber_daya.tables import JENIS
from hub.wksbm.tables import SKALA, TAHAP

ZOOM_TERDALAM = DEEPEST_DRAWN
STATUS = ("ADA", "NOL", "TIDAK_ADA_DATA", "TIDAK_DILAKSANAKAN", "TIDAK_BERLAKU", "DISUPRESI")
_KODE = r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?"
TERPOTONG = "terpotong"  # the source-layer that says what a tile does not hold
_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True, slots=True)
class Konteks:
    """What parameters are checked against. `katalog`: for layers that ask for it. `hari`: today in the office's zone."""

    katalog: Katalog | None
    peta: Peta
    hari: date


@dataclass(frozen=True, slots=True)
class IsiLapisan:
    """A source-layer of the tiles. `medan`: property → its meaning."""

    nama: str
    medan: Mapping[str, str]
    zoom: tuple[int, int] = (0, ZOOM_TERDALAM)


@dataclass(frozen=True, slots=True)
class Lapisan:
    """`umum`: everybody sees the same, so nobody is asked who he is. `hidup`: what it shows follows the data, not only the
    boundaries. `kunci`: how the key of a feature is spelled, by which pages follow each other. `berkatalog`: its parameters
    name parts of the catalogue."""

    nama: str
    judul: str
    uraian: str
    umum: bool
    hidup: bool
    kunci: str
    isi: tuple[IsiLapisan, ...]
    baca: Callable[[Parameter, Konteks], Minta]
    berkatalog: bool = False

    @property
    def menunggu(self) -> bool:
        """Whether `terpotong` only tells of a level that is not drawn yet."""
        return any(x is _MENUNGGU for x in self.isi)

    def kunci_sah(self, teks: str) -> bool:
        return re.fullmatch(self.kunci, teks, re.ASCII) is not None


# ---------- what parameters mean ----------


def _wilayah(p: Parameter, k: Konteks) -> Minta:
    tingkat, wilayah = p.tingkat(), p.wilayah()
    if wilayah is not None and tingkat is not None:
        kode_ke_bawah(tingkat)(wilayah)
    return MintaWilayah(tingkat, wilayah, k.peta.mulai)


def _sumber_daya(p: Parameter, _: Konteks) -> Minta:
    return MintaSumberDaya(p.daftar("jenis", JENIS), p.ya_tidak("aktif"))


def _wksbm(p: Parameter, _: Konteks) -> Minta:
    return MintaWksbm(p.daftar("skala", SKALA), p.daftar("tahap", TAHAP))


def _cakupan(p: Parameter, k: Konteks) -> Minta:
    jenis = p.daftar("jenis", JENIS)
    berlaku, tersisa = (p.ya_tidak(n) is True for n in ("hanyaBerlaku", "dayaTersisa"))
    tanya = susun(
        list(jenis), p.desimal("jarakKm", "5"), p.wilayah_perlu(), hanya_berlaku=berlaku, daya_tersisa=tersisa
    )
    periksa(tanya)
    return MintaCakupan(tanya, mulai=k.peta.mulai)


def _mutu(p: Parameter, _: Konteks) -> Minta:
    return MintaMutu(p.daftar("jenis", JENIS_MUTU), p.wilayah())


def _angka(p: Parameter, k: Konteks) -> Minta:
    return read_figures(p, k)


def read_figures(p: Parameter, k: Konteks) -> MintaAngka:
    """Which figure of which regions is asked for."""
    assert k.katalog is not None
    elemen, indikator = p.teks("elemen"), p.teks("indikator")
    if (elemen is None) == (indikator is None):
        raise MasukanTidakSahError("Sebut satu elemen atau satu indikator, misalnya elemen=BAN01 atau indikator=I01.")
    try:
        periode = Periode.baca(p.perlu("periode", "2020"))
    except ValueError as salah:
        raise MasukanTidakSahError(str(salah)) from None
    wilayah = p.wilayah_perlu()
    tingkat = p.tingkat() or level_below(wilayah)
    kode_ke_bawah(tingkat)(wilayah)
    status = p.daftar("status", STATUS)
    if elemen is not None:
        (kode,) = elemen_dikenal([elemen], k.katalog)
        e = k.katalog.elemen[kode]
        nama, satuan = e.nama, e.satuan
        sumber = f"Rekap yang disetujui, {e.formulir} {k.katalog.formulir[e.formulir].nama}"
        rincian = _rincian(p, k.katalog, e)
    else:
        (kode,) = indikator_dikenal([indikator or ""], k.katalog)
        i = next(i for i in k.katalog.indikator if kode == (f"{i.kode}.{i.varian}" if i.varian else i.kode))
        nama, satuan, sumber = i.nama, i.satuan, "Dihitung dari rekap yang disetujui"
        rincian = _rincian(p, k.katalog, None)
    terbaru = k.peta.newest_region(wilayah)
    lebih_baru = terbaru > periode.akhir
    hari = max(terbaru, k.hari) if lebih_baru and elemen is not None else None
    angka = AngkaPeta(
        kode, elemen is None, str(periode), periode.akhir, tingkat, wilayah, rincian, hari, lebih_baru
    )  # fmt: skip
    return MintaAngka(angka, status, nama, satuan, sumber, k.peta.mulai)


def _rincian(p: Parameter, katalog: Katalog, elemen: Elemen | None) -> tuple[tuple[str, str], ...]:
    """`rincian=JK:L`: the choice of each breakdown; a comma within a choice is part of it."""
    pilih: list[str] = []
    for bagian in (p.teks("rincian") or "").split(","):
        if ":" in bagian or not pilih:
            pilih.append(bagian)
        else:
            pilih[-1] += f",{bagian}"
    hasil: dict[str, str] = {}
    for satu in filter(None, pilih):
        nama, titik_dua, pilihan = satu.partition(":")
        if not titik_dua or not pilihan.strip():
            raise MasukanTidakSahError(f'rincian: "{satu}" harus nama:pilihan, misalnya rincian=JK:L.')
        nama = dimensi_dikenal([nama.strip()], katalog)
        if elemen is not None and elemen.dimensi(nama) is None:
            ada = ", ".join(d.kode for d in elemen.rincian) or "tidak ada"
            raise TidakDikenalError(f"{elemen.kode} tidak dirinci menurut {nama}; rinciannya: {ada}.")
        hasil[nama] = pilihan.strip()
    return tuple(sorted(hasil.items()))


# ---------- the layers ----------

_BIDANG = {
    "kode": "Kode Kemendagri",
    "nama": "Nama wilayah",
    "tingkat": "PROVINSI, KABUPATEN, KECAMATAN atau DESA",
}
_TERPOTONG = {
    "lapisan": "Lapisan yang tidak seluruhnya digambar",
    "banyak": "Banyak seluruhnya di ubin ini",
    "ditampilkan": "Banyak yang digambar",
}
_MENUNGGU = IsiLapisan("terpotong", {
    **_TERPOTONG, "mulai_zoom": "Zoom mulai tingkat itu digambar; di bawahnya terlalu banyak untuk satu ubin",
})  # fmt: skip
WILAYAH = Lapisan(
    "wilayah", "Wilayah", "Batas provinsi, kabupaten/kota, kecamatan dan desa/kelurahan menurut daftar terbaru.",
    umum=True, hidup=False, kunci=_KODE,
    isi=(
        IsiLapisan("wilayah", {**_BIDANG, "jenis": "Jenis, seperti KOTA atau KELURAHAN", "contoh": "Benar: batas buatan, bukan resmi"}),
        IsiLapisan("label", _BIDANG),
        _MENUNGGU,
    ),
    baca=_wilayah,
)  # fmt: skip
SUMBER_DAYA = Lapisan(
    "sumber-daya", "Sumber daya kesejahteraan sosial",
    "Panti, LKS, puskesos, gudang bencana dan lainnya; dari jauh dikelompokkan. Rumah aman tidak pernah digambar.",
    umum=True, hidup=True, kunci=rf"{_KODE}~{_UUID}",
    isi=(
        IsiLapisan("sumber-daya", {
            "id": "Id sumber daya", "jenis": "Jenisnya; pada kelompok hanya bila semuanya sama", "nama": "Nama",
            "pemilik": "Pemilik", "aktif": "Apakah hari ini ada", "kode_desa": "Kode desa tempatnya berdiri",
            "banyak": f"Banyak dalam kelompok: yang berdekatan pada zoom di bawah {ZOOM_SATUAN} atau bila terlalu banyak untuk satu ubin, yang di satu desa tanpa titik sendiri",
            "tepat": "Salah: titiknya belum dicatat; digambar di tengah desanya",
        }),
    ),
    baca=_sumber_daya,
)  # fmt: skip
WKSBM = Lapisan(
    "wksbm", "WKSBM dan jejaringnya",
    "Wahana kesejahteraan sosial berbasis masyarakat yang hari ini ada, dan hubungannya satu sama lain dan dengan sumber daya.",
    umum=True, hidup=True, kunci=rf"{_KODE}~{_UUID}",
    isi=(
        IsiLapisan("wksbm", {
            "id": "Id WKSBM", "nama": "Nama", "tahap": f"{', '.join(TAHAP)}; pada kelompok hanya bila semuanya sama",
            "kode_desa": "Kode desanya", "banyak": "Banyak dalam kelompok: yang berdekatan bila terlalu banyak untuk satu ubin",
            "tepat": "Salah: titiknya belum dicatat; digambar di tengah desanya, atau wilayah di atasnya yang ada batasnya",
        }),
        IsiLapisan("hubungan", {
            "jenis": "Jenis hubungan", "skala": ", ".join(SKALA), "asal": "Id WKSBM asal",
            "tujuan": "Id WKSBM atau sumber daya tujuan",
        }),
        IsiLapisan("terpotong", _TERPOTONG),
    ),
    baca=_wksbm,
)  # fmt: skip
CAKUPAN = Lapisan(
    "cakupan", "Cakupan", "Desa mana yang terjangkau sumber daya sosial dari jenis itu dalam jarak itu, dan daerah jangkauannya.",
    umum=True, hidup=True, kunci=_KODE,
    isi=(
        IsiLapisan("cakupan", {"kode": _BIDANG["kode"], "nama": _BIDANG["nama"], "tercakup": "Apakah terjangkau",
                               "jarak_km": "Jarak ke yang terdekat, km"}),
        IsiLapisan("lingkaran", {}),
        _MENUNGGU,
    ),
    baca=_cakupan,
)  # fmt: skip
_MUTU = {
    "kode": "Kode wilayahnya", "jenis": ", ".join(JENIS_MUTU), "lain": "Kode wilayah lain yang tersangkut",
    "luas_m2": "Luasnya, m²", "bagian": "Bagiannya; artinya menurut jenis, lihat mutuBatas",
}  # fmt: skip
MUTU = Lapisan(
    "mutu-batas", "Mutu batas", "Temuan pada batas dari pemeriksaan terakhir: tumpang tindih, celah, di luar induk, luas beda.",
    umum=True, hidup=True, kunci=rf"{_KODE}~[A-Z_]{{1,20}}~\d{{1,5}}",
    isi=(IsiLapisan("mutu-batas", _MUTU), IsiLapisan("mutu-batas-titik", _MUTU), IsiLapisan("terpotong", _TERPOTONG)),
    baca=_mutu,
)  # fmt: skip
ANGKA = Lapisan(
    "angka", "Angka", "Satu elemen atau indikator pada satu periode, per wilayah.",
    umum=False, hidup=True, kunci=_KODE,
    isi=(
        IsiLapisan("angka", {**_BIDANG, "nilai": "Angkanya; tidak ada bila status bukan ADA atau NOL", "status": ", ".join(STATUS)}),
        _MENUNGGU,
    ),
    baca=_angka, berkatalog=True,
)  # fmt: skip

LAPISAN: Mapping[str, Lapisan] = {x.nama: x for x in (WILAYAH, SUMBER_DAYA, WKSBM, CAKUPAN, MUTU, ANGKA)}


def layer_named(nama: str) -> Lapisan:
    """Raises TidakDikenalError for what is no layer."""
    if nama not in LAPISAN:
        raise TidakDikenalError(f'Lapisan "{nama}" tidak ada; yang ada: {", ".join(LAPISAN)}.')
    return LAPISAN[nama]
