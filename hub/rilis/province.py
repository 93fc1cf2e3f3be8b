"""Which totals of the province are shown: those beside which, with every version shown before, no kabupaten's count follows.

Each kabupaten says how its own figures must be able to be otherwise (`Need`). Where a total stands open others must be able to be
otherwise the other way, and not one alone: every office knows its own figures. Where they cannot, the totals the need moves
are not shown: a version shown before stays, and what was never shown is hidden.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import gcd

from hub.katalog.formula import Rincian
from hub.rilis.figures import Figure, linked
from hub.rilis.office import Need, Released, Room, Top, enough
from hub.rilis.primary import Thresholds
from hub.rilis.secondary import hide

_ENDLESS = 1 << 60


@dataclass(frozen=True, slots=True)
class Total:
    """A version of a total of the province: the sum of those kabupaten's figures (kabupaten → number of its version)."""

    choices: Rincian
    value: int
    parts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Decision:
    """By choices. `open`: shown now. `small`: hidden for their own sake, or that such a one does not follow. `waiting`: shown
    later, when a kabupaten is no longer told by them. `unprotected`: small totals that somebody can tell, with the office that
    can ("": everybody). `endangered`: kabupaten of which a total that stands open since before now tells a count: its revision
    must not be shown as it is."""

    open: frozenset[Rincian]
    small: frozenset[Rincian]
    waiting: frozenset[Rincian]
    unprotected: frozenset[tuple[Rincian, str]]
    endangered: frozenset[str]


def decide(
    offices: Mapping[str, Released],
    shown: Sequence[Total],
    new: Sequence[Figure],
    thresholds: Thresholds,
) -> Decision:
    """`offices`: kabupaten → its newest release, of one element and period. `shown`: every version of a total that was ever open.
    `new`: figures of the province itself, each the sum of what those of `offices` that have its choices say now."""
    totals = {f.choices: total_of(f, offices) for f in new}
    small, asked = _small(new, thresholds)
    stands = [t for t in shown if totals.get(t.choices) != t]
    shown_already = {t.choices for t in shown if totals.get(t.choices) == t}
    small -= shown_already
    if any(_tellers(_Province(offices, _open(stands, totals, small)), need, "") for need in asked):
        small = set(totals) - shown_already  # nobody carries what would hide some of them: none is shown
    waiting: set[Rincian] = set()
    endangered: set[str] = set()
    while True:
        province = _Province(offices, _open(stands, totals, small | waiting))
        lifted = set(waiting)
        for kab, need in ((k, n) for k, o in sorted(offices.items()) for n in o.needs):
            if not _tellers(province, need, kab):
                continue
            moved = [t for t in province.open if _moved(t, kab, need.vector)]
            fresh = {t.choices for t in moved if t not in shown} | _telling_by_leaving(province, need, kab, shown)
            if not fresh:
                endangered.add(kab)
            lifted |= fresh
        if lifted == waiting:
            break
        waiting = lifted
    return Decision(
        frozenset(totals) - small - waiting,
        frozenset(small),
        frozenset(waiting - small),
        frozenset(_told(province, asked, small)),
        frozenset(endangered),
    )


def total_of(figure: Figure, offices: Mapping[str, Released]) -> Total:
    """The version of a total that those releases make. `figure`: of the province itself."""
    return Total(
        figure.choices, figure.value, {k: o.version for k, o in sorted(offices.items()) if figure.choices in o.choices}
    )


def _open(stands: Iterable[Total], totals: Mapping[Rincian, Total], closed: set[Rincian]) -> list[Total]:
    return [*stands, *(t for c, t in totals.items() if c not in closed)]


