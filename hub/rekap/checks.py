"""What a rekap must satisfy whatever its form: levels, overlaps, gaps, breakdowns, stated totals. Pure."""

from collections import defaultdict
from collections.abc import Container, Iterable
from decimal import Decimal

from hub.angka.cells import CleanCell
from hub.angka.rollup import Angka, add_up, is_whole
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.temuan import ERROR, INFO, WARNING, Temuan, display
from hub.katalog.formula import Rincian
from hub.rekap.cells import first_locations
from hub.wilayah.region_list import RegionList


def check_levels(cells: Iterable[CleanCell], pelapor: str) -> list[Temuan]:
    """Figures finer than the element allows; figures for a region and for a part of it."""
    temuan: list[Temuan] = []
    per_elemen: dict[str, list[CleanCell]] = defaultdict(list)
    for s in cells:
        per_elemen[s.elemen.kode].append(s)
    for kode, of_elemen in per_elemen.items():
        e = of_elemen[0].elemen
        levels = {w: kode_wilayah.level_of(w) for w in {s.wilayah for s in of_elemen}}
        there = set(levels.values())
        finer = [s for s in of_elemen if levels[s.wilayah] > Level.KABUPATEN] if e.sensitif >= 3 else []
        if finer:
            message = f"{kode} ({e.nama}) peka: hanya diterima sebagai jumlah seluruh kabupaten/kota, tidak per kecamatan atau desa."
            temuan.append(
                Temuan(
                    "PEKA_TERLALU_RINCI", ERROR, message, wilayah=pelapor, elemen=kode, lokasi=first_locations(finer)
                )
            )
            continue
        too_fine = [s for s in of_elemen if levels[s.wilayah] > e.tingkat] if max(there) > e.tingkat else []
        if too_fine:
            message = f"{kode} ({e.nama}) biasanya dilaporkan per {e.tingkat.name.lower()}; ini lebih rinci."
            temuan.append(
                Temuan("LEBIH_RINCI", INFO, message, wilayah=pelapor, elemen=kode, lokasi=first_locations(too_fine))
            )
        above = {}
        if len(there) > 1:
            above = {w: parent for w in levels if (parent := _reported_above(w, levels)) is not None}
        for s in of_elemen if above else ():
            parent = above.get(s.wilayah)
            if parent is not None:
                message = (
                    f"{kode} diberikan untuk {parent} dan juga untuk bagiannya, {s.wilayah}; jumlahnya akan terhitung dua kali. "
                    "Tulis jumlah wilayah sebagai total tertulis, bukan sebagai sel."
                )
                temuan.append(
                    Temuan("INDUK_DAN_BAGIAN", ERROR, message, wilayah=s.wilayah, elemen=kode, lokasi=(s.location,))
                )
    return temuan


def _reported_above(wilayah: str, reported: Container[str]) -> str | None:
    """The nearest region above it that has figures of its own."""
    return next((above for above in kode_wilayah.all_above(wilayah) if above in reported), None)


def check_kelengkapan(cells: Iterable[CleanCell], regions: RegionList) -> list[Temuan]:
    """Regions without a figure where their neighbours have one: missing is not zero."""
    temuan: list[Temuan] = []
    filled: dict[str, set[str]] = defaultdict(set)
    answered: dict[str, set[str]] = defaultdict(set)
    for wilayah, elemen, _, nilai, status, _, _ in cells:
        if nilai is not None:
            filled[elemen.kode].add(wilayah)
        if status != "TIDAK_ADA_DATA":
            answered[elemen.kode].add(wilayah)
    for kode, with_figures in filled.items():
        by_level: dict[Level, set[str]] = defaultdict(set)
        for w in with_figures:
            by_level[kode_wilayah.level_of(w)].add(w)
        if Level.KECAMATAN in by_level:
            missing = [w for w in regions.at_level(Level.KECAMATAN) if w.kode not in answered[kode]]
            through_desa = {kode_wilayah.parent_of(d) for d in by_level.get(Level.DESA, ())}
            missing = [w for w in missing if w.kode not in through_desa]
            if missing:
                expected = regions.count(Level.KECAMATAN)
                names = ", ".join(f"{w.nama} ({w.kode})" for w in missing)
                message = (
                    f"{kode}: {expected - len(missing)} dari {expected} kecamatan berisi angka; belum ada: {names}. "
                    "Yang kosong dicatat TIDAK_ADA_DATA, bukan nol."
                )
                temuan.append(Temuan("BELUM_LENGKAP", WARNING, message, wilayah=missing[0].kode, elemen=kode))
        elif Level.DESA in by_level:
            expected = regions.count(Level.DESA)
            present = len(answered[kode])
            if present < expected:
                message = (
                    f"{kode}: {present} dari {expected} desa/kelurahan berisi angka; yang lain dicatat TIDAK_ADA_DATA."
                )
                temuan.append(Temuan("SEBAGIAN_DESA", INFO, message, wilayah=regions.pelapor, elemen=kode))
    return temuan


