"""How many rows a list is expected to have, where its arguments decide that: elements × periods × regions.

Arguments are as they were sent, so they may hold anything; what is wrong with them is refused where they are used.
"""

from math import prod
from typing import Any

from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from schema.engine.expectation import Arguments, Count, expects

# Indonesia 2025: 38 provinces, 514 kabupaten, 7.285 kecamatan, 83.762 desa; so many parts has one of the level above
PROVINCES = 38
PARTS = {Level.KABUPATEN: 15, Level.KECAMATAN: 15, Level.DESA: 12}
FORMS = 13  # F01 to F13

FINDINGS = expects(rows=20)  # of one submission

_MOST = 1_000  # values of a list argument among which equal ones are looked for; one that is answered has 200 at most


def times(*counts: Count) -> Count:
    """Their product."""
    return lambda a: prod(count(a) for count in counts)


def named(argument: str, otherwise: int = 0) -> Count:
    """How many a list argument names, each once; `otherwise`: where it is null."""
    return lambda a: otherwise if a.get(argument) is None else _number_of(a[argument])


def length(argument: str, otherwise: int) -> Count:
    """How long a list argument is; `otherwise`: where it is no list."""
    return lambda a: len(a[argument]) if isinstance(a.get(argument), list) else otherwise


def at_most(argument: str, otherwise: int) -> Count:
    """As many as it says; `otherwise`: where it says no number."""

    def count(a: Arguments) -> int:
        said = a.get(argument)
        return max(0, int(said)) if isinstance(said, int) else otherwise

    return count


def regions(level: str | None = None, within: str | None = None) -> Count:
    """Regions of that level, without it of the one asked for, within a region, without it the one asked for."""

    def count(a: Arguments) -> int:
        try:
            here = kode_wilayah.level_of(kode_wilayah.dotted(a["wilayah"] if within is None else within))
            there = Level[a.get("tingkat") if level is None else level]  # type: ignore[misc]
        except (KeyError, ValueError, TypeError, AttributeError):
            return 1
        return prod(PARTS[t] for t in Level if here < t <= there)

    return count


def offices(a: Arguments) -> int:
    """Offices that report of the region asked for: its kabupaten, and a province itself."""
    kabupaten = _KABUPATEN(a)
    return kabupaten + 1 if kabupaten > 1 else kabupaten


def breakdowns(a: Arguments) -> int:
    """A breakdown has two to six choices."""
    return int(4 ** min(3, _number_of(a.get("rincian"))))


def neighbours(a: Arguments) -> int:
    """Networks within so many links: each has some eight neighbours."""
    steps = a.get("langkah")
    return int(8 ** min(3, steps)) if isinstance(steps, int) and steps >= 0 else 64


def first_or(everything: Count) -> Count:
    """As many as `first` says, else all."""

    def count(a: Arguments) -> int:
        first = a.get("first")
        return first if isinstance(first, int) and first >= 0 else everything(a)

    return count


def coverage(a: Arguments) -> int:
    """Units of working out a coverage: it looks at every desa of the region, at worst at its boundary, which takes as long as
    reading some twenty values of each."""
    return 20 * _DESA(a)


_DESA = regions("DESA")
_KABUPATEN = regions("KABUPATEN")


def _number_of(sent: Any) -> int:
    """One value counts as a list of it, as GraphQL has it. It is counted for every field that uses it, so not at any length."""
    if not isinstance(sent, list):
        return 0 if sent is None else 1
    return len(sent) if len(sent) > _MOST else len(set(map(_comparable, sent)))


def _comparable(value: Any) -> object:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) else type(value)  # lists and objects fit nowhere
