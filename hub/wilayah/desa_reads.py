"""daftarDesa: desa in force today, under filters and orders that an index serves."""

import re
from typing import Any

from sqlalchemy import ColumnElement, Float, and_, func, select

from geo.polygon_input import PolygonError, polygon_wkt
from hub.base.errors import MasukanTidakSahError
from hub.base.kode import Tingkat
from hub.base.questions import kode_ke_bawah
from hub.plan.arguments import Args, plain
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT, TEXTS
from hub.plan.words import number
from hub.wilayah.reads import HARI_INI, berlaku
from hub.wilayah.tables import BATAS, WILAYAH

_DESA: ColumnElement[Any] = number(4)
_NAMA_TERPENDEK = 3  # letters; fewer make no trigram, so no index would serve them


def listed(args: Args) -> Rows:
    w = WILAYAH.alias()
    where: list[ColumnElement[bool]] = [w.c.tingkat == _DESA, berlaku(w, HARI_INI)]
    if args.field("saring", "di"):
        di = args.bind_field("saring", "di", TEXT, kode_ke_bawah(Tingkat.DESA))
        where += [
            w.c.kode_kab >= func.left(di, 5),
            w.c.kode_kab < func.left(di, 5).concat("/"),
            (w.c.kode == di) | and_(w.c.kode >= di.concat("."), w.c.kode < di.concat("/")),
        ]
    if args.field("saring", "nama"):
        where.append(w.c.kunci.like(args.bind_field("saring", "nama", TEXT, _mengandung)))
    if args.field("saring", "jenis"):
        where.append(w.c.jenis == func.any(args.bind_field("saring", "jenis", TEXTS, plain)))
    urut = _urutan(args.choices("urut"))
    b = BATAS.alias()
    kunci: list[ColumnElement[Any]] = [w.c.kode]
    if urut == "NAMA":
        kunci = [w.c.nama, w.c.kode]
    elif urut == "LUAS":
        kunci = [b.c.luas_km2, w.c.kode]
    kotak, dalam = args.field("saring", "bbox"), args.field("saring", "dalam")
    if not (kotak or dalam or urut == "LUAS"):
        return Rows(Row(w, HARI_INI), where, kunci, None, kunci)
    where += [
        b.c.kode_kab == w.c.kode_kab, b.c.kode == w.c.kode, b.c.wilayah_sejak == w.c.berlaku_sejak,
        b.c.tingkat == _DESA, b.c.sampai.is_(None),
    ]  # fmt: skip
    if kotak:
        tepi = [args.bind_field("saring", "bbox", Float(), lambda k, i=i: kotak_sah(k)[i]) for i in range(4)]  # type: ignore[misc]
        where.append(b.c.geom.intersects(func.ST_MakeEnvelope(*tepi, number(4326))))
    if dalam:
        # a subselect is worked out once; the bare call, in a plan for any value, reads the text again for every desa
        poligon = select(
            func.ST_GeomFromText(args.bind_field("saring", "dalam", TEXT, _poligon), number(4326))
        ).scalar_subquery()
        where += [b.c.geom.intersects(poligon), func.ST_Contains(poligon, b.c.titik)]
    # two tables, one row source: the compiler reads columns of the region and correlates to nothing else
    return Rows(Row(w, HARI_INI), where, kunci, None, kunci, (b,))


def _urutan(urut: list[str]) -> str:
    pilih = list(dict.fromkeys(urut))
    if pilih[1:] not in ([], ["KODE"]):
        raise MasukanTidakSahError(
            f"Urutan {', '.join(pilih)} tidak dilayani; pakai KODE, NAMA atau LUAS (boleh diikuti KODE)."
        )
    return pilih[0] if pilih else "KODE"


def _mengandung(teks: str) -> str:
    isi = re.sub(r"[^a-z0-9]", "", teks.lower())  # as the column `kunci` has it
    if len(isi) < _NAMA_TERPENDEK:
        raise MasukanTidakSahError(
            f'Saringan nama "{teks}" terlalu pendek; tulis paling sedikit {_NAMA_TERPENDEK} huruf, atau pakai cariWilayah.'
        )
    return f"%{isi}%"


def kotak_sah(nilai: list[float]) -> list[float]:
    """[west, south, east, north] in degrees. Raises MasukanTidakSahError."""
    if len(nilai) != 4:
        raise MasukanTidakSahError(f"bbox berisi empat angka (barat, selatan, timur, utara), bukan {len(nilai)}.")
    barat, selatan, timur, utara = nilai
    if not (-180 <= barat <= timur <= 180 and -90 <= selatan <= utara <= 90):
        raise MasukanTidakSahError(
            f"bbox {nilai} tidak sah: barat, selatan, timur, utara dalam derajat, bujur lebih dahulu, dari kecil ke besar."
        )
    return nilai


def _poligon(nilai: Any) -> str:
    try:
        return polygon_wkt(nilai)
    except PolygonError as salah:
        raise MasukanTidakSahError(f"dalam: {salah}") from None
