"""Building the pyramid of boundaries: only what changed, in the transaction of the change.

A unit (kabupaten) is built anew when the hash of all that decides its shapes has changed: its own cells and those of two
rings around it. Units whose common border came out differently are built once more, together. Then kabupaten and provinces
of the landmasses concerned. What was built replaces what was there; if anything fails, everything stays as it was.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from geo.pyramid import Built, Cell, Shape, build_above, build_units, unit_of
from hub.base.kode import Tingkat, tingkat
from hub.batas import mutu_statements
from hub.batas import neighbour_statements as tetangga_statements
from hub.batas import pyramid_statements as store
from hub.batas.pyramid_cells import Sel, arrange
from hub.batas.pyramid_statements import BarisPiramida, SatuanAda
from hub.batas.pyramid_workers import Pekerja, processes_for
from hub.batas.pyramid_zoom import lowest_zooms
from hub.batas.statements import lock
from hub.db.database import Conn, Database

_LAYAK_BERBAGI = 1_500  # cells; fewer are done before processes have started
_SEKALI = 400  # cells of units that are built at a time; about as many lie around them

Maju = Callable[[int, int], None]  # units done, units to do


@dataclass(slots=True)
class LaporanPiramida:
    """What a build did. `satuan`: units there are; `dibangun`: built anew; `digabung`: of those, built once more because their
    border with a neighbour differed; `baris`: rows written."""

    satuan: int = 0
    dibangun: int = 0
    digabung: int = 0
    baris: int = 0
    versi: UUID = store.TANPA_VERSI


async def behind(db: Database) -> bool:
    """Whether an upgrade left boundaries undrawn; `rebuild` draws them."""
    async with db.as_owner() as conn:
        return await store.behind(conn)


async def rebuild(db: Database, *, semua: bool = False, maju: Maju = lambda n, dari: None) -> LaporanPiramida:
    """Bring the whole pyramid up to date in a transaction of its own. `semua`: also what has not changed."""
    async with db.as_owner() as conn:
        await lock(conn)
        await tetangga_statements.fill(conn)
        return await build(conn, semua=semua, maju=maju)


async def build(
    conn: Conn, berubah: Collection[str] | None = None, *, semua: bool = False, maju: Maju = lambda n, dari: None
) -> LaporanPiramida:
    """Bring the pyramid up to date within the caller's transaction, which holds the lock on boundaries.

    `berubah`: codes of regions whose boundaries may have changed; None: anything may have.
    """
    peta = arrange(await store.regions(conn), await store.boundaries(conn))
    bangun = _Bangun(conn, Sel(conn, peta), await store.units(conn))
    basi = await bangun.stale(berubah, semua)
    hilang = bangun.lama.keys() - bangun.sel.milik.keys()
    if hilang:
        await store.drop_units(conn, hilang)
    banyak = sum(len(bangun.sel.milik[u]) for u in basi)
    with Pekerja(processes_for(banyak, _LAYAK_BERBAGI)) as pekerja:
        await bangun.units(pekerja, basi, maju)
        await bangun.above(pekerja, hilang)
    await mutu_statements.forget(conn, bangun.changed() | hilang | {unit_of(k) for k in berubah or ()})
    versi = bangun.version()
    if bangun.laporan.baris or hilang:
        await store.analyze(conn)
    if bangun.laporan.baris or hilang or await store.zooms_unknown(conn):
        await store.set_boundary_version(conn, versi, await lowest_zooms(conn))
    bangun.laporan.satuan = len(bangun.sel.milik)
    bangun.laporan.versi = versi
    return bangun.laporan


@dataclass(slots=True)
class _Bangun:
    conn: Conn
    sel: Sel
    lama: dict[str, SatuanAda]
    sidik: dict[str, str] = field(default_factory=dict)
    dahulu: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # unit → whom it bordered on before
    dibangun: set[str] = field(default_factory=set)
    tepi: dict[str, dict[str, str]] = field(default_factory=dict)  # unit built now → neighbour → hash of the border
    hasil: dict[str, str] = field(default_factory=dict)
    utuh: dict[str, bytes] = field(default_factory=dict)
    laporan: LaporanPiramida = field(default_factory=LaporanPiramida)

    def __post_init__(self) -> None:
        for u, s in self.lama.items():
            for tetangga in s.tepi:
                self.dahulu[tetangga].add(u)

    # ---------- what to build ----------

    async def stale(self, berubah: Collection[str] | None, semua: bool) -> list[str]:
        calon = set(self.sel.milik) if berubah is None or semua else self._near(berubah)
        await self.sel.prune(calon)
        ada = set(self.sel.milik)
        calon &= ada
        basi = set()
        for unit in sorted(calon):
            self.sidik[unit] = await self.sel.fingerprint(unit)
            if semua or unit not in self.lama or self.lama[unit].sidik != self.sidik[unit]:
                basi.add(unit)
        return sorted(basi)

    def _near(self, berubah: Collection[str]) -> set[str]:
        """Units that a change of these regions may reach: around what they are now, and beside what they were."""
        ada = set(self.sel.milik)
        kena = {unit_of(k) for k in berubah}
        # the boundary of a province or kabupaten may come to fill, or fill no more, any place in it
        kena |= {u for k in berubah if len(k) <= 5 for u in ada if u.startswith(k)}
        dekat = {unit_of(k) for u in kena & ada for k in self.sel.around([u])}
        dahulu = {u for k in kena for u in self.dahulu[k]}
        return (kena | dekat | dahulu | (ada - self.lama.keys())) & ada

    def changed(self) -> set[str]:
        """Units whose cells, or those around them, are not what they were."""
        return {u for u in self.dibangun if u not in self.lama or self.lama[u].sidik != self.sidik[u]}

    # ---------- units ----------

    async def units(self, pekerja: Pekerja, basi: Collection[str], maju: Maju) -> None:
        kelompok: dict[str, tuple[str, ...]] = {u: (u,) for u in basi}
        giliran = self._batches(basi)
        while giliran:
            kerja = ((anggota, build_units, self._cells(anggota)) for anggota in giliran)
            async for _, built in pekerja.each(kerja):
                await self._keep(built)
                maju(min(len(self.utuh), len(basi)), len(basi))
            giliran = self._disagreeing(kelompok)
            for unit in kelompok.keys() - self.sidik.keys():  # it was built before and did not change; it does now
                self.sidik[unit] = await self.sel.fingerprint(unit)
        for unit in sorted(kelompok):
            satuan = SatuanAda(self.sidik[unit], self.hasil[unit], self.tepi[unit])
            await store.save_unit(self.conn, unit, satuan, self.utuh.pop(unit))
        self.dibangun = set(kelompok)
        self.laporan.dibangun = len(kelompok)
        self.laporan.digabung = sum(len(anggota) > 1 for anggota in kelompok.values())

    def _batches(self, basi: Iterable[str]) -> list[tuple[str, ...]]:
        """Units that follow each other by code, some at a time: neighbours are looked at once for all of them."""
        hasil: list[tuple[str, ...]] = []
        banyak = 0
        for unit in sorted(basi):
            banyak += len(self.sel.milik[unit])
            if hasil and hasil[-1][0][:2] == unit[:2] and banyak <= _SEKALI:
                hasil[-1] = (*hasil[-1], unit)
            else:
                hasil.append((unit,))
                banyak = len(self.sel.milik[unit])
        return hasil

    async def _cells(self, units: tuple[str, ...]) -> tuple[tuple[str, ...], list[Cell]]:
        bentuk = await self.sel.shapes(self.sel.around(units))
        return units, [Cell(k, g) for k, g in bentuk.items()]

    async def _keep(self, built: Built) -> None:
        self.utuh |= built.whole
        self.hasil |= built.hashes
        for u in built.units:
            self.tepi[u] = {n: h for (milik, n), h in built.borders.items() if milik == u}
        self.laporan.baris += await store.replace_rows(
            self.conn, built.units, (Tingkat.KECAMATAN, Tingkat.DESA), self._rows(built.shapes)
        )

    def _rows(self, bentuk: Iterable[Shape]) -> Iterator[BarisPiramida]:
        """The shapes of regions that are drawn, as rows."""
        peta = self.sel.peta
        for b in bentuk:
            if b.kode in peta.digambar:
                contoh = b.kode in peta.contoh
                yield BarisPiramida(
                    b.kode, peta.wilayah[b.kode].sejak, tingkat(b.kode), b.pita, b.geom, b.titik, contoh
                )

    def _disagreeing(self, kelompok: dict[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The groups to build again: units whose two sides of a border differ come into one group."""
        baru: set[tuple[str, ...]] = set()
        for unit in sorted(kelompok):
            for lain in sorted(self.tepi[unit].keys() | self.dahulu[unit]):
                sama = self._border(lain).get(unit) == self.tepi[unit].get(lain)
                if sama or lain in kelompok[unit] or lain not in self.sel.milik:
                    continue
                gabung = tuple(sorted({*kelompok[unit], *kelompok.get(lain, (lain,))}))
                baru = {g for g in baru if not set(g) <= set(gabung)} | {gabung}
                kelompok |= dict.fromkeys(gabung, gabung)
        return sorted(baru)

    def _border(self, unit: str) -> dict[str, str]:
        if unit in self.tepi:
            return self.tepi[unit]
        return self.lama[unit].tepi if unit in self.lama else {}

    # ---------- kabupaten and provinces ----------

    async def above(self, pekerja: Pekerja, hilang: Collection[str]) -> None:
        """Kabupaten and provinces of what hangs together with anything that was built or is gone."""
        provinsi = {u[:2] for u in (*self.dibangun, *hilang)} | await self._changed_provinces()
        sisa = set(provinsi)
        ikut = [d for d in self._together() if not provinsi.isdisjoint(u[:2] for u in d)]
        async for d, bentuk in pekerja.each((d, build_above, self._wholes(d)) for d in ikut):
            await self._store_changed(d, bentuk)
            sisa -= {u[:2] for u in d}
        for kode in sorted(sisa):  # nothing of them is left
            await store.replace_rows(self.conn, [kode], [Tingkat.PROVINSI], [])

    async def _wholes(self, d: tuple[str, ...]) -> tuple[dict[str, bytes]]:
        return (await store.wholes(self.conn, d),)

    async def _store_changed(self, d: tuple[str, ...], bentuk: list[Shape]) -> None:
        """Most kabupaten and provinces come out as they were: those are left alone."""
        baru: dict[str, list[BarisPiramida]] = {k: [] for u in d for k in (u, u[:2])}
        for baris in self._rows(bentuk):
            baru[baris.kode].append(baris)
        lama = await store.row_hashes(self.conn, sorted(baru), (Tingkat.PROVINSI, Tingkat.KABUPATEN))
        for kode, isi in sorted(baru.items()):
            if lama.get(kode, "") != store.hash_of(isi):
                self.laporan.baris += await store.replace_rows(self.conn, [kode], [tingkat(kode)], isi)

    def _together(self) -> list[tuple[str, ...]]:
        """The units in groups that hang together, however indirectly, by their borders or because they are of one province."""
        provinsi: dict[str, list[str]] = defaultdict(list)
        for u in self.sel.milik:
            provinsi[u[:2]].append(u)
        sisa = dict.fromkeys(sorted(self.sel.milik))
        hasil = []
        while sisa:
            satu, ujung = set(), [next(iter(sisa))]
            while ujung:
                unit = ujung.pop()
                if unit in sisa:
                    del sisa[unit]
                    satu.add(unit)
                    ujung += [*self._border(unit), *provinsi[unit[:2]]]
            hasil.append(tuple(sorted(satu)))
        return hasil

    async def _changed_provinces(self) -> set[str]:
        """Provinces whose place on the map is not as it should be, though nothing of them was built: a new first day, or so
        many kabupaten more or less that they are drawn or no longer."""
        peta = self.sel.peta
        ada = await store.provinces(self.conn)
        seharusnya = {k: (peta.wilayah[k].sejak, k in peta.contoh) for k in peta.digambar if len(k) == 2}
        return {k for k in ada.keys() | seharusnya.keys() if ada.get(k) != seharusnya.get(k)}

    def version(self) -> UUID:
        isi = [f"{k} {self.sel.peta.wilayah[k].sejak}" for k in sorted(self.sel.peta.digambar) if len(k) <= 5]
        for u in sorted(self.sel.milik):
            baru = (self.sidik[u], self.hasil[u]) if u in self.dibangun else (self.lama[u].sidik, self.lama[u].hasil)
            isi.append(" ".join((u, *baru)))
        return UUID(hashlib.md5("\n".join(isi).encode(), usedforsecurity=False).hexdigest())
