"""What the totals of a province are to be for one element and period: decided, where its offices released that period; made of
finer periods, where none did. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hub.base.kode import Level
from hub.katalog.formula import Rincian
from hub.rilis.figures import Figure
from hub.rilis.office import Released
from hub.rilis.primary import Thresholds, width
from hub.rilis.province import Total, decide
from hub.rilis.reasons import SMALL, TOTAL_TOLD
from hub.rilis.shown_rows import CLOSED


@dataclass(frozen=True, slots=True)
class Row:
    """A total of a province as everybody sees it. `value` None: closed. `completeness`: offices expected, received, approved, in
    time; `filled`: how many kabupaten carry a figure in it. `folded`: made of finer periods."""

    value: int | None
    folded: bool
    completeness: tuple[int, ...]
    filled: int

    @property
    def status(self) -> str:
        return CLOSED if self.value is None else "ADA" if self.value else "NOL"


@dataclass(frozen=True, slots=True)
class Own:
    """An element's newest releases for a period. `offices`: kabupaten → its release; `tops`: kabupaten → figures of its own;
    `left`: kabupaten that are in force no longer."""

    offices: Mapping[str, Released]
    tops: Mapping[str, Sequence[Figure]]
    left: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settled:
    """`rows`: by choices, all there are to be. `opened`: versions that are open now and were not the newest. `waiting`: choices → why."""

    rows: Mapping[Rincian, Row] = field(default_factory=dict)
    opened: Sequence[Total] = ()
    waiting: Mapping[Rincian, str] = field(default_factory=dict)


def sums(provinsi: str, periode: str, tops: Iterable[Figure]) -> list[Figure]:
    """Per choices what the kabupaten add up to; as sensitive as the most sensitive of them."""
    found: dict[Rincian, Figure] = {}
    for f in tops:
        so_far = found.get(f.choices, Figure(provinsi, f.choices, periode, 0, 0))
        found[f.choices] = replace(
            so_far, value=so_far.value + f.value, sensitivity=max(so_far.sensitivity, f.sensitivity)
        )
    return [found[c] for c in sorted(found)]


def decided(
    at: tuple[str, str],
    own: Own,
    shown: Sequence[Total],
    stands: Mapping[Rincian, Row],
    thresholds: Thresholds,
    completeness: tuple[int, ...],
) -> Settled:
    """`at`: province and period. `shown`: every version of a total that was ever open, oldest first. `stands`: rows of now."""
    # of one that left nothing is added up any more; but what totals that were shown tell of it is looked at, and it carries nothing
    offices = {
        k: replace(o, choices=frozenset(), room={}) if k in own.left else o for k, o in sorted(own.offices.items())
    }
    new = sums(*at, (f for k, figures in own.tops.items() if k not in own.left for f in figures))
    decision = decide(offices, shown, new, thresholds)
    newest = {t.choices: t for t in shown}
    seen = {k: {f.choices for i, f in enumerate(own.tops[k]) if i not in o.hidden} for k, o in offices.items()}
    rows: dict[Rincian, Row] = {}
    opened: list[Total] = []
    waiting: dict[Rincian, str] = {}
    for f in new:
        c = f.choices
        parts = {k: o.version for k, o in offices.items() if c in o.choices}
        total = Total(c, f.value, parts)
        before = stands.get(c)
        # what everybody can add up is told, whatever it is: nothing can keep it back
        added_up = all(c in seen[k] for k in parts)
        if added_up or (c in decision.open and (total in shown or not any(offices[k].unprotected for k in parts))):
            same = newest.get(c) == total and before is not None and before.value == f.value and not before.folded
            rows[c] = before if same and before is not None else Row(f.value, False, completeness, len(parts))
            if newest.get(c) != total:
                opened.append(total)
            continue
        waiting[c] = SMALL if c in decision.small else TOTAL_TOLD
        if before is not None and before.value is not None:
            rows[c] = before
        elif c in newest:
            rows[c] = Row(newest[c].value, False, completeness, len(newest[c].parts))
        else:
            rows[c] = Row(None, False, completeness, len(parts))
    return Settled(rows, opened, waiting)


def withdrawn(own: Own, stands: Mapping[Rincian, Row], completeness: tuple[int, ...]) -> Settled:
    """Whatever was said of it is closed, and waits for nothing."""
    filled: dict[Rincian, int] = defaultdict(int)
    for c in (c for k, o in own.offices.items() if k not in own.left for c in o.choices):
        filled[c] += 1
    rows = {c: Row(None, False, completeness, n) for c, n in filled.items()}
    return Settled(rows | {c: replace(r, value=None) for c, r in stands.items()})


@dataclass(frozen=True, slots=True)
class Finer:
    """An element in the parts of a period. `rows`: (part, choices) → the province's released total. `carried`: (part, choices) →
    kabupaten of which a figure was released. `counted`: kabupaten → its newest part with a figure."""

    rows: Mapping[tuple[str, Rincian], Row]
    carried: Mapping[tuple[str, Rincian], frozenset[str]]
    counted: Mapping[str, str]


def folded(
    finer: Finer, *, adds_up: bool, in_force: frozenset[str], completeness: tuple[int, ...]
) -> Mapping[Rincian, Row]:
    """Totals that follow from released totals of the finer periods; of what does not follow from them alone there is none: it is
    read as the sum of what the kabupaten show.

    `adds_up`: a longer period is the sum of its parts; else the one part counts that counts for every kabupaten. `in_force`:
    kabupaten of which the longer period's total consists.
    """
    by_choices: dict[Rincian, dict[str, Row]] = defaultdict(dict)
    for (part, c), row in finer.rows.items():
        by_choices[c][part] = row
    carried: dict[Rincian, dict[str, frozenset[str]]] = defaultdict(dict)
    for (part, c), kabupaten in finer.carried.items():
        carried[c][part] = kabupaten
    counts = set(finer.counted.values())
    result: dict[Rincian, Row] = {}
    for c, by_part in by_choices.items():
        among = carried[c]
        if not adds_up:
            if len(counts) != 1:
                continue
            among = {p: k for p, k in among.items() if p in counts}
            by_part = {p: r for p, r in by_part.items() if p in counts}
        kabupaten = frozenset[str]().union(*among.values())
        if not by_part or among.keys() - by_part.keys() or kabupaten - in_force:
            continue
        values = [r.value for r in by_part.values()]
        value = None if None in values else sum(v for v in values if v is not None)
        filled = max(len(kabupaten), *(r.filled for r in by_part.values()))
        result[c] = Row(value, True, completeness, filled)
    return result


@dataclass(frozen=True, slots=True)
class Stated:
    """What a province states of itself. `sensitivity`: of the element told by these choices. `below`: whether what its kabupaten
    show of it is closed anywhere; None: they show nothing."""

    value: Decimal
    sensitivity: int
    below: bool | None


def is_told(stated: Stated, total: Row | None, thresholds: Thresholds) -> bool:
    """Whether everybody sees a statement. Where the total is open, it says the same or no part is closed; without a total, all
    parts are open, so that their sum is. A small count is not shown by a statement either."""
    if total is not None and total.value is None:
        return False
    if total is not None and total.value == stated.value:
        return True
    if stated.below or (total is None and stated.below is None):
        return False
    return width(stated.sensitivity, Level.PROVINSI, int(stated.value), thresholds) is None
