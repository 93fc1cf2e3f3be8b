"""What one caller was told as one table: an open figure is a known cell, a closed one an unknown, and what adds up binds them.

Each version of a figure is a cell of its own: what stood before a revision and what stands after it. Nothing here knows a hidden
value. A part without data is no part.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bench.rahasia.claims import Stated, reckon_with
from bench.rahasia.heard import Answer, Claim, Element, Place, Walk
from bench.rahasia.versions import Version, Versions
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.periode import Periode
from hub.katalog.formula import Rincian
from hub.rilis.primary import nought_is_open
from hub.rilis.table import Cell, Relation


@dataclass(frozen=True, slots=True)
class Spot:
    """What a cell is. `version`: of an office what its figures were made of; of a province which versions of its kabupaten are added up;
    of a province's longer period when it was seen. `periode`: where a longer period is its newest part, that part."""

    element: str
    periode: str
    region: str
    choices: Rincian
    version: Any

    def __str__(self) -> str:
        told = " ".join(f"{n}:{c}" for n, c in self.choices)
        return f"{self.element} {self.periode} {self.region} {told} [{self.version}]"


class Attack:
    """`table`: what follows from what; `number`: the cell of each spot; `spot`: of each place asked of; `made_of`: what a province's
    longer period is the sum of; `differ`: of which two numbers are told, one after another, though nothing was approved between;
    `unexplained`: answers about several places that do not follow from what was told of each."""

    def __init__(self, heard: Walk, versions: Versions) -> None:
        self._heard = heard
        self._versions = versions
        self.spot: dict[Place, Spot] = {}
        self.differ: list[Spot] = []
        self.made_of: dict[int, tuple[int, ...]] = {}
        self._kept: dict[Place, list[str]] = defaultdict(list)
        answers: dict[Spot, Answer] = {}
        # the first who was told is right: what an office sees of its own may be newer than what everybody sees
        for place, answer in sorted(heard.answers.items(), key=lambda a: (not a[0].as_of, a[0].as_of)):
            spot = self._spot(place, answer)
            self.spot[place] = spot
            self._kept[replace(place, as_of="")].append(place.as_of)
            before = answers.get(spot)
            if before is None or (before.value is None and answer.value is not None):
                answers[spot] = answer
            elif None not in (before.value, answer.value) and before.value != answer.value:
                self.differ.append(spot)
        self.number = {spot: n for n, spot in enumerate(answers)}
        self._answers = answers
        self._spots = tuple(answers)
        self._pages = {replace(s, choices=()) for s in answers}
        self._telling = _telling(answers)
        unknown = frozenset(n for n, a in enumerate(answers.values()) if a.value is None)
        cells = [
            Cell(a.value or 0, lowest=int(a.value is None and self._nought_is_shown(s))) for s, a in answers.items()
        ]
        relations = tuple(dict.fromkeys(self._relations()))
        self.table, self.unexplained = reckon_with(cells, relations, unknown, self._claims(heard.claims))

    def counted(self, spot: Spot) -> Spot:
        """Of money whom it was paid to; it is paid in one stage, and all who are paid get the same."""
        element = self._element(spot)
        return replace(spot, element=element.counts, choices=()) if element.counts else spot

    def _claims(self, claims: Iterable[Claim]) -> Iterator[Stated]:
        for c in claims:
            told = [self._heard.answers[p].value for p in c.parts if p in self.spot]
            if None not in told and sum(n for n in told if n is not None) == c.value - c.known:
                continue  # by the same caller, of the same time: also where everybody else still sees what stood before
            parts = tuple(dict.fromkeys(self.number[self.spot[p]] for p in c.parts if p in self.spot))
            yield Stated(c.question, c.value - c.known, parts)

    def is_of(self, n: int, own: str) -> bool:
        """Whether a cell tells of nothing but that kabupaten. Where another has openly nobody, it tells of nobody else."""
        spot = self._spots[n]
        if spot.version[:1] == ("seen",):
            return n in self.made_of and all(self.is_of(p, own) for p in self.made_of[n])
        if len(spot.region) > 2:
            return kode_wilayah.is_within(spot.region, own)
        others = (self.number.get(replace(spot, region=kab, version=v)) for kab, v in spot.version if kab != own)
        return all(n is not None and n not in self.table.unknown and not self.table.cells[n].value for n in others)

    def _nought_is_shown(self, spot: Spot) -> bool:
        """Whether a closed count is known not to be nought. A total of a province waits whatever it counts. A choice of a breakdown that
        has kinds of its own may be of a higher sensitivity than its element, and then nought is closed too. So it is where a whole
        period is closed for the sake of a longer or shorter one."""
        if len(spot.region) == 2 or self._element(spot).counts or any(n.startswith("jenis_") for n, _ in spot.choices):
            return False
        told = self._telling.get((spot.element, spot.region[:5]), frozenset())
        if any(part not in told and _is_beside(part[0], (p for p, _ in told)) for part in spot.version):
            return False
        return nought_is_open(self._element(spot).sensitivity, kode_wilayah.level_of(spot.region))

    def _element(self, spot: Spot | Place) -> Element:
        return self._heard.elements[spot.element]

    def _spot(self, place: Place, answer: Answer) -> Spot:
        flow = self._element(place).flow
        counted = self._element(place).counts or place.element
        if len(place.region) > 2:
            version = self._versions.of_office(place.region[:5], counted, place.periode, place.as_of, flow=flow)
            # where there is one part only, the longer period says what it says
            periode = version[0][0] if len(version) == 1 else place.periode
            return Spot(place.element, periode, place.region, place.choices, version)
        at = self._stands_since(place, answer) or place.as_of
        parts = self._versions.of_province(place.region, counted, place.periode, at, flow=flow)
        own = {p for _, v in parts for p, _ in v} == {place.periode}
        return Spot(
            place.element,
            place.periode,
            place.region,
            place.choices,
            parts if own else ("seen", place.as_of),
        )

    def _stands_since(self, place: Place, answer: Answer) -> str:
        """Empty: not known, or it is closed, and then what it would count is asked of."""
        return "" if answer.value is None else answer.since

    def _relations(self) -> Iterable[Relation]:
        below: dict[Spot, list[int]] = defaultdict(list)
        for spot, n in self.number.items():
            # where nothing is reported, all is answered as closed; so it is below kabupaten of what is most sensitive
            element = self._element(spot)
            # of a longer period only regions of its end are listed; what each of its parts says binds it
            of_one = len(spot.version) < 2
            if (
                of_one
                and Level.KABUPATEN < kode_wilayah.level_of(spot.region) <= element.finest
                and element.sensitivity < 3
            ):
                below[replace(spot, region=str(kode_wilayah.parent_of(spot.region)))].append(n)
        for spot, n in self.number.items():
            if spot in below:
                yield Relation(n, tuple(below[spot]))
            yield from self._of_breakdowns(spot)
            paid = self.number.get(self.counted(spot))
            # over longer periods money adds up, and whom it is paid to does not
            if paid is not None and paid != n and spot.version[:1] != ("seen",):
                yield Relation(n, (paid,))
            if len(spot.region) > 2:
                yield from self._of_parts(spot)
            elif spot.version[:1] != ("seen",):
                yield from self._of_kabupaten(spot)
        for place, spot in self.spot.items():
            if spot.version[:1] == ("seen",):
                yield from self._of_longer(place, spot)

    def _of_breakdowns(self, spot: Spot) -> Iterable[Relation]:
        if spot.version[:1] == ("seen",):  # each of them may be of another time; what they are made of binds them
            return
        chosen = {n for n, _ in spot.choices}
        for b in self._element(spot).breakdowns:
            if not b.adds_up or not b.whole or b.name in chosen:
                continue
            parts = (
                self.number.get(replace(spot, choices=tuple(sorted((*spot.choices, (b.name, c)))))) for c in b.choices
            )
            told = tuple(p for p in parts if p is not None)
            if told and len(told) == len(b.choices):
                yield Relation(self.number[spot], told)

    def _of_parts(self, spot: Spot) -> Iterable[Relation]:
        """A longer period of an office is the sum of its parts; of those that are stocks the spot is that of the part. One that is told
        by itself counts whom they count, for who knows that."""
        version: Version = spot.version
        if self._heard.alike and len(version) == 1:
            counted = self.counted(spot).element
            finer = self._versions.beside(spot.region[:5], counted, spot.periode)
            version = finer if self._element(spot).flow else finer[-1:]
            if version:
                yield from self._sum(spot, [replace(spot, periode=p, version=((p, n),)) for p, n in version])
        elif len(version) > 1:
            yield from self._sum(spot, [replace(spot, periode=p, version=((p, n),)) for p, n in version])

    def _of_kabupaten(self, spot: Spot) -> Iterable[Relation]:
        yield from self._sum(spot, [replace(spot, region=kab, version=v) for kab, v in spot.version])

    def _sum(self, spot: Spot, parts: Iterable[Spot]) -> Iterable[Relation]:
        """A part of which nothing is told is none, where pages of that version were kept at all."""
        told = []
        for part in parts:
            if part in self.number:
                told.append(self.number[part])
            elif replace(part, choices=()) not in self._pages:
                return
        if told:
            yield Relation(self.number[spot], tuple(told))

    def _of_longer(self, place: Place, spot: Spot) -> Iterable[Relation]:
        """A longer period of a province follows from what was seen of its parts at that time."""
        told = tuple(self.number[s] for s in self._longer_parts(place))
        if told:
            self.made_of[self.number[spot]] = told
            yield Relation(self.number[spot], told)

    def _longer_parts(self, asked: Place) -> list[Spot]:
        """What a province's longer period is the sum of; nothing where that is not known."""
        place = asked
        flow = self._element(place).flow
        since = self._stands_since(place, self._heard.answers[place])
        if (
            since
        ):  # it may be older than what it is made of is now: the first page that showed it tells what it was made of
            kept = [t for t in self._kept[replace(place, as_of="")] if t and since <= t]
            place = replace(place, as_of=min(kept, default=""))
        counted = self._element(place).counts or place.element
        parts = self._versions.of_province(place.region, counted, place.periode, place.as_of, flow=flow)
        periods = sorted({p for _, v in parts for p, _ in v})
        found = [self._seen(replace(place, region=kab)) for kab, _ in parts]
        if any(Periode.read(q) in Periode.read(p).ancestors for p in periods for q in periods):
            flow, periods = False, []  # some tell it by itself, others by parts: no period counts all of them
        # each kabupaten by its own newest part, or a total that is not made yet: what is seen of them is added up
        if (flow or len(periods) == 1) and not self._add_up(found, self._heard.answers[asked].value):
            found = [self._seen(replace(place, periode=p)) for p in periods]
        return [] if None in found else [s for s in found if s is not None]

    def _add_up(self, spots: Iterable[Spot | None], value: int | None) -> bool:
        told = [None if s is None else self._answers[s].value for s in spots]
        return value is not None and None not in told and sum(n for n in told if n is not None) == value

    def _seen(self, place: Place) -> Spot | None:
        """What was seen there at that time, or the last time before."""
        times = self._kept.get(replace(place, as_of=""), ())
        before = [t for t in times if not place.as_of or (t and t <= place.as_of)]
        if not before:
            return None
        return self.spot[replace(place, as_of="" if "" in before else max(before))]


def _telling(answers: Mapping[Spot, Answer]) -> Mapping[tuple[str, str], frozenset[tuple[str, int]]]:
    """Element and office → versions of its periods in which anything is open."""
    found: dict[tuple[str, str], set[tuple[str, int]]] = defaultdict(set)
    for s, a in answers.items():
        if a.value is not None and len(s.region) > 2 and len(s.version) == 1:
            found[s.element, s.region[:5]].add(s.version[0])
    return {k: frozenset(v) for k, v in found.items()}


def _is_beside(periode: str, others: Iterable[str]) -> bool:
    own = Periode.read(periode)
    return any((o := Periode.read(p)) in own.ancestors or own in o.ancestors for p in others)
