"""The small language of rules and indicators: sums of products of figures, numbers and counts.

    BEN03 + BEN04        BAN03 * 200000 * BULAN        KIN04[sumber_anggaran=APBD] | KIN04        REH02 + REH04?

A term is an element with an optional choice of breakdown, a number, or a word the reader of the formula knows
(BULAN, DESA, KECAMATAN, KABUPATEN). "?" behind an element: where it was not reported it does not count; without it a
missing figure makes the whole sum unknown. "|" parts alternatives: the first that is known counts.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

KATA = frozenset({"BULAN", "DESA", "KECAMATAN", "KABUPATEN"})

_TANDA = re.compile(
    r"\s*(?:(?P<angka>\d+(?:\.\d+)?)|(?P<kode>[A-Z]+\d*)(?:\[(?P<rincian>[^\]]+)\])?(?P<boleh>\?)?|(?P<op>[+\-*|]))"
)

Rincian = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Suku:
    """A figure in a formula. `rincian`: sorted (breakdown, choice) pairs; `boleh_kosong`: missing counts as nothing."""

    kode: str
    rincian: Rincian = ()
    boleh_kosong: bool = False


Faktor = Suku | Decimal
Hasil_kali = tuple[int, tuple[Faktor, ...]]  # sign, factors
Jumlah = tuple[Hasil_kali, ...]


@dataclass(frozen=True, slots=True)
class Rumus:
    """`pilihan`: alternatives, each a sum of signed products."""

    teks: str
    pilihan: tuple[Jumlah, ...]

    def suku(self) -> tuple[Suku, ...]:
        """Every figure the formula names, in order, words included."""
        return tuple(f for j in self.pilihan for _, kali in j for f in kali if isinstance(f, Suku))

    def hitung(self, nilai: Callable[[Suku], Decimal | None]) -> Decimal | None:
        """The value, or None where no alternative is fully known. `nilai` answers for one figure or word."""
        for jumlah in self.pilihan:
            hasil = _jumlahkan(jumlah, nilai)
            if hasil is not None:
                return hasil
        return None


_TERPANJANG = 2_000  # letters of a formula that is kept read; what somebody writes as a total may be longer


def baca_rumus(teks: str) -> Rumus:
    """Parse a formula. Raises ValueError (Indonesian) naming the place where it stops making sense."""
    return _ingat(teks) if len(teks) <= _TERPANJANG else _baca(teks)


@lru_cache(maxsize=512)
def _ingat(teks: str) -> Rumus:
    return _baca(teks)


def _baca(teks: str) -> Rumus:
    pilihan: list[Jumlah] = []
    jumlah: list[Hasil_kali] = []
    kali: list[Faktor] = []
    tanda, harap_faktor, posisi = 1, True, 0
    akhir = len(teks.rstrip())
    while posisi < akhir:
        cocok = _TANDA.match(teks, posisi)
        if cocok is None or harap_faktor == (cocok["op"] is not None):
            raise ValueError(f'Rumus "{teks}" tidak terbaca pada huruf ke-{posisi + 1}: "{teks[posisi:]}"')
        posisi = cocok.end()
        if cocok["op"] is None:
            kali.append(Decimal(cocok["angka"]) if cocok["angka"] else _suku(cocok, teks))
            harap_faktor = False
            continue
        harap_faktor = True
        if cocok["op"] == "*":
            continue
        jumlah.append((tanda, tuple(kali)))
        kali, tanda = [], -1 if cocok["op"] == "-" else 1
        if cocok["op"] == "|":
            pilihan.append(tuple(jumlah))
            jumlah = []
    if harap_faktor:
        raise ValueError(f'Rumus "{teks}" belum selesai')
    jumlah.append((tanda, tuple(kali)))
    pilihan.append(tuple(jumlah))
    return Rumus(teks, tuple(pilihan))


def baca_rincian(teks: str) -> Rincian:
    """ "JK=L, umur=60+" → (("JK", "L"), ("umur", "60+")), sorted by name."""
    pasangan = []
    for bagian in teks.split(","):
        nama, sama, pilihan = (b.strip() for b in bagian.partition("="))
        if not (nama and sama and pilihan):
            raise ValueError(f'Rincian "{teks}" harus berbentuk nama=pilihan, dipisah koma')
        pasangan.append((nama, pilihan))
    return tuple(sorted(pasangan))


def _suku(cocok: "re.Match[str]", teks: str) -> Suku:
    kode, rincian = cocok["kode"], cocok["rincian"]
    if kode in KATA and (rincian or cocok["boleh"]):
        raise ValueError(f'Rumus "{teks}": {kode} tidak mempunyai rincian')
    return Suku(kode, baca_rincian(rincian) if rincian else (), cocok["boleh"] is not None)


def _jumlahkan(jumlah: Jumlah, nilai: Callable[[Suku], Decimal | None]) -> Decimal | None:
    hasil: Decimal | None = None
    for tanda, kali in jumlah:
        faktor = [(f, f if isinstance(f, Decimal) else nilai(f)) for f in kali]
        if any(n is None and isinstance(f, Suku) and f.boleh_kosong for f, n in faktor):
            continue  # the product does not count
        isi = Decimal(tanda)
        for _, n in faktor:
            if n is None:
                return None
            isi *= n
        hasil = isi if hasil is None else hasil + isi
    return hasil
