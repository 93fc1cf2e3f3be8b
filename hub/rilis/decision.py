"""What is to be shown of one element of an office, beside what was shown of it before. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hub.base.public_id import RekapKey
from hub.katalog.formula import Rincian
from hub.rilis.figures import Figure
from hub.rilis.office import Beside, Released, release
from hub.rilis.primary import Thresholds
from hub.rilis.shown_rows import RawRow, countable, figures
from hub.rilis.stored import HIDDEN, StoredRelease, choices_of, shown, to_store

Spot = tuple[str, Rincian]
"""Region, choices."""


@dataclass(frozen=True, slots=True)
class Before:
    """What an element's release stands beside. `versions`: of this period, oldest first; `forced`: hidden in a period beside it;
    `alone`: one beside it is shown, so this one is not."""

    versions: Sequence[StoredRelease]
    forced: frozenset[Spot]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """`fresh`: a version to keep, None where nothing changed. `waits`: it is not shown; what was shown stays. `alone`: all of it is
    hidden for the sake of a period beside it."""

    hidden: frozenset[Spot]
    fresh: StoredRelease | None = None
    waits: bool = False
    alone: bool = False


def tells(version: StoredRelease) -> bool:
    """Whether anything of it was open."""
    return any(hidden != HIDDEN for *_, hidden in version.isi)


def _places_of(version: StoredRelease) -> set[Spot]:
    return {(region, choices_of(choices)) for region, choices, *_ in version.isi}


def hidden_places(version: StoredRelease) -> set[Spot]:
    """As it was decided; what a catalogue closed since is not among them."""
    return {(region, choices_of(choices)) for region, choices, _, _, hidden in version.isi if hidden == HIDDEN}


def decide_element(
    key: RekapKey, rows: Sequence[RawRow], before: Before, thresholds: Thresholds, *, once: bool
) -> Decided:
    if not countable(rows):  # no counts of people: nothing can be said of what would follow
        return Decided(frozenset((r.region, r.choices) for r in rows if r.nilai is not None))
    now = figures(rows, key.periode)
    newest = before.versions[-1] if before.versions else None
    every = [(f.region, f.choices) for f in now] if before.alone else before.forced
    if newest is not None and not once and _same(newest, now, every):
        return Decided(frozenset(hidden_places(newest)), alone=before.alone)
    if not now and newest is None:
        return Decided(frozenset())
    # what a catalogue closed since is as if it had never been shown; but whoever kept a page of then must not be helped by what opens
    # now in the place of what was hidden: so that stays hidden, and with it all that the page did not tell
    then = max((v.versi + 1 for v in before.versions if v.closed_since), default=0)
    kept = before.forced | (hidden_places(newest) if newest is not None and newest.closed_since else frozenset())
    forced = [i for i, f in enumerate(now) if (f.region, f.choices) in kept]
    earlier = [shown(v, key.periode) for v in before.versions[then:]]
    path = newest.jalur if newest is not None else ()
    if before.alone:
        made = release(key.kode_kab, now, thresholds, Beside(earlier, path, forced=None))
        return Decided(_places(made, now), to_store(now, made, then), alone=True)
    may_wait = bool(earlier) and not once
    made = release(key.kode_kab, now, thresholds, Beside(earlier, path, forced, all_or_nothing=may_wait))
    if may_wait and (made.unprotected_then or made.unprotected):
        return Decided(frozenset(), waits=True)
    return Decided(_places(made, now), to_store(now, made, then))


def _same(version: StoredRelease, now: Sequence[Figure], forced: Collection[Spot]) -> bool:
    then = {(r, choices_of(c), n, s) for r, c, n, s, _ in version.isi}
    figures_now = {(f.region, f.choices, f.value, f.sensitivity) for f in now}
    hidden = hidden_places(version)
    places = _places_of(version)
    return then == figures_now and all(p in hidden for p in forced if p in places)


def _places(made: Released, now: Sequence[Figure]) -> frozenset[Spot]:
    return frozenset((now[i].region, now[i].choices) for i in made.hidden)
