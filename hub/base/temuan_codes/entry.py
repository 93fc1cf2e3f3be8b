"""What is said of a finding code, once and for every finding that bears it."""

from dataclasses import dataclass

ERROR = "GALAT"
WARNING = "PERINGATAN"
INFO = "INFO"


@dataclass(frozen=True, slots=True)
class FindingCode:
    """`levels`: the levels it may have, the gravest first; `meaning`: what is the matter; `remedy`: what to do about it,
    both one Indonesian sentence, for officers and for authors of programs."""

    kode: str
    levels: tuple[str, ...]
    meaning: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Codes of one subject under its Indonesian heading."""

    title: str
    kode: tuple[FindingCode, ...]


def error(kode: str, meaning: str, remedy: str) -> FindingCode:
    return FindingCode(kode, (ERROR,), meaning, remedy)


def warning(kode: str, meaning: str, remedy: str) -> FindingCode:
    return FindingCode(kode, (WARNING,), meaning, remedy)


def info(kode: str, meaning: str, remedy: str) -> FindingCode:
    return FindingCode(kode, (INFO,), meaning, remedy)
