"""Dates as officials write them: 31-12-2023, 31/12/23, 31 Desember 2023, 31-Des-23, 2023-12-31, 45291 (a spreadsheet's day
number); and how long a paper holds: "01-01-2022 s.d. 31-12-2024", "2022-2025", "31 Desember 2025"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2})?.*)?")
_ANGKA = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_NAMA = re.compile(r"(?:(\d{1,2})\s*[-/. ]?\s*)?([A-Za-z]{3,9})\.?\s*[-/. ,]?\s*(\d{4}|\d{2})")
_AWALAN = re.compile(
    r"^(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\s*,?\s*|(?:tanggal|tgl)\.?\s*)+", re.IGNORECASE
)
_SERI = re.compile(r"(\d{5})(?:\.\d+)?")  # days since 30 December 1899: 10000 is 1927
_TAHUN = re.compile(r"(?:tahun\s*|thn\s*)?((?:19|20)\d{2})", re.IGNORECASE)
_LAMA = re.compile(r"(\d{1,2})\s*(?:\([a-z ]+\)\s*)?(?:tahun|thn|th)\b\.?", re.IGNORECASE)
_SAMPAI = re.compile(
    r"\s*(?:\bs\s*/\s*d\b|\bs\s*\.\s*d\b\.?|\bsd\b|\bsampai(?:\s+dengan)?\b|\bhingga\b|[–—])\s*", re.IGNORECASE
)
_SELAMANYA = ("selamanya", "seumur hidup", "tidak terbatas", "tanpa batas", "tidak ada batas")
_NOL = date(1899, 12, 30)

_BULAN = {
    "januari": 1, "january": 1, "februari": 2, "pebruari": 2, "february": 2, "maret": 3, "march": 3, "april": 4, "mei": 5,
    "may": 5, "juni": 6, "june": 6, "juli": 7, "july": 7, "agustus": 8, "agst": 8, "agt": 8, "august": 8, "september": 9,
    "oktober": 10, "october": 10, "november": 11, "nopember": 11, "desember": 12, "december": 12,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Masa:
    """First and last day; None where it was not written or there is none. `kira`: only years or months were written, so
    the days are the first and last of them. `tahun`: how many years, where only that was written."""

    awal: date | None
    akhir: date | None
    kira: bool = False
    tahun: int | None = None


def baca_tanggal(teks: str) -> date:
    """One day. Raises ValueError (Indonesian) when it is none or cannot be told."""
    isi = _AWALAN.sub("", " ".join(teks.split()))
    if cocok := _ISO.fullmatch(isi):
        return _hari(teks, int(cocok[1]), int(cocok[2]), int(cocok[3]))
    if cocok := _ANGKA.fullmatch(isi):
        return _hari(teks, _tahun(cocok[3]), int(cocok[2]), int(cocok[1]))
    if (cocok := _NAMA.fullmatch(isi)) and cocok[1] and (bulan := _bulan(cocok[2])):
        return _hari(teks, _tahun(cocok[3]), bulan, int(cocok[1]))
    if cocok := _SERI.fullmatch(isi):
        return _NOL + timedelta(days=int(cocok[1]))
    raise ValueError(f'"{teks}" bukan tanggal; tulis seperti 31-12-2023')


def baca_masa(teks: str) -> Masa:
    """How long something holds. One date alone is the last day. Raises ValueError (Indonesian)."""
    isi = " ".join(teks.split())
    if isi.casefold() in _SELAMANYA:
        return Masa(None, None)
    if cocok := _LAMA.fullmatch(isi):
        return Masa(None, None, tahun=int(cocok[1]))
    potong = [p for p in _SAMPAI.split(isi, maxsplit=1) if p is not None]
    if len(potong) == 2:
        if potong[1].casefold() in ("sekarang", *_SELAMANYA):
            return Masa(_tepi(potong[0], akhir=False)[0], None)
        return _rentang(potong[0], potong[1]) if potong[0] else _sampai(potong[1])
    try:
        return _sampai(isi)
    except ValueError:
        for tempat in [i for i, huruf in enumerate(isi) if huruf == "-"]:
            try:
                return _rentang(isi[:tempat], isi[tempat + 1 :])
            except ValueError:
                continue
    raise ValueError(f'"{teks}" bukan masa berlaku; tulis seperti 01-01-2022 s.d. 31-12-2024, atau 31-12-2024')


def baca_mulai(teks: str) -> tuple[date, bool]:
    """The first day of a day, month or year as written; and whether it was no full date. Raises ValueError."""
    return _tepi(teks, akhir=False)


def _sampai(teks: str) -> Masa:
    hari, kira = _tepi(teks, akhir=True)
    return Masa(None, hari, kira)


def _rentang(awal: str, akhir: str) -> Masa:
    (dari, kira_awal), (ke, kira_akhir) = _tepi(awal, akhir=False), _tepi(akhir, akhir=True)
    return Masa(dari, ke, kira_awal or kira_akhir)


def _tepi(teks: str, *, akhir: bool) -> tuple[date, bool]:
    isi = " ".join(teks.split()).strip(" .,;:-")
    if cocok := _TAHUN.fullmatch(isi):
        tahun = int(cocok[1])
        return (date(tahun, 12, 31) if akhir else date(tahun, 1, 1)), True
    if (cocok := _NAMA.fullmatch(isi)) and not cocok[1] and (bulan := _bulan(cocok[2])):
        tahun = _tahun(cocok[3])
        return date(tahun, bulan, monthrange(tahun, bulan)[1] if akhir else 1), True
    return baca_tanggal(isi), False


def _bulan(kata: str) -> int | None:
    kata = kata.casefold()
    sama = {
        n for nama, n in _BULAN.items() if nama.startswith(kata[:3]) and (nama.startswith(kata) or kata == nama[:4])
    }
    return sama.pop() if len(sama) == 1 else None


def _tahun(teks: str) -> int:
    tahun = int(teks)
    if len(teks) == 4:
        return tahun
    return tahun + (2000 if tahun < 70 else 1900)


def _hari(teks: str, tahun: int, bulan: int, hari: int) -> date:
    if not 1900 <= tahun < 2200:
        raise ValueError(f'"{teks}": tahun {tahun} tidak mungkin')
    try:
        return date(tahun, bulan, hari)
    except ValueError:
        if bulan > 12 >= hari:  # as written where the month comes first
            raise ValueError(f'"{teks}" bukan tanggal; hari ditulis lebih dahulu, seperti 31-12-2023') from None
        raise ValueError(f'"{teks}" bukan tanggal yang ada') from None
