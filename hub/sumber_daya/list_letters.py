"""Papers as a list writes them: numbers, dates, how long they hold. Pure.

A paper is kept when the day it begins to hold is known, or follows: from its last day (registrations hold three years, an
accreditation as long as its grade says), and then the row says so.
"""

import re
from datetime import date, timedelta

from hub.base.dates import Span, read_date, read_span, read_start
from hub.base.temuan import ERROR, INFO, WARNING
from hub.sumber_daya.checks import ACCREDITATION_YEARS, add_years
from hub.sumber_daya.list_row import ListRow, ListSurat

_REGISTRATION_YEARS = 3  # how long registrations usually hold
_GRADE = re.compile(
    r"(?:terakreditasi\s*)?(?:peringkat|grade|nilai|predikat)?\s*[\"'(]?\b([abc])\b[\"')]?(.*)", re.IGNORECASE
)
_NOT_YET = re.compile(r"(belum|tidak|non)\b.*|-", re.IGNORECASE)
_DATE_IN_SK = re.compile(r"[\s,;(]*(?:tanggal|tgl)\.?\s*[:.]?\s*", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def read_surat(b: ListRow) -> None:
    _registration(b)
    _accreditation(b)
    _sk(b)


def number_key(number: str | None) -> str | None:
    """What two spellings of one number have in common; None where there is no digit in it."""
    plain = "".join(h for h in (number or "").casefold() if h.isalnum())
    return plain if any(h.isdigit() for h in plain) else None


def _registration(b: ListRow) -> None:
    number = b.written.get("nomor_tanda_daftar")
    since = _start(b, "tanggal_tanda_daftar")
    span = _span(b, "masa_tanda_daftar")
    if number is None and since is None and span is None:
        return
    span = span or Span(None, None)
    since = since or span.first_day
    until = _day_after(span.last_day)
    if span.years and since:
        until = add_years(since, span.years)
    assumed = since is None and until is not None
    if since is None and until is not None:
        since = add_years(until, -_REGISTRATION_YEARS)
        message = f"Awal masa berlaku tanda daftar tidak ditulis; dianggap {_REGISTRATION_YEARS} tahun sebelum akhirnya: {since}."
        b.add_finding("SURAT_MULAI_DIANGGAP", WARNING, message, "masa_tanda_daftar", str(since))
    elif span.approximate:
        message = f"Masa berlaku ditulis tanpa hari; dibaca {since} sampai {span.last_day}."
        b.add_finding("TANGGAL_TANPA_HARI", WARNING, message, "masa_tanda_daftar")
    surat = ListSurat("TANDA_DAFTAR", number, since, until, assumed=assumed)
    _save(b, surat, "nomor_tanda_daftar", "tanda daftar")


def _accreditation(b: ListRow) -> None:
    text = b.written.get("akreditasi")
    if text is None or _NOT_YET.fullmatch(text):
        return
    match = _GRADE.fullmatch(text)
    if match is None:
        message = f'{b.labels["akreditasi"]}: "{text}" bukan peringkat A, B atau C.'
        b.add_finding("PERINGKAT_TIDAK_SAH", ERROR, message, "akreditasi")
        return
    grade, tail = match[1].upper(), match[2].strip(" (),;/-")
    since = _start(b, "mulai_akreditasi")
    span = _span(b, "masa_akreditasi") or Span(None, None)
    if since is None and span.first_day is None and tail:  # "A (2021)", "B, 5 Maret 2021"
        try:
            since = read_start(tail)[0]
        except ValueError:
            year = _YEAR.search(tail)
            since = date(int(year[0]), 1, 1) if year else None
    since, years = since or span.first_day, ACCREDITATION_YEARS[grade]
    until = _day_after(span.last_day)
    assumed = since is None and until is not None
    if since is None and until is not None:
        since = add_years(until, -years)
        message = f"Awal akreditasi tidak ditulis; {grade} berlaku {years} tahun, jadi dianggap sejak {since}."
        b.add_finding("SURAT_MULAI_DIANGGAP", WARNING, message, "masa_akreditasi", str(since))
    elif since is not None and until is None:
        until = add_years(since, years)
        message = f"Akhir akreditasi tidak ditulis; {grade} berlaku {years} tahun, jadi sampai {until}."
        b.add_finding("SURAT_AKHIR_DIHITUNG", INFO, message, "akreditasi", str(until))
    surat = ListSurat("AKREDITASI", b.written.get("nomor_akreditasi"), since, until, grade, assumed)
    _save(b, surat, "akreditasi", "akreditasi")


def _sk(b: ListRow) -> None:
    number, column = b.written.get("nomor_sk"), "nomor_sk"
    since = _start(b, "tanggal_sk")
    if number is None and "nomor_tanggal_sk" in b.written:
        number, column = b.written["nomor_tanggal_sk"], "nomor_tanggal_sk"
    if number is not None and since is None:
        number, since = _split(number)
    if number is None and since is None:
        return
    span = _span(b, "masa_sk") or Span(None, None)
    since = since or span.first_day
    until = add_years(since, span.years) if span.years and since else _day_after(span.last_day)
    _save(b, ListSurat("SK", number, since, until), column, "SK")


def _split(text: str) -> tuple[str | None, date | None]:
    """ "140/12/2021 tanggal 5 Maret 2021", "140/12/2021, 5-3-2021" → number and day. A day alone is a day."""
    parts = _DATE_IN_SK.split(text, maxsplit=1)
    if len(parts) == 2:
        try:
            return parts[0].strip() or None, read_date(parts[1].strip(" )."))
        except ValueError:
            return text, None
    for position in [m.start() for m in re.finditer(r"[,;|]| / |/(?=\s)| ", text)]:
        try:
            return text[:position].strip(" ,;|/") or None, read_date(text[position + 1 :].strip(" ,;|/()"))
        except ValueError:
            continue
    return text, None


def _save(b: ListRow, surat: ListSurat, column: str, what: str) -> None:
    b.surat.append(surat)
    if surat.sejak is None:
        number_text = f" {surat.nomor}" if surat.nomor else ""
        message = f"{what[0].upper()}{what[1:]}{number_text} tidak disimpan: hari mulai berlakunya tidak ditulis."
        b.add_finding("SURAT_TANPA_MASA", WARNING, message, column if column in b.written else next(iter(b.written)))


def _start(b: ListRow, field_name: str) -> date | None:
    if field_name not in b.written:
        return None
    try:
        return read_start(b.written[field_name])[0]
    except ValueError as error:
        b.add_finding("TANGGAL_TAK_TERBACA", ERROR, f"{b.labels[field_name]}: {error}.", field_name)
        return None


def _span(b: ListRow, field_name: str) -> Span | None:
    if field_name not in b.written:
        return None
    try:
        return read_span(b.written[field_name])
    except ValueError as error:
        b.add_finding("TANGGAL_TAK_TERBACA", ERROR, f"{b.labels[field_name]}: {error}.", field_name)
        return None


def _day_after(day: date | None) -> date | None:
    """The first day no longer, of a last day."""
    return None if day is None else day + timedelta(days=1)
