"""What a cell of a list may say in any kind of list: yes or no, one of a few words, a day, active or not. Pure. A cell that
cannot be read leaves a finding with its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rapidfuzz import process

from hub.base.dates import read_start
from hub.base.temuan import ERROR, WARNING
from hub.lembar.written_row import WrittenRow

_COORDINATES = re.compile(r"(-?\d{1,3}(?:[.,]\d+)?)\s*[;,/ ]\s*(-?\d{1,3}(?:[.,]\d+)?)")
_YES = frozenset(("ya", "y", "ada", "true", "1", "sudah", "v", "√", "✓", "✔", "setuju", "iya"))
_NO = frozenset(("tidak", "t", "tdk", "tidak ada", "belum", "false", "0", "x", "tidak setuju", "kosong", "belum ada"))
_ACTIVE = ("aktif", "beroperasi", "berjalan", "masih aktif", "ada", "ya")
_INACTIVE = (
    "tidak aktif",
    "non aktif",
    "nonaktif",
    "tidak beroperasi",
    "tutup",
    "pasif",
    "vakum",
    "mati",
    "bubar",
    "tidak",
)

BETWEEN_ITEMS = re.compile(r"[;\n•]+")
_MARK = re.compile(r"^\s*(?:\d{1,2}\s*[.)]|[-*])\s+")
_MONTHS = r"(?:jan|feb|peb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|nov|nop|des|dec)[a-z]*\.?"
_DAY = rf"""(?:\d{{4}}-\d{{1,2}}-\d{{1,2}} | \d{{1,2}}\s*[-/.]\s*\d{{1,2}}\s*[-/.]\s*\d{{2,4}}
  | (?:\d{{1,2}}\s+)?{_MONTHS}\s+\d{{4}} | (?:19|20)\d{{2}})"""
_CODE = re.compile(r"\d{1,2}\.\d{1,2}")  # of an entry of a code list
_FLAGS = re.VERBOSE | re.DOTALL | re.IGNORECASE
_DAY_BEHIND = re.compile(
    rf"(?P<what>\S.*?) [\s,(/–:-]+ (?:\b(?:tahun|thn|th|tanggal|tgl|pada)\b\.?\s*)* (?P<day>{_DAY}) [\s)]*", _FLAGS
)
_DAY_BEFORE = re.compile(rf"\(?(?P<day>{_DAY})\)? [\s,:/–-]+ (?P<what>\S.*)", _FLAGS)


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with its day; the first one of the month or year (`approximate`) where no more was written."""

    what: str
    day: date
    approximate: bool


def split_cell(b: WrittenRow, column: str, between: re.Pattern[str] = BETWEEN_ITEMS) -> tuple[str, ...]:
    """The items that a cell lists, without the marks before them, each once."""
    items = (" ".join(_MARK.sub("", p).split()).strip(" .,") for p in between.split(b.raw.get(column, "")))
    return tuple(dict.fromkeys(i for i in items if i))


def read_dated(text: str) -> Dated | None:
    """ "Dasar 2019", "SAR (5 Maret 2020)", "2021-03-05: pendataan"; None where it has no day."""
    match = _DAY_BEHIND.fullmatch(text) or _DAY_BEFORE.fullmatch(text)
    if match is None:
        return None
    what = match["what"].strip(" ,(/–:-")
    try:
        if not (any(h.isalpha() for h in what) or _CODE.fullmatch(what)):
            raise ValueError  # a day in pieces
        day, approximate = read_start(match["day"])
    except ValueError:
        return None
    return Dated(what, day, approximate)


def yes_or_no(text: str) -> bool | None:
    """None: it says neither."""
    key = text.casefold().strip(" .")
    return True if key in _YES else False if key in _NO else None


def read_yes_no(b: WrittenRow, field_name: str) -> bool | None:
    """None, with a finding, where the cell says neither."""
    text = b.written[field_name]
    answer = yes_or_no(text)
    if answer is None:
        b.add_finding("BUKAN_YA_TIDAK", ERROR, f'{b.labels[field_name]}: "{text}" bukan ya atau tidak.', field_name)
    return answer


