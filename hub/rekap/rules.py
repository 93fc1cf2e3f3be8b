"""The catalogue's rules applied to a rekap: each is data (left, operator, right), none is made for one document. Pure.

A rule is looked at for the reporter and for every region below it where all figures it needs are known; where one is
missing it is silent there. Figures of other forms come from what is approved for the same period.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from hub.base import kode as kode_wilayah
from hub.base.kode import Tingkat
from hub.base.periode import Periode
from hub.base.temuan import Temuan, TemuanFromData, tampil
from hub.katalog.katalog import Aturan, Formulir
from hub.katalog.rumus import KATA, Rincian, Rumus, Suku, baca_rumus
from hub.rekap.checks import Hitungan
from hub.wilayah.daftar import DaftarWilayah

# (region, element, breakdown) → approved figure of another form
Latar = Mapping[tuple[str, str, Rincian], Decimal]

_LAWAN = {"<=": ">", ">=": "<", "==": "≠", "<": "≥", ">": "≤", "!=": "="}


@dataclass(frozen=True, slots=True)
class Konteks:
    """What the rules of one rekap are judged by."""

    pelapor: str
    periode: Periode
    daftar: DaftarWilayah
    hitungan: Hitungan
    latar: Latar

    def nilai(self, suku: Suku, wilayah: str) -> Decimal | None:
        """A figure or a word's count for one region; None where it is not known."""
        match suku.kode:
            case "BULAN":
                return Decimal(int(self.periode.jenis))
            case "DESA" | "KECAMATAN" | "KABUPATEN" as kata:
                tingkat = Tingkat[kata]
                if kode_wilayah.tingkat(wilayah) >= tingkat:
                    return Decimal(1)
                banyak = self.daftar.banyak(tingkat, wilayah)
                return Decimal(banyak) if banyak else None
        angka = self.hitungan.get((wilayah, suku.kode, suku.rincian))
        if angka is not None:
            return angka.nilai
        return self.latar.get((wilayah, suku.kode, suku.rincian))


def elemen_lain(formulir: Formulir) -> list[str]:
    """Elements of other forms that the form's rules look at."""
    milik = {e.kode for e in formulir.elemen}
    disebut = {s.kode for a in formulir.aturan for sisi in (a.kiri, a.kanan) for s in baca_rumus(sisi).suku()}
    return sorted(disebut - milik - KATA)


def periksa_aturan(formulir: Formulir, konteks: Konteks) -> list[Temuan]:
    """Findings of every rule of the form."""
    tingkat_pelapor = kode_wilayah.tingkat(konteks.pelapor)
    temuan: list[Temuan] = []
    for aturan in formulir.aturan:
        if aturan.pelapor in (None, tingkat_pelapor):
            temuan += _periksa_satu(aturan, konteks)
    return temuan


def _periksa_satu(aturan: Aturan, konteks: Konteks) -> Iterator[Temuan]:
    kiri, kanan = baca_rumus(aturan.kiri), baca_rumus(aturan.kanan)
    for wilayah in _wilayah_disebut(aturan, kiri, kanan, konteks):
        a = kiri.hitung(lambda s, w=wilayah: konteks.nilai(s, w))  # type: ignore[misc]
        b = kanan.hitung(lambda s, w=wilayah: konteks.nilai(s, w))  # type: ignore[misc]
        pesan = _langgar(aturan, a, b)
        if pesan is not None:
            nama = konteks.daftar.berlaku[wilayah].nama if wilayah in konteks.daftar.berlaku else wilayah
            kode = next((s.kode for s in kiri.suku() if s.kode not in KATA), None)
            yield TemuanFromData(
                aturan.kode, aturan.tingkat, f"{nama}: {aturan.nama}. {pesan}", wilayah=wilayah, elemen=kode,
                nilai=None if a is None else str(a), usulan=None if b is None else str(b),
            )  # fmt: skip


def _wilayah_disebut(aturan: Aturan, kiri: Rumus, kanan: Rumus, konteks: Konteks) -> list[str]:
    """The reporter, then every region for which this rekap has a figure the rule names."""
    kode = {s.kode for s in (*kiri.suku(), *kanan.suku())}
    ada = {w for w, elemen, _ in konteks.hitungan if elemen in kode}
    if aturan.operator in ("PASANGAN", "EKSKLUSIF"):
        return [konteks.pelapor] if ada else []
    return [konteks.pelapor, *sorted(ada - {konteks.pelapor})] if ada else []


def _langgar(aturan: Aturan, kiri: Decimal | None, kanan: Decimal | None) -> str | None:
    """What is wrong, in words; None where the rule holds or cannot be judged."""
    match aturan.operator:
        case "PASANGAN":
            if (kiri is None) == (kanan is None):
                return None
            ada, tidak = (aturan.kiri, aturan.kanan) if kiri is not None else (aturan.kanan, aturan.kiri)
            return f"{ada} dilaporkan, {tidak} tidak."
        case "EKSKLUSIF":
            if kiri is None or kanan is None:
                return None
            return f"{aturan.kiri} dan {aturan.kanan} tidak dilaporkan bersama."
    if kiri is None or kanan is None:
        return None
    if _benar(aturan.operator, kiri, kanan, Decimal(aturan.toleransi)):
        return None
    return f"{aturan.kiri} = {tampil(kiri)} {_LAWAN[aturan.operator]} {aturan.kanan} = {tampil(kanan)}."


def _benar(operator: str, kiri: Decimal, kanan: Decimal, toleransi: Decimal) -> bool:
    longgar = toleransi * abs(kanan)
    match operator:
        case "<=":
            return kiri <= kanan + longgar
        case ">=":
            return kiri >= kanan - longgar
        case "==":
            return abs(kiri - kanan) <= longgar
        case "<":
            return kiri < kanan
        case ">":
            return kiri > kanan
        case _:
            return kiri != kanan


def latar_dari(baris: Iterable[tuple[str, str, Rincian, Decimal]]) -> Latar:
    return {(w, e, r): n for w, e, r, n in baris}
