"""Importing a list of regions with a date of force: what ended, what began, what is the same place under a new code.

The first list opens regions. Each later list closes those it no longer has, opens those it adds, keeps those it
still has (a new spelling becomes the name, the old one an alias), and links what moved. A code may come to mean
another place; then the old region closes and a new one opens under the same code.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from hub.base.errors import MasukanTidakSahError
from hub.db.database import Conn, Database
from hub.wilayah import statements as store
from hub.wilayah.changes import turunkan_perubahan
from hub.wilayah.closures import (
    leluhur,
    line_codes,
    nama_seragam_terpotong,
    nama_terpotong,
    perlu_ditanya,
    terlindung,
    terputus,
)
from hub.wilayah.draft import BarisDaftar, BarisRusak, Perubahan, Terbaca, periksa_daftar, periksa_perubahan
from hub.wilayah.statements import BarisSilsilah, BarisWilayah

TUTUP_PERSEN = 10
_CONTOH = 5  # places named in the sentence; the report has all regions


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
    rusak: list[str] = field(default_factory=list)
    tanpa_pengganti: list[str] = field(default_factory=list)
    terlindung: list[str] = field(default_factory=list)
    temuan: list[str] = field(default_factory=list)


class DaftarDitahanError(MasukanTidakSahError):
    """Nothing was changed: lines cannot be used, or too much would close. `laporan` tells what, the message how to go on."""

    def __init__(self, pesan: str, laporan: LaporanWilayah) -> None:
        super().__init__(pesan)
        self.laporan = laporan


@dataclass(frozen=True, slots=True)
class Cara:
    """How far to trust a list. `sebagian`: it is not complete, so it closes nothing; `terima_rusak`: go on without the lines
    that cannot be used; `tutup`: close however many it leaves out; `tutup_persen`: how many of a level below a region
    it may close without a successor unasked."""

    sebagian: bool = False
    terima_rusak: bool = False
    tutup: bool = False
    tutup_persen: int = TUTUP_PERSEN


_LENGKAP = Cara()


async def import_wilayah(
    db: Database,
    daftar: Iterable[BarisDaftar | BarisRusak],
    berlaku: date,
    perubahan: Iterable[Perubahan | BarisRusak] | None = None,
    *,
    sumber: str,
    cara: Cara = _LENGKAP,
) -> LaporanWilayah:
    """Import a list that is in force from `berlaku`, complete for every province it names unless `cara` says otherwise.

    Raises DaftarDitahanError, having changed nothing, when lines cannot be used or too many regions would close;
    MasukanTidakSahError when the data already holds a newer list of all its provinces.
    """
    read = periksa_daftar(daftar, berlaku)
    changes, broken_changes = periksa_perubahan(perubahan or ())
    read.rusak += broken_changes
    laporan = LaporanWilayah(dibaca=read.dibaca)
    async with db.as_owner() as conn:
        await store.hold(conn)
        provinsi = await _provinsi(conn, read, berlaku, laporan)
        lama = {b.kode: b for b in await store.in_force(conn, provinsi, berlaku)}
        _lepas_terpotong(read, lama)
        bertahan = _periksa_induk(read, lama, laporan, cara.sebagian)
        if not lama:
            catatan = []
        elif perubahan is None:
            laporan.tautan_dari = "nama yang sama"
            catatan = turunkan_perubahan(
                {k: b.nama for k, b in lama.items()}, {k: b.nama for k, b in read.baris.items()}
            )
        else:
            catatan = [p for p in changes if p.kode_lama[:2] in provinsi or p.kode_baru[:2] in provinsi]
        rencana = _rencanakan(
            lama,
            read,
            catatan,
            berlaku,
            lama.keys() if cara.sebagian else bertahan,
            laporan,
            tersurat=perubahan is not None,
        )
        _tahan(rencana, read, lama, cara, laporan)
        await store.close(conn, [(k, lama[k].berlaku_sejak) for k in rencana.tutup], berlaku)
        await store.insert(conn, [read.baris[k] for k in sorted(rencana.buka)])
        await store.rename(conn, rencana.ganti, berlaku, sumber)
        laporan.tautan = await store.link(conn, rencana.tautan)
        await store.analyze(conn, "wilayah", "silsilah", "alias_wilayah")
    return laporan


async def _provinsi(conn: Conn, read: Terbaca, berlaku: date, laporan: LaporanWilayah) -> list[str]:
    """The provinces the list speaks of. Those that already have a newer list are left as they are, and that is said."""
    terbaru = await store.newest_starts(conn, sorted({k[:2] for k in read.baris}))
    lebih_baru = {p: sejak for p, sejak in terbaru.items() if sejak > berlaku}
    semua = {k[:2] for k in read.baris}
    if lebih_baru and semua == lebih_baru.keys():
        raise MasukanTidakSahError(
            f"Daftar ini berlaku sejak {berlaku}, padahal sudah ada daftar yang lebih baru (sejak {max(lebih_baru.values())}) "
            "untuk provinsi yang sama. Impor daftar lama lebih dahulu, atau periksa tanggalnya."
        )
    for p, sejak in sorted(lebih_baru.items()):
        laporan.temuan.append(f"{p}: sudah ada daftar yang lebih baru (sejak {sejak}); provinsi ini dilewati")
    read.baris = {k: b for k, b in read.baris.items() if k[:2] not in lebih_baru}
    return sorted(semua - lebih_baru.keys())


@dataclass(slots=True)
class _Rencana:
    """`tanpa_pengganti`: those among `tutup` of which nothing says what became of them."""

    tutup: set[str]
    buka: set[str]
    tanpa_pengganti: set[str]
    ganti: list[tuple[str, date, str, str]] = field(default_factory=list)
    tautan: list[BarisSilsilah] = field(default_factory=list)


def _lepas_terpotong(read: Terbaca, lama: dict[str, BarisWilayah]) -> None:
    """Lines whose names look cut are not used."""
    cut = {line.kode[0]: line for line in nama_seragam_terpotong(read, lama)}
    if (last := nama_terpotong(read, lama)) is not None:
        cut[last.kode[0]] = last
    for code, line in cut.items():
        read.rusak.append(line)
        del read.baris[code]


def _periksa_induk(read: Terbaca, lama: dict[str, BarisWilayah], laporan: LaporanWilayah, sebagian: bool) -> set[str]:
    """Codes that the list left out although it names something below them, at whatever depth: they stay in force; a
    finding unless the list is only a part. What has no parent at all cannot be used, with everything below it."""
    bertahan: set[str] = set()
    baru = read.baris
    for k in sorted(baru, key=len):  # parents before children
        di_atas = list(leluhur(k))
        bertahan.update(a for a in di_atas if a in lama and a not in baru)
        if di_atas and di_atas[0] not in baru and di_atas[0] not in lama:
            sebab = f"{k} {baru[k].nama}: induknya ({di_atas[0]}) tidak ada di berkas maupun di hub"
            read.rusak.append(BarisRusak(read.nomor[k], sebab, (k,), baru[k].nama))
            del baru[k]
    if not sebagian:
        laporan.temuan += [
            f"{k} {lama[k].nama}: tidak ada di berkas, padahal bagiannya ada; dibiarkan berlaku"
            for k in sorted(bertahan)
        ]
    return bertahan


def _rencanakan(
    lama: dict[str, BarisWilayah],
    read: Terbaca,
    catatan: list[Perubahan],
    berlaku: date,
    bertahan: Collection[str],
    laporan: LaporanWilayah,
    *,
    tersurat: bool,
) -> _Rencana:
    """What to close, open, rename and link. `bertahan`: codes that stay although the list does not name them; `tersurat`: the
    changes were written down, not guessed."""
    # the same list again (or a correction of it) must not close what it opened itself
    lama_benar = {k: b for k, b in lama.items() if b.berlaku_sejak < berlaku}
    baru = read.baris
    sah = _perubahan_sah(catatan if lama_benar else [], lama, baru, berlaku, laporan)
    berakhir = {p.kode_lama for p in sah if p.kode_lama}
    bermula = {p.kode_baru for p in sah if p.kode_baru}
    dipakai_ulang = lama_benar.keys() & baru.keys() & berakhir & bermula
    hilang = lama_benar.keys() - baru.keys() - set(bertahan)
    tak_jelas = hilang - {p.kode_lama for p in sah if tersurat or p.jenis.startswith("pindah")}
    lindung = terlindung(
        read.rusak, {k: lama[k].nama for k in hilang | dipakai_ulang}, {k: lama[k].nama for k in tak_jelas}
    )
    tetap_bernama = {k for line in read.rusak for k in line_codes(line)} | (dipakai_ulang & lindung)
    dipakai_ulang -= lindung
    laporan.terlindung = [f"{k} {lama[k].nama}" for k in sorted(hilang & lindung)]
    rencana = _Rencana(
        tutup=(hilang - lindung) | dipakai_ulang, buka=(baru.keys() - lama.keys()) | dipakai_ulang,
        tanpa_pengganti=tak_jelas - lindung,
    )  # fmt: skip
    for k in sorted(lama.keys() - lama_benar.keys() - baru.keys() - set(bertahan)):
        laporan.temuan.append(f"{k} {lama[k].nama}: dibuka oleh daftar bertanggal sama, kini tidak ada; dibiarkan")
    for k in sorted((lama.keys() & baru.keys()) - dipakai_ulang):
        if lama[k].nama == baru[k].nama or k in tetap_bernama:
            laporan.tetap += 1
        else:
            rencana.ganti.append((k, lama[k].berlaku_sejak, lama[k].nama, baru[k].nama))
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


def _tahan(
    rencana: _Rencana, read: Terbaca, lama: dict[str, BarisWilayah], cara: Cara, laporan: LaporanWilayah
) -> None:
    """Note what is doubtful. Raises DaftarDitahanError when somebody has to say yes to it first."""
    laporan.rusak = [line.pesan(lama) for line in sorted(read.rusak, key=lambda line: (line.berkas, line.nomor))]
    tutup = sorted(rencana.tanpa_pengganti, key=lambda k: (len(k), k))
    laporan.tanpa_pengganti = [f"{k} {lama[k].nama}" for k in tutup]
    alasan = []
    if laporan.rusak and not cara.terima_rusak:
        alasan.append(
            f"{len(laporan.rusak)} baris tidak dapat dipakai. Perbaiki baris itu, atau ulangi dengan --terima-rusak: baris itu "
            "dilewati, dan wilayah yang mungkin dimaksudnya tidak ditutup dan tidak berganti nama."
        )
    if not cara.tutup and (sebab := _sebab_bertanya(tutup, read, lama, cara.tutup_persen)):
        alasan.append(
            f"{len(tutup)} wilayah akan ditutup tanpa pengganti: {sebab}. Kalau daftar ini tidak lengkap (terpotong, atau memang "
            "sebagian), ulangi dengan --sebagian: tidak ada yang ditutup. Kalau wilayah itu memang sudah tidak ada, ulangi dengan "
            "--tutup, atau sebut di daftar --perubahan."
        )
    if alasan:
        raise DaftarDitahanError("Tidak ada yang diubah. " + " ".join(alasan), laporan)


def _sebab_bertanya(tutup: list[str], read: Terbaca, lama: dict[str, BarisWilayah], persen: int) -> str:
    """Why so many closures need a word first; empty when they do not."""
    bagian = perlu_ditanya(tutup, lama, persen)
    nama = {k: b.nama for k, b in lama.items()}
    sebab = []
    if bagian:
        contoh = "; ".join(b.pesan(nama) for b in bagian[:_CONTOH])
        lagi = f"; dan {len(bagian) - _CONTOH} bagian lain" if len(bagian) > _CONTOH else ""
        sebab.append(f"lebih dari {persen} % di {contoh}{lagi}")
    if berhenti := terputus(read, tutup, lama):
        sebab.append(berhenti)
    return "; ".join(sebab)


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
