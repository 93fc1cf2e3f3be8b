"""Names of regions that are spelled nearly alike: which of them a misspelled one may be, and which it is never. Pure."""

import re
from collections.abc import Iterable

from hub.base import kode as kode_wilayah
from hub.base.region_names import name_key

SHORTEST = 5  # letters and digits; shorter names differ in every letter
MARGIN = 1  # letters: what is no further off than this behind the nearest may be meant as well
_LONG = 9  # letters up to which one may be wrong, beyond them two
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_ROMAN = re.compile(r"[ivx]{1,5}")
_LABEL = re.compile(r"\s*(?P<kode>\d{2}(?:\.\d{2}){0,2}(?:\.\d{4})?)\s*[-:/]?\s+(?P<nama>\S.*)", re.ASCII | re.DOTALL)


def tolerance(key: str) -> int:
    """How many letters of a name, as `name_key` has it, may be wrong."""
    return 2 if len(key) > _LONG else 1


def marks(name: str) -> tuple[str, ...]:
    """What tells names apart that are else the same: numbers, Roman ones, single letters. "Ilir 1" → ("1",), "Blok B II" →
    ("b", "ii")."""
    words = _WORDS.findall(_APOSTROPHES.sub("", name.casefold()))
    return tuple(w.lstrip("0") or "0" if w.isdecimal() else w for w in words if _is_mark(w))


def _is_mark(word: str) -> bool:
    return word.isdecimal() or len(word) == 1 or _ROMAN.fullmatch(word) is not None


def nearest(distances: Iterable[tuple[str, int]], limit: int) -> list[str]:
    """Codes of the regions that may be meant, the nearest first: (code, letters that differ). More than one where another is nearly as
    near; none where the nearest is further off than `limit`."""
    of: dict[str, int] = {}
    for kode, distance in distances:
        of[kode] = min(distance, of.get(kode, distance))
    closest = min(of.values(), default=limit + 1)
    if closest > limit:
        return []
    return sorted((k for k, d in of.items() if d <= closest + MARGIN), key=lambda k: (of[k], k))


def label_parts(text: str) -> tuple[str, str] | None:
    """A region as the hub proposes it: "53.14.01.2005 Oeseli" → its code and its name; None for anything else."""
    match = _LABEL.fullmatch(text)
    if match is None or not kode_wilayah.is_valid(match["kode"]) or not name_key(match["nama"]):
        return None
    return match["kode"], match["nama"].strip()
