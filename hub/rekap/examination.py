"""Everything that can be said about a draft before anything is written: cells, checks, rules, in one pass. The data the
checks need is read first; the checks themselves are pure."""

from dataclasses import dataclass
from decimal import Decimal

from hub.angka import indikator_statements
from hub.angka import statements as angka_statements
from hub.angka.cells import SelBersih
from hub.angka.rollup import BarisAngka, rollup
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor
from hub.base.id_publik import Kunci
from hub.base.kode import Tingkat
from hub.base.many_findings import FindingList
from hub.base.off_loop import off_loop
from hub.base.temuan import GALAT, PERINGATAN, Temuan, ringkas
from hub.db.database import Conn, Database
from hub.katalog.katalog import Formulir, Katalog
from hub.rekap import rules as rekap_rules
from hub.rekap import statements as rekap_statements
from hub.rekap.cells import baca_sel
from hub.rekap.checks import TotalBersih, periksa_kelengkapan, periksa_rincian, periksa_tingkat, periksa_total
from hub.rekap.draft import RekapDraft
from hub.rekap.kinerja import HASIL, TARGET, HasilHitung, periksa_kinerja
from hub.rekap.register import baca_register, periksa_register
from hub.rekap.statements import BarisNilai
from hub.wilayah import statements as wilayah_statements
from hub.wilayah.daftar import WilayahSah
from hub.wilayah.region_index import RegionIndex

_URUT = {"GALAT": 0, "PERINGATAN": 1, "INFO": 2}


@dataclass(frozen=True, slots=True)
class Hasil:
    """What a draft amounts to."""

    sel: list[SelBersih]
    angka: list[BarisAngka]
    total: list[TotalBersih]
    temuan: list[Temuan]


@dataclass(frozen=True, slots=True)
class _Latar:
    """What the database says beside a draft."""

    daftar: RegionIndex
    angka: rekap_rules.Latar
    hitung: dict[str, HasilHitung]
    dulu: tuple[str, list[BarisNilai]] | None
    register: dict[str, Decimal]


async def examine(db: Database, actor: Actor, katalog: Katalog, formulir: Formulir, draft: RekapDraft) -> Hasil:
    """Read what the checks need, then check everything, beside the event loop where it is much."""
    kunci = Kunci(draft.pelapor, formulir.kode, str(draft.periode))
    lain = rekap_rules.elemen_lain(formulir)
    async with db.as_actor(actor) as conn:
        daftar = await baca_daftar(conn, draft)
        latar = await angka_statements.figures_of(conn, draft.pelapor, str(draft.periode), lain)
        hitung = {}
        if any(e.kode in (TARGET, HASIL) for e in formulir.elemen):
            hitung = await _hasil_hitung(conn, katalog, draft)
        dulu = await _periode_lalu(conn, kunci, draft)
        register = await baca_register(conn, draft, formulir)
    angka = rekap_rules.latar_dari((w, e, tuple(sorted(r.items())), n) for w, e, r, n in latar)
    beside = _Latar(daftar, angka, hitung, dulu, register)
    return await off_loop(len(draft.sel) + len(draft.total), _periksa, draft, katalog, formulir, beside)


def _periksa(draft: RekapDraft, katalog: Katalog, formulir: Formulir, latar: _Latar) -> Hasil:
    temuan = FindingList()
    sel = baca_sel(draft, katalog, formulir, latar.daftar, temuan)
    angka = rollup(sel)
    hitungan = {(a.wilayah, a.elemen.kode, a.rincian): a.angka for a in angka}
    konteks = rekap_rules.Konteks(draft.pelapor, draft.periode, latar.daftar, hitungan, latar.angka)
    temuan.add(periksa_tingkat(sel, draft.pelapor))
    temuan.add(periksa_kelengkapan(sel, latar.daftar))
    temuan.add(periksa_rincian(sel))
    total, temuan_total = periksa_total(draft, katalog, formulir, latar.daftar, sel, hitungan)
    temuan.add(temuan_total)
    temuan.add(rekap_rules.periksa_aturan(formulir, konteks))
    temuan.add(periksa_kinerja(sel, latar.hitung))
    temuan.add(periksa_register(draft.pelapor, draft.periode.akhir, hitungan, latar.register, sel))
    temuan.add(_periksa_kosong(draft, sel, temuan) + _periksa_kiriman_lama(sel, latar.dulu))
    return Hasil(sel, angka, total, sorted([*ringkas(temuan), *temuan.more()], key=lambda t: _URUT[t.tingkat]))


