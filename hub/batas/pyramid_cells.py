"""What the pyramid is made of: cells. A cell is the area of a desa, or what a region's own boundary holds beyond its parts
where some of them have none. Nothing here is simplified yet.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely

from geo.arrays import Ints
from geo.pyramid import GAP, VERSION, unit_of
from geo.uncovered import uncovered
from hub.base.kode import Tingkat
from hub.base.kode import induk as kode_induk
from hub.batas import pyramid_statements as store
from hub.batas.pyramid_statements import BatasAda, WilayahPeta
from hub.db.database import Conn

_JANGKAU = GAP / 100_000  # degrees, a little more than the gap: so near are neighbours


@dataclass(slots=True)
class Peta:
    """The regions of the newest list and their newest boundaries, without the shapes.

    `digambar`: regions that get a place on the map. `isian`: regions whose own boundary fills what their parts lack.
    """

    wilayah: dict[str, WilayahPeta]
    batas: dict[str, BatasAda]
    digambar: set[str] = field(default_factory=set)
    isian: set[str] = field(default_factory=set)
    contoh: set[str] = field(default_factory=set)

    @property
    def sel(self) -> list[str]:
        """Codes of cells, in order; that of a filling may turn out to be nothing."""
        return sorted(self.isian | {k for k, b in self.batas.items() if b.tingkat == Tingkat.DESA})


def arrange(wilayah: Iterable[WilayahPeta], batas: Iterable[BatasAda]) -> Peta:
    """Decide what is drawn from what.

    A region with a boundary is always drawn; one without is when at least half of its parts are. Samples are left out of a
    kabupaten that has a real boundary: they would eat into it.
    """
    semua = list(batas)
    nyata = {unit_of(b.kode) for b in semua if not b.contoh}
    peta = Peta({w.kode: w for w in wilayah}, {b.kode: b for b in semua if not (b.contoh and unit_of(b.kode) in nyata)})
    anak: dict[str, list[str]] = defaultdict(list)
    for kode in peta.wilayah:
        atas = kode_induk(kode)
        if atas is not None:
            anak[atas].append(kode)
    for w in sorted(peta.wilayah.values(), key=lambda w: -w.tingkat):
        sendiri, bagian = w.kode in peta.batas, anak[w.kode]
        tergambar = sum(b in peta.digambar for b in bagian)
        if sendiri or (bagian and 2 * tergambar >= len(bagian)):
            peta.digambar.add(w.kode)
        if sendiri and w.tingkat < Tingkat.DESA and tergambar < max(1, len(bagian)):
            peta.isian.add(w.kode)
    for kode in peta.sel:
        if peta.batas[kode].contoh:
            peta.contoh |= {kode, kode[:8], kode[:5], kode[:2]}
    return peta


class Letak:
    """Regions by the boxes of their boundaries: what lies near what."""

    def __init__(self, kode: list[str], batas: Mapping[str, BatasAda]) -> None:
        self.kode = kode
        self.nomor = {k: i for i, k in enumerate(kode)}
        kotak = np.array([batas[k].kotak for k in kode], dtype=float).reshape(-1, 4)
        self._kotak = shapely.box(*(kotak + np.array([-1, -1, 1, 1]) * _JANGKAU / 2).T)
        self._pohon = shapely.STRtree(self._kotak)

    def near(self, nomor: Ints) -> Ints:
        """Those, and what lies beside them; by number."""
        return np.unique(np.concatenate([nomor, self._pohon.query(self._kotak[nomor])[1]]))

    def around(self, kode: Iterable[str]) -> list[str]:
        """Those and two rings of neighbours, in order of code. A large region (what a kabupaten's own boundary fills) may lie
        beside everything; what is near it alone is not near those."""
        sendiri = np.array(sorted(self.nomor[k] for k in kode), dtype=np.int64)
        satu = self.near(sendiri)
        kecil = satu[np.array([len(self.kode[i]) > 5 for i in satu], dtype=bool)]
        return [self.kode[i] for i in np.union1d(satu, self.near(np.union1d(sendiri, kecil)))]

    def beside(self, b: BatasAda) -> list[str]:
        """Those whose boxes meet that boundary's."""
        return [self.kode[i] for i in sorted(self._pohon.query(shapely.box(*b.kotak)))]


class Sel:
    """The cells by place, their shapes and hashes on demand. `milik`: unit → its cells."""

    def __init__(self, conn: Conn, peta: Peta) -> None:
        self._conn = conn
        self.peta = peta
        self._letak = Letak(peta.sel, peta.batas)
        self.milik: dict[str, list[str]] = defaultdict(list)
        for k in self._letak.kode:
            self.milik[unit_of(k)].append(k)
        self._bawah: dict[str, list[str]] = defaultdict(list)
        for k in sorted(peta.digambar):
            self._bawah[unit_of(k)].append(k)
        self._isian: dict[str, bytes | None] = {}  # worked out already, where it is not the whole own boundary
        self._utuh: set[str] = set()  # … and where it is
        self._sidik: dict[str, str] = {}

    def around(self, units: Iterable[str]) -> list[str]:
        """The cells of these units and two rings of neighbours, in order of code."""
        return self._letak.around(k for u in units for k in self.milik[u])

    async def prune(self, units: Collection[str]) -> None:
        """Forget those of these units that turn out to have no cell at all."""
        for u in units:
            if all(k in self.peta.isian for k in self.milik[u]) and not await self.shapes(self.milik[u]):
                del self.milik[u]

    async def shapes(self, kode: Collection[str]) -> dict[str, bytes]:
        """Code → WKB, EPSG:4326; fillings that are nothing are left out."""
        for k in kode:
            await self._isi(k)
        hasil = {k: g for k in kode if (g := self._isian.get(k)) is not None}
        hasil |= await store.areas(self._conn, [k for k in kode if k not in self._isian])
        return hasil

    async def hashes(self, kode: Collection[str]) -> dict[str, str]:
        """Code → hash of its shape; fillings that are nothing are left out."""
        for k in kode:
            await self._isi(k)
            if k not in self._sidik and (isi := self._isian.get(k)) is not None:
                self._sidik[k] = hashlib.md5(isi, usedforsecurity=False).hexdigest()
        baru = [k for k in kode if k not in self._sidik and k not in self._isian]
        self._sidik |= await store.hashes(self._conn, baru)
        return {k: self._sidik[k] for k in kode if k in self._sidik}

    async def fingerprint(self, unit: str) -> str:
        """Hash of all that decides what the unit looks like."""
        sekitar = self.around([unit])
        sidik = await self.hashes(sekitar)
        isi = [f"{VERSION} {GAP}", *(f"{k} {s}" for k, s in sorted(sidik.items()))]
        isi += [f"{k} {self.peta.wilayah[k].sejak} {k in self.peta.contoh}" for k in self._bawah[unit]]
        return hashlib.md5("\n".join(isi).encode(), usedforsecurity=False).hexdigest()

    async def _isi(self, kode: str) -> None:
        """Work out a filling once: what its region's boundary holds beyond all cells of finer levels."""
        if kode in self._isian or kode in self._utuh or kode not in self.peta.isian:
            return
        halus = [k for k in self._letak.beside(self.peta.batas[kode]) if len(k) > len(kode)]
        if not halus:
            self._utuh.add(kode)
            return
        bagian = await self.shapes(halus)
        sendirian = not any(k.startswith(kode + ".") for k in bagian)
        asal = (await store.areas(self._conn, [kode]))[kode]
        self._isian[kode] = uncovered(asal, list(bagian.values()), whole=sendirian)
