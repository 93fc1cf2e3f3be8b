"""Words that stand where a figure would: "-", "nihil", "tidak ada data". Pure.

"Nihil" is a report of nought. A dash is not: offices write it for nought and for what they do not know alike, and what is missing is
never made a nought; whoever meant one is told to write 0.
"""

import re
from dataclasses import dataclass

NO_DATA, NOT_DONE, NOT_APPLICABLE = EMPTY_STATUSES = ("TIDAK_ADA_DATA", "TIDAK_DILAKSANAKAN", "TIDAK_BERLAKU")
NOUGHT = "NOL"

_DASHES = re.compile(r"(?:rp\.?)?\s*[-–—_=]{1,5}\s*", re.IGNORECASE)
_DOTS = re.compile(r"[.…?]{1,6}")
_WORDS = {
    NOUGHT: "nihil|nol",
    NO_DATA: "kosong|tidak ada|tdk ada|tidakada|belum ada|blm ada|belum ada data|tidak ada data|tidak ada datanya|data tidak ada|tidak tersedia|"
    "belum tersedia|data belum ada|data tidak tersedia|n a|na|tad|ttd|td|belum|belum masuk|belum melapor|tidak melapor|tidak diketahui",
    NOT_DONE: "tidak dilaksanakan|tidak terlaksana|belum dilaksanakan|tidak ada kegiatan|tidak jadi dilaksanakan",
    NOT_APPLICABLE: "tidak berlaku|tidak relevan",
}
_MEANT = {word: status for status, words in _WORDS.items() for word in words.split("|")}


@dataclass(frozen=True, slots=True)
class WrittenWord:
    """`status`: what is recorded, "NOL" for nought; `plain`: it says so itself, so that nobody has to be told how it was read."""

    status: str
    plain: bool


def read_word(text: str) -> WrittenWord | None:
    """What a text that is no number says; None where it is none of these."""
    if _DASHES.fullmatch(text) or _DOTS.fullmatch(text):
        return WrittenWord(NO_DATA, plain=False)
    key = " ".join("".join(h if h.isalpha() else " " for h in text.casefold()).split())
    status = _MEANT.get(key) if not any(h.isdigit() for h in text) else None
    return None if status is None else WrittenWord(status, plain=key == status.casefold().replace("_", " "))
