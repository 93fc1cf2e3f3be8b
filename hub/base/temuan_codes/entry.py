"""What is said of a finding code, once and for every finding that bears it."""

from dataclasses import dataclass

GALAT = "GALAT"
PERINGATAN = "PERINGATAN"
INFO = "INFO"


@dataclass(frozen=True, slots=True)
class FindingCode:
    """`tingkat`: the levels it may have, the gravest first; `arti`: what is the matter; `tindakan`: what to do about it,
    both one Indonesian sentence, for officers and for authors of programs."""

    kode: str
    tingkat: tuple[str, ...]
    arti: str
    tindakan: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Codes of one subject under its Indonesian heading."""

    judul: str
    kode: tuple[FindingCode, ...]


def galat(kode: str, arti: str, tindakan: str) -> FindingCode:
    return FindingCode(kode, (GALAT,), arti, tindakan)


def peringatan(kode: str, arti: str, tindakan: str) -> FindingCode:
    return FindingCode(kode, (PERINGATAN,), arti, tindakan)


def info(kode: str, arti: str, tindakan: str) -> FindingCode:
    return FindingCode(kode, (INFO,), arti, tindakan)
