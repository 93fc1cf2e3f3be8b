"""Kemendagri region codes as text with dots: "53", "53.14", "53.14.01", "53.14.01.2005".

Source: Kode dan Data Wilayah Administrasi Pemerintahan (Kemendagri). Kabupaten are numbered 01-69, kota
71-99; the first digit of a desa is 1 for kelurahan, 2 for desa, 3 for desa adat.
"""

import re
from enum import IntEnum

_DENGAN_TITIK = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)
_TANPA_TITIK = re.compile(r"\d{2}(\d{2}(\d{2}(\d{4})?)?)?", re.ASCII)
_JENIS_DESA = {"1": "KELURAHAN", "2": "DESA", "3": "DESA_ADAT"}


class Tingkat(IntEnum):
    """Administrative level; a larger number is a finer level."""

    PROVINSI = 1
    KABUPATEN = 2
    KECAMATAN = 3
    DESA = 4


def rapikan(teks: str) -> str:
    """The code with dots ("5314012005" → "53.14.01.2005"); text that is no code comes back stripped, unchanged."""
    teks = teks.strip()
    if _DENGAN_TITIK.fullmatch(teks):
        return teks
    if _TANPA_TITIK.fullmatch(teks):
        bagian = [teks[:2], teks[2:4], teks[4:6], teks[6:]]
        return ".".join(b for b in bagian if b)
    return teks


def sah(teks: str) -> bool:
    """Whether the text is a code with dots; says nothing about whether such a region exists."""
    return _DENGAN_TITIK.fullmatch(teks) is not None


def tingkat(kode: str) -> Tingkat:
    """The level a well-formed code names."""
    return Tingkat(kode.count(".") + 1)


def induk(kode: str) -> str | None:
    """The code of the region above; None for a province."""
    return kode.rpartition(".")[0] or None


def kode_kab(kode: str) -> str:
    """The first key column of every table: the kabupaten's code, or the province's own for a province."""
    return kode[:5]


def kode_prov(kode: str) -> str:
    """The two digits of the province."""
    return kode[:2]


def di_dalam(kode: str, wilayah: str) -> bool:
    """Whether `kode` is `wilayah` itself or lies below it, by code."""
    return kode == wilayah or kode.startswith(wilayah + ".")


def jenis(kode: str) -> str:
    """PROVINSI, KABUPATEN, KOTA, KECAMATAN, KELURAHAN, DESA or DESA_ADAT, read from the code's digits.

    Raises KeyError for a desa whose first digit is none of 1, 2, 3.
    """
    match tingkat(kode):
        case Tingkat.PROVINSI:
            return "PROVINSI"
        case Tingkat.KABUPATEN:
            return "KOTA" if int(kode[3:5]) >= 71 else "KABUPATEN"
        case Tingkat.KECAMATAN:
            return "KECAMATAN"
        case Tingkat.DESA:
            return _JENIS_DESA[kode[9]]
