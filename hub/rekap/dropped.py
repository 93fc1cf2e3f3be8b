"""Regions that the newest revision carries and what is sent now does not: a revision replaces the whole rekap. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from hub.angka.cells import CleanCell
from hub.base import kode as kode_wilayah
from hub.base.temuan import WARNING, Temuan
from hub.rekap.revision_statements import Carried

_NAMED = 25  # regions in one finding: a longer one would be cut in the answer


def check_dropped(cells: Iterable[CleanCell], before: Carried | None, names: Mapping[str, str]) -> list[Temuan]:
    """`before`: what the newest revision carries, None where there is none; `names`: code of a region → its name.

    A blank cell of a table carries nothing; one with a status does. A region is not lost where its figures come for the region
    above it or for its parts instead. All of them are named, those within one region together.
    """
    if before is None:
        return []
    within: dict[str, list[str]] = defaultdict(list)
    for kode in _lost(cells, before):
        within[kode_wilayah.parent_of(kode) or kode].append(kode)
    temuan: list[Temuan] = []
    for parent, lost in sorted(within.items()):
        lost.sort()
        for start in range(0, len(lost), _NAMED):
            some = lost[start : start + _NAMED]
            named = ", ".join(f"{names[k]} ({k})" if k in names else k for k in some)
            message = (
                f"Revisi {before.revisi} memuat angka yang tidak ada dalam kiriman ini, dari {len(some)} wilayah: {named}. Kiriman "
                "menggantikan seluruh isi rekap, jadi angkanya tidak ikut lagi. Bila tidak dimaksud, kirim sekali lagi bersama wilayah itu; "
                f"angkanya masih tersimpan dalam revisi {before.revisi}."
            )
            about = some[0] if len(some) == 1 else parent
            temuan.append(Temuan("WILAYAH_TERTINGGAL", WARNING, message, wilayah=about, nilai=str(len(some))))
    return temuan


def _lost(cells: Iterable[CleanCell], before: Carried) -> Iterator[str]:
    said: dict[str, set[str]] = defaultdict(set)
    for s in cells:
        if not s.implied:
            said[s.elemen.kode].add(s.wilayah)
    carrying = {kode for regions in said.values() for kode in regions}
    below = {
        elemen: {a for kode in regions for a in _above(kode)} for elemen, regions in said.items()
    }  # of which parts come

    def comes(elemen: str, kode: str) -> bool:
        return kode in below.get(elemen, ()) or any(a in said[elemen] for a in _above(kode))

    for kode, elemen in before.elemen.items():
        if kode not in carrying and not all(comes(e, kode) for e in elemen):
            yield kode


def _above(kode: str) -> Iterator[str]:
    parent = kode_wilayah.parent_of(kode)
    while parent is not None:
        yield parent
        parent = kode_wilayah.parent_of(parent)
