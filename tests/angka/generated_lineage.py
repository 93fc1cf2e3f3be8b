"""A province whose desa split, merge, move and change codes from list to list, made up by hypothesis; and what its figures are by
the borders of any later day, worked out from the land itself.

Land is a set of atoms, written as texts: where a desa splits, each of its atoms becomes two, of which one stays and one goes. So
an atom of one day covers those of later days that begin with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from hypothesis import strategies as st

Land = frozenset[str]
Change = tuple[str, str, str]
DAYS = tuple(date(year, 1, 1) for year in (2011, 2013, 2015, 2017))  # of the lists
KECAMATAN = ("01.01", "01.02", "02.01")


@dataclass
class Province:
    """`lists`: the desa in force from each of DAYS on, code → land. `changes`: what each list says came of what."""

    kode: str
    lists: list[dict[str, Land]] = field(default_factory=list)
    changes: list[list[Change]] = field(default_factory=list)

    def regions(self, number: int) -> dict[str, str]:
        """A list as it is brought in: code → name."""
        above = [self.kode, *(f"{self.kode}.{k}" for k in ("01", "02")), *(f"{self.kode}.{k}" for k in KECAMATAN)]
        return {k: f"Uji {k}" for k in [*above, *self.lists[number]]}


@st.composite
def provinces(draw: st.DrawFn, kode: str) -> Province:
    p = Province(kode)
    first = {f"{kode}.{k}.{n}": frozenset({f"{k}.{n} "}) for k in KECAMATAN for n in (1001, 2001, 2002)}
    p.lists.append(first)
    p.changes.append([])
    for _ in DAYS[1:]:
        desa = dict(p.lists[-1])
        changes: list[Change] = []
        untouched = sorted(desa)
        for _ in range(draw(st.integers(1, 4))):
            what = draw(st.sampled_from(["pecah", "pecah habis", "gabung", "gabung baru", "pindah"]))
            count = 2 if what.startswith("gabung") else 1
            if len(untouched) < count + 2:
                break
            old = [untouched.pop(draw(st.integers(0, len(untouched) - 1))) for _ in range(count)]
            new = [_new_code(draw, p, desa, changes) for _ in range(2)]
            changes += _apply(what, old, new, desa)
        p.lists.append(desa)
        p.changes.append(changes)
    return p


def _new_code(draw: st.DrawFn, p: Province, desa: dict[str, Land], changes: list[Change]) -> str:
    """One that nobody bears in this list or the last; perhaps one that somebody bore before."""
    taken = {*desa, *p.lists[-1], *(k for _, *pair in changes for k in pair)}
    kec, kind = draw(st.sampled_from(KECAMATAN)), draw(st.sampled_from("12"))
    free = (f"{p.kode}.{kec}.{kind}{n:03d}" for n in range(1, 200))
    return next(k for k in free if k not in taken)


def _apply(what: str, old: list[str], new: list[str], desa: dict[str, Land]) -> list[Change]:
    stays, goes = (frozenset(a + half for a in desa[old[0]]) for half in "01")
    match what:
        case "pecah":
            desa[old[0]], desa[new[0]] = stays, goes
            return [("pecah", old[0], new[0])]
        case "pecah habis":
            del desa[old[0]]
            if new[1] == new[0]:
                new[1] = f"{new[0][:10]}{int(new[0][10:]) + 300}"
            desa[new[0]], desa[new[1]] = stays, goes
            return [("pecah", old[0], k) for k in new]
        case "gabung":
            desa[old[1]] |= desa.pop(old[0])
            return [("gabung", old[0], old[1])]
        case "gabung baru":
            desa[new[0]] = desa.pop(old[0]) | desa.pop(old[1])
            return [("gabung", k, new[0]) for k in old]
        case _:
            desa[new[0]] = desa.pop(old[0])
            return [("pindah", old[0], new[0])]


def together(desa: dict[str, Land], length: int) -> dict[str, Land]:
    """The land of the regions above, by as many letters of the code."""
    result: dict[str, Land] = {}
    for kode, land in desa.items():
        result[kode[:length]] = result.get(kode[:length], frozenset()) | land
    return result


def parts_of(target: Land, old: dict[str, Land], everything: Land) -> list[str] | None:
    """Those of the old regions that this land is made of; None where one of them lies in it only in part. `everything`: all the
    land, in the atoms of the later day."""
    inside = []
    for kode, land in old.items():
        now = frozenset(a for a in everything if any(a.startswith(o) for o in land))
        if now & target:
            if not now <= target:
                return None
            inside.append(kode)
    return inside


def all_land(desa: dict[str, Land]) -> Land:
    return frozenset().union(*desa.values())


def sum_of(parts: Iterable[str] | None, figures: dict[str, int]) -> int | None:
    """Their figures added; None where there are none, or where they cannot be told apart."""
    known = [figures[k] for k in parts or ()]
    return sum(known) if known else None
