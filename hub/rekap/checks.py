"""What a rekap must satisfy whatever its form: levels, overlaps, gaps, breakdowns, stated totals. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from hub.angka.cells import CleanCell
from hub.angka.rollup import Angka, add_up, is_whole
from hub.base import kode as kode_wilayah
from hub.base.angka import read_angka
from hub.base.kode import Level
from hub.base.region_names import name_key
from hub.base.temuan import ERROR, INFO, WARNING, Location, Temuan, display
from hub.katalog.formula import Rincian, Term, read_formula
from hub.katalog.katalog import Elemen, Formulir, Katalog
from hub.rekap.cells import first_locations
from hub.rekap.draft import RekapDraft
from hub.wilayah.region_list import RegionList

Figures = Mapping[tuple[str, str, Rincian], Angka]  # (region, element, breakdown) → figure


@dataclass(frozen=True, slots=True)
class CleanTotal:
    """A stated total beside what the cells add up to; None: that is not known."""

    elemen: str
    wilayah: str
    tertulis: Decimal
    dihitung: Decimal | None


def check_levels(cells: Iterable[CleanCell], pelapor: str) -> list[Temuan]:
    """Figures finer than the element allows; figures for a region and for a part of it."""
    temuan: list[Temuan] = []
    per_elemen: dict[str, list[CleanCell]] = defaultdict(list)
    for s in cells:
        per_elemen[s.elemen.kode].append(s)
    for kode, of_elemen in per_elemen.items():
        e = of_elemen[0].elemen
        finer = [s for s in of_elemen if kode_wilayah.level_of(s.wilayah) > Level.KABUPATEN]
        if e.sensitif >= 3 and finer:
            message = f"{kode} ({e.nama}) peka: hanya diterima sebagai jumlah seluruh kabupaten/kota, tidak per kecamatan atau desa."
            temuan.append(
                Temuan(
                    "PEKA_TERLALU_RINCI", ERROR, message, wilayah=pelapor, elemen=kode, lokasi=first_locations(finer)
                )
            )
            continue
        too_fine = [s for s in of_elemen if kode_wilayah.level_of(s.wilayah) > e.tingkat]
        if too_fine:
            message = f"{kode} ({e.nama}) biasanya dilaporkan per {e.tingkat.name.lower()}; ini lebih rinci."
            temuan.append(
                Temuan("LEBIH_RINCI", INFO, message, wilayah=pelapor, elemen=kode, lokasi=first_locations(too_fine))
            )
        present = {s.wilayah for s in of_elemen}
        for s in of_elemen:
            parent = kode_wilayah.parent_of(s.wilayah)
            while parent is not None and parent not in present:
                parent = kode_wilayah.parent_of(parent)
            if parent is not None:
                message = (
                    f"{kode} diberikan untuk {parent} dan juga untuk bagiannya, {s.wilayah}; jumlahnya akan terhitung dua kali. "
                    "Tulis jumlah wilayah sebagai total tertulis, bukan sebagai sel."
                )
                temuan.append(
                    Temuan("INDUK_DAN_BAGIAN", ERROR, message, wilayah=s.wilayah, elemen=kode, lokasi=(s.location,))
                )
    return temuan


def check_kelengkapan(cells: Iterable[CleanCell], regions: RegionList) -> list[Temuan]:
    """Regions without a figure where their neighbours have one: missing is not zero."""
    temuan: list[Temuan] = []
    filled: dict[str, dict[Level, set[str]]] = defaultdict(lambda: defaultdict(set))
    answered: dict[str, set[str]] = defaultdict(set)
    for s in cells:
        if s.nilai is not None:
            filled[s.elemen.kode][kode_wilayah.level_of(s.wilayah)].add(s.wilayah)
        if s.status != "TIDAK_ADA_DATA":
            answered[s.elemen.kode].add(s.wilayah)
    for kode, by_level in filled.items():
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
    for s in cells:
        by_place[s.wilayah, s.elemen.kode][s.rincian] = s
    temuan: list[Temuan] = []
    for by_rincian in by_place.values():
        breakdowns = {tuple(n for n, _ in r) for r in by_rincian}
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


def check_totals(
    draft: RekapDraft,
    katalog: Katalog,
    formulir: Formulir,
    regions: RegionList,
    cells: list[CleanCell],
    figures: Figures,
) -> tuple[list[CleanTotal], list[Temuan]]:
    """Stated totals against computed ones; totals of things that must not be added to each other."""
    clean: list[CleanTotal] = []
    temuan: list[Temuan] = []
    by_column: dict[tuple[str, Rincian], list[CleanCell]] = defaultdict(list)
    for s in cells:
        by_column[s.elemen.kode, s.rincian].append(s)
    in_parts = _in_parts(cells)
    spelled = {(name, name_key(p)): p for _, _, rincian in figures for name, p in rincian}
    for position, t in enumerate(draft.total):
        location = Location(indeks=position, kolom="totalTertulis")
        wilayah = kode_wilayah.dotted(t.wilayah or draft.pelapor)
        if wilayah not in regions.in_force:
            message = f'Total tertulis menyebut wilayah "{t.wilayah}", yang bukan wilayah pelapor pada periode ini.'
            temuan.append(
                Temuan("WILAYAH_TAK_DIKENAL", ERROR, message, elemen=t.elemen, nilai=t.wilayah, lokasi=(location,))
            )
            continue
        try:
            formula = standard_formula(t.elemen, katalog, spelled)
            terms = read_formula(formula).terms()
            elemen = [katalog.elemen[s.kode] for s in terms]
            whole = all(e.bulat for e in elemen)
            stated = t.tertulis if isinstance(t.tertulis, Decimal) else read_angka(t.tertulis, whole).nilai
        except KeyError as unknown:
            message = f"Total tertulis menyebut elemen {unknown.args[0]}, yang tidak ada di katalog."
            temuan.append(
                Temuan("ELEMEN_TAK_DIKENAL", ERROR, message, wilayah=wilayah, elemen=t.elemen, lokasi=(location,))
            )
            continue
        except ValueError as error:
            temuan.append(
                Temuan(
                    "TOTAL_TAK_TERBACA",
                    ERROR,
                    f"{error}.",
                    wilayah=wilayah,
                    elemen=t.elemen,
                    nilai=str(t.tertulis),
                    lokasi=(location,),
                )
            )
            continue
        refusal = _not_addable(elemen)
        if refusal:
            temuan.append(
                Temuan(
                    "TIDAK_BOLEH_DIJUMLAHKAN",
                    ERROR,
                    refusal,
                    wilayah=wilayah,
                    elemen=t.elemen,
                    nilai=str(stated),
                    lokasi=(location,),
                )
            )
            continue
        foreign = [e.kode for e in elemen if e.formulir != formulir.kode]
        if foreign:
            message = f"Total tertulis menyebut {', '.join(foreign)}, yang bukan elemen formulir {formulir.kode}."
            temuan.append(
                Temuan("ELEMEN_FORMULIR_LAIN", ERROR, message, wilayah=wilayah, elemen=t.elemen, lokasi=(location,))
            )
            continue
        half, computed = _computed(wilayah, terms, figures, in_parts)
        clean.append(CleanTotal(formula, wilayah, stated, computed))
        if computed != stated and not half:  # of half a breakdown another check says what is missing
            columns = dict.fromkeys((x.kode, x.rincian) for x in terms)
            summed = [s for k in columns for s in by_column.get(k, ()) if kode_wilayah.is_within(s.wilayah, wilayah)]
            temuan.append(_differing_total(clean[-1], summed, location))
    return clean, temuan


def _computed(
    wilayah: str, terms: Iterable[Term], figures: Figures, in_parts: set[tuple[str, str]]
) -> tuple[bool, Decimal | None]:
    """Whether some of it is known by half a breakdown only, and what the terms add up to, None where that is not known."""
    angka = [(x, figures.get((wilayah, x.kode, x.rincian))) for x in terms]
    half = any(a is not None and a.nilai is None and (wilayah, x.kode) in in_parts for x, a in angka)
    return half, None if half else add_up(a for _, a in angka if a is not None).nilai


def _in_parts(cells: Iterable[CleanCell]) -> set[tuple[str, str]]:
    """(region, element) of every region in or below which some breakdown of the element has a number."""
    result: set[tuple[str, str]] = set()
    for s in cells:
        wilayah: str | None = s.wilayah if s.rincian and s.nilai is not None else None
        while wilayah is not None and (wilayah, s.elemen.kode) not in result:
            result.add((wilayah, s.elemen.kode))
            wilayah = kode_wilayah.parent_of(wilayah)
    return result


_KODE_OUTSIDE_BRACKETS = re.compile(r"[A-Za-z]+\d+(?![^\[]*\])")


def standard_formula(text: str, katalog: Katalog, spelled: Mapping[tuple[str, str], str]) -> str:
    """A stated total's formula in its normal spelling: codes in capitals, breakdowns and choices as the catalogue has
    them, open ones as the cells do (`spelled`: breakdown, letters and digits → choice). Raises ValueError when it cannot be read, KeyError for an unknown element."""
    in_capitals = _KODE_OUTSIDE_BRACKETS.sub(lambda c: c[0].upper(), text.strip())
    terms = []
    for s in read_formula(in_capitals).terms():
        elemen = katalog.elemen[s.kode]
        choices = []
        for name, pilihan in s.rincian:
            d = elemen.dimension(name)
            if d is None:
                raise ValueError(f"{s.kode} tidak mempunyai rincian {name}")
            choices.append(f"{d.kode}={d.listed(pilihan) or spelled.get((d.kode, name_key(pilihan)), pilihan)}")
        terms.append(f"{s.kode}[{','.join(choices)}]" if choices else s.kode)
    if " + ".join(s.kode for s in read_formula(in_capitals).terms()) != " + ".join(_kode_only(in_capitals)):
        raise ValueError(f'Total tertulis "{text}" hanya boleh menjumlahkan elemen')
    return " + ".join(terms)


def _kode_only(text: str) -> list[str]:
    return [re.sub(r"\[.*?\]", "", part).strip() for part in text.split("+")]


def _not_addable(elemen: list[Elemen]) -> str | None:
    if len(elemen) < 2:
        return None
    if len({e.kelompok for e in elemen}) == 1 and elemen[0].kelompok is not None:
        return None
    names = " dan ".join(f"{e.kode} ({e.nama}, {e.satuan})" for e in elemen)
    return (
        f"{names} tidak boleh dijumlahkan: bukan hal yang sejenis, atau orang dan keluarga yang sama dapat terhitung "
        "dua kali."
    )


def _differing_total(total: CleanTotal, cells: list[CleanCell], location: Location) -> Temuan:
    computed = total.dihitung or Decimal(0)
    difference = computed - total.tertulis
    filled = [s for s in cells if s.nilai is not None]
    message = (
        f"{total.elemen}, {total.wilayah}: jumlah {len(filled)} baris {display(computed)} ≠ {display(total.tertulis)} "
        f"yang tertulis (selisih {display(difference)})."
    )
    values = {s.nilai for s in filled}
    if len(values) == 1 and len(filled) > 1:
        (value,) = values
        if value and difference % value == 0:
            count = abs(int(difference / value))
            more_or_less = "kurang" if difference < 0 else "lebih"
            message += f" Setiap baris berisi {display(value)}: tampaknya {more_or_less} {count} baris."
    return Temuan(
        "TOTAL_BEDA", ERROR, message, wilayah=total.wilayah, elemen=total.elemen, nilai=str(total.tertulis), usulan=str(computed),
        lokasi=(location, *first_locations(filled)),
    )  # fmt: skip
