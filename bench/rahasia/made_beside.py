"""Offices that send a longer period by itself beside what it is made of: a quarter beside its months, half a year beside its
quarters. They count the same people in both."""

from collections.abc import Iterable

from hub.base.periode import Periode

Choices = tuple[tuple[str, str], ...]
Values = dict[tuple[str, str, Choices], int]
"""(region, element, choices) → count, at the finest that is reported."""


def longer(parts: Iterable[tuple[str, Values]], flows: frozenset[str]) -> Values:
    """(period, its figures) → those of the period they make up: of `flows` the sum, of what is counted once the newest."""
    in_order = sorted(parts, key=lambda p: Periode.read(p[0]).last_day)
    values: Values = {}
    for _, own in in_order:
        for key, n in own.items():
            if key[1] in flows:
                values[key] = values.get(key, 0) + n
    return values | {k: n for k, n in in_order[-1][1].items() if k[1] not in flows}
