"""Kemendagri region codes as text with dots: "53", "53.14", "53.14.01", "53.14.01.2005".

Source: Kode dan Data Wilayah Administrasi Pemerintahan (Kemendagri). Kabupaten are numbered 01-69, kota
71-99; the first digit of a desa is 1 for kelurahan, 2 for desa, 3 for desa adat.
"""

import re
from enum import IntEnum
from functools import lru_cache

_DOTTED = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)
_UNDOTTED = re.compile(r"\d{2}(\d{2}(\d{2}(\d{4})?)?)?", re.ASCII)
_KINDS_OF_DESA = {"1": "KELURAHAN", "2": "DESA", "3": "DESA_ADAT"}


class Level(IntEnum):
    """Administrative level; a larger number is a finer level."""

    PROVINSI = 1
    KABUPATEN = 2
    KECAMATAN = 3
    DESA = 4


_BY_DOTS = tuple(Level)  # asked for every cell of every rekap


def dotted(text: str) -> str:
    """The code with dots ("5314012005" → "53.14.01.2005"); text that is no code comes back stripped, unchanged."""
    text = text.strip()
    if _DOTTED.fullmatch(text):
        return text
    if _UNDOTTED.fullmatch(text):
        parts = [text[:2], text[2:4], text[4:6], text[6:]]
        return ".".join(b for b in parts if b)
    return text


def is_valid(text: str) -> bool:
    """Whether the text is a code with dots; says nothing about whether such a region exists."""
    return _DOTTED.fullmatch(text) is not None


def level_of(kode: str) -> Level:
    """The level a well-formed code names. Raises IndexError for what has more dots than a code."""
    return _BY_DOTS[kode.count(".")]


def is_office(kode: str) -> bool:
    """Whether it is the code of a region whose office reports: a province or a kabupaten/kota."""
    return is_valid(kode) and level_of(kode) <= Level.KABUPATEN


def parent_of(kode: str) -> str | None:
    """The code of the region above; None for a province."""
    return kode.rpartition(".")[0] or None


@lru_cache(maxsize=16_384)
def all_above(kode: str) -> tuple[str, ...]:
    """The codes of all regions above, the nearest first."""
    parent = parent_of(kode)
    return () if parent is None else (parent, *all_above(parent))


def kode_kab(kode: str) -> str:
    """The first key column of every table: the kabupaten's code, or the province's own for a province."""
    return kode[:5]


def kode_prov(kode: str) -> str:
    """The two digits of the province."""
    return kode[:2]


def is_within(kode: str, wilayah: str) -> bool:
    """Whether `kode` is `wilayah` itself or lies below it, by code."""
    return kode == wilayah or kode.startswith(wilayah + ".")


def kind_of(kode: str) -> str:
    """PROVINSI, KABUPATEN, KOTA, KECAMATAN, KELURAHAN, DESA or DESA_ADAT, read from the code's digits.

    Raises KeyError for a desa whose first digit is none of 1, 2, 3.
    """
    match level_of(kode):
        case Level.PROVINSI:
            return "PROVINSI"
        case Level.KABUPATEN:
            return "KOTA" if int(kode[3:5]) >= 71 else "KABUPATEN"
        case Level.KECAMATAN:
            return "KECAMATAN"
        case Level.DESA:
            return _KINDS_OF_DESA[kode[9]]
