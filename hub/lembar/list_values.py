"""What a cell of a list may say in any kind of list: yes or no, one of a few words, a day, active or not. Pure. A cell that
cannot be read leaves a finding with its place."""

from collections.abc import Mapping
from datetime import date

from rapidfuzz import process

from hub.base.dates import read_start
from hub.base.temuan import ERROR, WARNING
from hub.lembar.written_row import WrittenRow

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
