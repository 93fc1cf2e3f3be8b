"""What one caller was told as one table: an open figure is a known cell, a closed one an unknown, and what adds up binds them.

Nothing here knows a hidden value. A sum is taken for one where every part has an answer and, as far as all are open, it holds;
a part without data is no part.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bench.rahasia.walk import Element, Place, Walk
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.periode import Periode
from hub.rilis.table import Cell, Relation, Table


class Seen(Table):
    """A table of what was seen: a relation with an unknown in it cannot be tried, so it is not."""

    def __init__(self, cells: Iterable[Cell], relations: Iterable[Relation], unknown: frozenset[int]) -> None:
        self._bind(cells, (r for r in relations if unknown.intersection((r.total, *r.parts))))
        self.unknown = unknown


def table_of(heard: Walk) -> tuple[Seen, dict[Place, int]]:
    """The table, and the cell of each place."""
    number = {place: n for n, place in enumerate(sorted(heard.answers))}
    cells = []
    for place in number:
        value = heard.answers[place].value
        small = value is None and _nought_is_shown(heard.elements[place.element].sensitivity, place.region)
        # a choice may be of a higher sensitivity than its element, and then nought is closed too
        cells.append(Cell(value or 0, lowest=int(small and not place.choices)))
    unknown = frozenset(n for place, n in number.items() if heard.answers[place].value is None)
    return Seen(cells, _relations(heard, number), unknown), number


def _nought_is_shown(sensitivity: int, region: str) -> bool:
    """Whether a closed count is known not to be nought, as the hub answers today (`hub_terbuka`): where a level is closed whatever it
    counts, nought is closed too. The released layer will show more (hub/rilis/primary.py)."""
    return sensitivity == 1 or (sensitivity == 2 and kode_wilayah.level_of(region) <= Level.KABUPATEN)


def _relations(heard: Walk, number: Mapping[Place, int]) -> Iterable[Relation]:
    below: dict[Place, list[int]] = defaultdict(list)
    for place, n in number.items():
        above = kode_wilayah.parent_of(place.region)
        if above is not None:
            below[replace(place, region=above)].append(n)
    for place, n in number.items():
        element = heard.elements[place.element]
        if place in below:
            yield Relation(n, tuple(below[place]))
        yield from _of_breakdowns(place, element, number)
        yield from _of_periods(place, element, number)
        yield from _of_versions(place, heard, number)
        # within a kabupaten borders move; its own have not moved where both are told
        whole = replace(place, borders="")
        if place.borders and kode_wilayah.level_of(place.region) <= Level.KABUPATEN and whole in number:
            yield Relation(number[whole], (n,))


def _of_breakdowns(place: Place, element: Element, number: Mapping[Place, int]) -> Iterable[Relation]:
    chosen = {n for n, _ in place.choices}
    for b in element.breakdowns:
        if not b.adds_up or not b.whole or b.name in chosen:
            continue
        parts = [number.get(replace(place, choices=tuple(sorted((*place.choices, (b.name, c)))))) for c in b.choices]
        if all(p is not None for p in parts):
            yield Relation(number[place], tuple(p for p in parts if p is not None))


def _of_periods(place: Place, element: Element, number: Mapping[Place, int]) -> Iterable[Relation]:
    parts = [number.get(replace(place, periode=str(p))) for p in Periode.read(place.periode).parts]
    told = tuple(p for p in parts if p is not None)
    if told and element.flow and len(told) == len(parts):
        yield Relation(number[place], told)


def _of_versions(place: Place, heard: Walk, number: Mapping[Place, int]) -> Iterable[Relation]:
    """A figure of a kabupaten is what it was, while nothing of that kabupaten was approved since. Times are those of approvals."""
    office = place.region[:5]
    if not place.as_of or len(office) < 5:
        return
    now = replace(place, as_of="")
    if now in number and not any(t > place.as_of for t in heard.approved.get(office, ())):
        yield Relation(number[now], (number[place],))
