"""Boundaries and social resources on top of the made-up country of `national_data`: one box of land shared out to desa,
so that regions whose codes are near lie near each other and the large province has neighbours on both sides.

Everything follows from one seed. Boundaries are the cells of a Voronoi diagram, their edges bent by a wave, so that
neighbours share them exactly.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import numpy as np
import psycopg
import shapely
from numpy.typing import NDArray

from bench.national_data import SEJAK, Ukuran

PROVINSI = "33"
SUMBER_DAYA = 2_000  # in the large province; its neighbours have as many per desa
JENIS = ("PANTI", "LKS", "RUMAH_SINGGAH", "PUSKESOS")
TANAH = (
    108.5,
    -8.0,
    111.4,
    -6.73,
)  # west, south, east, north: 4 km² for each desa of a country of 11.042, as in Central Java
_LANGKAH = 0.0006  # degrees (70 m) between corners of a boundary, which then has 126

Floats = NDArray[np.float64]


def build(url: str, ukuran: Ukuran, kata: Callable[[str], None]) -> None:
    """Boundaries of every desa, resources of the kinds in `JENIS`."""
    with psycopg.connect(url, autocommit=True) as conn:
        desa = [k for (k,) in conn.execute("SELECT kode FROM wilayah WHERE tingkat = 4 ORDER BY kode")]
        letak = _letak(desa)
        kata(f"batas {len(desa):,} desa")
        _batas(conn, desa, letak)
        kata("sumber daya")
        _sumber_daya(conn, desa, letak)
        for tabel in ("batas", "sumber_daya", "surat_sumber_daya"):
            conn.execute(f"VACUUM (ANALYZE) {tabel}")


def _letak(desa: Sequence[str]) -> Floats:
    """A point for each desa, (n, 2) degrees: the land is halved again and again, and with it the list of codes."""
    barat, selatan, timur, utara = TANAH
    acak = np.random.default_rng(20)
    titik = np.column_stack([acak.uniform(barat, timur, len(desa)), acak.uniform(selatan, utara, len(desa))])
    hasil = np.empty_like(titik)

    def bagi(isi: NDArray[np.intp], dari: int, sampai: int, panjang: int) -> None:
        """`isi`: points for desa[dari:sampai], which are alike in the first `panjang` letters."""
        kelompok = [len(list(g)) for _, g in groupby(desa[dari:sampai], lambda k: k[:panjang])]
        if len(kelompok) == 1:
            if panjang >= 13:
                hasil[dari:sampai] = titik[isi]
            else:
                bagi(isi, dari, sampai, panjang + 3 if panjang < 8 else 13)
            return
        banyak = sum(kelompok[: len(kelompok) // 2])
        sumbu = int(np.argmax(np.ptp(titik[isi], axis=0)))
        urut = isi[np.argsort(titik[isi, sumbu], kind="stable")]
        bagi(urut[:banyak], dari, dari + banyak, panjang)
        bagi(urut[banyak:], dari + banyak, sampai, panjang)

    bagi(np.arange(len(desa)), 0, len(desa), 2)
    return hasil


def _batas(conn: psycopg.Connection[tuple[str]], desa: Sequence[str], letak: Floats) -> None:
    tanah = shapely.box(*TANAH)
    petak = shapely.voronoi_polygons(shapely.MultiPoint(letak), extend_to=tanah, ordered=True)
    bentuk = shapely.segmentize(shapely.intersection(np.array(petak.geoms), tanah), _LANGKAH)
    bentuk = shapely.multipolygons([[b] for b in shapely.transform(bentuk, _bengkok)])
    titik = shapely.points(_bengkok(letak))
    with (
        conn.cursor() as kursor,
        kursor.copy(
            "COPY batas (kode_kab, kode, wilayah_sejak, tanggal, sejak, tingkat, geom, titik, luas_km2, sumber, versi, contoh) "
            "FROM STDIN"
        ) as salin,
    ):
        for kode, b, t in zip(desa, bentuk, titik, strict=True):
            wkb = [shapely.to_wkb(shapely.set_srid(g, 4326), hex=True, include_srid=True) for g in (b, t)]
            salin.write_row((kode[:5], kode, SEJAK, SEJAK, SEJAK, 4, *wkb, 0.0, "bench", "bench", True))
    conn.execute("UPDATE batas SET luas_km2 = ST_Area(geom::geography) / 1e6, titik = ST_PointOnSurface(geom)")


def _bengkok(titik: Floats) -> Floats:
    """The same displacement at the same place, at most 40 m: what was a neighbour stays one."""
    x, y = titik[:, 0] * 1_100, titik[:, 1] * 1_300
    return np.asarray(titik + 0.00025 * np.column_stack([np.sin(x + 1.3 * y), np.cos(y - 0.7 * x)]))


def _sumber_daya(conn: psycopg.Connection[tuple[str]], desa: Sequence[str], letak: Floats) -> None:
    with (
        conn.cursor() as kursor,
        kursor.copy(
            "COPY sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, titik, sejak, contoh, diubah_oleh, sasaran, "
            "daya_tampung, klien_l, klien_p) FROM STDIN"
        ) as salin,
    ):
        for baris in _lembaga(desa, letak):
            salin.write_row(baris)
    conn.execute(
        "INSERT INTO surat_sumber_daya (kode_kab, id, jenis, sejak, sampai, nomor) SELECT kode_kab, id, 'TANDA_DAFTAR', "
        "'2022-01-01', CASE WHEN abs(hashtext(id::text)) % 5 > 0 THEN date '2090-01-01' ELSE date '2023-01-01' END, 'bench' "
        "FROM sumber_daya WHERE jenis = 'LKS'"
    )


def _lembaga(desa: Sequence[str], letak: Floats) -> Iterator[tuple[object, ...]]:
    acak = random.Random(21)
    di_33 = [i for i, k in enumerate(desa) if k.startswith(PROVINSI + ".")]
    lain = [i for i, k in enumerate(desa) if not k.startswith(PROVINSI + ".")]
    tempat = acak.choices(di_33, k=SUMBER_DAYA) + acak.choices(lain, k=SUMBER_DAYA * len(lain) // len(di_33))
    for nomor, i in enumerate(tempat):
        jenis = JENIS[nomor % len(JENIS)]
        lon, lat = letak[i] + np.array([acak.uniform(-0.01, 0.01), acak.uniform(-0.01, 0.01)])
        titik = None if nomor % 10 == 9 else f"SRID=4326;POINT({lon:.6f} {lat:.6f})"  # one in ten nobody has measured
        daya = None if jenis == "PUSKESOS" else acak.randint(20, 120)
        klien = (None, None) if daya is None else (acak.randint(0, daya // 2), acak.randint(0, daya // 2))
        yield (desa[i][:5], f"00000000-0000-7000-8000-{nomor:012x}", jenis, f"{jenis} {nomor}", "MASYARAKAT", desa[i], titik,
               SEJAK, True, "bench", "lanjut usia" if jenis == "PANTI" else None, daya, *klien)  # fmt: skip
