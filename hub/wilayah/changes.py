"""What moved between two lists of regions, guessed from their names where nobody wrote it down."""

from collections import Counter, defaultdict
from collections.abc import Callable

from rapidfuzz import fuzz

from hub.base.region_names import name_key
from hub.wilayah.draft import BrokenLine, RegionChange
from hub.wilayah.name_beside_code import Fit, NamesBesideCodes

_ALIKE = 60.0  # below this (0-100) two names under one code are two places, when the old name lives on elsewhere


def derive_changes(old: dict[str, str], new: dict[str, str]) -> list[RegionChange]:
    """Guess what moved from two lists {code: name}: the same name, once among the ended and once among the begun.

    Looked for in the nearest surroundings first: same kecamatan, same kabupaten, then anywhere; below a region that
    moved, its children with it. A code that stays but whose name changed beyond likeness, while the old name begins
    elsewhere nearby, has come to mean another place.
    """
    begun = {k for k in new if k not in old}
    ended = {k for k in old if k not in new}
    begun_by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
    for k in begun:
        begun_by_name[k.rpartition(".")[0], name_key(new[k])].add(k)
    for k in old.keys() & new.keys():
        if fuzz.ratio(name_key(old[k]), name_key(new[k])) >= _ALIKE:
            continue
        neighbours = begun_by_name.get((k.rpartition(".")[0], name_key(old[k])), set()) | _swapped_with(k, old, new)
        if len(neighbours) == 1:
            ended.add(k)
            begun.add(k)
    changes: list[RegionChange] = []
    moved: dict[str, str] = {}
    for length in (2, 5, 8, 13):
        ended_left = {k for k in ended if len(k) == length}
        begun_left = {k for k in begun if len(k) == length}
        for surroundings in (_in_new_parent(moved), lambda k: k[:8], lambda k: k[:5], lambda k: k[:2], lambda k: ""):
            pairs = _paired(ended_left, begun_left, old, new, surroundings)
            for a, m in pairs:
                moved[a] = m
                changes.append(RegionChange(0, "pindah", a, m))
            ended_left -= {a for a, _ in pairs}
            begun_left -= {m for _, m in pairs}
        changes += [RegionChange(0, "hapus", k, "") for k in sorted(ended_left)]
        changes += [RegionChange(0, "tambah", "", k) for k in sorted(begun_left)]
    return changes


def contradicting(changes: list[RegionChange], old: dict[str, str], new: dict[str, str]) -> list[BrokenLine]:
    """The changes in which the name beside a code is another region's, by the list before {code: name} and the new one."""
    sides = [(NamesBesideCodes(names, {}), names) for names in (old, new)]
    broken: list[BrokenLine] = []
    for p in changes:
        # a name that was given up may have been taken over in `old` by an earlier run
        written = (p.kode_lama, "" if p.jenis.startswith("ganti_") else p.old_name), (p.kode_baru, p.new_name)
        for (beside, names), (kode, name) in zip(sides, written, strict=True):
            if not name or kode not in names:
                continue
            fit, other = beside.compare(kode, name)
            if fit is Fit.OTHER:
                cause = (
                    f'{kode} adalah {names[kode]}, sedangkan namanya ditulis "{name}" ({other}); perbaiki salah satunya'
                )
                broken.append(BrokenLine(p.number, cause, (p.kode_lama, p.kode_baru), name, "perubahan "))
    return broken


def _swapped_with(k: str, old: dict[str, str], new: dict[str, str]) -> set[str]:
    """Neighbours under the same parent that bear the old name of `k` now and bore another before: codes swapped."""
    parent, wanted = k.rpartition(".")[0] + ".", name_key(old[k])
    nearby = [f"{parent}{n}" for n in _desa_numbers(k)]
    return {t for t in nearby if t != k and t in new and t in old and name_key(new[t]) == wanted != name_key(old[t])}


def _desa_numbers(k: str) -> list[str]:
    if len(k) != 13:
        return []
    return [f"{first_digit}{n:03d}" for first_digit in "12" for n in range(1, 60)]


def _in_new_parent(moved: dict[str, str]) -> Callable[[str], str]:
    def surroundings(k: str) -> str:
        parent = k.rpartition(".")[0]
        return moved.get(parent, parent)

    return surroundings


def _paired(
    ended: set[str], begun: set[str], old: dict[str, str], new: dict[str, str], surroundings: Callable[[str], str]
) -> list[tuple[str, str]]:
    a = Counter((surroundings(k), name_key(old[k])) for k in ended)
    m = Counter((surroundings(k), name_key(new[k])) for k in begun)
    by_place = {(surroundings(k), name_key(new[k])): k for k in begun}
    return sorted((k, by_place[t]) for k in ended if a[t := (surroundings(k), name_key(old[k]))] == 1 == m.get(t))
