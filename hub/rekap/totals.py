"""Stated totals beside what the cells add up to. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from hub.angka.cells import CleanCell
from hub.angka.rollup import KnownFigures, add_up
from hub.base import kode as kode_wilayah
from hub.base.angka import read_angka
from hub.base.region_names import name_key
from hub.base.temuan import ERROR, Location, Temuan, display
from hub.katalog.formula import Rincian, Term, read_formula
from hub.katalog.katalog import Elemen, Formulir, Katalog
from hub.rekap.cells import first_locations
from hub.rekap.draft import RekapDraft, Total
from hub.rekap.written_words import NOUGHT, read_word
from hub.wilayah.region_list import NoMatchError, RegionList


@dataclass(frozen=True, slots=True)
class CleanTotal:
    """A stated total beside what the cells add up to; None: that is not known."""

    elemen: str
    wilayah: str
    tertulis: Decimal
    dihitung: Decimal | None


@dataclass(slots=True)
class _Totals:
    """What totals are read by, what they are so far, and what is said of them. `stated`: formula and region → the first total that
    says so, and where it stood."""

    draft: RekapDraft
    katalog: Katalog
    formulir: Formulir
    regions: RegionList
    spelled: Mapping[tuple[str, str], str]
    stated: dict[tuple[str, str], tuple[Decimal, Location]]
    temuan: list[Temuan]

    def add_error(
        self, kode: str, message: str, t: Total, location: Location, wilayah: str | None, nilai: str | None = None
    ) -> None:
        about = {"wilayah": wilayah, "elemen": t.elemen, "nilai": nilai}
        self.temuan.append(Temuan(kode, ERROR, message, **about, lokasi=(location,)))


def check_totals(
    draft: RekapDraft,
    katalog: Katalog,
    formulir: Formulir,
    regions: RegionList,
    cells: list[CleanCell],
    figures: KnownFigures,
) -> tuple[list[CleanTotal], list[Temuan]]:
    """Stated totals against computed ones; totals of things that must not be added to each other. One that was stated before with
    the same figure is the same one."""
    if not draft.total:
        return [], []
    clean: list[CleanTotal] = []
    by_column: dict[tuple[str, Rincian], list[CleanCell]] = defaultdict(list)
    for s in cells:
        by_column[s.elemen.kode, s.rincian].append(s)
    in_parts = _in_parts(cells)
    choices = {rincian for _, _, rincian in figures}
    spelled = {(name, name_key(p)): p for rincian in choices for name, p in rincian}
    totals = _Totals(draft, katalog, formulir, regions, spelled, {}, [])
    for position, t in enumerate(draft.total):
        location = t.location or Location(indeks=position, kolom="totalTertulis")
        read = _read(t, location, totals)
        if read is None:
            continue
        formula, wilayah, stated = read
        terms = read_formula(formula).terms()
        half, computed = _computed(wilayah, terms, figures, in_parts)
        clean.append(CleanTotal(formula, wilayah, stated, computed))
        if computed != stated and not half:  # of half a breakdown another check says what is missing
            columns = dict.fromkeys((x.kode, x.rincian) for x in terms)
            summed = [s for k in columns for s in by_column.get(k, ()) if kode_wilayah.is_within(s.wilayah, wilayah)]
            totals.temuan.append(_differing_total(clean[-1], summed, location))
    return clean, totals.temuan


def _read(t: Total, location: Location, totals: _Totals) -> tuple[str, str, Decimal] | None:
    """Its formula, region and figure; None where there is none to compare, which is said."""
    wilayah = _region(t, totals)
    if wilayah is None:
        message = f'Total tertulis menyebut wilayah "{t.wilayah}", yang bukan wilayah pelapor pada periode ini.'
        totals.temuan.append(
            Temuan("WILAYAH_TAK_DIKENAL", ERROR, message, elemen=t.elemen, nilai=t.wilayah, lokasi=(location,))
        )
        return None
    try:
        formula = standard_formula(t.elemen, totals.katalog, totals.spelled)
        elemen = [totals.katalog.elemen[s.kode] for s in read_formula(formula).terms()]
        stated = _figure(t, elemen)
    except KeyError as unknown:
        message = f"Total tertulis menyebut elemen {unknown.args[0]}, yang tidak ada di katalog."
        totals.add_error("ELEMEN_TAK_DIKENAL", message, t, location, wilayah)
        return None
    except ValueError as error:
        totals.add_error("TOTAL_TAK_TERBACA", f"{error}.", t, location, wilayah, str(t.tertulis))
        return None
    if stated is None:
        return None
    refusal = _not_addable(elemen)
    foreign = [e.kode for e in elemen if e.formulir != totals.formulir.kode]
    if refusal:
        totals.add_error("TIDAK_BOLEH_DIJUMLAHKAN", refusal, t, location, wilayah, str(stated))
        return None
    if foreign:
        message = f"Total tertulis menyebut {', '.join(foreign)}, yang bukan elemen formulir {totals.formulir.kode}."
        totals.add_error("ELEMEN_FORMULIR_LAIN", message, t, location, wilayah)
        return None
    earlier = totals.stated.setdefault((formula, wilayah), (stated, location))
    if earlier == (stated, location):
        return formula, wilayah, stated
    if earlier[0] != stated:
        message = (
            f"{formula}, {wilayah}: total tertulis dua kali, {display(earlier[0])} ({_where(earlier[1])}) dan {display(stated)} "
            f"({_where(location)}); sisakan yang benar."
        )
        about = {"wilayah": wilayah, "elemen": t.elemen, "nilai": str(stated), "usulan": str(earlier[0])}
        totals.temuan.append(Temuan("TOTAL_BERLAINAN", ERROR, message, **about, lokasi=(earlier[1], location)))
    return None


def _region(t: Total, totals: _Totals) -> str | None:
    """The code of the region a total is of: by its code, or a name as written."""
    wilayah = kode_wilayah.dotted(t.wilayah or totals.draft.pelapor)
    if wilayah in totals.regions.in_force:
        return wilayah
    if t.wilayah is None or kode_wilayah.is_valid(wilayah):
        return None
    try:
        return totals.regions.match_name(t.wilayah, None).kode
    except NoMatchError:
        return None


def _figure(t: Total, elemen: list[Elemen]) -> Decimal | None:
    """What it states; None: nothing, only a dash. Raises ValueError."""
    if isinstance(t.tertulis, Decimal):
        return t.tertulis
    if (word := read_word(t.tertulis)) is not None:
        return Decimal(0) if word.status == NOUGHT else None
    whole, money = all(e.bulat for e in elemen), all(e.satuan == "rupiah" for e in elemen)
    return read_angka(t.tertulis, whole, money=money, exact=t.exact).nilai


def _where(location: Location) -> str:
    if location.baris is None:
        return f"total ke-{(location.indeks or 0) + 1}"
    return f"baris {location.baris}"


def _computed(
    wilayah: str, terms: Iterable[Term], figures: KnownFigures, in_parts: set[tuple[str, str]]
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
    return [part.strip() for part in re.sub(r"\[.*?\]", "", text).split("+")]  # a choice may hold a "+", too: "60+"


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
