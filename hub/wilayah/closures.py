"""Which regions a list may close: not those that a broken line may have meant, and not many at once without a word.

A region that moved has a successor, one that was dissolved stands in the list of changes. Where neither says what became
of it, its absence alone speaks, and absence is what a cut file looks like.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hub.base import kode as kode_wilayah
from hub.base.kode import Tingkat
from hub.wilayah.draft import BarisRusak, Terbaca, may_mean
from hub.wilayah.statements import BarisWilayah

_COMPARISONS = 5_000_000  # lines × regions; beyond it a broken line may mean any region
_LEVEL = {
    Tingkat.PROVINSI: "provinsi", Tingkat.KABUPATEN: "kabupaten/kota", Tingkat.KECAMATAN: "kecamatan",
    Tingkat.DESA: "desa/kelurahan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bagian:
    """How many regions of one level below one region a list closes without a successor, of how many."""

    di: str
    tingkat: Tingkat
    tutup: int
    semua: int

    def pesan(self, names: Mapping[str, str]) -> str:
        return f"{self.di} {names.get(self.di, '')}: {self.tutup} dari {self.semua} {_LEVEL[self.tingkat]}"


def perlu_ditanya(closing: Iterable[str], in_force: Collection[str], percent: int) -> list[Bagian]:
    """Where more than `percent` of a level below a region would close without a successor; worst first.

    Looked at below every province, kabupaten and kecamatan, so that a list cut in one kecamatan is seen as well as one of
    a whole province. One kecamatan or desa alone is no share; a kabupaten is.
    """
    among = Counter(place for k in in_force for place in _above(k))
    gone = Counter(place for k in closing for place in _above(k))
    found = [
        Bagian(di, level, n, among[di, level])
        for (di, level), n in gone.items()
        if n * 100 > percent * among[di, level] and (n > 1 or level <= Tingkat.KABUPATEN)
    ]
    return sorted(found, key=lambda b: (b.tingkat, -b.tutup, b.di))


def terlindung(broken: Sequence[BarisRusak], missing: Mapping[str, str], undeclared: Mapping[str, str]) -> set[str]:
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
    return meant | {di for k in meant for di in leluhur(k)}


def line_codes(line: BarisRusak) -> set[str]:
    """The codes that a broken line certainly names."""
    return {k for k in map(kode_wilayah.rapikan, line.kode) if kode_wilayah.sah(k)}


def nama_terpotong(read: Terbaca, in_force: Mapping[str, BarisWilayah]) -> BarisRusak | None:
    """The last line of a file that ends in it, where its name is the beginning of the known one."""
    if (last := read.akhir) is None:
        return None
    code = kode_wilayah.rapikan(last.kode)
    known = in_force.get(code)
    if code not in read.baris or known is None:
        return None
    name = read.baris[code].nama
    if len(known.nama) <= len(name) or not known.nama.casefold().startswith(name.casefold()):
        return None
    reason = (
        f'{code}: berkas berakhir di tengah baris ini; namanya "{name}", di hub "{known.nama}"; barangkali terpotong'
    )
    return BarisRusak(last.nomor, reason, (code,), name)


def nama_seragam_terpotong(read: Terbaca, in_force: Mapping[str, BarisWilayah]) -> list[BarisRusak]:
    """Names that end where the longest name of the list ends and go on in the hub: a column that held no more letters."""
    longest = max((len(b.nama) for b in read.baris.values()), default=0)
    cut = [
        (k, b.nama, in_force[k].nama)
        for k, b in read.baris.items()
        if len(b.nama) >= longest - 1  # a space at the end was taken off
        and k in in_force
        and len(in_force[k].nama) > len(b.nama)
        and in_force[k].nama.casefold().startswith(b.nama.casefold())
    ]
    return [
        BarisRusak(read.nomor[k], f'{k}: nama "{new}" terpotong pada {longest} huruf; di hub "{old}"', (k,), new)
        for k, new, old in cut
        if len(cut) > 1
    ]


def terputus(read: Terbaca, closing: Iterable[str], in_force: Iterable[str]) -> str | None:
    """What a file without an end of line says by stopping: regions that follow its last line close, and all of them."""
    if (last := read.akhir) is None:
        return None
    code, gone = kode_wilayah.rapikan(last.kode), set(closing)
    after = [k for k in in_force if k > code and k[:2] == code[:2]]
    if not after or not gone.issuperset(after):
        return None
    return f"berkas berakhir di tengah baris {last.nomor} ({code}), padahal di hub masih ada {len(after)} wilayah sesudahnya"


def leluhur(code: str) -> Iterator[str]:
    """The codes above a code, the nearest first."""
    above = kode_wilayah.induk(code)
    while above is not None:
        yield above
        above = kode_wilayah.induk(above)


def _above(code: str) -> Iterator[tuple[str, Tingkat]]:
    level = kode_wilayah.tingkat(code)
    for above in leluhur(code):
        yield above, level
