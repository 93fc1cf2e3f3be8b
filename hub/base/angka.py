"""Numbers as officials write them: "1.799 KK", "Rp. 526.700.000.-", "12,157,475,000", "92,72%", "24,6 5%"."""

import re
from dataclasses import dataclass
from decimal import Decimal

_POLOS = re.compile(r"[+-]?\d+(\.\d+)?")
_RIBUAN_POLOS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")  # "1.000", which a machine reads as one
_RUPIAH = re.compile(r"^rp\.?\s*", re.IGNORECASE)
_EKOR_RUPIAH = re.compile(r"[.,]\s*-{1,2}$")  # ".-" and ",-" close a sum of money
_ISI = re.compile(r"(?P<angka>[+-]?\d[\d.,\s]*)(?P<satuan>[A-Za-z%/]*)\s*")
_SPASI_RIBUAN = re.compile(r"[+-]?\d{1,3}( \d{3})+([.,]\d+)?")
_SPASI_PECAHAN = re.compile(r"[+-]?[\d.]*,\d+ \d+")  # "24,6 5": a cell that broke inside the fraction

_UTUH, _PECAHAN = 16, 20  # digits before and after the decimal separator: sums of such figures stay exact

_BAKU = {"%": "persen", "rp": "rupiah", "jiwa": "orang", "anak": "orang", "lansia": "orang", "pct": "persen"}


@dataclass(frozen=True, slots=True)
class AngkaTulis:
    """`nilai`: what was meant; `satuan`: the unit that was written beside it, if any; `bebas`: it was not written as a
    plain decimal, so the reader should be told how it was understood."""

    nilai: Decimal
    satuan: str | None
    bebas: bool


def layak(nilai: Decimal) -> bool:
    """Whether a figure can be one: not longer than any sum of money or count in the country."""
    if not nilai.is_finite():
        return False
    return nilai.adjusted() < _UTUH and int(nilai.as_tuple().exponent) >= -_PECAHAN


def baca_angka(teks: str, bulat: bool) -> AngkaTulis:
    """Read a number. `bulat`: only whole numbers make sense here, which settles "1.799" (1799) and "12,157" (12157).

    Raises ValueError when it cannot be read, could mean two things, or is too long to be a figure.
    """
    hasil = _baca(teks, bulat)
    if not layak(hasil.nilai):
        raise ValueError(f'"{teks}" terlalu panjang; paling banyak {_UTUH} angka, dan {_PECAHAN} di belakang koma')
    return hasil


def _baca(teks: str, bulat: bool) -> AngkaTulis:
    isi = " ".join(teks.split())
    if _POLOS.fullmatch(isi) and not (bulat and _RIBUAN_POLOS.fullmatch(isi)):
        return AngkaTulis(Decimal(isi), None, bebas=False)
    rupiah = _RUPIAH.match(isi) is not None
    isi = _EKOR_RUPIAH.sub("", _RUPIAH.sub("", isi)).strip()
    cocok = _ISI.fullmatch(isi)
    if cocok is None:
        raise ValueError(f'"{teks}" bukan angka')
    satuan = "rupiah" if rupiah else cocok["satuan"].casefold() or None
    nilai = _nilai(cocok["angka"].strip(), bulat or rupiah)
    if nilai is None:
        raise ValueError(f'"{teks}" bukan angka')
    return AngkaTulis(nilai, _BAKU.get(satuan, satuan) if satuan else None, bebas=True)


def _nilai(angka: str, bulat: bool) -> Decimal | None:
    if " " in angka and not (_SPASI_RIBUAN.fullmatch(angka) or _SPASI_PECAHAN.fullmatch(angka)):
        return None
    angka = angka.replace(" ", "")
    titik, koma = angka.count("."), angka.count(",")
    if titik and koma:
        desimal = max(".", ",", key=angka.rfind)
        utuh, _, pecahan = angka.rpartition(desimal)
        ribuan = "," if desimal == "." else "."
        if not _beribuan(utuh, ribuan) or not pecahan.isdigit():
            return None
        return Decimal(f"{utuh.replace(ribuan, '')}.{pecahan}")
    if not (titik or koma):
        return Decimal(angka)
    pemisah = "." if titik else ","
    # one kind of separator: thousands where it stands more than once, where only whole numbers make sense or, with a
    # dot, where Indonesians write thousands
    if _beribuan(angka, pemisah) and (titik + koma > 1 or bulat or pemisah == "."):
        return Decimal(angka.replace(pemisah, ""))
    return Decimal(angka.replace(pemisah, ".")) if titik + koma == 1 and not angka.endswith(pemisah) else None


def _beribuan(angka: str, pemisah: str) -> bool:
    """Whether the separator parts groups of three, the first one not beginning with 0."""
    awal, *sisa = angka.lstrip("+-").split(pemisah)
    return (
        1 <= len(awal) <= 3
        and not awal.startswith("0")
        and bool(sisa)
        and all(len(k) == 3 and k.isdigit() for k in sisa)
    )