def _small(new: Sequence[Figure], thresholds: Thresholds) -> tuple[set[Rincian], list[Need]]:
    """Totals hidden for their own sake with those that keep them so, and what the kabupaten must carry for that. Version −1."""
    tables = linked(new, thresholds, adds_up_over_time=True)
    chosen = hide(tables.table, tables.grid, tables.primary)
    choices = {n: f.choices for n, f in zip(tables.cell, new, strict=True)}
    asked: list[Need] = []
    for proof in chosen.proofs.values():
        for other in enough(tables.table, proof):
            if times := gcd(*other.values()):
                asked.append(Need({(choices[c], -1): n // times for c, n in other.items() if n}, times))
    return {choices[c] for c in chosen.cells if not tables.table.cells[c].fixed}, asked


class _Province:
    """Offices, and the totals that stand open with all their versions."""

    def __init__(self, offices: Mapping[str, Released], opened: Sequence[Total]) -> None:
        self.offices = offices
        self.open = opened
        self._of: dict[Rincian, list[tuple[int, Total]]] = {}
        for i, t in enumerate(opened):
            self._of.setdefault(t.choices, []).append((i, t))

    def signature(self, kab: str, choices: Rincian, versions: Iterable[int]) -> frozenset[int]:
        """Open totals that move when that kabupaten's figure does in those versions: by place in the list."""
        among = set(versions)
        return frozenset(i for i, t in self._of.get(choices, ()) if t.parts.get(kab) in among)


def _told(province: _Province, asked: Iterable[Need], small: set[Rincian]) -> Iterator[tuple[Rincian, str]]:
    """Hidden totals that somebody can tell. A kabupaten whose own count is wide while no open total moves with it makes them wide."""
    free: dict[Rincian, set[str]] = {c: set() for c in small}
    for kab, office in province.offices.items():
        for need in office.needs:
            if not any(_moved(t, kab, need.vector) for t in province.open):
                for c, version in need.vector:
                    if c in free and version == office.version:
                        free[c].add(kab)
    for need in asked:
        tellers = _tellers(province, need, "")
        for teller in ("", *province.offices) if "" in tellers else tellers:
            for c, _ in need.vector:
                if c in free and not free[c] - {teller}:
                    yield c, teller


def _moved(total: Total, kab: str, vector: Mapping[Top, int]) -> int:
    return vector.get((total.choices, total.parts[kab]), 0) if kab in total.parts else 0


def _tellers(province: _Province, need: Need, kab: str) -> list[str]:
    """Offices against which a need is not met; "" among them: everybody. `kab`: whose need; "": the province's own, which others
    carry as it is rather than the other way."""
    if kab and not any(_moved(t, kab, need.vector) for t in province.open):
        return []
    sums = _one_of_each(need.vector)
    if sums is None:
        return [""]
    carried = {c: n if not kab else -n for c, n in sums.items()}
    open_to = {
        c: province.signature(kab, c, {v for chosen, v in need.vector if chosen == c}) if kab else frozenset()
        for c in carried
    }
    fits = cache(partial(_adds_up, carried))  # most offices have the same choices
    shares = {o: _share(province, o, carried, open_to, fits) for o in province.offices if o != kab}
    every = sum(shares.values())
    if every < need.times:
        return [""]
    return [o for o, n in shares.items() if every - n < need.times]


def _telling_by_leaving(province: _Province, need: Need, kab: str, shown: Sequence[Total]) -> set[Rincian]:
    """Totals not shown yet that the need does not move, while it is met without them: the kabupaten is in an earlier version of them
    and no longer in this one, so that what is less is its own."""
    known = [t for t in province.open if t in shown]
    if _tellers(_Province(province.offices, known), need, kab):
        return set()
    choices = {c for c, _ in need.vector}
    return {t.choices for t in province.open if t.choices in choices and t not in known}


def _one_of_each(vector: Mapping[Top, int]) -> dict[Rincian, int] | None:
    """Choices → by how much, where all versions that move do so alike."""
    found: dict[Rincian, int] = {}
    for (choices, _), n in vector.items():
        if found.setdefault(choices, n) != n:
            return None
    return found


def _share(
    province: _Province,
    kab: str,
    carried: Mapping[Rincian, int],
    open_to: Mapping[Rincian, frozenset[int]],
    fits: Callable[[frozenset[Rincian]], bool],
) -> int:
    """How often that kabupaten can make its own figures otherwise by that, without any open total but those being so. `fits`:
    choices of an office → whether its sums over them still hold."""
    office = province.offices[kab]
    rooms = [(c, n, office.room[c]) for c, n in carried.items() if c in office.room]
    if len(rooms) < len(carried) or len({r.versions for _, _, r in rooms}) > 1:
        return 0
    if any(province.signature(kab, c, r.versions) != open_to[c] for c, _, r in rooms):
        return 0
    if not fits(office.choices):
        return 0
    return min(_times(rooms), default=_ENDLESS)


def _times(rooms: Iterable[tuple[Rincian, int, Room]]) -> Iterator[int]:
    for _, n, room in rooms:
        if n < 0:
            yield room.down // -n


def _adds_up(vector: Mapping[Rincian, int], choices: Iterable[Rincian]) -> bool:
    """Whether each sum over the choices of a breakdown still holds, where the kabupaten has that sum."""
    parts: dict[tuple[Rincian, str], int] = {}
    for chosen, n in vector.items():
        for name, _ in chosen:
            above = tuple(c for c in chosen if c[0] != name)
            parts[above, name] = parts.get((above, name), 0) + n
    names = {(total, name) for total, name in parts}
    for chosen in choices:
        for name, _ in chosen:
            names.add((tuple(c for c in chosen if c[0] != name), name))
    have = set(choices)
    return all(vector.get(total, 0) == parts.get((total, name), 0) for total, name in names if total in have)