def check_rincian(cells: Iterable[CleanCell]) -> list[Temuan]:
    """Breakdowns against the totals reported beside them: L + P must be the number."""
    by_place: dict[tuple[str, str], dict[Rincian, CleanCell]] = defaultdict(dict)
    listed = list(cells)
    shapes: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for kode, rincian in {(s.elemen.kode, s.rincian) for s in listed}:
        shapes[kode].add(tuple(n for n, _ in rincian))
    for s in listed:
        if len(shapes[s.elemen.kode]) > 1:
            by_place[s.wilayah, s.elemen.kode][s.rincian] = s
    names = {r: tuple(n for n, _ in r) for r in {r for by_rincian in by_place.values() for r in by_rincian}}
    temuan: list[Temuan] = []
    for by_rincian in by_place.values():
        breakdowns = {names[r] for r in by_rincian}
        if len(breakdowns) < 2:
            continue
        for larger in breakdowns:
            for smaller in breakdowns:
                if set(smaller) < set(larger):
                    temuan += _compare(by_rincian, larger, smaller)
        if () not in by_rincian:
            temuan += _compare_implied(by_rincian, breakdowns)
    return temuan


def _compare_implied(by_rincian: dict[Rincian, CleanCell], breakdowns: set[tuple[str, ...]]) -> list[Temuan]:
    """Breakdowns of one figure whose total was not written: what each implies must be the same."""
    elemen = next(iter(by_rincian.values())).elemen
    implied: dict[str, Decimal] = {}
    for k in sorted(breakdowns):
        dimensions = [d for d in elemen.rincian if d.kode in k]
        parts = {r: Angka(s.nilai, s.status) for r, s in by_rincian.items() if tuple(n for n, _ in r) == k}
        total = add_up(parts.values()).nilai
        if len(dimensions) == len(k) and total is not None and is_whole(dimensions, parts):
            implied[", ".join(k)] = total
    if len(set(implied.values())) < 2:
        return []
    first = next(iter(by_rincian.values()))
    differences = "; ".join(f"{name} {display(n)}" for name, n in implied.items())
    message = f"{elemen.kode}, {first.wilayah}: jumlah menurut rinciannya berlainan ({differences})."
    return [
        Temuan(
            "RINCIAN_TIDAK_SAMA",
            ERROR,
            message,
            wilayah=first.wilayah,
            elemen=elemen.kode,
            lokasi=first_locations(by_rincian.values()),
        )
    ]


def _compare(by_rincian: dict[Rincian, CleanCell], larger: tuple[str, ...], smaller: tuple[str, ...]) -> list[Temuan]:
    elemen = next(iter(by_rincian.values())).elemen
    detailed = [elemen.dimension(d) for d in larger if d not in smaller]
    if not all(d is not None and d.menjumlah for d in detailed):
        return []
    parts: dict[Rincian, list[CleanCell]] = defaultdict(list)
    for r, s in by_rincian.items():
        if tuple(n for n, _ in r) == larger:
            parts[tuple(p for p in r if p[0] in smaller)].append(s)
    temuan: list[Temuan] = []
    for r, part in parts.items():
        total = by_rincian.get(r)
        if total is None or total.nilai is None:
            continue
        part_sum = add_up(Angka(s.nilai, s.status) for s in part).nilai or Decimal(0)
        if part_sum == total.nilai:
            continue
        has_empty = any(s.nilai is None for s in part)
        is_open = any(d is not None and d.terbuka for d in detailed)
        if part_sum < total.nilai and has_empty:
            continue
        names = ", ".join(d.kode for d in detailed if d is not None)
        breakdown = f" ({', '.join(f'{n}={p}' for n, p in r)})" if r else ""
        message = (
            f"{elemen.kode}{breakdown}, {total.wilayah}: jumlah menurut {names} {display(part_sum)} ≠ {display(total.nilai)} "
            f"(selisih {display(part_sum - total.nilai)})."
        )
        level = WARNING if part_sum < total.nilai and is_open else ERROR
        locations = (total.location, *first_locations(part))
        temuan.append(
            Temuan(
                "RINCIAN_TIDAK_SAMA",
                level,
                message,
                wilayah=total.wilayah,
                elemen=elemen.kode,
                nilai=str(total.nilai),
                usulan=str(part_sum),
                lokasi=locations,
            )
        )
    return temuan
