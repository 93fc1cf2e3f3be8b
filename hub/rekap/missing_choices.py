"""Breakdowns that make no total, because a choice is missing or because they are open: what to send beside them. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product

from hub.angka.cells import CleanCell
from hub.angka.rollup import KnownFigures
from hub.base.temuan import WARNING, Temuan
from hub.katalog.formula import Rincian
from hub.katalog.katalog import Elemen, RincianDimension
from hub.rekap.cells import first_locations

_NAMED = 6  # missing choices that are named


_Families = dict[Rincian, dict[tuple[str, ...], list[Rincian]]]
"""Total → breakdowns that add up to it, by their names → their choices."""


def check_missing_choices(cells: Iterable[CleanCell], figures: KnownFigures) -> list[Temuan]:
    """Totals that stay unknown although parts of them were sent: one finding per region and figure. `figures`: what the cells add up
    to."""
    by_place: dict[tuple[str, str], dict[Rincian, CleanCell]] = defaultdict(dict)
    listed = list(cells)
    in_parts = {s.elemen.kode for s in listed if s.rincian}
    for s in listed if in_parts else ():
        if s.elemen.kode in in_parts:
            by_place[s.wilayah, s.elemen.kode][s.rincian] = s
    families: dict[tuple[str, tuple[Rincian, ...]], _Families] = {}  # the regions of a table share theirs
    temuan: list[Temuan] = []
    for (wilayah, kode), by_rincian in by_place.items():
        elemen, shape = next(iter(by_rincian.values())).elemen, (kode, tuple(by_rincian))
        if shape not in families:
            families[shape] = _families(elemen, by_rincian)
        for total, breakdowns in families[shape].items():
            if figures[wilayah, kode, total].status == "TIDAK_ADA_DATA":
                temuan += _of_one_total(elemen, total, breakdowns, by_rincian)
    return temuan


def _families(elemen: Elemen, present: Collection[Rincian]) -> _Families:
    """Of totals that are not there themselves."""
    adding_up = {d.kode for d in elemen.rincian if d.menjumlah}
    families: _Families = defaultdict(lambda: defaultdict(list))
    for rincian in present:
        names = tuple(n for n, _ in rincian if n in adding_up)
        total = tuple(p for p in rincian if p[0] not in adding_up)
        if names and total not in present:
            families[total][names].append(rincian)
    return families


def _of_one_total(
    elemen: Elemen,
    total: Rincian,
    breakdowns: Mapping[tuple[str, ...], Sequence[Rincian]],
    by_rincian: Mapping[Rincian, CleanCell],
) -> list[Temuan]:
    adding_up = {d.kode: d for d in elemen.rincian if d.menjumlah}
    parts = {names: [by_rincian[r] for r in choices] for names, choices in breakdowns.items()}
    answered = {names: p for names, p in parts.items() if any(c.status != "TIDAK_ADA_DATA" for c in p)}
    if not answered:
        return []
    names = min(answered, key=lambda n: (not all(adding_up[d].whole for d in n), len(n)))
    return [_finding(elemen, total, [adding_up[d] for d in names], answered[names])]


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
