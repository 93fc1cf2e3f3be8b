"""What one row of a list says of a member of Tagana. Pure. What cannot be read leaves a finding; an empty cell says nothing."""

import re
from dataclasses import dataclass, field
from datetime import date

from hub.base.dates import read_date
from hub.base.temuan import ERROR, WARNING
from hub.lembar.list_values import read_choice, read_dated, read_day, read_status, read_yes_no, split_cell, yes_or_no
from hub.lembar.written_row import WrittenRow
from hub.tagana.checks import CRITERIA
from hub.tagana.draft import Training

_SEXES = {"L": "l|lk|laki-laki|laki laki|laki|pria|lelaki", "P": "p|pr|perempuan|wanita"}
_NOT_YET = re.compile(r"(belum|tidak|tdk|dalam proses|proses|nihil)\b.*|-+", re.IGNORECASE)
_BETWEEN_SKILLS = re.compile(r"[,;/\n•]+")


@dataclass(frozen=True, slots=True)
class ListTraining:
    """A training of a row. `approximate`: only its year or month was written."""

    training: Training
    approximate: bool


@dataclass(slots=True)
class ListPerson:
    """A member as a row has them; None or empty: not said."""

    nama: str | None = None
    nia: str | None = None
    tanggal_lahir: date | None = None
    jenis_kelamin: str | None = None
    alamat: str | None = None
    didata: date | None = None
    sampai: date | None = None
    aktif: bool | None = None
    sertifikat: str | None = None
    keahlian: tuple[str, ...] = ()
    pelatihan: tuple[ListTraining, ...] = ()
    criteria: dict[str, bool] = field(default_factory=dict)


def read_person(b: WrittenRow) -> ListPerson:
    p = ListPerson(b.written.get("nama"), _number(b, "nia"), _born(b))
    if "jenis_kelamin" in b.written:
        p.jenis_kelamin = read_choice(b, "jenis_kelamin", _SEXES)
    p.alamat = b.written.get("alamat")
    if "didata" in b.written:
        p.didata = read_day(b, "didata")
    if "sampai" in b.written:
        p.sampai = read_day(b, "sampai")
    p.aktif = read_status(b)
    p.sertifikat = _certificate(b)
    p.keahlian = () if _says_none(b, "keahlian") else split_cell(b, "keahlian", _BETWEEN_SKILLS)
    p.pelatihan = _trainings(b)
    for name in CRITERIA:
        if name in b.written and (answer := read_yes_no(b, name)) is not None:
            p.criteria[name] = answer
    return p


def _number(b: WrittenRow, column: str) -> str | None:
    text = b.written.get(column)
    return None if text is None or _NOT_YET.fullmatch(text) else text


def _born(b: WrittenRow) -> date | None:
    """A whole day, for the age is judged by it; of "Ba'a, 17-05-1995" what follows the place."""
    column = "tanggal_lahir" if "tanggal_lahir" in b.written else "ttl"
    if column not in b.written:
        return None
    text = b.written[column]
    if column == "ttl":
        at = re.search(r"\d", text)
        text = text[at.start() :] if at else text
    try:
        return read_date(text)
    except ValueError as error:
        b.add_finding("TANGGAL_TAK_TERBACA", ERROR, f"{b.labels[column]}: {error}.", column)
        return None


def _certificate(b: WrittenRow) -> str | None:
    text = _number(b, "sertifikat")
    if text is not None and yes_or_no(text) is not None:
        if yes_or_no(text):
            message = f'{b.labels["sertifikat"]}: "{text}" bukan nomor sertifikat; tidak disimpan. Tulis nomornya.'
            b.add_finding("SERTIFIKAT_TANPA_NOMOR", WARNING, message, "sertifikat")
        return None
    return text


def _says_none(b: WrittenRow, column: str) -> bool:
    return column not in b.written or _NOT_YET.fullmatch(b.written[column]) is not None


def _trainings(b: WrittenRow) -> tuple[ListTraining, ...]:
    """ "Dasar 2019; SAR (5 Maret 2020)". One without a day or year is told and not kept."""
    if _says_none(b, "pelatihan"):
        return ()
    pieces = list(split_cell(b, "pelatihan"))
    if len(pieces) == 1 and "," in pieces[0] and read_dated(pieces[0].partition(",")[0]):
        pieces = [p.strip() for p in pieces[0].split(",")]  # "Dasar 2019, SAR 2020"
    found, without_day = [], []
    for piece in pieces:
        dated = read_dated(piece)
        if dated is None:
            without_day.append(piece)
        else:
            found.append(ListTraining(Training(dated.what, dated.day), dated.approximate))
    if without_day:
        message = (
            f"{b.labels['pelatihan']}: {', '.join(without_day)} tanpa tanggal; tidak disimpan. Tulis tahunnya di belakang, seperti "
            '"Dasar 2019; SAR 2020".'
        )
        b.add_finding("PELATIHAN_TANPA_TANGGAL", WARNING, message, "pelatihan")
    return tuple(found)
