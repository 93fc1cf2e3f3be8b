"""Figures made for tests: a kabupaten's rekap of an element with all its sums, as small and as full of gaps as real ones."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from hub.base import kode as kode_wilayah
from hub.base.periode import Periode
from hub.rilis.figures import Figure

Choices = tuple[tuple[str, str], ...]


def regions(kabupaten: str, kecamatan: int, desa: int, chance: random.Random) -> list[str]:
    """Desa of one kabupaten: up to so many in each of so many kecamatan."""
    return [
        f"{kabupaten}.{k:02d}.{2000 + d}"
        for k in range(1, kecamatan + 1)
        for d in range(1, chance.randint(max(1, desa // 2), desa) + 1)
    ]


def figures(
    chance: random.Random,
    reported: Sequence[str],
    breakdowns: Mapping[str, Sequence[str]],
    periods: Sequence[str] = ("2025",),
    sensitivity: int = 1,
    gaps: float = 0.1,
) -> list[Figure]:
    """`reported`: the regions that report. Every combination of breakdowns is there, every level up to the kabupaten, and the
    year where its parts are."""
    counts: dict[tuple[str, Choices, str], int] = {}
    whole = [tuple(zip(breakdowns, c, strict=True)) for c in product(*breakdowns.values())]
    for region, periode in product(reported, periods):
        if chance.random() < gaps:
            continue
        for choices in whole:
            counts[region, choices, periode] = chance.choice(
                (0, 0, chance.randint(0, 4), chance.randint(0, 12), chance.randint(0, 90))
            )
    for (region, choices, periode), n in list(counts.items()):
        above = kode_wilayah.parent_of(region)
        while above is not None and above.count(".") >= 1:
            counts[above, choices, periode] = counts.get((above, choices, periode), 0) + n
            above = kode_wilayah.parent_of(above)
    for (region, choices, periode), n in list(counts.items()):
        for kept in product(*((True, False) for _ in choices)):
            if not all(kept):
                key = region, tuple(c for c, k in zip(choices, kept, strict=True) if k), periode
                counts[key] = counts.get(key, 0) + n
    for (region, choices, periode), n in list(counts.items()):
        for longer in Periode.read(periode).ancestors:
            key = region, choices, str(longer)
            counts[key] = counts.get(key, 0) + n
    return [Figure(region, tuple(sorted(c)), periode, n, sensitivity) for (region, c, periode), n in counts.items()]


def revised(chance: random.Random, shown: Sequence[Figure], share: float) -> list[Figure]:
    """Some counts of desa are otherwise, and with them everything they are part of. `shown`: of one breakdown at most."""
    change: dict[tuple[str, str], int] = {}
    for f in shown:
        if f.region.count(".") == 3 and f.choices and chance.random() < share:
            n = chance.choice((0, 3, f.value * 10, chance.randint(0, 40))) - f.value
            region: str | None = f.region
            while region is not None:
                for choices in (str(f.choices), "()"):
                    change[region, choices] = change.get((region, choices), 0) + n
                region = kode_wilayah.parent_of(region)
    return [replace(f, value=f.value + change.get((f.region, str(f.choices)), 0)) for f in shown]
