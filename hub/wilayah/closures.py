"""Which regions a list may close: not those that a broken line may have meant, and not many at once without a word.

A region that moved has a successor, one that was dissolved stands in the list of changes. Where neither says what became
of it, its absence alone speaks, and absence is what a cut file looks like.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.wilayah.draft import BrokenLine, ReadList, may_mean
from hub.wilayah.statements import WilayahRow

_COMPARISONS = 5_000_000  # lines × regions; beyond it a broken line may mean any region
_LEVEL = {
    Level.PROVINSI: "provinsi", Level.KABUPATEN: "kabupaten/kota", Level.KECAMATAN: "kecamatan",
    Level.DESA: "desa/kelurahan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClosedShare:
    """How many regions of one level below one region a list closes without a successor, of how many."""

    within: str
    level: Level
    closing: int
    total: int

    def message(self, names: Mapping[str, str]) -> str:
        return f"{self.within} {names.get(self.within, '')}: {self.closing} dari {self.total} {_LEVEL[self.level]}"


def shares_to_confirm(closing: Iterable[str], in_force: Collection[str], percent: int) -> list[ClosedShare]:
    """Where more than `percent` of a level below a region would close without a successor; worst first.

    Looked at below every province, kabupaten and kecamatan, so that a list cut in one kecamatan is seen as well as one of
    a whole province. One kecamatan or desa alone is no share; a kabupaten is.
    """
    among = Counter(place for k in in_force for place in _above(k))
    gone = Counter(place for k in closing for place in _above(k))
    found = [
        ClosedShare(within, level, n, among[within, level])
        for (within, level), n in gone.items()
        if n * 100 > percent * among[within, level] and (n > 1 or level <= Level.KABUPATEN)
    ]
    return sorted(found, key=lambda b: (b.level, -b.closing, b.within))


def protected_codes(
    broken: Sequence[BrokenLine], missing: Mapping[str, str], undeclared: Mapping[str, str]
) -> set[str]:
    """Regions to leave as they are because a broken line may have meant them, with all above them.

    `missing`: those the list would close or give to another place; `undeclared`: those among them of which nothing else
    says what became of them. Both {code: name}.
    """
    if len(broken) * len(missing) > _COMPARISONS:
        meant = set(missing)
    else:
        meant = set()
        for line in broken:
            meant |= line_codes(line) & missing.keys()
            likely = may_mean(line, undeclared)
            meant |= set(undeclared) if likely is None else likely
    return meant | {above for k in meant for above in ancestors(k)}


def line_codes(line: BrokenLine) -> set[str]:
    """The codes that a broken line certainly names."""
    return {k for k in map(kode_wilayah.dotted, line.kode) if kode_wilayah.is_valid(k)}


def truncated_name(read: ReadList, in_force: Mapping[str, WilayahRow]) -> BrokenLine | None:
    """The last line of a file that ends in it, where its name is the beginning of the known one."""
    if (last := read.last) is None:
        return None
    code = kode_wilayah.dotted(last.kode)
    known = in_force.get(code)
    if code not in read.rows or known is None:
        return None
    name = read.rows[code].nama
    if len(known.nama) <= len(name) or not known.nama.casefold().startswith(name.casefold()):
        return None
    reason = (
        f'{code}: berkas berakhir di tengah baris ini; namanya "{name}", di hub "{known.nama}"; barangkali terpotong'
    )
    return BrokenLine(last.number, reason, (code,), name)


def uniformly_truncated_names(read: ReadList, in_force: Mapping[str, WilayahRow]) -> list[BrokenLine]:
    """Names that end where the longest name of the list ends and go on in the hub: a column that held no more letters."""
    longest = max((len(b.nama) for b in read.rows.values()), default=0)
    cut = [
        (k, b.nama, in_force[k].nama)
        for k, b in read.rows.items()
        if len(b.nama) >= longest - 1  # a space at the end was taken off
        and k in in_force
        and len(in_force[k].nama) > len(b.nama)
        and in_force[k].nama.casefold().startswith(b.nama.casefold())
    ]
    return [
        BrokenLine(read.numbers[k], f'{k}: nama "{new}" terpotong pada {longest} huruf; di hub "{old}"', (k,), new)
        for k, new, old in cut
        if len(cut) > 1
    ]


def broken_off(read: ReadList, closing: Iterable[str], in_force: Iterable[str]) -> str | None:
    """What a file without an end of line says by stopping: regions that follow its last line close, and all of them."""
    if (last := read.last) is None:
        return None
    code, gone = kode_wilayah.dotted(last.kode), set(closing)
    after = [k for k in in_force if k > code and k[:2] == code[:2]]
    if not after or not gone.issuperset(after):
        return None
    return f"berkas berakhir di tengah baris {last.number} ({code}), padahal di hub masih ada {len(after)} wilayah sesudahnya"


def ancestors(code: str) -> Iterator[str]:
    """The codes above a code, the nearest first."""
    above = kode_wilayah.parent_of(code)
    while above is not None:
        yield above
        above = kode_wilayah.parent_of(above)


def _above(code: str) -> Iterator[tuple[str, Level]]:
    level = kode_wilayah.level_of(code)
    for above in ancestors(code):
        yield above, level
