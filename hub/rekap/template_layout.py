"""What the template of a form asks: which figures, of which regions, on which sheets. Pure.

Figures of desa stand on one sheet, those of kecamatan on another, a row a region and a column a figure; those of the whole office are
a list, a row a figure, for a table of one row is read by nobody. Every figure is asked as a whole and by each breakdown the
catalogue lists choices of, one breakdown at a time; what may be told further stands in the explanations.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.base.kode import Level, level_of
from hub.base.periode import MONTHS, PART_NUMBERS, Periode, PeriodeKind
from hub.katalog.formula import Rincian
from hub.katalog.katalog import MEASURE, NO_UNIT, Elemen, Formulir, Katalog, RincianDimension
from hub.lembar.template_mark import TemplateMark
from hub.rekap.draft import Column
from hub.wilayah.region_list import DatedWilayah, RegionList

SHEET_NAMES = {Level.DESA: "Per desa", Level.KECAMATAN: "Per kecamatan"}
OWN_SHEET = {Level.KABUPATEN: "Kabupaten-kota", Level.PROVINSI: "Provinsi"}
COUNTED_SENSITIVITY = 3  # from here on figures are taken for the whole office alone


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure to be filled in. `words`: which part of the element it is, "" where there is nothing but the whole; `unit`: its own."""

    elemen: Elemen
    rincian: Rincian
    words: str
    unit: str

    @property
    def code(self) -> str:
        """As the reader knows it: "BAN01[komponen_pkh=SMP]"."""
        return str(Column(self.elemen.kode, self.rincian))


@dataclass(frozen=True, slots=True)
class AskedSheet:
    """A sheet. `level`: of its rows; `regions`: of a sheet of regions, in the order of their codes."""

    name: str
    level: Level
    figures: tuple[Asked, ...]
    regions: tuple[DatedWilayah, ...]

    @property
    def is_list(self) -> bool:
        return not self.regions


@dataclass(frozen=True, slots=True)
class FormTemplate:
    """All that a template of a form says. `kecamatan`: code → its name, of the regions on its sheets; `counted`: elements that the
    hub counts itself and nobody is asked."""

    formulir: Formulir
    pelapor: str
    office: str
    periode: Periode
    sheets: tuple[AskedSheet, ...]
    kecamatan: dict[str, str]
    counted: tuple[Elemen, ...]

    @property
    def mark(self) -> TemplateMark:
        return TemplateMark(self.formulir.kode, self.pelapor, str(self.periode), self.formulir.versi)

    @property
    def file_name(self) -> str:
        return f"{self.formulir.kode}_{self.pelapor}_{self.periode}.xlsx"


def form_template(formulir: Formulir, katalog: Katalog, regions: RegionList, periode: Periode) -> FormTemplate:
    """`regions`: of the office, as of the period's last day; it is in force among them."""
    own = level_of(regions.pelapor)
    by_level: dict[Level, list[Asked]] = {}
    for elemen in formulir.elemen:
        if elemen.registri is None:
            by_level.setdefault(_level(elemen, regions), []).extend(asked_of(elemen, katalog))
    sheets = []
    for level in sorted(by_level, reverse=True):
        named = () if level == own else tuple(regions.at_level(level))
        name = OWN_SHEET[own] if level == own else SHEET_NAMES[level]
        sheets.append(AskedSheet(name, level, tuple(by_level[level]), named))
    return FormTemplate(
        formulir,
        regions.pelapor,
        office_name(regions.in_force[regions.pelapor]),
        periode,
        tuple(sheets),
        {k.kode: k.nama for k in regions.at_level(Level.KECAMATAN)},
        tuple(e for e in formulir.elemen if e.registri is not None),
    )


def _level(elemen: Elemen, regions: RegionList) -> Level:
    """The level an element is asked at: the finest of those the office has."""
    own = level_of(regions.pelapor)
    if elemen.sensitif >= COUNTED_SENSITIVITY or elemen.titik:
        return own
    return next((n for n in (Level.DESA, Level.KECAMATAN) if own < n <= elemen.tingkat and regions.at_level(n)), own)


def asked_of(elemen: Elemen, katalog: Katalog) -> list[Asked]:
    unit = "" if elemen.satuan in NO_UNIT else elemen.satuan
    parting = next((d for d in elemen.rincian if d.pilihan and _is_of_choices(elemen, d)), None)
    if parting is not None:  # targets, goods: only of something there is a figure
        return [_of_choice(elemen, parting, p, parting.satuan.get(p, unit), katalog) for p in parting.pilihan]
    asked_for = asked_dimensions(elemen)
    parts = [_of_choice(elemen, d, p, unit, katalog) for d in asked_for for p in d.pilihan]
    return [Asked(elemen, (), "Seluruhnya" if parts else "", unit), *parts]


def asked_dimensions(elemen: Elemen) -> list[RincianDimension]:
    """The breakdowns that are asked: of several choices that stand beside each other."""
    parting = next((d for d in elemen.rincian if d.pilihan and _is_of_choices(elemen, d)), None)
    if parting is not None:
        return [parting]
    return [d for d in elemen.rincian if len(d.pilihan) > 1 and not d.terbaru]


def _is_of_choices(elemen: Elemen, d: RincianDimension) -> bool:
    """Whether the choices of a breakdown are counted in units of their own, so that there is no whole of them."""
    return not d.menjumlah and (elemen.satuan in NO_UNIT or len(set(d.satuan.values())) > 1)


def _of_choice(elemen: Elemen, d: RincianDimension, choice: str, unit: str, katalog: Katalog) -> Asked:
    return Asked(elemen, ((d.kode, choice),), f"{short_name(d)}: {_choice_words(d, choice, katalog)}", unit)


def short_name(d: RincianDimension) -> str:
    """The name of a breakdown without what the catalogue adds to it."""
    return d.nama.partition(" (")[0].partition(";")[0].partition(":")[0]


def _choice_words(d: RincianDimension, choice: str, katalog: Katalog) -> str:
    if d.kode == MEASURE:
        named = next((i.nama for i in katalog.indikator if i.full_kode == choice), None)
        if named is None and choice in katalog.elemen:
            named = katalog.elemen[choice].nama
        return f"{choice} {named}" if named else choice
    for entries in katalog.code_lists.values():
        for entry in entries:
            if entry.kode == choice and entry.kode in d.pilihan and len(entries) == len(d.pilihan):
                return entry.nama
    return choice


def office_name(wilayah: DatedWilayah) -> str:
    if level_of(wilayah.kode) is Level.PROVINSI:
        return f"Provinsi {wilayah.nama}"
    return wilayah.nama if wilayah.nama.startswith("Kota ") else f"Kabupaten {wilayah.nama}"


def period_title(periode: Periode) -> str:
    """ "Triwulan I 2025"."""
    match periode.kind:
        case PeriodeKind.TAHUN:
            return f"Tahun {periode.year}"
        case PeriodeKind.BULAN:
            return f"{MONTHS[periode.ordinal - 1]} {periode.year}"
        case kind:
            return f"{kind.name.capitalize()} {PART_NUMBERS[periode.ordinal - 1]} {periode.year}"


def children(regions: Sequence[DatedWilayah]) -> dict[str, list[DatedWilayah]]:
    """Kecamatan → its desa, in order."""
    found: dict[str, list[DatedWilayah]] = {}
    for w in regions:
        found.setdefault(w.kode[:8], []).append(w)
    return found
