"""Breakdowns that make no total, because a choice is missing or because they are open: what to send beside them. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product

from hub.angka.cells import CleanCell
from hub.angka.rollup import Angka, complete_rincian
from hub.base.temuan import WARNING, Temuan
from hub.katalog.formula import Rincian
from hub.katalog.katalog import Elemen, RincianDimension
from hub.rekap.cells import first_locations

_NAMED = 6  # missing choices that are named


def check_missing_choices(cells: Iterable[CleanCell]) -> list[Temuan]:
    """Totals that stay unknown although parts of them were sent: one finding per region and figure."""
    by_place: dict[tuple[str, str], dict[Rincian, CleanCell]] = defaultdict(dict)
    for s in cells:
        by_place[s.wilayah, s.elemen.kode][s.rincian] = s
    temuan: list[Temuan] = []
    for by_rincian in by_place.values():
        temuan += _of_one_place(by_rincian)
    return temuan


def _of_one_place(by_rincian: dict[Rincian, CleanCell]) -> list[Temuan]:
    elemen = next(iter(by_rincian.values())).elemen
    adding_up = {d.kode: d for d in elemen.rincian if d.menjumlah}
    families: dict[Rincian, dict[tuple[str, ...], list[CleanCell]]] = defaultdict(lambda: defaultdict(list))
    for rincian, s in by_rincian.items():
        names = tuple(n for n, _ in rincian if n in adding_up)
        if names:
            families[tuple(p for p in rincian if p[0] not in adding_up)][names].append(s)
    if all(total in by_rincian for total in families):
        return []
    complete = complete_rincian(elemen, {r: Angka(s.nilai, s.status) for r, s in by_rincian.items()})
    temuan: list[Temuan] = []
    for total, of_total in families.items():
        if total in by_rincian or complete[total].status != "TIDAK_ADA_DATA":
            continue
        answered = {n: s for n, s in of_total.items() if any(c.status != "TIDAK_ADA_DATA" for c in s)}
        if answered:
            names = min(answered, key=lambda n: (not all(adding_up[d].whole for d in n), len(n)))
            temuan.append(_finding(elemen, total, [adding_up[d] for d in names], answered[names]))
    return temuan


def _finding(elemen: Elemen, total: Rincian, dimensions: Sequence[RincianDimension], parts: list[CleanCell]) -> Temuan:
    wilayah = parts[0].wilayah
    figure = f"{elemen.kode}[{_written(total)}]" if total else elemen.kode
    is_open = [d.kode for d in dimensions if not d.whole]
    if is_open:
        why = f"rincian {', '.join(is_open)} terbuka, jadi tidak diketahui apakah semua pilihannya sudah disebut"
        proposal = None
    else:
        names = {d.kode for d in dimensions}
        present = {tuple(p for p in s.rincian if p[0] in names) for s in parts if s.status != "TIDAK_ADA_DATA"}
        choices = product(*([(d.kode, p) for p in d.pilihan] for d in sorted(dimensions, key=lambda d: d.kode)))
        missing = [_written(c) for c in choices if c not in present]
        more = f" dan {len(missing) - _NAMED} lagi" if len(missing) > _NAMED else ""
        why = f"belum ada {'; '.join(missing[:_NAMED])}{more}"
        proposal = "; ".join(missing[:_NAMED])
    message = (
        f"{figure}, {wilayah}: {why}. Jumlahnya dicatat TIDAK_ADA_DATA; isi yang kurang, atau tulis juga angka seluruhnya "
        f"({figure})."
    )
    return Temuan(
        "RINCIAN_KURANG",
        WARNING,
        message,
        wilayah=wilayah,
        elemen=elemen.kode,
        usulan=proposal,
        lokasi=first_locations(parts),
    )


def _written(rincian: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{n}={p}" for n, p in rincian)
