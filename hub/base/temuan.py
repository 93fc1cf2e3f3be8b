"""Findings: what is wrong or worth a look in a rekap, where, and what to do about it."""

from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from decimal import Decimal

from hub.base import temuan_codes
from hub.base.temuan_codes.entry import ERROR as ERROR
from hub.base.temuan_codes.entry import INFO as INFO
from hub.base.temuan_codes.entry import WARNING as WARNING

_GRAVITY = {ERROR: 0, WARNING: 1, INFO: 2}


@dataclass(frozen=True, slots=True)
class Location:
    """Where in the input: `indeks` 0-based in the list of single figures; or table/sheet, row (1-based), column."""

    indeks: int | None = None
    lembar: str | None = None
    baris: int | None = None
    kolom: str | None = None


@dataclass(frozen=True, slots=True)
class Temuan:
    """`kode`: stable name of the check, registered in hub.base.temuan_codes with this level (else ValueError); `pesan`:
    plain Indonesian; `usulan`: what to write instead, if known."""

    kode: str
    tingkat: str
    pesan: str
    _: KW_ONLY
    wilayah: str | None = None
    elemen: str | None = None
    nilai: str | None = None
    usulan: str | None = None
    lokasi: tuple[Location, ...] = ()

    def __post_init__(self) -> None:
        temuan_codes.check(self.kode, self.tingkat)


class TemuanFromData(Temuan):
    """A finding whose code is data and not ours to judge: of a rule of the catalogue, or kept by an earlier hub, whose
    codes may be gone by now."""

    __slots__ = ()

    def __post_init__(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was written; the findings say why."""

    temuan: tuple[Temuan, ...]


def has_error(temuan: Iterable[Temuan]) -> bool:
    return any(t.tingkat == ERROR for t in temuan)


def by_gravity(temuan: Iterable[Temuan]) -> tuple[Temuan, ...]:
    """The gravest first, else in their order."""
    return tuple(sorted(temuan, key=lambda t: _GRAVITY[t.tingkat]))


def folded(temuan: Iterable[Temuan], least: int = 4) -> list[Temuan]:
    """Many notes of one kind about one element become one note that names the first and points to all the places.
    Errors are never folded: each needs its own repair."""
    groups: dict[object, list[Temuan]] = {}
    for t in temuan:
        key = (t.kode, t.elemen) if t.tingkat != ERROR and t.elemen and t.lokasi else id(t)
        groups.setdefault(key, []).append(t)
    notes: list[Temuan] = []
    for alike in groups.values():
        if len(alike) < least:
            notes += alike
            continue
        locations = tuple(x for t in alike for x in t.lokasi)
        message = f"{alike[0].pesan} ({len(alike)} sel serupa){_also(alike)}"
        notes.append(replace(alike[0], pesan=message, wilayah=None, lokasi=locations))
    return notes


def _also(alike: Sequence[Temuan], most: int = 10) -> str:
    """The regions that a folded note is of, beside its first."""
    others = list(dict.fromkeys(t.wilayah for t in alike if t.wilayah not in (None, alike[0].wilayah)))
    if not others:
        return ""
    more = f" dan {len(others) - most} wilayah lain" if len(others) > most else ""
    return f" Juga: {', '.join(str(w) for w in others[:most])}{more}."


def display(angka: object) -> str:
    """A number the way readers of Indonesian expect it: 12157475000 → "12.157.475.000", 51.96 → "51,96"."""
    whole, _, places = f"{Decimal(str(angka)):,f}".partition(".")  # not normalize(): it rounds to 28 digits
    text = f"{whole}.{places}" if (places := places.rstrip("0")) else whole
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")
