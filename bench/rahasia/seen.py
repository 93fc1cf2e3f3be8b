"""What one caller was told as one table: an open figure is a known cell, a closed one an unknown, and what adds up binds them.

Nothing here knows a hidden value. A sum is taken for one where every part has an answer and, as far as all are open, it holds;
a part without data is no part.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bench.rahasia.walk import Element, Place, Walk
from hub.base import kode as kode_wilayah
from hub.base.periode import Periode
from hub.rilis.primary import nought_is_open
from hub.rilis.table import Around, Cell, Relation, Table


class Seen(Table):
    """A table of what was seen: a relation with an unknown in it cannot be tried, so it is not."""

    def __init__(self, cells: Iterable[Cell], relations: Iterable[Relation], unknown: frozenset[int]) -> None:
        self.cells = tuple(cells)
        self.relations = tuple(r for r in relations if unknown.intersection((r.total, *r.parts)))
        below: list[list[int]] = [[] for _ in self.cells]
        above: list[list[int]] = [[] for _ in self.cells]
        for i, r in enumerate(self.relations):
            below[r.total].append(i)
            for p in r.parts:
                above[p].append(i)
        self.around = tuple(Around(tuple(b), tuple(a)) for b, a in zip(below, above, strict=True))
        self.unknown = unknown


def table_of(heard: Walk) -> tuple[Seen, dict[Place, int]]:
    """The table, and the cell of each place."""
    number = {place: n for n, place in enumerate(sorted(heard.answers))}
    cells = []
    for place in number:
        value = heard.answers[place].value
        level = kode_wilayah.level_of(place.region)
        small = value is None and nought_is_open(heard.elements[place.element].sensitivity, level)
        # a choice may be of a higher sensitivity than its element, and then nought is closed too
        cells.append(Cell(value or 0, lowest=int(small and not place.choices)))
    unknown = frozenset(n for place, n in number.items() if heard.answers[place].value is None)
    return Seen(cells, _relations(heard, number), unknown), number


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
        whole = replace(
            place, borders=""
        )  # within a kabupaten borders move; its own have not moved where both are told
        if place.borders and kode_wilayah.level_of(place.region) <= kode_wilayah.Level.KABUPATEN and whole in number:
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