def read_choice(b: WrittenRow, field_name: str, choices: Mapping[str, str]) -> str | None:
    """`choices`: choice → how it is written, with "|" between. One letter off is taken, with a finding; None, with one, where it is
    none of them."""
    text = b.written[field_name]
    spelled = {e: choice for choice, spellings in choices.items() for e in spellings.split("|")}
    key = text.casefold().strip(" .")
    if key in spelled:
        return spelled[key]
    near = process.extractOne(key, list(spelled), score_cutoff=85)
    if near:
        choice = spelled[near[0]]
        message = f'{b.labels[field_name]}: "{text}" dibaca {choice}.'
        b.add_finding("PILIHAN_MIRIP", WARNING, message, field_name, choice)
        return choice
    message = f'{b.labels[field_name]}: "{text}" tidak dikenal; pilihannya: {", ".join(choices)}.'
    b.add_finding("PILIHAN_TAK_DIKENAL", ERROR, message, field_name)
    return None


def read_day(b: WrittenRow, field_name: str, kode: str = "TANGGAL_TAK_TERBACA") -> date | None:
    """The first day of what the column says: a day, a month or a year. None, with a finding, where it says none."""
    try:
        return read_start(b.written[field_name])[0]
    except ValueError as error:
        b.add_finding(kode, ERROR, f"{b.labels[field_name]}: {error}.", field_name)
        return None


def read_status(b: WrittenRow) -> bool | None:
    """Whether the column `status` says active; None where it says nothing, or, with a finding, neither."""
    words = b.written.get("status", "").casefold().replace("-", " ").replace(".", " ").split()
    if not words:
        return None
    if words[0] in ("sudah", "sdh", "telah"):
        words = words[1:] or words
    text = " ".join("tidak" if k in ("tdk", "tak", "tdak") else k for k in words)
    if text in _INACTIVE or text.startswith(("tidak aktif", "non aktif", "tidak beroperasi")):
        return False
    if text in _ACTIVE or text.startswith("aktif"):
        return True
    message = f'{b.labels["status"]}: "{b.written["status"]}" bukan aktif atau tidak aktif; tidak disimpan.'
    b.add_finding("STATUS_TAK_DIKENAL", WARNING, message, "status")
    return None


def read_point(b: WrittenRow) -> tuple[float, float] | None:
    """Longitude and latitude in degrees; None where none is said or, with a finding, it cannot be read. A pair is latitude first, as people write it, except where only the other order lies in Indonesia."""
    column, latitude, longitude = "lintang", b.written.get("lintang"), b.written.get("bujur")
    if latitude is None and longitude is None:
        if "koordinat" not in b.written:
            return None
        match = _COORDINATES.fullmatch(b.written["koordinat"].strip("() "))
        column = "koordinat"
        if match is None:
            message = f'{b.labels[column]}: "{b.written[column]}" bukan lintang dan bujur dalam derajat, seperti -10.73, 123.05.'
            b.add_finding("TITIK_TIDAK_SAH", ERROR, message, column)
            return None
        latitude, longitude = match[1], match[2]
    if latitude is None or longitude is None:
        given = "lintang" if longitude is None else "bujur"
        b.add_finding("TITIK_TIDAK_SAH", ERROR, "Titik memerlukan lintang dan bujur; salah satunya kosong.", given)
        return None
    try:
        y, x = float(latitude.replace(",", ".")), float(longitude.replace(",", "."))
    except ValueError:
        b.add_finding(
            "TITIK_TIDAK_SAH", ERROR, f'"{latitude}", "{longitude}" bukan derajat, seperti -10.73 dan 123.05.', column
        )
        return None
    if not (-12 <= y <= 7 and 94 <= x <= 142) and -12 <= x <= 7 and 94 <= y <= 142:
        x, y = y, x
        message = f"Lintang dan bujur tertukar; dibaca lintang {y:g}, bujur {x:g}."
        b.add_finding("SUMBU_TERTUKAR", WARNING, message, column)
    return x, y
