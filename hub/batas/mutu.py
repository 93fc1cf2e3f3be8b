"""The quality report on boundaries: overlaps, gaps, misfits with the region above, missing ones, areas that differ.

Real boundary data is never clean: most neighbours overlap a little and thousands of slivers lie between them. So what is
told is a matter of limits, not of right and wrong; nothing is changed. The findings of the newest examination stand in the
database until the boundaries they speak of change.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from geo.boundary_quality import Finding, Limits, Parts, examine
from geo.pyramid import unit_of
from hub.base.errors import TidakDikenalError
from hub.base.kode import Tingkat
from hub.batas import mutu_statements as store
from hub.batas import pyramid_statements as piramida_statements
from hub.batas.mutu_statements import BarisMutu
from hub.batas.pyramid_cells import Letak, Peta, arrange
from hub.batas.pyramid_workers import Pekerja, processes_for
from hub.batas.statements import lock
from hub.db.database import Conn, Database

_LAYAK_BERBAGI = 4_000  # areas; fewer are done before processes have started


@dataclass(frozen=True, slots=True)
class LuasResmi:
    """Official areas to compare with: code → km². `beda`: share of the official area from which a difference is told."""

    km2: dict[str, float]
    beda: float = 0.1


@dataclass(slots=True)
class RingkasanMutu:
    """`banyak`, `m2`: per (kabupaten or province, kind); what two kabupaten share is counted once. `nama`: of all regions."""

    nama: dict[str, str] = field(default_factory=dict)
    wilayah: list[str] = field(default_factory=list)
    banyak: Counter[tuple[str, str]] = field(default_factory=Counter)
    m2: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))


async def examine_boundaries(
    db: Database,
    provinsi: str | None = None,
    *,
    ambang: Limits | None = None,
    luas: LuasResmi | None = None,
    terima: Callable[[Finding], None] = lambda temuan: None,
    maju: Callable[[int, int], None] = lambda n, dari: None,
) -> RingkasanMutu:
    """Examine a province, or everything; `terima` gets every finding as it is found, kabupaten by kabupaten.

    Raises TidakDikenalError when no region of that province is known.
    """
    ambang = ambang or Limits()
    async with db.as_owner() as conn:
        await lock(conn)
        nama = await store.names(conn, provinsi)
        if provinsi is not None and provinsi not in nama:
            raise TidakDikenalError(f"Provinsi {provinsi} tidak ada dalam daftar wilayah.")
        peta = arrange(await piramida_statements.regions(conn), await piramida_statements.boundaries(conn))
        periksa = _Periksa(conn, peta, [u for u in sorted({unit_of(k) for k in nama}) if peta.batas])
        ringkasan = RingkasanMutu(nama, periksa.unit)
        await store.clear(conn, provinsi)
        resmi = await periksa.differing(luas) if luas else {}
        with Pekerja(processes_for(len(periksa.halus.kode), _LAYAK_BERBAGI)) as pekerja:
            kerja = ((u, examine, periksa.arguments(u, ambang)) for u in periksa.unit)
            selesai = 0
            async for unit, temuan in pekerja.each(kerja):
                semua = [*temuan, *periksa.missing(unit), *resmi.get(unit, ())]
                await store.insert(conn, _numbered(semua))
                for t in semua:
                    terima(t)
                    if t.first:
                        ringkasan.banyak[unit, t.jenis] += 1
                        ringkasan.m2[unit, t.jenis] += t.m2 or 0.0
                maju(selesai := selesai + 1, len(periksa.unit))
    return ringkasan


class _Periksa:
    def __init__(self, conn: Conn, peta: Peta, unit: list[str]) -> None:
        self._conn = conn
        self._peta = peta
        self.unit = unit
        per_unit: dict[str, list[str]] = defaultdict(list)
        for k in sorted(peta.batas):
            per_unit[unit_of(k)].append(k)
        # of each kabupaten the finest level it has; a province's own boundary overlaps all that lies in it
        self._milik = {u: isi for u, isi in per_unit.items() if len(u) > 2}
        halus = [k for isi in self._milik.values() for k in isi if len(k) == max(map(len, isi))]
        self.halus = Letak(sorted(halus), peta.batas)
        self._atas = {
            t: Letak([k for k, b in sorted(peta.batas.items()) if b.tingkat == t], peta.batas)
            for t in (Tingkat.PROVINSI, Tingkat.KABUPATEN, Tingkat.KECAMATAN)
        }
        bertingkat = {(k[:2], b.tingkat) for k, b in peta.batas.items()}
        self._tanpa: dict[str, list[str]] = defaultdict(list)
        for k, w in peta.wilayah.items():
            if k not in peta.batas and (k[:2], w.tingkat) in bertingkat:
                self._tanpa[unit_of(k)].append(k)

    async def arguments(self, unit: str, ambang: Limits) -> tuple[str, dict[str, bytes], list[Parts], Limits]:
        milik = self._milik.get(unit, [])
        sendiri = [k for k in milik if k in self.halus.nomor]
        petak = await piramida_statements.areas(self._conn, self.halus.around(sendiri) if sendiri else [])
        tingkat = []
        for t, atas in self._atas.items():
            anak = [k for k in milik if self._peta.batas[k].tingkat == t + 1]
            dekat = {a for k in anak for a in atas.beside(self._peta.batas[k])}
            if dekat:
                bagian = {k: petak[k] for k in anak if k in petak}
                bagian |= await piramida_statements.areas(self._conn, [k for k in anak if k not in petak])
                tingkat.append(Parts(bagian, await piramida_statements.areas(self._conn, dekat)))
        return unit, petak, tingkat, ambang

    def missing(self, unit: str) -> list[Finding]:
        """Regions without a boundary, at the levels at which their province has any."""
        return [Finding("TANPA_BATAS", k, (), None, None, None) for k in self._tanpa[unit]]

    async def differing(self, luas: LuasResmi) -> dict[str, list[Finding]]:
        """Unit → regions whose boundary has another area than the official one."""
        ada = set(self.unit)
        hitung = await store.areas_km2(self._conn, sorted(k for k in luas.km2 if unit_of(k) in ada))
        hasil: dict[str, list[Finding]] = defaultdict(list)
        for k, (km2, titik) in sorted(hitung.items()):
            beda = km2 - luas.km2[k]
            if abs(beda) > luas.beda * luas.km2[k]:
                hasil[unit_of(k)].append(Finding("LUAS_BEDA", k, (), abs(beda) * 1e6, beda / luas.km2[k], titik))
        return hasil


def _numbered(temuan: Iterable[Finding]) -> list[BarisMutu]:
    """Numbered per region and kind, the largest first."""
    nomor: Counter[tuple[str, str]] = Counter()
    hasil = []
    for t in sorted(temuan, key=lambda t: (t.kode, t.jenis, -(t.m2 or 0.0), t.others)):
        nomor[t.kode, t.jenis] += 1
        hasil.append(BarisMutu(t.kode, t.jenis, nomor[t.kode, t.jenis], list(t.others), t.m2, t.share, t.geom))
    return hasil
