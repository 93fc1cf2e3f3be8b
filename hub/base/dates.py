"""Dates as officials write them: 31-12-2023, 31/12/23, 31 Desember 2023, 31-Des-23, 2023-12-31, 45291 (a spreadsheet's day
number); and how long a paper holds: "01-01-2022 s.d. 31-12-2024", "2022-2025", "31 Desember 2025"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2})?.*)?")
_NUMERIC = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_NAMED = re.compile(r"(?:(\d{1,2})\s*[-/. ]?\s*)?([A-Za-z]{3,9})\.?\s*[-/. ,]?\s*(\d{4}|\d{2})")
_PREFIX = re.compile(
    r"^(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\s*,?\s*|(?:tanggal|tgl)\.?\s*)+", re.IGNORECASE
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")  # days since 30 December 1899: 10000 is 1927
_YEAR_ONLY = re.compile(r"(?:tahun\s*|thn\s*)?((?:19|20)\d{2})", re.IGNORECASE)
_DURATION = re.compile(r"(\d{1,2})\s*(?:\([a-z ]+\)\s*)?(?:tahun|thn|th)\b\.?", re.IGNORECASE)
_UNTIL = re.compile(
    r"\s*(?:\bs\s*/\s*d\b|\bs\s*\.\s*d\b\.?|\bsd\b|\bsampai(?:\s+dengan)?\b|\bhingga\b|[–—])\s*", re.IGNORECASE
)
_FOREVER = ("selamanya", "seumur hidup", "tidak terbatas", "tanpa batas", "tidak ada batas")
_DAY_ZERO = date(1899, 12, 30)

_MONTHS = {
    "januari": 1, "january": 1, "februari": 2, "pebruari": 2, "february": 2, "maret": 3, "march": 3, "april": 4, "mei": 5,
    "may": 5, "juni": 6, "june": 6, "juli": 7, "july": 7, "agustus": 8, "agst": 8, "agt": 8, "august": 8, "september": 9,
    "oktober": 10, "october": 10, "november": 11, "nopember": 11, "desember": 12, "december": 12,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day; None where it was not written or there is none. `approximate`: only years or months were written, so
    the days are the first and last of them. `years`: how many years, where only that was written."""

    first_day: date | None
    last_day: date | None
    approximate: bool = False
    years: int | None = None


def read_date(text: str) -> date:
    """One day. Raises ValueError (Indonesian) when it is none or cannot be told."""
    written = _PREFIX.sub("", " ".join(text.split()))
    if match := _ISO.fullmatch(written):
        return _day(text, int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(written):
        return _day(text, _year(match[3]), int(match[2]), int(match[1]))
    if (match := _NAMED.fullmatch(written)) and match[1] and (month := _month(match[2])):
        return _day(text, _year(match[3]), month, int(match[1]))
    if match := _SERIAL.fullmatch(written):
        return _DAY_ZERO + timedelta(days=int(match[1]))
    raise ValueError(f'"{text}" bukan tanggal; tulis seperti 31-12-2023')


def read_span(text: str) -> Span:
    """How long something holds. One date alone is the last day. Raises ValueError (Indonesian)."""
    written = " ".join(text.split())
    if written.casefold() in _FOREVER:
        return Span(None, None)
    if match := _DURATION.fullmatch(written):
        return Span(None, None, years=int(match[1]))
    pieces = [p for p in _UNTIL.split(written, maxsplit=1) if p is not None]
    if len(pieces) == 2:
        if pieces[1].casefold() in ("sekarang", *_FOREVER):
            return Span(_edge(pieces[0], at_end=False)[0], None)
        return _range(pieces[0], pieces[1]) if pieces[0] else _until(pieces[1])
    try:
        return _until(written)
    except ValueError:
        for position in [i for i, letter in enumerate(written) if letter == "-"]:
            try:
                return _range(written[:position], written[position + 1 :])
            except ValueError:
                continue
    raise ValueError(f'"{text}" bukan masa berlaku; tulis seperti 01-01-2022 s.d. 31-12-2024, atau 31-12-2024')


def read_start(text: str) -> tuple[date, bool]:
    """The first day of a day, month or year as written; and whether it was no full date. Raises ValueError."""
    return _edge(text, at_end=False)


def _until(text: str) -> Span:
    day, approximate = _edge(text, at_end=True)
    return Span(None, day, approximate)


def _range(start: str, end: str) -> Span:
    (first_day, start_approximate), (last_day, end_approximate) = _edge(start, at_end=False), _edge(end, at_end=True)
    return Span(first_day, last_day, start_approximate or end_approximate)


def _edge(text: str, *, at_end: bool) -> tuple[date, bool]:
    written = " ".join(text.split()).strip(" .,;:-")
    if match := _YEAR_ONLY.fullmatch(written):
        year = int(match[1])
        return (date(year, 12, 31) if at_end else date(year, 1, 1)), True
    if (match := _NAMED.fullmatch(written)) and not match[1] and (month := _month(match[2])):
        year = _year(match[3])
        return date(year, month, monthrange(year, month)[1] if at_end else 1), True
    return read_date(written), False


def _month(word: str) -> int | None:
    word = word.casefold()
    fitting = {
        n for name, n in _MONTHS.items() if name.startswith(word[:3]) and (name.startswith(word) or word == name[:4])
    }
    return fitting.pop() if len(fitting) == 1 else None


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _day(text: str, year: int, month: int, day: int) -> date:
    if not 1900 <= year < 2200:
        raise ValueError(f'"{text}": tahun {year} tidak mungkin')
    try:
        return date(year, month, day)
    except ValueError:
        if month > 12 >= day:  # as written where the month comes first
            raise ValueError(f'"{text}" bukan tanggal; hari ditulis lebih dahulu, seperti 31-12-2023') from None
        raise ValueError(f'"{text}" bukan tanggal yang ada') from None