async def baca_daftar(conn: Conn, draft: RekapDraft) -> RegionIndex:
    """The regions the reporter may name: a kabupaten all below it, a province only itself."""
    wilayah, silsilah = await wilayah_statements.below(conn, draft.pelapor)
    if kode_wilayah.tingkat(draft.pelapor) is Tingkat.PROVINSI:
        sendiri = DaftarProvinsi(draft.pelapor, draft.periode.akhir, [WilayahSah(*w) for w in wilayah])
        return sendiri
    return RegionIndex(draft.pelapor, draft.periode.akhir, [WilayahSah(*w) for w in wilayah], silsilah)


class DaftarProvinsi(RegionIndex):
    """A province states figures for itself only, yet is judged by how many kabupaten, kecamatan, desa it has."""

    def __init__(self, pelapor: str, pada: object, wilayah: list[WilayahSah]) -> None:
        super().__init__(pelapor, pada, wilayah)  # type: ignore[arg-type]
        self._semua = self.berlaku
        self.berlaku = {k: w for k, w in self.berlaku.items() if k == pelapor}
        for kode in self._nama.values():  # the others cannot be named either
            kode.intersection_update(self.berlaku)

    def banyak(self, tingkat: Tingkat, di: str | None = None) -> int:
        return sum(kode_wilayah.tingkat(k) == tingkat for k in self._semua)


async def _hasil_hitung(conn: Conn, katalog: Katalog, draft: RekapDraft) -> dict[str, HasilHitung]:
    """What follows from approved figures: every main indicator, and every element a target may name."""
    hasil = {
        kode: HasilHitung(nilai)
        for kode, nilai in await indikator_statements.values_of(conn, draft.pelapor, str(draft.periode))
    }
    langsung = [e.kode for e in katalog.elemen.values() if e.arah == "TURUN" or e.kode.startswith("WIL0")]
    for _, elemen, rincian, nilai in await angka_statements.figures_of(
        conn, draft.pelapor, str(draft.periode), langsung
    ):
        if not rincian:
            hasil[elemen] = HasilHitung(nilai, turun=katalog.elemen[elemen].arah == "TURUN")
    return hasil


async def _periode_lalu(conn: Conn, kunci: Kunci, draft: RekapDraft) -> tuple[str, list[BarisNilai]] | None:
    lalu = Kunci(kunci.kode_kab, kunci.formulir, str(draft.periode.sebelumnya))
    kepala = await rekap_statements.head(conn, lalu)
    if kepala is None or not kepala.revisi:
        return None
    return lalu.periode, await rekap_statements.values(conn, lalu, kepala.revisi)


def _periksa_kosong(draft: RekapDraft, sel: list[SelBersih], temuan: list[Temuan]) -> list[Temuan]:
    if sel or any(t.tingkat == GALAT for t in temuan):
        return []
    return [Temuan("REKAP_KOSONG", GALAT, "Rekap ini tidak berisi satu angka pun.", wilayah=draft.pelapor)]


def _periksa_kiriman_lama(sel: list[SelBersih], dulu: tuple[str, list[BarisNilai]] | None) -> list[Temuan]:
    """The same file as last time, by mistake."""
    if dulu is None:
        return []
    periode, nilai = dulu
    sekarang = {(s.elemen.kode, s.wilayah, s.rincian, s.nilai) for s in sel if s.nilai is not None}
    lampau = {
        (b.elemen, b.kode_wilayah, tuple(sorted(b.rincian.items())), b.nilai) for b in nilai if b.nilai is not None
    }
    if len(sekarang) < 5 or sekarang != lampau or len({n for *_, n in sekarang}) < 3:
        return []
    pesan = (
        f"Semua {len(sekarang)} angka sama persis dengan rekap periode {periode}; jangan-jangan berkas lama terkirim."
    )
    return [Temuan("SAMA_DENGAN_PERIODE_LALU", PERINGATAN, pesan)]
