"""Importing a list of regions with a date of force: what ended, what began, what is the same place under a new code.

The first list opens regions. Each later list closes those it no longer has, opens those it adds, keeps those it
still has (a new spelling becomes the name, the old one an alias), and links what moved. A code may come to mean
another place; then the old region closes and a new one opens under the same code.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from hub.base import kode as kode_wilayah
from hub.base.errors import MasukanTidakSahError
from hub.base.nama import kunci_nama, nama_resmi
from hub.store import wilayah_statements as store
from hub.store.database import Database
from hub.store.wilayah_statements import BarisSilsilah, BarisWilayah

_MIRIP = 60.0  # below this (0-100) two names under one code are two places, when the old name lives on elsewhere


@dataclass(frozen=True, slots=True)
class BarisDaftar:
    """A line of a list as it was read: line number, code, name."""

    nomor: int
    kode: str
    nama: str


@dataclass(frozen=True, slots=True)
class Perubahan:
    """A line of a list of changes. `jenis`: tambah, hapus, pindah*, ganti_*; codes are empty where not meant."""

    nomor: int
    jenis: str
    kode_lama: str
    kode_baru: str


@dataclass(slots=True)
class LaporanWilayah:
    """What an import did, and every line it could not take."""

    dibaca: int = 0
    dibuka: int = 0
    ditutup: int = 0
    ganti_nama: int = 0
    tautan: int = 0
    tetap: int = 0
    tautan_dari: str = "daftar perubahan"
    temuan: list[str] = field(default_factory=list)


async def import_wilayah(
    db: Database,
    daftar: Iterable[BarisDaftar],
    berlaku: date,
    perubahan: Iterable[Perubahan] | None = None,
    *,
    sumber: str,
    sebagian: bool = False,
) -> LaporanWilayah:
    """Import a list that is in force from `berlaku`. `sebagian`: the list is not complete, so it closes nothing.

    Without `sebagian` the list is taken as complete for every province it names. Raises MasukanTidakSahError when
    the data already holds a newer list of one of these provinces.
    """
    laporan = LaporanWilayah()
    baru = _periksa(daftar, berlaku, laporan)
    provinsi = sorted({k[:2] for k in baru})
    async with db.as_owner() as conn:
        await store.hold(conn)
        terbaru = await store.newest_start(conn, provinsi)
        if terbaru is not None and terbaru > berlaku:
            raise MasukanTidakSahError(
                f"Daftar ini berlaku sejak {berlaku}, padahal sudah ada daftar yang lebih baru (sejak {terbaru}) untuk "
                "provinsi yang sama. Impor daftar lama lebih dahulu, atau periksa tanggalnya."
            )
        lama = {b.kode: b for b in await store.in_force(conn, provinsi, berlaku)}
        bertahan = _periksa_induk(baru, lama, laporan, sebagian)
        if not lama:
            catatan = []
        elif perubahan is None:
            laporan.tautan_dari = "nama yang sama"
            catatan = turunkan_perubahan({k: b.nama for k, b in lama.items()}, {k: b.nama for k, b in baru.items()})
        else:
            catatan = [
                p for p in perubahan if (p.kode_lama or p.kode_baru)[:2] in provinsi or p.kode_baru[:2] in provinsi
            ]
        rencana = _rencanakan(lama, baru, catatan, berlaku, lama.keys() if sebagian else bertahan, laporan)
        await store.close(conn, [(k, lama[k].berlaku_sejak) for k in rencana.tutup], berlaku)
        await store.insert(conn, [baru[k] for k in sorted(rencana.buka)])
        await store.rename(conn, rencana.ganti, berlaku, sumber)
        laporan.tautan = await store.link(conn, rencana.tautan)
        await store.analyze(conn, "wilayah", "silsilah", "alias_wilayah")
    return laporan


@dataclass(slots=True)
class _Rencana:
    tutup: set[str]
    buka: set[str]
    ganti: list[tuple[str, date, str, str]]
    tautan: list[BarisSilsilah]


def _periksa(daftar: Iterable[BarisDaftar], berlaku: date, laporan: LaporanWilayah) -> dict[str, BarisWilayah]:
    baru: dict[str, BarisWilayah] = {}
    for b in daftar:
        laporan.dibaca += 1
        k = kode_wilayah.rapikan(b.kode)
        if not kode_wilayah.sah(k):
            laporan.temuan.append(f'baris {b.nomor}: "{b.kode}" bukan kode wilayah')
            continue
        tingkat = int(kode_wilayah.tingkat(k))
        try:
            jenis = kode_wilayah.jenis(k)
        except KeyError:
            laporan.temuan.append(f"baris {b.nomor}: {k}: angka pertama desa harus 1, 2 atau 3")
            continue
        nama = nama_resmi(b.nama, tingkat)
        if not nama:
            laporan.temuan.append(f"baris {b.nomor}: {k}: nama kosong")
        elif k in baru:
            laporan.temuan.append(f"baris {b.nomor}: {k}: kode kembar dalam berkas; baris pertama yang dipakai")
        else:
            baru[k] = BarisWilayah(k, berlaku, tingkat, jenis, nama)
    return baru


def _periksa_induk(
    baru: dict[str, BarisWilayah], lama: dict[str, BarisWilayah], laporan: LaporanWilayah, sebagian: bool
) -> set[str]:
    """Codes that the list left out although it names their parts: they stay in force; a finding unless the list is
    only a part. What has no parent at all is dropped, with everything below it."""
    bertahan: set[str] = set()
    for k in sorted(baru, key=len):  # parents before children
        induk = kode_wilayah.induk(k)
        if induk is None or induk in baru or induk in bertahan:
            continue
        if induk in lama:
            bertahan.add(induk)
            if not sebagian:
                laporan.temuan.append(
                    f"{induk} {lama[induk].nama}: tidak ada di berkas, padahal bagiannya ada; dibiarkan berlaku"
                )
        else:
            laporan.temuan.append(f"{k} {baru[k].nama}: induknya ({induk}) tidak ada di berkas maupun di hub")
            del baru[k]
    return bertahan


def _rencanakan(
    lama: dict[str, BarisWilayah],
    baru: dict[str, BarisWilayah],
    catatan: list[Perubahan],
    berlaku: date,
    bertahan: Collection[str],
    laporan: LaporanWilayah,
) -> _Rencana:
    """What to close, open, rename and link. `bertahan`: codes that stay although the list does not name them."""
    # the same list again (or a correction of it) must not close what it opened itself
    lama_benar = {k: b for k, b in lama.items() if b.berlaku_sejak < berlaku}
    sah = _perubahan_sah(catatan if lama_benar else [], lama, baru, berlaku, laporan)
    berakhir = {p.kode_lama for p in sah if p.kode_lama}
    bermula = {p.kode_baru for p in sah if p.kode_baru}
    dipakai_ulang = lama_benar.keys() & baru.keys() & berakhir & bermula
    hilang = lama_benar.keys() - baru.keys() - set(bertahan)
    rencana = _Rencana(
        tutup=hilang | dipakai_ulang, buka=(baru.keys() - lama.keys()) | dipakai_ulang, ganti=[], tautan=[]
    )
    for k in sorted(lama.keys() - lama_benar.keys() - baru.keys() - set(bertahan)):
        laporan.temuan.append(f"{k} {lama[k].nama}: dibuka oleh daftar bertanggal sama, kini tidak ada; dibiarkan")
    for k in sorted((lama.keys() & baru.keys()) - dipakai_ulang):
        if lama[k].nama != baru[k].nama:
            rencana.ganti.append((k, lama[k].berlaku_sejak, lama[k].nama, baru[k].nama))
        else:
            laporan.tetap += 1
    for p in sah:
        if p.jenis.startswith("pindah") and p.kode_lama in rencana.tutup and p.kode_baru in rencana.buka:
            asal = lama[p.kode_lama]
            rencana.tautan.append(BarisSilsilah(p.kode_lama, asal.berlaku_sejak, p.kode_baru, berlaku, p.jenis))
    if lama_benar and catatan:
        for kode, apa, tercatat in ((rencana.tutup, "ditutup", berakhir), (rencana.buka, "dibuka", bermula)):
            for k in sorted(kode - tercatat):
                laporan.temuan.append(f"{k}: {apa} karena daftar, tetapi tidak ada di daftar perubahan")
    laporan.dibuka, laporan.ditutup, laporan.ganti_nama = len(rencana.buka), len(rencana.tutup), len(rencana.ganti)
    return rencana


def _perubahan_sah(
    catatan: list[Perubahan],
    lama: dict[str, BarisWilayah],
    baru: dict[str, BarisWilayah],
    berlaku: date,
    laporan: LaporanWilayah,
) -> list[Perubahan]:
    """The changes that fit both lists; the others are reported, except those an earlier run has already made."""
    sah: list[Perubahan] = []
    for p in catatan:
        if p.jenis.startswith("ganti_"):
            continue
        dibuat = p.kode_baru in lama and lama[p.kode_baru].berlaku_sejak == berlaku
        if dibuat or (not p.kode_baru and p.kode_lama not in lama):
            continue
        if (not p.kode_lama or p.kode_lama in lama) and (not p.kode_baru or p.kode_baru in baru):
            sah.append(p)
        else:
            laporan.temuan.append(
                f"perubahan baris {p.nomor}: {p.jenis} {p.kode_lama} → {p.kode_baru} tidak cocok dengan daftar"
            )
    return sah


def turunkan_perubahan(lama: dict[str, str], baru: dict[str, str]) -> list[Perubahan]:
    """Guess what moved from two lists {code: name}: the same name, once among the ended and once among the begun.

    Looked for in the nearest surroundings first: same kecamatan, same kabupaten, then anywhere; below a region that
    moved, its children with it. A code that stays but whose name changed beyond likeness, while the old name begins
    elsewhere nearby, has come to mean another place.
    """
    mulai = {k for k in baru if k not in lama}
    akhir = {k for k in lama if k not in baru}
    nama_mulai: dict[tuple[str, str], set[str]] = defaultdict(set)
    for k in mulai:
        nama_mulai[k.rpartition(".")[0], kunci_nama(baru[k])].add(k)
    for k in lama.keys() & baru.keys():
        if fuzz.ratio(kunci_nama(lama[k]), kunci_nama(baru[k])) >= _MIRIP:
            continue
        tetangga = nama_mulai.get((k.rpartition(".")[0], kunci_nama(lama[k])), set()) | _kembar(k, lama, baru)
        if len(tetangga) == 1:
            akhir.add(k)
            mulai.add(k)
    hasil: list[Perubahan] = []
    pindah: dict[str, str] = {}
    for panjang in (2, 5, 8, 13):
        sisa_akhir = {k for k in akhir if len(k) == panjang}
        sisa_mulai = {k for k in mulai if len(k) == panjang}
        for kunci in (_di_induk_baru(pindah), lambda k: k[:8], lambda k: k[:5], lambda k: k[:2], lambda k: ""):
            pasangan = _pasangkan(sisa_akhir, sisa_mulai, lama, baru, kunci)
            for a, m in pasangan:
                pindah[a] = m
                hasil.append(Perubahan(0, "pindah", a, m))
            sisa_akhir -= {a for a, _ in pasangan}
            sisa_mulai -= {m for _, m in pasangan}
        hasil += [Perubahan(0, "hapus", k, "") for k in sorted(sisa_akhir)]
        hasil += [Perubahan(0, "tambah", "", k) for k in sorted(sisa_mulai)]
    return hasil


def _kembar(k: str, lama: dict[str, str], baru: dict[str, str]) -> set[str]:
    """Neighbours under the same parent that bear the old name of `k` now and bore another before: codes swapped."""
    induk, cari = k.rpartition(".")[0] + ".", kunci_nama(lama[k])
    dekat = [f"{induk}{n}" for n in _nomor_desa(k)]
    return {
        t for t in dekat if t != k and t in baru and t in lama and kunci_nama(baru[t]) == cari != kunci_nama(lama[t])
    }


def _nomor_desa(k: str) -> list[str]:
    if len(k) != 13:
        return []
    return [f"{awal}{n:03d}" for awal in "12" for n in range(1, 60)]


def _di_induk_baru(pindah: dict[str, str]) -> Callable[[str], str]:
    def kunci(k: str) -> str:
        induk = k.rpartition(".")[0]
        return pindah.get(induk, induk)

    return kunci


def _pasangkan(
    akhir: set[str], mulai: set[str], lama: dict[str, str], baru: dict[str, str], kunci: Callable[[str], str]
) -> list[tuple[str, str]]:
    a = Counter((kunci(k), kunci_nama(lama[k])) for k in akhir)
    m = Counter((kunci(k), kunci_nama(baru[k])) for k in mulai)
    tempat = {(kunci(k), kunci_nama(baru[k])): k for k in mulai}
    return sorted((k, tempat[t]) for k in akhir if a[t := (kunci(k), kunci_nama(lama[k]))] == 1 == m.get(t))
