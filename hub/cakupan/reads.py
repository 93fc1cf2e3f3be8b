"""Rows of coverage. What was worked out travels as arrays, one row per desa or region, and is joined to the regions and
resources it speaks of: one statement, however many rows. Regions are looked at as of today."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import ARRAY, Boolean, Float, Integer, Numeric, cast, column, func
from sqlalchemy.types import TypeEngine

from hub.base import kode as kode_wilayah
from hub.base.errors import BatasTerlampauiError, MasukanTidakSahError
from hub.base.kode import Tingkat
from hub.cakupan.computation import Hasil, Ringkas, Usulan
from hub.plan.arguments import Args, plain
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT
from hub.sumber_daya.tables import SUMBER_DAYA
from hub.wilayah.reads import HARI_INI, berlaku, today_or_last
from hub.wilayah.tables import WILAYAH

_TEXT, _UUID = KODE, SUMBER_DAYA.c.id.type
_PANJANG = {Tingkat.PROVINSI: 2, Tingkat.KABUPATEN: 5, Tingkat.KECAMATAN: 8, Tingkat.DESA: 13}  # letters of a code

_Kolom = tuple[str, TypeEngine[Any], Sequence[Any]]


def rows_of_desa(args: Args) -> Rows:
    """baris: the desa of an answer, filtered, in the order asked for."""
    hasil: Hasil = args.source.hasil
    x = hasil.liputan
    pilih = _pilih(hasil, plain(args.value("hanya")), plain(args.value("urut")), args.value("first"))
    terdekat = [x.sumber.id[j] if j >= 0 else None for j in x.jarak.terdekat[pilih]]
    di = [x.sumber.kode_kab[j] if j >= 0 else None for j in x.jarak.terdekat[pilih]]
    kode = [x.kode[i] for i in pilih]
    kolom: list[_Kolom] = [
        ("kode_kab", _TEXT, [k[:5] for k in kode]),
        ("kode", _TEXT, kode),
        ("terdekat_kab", _TEXT, di),
        ("terdekat_id", _UUID, terdekat),
        ("jarak_km", Float(), _bulat(x.jarak_km[pilih], 3)),
        ("tercakup", Boolean(), x.tercakup[pilih].tolist()),
        ("persen_luas", Float(), _bulat(np.nan_to_num(_atau_nan(hasil.luas, pilih)) * 100, 2)),
        ("bobot", Numeric(), [None] * len(kode) if hasil.berat is None else hasil.berat.nilai[pilih].tolist()),
        ("status_bobot", _TEXT, [None] * len(kode) if hasil.berat is None else hasil.berat.status[pilih].tolist()),
        ("keterjangkauan", Float(), _bulat(_atau_nan(hasil.akses, pilih), 6)),
        ("keterjangkauan_lengkap", Boolean(), _lengkap(hasil, pilih)),
    ]
    return _rows(args, kolom)


def rows_of_regions(args: Args) -> Rows:
    """perWilayah: one row per region of that level, in order of code."""
    hasil: Hasil = args.source.hasil
    tingkat, wilayah = Tingkat[plain(args.value("tingkat"))], hasil.liputan.tanya.wilayah
    if kode_wilayah.tingkat(wilayah) > tingkat:
        raise MasukanTidakSahError(
            f"{wilayah} adalah {kode_wilayah.tingkat(wilayah).name.lower()}; tidak dapat dirinci per {tingkat.name.lower()}."
        )
    isi: list[Ringkas] = hasil.per_bagian(_PANJANG[tingkat])
    kolom: list[_Kolom] = [("kode_kab", _TEXT, [r.kode[:5] for r in isi]), ("kode", _TEXT, [r.kode for r in isi])]
    for nama, tipe in (
        ("jumlah_desa", Integer()), ("desa_tanpa_titik", Integer()), ("desa_tercakup", Integer()), ("persen_desa", Float()),
        ("bobot", Numeric()), ("bobot_tanpa_titik", Numeric()), ("bobot_tercakup", Numeric()), ("persen_bobot", Float()),
        ("desa_tanpa_bobot", Integer()), ("status_bobot", _TEXT), ("persen_luas", Float()), ("sumber_daya", Integer()),
    ):  # fmt: skip
        kolom.append((nama, tipe, [getattr(r, nama) for r in isi]))
    return _rows(args, kolom)


def rows_of_proposals(args: Args) -> Rows:
    """usulanLokasi: the places, best first."""
    usulan: list[Usulan] = args.source
    kolom: list[_Kolom] = [
        ("kode_kab", _TEXT, [u.kode[:5] for u in usulan]),
        ("kode", _TEXT, [u.kode for u in usulan]),
        ("urutan", Integer(), [u.urutan for u in usulan]),
        ("tambahan_desa", Integer(), [u.tambahan_desa for u in usulan]),
        ("tambahan_bobot", Numeric(), [u.tambahan_bobot for u in usulan]),
    ]
    return _rows(args, kolom)


def region_of_answer(args: Args) -> Rows:
    """The region that was asked about."""
    kode, w = args.source.hasil.liputan.tanya.wilayah, WILAYAH.alias()
    sama = [w.c.kode_kab == args.constant(kode[:5], TEXT), w.c.kode == args.constant(kode, TEXT)]
    return Rows(Row(w, HARI_INI), [*sama, berlaku(w, HARI_INI)])


nearest = link(SUMBER_DAYA, {"terdekat_id": "id"}, kab=("terdekat_kab", "kode_kab"), day=today_or_last)
"""The resource nearest to a desa."""


def _rows(args: Args, kolom: Sequence[_Kolom]) -> Rows:
    """Columns side by side as rows, in their order."""
    larik = [cast(args.constant(list(isi), ARRAY(tipe)), ARRAY(tipe)) for _, tipe, isi in kolom]
    nama = [column(n, tipe) for n, tipe, _ in kolom]
    baris = func.unnest(*larik).table_valued(*nama, with_ordinality="nomor_baris").render_derived()
    return Rows(Row(baris, HARI_INI), (), [baris.c.nomor_baris])


def _pilih(hasil: Hasil, hanya: str | None, urut: str | None, first: int | None) -> "np.ndarray[Any, Any]":
    """Indices of the rows to show. What has no place in an order comes last; equals keep the order of code."""
    if first is not None and first < 0:
        raise BatasTerlampauiError(f"first harus 0 atau lebih, bukan {first}.")
    x = hasil.liputan
    punya = ~np.isnan(x.desa.lonlat[:, 0])
    saring = {
        None: np.ones(len(x.desa), dtype=np.bool_), "TERCAKUP": x.tercakup, "CELAH": punya & ~x.tercakup, "TANPA_TITIK": ~punya
    }  # fmt: skip
    pilih = np.flatnonzero(saring[hanya])
    if urut == "JARAK":
        pilih = pilih[np.argsort(-np.nan_to_num(x.jarak.meter[pilih], nan=-1.0), kind="stable")]
    elif urut == "BOBOT" and hasil.berat is not None:
        pilih = pilih[np.argsort(-np.nan_to_num(hasil.berat.angka[pilih], nan=-1.0), kind="stable")]
    return pilih if first is None else pilih[:first]


def _atau_nan(nilai: Any, pilih: Any) -> Any:
    return np.full(len(pilih), np.nan) if nilai is None else nilai[pilih]


def _lengkap(hasil: Hasil, pilih: Any) -> list[bool | None]:
    if hasil.akses is None or hasil.akses_lengkap is None:
        return [None] * len(pilih)
    return [
        None if np.isnan(a) else bool(b) for a, b in zip(hasil.akses[pilih], hasil.akses_lengkap[pilih], strict=True)
    ]


def _bulat(nilai: Any, angka: int) -> list[float | None]:
    """Rounded, nan as null."""
    return [None if np.isnan(n) else round(float(n), angka) for n in nilai]
