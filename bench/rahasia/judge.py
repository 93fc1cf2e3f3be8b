"""Whether what an attacker says of closed cells is true, and too much. The database is read here to judge, never to attack."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bench.rahasia.heard import Walk
from bench.rahasia.seen import Attack, Spot
from bench.rahasia.versions import Truth, Versions
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.rilis.audit import Bounds, bounds
from hub.rilis.primary import Thresholds, is_closed, width


@dataclass(slots=True)
class Verdict:
    """`cells`: that have a figure, each version counted; `unknowns`: all closed cells the attacker reckons with; `closed`: those with
    a figure; `primary`: of all cells, those hidden for their own sake; `recovered`, `narrow`: primary ones that follow, or nearly;
    `wrong`: relations that are none (the attacker's mistake), and answers that released figures do not explain; `open_small`: primary ones that stand open."""

    cells: int = 0
    unknowns: int = 0
    closed: int = 0
    primary: int = 0
    recovered: list[tuple[Spot, Bounds]] = field(default_factory=list)
    narrow: list[tuple[Spot, Bounds]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    open_small: list[Spot] = field(default_factory=list)
    differ: list[Spot] = field(default_factory=list)


def judge(heard: Walk, versions: Versions, own: str = "", thresholds: Thresholds | None = None) -> Verdict:
    """`own`: the kabupaten that attacks; what it may see of itself is no leak."""
    k = thresholds or Thresholds()
    attack = Attack(heard, versions)
    table = attack.table
    truth = _truths(attack, versions)
    verdict = Verdict(len(truth), len(table.unknown), sum(attack.number[s] in table.unknown for s in truth))
    verdict.wrong = [*_not_so(attack, truth), *attack.unexplained, *heard.unlike]
    verdict.differ = [s for s in attack.differ if not (own and kode_wilayah.is_within(s.region, own))]
    alone = Counter(_above(s) for s in truth)
    primary: dict[int, tuple[Spot, int]] = {}
    for spot in truth:
        if own and attack.is_of(attack.number[spot], own):
            continue
        needed = _needed(spot, truth, alone, k)
        if needed is None:
            continue
        verdict.primary += 1
        if attack.number[spot] in table.unknown:
            primary[attack.number[spot]] = spot, needed
        else:
            verdict.open_small.append(spot)
    said = bounds(table, table.unknown, primary)
    for n, (spot, needed) in primary.items():
        if said[n].proved and said[n].smallest == said[n].largest:
            verdict.recovered.append((spot, said[n]))
        elif not said[n].wide(needed):
            verdict.narrow.append((spot, said[n]))
    return verdict


def _truths(attack: Attack, versions: Versions) -> dict[Spot, Truth]:
    """Of each spot with a figure."""
    found: dict[Spot, Truth] = {}
    for spot in attack.number:
        if len(spot.region) > 2:
            paid = attack.counted(spot)
            told = versions.truth(spot.region[:5], paid.element, spot.version, spot.region, paid.choices)
            if told is not None and spot.version:
                found[spot] = told
    own = [s for s in attack.number if len(s.region) == 2 and s.version[:1] != ("seen",)]
    for spot in own:
        paid = attack.counted(spot)
        parts = (versions.truth(kab, paid.element, v, kab, paid.choices) for kab, v in spot.version)
        _add(found, spot, [t for t in parts if t is not None])
    at = list(attack.number)
    for n, parts_of in attack.made_of.items():
        _add(found, at[n], [found[at[p]] for p in parts_of if at[p] in found])
    return found


def _add(found: dict[Spot, Truth], spot: Spot, parts: list[Truth]) -> None:
    if parts:
        found[spot] = Truth(sum(t.value for t in parts), max(t.sensitivity for t in parts))


def _not_so(attack: Attack, truth: Mapping[Spot, Truth]) -> list[str]:
    """What the attacker takes for sure and is not: then nothing it says is worth anything."""
    spots = list(attack.number)
    values = [truth[s].value if s in truth else 0 for s in spots]
    wrong = [
        f"{spots[r.total]} = {values[r.total]}, not {' + '.join(str(values[p]) for p in r.parts)}"
        for r in attack.table.relations
        if r.total < len(spots) and values[r.total] != sum(values[p] for p in r.parts)
    ]
    cells = attack.table.cells
    return wrong + [
        f"{s} is {truth[s].value}, not {cells[n].value if n not in attack.table.unknown else f'{cells[n].lowest} at least'}"
        for n, s in enumerate(spots)
        if s in truth
        and (truth[s].value < cells[n].lowest if n in attack.table.unknown else truth[s].value != cells[n].value)
    ]


def _needed(spot: Spot, truth: Mapping[Spot, Truth], alone: Mapping[Spot, int], k: Thresholds) -> int | None:
    """How wide what is said of it must stay; None: it is not hidden for its own sake. `alone`: how many parts of a region have
    figures, by what they are parts of."""
    found = truth[spot]
    level = kode_wilayah.level_of(spot.region)
    if level > Level.PROVINSI and is_closed(found.sensitivity, level) and alone[_above(spot)] == 1:
        return None  # the whole of the region above, which is judged itself
    totals = (truth.get(replace(spot, choices=tuple(c for c in spot.choices if c != left))) for left in spot.choices)
    whole = any(t is not None and t.value == found.value for t in totals)
    return width(found.sensitivity, level, found.value, k, whole_choice=whole)


def _above(spot: Spot) -> Spot:
    return replace(spot, region=str(kode_wilayah.parent_of(spot.region)))
