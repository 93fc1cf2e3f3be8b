"""Rows of looking for a region: by a text, by a point."""

import math
from collections.abc import Callable
from typing import Any

from sqlalchemy import ARRAY, Boolean, ColumnElement, Float, Integer, func, select

from hub.base.errors import BatasTerlampauiError, MasukanTidakSahError
from hub.base.kode import Tingkat
from hub.base.questions import kode_sah
from hub.plan.arguments import Args, plain
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT, TEXTS
from hub.wilayah.cari import cari_source
from hub.wilayah.cari_text import TeksCari, urai
from hub.wilayah.point_reads import titik_source
from hub.wilayah.reads import HARI_INI, berlaku
from hub.wilayah.tables import WILAYAH

HASIL_TERBANYAK = 100
_HASIL_BIASA = 10
_FLOAT = Float()
_INTS = ARRAY(Integer())

# Indonesia with its sea, degrees: wide enough for every point on its land, narrow enough that no swapped pair lies in it
_BARAT, _TIMUR, _SELATAN, _UTARA = 94.0, 142.0, -12.0, 7.0


# ---------- by a text ----------


def found(args: Args) -> Rows:
    """Regions in force that the text may mean, the likeliest first."""

    def teks(ambil: Callable[[TeksCari], Any]) -> Callable[[str], Any]:
        return lambda t: ambil(urai(t))

    ikat: dict[str, Any] = {
        "kode": args.bind("teks", TEXT, teks(lambda t: t.kode)),
        "penuh": args.bind("teks", Integer(), teks(lambda t: t.penuh)),
        "cadangan": args.bind("teks", Integer(), teks(lambda t: t.cadangan)),
        "kunci": args.bind("teks", TEXTS, teks(lambda t: [p.kunci for p in t.potongan])),
        "topeng": args.bind("teks", _INTS, teks(lambda t: [p.topeng for p in t.potongan])),
        "awalan": args.bind("teks", _INTS, teks(lambda t: [p.tingkat for p in t.potongan])),
        "boleh_atas": args.bind("teks", ARRAY(Boolean()), teks(lambda t: [p.atas for p in t.potongan])),
        "boleh_mirip": args.bind("teks", ARRAY(Boolean()), teks(lambda t: [p.mirip for p in t.potongan])),
        "tulisan": args.bind("teks", TEXTS, teks(lambda t: [k for k, _, _ in t.tulisan])),
        "topeng_tulisan": args.bind("teks", _INTS, teks(lambda t: [m for _, m, _ in t.tulisan])),
        "bobot": args.bind("teks", ARRAY(_FLOAT), teks(lambda t: [b for _, _, b in t.tulisan])),
        "huruf": args.bind("teks", _INTS, teks(lambda t: list(t.huruf))),
        "tingkat": args.bind("tingkat", Integer(), _nomor_tingkat),
        "di": args.bind("di", TEXT, lambda k: None if k is None else kode_sah(k)),
        "batas": args.bind("batas", Integer(), banyak_hasil),
    }
    hasil = cari_source(ikat)
    return Rows(Row(hasil, hasil.c.acuan), (), [hasil.c.skor.desc(), hasil.c.tingkat, hasil.c.kode])


def path(row: Row, args: Args) -> ColumnElement[Any]:
    """The names from the region up to its province, "Oeseli, Rote Barat Daya, Rote Ndao, Nusa Tenggara Timur"."""
    nama = [_nama(row, panjang, Tingkat(i)) for i, panjang in ((4, 13), (3, 8), (2, 5), (1, 2))]
    return func.concat_ws(", ", *nama)


def _nama(row: Row, panjang: int, tingkat: Tingkat) -> ColumnElement[Any]:
    w = WILAYAH.alias()
    kode = func.left(row["kode"], panjang)
    assert row.acuan is not None
    return (
        select(w.c.nama)
        .where(w.c.kode_kab == func.left(kode, 5), w.c.kode == kode, w.c.tingkat == int(tingkat), berlaku(w, row.acuan))
        .correlate_except(w)
        .scalar_subquery()
    )


def banyak_hasil(batas: int | None) -> int:
    if batas is None:
        return _HASIL_BIASA
    if batas < 1:
        raise MasukanTidakSahError(f"batas paling sedikit 1; {batas} tidak menghasilkan apa pun.")
    if batas > HASIL_TERBANYAK:
        raise BatasTerlampauiError(f"batas paling banyak {HASIL_TERBANYAK}; persempit dengan tingkat atau di.")
    return batas


def _nomor_tingkat(nilai: Any) -> int | None:
    nama = plain(nilai)
    return None if nama is None else int(Tingkat[nama])


# ---------- by a point ----------


def desa_at(args: Args) -> Rows:
    """The one desa at a point, none at sea."""
    lon = args.bind_together(("lon", "lat"), _FLOAT, lambda lon, lat: titik_sah(lon, lat)[0])
    lat = args.bind_together(("lon", "lat"), _FLOAT, lambda lon, lat: titik_sah(lon, lat)[1])
    titik = titik_source(lon, lat)
    w = WILAYAH.alias()
    di_titik = select(titik.c.kode).correlate_except(titik).scalar_subquery()
    return Rows(Row(w, HARI_INI), [w.c.kode_kab == func.left(di_titik, 5), w.c.kode == di_titik, berlaku(w, HARI_INI)])


def titik_sah(lon: float, lat: float) -> tuple[float, float]:
    """The point as it is. Raises MasukanTidakSahError where it is no point on earth, or its axes are plainly swapped."""
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise MasukanTidakSahError(f"lon {lon:g}, lat {lat:g} bukan titik: keduanya harus bilangan berhingga.")
    if not _di_indonesia(lon, lat) and _di_indonesia(lat, lon):
        raise MasukanTidakSahError(
            f"lon {lon:g}, lat {lat:g} terletak di luar Indonesia; bujur dan lintang tampaknya tertukar. "
            f"Kirim lon: {lat:g}, lat: {lon:g}."
        )
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise MasukanTidakSahError(
            f"lon {lon:g}, lat {lat:g} bukan titik di bumi: lon dari -180 sampai 180, lat dari -90 sampai 90."
        )
    return lon, lat


def _di_indonesia(lon: float, lat: float) -> bool:
    return _BARAT <= lon <= _TIMUR and _SELATAN <= lat <= _UTARA
