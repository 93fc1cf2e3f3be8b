"""What a rekap adds up to: totals of its breakdowns, kecamatan, kabupaten. Pure; the approving transaction stores it,
and `hub check rollup` proves it against the facts by another way.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from hub.angka.cells import SelBersih
from hub.base import kode as kode_wilayah
from hub.base.kode import Tingkat
from hub.katalog.katalog import Elemen
from hub.katalog.rumus import Rincian

Keluarga = tuple[str, ...]  # names of a breakdown, sorted


@dataclass(frozen=True, slots=True)
class Angka:
    """A figure with its status. `nilai` None where there is no number to add."""

    nilai: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class BarisAngka:
    """A figure of one region, element and breakdown, reported or added up."""

    elemen: Elemen
    wilayah: str
    rincian: Rincian
    angka: Angka

    @property
    def dimensi(self) -> str:
        return "|".join(nama for nama, _ in self.rincian)


def gabung(bagian: Iterable[Angka]) -> Angka:
    """Add figures up. Numbers win over gaps; only gaps of one kind stay that kind; mixed gaps are no data."""
    jumlah, ada, status = Decimal(0), False, set()
    for a in bagian:
        if a.nilai is None:
            status.add(a.status)
        else:
            jumlah, ada = jumlah + a.nilai, True
    if ada:
        return Angka(jumlah, "NOL" if jumlah == 0 else "ADA")
    return Angka(None, status.pop() if len(status) == 1 else "TIDAK_ADA_DATA")


def rollup(sel: Iterable[SelBersih]) -> list[BarisAngka]:
    """Every figure that follows from the cells, the cells themselves included; nothing above the kabupaten."""
    per_elemen: dict[str, dict[str, dict[Rincian, Angka]]] = defaultdict(lambda: defaultdict(dict))
    elemen: dict[str, Elemen] = {}
    for s in sel:
        elemen[s.elemen.kode] = s.elemen
        per_elemen[s.elemen.kode][s.wilayah][s.rincian] = Angka(s.nilai, s.status)
    hasil: list[BarisAngka] = []
    for kode, wilayah in per_elemen.items():
        e = elemen[kode]
        lengkap = {w: lengkapi_rincian(e, isi) for w, isi in wilayah.items()}
        if e.agregasi_wilayah in ("JUMLAH", "HITUNG"):
            lengkap = _naikkan(lengkap)
        hasil += [BarisAngka(e, w, r, a) for w, isi in lengkap.items() for r, a in isi.items()]
    return hasil


def lengkapi_rincian(elemen: Elemen, isi: Mapping[Rincian, Angka]) -> dict[Rincian, Angka]:
    """Add the totals that a breakdown implies: {JK=L}, {JK=P} → {}. A total that was reported itself stands.

    Only breakdowns whose choices add up are summed over. Where several breakdowns imply the same total, the one with
    the fewest dimensions is taken, then the one the catalogue lists first; that they agree is checked elsewhere.
    """
    urut = {d.kode: i for i, d in enumerate(elemen.rincian)}
    menjumlah = {d.kode for d in elemen.rincian if d.menjumlah}
    keluarga: dict[Keluarga, dict[Rincian, Angka]] = defaultdict(dict)
    for rincian, angka in isi.items():
        keluarga[tuple(n for n, _ in rincian)][rincian] = angka
    hasil = dict(isi)
    asal: set[Keluarga] = set(keluarga)
    for dimensi in sorted(keluarga, key=lambda k: (len(k), sorted(urut.get(d, 99) for d in k))):
        lepas = [d for d in dimensi if d in menjumlah]
        for banyak in range(1, len(lepas) + 1):
            for buang in combinations(lepas, banyak):
                sisa = tuple(d for d in dimensi if d not in buang)
                if sisa in asal:
                    continue
                kelompok: dict[Rincian, list[Angka]] = defaultdict(list)
                for rincian, angka in keluarga[dimensi].items():
                    kelompok[tuple(p for p in rincian if p[0] in sisa)].append(angka)
                hasil.update({r: gabung(a) for r, a in kelompok.items()})
                asal.add(sisa)
    return hasil


def _naikkan(wilayah: dict[str, dict[Rincian, Angka]]) -> dict[str, dict[Rincian, Angka]]:
    bagian: dict[str, dict[Rincian, list[Angka]]] = defaultdict(lambda: defaultdict(list))
    for kode, isi in wilayah.items():
        naik = kode_wilayah.induk(kode)
        while naik is not None and kode_wilayah.tingkat(naik) >= Tingkat.KABUPATEN:
            for rincian, satu in isi.items():
                bagian[naik][rincian].append(satu)
            naik = kode_wilayah.induk(naik)
    hasil = {kode: dict(isi) for kode, isi in wilayah.items()}
    for kode, per_rincian in bagian.items():
        tujuan = hasil.setdefault(kode, {})
        for rincian, angka in per_rincian.items():
            tujuan.setdefault(rincian, gabung(angka))
    return hasil
