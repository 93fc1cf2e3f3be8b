"""Importing boundaries: each feature finds its region by code, never by place; whatever cannot be used is listed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date

import shapely
from shapely import MultiPolygon

from geo.coverage import as_multi
from geo.inside import label_point
from hub.base import kode as kode_wilayah
from hub.base.errors import MasukanTidakSahError
from hub.batas import statements as store
from hub.batas.feature import FiturBatas as FiturBatas
from hub.batas.pyramid import LaporanPiramida, build
from hub.batas.row_stream import STANDSTILL, Watch, flowing, watched
from hub.batas.statements import BatasBaru
from hub.db.database import Conn, Database

_INDONESIA = (94.0, -12.0, 142.0, 8.0)  # west, south, east, north; generous


@dataclass(slots=True)
class LaporanBatas:
    """What an import did. Every list holds one line per feature or region. `piramida`: what was drawn of it."""

    dibaca: int = 0
    dipasang: int = 0
    diperbaiki: Counter[str] = field(default_factory=Counter)
    kosong: list[str] = field(default_factory=list)
    tanpa_kode: list[str] = field(default_factory=list)
    kode_tak_dikenal: list[str] = field(default_factory=list)
    kembar: list[str] = field(default_factory=list)
    kolom_lain: list[str] = field(default_factory=list)
    tanpa_batas: list[str] = field(default_factory=list)
    piramida: LaporanPiramida = field(default_factory=LaporanPiramida)


Tahap = Callable[[str, int, int], None]


async def import_batas(
    db: Database,
    fitur: Iterable[FiturBatas | None],
    berlaku: date,
    *,
    sumber: str,
    versi: str,
    contoh: bool = False,
    patience: float | None = None,
    maju: Callable[[int], None] = lambda banyak: None,
    tahap: Tahap = lambda apa, selesai, dari: None,
) -> LaporanBatas:
    """Store the boundaries for the regions in force on `berlaku` and draw what they change, all in one transaction: whoever
    reads sees the boundaries as they were until everything is as it will be, and a killed import leaves nothing behind.

    Features are taken as they come and not kept; None says that whoever reads them is at it. `maju` is told how many of them
    are done, from another thread, `tahap` what is done before and after them. Raises MasukanTidakSahError when the axes are
    evidently swapped (latitude first) or two layers contradict each other, before anything is stored; BatasWaktuError when
    no feature is read or sent for `patience` seconds (None: STANDSTILL), or whoever reads is at one for AT_WORK.
    """
    laporan = LaporanBatas()
    async with db.as_owner() as conn:
        tahap("menunggu giliran", 0, 1)
        await store.lock(conn)
        wilayah = await store.regions_on(conn, berlaku)
        if not wilayah:
            raise MasukanTidakSahError(
                f"Belum ada daftar wilayah yang berlaku pada {berlaku}; impor dahulu dengan: hub import wilayah"
            )
        watch = Watch(STANDSTILL if patience is None else patience)
        penerima = _Penerima(wilayah, laporan, maju, watch)
        async with aclosing(flowing(penerima.terima(fitur), watch)) as rows:
            await watched(conn, store.stage(conn, rows), watch)
        await _gabungkan(conn, penerima, laporan, lambda n, dari: tahap("menggabungkan bagian", n, dari))
        laporan.kolom_lain = penerima.from_other_columns()
        maju(laporan.dibaca)
        tahap("menyimpan batas", 0, 1)
        terpasang = await store.replace(conn, berlaku, sumber=sumber, versi=versi, contoh=contoh)
        laporan.dipasang = len(terpasang)
        provinsi = sorted({k[:2] for k in penerima.tempat})
        for tingkat in sorted({wilayah[k][1] for k in penerima.tempat}):
            for k in await store.missing(conn, tingkat, provinsi, berlaku):
                laporan.tanpa_batas.append(f"{k} {wilayah[k][2]}")
        tahap("menggambar peta", 0, 1)
        laporan.piramida = await build(conn, terpasang, maju=lambda n, dari: tahap("menggambar peta", n, dari))
    return laporan


@dataclass(slots=True)
class _Penerima:
    """Sorts features as they come. `tempat`: code → layer of the first feature that bore it; `kembar`: code → its further
    features, by their place among all that were read."""

    wilayah: dict[str, tuple[date, int, str]]
    laporan: LaporanBatas
    maju: Callable[[int], None]
    watch: Watch
    tempat: dict[str, str] = field(default_factory=dict)
    kembar: dict[str, dict[int, tuple[str, str]]] = field(default_factory=dict)
    _first: set[str] = field(default_factory=set)  # layers in which a code stands in the column looked into first
    _kolom: dict[str, list[str]] = field(default_factory=dict)  # layer → features whose code stands in another

    def terima(self, fitur: Iterable[FiturBatas | None]) -> Iterator[BatasBaru]:
        for f in fitur:
            if f is None:
                self.watch.at_work()
                continue
            self.watch.moved()
            self.laporan.dibaca += 1
            if (baru := self._satu(f)) is not None:
                yield baru
            if self.laporan.dibaca % 200 == 0:
                self.maju(self.laporan.dibaca)

    def _satu(self, f: FiturBatas) -> BatasBaru | None:
        kode = kode_wilayah.rapikan(f.kode)
        lapisan = f" lapisan {f.lapisan}" if f.lapisan else ""
        tempat = f"fitur {f.nomor}{lapisan}: {kode or '(tanpa kode)'} {f.nama}".rstrip()
        if not kode:
            self.laporan.tanpa_kode.append(tempat if f.geom is not None else f"{tempat}: {f.masalah}")
            return None
        if kode not in self.wilayah:
            self.laporan.kode_tak_dikenal.append(tempat)
            return None
        if f.geom is None:
            self.laporan.kosong.append(f"{tempat}: {f.masalah}")
            return None
        _periksa_sumbu(f.geom, tempat)
        if f.masalah is not None:
            self.laporan.diperbaiki[f.masalah] += 1
        if kode in self.tempat:
            self.kembar.setdefault(kode, {})[self.laporan.dibaca] = tempat, f.lapisan
        else:
            self.tempat[kode] = f.lapisan
        self._note_column(f, tempat)
        sejak, tingkat, _ = self.wilayah[kode]
        return BatasBaru(self.laporan.dibaca, kode, sejak, tingkat, f.geom, label_point(f.geom))

    def _note_column(self, f: FiturBatas, tempat: str) -> None:
        if not f.kolom:
            self._first.add(f.lapisan)
        else:
            self._kolom.setdefault(f.lapisan, []).append(f"{tempat}: dari kolom {f.kolom}")

    def from_other_columns(self) -> list[str]:
        """Features whose code stands in another column than that of most in their layer. Where the first column is empty
        throughout, the layer is of a coarser level, and there is nothing to look at."""
        return [t for lapisan, tempat in self._kolom.items() if lapisan in self._first for t in tempat]


async def _gabungkan(conn: Conn, penerima: _Penerima, laporan: LaporanBatas, maju: Callable[[int, int], None]) -> None:
    """One area for each region that several features of a layer bear the code of; in two layers it must be the same."""
    kata: dict[int, str] = {}
    for selesai, (kode, lain) in enumerate(penerima.kembar.items()):
        maju(selesai, len(penerima.kembar))
        (pertama, utuh), *lainnya = await store.staged(conn, kode)
        for nomor, geom in lainnya:
            tempat, lapisan = lain[nomor]
            if utuh.equals(geom):
                kata[nomor] = f"{tempat}: salinan, diabaikan"
            elif lapisan != penerima.tempat[kode]:
                raise MasukanTidakSahError(
                    f"{tempat}: wilayah ini ada pula di lapisan {penerima.tempat[kode]} dengan bentuk lain; pilih satu "
                    "lapisan dengan --lapisan."
                )
            else:
                kata[nomor] = f"{tempat}: digabungkan dengan fitur sebelumnya"
                utuh = as_multi(shapely.union(utuh, geom))
        await store.restage(conn, kode, pertama, utuh, label_point(utuh))
    laporan.kembar += [kata[nomor] for nomor in sorted(kata)]


def _periksa_sumbu(geom: MultiPolygon, tempat: str) -> None:
    barat, selatan, timur, utara = geom.bounds
    b, s, t, u = _INDONESIA
    if b <= barat and timur <= t and s <= selatan and utara <= u:
        return
    if b <= selatan and utara <= t and s <= barat and timur <= u:
        raise MasukanTidakSahError(
            f"{tempat}: sumbu tertukar (lintang lebih dahulu); simpan ulang berkasnya dengan bujur lebih dahulu."
        )
    raise MasukanTidakSahError(
        f"{tempat}: koordinat ({barat:.4f}, {selatan:.4f}) di luar Indonesia; periksa sistem koordinat berkasnya."
    )
