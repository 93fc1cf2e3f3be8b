"""Two statements of one row about which region is meant, a code and the name beside it, held against each other."""

from collections.abc import Collection, Mapping, Sequence
from enum import Enum

from rapidfuzz import fuzz

from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.region_names import name_key, official_name, without_prefix

_ALIKE = 60.0  # 0-100; two spellings of one name are rarely less alike


class Fit(Enum):
    """How a name fits the code it stands beside."""

    FITS = "FITS"
    UNLIKE = "UNLIKE"  # neither a spelling of the region's name nor the name of another
    OTHER = "OTHER"  # the name of another region


class NamesBesideCodes:
    """Of all regions of one day. `names`: code → name; `spellings`: code → other and former names."""

    def __init__(self, names: Mapping[str, str], spellings: Mapping[str, Sequence[str]]) -> None:
        self._names = names
        self._spellings = spellings
        self._bearers: dict[tuple[int, str], set[str]] = {}
        for kode, name in names.items():
            self._bearers.setdefault((kode_wilayah.level_of(kode), name_key(name)), set()).add(kode)

    def compare(self, kode: str, written: str) -> tuple[Fit, str]:
        """How the name fits the code of a region in force; with OTHER the code of the region that bears it.

        Names of kabupaten and provinces are one region's in the whole country, those of kecamatan and desa at most in one kabupaten;
        a name that is also much like the region's own only among its neighbours. A name without a letter says nothing.
        """
        level = kode_wilayah.level_of(kode)
        keys = {name_key(n) for n in (written, without_prefix(written), official_name(written, int(level)))} - {""}
        own = {name_key(n) for n in _with_bare_kota((self._names[kode], *self._spellings.get(kode, ())))}
        if not any(h.isalpha() for h in written) or keys & own:
            return Fit.FITS, kode
        others = {k for key in keys for k in self._bearers.get((level, key), ())}
        if level > Level.KABUPATEN:
            others = {k for k in others if k[:5] == kode[:5]}
        alike = max(fuzz.ratio(a, b) for a in keys for b in own) >= _ALIKE
        if alike:
            others = {k for k in others if kode_wilayah.parent_of(k) == kode_wilayah.parent_of(kode)}
        if others and not self._names_a_part(kode, keys):
            return Fit.OTHER, min(others)
        return (Fit.FITS if alike else Fit.UNLIKE), kode

    def _names_a_part(self, kode: str, keys: Collection[str]) -> bool:
        """Whether it is the name of a region below the code: a row that speaks of that, under the code of the whole."""
        levels = range(kode_wilayah.level_of(kode) + 1, Level.DESA + 1)
        return any(
            kode_wilayah.is_within(k, kode) for level in levels for n in keys for k in self._bearers.get((level, n), ())
        )


def _with_bare_kota(names: Sequence[str]) -> list[str]:
    """A kota is also written without that word."""
    return [*names, *(n[5:] for n in names if n.startswith("Kota "))]
