"""What coverage comes to: columns over the desa of a region, in order of code. Nothing here reads or waits.

A desa without a boundary has no label point: nobody can say how far it is from anything. It counts in `jumlah_desa`, is never
covered, and is left out of every percentage.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.arrays import Bools, Floats, Ints
from geo.catchment import two_step
from geo.max_covering import propose
from geo.near import Points, nearest
from hub.cakupan.question import Tanya
from hub.cakupan.statements import Kotak, TabelDesa, TabelSumberDaya
from hub.cakupan.weights import TabelBobot

_KM_PER_DERAJAT = 110.5  # of latitude, anywhere at least so many; of longitude that times cos(latitude)
_TEPAT = 2**53  # whole numbers below it are exact as floats


class Desa:
    """The desa of a region. `ada`: indices of those with a label point, which are `titik` in the same order."""

    def __init__(self, tabel: TabelDesa) -> None:
        self._tabel = tabel
        self.kode: list[str] = tabel.kode
        self.sejak: list[date] = tabel.sejak
        self.lonlat = _kolom(tabel.lon, tabel.lat)
        self.luas: Floats = np.array(tabel.luas, dtype=np.float64)  # km²
        self.ada: Ints = np.flatnonzero(~np.isnan(self.lonlat[:, 0]))
        self.titik = Points(self.lonlat[self.ada])

    def __len__(self) -> int:
        return len(self.kode)

    def dan(self, lain: TabelDesa, wilayah: str) -> "Desa":
        """These, and after them those of the others that are not in the region."""
        i = [i for i, k in enumerate(lain.kode) if k != wilayah and not k.startswith(wilayah + ".")]
        x = self._tabel
        lon, lat = [*x.lon, *(lain.lon[n] for n in i)], [*x.lat, *(lain.lat[n] for n in i)]
        kode, sejak = [*x.kode, *(lain.kode[n] for n in i)], [*x.sejak, *(lain.sejak[n] for n in i)]
        return Desa(TabelDesa(True, kode, sejak, lon, lat, [*x.luas, *(None for _ in i)]))

    def sekitar(self, km: float) -> Kotak | None:
        """A box that holds everything within so many km of any label point; None without label points."""
        if len(self.ada) == 0:
            return None
        barat, selatan = self.titik.lonlat.min(axis=0)
        timur, utara = self.titik.lonlat.max(axis=0)
        lat = km / _KM_PER_DERAJAT
        paling = np.cos(np.radians(min(89.0, max(abs(selatan), abs(utara)) + lat)))
        lon = lat / paling
        return Kotak(float(barat - lon), float(selatan - lat), float(timur + lon), float(utara + lat))


class Sumber:
    """Resources, in order of kode_kab and id. `daya`: places, nan where not known; `sisa`: those not taken."""

    def __init__(self, tabel: TabelSumberDaya) -> None:
        self.kode_kab = tabel.kode_kab
        self.id = tabel.id
        self.kode_desa = tabel.kode_desa
        self.titik = Points(_kolom(tabel.lon, tabel.lat))
        self.dari_desa: Bools = np.array(tabel.dari_desa, dtype=np.bool_)
        self.daya: Floats = np.array(tabel.daya, dtype=np.float64)
        self.sisa: Floats = np.maximum(0.0, self.daya - np.array(tabel.klien, dtype=np.float64))
        self.tanpa_letak = tabel.tanpa_letak

    def di(self, wilayah: str) -> Bools:
        """Which of them stand in that region, by the code of their desa."""
        return np.array([k == wilayah or k.startswith(wilayah + ".") for k in self.kode_desa], dtype=np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Jarak:
    """How far the desa of a region are from resources, whatever distance is asked for. `terdekat`: index of the nearest resource,
    -1 where there is none or the desa has no label point; `meter`: how far it is, geodesic, nan there; `di_wilayah`: which
    resources stand in the region; `luar`: how far the others are from the nearest desa, metres, in order."""

    desa: Desa
    sumber: Sumber
    terdekat: Ints
    meter: Floats
    di_wilayah: Bools
    luar: Floats


def measure(wilayah: str, desa: Desa, sumber: Sumber) -> Jarak:
    terdekat = np.full(len(desa), -1, dtype=np.int64)
    meter = np.full(len(desa), np.nan)
    terdekat[desa.ada], meter[desa.ada] = nearest(desa.titik, sumber.titik)
    di_wilayah = sumber.di(wilayah)
    _, luar = nearest(sumber.titik.take(~di_wilayah), desa.titik)
    return Jarak(desa, sumber, terdekat, meter, di_wilayah, np.sort(luar))


def proven(jarak: Jarak, kotak: Kotak) -> bool:
    """Whether nothing outside the box can be nearer to a desa than what was found inside."""
    titik = jarak.desa.titik.lonlat
    lintang = np.abs(titik[:, 1]).max(initial=max(abs(kotak.selatan), abs(kotak.utara)))
    per_bujur = _KM_PER_DERAJAT * np.cos(np.radians(lintang))
    tepi = np.minimum(
        np.minimum(titik[:, 0] - kotak.barat, kotak.timur - titik[:, 0]) * per_bujur,
        np.minimum(titik[:, 1] - kotak.selatan, kotak.utara - titik[:, 1]) * _KM_PER_DERAJAT,
    )
    return bool((jarak.meter[jarak.desa.ada] / 1000 <= tepi).all())  # nan, nothing found, proves nothing


@dataclass(frozen=True)
class Liputan:
    """The answer for each desa of the region, in order of code."""

    tanya: Tanya
    jarak: Jarak

    @property
    def desa(self) -> Desa:
        return self.jarak.desa

    @property
    def sumber(self) -> Sumber:
        return self.jarak.sumber

    @property
    def kode(self) -> list[str]:
        return self.jarak.desa.kode

    @property
    def jarak_km(self) -> Floats:
        """To the nearest resource; nan where there is none or the desa has no label point."""
        return self.jarak.meter / 1000

    @cached_property
    def tercakup(self) -> Bools:
        return np.asarray(self.jarak.meter <= self.tanya.meter)

    @property
    def luar(self) -> int:
        """How many resources outside the region cover one of its desa."""
        return int(np.searchsorted(self.jarak.luar, self.tanya.meter, side="right"))


@dataclass(frozen=True)
class Berat:
    """What desa weigh. `nilai`: Decimal or None, exact; `angka`: the same times a power of ten that makes all of them whole,
    nan where not known."""

    nilai: NDArray[np.object_]
    status: NDArray[np.object_]
    tahu: Bools

    @classmethod
    def dari(cls, tabel: TabelBobot) -> "Berat":
        nilai, status = np.array(tabel.nilai, dtype=object), np.array(tabel.status, dtype=object)
        return cls(nilai, status, np.array([n is not None for n in tabel.nilai], dtype=np.bool_))

    def pilih(self, mana: Any) -> "Berat":
        return Berat(self.nilai[mana], self.status[mana], self.tahu[mana])

    @cached_property
    def angka(self) -> Floats:
        ada = [n for n in self.nilai if n is not None]
        desimal = max((-int(n.as_tuple().exponent) for n in ada), default=0)
        kali = Decimal(10) ** max(0, desimal)
        if sum(map(abs, ada)) * kali >= _TEPAT:
            kali = Decimal(1)  # too many digits for a float anyway
        return np.array([np.nan if n is None else float(n * kali) for n in self.nilai], dtype=np.float64)

    def jumlah(self, pilih: Any) -> Decimal | None:
        """Of the known ones among them; None where none is known."""
        ada = [n for n in self.nilai[pilih] if n is not None]
        return sum(ada, Decimal(0)) if ada else None

    def jumlah_per(self, mulai: Ints, ikut: Bools) -> list[Decimal | None]:
        """The same of those marked in each run that begins at `mulai`; zero where some of the run is known and none marked."""
        isi = self.nilai.copy()
        isi[~(ikut & self.tahu)] = Decimal(0)
        ada = np.add.reduceat(self.tahu.astype(np.int64), mulai) > 0
        return [n if t else None for n, t in zip(np.add.reduceat(isi, mulai), ada, strict=True)]

    def keadaan_per(self, mulai: Ints, jumlah: Sequence[Decimal | None]) -> list[str]:
        """What is said of those sums: where nothing is known what is said of all of the run, TIDAK_ADA_DATA where that differs."""
        macam, nomor = np.unique(self.status.astype(str), return_inverse=True)
        pertama, terakhir = np.minimum.reduceat(nomor, mulai), np.maximum.reduceat(nomor, mulai)
        return [
            ("ADA" if n else "NOL") if n is not None else str(macam[a]) if a == b else "TIDAK_ADA_DATA"
            for n, a, b in zip(jumlah, pertama, terakhir, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Ringkas:
    """Coverage of a region, or of one part of it. Percentages: two decimals, None where there is nothing to divide by.
    `sumber_daya`: resources that stand there."""

    kode: str
    jumlah_desa: int
    desa_tanpa_titik: int
    desa_tercakup: int
    persen_desa: float | None
    bobot: Decimal | None
    bobot_tanpa_titik: Decimal | None
    bobot_tercakup: Decimal | None
    persen_bobot: float | None
    desa_tanpa_bobot: int | None
    status_bobot: str | None
    persen_luas: float | None
    sumber_daya: int


@dataclass(frozen=True)
class Hasil:
    """Everything one question asked for. `luas`: share of each desa's area, 0 to 1, nan without a boundary; `akses`: places per
    unit of weight, nan without a label point, and whether everything it follows from was known; `rahasia`: shelters of the region
    that the caller knows of."""

    liputan: Liputan
    periode: str | None = None
    berat: Berat | None = None
    luas: Floats | None = None
    akses: Floats | None = None
    akses_lengkap: Bools | None = None
    rahasia: int = 0

    @cached_property
    def semua(self) -> Ringkas:
        x = self.liputan
        if len(x.desa) == 0:
            return Ringkas(
                x.tanya.wilayah, 0, 0, 0, None, None, None, None, None, None, None, None, int(x.jarak.di_wilayah.sum())
            )
        return self._ringkas([x.tanya.wilayah], np.zeros(1, dtype=np.int64), [int(x.jarak.di_wilayah.sum())])[0]

    def per_bagian(self, panjang: int) -> list[Ringkas]:
        """One for each region whose code is so long, in order of code."""
        x = self.liputan
        kode = [k[:panjang] for k in x.kode]
        mulai = [i for i, k in enumerate(kode) if i == 0 or k != kode[i - 1]]
        sumber = Counter(x.sumber.kode_desa[i][:panjang] for i in np.flatnonzero(x.jarak.di_wilayah))
        nama = [kode[i] for i in mulai]
        return self._ringkas(nama, np.array(mulai, dtype=np.int64), [sumber[k] for k in nama]) if mulai else []

    def _ringkas(self, kode: Sequence[str], mulai: Ints, sumber: Sequence[int]) -> list[Ringkas]:
        """Of the runs of desa that begin at `mulai`."""
        x, b = self.liputan, self.berat
        semua, punya = np.ones(len(x.desa), dtype=np.bool_), ~np.isnan(x.desa.lonlat[:, 0])
        banyak, letak, cakup = (np.add.reduceat(c.astype(np.int64), mulai).tolist() for c in (semua, punya, x.tercakup))
        tiada: list[Any] = [None] * len(kode)
        bobot = dalam = buta = persen = tanpa = status = tiada
        if b is not None:
            bobot, dalam, buta = (b.jumlah_per(mulai, c) for c in (semua, x.tercakup, ~punya))
            persen = [
                None if n is None or t is None else _persen(d, n - t)
                for n, d, t in zip(bobot, dalam, buta, strict=True)
            ]
            tanpa = np.add.reduceat((~b.tahu).astype(np.int64), mulai).tolist()
            status = b.keadaan_per(mulai, bobot)
        luas = tiada if self.luas is None else self._persen_luas(self.luas, mulai)
        return [
            Ringkas(k, n, n - p, c, _persen(c, p), *sisa)
            for k, n, p, c, *sisa in zip(
                kode, banyak, letak, cakup, bobot, buta, dalam, persen, tanpa, status, luas, sumber, strict=True
            )
        ]

    def _persen_luas(self, bagian: Floats, mulai: Ints) -> list[float | None]:
        luas = np.where(np.isnan(bagian), 0.0, self.liputan.desa.luas)
        dalam = np.add.reduceat(np.nan_to_num(bagian) * np.nan_to_num(luas), mulai)
        return [
            _persen(float(d), float(n)) for d, n in zip(dalam, np.add.reduceat(np.nan_to_num(luas), mulai), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Usulan:
    """A proposed place: the desa at whose label point it would stand, what it adds. `tambahan_bobot` None: of none of the desa
    it adds is the weight known (or none was asked)."""

    urutan: int
    kode: str
    tambahan_desa: int
    tambahan_bobot: Decimal | None


def proposals(liputan: Liputan, berat: Berat | None, banyak: int) -> list[Usulan]:
    desa = liputan.desa
    bobot = np.zeros(len(desa.ada)) if berat is None else np.nan_to_num(berat.angka[desa.ada])
    tempat = propose(desa.titik, ~liputan.tercakup[desa.ada], liputan.tanya.meter, bobot, banyak)
    return [
        Usulan(
            nomor, desa.kode[desa.ada[t.index]], len(t.covered),
            None if berat is None else berat.jumlah(desa.ada[t.covered]),
        )
        for nomor, t in enumerate(tempat, 1)
    ]  # fmt: skip


def access(liputan: Liputan, sekitar: Desa, berat: Berat) -> tuple[Floats, Bools]:
    """Places per unit of weight for each desa (two-step floating catchment), and whether all it follows from was known.
    `sekitar`: desa within twice the distance of the region, its own among them; `berat`: what they weigh."""
    desa, sumber = liputan.desa, liputan.sumber
    butuh = np.array([np.nan if n is None else float(n) for n in berat.nilai], dtype=np.float64)
    daya = sumber.sisa if liputan.tanya.daya_tersisa else sumber.daya
    hasil = two_step(desa.titik, sekitar.titik, butuh[sekitar.ada], sumber.titik, daya, liputan.tanya.meter)
    nilai, lengkap = np.full(len(desa), np.nan), np.zeros(len(desa), dtype=np.bool_)
    nilai[desa.ada], lengkap[desa.ada] = hasil.value, hasil.complete
    return nilai, lengkap


def _kolom(lon: Sequence[float | None], lat: Sequence[float | None]) -> Floats:
    return np.column_stack([np.array(lon, dtype=np.float64), np.array(lat, dtype=np.float64)]).reshape(-1, 2)


def _persen(bagian: Any, semua: Any) -> float | None:
    return None if not semua else round(float(bagian * 100 / semua), 2)
